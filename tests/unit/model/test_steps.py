"""Changes: what each does, by hand, and that taking it back restores the value, by law."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_values import HAND_MADE, json_values

from labeler.model.json import equal_json
from labeler.model.steps import (
    Change,
    DropAnswer,
    DropChild,
    DropRegion,
    MoveRegion,
    PutAnswer,
    PutChild,
    PutRegion,
    SetStatus,
    Splice,
    StepMismatch,
    ValueTree,
    decode_changes,
    encode_changes,
    splice_between,
)

REGIONS = {region.id: raw.encode() for region, raw in HAND_MADE}
# What an import or another version may have left: defaults said, an empty list, a strange child.
REGIONS["z"] = b'{"id":"z", "type":"segment","start":0,"end":9,"text":"","words":[]}'
REGIONS["y"] = b'{"id":"y","type":"mark","words":[{"id":"w1","x":1},{"id":2}],"text":null}'

ANSWERS: dict[str, Any] = {
    "tone": "calm",
    "rate": {"per": {"p1": 4, "p2": 2}},
    "note": {"per": {"p1": "fine"}},
    "odd": {"per": {}},
    "both": {"per": {"p1": 1}, "more": 2},
    "list": [1, {"a": None}],
}


def raw(tree: Any) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(tree))


def whole(tree: ValueTree) -> dict[str, Any]:
    """All there is to a tree, in JSON; the order of regions counts, that of answers does not."""
    return {
        "regions": [[ident, json.loads(one)] for ident, one in tree.regions.items()],
        "answers": tree.answers,
        "status": tree.status,
        "reason": tree.reason,
    }


region_ids = st.sampled_from([*REGIONS, "new"])
questions = st.sampled_from([*ANSWERS, "new"])
parts = st.none() | st.sampled_from(["p1", "p2", "p3"])
places = st.none() | st.integers(0, 20)
fields = st.sampled_from(["words", "keyframes", "sources"])
children = st.sampled_from([("id", "w1"), ("id", "w9"), ("id", "s2"), ("at", 7), ("at", 3)])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)

changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(
        lambda ident, extra, at: PutRegion(
            ident, raw({"id": ident, "type": "mark", "e": extra}), at
        ),
        region_ids,
        json_values,
        places,
    ),
    st.builds(DropRegion, region_ids),
    st.builds(MoveRegion, region_ids, st.integers(0, 20)),
    st.builds(
        lambda ident, field, child, at, more: PutChild(
            ident, field, child[0], child[1], raw({child[0]: child[1], "m": more}), at
        ),
        region_ids,
        fields,
        children,
        places,
        json_values,
    ),
    st.builds(
        lambda ident, field, child: DropChild(ident, field, *child), region_ids, fields, children
    ),
    st.builds(
        lambda q, answer, part: PutAnswer(q, raw(answer), part), questions, json_values, parts
    ),
    st.builds(DropAnswer, questions, parts),
    st.builds(
        lambda at, remove, insert, ident, field: Splice(at, remove, insert, id=ident, field=field),
        st.integers(0, 5),
        st.integers(0, 3),
        texts,
        region_ids,
        st.sampled_from(["text", "speaker", "note"]),
    ),
    st.builds(
        lambda at, remove, insert, q, part: Splice(at, remove, insert, question=q, part=part),
        st.integers(0, 3),
        st.integers(0, 3),
        texts,
        questions,
        parts,
    ),
    st.builds(SetStatus, st.sampled_from(["open", "submitted", "flagged"]), texts),
)
trees = st.builds(
    lambda idents, answers: ValueTree(
        {ident: REGIONS[ident] for ident in idents}, {name: ANSWERS[name] for name in answers}
    ),
    st.permutations(list(REGIONS)).flatmap(
        lambda order: st.integers(0, len(order)).map(lambda n: order[:n])
    ),
    st.sets(st.sampled_from(list(ANSWERS))),
)


@given(trees, changes)
def test_taking_a_change_back_restores_the_value(tree: ValueTree, change: Change) -> None:
    before = whole(tree)
    try:
        back = tree.apply(change)
    except StepMismatch:
        assert equal_json(whole(tree), before)
        return
    after = whole(tree)
    again = tree.apply(back)
    assert equal_json(whole(tree), before)
    tree.apply(again)
    assert equal_json(whole(tree), after)  # and redo does it again


@given(trees, st.lists(changes, max_size=8))
def test_taking_many_changes_back_restores_the_value(tree: ValueTree, many: list[Change]) -> None:
    before = whole(tree)
    try:
        back = tree.apply_all(many)
    except StepMismatch:
        assert equal_json(whole(tree), before)  # all or none
        return
    tree.apply_all(decode_changes(encode_changes(back)))
    assert equal_json(whole(tree), before)


@given(st.lists(changes, max_size=4))
def test_changes_go_through_json(many: list[Change]) -> None:
    assert encode_changes(decode_changes(encode_changes(many))) == encode_changes(many)


@given(trees)
def test_a_tree_goes_through_json_and_its_regions_keep_their_bytes(tree: ValueTree) -> None:
    again = ValueTree.read(tree.json())
    assert again.regions == tree.regions
    assert equal_json(again.answers, tree.answers)


@given(trees, changes)
def test_a_copy_is_a_tree_of_its_own(tree: ValueTree, change: Change) -> None:
    before = whole(tree)
    copy = tree.copy()
    with contextlib.suppress(StepMismatch):
        copy.apply(change)
    assert equal_json(whole(tree), before)


# --------------------------------------------------------------------------------------- by hand


def small() -> ValueTree:
    return ValueTree.read(
        b'{"regions":[{"id":"a","text":"abc"},{"id":"b"},{"id":"c"}],'
        b'"answers":{"q":"hello","p":{"per":{"x":1}}}}'
    )


def order(tree: ValueTree) -> list[str]:
    return list(tree.regions)


def test_a_region_is_put_in_place_or_inserted() -> None:
    tree = small()
    assert tree.apply(PutRegion("d", raw({"id": "d"}), 1)) == DropRegion("d")
    assert order(tree) == ["a", "d", "b", "c"]
    tree.apply(PutRegion("e", raw({"id": "e"})))
    assert order(tree) == ["a", "d", "b", "c", "e"]
    tree.apply(PutRegion("b", raw({"id": "b", "label": "x"}), 0))  # in its place, whatever at says
    assert order(tree) == ["a", "d", "b", "c", "e"]
    assert json.loads(tree.regions["b"]) == {"id": "b", "label": "x"}


def test_a_region_is_dropped_and_comes_back_where_it_was() -> None:
    tree = small()
    back = tree.apply(DropRegion("b"))
    assert order(tree) == ["a", "c"]
    tree.apply(back)
    assert order(tree) == ["a", "b", "c"]


def test_a_region_is_moved() -> None:
    tree = small()
    back = tree.apply(MoveRegion("a", 2))
    assert order(tree) == ["b", "c", "a"]
    assert back == MoveRegion("a", 0)
    tree.apply(MoveRegion("a", 99))
    assert order(tree) == ["b", "c", "a"]


def test_a_child_is_put_and_dropped_by_its_key() -> None:
    tree = ValueTree({"t": b'{"id":"t","k":[{"at":1},{"at":5,"x":1}],"more":1}'})
    tree.apply(PutChild("t", "k", "at", 3, raw({"at": 3}), 1))
    tree.apply(PutChild("t", "k", "at", 5, raw({"at": 5, "x": 2})))
    assert json.loads(tree.regions["t"]) == {
        "id": "t",
        "k": [{"at": 1}, {"at": 3}, {"at": 5, "x": 2}],
        "more": 1,
    }
    tree.apply(DropChild("t", "k", "at", 1))
    assert [one["at"] for one in json.loads(tree.regions["t"])["k"]] == [3, 5]


def test_an_answer_of_one_part_leaves_the_others() -> None:
    tree = small()
    tree.apply(PutAnswer("p", raw(2), "y"))
    assert equal_json(tree.answers["p"], {"per": {"x": 1, "y": 2}})
    tree.apply(DropAnswer("p", "x"))
    assert equal_json(tree.answers["p"], {"per": {"y": 2}})
    tree.apply(DropAnswer("p", "y"))
    assert "p" not in tree.answers


def test_a_splice_counts_code_points() -> None:
    tree = small()
    tree.apply(Splice(5, 0, " 👩‍🚀!", question="q"))  # the astronaut is three code points
    assert tree.answers["q"] == "hello 👩‍🚀!"
    back = tree.apply(Splice(6, 3, "", question="q"))
    assert tree.answers["q"] == "hello !"
    assert back == Splice(6, 0, "👩‍🚀", question="q")
    tree.apply(Splice(1, 1, "XX", id="a"))
    assert json.loads(tree.regions["a"]) == {"id": "a", "text": "aXXc"}
    tree.apply(Splice(0, 0, "new", id="b", field="note"))
    assert json.loads(tree.regions["b"]) == {"id": "b", "note": "new"}


def test_a_status_is_set_and_taken_back() -> None:
    tree = small()
    assert tree.apply(SetStatus("flagged", "blurred")) == SetStatus("open")
    assert (tree.status, tree.reason) == ("flagged", "blurred")


@pytest.mark.parametrize(
    ("value", "change", "after"),
    [
        # What is taken back must be left out again where it was left out before.
        ({}, Splice(0, 0, "hi", question="q"), {"answers": {"q": "hi"}}),
        ({}, Splice(0, 0, "hi", question="q", part="p"), {"answers": {"q": {"per": {"p": "hi"}}}}),
        (
            {"regions": [{"id": "a"}]},
            Splice(0, 0, "hi", id="a"),
            {"regions": [{"id": "a", "text": "hi"}]},
        ),
        (
            {"regions": [{"id": "a"}]},
            PutChild("a", "words", "id", "w", raw({"id": "w"}), 0),
            {"regions": [{"id": "a", "words": [{"id": "w"}]}]},
        ),
        (
            {"regions": [{"id": "a", "words": []}]},
            PutChild("a", "words", "id", "w", raw({"id": "w"}), 5),
            {"regions": [{"id": "a", "words": [{"id": "w"}]}]},
        ),
        (
            {"regions": [{"id": "a", "words": [{"id": "w"}]}]},
            DropChild("a", "words", "id", "w"),
            {"regions": [{"id": "a", "words": []}]},
        ),
        # An answer of another scope than the question has by now is not lost by undo.
        (
            {"answers": {"q": "old"}},
            PutAnswer("q", raw(1), "p"),
            {"answers": {"q": {"per": {"p": 1}}}},
        ),
        (
            {"answers": {"q": {"per": {}}}},
            PutAnswer("q", raw(1), "p"),
            {"answers": {"q": {"per": {"p": 1}}}},
        ),
        ({"answers": {"q": {"per": {"p": 1}}}}, DropAnswer("q", "p"), {}),
        ({"answers": {"q": {"per": {"p": 1}}}}, DropAnswer("q"), {}),
        ({"answers": {"q": 1}}, PutAnswer("q", raw(None)), {}),
    ],
)
def test_a_change_does_what_it_says_and_its_undo_leaves_no_trace(
    value: dict[str, Any], change: Change, after: dict[str, Any]
) -> None:
    tree = ValueTree.read(msgspec.json.encode(value))
    back = tree.apply(change)
    assert json.loads(tree.json()) == after
    tree.apply(back)
    assert json.loads(tree.json()) == value


@pytest.mark.parametrize(
    "change",
    [
        DropRegion("z"),
        MoveRegion("z", 0),
        PutChild("z", "k", "at", 1, raw({"at": 1})),
        DropChild("a", "k", "at", 1),
        DropChild("a", "text", "at", 1),  # a text is no list of children
        Splice(0, 0, "x", id="z"),
        Splice(0, 0, "x"),
        Splice(4, 0, "x", id="a"),
        Splice(2, 2, "x", id="a"),
        Splice(-1, 1, "x", id="a"),
        Splice(2, -1, "x", id="a"),
        Splice(0, 9, "x", id="a", field="id"),
        Splice(0, 0, "x", question="p", part="x"),  # the answer there is a number
        Splice(0, 0, "x", question="p"),
        PutAnswer("q", msgspec.Raw(b'"\xff"')),
        PutAnswer("q", msgspec.Raw(b"[" * 101 + b"]" * 101)),
    ],
)
def test_a_change_that_does_not_fit_is_refused_and_changes_nothing(change: Change) -> None:
    tree = small()
    with pytest.raises(StepMismatch):
        tree.apply(change)
    assert tree.json() == small().json()


@pytest.mark.parametrize(
    ("old", "new", "splice"),
    [
        ("abc", "abXc", (2, 0, "X")),
        ("abc", "ac", (1, 1, "")),
        ("abc", "abc", (3, 0, "")),
        ("", "x", (0, 0, "x")),
        ("x", "", (0, 1, "")),
        ("aaa", "aa", (2, 1, "")),
        ("abc", "xyz", (0, 3, "xyz")),
        ("ab cd", "ab X cd", (3, 0, "X ")),
    ],
)
def test_the_smallest_splice_is_found(old: str, new: str, splice: tuple[int, int, str]) -> None:
    assert splice_between(old, new) == splice


@given(st.text("ab", max_size=12), st.text("ab", max_size=12))
def test_a_splice_makes_the_new_text_and_is_no_longer_than_needed(old: str, new: str) -> None:
    at, remove, insert = splice_between(old, new)
    assert old[:at] + insert + old[at + remove :] == new
    if remove and insert:  # nothing is taken out only to be put in again
        assert old[at] != insert[0]
        assert old[at + remove - 1] != insert[-1]


@pytest.mark.parametrize("raw_value", [b"[]", b'{"regions":[{}]}', b'{"regions":[{"id":5}]}'])
def test_what_is_no_value_of_a_project_is_refused(raw_value: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        ValueTree.read(raw_value)
