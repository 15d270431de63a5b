"""An editor's commands as a table: what each of them does, and whether it can be run now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from labeler.kit.editor import CanRun

__all__ = ["CommandEntry", "CommandTable"]

CommandEntry = tuple[Callable[[], bool | None], Callable[[], CanRun]]
"""What a command does (False where nothing came of it), and whether it can be run now."""


class CommandTable:
    """What ``Editor.run`` and ``Editor.can_run`` ask: the commands of a manifest by their ids."""

    def __init__(self, entries: Mapping[str, CommandEntry]) -> None:
        self._entries = dict(entries)

    def run(self, command_id: str) -> bool:
        """Run a command; False where it is unknown, cannot be run now or nothing came of it."""
        entry = self._entries.get(command_id)
        return entry is not None and entry[1]().ok and entry[0]() is not False

    def can_run(self, command_id: str) -> CanRun:
        """Whether a command can be run now, and why not."""
        entry = self._entries.get(command_id)
        return CanRun(False) if entry is None else entry[1]()
