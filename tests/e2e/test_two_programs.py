"""Two programs on one file in a shared folder, each a process with a window: they see each other."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest
from made_app import Running, make_project
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from labeler.work.presence import presence_folder

PATIENCE = 30_000

# Opens the file as Ben, tells each change of what its bar says, ends when its input does.
OTHER = """
import json, sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from labeler.app.main import App

qt = QApplication([])
app = App(qt, root=Path(sys.argv[1]), language="en", hooks=False)
app.settings.set_person("ben", "Ben Okafor")
app.context.look_first = lambda path: None
bar = app.window.top_bar

def tell():
    session = app.context.session
    lines = bar.company.accessibleName() if bar.company.isVisible() else ""
    print(json.dumps([session is not None, session is not None and session.read_only, lines]), flush=True)

app.context.project_changed.connect(tell)
app.context.company_changed.connect(lambda: QTimer.singleShot(0, tell))
app.start(Path(sys.argv[2]))

def until_told():
    sys.stdin.read()
    app.context.soon(app.window.close, app.window)

threading.Thread(target=until_told, daemon=True).start()
qt.exec()
app.end()
"""


class Other:
    """The other program: what it says, and ending it, by its closing or by force."""

    def __init__(self, root: Path, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(root), str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said: Queue[list[object]] = Queue()
        self._last: list[object] = []
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.put(json.loads(line))

    def last(self) -> list[object]:
        """What it said last: whether it is open, only to be read, and who else is there."""
        while not self.said.empty():
            self._last = self.said.get()
        return self._last

    def close(self) -> int:
        """Close its window as a person does, and wait for its end."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(timeout=60)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return make_project(folder / "pets.labeler")


@pytest.fixture
def other(tmp_path: Path, shared: Path) -> Iterator[Other]:
    begun = Other(tmp_path / "ben", shared)
    yield begun
    if begun.process.poll() is None:
        begun.process.kill()
    begun.process.wait()
    for stream in (begun.process.stdin, begun.process.stdout):
        if stream is not None:
            stream.close()


def test_two_programs_on_one_file_see_each_other_come_and_go(
    start: Callable[..., Running], shared: Path, other: Other, qtbot: QtBot
) -> None:
    run = start()
    run.open(shared)
    bar, here = run.window.top_bar, platform.node()
    qtbot.waitUntil(lambda: bar.company.isVisible(), timeout=PATIENCE)
    line = f"Ben Okafor has this open on {here}"
    assert (bar.company.text(), bar.company.accessibleName()) == ("BO", line)
    menu = bar.company.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    assert menu.actions()[0].text() == line
    there = [True, False, f"Anna Brandt has this open on {here}"]
    qtbot.waitUntil(lambda: other.last() == there, timeout=PATIENCE)
    assert len(list(presence_folder(shared).iterdir())) == 2
    assert other.close() == 0
    qtbot.waitUntil(lambda: not bar.company.isVisible(), timeout=PATIENCE)
    run.window.close()
    assert [one.name for one in shared.parent.iterdir()] == ["pets.labeler"]
