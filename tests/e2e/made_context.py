"""A run of the program without its window, for tests of one page or dialog: real lane, real file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from labeler.app.commands import Commands
from labeler.app.context import AppContext
from labeler.app.own_commands import panel_commands, panel_place, place_of, roof_commands
from labeler.app.settings import SettingsStore, folders
from labeler.kit.theme import install_theme
from labeler.model.queue import read_config
from labeler.plugins import Plugins
from labeler.store import Project
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint

CONFIG = b"""{
 "labels": [{"id": "target", "name": "Target", "colour": "#E69F00", "key": "I", "types": ["span"]}],
 "questions": [{"id": "sentiment", "kind": "choice", "required": true,
   "choices": [{"id": "positive", "key": "1"}, {"id": "neutral", "key": "2"},
               {"id": "negative", "key": "3"}]}],
 "guideline": "# 1 Read the text"
}"""


class Run:
    """A context with what it told the window: commands run, sentences, problems, crashes."""

    def __init__(self, root: Path, app: QApplication, *, person: bool = True) -> None:
        self.ran: list[str] = []
        self.said: list[str] = []
        self.problems: list[object] = []
        self.crashes: list[BaseException] = []
        self.shown: list[tuple[str, str]] = []
        self.went: list[str] = []
        where = folders(root)
        settings = SettingsStore(where.settings)
        if person:
            settings.set_person("anna", "Anna Brandt")
        commands, plugins = Commands({}), Plugins.load()
        for command in roof_commands():
            commands.add(command, self._runs(command.id), place=place_of(command.id))
        for found in plugins.panels():
            for command in panel_commands(found.manifest):
                commands.add(command, self._runs(command.id), place=panel_place(found.id))
        self.context = AppContext(
            where,
            settings,
            install_theme(app, choice="light"),
            plugins,
            commands,
            self.crashes.append,
        )
        self.context.look_first = lambda path: None
        self.context.said.connect(lambda text, _undo: self.said.append(text))
        self.context.problem_told.connect(self.problems.append)
        self.context.task_wanted.connect(lambda queue, task: self.shown.append((queue, task)))
        self.context.place_wanted.connect(self.went.append)

    def _runs(self, command: str) -> Callable[[], None]:
        return lambda: self.ran.append(command)

    def end(self) -> None:
        """Close everything; a crash of the run is a crash of the test."""
        self.context.shut_down()
        assert not self.crashes, self.crashes


def make_project(path: Path, texts: int = 6, *, title: str = "Pets", handle: str = "anna") -> Path:
    """A project with one queue of so many texts; every tenth is submitted by ben."""
    project = Project.create(path, title=title, handle=handle, name="Anna Brandt")
    project.put_queue("texts", read_config(CONFIG), panel="sentiment", title="Texts", by=handle)
    project.sign_in("ben", "Ben Okafor")
    bulk = project.bulk("texts", by=handle)
    for start in range(0, texts, 5000):
        added = bulk.tasks(
            [_text(f"k{n}", f"Text {n} about food") for n in range(start, min(texts, start + 5000))]
        )
        value = b'{"answers":{"sentiment":"positive"}}'
        bulk.annotations([NewAnnotation(one.uid, "work", "ben", value) for one in added[::10]])
    project.close()
    return path


def _text(key: str, text: str) -> NewTask:
    content = msgspec.json.encode({"text": text})
    return NewTask(key, content, content_fingerprint(content))


def double_click(widget: QWidget, at: QPointF) -> None:
    """A double click with the left button at a place of a widget."""
    target: QObject = widget
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
        event = QMouseEvent(
            kind,
            at,
            widget.mapToGlobal(at),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(target, event)
