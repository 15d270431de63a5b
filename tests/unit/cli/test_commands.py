"""What each command does to a project, and what it leaves alone."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import time
from pathlib import Path

import jsonschema
import pytest
from typed import Shell

from labeler.exchange.templates import sample
from labeler.store import Project
from labeler.store.oplog import Clock

VALUE = '{"regions":[{"start":2,"end":6,"label":"positive"}],"answers":{"sentiment":"positive"}}'


def annotate(shell: Shell, project: Path, task: str, by: str, value: str, *more: str) -> None:
    shell("annotate", project, task, "--by", by, "--value", "-", *more, stdin=value)


def test_new_makes_a_project_for_who_is_logged_in(shell: Shell) -> None:
    shell("new", "p.labeler", "--template", "sentiment")
    info = shell.json("info", "p.labeler")
    assert info["people"] == ["ada"]
    assert info["queues"] == [{"name": "sentiment", "panel": "sentiment", "tasks": 0, "done": 0}]
    assert (info["project"], info["tasks"], info["conflicts"]) == ("p", 0, 0)


def test_an_import_says_what_it_took_and_the_same_again_nothing(
    shell: Shell, project: Path
) -> None:
    source = shell.folder / "texts.jsonl"
    told = shell("import", project, source, "--format", "text-jsonl")
    assert told.out == "0 tasks and 0 annotations added, 3 rows skipped\n"
    assert shell.json("info", project)["tasks"] == 3


def test_problems_are_lines_on_stderr_and_exit_code_1(shell: Shell, project: Path) -> None:
    source = shell.file("bad.jsonl", '{\n{"id":"c","text":"nice"}\n')
    said = shell("import", project, source, "--format", "text-jsonl", code=1)
    assert said.out == "1 task and 0 annotations added, 1 row skipped\n"
    (line,) = said.lines
    assert line.startswith("bad.jsonl:1: not JSON:")


def test_a_dry_run_says_would(shell: Shell, project: Path) -> None:
    source = shell.rows("more.jsonl", {"text": "nice"})
    said = shell("import", project, source, "--format", "text-jsonl", "--dry-run")
    assert "would be added" in said.out
    assert shell.json("info", project)["tasks"] == 3


def test_values_of_a_file_are_whose_the_caller_says(shell: Shell, project: Path) -> None:
    source = shell.rows("marks.jsonl", {"id": "a", "sentiment": "positive"})
    words = ("import", project, source, "--format", "text-jsonl")
    shell(*words)
    shell(*words, "--as", "predictions", "--by", "lexicon")
    shown = shell.json("show", project, "a")
    assert [one["by"] for one in shown["annotations"]] == ["ada"]
    assert [one["by"] for one in shown["predictions"]] == ["lexicon"]
    assert shell.json("info", project)["people"] == ["ada"]


def test_gold_is_not_shown(shell: Shell, project: Path) -> None:
    source = shell.rows("gold.jsonl", {"id": "a", "sentiment": "negative"})
    shell("import", project, source, "--format", "text-jsonl", "--as", "gold")
    assert "negative" not in shell("show", project, "a").out
    assert "negative" not in shell("show", project, "a", "--json").out


def test_people_are_listed_and_given_roles_by_a_coordinator(shell: Shell, project: Path) -> None:
    annotate(shell, project, "a", "ben", VALUE)
    shell("people", project, "ben", "--role", "reviewer", "--role", "annotator")
    assert shell("people", project).out == "ada: coordinator\nben: annotator, reviewer\n"
    refused = shell("people", project, "ada", "--role", "annotator", "--by", "ben", code=2)
    assert "only a coordinator gives roles; ben is none" in refused.err
    assert "--role" in shell("people", project, "ben", code=2).err


def test_tasks_can_be_searched_filtered_and_cut(shell: Shell, project: Path) -> None:
    annotate(shell, project, "a", "anna", VALUE)
    assert [one["key"] for one in shell.json("tasks", project, "--search", "DAY")] == ["a", "b"]
    assert [one["key"] for one in shell.json("tasks", project, "--status", "submitted")] == ["a"]
    assert [one["key"] for one in shell.json("tasks", project, "--limit", "1")] == ["a"]
    assert shell.json("tasks", project, "--limit", "0") == []
    assert len(shell.json("tasks", project, "--queue", "sentiment")) == 3
    assert shell("tasks", project, "--search", "bad").out.endswith("  sentiment  open  b\n")


def test_a_task_is_found_by_its_id_and_by_its_key(shell: Shell, project: Path) -> None:
    task = shell.json("tasks", project)[1]
    assert shell.json("show", project, task["id"]) == shell.json("show", project, "b")
    assert shell.json("show", project, "b")["content"] == {"text": "a bad day"}


def test_next_is_the_first_that_is_open_and_writes_nothing(shell: Shell, project: Path) -> None:
    before = project.read_bytes()
    assert shell.json("next", project, "--by", "anna")["key"] == "a"
    assert project.read_bytes() == before
    annotate(shell, project, "a", "anna", VALUE)
    assert shell.json("next", project, "--by", "anna")["key"] == "b"
    for task in shell.json("tasks", project):
        annotate(shell, project, task["id"], "anna", '{"answers":{"sentiment":"neutral"}}')
    assert shell.json("next", project, "--by", "anna") is None
    assert shell("next", project, "--by", "anna").out == "nothing to do\n"


def test_looking_writes_nothing(shell: Shell, project: Path) -> None:
    annotate(shell, project, "a", "anna", VALUE, "--draft")
    before = project.read_bytes()
    for words in (
        ("info", project),
        ("tasks", project),
        ("show", project, "a"),
        ("next", project, "--by", "somebody new"),
        ("queue", project),
        ("queue", project, "sentiment"),
        ("conflicts", project),
        ("check", project),
        ("export", project, "out.jsonl", "--format", "native"),
        ("backup", project, "copy.labeler"),
    ):
        shell(*words)
    assert project.read_bytes() == before


def test_a_value_is_stored_with_ids_words_and_versions(shell: Shell, project: Path) -> None:
    annotate(shell, project, "a", "Anna", VALUE.replace("positive", "Positive", 1))
    (one,) = shell.json("show", project, "a")["annotations"]
    assert (one["by"], one["status"]) == ("anna", "submitted")
    (region,) = one["value"]["regions"]
    assert (region["label"], region["text"], region["type"]) == ("positive", "good", "span")
    assert region["id"]
    assert set(one["context"]) >= {"labels", "guideline", "queue"}


def test_a_value_from_show_goes_back_in_unchanged(shell: Shell, project: Path) -> None:
    annotate(shell, project, "a", "anna", VALUE)
    before = shell.json("show", project, "a")["annotations"]
    annotate(shell, project, "a", "anna", json.dumps(before[0]["value"]))
    assert shell.json("show", project, "a")["annotations"][0]["value"] == before[0]["value"]
    assert shell.json("info", project)["annotations"] == 1


def test_a_draft_is_a_step_that_can_be_undone_and_submits_nothing(
    shell: Shell, project: Path
) -> None:
    annotate(shell, project, "a", "anna", VALUE, "--draft")
    annotate(shell, project, "a", "anna", '{"answers":{"sentiment":"negative"}}', "--draft")
    assert shell.json("tasks", project)[0]["status"] == "drafted"
    assert shell.json("show", project, "a")["annotations"] == []
    opened = Project.open(project)
    person = opened.person("anna")
    draft = opened.open_draft(opened.query.find("a"), person, take=False)
    assert [step.label for step in draft.path] == ["Annotate", "Annotate"]
    opened.close()
    annotate(shell, project, "b", "anna", "{}", "--draft")  # nothing in it, nothing to keep


def test_a_draft_may_lack_what_a_submission_needs(shell: Shell, project: Path) -> None:
    span = '{"regions":[{"start":2,"end":6,"label":"positive"}]}'
    line = shell.refused("annotate", project, "a", "--by", "anna", "--value", "-", stdin=span)
    assert line.startswith("stdin: answers.sentiment: the question")
    annotate(shell, project, "a", "anna", span, "--draft")


def test_a_queue_is_shown_set_and_made(shell: Shell, project: Path) -> None:
    config = shell.json("queue", project, "sentiment")["config"]
    config["labels"].append({"id": "irony", "name": "Irony", "colour": "#CC79A7", "key": "y"})
    path = shell.file("config.json", json.dumps(config))
    told = shell.json("queue", project, "sentiment", "--config", path)
    assert told["config"]["labels"][-1]["name"] == "Irony"
    assert shell.json("queue", project, "sentiment", "--config", path) == told
    shell("queue", project, "second", "--panel", "sentiment", "--config", path)
    names = [row["name"] for row in shell.json("queue", project)]
    assert names == ["sentiment", "second"]
    (left,) = [row for row in shell.json("info", project)["queues"] if row["name"] == "second"]
    assert left == {"name": "second", "panel": "sentiment", "tasks": 0, "done": 0}


def test_what_queue_prints_fits_its_schema(shell: Shell, project: Path) -> None:
    schema = json.loads(shell("schema", "sentiment", "config").out)
    jsonschema.validate(shell.json("queue", project, "sentiment")["config"], schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"labels": [{"name": "no id"}]}, schema)


def test_values_and_contents_fit_their_schemas(shell: Shell, project: Path) -> None:
    value = json.loads(shell("schema", "sentiment", "value").out)
    jsonschema.validate(json.loads(VALUE), value)
    annotate(shell, project, "a", "anna", VALUE)
    shown = shell.json("show", project, "a")
    jsonschema.validate(shown["annotations"][0]["value"], value)
    jsonschema.validate(shown["content"], json.loads(shell("schema", "sentiment", "content").out))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"regions": {"start": 2, "end": 6}}, value)


def test_a_merge_keeps_both_and_says_so(shell: Shell, copies: tuple[Path, Path]) -> None:
    project, other = copies
    told = shell.json("merge", project, other, code=1)
    assert (told["conflicts"], told["quarantined"]) == (1, 0)
    assert told["added"] > 0
    again = shell.json("merge", project, other, other, code=1)
    assert (again["added"], again["conflicts"]) == (0, 1)
    (conflict,) = shell.json("conflicts", project)
    assert (conflict["kind"], conflict["task"]) == (
        "annotation",
        shell.json("show", project, "a")["id"],
    )
    answers = [version["value"]["answers"]["sentiment"] for version in conflict["versions"]]
    assert sorted(answers) == ["negative", "positive"]
    report = shell.json("export", project, "out.jsonl", "--format", "text-jsonl", code=1)
    assert report == {
        "tasks": 0,
        "annotations": 0,
        "dropped": {"conflict": 1},
        "files": ["out.jsonl"],
    }


def test_a_check_finds_what_is_wrong(shell: Shell, project: Path) -> None:
    assert shell.json("check", project) == {"ok": True, "problems": []}
    opened = Project.open(project)
    with opened.file.writing() as connection:
        connection.execute(
            "UPDATE op SET body=zeroblob(length(body)) WHERE id=(SELECT max(id) FROM op)"
        )
    opened.file.close()
    told = shell.json("check", project, code=1)
    assert told["ok"] is False
    assert told["problems"]
    assert "damaged" in shell("check", project, code=1).out


def test_a_check_of_what_cannot_be_opened_answers_a_script_as_well(shell: Shell) -> None:
    path = shell.file("letter.labeler", "Dear all")
    said = shell("check", path, "--json", code=2)
    (problem,) = json.loads(said.out)["problems"]
    assert json.loads(said.out)["ok"] is False
    assert (problem["where"], problem["code"]) == (str(path), "file_not_sqlite")
    assert said.lines == [f"{path}: {problem['message']}"]


def test_handouts_say_what_is_overdue(shell: Shell, project: Path) -> None:
    for to, due in (("ben", "2001-02-03"), ("carl", "2999-01-01"), ("dora", "2001-02-03")):
        words = ("--to", to, "--count", "1", "--due", due)
        said = shell("handout", project, f"{to}.labeler", *words)
        assert said.out == f"{to}.labeler: 1 task and 0 media for {to}\n"
    found = {one["to"]: one for one in shell.json("handouts", project)}
    assert [found[to]["overdue"] for to in ("ben", "carl", "dora")] == [True, False, True]
    shell("recall", project, found["dora"]["handout"])
    (late,) = [line for line in shell("handouts", project).out.splitlines() if "overdue" in line]
    assert "ben: " in late
    assert "due 2001-02-03 (overdue)" in late


def test_what_a_merge_set_aside_makes_no_project_unsound(
    shell: Shell, copies: tuple[Path, Path]
) -> None:
    project, other = copies
    connection = sqlite3.connect(other)
    connection.execute("UPDATE op SET hlc=hlc+1 WHERE id=(SELECT max(id) FROM op)")
    connection.commit()
    connection.close()
    assert shell.json("merge", project, other, code=1)["quarantined"] == 1
    told = shell.json("check", project, code=1)
    assert told["ok"] is True
    (aside,) = told["problems"]
    assert aside["code"] == "change_set_aside"
    assert "other.labeler" in aside["message"]
    said = shell("check", project, code=1)
    assert "sound" in said.out
    assert "damaged" not in said.out + said.err


def test_a_conflict_is_settled_by_a_third_person(shell: Shell, copies: tuple[Path, Path]) -> None:
    project, other = copies
    shell("merge", project, other, code=1)
    (found,) = shell.json("conflicts", project)
    words = ("settle", project, found["entity"], "--by", "carla", "--value", "-")
    bad = json.dumps({"answers": {"sentiment": "great"}})
    assert "stdin" in shell.refused(*words, stdin=bad)
    assert shell.refused(*words, stdin="{}").startswith("stdin")
    good = json.dumps({"answers": {"sentiment": "neutral"}})
    said = shell(*words, stdin=good)
    assert said.out == f"{found['entity']}: settled by carla, 0 conflicts left\n"
    assert shell.json("conflicts", project) == []
    (one,) = shell.json("show", project, "a")["annotations"]
    assert (one["by"], one["value"]) == ("anna", {"answers": {"sentiment": "neutral"}})
    assert one["context"]["guideline"]
    assert found["entity"] in shell.refused(*words, stdin=good)


def test_tasks_are_handed_out_listed_recalled_and_merged_back(shell: Shell, project: Path) -> None:
    gold = shell.rows("gold.jsonl", {"id": "a", "text": "a good day", "sentiment": "positive"})
    shell("import", project, gold, "--format", "text-jsonl", "--as", "gold", "--by", "goldie")
    words = ("handout", project, "out.labeler", "--to", "ben", "--count", "2")
    made = shell.json(*words, "--due", "2027-01-31")
    assert (made["tasks"], made["media"]) == (2, 0)
    assert "out.labeler" in shell.refused(*words)
    (row,) = shell.json("handouts", project)
    assert (row["handout"], row["to"], row["by"], row["tasks"], row["done"], row["due"]) == (
        *(made["handout"], "ben", "ada", 2, 0, "2027-01-31"),
    )
    assert shell.json("info", "out.labeler")["people"] == ["ben"]
    assert b"goldie" not in (shell.folder / "out.labeler").read_bytes()
    assert shell.json("next", project, "--by", "carla")["key"] not in ("a", "b")
    annotate(shell, Path("out.labeler"), "a", "ben", VALUE)
    assert shell.json("merge", project, "out.labeler")["added"] > 0
    assert "1 of 2 done" in shell("handouts", project).out
    assert "1 of 2 done" in shell("recall", project, made["handout"]).out
    assert shell.json("handouts", project)[0]["recalled"]
    assert shell.json("next", project, "--by", "carla")["key"] == "b"
    assert shell.refused("recall", project, "0" * 32)
    assert shell.refused(*words[:2], "o.labeler", *words[3:], "--due", "soon")


def test_a_repair_makes_a_sound_project_and_says_what_is_missing(
    shell: Shell, project: Path
) -> None:
    shell("backup", project, "good.labeler")
    sound = shell("repair", project, "same.labeler")
    assert sound.out.startswith("same.labeler: made, ")
    assert sound.err == ""
    value = json.dumps({"answers": {"sentiment": "positive"}})
    shell("annotate", project, "a", "--by", "anna", "--value", "-", stdin=value)
    connection = sqlite3.connect(project)
    connection.execute("UPDATE op SET body=zeroblob(5) WHERE id=(SELECT max(id) FROM op)")
    connection.commit()
    connection.close()
    before = project.read_bytes()
    said = shell("repair", project, "out.labeler", code=1)
    assert any("changes by anna on " in line and "missing (1)" in line for line in said.lines)
    assert any("set aside" in line for line in said.lines)
    assert project.read_bytes() == before
    assert shell.json("info", "out.labeler")["tasks"] == 3
    more = shell("repair", project, "more.labeler", "--backup", "good.labeler", code=1)
    assert more.out.endswith(" recovered, 0 more from the backup\n")
    assert "out.labeler" in shell.refused("repair", project, "out.labeler")


def test_a_clock_that_is_wrong_is_told(shell: Shell, project: Path) -> None:
    shell("backup", project, "other.labeler")
    other = Project.open(shell.folder / "other.labeler")
    hours = 5 * 365 * 24
    other.log.clock = Clock((time.time_ns() // 1_000_000 + hours * 3_600_000 + 600_000) << 16)
    other.sign_in("ben")
    other.file.close()
    (line,) = shell("merge", project, "other.labeler").lines
    assert f"(ben) is {hours} hours ahead" in line


def test_a_backup_is_a_whole_copy(shell: Shell, project: Path) -> None:
    annotate(shell, project, "a", "anna", VALUE, "--draft")
    shell("backup", project, "copy.labeler")
    assert shell.json("tasks", "copy.labeler") == shell.json("tasks", project)
    assert shell.json("check", "copy.labeler")["ok"] is True


def test_plugins_are_listed_without_running_them(shell: Shell) -> None:
    (ours,) = [one for one in shell.json("plugins") if one["id"] == "sentiment"]
    assert (ours["name"], ours["origin"], ours["state"]) == ("Sentiment", "own", "found")
    assert "text-jsonl" in ours["formats"]


def test_a_plugin_that_cannot_be_used_is_told(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shell.folder / "plugins" / "mine"
    folder.mkdir(parents=True)
    (folder / "panel.toml").write_text("id = 7\n", encoding="utf-8")
    monkeypatch.setenv("LABELER_PLUGINS", str(folder.parent))
    said = shell("plugins", code=1)
    assert "panel.toml: id" in said.err
    (broken,) = [one for one in shell.json("plugins", code=1) if one["state"] == "failed"]
    assert broken["code"] == "plugin_invalid"


def test_the_doctor_tells_what_is_missing(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    known = importlib.util.find_spec
    gone = ("PySide6", "soundfile")
    monkeypatch.setattr(
        "labeler.cli.commands.doctor.find_spec", lambda name: None if name in gone else known(name)
    )
    told = shell.json("doctor", code=1)
    assert told["ok"] is False
    assert [check["name"] for check in told["checks"] if not check["ok"]] == list(gone)
    found = {check["name"]: check["found"] for check in told["checks"]}
    assert found["PySide6"] == "missing, for the app's windows"
    assert "SQLite 3." in found["project file"]
    assert "plugin sentiment" in found


def test_formats_name_native_for_every_panel(shell: Shell) -> None:
    found = shell.json("formats")
    assert {(one["panel"], one["id"]) for one in found} >= {
        ("sentiment", "native"),
        ("sentiment", "text-jsonl"),
        ("sentiment", "text-csv"),
        ("sentiment", "text-tsv"),
        ("sentiment", "text-files"),
    }
    assert all(one["import"] or one["export"] for one in found)


def test_templates_name_their_panels(shell: Shell) -> None:
    (one,) = [row for row in shell.json("templates") if row["name"] == "sentiment"]
    assert one == {"name": "sentiment", "title": "Sentiment", "panels": ["sentiment"]}


def test_the_sample_s_files_go_through_the_commands(shell: Shell, project: Path) -> None:
    chosen = sample()
    for source in chosen.sources:
        by = ["--by", source.by] if source.by else []
        path = chosen.folder / source.file
        words = ("--format", source.format, "--as", source.taken)
        shell("import", project, path, *words, *by, code=None)
    tree = shell.json("export", project, "n.jsonl", "--format", "native")
    assert tree["tasks"] == shell.json("info", project)["tasks"]


def test_two_queues_of_a_panel_need_a_name(shell: Shell, project: Path) -> None:
    shell("queue", project, "second", "--panel", "sentiment")
    source = shell.folder / "texts.jsonl"
    line = shell.refused("import", project, source, "--format", "text-jsonl")
    assert "2 queues; name one with --queue" in line
    shell("import", project, source, "--format", "text-jsonl", "--queue", "second")
    line = shell.refused("show", project, "a")
    ids = [task["id"] for task in shell.json("tasks", project) if task["key"] == "a"]
    assert all(ident in line for ident in ids)
    assert shell.json("show", project, "a", "--queue", "second")["queue"] == "second"
