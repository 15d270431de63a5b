"""A command group that knows its commands by name and imports one when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

import click

from labeler.model.problems import nearest

__all__ = ["Entry", "LazyGroup"]


class Entry(NamedTuple):
    """Where a command is (``package.module:name``) and the line a list shows of it."""

    place: str
    help: str


class LazyGroup(click.Group):
    """Commands in the order of ``entries``. What is no command's name is handed to ``default``.

    A path of a project is meant so. Those in ``unlisted`` can be called and are shown nowhere.
    """

    def __init__(
        self,
        entries: Mapping[str, Entry],
        *,
        extension: str,
        default: str,
        unlisted: Mapping[str, Entry],
    ) -> None:
        super().__init__(name=None, invoke_without_command=True, no_args_is_help=False)
        self._entries = dict(entries)
        self._unlisted = dict(unlisted)
        self._extension = extension
        self._default = default

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in order."""
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, imported now, or None."""
        entry = self._entries.get(cmd_name) or self._unlisted.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; a path of a project means the default one."""
        name = args[0]
        if name not in self._entries and name not in self._unlisted:
            if name.endswith(self._extension) or any(mark in name for mark in "/\\"):
                args = [self._default, *args]
            else:
                ctx.fail(f"there is no command {name!r}{nearest(name, self._entries)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self._entries.items()])
