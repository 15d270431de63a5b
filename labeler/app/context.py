"""What pages and dialogs are handed: the open project, the way to its lane, and the house's voice.

One AppContext per run of the program, made by ``main`` and given to every constructor. Nothing here
is a global, and no page reaches another but through its signals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from labeler.app.bridge import Bridge
from labeler.app.commands import Commands
from labeler.app.errands import Cancelled, Clock, Errand, Told
from labeler.app.indexer import Indexer
from labeler.app.opening import Opening
from labeler.app.session import Opened, ProjectSession
from labeler.app.settings import Folders, SettingsStore
from labeler.app.way import How
from labeler.kit.theme import Theme
from labeler.model.problems import Problem, Refusal
from labeler.plugins import Plugins
from labeler.store import Project, QueueRow
from labeler.work.lane import LaneClosed
from labeler.work.media_roots import MediaRoots
from labeler.work.places import place_of
from labeler.work.stranger import look_apart
from labeler.work.views import SavedViews

__all__ = ["AppContext", "Cancelled", "Errand", "Told"]

T = TypeVar("T")

_WATCH_MS = 1000


class AppContext(QObject):
    """The run of the program as a page sees it. Everything but ``soon`` is for the UI thread.

    ``crashed`` gets every exception that is nobody's refusal.
    """

    project_changed = Signal()
    """Another project is open, or none: ``session`` tells."""
    queues_changed = Signal()
    """``session.queues`` was read anew (counts, labels, questions, guideline)."""
    language_wanted = Signal(str)
    """The interface is to be in this language, "" for the system's: the window is built anew."""
    person_changed = Signal()
    """Who is at work is another person, or has another name."""
    tasks_changed = Signal()
    """Tasks or annotations changed, here or in another window: read again what you show."""
    panel_turned = Signal(str)
    """A panel (its id) was turned off or on: its editor must go, or may come."""
    media_changed = Signal()
    """Where media lie on this machine was said anew: what was missing may be within reach."""
    saved = Signal(object)
    """A float (the time everything was in the file, seconds since the epoch) or a Problem."""
    whose_doubted = Signal(object)
    """A hand-out for somebody else is to be opened (a Doubt): ask, then call one of its ways."""
    project_closing = Signal()
    """The open project is about to be closed, all is written: what is posted to its lane still runs."""
    project_closed = Signal(object)
    """The ProjectSession whose file was just closed."""
    back_wanted = Signal()
    """The open working copy is to be merged back into its shared file now."""
    company_changed = Signal()
    """Others have the project open than before: ``session.company`` tells."""
    choice_wanted = Signal(object)
    """A project lies where it should not be edited in place: a Choice, to be put to the person."""
    bringing_up = Signal(object)
    """An older project is on its way to the present format (a BringingUp): show how far it is."""
    person_needed = Signal()
    """A project is to be opened and nobody said who they are: ask, then call ``set_person``."""
    place_wanted = Signal(str)
    """Somebody called ``go``; the window answers."""
    task_wanted = Signal(str, str)
    """Somebody called ``show_task``: queue name, task id; the Work page answers."""
    copies_dropped = Signal(list)
    """Projects (paths) were dropped while one is open: they may be copies of it; the window answers."""
    rule_wanted = Signal(str)
    """A rule of the guideline is to be read: its heading; the Work page answers."""
    said = Signal(str, bool)
    """Somebody called ``toast``: the sentence, and whether it can be undone."""
    problem_told = Signal(object)
    """Somebody called ``notify``: a Problem."""

    def __init__(
        self,
        folders: Folders,
        settings: SettingsStore,
        theme: Theme,
        plugins: Plugins,
        commands: Commands,
        crashed: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.folders = folders
        self.settings = settings
        self.media_roots = MediaRoots(folders.media_roots)
        self.views = SavedViews(folders.views)
        self.copies = folders.data / "copies"
        self.place_of, self.look_first = place_of, look_apart
        self.ending = False
        self.theme = theme
        self.plugins = plugins
        self.commands = commands
        self.session: ProjectSession | None = None
        self.crashed = crashed
        self.judges: list[Callable[[BaseException], bool]] = []
        """Asked about each unforeseen exception: True where it is a guest's and was dealt with."""
        self._bridge = Bridge(crashed, self)
        self._workers: ThreadPoolExecutor | None = None
        self._errands: set[Errand] = set()
        self._opening = Opening(self)
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_MS)
        self._watch.timeout.connect(self._look_elsewhere)
        self._reading = False
        self.indexer = Indexer(self, folders.search)

    # the lane

    def run(
        self,
        work: Callable[[Project], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        receiver: QObject | None = None,
        urgent: bool = True,
    ) -> None:
        """Run a function of the open project in its lane; ``done`` gets its result on the UI thread.

        Without ``failed`` a Refusal is shown (``notify``) and anything else is a crash card. Nothing
        comes back once the project was closed, or ``receiver`` (else the QObject ``done`` is a
        method of) was deleted. A RuntimeError where no project is open.
        """
        session = self.session
        if session is None:
            raise RuntimeError("no project is open")
        told = failed or self.fail
        self._bridge.answer(
            session.lane.post(work, urgent=urgent),
            None if done is None else lambda result: self._still(session, done, result),
            lambda error: self._still(session, told, error),
            receiver if receiver is not None else getattr(done, "__self__", None),
        )

    def run_patient(
        self,
        work: Callable[[Project], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        receiver: QObject | None = None,
    ) -> None:
        """As ``run``, behind everything urgent: counts, searches, an import's next batch."""
        self.run(work, done, failed, receiver=receiver, urgent=False)

    def _still(self, session: ProjectSession, call: Callable[[T], None], outcome: T) -> None:
        if self.session is session:
            call(outcome)

    def answer(
        self,
        future: Future[T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        *,
        receiver: QObject | None = None,
    ) -> None:
        """Bring a future of the open project's lane back to the UI thread, as ``run`` does."""
        session = self.session
        told = failed or self.fail
        owner = receiver if receiver is not None else getattr(done, "__self__", None)
        self._bridge.answer(
            future,
            lambda result: self._still_or_none(session, done, result),
            lambda error: self._still_or_none(session, told, error),
            owner,
        )

    def _still_or_none(
        self, session: ProjectSession | None, call: Callable[[T], None], outcome: T
    ) -> None:
        if self.session is session:
            call(outcome)

    def soon(self, call: Callable[[], None], receiver: QObject | None = None) -> None:
        """Run ``call`` on the UI thread in its next turn; from any thread."""
        self._bridge.soon(call, receiver)

    # work outside the lane

    def background(
        self,
        work: Callable[[Told], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        progress: Told | None = None,
        cancelled: Callable[[], None] | None = None,
        receiver: QObject | None = None,
    ) -> Errand:
        """Run ``work(told)`` in a worker thread; returns what cancels it.

        ``told(done, total)`` brings how far it is to ``progress`` on the UI thread, at most every
        50 ms, and raises Cancelled once it was cancelled; then ``cancelled`` is called. The file
        itself is reached through ``session.lane.post(…, urgent=False).result()`` and in no other
        way. Outcomes come as with ``run``, whatever project is open then.
        """
        errand = Errand()
        clock = Clock()

        def tell(count: int, total: int | None) -> None:
            errand.check()
            if progress is not None and clock.due(last=count == total):
                self._bridge.soon(lambda: progress(count, total), receiver)

        def end_with(error: BaseException) -> None:
            self._errands.discard(errand)
            if not isinstance(error, Cancelled):
                (failed or self.fail)(error)
            elif cancelled is not None:
                cancelled()

        def end(result: T) -> None:
            self._errands.discard(errand)
            if done is not None:
                done(result)

        if self._workers is None:
            self._workers = ThreadPoolExecutor(2, thread_name_prefix="worker")
        self._errands.add(errand)
        owner = receiver if receiver is not None else getattr(done, "__self__", None)
        self._bridge.answer(self._workers.submit(work, tell), end, end_with, owner)
        return errand

    # the house's voice

    def toast(self, text: str, *, undo: bool = False) -> None:
        """Say in one sentence what happened; with ``undo`` its button takes it back (``app.undo``)."""
        self.said.emit(text, undo)

    def notify(self, problem: Problem) -> None:
        """Show a problem the person can act on, without interrupting them."""
        self.problem_told.emit(problem)

    def fail(self, error: BaseException) -> None:
        """What to do with an exception nobody else knew what to do with."""
        if isinstance(error, Refusal):
            self.notify(error.problem)
        elif not isinstance(error, (LaneClosed, Cancelled)):
            self.crashed(error)

    def go(self, place: str) -> None:
        """Go to a place: ``home``, ``work`` or ``data``."""
        self.place_wanted.emit(place)

    def show_task(self, queue: str, task_id: str) -> None:
        """Go to Work and open this task there."""
        self.go("work")
        self.task_wanted.emit(queue, task_id)

    # the project

    def take_projects(self, paths: Sequence[Path]) -> None:
        """Projects were dropped: open the first; where one is open they may be copies of it."""
        if self.session is None:
            self.open_project(paths[0])
        else:
            self.copies_dropped.emit(list(paths))

    def open_project(
        self,
        path: Path,
        done: Callable[[], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        how: How = "ask",
    ) -> None:
        """Close what is open and open this project, off the UI thread; a refusal is shown.

        ``done`` is called when it is open, ``failed`` where it cannot be (else that is shown).
        Where nobody said who they are, they are asked first; where it should not be edited in
        place, how it is to be opened (``choice_wanted``).
        """
        self._opening.open(path, done, failed, how)

    def with_person(self, call: Callable[[], None]) -> None:
        """Run ``call`` now, or once the person has said who they are; they are asked for it."""
        self._opening.with_person(call)

    def take(self, opened: Opened) -> None:
        """Go over to a project that was opened; the one before is closed."""
        self.close_project(silent=True)
        session = ProjectSession(opened, self.plugins, self._told_saved, self.media_roots)
        self.session = session
        self._reading = False
        self.settings.note_recent(session.shared, session.title)
        self._watch.start()
        self.project_changed.emit()
        self.queues_changed.emit()
        for note in session.way.notes:
            self.notify(note)

    def close_project(self, *, silent: bool = False) -> None:
        """Write what is unwritten and close the file; waits for it. Nothing happens if none is open.

        ``silent`` leaves ``project_changed`` to who opens the next.
        """
        session = self.session
        if session is None:
            return
        self._watch.stop()
        session.desk.leave()
        session.desk.settle()
        self.project_closing.emit()
        self.session = None
        try:
            session.lane.close()
        except Refusal as refusal:
            self.notify(refusal.problem)
        self.project_closed.emit(session)
        if not silent:
            self.project_changed.emit()

    def set_person(self, handle: str, name: str) -> None:
        """Say who is at work on this machine, from now on; a project that waited for it opens."""
        self.settings.set_person(handle, name)
        if not self._opening.go_on() and self.session is not None:
            self.open_project(self.session.shared, how=self.session.way.how)
        self.person_changed.emit()

    def queue_title(self, name: str) -> str:
        """What a queue is called; its name where the open project has it not."""
        queue = self.session.queue(name) if self.session is not None else None
        return queue.title if queue is not None else name

    def read_queues(self) -> None:
        """Read the queues anew: ``queues_changed`` tells when they are here."""
        if self.session is None or self._reading:
            return
        self._reading = True
        self.run_patient(
            lambda project: tuple(project.queues()), self._queues_read, self._queues_failed
        )

    def _queues_read(self, queues: tuple[QueueRow, ...]) -> None:
        self._reading = False
        if self.session is not None:
            self.session.queues = queues
            self.queues_changed.emit()

    def _queues_failed(self, error: BaseException) -> None:
        self._reading = False
        self.fail(error)

    def tasks_were_changed(self) -> None:
        """Say that tasks changed here (an import, a bulk action): everybody reads again."""
        self.read_queues()
        self.tasks_changed.emit()

    def _told_saved(self, what: float | Problem) -> None:
        """In the lane's thread."""
        self._bridge.soon(lambda: self.saved.emit(what), self)

    def _look_elsewhere(self) -> None:
        self.run_patient(
            lambda project: project.changed_elsewhere(), self._looked, self._look_failed
        )

    def _looked(self, changed: bool) -> None:
        if changed:
            self.tasks_were_changed()

    def _look_failed(self, error: BaseException) -> None:
        if isinstance(error, Refusal):
            self.saved.emit(error.problem)
        else:
            self.fail(error)

    def shut_down(self) -> None:
        """End the run: cancel errands, close the project, wait for the workers."""
        self.ending = True
        for errand in tuple(self._errands):
            errand.cancel()
        self.close_project(silent=True)
        if self._workers is not None:
            self._workers.shutdown(wait=True, cancel_futures=True)
        self.settings.write()
