"""Who else has a project open: a small file beside it for each, said anew every half minute.

It is advice, never a lock. Whatever is wrong with it (a folder nobody may write to, a file that is
none, a link, a clock that is off) costs the advice and nothing else, and nobody ever needs to remove a
file by hand: one of a dead program of this machine is ignored at once and swept up, another machine's
after some minutes.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import stat
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

__all__ = ["Here", "Presence", "people_at", "presence_folder"]

EVERY_S = 30.0
STALE_S = 180.0
"""Seconds after which another machine's program that said nothing is taken to have ended."""

_LOOK_S = 2.0
"""Seconds after which it is looked whether anybody came or went: one question to the folder."""
_SWEPT_S = 86_400.0
_LONGEST = 4096
_MOST = 64
_MOST_ENTRIES = 500
_LONGEST_NAME = 80
_PIDS = 1 << 31
_LAST_S = 4e9
"""No program began after the year 2096."""
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Here(msgspec.Struct, frozen=True):
    """Somebody who has the project open.

    ``since`` in seconds since the epoch, by their clock. ``how``: ``edits`` this very file, ``reads``
    it only, or works on a ``copy`` of it.
    """

    person: str
    host: str
    pid: int
    since: float = 0.0
    how: str = "edits"
    started: str = ""

    @property
    def in_place(self) -> bool:
        """Whether they may write to this very file; who says something else may."""
        return self.how not in ("reads", "copy")


def presence_folder(project: Path) -> Path:
    """Where those who have a project open say so."""
    return project.with_name(f"{project.name}.here")


def _started(pid: int) -> str:
    import psutil  # 20 ms to load

    if not 0 < pid < _PIDS:
        return ""
    try:
        return f"{psutil.Process(pid).create_time():.2f}"
    except psutil.Error:
        return ""


def people_at(project: Path, *, own: str = "") -> list[Here]:
    """Who has the project open besides the one whose file has the name ``own``. Never raises."""
    now = time.time()
    with contextlib.suppress(OSError):
        # By the clock that stamps their files, where one of ours was just stamped by it.
        now = os.lstat(presence_folder(project) / own).st_mtime if own else now
    found = []
    for name, here, stamp in _entries(presence_folder(project)):
        if name == own or here is None:
            continue
        alive = _lives(here) if here.host == platform.node() else abs(now - stamp) <= STALE_S
        if alive:
            found.append(here)
            if len(found) == _MOST:
                break
    return sorted(found, key=lambda one: (one.since, one.person, one.host))


def _lives(here: Here) -> bool:
    started = _started(here.pid)
    return bool(started) and started == here.started


def _entries(folder: Path) -> Iterator[tuple[str, Here | None, float]]:
    """Names of a presence folder, what each says and when it was written. Nothing is followed."""
    try:
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            return
        with os.scandir(folder) as entries:
            names = [entry.name for _, entry in zip(range(_MOST_ENTRIES), entries, strict=False)]
    except OSError:
        return
    for name in sorted(names):
        if name.endswith(".json"):
            told = _told(folder / name)
            if told is not None:
                yield name, told[0], told[1]


def _told(path: Path) -> tuple[Here | None, float] | None:
    """What a file says, None for it where it says nothing; None where it is no plain small file."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        number = os.open(path, os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_BINARY", 0))
        with os.fdopen(number, "rb") as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode) or about.st_size > _LONGEST:
                return None
            raw = stream.read(_LONGEST + 1)
    except OSError:
        return None
    try:
        here = msgspec.json.decode(raw, type=Here)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None, about.st_mtime
    since = here.since if 0 <= here.since < _LAST_S else 0.0
    person, host = _name(here.person), _name(here.host)
    clean = msgspec.structs.replace(here, person=person, host=host, since=since)
    return (clean if clean.person and clean.host else None), about.st_mtime


def _name(text: str) -> str:
    """A name as it may be shown: one line, not long, nothing that steers."""
    line = "".join(one if one.isprintable() else " " for one in text[: 4 * _LONGEST_NAME])
    return " ".join(line.split())[:_LONGEST_NAME]


class Presence:
    """Says that a person has a project open, from ``start`` to ``stop``, in a thread of its own.

    ``changed`` gets the others, in that thread, whenever they are others than before.
    """

    def __init__(
        self,
        project: Path,
        person: str,
        strand: str,
        changed: Callable[[tuple[Here, ...]], None] = lambda _: None,
        *,
        how: str = "edits",
        silent: bool = False,
        every: float = EVERY_S,
    ) -> None:
        self._project = project
        now = round(time.time(), 1)
        self._here = Here(_name(person), platform.node(), os.getpid(), now, how)
        short = re.sub(r"[^\w.-]", "_", self._here.host)[:40]
        self.name = f"{short}-{self._here.pid}-{strand[:16]}.json"
        self._changed = changed
        self._silent = silent
        self._every = every
        self._others: tuple[Here, ...] = ()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)

    @property
    def host(self) -> str:
        """This machine, as others are told of it."""
        return self._here.host

    def start(self) -> None:
        """Say it, and look for others; returns at once."""
        self._thread.start()

    def stop(self, patience: float = 2.0) -> None:
        """Take it back. A folder that does not answer is waited for ``patience`` seconds at most."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        self._sweep()
        while not self._stop.is_set():
            if not self._silent:
                self._say()
            last, said = self._folder_changed(), time.monotonic()
            self._look()
            while not self._stop.wait(min(_LOOK_S, self._every)):
                if time.monotonic() - said >= self._every:
                    break
                # Who comes or goes changes the folder: seen at once, and not with the next saying.
                if (now := self._folder_changed()) != last:
                    last = now
                    self._look()
        self._take_back()

    def beat(self) -> None:
        """Say it once, and look who else is there."""
        if not self._silent:
            self._say()
        self._look()

    def _folder_changed(self) -> int:
        try:
            return os.lstat(presence_folder(self._project)).st_mtime_ns
        except OSError:
            return 0

    def _look(self) -> None:
        others = tuple(people_at(self._project, own=self.name))
        if others != self._others:
            self._others = others
            if not self._stop.is_set():
                self._changed(others)

    def _say(self) -> None:
        if not self._here.started:
            self._here = msgspec.structs.replace(self._here, started=_started(self._here.pid))
        folder = presence_folder(self._project)
        beside = folder / f".{self.name}.making"
        with contextlib.suppress(OSError):  # nobody is told, and nothing else comes of it
            with contextlib.suppress(FileExistsError):
                folder.mkdir()
            if not stat.S_ISDIR(os.lstat(folder).st_mode):
                return
            beside.unlink(missing_ok=True)
            number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
            with os.fdopen(number, "wb") as stream:
                stream.write(msgspec.json.encode(self._here))
            beside.replace(folder / self.name)

    def _take_back(self) -> None:
        folder = presence_folder(self._project)
        if self._silent or folder.is_symlink():
            return
        for name in (self.name, f".{self.name}.making"):
            with contextlib.suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # others are still here
            folder.rmdir()

    def _sweep(self) -> None:
        """Remove what dead programs left: ours at once, another machine's after a day."""
        folder = presence_folder(self._project)
        for name, here, stamp in _entries(folder):
            if here is None:
                continue
            dead = (
                not _lives(here) if here.host == platform.node() else time.time() - stamp > _SWEPT_S
            )
            if dead:
                with contextlib.suppress(OSError):
                    (folder / name).unlink()
