"""The Work page in its real window: keys and clicks in, what is stored out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_app import PLUGINS, Running, make_project, with_policy

from labeler.app.main import App

Start = Callable[..., Running]


@pytest.fixture
def start(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    """Starts the program; what it started is ended."""
    monkeypatch.setenv("LABELER_PLUGINS", str(PLUGINS))
    begun: list[Running] = []

    def begin(*, person: bool = True, machine: str = "machine", **how: object) -> Running:
        app = App(qapp, root=tmp_path / machine, language="en", **how)  # type: ignore[arg-type]
        if person:
            app.settings.set_person("anna", "Anna Brandt")
        run = Running(app, qtbot)
        begun.append(run)
        return run

    yield begin
    for run in begun:
        run.end()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "pets.labeler")


def test_a_choice_by_key_is_stored_and_submit_goes_on(start: Start, path: Path) -> None:
    run = start().open(path)
    assert run.key == "t0"
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t1"
    assert run.stored("t0") == {
        "status": "submitted",
        "reason": "",
        "value": {"answers": {"feel": "good"}},
    }
