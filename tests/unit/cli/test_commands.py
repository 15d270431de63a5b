"""What each command does to a project, and what it leaves alone."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import jsonschema
import pytest
from typed import Shell

from labeler.exchange.templates import sample
from labeler.store import Project

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
    assert said.out == "1 tasks and 0 annotations added, 1 rows skipped\n"
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
