"""JSON Lines: a row holds a whole transcript, both ways; a bad row is told and passed over."""

from __future__ import annotations

import json

import msgspec
import pytest
from made_transcripts import CONFIG, problems, read, regions_of, task_out, tasks, written

from labeler.api import Opaque, Point, Refusal, Segment, Word
from labeler.panels.transcription.formats import JsonlFormat, TextFormat

JSONL = JsonlFormat()


def rows_of(tmp_path, *rows: object) -> list:
    path = tmp_path / "in.jsonl"
    path.write_text(
        "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)
    )
    return read(JSONL, path)


def test_a_row_brings_recording_segments_points_answers_and_who(tmp_path, wav) -> None:
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "a.wav").write_bytes(wav(3))
    row = {
        "id": "call 1", "audio": "calls/a.wav", "agent": "Kim", "meta": {"team": 2},
        "segments": [{"start": 0, "end": 1_500_000, "speaker": "Ann", "text": "Hi", "label": "Laughter",
                      "words": [{"id": "1", "start": 0, "end": 9, "text": "Hi"}]},
                     {"type": "point", "at": 5, "text": "beep"}],
        "answers": {"quality": "clear"}, "by": "ada", "layer": "gold", "status": "flagged",
        "reason": "noise",
        "score": 0.5,
    }  # fmt: skip
    rows = rows_of(tmp_path, row)
    (task,) = tasks(rows)
    assert problems(rows) == []
    assert (task.key, task.meta) == ("call 1", {"agent": "Kim", "team": 2})
    assert (task.content.audio.path, task.content.duration) == ("calls/a.wav", 3_000_000)
    assert task.media[0].file == tmp_path / "calls" / "a.wav"
    (one,) = task.annotations
    assert (one.layer, one.author, one.status, one.reason, one.score) == (
        "gold",
        "ada",
        "flagged",
        "noise",
        0.5,
    )
    assert json.loads(one.value) == {"regions": row["segments"], "answers": row["answers"]}


def test_audio_is_relative_to_the_file_of_its_row(tmp_path, wav) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "a.wav").write_bytes(wav(1))
    (tmp_path / "set" / "rows.jsonl").write_text('{"audio": "a.wav"}\n')
    (task,) = tasks(read(JSONL, tmp_path))
    assert (task.key, task.content.audio.path) == ("set/a.wav", "set/a.wav")


def test_a_row_whose_recording_is_not_there_keeps_its_work(tmp_path) -> None:
    rows = rows_of(
        tmp_path, {"audio": "gone.wav", "segments": [{"start": 0, "end": 1, "text": "a"}]}
    )
    (task,) = tasks(rows)
    assert (task.key, task.content, len(task.annotations), problems(rows)) == (
        "gone.wav",
        None,
        1,
        [],
    )


def test_a_row_without_work_is_a_task(tmp_path) -> None:
    (task,) = tasks(rows_of(tmp_path, {"id": 7}))
    assert (task.key, task.annotations) == ("7", ())


def test_bad_rows_are_told_with_their_place_and_the_others_are_read(tmp_path) -> None:
    good = {"start": 0, "end": 5, "text": "a"}
    rows = rows_of(
        tmp_path,
        {"id": "a", "segments": [good, {"start": 0.5, "end": 2, "text": "b"}, {"start": 3, "end": 3},
                                 {"type": "box"}, 4, {"start": 1, "end": 2, "words": [{"id": "1"}]}]},
        "{not json",
        "[1, 2]",
        '{"id": "nul\0"}',
        {"segments": []},
        {"id": "b", "audio": "../../etc/passwd"},
        {"id": "c", "audio": "/etc/passwd"},
        {"id": "d", "audio": "C:\\x.wav"},
        {"id": "e", "segments": "no"},
        {"id": ["f"], "audio": "f.wav"},
        "",
        {"id": "g", "duration": 1_000_000, "segments": [{"start": 5_000_000, "end": 6_000_000}]},
    )  # fmt: skip
    told = problems(rows)
    assert [where for where, _ in told] == [
        "in.jsonl:1: segments[1].start", "in.jsonl:1: segments[3].type", "in.jsonl:1: segments[4]",
        "in.jsonl:1: segments[5].words", "in.jsonl:1: segments[2]",
        "in.jsonl:2", "in.jsonl:3", "in.jsonl:4", "in.jsonl:5", "in.jsonl:6: audio", "in.jsonl:7: audio",
        "in.jsonl:8: audio", "in.jsonl:9: segments", "in.jsonl:10: id", "in.jsonl:12: segments[0]",
    ]  # fmt: skip
    assert told[0][1] == "a time is a whole number of microseconds"
    assert [task.key for task in tasks(rows)] == ["a", "b", "c", "d", "e", "f.wav", "g"]
    assert regions_of(tasks(rows)[0]) == [good]


def test_a_row_deeper_than_any_transcript_is_told(tmp_path) -> None:
    rows = rows_of(
        tmp_path, '{"id": "a", "x": ' + "[" * 70 + "]" * 70 + "}", '{"id": "b", "x": ' + "[" * 9000
    )
    assert [where for where, _ in problems(rows)] == ["in.jsonl:1", "in.jsonl:2"]


def test_a_line_of_a_gigabyte_is_passed_over_without_being_kept(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("labeler.panels.transcription.formats.jsonl._LONGEST_LINE", 1000)
    rows = rows_of(tmp_path, {"id": "a", "x": "y" * 5000}, {"id": "b"})
    assert [task.key for task in tasks(rows)] == ["b"]
    assert [where for where, _ in problems(rows)] == ["in.jsonl:1"]


def test_what_is_written_is_a_row_an_outsider_can_read(tmp_path) -> None:
    word = Word(id="1", start=0, end=900, text="a", score=0.5)
    told = [
        Segment(id="s", start=0, end=1_000, speaker="Ann", text="a", label="laughter", words=(word,),
                attributes={"marks": ("unclear",)}, extra={"from": "x"}),
        Point(id="p", at=5),
        Opaque(kind="box", raw=b"{}"),
    ]  # fmt: skip
    (path,), dropped = written(
        JSONL, [task_out(told, duration=7, quality="clear")], tmp_path / "out.jsonl"
    )
    assert dropped == {"region_type": 1}
    (row,) = map(json.loads, path.read_bytes().splitlines())
    assert row == {
        "id": "calls/a.wav", "audio": "calls/a.wav", "duration": 7,
        "segments": [
            {"id": "s", "start": 0, "end": 1_000, "speaker": "Ann", "text": "a", "label": "Laughter",
             "words": [{"id": "1", "start": 0, "end": 900, "text": "a", "score": 0.5}],
             "attributes": {"marks": ["unclear"]}, "extra": {"from": "x"}},
            {"type": "point", "id": "p", "at": 5},
        ],
        "answers": {"quality": "clear"}, "by": "ada",
    }  # fmt: skip


def test_several_people_s_work_on_a_task_is_a_row_each(tmp_path) -> None:
    out = task_out([])
    other = msgspec.structs.replace(
        out.annotations[0], author="bob", layer="prediction", status="accepted"
    )
    skipped = msgspec.structs.replace(
        out.annotations[0], author="cy", status="skipped", reason="noise"
    )
    out = msgspec.structs.replace(
        out, annotations=(*out.annotations, other, skipped), meta={"x": 1}
    )
    (path,), _ = written(
        JSONL, [out, msgspec.structs.replace(out, key="b", annotations=())], tmp_path / "out"
    )
    rows = read(JSONL, path)
    assert problems(rows) == []
    assert [
        (t.key, t.meta, [(a.author, a.layer, a.status, a.reason) for a in t.annotations])
        for t in tasks(rows)
    ] == [
        ("calls/a.wav", {"x": 1}, [("ada", None, "submitted", "")]),
        ("calls/a.wav", {"x": 1}, [("bob", "prediction", "submitted", "")]),
        ("calls/a.wav", {"x": 1}, [("cy", None, "skipped", "noise")]),
        ("b", {"x": 1}, []),
    ]
    with pytest.raises(Refusal):
        written(JSONL, [out], tmp_path / "out")


TOLD = [
    Segment(start=62_345_500, end=63_000_000, speaker="Ann", text="Grüß\nGott"),
    Segment(start=0, end=1_000_000, text="first"),
    Segment(start=5, end=6, text=""),
    Point(at=7, text="beep"),
]


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({}, "[00:00:00.000] first\n[00:01:02.346] Ann: Grüß Gott\n"),
        ({"transcription.text_times": False}, "first\nAnn: Grüß Gott\n"),
        ({"transcription.text_speakers": False, "transcription.text_times": False}, "first\nGrüß Gott\n"),
    ],
)  # fmt: skip
def test_plain_text_has_a_line_for_each_segment(tmp_path, settings, text) -> None:
    (path,), dropped = written(TextFormat(), [task_out(TOLD)], tmp_path / "a.txt", **settings)
    assert path.read_text(encoding="utf-8") == text
    assert dropped == {"segment_without_text": 1, "point": 1}


def test_the_config_of_these_tests_is_sound() -> None:
    assert CONFIG.label("laughter") is not None
