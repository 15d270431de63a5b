"""The flow of work without its widgets: which task is on the desk, what was done to it, what is next.

Between the page and the desk: it knows when to write, what may be done now and why not, and brings
what the lane answers back to the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from labeler.api import Problem, Refusal, Value
from labeler.app.context import AppContext
from labeler.app.session import ProjectSession
from labeler.app.work.allowed import Allowed
from labeler.app.work.following import Following
from labeler.app.work.taking_back import TakingBack
from labeler.app.work.telling import tell_problems
from labeler.store import Project, QueueRow, TaskRow
from labeler.work.desk import Desk, Loaded, Seat

__all__ = ["Flow"]

T = TypeVar("T")

_WRITE_MS = 250
_READ_QUEUES_MS = 300


class Flow(QObject):
    """One person's way through the queues of the open project. Everything on the UI thread."""

    seated = Signal(object, bool)
    """A Seat to be shown; True where it is the same task read anew (keep scroll and caret)."""
    unseated = Signal(str)
    """No task: ``none`` (no project), ``choose`` (a queue), ``empty`` (a queue without tasks),
    ``done`` (nothing open to this person)."""
    value_changed = Signal()
    """The value on the desk became another without the editor's doing (undo, redo)."""
    state_changed = Signal()
    """Status, what can be undone, counts: look again."""
    refused = Signal(object)
    """A tuple of Problems that keep the value from being submitted."""
    finished = Signal(str)
    """The task was ``submitted``, ``skipped`` or ``flagged``."""
    touched = Signal()
    """A gesture was made and has yet to be written."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.queue_name = ""
        self.seat: Seat | None = None
        self.aside: Seat | None = None
        self._moving = False
        self._stuck = False
        self._given: frozenset[str] = frozenset()
        self._writing = _timer(self, _WRITE_MS, self._write)
        self._counting = _timer(self, _READ_QUEUES_MS, context.read_queues)
        self._following = Following(context, self)
        self.back = TakingBack(context, self)

    # where we are

    @property
    def session(self) -> ProjectSession | None:
        """The open project."""
        return self._context.session

    @property
    def desk(self) -> Desk:
        """The desk of the open project; a RuntimeError where there is none."""
        session = self._context.session
        if session is None:
            raise RuntimeError("no project is open")
        return session.desk

    @property
    def queue(self) -> QueueRow | None:
        """The queue worked at, with its latest counts."""
        session = self._context.session
        return session.queue(self.queue_name) if session is not None else None

    @property
    def value(self) -> Value:
        """The value on the desk."""
        return self.seat.draft.value if self.seat is not None else Value()

    @property
    def busy(self) -> bool:
        """Whether another task is on its way."""
        return self._moving

    # coming to work

    def arrive(self) -> None:
        """Another project is open, or none: go where the person left."""
        self.seat = self.aside = None
        self._moving = False
        self.back.more = False
        session = self._context.session
        if session is None:
            self.queue_name = ""
            self.unseated.emit("none")
            return
        self.back.look()
        remembered = self._context.settings.seat(session.uid)
        names = [queue.name for queue in session.queues]
        if remembered.queue in names:
            self.queue_name = remembered.queue
            if remembered.task:
                self.open_task(remembered.queue, remembered.task, fall_back=True)
            else:
                self.next_open()
        elif len(names) == 1:
            self.choose_queue(names[0])
        else:
            self.queue_name = ""
            self.unseated.emit("choose")

    def choose_queue(self, name: str) -> None:
        """Work at this queue: its first task open to the person."""
        self.leave()
        self.queue_name = name
        self.seat = self.aside = None
        session = self._context.session
        if session is not None:
            self._context.settings.note_seat(session.uid, queue=name, task="")
        self.next_open()

    def show_queues(self) -> None:
        """Put the task aside and choose a queue; ``take_up`` comes back to it."""
        if self.seat is not None:
            self.aside = self.seat
        self.leave()
        self.seat = None
        self.queue_name = ""
        self.unseated.emit("choose")

    def take_up(self) -> bool:
        """Go back to the task that was put aside to choose a queue; False where none was."""
        aside = self.aside
        if aside is None:
            return False
        self.open_task(aside.queue.name, aside.task.id, fall_back=True)
        return True

    def open_task(self, queue: str, task_id: str, *, fall_back: bool = False) -> None:
        """Open a task by its id; with ``fall_back`` the next open one where it is gone."""
        desk = self.desk

        def load(project: Project) -> Loaded:
            return desk.load(project, project.query.find(task_id, queue))

        def gone(error: BaseException) -> None:
            self._moving = False
            if fall_back and isinstance(error, Refusal):
                self.next_open()
            else:
                self._context.fail(error)

        self._moving = True
        self.queue_name = queue
        self._context.run(load, self.sit, gone, receiver=self)

    def open_row(self, row: TaskRow) -> None:
        """Open a task of the list."""
        self.open_task(row.queue, row.id)

    # moving

    def next_open(self) -> None:
        """Go to the next task open to the person."""
        desk = self.desk
        if self.seat is not None:
            self._move(desk.next_open(), "done")
        else:
            self._move(desk.fetch_next(self.queue_name, None), "done")

    def give_away(self, tasks: Collection[str]) -> None:
        """Tasks (their ids) went to somebody else: go on where one of them is on the desk.

        One that is on its way there is left when it has come.
        """
        if self._moving:
            self._given = frozenset(tasks)
        elif self.seat is not None and self.seat.task.id in tasks:
            self.next_open()

    def step(self, *, forward: bool) -> None:
        """Go to the task before or after this one, whatever its status."""
        if self.seat is not None:
            self._move(self.desk.neighbour(forward=forward), "")

    def go_to(self, position: int) -> None:
        """Go to the task at a position of the queue, counted from 0."""
        self._move(self.desk.at(self.queue_name, position), "")

    def _move(self, future: Future[Loaded | None], if_none: str) -> None:
        """Sit down at what the future brings; one that is here already is not waited for."""
        if self._moving or self._held_back():
            return

        def arrived(loaded: Loaded | None) -> None:
            if loaded is None:
                self._nothing(if_none)
            else:
                self.sit(loaded)

        self.wait_for(future, arrived)

    def wait_for(self, future: Future[T], arrived: Callable[[T], None]) -> None:
        """Call ``arrived`` with what the desk brings; until then another task is on its way."""

        def came(outcome: T) -> None:
            self._moving = False
            arrived(outcome)

        if future.done() and not future.cancelled() and future.exception() is None:
            came(future.result())
        else:
            self._moving = True
            self._context.answer(future, came, self._lost, receiver=self)

    def _held_back(self) -> bool:
        """Whether the task must stay on screen because its work cannot be written."""
        if self._stuck and self._context.session is not None and self.desk.owing():
            text = self.tr("This task stays here until it can be saved")
            self._context.toast(text)
            return True
        return False

    def _lost(self, error: BaseException) -> None:
        self._moving = False
        self._context.fail(error)

    def _nothing(self, state: str) -> None:
        if not state:
            self.state_changed.emit()
            return
        self.leave()
        self.seat = None
        queue = self.queue
        self.unseated.emit("empty" if queue is not None and queue.tasks == 0 else state)

    def sit(self, loaded: Loaded, same: bool = False) -> None:
        """Put a task on the desk and show it; ``same`` where it is the one that was, read anew."""
        self._moving = False
        self._writing.stop()
        desk = self.desk
        seat = desk.sit(loaded)
        self.seat = seat
        self.queue_name = seat.queue.name
        session = self._context.session
        if session is not None:
            self._context.settings.note_seat(session.uid, queue=seat.queue.name, task=seat.task.id)
        self.seated.emit(seat, same)
        desk.prefetch()
        self.state_changed.emit()
        given, self._given = self._given, frozenset()
        self.give_away(given)

    def leave(self) -> None:
        """Write what is unwritten and give the draft free."""
        session = self._context.session
        if session is not None and self.seat is not None:
            self._writing.stop()
            session.desk.leave()

    # gestures

    def take(self, value: Value, label: str, key: str = "") -> bool:
        """Take a new value; False where nothing changed or nothing may be changed."""
        if not self.allowed.edit().ok:
            return False
        if not self.desk.emit(value, label, key):
            return False
        self.back.more = True
        self.touched.emit()
        if not key:
            self._write()
        elif not self._writing.isActive():
            self._writing.start()
        self.state_changed.emit()
        return True

    def end_key(self) -> None:
        """The next emission is a step of its own."""
        if self.seat is not None:
            self.seat.draft.end_key()
            self._write()

    def _write(self) -> None:
        self._writing.stop()
        if self._context.session is not None:
            self._context.session.desk.flush()

    def flush(self) -> None:
        """Write what is unwritten now (something broke, or the window closes)."""
        self._write()

    def submit(self, key: str = "") -> bool:
        """Submit and go on, or say what is missing; ``key`` is that of the gesture it belongs to."""
        desk, seat = self.desk, self.seat
        if seat is None or not self.allowed.submit().ok:
            return False
        self._complete(seat, key)
        problems = desk.submit(key)
        if problems:
            self.refused.emit(tuple(problems))
            return False
        self._after_finish("submitted")
        return True

    def _complete(self, seat: Seat, key: str) -> None:
        """Let the panel fill in what follows from the content, as part of the same gesture."""
        panel = self.desk.panels.task(seat.queue.panel)
        if panel is None or seat.content is None:
            return
        try:
            value = panel.complete(seat.content, seat.draft.value)
        except Refusal as refusal:
            self._context.notify(refusal.problem)
            return
        if value is not seat.draft.value:
            self.desk.emit(value, self.tr("Complete"), key or "submit")

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say problems that have no place on the page: the first, and how many others there are."""
        seat = self.seat
        if seat is not None:
            tell_problems(self._context, problems, seat.draft.value, seat.queue.config)

    def nothing_missing(self) -> bool:
        """Whether the value could be submitted as it is."""
        return self.seat is not None and self.allowed.submit().ok and not self.desk.problems()

    def skip(self, reason: str) -> None:
        """Skip the task and go on."""
        if self.allowed.finish().ok:
            self.desk.skip(reason)
            self._after_finish("skipped")

    def flag(self, reason: str) -> None:
        """Flag the task and go on."""
        if self.allowed.finish().ok:
            self.desk.flag(reason)
            self._after_finish("flagged")

    def _after_finish(self, status: str) -> None:
        self._writing.stop()
        self.back.more = True
        self.touched.emit()
        self.finished.emit(status)
        self.count_soon()
        self.next_open()

    def count_soon(self) -> None:
        """Read the queue's counts anew, a few times a second at most."""
        if not self._counting.isActive():
            self._counting.start()

    def reopen(self) -> None:
        """Change what was submitted, skipped or flagged."""
        if self.allowed.reopen().ok:
            self.desk.reopen()
            self.state_changed.emit()

    def take_over(self) -> None:
        """Become the one that writes the draft another window has."""
        if self.seat is not None and self.seat.holder:
            try:
                self.desk.take_over()
            except Refusal as refusal:
                self._context.notify(refusal.problem)
                return
            self.seated.emit(self.seat, True)
            self.state_changed.emit()

    # what can be done now

    @property
    def allowed(self) -> Allowed:
        """What may be done with the task on the desk at this moment."""
        return Allowed(self.seat, self._context.session, self.back.more)

    def sit_again(self, loaded: Loaded) -> None:
        """Show the same task as it was read anew; scroll, caret and the time on it stay."""
        before = self.seat
        self.sit(loaded, same=True)
        if before is not None and self.seat is not None:
            self.seat.reopened, self.seat.active_ms = before.reopened, before.active_ms

    def hold_on(self, stuck: bool) -> None:
        """Whether the task must stay on screen because its work cannot be written."""
        self._stuck = stuck


def _timer(parent: QObject, milliseconds: int, call: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(call)
    return timer
