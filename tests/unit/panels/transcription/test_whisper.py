"""Whisper's four layouts are one to us: segments with scores, words whose texts join to the segment's."""

from __future__ import annotations

import json
import math

import pytest
from made_transcripts import problems, read, regions_of, tasks

from labeler.api import Refusal
from labeler.panels.transcription.formats import WhisperFormat

WHISPER = WhisperFormat()


def read_tree(tmp_path, tree: object, name: str = "a.json") -> list:
    path = tmp_path / name
    path.write_text(json.dumps(tree), encoding="utf-8")
    return read(WHISPER, path)


OPENAI = {
    "text": " And so my fellow Americans. Ask not.",
    "segments": [
        {"id": 0, "seek": 0, "start": 0.0, "end": 7.600000000000001,
         "text": " And so my fellow Americans.",
         "tokens": [50363, 843], "temperature": 0.0, "avg_logprob": -0.2, "compression_ratio": 1.1,
         "no_speech_prob": 0.01, "words": [
             {"word": " And", "start": 0.0, "end": 0.5, "probability": 0.7},
             {"word": " so", "start": 0.5, "end": 0.5, "probability": 0.9},
             {"word": " my", "start": 0.6, "end": 0.59, "probability": 0.8},
             {"word": " fellow", "start": 0.7, "end": 1.2, "probability": 1.0},
             {"word": " Americans.", "start": 1.2, "end": 20.240000000002, "probability": 0.3}]},
        {"id": 1, "seek": 0, "start": 7.6, "end": 8.0, "text": "   ", "avg_logprob": -1.0},
        {"id": 2, "seek": 0, "start": 8.0, "end": 10.4, "text": " Ask not.", "avg_logprob": float("nan")},
    ],
    "language": "en",
}  # fmt: skip


def test_openai_whisper_gives_predictions_with_scores_and_words(tmp_path) -> None:
    rows = read_tree(tmp_path, OPENAI)
    assert problems(rows) == []
    (task,) = tasks(rows)
    (one,) = task.annotations
    assert (one.layer, one.author) == ("prediction", None)
    first, second = regions_of(task)
    assert (first["start"], first["end"], first["text"]) == (
        0,
        7_600_000,
        "And so my fellow Americans.",
    )
    assert first["score"] == pytest.approx(math.exp(-0.2), abs=1e-6)
    assert [
        (word["text"], word["start"], word["end"], word["score"]) for word in first["words"]
    ] == [
        ("And", 0, 500_000, 0.7),
        (" so", 500_000, 500_000, 0.9),
        (" my", 600_000, 600_000, 0.8),
        (" fellow", 700_000, 1_200_000, 1.0),
        (" Americans.", 1_200_000, 20_240_000, 0.3),
    ]
    assert "score" not in second
    assert one.score == pytest.approx(math.exp(-0.2), abs=1e-6)


def test_the_score_of_the_whole_is_the_mean_by_length(tmp_path) -> None:
    rows = read_tree(tmp_path, {"segments": [
        {"start": 0, "end": 3, "text": "a", "avg_logprob": 0.0},
        {"start": 3, "end": 4, "text": "b", "avg_logprob": math.log(0.2)},
    ]})  # fmt: skip
    assert tasks(rows)[0].annotations[0].score == pytest.approx((3 * 1.0 + 1 * 0.2) / 4)


def test_float_noise_makes_no_overlap(tmp_path) -> None:
    rows = read_tree(tmp_path, {"segments": [
        {"start": 0, "end": 20.240000000002, "text": "a"},
        {"start": 20.24, "end": 21, "text": "b"}]})  # fmt: skip
    first, second = regions_of(tasks(rows)[0])
    assert first["end"] == second["start"] == 20_240_000


def test_faster_whisper_s_list_of_segments_is_read(tmp_path) -> None:
    rows = read_tree(tmp_path, [
        {"id": 1, "start": 0.5, "end": 1.25, "text": " Hi", "avg_logprob": -0.5,
         "words": [{"start": 0.5, "end": 1.25, "word": " Hi", "probability": 0.25}]},
        {"id": 2, "start": 2, "end": 3, "text": " there", "words": None}])  # fmt: skip
    first, second = regions_of(tasks(rows)[0])
    assert first["words"] == [
        {"id": "1", "start": 500_000, "end": 1_250_000, "text": "Hi", "score": 0.25}
    ]
    assert second == {"type": "segment", "start": 2_000_000, "end": 3_000_000, "text": "there"}


def test_whisperx_brings_speakers_and_words_without_times_lie_between_their_neighbours(
    tmp_path,
) -> None:
    rows = read_tree(tmp_path, {"segments": [
        {"start": 1.0, "end": 4.0, "text": " In 1961 we met.", "speaker": "SPEAKER_00", "words": [
            {"word": "In", "start": 1.0, "end": 1.5, "score": 0.5, "speaker": "SPEAKER_00"},
            {"word": "1961"},
            {"word": "we", "start": 2.5, "end": 3.0, "score": 0.75},
            {"word": "met."}]}],
        "word_segments": []})  # fmt: skip
    (found,) = regions_of(tasks(rows)[0])
    assert found["speaker"] == "SPEAKER_00"
    assert found["score"] == 0.625  # the mean of the words' where there is no avg_logprob
    assert [(word["text"], word["start"], word["end"]) for word in found["words"]] == [
        ("In", 1_000_000, 1_500_000), (" 1961", 1_500_000, 2_500_000),
        (" we", 2_500_000, 3_000_000), (" met.", 3_000_000, 4_000_000)]  # fmt: skip


CPP = {
    "systeminfo": "AVX = 1", "model": {"type": "base.en", "multilingual": False},
    "params": {"model": "models/ggml-base.en.bin", "language": "en"}, "result": {"language": "en"},
    "transcription": [
        {"timestamps": {"from": "00:00:00,320", "to": "00:00:03,370"},
         "offsets": {"from": 320, "to": 3370},
         "text": " Unbelievable news", "tokens": [
             {"text": "[_BEG_]", "offsets": {"from": 320, "to": 320}, "p": 0.01, "t_dtw": -1},
             {"text": " Unbel", "offsets": {"from": 320, "to": 900}, "id": 1, "p": 0.9, "t_dtw": -1},
             {"text": "ievable", "offsets": {"from": 900, "to": 1500}, "id": 2, "p": 0.5, "t_dtw": -1},
             {"text": " news", "offsets": {"from": 1500, "to": 3370}, "id": 3, "p": 1.0, "t_dtw": -1},
             {"text": "[_TT_150]", "offsets": {"from": 3370, "to": 3370}, "id": 50513, "p": 0.2}]},
        {"timestamps": {}, "offsets": {"from": 3370, "to": 3370}, "text": " gone"},
        {"offsets": {"from": 4000, "to": 5000}, "text": ""},
        {"text": " lost"},
    ],
}  # fmt: skip


def test_whisper_cpp_counts_in_milliseconds_and_its_tokens_are_pieces_of_words(tmp_path) -> None:
    rows = read_tree(tmp_path, CPP)
    (task,) = tasks(rows)
    assert task.annotations[0].author == "whisper-base.en"
    (found,) = regions_of(task)
    assert found["score"] == pytest.approx((0.9 + 0.5 + 1.0) / 3, abs=1e-6)
    assert found["words"] == [
        {"id": "1", "start": 320_000, "end": 1_500_000, "text": "Unbelievable", "score": 0.5},
        {"id": "2", "start": 1_500_000, "end": 3_370_000, "text": " news", "score": 1.0},
    ]
    assert problems(rows) == [
        ("a.json: transcription[3]", "a time is missing; the segment was left out"),
        ("a.json: transcription[1]", "the segment has no length; it was left out"),
    ]


def test_joined_words_are_the_text_in_scripts_without_spaces_too(tmp_path) -> None:
    rows = read_tree(tmp_path, {"segments": [
        {"start": 0, "end": 2, "text": "今日は、晴れ。", "words": [
            {"word": "今日", "start": 0, "end": 1}, {"word": "は", "start": 1, "end": 1.2},
            {"word": "晴れ", "start": 1.2, "end": 2}]},
        {"start": 2, "end": 4, "text": " one two", "words": [
            {"word": " uno", "start": 2, "end": 3},
            {"word": " due", "start": 3, "end": 4}]}]})  # fmt: skip
    first, second = regions_of(tasks(rows)[0])
    assert [word["text"] for word in first["words"]] == ["今日", "は", "、晴れ。"]
    assert "".join(word["text"] for word in first["words"]) == first["text"]
    assert [word["text"] for word in second["words"]] == ["uno", " due"]


@pytest.mark.parametrize(
    "times", [(None, 1), ("x", 1), (0, float("inf")), (True, 2), (0, 1e300), ([], 1)]
)
def test_a_time_that_is_none_is_told_with_its_segment(tmp_path, times) -> None:
    start, end = times
    good = {"start": 1, "end": 2, "text": "b"}
    rows = read_tree(tmp_path, {"segments": [{"start": start, "end": end, "text": "a"}, good]})
    assert [one["text"] for one in regions_of(tasks(rows)[0])] == ["b"]
    assert [where for where, _ in problems(rows)] == ["a.json: segments[0]"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("{", "not JSON"),
        ("[" * 99_999, "not JSON: nested too deep"),
        ('{"a": 1}', "there are no segments in it"),
        ('{"segments": [{"x": 1}]}', "there are no segments with start, end and text in it"),
        ("3", "there are no segments in it"),
    ],
)  # fmt: skip
def test_other_json_is_refused_alone_and_told_among_others(tmp_path, raw, reason) -> None:
    (tmp_path / "package.json").write_text(raw)
    with pytest.raises(Refusal, match=reason):
        read(WHISPER, tmp_path / "package.json")
    (tmp_path / "z.json").write_text(json.dumps(OPENAI))
    rows = read(WHISPER, tmp_path)
    assert [task.key for task in tasks(rows)] == ["z"]
    assert [where for where, _ in problems(rows)] == ["package.json"]


def test_whisper_cpp_s_name_for_its_file_leads_to_the_recording(tmp_path, wav) -> None:
    (tmp_path / "talk.wav").write_bytes(wav(5))
    (task,) = tasks(read_tree(tmp_path, CPP, "talk.wav.json"))
    assert task.key == "talk.wav"
    assert task.content.duration == 5_000_000
