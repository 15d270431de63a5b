"""JSON as values: equal by value, canonical exactly when equal, and read-only once frozen."""

from __future__ import annotations

import copy
import json
import math
import pickle
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeler.model.json import (
    EMPTY,
    FrozenDict,
    canonical,
    equal_json,
    freeze,
    read_json,
    thaw,
)

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), inner)
    ),
    max_leaves=12,
)


@given(trees)
def test_canonical_json_says_the_same_to_any_reader(tree: Any) -> None:
    again = json.loads(canonical(tree))
    assert equal_json(tree, again)
    assert canonical(again) == canonical(tree)


@given(trees, trees)
def test_trees_are_equal_exactly_if_their_canonical_json_is(left: Any, right: Any) -> None:
    assert equal_json(left, right) is (canonical(left) == canonical(right))


@given(trees)
def test_a_tree_equals_itself_frozen_thawed_and_read_again(tree: Any) -> None:
    frozen = freeze(tree)
    assert equal_json(tree, frozen)
    assert equal_json(frozen, tree)
    assert equal_json(thaw(frozen), tree)
    assert equal_json(read_json(msgspec.json.encode(frozen)), tree)


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, 1.0, True),
        (0, -0.0, True),
        (1, True, False),
        (0, False, False),
        (0.0, False, False),
        (None, False, False),
        (None, 0, False),
        ("1", 1, False),
        ([1, 2], (1, 2), True),
        ([1, 2], [2, 1], False),
        ([], {}, False),
        ([1], 1, False),
        (1, [1], False),
        ({}, None, False),
        (None, {}, False),
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1}, True),
        ({"a": None}, {}, False),
        ({"a": None}, {"b": None}, False),
        ({"a": [True]}, {"a": [1]}, False),
        (2**53, float(2**53), True),
        (2**53 + 1, float(2**53), False),
        ("e\u0301", "\u00e9", False),  # what a person typed is not normalised
    ],
)
def test_equal_is_equal_by_value(left: Any, right: Any, equal: bool) -> None:
    assert equal_json(left, right) is equal
    assert equal_json(right, left) is equal


def test_canonical_json_is_sorted_short_and_utf8() -> None:
    tree = {"b": 1.0, "a": [1.5, {"z": None, "ä": "ö\n"}], "A": -0.0}
    assert canonical(tree) == '{"A":0,"a":[1.5,{"z":null,"ä":"ö\\n"}],"b":1}'.encode()
    assert canonical(1e22) == b"10000000000000000000000"  # written as the integer it is


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_no_json(number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        canonical({"a": [number]})
    with pytest.raises(ValueError, match="finite"):
        freeze({"a": [number]})


def test_what_is_frozen_cannot_be_changed() -> None:
    tree = {"a": {"b": [1, {"c": 2}]}}
    frozen = freeze(tree)
    tree["a"]["b"] = []
    assert equal_json(frozen, {"a": {"b": [1, {"c": 2}]}})
    inner = frozen["a"]["b"][1]
    changes = [
        lambda: frozen.__setitem__("a", 1),
        lambda: frozen.__delitem__("a"),
        lambda: frozen.update(a=1),
        lambda: frozen.pop("a"),
        lambda: frozen.popitem(),
        lambda: frozen.clear(),
        lambda: frozen.setdefault("z", 1),
        lambda: frozen.__ior__({"a": 1}),
        lambda: inner.__setitem__("c", 3),
        lambda: frozen["a"]["b"].append(1),
    ]
    for change in changes:
        with pytest.raises((TypeError, AttributeError)):
            change()
    assert equal_json(frozen, {"a": {"b": [1, {"c": 2}]}})


def test_nesting_has_an_end() -> None:
    deepest: Any = []
    for _ in range(99):
        deepest = [deepest]
    assert freeze(deepest) is not None
    with pytest.raises(ValueError, match="too deeply"):
        freeze([deepest])
    with pytest.raises(ValueError, match="too deeply"):
        freeze({"a": deepest})


def test_freezing_twice_is_freezing_once() -> None:
    frozen = freeze({"a": {"b": 1}})
    assert freeze(frozen) is frozen
    assert freeze({"again": frozen})["again"] is frozen
    assert freeze({}) is EMPTY


def test_a_frozen_dict_can_be_copied_hashed_and_sent() -> None:
    frozen = freeze({"a": [1, {"b": 2}]})
    assert copy.copy(frozen) is frozen
    assert copy.deepcopy(frozen) is frozen
    assert pickle.loads(pickle.dumps(frozen)) == frozen
    assert hash(frozen) == hash(freeze({"a": [1.0, {"b": 2}]}))
    assert {frozen: 1}[FrozenDict(frozen)] == 1
    assert isinstance(frozen | {"c": 1}, dict)


def test_a_thawed_tree_may_be_changed_and_shares_nothing() -> None:
    frozen = freeze({"a": [{"b": 1}]})
    free = thaw(frozen)
    free["a"][0]["b"] = 2
    free["a"].append(3)
    assert equal_json(frozen, {"a": [{"b": 1}]})


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"{'a':1}", b"[1,]", b"NaN", b"1e999", b'"\xff"', b'"\\ud800"', b"[" * 10**6],
)
def test_what_is_no_json_raises_one_kind_of_error(raw: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_json(raw)
