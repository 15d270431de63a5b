"""An editor with a picture on it, its host kept in lists, and hands for mouse and keys."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QKeyCombination, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.api import Box, MediaRef, QueueConfig, Region, Value
from labeler.api.manifest import read_manifest
from labeler.kit.editor import Prediction, TaskView
from labeler.kit.testing import RecordingHost
from labeler.kit.testing.host import defaults_of
from labeler.kit.theme import Theme, install_theme
from labeler.panels.boxes.editor import BoxesEditor
from labeler.panels.boxes.task import ImageContent

CONFIG = msgspec.convert(
    {
        "labels": [
            {"id": "car", "name": "Car", "key": "1"},
            {"id": "van", "name": "Van", "key": "2"},
            {"id": "face", "name": "Face", "key": "3", "types": ["keypoints"]},
        ],
        "questions": [],
    },
    QueueConfig,
)
MANIFEST = read_manifest(Path(str(files("labeler.panels.boxes") / "panel.toml")))
KEYS = {key: command.id for command in MANIFEST.commands for key in command.keys}


class Host(RecordingHost):
    """A host that runs the editor's own commands, as the app does."""

    editor: BoxesEditor | None = None

    def run_command(self, command_id: str) -> bool:
        super().run_command(command_id)
        return self.editor is not None and self.editor.run(command_id)


class Router(QObject):
    """Brings keys to the editor as the app does: commands first, then the keys of labels."""

    def __init__(self, editor: BoxesEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key.Key_Tab if event.key() == Qt.Key.Key_Backtab else Qt.Key(event.key())
        sequence = QKeySequence(QKeyCombination(event.modifiers(), key))
        command = KEYS.get(sequence.toString(QKeySequence.SequenceFormat.PortableText))
        if command is not None and self._editor.run(command):
            return True
        return self._editor.handle_key(event)


def image(width: int, height: int, kind: str = "PNG", **how: Any) -> bytes:
    """A picture of one colour as a file."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 60)).save(file, kind, **how)
    return file.getvalue()


class Desk:
    """An editor with one picture on it, and hands for it."""

    def __init__(self, editor: BoxesEditor, host: Host) -> None:
        self.editor, self.host = editor, host
        self.surface = editor.surface

    @property
    def boxes(self) -> list[tuple[float, float, float, float, str | None]]:
        """Place, size and label of each box of the value."""
        return [
            (one.x, one.y, one.width, one.height, one.label)
            for one in self.editor.value.regions
            if isinstance(one, Box)
        ]

    @property
    def labels(self) -> list[str]:
        """What was done, as undo calls it."""
        return [emission.label for emission in self.host.emitted]

    def at(self, x: float, y: float) -> QPoint:
        return QPoint(*(round(one) for one in self.surface.view.to_screen(x, y)))

    def drag(self, *points: tuple[float, float]) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(self.surface, left, none, self.at(*points[0]))
        for point in points:
            QTest.mouseMove(self.surface, self.at(*point))
        QTest.mouseRelease(self.surface, left, none, self.at(*points[-1]))

    def click(self, x: float, y: float, held: Qt.KeyboardModifier | None = None) -> None:
        QTest.mouseMove(self.surface, self.at(x, y))
        modifiers = held or Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(self.surface, Qt.MouseButton.LeftButton, modifiers, self.at(x, y))

    def key(self, *keys: Qt.Key | str, held: Qt.KeyboardModifier | None = None) -> None:
        modifiers = held or Qt.KeyboardModifier.NoModifier
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(self.surface, key, modifiers)
            else:
                QTest.keyClick(self.surface, key, modifiers)


Seated = Callable[..., Desk]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    plain = install_theme(qapp, choice="light", reduced_motion=True)
    yield plain
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    plain.set(choice="light", text_scale=1.0)


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot) -> Iterator[Seated]:
    made: list[Desk] = []

    def make(
        *regions: Region,
        predictions: Sequence[Prediction] = (),
        media: bytes | None = None,
        size: tuple[int, int] = (600, 400),
        config: QueueConfig = CONFIG,
        read_only: bool = False,
        known_size: bool = True,
        **settings: Any,
    ) -> Desk:
        held = {"a.png": image(*size) if media is None else media}
        host = Host(MANIFEST, media=held)
        editor = BoxesEditor(host)
        host.editor = editor
        qtbot.addWidget(editor)
        qtbot.addWidget(editor.tools)
        editor.resize(600, 400)
        editor.surface.installEventFilter(Router(editor))
        width, height = size if known_size else (0, 0)
        content = ImageContent(image=MediaRef("a.png"), width=width, height=height)
        view = TaskView(
            task="0" * 32,
            key="a.png",
            content=content,
            parts=content.parts(),
            config=config,
            value=Value(regions),
            predictions=tuple(predictions),
            read_only=read_only,
            settings={**defaults_of(MANIFEST), **settings},
        )
        editor.show_task(view)
        editor.show()
        editor.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is editor)
        editor.setFocus()
        frame = editor.frame
        qtbot.waitUntil(lambda: editor.surface.picture is not None or bool(frame.reason))
        made.append(Desk(editor, host))
        return made[-1]

    yield make
    for one in made:
        one.editor.close_task()
