"""Keymaps: sets of keys as small files; those that ship, those a person takes along or passes on.

A file is TOML: ``schema``, ``name``, and a table ``keys`` from command ids to lists of keys in Qt's
portable text. ``"*.accept"`` stands for the command of that name of every panel. A keymap says what
is other than the defaults; commands it does not name keep theirs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from labeler.api.keys import key_fault
from labeler.app.commands import Commands, normal_key
from labeler.app.settings import toml_text
from labeler.assets import AssetMissing, asset
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import fault_of

__all__ = ["Fitted", "Keymap", "fitted", "matching", "read_keymap", "shipped", "written"]

SCHEMA = 1
_LARGEST = 1 << 18
"""Bytes; nobody has so many keys."""
_EVERY = "*."


class Keymap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named set of keys."""

    schema: int
    name: str = ""
    keys: dict[str, tuple[str, ...]] = {}


class Fitted(NamedTuple):
    """A keymap over the commands there are.

    ``own`` are the keys that differ from the defaults, ``lost`` the commands (id, key) that give a
    key up because the keymap gives it to another, ``unknown`` the names no command has here.
    """

    own: dict[str, tuple[str, ...]]
    lost: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


def read_keymap(path: Path) -> Keymap:
    """The keymap in a file; raises Refusal with what is wrong and where."""
    try:
        raw = path.read_bytes()
        if len(raw) > _LARGEST:
            raise ValueError("the file is too large for a keymap")
        keymap = msgspec.convert(tomllib.loads(raw.decode()), Keymap)
        if keymap.schema != SCHEMA:
            raise ValueError(f"the keymap is written in schema {keymap.schema}, known is {SCHEMA}")
        for name, keys in keymap.keys.items():
            for key in keys:
                fault = key_fault(key)
                if fault:
                    raise ValueError(f"{name}: {fault}")
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal(Problem("keymap_unreadable", str(path), {"reason": reason}, reason)) from None
    except ValueError as error:
        place, reason = fault_of(error)
        text = f"{place.lstrip('.')}: {reason}" if place else reason
        raise Refusal(Problem("keymap_invalid", str(path), {"reason": text}, text)) from None
    return keymap


def shipped() -> dict[str, Keymap]:
    """The keymaps that ship, by the name of their file."""
    try:
        folder = asset("keymaps")
    except AssetMissing:
        return {}
    return {path.stem: read_keymap(path) for path in sorted(folder.glob("*.toml"))}


def written(name: str, own: Mapping[str, tuple[str, ...]]) -> str:
    """The text of a keymap file with these keys."""
    keys = {command: list(keys) for command, keys in sorted(own.items())}
    return toml_text({"schema": SCHEMA, "name": name, "keys": keys})


def fitted(keymap: Keymap, commands: Commands) -> Fitted:
    """The keymap over the commands there are; no key runs two commands in one place afterwards."""
    entries = {entry.command.id: entry for entry in commands.all()}
    wanted: dict[str, tuple[str, ...]] = {}
    unknown = []
    for name, keys in keymap.keys.items():
        found = _named(name, entries)
        if not found:
            unknown.append(name)
        for command in found:
            wanted[command] = keys
    now = {name: wanted.get(name, entry.command.keys) for name, entry in entries.items()}
    lost: list[tuple[str, str]] = []
    trial = Commands(now)
    trial.add_all(entries.values())
    for clash in trial.clashes():
        # What the keymap names goes before what it does not; of two it names, the first.
        loser = (
            clash.first if clash.second in wanted and clash.first not in wanted else clash.second
        )
        kept = tuple(key for key in now[loser] if normal_key(key) != clash.key)
        if kept != now[loser]:
            now[loser] = kept
            lost.append((loser, clash.key))
    own = {name: keys for name, keys in now.items() if keys != entries[name].command.keys}
    return Fitted(own, tuple(lost), tuple(unknown))


def _named(name: str, entries: Mapping[str, object]) -> list[str]:
    if not name.startswith(_EVERY):
        return [name] if name in entries else []
    tail = name.removeprefix(_EVERY)
    # Of panels only: the house's own commands are meant one by one.
    panels = {"app", "data", "home", "project", "quality", "review", "work"}
    return [
        one
        for one in entries
        if one.partition(".")[2] == tail and one.partition(".")[0] not in panels
    ]


def matching(commands: Commands) -> str:
    """Which keymap is in force: ``default``, one that ships, or ``own`` for neither."""
    own = commands.own_keys
    if not own:
        return "default"
    for name, keymap in shipped().items():
        if fitted(keymap, commands).own == own:
            return name
    return "own"
