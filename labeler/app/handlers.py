"""What runs the house's own commands, and when each can be run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from labeler.app.commands import Entry
from labeler.app.context import AppContext
from labeler.app.doors import Doors
from labeler.app.of_review import can_show_conflict, review_asks, review_runs, show_conflict
from labeler.app.own_commands import panel_commands, panel_place, place_of, roof_commands
from labeler.kit.editor import CanRun
from labeler.kit.focus import takes_text
from labeler.kit.tokens import ThemeName

if TYPE_CHECKING:
    from labeler.app.data.page import DataPage
    from labeler.app.window import MainWindow
    from labeler.app.work.page import WorkPage

__all__ = ["Handlers"]

_THEMES: tuple[ThemeName, ...] = ("light", "dark", "high_contrast")
_STEP = 0.125


class Handlers:
    """Registers the roof's commands; each is one call of the window, a door or the Work page."""

    def __init__(self, context: AppContext, window: MainWindow, doors: Doors) -> None:
        self._context = context
        self._window = window
        self._doors = doors

    def register(self) -> None:
        """Put every command of ``roof_commands`` into the registry."""
        runs, asks = self._runs(), self._asks()
        self._context.commands.add_all(
            Entry(one, runs[one.id], asks.get(one.id, _always), place_of(one.id))
            for one in roof_commands()
        )
        # Known from the manifests before any panel is: they can be found, shown and given keys.
        for found in self._context.plugins.panels():
            self._context.commands.add_all(
                Entry(one, _nothing, _off_stage, panel_place(found.id))
                for one in panel_commands(found.manifest)
            )

    def _runs(self) -> dict[str, Callable[[], object]]:
        window, doors, context = self._window, self._doors, self._context
        return {
            "app.palette": window.open_palette,
            "app.help": doors.cheat_sheet,
            "app.manual": doors.manual,
            "app.undo": self._undo,
            "app.redo": self._redo,
            "app.home": lambda: context.go("home"),
            "app.work": lambda: context.go("work"),
            "app.review": lambda: context.go("review"),
            "app.data": lambda: context.go("data"),
            "app.show_conflict": lambda: show_conflict(self._context, self._window),
            "app.handouts": lambda: context.go("handouts"),
            "app.merges": lambda: context.go("merges"),
            "app.settings": doors.settings,
            "app.person": doors.person,
            "app.theme": self._next_theme,
            "app.larger": lambda: self._scale(_STEP),
            "app.smaller": lambda: self._scale(-_STEP),
            "app.full_screen": window.toggle_full_screen,
            "app.licences": doors.licences,
            "app.about": doors.about,
            "app.quit": window.close,
            "project.new": doors.new_project,
            "project.open": doors.open_project,
            "project.save_copy": doors.save_copy,
            "project.hand_out": window.sharing.hand_out,
            "project.hand_back": window.sharing.hand_back,
            "data.hand_out": window.sharing.hand_out_picked,
            "handouts.recall": window.sharing.recall,
            "project.merge_copy": window.sharing.ask_copies,
            "project.merge_siblings": window.sharing.merge_siblings,
            "project.stop_merge": window.sharing.merger.stop,
            "project.history": window.sharing.show_history,
            "project.back_up": window.sharing.backups.back_up_now,
            "project.work_in_copy": self._work_in_copy,
            "project.give_back": context.back_wanted.emit,
            "project.labels": doors.labels,
            "project.questions": doors.questions,
            "project.media": doors.media,
            "project.close": window.close_project,
            "data.import": doors.import_data,
            "data.export": doors.export_data,
            "data.search": window.search_data,
            "data.filter": lambda: self._data().choose(),
            "data.views": lambda: self._data().choose_view(),
            "data.go_to_row": lambda: self._data().ask_row(),
            "data.copy_keys": lambda: self._data().copy_keys(),
            "data.select_all": lambda: self._data().select_all(),
            "work.submit": lambda: self._work().submit(),
            "work.next": lambda: self._work().step(forward=True),
            "work.previous": lambda: self._work().step(forward=False),
            "work.go_to": lambda: self._work().go_to(),
            "work.flag": lambda: self._work().ask_reason("flag"),
            "work.skip": lambda: self._work().ask_reason("skip"),
            "work.reopen": lambda: self._work().flow.reopen(),
            "work.take_over": lambda: self._work().flow.take_over(),
            "work.take_draft": self._window.sharing.take_draft,
            "work.leave_draft": self._window.sharing.leave_draft,
            "work.toggle_inspector": lambda: self._work().toggle_inspector(),
            "work.questions": lambda: self._work().turn_to("questions"),
            "work.regions": lambda: self._work().turn_to("regions"),
            "work.guidelines": lambda: self._work().turn_to("guidelines"),
            "work.pause": lambda: self._work().pause(),
            "work.choose_queue": self._choose_queue,
            **review_runs(self._window),
        }

    def _asks(self) -> dict[str, Callable[[], CanRun]]:
        allowed = self._allowed
        return {
            "app.undo": lambda: self._can_undo("undo"),
            "app.redo": lambda: self._can_undo("redo"),
            "app.review": self._has_project,
            "app.show_conflict": lambda: can_show_conflict(self._context, self._window),
            **review_asks(self._window),
            "project.save_copy": self._has_project,
            "project.hand_out": self._window.sharing.can_write,
            "project.hand_back": self._window.sharing.can_hand_back,
            "data.hand_out": self._window.sharing.can_hand_out_picked,
            "handouts.recall": self._window.sharing.can_recall,
            "app.person": self._window.sharing.can_be_another,
            "project.merge_copy": self._window.sharing.can_write,
            "project.merge_siblings": self._window.sharing.can_merge_siblings,
            "project.stop_merge": self._window.sharing.can_stop,
            "app.handouts": self._has_project,
            "app.merges": self._has_project,
            "project.history": self._has_project,
            "project.back_up": self._has_project,
            "project.work_in_copy": self._can_copy,
            "project.give_back": self._can_give_back,
            "project.labels": self._has_project,
            "project.questions": self._has_project,
            "project.media": self._has_project,
            "project.close": self._has_project,
            "data.import": self._can_import,
            "data.export": self._has_project,
            "data.search": self._has_project,
            "data.filter": self._at_data,
            "data.views": self._at_data,
            "data.go_to_row": self._at_data,
            "data.copy_keys": self._at_data,
            "data.select_all": self._at_table,
            "app.work": self._has_project,
            "app.data": self._has_project,
            "work.submit": self._can_submit,
            "work.next": lambda: allowed("move"),
            "work.previous": lambda: allowed("move"),
            "work.go_to": self._has_queue,
            "work.flag": lambda: allowed("finish"),
            "work.skip": lambda: allowed("finish"),
            "work.reopen": lambda: allowed("reopen"),
            "work.take_over": lambda: allowed("take_over"),
            "work.take_draft": self._window.sharing.can_take_draft,
            "work.leave_draft": self._window.sharing.can_take_draft,
            "work.toggle_inspector": lambda: allowed("move"),
            "work.questions": lambda: allowed("move"),
            "work.regions": lambda: allowed("move"),
            "work.guidelines": lambda: allowed("move"),
            "work.pause": lambda: allowed("move"),
            "work.choose_queue": self._has_project,
        }

    # asking

    def _has_project(self) -> CanRun:
        if self._context.session is not None:
            return CanRun(True)
        return CanRun(False, QCoreApplication.translate("Commands", "No project is open"))

    def _at_data(self) -> CanRun:
        if self._context.commands.place == "data":
            return self._has_project()
        return CanRun(False, QCoreApplication.translate("Commands", "It works on the Data page"))

    def _at_table(self) -> CanRun:
        if takes_text(QApplication.focusWidget()):
            # Ctrl+A in the search selects what is written there.
            words = QCoreApplication.translate("Commands", "A text is being written")
            return CanRun(False, words)
        return self._at_data()

    def _can_import(self) -> CanRun:
        session = self._context.session
        if session is not None and session.read_only:
            words = QCoreApplication.translate("Commands", "The project is read-only")
            return CanRun(False, words)
        return self._has_project()

    def _can_copy(self) -> CanRun:
        session = self._context.session
        if session is not None and session.way.copy is not None:
            words = QCoreApplication.translate("Commands", "This is a working copy already")
            return CanRun(False, words)
        return self._has_project()

    def _can_give_back(self) -> CanRun:
        session = self._context.session
        if session is not None and session.way.copy is None:
            words = QCoreApplication.translate("Commands", "The open project is no working copy")
            return CanRun(False, words)
        return self._has_project()

    def _has_queue(self) -> CanRun:
        page = self._window.work_page
        if page is not None and page.flow.queue is not None and page.flow.queue.tasks:
            return CanRun(True)
        return CanRun(False, QCoreApplication.translate("Commands", "There is no task to go to"))

    def _allowed(self, what: str) -> CanRun:
        page = self._window.work_page
        if page is None:
            return CanRun(False, QCoreApplication.translate("Commands", "No task is open"))
        answer: CanRun = getattr(page.flow.allowed, what)()
        return answer

    def _can_submit(self) -> CanRun:
        can = self._allowed("submit")
        return CanRun(True) if self._allowed("reopen").ok else can

    # doing

    def _data(self) -> DataPage:
        from labeler.app.data.page import DataPage

        page = self._window.page("data")
        assert isinstance(page, DataPage)
        return page

    def _work(self) -> WorkPage:
        return self._window.need_work_page()

    def _can_undo(self, what: str) -> CanRun:
        page = self._window.review_page
        if self._context.commands.place == "review" and page is not None:
            return page.allowed.undo() if what == "undo" else page.allowed.redo()
        return self._allowed(what)

    def _work_in_copy(self) -> None:
        session = self._context.session
        if session is not None:
            # Closed first, so that what was begun here is in the file the copy is made of.
            self._window.close_project()
            self._context.open_project(session.shared, how="copy")

    def _undo(self) -> None:
        if self._context.commands.place == "review":
            self._window.need_review_page().undo()
            return
        self._window.go("work")
        self._work().undo()

    def _redo(self) -> None:
        if self._context.commands.place == "review":
            self._window.need_review_page().redo()
            return
        self._window.go("work")
        self._work().redo()

    def _choose_queue(self) -> None:
        self._window.go("work")
        page = self._work()
        page.finish()
        page.remember()
        page.flow.show_queues()

    def _next_theme(self) -> None:
        theme = self._context.theme
        now = theme.tokens.theme
        following = _THEMES[(_THEMES.index(now) + 1) % len(_THEMES)]
        look = self._context.settings.values.appearance
        self._context.settings.change(appearance=msgspec.structs.replace(look, theme=following))
        theme.set(choice=following)

    def _scale(self, step: float) -> None:
        theme = self._context.theme
        scale = max(1.0, min(2.0, theme.text_scale + step))
        look = self._context.settings.values.appearance
        self._context.settings.change(appearance=msgspec.structs.replace(look, text_scale=scale))
        theme.set(text_scale=scale)


def _nothing() -> None:
    """What a panel's command does before its editor was ever on the stage."""


def _off_stage() -> CanRun:
    words = QCoreApplication.translate("Work", "The panel is not on screen")
    return CanRun(False, words)


def _always() -> CanRun:
    return CanRun(True)
