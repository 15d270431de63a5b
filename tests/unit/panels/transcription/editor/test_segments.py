"""Segments made, moved, cut and joined: by drag, by two clicks, and by keys while it plays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from labeler.api import Label, QueueConfig, Segment, Value, Word
from labeler.panels.transcription.transcript_model import Column

SECOND = 1_000_000
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
Make = Callable[..., Any]


def said(*rows: tuple[str, float, float, str, str]) -> Value:
    return Value(
        tuple(
            Segment(
                id=ident,
                start=round(start * SECOND),
                end=round(end * SECOND),
                speaker=speaker,
                text=text,
            )
            for ident, start, end, speaker, text in rows
        )
    )


TWO = (
    ("one", 1.0, 2.0, "Anna", "Hello there"),
    ("two", 3.0, 5.0, "Anna", "How are you"),
    ("three", 4.0, 6.0, "Ben", "Fine"),
)


def test_a_segment_is_begun_and_ended_by_keys_while_it_plays(desk: Make) -> None:
    it = desk()
    it.key(Key.Key_F8)
    it.listen(1.0)
    it.key(Key.Key_F5)
    it.listen(2.5)
    assert it.labels == []
    it.key(Key.Key_F6)
    assert it.rows == [(1.0, 3.5, "", "")]
    assert it.labels == ["Add segment"]
    assert it.editor.sounding.player.playing


def test_starting_again_ends_what_was_begun(desk: Make) -> None:
    it = desk()
    it.key(Key.Key_F8)
    it.key(Key.Key_F5)
    it.listen(1.0)
    it.key(Key.Key_F5)
    it.listen(1.5)
    it.key(Key.Key_F6)
    assert it.rows == [(0.0, 1.0, "", ""), (1.0, 2.5, "", "")]


def test_begun_after_the_end_is_turned_round(desk: Make) -> None:
    it = desk()
    it.at(4)
    it.key(Key.Key_F5)
    it.at(3)
    it.key(Key.Key_F6)
    assert it.rows == [(3.0, 4.0, "", "")]


def test_escape_forgets_what_was_begun(desk: Make) -> None:
    it = desk()
    it.key(Key.Key_F5)
    it.at(3)
    it.key(Key.Key_Escape)
    it.key(Key.Key_F6)
    assert it.rows == []


def test_a_drag_over_the_wave_makes_a_segment_of_who_spoke_last(desk: Make) -> None:
    it = desk(said(*TWO))
    it.key("2")
    it.drag(10, 12)
    start, end, speaker, _ = it.rows[-1]
    assert (round(start, 1), round(end, 1), speaker) == (10.0, 12.0, "Ben")


def test_two_clicks_make_a_segment_in_the_mode_for_it(desk: Make) -> None:
    it = desk()
    it.key("m")
    it.click(5)
    it.click(7)
    assert [(round(a, 1), round(b, 1)) for a, b, _, _ in it.rows] == [(5.0, 7.0)]
    # In this mode hands stay on the wave.
    assert not it.editor.is_typing


def test_a_new_segment_is_typed_into_at_once(desk: Make) -> None:
    it = desk()
    it.drag(5, 7)
    it.key("hello")
    assert it.rows[0][3] == "hello"


def test_a_segment_is_cut_at_the_playhead_and_its_text_at_the_caret(desk: Make) -> None:
    it = desk(said(*TWO))
    it.key(Key.Key_Down, times=2)
    it.key(Key.Key_Return)
    it.key(Key.Key_Left, times=4)  # before " you"
    it.at(4)
    it.key(Key.Key_F7)
    assert it.rows[1:3] == [(3.0, 4.0, "Anna", "How are"), (4.0, 5.0, "Anna", "you")]
    assert it.labels == ["Split segment"]


def test_words_with_times_are_cut_where_they_are(desk: Make) -> None:
    words = (
        Word("w1", 0, 900_000, "So"),
        Word("w2", 900_000, 1_500_000, "it"),
        Word("w3", 2_100_000, 3_000_000, "goes"),
    )
    segment = Segment(id="s", start=0, end=3 * SECOND, speaker="A", text="So it goes.", words=words)
    it = desk(Value((segment,)))
    it.at(2)
    it.key(Key.Key_F7)
    assert [row[3] for row in it.rows] == ["So it", "goes."]
    first, second = it.value.regions
    assert [[word.id for word in one.words] for one in (first, second)] == [["w1", "w2"], ["w3"]]


def test_a_segment_is_joined_with_the_next_of_its_speaker(desk: Make) -> None:
    it = desk(said(*TWO))
    it.key(Key.Key_Down)
    it.key(Key.Key_F7, SHIFT)
    assert it.rows == [(1.0, 5.0, "Anna", "Hello there How are you"), (4.0, 6.0, "Ben", "Fine")]


def test_the_last_of_a_speaker_has_nothing_to_be_joined_with(desk: Make) -> None:
    it = desk(said(*TWO))
    it.editor.choose("three")
    can = it.editor.can_run("transcription.merge")
    assert not can.ok
    assert can.reason


@pytest.mark.parametrize(
    ("key", "held", "by"),
    [
        (Key.Key_Right, ALT, 10_000),
        (Key.Key_Left, ALT, -10_000),
        (Key.Key_Right, ALT | SHIFT, 1_000),
        (Key.Key_Left, ALT | SHIFT, -1_000),
        (Key.Key_PageDown, ALT, 100_000),
        (Key.Key_PageUp, ALT, -100_000),
    ],
)
@pytest.mark.parametrize("typing", [False, True])
def test_an_edge_is_nudged_by_keys_while_typing_too(
    desk: Make, key: Qt.Key, held: Qt.KeyboardModifier, by: int, typing: bool
) -> None:
    it = desk(said(*TWO))
    it.editor.choose("one")
    if typing:
        it.key(Key.Key_Return)
    it.key(key, held, times=3)
    assert it.value.region("one").end == 2 * SECOND + 3 * by
    it.editor.run("transcription.edge")
    it.key(key, held)
    assert it.value.region("one").start == SECOND + by
    # Nudges in a row are one step of undo, those of the other edge another.
    assert len({one.key for one in it.host.emitted}) == 2
    assert it.editor.is_typing == typing


def test_an_edge_stops_at_the_other_one_and_at_the_ends_of_the_recording(desk: Make) -> None:
    it = desk(said(("s", 0.05, 0.06, "A", ""), ("e", 19.95, 19.99, "A", "")))
    it.editor.choose("s")
    it.key(Key.Key_Left, ALT, times=3)
    assert it.value.region("s").end == 50_001
    it.editor.run("transcription.edge")
    it.key(Key.Key_PageUp, ALT)
    assert it.value.region("s").start == 0
    it.editor.choose("e")
    it.editor.run("transcription.edge")
    it.key(Key.Key_PageDown, ALT)
    assert it.value.region("e").end == 20 * SECOND


def test_an_edge_is_moved_to_the_playhead(desk: Make) -> None:
    it = desk(said(*TWO))
    it.editor.choose("one")
    it.at(1.25)
    it.key(Key.Key_F5, SHIFT)
    it.at(1.75)
    it.key(Key.Key_F6, SHIFT)
    assert it.rows[0][:2] == (1.25, 1.75)
    assert it.labels == ["Move the start", "Move the end"]


def test_an_edge_is_dragged(desk: Make) -> None:
    it = desk(said(*TWO))
    it.editor.choose("one")
    it.drag(2.0, 2.5)
    assert round(it.rows[0][1], 1) == 2.5
    assert it.labels == ["Move the end"]


def test_removing_leads_to_the_next_one(desk: Make) -> None:
    it = desk(said(*TWO))
    it.editor.choose("two")
    it.key(Key.Key_Delete)
    assert [row[3] for row in it.rows] == ["Hello there", "Fine"]
    assert it.editor.chosen_id == "three"


def test_a_point_is_put_at_the_playhead_and_nudged(desk: Make) -> None:
    it = desk(said(*TWO))
    it.at(7)
    it.key("p")
    [point] = it.value.regions[3:]
    assert (point.at, point.speaker) == (7 * SECOND, "Anna")
    it.key(Key.Key_Right, ALT)
    assert it.value.region(point.id).at == 7_010_000
    it.key(Key.Key_Delete)
    assert it.labels == ["Add point", "Move point", "Remove point"]


def test_a_speaker_is_given_by_key_while_typing_too(desk: Make) -> None:
    it = desk(said(*TWO))
    it.editor.choose("one")
    it.key("2")
    assert it.value.region("one").speaker == "Ben"
    it.key(Key.Key_Return)
    it.key("1", ALT)
    assert it.value.region("one").speaker == "Anna"
    assert it.value.region("one").text == "Hello there"


def test_the_next_free_number_is_a_new_speaker(desk: Make) -> None:
    it = desk(said(*TWO))
    it.editor.choose("one")
    it.key("3")
    assert it.value.region("one").speaker == "Speaker 3"
    assert not it.editor.can_run("transcription.speaker_9").ok


def test_a_speaker_is_renamed_everywhere_in_one_step(desk: Make) -> None:
    it = desk(said(*TWO))
    it.editor.choose("two")
    it.key("n", SHIFT)
    it.key(Key.Key_A, CTRL)
    it.key("Zoë Müller".encode("ascii", "ignore").decode())
    it.key(Key.Key_Return)
    assert [row[2] for row in it.rows] == ["Zo Mller", "Zo Mller", "Ben"]
    assert it.labels == ["Rename speaker"]
    assert it.editor.speakers.names == ("Zo Mller", "Ben")


def test_undoing_a_renaming_gives_the_keys_back(desk: Make) -> None:
    it = desk(said(*TWO))
    before = it.value
    it.editor.choose("two")
    it.editor.run("transcription.rename_speaker")
    it.key("Carla")
    it.key(Key.Key_Return)
    it.editor.set_value(before)
    assert it.editor.speakers.names[0] in ("Anna", "Carla")
    it.editor.choose("three")
    it.key("2")
    assert it.value.region("three").speaker == "Ben"


def test_escape_leaves_a_name_as_it_was(desk: Make) -> None:
    it = desk(said(*TWO))
    it.editor.run("transcription.rename_speaker")
    it.key("Carla")
    it.key(Key.Key_Escape)
    assert it.labels == []


def test_two_who_speak_at_once_are_fine_one_who_does_is_shown(desk: Make) -> None:
    it = desk(said(*TWO))
    table = it.editor.transcript.table
    assert [row.overlap for row in table.entries] == [None, None, None]
    it.editor.choose("three")
    it.key("1")
    assert [row.id for row in table.entries if row.overlap is not None] == ["three"]
    assert it.editor.timeline.mark("three").warned
    state = table.index(table.row_of("three"), Column.STATE)
    assert state.data() == "Overlap"
    # Two speaks from 3 s to 5 s, three from 4 s to 6 s.
    words = "Anna speaks twice at once, for 1.00 s: see 0:03.000"
    assert state.data(Qt.ItemDataRole.AccessibleTextRole) == words
    assert words in state.data(Qt.ItemDataRole.ToolTipRole)


def test_a_label_has_its_key(desk: Make) -> None:
    config = QueueConfig(labels=(Label("noise", "Noise", key="B"),))
    it = desk(said(*TWO), config=config)
    it.editor.choose("one")
    it.key("b")
    assert it.value.region("one").label == "noise"
    it.key("b")
    assert it.value.region("one").label is None


def test_read_only_can_be_heard_and_not_changed(desk: Make) -> None:
    it = desk(said(*TWO), read_only=True)
    it.key(Key.Key_F8)
    it.listen(1)
    for key in (Key.Key_F5, Key.Key_F6, Key.Key_F7, Key.Key_Delete):
        it.key(key)
    it.drag(10, 12)
    it.key(Key.Key_Down)
    it.key(Key.Key_Return)
    it.key("2")
    assert it.host.emitted == []
    assert it.editor.sounding.player.playing
    assert not it.editor.is_typing


def test_the_caret_goes_from_text_to_text_with_the_segments_that_are_heard(desk: Make) -> None:
    it = desk()
    it.key(Key.Key_F8)
    it.key(Key.Key_F5)
    it.listen(1.0)
    it.key(Key.Key_F6)
    it.key("one")
    it.listen(1.0)
    it.key(Key.Key_F5)
    it.listen(1.0)
    it.key(Key.Key_F6)
    it.key("two")
    assert [row[3] for row in it.rows] == ["one", "two"]


def test_who_still_writes_while_the_next_one_is_heard_is_not_torn_away(desk: Make) -> None:
    it = desk()
    it.key(Key.Key_F8)
    it.key(Key.Key_F5)
    it.listen(1.0)
    it.key(Key.Key_F6)
    it.key(Key.Key_F5)
    it.key("on")
    it.listen(1.0)
    it.key(Key.Key_F6)
    it.key("e")
    it.key(Key.Key_Return)
    it.key("two")
    assert [row[3] for row in it.rows] == ["one", "two"]


def test_after_a_split_the_caret_is_before_what_follows(desk: Make) -> None:
    it = desk(said(("one", 1.0, 3.0, "Anna", "Hello there")))
    it.editor.start_typing("one")
    it.editor.transcript.live.put_caret(6)
    it.at(2.0)
    it.key(Key.Key_F7)
    it.key("over ")
    assert [row[3] for row in it.rows] == ["Hello", "over there"]
