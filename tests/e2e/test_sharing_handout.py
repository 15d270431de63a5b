"""Handing out in the app, working in what was handed out, handing back, and all that goes otherwise."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

sys.path.insert(0, str(Path(__file__).parent))

from copied import value, work_in
from made_app import Running, make_project
from test_sharing_merge import choose, figures

from labeler.app.data.page import DataPage
from labeler.app.sharing.hand_out_dialog import HandOutDialog
from labeler.app.sharing.handouts_page import HandoutsPage
from labeler.model.content import MediaRef
from labeler.store import Project
from labeler.team import hand_out

Start = Callable[..., Running]
W = TypeVar("W", bound=QWidget)


def no_media(ref: MediaRef) -> object:
    raise AssertionError(ref)


def handed(path: Path, name: str = "for ben.labeler", **how: object) -> Path:
    """A hand-out of the first two texts to Ben, written without the app."""
    project = Project.open(path)
    project.sign_in("ben", "Ben Okafor")
    out = path.with_name(name)
    wanted = {"to": "ben", "by": "anna", "queue": "first", "count": 2, **how}
    hand_out(project, out, opens=no_media, **wanted)  # type: ignore[arg-type]
    project.close()
    return out


def dialog_of(run: Running, kind: type[W] | None = None, name: str = "") -> W:
    """The dialog that is open."""

    def found() -> QWidget | None:
        shown = [one for one in run.window.findChildren(QDialog) if one.isVisible()]
        return next(
            (one for one in shown if isinstance(one, kind or QDialog) and name in one.objectName()),
            None,
        )

    run.qtbot.waitUntil(lambda: found() is not None)
    return found()  # type: ignore[return-value]


def press(dialog: QWidget, name: str) -> None:
    """Press a button of a dialog."""
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


def back(run: Running) -> None:
    """A window system gives the focus back; the offscreen one does not."""
    run.window.activateWindow()
    run.qtbot.waitUntil(lambda: QApplication.activeWindow() is run.window)


def page_of(run: Running) -> HandoutsPage:
    page = run.window.page("handouts")
    assert isinstance(page, HandoutsPage)
    return page


def handouts(run: Running) -> list[list[str]]:
    """The rows of the page as they are read."""
    run.context.go("handouts")
    page = page_of(run)
    run.settle()
    back(run)
    return [
        [str(page.model.index(row, column).data() or "") for column in (0, 4, 5, 6, 7)]
        for row in range(page.model.rowCount())
    ]


# ------------------------------------------------------------------------------------- handing out


def test_tasks_are_handed_out_by_key_to_somebody_new_and_the_page_says_who_has_them(
    start: Start, path: Path
) -> None:
    run = start().open(path)
    run.ctrl(Qt.Key.Key_H, shift=True)
    dialog = dialog_of(run, HandOutDialog)
    run.settle()
    assert dialog.is_new
    QTest.keyClicks(dialog.handle.edit, "Sofia")
    QTest.keyClicks(dialog.name.edit, "Sofia Rossi")
    dialog.count.edit.selectAll()
    QTest.keyClicks(dialog.count.edit, "2")
    QTest.keyClicks(dialog.due.edit, "2027-01-31")
    run.qtbot.waitUntil(lambda: dialog.estimate is not None)
    assert dialog.along.accessibleName() == "2 tasks with guideline and labels"
    words = dialog.which.fontMetrics().horizontalAdvance(dialog.which.currentText())
    assert words <= dialog.which.width() - 44, "not cut by the arrow"
    assert "No gold" in dialog.along.accessibleDescription()
    out = dialog.target.path
    assert out == path.with_name("pets for sofia.labeler")
    QTest.keyClick(dialog.due.edit, Qt.Key.Key_Return)
    run.qtbot.waitUntil(lambda: dialog.report is not None)
    assert dialog.outcome.callout.accessibleName() == "2 tasks handed out to Sofia Rossi"
    dialog.accept()
    # Both that were to come were given away, the one on the desk among them.
    run.qtbot.waitUntil(lambda: run.key == "t2")
    assert handouts(run) == [["Sofia Rossi", "2", "0", "0", "2"]]
    opened = Project.open(out)
    assert opened.handed is not None
    assert (opened.handed.to, opened.handed.by, opened.handed.due) == (
        "sofia",
        "Anna Brandt",
        "2027-01-31",
    )
    assert [full.row.key for page in opened.pages() for full in page] == ["t0", "t1"]
    opened.file.close()


def test_the_tasks_selected_in_data_are_handed_out_with_one_key(start: Start, path: Path) -> None:
    run = start().open(path)
    run.ctrl(Qt.Key.Key_4)
    page = run.window.page("data")
    assert isinstance(page, DataPage)
    run.qtbot.waitUntil(lambda: page.model.row(0) is not None)
    assert not run.context.commands.can_run("data.hand_out").ok
    run.press(Qt.Key.Key_Space)
    run.press(Qt.Key.Key_End)
    run.press(Qt.Key.Key_Space)
    run.press("h")
    dialog = dialog_of(run, HandOutDialog)
    run.settle()
    assert dialog.which.currentText() == "Those selected in Data: 2"
    QTest.keyClicks(dialog.handle.edit, "ben")
    QTest.keyClick(dialog.handle.edit, Qt.Key.Key_Return)
    run.qtbot.waitUntil(lambda: dialog.report is not None)
    out = dialog.target.path
    assert out is not None
    dialog.accept()
    opened = Project.open(out)
    assert [full.row.key for page in opened.pages() for full in page] == ["t0", "t2"]
    opened.file.close()


def test_what_is_wrong_with_the_form_is_said_at_its_field_and_nothing_is_handed_out(
    start: Start, path: Path
) -> None:
    run = start().open(path)
    run.context.commands.run("project.hand_out")
    dialog = dialog_of(run, HandOutDialog)
    run.settle()
    dialog.begin()
    assert dialog.handle.error == "Type a handle, like anna"
    dialog.handle.set_text("ben")
    dialog.count.set_text("many")
    dialog.begin()
    assert dialog.count.error == "Type how many, like 50"
    dialog.count.set_text("2")
    dialog.due.set_text("31.1.")
    dialog.begin()
    assert dialog.due.error == "Type a day as year-month-day, like 2027-01-31"
    dialog.due.set_text("2020-01-31")
    dialog.begin()
    assert dialog.due.error == "This day is over; type a later one"
    dialog.due.set_text("")
    dialog.target.set_path(path)
    dialog.begin()
    assert dialog.target.field.error == "This is there already; choose another name"
    dialog.reject()
    assert handouts(run) == []


def test_when_all_tasks_are_out_the_dialog_says_so_and_nothing_is_handed_out(
    start: Start, path: Path
) -> None:
    handed(path, count=3)
    run = start().open(path)
    run.context.commands.run("project.hand_out")
    dialog = dialog_of(run, HandOutDialog)
    run.settle()
    dialog.person.set_chosen("\u0000new")
    QTest.keyClicks(dialog.handle.edit, "dora")
    run.qtbot.waitUntil(lambda: dialog.estimate is not None)
    assert dialog.along.accessibleName() == "No task can go out"
    assert not dialog.primary.isEnabled()
    # Somebody else may be quicker than the count: then the core refuses.
    dialog.begin()
    run.qtbot.waitUntil(lambda: dialog.stage is dialog.outcome)
    assert "no task of the queue" in dialog.outcome.callout.accessibleDescription()
    dialog.reject()
    assert len(handouts(run)) == 1


# --------------------------------------------------------------------------------- who has what


def test_a_return_is_counted_and_its_tasks_are_listed_by_what_became_of_them(
    start: Start, path: Path
) -> None:
    out = handed(path)
    work_in(out, "ben", "t0")
    run = start().open(path)
    assert handouts(run) == [["Ben Okafor", "2", "0", "0", "2"]]
    choose(run, out)
    assert handouts(run) == [["Ben Okafor", "2", "1", "0", "1"]]
    page = page_of(run)
    run.press(Qt.Key.Key_Return)
    run.qtbot.waitUntil(lambda: page.detail.model.rowCount() == 2)
    page.detail.parts.choose("done")
    assert [page.detail.model.index(0, column).data() for column in (0, 1)] == ["t0", "Submitted"]
    assert page.detail.model.rowCount() == 1
    run.press(Qt.Key.Key_Return)
    run.settle()
    assert (run.context.commands.place, run.key) == ("work", "t0")


def test_the_first_handout_is_the_current_one_in_a_mirrored_window_too(
    start: Start, path: Path, qapp: QApplication
) -> None:
    handed(path)
    run = start()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        run.open(path)
        handouts(run)
        table = page_of(run).table
        assert table.row == 0
        assert [one.row() for one in table.selectionModel().selectedRows()] == [0]
        assert run.context.commands.can_run("handouts.recall").ok
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_recall_is_asked_for_and_can_be_taken_back(start: Start, path: Path) -> None:
    out = handed(path)
    run = start().open(path)
    handouts(run)
    page = page_of(run)
    run.press("r")
    dialog = dialog_of(run, QDialog)
    assert dialog.windowTitle() == "Recall what Ben Okafor has?"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    run.qtbot.waitUntil(lambda: bool(page.rows) and page.rows[0].recalled > 0)
    # What comes back after it is kept.
    work_in(out, "ben", "t1")
    choose(run, out)
    assert handouts(run)[0][2] == "1"
    run.press("r")
    run.qtbot.waitUntil(lambda: page.rows[0].recalled == 0)
    assert "Ben Okafor has the tasks again" in run.said


def test_late_is_marked_and_only_while_something_is_waited_for(start: Start, path: Path) -> None:
    out = handed(path, due="2020-02-29")
    run = start().open(path)
    handouts(run)
    model = page_of(run).model
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Overdue")
    work_in(out, "ben", "t0", "t1")
    choose(run, out)
    handouts(run)
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Handed back")


def test_the_same_return_twice_and_renamed_adds_nothing(start: Start, path: Path) -> None:
    out = work_in(handed(path), "ben", "t0")
    renamed = path.with_name("Kopie von ben (2).labeler")
    shutil.copyfile(out, renamed)
    run = start().open(path)
    choose(run, out)
    choose(run, renamed)
    assert figures(run)[0] == "0 changes added"
    assert handouts(run) == [["Ben Okafor", "2", "1", "0", "1"]]


# --------------------------------------------------------------------------- working in a hand-out


def test_a_handout_says_itself_whose_it_is_and_nobody_is_asked(start: Start, path: Path) -> None:
    out = handed(path, due="2027-01-31")
    run = start(person=False, machine="bens").open(out)
    session = run.context.session
    assert session is not None
    assert session.person.handle == "ben"
    assert run.context.settings.values.person.handle == ""
    assert run.window.top_bar.handed.text == "For Ben Okafor"
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    run.context.go("home")
    card = run.window.page("home").handout  # type: ignore[attr-defined]
    run.qtbot.waitUntil(lambda: card._far.text() == "1 of 2 done")
    run.settle()
    bar, words = (one.mapTo(card, one.rect().center()) for one in (card._bar, card._far))
    assert abs(bar.y() - words.y()) <= 1, "the bar stands in the middle of its words"
    assert card._title.text() == "Handed out to you by Anna Brandt"
    can = run.context.commands.can_run("app.person")
    assert (can.ok, can.reason) == (
        False,
        "This hand-out is for Ben Okafor; close it to be somebody else",
    )
    authors = session.lane.call(
        lambda project: [one.author for one in project.task(project.query.find("t0")).annotations]
    )
    assert authors == ["ben"]
    run.context.go("work")
    run.press("2")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    back(run)
    run.press(Qt.Key.Key_Return)
    assert dialog_of(run, QDialog).windowTitle() == "Hand back", "it is what is left to do"


def test_somebody_else_is_asked_and_may_only_look(start: Start, path: Path) -> None:
    out = handed(path)
    run = start()
    run.app.start(out)
    dialog = dialog_of(run, QDialog, "whose")
    assert dialog.windowTitle() == "This hand-out is for Ben Okafor"
    assert run.context.session is None
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    run.qtbot.waitUntil(lambda: run.context.session is not None)
    run.settle()
    session = run.context.session
    assert session is not None
    assert session.read_only
    assert session.person.handle == "anna"


def test_somebody_else_may_work_as_the_one_it_is_for_and_is_asked_once(
    start: Start, path: Path
) -> None:
    out = handed(path)
    run = start()
    run.app.start(out)
    press(dialog_of(run, QDialog, "whose"), "work")
    run.qtbot.waitUntil(lambda: run.context.session is not None)
    run.settle()
    first = run.context.session
    assert first is not None
    assert (first.person.handle, first.read_only) == ("ben", False)
    run.context.open_project(out)
    run.qtbot.waitUntil(lambda: run.context.session not in (None, first))
    run.settle()


def test_whoever_does_not_open_the_handout_of_another_is_at_home(start: Start, path: Path) -> None:
    out = handed(path)
    run = start()
    run.app.start(out)
    dialog_of(run, QDialog, "whose").reject()
    assert run.context.session is None
    assert run.context.commands.place == "home"


def test_a_copy_that_is_handed_back_has_every_draft_in_it(start: Start, path: Path) -> None:
    out = handed(path)
    run = start(person=False, machine="bens").open(out)
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    run.press("2")
    run.context.commands.run("project.hand_back")
    dialog = dialog_of(run, QDialog)
    target = path.with_name("back from ben.labeler")
    dialog.target.set_path(target)  # type: ignore[attr-defined]
    press(dialog, "accept")
    run.qtbot.waitUntil(lambda: dialog.saved is not None)  # type: ignore[attr-defined]
    dialog.reject()
    project = Project.open(path)
    project.merge(target)
    (row,) = project.handouts()
    assert (row.done, row.drafts) == (1, 1)
    assert project.check() == []
    project.close()


def test_a_handout_is_handed_on_and_its_own_row_cannot_be_recalled(
    start: Start, path: Path
) -> None:
    out = handed(path)
    run = start(person=False, machine="bens").open(out)
    run.context.commands.run("project.hand_out")
    dialog = dialog_of(run, HandOutDialog)
    run.settle()
    QTest.keyClicks(dialog.handle.edit, "carl")
    dialog.count.set_text("1")
    dialog.begin()
    run.qtbot.waitUntil(lambda: dialog.report is not None)
    onward = dialog.target.path
    dialog.accept()
    assert sorted(row[0] for row in handouts(run)) == ["Ben Okafor", "carl"]
    page = page_of(run)
    own = next(n for n, row in enumerate(page.rows) if row.person == "ben")
    page.table.choose(own)
    can = run.context.commands.can_run("handouts.recall")
    assert can.reason == "This file is that hand-out; whoever gave it recalls it"
    # Anna is nobody the file knows, but it says who gave it.
    assert page._note.text() == "0 of 2 done. Given by Anna Brandt."
    assert onward is not None
    work_in(onward, "carl", "t0")
    project = Project.open(path)
    project.merge(onward)
    assert [one.author for one in project.task(project.query.find("t0")).annotations] == ["carl"]
    project.close()


def test_a_handout_with_its_task_done_here_too_comes_back_as_work_of_two(
    start: Start, tmp_path: Path
) -> None:
    """Who gave a task out and did it anyway loses nothing, and neither does the other."""
    path = make_project(tmp_path / "both.labeler")
    out = handed(path, count=3)
    work_in(path, "anna", "t0", word="bad")
    work_in(out, "ben", "t0")
    run = start().open(path)
    can = run.context.commands.can_run("project.hand_back")
    assert (can.ok, can.reason) == (False, "This project is no hand-out")
    assert run.window.top_bar.handed.isHidden()
    choose(run, out)
    assert run.context.session is not None
    found = run.context.session.lane.call(
        lambda project: {
            one.author: one.value for one in project.task(project.query.find("t0")).annotations
        }
    )
    assert found == {"anna": value("bad"), "ben": value("good")}
