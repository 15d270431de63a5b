"""Each region type: its JSON as designed, what it refuses, what hangs on what."""

from __future__ import annotations

import msgspec
import pytest
from model_values import HAND_MADE, HOLE, SQUARE

from labeler.model.json import FrozenDict, equal_json
from labeler.model.regions import (
    REGION_TYPES,
    Aspect,
    Box,
    BoxShape,
    Claim,
    Keyframe,
    Lines,
    Mask,
    Polygon,
    Region,
    Relation,
    Segment,
    Source,
    Span,
    Track,
    Word,
)


def named(pair: tuple[Region, str]) -> str:
    return f"{pair[0].type_name()}-{pair[0].id}"


@pytest.mark.parametrize("pair", HAND_MADE, ids=named)
def test_a_region_is_written_as_designed_and_read_back(pair: tuple[Region, str]) -> None:
    region, raw = pair
    assert equal_json(msgspec.json.decode(msgspec.json.encode(region)), msgspec.json.decode(raw))
    again = msgspec.json.decode(raw, type=type(region))
    assert again == region
    assert list(region.faults()) == []


def test_there_is_a_hand_made_value_of_every_type() -> None:
    assert {region.type_name() for region, _ in HAND_MADE} == set(REGION_TYPES)
    assert list(REGION_TYPES) == [
        *("box", "polygon", "mask", "keypoints", "track", "segment", "point", "span", "lines"),
        *("aspect", "claim", "relation"),
    ]


FAULTY: list[tuple[Region, list[str]]] = [
    (Box(x=0, y=0, width=-1, height=2), ["width"]),
    (Box(x=0, y=0, width=-1, height=-2), ["width", "height"]),
    (Polygon(rings=(SQUARE, HOLE[:2])), ["rings[1]"]),
    (Mask(width=2, height=2, counts=(1, 2)), ["counts"]),
    (Mask(width=2, height=2, counts=(5, -1)), ["counts"]),
    (Track(keyframes=()), ["keyframes"]),
    (Track(keyframes=(Keyframe(3), Keyframe(3))), ["keyframes[1].at"]),
    (
        Track(keyframes=(Keyframe(-1), Keyframe(5), Keyframe(4))),
        ["keyframes[0].at", "keyframes[2].at"],
    ),
    (Segment(start=-1, end=4), ["start"]),
    (Segment(start=5, end=4), ["end"]),
    (Segment(start=0, end=4, words=(Word("w", 3, 2, "x"),)), ["words[0].end"]),
    (Span(start=3, end=3), ["end"]),
    (Span(start=-1, end=3), ["start"]),
    (Lines(start=0, end=3), ["start"]),
    (Lines(start=4, end=3), ["end"]),
    (Aspect(start=4), ["end"]),
    (Aspect(end=4), ["end"]),
    (Aspect(start=4, end=1), ["end"]),
    (Claim(start=4, end=1), ["end"]),
]


@pytest.mark.parametrize(("region", "fields"), FAULTY)
def test_what_types_alone_cannot_refuse_is_a_fault(region: Region, fields: list[str]) -> None:
    assert [field for field, _ in region.faults()] == fields


@pytest.mark.parametrize(
    "region",
    [
        Segment(start=4, end=4),  # a cue may have no length
        Lines(start=1, end=1),
        Aspect(),
        Claim(),
        Mask(width=0, height=0, counts=()),
        Box(x=-5, y=-5, width=0, height=0),
    ],
)
def test_the_edge_of_what_is_sound_is_sound(region: Region) -> None:
    assert list(region.faults()) == []


def test_tables_in_a_region_are_read_only() -> None:
    mine = {"a": {"b": 1}}
    regions = [
        Box(x=0, y=0, width=1, height=1, attributes=mine, extra=mine),
        msgspec.json.decode(
            b'{"type":"box","x":0,"y":0,"width":1,"height":1,"attributes":{"a":{"b":1}},'
            b'"extra":{"a":{"b":1}}}',
            type=Box,
        ),
    ]
    for region in regions:
        assert isinstance(region.attributes["a"], FrozenDict)
        assert isinstance(region.extra["a"], FrozenDict)
    children = [
        Keyframe(0, BoxShape(0, 0, 1, 1), attributes=mine),
        Word("w", 0, 1, "x", attributes=mine),
        Source("s", attributes=mine),
    ]
    for child in children:
        assert isinstance(child.attributes["a"], FrozenDict)
    mine["a"]["b"] = 2
    assert equal_json(regions[0].attributes, {"a": {"b": 1}})


def test_a_relation_points_at_its_ends() -> None:
    assert Relation(source="a", target="b").ends() == ("a", "b")
    assert Box(x=0, y=0, width=1, height=1).ends() == ()
