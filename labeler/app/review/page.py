"""The Review place: puts list, stage, cards and decision together and lets the sitting speak to them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from labeler.api import Problem, Value
from labeler.app.context import AppContext
from labeler.app.review.allowed import Allowed
from labeler.app.review.anew import Anew
from labeler.app.review.bar import DecideBar
from labeler.app.review.conflict_list import ListPane
from labeler.app.review.empty import NoConflicts, NoProject
from labeler.app.review.middle import Middle
from labeler.app.review.side import Side
from labeler.app.review.sitting import Sitting
from labeler.app.review.staged import seat_of
from labeler.app.review.titles import title_of
from labeler.app.work.inspector import Inspector
from labeler.app.work.stage import Stage
from labeler.app.work.telling import tell_problems
from labeler.kit import Plain
from labeler.store import Project
from labeler.store.merge_log import MergeRow
from labeler.work.desk import Seat

__all__ = ["ReviewPage"]

_LIST = (240, 330)


class ReviewPage(Plain):
    """The conflicts of the open project, decided one after the other.

    ``lent`` carries the stage whose editor the panel's commands are for while the page is shown, and
    its panel; None when it is left.
    """

    lent = Signal(object, str)
    undo_changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._context = context
        self._stale = True
        self._first = ""
        self.setAccessibleName(self.tr("Review"))
        commands = context.commands
        self.sitting = Sitting(context, self)
        self.stage = Stage(context, self._taken)
        self.pane = ListPane(self.sitting.rows)
        self.middle = Middle(self.stage, commands)
        self.side = Side()
        self.inspector = Inspector(commands)
        self.inspector.fold.hide()
        self.bottom = DecideBar(commands)
        self.anew = Anew(context, self.sitting, self.stage, self.inspector, self)
        self._seat: Seat | None = None
        self._arrange()
        self._connect()
        self._project_changed()

    # building

    def _arrange(self) -> None:
        context = self._context
        self.no_project, self.none_open = NoProject(context.commands), NoConflicts(context.commands)
        self.right = QStackedWidget()
        self.right.addWidget(self.side)
        self.right.addWidget(self.inspector)
        self.desk = QWidget()
        row = QHBoxLayout(self.desk)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pane)
        row.addWidget(self.middle, 1)
        row.addWidget(self.right)
        self.pages = QStackedWidget()
        for page in (self.no_project, self.none_open, self.desk):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.pages, 1)
        whole.addWidget(self.bottom)

    def _connect(self) -> None:
        context, sitting = self._context, self.sitting
        context.project_changed.connect(self._project_changed)
        context.tasks_changed.connect(self._tasks_changed)
        context.commands.keys_changed.connect(self._keys_changed)
        context.panel_turned.connect(self.stage.forget)
        self.stage.open_again.connect(self._stage_again)
        sitting.opened.connect(self._opened)
        sitting.changed.connect(self._changed)
        sitting.state_changed.connect(self.refresh)
        sitting.refused.connect(self._refused)
        sitting.rows.counted.connect(self.refresh)
        sitting.rows.read.connect(self._read)
        self.pane.list.chosen.connect(self._open_row)
        self.middle.keep_wanted.connect(self.keep)
        self.side.chosen.connect(sitting.choose)
        self.side.commented.connect(sitting.comment)
        self.anew.writing.written.connect(self.refresh)
        self.middle.done_wanted.connect(self.stop_writing)
        self.inspector.escaped.connect(self.focus_content)
        for bar in (self.middle, self.bottom):
            bar.wanted.connect(context.commands.run)

    @property
    def toast_host(self) -> QWidget:
        """What sentences are shown over."""
        return self.pages

    # coming and going

    def arrive(self) -> None:
        """The person came to this page."""
        self.none_open.offer()
        if self._stale and self._context.session is not None:
            self._stale = False
            self.sitting.look_again()
            self._read_merge()
        self._lend()
        self.refresh()
        self.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """The person goes to another page; what was chosen stays."""
        self.stop_writing()
        self.lent.emit(None, "")

    def _lend(self) -> None:
        """Let the panel's commands, playing or zooming, be for the editor here."""
        shown = self._seat is not None and self.stage.editor is not None
        if self.isVisible() and self._context.commands.place == "review":
            self.lent.emit(self.stage, self._seat.queue.panel if shown and self._seat else "")

    def show_conflict(self, entity: str) -> None:
        """Look at this conflict."""
        self.stop_writing()
        self._first = entity
        self.sitting.open(entity)

    def _project_changed(self) -> None:
        self.stop_writing()
        self.stage.close_project()
        self._seat, self._stale, self._first = None, True, ""
        self.sitting.forget()
        self.pane.show_merge(None)
        if self._context.session is not None and self.isVisible():
            self.arrive()
        self.refresh()

    def _tasks_changed(self) -> None:
        if self._context.session is None or self.sitting.busy:
            return
        if self.isVisible() and not self.sitting.just_wrote():
            self.sitting.look_again()
            self._read_merge()
        elif not self.isVisible():
            self._stale = True

    def _read_merge(self) -> None:
        def last(project: Project) -> MergeRow | None:
            rows = project.merges()
            return rows[0] if rows else None

        self._context.run_patient(last, self.pane.show_merge, receiver=self)

    def _read(self) -> None:
        """A page of the list is here: look at the first conflict where none is looked at."""
        wanted = self.sitting.wanted
        if not wanted:
            first = self._first or self.sitting.rows.next_open("")
            self.sitting.open(first)
        self.pane.list.show_current(self.sitting.wanted)
        self.refresh()

    # what the sitting says

    def _opened(self) -> None:
        self.stop_writing(show=False)
        sitting = self.sitting
        case, words = sitting.case, sitting.words
        title = title_of(case, words) if case is not None and words is not None else ""
        self.middle.show_case(case, words, title)
        self.side.show_decision(sitting.decision, words)
        self._share_room()
        self._seat = None
        if case is None:
            self.stage.close_task()
        self.pane.list.show_current(sitting.wanted)
        self.refresh()

    def _changed(self) -> None:
        self._show_result()
        if not self.anew.on:
            self._show_stage()

    def _show_result(self) -> None:
        sitting, session = self.sitting, self._context.session
        by = session.person.title if session is not None else ""
        decided = sitting.case is not None and sitting.rows.is_decided(sitting.case.entity)
        self.side.decision.show_result(sitting.tree, by, decided=decided)
        self.middle.cards.set_kept(sitting.kept)

    def _show_stage(self) -> None:
        """Show what it comes to in the task's own editor, read-only."""
        sitting, session = self.sitting, self._context.session
        case = sitting.case
        if case is None or session is None or sitting.body is None:
            return
        whose = case.kind in ("task", "double")
        if self._seat is not None and not whose and sitting.value is not None:
            self.stage.set_value(sitting.value)
            return
        value = b"{}" if whose else sitting.body
        self._seat = seat_of(session, case, value, sitting.kept)
        self.stage.setVisible(self._seat is not None)
        if self._seat is not None:
            self.stage.show_seat(self._seat)
            self.stage.set_read_only(True)
            self._select_contested()
        self._lend()

    def _select_contested(self) -> None:
        case, editor = self.sitting.case, self.stage.editor
        if case is None or editor is None:
            return
        regions = tuple(dict.fromkeys(one.region for one in case.contested if one.region))
        if regions:
            self.stage.ask("select regions", editor.select_regions, None, regions[:1])

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        if self.anew.on:
            self.anew.writing.refused.emit(problems)
            return
        seat = self._seat
        if seat is not None:
            value = self.sitting.value or Value()
            tell_problems(self._context, problems, value, seat.queue.config)
        self._context.toast(self.tr("Write it anew to mend what was put together"))

    def refresh(self) -> None:
        """Say again what there is and what may be done."""
        sitting, rows = self.sitting, self.sitting.rows
        opened = self._context.session is not None
        empty = rows.complete and not rows.rowCount()
        page = self.no_project if not opened else self.none_open if empty else self.desk
        self.pages.setCurrentWidget(page)
        self.bottom.setVisible(page is self.desk)
        total = rows.open_count + rows.decided_count
        self.bottom.set_counts(rows.decided_count, total)
        decide, choose = sitting.can_decide(), sitting.can_choose()
        self.bottom.set_allowed(decide, sitting.can_leave())
        decided = sitting.case is not None and rows.is_decided(sitting.case.entity)
        can = choose.ok and not decided and not sitting.busy
        self.middle.cards.set_enabled(can, choose.reason)
        decision = sitting.decision
        self.middle.both.setVisible(decision is not None and decision.can_keep_both)
        self.middle.both.set_icon("check" if decision is not None and decision.both else "")
        self.middle.both.setEnabled(can)
        self.middle.write.setVisible(sitting.case is None or sitting.case.kind == "annotation")
        self.middle.write.setEnabled(can and self.allowed.write().ok)
        self.side.decision.set_read_only(not can)
        self.middle.previous.setEnabled(rows.row_of(sitting.wanted) > 0)
        self.middle.next.setEnabled(0 <= rows.row_of(sitting.wanted) < rows.rowCount() - 1)
        self.undo_changed.emit()

    # commands

    def _open_row(self, entity: str) -> None:
        self.stop_writing()
        self.sitting.open(entity)

    def keep(self, side: int) -> None:
        """Keep a side, counted from 0."""
        self.stop_writing()
        self.sitting.keep(side)

    def keep_both(self) -> None:
        """Keep contested regions once for each side."""
        self.sitting.keep_both()

    @property
    def allowed(self) -> Allowed:
        """What may be done now."""
        return Allowed(self.sitting, self.anew, self._seat)

    def decide(self) -> None:
        """Write the decision and go on; or put the keyboard where a choice is missing."""
        self.anew.finish()
        decision = self.sitting.decision
        if decision is not None and decision.undecided and self.sitting.can_choose().ok:
            self.side.turn_to("decision")
            self.side.decision.focus_place(decision.undecided[0])
            self._context.toast(self.sitting.can_decide().reason)
            return
        self.sitting.decide()

    def leave_open(self) -> None:
        """Go on to the next open conflict."""
        self.stop_writing()
        self.sitting.leave_open()

    def step(self, *, forward: bool) -> None:
        """Look at the conflict before or after this one."""
        self.stop_writing()
        self.sitting.step(forward=forward)

    def undo(self) -> None:
        """Take back a gesture of what is written, else the newest decision."""
        self.stage.finish_gesture()
        if not (self.anew.on and self.anew.writing.undo()):
            self.stop_writing()
            self.sitting.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if not (self.anew.on and self.anew.writing.redo()):
            self.sitting.redo()

    def turn_to(self, tab: str) -> None:
        """Show a tab beside the conflict."""
        self.stop_writing()
        self.side.turn_to(tab)

    # writing anew

    def write(self) -> None:
        """Write the value anew in the task's editor, from what is decided so far."""
        if self.allowed.write().ok and self.anew.begin():
            self._seat = self.anew.writing.seat
            self.middle.set_writing(True)
            self.right.setCurrentWidget(self.inspector)
            questions = self.inspector.tabs.tabData(self.inspector.questions_at)
            self.inspector.turn_to("questions" if questions != "0" else "regions")
            self.focus_content()
            self.refresh()

    def stop_writing(self, *, show: bool = True) -> None:
        """Go back to the versions; what was written is what is decided."""
        if not self.anew.on:
            return
        self.anew.end()
        self._seat = None
        self.middle.set_writing(False)
        self.right.setCurrentWidget(self.side)
        if show:
            self._show_stage()
            self.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.refresh()

    def _taken(self, value: Value, label: str, key: str) -> None:
        self.anew.taken(value, label, key)

    def _stage_again(self) -> None:
        self.stop_writing(show=False)
        self._seat = None
        self._show_stage()

    def focus_content(self) -> None:
        """Put the keyboard on the content."""
        editor = self.stage.editor
        if editor is not None:
            reason = Qt.FocusReason.OtherFocusReason
            self.stage.ask("take the focus", editor.setFocus, None, reason)

    # keys and looks

    def handle_key(self, event: QKeyEvent) -> bool:
        """A key no command of the page has: of the panel, and while it is written anew of an answer."""
        return self.anew.handle_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.anew.on:
            self.stop_writing()
            return
        super().keyPressEvent(event)

    def _keys_changed(self) -> None:
        self.middle.name_keys()
        self.bottom.name_keys()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Give list and side their shares; the words on the side's tabs are never cut."""
        sizes = self.theme.tokens.sizes
        room = self.width()
        self.pane.setFixedWidth(max(_LIST[0], min(_LIST[1], room * 24 // 100)))
        grown = round(sizes.inspector * (1 + (self.theme.text_scale - 1) * 0.6))
        least = max(sizes.inspector_min, self.side.least_width)
        self.right.setFixedWidth(max(least, min(grown, room * 30 // 100)))
