"""The command group: its commands by name, none of them imported before it is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from labeler import __version__
from labeler.assets import APART, brand
from labeler.cli import streams
from labeler.cli.failures import DONE, guarded
from labeler.cli.lazy import Entry, LazyGroup

__all__ = ["COMMANDS", "command_group", "run"]

_HERE = "labeler.cli.commands"

COMMANDS: dict[str, Entry] = {
    "new": Entry(f"{_HERE}.projects:new", "Make a project from a template."),
    "templates": Entry(f"{_HERE}.projects:list_templates", "List the templates."),
    "import": Entry(f"{_HERE}.exchange:import_files", "Take tasks and values in from files."),
    "export": Entry(f"{_HERE}.exchange:export_files", "Write tasks and values to files."),
    "formats": Entry(f"{_HERE}.exchange:list_formats", "List the formats of import and export."),
    "schema": Entry(f"{_HERE}.schema:print_schema", "Print a panel's JSON Schema."),
    "info": Entry(f"{_HERE}.projects:info", "Say what is in a project."),
    "tasks": Entry(f"{_HERE}.tasks:list_tasks", "List tasks."),
    "show": Entry(f"{_HERE}.tasks:show", "Show a task with what was said about it."),
    "next": Entry(f"{_HERE}.tasks:next_task", "Show a person's next task."),
    "annotate": Entry(f"{_HERE}.annotate:annotate", "Submit a person's value for a task."),
    "queue": Entry(f"{_HERE}.queues:queue", "Show or set a queue's configuration."),
    "people": Entry(f"{_HERE}.people:people", "List people, or say what one does in a project."),
    "handout": Entry(f"{_HERE}.handing:handout", "Hand tasks out to a person, as a file."),
    "handouts": Entry(f"{_HERE}.handing:list_handouts", "List who has which tasks."),
    "recall": Entry(f"{_HERE}.handing:recall", "Take a hand-out back."),
    "merge": Entry(f"{_HERE}.sharing:merge", "Take the work in other copies of a project in."),
    "conflicts": Entry(f"{_HERE}.sharing:conflicts", "List what two copies decided differently."),
    "settle": Entry(f"{_HERE}.sharing:settle", "Settle what two copies decided differently."),
    "check": Entry(f"{_HERE}.projects:check", "Say whether a project file is sound."),
    "repair": Entry(f"{_HERE}.projects:repair", "Make a sound project of a damaged one."),
    "backup": Entry(f"{_HERE}.projects:backup", "Copy a project, also while it is open."),
    "plugins": Entry(f"{_HERE}.plugins:list_plugins", "List the plugins."),
    "doctor": Entry(f"{_HERE}.doctor:doctor", "Say whether this installation is whole."),
}
_UNLISTED = {APART: Entry(f"{_HERE}.apart:apart", "Work for another run of this program.")}


def command_group(first: Mapping[str, Entry], default: str) -> click.Group:
    """The group of all commands; those in ``first``, which the caller brings, stand before ours.

    ``default`` is the one that is meant where no command is named.
    """
    own = brand()
    group = LazyGroup(
        {**first, **COMMANDS}, extension=own.extension, default=default, unlisted=_UNLISTED
    )
    group.help = (
        f"{own.name}: label texts, images, audio and answers of models.\n\n"
        "Without a command the app opens. Exit codes: 0 done; 1 done, with problems reported; "
        "2 refused, with one line on stderr that says why."
    )
    click.version_option(__version__, prog_name=own.name, message="%(prog)s %(version)s")(group)

    def without_command(ctx: click.Context) -> int | None:
        if ctx.invoked_subcommand is not None:
            return None
        command = group.get_command(ctx, default)
        assert command is not None
        code: int | None = ctx.invoke(command)
        return code

    group.callback = click.pass_context(without_command)
    return group


def run(group: click.Group, arguments: Sequence[str]) -> int:
    """Run the command the arguments name; returns the exit code."""
    streams.prepare()

    def call() -> int:
        # Not group.main: it says a line of its own where somebody interrupts or stops listening.
        with group.make_context(brand().command, list(arguments)) as context:
            code = group.invoke(context)
        return code if isinstance(code, int) else DONE

    return guarded(call)
