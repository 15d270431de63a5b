"""Three-way differences: every piece that changed, nothing blended, nothing dropped."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeler.model.json import equal_json
from labeler.model.three_way import ABSENT, Place, combined, differences

CHILDREN = {"track": ("keyframes", "at"), "segment": ("words", "id")}

BOX = {"id": "a", "type": "box", "label": "cat", "x": 1, "y": 2, "width": 3, "height": 4}
OTHER = {"id": "b", "type": "box", "label": "dog", "x": 9, "y": 9, "width": 9, "height": 9}
TRACK = {"id": "t", "type": "track", "keyframes": [{"at": 0, "x": 1}, {"at": 10, "x": 5}]}


def tree(*regions: Any, **answers: Any) -> dict[str, Any]:
    return {"regions": list(regions), "answers": answers}


def verdicts(base: Any, *versions: Any) -> dict[Place, str]:
    return {one.place: one.verdict for one in differences(base, versions, CHILDREN)}


def test_what_one_changed_and_the_other_did_not_is_taken_from_who_changed_it() -> None:
    base = tree(BOX, OTHER, mood="good", per_turn={"per": {"1": 2, "2": 3}})
    mine = tree({**BOX, "label": "lynx"}, OTHER, mood="bad", per_turn={"per": {"1": 5, "2": 3}})
    theirs = tree({**BOX, "x": 7}, OTHER, mood="good", per_turn={"per": {"1": 2, "2": 4}})
    assert verdicts(base, mine, theirs) == {
        Place(region="a", field="label"): "one",
        Place(region="a"): "one",
        Place(question="mood"): "one",
        Place(question="per_turn", part="1"): "one",
        Place(question="per_turn", part="2"): "one",
    }
    assert equal_json(
        combined(base, [mine, theirs], children=CHILDREN),
        tree(
            {**BOX, "label": "lynx", "x": 7}, OTHER, mood="bad", per_turn={"per": {"1": 5, "2": 4}}
        ),
    )


def test_geometry_is_never_blended() -> None:
    base, mine, theirs = tree(BOX), tree({**BOX, "x": 7}), tree({**BOX, "width": 8})
    assert verdicts(base, mine, theirs) == {Place(region="a"): "contested"}
    with pytest.raises(ValueError, match="nobody chose"):
        combined(base, [mine, theirs])
    assert equal_json(combined(base, [mine, theirs], {Place(region="a"): 1}), theirs)


def test_who_edits_what_another_one_deleted_contests_the_deletion() -> None:
    edited = {**BOX, "attributes": {"sure": 3}}
    (one,) = differences(tree(BOX), [tree(), tree(edited)])
    assert (one.place, one.verdict) == (Place(region="a"), "contested")
    assert one.versions == (ABSENT, edited)
    assert equal_json(combined(tree(BOX), [tree(), tree(edited)], {one.place: 1}), tree(edited))
    assert equal_json(combined(tree(BOX), [tree(), tree(edited)], {one.place: 0}), tree())


def test_what_one_deleted_and_nobody_touched_goes() -> None:
    base, mine, theirs = tree(BOX, OTHER), tree(OTHER), tree(BOX, {**OTHER, "label": "wolf"})
    assert equal_json(combined(base, [mine, theirs]), tree({**OTHER, "label": "wolf"}))


def test_keyframes_of_both_are_kept_in_time() -> None:
    mine = {**TRACK, "keyframes": [{"at": 0, "x": 1}, {"at": 5, "x": 2}, {"at": 10, "x": 5}]}
    theirs = {**TRACK, "keyframes": [{"at": 0, "x": 1}, {"at": 7, "x": 3}, {"at": 10, "x": 6}]}
    found = combined(tree(TRACK), [tree(mine), tree(theirs)], children=CHILDREN)
    assert found["regions"][0]["keyframes"] == [
        {"at": 0, "x": 1},
        {"at": 5, "x": 2},
        {"at": 7, "x": 3},
        {"at": 10, "x": 6},
    ]
    assert set(verdicts(tree(TRACK), tree(mine), tree(theirs))) == {
        Place(region="t", child=at) for at in (5, 7, 10)
    }


def test_the_same_keyframe_moved_two_ways_is_contested() -> None:
    mine = {**TRACK, "keyframes": [{"at": 0, "x": 1}, {"at": 10, "x": 7}]}
    theirs = {**TRACK, "keyframes": [{"at": 0, "x": 1}, {"at": 10, "x": 8}]}
    assert verdicts(tree(TRACK), tree(mine), tree(theirs)) == {
        Place(region="t", child=10): "contested"
    }


def test_the_same_change_by_both_is_no_contest() -> None:
    mine = theirs = tree({**BOX, "label": "lynx"}, mood=1.0)
    assert verdicts(tree(BOX, mood=0), mine, theirs) == {
        Place(region="a", field="label"): "alike",
        Place(question="mood"): "alike",
    }


def test_without_a_common_origin_all_that_differs_is_contested_and_the_rest_is_taken() -> None:
    mine, theirs = (
        tree(BOX, mood="good", why="x"),
        tree({**BOX, "x": 5}, OTHER, mood="bad", why="x"),
    )
    assert verdicts(None, mine, theirs) == {
        Place(region="a"): "contested",
        Place(region="b"): "one",
        Place(question="mood"): "contested",
        Place(question="why"): "alike",
    }


def test_another_order_is_a_place_of_its_own() -> None:
    base, mine, theirs = tree(BOX, OTHER), tree(OTHER, BOX), tree(BOX, {**OTHER, "x": 1})
    assert verdicts(base, mine, theirs) == {Place(field="order"): "one", Place(region="b"): "one"}
    assert equal_json(combined(base, [mine, theirs]), tree({**OTHER, "x": 1}, BOX))


# -------------------------------------------------------------------------------------------- laws

SMALL = st.integers(0, 2)
WORDS = st.sampled_from(["x", "y"])


@st.composite
def regions(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = []
    for ident in draw(st.lists(st.sampled_from("abcd"), unique=True)):
        kind = draw(st.sampled_from(["box", "track", "segment"]))
        one: dict[str, Any] = {"id": ident, "type": kind, "x": draw(SMALL)}
        if draw(st.booleans()):
            one["label"] = draw(WORDS)
        if draw(st.booleans()):
            one["attributes"] = draw(st.dictionaries(WORDS, SMALL, min_size=1))
        if kind == "track" and draw(st.booleans()):
            keys = sorted(draw(st.sets(st.integers(0, 4), min_size=1)))
            one["keyframes"] = [{"at": at, "x": draw(SMALL)} for at in keys]
        if kind == "segment" and draw(st.booleans()):
            ids = draw(st.lists(st.sampled_from("pqr"), unique=True, min_size=1))
            one["words"] = [{"id": word, "text": draw(WORDS)} for word in ids]
        found.append(one)
    return found


ANSWER = st.one_of(
    SMALL, WORDS, st.dictionaries(WORDS, SMALL, min_size=1).map(lambda per: {"per": per})
)
TREES = st.fixed_dictionaries(
    {"regions": regions(), "answers": st.dictionaries(st.sampled_from("qrs"), ANSWER)}
)


@settings(max_examples=100)
@given(base=st.none() | TREES, versions=st.lists(TREES, min_size=1, max_size=3), data=st.data())
def test_choosing_one_version_everywhere_gives_that_version(
    base: Any, versions: list[Any], data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(versions) - 1))
    places = {one.place: chosen for one in differences(base, versions, CHILDREN)}
    found = combined(base, versions, places, CHILDREN)
    assert equal_json(found["answers"], versions[chosen]["answers"])
    assert {r["id"]: r for r in found["regions"]} == {
        r["id"]: r for r in versions[chosen]["regions"]
    }
    if base is not None and len(versions) == 1:
        assert equal_json(found["regions"], versions[chosen]["regions"])


@settings(max_examples=100)
@given(base=TREES, version=TREES)
def test_a_version_beside_one_that_changed_nothing_is_the_result(base: Any, version: Any) -> None:
    found = combined(base, [version, base], children=CHILDREN)
    assert equal_json(found, version)
    assert differences(base, [base, base], CHILDREN) == ()


@settings(max_examples=100)
@given(base=st.none() | TREES, one=TREES, other=TREES)
def test_the_order_of_versions_does_not_matter(base: Any, one: Any, other: Any) -> None:
    forth, back = (
        differences(base, [one, other], CHILDREN),
        differences(base, [other, one], CHILDREN),
    )
    assert [(d.place, d.base, d.versions[::-1], d.verdict) for d in back] == [
        (d.place, d.base, d.versions, d.verdict) for d in forth
    ]


@settings(max_examples=100)
@given(base=TREES, one=TREES, other=TREES)
def test_every_change_is_in_a_difference_and_in_what_is_put_together(
    base: Any, one: Any, other: Any
) -> None:
    """What is not contested is in the result as who changed it has it."""
    found = differences(base, [one, other], CHILDREN)
    choices = {d.place: 0 for d in found if d.verdict == "contested"}
    result = combined(base, [one, other], choices, CHILDREN)
    assert differences(result, [result], CHILDREN) == ()
    left = {d.place: d for d in differences(result, [one, other], CHILDREN)}
    for d in found:
        if d.verdict == "alike" and d.place.field != "order":
            assert d.place not in left


def test_fields_that_stand_apart_are_decided_each_for_itself() -> None:
    base = {"regions": [{"id": "s", "type": "segment", "start": 1, "end": 5, "text": "a"}]}
    one = {"regions": [{"id": "s", "type": "segment", "start": 1, "end": 6, "text": "a"}]}
    two = {"regions": [{"id": "s", "type": "segment", "start": 1, "end": 5, "text": "b"}]}
    apart = {"segment": ("text", "speaker")}
    assert [
        (each.place.field, each.verdict) for each in differences(base, [one, two], {}, apart)
    ] == [
        ("", "one"),
        ("text", "one"),
    ]
    assert combined(base, [one, two], {}, {}, apart)["regions"] == [
        {"id": "s", "type": "segment", "start": 1, "end": 6, "text": "b"}
    ]
    # Without them the segment is one piece, which both changed.
    assert [each.verdict for each in differences(base, [one, two])] == ["contested"]


def test_ten_thousand_regions_are_put_together_in_the_order_they_stood_in() -> None:
    regions = [{"id": f"r{number}", "type": "box", "x": number} for number in range(10_000)]
    more = [*regions[:5000], {"id": "new", "type": "box", "x": 0}, *regions[5000:]]
    began = time.process_time()
    built = combined({"regions": regions}, [{"regions": more}, {"regions": regions[1:]}])
    # Looking each one up in a list would take a hundred million steps.
    assert time.process_time() - began < 3
    assert [one["id"] for one in built["regions"]] == [one["id"] for one in more[1:]]
