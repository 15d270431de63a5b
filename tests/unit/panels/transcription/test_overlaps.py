"""Overlaps within one speaker are found, those of a conversation are not."""

from __future__ import annotations

from labeler.api import Point, Segment
from labeler.panels.transcription.overlaps import overlaps

SECOND = 1_000_000


def segment(ident: str, start: float, end: float, speaker: str = "") -> Segment:
    return Segment(id=ident, start=round(start * SECOND), end=round(end * SECOND), speaker=speaker)


def test_one_speaker_at_once_is_an_overlap_two_are_a_conversation() -> None:
    ann = segment("a", 0, 5, "Ann")
    assert overlaps([ann, segment("b", 4, 6, "Bob")]) == {}
    assert set(overlaps([ann, segment("b", 4, 6, "Ann")])) == {"b"}
    assert overlaps([segment("b", 5, 6, "Ann"), ann]) == {}, "one after the other"
    assert set(overlaps([segment("b", 4, 6), segment("a", 0, 5)])) == {"b"}, "the later one"


def test_an_overlap_with_a_long_segment_is_seen_past_shorter_ones() -> None:
    found = overlaps([segment("a", 0, 10), segment("b", 1, 2), segment("c", 3, 4)])
    assert set(found) == {"b", "c"}


def test_its_length_and_the_other_s_start_are_told() -> None:
    sheila = [segment("a", 18.15, 19, "Sheila"), segment("b", 18.56, 20, "Sheila")]
    assert overlaps(sheila) == {"b": (440_000, 18_150_000)}
    within = [segment("a", 1, 9), segment("b", 2, 3)]
    assert overlaps(within) == {"b": (SECOND, SECOND)}, "no longer than the segment itself"


def test_moments_and_what_has_no_length_overlap_nothing() -> None:
    assert overlaps([segment("a", 0, 5), Point(id="p", at=SECOND), segment("b", 1, 1)]) == {}
