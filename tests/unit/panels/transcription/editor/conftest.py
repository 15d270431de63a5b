"""An editor with a recording on it, hands for mouse and keys, and an ear that keeps what is played."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QEvent, QKeyCombination, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from labeler.api import MediaRef, Point, QueueConfig, Segment, Value
from labeler.api.manifest import Manifest, read_manifest
from labeler.kit.editor import Prediction, TaskView
from labeler.kit.sound import Feeder
from labeler.kit.sound.output import NoDevice
from labeler.kit.testing import RecordingHost
from labeler.kit.testing.host import defaults_of
from labeler.kit.theme import Theme, install_theme
from labeler.panels.transcription.editor import TranscriptionEditor
from labeler.panels.transcription.task import AudioContent

SECOND = 1_000_000
RATE = 8_000
SECONDS = 20
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class Ear:
    """Takes frames as a device would, as far as the test lets time go by."""

    def __init__(self) -> None:
        self.feeder: Feeder | None = None
        self.refusal = ""
        self.failed = ""
        self.seconds = 0.0
        self.starts = 0

    def start(self, feeder: Feeder) -> None:
        if self.refusal:
            raise NoDevice(self.refusal)
        self.feeder, self.seconds = feeder, 0.0
        self.starts += 1

    def stop(self) -> None: ...

    def heard(self) -> float:
        return self.seconds

    def listen(self, seconds: float) -> np.ndarray:
        """Let time go by; what was heard in it."""
        assert self.feeder is not None
        before = round(self.seconds * self.feeder.rate)
        self.seconds += seconds
        return self.feeder.pull(round(self.seconds * self.feeder.rate) - before)[:, 0]


class Host(RecordingHost):
    """Runs the editor's own commands, as the app does."""

    editor: TranscriptionEditor | None = None

    def run_command(self, command_id: str) -> bool:
        super().run_command(command_id)
        return self.editor is not None and self.editor.run(command_id)


class Router(QObject):
    """Brings keys to the editor as the app does: letters type while a text is being written."""

    def __init__(self, editor: TranscriptionEditor, manifest: Manifest) -> None:
        super().__init__(editor)
        self._editor = editor
        self._keys = {key: one.id for one in manifest.commands for key in one.keys}
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is not QApplication.focusWidget():
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = not held & (CTRL | ALT) and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        writes = watched.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        if writes and plain:
            return False
        sequence = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
        command = self._keys.get(sequence.toString(QKeySequence.SequenceFormat.PortableText))
        if command is not None and self._editor.run(command):
            return True
        return self._editor.handle_key(event)


def said(*rows: tuple[Any, ...]) -> Value:
    """Segments from (id, start, end, speaker, text) with times in seconds; three are a point."""
    regions = []
    for row in rows:
        if len(row) == 3:
            regions.append(Point(id=row[0], at=round(row[1] * SECOND), speaker=row[2]))
            continue
        ident, start, end, speaker, text = row
        first, last = round(start * SECOND), round(end * SECOND)
        regions.append(Segment(id=ident, start=first, end=last, speaker=speaker, text=text))
    return Value(tuple(regions))


def ramp() -> np.ndarray:
    """Every sample tells where it is, within two seconds of its neighbours of the same value."""
    return (np.arange(SECONDS * RATE) % 16_000).astype(np.int16)


class Desk:
    """The editor on its page, and hands for it."""

    def __init__(self, editor: TranscriptionEditor, host: Host, ear: Ear, page: QWidget) -> None:
        self.editor, self.host, self.ear, self.page = editor, host, ear, page

    @property
    def value(self) -> Value:
        return self.editor.value

    @property
    def labels(self) -> list[str]:
        """What was done, as undo calls it."""
        return [one.label for one in self.host.emitted]

    @property
    def rows(self) -> list[tuple[float, float, str, str]]:
        """(start, end, speaker, text) of the person's segments, by start, in seconds."""
        found = [one for one in self.value.regions if isinstance(one, Segment)]
        found.sort(key=lambda one: (one.start, one.end))
        return [(one.start / 1e6, one.end / 1e6, one.speaker, one.text) for one in found]

    def key(self, key: Qt.Key | str, held: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """Press a key where the focus is."""
        for _ in range(times):
            focus = QApplication.focusWidget()
            assert focus is not None
            if isinstance(key, str):
                QTest.keyClicks(focus, key, held)
            else:
                QTest.keyClick(focus, key, held)

    def at(self, seconds: float) -> None:
        """Put the playhead there, as a click does."""
        self.editor.sounding.seek(round(seconds * SECOND))

    def in_wave(self, seconds: float) -> QPoint:
        timeline = self.editor.timeline
        x = timeline.x_of(round(seconds * SECOND))
        return QPoint(x, timeline.rows.wave.center().y() - 20)

    def click(self, seconds: float) -> None:
        QTest.mouseClick(self.editor.timeline, LEFT, NONE, self.in_wave(seconds))

    def drag(self, start: float, end: float) -> None:
        timeline, first, last = self.editor.timeline, self.in_wave(start), self.in_wave(end)
        QTest.mousePress(timeline, LEFT, NONE, first)
        for place in (first + (last - first) / 2, last):
            at = timeline.mapToGlobal(QPointF(place))
            kind, no = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
            QApplication.sendEvent(timeline, QMouseEvent(kind, QPointF(place), at, no, LEFT, NONE))
        QTest.mouseRelease(timeline, LEFT, NONE, last)

    def listen(self, seconds: float) -> None:
        """Let the recording play on."""
        self.ear.listen(seconds)
        self.editor.sounding.player._tick()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    there = qapp.findChild(Theme)
    plain = there or install_theme(qapp, choice="light", reduced_motion=True)
    yield plain
    if (plain.choice, plain.text_scale) != ("light", 1.0):
        # Putting a style sheet on takes longer than most of these tests.
        plain.set(choice="light", text_scale=1.0)


@pytest.fixture(scope="session")
def manifest() -> Manifest:
    return read_manifest(Path(str(files("labeler.panels.transcription") / "panel.toml")))


@pytest.fixture(scope="session")
def wav() -> bytes:
    file = io.BytesIO()
    soundfile.write(file, ramp(), RATE, format="WAV", subtype="PCM_16")
    return file.getvalue()


@pytest.fixture
def desk(
    theme: Theme, manifest: Manifest, wav: bytes, qtbot: QtBot
) -> Iterator[Callable[..., Desk]]:
    # qtbot holds widgets weakly; what nobody holds may be collected while it is painted.
    made: list[Desk] = []

    def make(
        value: Value = Value(),  # noqa: B008 (a value is frozen)
        predictions: Sequence[Prediction] = (),
        *,
        raw: bytes | None = wav,
        read_only: bool = False,
        opened: bool = True,
        size: tuple[int, int] = (1092, 760),
        config: QueueConfig = QueueConfig(),  # noqa: B008
        **settings: Any,
    ) -> Desk:
        host = Host(manifest, media={"a.wav": raw} if raw is not None else {})
        editor = TranscriptionEditor(host)
        host.editor = editor
        ear = Ear()
        editor.sounding.player.set_output(lambda: ear)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(editor.tools)
        column.addWidget(editor, 1)
        qtbot.addWidget(page)
        page.resize(*size)
        Router(editor, manifest)
        content = AudioContent(audio=MediaRef("a.wav"), duration=SECONDS * SECOND, rate=RATE)
        named = {f"transcription.{name}": one for name, one in settings.items()}
        editor.show_task(
            TaskView(
                task="0" * 32,
                key="a.wav",
                content=content,
                parts=content.parts(),
                config=config,
                value=value,
                predictions=tuple(predictions),
                read_only=read_only,
                settings=defaults_of(manifest) | named,
            )
        )
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        if opened:
            recording = editor.sounding.recording
            assert recording is not None
            qtbot.waitUntil(lambda: editor.sounding.is_open and recording.complete)
        editor.setFocus()
        assert host.emitted == []
        made.append(Desk(editor, host, ear, page))
        return made[-1]

    yield make
    for one in made:
        one.editor.close_task()
        one.editor.sounding.close_all()
    made.clear()
