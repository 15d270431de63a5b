"""A sitting: which conflict is looked at, what is decided of it so far, what was decided before.

Between the page and the lane: it reads and writes conflicts there, cuts them in a worker, and brings
what came of it back to the UI thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from labeler.api import Problem, Refusal, Value
from labeler.app.context import AppContext
from labeler.app.review.listing import ConflictModel
from labeler.app.review.words import Words
from labeler.kit.editor import CanRun
from labeler.model.three_way import Place
from labeler.plugins import Plugins
from labeler.store import Project
from labeler.work.conflict_case import Case, Read, Tree, cut, read_case
from labeler.work.settlement import Decision

__all__ = ["Sitting"]

_SMALL = 300
"""So many regions and answers are put together between two frames; more in a worker."""


@dataclass(frozen=True, slots=True)
class _Done:
    """A decision that was written: what it settled, by which op, and how it was come to."""

    entity: str
    op: str
    decision: Decision


class Sitting(QObject):
    """One person's way through the conflicts of the open project. Everything on the UI thread."""

    opened = Signal()
    """Another conflict is looked at, or none: ``case`` tells."""
    changed = Signal()
    """What is decided so far became another: ``tree``, ``kept``."""
    state_changed = Signal()
    """What may be done now: look again."""
    refused = Signal(object)
    """A tuple of Problems that keep what was put together from being submitted."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.rows = ConflictModel(context, self)
        self.case: Case | None = None
        self.words: Words | None = None
        self.decision: Decision | None = None
        self.tree: Tree | None = None
        self.kept: int | None = None
        self.body: bytes | None = None
        self.value: Value | None = None
        """What it comes to so far: its tree, the side it equals, its JSON and an annotation's value."""
        self.busy = False
        self._telling = False
        self._wanted = ""
        self._ticket = 0
        self._turn = 0
        self._done: list[_Done] = []
        self._undone: list[_Done] = []

    # opening

    def forget(self) -> None:
        """Another project, or none."""
        self._done.clear()
        self._undone.clear()
        self.busy = False
        self.rows.forget()
        self._close()

    def _close(self) -> None:
        self._ticket += 1
        self._wanted = ""
        self.case = self.words = self.decision = None
        self.tree = self.kept = self.body = self.value = None
        self.opened.emit()
        self.state_changed.emit()

    def open(self, entity: str, then: Callable[[], None] | None = None) -> None:
        """Look at a conflict; ``then`` is called when it is here. "" closes the one looked at."""
        if not entity or self._context.session is None:
            self._close()
            return
        self._ticket += 1
        self._wanted = entity
        ticket, plugins = self._ticket, self._context.plugins
        before = next((one for one in self._done if one.entity == entity), None)
        if before is not None:
            self._show_done(before)
            return

        def here(read: Read) -> None:
            panel = read.queue.panel if read.queue is not None else ""
            if ticket == self._ticket:
                self._context.background(
                    lambda _told: cut(read, plugins.codec(panel) if panel else None),
                    lambda case: self._take(ticket, case, then),
                    receiver=self,
                )

        def gone(error: BaseException) -> None:
            if ticket != self._ticket:
                return
            if isinstance(error, Refusal) and error.problem.code == "conflict_unknown":
                self.rows.refresh()  # somebody settled it meanwhile
                self._close()
            else:
                self._context.fail(error)

        self._context.run(lambda project: read_case(project, entity), here, gone, receiver=self)

    def _take(self, ticket: int, case: Case, then: Callable[[], None] | None) -> None:
        if ticket != self._ticket:
            return
        self.case, self.words = case, Words(case, self._unseen(case))
        self.decision = Decision(case)
        self.tree = self.kept = self.body = self.value = None
        self.opened.emit()
        self._put_together()
        if then is not None:
            then()

    def _show_done(self, done: _Done) -> None:
        """A decision of this sitting, to be looked at."""
        case = done.decision.case
        self.case, self.words = case, Words(case, self._unseen(case))
        self.decision = done.decision
        self.tree = self.kept = self.body = self.value = None
        self.opened.emit()
        self._put_together()

    def _unseen(self, case: Case) -> tuple[str, ...]:
        queue = case.read.queue
        found = self._context.plugins.panel(queue.panel) if queue is not None else None
        return tuple(found.manifest.unseen) if found is not None else ()

    def look_again(self) -> None:
        """The file changed: read the list anew, and what is looked at where nothing was chosen yet."""
        self.rows.refresh()
        decision = self.decision
        if self.case is None or decision is None or self.busy:
            return
        if not decision.choices and not decision.written and not decision.comment:
            self.open(self.case.entity)

    # deciding

    def choose(self, place: Place, side: int) -> None:
        """At this place this side counts."""
        if self.decision is not None:
            self.decision.choose(place, side)
            self._put_together()

    def keep(self, side: int) -> None:
        """This side counts as it stands; said again, nothing is chosen."""
        decision = self.decision
        if decision is None or not 0 <= side < len(decision.case.sides):
            return
        chosen = {one.place: side for one in decision.case.found}
        if self.kept == side and decision.choices == chosen:
            decision.clear()
        else:
            decision.keep(side)
        self._put_together()

    def keep_both(self) -> None:
        """Contested regions stay once for each side; said again, nothing is chosen."""
        decision = self.decision
        if decision is not None and decision.can_keep_both:
            if decision.both:
                decision.clear()
            else:
                decision.keep_both()
            self._put_together()

    def write(self, value: bytes) -> None:
        """A value written anew counts."""
        if self.decision is not None:
            self.decision.write(value)
            self._put_together()

    def comment(self, text: str) -> None:
        """Why it is decided so."""
        if self.decision is not None:
            self.decision.comment = text.strip()

    def _put_together(self) -> None:
        decision = self.decision
        if decision is None:
            return
        self._turn += 1
        turn = self._turn
        plugins = self._context.plugins
        before = None
        if self.tree is not None and self.body is not None:
            before = _Result(self.tree, self.kept, self.body, self.value)
        if decision.case.pieces <= _SMALL:
            self._together(turn, _result(decision, plugins, before))
            return
        self._context.background(
            lambda _told: _result(decision, plugins, before),
            lambda found: self._together(turn, found),
            receiver=self,
        )
        self.state_changed.emit()

    def _together(self, turn: int, found: _Result) -> None:
        if turn == self._turn:
            self.tree, self.kept, self.body, self.value = found
            self.changed.emit()
            self.state_changed.emit()

    # what may be done

    def can_decide(self) -> CanRun:
        """Whether what was chosen can be written now."""
        can = self.can_choose()
        if not can.ok or self.decision is None:
            return can
        if self.rows.is_decided(self.decision.case.entity):
            return CanRun(False, self.tr("This conflict is decided"))
        if self.decision.undecided:
            return CanRun(False, self.tr("Choose where the versions disagree first"))
        return CanRun(not self.busy and self.tree is not None)

    def can_choose(self) -> CanRun:
        """Whether there is a conflict to be decided by this person here."""
        session = self._context.session
        if session is None or self.decision is None:
            return CanRun(False, self.tr("There is no conflict to decide"))
        if session.read_only:
            return CanRun(False, self.tr("The project is read-only"))
        if not self.decision.case.sides:
            return CanRun(False, self.tr("No version of it can be read"))
        return CanRun(True)

    def can_leave(self) -> bool:
        """Whether another open conflict follows."""
        return self.rows.next_open(self._wanted) not in ("", self._wanted)

    def can_undo(self) -> CanRun:
        """Whether there is a decision of this sitting to take back."""
        return CanRun(bool(self._done) and not self.busy, self.tr("There is nothing to undo"))

    def can_redo(self) -> CanRun:
        """Whether there is one that was taken back."""
        return CanRun(bool(self._undone) and not self.busy, self.tr("There is nothing to redo"))

    # writing

    def decide(self) -> None:
        """Write the decision and go on, or say what keeps the result from being submitted."""
        session, decision, tree = self._context.session, self.decision, self.tree
        if session is None or decision is None or tree is None or not self.can_decide().ok:
            return
        self._busy(True)
        panels = session.panels

        def checked(problems: list[Problem]) -> None:
            if problems:
                self._busy(False)
                self.refused.emit(tuple(problems))
            else:
                self._settle(decision, tree, self._decided)

        self._context.background(
            lambda _told: decision.problems(tree, panels), checked, self._failed, receiver=self
        )

    def _settle(self, decision: Decision, tree: Tree, done: Callable[[_Done], None]) -> None:
        session = self._context.session
        if session is None:
            self._busy(False)
            return
        by, entity = session.person.handle, decision.case.entity

        def write(project: Project) -> str:
            return decision.settle(project, tree, by)

        self._context.run(
            write, lambda op: done(_Done(entity, op, decision)), self._failed, receiver=self
        )

    def _decided(self, done: _Done) -> None:
        self._undone.clear()
        self._written(done)

    def _written(self, done: _Done) -> None:
        self._busy(False)
        self._done.append(done)
        following = self.rows.next_open(done.entity)
        self.rows.decide(done.entity)
        self._tell_changed()
        self.open("" if following == done.entity else following)

    def _failed(self, error: BaseException) -> None:
        self._busy(False)
        self._context.fail(error)
        if isinstance(error, Refusal) and error.problem.code in _CHANGED:
            entity = self._wanted
            self.rows.refresh()
            self.open(entity)

    def undo(self) -> None:
        """Take the newest decision of this sitting back; its conflict is looked at again."""
        session = self._context.session
        if session is None or not self.can_undo().ok:
            return
        last, by = self._done.pop(), session.person.handle
        self._busy(True)

        def taken_back(_none: None) -> None:
            self._busy(False)
            self._undone.append(last)
            self.rows.reopen(last.entity)
            self._tell_changed()
            self.open(last.entity, lambda: self._resume(last.decision))
            self._context.toast(self.tr("The decision was taken back"))

        self._context.run(
            lambda project: project.unsettle(last.entity, last.op, by=by),
            taken_back,
            self._failed,
            receiver=self,
        )

    def _resume(self, before: Decision) -> None:
        """Go on from what was decided before it was taken back."""
        if self.decision is not None:
            self.decision.resume(before)
            self._put_together()

    def redo(self) -> None:
        """Decide again what was taken back."""
        if not self.can_redo().ok:
            return
        again = self._undone.pop()
        self._busy(True)

        def here() -> None:
            if self.decision is None or self.decision.case.entity != again.entity:
                self._busy(False)
                return
            self.decision.resume(again.decision)
            self._settle(self.decision, self.decision.tree(), self._written)

        self.open(again.entity, here)

    def _tell_changed(self) -> None:
        self._context.saved.emit(time.time())
        self._telling = True
        self._context.tasks_were_changed()
        self._telling = False

    def just_wrote(self) -> bool:
        """Whether what is being told everybody is a decision of this sitting."""
        return self._telling

    def _busy(self, busy: bool) -> None:
        self.busy = busy
        self.state_changed.emit()

    # moving

    def step(self, *, forward: bool) -> None:
        """Look at the conflict before or after this one in the list."""
        row = self.rows.row_of(self._wanted) + (1 if forward else -1)
        entity = self.rows.entity_at(row) if row >= 0 else ""
        if entity:
            self.open(entity)

    def leave_open(self) -> None:
        """Go on to the next open conflict; this one stays as it is."""
        following = self.rows.next_open(self._wanted)
        if following and following != self._wanted:
            self.open(following)

    @property
    def wanted(self) -> str:
        """The conflict that is looked at, or on its way."""
        return self._wanted


class _Result(NamedTuple):
    tree: Tree
    kept: int | None
    body: bytes
    value: Value | None


def _result(decision: Decision, plugins: Plugins, before: _Result | None) -> _Result:
    """What is decided so far, put together and read as an editor is shown it.

    Regions that say what they said ``before`` are the same objects: an editor draws only the others.
    """
    tree = decision.tree()
    body = decision.body(tree)
    queue = decision.case.read.queue
    value = None
    if decision.case.kind == "annotation" and queue is not None:
        value = Value() if body == b"null" else plugins.codec(queue.panel).decode(body)
        if before is not None and before.value is not None:
            known = {one.id: one for one in before.value.regions}
            value = Value(
                tuple(
                    old if (old := known.get(one.id)) is not None and old == one else one
                    for one in value.regions
                ),
                value.answers,
            )
    kept = None if decision.undecided else decision.kept(tree)
    return _Result(tree, kept, body, value)


_CHANGED = ("conflict_changed", "conflict_unknown", "conflict_single")
