"""What the command line says: lines on stdout and stderr, JSON as one document, whatever the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import click
import msgspec

from labeler.model.problems import Problem

__all__ = ["data", "line", "prepare", "problem_tree", "problems", "say"]


def prepare() -> None:
    """Make what a terminal cannot show an escape instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def line(text: str) -> str:
    """The text as one line: what would break it or steer the terminal is escaped."""
    if text.isprintable():
        return text
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in text
    )


def say(text: str) -> None:
    """A line on stdout."""
    click.echo(line(text))


def problems(found: Iterable[Problem]) -> None:
    """A line on stderr for each problem."""
    for problem in found:
        click.echo(line(str(problem)), err=True)


def data(tree: Any) -> None:
    """A JSON document on stdout, in ASCII where the stream is not UTF-8 or the document holds what
    would steer a terminal that it is shown on: JSON itself lets more through than a line may have."""
    raw = msgspec.json.encode(tree)
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("_", "-")
    steers = sys.stdout.isatty() and not raw.decode().isprintable()
    if steers or encoding not in ("utf-8", "utf8"):
        import json  # half of what a person's terminal may be, and a tenth of a command's start

        click.echo(json.dumps(msgspec.json.decode(raw), separators=(",", ":")))
        return
    click.echo(raw + b"\n", nl=False)


def problem_tree(problem: Problem) -> dict[str, str]:
    """A problem as ``--json`` prints it."""
    return {"where": problem.where, "code": problem.code, "message": problem.message}
