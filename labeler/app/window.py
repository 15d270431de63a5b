"""The one window: rail, top bar, pages, notices. It only puts them together."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from labeler.api import Problem
from labeler.app.context import AppContext
from labeler.app.doors import Doors
from labeler.app.dropped import take_files
from labeler.app.forgetting import StepForgetter
from labeler.app.handlers import Handlers
from labeler.app.keys import KeyRouter
from labeler.app.notices import Notices
from labeler.app.review.signpost import Signpost
from labeler.app.sharing.hub import Sharing
from labeler.app.top_bar import TopBar
from labeler.assets import brand
from labeler.kit.controls.rail import Place, Rail
from labeler.kit.controls.section import Plain

if TYPE_CHECKING:
    from labeler.app.review.page import ReviewPage
    from labeler.app.work.page import WorkPage

__all__ = ["MainWindow"]

_LEAST = (1024, 700)
_USUAL = (1440, 900)
_IN_RAIL = {"handouts": "data", "merges": "data"}
"""Places without an entry of their own in the rail: the one they belong to."""


class MainWindow(Plain):
    """Works from 1024 × 700. ``shown`` fires once, when it is on screen for the first time."""

    closing = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__("bg")
        self._context = context
        self._pages: dict[str, QWidget] = {}
        self.work_page: WorkPage | None = None
        self.review_page: ReviewPage | None = None
        self.doors = Doors(context, self)
        self._builders: dict[str, Callable[[], QWidget]] = {
            "home": self.doors.home,
            "work": self.doors.work,
            "review": self.doors.review,
            "data": self.doors.data,
            "handouts": self.doors.handouts,
            "merges": self.doors.merges,
        }
        self.sharing = Sharing(context, self)
        self.forgetter = StepForgetter(context, self)
        Handlers(context, self, self.doors).register()
        self.rail = Rail(self.tr("Places"))
        self.top_bar = TopBar(context)
        self.notices = Notices(context)
        self.signpost = Signpost(context, self.rail, self)
        self.stack = QStackedWidget()
        self._arrange()
        self._connect()
        self.router = KeyRouter(
            context.commands, self, owner_of=self._owner_of, others=self._other_key
        )
        self.setMinimumSize(*_LEAST)
        self.setWindowIcon(QIcon(context.theme.icons.logo(64, 1.0)))
        self.setAcceptDrops(True)
        self._restore_geometry()
        self._name()

    def _arrange(self) -> None:
        keys = self._context.commands.key_text
        self.rail.add_place(Place("home", self.tr("Home"), "home", keys("app.home")))
        self.rail.add_place(Place("work", self.tr("Work"), "square-pen", keys("app.work")))
        self.rail.add_place(Place("review", self.tr("Review"), "list-checks", keys("app.review")))
        self.rail.add_place(Place("data", self.tr("Data"), "table-2", keys("app.data")))
        self.help = self.rail.add_foot("circle-help", self.tr("All keys"), keys("app.help"))
        self.settings = self.rail.add_foot("settings", self.tr("Settings"), keys("app.settings"))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.notices.bar)
        column.addWidget(self.sharing.strip)
        column.addWidget(self.stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        context = self._context
        self.rail.place_chosen.connect(self.go)
        self.help.clicked.connect(self.doors.cheat_sheet)
        self.settings.clicked.connect(self.doors.settings)
        self.top_bar.queue_chosen.connect(self._queue_chosen)
        self.top_bar.elsewhere_wanted.connect(self.save_elsewhere)
        self.top_bar.history_wanted.connect(self.sharing.show_history)
        context.place_wanted.connect(self.go)
        context.person_needed.connect(self._ask_person)
        context.choice_wanted.connect(self.doors.shared_folder)
        context.bringing_up.connect(self.doors.bringing_up)
        context.project_changed.connect(self._project_changed)
        context.commands.keys_changed.connect(self._name_keys)

    def _ask_person(self) -> None:
        self.doors.person()

    def _name_keys(self) -> None:
        """Show the keys in force."""
        keys = self._context.commands.key_text
        for place in self._builders.keys() - _IN_RAIL.keys():
            self.rail.set_key(place, keys(f"app.{place}"))
        self.help.set_name(self.tr("All keys"), keys("app.help"))
        self.settings.set_name(self.tr("Settings"), keys("app.settings"))

    # places

    def page(self, place: str) -> QWidget:
        """The page of a place, built now where it was not."""
        page = self._pages.get(place)
        if page is None:
            page = self._pages[place] = self._builders[place]()
            self.stack.addWidget(page)
            if place == "work":
                self._work_built(page)
            elif place == "review":
                self._review_built(page)
        return page

    def built(self, place: str) -> QWidget | None:
        """The page of a place where it was built, else None."""
        return self._pages.get(place)

    def _work_built(self, page: QWidget) -> None:
        from labeler.app.work.page import WorkPage

        assert isinstance(page, WorkPage)
        self.work_page = page
        page.queue_changed.connect(self.top_bar.set_queue)
        page.undo_changed.connect(self.top_bar.set_undo)
        page.flow.touched.connect(self.top_bar.keeper.touched)
        self._context.judges.append(page.stage.judge)
        page.stage.saved_text = self.top_bar.keeper.words
        self.sharing.watch_drafts(page)
        self.top_bar.set_queue(page.flow.queue_name if page.flow.seat is not None else "")

    def _review_built(self, page: QWidget) -> None:
        from labeler.app.review.page import ReviewPage

        assert isinstance(page, ReviewPage)
        self.review_page = page
        page.undo_changed.connect(self.top_bar.set_undo)
        page.lent.connect(self._lend)
        page.stage.saved_text = self.top_bar.keeper.words
        self._context.judges.append(page.stage.judge)

    def _lend(self, stage: object, panel: str) -> None:
        """The panel's commands are for an editor on the Review page while it writes."""
        from labeler.app.work.stage import Stage

        other = stage if isinstance(stage, Stage) else None
        self.need_work_page().panel_commands.lend(other, panel)

    def need_review_page(self) -> ReviewPage:
        """The Review page, built where it was not."""
        self.page("review")
        assert self.review_page is not None
        return self.review_page

    def need_work_page(self) -> WorkPage:
        """The Work page, built where it was not."""
        self.page("work")
        assert self.work_page is not None
        return self.work_page

    def go(self, place: str) -> None:
        """Show a place."""
        before = self.stack.currentWidget()  # building the first page makes it the current one
        page = self.page(place)
        commands = self._context.commands
        commands.place = place
        self.rail.set_current(_IN_RAIL.get(place, place))
        if before is not page:
            _tell(before, "leave")
            self.stack.setCurrentWidget(page)
            self.notices.hold(getattr(page, "toast_host", page))
            _tell(page, "arrive")
        session = self._context.session
        if session is not None:
            self._context.settings.note_seat(session.uid, place=place)

    def search_data(self) -> None:
        """Go to Data and put the caret into its search."""
        self.go("data")
        _tell(self.page("data"), "focus_search")

    def _queue_chosen(self, name: str) -> None:
        self.go("work")
        self.need_work_page().choose_queue(name)

    # keys

    def _owner_of(self, command_id: str) -> QWidget | None:
        entry = self._context.commands.get(command_id)
        if entry is None or not entry.place:
            return None
        if entry.place.startswith("work") and self.work_page is not None:
            return self.work_page.stage if not command_id.startswith("work.") else None
        return self._pages.get(entry.place)

    def _other_key(self, event: QKeyEvent) -> bool:
        if self.work_page is not None and self.stack.currentWidget() is self.work_page:
            return self.work_page.handle_key(event)
        if self.review_page is not None and self.stack.currentWidget() is self.review_page:
            return self.review_page.handle_key(event)
        return False

    def open_palette(self) -> None:
        """Find a command, a rule or a task."""
        from labeler.app.palette import Palette

        Palette(self._context, self).open()

    # the window

    def toggle_full_screen(self) -> None:
        """Take the whole screen, or give it back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def close_project(self) -> None:
        """Close the project and go Home."""
        if self.work_page is not None:
            self.work_page.close_down()
        self._context.close_project()

    def _project_changed(self) -> None:
        self._name()
        session = self._context.session
        if session is None:
            self.go("home")
        else:
            place = self._context.settings.seat(session.uid).place
            self.go(place if place in ("data", "review") else "work")

    def _name(self) -> None:
        session = self._context.session
        name = brand().name
        self.setWindowTitle(f"{session.title} – {name}" if session is not None else name)

    def _restore_geometry(self) -> None:
        kept = self._context.settings.values.windows.get("main", "")
        if not kept or not self.restoreGeometry(QByteArray(base64.b64decode(kept))):
            room = self.screen().availableGeometry()
            self.resize(min(_USUAL[0], room.width()), min(_USUAL[1], room.height()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take_files(paths)

    def take_files(self, paths: list[Path]) -> None:
        """Take what was dropped: a project is opened, other files are imported or begin one."""
        take_files(self._context, self, paths)

    # what cannot be saved

    def save_elsewhere(self) -> None:
        """Save the project, with what could not be written, as another file and go on there."""
        from labeler.app.unsaved import save_elsewhere

        save_elsewhere(self._context, self, self.top_bar.keeper)

    def put_away(self) -> bool:
        """End what is under way because another window follows; False where work is not saved yet."""
        if self.work_page is not None:
            self.work_page.close_down()
        session = self._context.session
        if session is not None:
            session.desk.flush()
            session.desk.settle()
            if session.desk.owing():
                return False
        for built in (self.work_page, self.review_page):
            if built is not None:
                self._context.judges.remove(built.stage.judge)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.work_page is not None:
            self.work_page.close_down()
        session = self._context.session
        if session is not None:
            session.desk.flush()
            session.desk.settle()
            if session.desk.owing():
                from labeler.app.unsaved import ask_before_closing

                problem = self.top_bar.keeper.problem or Problem("disk_error")
                if not ask_before_closing(self._context, self, self.top_bar.keeper, problem):
                    event.ignore()
                    return
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        windows = {**self._context.settings.values.windows, "main": geometry}
        self._context.settings.change(windows=windows)
        self.closing.emit()
        event.accept()


def _tell(page: QWidget | None, what: str) -> None:
    method = getattr(page, what, None)
    if method is not None:
        method()
