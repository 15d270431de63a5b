"""Conditions: when a question is asked."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from labeler.model.conditions import Condition
from labeler.model.questions import TextQuestion, is_asked


def condition(tree: dict[str, Any]) -> Condition:
    return msgspec.json.decode(json.dumps(tree), type=Condition)


@pytest.mark.parametrize(
    ("tree", "answers", "holds"),
    [
        ({"question": "a", "is": "x"}, {"a": "x"}, True),
        ({"question": "a", "is": "x"}, {"a": "y"}, False),
        ({"question": "a", "is": "x"}, {}, False),
        ({"question": "a", "is": "x"}, {"a": ("w", "x")}, True),  # one of those chosen
        ({"question": "a", "is": 1}, {"a": 1.0}, True),
        ({"question": "a", "is": 1}, {"a": True}, False),
        ({"question": "a", "is": True}, {"a": True}, True),
        ({"question": "a", "is": None}, {}, True),
        ({"question": "a", "in": [1, 2]}, {"a": 2}, True),
        ({"question": "a", "in": [1, 2]}, {"a": 3}, False),
        ({"question": "a", "in": []}, {"a": 3}, False),
        ({"question": "a", "answered": True}, {"a": ""}, True),
        ({"question": "a", "answered": True}, {}, False),
        ({"question": "a", "answered": False}, {}, True),
        ({"question": "a", "least": 3}, {"a": 3}, True),
        ({"question": "a", "least": 3}, {"a": 2.9}, False),
        ({"question": "a", "most": 3}, {"a": 3}, True),
        ({"question": "a", "most": 3}, {"a": 3.1}, False),
        ({"question": "a", "least": 1, "most": 3}, {"a": 2}, True),
        ({"question": "a", "least": 1, "most": 3}, {"a": 0}, False),
        ({"question": "a", "least": 0}, {"a": True}, False),
        ({"question": "a", "least": 0}, {"a": "1"}, False),
        ({"question": "a", "most": 3}, {}, False),
        ({"not": {"question": "a", "is": 1}}, {"a": 2}, True),
        ({"all": [{"question": "a", "is": 1}, {"question": "b", "is": 2}]}, {"a": 1, "b": 2}, True),
        (
            {"all": [{"question": "a", "is": 1}, {"question": "b", "is": 2}]},
            {"a": 1, "b": 3},
            False,
        ),
        ({"any": [{"question": "a", "is": 1}, {"question": "b", "is": 2}]}, {"b": 2}, True),
        ({"any": [{"question": "a", "is": 1}, {"question": "b", "is": 2}]}, {}, False),
        ({"all": []}, {}, True),
        ({"any": []}, {}, False),
    ],
)
def test_a_condition_looks_at_the_answers(
    tree: dict[str, Any], answers: dict[str, Any], holds: bool
) -> None:
    assert condition(tree).holds(answers) is holds


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"question": "a"},
        {"question": "a", "is": 1, "in": [2]},
        {"question": "a", "is": 1, "answered": True},
        {"question": "a", "is": 1, "all": []},
        {"question": "a", "is": 1, "least": 1},
        {"question": "a", "answered": True, "most": 1},
        {"all": [], "least": 1},
        {"all": [], "any": []},
        {"all": [], "is": 1},
        {"not": {"question": "a", "is": 1}, "answered": True},
        {"is": 1},
        {"question": "a", "equals": 1},
        {"all": [{"question": "a"}]},
    ],
)
def test_a_condition_that_says_too_much_or_too_little_is_refused(tree: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        condition(tree)


def test_a_condition_names_the_questions_it_looks_at() -> None:
    tree = {
        "all": [
            {"question": "a", "is": 1},
            {"any": [{"question": "b", "in": [1]}, {"not": {"question": "c", "answered": True}}]},
        ]
    }
    assert list(condition(tree).questions()) == ["a", "b", "c"]


def test_a_question_is_asked_unless_its_condition_fails() -> None:
    always = TextQuestion(id="q")
    sometimes = TextQuestion(id="q", when=condition({"question": "a", "is": 1}))
    assert is_asked(always, {})
    assert is_asked(sometimes, {"a": 1})
    assert not is_asked(sometimes, {"a": 2})
