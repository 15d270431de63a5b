"""An older project opens while one sees how far it is, and stays as it is for who cancels."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_app import Running
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labeler.app.dialogs.bringing_up import BringingUpDialog
from labeler.store import migrate, schema
from labeler.store.file import look

Start = Callable[..., Running]
GOLDEN = Path(__file__).parent.parent / "golden" / "0.1.labeler"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "pets.labeler"
    shutil.copyfile(GOLDEN, path)
    return path


def shown(run: Running) -> BringingUpDialog:
    """The dialog, once it shows that some of it is done."""
    found: list[BringingUpDialog] = []

    def there() -> bool:
        found[:] = [one for one in run.window.findChildren(BringingUpDialog) if one.isVisible()]
        return bool(found) and "10 %" in found[0].row._share.text()

    run.qtbot.waitUntil(there)
    return found[0]


def test_an_older_project_opens_when_it_is_brought_up(
    start: Start, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, whole = threading.Event(), migrate.bring_up

    def waits(path: Path, timeout: float, progress: Any) -> Path:
        progress(100, 1000)
        go_on.wait(20)
        return whole(path, timeout, progress)

    monkeypatch.setattr(migrate, "bring_up", waits)
    run = start()
    run.app.start(older)
    shown(run)
    go_on.set()
    run.qtbot.waitUntil(lambda: run.context.session is not None)
    run.qtbot.waitUntil(lambda: not run.window.findChildren(BringingUpDialog))
    assert look(older) == schema.FORMAT
    assert run.problems == []


@pytest.mark.parametrize("how", ["escape", "button"])
def test_who_cancels_has_the_older_project_closed_and_as_it_was(
    start: Start, older: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def goes_on(_path: Path, _timeout: float, progress: Any) -> Path:
        pause = threading.Event()
        while True:
            progress(100, 1000)
            pause.wait(0.01)

    monkeypatch.setattr(migrate, "bring_up", goes_on)
    raw = older.read_bytes()
    run = start()
    run.app.start(older)
    dialog = shown(run)
    if how == "escape":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.row.cancel.click()
    run.qtbot.waitUntil(lambda: not run.window.findChildren(BringingUpDialog))
    assert run.context.session is None
    assert older.read_bytes() == raw
    assert run.problems == []
