"""The one way in: the command group, with the app behind the commands that open a window."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from labeler.cli.lazy import Entry
from labeler.cli.main import command_group, run

__all__ = ["FIRST", "main"]

_PATH = click.Path(path_type=Path, readable=False)


@click.command(name="open", help="Open a project in the app, or the app's first page.")
@click.argument("project", type=_PATH, required=False)
@click.option("--safe-mode", is_flag=True, help="Load no plugins but our own.")
def open_app(project: Path | None = None, *, safe_mode: bool = False) -> int:
    """Open the app."""
    from labeler.app.main import run as run_app  # Qt takes a third of a second to load

    return int(run_app(project, safe_mode=safe_mode))


@click.command(help="Open the sample project in the app.")
@click.option(
    "--tour",
    type=_PATH,
    metavar="DIR",
    help="Drive the real widgets through every panel; pictures and report.json go into DIR.",
)
def demo(tour: Path | None) -> int:
    """Open the sample, or tour it."""
    from labeler.app.demo import run_demo

    return int(run_demo(tour))


FIRST = {
    "open": Entry(f"{__name__}:open_app", "Open a project in the app."),
    "demo": Entry(f"{__name__}:demo", "Open the sample project in the app."),
}
"""The commands that need a window; all others are the command line's own."""


def main() -> None:
    """Run the program with the arguments of its process, and end it with the exit code."""
    sys.exit(run(command_group(FIRST, "open"), sys.argv[1:]))


if __name__ == "__main__":
    main()
