"""A project in a shared folder: asked about, worked on in a copy, merged back, with others seen."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from made_app import Running, make_project
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidgetAction

from labeler.app.dialogs.merging_back import MergingBackDialog
from labeler.app.dialogs.shared_folder import SharedFolderDialog
from labeler.kit.colour import contrast
from labeler.model.problems import Problem
from labeler.store import Project
from labeler.work.places import Place, PlaceKind
from labeler.work.presence import presence_folder

Start = Callable[..., Running]


def at(kind: PlaceKind) -> Place:
    params = {"system": "cifs", "client": "Dropbox", "folder": "/m"}
    return Place(kind, "/m", "cifs", Problem(f"place_{kind}", "/m", params))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return make_project(folder / "pets.labeler")


def come(shared: Path, person: str = "Ben", **told: object) -> Path:
    """Somebody else has it open on another machine."""
    folder = presence_folder(shared)
    folder.mkdir(exist_ok=True)
    path = folder / f"{person}.json"
    path.write_text(json.dumps({"person": person, "host": "PC-3", "pid": 1, **told}))
    return path


def asked(run: Running, shared: Path, kind: PlaceKind) -> SharedFolderDialog:
    """Start on the file as if it lay there; the question that is put."""
    run.context.place_of = lambda _path: at(kind)
    run.app.start(shared)
    run.qtbot.waitExposed(run.window)
    return dialog(run)


def dialog(run: Running) -> SharedFolderDialog:
    found: list[SharedFolderDialog] = []

    def there() -> bool:
        found[:] = [one for one in run.window.findChildren(SharedFolderDialog) if one.isVisible()]
        return bool(found)

    run.qtbot.waitUntil(there)
    return found[0]


def opened(run: Running) -> None:
    run.qtbot.waitUntil(lambda: run.context.session is not None)
    run.settle()


def answers(path: Path) -> list[object]:
    project = Project.open(path, read_only=True)
    try:
        full = project.task(project.query.find("t0"))
        return [json.loads(one.value)["answers"] for one in full.annotations]
    finally:
        project.file.close()


def test_work_in_a_synced_folder_is_done_in_a_copy_and_merged_back_on_closing(
    start: Start, shared: Path
) -> None:
    run = start()
    question = asked(run, shared, "synced")
    assert "Dropbox" in question.callout.accessibleDescription()
    assert question.edit.isHidden()
    QTest.keyClick(question, Qt.Key.Key_Return)  # the copy is what Enter takes
    opened(run)
    session = run.context.session
    assert session is not None
    assert session.shared == shared.resolve()
    assert session.path.is_relative_to(run.context.copies)
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    assert answers(shared) == []
    run.window.close_project()
    run.qtbot.waitUntil(lambda: answers(shared) == [{"feel": "good"}])
    run.qtbot.waitUntil(lambda: run.said[-1:] == ["Merged back into pets.labeler"])
    assert [one.name for one in shared.parent.iterdir()] == ["pets.labeler"]
    assert run.problems == []


def test_a_copy_is_gone_on_with_unasked_and_merged_back_at_the_end_of_the_run(
    start: Start, shared: Path
) -> None:
    first = start()
    asked(first, shared, "synced").copy.click()
    opened(first)
    first.window.close()
    second = start()
    second.context.place_of = lambda _path: at("synced")
    second.open(shared)
    assert not second.window.findChildren(SharedFolderDialog)
    second.press("2")
    second.ctrl(Qt.Key.Key_Return)
    second.settle()
    second.window.close()
    assert answers(shared) == [{"feel": "bad"}]


class Slow:
    """Lets nothing be merged back before ``go``: where the shared file lies is asked for a while."""

    def __init__(self, run: Running) -> None:
        self._gate, self._where = threading.Event(), run.context.place_of
        run.context.place_of = self._ask

    def _ask(self, path: Path) -> Place:
        assert self._gate.wait(30)
        return self._where(path)

    def go(self) -> None:
        self._gate.set()


def closing(run: Running, then: Callable[[MergingBackDialog], None], *, said: bool = True) -> None:
    """Close the window; ``then`` is what a person does with the dialog that comes, where one does."""

    def look() -> None:
        found = run.window.findChild(MergingBackDialog)
        if found is not None and found.isVisible():
            timer.stop()
            then(found)

    timer = QTimer()
    timer.setInterval(20)
    timer.timeout.connect(look)
    timer.start()
    run.window.close()
    assert timer.isActive() is not said, "it is said, or nothing is"
    timer.stop()
    assert not run.window.isVisible()


def in_a_copy(run: Running, shared: Path) -> None:
    """Work in a copy, with one answer in it that is not merged back yet."""
    asked(run, shared, "synced").copy.click()
    opened(run)
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()


def test_a_slow_merge_at_the_end_says_what_happens_and_the_window_waits_for_it(
    start: Start, shared: Path
) -> None:
    run = start()
    in_a_copy(run, shared)
    slow = Slow(run)

    def see(dialog: MergingBackDialog) -> None:
        assert dialog.progress.bar.accessibleName() == "pets.labeler"
        assert run.window.isVisible()
        assert answers(shared) == []
        slow.go()

    closing(run, see)
    assert answers(shared) == [{"feel": "good"}]


def test_a_merge_at_the_end_is_put_off_with_escape_and_done_by_the_next_start(
    start: Start, shared: Path
) -> None:
    run = start()
    in_a_copy(run, shared)
    slow = Slow(run)

    def put_off(dialog: MergingBackDialog) -> None:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible(), "it ends at the next safe place"
        slow.go()

    closing(run, put_off)
    assert answers(shared) == []
    again = start()
    again.context.place_of = lambda _path: at("synced")
    again.app.start()
    again.qtbot.waitUntil(lambda: "Merged back into pets.labeler" in again.said)
    assert answers(shared) == [{"feel": "good"}]
    left = {one.name for one in again.context.copies.glob("*/*")}
    assert left == {"pets.labeler", "origin.json"}


def test_what_cannot_be_merged_back_at_the_end_is_said_before_the_window_goes(
    start: Start, shared: Path
) -> None:
    run = start()
    in_a_copy(run, shared)
    come(shared)
    words = []

    def read(dialog: MergingBackDialog) -> None:
        words.append(dialog.outcome.accessibleDescription())
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    closing(run, read)
    assert words == [
        "pets.labeler: Ben has it open on PC-3; your work is kept in your copy and merged back later."
    ]
    assert answers(shared) == []


def test_whoever_is_away_from_the_shared_file_is_not_held_up_at_the_end(
    start: Start, shared: Path
) -> None:
    run = start()
    in_a_copy(run, shared)
    away = shared.rename(shared.with_name("unplugged"))
    closing(run, lambda dialog: dialog.accept(), said=False)
    away.rename(shared)
    again = start()
    again.context.place_of = lambda _path: at("synced")
    again.app.start()
    again.qtbot.waitUntil(lambda: "Merged back into pets.labeler" in again.said)
    assert answers(shared) == [{"feel": "good"}]


def test_merging_back_on_demand_brings_what_others_did(start: Start, shared: Path) -> None:
    run = start()
    asked(run, shared, "locks_off").copy.click()
    opened(run)
    project = Project.open(shared)
    project.sign_in("ben", "Ben Okafor")
    project.annotate(project.query.find("t0"), author="ben", value=b'{"answers":{"feel":"bad"}}')
    project.close()
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    run.context.commands.run("project.give_back")
    run.qtbot.waitUntil(lambda: "Merged back into pets.labeler" in run.said)
    assert sorted(str(one) for one in answers(shared)) == ["{'feel': 'bad'}", "{'feel': 'good'}"]
    session = run.context.session
    assert session is not None
    full = session.lane.call(lambda opened: opened.task(opened.query.find("t0")))
    assert {one.author for one in full.annotations} == {"anna", "ben"}


def test_it_can_be_opened_to_read_and_left_alone(start: Start, shared: Path) -> None:
    run = start()
    before = shared.read_bytes()
    asked(run, shared, "locks_off").read.click()
    opened(run)
    session = run.context.session
    assert session is not None
    assert session.read_only
    run.window.close_project()
    run.context.open_project(shared)
    dialog(run).reject()
    run.settle()
    assert run.context.session is None
    assert run.problems == []
    assert shared.read_bytes() == before


def test_a_second_machine_at_work_where_locks_do_not_reach_makes_it_read_only(
    start: Start, shared: Path
) -> None:
    run = start()
    asked(run, shared, "locks_off").edit.click()
    opened(run)
    session = run.context.session
    assert session is not None
    assert not session.read_only
    come(shared)
    presence = run.app.company._presence
    assert presence is not None
    presence.beat()
    question = dialog(run)
    assert "Ben" in question.callout.accessibleDescription()
    assert question.edit.isHidden()
    session = run.context.session
    assert session is not None
    assert session.read_only
    question.copy.click()
    run.qtbot.waitUntil(
        lambda: run.context.session is not None and run.context.session.way.copy is not None
    )


def test_who_else_has_it_open_is_seen_and_gone_again(start: Start, shared: Path) -> None:
    ben = come(shared, how="reads")
    run = start()
    run.context.place_of = lambda _path: at("local")
    run.open(shared)
    bar = run.window.top_bar
    run.qtbot.waitUntil(lambda: bar.company.isVisible())
    assert bar.company.text() == "BE"
    assert run.said[-1:] == ["Ben has this open on PC-3, to read"]
    menu = bar.company.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    told = menu.actions()[0]
    assert told.text() == "Ben has this open on PC-3, to read"
    assert isinstance(told, QWidgetAction)
    words, tokens = told.defaultWidget(), run.app.theme.tokens
    assert words.isEnabled()
    ink = words.palette().color(QPalette.ColorRole.WindowText)
    assert contrast(ink, tokens.raised) >= 4.5, "it is read, and nothing that is switched off"
    ben.unlink()
    presence = run.app.company._presence
    assert presence is not None
    presence.beat()
    run.qtbot.waitUntil(lambda: not bar.company.isVisible())
    run.window.close()
    assert [one.name for one in shared.parent.iterdir()] == ["pets.labeler"]
