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
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from labeler.model.ids import digest
from labeler.model.problems import Refusal
from labeler.store import MergeReport, Project
from labeler.store.copying import making
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
    nothing else may open. ``progress`` is told thousandths; what it raises ends it at a safe place, and
    the copy goes on owing what it owed.
    """
    copy = _read(copy.path.parent) or copy  # merged back before, since it was opened
    with _room(copy.path.parent) as folder:
        taken = folder / copy.path.name
        if snapshot is not None:
            snapshot(taken)
        else:
            project = Project.open(copy.path)
            try:
                project.copy_to(taken, _share(progress, 0, 300))
            finally:
                project.file.close()
        with open_as_it_is(taken) as file:
            held = state_digest(file).hex()
        if held == copy.returned and copy.origin.exists():
            return None
        place = where(copy.origin)
        try:
            if not place.safe:
                report = _replaced(copy.origin, taken, folder, progress)
            else:
                report = _merged_in_place(copy.origin, taken, place, progress)
        except Refusal as refusal:
            if refusal.problem.code != "file_wal" or not place.safe:
                raise
            report = _replaced(copy.origin, taken, folder, progress)
    _write(msgspec.structs.replace(copy, returned=held))
    return report


def _merged_in_place(
    origin: Path, taken: Path, place: Place, progress: Progress | None
) -> MergeReport:
    project = open_in_place(origin, where=lambda _: place)
    try:
        if project.read_only:
            raise Refusal.of("file_read_only", str(origin))
        return project.merge(taken, _share(progress, 300, 1000))
    finally:
        project.file.close()


@contextlib.contextmanager
def _room(place: Path) -> Iterator[Path]:
    """A folder beside a copy for what is made on its way back, which goes with it. Raises Refusal.

    What killed programs left there goes first: their processes are no more.
    """
    import psutil  # 20 ms to load

    for left in place.glob("back-*"):
        number = left.name.split("-")[1]
        if not number.isdecimal() or not psutil.pid_exists(int(number)):
            shutil.rmtree(left, ignore_errors=True)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"back-{os.getpid()}-", dir=place))
    except OSError as error:
        raise Refusal.of("disk_error", str(place), reason=error.strerror or "") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _share(progress: Progress | None, begin: int, end: int) -> Progress | None:
    """A progress of its own for one part of what is done: from so many thousandths to so many."""
    if progress is None:
        return None

    def share(done: int, total: int) -> None:
        progress(begin + (end - begin) * min(done, total) // max(1, total), 1000)

    return share


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
        copy_as_it_is(origin, both, _share(progress, 300, 600))
        project = Project.open(both)
        try:
            report = project.merge(taken, _share(progress, 600, 900))
        finally:
            project.file.close()
        if not report.added and not report.quarantined:
            return report
        if _put(both, origin, before, _share(progress, 900, 1000)):
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


class _Changed(Exception):
    """The shared file is not what its successor was made of."""


def _put(both: Path, origin: Path, before: tuple[int, int, int], progress: Progress | None) -> bool:
    """Put a file in the shared one's place where that is still what it was. Raises Refusal."""
    size, written = both.stat().st_size, 0
    try:
        with making(origin, over=True) as beside:
            with both.open("rb") as source, beside.open("xb") as target:
                while piece := source.read(1 << 20):
                    written += target.write(piece)
                    if progress is not None:
                        progress(written, size)
            if _stamp(origin) != before or _is_written(origin):
                raise _Changed
    except _Changed:
        return False
    return True
