"""Hand-outs in the truth: who holds which tasks since when, and the file that goes out.

The file is made anew and gets what is listed here and nothing else: settings, the queue with labels
and guideline, the tasks, the media they name, the person's own work and drafts, predictions where the
queue shows them. Gold, reviews and what others said have no op, cache, page or hash in it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from labeler import __version__
from labeler.model.ids import (
    annotation_uid,
    fresh_uid,
    guideline_uid,
    handout_uid,
    labels_uid,
    media_uid,
    out_uid,
    person_uid,
    project_entity,
    queue_uid,
)
from labeler.model.problems import Problem, Refusal
from labeler.model.value import LAYERS
from labeler.store.assigned import assigned
from labeler.store.begun_handouts import begin, begun, end
from labeler.store.bodies import AssignBody, encode
from labeler.store.damage import read_body, refuses_damage
from labeler.store.deciding import Deciding
from labeler.store.listed import status_word
from labeler.store.op_rows import ReadOp, ops_at
from labeler.store.oplog import EntityKind, OpKind
from labeler.store.rows import TaskRow
from labeler.store.schema import FOLD_VERSION
from labeler.store.taking import Strand

__all__ = ["Handed", "Handing", "HandoutRow", "HandoutTask"]

HANDOUT = "handout"
"""The fact of a file that says which hand-out it is and whose: JSON of AssignBody without tasks."""
_CHUNK = 400
_WORK, _PREDICTION = LAYERS.index("work"), LAYERS.index("prediction")


class HandoutRow(msgspec.Struct, frozen=True):
    """A hand-out: who has it since when (milliseconds since the epoch), how far it has come here.

    ``done`` counts tasks that the person submitted, skipped or flagged, ``drafts`` those of the others
    of which unfinished work came; ``recalled`` is 0 while it is out. ``name`` is the person's own,
    ``giver`` that of who handed it out, else the handle.
    """

    id: str
    person: str
    by: str
    queue: str
    tasks: int
    done: int
    since: int
    due: str
    recalled: int
    drafts: int = 0
    name: str = ""
    giver: str = ""


class HandoutTask(msgspec.Struct, frozen=True):
    """A task of a hand-out: ``state`` is ``done``, ``draft`` or ``waiting``; key and queue are empty
    where the task is not here. ``changed`` is when the person did it (milliseconds, 0: not yet)."""

    id: str
    key: str
    queue: str
    state: str
    status: str
    changed: int


class Handed(msgspec.Struct, frozen=True):
    """What a file says of the hand-out it is: its id, whose it is (handle and name), who gave it, since
    when (milliseconds since the epoch) and until when (an ISO date or empty)."""

    id: str
    to: str
    name: str
    by: str
    since: int
    due: str


class _Fact(AssignBody, frozen=True, omit_defaults=True):
    """A hand-out as the file that is one says it, without its tasks; ``by_name`` says who gave it, for
    they are nobody in that file."""

    by_name: str = ""


class Handing(Deciding):
    """Hands tasks out and recalls them."""

    @property
    def handed(self) -> Handed | None:
        """The hand-out that this file is, or None."""
        raw = self.file.meta(HANDOUT)
        if not isinstance(raw, bytes):
            return None
        told = read_body(raw, _Fact)
        person = self._person(told.person)
        return Handed(
            id=told.handout,
            to=person[0] if person else "",
            name=person[1] if person else "",
            by=told.by_name or self._title(told.by),
            since=told.since,
            due=told.due,
        )

    @property
    def handed_to(self) -> str:
        """The handle of the person this file was handed out to, or an empty text."""
        handed = self.handed
        return handed.to if handed is not None else ""

    def free_among(self, tasks: Sequence[TaskRow], to: str, *, by: str) -> list[TaskRow]:
        """Those of these tasks that can be handed out to a person, who has not done them.

        Nobody has them, or who hands out does: then they are handed on.
        """
        people = person_uid(self.uid, by), person_uid(self.uid, to)
        return [row for row in tasks if self._is_free(row, *people)]

    def _is_free(self, row: TaskRow, by: bytes, to: bytes) -> bool:
        sql = (
            "SELECT 1 FROM task WHERE id=? AND (out_to IS NULL OR "
            "out_to=(SELECT id FROM person WHERE uid=?)) AND NOT EXISTS(SELECT 1 FROM ann "
            "JOIN person ON person.id=ann.author WHERE ann.task=task.id AND ann.layer=0 "
            "AND ann.status<>0 AND person.uid=?)"
        )
        return self.file.row(sql, (row.row, by, to)) is not None

    def assign(
        self,
        queue: str,
        tasks: Sequence[TaskRow],
        *,
        to: str,
        by: str,
        due: str = "",
        out: Path | None = None,
    ) -> AssignBody:
        """Write down that a person has these tasks from now on.

        ``out`` is where the file is going to be: until ``handed_out`` says that it is, whoever opens the
        project after this process was killed takes the tasks back.
        """
        body = AssignBody(
            handout=fresh_uid().hex(),
            person=person_uid(self.uid, to).hex(),
            queue=queue,
            by=person_uid(self.uid, by).hex(),
            tasks=tuple(task.id for task in tasks),
            since=time.time_ns() // 1_000_000,
            due=due,
        )
        entities = [(handout_uid(self.uid, body.handout), body), *_places(body)]
        with self._writing() as (connection, touched):
            if out is not None:
                begin(connection, body.handout, by, out)
            self._put_assigned(connection, touched, by, entities)
        return body

    def handed_out(self, handout: str) -> None:
        """Say that the file of a hand-out is where it was to be."""
        with self.file.writing() as connection:
            end(connection, handout)

    def end_begun_handouts(self) -> list[Problem]:
        """End what a killed program began: a hand-out whose file was never made is taken back.

        A line for each of these; one whose file is there stands.
        """
        told = []
        for one in begun(self.file):
            if one.goes_on:
                continue
            if one.is_made(HANDOUT):
                self.handed_out(one.handout)
                continue
            try:
                row = self.recall(one.handout, by=one.by)
            except Refusal:
                continue  # it tells of nobody's tasks, or the disk is full: the next time, or by hand
            params = {"person": row.name or row.person, "file": one.out}
            told.append(Problem("handout_unmade", self.file.where, params))
        return told

    def recall(self, handout: str, *, by: str) -> HandoutRow:
        """Take a hand-out back: its tasks are for everybody again; what still comes is kept."""
        row = self.file.row("SELECT id FROM ent WHERE uid=?", (handout_uid(self.uid, handout),))
        body = assigned(self.file.connection, row[0]) if row else None
        if body is None:
            raise Refusal.of("handout_unknown", self.file.where, handout=handout)
        if not body.recalled:
            now = time.time_ns() // 1_000_000
            told = msgspec.structs.replace(body, recalled=now)
            with self._writing() as (connection, touched):
                end(connection, handout)
                self._put_assigned(
                    connection, touched, by, [(handout_uid(self.uid, handout), told)]
                )
        return next(one for one in self.handouts() if one.id == handout)

    def give_again(self, handout: str, *, by: str) -> HandoutRow:
        """Take a recall back: the person has the tasks again, but for those others got meanwhile."""
        uid = handout_uid(self.uid, handout)
        row = self.file.row("SELECT id FROM ent WHERE uid=?", (uid,))
        body = assigned(self.file.connection, row[0]) if row else None
        if body is None:
            raise Refusal.of("handout_unknown", self.file.where, handout=handout)
        if body.recalled:
            again = msgspec.structs.replace(body, recalled=0)
            with self._writing() as (connection, touched):
                self._put_assigned(connection, touched, by, [(uid, again)])
        return next(one for one in self.handouts() if one.id == handout)

    def _put_assigned(
        self,
        connection: sqlite3.Connection,
        touched: list[int],
        by: str,
        entities: Sequence[tuple[bytes, AssignBody]],
    ) -> None:
        person = person_uid(self.uid, by).hex()
        for uid, told in entities:
            parents = self._parents(uid, EntityKind.ASSIGN)
            kind, raw = EntityKind.ASSIGN, encode(told)
            touched.append(self._put(connection, person, uid, kind, raw, parents))

    @refuses_damage
    def handouts(self) -> list[HandoutRow]:
        """Every hand-out, the newest first."""
        found = []
        for (ent,) in self.file.rows(
            "SELECT id FROM ent WHERE kind=? ORDER BY id DESC", (int(EntityKind.ASSIGN),)
        ):
            body = assigned(self.file.connection, ent)
            if body is not None and not body.task:
                found.append(self._handout(body))
        return sorted(found, key=lambda one: (-one.since, one.id))

    def _handout(self, body: AssignBody) -> HandoutRow:
        done, drafts = self._progress(body)
        person = self._person(body.person)
        return HandoutRow(
            id=body.handout,
            person=person[0] if person else body.person,
            by=self._name(body.by),
            queue=body.queue,
            tasks=len(body.tasks),
            done=len(done),
            since=body.since,
            due=body.due,
            recalled=body.recalled,
            drafts=len(drafts - done.keys()),
            name=person[1] if person else "",
            giver=self._title(body.by),
        )

    def handout_tasks(self, handout: str) -> list[HandoutTask]:
        """The tasks of a hand-out in their order and how far the person is with each, as is known
        here; raises Refusal handout_unknown."""
        row = self.file.row("SELECT id FROM ent WHERE uid=?", (handout_uid(self.uid, handout),))
        body = assigned(self.file.connection, row[0]) if row else None
        if body is None:
            raise Refusal.of("handout_unknown", self.file.where, handout=handout)
        done, drafts = self._progress(body)
        found = []
        for uid in body.tasks:
            here = self.file.row(
                "SELECT task.key, queue.name FROM ent JOIN task ON task.id=ent.id "
                "JOIN queue ON queue.id=task.queue WHERE ent.uid=? AND task.status>=0",
                (bytes.fromhex(uid),),
            )
            status, hlc = done.get(uid, (0, 0))
            found.append(
                HandoutTask(
                    id=uid,
                    key=here[0] if here else "",
                    queue=here[1] if here else "",
                    state="done" if uid in done else "draft" if uid in drafts else "waiting",
                    status=status_word(status) if uid in done else "",
                    changed=hlc >> 16,
                )
            )
        return found

    def _progress(self, body: AssignBody) -> tuple[dict[str, tuple[int, int]], set[str]]:
        """Of a hand-out's tasks those the person finished, with status and clock, and those of which
        unfinished work came."""
        done: dict[str, tuple[int, int]] = {}
        drafts: set[str] = set()
        person = bytes.fromhex(body.person)
        for start in range(0, len(body.tasks), _CHUNK):
            uids = body.tasks[start : start + _CHUNK]
            marks = ",".join("?" * len(uids))
            for uid, status, hlc in self.file.rows(
                "SELECT ent.uid, ann.status, ann.hlc FROM ann JOIN ent ON ent.id=ann.task "
                f"WHERE ent.uid IN ({marks}) AND ann.author=(SELECT id FROM person WHERE uid=?) "
                "AND ann.layer=? AND ann.status<>0",
                (*map(bytes.fromhex, uids), person, _WORK),
            ):
                done[uid.hex()] = max(done.get(uid.hex(), (0, 0)), (status, hlc))
            named = {
                annotation_uid(bytes.fromhex(uid), "work", body.person, 0): uid for uid in uids
            }
            drafts |= {
                named[uid]
                for (uid,) in self.file.rows(
                    f"SELECT uid FROM ent WHERE uid IN ({marks}) AND EXISTS(SELECT 1 FROM op "
                    "WHERE op.ent=ent.id AND op.kind=?)",
                    (*named, int(OpKind.DRAFT)),
                )
            }
        return done, drafts

    def _person(self, uid: str) -> tuple[str, str] | None:
        """Handle and name of a person, or None where nobody here knows them."""
        row = self.file.row(
            "SELECT who.handle, who.name FROM person JOIN who ON who.id=person.id "
            "WHERE person.uid=?",
            (bytes.fromhex(uid),),
        )
        return (str(row[0]), str(row[1])) if row else None

    def _name(self, uid: str) -> str:
        person = self._person(uid)
        return person[0] if person else uid

    def _title(self, uid: str) -> str:
        """The name of a person, else their handle, else nothing."""
        person = self._person(uid) if uid else None
        return (person[1] or person[0]) if person else ""

    # what goes out

    def facts_out(self, body: AssignBody) -> dict[str, bytes | int | str]:
        """The facts that the file of a hand-out begins with."""
        fields = {**msgspec.structs.asdict(body), "tasks": ()}
        told = _Fact(**fields, by_name=self._title(body.by))
        facts: dict[str, bytes | int | str] = {
            "project": self.uid,
            "fold": FOLD_VERSION,
            "made_by": __version__,
        }
        return facts | {HANDOUT: encode(told)}

    def settings_out(self, body: AssignBody, media: Sequence[tuple[str, str]]) -> list[bytes]:
        """The entities that go out with any task: project, person, queue with labels and guideline,
        the hand-out, media by root and path."""
        found = [project_entity(self.uid), bytes.fromhex(body.person)]
        found += [name(self.uid, body.queue) for name in (queue_uid, labels_uid, guideline_uid)]
        found.append(handout_uid(self.uid, body.handout))
        return found + [media_uid(self.uid, root, path) for root, path in media]

    def work_out(self, body: AssignBody, tasks: Sequence[str], *, predictions: bool) -> list[bytes]:
        """The entities of these tasks that go out: the tasks, their places in the hand-out, the
        person's own work, predictions where they are shown."""
        found: list[bytes] = []
        for task in tasks:
            uid = bytes.fromhex(task)
            found += [uid, out_uid(uid), *self._own_work(uid, body.person)]
            if predictions:
                found += self._predictions(uid)
        return found

    def ops_of(self, entities: Sequence[bytes]) -> list[tuple[int, int]]:
        """Strand (its row) and sequence of every op of these entities."""
        return [
            (row[0], row[1])
            for uid in entities
            for row in self.file.rows(
                "SELECT strand, seq FROM op WHERE ent=(SELECT id FROM ent WHERE uid=?)", (uid,)
            )
        ]

    def strands(self) -> list[Strand]:
        """Every strand, by its row, as who takes its ops in needs it."""
        return [
            Strand(row[0], row[1], row[2], row[3], row[4], 0)
            for row in self.file.rows(
                "SELECT strand.id, strand.uid, coalesce(person.uid, x''), device, app FROM strand "
                "LEFT JOIN person ON person.id=strand.person ORDER BY strand.id"
            )
        ]

    def read_ops(self, strand: int, sequences: Sequence[int]) -> list[ReadOp]:
        """These ops of a strand (its row); the sequences ascend."""
        return list(ops_at(self.file, strand, sequences))

    def _own_work(self, task: bytes, person: str) -> Iterator[bytes]:
        """The person's annotations of a task; a round that was only begun is one of them."""
        row = self.file.row(
            "SELECT max(round) FROM ann WHERE task=(SELECT id FROM ent WHERE uid=?)", (task,)
        )
        for round_ in range((row[0] or 0) + 2):
            yield annotation_uid(task, "work", person, round_)

    def _predictions(self, task: bytes) -> Iterator[bytes]:
        """What models said of a task, and which models."""
        for row in self.file.rows(
            "SELECT ent.uid, person.uid FROM ann JOIN ent ON ent.id=ann.id "
            "JOIN person ON person.id=ann.author "
            "WHERE ann.task=(SELECT id FROM ent WHERE uid=?) AND ann.layer=?",
            (task, _PREDICTION),
        ):
            yield from row


def _places(body: AssignBody) -> Iterator[tuple[bytes, AssignBody]]:
    """That each task of a hand-out is in it."""
    for task in body.tasks:
        told = AssignBody(handout=body.handout, person=body.person, task=task)
        yield out_uid(bytes.fromhex(task)), told
