"""A whole run of the program with its real window, for tests: own folders, real file, real lane."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from labeler.app.main import App
from labeler.app.work.page import WorkPage
from labeler.kit.editor import Editor
from labeler.model.problems import Problem
from labeler.model.queue import read_config
from labeler.store import Project
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint

PLUGINS = Path(__file__).parent / "plugins"

CONFIG = b"""{
 "labels": [{"id": "thing", "name": "Thing", "colour": "#E69F00", "key": "W"}],
 "questions": [
   {"id": "feel", "kind": "choice", "required": true, "title": "How does it feel?", "rule": "1",
    "choices": [{"id": "good", "title": "Good", "key": "1"}, {"id": "bad", "title": "Bad",
    "key": "2"}]},
   {"id": "why", "kind": "text", "title": "Why?"}],
 "guideline": "# 1 Read it whole\\n\\nThen judge.\\n\\n# 2 Marks\\n\\nMark every thing.",
 "policy": {"skip_reasons": ["Not a text", "Unreadable"], "flag_reasons": ["Personal data"]}
}"""


def with_policy(**policy: object) -> bytes:
    """The configuration with other policy fields."""
    config = msgspec.json.decode(CONFIG)
    config["policy"].update(policy)
    return msgspec.json.encode(config)


def make_project(
    path: Path,
    texts: Sequence[str | dict[str, object]] = ("one", "two", "three"),
    *,
    queues: Sequence[str] = ("first",),
    config: bytes = CONFIG,
    panel: str = "probe",
) -> Path:
    """A project whose every queue has these texts, with keys ``t0``, ``t1`` …"""
    project = Project.create(path, title=path.stem.title(), handle="anna", name="Anna Brandt")
    for name in queues:
        project.put_queue(name, read_config(config), panel=panel, title=name.title(), by="anna")
        bulk = project.bulk(name, by="anna")
        batch = []
        for number, text in enumerate(texts):
            tree = text if isinstance(text, dict) else {"text": text}
            content = msgspec.json.encode(tree)
            batch.append(NewTask(f"t{number}", content, content_fingerprint(content)))
        for start in range(0, len(batch), 5000):
            bulk.tasks(batch[start : start + 5000])
    project.close()
    return path


def predict(path: Path, key: str, value: bytes, *, model: str = "model-1") -> None:
    """Give a task a prediction."""
    project = Project.open(path)
    project.sign_in(model, kind="model")
    row = project.query.find(key)
    project.bulk(row.queue, by="anna").annotations(
        [NewAnnotation(bytes.fromhex(row.id), "prediction", model, value)]
    )
    project.close()


class Running:
    """The program on a project, with what tests ask of it."""

    def __init__(self, app: App, qtbot: QtBot) -> None:
        self.app = app
        self.qtbot = qtbot
        self.context = app.context
        # Made by the tests: a process that looks first would cost each of them a third of a second.
        self.context.look_first = lambda path: None
        self.window = app.window
        self.broken: list[str] = []
        self.expected: list[str] = []
        self.said: list[str] = []
        self.problems: list[Problem] = []
        app.crashes.broke.connect(self.broken.append)
        app.context.said.connect(lambda text, _undo: self.said.append(text))
        app.context.problem_told.connect(self.problems.append)

    def open(self, path: Path) -> Running:
        """Show the window and wait until the project's page is there."""
        self.app.start(path)
        self.qtbot.waitExposed(self.window)
        self.qtbot.waitUntil(lambda: self.context.session is not None)
        self.settle()
        return self

    @property
    def work(self) -> WorkPage:
        """The Work page."""
        return self.window.need_work_page()

    @property
    def editor(self) -> Editor:
        """The editor on the stage."""
        editor = self.work.stage.editor
        assert editor is not None
        return editor

    @property
    def key(self) -> str:
        """The key of the task on the desk, empty for none."""
        seat = self.work.flow.seat
        return seat.task.key if seat is not None else ""

    def settle(self) -> None:
        """Wait until nothing is on its way: no task, no write, no answer of the lane."""
        flow = self.work.flow
        self.qtbot.waitUntil(lambda: not flow.busy)
        session = self.context.session
        if session is not None:
            session.desk.settle()
            arrived: list[bool] = []
            self.context.run_patient(lambda _project: True, arrived.append)
            self.qtbot.waitUntil(lambda: bool(arrived))

    def press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the focus is."""
        held = Qt.KeyboardModifier.NoModifier if modifiers is None else modifiers
        target: QWidget = QApplication.focusWidget() or self.window
        if isinstance(key, str):
            QTest.keyClicks(target, key, held)
        else:
            QTest.keyClick(target, key, held)

    def ctrl(self, key: Qt.Key, *, shift: bool = False) -> None:
        """Press a key with Ctrl held."""
        held = Qt.KeyboardModifier.ControlModifier
        self.press(key, held | Qt.KeyboardModifier.ShiftModifier if shift else held)

    def stored(self, key: str, layer: str = "work") -> dict[str, object] | None:
        """What the file has of the person's annotation on a task: status, reason, value; or None."""
        session = self.context.session
        assert session is not None
        session.desk.settle()

        def read(project: Project) -> dict[str, object] | None:
            full = project.task(project.query.find(key, self.work.flow.queue_name or None))
            for one in full.annotations:
                if one.layer == layer and one.author == "anna":
                    value = msgspec.json.decode(one.value)
                    return {"status": one.status, "reason": one.reason, "value": value}
            return None

        return session.lane.call(read)

    def end(self) -> None:
        """Close the window as a person does."""
        self.window.close()
        self.app.end()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
