"""Old steps are forgotten while nobody works, and never in a project that is only read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from made_app import Running, make_project
from PySide6.QtCore import Qt

from labeler.store import Project, forgetting

Start = Callable[..., Running]
YEAR = 365 * 24 * 3600 * 1000 << 16


@pytest.fixture
def worked(start: Start, tmp_path: Path) -> Path:
    """A project in which two tasks were submitted a year ago."""
    path = make_project(tmp_path / "pets.labeler", ("one", "two", "three"))
    run = start().open(path)
    for _ in range(2):
        run.press("1")
        run.ctrl(Qt.Key.Key_Return)
        run.settle()
    run.window.close_project()
    project = Project.open(path)
    project.file.connection.execute("UPDATE draft SET hlc=hlc-?", (YEAR,))
    project.close()
    return path


def steps(path: Path) -> int:
    project = Project.open(path, read_only=True)
    count: int = project.file.row("SELECT count(*) FROM step")[0]
    project.file.close()
    return count


def test_the_steps_of_an_idle_project_go_slice_by_slice(
    start: Start, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "_DRAFTS", 1)
    before = steps(worked)
    run = start().open(worked)
    forgetter = run.window.forgetter
    assert forgetter.timer.isActive()
    for count in (1, 2):
        forgetter.timer.timeout.emit()
        run.qtbot.waitUntil(lambda count=count: forgetter.forgotten == count)
    forgetter.timer.timeout.emit()
    run.qtbot.waitUntil(lambda: not forgetter.timer.isActive())
    run.press("2")
    run.settle()
    assert not forgetter.timer.isActive()  # it was gone through once; a gesture begins nothing anew
    assert before > 0
    assert run.problems == []
    run.window.close_project()
    assert 0 < steps(worked) < before  # that of the last gesture


def test_a_project_that_is_only_read_keeps_them(start: Start, worked: Path) -> None:
    run = start()
    run.context.open_project(worked, how="read")
    run.qtbot.waitUntil(lambda: run.context.session is not None)
    assert not run.window.forgetter.timer.isActive()
