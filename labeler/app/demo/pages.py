"""The roof of the tour: who I am, the sample, every page and dialog, all by keys and clicks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from labeler.app.data.page import DataPage
from labeler.app.demo.cast import PERSON
from labeler.app.demo.pictures import Pictures
from labeler.app.demo.robot import Robot, TourFailed
from labeler.app.help.window import HelpWindow
from labeler.app.home.page import HomePage
from labeler.app.work.go_to import GoToPopover
from labeler.kit.controls.button import Button

__all__ = [
    "be_in_queue",
    "go_to_task",
    "look_at_everything",
    "open_sample_again",
    "sign_in_and_open_sample",
]

_ENTER, _ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def _home(robot: Robot) -> HomePage:
    QTest.qWaitForWindowExposed(robot.window)
    page = robot.window.page("home")
    assert isinstance(page, HomePage)
    return page


def _sample_is_open(robot: Robot) -> None:
    robot.wait("the sample is open", lambda: robot.context.session is not None)
    robot.wait("the Work page is there", lambda: robot.window.work_page is not None)
    robot.settle()


def sign_in_and_open_sample(robot: Robot, pictures: Pictures) -> None:
    """The first start: try the sample, say who I am."""
    home = _home(robot)
    pictures.take("home-first")
    robot.click(home.begin.sample)
    dialog = robot.dialog()
    pictures.take("who-i-am")
    robot.write(robot.child(dialog, QLineEdit, "handle"), PERSON[0])
    robot.write(robot.child(dialog, QLineEdit, "name"), PERSON[1])
    robot.click(robot.child(dialog, Button, "accept"))
    _sample_is_open(robot)
    person = robot.context.settings.values.person
    robot.check("the person is known", (person.handle, person.name) == PERSON)


def open_sample_again(robot: Robot) -> None:
    """A later start: go on from Home, where one left."""
    home = _home(robot)
    robot.wait("Home offers to go on", lambda: home.card.isVisible())
    robot.click(home.card.go)
    _sample_is_open(robot)


def be_in_queue(robot: Robot, panel: str) -> None:
    """Work at the panel's queue, chosen by its number where there are several."""
    session = robot.context.session
    assert session is not None
    names = [one.name for one in session.queues]
    wanted = next((one.name for one in session.queues if one.panel == panel), None)
    if wanted is None:
        raise TourFailed(f"the sample has no queue for the panel {panel!r}")
    robot.settle()  # where one left off is on its way to the desk
    if robot.work.flow.queue_name != wanted:
        robot.key("j", "ctrl")
        robot.key(str(names.index(wanted) + 1))
    robot.wait(f"the queue is {wanted}", lambda: robot.work.flow.queue_name == wanted)
    robot.wait("a task is on the desk", lambda: robot.work.flow.seat is not None)
    robot.settle()


def go_to_task(robot: Robot, words: str, key: str) -> None:
    """Go to a task of the queue by its number or its key."""
    before = robot.seat
    robot.key("g")
    popover = robot.work.popover
    if not isinstance(popover, GoToPopover):
        raise TourFailed(f"G does not ask where to go, {robot.where()}")
    robot.type(words)
    robot.wait(f"{words} is found", lambda: popover.rows.model().rowCount() > 0)
    robot.key(_ENTER)
    robot.wait("the task is there", lambda: robot.work.flow.seat is not before)
    robot.settle()
    robot.check(f"the task is {key}", robot.seat.task.key == key)


def look_at_everything(robot: Robot, pictures: Pictures) -> None:
    """Every page, tab and dialog once."""
    _tabs(robot, pictures)
    _palette(robot, pictures)
    _data(robot, pictures)
    _review(robot)
    robot.key("1", "ctrl")
    robot.check("Home is shown", robot.context.commands.place == "home")
    robot.settle()
    pictures.take("home")
    _dialogs(robot, pictures)
    _help(robot, pictures)
    robot.key("2", "ctrl")
    robot.check("Work is shown", robot.context.commands.place == "work")
    robot.settle()
    # The task that was opened from the list brought back the tab it was left at.
    robot.key("1", "ctrl+shift")


def _tabs(robot: Robot, pictures: Pictures) -> None:
    robot.key("3", "ctrl+shift")
    robot.check("the guideline is shown", robot.work.inspector.tab == "guidelines")
    pictures.take("guidelines")
    robot.key("1", "ctrl+shift")
    robot.check("the questions are shown", robot.work.inspector.tab == "questions")


def _palette(robot: Robot, pictures: Pictures) -> None:
    from labeler.app.palette import Palette

    robot.key("k", "ctrl")
    found = robot.window.findChildren(Palette)
    robot.check("the palette is open", len(found) == 1)
    robot.type("export")
    robot.wait("the palette finds", lambda: found[0].rows.model().rowCount() > 0)
    robot.settle()
    pictures.take("palette")
    robot.key(_ESCAPE)


def _data(robot: Robot, pictures: Pictures) -> None:
    robot.key("4", "ctrl")
    page = robot.window.page("data")
    assert isinstance(page, DataPage)
    feed, rows = page.feed, page.model.rowCount
    robot.wait("the tasks are listed", lambda: rows() > 0 and not feed.is_finding)
    every = rows()
    robot.settle()
    pictures.take("data")
    robot.key("/")
    robot.type("Lindenhof")
    robot.wait("the search finds", lambda: rows() == 1 and bool(feed.filter.words))
    robot.settle()
    pictures.take("data-search")
    robot.key(_ESCAPE)
    robot.key(_ENTER)
    robot.wait("everything is listed again", lambda: rows() == every)
    robot.key("f")
    robot.wait("the filters are offered", lambda: page.filters.popover is not None)
    _choose_status(robot, page, "submitted")
    wanted = "submitted"
    robot.wait("the filter is on", lambda: feed.filter.only("status") == wanted and rows() < every)
    robot.settle()
    pictures.take("data-filter")
    robot.key(_ENTER)
    robot.wait("the row is opened", lambda: robot.context.commands.place == "work")
    robot.settle()
    robot.check("a submitted task is opened", robot.seat.draft.status == "submitted")


def _review(robot: Robot) -> None:
    """Nothing is in conflict so far; two copies come later."""
    robot.key("3", "ctrl")
    page = robot.window.need_review_page()
    robot.check("Review is shown", robot.context.commands.place == "review")
    robot.wait("there is no conflict", lambda: page.sitting.rows.complete)
    robot.settle()
    robot.check("it says so", page.pages.currentWidget() is page.none_open)


def _choose_status(robot: Robot, page: DataPage, status: str) -> None:
    """Walk the popover by keys: past field and comparison to the value, down to the wanted one."""
    popover = page.filters.popover
    assert popover is not None
    robot.check("the status is offered first", popover.field.chosen == "status")
    for _ in range(2):
        robot.key(Qt.Key.Key_Tab)
    robot.check("the value has the keys", popover.values.hasFocus())
    for _ in range(popover.values.count()):
        if popover.values.chosen == status:
            robot.key(_ENTER)
            return
        robot.key(Qt.Key.Key_Down)
    raise TourFailed(f"the filters do not lead to {status!r}")


def _dialogs(robot: Robot, pictures: Pictures) -> None:
    for name, key, held in (
        ("keys", Qt.Key.Key_F1, ""),
        ("settings", Qt.Key.Key_Comma, "ctrl"),
        ("new-project", Qt.Key.Key_N, "ctrl"),
        ("import", Qt.Key.Key_I, "ctrl"),
        ("export", Qt.Key.Key_E, "ctrl"),
    ):
        robot.key(key, held)
        robot.dialog()
        robot.settle()
        pictures.take(name)
        robot.escape()
    robot.key("k", "ctrl")
    robot.type(_licences(robot))
    robot.key(_ENTER)
    robot.dialog()
    pictures.take("licences")
    robot.escape()


def _licences(robot: Robot) -> str:
    entry = robot.context.commands.get("app.licences")
    assert entry is not None
    return entry.command.title


def _help(robot: Robot, pictures: Pictures) -> None:
    """The help is a window of its own."""

    def shown() -> QWidget | None:
        tops = QApplication.topLevelWidgets()
        return next((one for one in tops if isinstance(one, HelpWindow) and one.isVisible()), None)

    robot.key(Qt.Key.Key_F1, "shift")
    robot.wait("the help is open", lambda: shown() is not None)
    window = shown()
    assert window is not None
    robot.wait("the help is in front", lambda: QApplication.activeWindow() is window)
    pictures.take("help", window)
    robot.key(_ESCAPE)
    robot.wait("the help is closed", lambda: shown() is None)
    robot.window.activateWindow()
    robot.wait("the window is in front", lambda: QApplication.activeWindow() is robot.window)
