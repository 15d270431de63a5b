"""What the program remembers for the person on this machine: ``settings.toml`` in their own folder.

It is data, read once at start and written as a whole, through a temporary file, shortly after a
change. Nothing of a project is kept here but where the person was in it.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from labeler.assets import brand
from labeler.store.indexing import index_folder
from labeler.work.media_roots import roots_file
from labeler.work.views import views_file

__all__ = [
    "Appearance",
    "Backups",
    "Folders",
    "Login",
    "Recent",
    "Seat",
    "Settings",
    "SettingsStore",
    "folders",
]

ThemeWord = Literal["system", "light", "dark", "high_contrast"]
_MOST_RECENT = 12


class Login(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who is at work on this machine; an empty handle: nobody said so far."""

    handle: str = ""
    name: str = ""


class Appearance(msgspec.Struct, frozen=True, omit_defaults=True):
    """How everything looks; ``language`` is empty for that of the system."""

    theme: ThemeWord = "system"
    text_scale: float = 1.0
    compact: bool = False
    reduced_motion: bool = False
    language: str = ""

    def __post_init__(self) -> None:
        if not 1.0 <= self.text_scale <= 2.0:
            raise ValueError("text_scale lies between 1.0 and 2.0")


class Backups(msgspec.Struct, frozen=True, omit_defaults=True):
    """Backups that are made by themselves: into which folder (empty: the usual one), or not at all."""

    folder: str = ""
    off: bool = False


class Recent(msgspec.Struct, frozen=True, omit_defaults=True):
    """A project that was open: its file, its title then, when (seconds since the epoch)."""

    path: str
    title: str = ""
    opened: float = 0.0


class Seat(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the person was in a project: queue, task (id), the place."""

    queue: str = ""
    task: str = ""
    place: str = ""


class Day(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was done on one day (``2026-05-14``): tasks ended, active milliseconds."""

    date: str = ""
    tasks: int = 0
    active_ms: int = 0


class Settings(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything remembered.

    ``windows`` maps a window's name to its geometry (base64), ``widths`` a panel's id to the width
    of its inspector in pixels, ``tabs`` to the tab the person turned to there, ``keys`` a command's id
    to the keys the person gave it, ``panels`` a panel's id to its own settings, ``seats`` a project's
    uid to where the person was in it, ``backups`` says how backups are made,
    ``handed`` are ids of hand-outs for somebody else that the person works at as that one,
    ``dismissed`` names hints the person closed, ``panels_off`` the plugins they turned off, ``day``
    what they did last. Where media lie is kept beside it, for the command line too
    (``labeler.work.media_roots``).
    """

    person: Login = Login()
    appearance: Appearance = Appearance()
    backups: Backups = Backups()
    recent: tuple[Recent, ...] = ()
    windows: dict[str, str] = {}
    widths: dict[str, int] = {}
    tabs: dict[str, str] = {}
    inspector_hidden: bool = False
    keys: dict[str, tuple[str, ...]] = {}
    panels: dict[str, dict[str, Any]] = {}
    panels_off: tuple[str, ...] = ()
    seats: dict[str, Seat] = {}
    dismissed: tuple[str, ...] = ()
    handed: tuple[str, ...] = ()
    day: Day = Day()


class SettingsStore:
    """The settings of one run: ``values`` now, changed through ``change``, written with ``write``.

    ``later`` is called after a change and should call ``write`` soon; a file that cannot be read is
    set aside as ``settings.toml.broken`` and ``problem`` says so. Another run may write the same
    file: what only it changed stays.
    """

    def __init__(self, path: Path, later: Callable[[], None] | None = None) -> None:
        self.path = path
        self.later = later
        self.problem = ""
        self.values = self._written = self._first_read()
        self._dirty = False

    def _first_read(self) -> Settings:
        try:
            return self._read()
        except OSError as error:
            self.problem = str(error)
        except ValueError as error:
            self.problem = str(error)
            try:
                self.path.replace(self.path.with_suffix(".toml.broken"))
            except OSError as second:
                self.problem += f"; {second}"
        return Settings()

    def _read(self) -> Settings:
        """What the file says; raises OSError or ValueError."""
        import tomllib

        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return Settings()
        return msgspec.convert(tomllib.loads(raw.decode()), Settings, strict=False)

    def change(self, **values: Any) -> None:
        """Replace fields of ``values``; a name that is no field is a TypeError."""
        changed = msgspec.structs.replace(self.values, **values)
        if changed == self.values:
            return
        self.values = changed
        self._dirty = True
        if self.later is not None:
            self.later()

    def write(self) -> bool:
        """Write what changed; False where the disk refuses (it is tried again at the next change)."""
        if not self._dirty:
            return True
        try:
            theirs = self._read()
        except (OSError, ValueError):  # no other run wrote it; ours is whole
            theirs = self._written
        whole = merged(self._written, self.values, theirs)
        text = toml_text(msgspec.to_builtins(whole))
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, encoding="utf-8")
            beside.replace(self.path)
        except OSError as error:
            self.problem = str(error)
            return False
        self.values = self._written = whole
        self._dirty = False
        return True

    # what is changed from more than one place

    def set_person(self, handle: str, name: str) -> None:
        """Who is at work on this machine."""
        self.change(person=Login(handle, name))

    def note_recent(self, path: Path, title: str) -> None:
        """Put a project first among the recent ones."""
        here = str(path.absolute())
        others = tuple(one for one in self.values.recent if one.path != here)
        first = Recent(here, title, round(time.time(), 1))
        self.change(recent=(first, *others)[:_MOST_RECENT])

    def forget_recent(self, path: str) -> None:
        """Take a project off the list of recent ones; its file stays."""
        self.change(recent=tuple(one for one in self.values.recent if one.path != path))

    def seat(self, project: str) -> Seat:
        """Where the person was in the project with this uid (hex)."""
        return self.values.seats.get(project, Seat())

    def note_seat(self, project: str, **where: str) -> None:
        """Remember where the person is in a project (fields of Seat)."""
        changed = msgspec.structs.replace(self.seat(project), **where)
        self.change(seats={**self.values.seats, project: changed})

    def panel(self, panel: str) -> Mapping[str, Any]:
        """What the person set of a panel's own settings."""
        return self.values.panels.get(panel, {})

    def set_panel(self, panel: str, key: str, value: Any) -> None:
        """Set one of a panel's own settings; None gives the default back."""
        mine = {name: one for name, one in self.panel(panel).items() if name != key}
        if value is not None:
            mine[key] = value
        self.change(panels={**self.values.panels, panel: mine})


def merged(before: Settings, ours: Settings, theirs: Settings) -> Settings:
    """``theirs`` with what ``ours`` changed of ``before``, table by table, name by name."""
    changes: dict[str, Any] = {}
    for name in Settings.__struct_fields__:
        was, mine, other = (getattr(one, name) for one in (before, ours, theirs))
        if mine == was:
            continue
        if isinstance(mine, dict):
            table = {key: value for key, value in other.items() if key in mine or key not in was}
            table.update({key: value for key, value in mine.items() if was.get(key) != value})
            mine = table
        elif name == "recent":
            known = {one.path for one in (*mine, *was)}
            both = [*mine, *(one for one in other if one.path not in known)]
            mine = tuple(sorted(both, key=lambda one: -one.opened))[:_MOST_RECENT]
        changes[name] = mine
    return msgspec.structs.replace(theirs, **changes)


class Folders(msgspec.Struct, frozen=True):
    """The person's own folders and files: settings, where media lie, saved views, search indexes,
    logs, where copies of the sample go."""

    settings: Path
    media_roots: Path
    views: Path
    search: Path
    logs: Path
    data: Path
    projects: Path


def folders(root: Path | None = None) -> Folders:
    """Where this machine keeps them; below ``root`` where one is given (a tour, a test)."""
    if root is not None:
        return Folders(
            root / "settings" / "settings.toml",
            root / "settings" / "media_roots.json",
            root / "settings" / "views.json",
            root / "cache" / "search",
            root / "logs",
            root / "data",
            root / "projects",
        )
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(brand().id, appauthor=False)
    return Folders(
        dirs.user_config_path / "settings.toml",
        roots_file(),
        views_file(),
        index_folder(),
        dirs.user_log_path,
        dirs.user_data_path,
        dirs.user_documents_path / brand().name,
    )


_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(tree: Mapping[str, Any]) -> str:
    """A tree of tables, lists, texts, numbers and booleans as TOML."""
    lines: list[str] = []
    _table(lines, (), tree)
    return "\n".join(lines) + "\n"


def _table(lines: list[str], path: tuple[str, ...], table: Mapping[str, Any]) -> None:
    inner = [(key, value) for key, value in table.items() if isinstance(value, Mapping)]
    plain = [(key, value) for key, value in table.items() if not isinstance(value, Mapping)]
    if path and (plain or not inner):
        lines += ["", f"[{'.'.join(_key(part) for part in path)}]"]
    lines += [f"{_key(key)} = {_literal(value)}" for key, value in plain if value is not None]
    for key, value in inner:
        _table(lines, (*path, key), value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        pairs = (f"{_key(key)} = {_literal(one)}" for key, one in value.items() if one is not None)
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_literal(one) for one in value if one is not None) + "]"
    raise TypeError(f"{type(value).__name__} has no place in settings")


def _text(text: str) -> str:
    # A JSON string is a TOML basic string but for DEL and lone surrogates.
    clean = text.encode("utf-8", "replace").decode()
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007F")
