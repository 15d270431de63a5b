"""A value: one region put in or taken out, with what points at it; answers set and taken away."""

from __future__ import annotations

import msgspec
import pytest

from labeler.model.json import equal_json
from labeler.model.regions import Relation, Span
from labeler.model.value import Context, Value, changed_range

A, B, C = (Span(id=name, start=0, end=1) for name in "abc")
AB = Relation(id="ab", source="a", target="b")
ON_AB = Relation(id="on", source="ab", target="c")


def test_a_region_is_put_in_its_place_or_at_the_end() -> None:
    value = Value((A, B), {"q": 1})
    changed = Span(id="a", start=5, end=6)
    assert value.with_region(changed) == Value((changed, B), {"q": 1})
    assert value.with_region(C) == Value((A, B, C), {"q": 1})
    assert value.region("b") is B
    assert value.region("z") is None


def test_what_points_at_a_deleted_region_goes_with_it() -> None:
    value = Value((ON_AB, A, AB, B, C))
    assert value.without({"a"}).regions == (B, C)  # ab loses its end, on loses ab
    assert value.without({"c"}).regions == (A, AB, B)
    assert value.without(frozenset()) == value
    assert value.without({"unknown"}) == value


def test_an_answer_is_set_and_taken_away() -> None:
    value = Value((A,), {"q": 1})
    assert equal_json(value.with_answer("r", [1]).answers, {"q": 1, "r": [1]})
    assert equal_json(value.with_answer("q", 2).answers, {"q": 2})
    assert value.with_answer("q", None) == Value((A,))
    assert value.with_answer("unknown", None) == value


def test_answers_are_read_only_and_nobody_elses() -> None:
    mine = {"q": {"per": {"a": 1}}}
    value = Value((), mine)
    mine["q"]["per"]["a"] = 2
    assert equal_json(value.answers, {"q": {"per": {"a": 1}}})
    with pytest.raises(TypeError):
        value.answers["q"]["per"]["a"] = 3


def test_a_value_refuses_numbers_that_are_no_json() -> None:
    with pytest.raises(ValueError, match="finite"):
        Value((), {"q": float("nan")})


def test_a_context_leaves_out_what_is_not_known() -> None:
    assert msgspec.json.encode(Context()) == b"{}"
    assert msgspec.json.encode(Context(order=("b", "a"), seed=7, active_ms=12)) == (
        b'{"order":["b","a"],"seed":7,"active_ms":12}'
    )


def test_the_changed_range_lies_between_the_regions_that_stayed() -> None:
    a, b, c, d = (Span(id=name, start=0, end=1) for name in "abcd")
    other = Span(id="b", start=0, end=1)  # equal, and yet another object
    assert changed_range((a, b, c), (a, other, c)) == (1, 2, 2)
    assert changed_range((a, b, c), (a, c)) == (1, 2, 1)
    assert changed_range((a, c), (a, b, c)) == (1, 1, 2)
    assert changed_range((a, b), (a, b, c, d)) == (2, 2, 4)
    assert changed_range((a, b, c), (a, b, c)) == (3, 3, 3)
    assert changed_range((a, b, c), (c, b, a)) == (0, 3, 3)
    assert changed_range((a, a), (a,)) == (1, 2, 1)
    assert changed_range((), (a,)) == (0, 0, 1)
