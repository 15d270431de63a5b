"""Playing while hands are anywhere: rewind, steps, loops, speed, exactness, and no sound device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.api import Segment, Value

SECOND = 1_000_000
RATE = 8_000
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
Make = Callable[..., Any]


def ramp() -> np.ndarray:
    """What the recording of these tests holds: its samples count up."""
    return np.arange(20 * RATE) % 16_000


def one(start: float = 3, end: float = 5, text: str = "hello") -> Value:
    first, last = round(start * SECOND), round(end * SECOND)
    return Value((Segment(id="s", start=first, end=last, speaker="A", text=text),))


def heard(frames: np.ndarray) -> list[int]:
    return np.rint(frames * 32_768).astype(int).tolist()


def test_a_click_at_a_known_sample_is_drawn_there_and_played_from_it(
    desk: Make, qtbot: QtBot
) -> None:
    it = desk()
    axis = it.editor.timeline.axis
    sample = 41_237
    time = sample * SECOND // RATE
    axis.set_view(time - 500 * 60, 60)  # two pixels and more a sample
    place = QPoint(it.editor.timeline.x_of(time), it.editor.timeline.rows.wave.center().y())
    QTest.mouseClick(it.editor.timeline, Qt.MouseButton.LeftButton, NONE, place)
    timeline = it.editor.timeline
    assert timeline.playhead == time
    # By arithmetic: the pixel is the whole part of the distance from the left edge.
    left = timeline.rows.ruler.x()
    assert place.x() - left == int((sample * SECOND / RATE - axis.start) / axis.per_pixel)
    it.key(Key.Key_F8)
    assert heard(it.ear.listen(0.001)) == [(sample + n) % 16_000 for n in range(8)]


def test_going_on_after_a_pause_goes_back_a_little(desk: Make) -> None:
    it = desk()
    it.key(Key.Key_F8)
    it.listen(5.0)
    it.key(Key.Key_F8)
    assert it.editor.sounding.player.position == 5 * SECOND
    it.key(Key.Key_F8)
    # To the sample: 5 − 1.5 seconds at 8 kHz.
    assert heard(it.ear.listen(0.0005)) == [(28_000 + n) % 16_000 for n in range(4)]


def test_a_place_somebody_went_to_is_played_from_exactly(desk: Make) -> None:
    it = desk()
    it.key(Key.Key_F8)
    it.listen(5.0)
    it.key(Key.Key_F8)
    it.at(9)
    it.key(Key.Key_F8)
    assert it.editor.sounding.player.position == 9 * SECOND


@pytest.mark.parametrize("seconds", [0.0, 3.0])
def test_how_far_it_goes_back_is_a_setting(desk: Make, seconds: float) -> None:
    it = desk(rewind=seconds)
    it.key(Key.Key_F8)
    it.listen(5.0)
    it.key(Key.Key_F8)
    it.key(Key.Key_F8)
    assert it.editor.sounding.player.position == round((5 - seconds) * SECOND)


@pytest.mark.parametrize("typing", [False, True])
def test_every_key_of_playing_works_in_the_text_too(desk: Make, typing: bool) -> None:
    it = desk(one())
    it.editor.choose("s")
    if typing:
        it.key(Key.Key_Return)
        assert it.editor.is_typing
    player = it.editor.sounding.player
    it.key(Key.Key_F8)
    assert player.playing
    it.listen(1.0)
    it.key(Key.Key_F2)
    assert player.position == 2 * SECOND
    it.key(Key.Key_F3)
    assert player.position == 4 * SECOND
    it.key(Key.Key_Down, CTRL)
    assert player.speed == 0.9
    it.key(Key.Key_Up, CTRL, times=2)
    assert player.speed == 1.1
    it.key(Key.Key_0, CTRL)
    assert player.speed == 1.0
    it.key(Key.Key_F4)
    assert player.position == 3 * SECOND
    it.key(Key.Key_L, ALT)
    assert player.looping
    it.key(Key.Key_F8)
    assert not player.playing
    assert it.host.emitted == []
    assert it.editor.is_typing == typing


def test_a_segment_is_played_to_its_end_and_no_further(desk: Make, qtbot: QtBot) -> None:
    it = desk(one(3, 3.1))
    it.editor.choose("s")
    it.key(Key.Key_F4)
    sound = it.ear.listen(1.0)
    assert len(sound) == 800
    assert heard(sound[-1:]) == [(24_000 + 799) % 16_000]
    qtbot.waitUntil(lambda: not it.editor.sounding.player.playing)
    assert it.editor.sounding.player.position == 3_100_000


def test_a_loop_has_a_gap_and_follows_the_choice(desk: Make) -> None:
    first = Segment(id="a", start=SECOND, end=2 * SECOND)
    other = Segment(id="b", start=4 * SECOND, end=5 * SECOND)
    it = desk(Value((first, other)), loop_gap=0.25)
    it.key(Key.Key_Down)
    it.key("l")
    it.key(Key.Key_F8)
    it.ear.listen(1.0)
    gap = it.ear.listen(0.25)
    assert not gap.any()
    assert heard(it.ear.listen(0.001))[0] == 8_000
    it.key(Key.Key_Down, ALT)
    assert it.editor.sounding.player.position == 4 * SECOND
    assert it.editor.sounding.player.looping


def test_a_row_is_chosen_and_its_beginning_is_where_it_plays(desk: Make) -> None:
    it = desk(one())
    it.key(Key.Key_Down)
    assert it.editor.chosen_id == "s"
    assert it.editor.timeline.playhead == 3 * SECOND
    assert it.host.selections[-1] == ("s",)


def test_choosing_while_it_plays_lets_it_play(desk: Make) -> None:
    it = desk(one())
    it.key(Key.Key_F8)
    it.listen(1.0)
    it.editor.choose("s")
    assert it.editor.sounding.player.position == SECOND


def test_without_a_sound_device_everything_else_works(desk: Make, qtbot: QtBot) -> None:
    it = desk(one())
    it.ear.refusal = "there is no sound device"
    it.key(Key.Key_F8)
    transport = it.editor.stage.transport
    assert "No sound device" in transport.status.text
    qtbot.waitUntil(lambda: it.editor.timeline.playhead > 20_000)
    it.key(Key.Key_F5)
    begun = it.editor.timeline.pending
    qtbot.waitUntil(lambda: it.editor.sounding.player.position > begun + 20_000)
    it.key(Key.Key_F6)
    assert it.labels == ["Add segment"]
    it.key(Key.Key_F8)
    it.ear.refusal = ""
    it.key(Key.Key_F8)
    assert transport.status.text == ""


def test_the_playhead_is_where_the_sound_is_on_every_widget(desk: Make) -> None:
    it = desk()
    it.key(Key.Key_F8)
    it.listen(2.5)
    assert it.editor.timeline.playhead == 2_500_000
    it.key(Key.Key_F8)
    assert it.editor.timeline.accessibleDescription() == "0:02.500"


def test_the_view_turns_its_page_with_the_playhead(desk: Make) -> None:
    it = desk()
    axis = it.editor.timeline.axis
    axis.set_view(0, 1_000)
    it.key(Key.Key_F8)
    it.listen(1.2)
    assert axis.start <= it.editor.timeline.playhead < axis.end
    axis.set_view(10 * SECOND, 1_000)  # somebody looks elsewhere
    it.listen(0.1)
    assert axis.start == 10 * SECOND


def test_zooming_by_keys_stays_at_the_playhead(desk: Make) -> None:
    it = desk()
    it.at(5)
    axis = it.editor.timeline.axis
    x, whole = axis.pixel_of(5 * SECOND), axis.per_pixel
    it.key(Key.Key_Plus, times=6)
    assert axis.per_pixel == pytest.approx(whole / 1.5**6)
    assert axis.pixel_of(5 * SECOND) == pytest.approx(x, abs=1)
    it.key("0")
    assert axis.whole


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no sound"),
        (b"RIFF" + bytes(3), ""),
        (b"not a sound at all, only words" * 20, "no decoder"),
        (None, "no such file"),
    ],
)
def test_what_cannot_be_heard_has_its_reason_and_a_way_on(
    desk: Make, qtbot: QtBot, raw: bytes | None, words: str
) -> None:
    it = desk(one(), raw=raw, opened=False)
    stage = it.editor.stage
    qtbot.waitUntil(lambda: stage.pages.currentIndex() == 1)
    assert words in stage.empty.findChildren(type(stage.transport.length))[1].text().lower()
    assert not it.editor.can_run("transcription.play_pause").ok
    # What was written stays, and can be written on.
    assert it.editor.transcript.table.rowCount() == 1
    it.editor.choose("s")
    it.editor.start_typing("s")
    it.key("!")
    assert it.rows[0][3] == "hello!"
    assert it.editor.transcript.hint == "", "nothing can be played, so nobody is told to"
    stage.flag.click()
    stage.skip.click()
    assert it.host.commands == ["work.flag", "work.skip"]
    # What is not there can be looked for; what is there and no sound cannot.
    assert stage.folders.isVisible() is (raw is None)
    if raw is None:
        stage.folders.click()
        assert it.host.commands[-1] == "project.media"


def test_what_was_missing_when_it_was_opened_ahead_is_looked_for_again(
    desk: Make, wav: bytes, qtbot: QtBot
) -> None:
    it = desk(raw=None, opened=False)
    view = it.editor.view
    it.editor.close_task()
    it.editor.prepare(view.content)
    [ahead] = it.editor.sounding._ahead.values()
    qtbot.waitUntil(lambda: ahead.problem is not None)
    it.host._media[view.content.audio.path] = wav
    it.editor.show_task(view)
    qtbot.waitUntil(lambda: it.editor.sounding.is_open)


def test_a_recording_that_was_cut_is_heard_as_far_as_it_goes_and_named(
    desk: Make, wav: bytes
) -> None:
    it = desk(raw=wav[: 44 + 5 * 2 * RATE])
    assert it.editor.sounding.duration == 5 * SECOND
    # A word in passing, as of a picture: what is there can be worked on.
    [said] = it.host.said
    assert said.startswith(f"{it.editor.view.key}: the file is cut")
    assert it.host.problems == []


def test_what_was_opened_ahead_is_there_at_once(desk: Make, qtbot: QtBot) -> None:
    it = desk()
    view = it.editor.view
    it.editor.close_task()
    it.editor.prepare(view.content)
    [ahead] = it.editor.sounding._ahead.values()
    qtbot.waitUntil(lambda: ahead.audio is not None)
    it.editor.show_task(view)
    assert it.editor.sounding.is_open
    assert it.editor.sounding.recording is ahead


def test_where_one_was_comes_back(desk: Make, qtbot: QtBot) -> None:
    it = desk(one())
    view = it.editor.view
    it.editor.choose("s")
    it.editor.timeline.axis.set_view(2 * SECOND, 2_000)
    it.at(3.5)
    it.editor.set_speed(0.75)
    it.key("m")
    state = it.editor.state()
    it.editor.close_task()
    it.editor.show_task(view)
    it.editor.restore_state(state)
    qtbot.waitUntil(lambda: it.editor.sounding.is_open)
    axis = it.editor.timeline.axis
    assert (round(axis.start), round(axis.per_pixel)) == (2 * SECOND, 2_000)
    assert it.editor.sounding.player.position == 3_500_000
    assert it.editor.chosen_id == "s"
    assert it.editor.sounding.player.speed == 0.75
    assert it.editor.tools.mode.chosen == "segment"
    assert it.editor.timeline.two_clicks


@pytest.mark.parametrize("seconds", [20, 5])
def test_rows_are_laid_out_once_for_a_length_that_is_known(
    desk: Make, wav: bytes, seconds: int
) -> None:
    # The head promises 20 seconds; where fewer are there, the rows learn it when it is open.
    it = desk(one(), raw=wav[: 44 + seconds * 2 * RATE])
    assert it.editor.transcript.duration == seconds * SECOND
    laid_out = it.editor.stage._marks
    it.editor.sounding.opened.emit()
    assert it.editor.stage._marks is laid_out
    assert it.editor.stage.transport.play.isEnabled()


class Shouting(QTranslator):
    """A language in which what the core says is written in capitals."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return sourceText.upper() if context == "Problem" else sourceText


def test_the_reason_is_said_in_the_language_of_the_interface(
    desk: Make, qtbot: QtBot, qapp: QApplication
) -> None:
    language = Shouting()
    qapp.installTranslator(language)
    try:
        it = desk(raw=b"", opened=False)
        stage = it.editor.stage
        qtbot.waitUntil(lambda: stage.is_refused)
        words = [one.text() for one in stage.empty.findChildren(type(stage.transport.length))]
    finally:
        qapp.removeTranslator(language)
    assert any(one.startswith("THERE IS NO SOUND IN IT") for one in words)
