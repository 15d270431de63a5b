"""Where media lie on this machine: a project names roots, each machine says which folder that is.

A project says ``photos: cam2/0412.jpg`` and nothing of drives and home folders. Whoever brings media
in, or opens a project that refers to some, says once where ``photos`` is; that is remembered in one
small file of the person's own, for the app and the command line alike.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from labeler.assets import brand
from labeler.work.own_file import alone, free_name, stamp, write_whole

__all__ = ["MediaRoots", "roots_file"]

_VERSION = 1

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
        with alone(path):
            table = self._read(path, set_aside=True) or {}
            if change(table):
                # ASCII: a folder's name may hold bytes that are no text, and they come back as they were.
                told = {"version": _VERSION, "projects": table}
                write_whole(path, json.dumps(told, indent=1, sort_keys=True) + "\n")
            self._table, self._seen = table, stamp(path)

    def _look(self) -> None:
        """Read the file where it is not the one that was read last."""
        if self.path is None or (now := stamp(self.path)) == self._seen:
            return
        table = self._read(self.path, set_aside=False)
        if table is None:
            with contextlib.suppress(OSError), alone(self.path):  # a folder nobody may write to
                table = self._read(self.path, set_aside=True)
            now = stamp(self.path)
        self._table, self._seen = table or {}, now

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
                path.replace(free_name(path))
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
