"""An open project: what the house may ask of the file and do to it.

One thread owns a Project. Everything that changes the file is one transaction: all of it or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from labeler import __version__
from labeler.model.ids import (
    annotation_uid,
    fresh_uid,
    guideline_uid,
    labels_uid,
    normal_handle,
    person_uid,
    project_entity,
    queue_uid,
)
from labeler.model.json import equal_json, read_json
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import QueueConfig
from labeler.model.value import LAYERS
from labeler.store import health
from labeler.store.bodies import (
    AnnotationBody,
    DraftBody,
    GuidelineBody,
    LabelsBody,
    MediaBody,
    PersonBody,
    ProjectBody,
    QueueBody,
    encode,
    value_tree,
)
from labeler.store.bulk import Bulk
from labeler.store.drafts import CHECKPOINT_EVERY, Drafts, NewStep, refuse_held
from labeler.store.file import ProjectFile, create_file, open_file
from labeler.store.fold import Fold, heads_of
from labeler.store.merge import merge
from labeler.store.oplog import EntityKind, OpKind, OpLog, unpack_body
from labeler.store.query import Query
from labeler.store.rows import (
    AnnotationRow,
    ConflictRow,
    DraftRow,
    MergeReport,
    Person,
    QueueRow,
    StepRow,
    TaskFull,
    TaskRow,
    Version,
)
from labeler.store.schema import FOLD_VERSION

__all__ = ["Project"]

Progress = Callable[[int, int], None]
_DAYS_30 = 30 * 24 * 3600 * 1000 << 16


class Project:
    """One open project file. Made by ``create`` or ``open``."""

    def __init__(self, file: ProjectFile) -> None:
        self.file = file
        self.uid: bytes = file.meta("project")
        self.log = OpLog(file, self.uid)
        self.query = Query(file, self.uid)
        self.drafts = Drafts(file, self.log)
        self._seen_change = self._change_counter()

    @classmethod
    def create(cls, path: Path, *, title: str = "", handle: str, name: str = "") -> Project:
        """Make a new project and sign its first person in; never overwrites. Raises Refusal."""
        uid = fresh_uid()
        facts = {"project": uid, "fold": FOLD_VERSION, "made_by": __version__}
        project = cls(create_file(path, facts))
        person = project.sign_in(handle, name)
        with project._writing() as (connection, touched):
            body = encode(ProjectBody(title=title or path.stem))
            touched.append(
                project._put(
                    connection, person.uid, project_entity(uid), EntityKind.PROJECT, body, ()
                )
            )
        return project

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, timeout: float = 10.0) -> Project:
        """Open a project. Raises Refusal in one line; the file is then untouched."""
        file = open_file(path, read_only=read_only, timeout=timeout)
        try:
            if not isinstance(file.meta("project"), bytes):
                raise Refusal.of("file_damaged", file.where, reason="it names no project")
            project = cls(file)
            if file.meta("fold") != FOLD_VERSION and not file.read_only:
                project.refold()
        except BaseException:
            file.close()
            raise
        return project

    def close(self) -> None:
        """Write loose drafts as ops, then close the file."""
        try:
            if not self.file.read_only:
                self.cover_drafts()
                with self.file.writing() as connection:
                    connection.execute("DELETE FROM lease WHERE token=?", (self.drafts.token,))
        finally:
            self.file.close()

    @property
    def path(self) -> Path:
        """Where the file was opened."""
        return self.file.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self.file.read_only

    @property
    def title(self) -> str:
        """The project's title."""
        raw, _, _ = self.query.body_of(project_entity(self.uid), EntityKind.PROJECT)
        body = msgspec.json.decode(raw, type=ProjectBody) if raw else ProjectBody()
        return body.title or self.path.stem

    # writing ops

    def _writing(self) -> _Writing:
        return _Writing(self)

    def _put(
        self,
        connection: Any,
        person: str,
        entity: bytes,
        kind: EntityKind,
        body: bytes,
        parents: Sequence[bytes],
        op_kind: OpKind = OpKind.PUT,
    ) -> int:
        ent, _ = self.log.append(
            connection,
            person=bytes.fromhex(person),
            kind=op_kind,
            entity=entity,
            entity_kind=kind,
            parents=parents,
            body=body,
        )
        return ent

    def _parents(self, entity: bytes, kind: EntityKind) -> list[bytes]:
        """The ops a new op of an entity replaces: every head there is."""
        row = self.file.row("SELECT id FROM ent WHERE uid=?", (entity,))
        if row is None:
            return []
        _, versions = heads_of(self.file.connection, row[0], kind)
        return [op.hash for version in versions for op in version]

    def _change(self, person: str, entity: bytes, kind: EntityKind, body: bytes) -> bool:
        """Put an entity's body unless it is what it has already; returns whether it was written."""
        raw, _, count = self.query.body_of(entity, kind)
        if raw is not None and count == 1 and equal_json(read_json(raw), read_json(body)):
            return False
        parents = self._parents(entity, kind)
        with self._writing() as (connection, touched):
            touched.append(self._put(connection, person, entity, kind, body, parents))
        return True

    # people

    def sign_in(self, handle: str, name: str = "", *, kind: str = "person") -> Person:
        """The person (or model) with this handle, made where nobody has it; a name given is taken."""
        wanted = normal_handle(handle)
        if not wanted:
            raise Refusal.of("argument", self.file.where, reason="a person needs a handle")
        uid = person_uid(self.uid, wanted)
        raw, _, _ = self.query.body_of(uid, EntityKind.PERSON)
        if raw is not None:
            body = msgspec.json.decode(raw, type=PersonBody)
            if name and name != body.name:
                body = msgspec.structs.replace(body, name=name)
                self._change(uid.hex(), uid, EntityKind.PERSON, encode(body))
        else:
            body = PersonBody(handle=wanted, name=name, kind=kind)
            if self.read_only:
                return Person(uid.hex(), wanted, name, (), kind)
            self._change(uid.hex(), uid, EntityKind.PERSON, encode(body))
        return Person(uid.hex(), body.handle, body.name, body.roles, body.kind)

    def people(self) -> list[Person]:
        """Everybody known, models last."""
        return self.query.people()

    def person(self, handle: str) -> Person:
        """The person with this handle; raises Refusal person_unknown."""
        uid = person_uid(self.uid, handle).hex()
        for person in self.people():
            if person.uid == uid:
                return person
        raise Refusal.of("person_unknown", self.file.where, person=handle)

    # queues

    def queues(self) -> list[QueueRow]:
        """The queues in order."""
        return self.query.queues()

    def queue(self, name: str) -> QueueRow:
        """The queue with this name; raises Refusal queue_unknown."""
        return self.query.queue(name)

    def put_queue(
        self, name: str, config: QueueConfig, *, panel: str, title: str = "", by: str
    ) -> QueueRow:
        """Make or change a queue; ops are written for what changed of queue, labels, guideline."""
        present = {queue.name: number for number, queue in enumerate(self.queues())}
        order = present.get(name, len(present))
        body = QueueBody(
            id=name,
            title=title or name,
            panel=panel,
            questions=msgspec.Raw(msgspec.json.encode(config.questions)),
            policy=msgspec.Raw(msgspec.json.encode(config.policy)),
            settings=msgspec.Raw(msgspec.json.encode(config.settings)),
            order=order,
        )
        person = person_uid(self.uid, by).hex()
        uid = queue_uid(self.uid, name)
        self._change(person, uid, EntityKind.QUEUE, encode(body))
        labels = LabelsBody(queue=name, labels=msgspec.Raw(msgspec.json.encode(config.labels)))
        self._change(person, labels_uid(self.uid, name), EntityKind.LABELS, encode(labels))
        guideline = GuidelineBody(queue=name, markdown=config.guideline)
        self._change(person, guideline_uid(self.uid, name), EntityKind.GUIDELINE, encode(guideline))
        return self.queue(name)

    # tasks and annotations

    def task(self, row: TaskRow, layers: frozenset[str] | None = None) -> TaskFull:
        """A task with content and annotations."""
        return self.query.full(row, layers)

    def annotate(
        self,
        task: TaskRow,
        *,
        author: str,
        value: bytes,
        layer: str = "work",
        round_: int = 0,
        status: str = "submitted",
        reason: str = "",
        context: bytes = b"{}",
        by: str = "",
        parents: Sequence[bytes] | None = None,
    ) -> AnnotationRow:
        """Write one author's value on a task as an op and return what is now shown.

        ``author`` and ``by`` (who writes, else the author) are handles. ``parents`` are the ops it
        replaces; None stands for every present head. A value equal to the only head with the same
        status writes nothing.
        """
        if layer not in LAYERS:
            raise Refusal.of("layer_unknown", self.file.where, layer=layer)
        with self._writing() as (connection, touched):
            touched.append(
                self._annotate(
                    connection,
                    task,
                    author,
                    value,
                    layer,
                    round_,
                    status,
                    reason,
                    context,
                    by or author,
                    parents,
                )
            )
        person = person_uid(self.uid, author).hex()
        uid = annotation_uid(bytes.fromhex(task.id), layer, person, round_).hex()
        return next(one for one in self.task(task).annotations if one.id == uid)

    def _annotate(
        self,
        connection: Any,
        task: TaskRow,
        author: str,
        value: bytes,
        layer: str,
        round_: int,
        status: str,
        reason: str,
        context: bytes,
        by: str,
        parents: Sequence[bytes] | None,
    ) -> int:
        person = person_uid(self.uid, author).hex()
        entity = annotation_uid(bytes.fromhex(task.id), layer, person, round_)
        body = AnnotationBody(
            task=task.id,
            layer=layer,
            author=person,
            round=round_,
            status=status,
            reason=reason,
            value=msgspec.Raw(value),
            context=msgspec.Raw(context),
        )
        if parents is None:
            parents = self._parents(entity, EntityKind.ANNOTATION)
        return self._put(
            connection,
            person_uid(self.uid, by).hex(),
            entity,
            EntityKind.ANNOTATION,
            encode(body),
            parents,
        )

    def put_medium(self, root: str, path: str, *, size: int, mime: str, by: str) -> None:
        """Note a medium by reference: named root and relative POSIX path, size in bytes."""
        from labeler.model.ids import media_uid

        body = MediaBody(root=root, path=path, size=size, mime=mime)
        person = person_uid(self.uid, by).hex()
        self._change(person, media_uid(self.uid, root, path), EntityKind.MEDIA, encode(body))

    def media_roots(self) -> list[tuple[str, int]]:
        """The named roots media lie under, with how many media each has."""
        return [
            (row[0], row[1])
            for row in self.file.rows(
                "SELECT root, count(*) FROM media WHERE deleted=0 GROUP BY root ORDER BY root"
            )
        ]

    def bulk(self, queue: str, *, by: str) -> Bulk:
        """An import into a queue, batch by batch; each import is a strand of its own."""
        self.queue(queue)
        self.log.new_strand()
        return Bulk(self.file, self.log, self.uid, queue, person_uid(self.uid, by))

    def pages(
        self, queue: str | None = None, size: int = 500, layers: frozenset[str] | None = None
    ) -> Iterator[list[TaskFull]]:
        """Every task in order, page by page."""
        return self.query.pages(queue, size, layers)

    # drafts

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
            draft = self.drafts.read(task, found.id, person, who[1], uid, round_)
            body = DraftBody(
                task=found.id,
                author=who[0].hex(),
                round=round_,
                step=cursor,
                value=msgspec.Raw(value_at_cursor(draft)),
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

    def forget_old_steps(self) -> int:
        """Drop the steps of submitted work that nobody touched for 30 days; how many drafts."""
        return self.drafts.forget_old(self.log.clock.now() - _DAYS_30)

    # the whole

    def merge(self, other: Path, progress: Progress | None = None) -> MergeReport:
        """Take another copy of this project in: union, with what does not verify in quarantine."""
        return merge(self.file, self.log, self.uid, other, progress)

    def conflicts(self) -> list[ConflictRow]:
        """Entities with versions that differ, each with its versions, the newest first."""
        found = []
        rows = self.file.rows(
            "SELECT conflict.ent, ent.uid, ent.kind FROM conflict JOIN ent ON ent.id=conflict.ent "
            "ORDER BY conflict.ent"
        )
        for ent, uid, kind in rows:
            heads, _ = heads_of(self.file.connection, ent, kind)
            versions, task = [], None
            for head in heads:
                raw = unpack_body(self.file.connection, head.enc, head.stored)
                tree: Any = read_json(raw) if raw else None
                by = self._handle(head.person)
                if kind == EntityKind.ANNOTATION and raw:
                    body = msgspec.json.decode(raw, type=AnnotationBody)
                    task, tree = body.task, value_tree(bytes(body.value))
                versions.append(Version(by, head.hlc, head.hash.hex(), tree))
            name = EntityKind(kind).name.lower() if kind in set(EntityKind) else str(kind)
            found.append(ConflictRow(uid.hex(), name, task, tuple(versions)))
        return found

    def _handle(self, person: int) -> str:
        row = self.file.row(
            "SELECT coalesce(who.handle, hex(person.uid)) FROM person "
            "LEFT JOIN who ON who.id=person.id WHERE person.id=?",
            (person,),
        )
        return str(row[0])

    def refold(self, progress: Progress | None = None) -> None:
        """Fold every cache anew from the ops."""
        with self.file.writing() as connection:
            Fold(connection, self.uid).whole(progress)
            connection.execute("UPDATE meta SET v=? WHERE k='fold'", (FOLD_VERSION,))

    def check(self, progress: Progress | None = None) -> list[Problem]:
        """Everything wrong with the file; empty where it is sound."""
        return list(health.problems_of(self.file, self.uid, progress))

    def copy_to(self, target: Path, progress: Progress | None = None) -> None:
        """A verified copy under another name, drafts and steps included; never overwrites."""
        health.copy_to(self.file, target, progress)

    def _change_counter(self) -> int:
        return int(self.file.row("PRAGMA data_version")[0])

    def changed_elsewhere(self) -> bool:
        """Whether another process wrote to the file since this was last asked."""
        now = self._change_counter()
        changed = now != self._seen_change
        self._seen_change = now
        return changed


class _Writing:
    """One transaction of ops: on leaving, what was touched is folded before the commit."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._transaction: Any = None
        self._touched: list[int] = []

    def __enter__(self) -> tuple[Any, list[int]]:
        self._transaction = self.project.file.writing()
        connection = self._transaction.__enter__()
        return connection, self._touched

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            if error is None:
                try:
                    Fold(self.project.file.connection, self.project.uid).touch(self._touched)
                except BaseException as failure:
                    if not self._transaction.__exit__(type(failure), failure, None):
                        raise
                    return
            self._transaction.__exit__(kind, error, trace)
        except BaseException:
            self.project.log.forget()
            raise
        if error is not None:
            self.project.log.forget()


def value_at_cursor(draft: DraftRow) -> bytes:
    """The JSON of a draft's value at its cursor."""
    from labeler.model.steps import ValueTree

    tree = ValueTree.read(draft.tree, draft.tree_status, draft.tree_reason)
    for step in draft.path:
        tree.apply_all(step.forward)
    return tree.json()
