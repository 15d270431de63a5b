"""An open project: what the house may ask of the file and do to it.

One thread owns a Project. Everything that changes the file is one transaction: all of it or none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

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
from labeler.model.names import shown
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import QueueConfig
from labeler.model.value import LAYERS
from labeler.store import health
from labeler.store.bodies import (
    GuidelineBody,
    LabelsBody,
    MediaBody,
    PersonBody,
    ProjectBody,
    QueueBody,
    encode,
)
from labeler.store.bulk import Bulk
from labeler.store.copying import copy_to, sweep
from labeler.store.damage import Damaged, read_body, refuses_damage
from labeler.store.file import ProjectFile, create_file
from labeler.store.fold import Fold
from labeler.store.handing import Handing
from labeler.store.media_rows import Media
from labeler.store.mending import mend
from labeler.store.migrate import open_current
from labeler.store.oplog import EntityKind
from labeler.store.people import ROLES, roles_of
from labeler.store.rotation import rotate
from labeler.store.rows import (
    AnnotationRow,
    Person,
    QueueRow,
    TaskFull,
    TaskRow,
)
from labeler.store.schema import FOLD_VERSION

__all__ = ["Project"]

Progress = Callable[[int, int], None]


class Project(Handing):
    """One open project file. Made by ``create`` or ``open``."""

    def __init__(self, file: ProjectFile) -> None:
        super().__init__(file)
        self.media = Media(file, self.uid)
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
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        timeout: float = 10.0,
        bring_up: bool = True,
        progress: Progress | None = None,
    ) -> Project:
        """Open a project. Raises Refusal in one line; the file is then untouched.

        One of an older format is brought up to ours first, or without ``bring_up`` read through a
        copy of our format. ``progress`` is told how far that is; what it raises ends it, and the file
        is as it was.
        """
        file = open_current(
            path, read_only=read_only, timeout=timeout, change=bring_up, progress=progress
        )
        try:
            with file.hurried():
                if not isinstance(file.meta("project"), bytes):
                    raise Refusal.of("file_damaged", file.where, reason="it names no project")
                project = cls(file)
            if file.meta("fold") != FOLD_VERSION and not file.read_only:
                project.refold()
            if not file.read_only:
                sweep(file.path)
        except BaseException:
            file.close()
            raise
        return project

    def close(self) -> None:
        """Write loose drafts as ops, then close the file."""
        if self.query.index is not None:
            self.query.index.close()
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
    @refuses_damage
    def title(self) -> str:
        """The project's title."""
        raw, _, _ = self.query.body_of(project_entity(self.uid), EntityKind.PROJECT)
        body = read_body(raw, ProjectBody) if raw is not None else ProjectBody()
        return shown(body.title or self.path.stem)

    # people

    @refuses_damage
    def sign_in(self, handle: str, name: str = "", *, kind: str = "person") -> Person:
        """The person (or model) with this handle, made where nobody has it; a name given is taken."""
        wanted = normal_handle(handle)
        if not wanted:
            raise Refusal.of("argument", self.file.where, reason="a person needs a handle")
        uid = person_uid(self.uid, wanted)
        raw, _, _ = self.query.body_of(uid, EntityKind.PERSON)
        if raw is not None:
            body = read_body(raw, PersonBody)
            if name and name != body.name:
                body = msgspec.structs.replace(body, name=name)
                self._change(uid.hex(), uid, EntityKind.PERSON, encode(body))
        else:
            body = PersonBody(handle=wanted, name=name, kind=kind)
            if self.read_only:
                return Person(uid.hex(), wanted, name, (), kind)
            self._change(uid.hex(), uid, EntityKind.PERSON, encode(body))
        roles = roles_of(self.file, self.uid, uid, body.roles)
        return Person(uid.hex(), body.handle, body.name, roles, body.kind)

    def give_roles(self, handle: str, roles: Collection[str], *, by: str) -> Person:
        """Say what a person does here, in place of what was said; only a coordinator does.

        Raises Refusal ``person_unknown``, ``role_unknown`` or ``roles_not_given``.
        """
        person, giver = self.person(handle), self.person(by)
        wanted = tuple(role for role in ROLES if role in roles)
        for role in roles:
            if role not in ROLES:
                known = ", ".join(ROLES)
                raise Refusal.of("role_unknown", self.file.where, role=role, known=known)
        if "coordinator" not in giver.roles:
            raise Refusal.of("roles_not_given", self.file.where, person=giver.title)
        uid = bytes.fromhex(person.uid)
        raw, _, _ = self.query.body_of(uid, EntityKind.PERSON)
        if raw is None:
            raise Refusal.of("person_unknown", self.file.where, person=handle)
        body = msgspec.structs.replace(read_body(raw, PersonBody), roles=wanted)
        self._change(giver.uid, uid, EntityKind.PERSON, encode(body))
        return msgspec.structs.replace(person, roles=wanted)

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

    @refuses_damage
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

    @refuses_damage
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
        about: str = "",
    ) -> AnnotationRow:
        """Write one author's value on a task as an op and return what is now shown.

        ``author`` and ``by`` (who writes, else the author) are handles. ``parents`` are the ops it
        replaces; None stands for every present head. ``about`` is the annotation (hexadecimal) that
        something is said about: a review's.
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
                    about=about,
                )
            )
        person = person_uid(self.uid, author).hex()
        uid = annotation_uid(bytes.fromhex(task.id), layer, person, round_, about).hex()
        for one in self.task(task).annotations:
            if one.id == uid:
                return one
        raise Damaged(f"the caches of task {task.id} differ from what the ops say")

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
                "SELECT root, count(*) FROM media GROUP BY root ORDER BY root"
            )
        ]

    def media_under(self, root: str, after: int = 0, limit: int = 500) -> list[tuple[int, str]]:
        """Media of a named root, page by page: pairs (row in this file, relative POSIX path).

        ``after`` is the last row of the page before.
        """
        return self.file.rows(
            "SELECT id, path FROM media WHERE root=? AND id>? ORDER BY id LIMIT ?",
            (root, after, limit),
        )

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

    # the whole

    @refuses_damage
    def refold(self, progress: Progress | None = None) -> None:
        """Fold every cache anew from the ops."""
        with self.file.writing() as connection:
            Fold(connection, self.uid).whole(progress)
            connection.execute("UPDATE meta SET v=? WHERE k='fold'", (FOLD_VERSION,))

    @refuses_damage
    def check(self, progress: Progress | None = None) -> list[Problem]:
        """Everything wrong with the file; empty where it is sound."""
        found = list(health.problems_of(self.file, self.uid, progress))
        return [*found, *self.draft_problems()]

    @refuses_damage
    def mend(self) -> None:
        """Make indexes and caches anew in place; raises Refusal where more than these is damaged."""
        mend(self.file, self.uid)

    def copy_to(self, target: Path, progress: Progress | None = None) -> None:
        """A verified copy under another name, drafts and steps included; never overwrites."""
        copy_to(self.file, self.uid, target, progress)

    def rotate_backups(
        self, folder: Path, now: datetime | None = None, progress: Progress | None = None
    ) -> Path | None:
        """Make a backup in a folder unless nothing is new; the last three days and four weeks stay.

        ``progress`` is called while no transaction is open; what it raises ends it without a trace.
        """
        return rotate(self.file, self.uid, folder, now or datetime.now(UTC), progress)

    def _change_counter(self) -> int:
        return int(self.file.row("PRAGMA data_version")[0])

    def changed_elsewhere(self) -> bool:
        """Whether another process wrote to the file since this was last asked."""
        now = self._change_counter()
        changed = now != self._seen_change
        self._seen_change = now
        return changed
