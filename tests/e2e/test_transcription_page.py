"""The transcription page in the real app: keys go to playing and segments while a text is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from made_app import Running
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.app.dialogs.import_data import ImportDialog
from labeler.kit.sound import ClockOutput
from labeler.model.queue import read_config
from labeler.store import Project

Start = Callable[..., Running]
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
SECOND = 1_000_000

CONFIG = b"""{
 "labels": [{"id": "noise", "name": "Noise", "key": "H", "types": ["segment"]}],
 "questions": [{"id": "quality", "kind": "choice", "required": true, "title": "Quality",
   "choices": [{"id": "good", "title": "Good", "key": "Q"}, {"id": "bad", "title": "Bad",
   "key": "W"}]}]
}"""


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """Two recordings of six seconds, one file that is none."""
    folder = tmp_path / "calls"
    folder.mkdir()
    swell = 0.4 * np.abs(np.sin(np.arange(6 * 8_000) / 700)) * np.sin(np.arange(6 * 8_000) / 3)
    for name in ("a.wav", "c.wav"):
        soundfile.write(folder / name, swell, 8_000, subtype="PCM_16")
    (folder / "b.wav").write_bytes(b"RIFF\0\0\0\0WAVE, it says, and is none" * 40)
    return folder


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    path = tmp_path / "projects" / "calls.labeler"
    path.parent.mkdir()
    project = Project.create(path, title="Calls", handle="anna", name="Anna Brandt")
    project.put_queue("calls", read_config(CONFIG), panel="transcription", by="anna")
    project.close()
    return path


@pytest.fixture
def run(start: Start, calls: Path, recordings: Path) -> Running:
    running = start().open(calls)
    dialog = ImportDialog(running.context, running.window, sources=[recordings])
    dialog.open()
    running.qtbot.waitUntil(dialog.isVisible)
    dialog.begin()
    running.qtbot.waitUntil(lambda: dialog.stage is dialog.outcome, timeout=20_000)
    dialog.close()
    running.settle()
    return running


def go(run: Running, key: str) -> None:
    """Put a task on the desk, with the keyboard on it."""
    session = run.context.session
    assert session is not None
    row = session.lane.call(lambda project: project.query.find(key))
    run.work.flow.open_row(row)
    run.qtbot.waitUntil(lambda: run.key == key)
    run.settle()
    run.window.activateWindow()
    run.qtbot.waitUntil(run.window.isActiveWindow)


def desk(run: Running, key: str) -> Any:
    """The editor with this recording open; time goes by the clock, whatever devices there are."""
    go(run, key)
    editor: Any = run.editor
    editor.sounding.player.set_output(ClockOutput)
    run.qtbot.waitUntil(lambda: editor.sounding.is_open)
    run.work.focus_content()
    return editor


def regions(run: Running, key: str) -> list[dict[str, Any]]:
    found: Any = run.stored(key)
    return list(found["value"]["regions"]) if found else []


def test_a_recording_is_transcribed_by_keys_alone_and_stored(run: Running) -> None:
    editor = desk(run, "a.wav")
    player = editor.sounding.player
    run.press(Key.Key_F8)
    run.qtbot.waitUntil(lambda: player.position > 100_000)
    run.press(Key.Key_F5)
    run.qtbot.waitUntil(lambda: player.position > 300_000)
    run.press(Key.Key_F6)
    # The caret is in the new text: letters type, chords and function keys do the rest.
    run.press("hello fax 12")
    run.press(Key.Key_1, ALT)
    run.press(Key.Key_F8)
    assert not player.playing
    run.press(Key.Key_Left, ALT)
    run.press(Key.Key_Q, ALT)
    assert run.work.flow.value.answers == {"quality": "good"}
    segment = run.work.flow.value.regions[0]
    run.ctrl(Key.Key_Return)
    run.settle()
    [stored] = regions(run, "a.wav")
    assert stored["text"] == "hello fax 12"
    assert stored["speaker"] == "Speaker 1"
    assert (stored["start"], stored["end"]) == (segment.start, segment.end)
    assert run.key != "a.wav"


def test_undo_takes_back_word_by_word_while_the_caret_stays(run: Running) -> None:
    editor = desk(run, "a.wav")
    run.press(Key.Key_F5)
    editor.sounding.seek(2 * SECOND)
    run.press(Key.Key_F6)
    run.press("one two three")
    for left in ("one two ", "one ", ""):
        run.ctrl(Key.Key_Z)
        assert editor.transcript.live.toPlainText() == left
        assert editor.is_typing
    run.ctrl(Key.Key_Z)
    assert editor.value.regions == ()
    run.ctrl(Key.Key_Z, shift=True)
    run.ctrl(Key.Key_Z, shift=True)
    assert editor.value.regions[0].text == "one "


def test_the_table_of_regions_and_the_rows_choose_together(run: Running) -> None:
    editor = desk(run, "a.wav")
    for start in (1, 3):
        editor.sounding.seek(start * SECOND)
        run.press(Key.Key_F5)
        editor.sounding.seek((start + 1) * SECOND)
        run.press(Key.Key_F6)
        run.press(Key.Key_Escape)
    run.ctrl(Key.Key_2, shift=True)
    table = run.work.inspector.table
    assert table.model.rowCount() == 2
    run.work.focus_content()
    run.press(Key.Key_Up)
    [chosen] = table.chosen
    assert chosen == editor.chosen_id
    run.press("h")
    assert editor.value.region(chosen).label == "noise"


def test_what_is_no_recording_has_its_reason_and_is_flagged(run: Running) -> None:
    go(run, "b.wav")
    editor: Any = run.editor
    run.qtbot.waitUntil(lambda: editor.stage.pages.currentIndex() == 1)
    run.work.focus_content()
    run.press("f")
    run.press("Cannot be heard")
    run.press(Key.Key_Return)
    run.settle()
    found: Any = run.stored("b.wav")
    assert (found["status"], found["reason"]) == ("flagged", "Cannot be heard")
    assert run.key != "b.wav"


def test_coming_back_to_a_task_one_is_where_one_was(run: Running) -> None:
    editor = desk(run, "a.wav")
    run.press(Key.Key_F5)
    editor.sounding.seek(2 * SECOND)
    run.press(Key.Key_F6)
    run.press(Key.Key_Escape)
    editor.timeline.axis.set_view(1 * SECOND, 1_000)
    editor.sounding.seek(1_500_000)
    run.ctrl(Key.Key_PageDown)
    run.qtbot.waitUntil(lambda: run.key == "b.wav")
    run.settle()
    run.ctrl(Key.Key_PageUp)
    run.qtbot.waitUntil(lambda: run.key == "a.wav")
    again = desk(run, "a.wav")
    assert again.sounding.player.position == 1_500_000
    assert round(again.timeline.axis.start) == 1 * SECOND
    assert len(again.value.regions) == 1


def test_the_clock_is_paused_with_ctrl_and_f8_plays(run: Running) -> None:
    editor = desk(run, "a.wav")
    run.press(Key.Key_F8)
    assert editor.sounding.player.playing
    assert not run.work.clock.paused
    run.press(Key.Key_F8, CTRL)
    assert run.work.clock.paused
    QTest.qWait(0)
    assert QApplication.focusWidget() is editor.timeline
