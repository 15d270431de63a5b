"""An editor with a text on it, its host kept in lists, and hands for mouse and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.api import MediaRef, Problem, QueueConfig, Span, Value
from labeler.api.manifest import read_manifest
from labeler.kit.editor import Prediction, TaskView
from labeler.kit.theme import Theme, install_theme
from labeler.panels.sentiment.editor import SentimentEditor
from labeler.panels.sentiment.task import TextContent


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    plain = install_theme(qapp, choice="light", reduced_motion=True)
    yield plain
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    plain.set(choice="light", text_scale=1.0)


class Host:
    """What the app offers an editor, kept in lists; it hands no value back, as the app does not."""

    def __init__(self, theme: Theme, keys: dict[str, str]) -> None:
        self.theme = theme
        self.keys = keys
        self.emitted: list[tuple[Value, str, str]] = []
        self.selected: list[tuple[str, ...]] = []
        self.said: list[str] = []
        self.restated = 0
        self.editor: SentimentEditor | None = None

    def emit(self, value: Value, label: str, key: str = "") -> None:
        self.emitted.append((value, label, key))

    def end_key(self) -> None: ...

    def notify(self, problem: Problem) -> None:
        raise AssertionError(str(problem))

    def say(self, text: str) -> None:
        self.said.append(text)

    def select_regions(self, region_ids: Sequence[str]) -> None:
        self.selected.append(tuple(region_ids))

    def restate_regions(self) -> None:
        self.restated += 1

    def show_part(self, part_id: str | None) -> None: ...

    def show_question(self, question_id: str, place: str = "") -> None: ...

    def show_rule(self, ref: str) -> None: ...

    def key_text(self, command_id: str) -> str:
        return next((key for key, ident in self.keys.items() if ident == command_id), "")

    def run_command(self, command_id: str) -> bool:
        assert self.editor is not None
        return self.editor.run(command_id)

    def setting(self, key: str) -> Any:
        raise KeyError(key)

    def open_medium(self, ref: MediaRef) -> Any:
        raise AssertionError("a text has no medium")


class Router(QObject):
    """Brings keys to the editor as the app does: commands first, then the letters of labels."""

    def __init__(self, editor: SentimentEditor, keys: dict[str, str]) -> None:
        super().__init__(editor)
        self._editor, self._keys = editor, keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key.Key_Tab if event.key() == Qt.Key.Key_Backtab else Qt.Key(event.key())
        sequence = QKeySequence(QKeyCombination(event.modifiers(), key))
        text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        command = self._keys.get(text)
        if command is not None and self._editor.run(command):
            return True
        return self._editor.handle_key(event)


class Desk:
    """An editor with one text on it, and hands for it."""

    def __init__(self, editor: SentimentEditor, host: Host) -> None:
        self.editor, self.host = editor, host

    @property
    def text(self) -> str:
        return self.editor.text

    @property
    def value(self) -> Value:
        return self.editor.value

    @property
    def labels(self) -> list[str]:
        """What was done, as undo calls it."""
        return [label for _, label, _ in self.host.emitted]

    @property
    def spans(self) -> list[tuple[str, str | None]]:
        """Words and label of each span, checked against the text."""
        found = []
        for span in self.value.regions:
            assert isinstance(span, Span)
            assert self.text[span.start : span.end] == span.text
            found.append((span.text, span.label))
        return found

    @property
    def chosen(self) -> list[str]:
        ids = set(self.editor.surface.chosen)
        return [span.text for span in self.value.regions if span.id in ids]

    def point(self, words: str, share: float = 0.5) -> QPoint:
        at = self.text.index(words)
        rect = self.editor.surface.range_rect(at, at + len(words))
        return QPoint(round(rect.left() + rect.width() * share), rect.center().y())

    def drag(self, first: str, last: str | None = None) -> None:
        port = self.editor.surface.viewport()
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        start, end = self.point(first, 0.2), self.point(last or first, 0.8)
        QTest.mousePress(port, left, none, start)
        for place in (start + (end - start) / 2, end):
            at, no = port.mapToGlobal(QPointF(place)), Qt.MouseButton.NoButton
            event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), at, no, left, none)
            QApplication.sendEvent(port, event)
        QTest.mouseRelease(port, left, none, end)

    def click(self, words: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        port = self.editor.surface.viewport()
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, held, self.point(words))

    def select(self, words: str) -> None:
        at = self.text.index(words)
        self.editor.surface.select(at, at + len(words))

    def key(
        self,
        key: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        times: int = 1,
    ) -> None:
        for _ in range(times):
            QTest.keyClick(self.editor.surface, key, held)


@pytest.fixture
def desk(theme: Theme, config: QueueConfig, qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    # qtbot holds widgets weakly; what nobody holds may be collected while it is painted.
    made: list[Desk] = []
    manifest = read_manifest(Path(str(files("labeler.panels.sentiment") / "panel.toml")))
    keys = {key: command.id for command in manifest.commands for key in command.keys}

    def make(
        text: str,
        value: Value = Value(),  # noqa: B008 (a value is frozen)
        predictions: Sequence[Prediction] = (),
        *,
        read_only: bool = False,
        config: QueueConfig = config,
        size: tuple[int, int] = (900, 500),
        meta: dict[str, Any] | None = None,
        **settings: Any,
    ) -> Desk:
        host = Host(theme, keys)
        editor = SentimentEditor(host)
        host.editor = editor
        qtbot.addWidget(editor)
        qtbot.addWidget(editor.legend)
        editor.resize(*size)
        editor.surface.installEventFilter(Router(editor, keys))
        content = TextContent(text=text)
        editor.show_task(
            TaskView(
                task="0" * 32,
                key="k",
                content=content,
                parts=content.parts(),
                config=config,
                value=value,
                predictions=tuple(predictions),
                read_only=read_only,
                settings={f"sentiment.{name}": one for name, one in settings.items()},
                meta=meta or {},
            )
        )
        editor.show()
        qtbot.waitExposed(editor)
        editor.setFocus()
        assert host.emitted == []
        made.append(Desk(editor, host))
        return made[-1]

    yield make
    made.clear()
