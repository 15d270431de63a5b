"""The codec: what nobody knows and what nobody edited is written back as it came."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_values import HAND_MADE, json_values, key, tables

from labeler.model.codec import Codec
from labeler.model.ids import derived_region_id
from labeler.model.json import canonical, equal_json
from labeler.model.problems import Refusal
from labeler.model.regions import (
    REGION_TYPES,
    Box,
    Keyframe,
    Opaque,
    Polygon,
    Region,
    Segment,
    Span,
    Track,
)
from labeler.model.value import Value

ALL = Codec(REGION_TYPES)
TEXTS = Codec({"span": Span, "segment": Segment, "track": Track})


def parsed(raw: bytes) -> Any:
    return json.loads(raw)


def test_a_value_of_every_type_goes_through() -> None:
    raw = b'{"regions":[%s],"answers":{"q":[1.5]}}' % ",".join(one for _, one in HAND_MADE).encode()
    value = ALL.decode(raw)
    assert value.regions == tuple(region for region, _ in HAND_MADE)
    assert equal_json(parsed(ALL.encode(value)), parsed(raw))
    assert ALL.decode(ALL.encode(value)) == value


def test_an_empty_value_is_an_empty_table() -> None:
    assert ALL.encode(Value()) == b"{}"
    assert ALL.decode(b"{}") == Value()
    assert ALL.decode(b'{"regions":[],"answers":{}}') == Value()


strange = st.fixed_dictionaries(
    {"type": st.sampled_from(["mark", "Span", "", "spanner"]), "id": key},
    optional={"start": json_values, "on": json_values, "label": json_values, "z": json_values},
)


@given(strange, st.sampled_from([None, 1, 4]))
def test_a_region_of_an_unknown_type_keeps_its_bytes(
    tree: dict[str, Any], indent: int | None
) -> None:
    raw = json.dumps(tree, indent=indent, ensure_ascii=indent is None).encode()
    region = TEXTS.decode_region(raw)
    assert isinstance(region, Opaque)
    assert (region.id, region.kind, region.type) == (tree["id"], tree["type"], tree["type"])
    assert TEXTS.encode_region(region) == raw
    whole = b'{ "regions" : [ %s , %s ] }' % (raw, b'{"type":"span","id":"!","start":0,"end":1}')
    value = TEXTS.decode(whole)
    assert parsed(TEXTS.encode(value))["regions"][0] == parsed(raw)
    assert raw in TEXTS.encode(value)


def test_the_head_of_an_unknown_region_is_read_where_it_is_text() -> None:
    region = TEXTS.decode_region(b'{"type":"mark","id":"m","on":"p1","label":"cat","score":"?"}')
    assert (region.id, region.on, region.label) == ("m", "p1", "cat")
    odd = TEXTS.decode(b'{"regions":[{"type":7,"id":"m","on":1,"label":[2]}]}').regions[0]
    assert isinstance(odd, Opaque)
    assert (odd.id, odd.on, odd.label, odd.kind) == ("m", None, None, "")


def test_a_region_that_does_not_fit_its_type_is_opaque_in_a_project() -> None:
    raw = b'{"type":"span","id":"a","start":"three","end":5}'
    with pytest.raises(msgspec.ValidationError):
        TEXTS.decode_region(raw)
    value = TEXTS.decode(b'{"regions":[' + raw + b"]}")
    assert isinstance(value.regions[0], Opaque)
    assert TEXTS.encode(value) == b'{"regions":[' + raw + b"]}"


@given(tables, st.integers(0, 99))
def test_an_edited_region_keeps_the_fields_nobody_knows(more: dict[str, Any], start: int) -> None:
    known = {"type", "id", "on", "label", "attributes", "score", "origin", "extra"}
    more = {name: one for name, one in more.items() if name not in {*known, "start", "end", "text"}}
    before = json.dumps({"type": "span", "id": "a", "start": 1, "end": 200, **more}).encode()
    region = TEXTS.decode_region(before)
    edited = msgspec.structs.replace(region, start=start, label="new")
    raw = TEXTS.encode_region(edited, before)
    expected = {"type": "span", "id": "a", "label": "new", "start": start, "end": 200, **more}
    assert equal_json(parsed(raw), expected)
    assert TEXTS.decode_region(raw) == edited


def test_a_field_that_was_not_edited_keeps_its_bytes() -> None:
    before = b'{"type":"span","start":1,"end":2,"text":"","id":"a","attributes":{"q": 1.0e0}}'
    edited = msgspec.structs.replace(TEXTS.decode_region(before), end=9)
    raw = TEXTS.encode_region(edited, before)
    assert b'"attributes":{"q": 1.0e0}' in raw
    assert equal_json(parsed(raw), {**parsed(before), "end": 9})  # "text":"" stays said


def test_an_attribute_that_became_true_is_not_taken_for_the_one_it_was() -> None:
    before = b'{"type":"span","start":1,"end":2,"id":"a","attributes":{"q":1}}'
    edited = msgspec.structs.replace(TEXTS.decode_region(before), attributes={"q": True})
    assert parsed(TEXTS.encode_region(edited, before))["attributes"]["q"] is True


def test_a_field_set_back_to_its_default_is_gone() -> None:
    before = b'{"type":"span","id":"a","label":"old","start":1,"end":2,"text":"x"}'
    edited = msgspec.structs.replace(TEXTS.decode_region(before), label=None, text="")
    assert parsed(TEXTS.encode_region(edited, before)) == {
        "type": "span",
        "id": "a",
        "start": 1,
        "end": 2,
    }


TRACK = (
    b'{"type":"track","id":"t","keyframes":['
    b'{"at":0,"shape":{"type":"box","x":1,"y":2,"width":3,"height":4,"depth":9},"by":"ada"},'
    b'{"at":5,"shape":{"type":"box","x":2,"y":2,"width":3,"height":4}, "by":"bob"},'
    b'{"at":9,"outside":true,"by":"eve"}]}'
)


def test_children_keep_the_fields_nobody_knows_by_their_key() -> None:
    region = TEXTS.decode_region(TRACK)
    assert isinstance(region, Track)
    first, second, _ = region.keyframes
    moved = msgspec.structs.replace(second, occluded=True)
    edited = msgspec.structs.replace(region, keyframes=(first, moved, Keyframe(7)))
    assert parsed(TEXTS.encode_region(edited, TRACK))["keyframes"] == [
        {
            "at": 0,  # not edited: what is deep inside it stays as well
            "shape": {"type": "box", "x": 1, "y": 2, "width": 3, "height": 4, "depth": 9},
            "by": "ada",
        },
        {
            "at": 5,
            "shape": {"type": "box", "x": 2, "y": 2, "width": 3, "height": 4},
            "occluded": True,
            "by": "bob",
        },
        {"at": 7},
    ]


def test_children_that_are_all_gone_stay_gone() -> None:
    region = TEXTS.decode_region(TRACK)
    emptied = msgspec.structs.replace(region, keyframes=())
    assert parsed(TEXTS.encode_region(emptied, TRACK)) == {
        "type": "track",
        "id": "t",
        "keyframes": [],
    }
    word = b'{"id":"w","start":0,"end":1,"text":"x"}'
    segment = b'{"type":"segment","id":"s","start":0,"end":1,"words":[%s]}' % word
    edited = msgspec.structs.replace(TEXTS.decode_region(segment), words=())
    assert "words" not in parsed(TEXTS.encode_region(edited, segment))


def test_a_region_that_became_another_type_drops_the_fields_of_the_old_one() -> None:
    before = b'{"type":"box","id":"b","x":1,"y":2,"width":3,"height":4,"rotation":5,"lidar":7}'
    ring = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    raw = ALL.encode_region(Polygon(id="b", rings=(ring,)), before)
    assert equal_json(
        parsed(raw),
        {"type": "polygon", "id": "b", "rings": [[[0, 0], [1, 0], [1, 1]]], "lidar": 7},
    )


class Renamed(Region, tag="renamed", frozen=True, kw_only=True):
    """A guest's type whose field has another name in JSON."""

    CHILDREN: ClassVar[tuple[str, str] | None] = None
    source: str = msgspec.field(name="from")


def test_a_field_with_another_name_in_json_is_edited_under_that_name() -> None:
    codec = Codec({"renamed": Renamed})
    before = b'{"type":"renamed","id":"a","from":"x","more":1}'
    edited = msgspec.structs.replace(codec.decode_region(before), source="y")
    assert parsed(codec.encode_region(edited, before)) == {
        "type": "renamed",
        "id": "a",
        "from": "y",
        "more": 1,
    }


# -------------------------------------------------------------------------------------- from outside


def refusal(raw: bytes, codec: Codec = TEXTS, where: str = "") -> Any:
    with pytest.raises(Refusal) as caught:
        codec.read(raw, "k", where)
    return caught.value.problem


def test_ids_and_the_first_type_may_be_left_out() -> None:
    raw = b'{"regions":[{"start":0,"end":4},{"start":0,"end":4},{"id":"mine","start":1,"end":2}]}'
    value = TEXTS.read(raw, "row 7")
    assert [type(region) for region in value.regions] == [Span, Span, Span]
    fields = canonical({"type": "span", "start": 0, "end": 4})
    assert [region.id for region in value.regions] == [
        derived_region_id("row 7", fields, 0),
        derived_region_id("row 7", fields, 1),  # an equal region is another one
        "mine",
    ]
    assert TEXTS.read(raw, "row 7") == value
    assert TEXTS.read(raw, "row 8").regions[0].id != value.regions[0].id


def test_a_derived_id_does_not_hang_on_how_the_json_is_written() -> None:
    one = TEXTS.read(b'{"regions":[{"start":0,"end":4,"label":"a"}]}', "k")
    other = TEXTS.read(b'{"regions":[{ "label":"\\u0061","end":4,"type":"span","start":0}]}', "k")
    assert one == other


def test_fields_nobody_knows_are_kept_in_extra() -> None:
    raw = b'{"regions":[{"start":0,"end":4,"certainty":"high","extra":{"certainty":1,"was":2}}]}'
    (region,) = TEXTS.read(raw, "k").regions
    assert equal_json(region.extra, {"certainty": 1, "was": 2})
    (other,) = TEXTS.read(b'{"regions":[{"start":0,"end":4,"seen":{"by":[1]}}]}', "k").regions
    assert equal_json(other.extra, {"seen": {"by": [1]}})


@pytest.mark.parametrize(
    ("raw", "code", "where", "words"),
    [
        (b"[]", "value_invalid", "value", "expected `object`"),
        (b'{"regions":[', "value_invalid", "value", "truncated"),
        (b'{"answers":[]}', "value_invalid", "answers", "expected `object`"),
        (b'{"answers":{"q":"\xff"}}', "value_invalid", "value", "not UTF-8"),
        (
            b'{"answers":{"q":' + b"[" * 9999 + b"]" * 9999 + b"}}",
            "value_invalid",
            "value",
            "too deeply",
        ),
        (
            b'{"answers":{"q":' + b"[" * 101 + b"]" * 101 + b"}}",
            "value_invalid",
            "value",
            "too deeply",
        ),
        (b'{"regions":[5]}', "region_invalid", "regions[0]", "expected `object`"),
        (
            b'{"regions":[{"start":0,"end":1},{"start":0}]}',
            "region_invalid",
            "regions[1]",
            "missing required field `end`",
        ),
        (
            b'{"regions":[{"start":0,"end":1.5}]}',
            "region_invalid",
            "regions[0].end",
            "expected `int`",
        ),
        (
            b'{"regions":[{"start":3,"end":1}]}',
            "region_invalid",
            "regions[0].end",
            "the span ends at 1, before its start at 3",
        ),
        (
            b'{"regions":[{"type":"track","keyframes":[{"at":0},{"at":0}]}]}',
            "region_invalid",
            "regions[0].keyframes[1].at",
            "does not follow",
        ),
        (
            b'{"regions":[{"type":"spam","start":0,"end":1}]}',
            "region_type",
            "regions[0].type",
            "no region of type 'spam'; did you mean 'span'?",
        ),
        (
            b'{"regions":[{"id":"a","start":0,"end":1},{"id":"a","start":0,"end":2}]}',
            "region_id_double",
            "regions[1].id",
            "'a' is used twice",
        ),
        (
            b'{"regions":[{"id":"%s","start":0,"end":1}]}' % (b"x" * 129),
            "region_invalid",
            "regions[0].id",
            "at most 128 letters",
        ),
        (
            b'{"regions":[{"text":"\xff","start":0,"end":1}]}',
            "region_invalid",
            "regions[0]",
            "UTF-8",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    raw: bytes, code: str, where: str, words: str
) -> None:
    problem = refusal(raw)
    assert (problem.code, problem.where) == (code, where)
    assert words in problem.message
    at_line = refusal(raw, where="a.jsonl:7")
    assert at_line.where == ("a.jsonl:7" if where == "value" else f"a.jsonl:7: {where}")


def test_a_panel_without_region_types_takes_none() -> None:
    none = Codec({})
    assert none.read(b'{"answers":{"q":1}}', "k") == Value((), {"q": 1})
    assert refusal(b'{"regions":[{"start":0}]}', none).code == "region_type"


def test_regions_the_annotation_has_may_come_back_unchanged() -> None:
    mark = b'{"type":"mark", "id":"m", "at":1.0}'
    broken = b'{"type":"span", "id":"b", "start":"three","end":5}'
    kept = {"m": mark, "b": broken}
    raw = (
        b'{"regions":[{"id":"m","at":1,"type":"mark"},{"start":0,"end":1},'
        b'{"type":"span","id":"b","start":"three","end":5}]}'
    )
    value = TEXTS.read(raw, "k", kept=kept)
    assert [type(region) for region in value.regions] == [Opaque, Span, Opaque]
    assert [TEXTS.encode_region(value.regions[n]) for n in (0, 2)] == [mark, broken]
    with pytest.raises(Refusal, match="no region of type 'mark'"):
        TEXTS.read(raw.replace(b'"at":1', b'"at":2'), "k", kept=kept)
    with pytest.raises(Refusal, match="expected `int`"):
        TEXTS.read(raw.replace(b'"three"', b'"four"'), "k", kept=kept)


@given(st.binary(max_size=60) | json_values.map(lambda tree: json.dumps(tree).encode()))
def test_anything_from_outside_is_a_value_or_a_refusal(raw: bytes) -> None:
    try:
        value = ALL.read(raw, "k")
    except Refusal:
        return
    assert ALL.decode(ALL.encode(value)) == value


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "type": st.sampled_from([*REGION_TYPES, "mark"]) | json_values,
                "id": key | json_values,
                **dict.fromkeys(
                    ["on", "label", "x", "start", "end", "words", "extra"], json_values
                ),
            },
        ),
        max_size=3,
    )
)
def test_anything_like_regions_is_a_value_or_a_refusal(regions: list[dict[str, Any]]) -> None:
    raw = json.dumps({"regions": regions}).encode()
    try:
        value = ALL.read(raw, "k")
    except Refusal:
        value = ALL.decode(raw) if all(isinstance(one, dict) for one in regions) else Value()
    assert len(value.regions) in (0, len(regions))


def test_boxes_are_the_first_type_of_all() -> None:
    (region,) = ALL.read(b'{"regions":[{"x":1,"y":2,"width":3,"height":4}]}', "k").regions
    assert isinstance(region, Box)
    assert region.rotation == 0


# a value read in one go is the value read region by region


def slowly(codec: Codec) -> Codec:
    """The same codec without its way of reading all regions in one go."""
    slow = Codec(codec.types)
    slow._whole = None
    return slow


def told(codec: Codec, raw: bytes) -> object:
    """What the codec makes of a value from outside, or why it refuses it."""
    try:
        return codec.read(raw, "key", "in.json:1")
    except Refusal as refusal:
        return refusal.problem


@pytest.mark.parametrize(
    "region",
    [
        *(raw for _, raw in HAND_MADE),
        '{"type":"box","id":"b","x":1.0,"y":2.0,"width":3.0,"height":4.0}',
        '{"type":"box","id":"b","x":1,"y":2,"width":3,"height":4}',
        '{"type":"box","x":1.0,"y":2.0,"width":3.0,"height":4.0}',
        '{"id":"b","x":1.0,"y":2.0,"width":3.0,"height":4.0}',
        '{"type":"box","id":"b","x":1.0,"y":2.0,"width":3.0,"height":4.0,"who":"me"}',
        '{"type":"box","id":"b","x":1.0,"x":2.0,"y":2.0,"width":3.0,"height":4.0}',
        '{"type":"box","id":"b","x":1.0,"y":2.0,"width":-3.0,"height":4.0}',
        '{"type":"box","id":"b","x":1.0,"y":2.0,"width":3.0}',
        '{"type":"box","id":"%s","x":1.0,"y":2.0,"width":3.0,"height":4.0}' % ("b" * 129),
        '{"type":"nobody","id":"b"}',
        '{"type":"span","id":"s","start":3,"end":3}',
    ],
)
@pytest.mark.parametrize("count", [1, 2])
def test_one_go_and_region_by_region_come_to_the_same(region: str, count: int) -> None:
    raw = b'{"regions":[%s],"answers":{"q":[1.5,{"a":"b"}]}}' % ",".join([region] * count).encode()
    for codec in (ALL, TEXTS):
        assert told(codec, raw) == told(slowly(codec), raw)
        assert codec.decode(raw) == slowly(codec).decode(raw)


@given(tables)
def test_answers_are_read_alike_in_one_go(answers: dict[str, Any]) -> None:
    raw = msgspec.json.encode({"answers": answers})
    assert told(ALL, raw) == told(slowly(ALL), raw)


def test_a_value_as_we_write_it_is_read_in_one_go() -> None:
    raw = b'{"regions":[{"type":"box","id":"b","x":1.5,"y":2.0,"width":3.0,"height":4.0}]}'
    codec = Codec({"box": Box})
    codec._region_from_outside = None  # type: ignore[assignment,method-assign]
    assert codec.read(raw, "key").regions == (Box(id="b", x=1.5, y=2.0, width=3.0, height=4.0),)
