"""The desk: one person at one queue, task after task, with undo that reaches back across them.

Qt-free. Reads and writes go through the lane; what needs no file happens at once. The next task is
fetched while this one is looked at.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import msgspec

from labeler.api.panel import shuffled_kinds
from labeler.model.checks import missing_answers
from labeler.model.content import Part
from labeler.model.problems import Problem, Refusal
from labeler.model.value import Context, Value
from labeler.store import DraftRow, Person, Project, StepRow, TaskRow
from labeler.work.draft import Batch, Draft
from labeler.work.lane import Lane
from labeler.work.order import order_seed, shown_context, shown_state
from labeler.work.seat import (
    Loaded,
    PanelSource,
    Prediction,
    Seat,
    annotation_of,
    predictions_of,
)

__all__ = ["Desk", "Loaded", "PanelSource", "Prediction", "Seat"]


class Desk:
    """One person's work in one open project.

    ``told`` is called in the lane's thread after each write: with the time it was saved (seconds
    since the epoch) or with the problem that kept it from being saved.
    """

    def __init__(
        self,
        lane: Lane,
        person: Person,
        panels: PanelSource,
        told: Callable[[float | Problem], None] | None = None,
    ) -> None:
        self.lane = lane
        self.person = person
        self.panels = panels
        self.seat: Seat | None = None
        self._told = told
        self._next: tuple[str, Future[Loaded | None]] | None = None
        self._left: list[Seat] = []
        self._gestured = False

    # opening tasks

    def load(self, project: Project, row: TaskRow) -> Loaded:
        """Read a task and the person's draft of it; in the lane."""
        full = project.task(row)
        draft = project.open_draft(row, self.person, take=False)
        return Loaded(full, project.queue(row.queue), draft, project.query.position(row))

    def fetch(self, row: TaskRow) -> Future[Loaded | None]:
        """Read a task in the lane, to be given to ``sit``."""
        return self.lane.post(lambda project: self.load(project, row))

    def fetch_next(self, queue: str, after: TaskRow | None) -> Future[Loaded | None]:
        """Read the next task open to the person, behind ``after`` and then from the start."""
        person = bytes.fromhex(self.person.uid)
        place = (after.priority, after.order, after.row) if after is not None else None

        def load(project: Project) -> Loaded | None:
            found = project.query.next_open(queue, person, place)
            if found is None and place is not None:
                found = project.query.next_open(queue, person)
            if found is None or (after is not None and found.id == after.id):
                return None
            return self.load(project, found)

        return self.lane.post(load)

    def sit(self, loaded: Loaded) -> Seat:
        """Make a read task the one on the desk; takes its draft for this process."""
        self.leave()
        queue = loaded.queue
        content = (
            self.panels.content(queue.panel, loaded.full.content) if loaded.full.content else None
        )
        codec = self.panels.codec(queue.panel)
        owed = next((one for one in self.owing() if one.task.id == loaded.full.row.id), None)
        if owed is not None:
            # What the file has is older than what is still to be written.
            draft = owed.draft
        else:
            draft = Draft(loaded.draft, codec, lambda number: self._older(loaded.full.row, number))
        parts = content.parts() if content is not None else ()
        seat = Seat(
            queue=queue,
            full=loaded.full,
            content=content,
            parts=parts,
            context=self._shown(loaded, parts, draft.row) if owed is None else owed.context,
            draft=draft,
            predictions=predictions_of(loaded.full, codec),
            position=loaded.position,
            holder=loaded.draft.holder,
        )
        self.seat = seat
        if draft.unwritten:
            self.flush()
        return seat

    def _shown(self, loaded: Loaded, parts: tuple[Part, ...], draft: DraftRow) -> Context:
        mine = annotation_of(loaded.full, self.person.handle, draft.round)
        kinds = shuffled_kinds(self.panels.task(loaded.queue.panel))
        shuffled = loaded.queue.config.policy.shuffle
        seed = order_seed(loaded.full.row.id, self.person.uid, draft.round) if shuffled else None
        return shown_context(mine.context if mine else b"{}", draft.state, parts, kinds, seed)

    def _older(self, row: TaskRow, number: int) -> tuple[StepRow, ...]:
        person = self.person

        def load(project: Project) -> tuple[StepRow, ...]:
            return project.steps_before(row, person, number)

        return self.lane.call(load)

    def open(self, row: TaskRow) -> Seat:
        """Read a task and sit down at it, waiting for the file."""
        loaded = self.fetch(row).result()
        assert loaded is not None
        return self.sit(loaded)

    def prefetch(self) -> None:
        """Begin to read the task that a submit will lead to."""
        seat = self.seat
        if seat is not None:
            self._next = (seat.task.id, self.fetch_next(seat.queue.name, seat.task))

    def upcoming(self, count: int) -> Future[tuple[bytes, ...]]:
        """The content (JSON) of the next tasks open to the person, for what can be loaded ahead."""
        seat = self.seat
        if seat is None:
            raise RuntimeError("no task is on the desk")
        queue, here, person = seat.queue.name, seat.task, bytes.fromhex(self.person.uid)

        def load(project: Project) -> tuple[bytes, ...]:
            found: list[bytes] = []
            row: TaskRow | None = here
            while row is not None and len(found) < count:
                row = project.query.next_open(queue, person, (row.priority, row.order, row.row))
                if row is not None:
                    found.append(project.task(row, frozenset()).content)
            return tuple(found)

        return self.lane.post(load, urgent=False)

    def next_open(self) -> Future[Loaded | None]:
        """The next task open to the person: the one prefetched, where it is still right."""
        seat = self.seat
        if seat is None:
            raise RuntimeError("no task is on the desk")
        if self._next is not None and self._next[0] == seat.task.id:
            return self._next[1]
        return self.fetch_next(seat.queue.name, seat.task)

    def neighbour(self, *, forward: bool) -> Future[Loaded | None]:
        """The task before or after this one in its queue, whatever its status."""
        seat = self.seat
        if seat is None:
            raise RuntimeError("no task is on the desk")
        row = seat.task

        def load(project: Project) -> Loaded | None:
            found = project.query.neighbour(row, forward=forward)
            return self.load(project, found) if found is not None else None

        return self.lane.post(load)

    def at(self, queue: str, position: int) -> Future[Loaded | None]:
        """The task at a position of a queue, counted from 0."""

        def load(project: Project) -> Loaded | None:
            found = project.query.at(queue, position)
            return self.load(project, found) if found is not None else None

        return self.lane.post(load)

    def leave(self) -> None:
        """Write what is unwritten and give the draft free; the seat stays until another is taken."""
        seat = self.seat
        if seat is None:
            return
        seat.draft.end_key()
        self.flush()
        if all(one is not seat for one in self._left):
            self._left.append(seat)
        if not seat.holder and not self.lane.read_only:
            row, person = seat.task, self.person
            self.lane.post(lambda project: project.release_draft(row, person))

    def owing(self) -> list[Seat]:
        """The seats with work that has yet to reach the file, the one sat at included."""
        seats = [one for one in self._left if one is not self.seat]
        if self.seat is not None:
            seats.append(self.seat)
        return [seat for seat in seats if seat.draft.unwritten]

    # gestures

    def emit(self, value: Value, label: str, key: str = "") -> bool:
        """Take a new value of the task on the desk; returns whether anything changed."""
        seat = self._editable()
        self._gestured = True
        return seat.draft.emit(value, label, key)

    def _editable(self) -> Seat:
        seat = self.seat
        if seat is None or seat.read_only:
            raise RuntimeError("the task on the desk cannot be changed now")
        return seat

    def take_over(self) -> None:
        """Become the one that writes the draft another process has."""
        seat = self.seat
        if seat is not None and seat.holder:
            row, person = seat.task, self.person
            draft = self.lane.call(lambda project: project.open_draft(row, person, over=True))
            seat.draft = Draft(draft, seat.draft.codec, lambda number: self._older(row, number))
            seat.holder = ""

    def reopen(self) -> None:
        """Let the person change what was submitted, skipped or flagged."""
        if self.seat is not None:
            self.seat.reopened = True

    def problems(self) -> list[Problem]:
        """What keeps the value on the desk from being submitted."""
        seat = self.seat
        if seat is None or seat.content is None:
            return []
        config, value = seat.queue.config, seat.draft.value
        found = [*missing_answers(value, config, seat.parts)]
        # Regions of a guest's own types say what is wrong with them: that goes through its guard.
        found += self.panels.problems(seat.queue.panel, seat.content, value, config)
        return found

    def submit(self, key: str = "") -> list[Problem]:
        """Submit the value on the desk, or say what keeps it from being submitted.

        ``key`` is the coalescing key of the gesture it is to be undone with.
        """
        found = self.problems()
        if not found:
            self._finish("submitted", "", "Submit", key)
        return found

    def skip(self, reason: str) -> None:
        """Skip the task on the desk; the value so far is kept."""
        self._finish("skipped", reason, "Skip", "")

    def flag(self, reason: str) -> None:
        """Flag the task on the desk; the value so far is kept."""
        self._finish("flagged", reason, "Flag", "")

    def _finish(self, status: str, reason: str, label: str, key: str) -> None:
        seat = self.seat
        if seat is None or seat.holder or self.lane.read_only:
            raise RuntimeError("the task on the desk cannot be finished now")
        if seat.read_only and seat.to_be_seen:
            raise RuntimeError("the task on the desk is finished; reopen it first")
        self._gestured = True
        seat.draft.set_status(status, reason, label, key)
        seat.draft.end_key()
        seat.reopened = False
        self._write(seat, annotate=True)

    # undo

    def undo(self) -> Future[tuple[str, Loaded | None]] | None:
        """Take back the person's newest gesture, on this task or on the one it was made on.

        Returns None where there is none, else a future of its label and, where it was made on another
        task, that task read anew with the gesture undone in it: to be given to ``sit``.
        """
        seat = self.seat
        if seat is not None and self._undo_here_first(seat):
            return _done(self._undo_here(seat))
        self.flush()
        latest = self.lane.call(lambda project: project.latest_gesture(self.person))
        if latest is None:
            return None
        if seat is not None and latest.id == seat.task.id:
            return _done(self._undo_here(seat))
        return self.lane.post(lambda project: self._undo_there(project, latest))

    def _undo_here_first(self, seat: Seat) -> bool:
        """Whether the newest gesture can only be on this task, or nobody made one since the start.

        Somebody who comes back to a task finds its own undo there; somebody who was just led on to
        the next one takes back what led there.
        """
        if seat.holder or seat.draft.undo_label is None:
            return False
        return seat.draft.unwritten or seat.draft.touched or not self._gestured

    def _undo_here(self, seat: Seat) -> tuple[str, Loaded | None]:
        before = seat.draft.status
        label = seat.draft.undo()
        assert label is not None
        self._after_move(seat, before)
        return label, None

    def _after_move(self, seat: Seat, before: str) -> None:
        seat.draft.touched = self._gestured = True
        if seat.draft.status != before:
            seat.reopened = seat.draft.status == "open"
            self._write(seat, annotate=True)
        else:
            self._write(seat, annotate=False)

    def _undo_there(self, project: Project, row: TaskRow) -> tuple[str, Loaded | None]:
        draft = Draft(
            project.open_draft(row, self.person, take=True),
            self.panels.codec(project.queue(row.queue).panel),
            lambda number: project.steps_before(row, self.person, number),
        )
        before = draft.status
        label = draft.undo() or ""
        batch = draft.take_batch()
        assert batch is not None
        annotate = None
        if draft.status != before:
            mine = annotation_of(project.task(row), self.person.handle, draft.row.round)
            context = mine.context if mine is not None else b"{}"
            annotate = (draft.value_json(), draft.status, draft.tree.reason, context)
        saved = draft.cursor if annotate is not None else batch.saved
        project.write_steps(
            row, self.person, draft.row, batch.steps, batch.cursor, saved, annotate=annotate
        )
        return label, self.load(project, row)

    def redo(self) -> str | None:
        """Do again what was taken back on this task; returns its label or None."""
        seat = self.seat
        if seat is None or seat.holder:
            return None
        before = seat.draft.status
        label = seat.draft.redo()
        if label is not None:
            self._after_move(seat, before)
        return label

    # writing

    def forget_owed(self) -> None:
        """Let go of the seats left before: what they owed was saved elsewhere."""
        self._left.clear()

    def flush(self) -> None:
        """Begin to write what has changed on the desk; what fails stays and is written next time.

        So does what could not be written before its seat was left.
        """
        for seat in self.owing():
            self._write(seat, annotate=False)
        self._left = [one for one in self._left if one.writing and not _written(one)]

    def settle(self) -> None:
        """Wait until everything asked for so far has reached the file or was refused."""
        self.flush()
        for seat in (*self._left, self.seat):
            if seat is not None and seat.writing is not None:
                seat.writing.exception()

    def _write(self, seat: Seat, *, annotate: bool) -> None:
        draft, row, person = seat.draft, seat.task, self.person
        annotate = draft.collect_failed() or annotate
        batch = draft.take_batch() or Batch((), draft.cursor, draft.saved)
        finished: tuple[bytes, str, str, bytes] | None = None
        if annotate:
            finished = (draft.value_json(), draft.status, draft.tree.reason, seat.context_json())
            batch = dataclasses.replace(batch, saved=batch.cursor)
            draft.saved = batch.cursor
        shown = shown_state(seat.context)

        def write(project: Project) -> None:
            try:
                if draft.overtaken:
                    raise Refusal.of("draft_changed", str(self.lane.path))
                project.take_draft(row, person)
                # The order shown goes with the first step, so that a kill cannot part them.
                state = {**draft.row.state, **shown}
                base, _ = project.write_steps(
                    row,
                    person,
                    draft.row,
                    batch.steps,
                    batch.cursor,
                    batch.saved,
                    state=state if state != draft.row.state else None,
                    annotate=finished,
                )
            except Refusal as refusal:
                if refusal.problem.code == "draft_changed":
                    draft.overtaken = True
                else:
                    draft.failed.put((batch, finished is not None))
                self._tell(refusal.problem)
                raise
            draft.row = msgspec.structs.replace(draft.row, base=base, state=state)
            self._tell(time.time())

        seat.writing = self.lane.post(write)

    def _tell(self, what: float | Problem) -> None:
        if self._told is not None:
            self._told(what)

    def remember(self, state: dict[str, Any]) -> None:
        """Keep the editor's own state (scroll, caret, zoom) with the draft, to resume exactly."""
        seat = self.seat
        if seat is not None and not seat.holder and not self.lane.read_only:
            row, person, whole = seat.task, self.person, {**state, **shown_state(seat.context)}
            self.lane.post(lambda project: project.remember_state(row, person, whole))


def _written(seat: Seat) -> bool:
    return seat.writing is not None and seat.writing.done() and not seat.draft.unwritten


def _done(result: tuple[str, Loaded | None]) -> Future[tuple[str, Loaded | None]]:
    future: Future[tuple[str, Loaded | None]] = Future()
    future.set_result(result)
    return future
