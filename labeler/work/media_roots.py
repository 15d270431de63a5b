"""Where media lie on this machine: a project names roots, each machine says which folder that is.

A project says ``photos: cam2/0412.jpg`` and nothing of drives and home folders. Whoever brings media
in, or opens a project that refers to some, says once where ``photos`` is; that is remembered in one
small file of the person's own, for the app and the command line alike.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from labeler.assets import brand

__all__ = ["MediaRoots", "roots_file"]

_VERSION = 1
_TRIES = 50
_WAIT = 0.02
"""Seconds between tries to put the file in place while another process reads it (Windows only)."""

Table = dict[str, dict[str, str]]


def roots_file() -> Path:
    """The file of this person on this machine."""
    from platformdirs import PlatformDirs

    return PlatformDirs(brand().id, appauthor=False).user_config_path / "media_roots.json"


class MediaRoots:
    """The folders of media roots by project uid (hex) and root. Any thread may use it.

    ``path`` is a JSON file, ``None`` keeps it in memory. It is read anew when another process wrote
    it. A file that cannot be read counts as empty and is set aside beside it; ``problem`` says so.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.problem = ""
        self._guard = threading.RLock()
        self._table: Table = {}
        self._seen: tuple[int, int, int] | None = None

    def folders(self, project: str) -> Mapping[str, Path]:
        """Where the roots of a project lie, as far as anybody said."""
        with self._guard:
            self._look()
            return {name: Path(folder) for name, folder in self._table.get(project, {}).items()}

    def folder(self, project: str, root: str) -> Path | None:
        """Where a root lies, as far as anybody said."""
        with self._guard:
            self._look()
            told = self._table.get(project, {}).get(root)
            return Path(told) if told else None

    def tell(self, project: str, root: str, folder: Path | None) -> None:
        """Say where a root lies (kept as an absolute path); None forgets it.

        What other processes say meanwhile of other roots stays. Raises OSError where it cannot be
        kept.
        """
        said = str(folder.absolute()) if folder is not None else None

        def change(table: Table) -> bool:
            mine = table.get(project, {})
            if mine.get(root) == said:
                return False
            mine = {name: one for name, one in mine.items() if name != root}
            if said is not None:
                mine[root] = said
            table[project] = mine
            if not mine:
                del table[project]
            return True

        with self._guard:
            if self.path is None:
                change(self._table)
                return
            self._look()
            if change({name: dict(mine) for name, mine in self._table.items()}):
                self._change(self.path, change)

    def _change(self, path: Path, change: Callable[[Table], bool]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path):
            table = self._read(path, set_aside=True) or {}
            if change(table):
                _write(path, table)
            self._table, self._seen = table, _stamp(path)

    def _look(self) -> None:
        """Read the file where it is not the one that was read last."""
        if self.path is None or (stamp := _stamp(self.path)) == self._seen:
            return
        table = self._read(self.path, set_aside=False)
        if table is None:
            with contextlib.suppress(OSError), _alone(self.path):  # a folder nobody may write to
                table = self._read(self.path, set_aside=True)
            stamp = _stamp(self.path)
        self._table, self._seen = table or {}, stamp

    def _read(self, path: Path, *, set_aside: bool) -> Table | None:
        """What the file says, None where it is damaged."""
        try:
            return _table_of(json.loads(path.read_bytes()))
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.problem = f"{path}: {error}"
            return {}
        except (ValueError, RecursionError) as error:
            self.problem = f"{path}: {error}"
            if set_aside:
                path.replace(_free_name(path))
            return None


def _table_of(tree: Any) -> Table:
    """The table in a file's JSON; raises ValueError where it is none."""
    if not isinstance(tree, dict) or tree.get("version") != _VERSION:
        raise ValueError("it is no list of media folders of this version")
    table = tree.get("projects")
    if not isinstance(table, dict) or not all(
        isinstance(mine, dict) and all(isinstance(one, str) for one in mine.values())
        for mine in table.values()
    ):
        raise ValueError("its folders are no texts by project and root")
    return table


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _free_name(path: Path) -> Path:
    number = 1
    while True:
        aside = path.with_suffix(f".broken-{number}.json")
        if not aside.exists():
            return aside
        number += 1


def _write(path: Path, table: Table) -> None:
    """Put the file in place whole; raises OSError."""
    # ASCII: a folder's name may hold bytes that are no text, and they come back as they were.
    text = json.dumps({"version": _VERSION, "projects": table}, indent=1, sort_keys=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with beside.open("w", encoding="ascii") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        _put_in_place(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _put_in_place(made: Path, path: Path) -> None:
    if sys.platform == "win32":
        for _ in range(_TRIES):  # another process may be reading it
            try:
                made.replace(path)
            except PermissionError:
                time.sleep(_WAIT)
            else:
                return
    made.replace(path)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock beside a file, waiting for whoever holds it; raises OSError.

    The system gives it back when a process dies, so none is ever left behind.
    """
    with path.with_name(f".{path.name}.lock").open("a+b") as lock:
        if sys.platform == "win32":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                lock.seek(0)
                msvcrt.locking(lock.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
