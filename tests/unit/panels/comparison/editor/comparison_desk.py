"""A comparison on the desk: the editor, what its host heard, and keys that go the app's way."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from labeler.api import Context, QueueConfig, Span, Value
from labeler.api.manifest import read_manifest
from labeler.kit.editor import TaskView
from labeler.kit.testing import RecordingHost
from labeler.panels.comparison.content import ComparisonContent, Response, Turn
from labeler.panels.comparison.editor import ComparisonEditor
from labeler.panels.comparison.pane import ResponsePane

NONE = Qt.KeyboardModifier.NoModifier

CONFIG = {
    "labels": [
        {"id": "wrong", "name": "Wrong fact", "key": "U", "colour": "#D55E00", "types": ["span"]},
        {"id": "strong", "name": "Strong point", "key": "O", "types": ["span"]},
    ],
    "questions": [
        {"id": "preference", "kind": "preference", "fewest": 2, "most": 2},
        {"id": "order", "kind": "ranking", "title": "Order", "fewest": 3},
        {
            "id": "severity",
            "kind": "choice",
            "scope": "region",
            "required": True,
            "labels": ["wrong"],
            "choices": [{"id": "minor", "title": "minor"}, {"id": "severe", "title": "severe"}],
        },
    ],
}
MANIFEST = read_manifest(Path(str(files("labeler.panels.comparison") / "panel.toml")))


class Router(QObject):
    """Brings keys to the editor as the app does: commands first, then letters."""

    def __init__(self, editor: ComparisonEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._keys = {key: one.id for one in MANIFEST.commands for key in one.keys}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is not QApplication.focusWidget() or isinstance(watched, QLineEdit):
            return False
        sequence = QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(event.key())))
        text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        command = self._keys.get(text)
        if command is not None and self._editor.can_run(command).ok:
            return self._editor.run(command)
        return self._editor.handle_key(event)


class Desk:
    """The editor on a page, what its host heard, and keys."""

    def __init__(self, editor: ComparisonEditor, host: RecordingHost) -> None:
        self.editor = editor
        self.host = host

    def show(
        self,
        *texts: str,
        prompt: str | Sequence[tuple[str, str]] = "Why is the sky blue?",
        order: Sequence[str] = (),
        spans: Sequence[Span] = (),
        answers: dict[str, Any] | None = None,
        read_only: bool = False,
        models: bool = True,
        config: dict[str, Any] = CONFIG,
    ) -> None:
        """Show responses r1, r2 … to a prompt."""
        turns = [("user", prompt)] if isinstance(prompt, str) else prompt
        content = ComparisonContent(
            turns=tuple(
                Turn(id=f"t{n}", role=role, text=text)
                for n, (role, text) in enumerate(turns, start=1)
            ),
            responses=tuple(Response(id=f"r{n}", text=text) for n, text in enumerate(texts, 1)),
            models={f"r{n}": f"secret-model-{n}" for n in range(1, len(texts) + 1)}
            if models
            else {},
        )
        self.editor.show_task(
            TaskView(
                task="0" * 32,
                key="task",
                content=content,
                parts=content.parts(),
                config=msgspec.convert(config, QueueConfig),
                value=Value(tuple(spans), answers or {}),
                context=Context(order=tuple(order)),
                read_only=read_only,
                settings={one.key: one.default for one in MANIFEST.settings},
            )
        )
        self.editor.setFocus()
        self.settle()

    def settle(self) -> None:
        QApplication.processEvents()
        self.editor.grab()

    @property
    def panes(self) -> Sequence[ResponsePane]:
        return self.editor.board.panes

    @property
    def texts(self) -> list[str]:
        """What is shown, in the order shown."""
        return [pane.surface.document.text for pane in self.panes]

    @property
    def value(self) -> Value:
        return self.host.emitted[-1].value

    def key(self, key: Qt.Key | str, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        target: QWidget = QApplication.focusWidget() or self.editor
        code = key if isinstance(key, Qt.Key) else Qt.Key(ord(key.upper()))
        QTest.keyClick(target, code, held)

    def select(self, pane: int, words: str) -> None:
        """Go to a response by its letter and select words there by keys."""
        self.key("ABCDEFGH"[pane])
        surface = self.panes[pane].surface
        at = surface.document.text.index(words)
        surface.select(at, at + len(words))
