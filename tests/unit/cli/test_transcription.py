"""Recordings on the command line: taken in, transcribed, written out and taken in again unchanged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pysubs2
import pytest
from praatio import textgrid as praat
from typed import Shell

SAMPLE = Path(__file__).resolve().parents[3] / "projects" / "sample" / "transcription"
NOTHING = {"tasks": 0, "annotations": 0}
SAID = {
    "regions": [
        {"start": 250_000, "end": 2_450_000, "speaker": "Reader",
         "text": "He began a confused complaint"},
        {"start": 2_650_000, "end": 4_750_000, "speaker": "Reader", "text": "who had vanished",
         "label": "Noise", "attributes": {"marks": ["Unclear"]}},
        {"type": "point", "at": 2_500_000, "text": "breath"},
    ],
    "answers": {"quality": "Clear"},
}  # fmt: skip


@pytest.fixture
def calls(shell: Shell) -> Path:
    """A project of the sample's recordings, by reference."""
    path = shell.folder / "calls.labeler"
    shell("new", path, "--template", "transcription")
    told = shell.json("import", path, SAMPLE / "recordings", "--format", "audio")
    assert told == {"tasks": 7, "annotations": 0, "skipped": 0, "problems": []}
    return path


def added(told: dict[str, object]) -> dict[str, object]:
    assert told["problems"] == []
    return {name: told[name] for name in NOTHING}


def test_a_folder_of_recordings_is_a_list_of_tasks_with_lengths(shell: Shell, calls: Path) -> None:
    keys = [task["key"] for task in shell.json("tasks", calls)]
    assert keys == ["cat-and-mice.ogg", "firefox-en.mp3", "lamp-ja.mp3", "no-en.mp3",
                    "persuasion-es.opus", "six-en.mp3", "wizard.flac"]  # fmt: skip
    shown = shell.json("show", calls, "wizard.flac")
    assert shown["content"]["rate"] == 16_000
    assert shown["content"]["duration"] == 4_905_000  # 78,480 frames, by the file's own header
    assert added(shell.json("import", calls, SAMPLE / "recordings", "--format", "audio")) == NOTHING


def test_gold_and_predictions_attach_by_key_with_their_scores(shell: Shell, calls: Path) -> None:
    told = shell.json(
        "import", calls, SAMPLE / "gold.jsonl", "--format", "transcript-jsonl", "--as", "gold"
    )
    assert added(told) == {"tasks": 0, "annotations": 2}
    told = shell.json("import", calls, SAMPLE / "predictions.jsonl", "--format", "transcript-jsonl",
                      "--as", "predictions", "--by", "draft")  # fmt: skip
    assert added(told) == {"tasks": 0, "annotations": 3}
    (prediction,) = shell.json("show", calls, "lamp-ja.mp3")["predictions"]
    assert prediction["by"] == "draft"
    assert prediction["value"]["regions"][0]["score"] == 0.9


@pytest.mark.parametrize("name", ["textgrid", "srt", "transcript-jsonl"])
def test_work_goes_out_and_comes_back_as_nothing_new(shell: Shell, calls: Path, name: str) -> None:
    value = {"regions": SAID["regions"][:2], "answers": {"quality": "clear"}}
    if name != "transcript-jsonl":
        # These hold no answers, and a queue that needs some would not take a transcript alone.
        config = '{"labels": [], "questions": []}'
        shell("queue", calls, "transcription", "--config", "-", stdin=config)
        plain = ("start", "end", "speaker", "text")
        value = {"regions": [{field: one[field] for field in plain} for one in value["regions"]]}
    shell("annotate", calls, "wizard.flac", "--by", "ada", "--value", "-", stdin=json.dumps(value))
    six = {**value, "regions": [{"start": 500_000, "end": 900_000, "text": "Six."}]}
    shell("annotate", calls, "six-en.mp3", "--by", "ada", "--value", "-", stdin=json.dumps(six))
    out = shell.folder / "out"
    shell("export", calls, out, "--format", name, "--source", "all", code=None)
    told = shell.json("import", calls, out, "--format", name)
    assert added(told) == NOTHING
    # In another project the recordings are there and the work is not.
    other = shell.folder / "other.labeler"
    shell("new", other, "--template", "transcription")
    shell("import", other, SAMPLE / "recordings", "--format", "audio")
    assert added(shell.json("import", other, out, "--format", name)) == {
        "tasks": 0,
        "annotations": 2,
    }


def test_other_programs_read_what_was_submitted(shell: Shell, calls: Path) -> None:
    shell("annotate", calls, "wizard.flac", "--by", "ada", "--value", "-", stdin=json.dumps(SAID))
    told = shell.json("export", calls, shell.folder / "w.TextGrid", "--format", "textgrid", code=1)
    assert told["dropped"] == {"answers": 1, "label": 1, "attributes": 1}
    assert (told["tasks"], told["annotations"]) == (1, 1)
    grid = praat.openTextgrid(str(shell.folder / "w.TextGrid"), includeEmptyIntervals=False)
    assert [tuple(one) for one in grid.getTier("Reader").entries] == [
        (0.25, 2.45, "He began a confused complaint"),
        (2.65, 4.75, "who had vanished"),
    ]
    assert grid.maxTimestamp == 4.905
    told = shell.json("export", calls, shell.folder / "w.srt", "--format", "srt", code=1)
    assert told["dropped"] == {"answers": 1, "label": 1, "attributes": 1, "point": 1}
    cues = pysubs2.load(str(shell.folder / "w.srt"))
    assert [(one.start, one.end, one.plaintext) for one in cues] == [
        (250, 2_450, "Reader: He began a confused complaint"),
        (2_650, 4_750, "Reader: who had vanished"),
    ]
    shell("export", calls, shell.folder / "w.txt", "--format", "transcript-text", code=1)
    assert (shell.folder / "w.txt").read_text() == (
        "[00:00:00.250] Reader: He began a confused complaint\n[00:00:02.650] Reader: who had vanished\n"
    )


def test_a_transcript_past_the_end_is_cut_and_told_and_a_value_past_it_refused(
    shell: Shell, calls: Path
) -> None:
    folder = shell.folder / "late"
    folder.mkdir()
    shutil.copy(SAMPLE / "recordings" / "six-en.mp3", folder)
    (folder / "six-en.srt").write_text("00:00:00,500 --> 00:00:09,000\nSix\n")
    told = shell.json("import", calls, folder, "--format", "srt", code=1)
    assert told["annotations"] == 1
    assert [(one["where"], one["code"]) for one in told["problems"]] == [
        ("six-en.srt:1", "time_cut")
    ]
    (one,) = shell.json("show", calls, "six-en.mp3")["annotations"]
    assert one["value"]["regions"][0]["end"] == 1_853_625  # 88,974 frames at 48 kHz, by the header
    said = shell.refused("annotate", calls, "no-en.mp3", "--by", "ada", "--value", "-",
                         stdin='{"regions": [{"start": 0, "end": 9000000, "text": "no"}]}')  # fmt: skip
    assert "regions[0].end" in said
    assert "past the end of the recording" in said


def test_work_that_came_before_its_recording_is_filled_in_by_it(shell: Shell) -> None:
    path = shell.folder / "late.labeler"
    shell("new", path, "--template", "transcription")
    told = shell.json("import", path, SAMPLE / "gold.jsonl", "--format", "transcript-jsonl", code=1)
    assert (told["tasks"], told["annotations"]) == (2, 2)
    assert {one["code"] for one in told["problems"]} == {"task_made"}
    shell("import", path, SAMPLE / "recordings", "--format", "audio")
    tasks = {task["key"]: task["annotations"] for task in shell.json("tasks", path)}
    assert len(tasks) == 7
    assert (tasks["wizard.flac"], tasks["cat-and-mice.ogg"], tasks["no-en.mp3"]) == (1, 1, 0)
    shown = shell.json("show", path, "wizard.flac")
    assert shown["content"]["duration"] == 4_905_000
    assert len(shown["annotations"][0]["value"]["regions"]) == 2


def test_a_name_that_two_recordings_share_is_neither_s(shell: Shell, calls: Path) -> None:
    more = shell.folder / "more"
    more.mkdir()
    shutil.copy(SAMPLE / "recordings" / "wizard.flac", more / "six-en.flac")
    shell("import", calls, more, "--format", "audio")
    (shell.folder / "six-en.srt").write_text("00:00:00,500 --> 00:00:01,000\nSix\n")
    told = shell.json("import", calls, shell.folder / "six-en.srt", "--format", "srt", code=1)
    assert [one["code"] for one in told["problems"]] == ["task_made"]
    assert (told["tasks"], told["annotations"]) == (1, 1)


def test_a_transcript_that_came_first_is_brought_to_its_recording_by_importing_it_again(
    shell: Shell,
) -> None:
    path, source = shell.folder / "early.labeler", shell.folder / "six-en.srt"
    source.write_text("00:00:00,500 --> 00:00:01,000\nSix\n")
    shell("new", path, "--template", "transcription")
    told = shell.json("import", path, source, "--format", "srt", code=1)
    assert [one["code"] for one in told["problems"]] == ["task_made"]
    shell("import", path, SAMPLE / "recordings", "--format", "audio")
    assert added(shell.json("import", path, source, "--format", "srt")) == {
        "tasks": 0,
        "annotations": 1,
    }
    assert added(shell.json("import", path, source, "--format", "srt")) == NOTHING
    (one,) = shell.json("show", path, "six-en.mp3")["annotations"]
    assert one["value"]["regions"][0]["text"] == "Six"


def test_broken_recordings_are_named_and_taken(shell: Shell) -> None:
    path, folder = shell.folder / "broken.labeler", shell.folder / "broken"
    folder.mkdir()
    flac = (SAMPLE / "recordings" / "wizard.flac").read_bytes()
    for name, raw in {"empty.wav": b"", "cut.flac": flac[:30], "page.mp3": b"<html>"}.items():
        (folder / name).write_bytes(raw)
    shell("new", path, "--template", "transcription")
    told = shell.json("import", path, folder, "--format", "audio", code=1)
    assert told["tasks"] == 3
    assert sorted((one["where"], one["code"]) for one in told["problems"]) == [
        ("cut.flac", "audio_unknown"), ("empty.wav", "audio_empty"),
        ("page.mp3", "audio_unknown")]  # fmt: skip
    assert shell.json("show", path, "cut.flac")["content"] == {
        "audio": {"path": "cut.flac", "root": "broken", "mime": "audio/flac"}}  # fmt: skip


def test_recordings_can_be_taken_into_the_project(shell: Shell) -> None:
    path = shell.folder / "whole.labeler"
    shell("new", path, "--template", "transcription")
    told = shell.json(
        "import", path, SAMPLE / "recordings", "--format", "audio", "--media", "embed"
    )
    assert (told["tasks"], told["problems"]) == (7, [])
    shown = shell.json("show", path, "wizard.flac")["content"]["audio"]
    assert shown == {
        "path": "wizard.flac",
        "root": "recordings",
        "mime": "audio/flac",
        "embedded": True,
    }
    size = sum(one.stat().st_size for one in (SAMPLE / "recordings").iterdir())
    assert path.stat().st_size > size
    assert shell.json("check", path) == {"ok": True, "problems": []}
