"""What a transcript may be, what is only to be looked at, and how unlike two segments are."""

from __future__ import annotations

import random

import pytest

from labeler.api import MediaRef, Point, QueueConfig, Segment, Span, Value
from labeler.panels.transcription.likeness import character_error_rate, edits
from labeler.panels.transcription.task import AudioContent, TranscriptionTask, speakers

TASK = TranscriptionTask()
SECOND = 1_000_000
CONTENT = AudioContent(audio=MediaRef("calls/a.wav"), duration=30 * SECOND, rate=16_000)


def segment(
    start: float, end: float, text: str = "a", speaker: str = "", **more: object
) -> Segment:
    return Segment(
        start=round(start * SECOND), end=round(end * SECOND), text=text, speaker=speaker, **more
    )


def codes(*regions: object) -> list[tuple[str, str]]:
    found = TASK.check(CONTENT, Value(regions), QueueConfig())
    return [(one.code, one.where) for one in found]


def test_a_segment_needs_a_length_and_lies_in_the_recording() -> None:
    assert codes(segment(0, 30), Point(at=30 * SECOND)) == []
    assert codes(segment(1, 1)) == [("segment_empty", "regions[0].end")]
    assert codes(segment(1, 2), segment(29, 31)) == [("time_beyond", "regions[1].end")]
    assert codes(Point(at=31 * SECOND)) == [("time_beyond", "regions[0].at")]


def test_what_encoders_pad_is_not_past_the_end() -> None:
    assert codes(segment(29, 30.1)) == []
    assert codes(segment(29, 30.100001)) == [("time_beyond", "regions[0].end")]


def test_of_a_recording_of_unknown_length_no_end_is_past() -> None:
    content = AudioContent(audio=MediaRef("a.aac"))
    assert list(TASK.check(content, Value((segment(0, 9_999),)), QueueConfig())) == []


def test_the_problem_names_the_times_as_people_do() -> None:
    content = AudioContent(audio=MediaRef("a.wav"), duration=3_661_500_000)
    (problem,) = TASK.check(content, Value((segment(0, 3_700),)), QueueConfig())
    assert problem.message == (
        "the time 1:01:40.000 lies past the end of the recording at 1:01:01.500"
    )


def test_what_is_only_to_be_looked_at_is_no_fault() -> None:
    assert codes(segment(0, 5, ""), segment(4, 6)) == []


def test_speakers_come_in_the_order_in_which_they_begin() -> None:
    value = Value((segment(5, 6, speaker="Bob"), Point(at=1, speaker="Cy"), segment(2, 3, speaker="Ann"),
                   segment(0, 1), segment(9, 10, speaker="Bob")))  # fmt: skip
    assert speakers(value) == ("Cy", "Ann", "Bob")


@pytest.mark.parametrize(
    ("other", "distance"),
    [
        (segment(0, 4, "abcd"), 0.0),
        (segment(2, 6, "abcd"), 1 - 2 / 6),
        (segment(0, 4, "abce"), 1 - (1 - 0.5 * 1 / 4)),
        (segment(0, 4, "wxyz"), 0.5),
        (segment(0, 2, "wxyz"), 1 - 0.5 * 0.5),
        (segment(0, 4, "abcd", "Ann"), 0.5),
        (segment(0, 4, "abcd", label="laughter"), 0.5),
        (segment(4, 8, "abcd"), 1.0),
        (Point(at=0), 1.0),
        (Span(start=0, end=1), 1.0),
    ],
)
def test_distance_is_what_times_and_texts_do_not_share(other, distance) -> None:
    one = segment(0, 4, "abcd")
    assert TASK.distance(CONTENT, one, other) == pytest.approx(distance)
    assert TASK.distance(CONTENT, other, one) == pytest.approx(distance)


def test_points_share_what_is_left_of_half_a_second() -> None:
    near = TASK.distance(CONTENT, Point(at=0, text="x"), Point(at=100_000, text="x"))
    assert near == pytest.approx(0.2)
    assert TASK.distance(CONTENT, Point(at=0), Point(at=500_000)) == 1.0


def test_a_summary_is_path_and_length() -> None:
    assert TASK.summary(CONTENT) == "calls/a.wav · 0:30.000"
    long = AudioContent(audio=MediaRef("x" * 500 + ".wav"))
    assert len(TASK.summary(long)) == 200


# Textbook pairs: Wagner and Fischer 1974 and every introduction since.
@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("kitten", "sitting", 3), ("Saturday", "Sunday", 3), ("", "abc", 3), ("abc", "abc", 0),
     ("flaw", "lawn", 2), ("שלום", "שלומ", 1), ("👩‍🚀", "👨‍🚀", 1)],
)  # fmt: skip
def test_edits_are_those_of_the_textbooks(one: str, other: str, count: int) -> None:
    assert edits(one, other) == edits(other, one) == count


def _table(one: str, other: str) -> int:
    """The dynamic programme of Wagner and Fischer, row by row."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        new = [i]
        for j, b in enumerate(other, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (a != b)))
        row = new
    return row[-1]


def test_edits_are_those_of_the_plain_table() -> None:
    chance = random.Random(4)
    for length in (1, 3, 8, 70, 130):
        for _ in range(40):
            one, other = (
                "".join(chance.choices("abc ", k=chance.randrange(length + 1))) for _ in "ab"
            )
            assert edits(one, other) == _table(one, other)


def test_the_error_rate_is_of_the_longer_text() -> None:
    assert character_error_rate("abcd", "ab") == 0.5
    assert character_error_rate("", "ab") == 1.0
    assert character_error_rate("", "") == 0.0
