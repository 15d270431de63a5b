"""Keeps Home's notes true: from the open project through the lane, from others by asking the program.

Other projects are looked at in a process of their own (``info --json``): this one must never open and
close a file that it may hold open through SQLite, for that would drop the locks on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from labeler.app.context import AppContext
from labeler.app.home.notes import Note, NoteBook, Place, Stamp, stamp_of
from labeler.assets import program
from labeler.model.codec import RawValue
from labeler.model.problems import Refusal
from labeler.store import Person, Project, QueueRow
from labeler.store.drafting import value_at_cursor

__all__ = ["HomeWatch", "note_of"]

_PAUSE_MS = 800
_PATIENCE_MS = 15_000
_raw_value = msgspec.json.Decoder(RawValue)


class _Queue(msgspec.Struct, frozen=True):
    """One queue as ``info --json`` prints it."""

    tasks: int
    done: int


class _Info(msgspec.Struct, frozen=True):
    """What ``info --json`` prints of a project."""

    project: str
    tasks: int
    conflicts: int
    queues: tuple[_Queue, ...]


_info = msgspec.json.Decoder(_Info)


def note_of(
    project: Project, path: str, queues: Sequence[QueueRow], person: Person, task: str
) -> Note:
    """The note on an open project, read in its lane; ``task`` is the id of the one at hand.

    The queues are as they were read last: reading their guidelines again would only cost time.
    """
    return Note(
        path=path,
        uid=project.uid.hex(),
        title=project.title,
        queues=len(queues),
        tasks=sum(queue.tasks for queue in queues),
        done=sum(queue.done for queue in queues),
        conflicts=project.query.counts()["conflicts"],
        place=_place(project, queues, person, task) if task else None,
    )


def _place(project: Project, queues: Sequence[QueueRow], person: Person, task: str) -> Place | None:
    try:
        row = project.query.find(task)
    except Refusal:
        # The task at hand is gone (a merge took it out): there is no place to go on from.
        return None
    queue = next((one for one in queues if one.name == row.queue), None)
    if queue is None:
        return None
    full = project.task(row, frozenset({"prediction"}))
    value = _raw_value.decode(value_at_cursor(project.open_draft(row, person, take=False)))
    return Place(
        task=row.id,
        key=row.key,
        queue=queue.title,
        panel=queue.panel,
        position=project.query.position(row) + 1,
        total=queue.tasks,
        status=row.status,
        regions=len(value.regions),
        answers=len(value.answers),
        predictions=len(full.annotations),
    )


class HomeWatch(QObject):
    """``changed`` fires when a note became another one."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.book = NoteBook(context.folders.data / "recent.json")
        self._open = ""
        self._noting = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self._note_open)
        self._todo: list[str] = []
        self._asking: QProcess | None = None
        self._asked = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        context.project_changed.connect(self._project_changed)
        context.queues_changed.connect(self._later)
        context.saved.connect(self._later)
        self._project_changed()

    # the open project

    def _project_changed(self) -> None:
        session = self._context.session
        before, self._open = self._open, str(session.path.absolute()) if session else ""
        if before and before != self._open:
            self._closed(before)
        if session is not None:
            self._note_open()

    def _later(self) -> None:
        # Not started anew while it runs: a person who never rests is noted too.
        if self._context.session is not None and not self._soon.isActive():
            self._soon.start()

    def _note_open(self) -> None:
        session = self._context.session
        if session is None:
            return
        path, person, queues = str(session.path.absolute()), session.person, session.queues
        task = self._context.settings.seat(session.uid).task
        self._noting = True
        self._context.run_patient(
            lambda project: note_of(project, path, queues, person, task),
            self._noted,
            self._not_noted,
            receiver=self,
        )

    def _noted(self, note: Note) -> None:
        self._noting = False
        stamp = stamp_of(Path(note.path))
        if stamp is not None and self.book.put(msgspec.structs.replace(note, stamp=stamp)):
            self.changed.emit()

    def _not_noted(self, error: BaseException) -> None:
        # Whoever works in the project is told of what is wrong with the file; a note can wait.
        self._noting = False
        if not isinstance(error, Refusal):
            self._context.fail(error)

    def _closed(self, path: str) -> None:
        """What was noted still holds, though closing wrote to the file; unless something was due."""
        due = self._noting or self._soon.isActive()
        self._noting = False
        self._soon.stop()
        if due:
            return
        note, stamp = self.book.get(path), stamp_of(Path(path))
        if note is not None and stamp is not None:
            self.book.put(msgspec.structs.replace(note, stamp=stamp))

    # the others

    def look_at(self, stamps: Mapping[str, Stamp]) -> None:
        """Look at the projects whose files (path and stamp) changed since they were noted."""
        self._todo = []
        for path, stamp in stamps.items():
            note = self.book.get(path)
            if path != self._open and (note is None or note.stamp != stamp):
                self._todo.append(path)
        self._ask_next()

    def _ask_next(self) -> None:
        while self._asking is None and self._todo:
            path = self._todo.pop(0)
            if path == self._open:
                continue
            self._asked = path
            process = QProcess(self)
            process.finished.connect(self._answered)
            process.errorOccurred.connect(self._failed)
            self._asking = process
            first, *rest = program()
            process.start(first, [*rest, "info", path, "--json"])
            self._patience.start()

    def _give_up(self) -> None:
        # A folder of the network that does not answer must not keep the others waiting.
        if self._asking is not None:
            self._asking.kill()

    def _failed(self, error: QProcess.ProcessError) -> None:
        # Of every other error Qt tells the end of the process too.
        if error == QProcess.ProcessError.FailedToStart:
            self._answered()

    def _answered(self) -> None:
        process = self._asking
        if process is None:
            return
        self._asking = None
        self._patience.stop()
        stamp = stamp_of(Path(self._asked))
        done = process.state() == QProcess.ProcessState.NotRunning and not process.exitCode()
        if done and stamp is not None and self._asked != self._open:
            self._take(bytes(process.readAllStandardOutput().data()), self._asked)
        process.deleteLater()
        self._ask_next()

    def _take(self, printed: bytes, path: str) -> None:
        try:
            info = _info.decode(printed)
        except msgspec.DecodeError:
            return
        stamp, before = stamp_of(Path(path)), self.book.get(path)
        if stamp is None:
            return
        self.book.put(
            Note(
                path=path,
                uid=before.uid if before else "",
                title=info.project,
                queues=len(info.queues),
                tasks=info.tasks,
                done=sum(queue.done for queue in info.queues),
                conflicts=info.conflicts,
                stamp=stamp,
                place=before.place if before else None,
            )
        )
        self.changed.emit()

    def stop(self) -> None:
        """End the process that is looking, if there is one."""
        self._todo.clear()
        process, self._asking = self._asking, None
        if process is not None:
            process.kill()
            process.waitForFinished(1000)
