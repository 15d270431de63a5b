"""The one registry of what a person can do: menus, palette, cheat sheet, key caps and keys read it.

A command is data (``labeler.model.commands.Command``); what runs it and when it can be run are
registered beside it. Its keys are the person's own where they gave it some, else its defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from shiboken6 import isValid

from labeler.kit.controls.keycap import shown_key
from labeler.kit.editor import CanRun
from labeler.model.commands import Command

__all__ = ["Clash", "Commands", "Entry", "is_plain", "key_text", "normal_key"]

YES = CanRun(True)


class Clash(NamedTuple):
    """Two commands that one key would run in the same place."""

    key: str
    first: str
    second: str


class ShowsKey(Protocol):
    """A control with a key cap."""

    def set_key(self, key: str) -> None:
        """Show another key, or none if empty."""


@dataclass(slots=True)
class Entry:
    """A command with what runs it.

    ``place`` is where it works: "" anywhere, a place's id, or ``work/PANEL`` while that panel's
    editor is on the stage.
    """

    command: Command
    run: Callable[[], object]
    can_run: Callable[[], CanRun]
    place: str = ""


class Commands(QObject):
    """The registry. ``changed`` fires after commands came or went, or keys became others.

    ``keys_changed`` fires only when the person gave other keys.
    """

    changed = Signal()
    keys_changed = Signal()

    def __init__(
        self, own_keys: Mapping[str, Sequence[str]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._entries: dict[str, Entry] = {}
        self._own = {name: tuple(keys) for name, keys in own_keys.items()}
        self._by_key: dict[str, list[str]] = {}
        self._followers: list[tuple[ShowsKey, str]] = []
        self.place = ""
        """The place the person is at; the window keeps it."""
        self.panel = ""
        """The panel on the stage of the Work page; the page keeps it."""

    # who registers

    def add(
        self,
        command: Command,
        run: Callable[[], object],
        *,
        can_run: Callable[[], CanRun] | None = None,
        place: str = "",
    ) -> None:
        """Register a command; one with the same id is replaced."""
        self._entries[command.id] = Entry(command, run, can_run or _always, place)
        self._index()

    def add_all(self, entries: Iterable[Entry]) -> None:
        """Register several at once."""
        for entry in entries:
            self._entries[entry.command.id] = entry
        self._index()

    def remove(self, owner: str) -> None:
        """Take out every command of an owner (the part of the id before the first dot)."""
        gone = [name for name in self._entries if name.partition(".")[0] == owner]
        for name in gone:
            del self._entries[name]
        if gone:
            self._index()

    # who asks

    def all(self) -> tuple[Entry, ...]:
        """Every command, in the order of registration."""
        return tuple(self._entries.values())

    def get(self, command_id: str) -> Entry | None:
        """The command with this id, or None."""
        return self._entries.get(command_id)

    def keys(self, command_id: str) -> tuple[str, ...]:
        """The keys of a command as portable text; none for a command nobody registered."""
        if command_id in self._own:
            return self._own[command_id]
        entry = self._entries.get(command_id)
        return entry.command.keys if entry is not None else ()

    def key_text(self, command_id: str) -> str:
        """The first key of a command as a key cap shows it, "" where it has none."""
        keys = self.keys(command_id)
        return key_text(keys[0]) if keys else ""

    def can_run(self, command_id: str) -> CanRun:
        """Whether a command can be run now, and if not, why."""
        entry = self._entries.get(command_id)
        return entry.can_run() if entry is not None else CanRun(False)

    def run(self, command_id: str) -> bool:
        """Run a command; False where nobody registered it or it cannot be run now."""
        entry = self._entries.get(command_id)
        if entry is None or not entry.can_run().ok:
            return False
        entry.run()
        return True

    def follow(self, control: ShowsKey, command_id: str) -> None:
        """Let a control show the first key of a command, now and whenever it becomes another."""
        self._followers = [pair for pair in self._followers if _is_alive(pair[0])]
        self._followers.append((control, command_id))
        control.set_key(self.key_text(command_id))

    # keys

    def for_key(self, key: str, place: str | None = None) -> Entry | None:
        """The command a key (portable text) runs at a place (else the current one), or None.

        A command of the place goes before one that works anywhere.
        """
        at = self.place if place is None else place
        found = [self._entries[name] for name in self._by_key.get(_normal(key), ())]
        for here in (f"{at}/{self.panel}", at, ""):
            for entry in found:
                if entry.place == here:
                    return entry
        return None

    def works_at(self, entry: Entry, place: str, panel: str = "") -> bool:
        """Whether a command works at a place, there with this panel on the stage."""
        return entry.place in ("", place, f"{place}/{panel}")

    def works_here(self, entry: Entry) -> bool:
        """Whether a command works where the person is."""
        return self.works_at(entry, self.place, self.panel)

    def is_of_another_panel(self, entry: Entry) -> bool:
        """Whether it is a command of a panel that is not on the stage."""
        _, slash, panel = entry.place.partition("/")
        return bool(slash) and panel != self.panel

    def clashes(self) -> list[Clash]:
        """Every key that would run two commands in one place."""
        found = []
        for key, names in self._by_key.items():
            for number, first in enumerate(names):
                for second in names[number + 1 :]:
                    if _meet(self._entries[first].place, self._entries[second].place):
                        found.append(Clash(key, first, second))
        return found

    def would_clash(self, command_id: str, key: str) -> Entry | None:
        """The command that has this key already where the given one would use it, or None."""
        mine = self._entries[command_id].place
        for name in self._by_key.get(_normal(key), ()):
            if name != command_id and _meet(mine, self._entries[name].place):
                return self._entries[name]
        return None

    def remap(self, command_id: str, keys: Sequence[str] | None) -> None:
        """Give a command other keys; None gives its defaults back. Clashes are the caller's."""
        own = dict(self._own)
        own.pop(command_id, None)
        entry = self._entries.get(command_id)
        if keys is not None and (entry is None or tuple(keys) != entry.command.keys):
            own[command_id] = tuple(keys)
        self.remap_all(own)

    def remap_all(self, own_keys: Mapping[str, Sequence[str]]) -> None:
        """Give commands these keys, and all others their defaults back."""
        own = {name: tuple(keys) for name, keys in own_keys.items()}
        if own != self._own:
            self._own = own
            self._index()
            for control, command_id in self._followers:
                if _is_alive(control):
                    control.set_key(self.key_text(command_id))
            self.keys_changed.emit()

    @property
    def own_keys(self) -> dict[str, tuple[str, ...]]:
        """The keys the person gave, by command: what is remembered."""
        return dict(self._own)

    def _index(self) -> None:
        self._by_key.clear()
        for name in self._entries:
            for key in self.keys(name):
                self._by_key.setdefault(_normal(key), []).append(name)
        self.changed.emit()


def _is_alive(control: ShowsKey) -> bool:
    """Whether Qt still has the control."""
    return not isinstance(control, QObject) or isValid(control)


def normal_key(key: str) -> str:
    """A key in Qt's one spelling: what two equal keys have in common."""
    return _normal(key)


def _always() -> CanRun:
    return YES


def _meet(one: str, other: str) -> bool:
    """Whether there is a place where both work: a panel's is a part of the Work page's."""
    both = (f"{one}/", f"{other}/")
    return not one or not other or both[0].startswith(both[1]) or both[1].startswith(both[0])


def _normal(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def key_text(key: str) -> str:
    """A key as a key cap shows it: ``Ctrl+Enter`` for Return, the platform's own signs on a Mac."""
    return shown_key(key)


def is_plain(modifiers: Qt.KeyboardModifier, key: int) -> bool:
    """Whether a key types where text is written: no Ctrl, Alt or Meta, and no function key."""
    held = (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    return not (modifiers & held) and not Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
