"""Working copies: a shared project worked on in a file of this machine's own, and merged back.

A copy lies in the app's data folder, found by where the shared file lies. Merging back is the ordinary
merge: whatever became of the shared file meanwhile, nothing of anybody's is lost. Where locks do not
reach other machines the shared file is never written to, but replaced whole by one that holds both.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from labeler.model.ids import digest
from labeler.model.problems import Refusal
from labeler.store import MergeReport, Project
from labeler.store.incoming import copy_as_it_is, open_as_it_is, state_digest
from labeler.work.opening import open_in_place
from labeler.work.places import Place, place_of
from labeler.work.presence import people_at

__all__ = [
    "WorkingCopy",
    "begin_copy",
    "copies_at",
    "copy_at",
    "copy_of",
    "give_back",
    "owing",
]

Progress = Callable[[int, int], None]

_NOTE = "origin.json"
_LONGEST_NOTE = 1 << 16
_TRIES = 5
"""How often a shared file may be found changed while its successor was made."""


class WorkingCopy(msgspec.Struct, frozen=True):
    """A copy and the shared file it is of.

    ``project`` is the project's uid (hex), ``returned`` what the copy held (hex) when it was last
    merged back, empty where it never was.
    """

    path: Path
    origin: Path
    project: str
    returned: str = ""


class _Note(msgspec.Struct, frozen=True):
    name: str
    origin: str
    project: str
    returned: str = ""


def _place(folder: Path, origin: Path) -> Path:
    real = os.path.realpath(origin)
    return folder / digest(os.path.normcase(real)).hex()[:16]


def copy_of(folder: Path, origin: Path) -> WorkingCopy | None:
    """The working copy of a shared file, or None; the file itself is not touched."""
    return _read(_place(folder, origin))


def copy_at(path: Path) -> WorkingCopy | None:
    """The working copy whose file this is, or None where it is no such copy."""
    found = _read(path.parent)
    return found if found is not None and found.path == path.absolute() else None


def copies_at(folder: Path) -> list[WorkingCopy]:
    """All working copies of this machine that lie in a folder, those put aside among them."""
    try:
        places = sorted(folder.iterdir())
    except OSError:
        return []
    return [found for found in map(_read, places) if found is not None]


def _read(place: Path) -> WorkingCopy | None:
    try:
        with (place / _NOTE).open("rb") as stream:
            note = msgspec.json.decode(stream.read(_LONGEST_NOTE), type=_Note)
    except (OSError, msgspec.DecodeError):
        return None
    path = (place / Path(note.name).name).absolute()
    if not path.is_file():
        return None
    return WorkingCopy(path, Path(note.origin), note.project, note.returned)


def _write(copy: WorkingCopy) -> None:
    note = _Note(copy.path.name, str(copy.origin), copy.project, copy.returned)
    beside = copy.path.with_name(f".{_NOTE}.{os.getpid()}")
    try:
        beside.write_bytes(msgspec.json.encode(note))
        beside.replace(copy.path.with_name(_NOTE))
    except OSError as error:
        raise Refusal.of("disk_error", str(copy.path), reason=error.strerror or "") from None


def begin_copy(folder: Path, origin: Path, progress: Progress | None = None) -> WorkingCopy:
    """The working copy of a shared file: made, or the one there is with all that is new. Raises
    Refusal.

    A copy that is there already is what a person works in although the shared file is out of reach.
    Where another project took the shared file's name, its copy is put aside and kept.
    """
    origin = Path(os.path.realpath(origin))
    here = copy_of(folder, origin)
    if here is not None:
        try:
            return _caught_up(here, progress)
        except Refusal as refusal:
            if refusal.problem.code != "project_other":
                return here
            _put_aside(here)
    place = _place(folder, origin)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal.of("disk_error", str(place), reason=error.strerror or "") from None
    path = place / origin.name
    project, held = copy_as_it_is(origin, path, progress)
    copy = WorkingCopy(path.absolute(), origin, project.hex(), held.hex())
    _write(copy)
    return copy


def _caught_up(copy: WorkingCopy, progress: Progress | None) -> WorkingCopy:
    """Take what the shared file has by now into the copy. Raises Refusal."""
    owed = owing(copy)
    project = Project.open(copy.path)
    try:
        project.merge(copy.origin, progress)
        held = state_digest(project.file).hex()
    finally:
        project.file.close()
    if not owed:
        copy = msgspec.structs.replace(copy, returned=held)
        _write(copy)
    return copy


def _put_aside(copy: WorkingCopy) -> None:
    place = copy.path.parent
    for number in range(1, 1000):
        aside = place.with_name(f"{place.name}-{number}")
        if not aside.exists():
            try:
                place.rename(aside)
            except OSError as error:
                raise Refusal.of("disk_error", str(place), reason=error.strerror or "") from None
            return
    raise Refusal.of("disk_error", str(place), reason="too many copies were put aside")


def owing(copy: WorkingCopy) -> bool:
    """Whether the copy, which is not open here, holds what was not merged back. Raises Refusal."""
    with open_as_it_is(copy.path) as file:
        return state_digest(file).hex() != copy.returned


def give_back(
    copy: WorkingCopy,
    snapshot: Callable[[Path], None] | None = None,
    *,
    progress: Progress | None = None,
    where: Callable[[Path], Place] = place_of,
) -> MergeReport | None:
    """Merge a copy back into its shared file; None where there was nothing to. Raises Refusal; the
    work is in the copy then, as before.

    ``snapshot`` writes what the copy holds into a new file; it is for a copy that is open, which
    nothing else may open.
    """
    copy = _read(copy.path.parent) or copy  # merged back before, since it was opened
    with tempfile.TemporaryDirectory(prefix="back-", dir=copy.path.parent) as folder:
        taken = Path(folder) / copy.path.name
        if snapshot is not None:
            snapshot(taken)
        else:
            project = Project.open(copy.path)
            try:
                project.copy_to(taken)
            finally:
                project.file.close()
        with open_as_it_is(taken) as file:
            held = state_digest(file).hex()
        if held == copy.returned and copy.origin.exists():
            return None
        place = where(copy.origin)
        try:
            if not place.safe:
                report = _replaced(copy.origin, taken, Path(folder), progress)
            else:
                report = _merged_in_place(copy.origin, taken, place, progress)
        except Refusal as refusal:
            if refusal.problem.code != "file_wal" or not place.safe:
                raise
            report = _replaced(copy.origin, taken, Path(folder), progress)
    _write(msgspec.structs.replace(copy, returned=held))
    return report


def _merged_in_place(
    origin: Path, taken: Path, place: Place, progress: Progress | None
) -> MergeReport:
    project = open_in_place(origin, where=lambda _: place)
    try:
        if project.read_only:
            raise Refusal.of("file_read_only", str(origin))
        return project.merge(taken, progress)
    finally:
        project.file.close()


def _replaced(origin: Path, taken: Path, folder: Path, progress: Progress | None) -> MergeReport:
    """Put a file that holds both in the shared one's place, unless that changed meanwhile: then
    again.

    A file that somebody may be writing to is left alone: one who works on it in place, a journal or a
    WAL beside it that would be taken for the new one's.
    """
    for other in people_at(origin):
        if other.in_place:
            raise Refusal.of("origin_open", str(origin), person=other.person, host=other.host)
    for number in range(_TRIES):
        before = _stamp(origin)
        both = folder / f"both-{number}{origin.suffix}"
        copy_as_it_is(origin, both)
        project = Project.open(both)
        try:
            report = project.merge(taken, progress)
        finally:
            project.file.close()
        if not report.added and not report.quarantined:
            return report
        if _put(both, origin, before):
            return report
    raise Refusal.of("file_locked", str(origin))


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        raise Refusal.of("file_missing", str(path)) from None
    except OSError as error:
        raise Refusal.of("file_unreadable", str(path), reason=error.strerror or "") from None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _is_written(origin: Path) -> bool:
    return any(
        origin.with_name(f"{origin.name}{ending}").exists() for ending in ("-journal", "-wal")
    )


def _put(both: Path, origin: Path, before: tuple[int, int, int]) -> bool:
    """Put a file in the shared one's place where that is still what it was. Raises Refusal."""
    beside = origin.with_name(f".{origin.name}.{os.getpid()}.making")
    try:
        with both.open("rb") as source, beside.open("xb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())
        if _stamp(origin) != before or _is_written(origin):
            return False
        beside.replace(origin)
    except PermissionError:
        raise Refusal.of("folder_forbidden", str(origin)) from None
    except OSError as error:
        raise Refusal.of("disk_error", str(origin), reason=error.strerror or "") from None
    finally:
        with contextlib.suppress(OSError):  # it was put in place, or the folder is gone
            beside.unlink(missing_ok=True)
    return True
