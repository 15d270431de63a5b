"""The command that prints JSON Schema: what a panel's content, configuration and values look like."""

from __future__ import annotations

from typing import Any, Literal

import click
import msgspec

from labeler.api.panel import PanelTask
from labeler.cli import streams
from labeler.cli.failures import DONE
from labeler.model.queue import QueueConfig
from labeler.plugins import Plugins

__all__ = ["content_schema", "print_schema", "value_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REFERENCE = "#/$defs/{name}"


@click.command(name="schema", help="Print the JSON Schema of a panel's content, config or value.")
@click.argument("panel")
@click.argument("what", type=click.Choice(["content", "config", "value"]))
def print_schema(panel: str, what: Literal["content", "config", "value"]) -> int:
    """Print a schema."""
    task = Plugins.load().task(panel)
    if what == "content":
        tree = content_schema(task)
    elif what == "value":
        tree = value_schema(task)
    else:
        tree = _schema(QueueConfig)
    streams.data({"$schema": _DIALECT, **tree})
    return DONE


def _schema(cls: Any) -> dict[str, Any]:
    (tree,), definitions = msgspec.json.schema_components([cls], ref_template=_REFERENCE)
    return {**tree, "$defs": definitions}


def content_schema(task: PanelTask) -> dict[str, Any]:
    """What the panel's tasks show."""
    return _schema(task.content_type)


def value_schema(task: PanelTask) -> dict[str, Any]:
    """What a person makes of it, as ``annotate`` takes it.

    A region may leave out its id, and its type where the panel's first one is meant.
    """
    types = list(task.region_types)
    regions, definitions = msgspec.json.schema_components(types, ref_template=_REFERENCE)
    for number, one in enumerate(types):
        definition = definitions[one.__name__]
        optional = {"id"} if number else {"id", "type"}
        definition["required"] = [
            name for name in definition.get("required", ()) if name not in optional
        ]
    return {
        "type": "object",
        "properties": {
            "regions": {"type": "array", "items": {"anyOf": list(regions)}},
            "answers": {"type": "object"},
        },
        "additionalProperties": False,
        "$defs": definitions,
    }
