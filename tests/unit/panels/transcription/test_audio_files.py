"""A folder of recordings is a list of tasks: in the order a person counts, what is broken named."""

from __future__ import annotations

from made_transcripts import problems, read, regions_of, tasks

from labeler.api import MediumIn
from labeler.panels.transcription.formats import AudioFormat, SrtFormat

SRT = b"1\n00:00:00,500 --> 00:00:01,000\nYes\n"


def test_files_come_as_a_person_counts_them_with_their_path_as_key(tmp_path, wav) -> None:
    for name in ("b/take 10.wav", "b/take 2.wav", "A.WAV", "notes.txt", "b/._take 2.wav"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(wav(1))
    rows = read(AudioFormat(), tmp_path)
    assert [task.key for task in tasks(rows)] == ["A.WAV", "b/take 2.wav", "b/take 10.wav"]
    assert problems(rows) == []
    task = tasks(rows)[1]
    assert task.content.duration == 1_000_000
    assert task.content.rate == 8_000
    ref = task.content.audio
    assert (ref.path, ref.root, ref.mime, ref.embedded) == (
        "b/take 2.wav",
        "calls",
        "audio/wav",
        False,
    )
    assert task.media == (MediumIn(ref, tmp_path / "b" / "take 2.wav"),)


def test_a_single_recording_is_a_source(tmp_path, wav) -> None:
    (tmp_path / "x.wav").write_bytes(wav(0.5))
    rows = read(AudioFormat(), tmp_path / "x.wav", embed=True)
    assert [(task.key, task.content.audio.embedded) for task in tasks(rows)] == [("x.wav", True)]


def test_a_broken_recording_is_a_task_and_named(tmp_path, wav) -> None:
    (tmp_path / "empty.wav").write_bytes(b"")
    (tmp_path / "good.wav").write_bytes(wav(1))
    (tmp_path / "page.mp3").write_bytes(b"<html>moved</html>" * 50)
    rows = read(AudioFormat(), tmp_path)
    assert [task.key for task in tasks(rows)] == ["empty.wav", "good.wav", "page.mp3"]
    named = dict(problems(rows))
    assert named["empty.wav"] == "there is no sound in it"
    assert named["page.mp3"].startswith("no decoder here reads this: ")
    assert len(named) == 2


def test_the_real_recordings_are_all_taken(real) -> None:
    rows = read(AudioFormat(), real)
    assert problems(rows) == []
    found = {task.key: task.content.duration for task in tasks(rows)}
    assert len(found) == 17  # data/README.md: WAV, FLAC, MP3, Vorbis and Opus together
    assert abs(found["diarization/sample.wav"] - 30_000_000) <= 1
    assert all(duration > 1_000_000 for duration in found.values())


def test_a_transcript_is_of_the_recording_of_its_name_what_loses_nothing_first(
    tmp_path, wav
) -> None:
    for name in ("talk.mp3", "talk.wav", "talk.mp4"):
        (tmp_path / name).write_bytes(wav(2))
    (tmp_path / "talk.srt").write_bytes(SRT)
    (task,) = tasks(read(SrtFormat(), tmp_path))
    assert task.key == "talk.wav"
    assert task.content.duration == 2_000_000
    assert task.media[0].file == tmp_path / "talk.wav"
    assert not task.bare_key


def test_a_transcript_can_name_its_recording_s_ending(tmp_path, wav) -> None:
    (tmp_path / "talk.wav").write_bytes(wav(2))
    (tmp_path / "talk.mp3").write_bytes(wav(2))
    (tmp_path / "talk.mp3.srt").write_bytes(SRT)
    assert [task.key for task in tasks(read(SrtFormat(), tmp_path))] == ["talk.mp3"]
    (tmp_path / "talk.mp3").unlink()
    (task,) = tasks(read(SrtFormat(), tmp_path))
    assert (task.key, task.content, task.bare_key) == ("talk.mp3", None, False)


def test_a_transcript_without_recording_has_a_bare_key(tmp_path) -> None:
    (tmp_path / "v1.2 talk.srt").write_bytes(SRT)
    (task,) = tasks(read(SrtFormat(), tmp_path))
    assert (task.key, task.content, task.bare_key, len(task.annotations)) == (
        "v1.2 talk",
        None,
        True,
        1,
    )


def test_one_broken_transcript_among_others_is_named_and_the_others_are_read(tmp_path) -> None:
    (tmp_path / "a.srt").write_bytes(SRT)
    (tmp_path / "b.srt").write_bytes(b"no times at all")
    rows = read(SrtFormat(), tmp_path)
    assert [task.key for task in tasks(rows)] == ["a"]
    assert problems(rows) == [
        ("b.srt", "there is no line with times (00:00:01,000 --> 00:00:02,000) in it"),
    ]


def test_times_past_the_end_of_the_recording_are_cut_or_left_out_and_told(tmp_path, wav) -> None:
    (tmp_path / "a.wav").write_bytes(wav(2))
    (tmp_path / "a.srt").write_text(
        "00:00:00,000 --> 00:00:02,050\nA\n\n"
        "00:00:01,000 --> 00:00:05,000\nB\n\n"
        "00:00:03,000 --> 00:00:05,000\nC\n"
    )
    rows = read(SrtFormat(), tmp_path)
    (task,) = tasks(rows)
    assert [(one["text"], one["end"]) for one in regions_of(task)] == [
        ("A", 2_050_000),
        ("B", 2_000_000),
    ]
    assert problems(rows) == [
        ("a.srt:4", "the segment goes on outside the recording; it was cut"),
        ("a.srt:7", "the segment lies outside the recording"),
    ]
