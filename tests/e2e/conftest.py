"""Starting the whole program for a test, and ending it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_app import PLUGINS, Running, make_project

from labeler.app.main import App

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

    def begin(*, person: bool = True, machine: str = "machine", **how: object) -> Running:
        app = App(qapp, root=tmp_path / machine, language="en", **how)  # type: ignore[arg-type]
        app.theme.set(choice="light", text_scale=1.0)
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
