"""Tries a folder out and says what it is good for: everything is made in a folder of its own there.

What another machine would see cannot be tried from one; whether locks leave this machine is told by
the mount (``places``), what they do on it by two processes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from labeler.assets import brand
from labeler.model.problems import Refusal
from labeler.store.trial import commit_times, holding
from labeler.work.places import Place, place_of

__all__ = ["HELD", "TAKEN", "Finding", "FolderReport", "GoodFor", "try_folder"]

GoodFor = Literal["work", "taking_turns", "copies", "reading"]

HELD, TAKEN = "held", "taken"
"""What the second process prints about the lock: it has it, or somebody else."""

_COMMITS = 50
_SLOW_S = 0.2
_LEAST_FREE = 200 << 20
_CLOCK_S = 3.0
"""FAT counts in steps of two seconds."""
_PATIENCE_S = 20.0

_ADVICE: dict[GoodFor, str] = {
    "work": "projects can be worked on here",
    "taking_turns": "projects can be worked on here, also by several people; locks across a network "
    "are only as good as its server, so keep backups, and prefer a copy of your own where work "
    "is long",
    "copies": "do not edit projects here in place: work in a copy on a disk of this machine and "
    "merge it back; the app offers that when it opens one",
    "reading": "projects here can be read, not changed; work in a copy",
}


class Finding(msgspec.Struct, frozen=True):
    """One thing that was tried, whether it is well, and what was found."""

    name: str
    ok: bool
    found: str


class FolderReport(msgspec.Struct, frozen=True):
    """What a folder is: where it lies, what was tried, what it is good for, and that in words."""

    folder: Path
    place: Place
    checks: tuple[Finding, ...]
    good_for: GoodFor
    advice: str


def try_folder(
    folder: Path,
    second: Sequence[str],
    *,
    where: Callable[[Path], Place] = place_of,
) -> FolderReport:
    """Try a folder out; what was made there is gone afterwards. Raises Refusal where it is none.

    ``second`` are the words that start a process which, given a database, prints ``held`` or
    ``taken`` and keeps the lock until its input ends.
    """
    try:
        if not folder.exists():
            raise Refusal.of("file_missing", str(folder))
        if not folder.is_dir():
            raise Refusal.of("argument", str(folder), reason="this is a file; name a folder")
    except OSError as error:
        raise Refusal.of("file_unreadable", str(folder), reason=error.strerror or "") from None
    place = where(folder)
    checks = [Finding("place", place.safe, place.why.message)]
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{brand().id}-trial-", dir=folder))
    except OSError as error:
        checks.append(Finding("writing", False, f"nothing can be made here: {_reason(error)}"))
        return _judged(folder, place, checks)
    try:
        checks += _tried(made, second)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    if made.exists():
        checks.append(Finding("cleaning up", False, f"{made} could not be removed"))
    return _judged(folder, place, checks)


def _judged(folder: Path, place: Place, checks: list[Finding]) -> FolderReport:
    """What follows from all that was found."""
    bad = {one.name for one in checks if not one.ok}
    good_for: GoodFor = "work"
    if "writing" in bad:
        good_for = "reading"
    elif not place.safe or bad & {"locks", "renaming", "commits"}:
        good_for = "copies"
    elif place.kind == "network":
        good_for = "taking_turns"
    return FolderReport(folder, place, tuple(checks), good_for, _ADVICE[good_for])


def _tried(made: Path, second: Sequence[str]) -> Iterator[Finding]:
    for name, look in (
        ("writing", _writing),
        ("renaming", _renaming),
        ("letters", _letters),
        ("clock", _clock),
        ("free space", _free),
        ("commits", _commits),
        ("locks", lambda folder: _locks(folder, second)),
    ):
        try:
            ok, found = look(made)
        except OSError as error:
            ok, found = False, _reason(error)
        except Refusal as refusal:
            ok, found = False, refusal.problem.message
        yield Finding(name, ok, found)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _writing(made: Path) -> tuple[bool, str]:
    path = made / "written"
    with path.open("xb") as stream:
        stream.write(bytes(4096))
        stream.flush()
        os.fsync(stream.fileno())
    if path.read_bytes() != bytes(4096):
        return False, "what was written is not what is read"
    note = ""
    with contextlib.suppress(AttributeError):  # Windows opens no folders
        try:
            number = os.open(made, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            note = f"; the folder itself cannot be synced ({_reason(error)})"
        else:
            try:
                os.fsync(number)
            except OSError as error:
                note = f"; the folder itself cannot be synced ({_reason(error)})"
            finally:
                os.close(number)
    return True, f"files can be made and synced{note}"


def _renaming(made: Path) -> tuple[bool, str]:
    old, new = made / "old", made / "new"
    old.write_bytes(b"old")
    new.write_bytes(b"new")
    new.replace(old)
    if old.read_bytes() != b"new" or new.exists():
        return False, "a file cannot be put in another's place"
    return True, "a file can be put in another's place"


def _letters(made: Path) -> tuple[bool, str]:
    (made / "letters").touch()
    if (made / "LETTERS").exists():
        return True, "small and capital letters are the same in names"
    return True, "small and capital letters differ in names"


def _clock(made: Path) -> tuple[bool, str]:
    path = made / "clock"
    before = time.time()
    path.write_bytes(b"now")
    after = time.time()
    told = path.stat().st_mtime
    apart = min(abs(told - before), abs(told - after)) if not before <= told <= after else 0.0
    if apart <= _CLOCK_S:
        return True, "its clock and ours agree"
    way = "ahead of" if told > after else "behind"
    return False, f"its clock is {apart:.0f} s {way} ours; who was last may be told wrong"


def _free(made: Path) -> tuple[bool, str]:
    free = shutil.disk_usage(made).free
    return free >= _LEAST_FREE, f"{free >> 20} MB"


def _commits(made: Path) -> tuple[bool, str]:
    taken = commit_times(made / "trial", _COMMITS)
    middle = statistics.median(taken)
    words = f"{_COMMITS} in {sum(taken):.2f} s, {middle * 1000:.1f} ms each"
    return middle <= _SLOW_S, words if middle <= _SLOW_S else f"{words}: every submit would wait"


def _locks(made: Path, second: Sequence[str]) -> tuple[bool, str]:
    """Whether a lock of ours keeps a second process out, one of theirs us, and each ends."""
    path = made / "trial"
    with holding(path) as mine:
        if not mine:
            return False, "the lock cannot be taken"
        with _second(second, path) as said:
            if said != TAKEN:
                return False, f"a second program on this machine is not kept out ({said})"
    with _second(second, path) as said:
        if said != HELD:
            return False, f"a lock that was given back is not free ({said})"
        with holding(path) as mine:
            if mine:
                return False, "a second program on this machine does not keep us out"
    with holding(path) as mine:
        if not mine:
            return False, "a lock stays after its program ended"
    return True, "two programs on this machine keep each other out"


@contextlib.contextmanager
def _second(words: Sequence[str], path: Path) -> Iterator[str]:
    """What a second process says of the lock, which it keeps until this ends."""
    process = subprocess.Popen(
        [*words, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    watch = threading.Timer(_PATIENCE_S, process.kill)
    watch.start()
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip() or "it did not answer"
    finally:
        process.communicate()
        watch.cancel()
