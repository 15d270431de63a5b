"""Saved views: filters of a project under a name, kept for this person on this machine.

They are no part of the project: a view is a way of looking, two people want different ones under one
name, and what is in the file is merged, handed out and kept for ever.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from labeler.assets import brand
from labeler.model.finding import Filter
from labeler.model.json import UNREADABLE
from labeler.model.problems import Refusal, nearest
from labeler.work.own_file import alone, free_name, stamp, write_whole

__all__ = ["LONGEST_NAME", "SavedView", "SavedViews", "views_file"]

LONGEST_NAME = 80
_VERSION = 1


class SavedView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A filter under a name; ``hidden`` names columns the table leaves out."""

    name: str
    asked: Filter = Filter()
    hidden: tuple[str, ...] = ()


class _Kept(msgspec.Struct, frozen=True):
    version: int
    projects: dict[str, tuple[SavedView, ...]]


Views = tuple[SavedView, ...]


def views_file() -> Path:
    """The file of this person on this machine."""
    from platformdirs import PlatformDirs

    return PlatformDirs(brand().id, appauthor=False).user_config_path / "views.json"


class SavedViews:
    """The views of each project (by its uid in hex), in the order the person gave them.

    ``path`` is a JSON file, read anew when another process wrote it; None keeps them in memory. A
    file that cannot be read is set aside and counts as empty.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._guard = threading.RLock()
        self._kept: dict[str, Views] = {}
        self._seen: tuple[int, int, int] | None = None

    def of(self, project: str) -> Views:
        """The views of a project."""
        with self._guard:
            if self.path is not None and stamp(self.path) != self._seen:
                self._seen = stamp(self.path)
                self._kept = self._read(self.path) or {}
            return self._kept.get(project, ())

    def view(self, project: str, name: str) -> SavedView:
        """The view of this name, whatever its case. Raises Refusal view_unknown."""
        wanted = name.strip().casefold()
        views = self.of(project)
        for one in views:
            if one.name.casefold() == wanted:
                return one
        hint = nearest(name, [one.name for one in views])
        raise Refusal.of("view_unknown", "", view=name, hint=hint)

    def keep(self, project: str, view: SavedView) -> SavedView:
        """Keep a view; one of the same name gives way, in its place. Raises Refusal, OSError."""
        name = " ".join(view.name.split())
        if not name or len(name) > LONGEST_NAME:
            raise Refusal.of("view_name", "", most=LONGEST_NAME)
        kept = msgspec.structs.replace(view, name=name)

        def put(views: Views) -> Views:
            names = [one.name.casefold() for one in views]
            if name.casefold() not in names:
                return (*views, kept)
            at = names.index(name.casefold())
            return (*views[:at], kept, *views[at + 1 :])

        self._change(project, put)
        return kept

    def rename(self, project: str, before: str, after: str) -> SavedView:
        """Call a view otherwise. Raises Refusal where another one has the name, OSError."""
        view = self.view(project, before)
        name = " ".join(after.split())
        if not name or len(name) > LONGEST_NAME:
            raise Refusal.of("view_name", "", most=LONGEST_NAME)
        taken = {one.name.casefold() for one in self.of(project)} - {view.name.casefold()}
        if name.casefold() in taken:
            raise Refusal.of("view_double", "", view=name)
        renamed = msgspec.structs.replace(view, name=name)
        self._change(project, lambda views: tuple(renamed if one == view else one for one in views))
        return renamed

    def drop(self, project: str, name: str) -> SavedView:
        """Forget a view; returns what it was. Raises Refusal view_unknown, OSError."""
        view = self.view(project, name)
        self._change(project, lambda views: tuple(one for one in views if one != view))
        return view

    def move(self, project: str, name: str, by: int) -> None:
        """Move a view so many places up (below 0) or down. Raises Refusal view_unknown, OSError."""
        view = self.view(project, name)

        def moved(views: Views) -> Views:
            if view not in views:
                return views
            rest = [one for one in views if one != view]
            rest.insert(max(0, min(len(rest), views.index(view) + by)), view)
            return tuple(rest)

        self._change(project, moved)

    def _change(self, project: str, change: Callable[[Views], Views]) -> None:
        with self._guard:
            if self.path is None:
                self._kept[project] = change(self._kept.get(project, ()))
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with alone(self.path):
                kept = self._read(self.path)
                if kept is None:
                    self.path.replace(free_name(self.path))
                    kept = {}
                kept[project] = change(kept.get(project, ()))
                told = msgspec.json.encode(
                    _Kept(_VERSION, {name: views for name, views in kept.items() if views})
                )
                write_whole(self.path, msgspec.json.format(told, indent=1).decode() + "\n")
                self._kept, self._seen = kept, stamp(self.path)

    def _read(self, path: Path) -> dict[str, Views] | None:
        """What the file says, None where it is damaged."""
        try:
            kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
        except OSError:
            return {}
        except UNREADABLE:
            return None
        return dict(kept.projects) if kept.version == _VERSION else None
