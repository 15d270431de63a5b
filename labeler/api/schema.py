"""JSON Schema of what a panel takes: its content, its queues' configuration, its values."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any, Literal, get_args

import msgspec

from labeler.api.panel import PanelTask
from labeler.model.conditions import Condition
from labeler.model.content import Content
from labeler.model.queue import QueueConfig
from labeler.model.regions import Region
from labeler.model.value import Value

__all__ = ["SCHEMAS", "Schema", "SchemaName", "schema_of"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]
SchemaName = Literal["content", "config", "value"]
SCHEMAS: tuple[SchemaName, ...] = get_args(SchemaName)

_REF = "#/$defs/{name}"


def schema_of(task: PanelTask, what: SchemaName) -> Schema:
    """The JSON Schema (2020-12) of the panel's ``content`` or ``value``, or of a queue's ``config``.

    Descriptions are the docstrings of the types. What only the types' own checks know (a span's end
    after its start) is not in it. Raises TypeError where a guest's type has no schema.
    """
    if what == "content":
        return _content(task.content_type)
    if what == "config":
        return _config()
    return _value(task)


def _whole(root: Schema, components: dict[str, Any]) -> Schema:
    raw = msgspec.json.encode({"$schema": DIALECT, **root, "$defs": components})
    schema: Schema = msgspec.json.decode(raw)  # a tree of its own, of nothing but JSON
    _tidy(schema)
    return schema


def _tidy(node: Any) -> None:
    """Dedent descriptions and take out OpenAPI's word for a union, which is none of JSON Schema's."""
    if isinstance(node, dict):
        if isinstance(node.get("description"), str):
            node["description"] = cleandoc(node["description"])
        if "propertyName" in node.get("discriminator", ()):
            del node["discriminator"]
    for inner in node.values() if isinstance(node, dict) else node:
        if isinstance(inner, (dict, list)):
            _tidy(inner)


def _content(cls: type[Content]) -> Schema:
    (root,), components = msgspec.json.schema_components([cls], ref_template=_REF)
    return _whole(root, components)


def _config() -> Schema:
    (root,), components = msgspec.json.schema_components([QueueConfig], ref_template=_REF)
    for definition in components.values():
        definition["additionalProperties"] = False  # a misspelt name is refused, not ignored
        properties = definition["properties"]
        if "id" in properties:
            properties["id"]["minLength"] = 1
        if "scope" in properties:
            properties["scope"]["pattern"] = "^(task|region|part:.*)$"
        if "choices" in properties and "kind" in definition["required"]:
            properties["choices"]["minItems"] = 1
        if "step" in properties:
            properties["step"]["exclusiveMinimum"] = 0
    components["Policy"]["properties"]["overlap"]["minimum"] = 1
    components[Condition.__name__].update(_condition_forms())
    return _whole(root, components)


def _condition_forms() -> Schema:
    """A condition is a test on one question, or one way to join others; null counts as left out."""
    joins = ("all", "any", "not")
    nothing: Schema = {"type": "null"}
    given: Schema = {"not": nothing}
    tests: list[Schema] = [
        {"required": ["is"], "properties": {"in": nothing, "answered": nothing}},
        {
            "required": ["in"],
            "properties": {"in": given, "answered": nothing, "is": False},
        },
        {
            "required": ["answered"],
            "properties": {"answered": given, "in": nothing, "is": False},
        },
    ]
    forms: list[Schema] = [
        {
            "required": ["question"],
            "properties": {"question": given, **dict.fromkeys(joins, nothing)},
            "oneOf": tests,
        }
    ]
    for join in joins:
        others = ["question", "in", "answered", *(one for one in joins if one != join)]
        properties = {join: given, "is": False, **dict.fromkeys(others, nothing)}
        forms.append({"required": [join], "properties": properties})
    return {"oneOf": forms}


def _value(task: PanelTask) -> Schema:
    types: list[type[Region]] = list(task.region_types)
    schemas, components = msgspec.json.schema_components([Value, *types], ref_template=_REF)
    components.pop(Region.__name__, None)
    names = [cls.type_name() for cls in types]
    for number, cls in enumerate(types):
        definition = components[cls.__name__]
        definition["properties"]["type"] = {"const": names[number]}
        if number == 0:  # where the type is left out, the first one is meant
            definition["required"].remove("type")
    other: Schema = {
        "title": "A region of any other type",
        "description": "What another panel made: kept as it is, byte for byte. "
        "From outside only one that is there already, unchanged, is taken.",
        "type": "object",
        "properties": {
            "type": {"type": "string", "not": {"enum": names}},
            "id": {"type": "string"},
        },
        "required": ["type"] if types else [],
    }
    components["OtherRegion"] = other
    regions = [*schemas[1:], {"$ref": _REF.format(name="OtherRegion")}]
    properties = components[Value.__name__]["properties"]
    properties["regions"] = {
        "type": "array",
        "items": {"anyOf": regions},
        "default": [],
        "description": "Marks on the content, in order. An id may be left out: "
        "it is then derived from the task's key and the region's fields.",
    }
    properties["answers"]["description"] = (
        "Answers by question id. A question of the task has its answer here; one of parts has "
        '{"per": {part id: answer}}; one of regions is answered in the attributes of each.'
    )
    return _whole(schemas[0], components)
