"""Hand-outs in the truth: who holds which tasks since when, and the file that goes out.

The file is made anew and gets what is listed here and nothing else: settings, the queue with labels
and guideline, the tasks, the media they name, the person's own work and drafts, predictions where the
queue shows them. Gold, reviews and what others said have no op, cache, page or hash in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
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
from labeler.store import health
from labeler.store.assigned import assigned
from labeler.store.bodies import AssignBody, encode
from labeler.store.copying import making
from labeler.store.damage import one_line, refuses_damage
from labeler.store.deciding import Deciding
from labeler.store.file import ProjectFile, create_file
from labeler.store.media_rows import BlobPart, Media, PartsWriter, packed_key
from labeler.store.op_rows import ops_at
from labeler.store.oplog import EntityKind, OpLog
from labeler.store.rows import TaskRow
from labeler.store.schema import FOLD_VERSION
from labeler.store.taking import Strand, Take, Taking

__all__ = ["Handing", "HandoutRow", "Packed"]

HANDOUT = "handout"
"""The fact of a file that says which hand-out it is and whose: JSON of AssignBody without tasks."""
_WORK, _PREDICTION = LAYERS.index("work"), LAYERS.index("prediction")


class HandoutRow(msgspec.Struct, frozen=True):
    """A hand-out: who has it since when (milliseconds since the epoch), how far it has come here.

    ``done`` counts tasks that the person submitted, skipped or flagged; ``recalled`` is 0 while it is
    out.
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


class Packed(msgspec.Struct, frozen=True):
    """A medium to be packed: its name, its BLAKE2b-256, and what yields its bytes by mebibytes."""

    root: str
    path: str
    hash: bytes
    parts: Callable[[], Iterator[bytes]]


class Handing(Deciding):
    """Hands tasks out and recalls them."""

    @property
    def handed_to(self) -> str:
        """The handle of the person this file was handed out to, or an empty text."""
        raw = self.file.meta(HANDOUT)
        if not isinstance(raw, bytes):
            return ""
        uid = bytes.fromhex(msgspec.json.decode(raw, type=AssignBody).person)
        row = self.file.row(
            "SELECT who.handle FROM person JOIN who ON who.id=person.id WHERE person.uid=?", (uid,)
        )
        return str(row[0]) if row else ""

    @refuses_damage
    def to_hand_out(
        self, queue: str, to: str, count: int, *, by: str, search: str = ""
    ) -> list[TaskRow]:
        """The first tasks of a queue that the person could work at, in order.

        Nobody has them, or who hands out does: then they are handed on.
        """
        listing = self.query.listing(queue, "open", search)
        found: list[TaskRow] = []
        people = person_uid(self.uid, by), person_uid(self.uid, to)
        at = 0
        while len(found) < count:
            while not listing.complete and listing.total <= at:
                listing.find_more()
            page = list(listing.tasks(at, 200))
            if not page:
                break
            at += len(page)
            found += [row for row in page if self._is_free(row, *people)]
        return found[:count]

    def _is_free(self, row: TaskRow, by: bytes, to: bytes) -> bool:
        sql = (
            "SELECT 1 FROM task WHERE id=? AND (out_to IS NULL OR "
            "out_to=(SELECT id FROM person WHERE uid=?)) AND NOT EXISTS(SELECT 1 FROM ann "
            "JOIN person ON person.id=ann.author WHERE ann.task=task.id AND ann.layer=0 "
            "AND ann.status<>0 AND person.uid=?)"
        )
        return self.file.row(sql, (row.row, by, to)) is not None

    def assign(
        self, queue: str, tasks: Sequence[TaskRow], *, to: str, by: str, due: str = ""
    ) -> AssignBody:
        """Write down that a person has these tasks from now on."""
        body = AssignBody(
            handout=fresh_uid().hex(),
            person=person_uid(self.uid, to).hex(),
            queue=queue,
            by=person_uid(self.uid, by).hex(),
            tasks=tuple(task.id for task in tasks),
            since=time.time_ns() // 1_000_000,
            due=due,
        )
        self._write(by, [(handout_uid(self.uid, body.handout), body), *_places(body)])
        return body

    def recall(self, handout: str, *, by: str) -> HandoutRow:
        """Take a hand-out back: its tasks are for everybody again; what still comes is kept."""
        row = self.file.row("SELECT id FROM ent WHERE uid=?", (handout_uid(self.uid, handout),))
        body = assigned(self.file.connection, row[0]) if row else None
        if body is None:
            raise Refusal.of("handout_unknown", self.file.where, handout=handout)
        if not body.recalled:
            now = time.time_ns() // 1_000_000
            told = msgspec.structs.replace(body, recalled=now)
            self._write(by, [(handout_uid(self.uid, handout), told)])
        return next(one for one in self.handouts() if one.id == handout)

    def _write(self, by: str, entities: Sequence[tuple[bytes, AssignBody]]) -> None:
        person = person_uid(self.uid, by).hex()
        with self._writing() as (connection, touched):
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
        done = 0
        for uid in body.tasks:
            done += (
                self.file.row(
                    "SELECT 1 FROM ann JOIN person ON person.id=ann.author WHERE ann.task="
                    "(SELECT id FROM ent WHERE uid=?) AND person.uid=? AND layer=? AND status<>0",
                    (bytes.fromhex(uid), bytes.fromhex(body.person), _WORK),
                )
                is not None
            )
        return HandoutRow(
            id=body.handout,
            person=self._name(body.person),
            by=self._name(body.by),
            queue=body.queue,
            tasks=len(body.tasks),
            done=done,
            since=body.since,
            due=body.due,
            recalled=body.recalled,
        )

    def _name(self, uid: str) -> str:
        row = self.file.row(
            "SELECT who.handle FROM person JOIN who ON who.id=person.id WHERE person.uid=?",
            (bytes.fromhex(uid),),
        )
        return str(row[0]) if row else uid

    # the file

    def write_handout(
        self, out: Path, body: AssignBody, media: Sequence[Packed], *, predictions: bool
    ) -> int:
        """Make the file of a hand-out, which must not be there; returns how many ops it holds."""
        with making(out) as made:
            facts = {
                "project": self.uid,
                "fold": FOLD_VERSION,
                "made_by": __version__,
                HANDOUT: encode(msgspec.structs.replace(body, tasks=())),
            }
            file = create_file(made, facts)
            try:
                taking = Taking(file, OpLog(file, self.uid), self.uid, out.name, logged=False)
                taking.run(self._going_out(body, media, predictions), lambda: None)
                self._pack(file, media)
                wrong = list(health.problems_of(file, self.uid))
                if wrong:
                    reason = one_line(str(wrong[0]))
                    raise Refusal(Problem("disk_error", str(out), {"reason": reason}))
            finally:
                file.close()
        return taking.counts.added

    def _going_out(
        self, body: AssignBody, media: Sequence[Packed], predictions: bool
    ) -> Iterator[Take]:
        """The ops that go out, strand by strand."""
        chosen: dict[int, set[int]] = {}
        for uid in self._entities_out(body, media, predictions):
            for strand, seq in self.file.rows(
                "SELECT strand, seq FROM op WHERE ent=(SELECT id FROM ent WHERE uid=?)", (uid,)
            ):
                chosen.setdefault(strand, set()).add(seq)
        for row in self.file.rows(
            "SELECT strand.id, strand.uid, person.uid, device, app FROM strand "
            "JOIN person ON person.id=strand.person ORDER BY strand.id"
        ):
            strand = Strand(row[0], row[1], row[2], row[3], row[4], 0)
            for read in ops_at(self.file, strand.row, sorted(chosen.get(strand.row, ()))):
                yield Take(strand, read)

    def _entities_out(
        self, body: AssignBody, media: Sequence[Packed], predictions: bool
    ) -> Iterator[bytes]:
        yield project_entity(self.uid)
        yield bytes.fromhex(body.person)
        for name in (queue_uid, labels_uid, guideline_uid):
            yield name(self.uid, body.queue)
        yield handout_uid(self.uid, body.handout)
        for one in media:
            yield media_uid(self.uid, one.root, one.path)
        for task in body.tasks:
            uid = bytes.fromhex(task)
            yield uid
            yield out_uid(uid)
            yield from self._own_work(uid, body.person)
            if predictions:
                yield from self._predictions(uid)

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

    def _pack(self, file: ProjectFile, media: Sequence[Packed]) -> None:
        """Put the bytes of media in; that they are is a fact of this file and no op."""
        writer = PartsWriter(Media(file, self.uid).put_parts)
        packed: set[bytes] = set()
        for one in media:
            if one.hash not in packed:
                packed.add(one.hash)
                for number, data in enumerate(one.parts()):
                    writer.add(BlobPart(one.hash, number, data))
            with file.writing() as connection:
                key = packed_key(media_uid(self.uid, one.root, one.path))
                connection.execute("INSERT OR REPLACE INTO meta VALUES(?,?)", (key, one.hash))
        writer.flush()


def _places(body: AssignBody) -> Iterator[tuple[bytes, AssignBody]]:
    """That each task of a hand-out is in it."""
    for task in body.tasks:
        told = AssignBody(handout=body.handout, person=body.person, task=task)
        yield out_uid(bytes.fromhex(task)), told
