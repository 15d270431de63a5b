"""What this program does for another run of it in a process of its own: apart, which no list shows.

The process bounds itself before it touches anything: a stranger's file or image may end it, and
nothing but it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from labeler.cli import streams
from labeler.cli.failures import DONE
from labeler.cli.options import PATH

__all__ = ["apart"]


@click.command(hidden=True)
@click.argument("what", type=click.Choice(["decode", "hold", "look", "read"]))
@click.argument("path", type=PATH, required=False)
def apart(what: str, path: Path | None) -> int:
    """Decode images that come on stdin; hold a database's lock; look at a project; read a source."""
    if what == "decode":
        from labeler.media.apart import serve

        serve(sys.stdin.buffer, sys.stdout.buffer)
    elif what == "read":
        from labeler.exchange.reading_apart import serve as read

        read()
    elif path is None:
        raise click.UsageError("name a file")
    elif what == "hold":
        _hold(path)
    else:
        from labeler.work.stranger import look_here

        streams.data(look_here(path))
    return DONE


def _hold(path: Path) -> None:
    """Say whether a database's lock can be had, and keep it until the input ends."""
    from labeler.store.trial import holding
    from labeler.work.folder_trial import HELD, TAKEN

    with holding(path) as mine:
        streams.say(HELD if mine else TAKEN)
        sys.stdout.flush()
        sys.stdin.read()
