"""Another copy of a project, opened to be read: never changed, whatever state it was left in."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from labeler.model.ids import digest
from labeler.model.problems import Refusal
from labeler.store.copying import copy_to
from labeler.store.damage import one_line
from labeler.store.file import ProjectFile, leave_wal
from labeler.store.migrate import open_current

__all__ = ["copy_as_it_is", "open_as_it_is", "open_incoming", "state_digest"]


Progress = Callable[[int, int], None]


@contextlib.contextmanager
def open_incoming(path: Path, project: bytes) -> Iterator[ProjectFile]:
    """A copy of this project, looked through page by page before anything of it is believed.

    Raises Refusal: damaged pages, another project, all that ``open_file`` refuses. One that a killed
    program left half written (its journal beside it) is put right in a copy of its own.
    """
    with contextlib.ExitStack() as stack:
        try:
            source = stack.enter_context(open_as_it_is(path))
            damage = source.rows("PRAGMA quick_check(1)")
        except Refusal as refusal:
            if refusal.problem.code != "file_damaged":
                raise
            raise _damaged(path, str(refusal.problem.params["reason"])) from None
        if damage and damage[0][0] != "ok":
            raise _damaged(path, damage[0][0])
        if source.meta("project") != project:
            raise Refusal.of("project_other", source.where)
        yield source


def _damaged(path: Path, reason: str) -> Refusal:
    return Refusal.of("file_damaged_copy", str(path), reason=one_line(reason))


@contextlib.contextmanager
def open_as_it_is(path: Path) -> Iterator[ProjectFile]:
    """A project to be read and never changed, wherever it lies. Raises Refusal.

    What a killed program left half written, and what another program set to WAL, is put right in a
    copy, with the files beside it that belong to it.
    """
    with contextlib.ExitStack() as stack:
        try:
            source = open_current(path, read_only=True)
        except Refusal as refusal:
            journal = "-journal" if refusal.problem.code == "file_read_only" else "-wal"
            if refusal.problem.code != "file_wal" and not (
                refusal.problem.code == "file_read_only" and _has_bytes(_beside(path, journal))
            ):
                raise
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="incoming-"))
            copy = Path(folder) / path.name
            _copied(path, copy, journal)
            if journal == "-wal":
                leave_wal(copy)
            source = open_current(copy)
        stack.callback(source.close)
        yield source


def copy_as_it_is(
    path: Path, target: Path, progress: Progress | None = None
) -> tuple[bytes, bytes]:
    """A verified copy of a project that is only read, wherever it lies; never overwrites. Raises
    Refusal. Returns the project's uid and what the copy holds (``state_digest``)."""
    with open_as_it_is(path) as source:
        project = source.meta("project")
        if not isinstance(project, bytes):
            raise Refusal.of("file_damaged", source.where, reason="it names no project")
        held = state_digest(source)
        copy_to(source, project, target, progress)
    return project, held


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}{ending}")


def _copied(path: Path, copy: Path, journal: str) -> None:
    try:
        shutil.copyfile(path, copy)
        if _has_bytes(_beside(path, journal)):
            shutil.copyfile(_beside(path, journal), _beside(copy, journal))
    except OSError as error:
        raise Refusal.of("file_unreadable", str(path), reason=error.strerror or "") from None


def _has_bytes(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def state_digest(file: ProjectFile) -> bytes:
    """What a copy holds, in 16 bytes: two copies with the same ops and loose drafts have the same."""
    told: list[bytes | int] = []
    for strand, uid, have, last, seal in file.rows(
        "SELECT id, uid, have, last, seal FROM strand WHERE last>0 ORDER BY uid"
    ):
        told += [uid, have, last, seal or b""]
        if have < last:  # a seal proves what is here without a gap; the rest is told one by one
            rows = file.rows(
                "SELECT seq, h FROM op WHERE strand=? AND seq>? ORDER BY seq", (strand, have)
            )
            told += [field for row in rows for field in row]
    for row in file.rows(
        "SELECT ent.uid, person.uid, layer, round, coalesce(other.uid, x''), cursor, last, hlc "
        "FROM draft JOIN ent ON ent.id=task JOIN person ON person.id=draft.person "
        "LEFT JOIN ent AS other ON other.id=about WHERE cursor<>saved AND cursor<>covered "
        "ORDER BY ent.uid, person.uid, layer, round, other.uid"
    ):
        told += row
    told += [row[0] for row in file.rows("SELECT digest FROM quarantine ORDER BY digest")]
    return digest(*told)
