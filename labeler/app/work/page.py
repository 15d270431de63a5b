"""The Work page: puts strip, stage, inspector and bar together and lets the flow speak to them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from labeler.api import Value
from labeler.app.context import AppContext
from labeler.app.words import step_label
from labeler.app.work import asking
from labeler.app.work.ahead import Ahead
from labeler.app.work.answers import Answers
from labeler.app.work.banner import Banner
from labeler.app.work.between import Between
from labeler.app.work.bottom_bar import BottomBar
from labeler.app.work.clock import WorkClock
from labeler.app.work.flow import Flow
from labeler.app.work.inspector import Inspector
from labeler.app.work.memory import Memory
from labeler.app.work.panel_commands import PanelCommands
from labeler.app.work.stage import Stage
from labeler.app.work.strip import TaskStrip
from labeler.kit.controls.section import Plain
from labeler.kit.focus import takes_text
from labeler.work.desk import Seat

__all__ = ["WorkPage"]

_REMEMBER_MS = 3000


class WorkPage(Plain):
    """A queue, task after task. ``queue_changed`` carries the name of the queue worked at."""

    queue_changed = Signal(str)
    undo_changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._context = context
        self.flow = Flow(context, self)
        self.clock = WorkClock(context.settings, self)
        commands = context.commands
        self.strip = TaskStrip(commands)
        self.banner = Banner()
        self.stage = Stage(context, self._taken)
        self.inspector = Inspector(commands)
        self.bottom = BottomBar(commands)
        self.between = Between(context, self.flow)
        self.chooser, self.empty = self.between.chooser, self.between.empty
        self.answers = Answers(self.flow, self.stage, self.inspector, self)
        self.panel_commands = PanelCommands(context, self.stage, self)
        self.popover: QWidget | None = None
        self.ahead = Ahead(context, self.flow, self.stage, self)
        self.memory = Memory(context, self.flow, self.stage, self.inspector)
        self._arrange()
        self._connect()
        self._remember = QTimer(self)
        self._remember.setInterval(_REMEMBER_MS)
        self._remember.timeout.connect(self.remember)
        self._hide_inspector(context.settings.values.inspector_hidden)
        self.flow.arrive()

    # layout and wiring

    def _arrange(self) -> None:
        content = self.content = QVBoxLayout()
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(0)
        content.addWidget(self.strip)
        content.addWidget(self.banner)
        content.addWidget(self.stage, 1)
        self.inspector.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        desk = QWidget()
        row = QHBoxLayout(desk)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(content, 1)
        row.addWidget(self.inspector)
        self.desk = desk
        self.pages = QStackedWidget()
        for page in (self.empty, self.chooser, desk):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.pages, 1)
        whole.addWidget(self.bottom)

    def _connect(self) -> None:
        context, flow, inspector = self._context, self.flow, self.inspector
        context.project_changed.connect(self._project_changed)
        context.queues_changed.connect(self.refresh)
        context.task_wanted.connect(self._task_wanted)
        context.rule_wanted.connect(self._rule_wanted)
        context.commands.changed.connect(self._name_keys)
        context.commands.keys_changed.connect(self._keys_changed)
        flow.seated.connect(self._seated)
        flow.unseated.connect(self._unseated)
        flow.value_changed.connect(self._value_changed)
        flow.state_changed.connect(self.refresh)
        flow.finished.connect(self._finished)
        flow.back.undone.connect(self._undone)
        self.stage.played.connect(self._played)
        self.panel_commands.ran.connect(self.answers.go_on)
        context.panel_turned.connect(self.stage.forget)
        self.stage.open_again.connect(self._open_again)
        self.stage.out_of_reach.connect(self.refresh)
        inspector.hide_wanted.connect(self.toggle_inspector)
        inspector.width_set.connect(self.memory.keep_width)
        inspector.tab_changed.connect(self.memory.keep_tab)
        inspector.escaped.connect(self.focus_content)
        self.chooser.chosen.connect(self.choose_queue)
        self.chooser.left.connect(flow.take_up)
        for bar in (self.strip, self.bottom, self.empty):
            bar.wanted.connect(context.commands.run)
        self.banner.wanted.connect(self._banner_pressed)
        self.clock.ticked.connect(self._ticked)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    @property
    def toast_host(self) -> QWidget:
        """What sentences are shown over: the content, not the bar below it."""
        return self.pages

    # coming and going

    def arrive(self) -> None:
        """The person came to this page."""
        self.refresh()
        if self.flow.seat is not None:
            self.clock.start()
            self.focus_content()

    def leave(self) -> None:
        """The person goes to another page; the task stays as it is."""
        self.finish()
        self.clock.stop()
        self.remember()

    def close_down(self) -> None:
        """The project is about to close: end what is under way and remember where we are."""
        self.finish()
        self.remember()

    def finish(self) -> None:
        """End gestures and compositions, so that the value is final."""
        self.stage.finish_gesture()
        self.inspector.finish()

    def _project_changed(self) -> None:
        self.stage.close_project()
        self.panel_commands.show("")
        self.flow.arrive()

    def _task_wanted(self, queue: str, task_id: str) -> None:
        if self._context.session is not None:
            self.finish()
            self.flow.open_task(queue, task_id)

    def _rule_wanted(self, ref: str) -> None:
        if self.flow.seat is not None:
            self._context.go("work")
            self.turn_to(self.inspector.tab)
            self.inspector.show_rule(ref)

    def choose_queue(self, name: str) -> None:
        """Work at this queue."""
        self.finish()
        self.remember()
        self.flow.choose_queue(name)
        self.queue_changed.emit(name)

    # what the flow says

    def _seated(self, seat: Seat, same: bool) -> None:
        self.memory.forget()
        panel = seat.queue.panel
        view = self.stage.show_seat(seat, keep=same)
        if self.flow.seat is not seat:
            return  # the editor led on already
        editor = self.stage.editor
        ask = self.stage.ask
        self.inspector.show_task(
            view,
            without=ask("questions", editor.shown_questions, frozenset()) if editor else (),
            columns=ask("columns", editor.region_columns, ()) if editor else (),
            describe=self.answers.describe,
            hands=self.answers.hands(),
            part=ask("where it is", editor.current_part, None) if editor else None,
            keep=same,
        )
        self.panel_commands.show(panel if editor is not None else "")
        self.answers.reserve_keys(seat.queue.config, self._context.commands)
        self.inspector.set_width(self.memory.width(panel))
        if not same:
            self.memory.restore(seat)
        self._show(self.desk)
        self.queue_changed.emit(seat.queue.name)
        if self.isVisible():
            self.clock.start()
            if not same:
                self.focus_content()
        self._remember.start()

    def _unseated(self, state: str) -> None:
        self.clock.stop()
        self._remember.stop()
        self.stage.close_task()
        self.panel_commands.show("")
        self._show(self.between.turn(state))
        self.queue_changed.emit(self.flow.queue_name if state != "choose" else "")
        self.refresh()

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.bottom.set_task_shown(page is self.desk)
        self.bottom.setVisible(self._context.session is not None and page is not self.chooser)
        if page is self.chooser and self.isVisible():
            self.chooser.focus_first()

    def _value_changed(self) -> None:
        value = self.flow.value
        self.stage.set_value(value)
        self.inspector.set_value(value)

    def _finished(self, status: str) -> None:
        self.clock.task_ended()
        seat = self.flow.seat
        if seat is not None and status in ("skipped", "flagged"):
            words = self.tr("Skipped {task}") if status == "skipped" else self.tr("Flagged {task}")
            self._context.toast(words.format(task=seat.task.key), undo=True)

    def _undone(self, label: str, task: str) -> None:
        if task:
            words = self.tr("Undone on {task}: {step}")
            self._context.toast(words.format(task=task, step=step_label(label)))

    def refresh(self) -> None:
        """Say again what is on the desk, how far the queue is, and what may be done."""
        flow, seat, queue = self.flow, self.flow.seat, self.flow.queue
        allowed = flow.allowed
        if queue is not None:
            self.bottom.set_counts(queue.done, queue.tasks, self.clock.day.tasks)
        if self.pages.currentWidget() is self.chooser:
            self._show(self.between.turn("choose"))
        if seat is not None:
            total = queue.tasks if queue is not None else seat.queue.tasks
            can_reopen = allowed.reopen().ok
            self.strip.show_seat(seat, total, can_reopen=can_reopen)
            read_only = not allowed.edit().ok
            self.stage.set_read_only(read_only)
            self.inspector.set_read_only(read_only)
            self.bottom.set_allowed(allowed.submit(), allowed.finish(), going_on=can_reopen)
            self.banner.say_why(seat, self._context.session, self._context.commands)
        elif self.pages.currentWidget() is self.empty:
            self.between.look_again()
        self._show_times()
        self.undo_changed.emit()

    def _banner_pressed(self) -> None:
        self._context.commands.run("work.take_over")

    # what widgets say

    def _taken(self, value: Value, label: str, key: str) -> None:
        self.answers.emitted(value, label, key, by_command=self.panel_commands.running)

    def _played(self) -> None:
        self.strip.set_tools(self.stage.tools)
        host = self.stage.host
        if host is not None:
            self.answers.follow(host)

    def _open_again(self) -> None:
        seat = self.flow.seat
        if seat is not None:
            self._seated(seat, False)
            self.refresh()

    def handle_key(self, event: QKeyEvent) -> bool:
        """A key no command has: of the editor, of an answer, of a queue."""
        shown = self.pages.currentWidget()
        if shown is self.desk:
            return self.answers.handle_key(event)
        return self.between.handle_key(shown, event)

    def focus_content(self) -> None:
        """Put the keyboard on the content."""
        editor = self.stage.editor
        if editor is not None:
            reason = Qt.FocusReason.OtherFocusReason
            self.stage.ask("take the focus", editor.setFocus, None, reason)

    # commands

    def submit(self) -> None:
        """Submit and go on; a finished task leads on to the next open one."""
        self.finish()
        if self.flow.allowed.reopen().ok:
            self.remember()
            self.flow.next_open()
            return
        self.flow.submit()

    def step(self, *, forward: bool) -> None:
        """Go to the task before or after this one."""
        self.finish()
        self.remember()
        self.flow.step(forward=forward)

    def undo(self) -> None:
        """Take the newest gesture back."""
        self.finish()
        self.flow.back.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self.finish()
        self.flow.back.redo()

    def ask_reason(self, what: str) -> None:
        """Skip or flag, with the queue's reasons or one's own."""
        if self.flow.seat is not None:
            self.finish()
            self.popover = asking.reason(self.flow, self.bottom, what)

    def go_to(self) -> None:
        """Go to a task by its number or key."""
        if self.flow.queue is not None:
            self.finish()
            self.remember()
            self.popover = asking.task(self.flow, self._context, self.strip.go_to)

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Key caps of answers show what must be pressed while a text is written in the content."""
        writes = takes_text(new) and new is not None and not self.inspector.isAncestorOf(new)
        self.inspector.set_typing(writes and self.isAncestorOf(new or self))

    # inspector

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        hidden = not self.inspector.isHidden()
        self._context.settings.change(inspector_hidden=hidden)
        self._hide_inspector(hidden)

    def _hide_inspector(self, hidden: bool) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.inspector.isAncestorOf(focus)
        self.inspector.setVisible(not hidden)
        self.strip.show_unfold(hidden)
        if hidden and had_focus:
            self.focus_content()

    def turn_to(self, tab: str) -> None:
        """Show a tab of the inspector."""
        if self.inspector.isHidden():
            self.toggle_inspector()
        self.inspector.turn_to(tab)

    # time and memory

    def pause(self) -> None:
        """Stop the clock, or let it go on."""
        self.clock.paused = not self.clock.paused
        self._show_times()

    def _ticked(self, milliseconds: int) -> None:
        if self.flow.seat is not None:
            self.flow.seat.active_ms += milliseconds
        self._show_times()

    def _show_times(self) -> None:
        seat = self.flow.seat
        self.bottom.set_times(
            seat.active_ms if seat is not None else 0,
            self.clock.day.active_ms,
            paused=self.clock.paused,
        )

    def remember(self) -> None:
        """Keep where the person is in the task with its draft."""
        self.memory.remember()

    def _keys_changed(self) -> None:
        """Caps inside the editor, and which keys are left for answers, follow too."""
        seat = self.flow.seat
        if seat is not None:
            self.stage.show_seat(seat, keep=True)
            self.answers.reserve_keys(seat.queue.config, self._context.commands)
        self.empty.name_keys()
        self.refresh()

    def _name_keys(self) -> None:
        self.strip.name_keys()
        self.bottom.name_keys()
        self.inspector.name_keys()
