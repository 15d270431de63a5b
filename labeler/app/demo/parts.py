"""The parts of a tour, each a process of its own: work until the kill, come back, look again."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.app.demo import sentiment
from labeler.app.demo.exports import export_everything, native_of
from labeler.app.demo.hands import Hands, TourFailed
from labeler.app.demo.state import TaskState, of_task
from labeler.app.home.sample import open_sample
from labeler.app.main import App

__all__ = ["PERSON", "Scene", "places", "play"]

PERSON = ("tour", "Tour Guide")
_KILL_AFTER_MS = 300


class Places(msgspec.Struct, frozen=True):
    """Where a tour keeps things below its folder."""

    root: Path
    machine: Path
    exports: Path

    def note(self, name: str) -> Path:
        """A file one part leaves for another."""
        return self.machine / f"{name}.json"


def places(folder: Path) -> Places:
    """The places of a tour in this folder."""
    root = folder.absolute()
    return Places(root, root / "machine", root / "exports")


class Scene(msgspec.Struct, frozen=True):
    """What the hands do in one panel, before the kill and after it."""

    before: Callable[[Hands], TaskState]
    after: Callable[[Hands], None]


SCENES: Mapping[str, Scene] = {
    "sentiment": Scene(sentiment.before_the_kill, sentiment.after_the_kill)
}
"""The panels a tour goes through, by id; each has a queue of its own in the sample."""


def play(part: str, folder: Path) -> int:
    """Play one part of the tour that lives in this folder; returns the exit code."""
    where = places(folder)
    name, _, panel = part.partition(":")
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    whole = App(app, root=where.machine, language="en")
    broken: list[str] = []
    whole.crashes.broke.connect(broken.append)
    hands = Hands(whole, where.root)
    try:
        _PARTS[name](hands, panel, where)
        if broken:
            raise TourFailed(f"something broke:\n{broken[0]}")
    except Exception:  # noqa: BLE001 - whatever it was, the log and a picture say where it was
        traceback.print_exc()
        hands.window.grab().save(str(where.root / f"failed-{name}.png"))
        return 1
    finally:
        whole.window.close()
        whole.end()
    return 0


def _open(hands: Hands, panel: str) -> None:
    """Open the sample as a person does, and be in the panel's queue."""
    app = hands.app
    app.settings.set_person(*PERSON)
    app.theme.set(choice="light", text_scale=1.0)
    app.window.resize(1440, 900)
    app.start(None)
    QTest.qWaitForWindowExposed(app.window)
    if not hands.context.settings.values.recent:
        hands.picture("home-first")
    open_sample(hands.context)
    hands.wait("the sample is open", lambda: hands.context.session is not None)
    hands.settle()
    session = hands.context.session
    assert session is not None
    queue = next((one for one in session.queues if one.panel == panel), None)
    if queue is None:
        raise TourFailed(f"the sample has no queue for the panel {panel!r}")
    if hands.work.flow.queue_name != queue.name:
        hands.work.choose_queue(queue.name)
    hands.wait("a task is on the desk", lambda: hands.work.flow.seat is not None)
    hands.settle()


def _work(hands: Hands, panel: str, where: Places) -> None:
    """Work in the panel, then be killed 300 ms after a gesture."""
    _open(hands, panel)
    state = SCENES[panel].before(hands)
    note = {"gestures": hands.gestures, "state": state}
    where.note(f"{panel}-before").write_bytes(msgspec.json.encode(note))
    QTimer.singleShot(_KILL_AFTER_MS, _kill)
    QTest.qWait(60_000)
    raise TourFailed("the kill did not come")


def _kill() -> None:
    """End this process as a power cut does."""
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _return(hands: Hands, panel: str, where: Places) -> None:
    """Come back: everything must be as it was. Then go on, look at every page, export."""
    _open(hands, panel)
    found = of_task(hands)
    note = {"state": found, "gestures": 0, "exports": {}}
    where.note(f"{panel}-after").write_bytes(msgspec.json.encode(note))
    SCENES[panel].after(hands)
    _pages(hands, panel)
    exports = export_everything(hands, panel, where.exports)
    note = {"state": found, "gestures": hands.gestures, "exports": exports}
    where.note(f"{panel}-after").write_bytes(msgspec.json.encode(note))


def _pages(hands: Hands, panel: str) -> None:
    """A picture of every page there is."""
    for tab in ("regions", "guidelines", "questions"):
        hands.work.turn_to(tab)
        hands.picture(f"{tab}-{panel}")
    commands = hands.context.commands
    commands.run("app.palette")
    hands.key("re")
    QTest.qWait(300)
    hands.picture("palette")
    from PySide6.QtCore import Qt

    hands.key(Qt.Key.Key_Escape)
    for place in ("home", "data"):
        hands.context.go(place)
        hands.settle()
        hands.picture(place)
    hands.context.go("work")


def _look(hands: Hands, panel: str, where: Places) -> None:
    """Open once more and say what is there: what the reopened program itself exports as native."""
    _open(hands, panel)
    note = native_of(hands, panel, where.machine / f"{panel}-reopened.jsonl")
    where.note(f"{panel}-look").write_bytes(msgspec.json.encode(note))


_PARTS: Mapping[str, Callable[[Hands, str, Places], None]] = {
    "work": _work,
    "return": _return,
    "look": _look,
}
