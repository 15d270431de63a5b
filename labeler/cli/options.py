"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["as_json", "by_person", "file_or_stdin", "in_queue", "project_argument"]

F = TypeVar("F", bound=Callable[..., Any])

PATH = click.Path(path_type=Path, readable=False)
"""A path as it is typed; what cannot be read is refused by who reads it, one file of several alone."""


def project_argument(command: F) -> F:
    """The project file."""
    return click.argument("project", type=PATH)(command)


def as_json(command: F) -> F:
    """One JSON document in place of lines."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def in_queue(help_text: str = "The queue; may be left out where there is one.") -> Callable[[F], F]:
    """Which queue is meant."""
    return click.option("--queue", "queue", metavar="NAME", help=help_text)


def by_person(help_text: str, *, required: bool = False) -> Callable[[F], F]:
    """Who does it."""
    return click.option("--by", "by", metavar="PERSON", required=required, help=help_text)


def file_or_stdin(option: str, help_text: str, *, required: bool = False) -> Callable[[F], F]:
    """A file, or - for what comes on stdin."""
    return click.option(
        option,
        option.lstrip("-"),
        metavar="FILE|-",
        type=click.Path(path_type=Path, allow_dash=True, readable=False),
        required=required,
        help=help_text,
    )
