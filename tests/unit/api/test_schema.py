"""The JSON Schemas, judged by another implementation of JSON Schema on examples made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from labeler.api import (
    Box,
    Codec,
    Content,
    Part,
    Problem,
    QueueConfig,
    Refusal,
    Region,
    Relation,
    Segment,
    Span,
    Value,
)
from labeler.api.schema import SCHEMAS, schema_of
from labeler.model.queue import read_config
from labeler.model.regions import REGION_TYPES


class Letter(Content, frozen=True, kw_only=True):
    """A letter and its answer.

    ``texts`` are at least the two.
    """

    texts: tuple[str, ...]
    year: int | None = None

    def parts(self) -> tuple[Part, ...]:
        return tuple(Part(str(n), "text", text=one) for n, one in enumerate(self.texts))


class Task:
    """A panel made of types of ours."""

    content_type = Letter

    def __init__(self, *types: type[Region]) -> None:
        self.region_types: Sequence[type[Region]] = types

    def summary(self, content: Content) -> str:
        return ""

    def complete(self, content: Content, value: Value) -> Value:
        return value

    def check(self, content: Content, value: Value, config: QueueConfig) -> Iterable[Problem]:
        return ()

    def distance(self, content: Content, one: Region, other: Region) -> float:
        return 0.0


LETTERS = Task(Span, Segment, Relation)
EVERYTHING = Task(*REGION_TYPES.values())


def judge(what: str, task: Task = LETTERS) -> Draft202012Validator:
    return Draft202012Validator(schema_of(task, what))


@pytest.mark.parametrize("what", SCHEMAS)
@pytest.mark.parametrize("task", [LETTERS, EVERYTHING, Task()])
def test_every_schema_is_one_and_can_be_written(what: str, task: Task) -> None:
    schema = schema_of(task, what)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema)) == schema
    assert "discriminator" not in json.dumps(schema)


def test_descriptions_are_the_docstrings() -> None:
    schema = schema_of(LETTERS, "content")
    described = schema["$defs"]["Letter"]["description"]
    assert described == "A letter and its answer.\n\n``texts`` are at least the two."


@pytest.mark.parametrize(
    ("tree", "valid"),
    [
        ({"texts": ["a", "b"]}, True),
        ({"texts": [], "year": None, "extra": {"from": "a file"}}, True),
        ({"texts": ["a"], "year": 1890}, True),
        ({}, False),
        ({"texts": "a"}, False),
        ({"texts": ["a", 5]}, False),
        ({"texts": ["a"], "year": "1890"}, False),
        ([], False),
    ],
)
def test_content_is_judged_as_the_panel_judges_it(tree: Any, valid: bool) -> None:
    assert judge("content").is_valid(tree) is valid
    try:
        msgspec.json.decode(json.dumps(tree), type=Letter)
    except msgspec.ValidationError:
        assert not valid
    else:
        assert valid


VALUES: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"regions": [], "answers": {}}, True),
    ({"answers": {"mood": "good", "rate": {"per": {"0": 3}}}}, True),
    ({"regions": [{"start": 0, "end": 4}]}, True),  # the first type is meant
    ({"regions": [{"type": "span", "id": "a", "start": 0, "end": 4, "label": "cat"}]}, True),
    ({"regions": [{"type": "span", "start": 0, "end": 4, "certainty": "high"}]}, True),
    ({"regions": [{"type": "relation", "from": "a", "to": "b"}]}, True),
    (
        {
            "regions": [
                {
                    "type": "segment",
                    "start": 0,
                    "end": 9,
                    "words": [{"id": "w", "start": 0, "end": 4, "text": "well"}],
                }
            ]
        },
        True,
    ),
    ({"regions": [{"type": "span", "start": 0}]}, False),
    ({"regions": [{"start": 0, "end": "4"}]}, False),
    ({"regions": [{"start": 0, "end": 4, "label": 5}]}, False),
    ({"regions": [{"from": "a", "to": "b"}]}, False),  # no span, and no type to say what it is
    ({"regions": [{"type": "relation", "from": "a"}]}, False),
    ({"regions": [{"type": "segment", "start": 0, "end": 9, "words": [{"id": "w"}]}]}, False),
    ({"regions": [5]}, False),
    ({"regions": {}}, False),
    ({"answers": []}, False),
]


@pytest.mark.parametrize(("tree", "valid"), VALUES)
def test_a_value_is_judged_as_the_codec_judges_it(tree: dict[str, Any], valid: bool) -> None:
    assert judge("value").is_valid(tree) is valid
    codec = Codec({cls.type_name(): cls for cls in LETTERS.region_types})
    try:
        codec.read(json.dumps(tree).encode(), "k")
    except Refusal:
        assert not valid
    else:
        assert valid


def test_a_region_of_any_other_type_is_let_through_and_one_of_ours_is_not_taken_for_it() -> None:
    assert judge("value").is_valid({"regions": [{"type": "mark", "id": "m", "start": "three"}]})
    assert not judge("value").is_valid({"regions": [{"type": "span", "start": "three"}]})
    assert not judge("value").is_valid({"regions": [{"type": 5}]})


def test_the_shapes_of_every_type_are_told_apart() -> None:
    by_hand = {
        "box": {"x": 1, "y": 2, "width": 3.5, "height": 4},
        "polygon": {"rings": [[[0, 0], [1, 0], [1, 1]]]},
        "track": {
            "keyframes": [
                {"at": 0, "shape": {"type": "box", "x": 1, "y": 2, "width": 3, "height": 4}}
            ]
        },
        "keypoints": {"points": [{"name": "nose", "x": 1, "y": 2, "visibility": 1}]},
        "claim": {"start": 0, "end": 4, "verdict": "refuted", "sources": [{"id": "s"}]},
    }
    judge_all = judge("value", EVERYTHING)
    for name, fields in by_hand.items():
        assert judge_all.is_valid({"regions": [{"type": name, **fields}]}), name
    wrong = [
        {"type": "polygon", "rings": [[[0, 0, 0]]]},
        {"type": "track", "keyframes": [{"at": 0, "shape": {"type": "circle"}}]},
        {"type": "keypoints", "points": [{"name": "nose", "visibility": 3}]},
        {"type": "claim", "verdict": "maybe"},
        {"type": "box", "x": 1},
    ]
    for region in wrong:
        assert not judge_all.is_valid({"regions": [region]}), region
    assert judge_all.is_valid({"regions": [by_hand["box"]]})  # the first type


CHOICE = {"kind": "choice", "id": "q", "choices": [{"id": "a"}]}
CONFIGS: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"labels": [{"id": "cat", "name": "Cat", "colour": "#E69F00", "extra": {"id": 3}}]}, True),
    ({"questions": [CHOICE]}, True),
    ({"questions": [{**CHOICE, "scope": "part:turn", "required": True}]}, True),
    (
        {
            "questions": [
                {"kind": "scale", "id": "s", "minimum": -1, "step": 0.5, "anchors": {"0": "no"}}
            ]
        },
        True,
    ),
    (
        {"questions": [CHOICE, {"kind": "text", "id": "t", "when": {"question": "q", "is": "a"}}]},
        True,
    ),
    (
        {"questions": [CHOICE, {"kind": "text", "id": "t", "when": {"question": "q", "is": None}}]},
        True,
    ),
    (
        {
            "questions": [
                CHOICE,
                {"kind": "text", "id": "t", "when": {"question": "q", "answered": True}},
            ]
        },
        True,
    ),
    (
        {
            "questions": [
                CHOICE,
                {"kind": "text", "id": "t", "when": {"all": [{"question": "q", "in": ["a"]}]}},
            ]
        },
        True,
    ),
    (
        {
            "questions": [
                CHOICE,
                {
                    "kind": "text",
                    "id": "t",
                    "when": {"not": {"question": "q", "is": 1}, "any": None},
                },
            ]
        },
        True,
    ),
    (
        {"questions": [{"kind": "records", "id": "r", "columns": [{"id": "c", "kind": "check"}]}]},
        True,
    ),
    ({"policy": {"overlap": 3, "skip_reasons": ["blurred"]}, "settings": {"x": [1]}}, True),
    ({"lables": []}, False),
    ({"labels": [{"name": "Cat"}]}, False),
    ({"labels": [{"id": ""}]}, False),
    ({"labels": [{"id": "cat", "color": "#fff"}]}, False),
    ({"questions": [{"kind": "mood", "id": "q"}]}, False),
    ({"questions": [{"id": "q"}]}, False),
    ({"questions": [{**CHOICE, "choices": []}]}, False),
    ({"questions": [{**CHOICE, "choices": [{"title": "A"}]}]}, False),
    ({"questions": [{**CHOICE, "choices": [{"id": "a", "color": 1}]}]}, False),
    ({"questions": [{**CHOICE, "scope": "regions"}]}, False),
    ({"questions": [{**CHOICE, "minumum": 1}]}, False),
    ({"questions": [{"kind": "scale", "id": "s", "step": 0}]}, False),
    ({"questions": [CHOICE, {"kind": "text", "id": "t", "when": {}}]}, False),
    ({"questions": [CHOICE, {"kind": "text", "id": "t", "when": {"question": "q"}}]}, False),
    (
        {
            "questions": [
                CHOICE,
                {"kind": "text", "id": "t", "when": {"question": "q", "is": 1, "in": [2]}},
            ]
        },
        False,
    ),
    ({"questions": [CHOICE, {"kind": "text", "id": "t", "when": {"all": [], "any": []}}]}, False),
    ({"questions": [CHOICE, {"kind": "text", "id": "t", "when": {"all": [], "is": 1}}]}, False),
    (
        {
            "questions": [
                CHOICE,
                {"kind": "text", "id": "t", "when": {"question": "q", "equals": 1}},
            ]
        },
        False,
    ),
    (
        {"questions": [{"kind": "records", "id": "r", "columns": [{"id": "c", "kind": "mood"}]}]},
        False,
    ),
    ({"policy": {"overlap": 0}}, False),
    ({"policy": {"overlaps": 2}}, False),
    ({"labels": {}}, False),
]


@pytest.mark.parametrize(("tree", "valid"), CONFIGS)
def test_a_configuration_is_refused_exactly_if_its_schema_refuses_it(
    tree: dict[str, Any], valid: bool
) -> None:
    assert judge("config").is_valid(tree) is valid
    try:
        read_config(json.dumps(tree).encode(), strict=True)
    except Refusal:
        assert not valid
    else:
        assert valid


names = st.sampled_from(["question", "is", "in", "answered", "all", "any", "not"])
conditions = st.dictionaries(
    names, st.sampled_from([None, True, "q", 1, [], [1], {"question": "q", "is": 1}])
)


@given(conditions)
def test_a_condition_is_refused_exactly_if_its_schema_refuses_it(when: dict[str, Any]) -> None:
    tree = {"questions": [{"kind": "text", "id": "q"}, {"kind": "text", "id": "t", "when": when}]}
    try:
        read_config(json.dumps(tree).encode(), strict=True)
        taken = True
    except Refusal as refusal:
        taken = "is no question" in str(refusal)  # what a schema cannot know
    assert judge("config").is_valid(tree) is taken


def test_a_type_without_a_schema_is_an_error_and_no_half_schema() -> None:
    class Odd(Content, frozen=True, kw_only=True):
        when: complex

        def parts(self) -> tuple[Part, ...]:
            return ()

    class Panel(Task):
        content_type = Odd

    with pytest.raises(TypeError):
        schema_of(Panel(Box), "content")
