"""What is refused is refused in one line that names the file, the place and what is wrong."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import click
import pytest
from typed import Shell

from labeler.cli.commands import projects as projects_commands
from labeler.cli.failures import guarded


def test_files_that_are_no_projects_are_refused_untouched(shell: Shell) -> None:
    shell.file("text.labeler", "not a project")
    shell.file("empty.labeler", "")
    (shell.folder / "folder.labeler").mkdir()
    foreign = sqlite3.connect(shell.folder / "foreign.labeler")
    foreign.execute("CREATE TABLE t(a)")
    foreign.commit()
    foreign.close()
    for name, words in {
        "gone.labeler": "there is no such file",
        "text.labeler": "not an SQLite database",
        "empty.labeler": "the file is empty; copy it again",
        "folder.labeler": "this is a folder",
        "foreign.labeler": "belongs to another program",
    }.items():
        path = shell.folder / name
        before = path.read_bytes() if path.is_file() else None
        for command in (["info", path], ["tasks", path], ["check", path], ["backup", path, "x"]):
            line = shell.refused(*command)
            assert name in line
            assert words in line
        assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["inof", "P"], "there is no command 'inof'; did you mean 'info'?"),
        (["info"], "Missing argument 'PROJECT' (see labeler info --help)"),
        (["info", "P", "--jsn"], "--jsn"),
        (["info", "P", "Q"], "unexpected extra argument"),
        (["new", "P"], "--template"),
        (["new", "P", "--template", "sentiment"], "the file is there already"),
        (["new", "x.labeler", "--template", "sentimnt"], "did you mean 'sentiment'?"),
        (["new", "no/where/x.labeler", "--template", "sentiment"], "no/where/x.labeler"),
        (["import", "P", "gone.csv", "--format", "text-csv"], "gone.csv: there is no such file"),
        (["import", "P", "texts.jsonl"], "--format"),
        (["import", "P", "texts.jsonl", "--format", "text-json"], "did you mean 'text-jsonl'?"),
        (["import", "P", "texts.jsonl", "--format", "natve"], "did you mean 'native'?"),
        (["import", "P", "texts.jsonl", "--format", "text-jsonl", "--as", "golden"], "golden"),
        (
            ["import", "P", "texts.jsonl", "--format", "text-jsonl", "--queue", "sentimnt"],
            "there is no queue 'sentimnt'; did you mean 'sentiment'?",
        ),
        (["import", "P", "texts.jsonl", "--format", "native"], "not a native export"),
        (["import", "P", "P", "--format", "native"], "taken in by a merge"),
        (["import", "P", "P", "--format", "text-jsonl"], "taken in by a merge"),
        (["export", "P", "o.txt", "--format", "text-files"], "has no export"),
        (["export", "P", "texts.jsonl", "--format", "text-jsonl"], "is there already"),
        (["export", "P", "no/o.jsonl", "--format", "text-jsonl"], "its folder does not exist"),
        (["export", "P", "o.jsonl", "--format", "native", "--by", "zoe"], "'zoe'"),
        (["export", "P", "o.jsonl", "--format", "native", "--queue", "two"], "no queue 'two'"),
        (["show", "P", "zzz"], "there is no task 'zzz'"),
        (["tasks", "P", "--status", "done"], "done"),
        (["tasks", "P", "--limit", "-1"], "--limit"),
        (["tasks", "P", "--queue", "two"], "there is no queue 'two'"),
        (["next", "P"], "--by"),
        (["next", "P", "--by", "anna", "--queue", "two"], "there is no queue 'two'"),
        (["annotate", "P", "a", "--value", "-"], "--by"),
        (["annotate", "P", "a", "--by", "anna", "--value", "gone.json"], "gone.json"),
        (["annotate", "P", "a", "--by", " ", "--value", "-"], "a person needs a handle"),
        (["queue", "P", "two"], "there is no queue 'two'"),
        (["queue", "P", "two", "--config", "-"], "to make it, name its panel with --panel"),
        (["queue", "P", "two", "--panel", "sentimnt"], "did you mean 'sentiment'?"),
        (["queue", "P", "sentiment", "--panel", "boxes"], "is for the panel 'sentiment'"),
        (["queue", "P", "--panel", "sentiment"], "name the queue"),
        (["schema", "sentimnt", "value"], "sentimnt"),
        (["schema", "sentiment", "values"], "values"),
        (["merge", "P"], "OTHER"),
        (["merge", "P", "gone.labeler"], "gone.labeler: there is no such file"),
        (["backup", "P", "texts.jsonl"], "is there already"),
        (["backup", "P", "no/b.labeler"], "no/b.labeler: its folder does not exist"),
        (["repair", "P", "no/r.labeler"], "no/r.labeler: its folder does not exist"),
        (
            ["handout", "P", "no/h.labeler", "--to", "ben", "--count", "1"],
            "no/h.labeler: its folder does not exist",
        ),
    ],
)
def test_one_line_says_what_is_wrong(
    shell: Shell, project: Path, words: list[str], said: str
) -> None:
    before = project.read_bytes()
    line = shell.refused(*[project.name if word == "P" else word for word in words])
    assert said in line
    assert project.read_bytes() == before


def test_another_project_s_copy_is_no_copy(shell: Shell, project: Path) -> None:
    shell("new", "q.labeler", "--template", "sentiment")
    assert "copy of another project" in shell.refused("merge", project, "q.labeler")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "stdin: "),
        ("{", "stdin: "),
        ("[]", "stdin: "),
        ('{"sentiment":"positive"}', "a value has regions and answers, not 'sentiment'"),
        ('{"region":[]}', "not 'region'; did you mean 'regions'?"),
        ('{"regions":{}}', "stdin: regions: "),
        ('{"regions":[7]}', "stdin: regions[0]: "),
        ('{"regions":[{"start":"2","end":6}]}', "stdin: regions[0].start: "),
        ('{"regions":[{"start":6,"end":2}]}', "stdin: regions[0].end: "),
        ('{"regions":[{"start":0,"end":99}]}', "stdin: regions[0].end: the span 0–99"),
        ('{"regions":[{"type":"box","x":1,"y":1,"width":1,"height":1}]}', "regions[0].type"),
        ('{"regions":[{"start":0,"end":1,"text":"b"}]}', "the text under the span is 'a'"),
        ('{"answers":{"sentimnt":"positive"}}', "did you mean 'sentiment'?"),
        ('{"answers":{"sentiment":"postive"}}', "did you mean 'positive'?"),
        ('{"answers":{"sentiment":["positive"]}}', "answers.sentiment"),
        ('{"answers":{}}', "answers.sentiment: the question"),
        ('{"answers":{"sentiment":"positive","marks":7,"sentimen":1}}', "(and 1 more)"),
        ("[" * 100_000, "stdin"),
        ('{"answers":' * 2000 + "1" + "}" * 2000, "stdin"),
        ('{"answers":{"sentiment":"\\ud800"}}', "stdin"),
        ('{"answers":{"sentiment":1e999}}', "stdin"),
        (b'{"answers":{"sentiment":"\xff"}}', "stdin"),
    ],
)
def test_a_value_is_refused_with_the_path_of_what_is_wrong(
    shell: Shell, project: Path, value: str | bytes, said: str
) -> None:
    words = ("annotate", project, "a", "--by", "anna", "--value", "-")
    assert said in shell.refused(*words, stdin=value)
    assert shell.json("info", project)["annotations"] == 0


def test_an_unknown_label_is_refused_with_the_nearest(shell: Shell, project: Path) -> None:
    spans = [{"start": n, "end": n + 1, "label": "target"} for n in range(3)]
    value = {"regions": [*spans, {"start": 0, "end": 1, "label": "traget"}]}
    path = shell.file("value.json", json.dumps(value))
    line = shell.refused("annotate", project, "a", "--by", "anna", "--value", path)
    assert line == (
        f"{path}: regions[3].label: 'traget' is not in the label set; did you mean 'target'?"
    )
    assert "traget" not in shell("queue", project, "sentiment", "--json").out


def test_a_byte_order_mark_before_a_value_is_no_fault(shell: Shell, project: Path) -> None:
    raw = b'\xef\xbb\xbf{"answers":{"sentiment":"positive"}}'
    shell("annotate", project, "a", "--by", "anna", "--value", "-", stdin=raw)


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("{", "stdin: config"),
        ('{"labels":[{"name":"Cat"}]}', "config.labels[0]: "),
        ('{"labels":[{"id":"a"},{"id":"a"}]}', "the label id 'a' is used twice"),
        ('{"labels":[{"id":"a","key":7}]}', "config.labels[0].key: "),
        ('{"questions":[{"id":"q","kind":"chioce"}]}', "config.questions[0]"),
        ('{"questions":[{"id":"q","kind":"choice","choices":[]}]}', "has no choices"),
        ('{"policy":{"overlap":0}}', "config.policy: the overlap is at least 1"),
        ('{"labls":[]}', "labls"),
        ('{"questions":[{"id":"q","kind":"text","when":{"question":"p","answered":true}}]}', "'p'"),
        ("[" * 100_000, "stdin: config"),
    ],
)
def test_a_configuration_is_refused_with_the_path_of_what_is_wrong(
    shell: Shell, project: Path, config: str, said: str
) -> None:
    before = shell("queue", project, "sentiment", "--json").out
    line = shell.refused("queue", project, "sentiment", "--config", "-", stdin=config)
    assert said in line
    assert shell("queue", project, "sentiment", "--json").out == before


def test_a_draft_that_another_process_writes_is_refused(shell: Shell, project: Path) -> None:
    from labeler.store import Project

    opened = Project.open(project)
    person = opened.sign_in("anna")
    opened.open_draft(opened.query.find("a"), person)
    opened.drafts.file.connection.execute(
        "UPDATE lease SET token=zeroblob(16), pid=?, host=host", (os.getpid(),)
    )
    value = '{"answers":{"sentiment":"positive"}}'
    words = ("annotate", project, "a", "--by", "anna", "--value", "-", "--draft")
    line = shell.refused(*words, stdin=value)
    assert "has this task open in another window" in line
    opened.close()


@pytest.mark.usefixtures("modes_hold")
def test_a_project_that_can_only_be_read_is_looked_at_and_not_written(
    shell: Shell, project: Path
) -> None:
    project.chmod(0o444)
    assert shell.json("info", project)["tasks"] == 3
    value = '{"answers":{"sentiment":"positive"}}'
    words = ("annotate", project, "a", "--by", "anna", "--value", "-")
    assert "can only be read" in shell.refused(*words, stdin=value)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyboardInterrupt(), "interrupted"),
        (click.Abort(), "interrupted"),
        (MemoryError(), "not enough memory"),
        (BrokenPipeError(32, "Broken pipe"), "the output was closed"),
        (OSError(28, "No space left on device", "x.labeler"), "x.labeler: No space left"),
        (RecursionError("too deep"), "a report is in "),
        (AssertionError("line one\nline two"), "a report is in "),
    ],
)
def test_whatever_is_raised_is_one_line(
    shell: Shell,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    said: str,
    own_folders: Path,
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(projects_commands, "reading", broken)
    line = shell.refused("info", project)
    assert said in line
    if "report is in" in said:
        path = Path(line.rpartition("a report is in ")[2])
        assert path.is_relative_to(own_folders)
        report = path.read_text(encoding="utf-8")
        assert "in broken" in report
        assert type(error).__name__ in report


@pytest.mark.parametrize("words", [["inof"], ["info"], ["tasks", "P", "--status", "done"]])
def test_the_command_line_speaks_english_in_a_german_environment(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    english = shell.refused(*words)
    for name in ("LANG", "LC_ALL", "LANGUAGE"):
        monkeypatch.setenv(name, "de_DE.UTF-8")
    assert shell.refused(*words) == english


def test_a_report_that_cannot_be_written_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))

    def broken() -> int:
        raise ZeroDivisionError("by zero")

    assert guarded(broken) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "its report could not be written" in line


def test_a_name_that_would_break_the_line_is_escaped(shell: Shell) -> None:
    line = shell.refused("info", "a\nb\x1b[31m.labeler")
    assert "a\\nb\\x1b[31m.labeler" in line


def test_json_shown_on_a_terminal_does_not_steer_it(
    shell: Shell, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """U+009B alone begins what ESC [ begins (ECMA-48, 8.3.16), and JSON lets it through."""
    keys = ["red\x9b31m", "gnp\u202eexe", "plain ü"]
    rows = ({"id": key, "text": "x"} for key in keys)
    shell("import", project, shell.rows("steer.jsonl", *rows), "--format", "text-jsonl")
    piped = shell("tasks", project, "--json").out
    assert "\x9b" in piped, "what a program reads stays as short as it was"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    shown = shell("tasks", project, "--json").out
    assert shown.isascii()
    assert json.loads(shown) == json.loads(piped)
    assert {one["key"] for one in json.loads(shown)} >= set(keys)


def test_a_hand_out_of_what_a_search_finds_names_the_search(shell: Shell, project: Path) -> None:
    wanted = ("handout", project, "h.labeler", "--to", "ben", "--count", "1", "--search")
    assert "of what 'zebra' finds, no task of the queue" in shell.refused(*wanted, "zebra")
    shell(*wanted, "good")


@pytest.mark.parametrize("command", [["info"], ["check"], ["tasks"], ["repair"]])
def test_a_damaged_file_is_refused_with_the_way_out(
    shell: Shell, project: Path, command: list[str]
) -> None:
    project.write_bytes(project.read_bytes()[: project.stat().st_size // 2])
    line = shell.refused(*command, project)
    assert str(project) in line
    assert "the file is damaged: " in line
    assert "repair it into a new file" in line


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("annotation", "null", "no version deletes it, so null settles nothing"),
        ("queue", "null", "stdin: this settles no queue"),
        ("queue", "{}", "missing required field"),
        ("queue", '{"id":1', "stdin: this settles no queue"),
    ],
)
def test_what_settles_nothing_is_said_of_the_value_and_not_of_the_project(
    shell: Shell, copies: tuple[Path, Path], kind: str, value: str, said: str
) -> None:
    project, other = copies
    for path, overlap in ((project, 2), (other, 3)):
        config = shell.json("queue", path, "sentiment")["config"]
        config["policy"]["overlap"] = overlap
        shell("queue", path, "sentiment", "--config", "-", stdin=json.dumps(config))
    shell("merge", project, other, code=1)
    found = {one["kind"]: one["entity"] for one in shell.json("conflicts", project)}
    line = shell.refused("settle", project, found[kind], "--by", "z", "--value", "-", stdin=value)
    assert said in line
    assert "damaged" not in line
    assert "stored as" not in line
    assert {one["kind"] for one in shell.json("conflicts", project)} == set(found)


def test_a_sound_file_of_a_newer_version_is_not_repaired_into_an_older_one(
    shell: Shell, project: Path
) -> None:
    connection = sqlite3.connect(project)
    connection.execute("PRAGMA user_version=7003")
    connection.close()
    assert "made by a newer version" in shell.refused("repair", project, "r.labeler")
    assert not Path("r.labeler").exists()


def test_a_number_of_a_newer_version_in_a_damaged_file_does_not_keep_it_from_repair(
    shell: Shell, project: Path
) -> None:
    raw = bytearray(project.read_bytes()[:-4096])
    raw[60:64] = (7003).to_bytes(4, "big")
    project.write_bytes(raw)
    assert "recovered" in shell("repair", project, "r.labeler", code=None).out
