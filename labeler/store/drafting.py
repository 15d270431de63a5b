"""Drafts as the desk knows them: by task and person, steps and annotation op in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from labeler.model.ids import annotation_uid
from labeler.model.json import UNREADABLE
from labeler.model.problems import Problem
from labeler.model.steps import ValueTree
from labeler.store.bodies import DraftBody, encode
from labeler.store.damage import Damaged
from labeler.store.drafts import CHECKPOINT_EVERY, refuse_held
from labeler.store.heads import heads_of
from labeler.store.live_drafts import covers_of
from labeler.store.oplog import EntityKind, OpKind
from labeler.store.rows import DraftRow, NewStep, Person, StepRow, TaskRow
from labeler.store.writing import Writer

__all__ = ["Drafting", "value_at_cursor"]

_DAYS_30 = 30 * 24 * 3600 * 1000 << 16


class Drafting(Writer):
    """Opens, writes, covers and forgets the drafts of a project."""

    def open_draft(
        self,
        task: TaskRow,
        person: Person,
        *,
        round_: int = 0,
        take: bool = True,
        over: bool = False,
    ) -> DraftRow:
        """The person's draft of a task; with ``take`` this process becomes the one that writes it."""
        row = self._person_row(person)
        if take and not self.read_only:
            self.drafts.take(task.row, row, over=over)
        uid = annotation_uid(bytes.fromhex(task.id), "work", person.uid, round_)
        return self.drafts.read(task.row, task.id, row, person.handle, uid, round_)

    def take_draft(self, task: TaskRow, person: Person) -> None:
        """Become the one that writes the draft where nobody living does."""
        row = self._person_row(person)
        if not self.drafts.holds(self.file.connection, task.row, row):
            self.drafts.take(task.row, row)

    def release_draft(self, task: TaskRow, person: Person) -> None:
        """Give the draft free for other processes."""
        row = self._person_row(person)
        if self.drafts.holds(self.file.connection, task.row, row):
            self.drafts.release(task.row, row)

    def steps_before(
        self, task: TaskRow, person: Person, number: int, *, round_: int = 0
    ) -> tuple[StepRow, ...]:
        """The steps that lead up to a step and it, oldest first; at most a thousand."""
        row = self._person_row(person)
        return tuple(self.drafts.path(task.row, row, round_, number, CHECKPOINT_EVERY))

    def latest_gesture(self, person: Person) -> TaskRow | None:
        """The task this person's newest gesture that is not undone was made on."""
        found = self.drafts.latest(self._person_row(person))
        return self.query.by_row(found[0]) if found else None

    def remember_state(
        self, task: TaskRow, person: Person, state: dict[str, Any], *, round_: int = 0
    ) -> None:
        """Keep an editor's state with the draft, where there is one."""
        with self.file.writing() as connection:
            connection.execute(
                "UPDATE draft SET state=? WHERE task=? AND person=? AND round=?",
                (
                    msgspec.json.encode(state).decode(),
                    task.row,
                    self._person_row(person),
                    round_,
                ),
            )

    def _person_row(self, person: Person) -> int:
        row = self.file.row("SELECT id FROM person WHERE uid=?", (bytes.fromhex(person.uid),))
        return int(row[0]) if row else -1

    def write_steps(
        self,
        task: TaskRow,
        person: Person,
        draft: DraftRow,
        steps: Sequence[NewStep],
        cursor: int,
        saved: int,
        *,
        state: dict[str, Any] | None = None,
        annotate: tuple[bytes, str, str, bytes] | None = None,
    ) -> tuple[str, int]:
        """Write a draft's steps and cursor; raises Refusal draft_elsewhere if another process has it.

        ``annotate`` (value, status, reason, context) writes the annotation op in the same
        transaction; it replaces the draft's base. Returns the new base (hex) and the hybrid clock.
        """
        row = self._person_row(person)
        base = bytes.fromhex(draft.base)
        with self._writing() as (connection, touched):
            if not self.drafts.holds(connection, task.row, row):
                holder = self.drafts.holder(task.row, row) or "?:0"
                raise refuse_held(holder, person.title, self.file.where)
            if annotate is not None:
                value, status, reason, context = annotate
                entity = annotation_uid(bytes.fromhex(task.id), "work", person.uid, draft.round)
                parents = self._seen_heads(entity, base)
                covers = covers_of(connection, task.row, row, draft.round)
                if steps:
                    self.log.strand_row(connection, bytes.fromhex(person.uid))
                    assert self.log.strand is not None
                    covers[self.log.strand.hex()] = max(step.number for step in steps)
                ent = self._annotate(
                    connection,
                    task,
                    person.handle,
                    value,
                    "work",
                    draft.round,
                    status,
                    reason,
                    context,
                    person.handle,
                    parents,
                    covers,
                )
                touched.append(ent)
                base = connection.execute(
                    "SELECT h FROM op WHERE ent=? ORDER BY id DESC LIMIT 1", (ent,)
                ).fetchone()[0]
            hlc = self.drafts.write(
                connection,
                task.row,
                row,
                bytes.fromhex(person.uid),
                draft.round,
                base,
                steps,
                cursor,
                saved,
                state,
            )
        return base.hex(), hlc

    def _seen_heads(self, entity: bytes, base: bytes) -> list[bytes]:
        """The heads a draft has seen: its base, with the heads whose value equals it."""
        if not base:
            return []
        row = self.file.row("SELECT id FROM ent WHERE uid=?", (entity,))
        if row is None:
            return [base]
        _, versions = heads_of(self.file.connection, row[0], EntityKind.ANNOTATION)
        for version in versions:
            names = [op.hash for op in version]
            if base in names:
                return names
        return [base]

    def cover_drafts(self) -> int:
        """Write every loose draft as a draft op, so that copies carry unfinished work; how many."""
        written = 0
        for task, person, round_, cursor in self.drafts.loose():
            found = self.query.by_row(task)
            who = self.file.row(
                "SELECT person.uid, who.handle FROM person JOIN who ON who.id=person.id "
                "WHERE person.id=?",
                (person,),
            )
            if found is None or who is None:
                continue
            uid = annotation_uid(bytes.fromhex(found.id), "work", who[0].hex(), round_)
            try:
                draft = self.drafts.read(task, found.id, person, who[1], uid, round_)
                value = value_at_cursor(draft)
            except Damaged:
                continue  # it stays as it is, and a check tells of it
            body = DraftBody(
                task=found.id,
                author=who[0].hex(),
                round=round_,
                step=cursor,
                value=msgspec.Raw(value),
                covers=covers_of(self.file.connection, task, person, round_),
            )
            with self._writing() as (connection, touched):
                touched.append(
                    self._put(
                        connection,
                        who[0].hex(),
                        uid,
                        EntityKind.ANNOTATION,
                        encode(body),
                        (),
                        OpKind.DRAFT,
                    )
                )
                connection.execute(
                    "UPDATE draft SET covered=? WHERE task=? AND person=? AND round=?",
                    (cursor, task, person, round_),
                )
            written += 1
        return written

    def draft_problems(self) -> Iterator[Problem]:
        """Drafts whose steps cannot be followed to the value a person left."""
        for task, person, round_, handle in self.file.rows(
            "SELECT draft.task, draft.person, draft.round, coalesce(who.handle, '') FROM draft "
            "LEFT JOIN who ON who.id=draft.person ORDER BY draft.task"
        ):
            try:
                found = self.file.row("SELECT uid FROM ent WHERE id=?", (task,))
                author = self.file.row("SELECT uid FROM person WHERE id=?", (person,))
                if found is None or author is None:
                    raise Damaged("its task or its person is not there")
                uid = annotation_uid(found[0], "work", author[0].hex(), round_)
                value_at_cursor(self.drafts.read(task, found[0].hex(), person, handle, uid, round_))
            except Damaged as damage:
                reason = f"the draft of {handle or 'somebody'} in row {task}: {damage.reason}"
                yield Problem("file_damaged", self.file.where, {"reason": reason})

    def forget_old_steps(self) -> int:
        """Drop the steps of submitted work that nobody touched for 30 days; how many drafts."""
        return self.drafts.forget_old(self.log.clock.now() - _DAYS_30)


def value_at_cursor(draft: DraftRow) -> bytes:
    """The JSON of a draft's value at its cursor. Raises Damaged."""
    try:
        tree = ValueTree.read(draft.tree, draft.tree_status, draft.tree_reason)
        for step in draft.path:
            tree.apply_all(step.forward)
    except (*UNREADABLE, ValueError) as error:
        raise Damaged(f"the steps of a draft do not fit its value: {error}") from None
    return tree.json()
