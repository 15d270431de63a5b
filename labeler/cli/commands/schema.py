"""The command that prints JSON Schema: what a panel's content, configuration and values look like."""

from __future__ import annotations

from typing import Literal

import click

from labeler.api.schema import schema_of
from labeler.cli import streams
from labeler.cli.failures import DONE
from labeler.plugins import Plugins

__all__ = ["print_schema"]


@click.command(name="schema", help="Print the JSON Schema of a panel's content, config or value.")
@click.argument("panel")
@click.argument("what", type=click.Choice(["content", "config", "value"]))
def print_schema(panel: str, what: Literal["content", "config", "value"]) -> int:
    """Print a schema."""
    streams.data(schema_of(Plugins.load().task(panel), what))
    return DONE
