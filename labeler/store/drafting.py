"""Drafts as the desk knows them: by task and person, steps and annotation op in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from labeler.model.ids import annotation_uid
from labeler.model.json import UNREADABLE
from labeler.model.problems import Problem, Refusal
from labeler.model.steps import ValueTree
from labeler.model.value import LAYERS
from labeler.store.bodies import DraftBody, encode
from labeler.store.damage import Damaged
from labeler.store.draft_places import AT_PLACE, DraftNames, DraftPlace, names_of
from labeler.store.drafts import CHECKPOINT_EVERY, Drafts, refuse_held
from labeler.store.heads import heads_of
from labeler.store.live_drafts import covers_of
from labeler.store.oplog import EntityKind, OpKind
from labeler.store.rows import DraftRow, NewStep, Person, StepRow, TaskRow
from labeler.store.writing import Writer

__all__ = ["Drafting", "draft_op", "value_at_cursor"]


class Drafting(Writer):
    """Opens, writes and covers the drafts of a project."""

    def open_draft(
        self,
        task: TaskRow,
        person: Person,
        *,
        round_: int = 0,
        layer: str = "work",
        about: str = "",
        take: bool = True,
        over: bool = False,
    ) -> DraftRow:
        """The person's draft of a task; with ``take`` this process becomes the one that writes it.

        ``layer``, ``round_`` and the annotation it is ``about`` (hexadecimal, which is in this file) are
        those of the annotation that is to be made of it.
        """
        place = self._place(task.row, person, layer, round_, about)
        if take and not self.read_only:
            self.drafts.take(task.row, place.person, over=over)
        return self.drafts.read(place, person.handle)

    def _place(
        self, task: int, person: Person, layer: str = "work", round_: int = 0, about: str = ""
    ) -> DraftPlace:
        told = (bytes.fromhex(about),)
        row = self.file.row("SELECT id FROM ent WHERE uid=?", told) if about else (0,)
        if row is None:
            raise Refusal.of("argument", self.file.where, reason=f"there is no annotation {about}")
        return DraftPlace(task, self._person_row(person), LAYERS.index(layer), round_, row[0])

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
        place = self._place(task.row, person, round_=round_)
        return tuple(self.drafts.path(place, number, CHECKPOINT_EVERY))

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
                f"UPDATE draft SET state=? WHERE {AT_PLACE}",
                (
                    msgspec.json.encode(state).decode(),
                    *self._place(task.row, person, round_=round_),
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
        place = self._place(task.row, person, draft.layer, draft.round, draft.about)
        row = place.person
        base = bytes.fromhex(draft.base)
        with self._writing() as (connection, touched):
            if not self.drafts.holds(connection, task.row, row):
                holder = self.drafts.holder(task.row, row) or "?:0"
                raise refuse_held(holder, person.title, self.file.where)
            if annotate is not None:
                value, status, reason, context = annotate
                entity = annotation_uid(
                    bytes.fromhex(task.id), draft.layer, person.uid, draft.round, draft.about
                )
                parents = self._seen_heads(entity, base)
                covers = covers_of(connection, place)
                if steps:
                    self.log.strand_row(connection, bytes.fromhex(person.uid))
                    assert self.log.strand is not None
                    covers[self.log.strand.hex()] = max(step.number for step in steps)
                ent = self._annotate(
                    connection,
                    task,
                    person.handle,
                    value,
                    draft.layer,
                    draft.round,
                    status,
                    reason,
                    context,
                    person.handle,
                    parents,
                    covers,
                    draft.about,
                )
                touched.append(ent)
                base = connection.execute(
                    "SELECT h FROM op WHERE ent=? ORDER BY id DESC LIMIT 1", (ent,)
                ).fetchone()[0]
            hlc = self.drafts.write(
                connection,
                place,
                bytes.fromhex(person.uid),
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
        for place, cursor in self.drafts.loose():
            who = self.file.row("SELECT 1 FROM who WHERE id=?", (place.person,))
            if self.query.by_row(place.task) is None or who is None:
                continue
            try:
                names, body = draft_op(self.drafts, place, cursor)
            except Damaged:
                continue  # it stays as it is, and a check tells of it
            with self._writing() as (connection, touched):
                touched.append(
                    self._put(
                        connection,
                        names.author.hex(),
                        names.annotation,
                        EntityKind.ANNOTATION,
                        body,
                        (),
                        OpKind.DRAFT,
                    )
                )
                sql = f"UPDATE draft SET covered=? WHERE {AT_PLACE}"
                connection.execute(sql, (cursor, *place))
            written += 1
        return written

    def draft_problems(self) -> Iterator[Problem]:
        """Drafts whose steps cannot be followed to the value a person left."""
        for *rows, handle in self.file.rows(
            "SELECT task, person, layer, round, about, coalesce(who.handle, '') FROM draft "
            "LEFT JOIN who ON who.id=draft.person ORDER BY task"
        ):
            place = DraftPlace(*rows)
            try:
                value_at_cursor(self.drafts.read(place))
            except Damaged as damage:
                reason = f"the draft of {handle or 'somebody'} in row {place.task}: {damage.reason}"
                yield Problem("file_damaged", self.file.where, {"reason": reason})


def draft_op(drafts: Drafts, place: DraftPlace, cursor: int) -> tuple[DraftNames, bytes]:
    """What a draft is called in every copy, and the body of the op it makes. Raises Damaged."""
    names = names_of(drafts.file, place)
    body = DraftBody(
        task=names.task.hex(),
        author=names.author.hex(),
        round=place.round,
        step=cursor,
        value=msgspec.Raw(value_at_cursor(drafts.read(place))),
        covers=covers_of(drafts.file.connection, place),
        layer=names.layer,
        about=names.about.hex(),
    )
    return names, encode(body)


def value_at_cursor(draft: DraftRow) -> bytes:
    """The JSON of a draft's value at its cursor. Raises Damaged."""
    try:
        tree = ValueTree.read(draft.tree, draft.tree_status, draft.tree_reason)
        for step in draft.path:
            tree.apply_all(step.forward)
    except (*UNREADABLE, ValueError) as error:
        raise Damaged(f"the steps of a draft do not fit its value: {error}") from None
    return tree.json()
