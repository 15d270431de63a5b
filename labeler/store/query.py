"""What is read from a project: queues, people, tasks, annotations. Pages, never an open cursor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from labeler.model.finding import Condition, Filter, read_filter
from labeler.model.ids import guideline_uid, labels_uid, queue_uid, uid_from_text
from labeler.model.names import shown
from labeler.model.problems import Refusal, nearest
from labeler.model.queue import QueueConfig, read_config
from labeler.model.value import LAYERS
from labeler.store.bodies import AnnotationBody, GuidelineBody, LabelsBody, QueueBody, TaskBody
from labeler.store.damage import read_body, refuses_damage
from labeler.store.file import ProjectFile
from labeler.store.fold import DONE
from labeler.store.heads import heads_of
from labeler.store.indexed_listing import IndexedListing
from labeler.store.indexing import Indexing
from labeler.store.listed import COLUMNS, FROM, Listed, status_word, task_row
from labeler.store.listing import Listing
from labeler.store.matching import wanted_of
from labeler.store.oplog import EntityKind, unpack_body
from labeler.store.order import Order
from labeler.store.people import people_of
from labeler.store.rows import (
    STATUSES,
    AnnotationRow,
    Person,
    QueueRow,
    TaskFull,
    TaskPage,
    TaskRow,
)
from labeler.store.sorting import in_order

__all__ = ["Query"]


class Query:
    """Reads one project file."""

    def __init__(self, file: ProjectFile, project: bytes) -> None:
        self.file = file
        self.project = project
        self._order = Order(file)
        self.index: Indexing | None = None
        """The search index of this machine, where somebody wants it to answer."""

    # people and queues

    @refuses_damage
    def people(self) -> list[Person]:
        """Everybody known, people before models, by handle."""
        return people_of(self.file, self.project)

    @refuses_damage
    def queues(self) -> list[QueueRow]:
        """The queues in order."""
        rows = self.file.rows("SELECT id, name FROM queue ORDER BY ord, name")
        return [self._queue(ent, name) for ent, name in rows]

    @refuses_damage
    def queue(self, name: str) -> QueueRow:
        """The queue with this name; raises Refusal queue_unknown."""
        row = self.file.row("SELECT id, name FROM queue WHERE name=?", (name,))
        if row is None:
            known = [found[0] for found in self.file.rows("SELECT name FROM queue")]
            raise Refusal.of(
                "queue_unknown", self.file.where, queue=name, hint=nearest(name, known)
            )
        return self._queue(row[0], row[1])

    @refuses_damage
    def body_of(self, uid: bytes, kind: EntityKind) -> tuple[bytes | None, str, int]:
        """The shown body of an entity, its op hash in hex and how many versions there are."""
        row = self.file.row("SELECT id FROM ent WHERE uid=?", (uid,))
        if row is None:
            return None, "", 0
        heads, _ = heads_of(self.file.connection, row[0], kind)
        if not heads:
            return None, "", 0
        body = unpack_body(self.file.connection, heads[0].enc, heads[0].stored)
        return body, heads[0].hash.hex(), len(heads)

    def _queue(self, ent: int, name: str) -> QueueRow:
        raw, version, bodies = self.body_of(queue_uid(self.project, name), EntityKind.QUEUE)
        body = read_body(raw, QueueBody) if raw is not None else QueueBody(name, name, "")
        labels, labels_version, sets = self.body_of(
            labels_uid(self.project, name), EntityKind.LABELS
        )
        text, text_version, texts = self.body_of(
            guideline_uid(self.project, name), EntityKind.GUIDELINE
        )
        config = self._config(name, body, labels, text)
        tallies = self.file.rows("SELECT status, n FROM tally WHERE queue=? AND n>0", (ent,))
        statuses = {status_word(status): n for status, n in tallies}
        return QueueRow(
            uid=queue_uid(self.project, name).hex(),
            name=name,
            title=shown(body.title or name),
            panel=body.panel,
            config=config,
            tasks=sum(n for _, n in tallies),
            done=sum(n for status, n in tallies if status in DONE),
            statuses=statuses,
            versions={"queue": version, "labels": labels_version, "guideline": text_version},
            conflict=bodies > 1 or sets > 1 or texts > 1,
        )

    def _config(
        self, name: str, body: QueueBody, labels: bytes | None, text: bytes | None
    ) -> QueueConfig:
        tree = {
            "labels": read_body(labels, LabelsBody).labels if labels else [],
            "questions": body.questions,
            "guideline": read_body(text, GuidelineBody).markdown if text else "",
            "policy": body.policy,
            "settings": body.settings,
        }
        return read_config(msgspec.json.encode(tree), f"{self.file.where}: queue {name}")

    # tasks

    @refuses_damage
    def find(self, text: str, queue: str | None = None) -> TaskRow:
        """The task with this id or key; raises Refusal task_unknown or task_double."""
        uid = uid_from_text(text)
        if uid is not None:
            row = self.file.row(
                f"SELECT {COLUMNS} {FROM} WHERE ent.uid=? AND task.status>=0", (uid,)
            )
            if row is not None:
                return task_row(row)
        sql = f"SELECT {COLUMNS} {FROM} WHERE task.key=? AND task.status>=0"
        rows = self.file.rows(
            sql + (" AND queue.name=?" if queue else ""), (text, queue) if queue else (text,)
        )
        if not rows:
            raise Refusal.of("task_unknown", self.file.where, task=text)
        if len(rows) > 1:
            uids = ", ".join(row[1].hex() for row in rows)
            raise Refusal.of("task_double", self.file.where, task=text, count=len(rows), uids=uids)
        return task_row(rows[0])

    @refuses_damage
    def by_row(self, row: int) -> TaskRow | None:
        """The task in this row, or None."""
        found = self.file.row(f"SELECT {COLUMNS} {FROM} WHERE task.id=?", (row,))
        return task_row(found) if found else None

    def page(
        self,
        queue: str | None = None,
        status: str | None = None,
        search: str = "",
        offset: int = 0,
        limit: int = 200,
        count: bool = True,
        *,
        asked: Filter | None = None,
    ) -> TaskPage:
        """A page of the task list in order of queue, priority and order.

        ``search`` is what a person writes, see ``read_filter``; ``asked`` what it would be read as.
        """
        listing = self.listing(queue, status, search, asked=asked)
        while not listing.complete and (count or listing.total < offset + limit):
            listing.find_more()
        rows = tuple(listing.tasks(offset, limit))
        return TaskPage(rows, listing.total if count else -1)

    def listing(
        self,
        queue: str | None = None,
        status: str | None = None,
        search: str = "",
        *,
        asked: Filter | None = None,
    ) -> Listed:
        """The tasks of a queue and a status that a search finds, as ``found`` lists them.

        ``asked`` is what ``search`` would be read as.
        """
        if status is not None and status not in STATUSES:
            reason = f"there is no status {status!r}{nearest(status, STATUSES)}"
            raise Refusal.of("argument", self.file.where, reason=reason)
        conditions = []
        if queue is not None:
            conditions.append(Condition("queue", (queue,)))
        if status is not None:
            conditions.append(Condition("status", (status,)))
        whole = self.read_filter(search) if asked is None else asked
        return self.found(whole.also(Filter((), tuple(conditions))))

    def read_filter(self, text: str) -> Filter:
        """The filter a person wrote, with the questions of this project as fields. Raises Refusal."""
        if ":" not in text:
            return read_filter(text)
        return read_filter(text, self.questions())

    def questions(self) -> tuple[str, ...]:
        """The ids of all questions, each once: fields a filter may name."""
        ids = [question.id for queue in self.queues() for question in queue.config.questions]
        return tuple(dict.fromkeys(ids))

    @refuses_damage
    def found(self, asked: Filter) -> Listed:
        """The tasks a filter lets through: from the index where it may answer, else by a scan.

        Raises Refusal queue_unknown, person_unknown and what is wrong with a condition.
        """
        if asked.sort is not None:
            order = asked.sort
            return in_order(self, asked.sorted_by(None), order.column, descending=order.descending)
        queue, rest = asked.only("queue"), asked
        if queue:
            # By its name the table leads to the tasks of a queue; a title is a condition as any.
            queue = queue if self._is_queue(queue) else ""
            rest = _without(asked, "queue", queue)
        indexed = self.indexed(asked) if rest.is_on else None
        return indexed or Listing(self.file, queue or None, wanted_of(rest, self.file, self.queues))

    def indexed(self, asked: Filter) -> IndexedListing | None:
        """The same from the index; None where a scan has to answer."""
        if self.index is None:
            return None
        matching = self.index.matching(wanted_of(asked, self.file, self.queues))
        return IndexedListing(self.index, matching) if matching is not None else None

    def scanned(self, asked: Filter, *, by_key: bool, descending: bool) -> Listing:
        """The same, found by looking at every task, in order of the queues or of keys."""
        wanted = wanted_of(asked, self.file, self.queues)
        return Listing(self.file, None, wanted, by_key=by_key, descending=descending)

    def _is_queue(self, name: str) -> bool:
        sql = "SELECT 1 FROM queue WHERE name=?"
        return self.file.row(sql, (name,)) is not None

    @refuses_damage
    def next_open(
        self, queue: str, person: bytes, after: tuple[int, int, int] | None = None
    ) -> TaskRow | None:
        """The first open task of a queue that this person has not done, behind ``after`` if given.

        One that is handed out to somebody else waits until they have done theirs.
        """
        found = self.file.row(
            f"SELECT {COLUMNS} {FROM} WHERE task.id=(SELECT t.id FROM task AS t "
            "INDEXED BY task_next WHERE t.queue=(SELECT id FROM queue WHERE name=?) "
            "AND t.status=0 AND (t.prio, t.ord, t.id) > (?,?,?) AND NOT EXISTS("
            "SELECT 1 FROM ann WHERE ann.task=t.id AND ann.layer=0 AND ann.status<>0 AND "
            "ann.author=(SELECT id FROM person WHERE uid=?)) AND (t.out_to IS NULL OR "
            "t.out_to=(SELECT id FROM person WHERE uid=?) OR EXISTS(SELECT 1 FROM ann "
            "WHERE ann.task=t.id AND ann.layer=0 AND ann.status<>0 AND ann.author=t.out_to)) "
            "ORDER BY t.prio, t.ord, t.id LIMIT 1)",
            (queue, *(after or (-(2**62), -(2**62), -1)), person, person),
        )
        return task_row(found) if found else None

    @refuses_damage
    def neighbour(self, row: TaskRow, *, forward: bool) -> TaskRow | None:
        """The task before or after this one in its queue, whatever its status."""
        sign, order = (">", "ASC") if forward else ("<", "DESC")
        found = self.file.row(
            f"SELECT {COLUMNS} {FROM} WHERE task.id=(SELECT t.id FROM task AS t INDEXED BY "
            "task_order WHERE t.queue=(SELECT id FROM queue WHERE name=?) AND t.status>=0 AND "
            f"(t.prio, t.ord, t.id) {sign} (?,?,?) "
            f"ORDER BY t.prio {order}, t.ord {order}, t.id {order} LIMIT 1)",
            (row.queue, row.priority, row.order, row.row),
        )
        return task_row(found) if found else None

    @refuses_damage
    def position(self, row: TaskRow) -> int:
        """How many tasks of its queue stand before this one."""
        return self._order.position(row.queue, (row.priority, row.order, row.row))

    @refuses_damage
    def at(self, queue: str, position: int) -> TaskRow | None:
        """The task at a position of its queue, counted from 0; one not shown gives way to the next."""
        self.queue(queue)
        key = self._order.at(queue, position)
        if key is None:
            return None
        row = self.file.row(
            f"SELECT {COLUMNS} {FROM} WHERE task.id=(SELECT t.id FROM task AS t INDEXED BY "
            "task_order WHERE t.queue=(SELECT id FROM queue WHERE name=?) AND t.status>=0 AND "
            "(t.prio, t.ord, t.id) >= (?,?,?) ORDER BY t.prio, t.ord, t.id LIMIT 1)",
            (queue, *key),
        )
        return task_row(row) if row else None

    # whole tasks

    def full(self, row: TaskRow, layers: frozenset[str] | None = None) -> TaskFull:
        """A task with its content and annotations (of these layers, or of all)."""
        return self._fulls([row], layers)[0]

    def pages(
        self, queue: str | None = None, size: int = 500, layers: frozenset[str] | None = None
    ) -> Iterator[list[TaskFull]]:
        """Every task in order, page by page; no cursor stays open between pages."""
        where = "task.status>=0"
        parameters: tuple[str, ...] = ()
        if queue is not None:
            self.queue(queue)
            where, parameters = f"{where} AND queue.name=?", (queue,)
        last: tuple[int, int, int, int] = (-1, -(2**62), -(2**62), -1)
        while True:
            tasks, last = self._page(where, (*parameters, *last, size), last)
            if tasks:
                yield self._fulls(tasks, layers)
            if len(tasks) < size:
                return

    @refuses_damage
    def _page(
        self, where: str, parameters: tuple[object, ...], last: tuple[int, int, int, int]
    ) -> tuple[list[TaskRow], tuple[int, int, int, int]]:
        rows = self.file.rows(
            f"SELECT {COLUMNS}, task.queue {FROM} WHERE {where} AND "
            "(task.queue, task.prio, task.ord, task.id) > (?,?,?,?) "
            "ORDER BY task.queue, task.prio, task.ord, task.id LIMIT ?",
            parameters,
        )
        end = (rows[-1][9], rows[-1][6], rows[-1][7], rows[-1][0]) if rows else last
        return [task_row(row) for row in rows], end

    @refuses_damage
    def _fulls(self, tasks: list[TaskRow], layers: frozenset[str] | None) -> list[TaskFull]:
        marks = ",".join("?" * len(tasks))
        ids = [task.row for task in tasks]
        bodies = {
            row[0]: (row[1], row[2])
            for row in self.file.rows(
                "SELECT task.id, op.enc, op.body FROM task JOIN op ON op.id=task.head "
                f"WHERE task.id IN ({marks})",
                ids,
            )
        }
        annotations: dict[int, list[AnnotationRow]] = {}
        uids = {task.row: task.id for task in tasks}
        for row in self.file.rows(
            "SELECT ann.task, ent.uid, ann.layer, coalesce(who.handle, hex(person.uid)), "
            "ann.round, op.h, ann.heads, ann.hlc, op.enc, op.body FROM ann "
            "JOIN ent ON ent.id=ann.id JOIN person ON person.id=ann.author "
            "LEFT JOIN who ON who.id=ann.author JOIN op ON op.id=ann.head "
            f"WHERE ann.task IN ({marks})",
            ids,
        ):
            layer = LAYERS[row[2]] if 0 <= row[2] < len(LAYERS) else "unknown"
            if layers is None or layer in layers:
                annotations.setdefault(row[0], []).append(
                    self._annotation(row, layer, uids[row[0]])
                )
        return [
            self._full(task, *bodies.get(task.row, (0, None)), annotations.get(task.row, []))
            for task in tasks
        ]

    @refuses_damage
    def versions(self, annotation: str) -> tuple[AnnotationRow, ...]:
        """Versions of an annotation in conflict (by its id), the shown one first, no deletions."""
        found = self.file.row(
            "SELECT ann.id, ann.task, ent.uid, ann.layer, coalesce(who.handle, hex(person.uid)), "
            "ann.round, ann.heads, task.uid FROM ent JOIN ann ON ann.id=ent.id "
            "JOIN person ON person.id=ann.author LEFT JOIN who ON who.id=ann.author "
            "JOIN ent AS task ON task.id=ann.task WHERE ent.uid=?",
            (bytes.fromhex(annotation),),
        )
        if found is None:
            return ()
        ent, task, uid, number, author, round_, heads, task_uid = found
        layer = LAYERS[number] if 0 <= number < len(LAYERS) else "unknown"
        shown, _ = heads_of(self.file.connection, ent, EntityKind.ANNOTATION)
        return tuple(
            self._annotation(
                (task, uid, 0, author, round_, op.hash, heads, op.hlc, op.enc, op.stored),
                layer,
                task_uid.hex(),
            )
            for op in shown
            if not op.gone
        )

    def _annotation(self, row: Any, layer: str, task: str) -> AnnotationRow:
        raw = unpack_body(self.file.connection, row[8], row[9])
        body = read_body(raw, AnnotationBody) if raw is not None else AnnotationBody("", "", "")
        return AnnotationRow(
            id=row[1].hex(),
            task=task,
            layer=layer,
            author=row[3],
            round=row[4],
            status=body.status,
            reason=body.reason,
            value=bytes(body.value),
            context=bytes(body.context),
            head=row[5].hex(),
            heads=row[6],
            hlc=row[7],
            about=body.about,
        )

    def _full(
        self, task: TaskRow, enc: int, stored: bytes | None, annotations: list[AnnotationRow]
    ) -> TaskFull:
        raw = unpack_body(self.file.connection, enc, stored)
        body = read_body(raw, TaskBody) if raw is not None else TaskBody(task.queue, task.key)
        content, meta = bytes(body.content), bytes(body.meta)
        if len(annotations) > 1:
            annotations.sort(
                key=lambda one: (
                    LAYERS.index(one.layer) if one.layer in LAYERS else 99,
                    one.author,
                    one.round,
                    one.about,
                )
            )
        return TaskFull(
            row=task,
            content=b"" if content == b"null" else content,
            meta={} if meta == b"{}" else read_body(meta, dict[str, Any]),
            source=body.source,
            annotations=tuple(annotations),
            fingerprint=body.fingerprint,
        )

    def counts(self) -> dict[str, int]:
        """How many tasks, people's annotations and conflicts there are."""
        return {
            "tasks": self.file.row("SELECT coalesce(sum(n), 0) FROM tally WHERE queue<>0")[0],
            "annotations": self.file.row(
                "SELECT coalesce(sum(n), 0) FROM tally WHERE queue=0 AND status=0"
            )[0],
            "conflicts": self.file.row("SELECT count(*) FROM conflict")[0],
        }


def _without(asked: Filter, field: str, value: str) -> Filter:
    """The filter without the condition that the field has this one value."""
    gone = Condition(field, (value,))
    return Filter(asked.words, tuple(one for one in asked.conditions if one != gone))
