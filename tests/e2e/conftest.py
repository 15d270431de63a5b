"""Starting the whole program for a test, and ending it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_app import PLUGINS, Running, make_project
from made_context import Run

from labeler.app.main import App
from labeler.app.settings import Backups

Start = Callable[..., Running]


@pytest.fixture
def start(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    """Starts the program with the panel of the tests; what it started is ended.

    Nothing may be shown as a window of its own but the window and its menus and dialogs, and
    nothing may break that the test did not expect (``broken``).
    """
    monkeypatch.setenv("LABELER_PLUGINS", str(PLUGINS))
    begun: list[Running] = []

    def begin(
        *, person: bool = True, machine: str = "machine", backups: bool = False, **how: object
    ) -> Running:
        app = App(qapp, root=tmp_path / machine, language="en", **how)  # type: ignore[arg-type]
        app.theme.set(choice="light", text_scale=1.0)
        # A backup at each closing is for the tests of backups.
        app.settings.change(backups=Backups(off=not backups))
        if person:
            app.settings.set_person("anna", "Anna Brandt")
        run = Running(app, qtbot)
        begun.append(run)
        return run

    yield begin
    for run in begun:
        run.end()
    for run in begun:
        assert run.broken == run.expected, run.broken


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project of one queue with three texts: t0, t1, t2."""
    return make_project(tmp_path / "pets.labeler")


@pytest.fixture
def run(tmp_path: Path, qapp: QApplication) -> Iterator[Run]:
    """The app's context without its window, for one dialog or page."""
    made = Run(tmp_path / "machine", qapp)
    yield made
    made.end()


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    """A window for a dialog to be over."""
    widget = QWidget()
    widget.resize(1280, 800)
    widget.show()
    yield widget
    # Nothing runs the loop in which Qt would delete what the test leaves behind.
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
