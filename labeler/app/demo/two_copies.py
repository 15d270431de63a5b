"""The tour in two copies: one person in both, merged, settled, and tasks handed out of what it came to.

The copy is saved on the first day; what the tour did since then in the project is merged into it. So
the project itself stays what the report says of it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from labeler.app.data.page import DataPage
from labeler.app.demo.pages import be_in_queue
from labeler.app.demo.pictures import Pictures
from labeler.app.demo.places import Places
from labeler.app.demo.robot import Robot, TourFailed
from labeler.app.demo.sentiment import SentimentScript
from labeler.app.dialogs.save_copy import SaveCopyDialog
from labeler.app.sharing.hand_out_dialog import HandOutDialog
from labeler.app.sharing.handouts_page import HandoutsPage
from labeler.app.sharing.merges_page import MergesPage
from labeler.kit.controls.button import Button

__all__ = ["save_a_copy", "work_in_both"]

_ENTER = Qt.Key.Key_Return
_WHOM = ("sofia", "Sofia Rossi")


def save_a_copy(robot: Robot, pictures: Pictures, where: Places) -> None:
    """Save a copy of the sample by its dialog: the one that is worked in elsewhere."""
    robot.key("s", "ctrl+shift")
    dialog = robot.dialog()
    if not isinstance(dialog, SaveCopyDialog):
        raise TourFailed(f"the key of copies opened a {type(dialog).__name__}")
    robot.settle()
    pictures.take("save-a-copy")
    robot.write(robot.child(dialog, QLineEdit, "target"), str(where.copy))
    robot.key(_ENTER)
    robot.wait("the copy is saved", lambda: dialog.saved == where.copy)
    robot.escape()


def work_in_both(robot: Robot, pictures: Pictures, where: Places) -> None:
    """Answer in the copy what was answered otherwise in the project, and bring both together."""
    robot.window.take_files([where.copy])  # as a drop does
    robot.click(robot.child(robot.dialog(), Button, "open"))
    robot.wait("the copy is open", lambda: robot.project == where.copy)
    be_in_queue(robot, "sentiment")
    disputed = SentimentScript().disagree(robot)
    _merge(robot, where, disputed)
    _settle(robot, pictures, disputed)
    _hand_out(robot, pictures)
    _merge_log(robot, pictures)


def _merge(robot: Robot, where: Places, disputed: int) -> None:
    """Drop the project on its copy; the strip says what came of it, and leads to the conflicts."""
    robot.window.take_files([where.project])
    robot.click(robot.child(robot.dialog(), Button, "merge"))
    strip = robot.window.sharing.strip
    robot.wait("it is merged", lambda: strip.state == "result")
    robot.check("they disagree", strip.figures["conflicts"].text() == f"{disputed} conflicts")
    robot.click(strip.figures["conflicts"])
    robot.check("Review is shown", robot.context.commands.place == "review")


def _settle(robot: Robot, pictures: Pictures, disputed: int) -> None:
    """Keep the second version, decide, take it back, and decide it again; by keys alone."""
    sitting = robot.window.need_review_page().sitting
    rows = sitting.rows
    robot.wait("a conflict is shown", lambda: sitting.case is not None and not sitting.busy)
    robot.check("all conflicts are listed", rows.open_count == disputed)
    first = sitting.wanted
    robot.key("2")
    robot.settle()
    pictures.take("conflict")
    robot.key(_ENTER, "ctrl")
    robot.wait("it is settled", lambda: rows.is_decided(first) and not sitting.busy)
    robot.key("z", "ctrl")
    robot.wait("that is taken back", lambda: rows.open_count == disputed and not sitting.busy)
    robot.key("z", "ctrl+shift")
    robot.wait("it is settled again", lambda: rows.is_decided(first) and not sitting.busy)
    robot.settle()
    pictures.take("conflict-decided")


def _hand_out(robot: Robot, pictures: Pictures) -> None:
    """Hand some tasks out to somebody new; the page says who has them."""
    robot.key("h", "ctrl+shift")
    dialog = robot.dialog()
    if not isinstance(dialog, HandOutDialog):
        raise TourFailed(f"the key of hand-outs opened a {type(dialog).__name__}")
    robot.wait("the people are known", lambda: dialog.is_new)
    for name, words in zip(("handle", "name"), _WHOM, strict=True):
        robot.write(robot.child(dialog, QLineEdit, name), words)
    robot.wait("it is counted what goes out", lambda: dialog.estimate is not None)
    robot.click(robot.child(dialog, Button, "accept"))
    robot.wait("it is handed out", lambda: dialog.stage is dialog.outcome)
    robot.check("the file is written", dialog.report is not None)
    robot.click(robot.child(dialog, Button, "accept"))
    robot.key("4", "ctrl")
    data = robot.window.page("data")
    assert isinstance(data, DataPage)
    robot.click(data.switch.part_button("handouts"))
    handouts = robot.window.page("handouts")
    assert isinstance(handouts, HandoutsPage)
    robot.wait("it is listed", lambda: [row.person for row in handouts.rows] == [_WHOM[0]])
    pictures.take("hand-outs")


def _merge_log(robot: Robot, pictures: Pictures) -> None:
    """The merge is in the log, and opens what it brought."""
    handouts = robot.window.page("handouts")
    assert isinstance(handouts, HandoutsPage)
    robot.click(handouts.head.switch.part_button("merges"))
    merges = robot.window.page("merges")
    assert isinstance(merges, MergesPage)
    robot.wait("it is in the log", lambda: len(merges.rows) == 1)
    robot.key(_ENTER)
    robot.wait("what it brought is listed", lambda: merges.detail.added.rowCount() > 0)
    pictures.take("merge")
