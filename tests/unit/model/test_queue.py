"""A queue's configuration: read whole, refused with the place, labels found by name and id."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_values import json_values

from labeler.model.problems import Refusal
from labeler.model.queue import Label, Policy, QueueConfig, label_id, read_config

CONFIG: dict[str, Any] = {
    "labels": [
        {"id": "cat", "name": "Cat", "colour": "#E69F00", "key": "1", "types": ["box"]},
        {"id": "dog", "retired": True, "extra": {"id": 3}},
    ],
    "questions": [
        {"kind": "choice", "id": "light", "choices": [{"id": "day"}, {"id": "night"}]},
        {
            "kind": "text",
            "id": "why",
            "when": {"question": "light", "is": "night"},
        },
        {
            "kind": "records",
            "id": "notes",
            "columns": [{"id": "v", "kind": "choice", "choices": [{"id": "a"}]}],
        },
        {
            "kind": "scale",
            "id": "fit",
            "scope": "part:turn",
            "when": {"question": "light", "is": "day"},
        },
        {"kind": "text", "id": "gaze", "scope": "region"},
    ],
    "guideline": "# How",
    "policy": {"overlap": 2, "auto_advance": True, "skip_reasons": ["blurred"]},
    "settings": {"boxes.snap": True},
}


def read(tree: Any, *, strict: bool = True) -> QueueConfig:
    return read_config(json.dumps(tree).encode(), strict=strict)


def changed(**more: Any) -> dict[str, Any]:
    return {**CONFIG, **more}


def refusal(tree: Any, *, strict: bool = True) -> str:
    with pytest.raises(Refusal) as caught:
        read(tree, strict=strict)
    assert caught.value.problem.code == "config_invalid"
    return str(caught.value)


def test_a_whole_configuration_is_read_and_written() -> None:
    config = read(CONFIG)
    assert [label.title for label in config.labels] == ["Cat", "dog"]
    assert config.policy.overlap == 2
    assert config.question("why") is config.questions[1]
    assert config.question("nope") is None
    assert read(json.loads(msgspec.json.encode(config))) == config


def test_an_empty_configuration_is_one() -> None:
    assert read({}) == QueueConfig()
    assert json.loads(msgspec.json.encode(QueueConfig())) == {
        "labels": [],
        "questions": [],
        "guideline": "",
        "policy": {},
        "settings": {},
    }


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        ([], "config: expected `object`, got `array`"),
        (changed(labels=[{"name": "x"}]), "config.labels[0]: object missing required field `id`"),
        (
            changed(labels=[{"id": "a", "key": 5}]),
            "config.labels[0].key: expected `str`, got `int`",
        ),
        (changed(labels=[{"id": "a"}, {"id": "a"}]), "config: the label id 'a' is used twice"),
        (changed(labels=[{"id": ""}]), "config: a label needs an id"),
        (
            changed(questions=[{"kind": "text", "id": "a"}, {"kind": "number", "id": "a"}]),
            "config: the question id 'a' is used twice",
        ),
        (
            changed(questions=[{"kind": "text", "id": "a", "when": {"question": "b", "is": 1}}]),
            "config: the condition of 'a' names 'b', which is no question",
        ),
        (
            changed(
                questions=[
                    {"kind": "text", "id": "a"},
                    {
                        "kind": "text",
                        "id": "r",
                        "scope": "region",
                        "when": {"question": "a", "is": 1},
                    },
                ]
            ),
            "config: the condition of 'r' names 'a', which is asked of another place (task)",
        ),
        (
            changed(
                questions=[
                    {"kind": "text", "id": "p", "scope": "part:turn"},
                    {"kind": "text", "id": "a", "when": {"question": "p", "answered": True}},
                ]
            ),
            "config: the condition of 'a' names 'p', which is asked of another place (part:turn)",
        ),
        (changed(policy={"overlap": 0}), "config.policy: the overlap is at least 1"),
        (changed(lables=[]), "config: object contains unknown field `lables`"),
        (
            {"settings": {"a": {"b": []}}, "labels": None},
            "config.labels: expected `array`, got `null`",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(tree: Any, message: str) -> None:
    assert refusal(tree) == message
    assert refusal(tree, strict=False) == message


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (["labels", 0], "config.labels[0]: there is no 'color'; did you mean 'colour'?"),
        (["policy"], "config.policy: there is no 'color'"),
        (["questions", 3], "config.questions[3]: there is no 'color'"),
        (["questions", 0, "choices", 1], "config.questions[0].choices[1]: there is no 'color'"),
        (["questions", 2, "columns", 0], "config.questions[2].columns[0]: there is no 'color'"),
        (
            ["questions", 2, "columns", 0, "choices", 0],
            "config.questions[2].columns[0].choices[0]: there is no 'color'",
        ),
    ],
)
def test_a_name_nobody_knows_is_refused_where_a_person_wrote_it(
    path: list[Any], message: str
) -> None:
    tree = json.loads(json.dumps(CONFIG))
    place = tree
    for step in path:
        place = place[step]
    place["color"] = 1
    assert refusal(tree) == message
    assert read(tree, strict=False).labels[0].id == "cat"  # a newer version may have written it


@pytest.mark.parametrize(
    "raw", [b"", b"{", b'{"guideline":"\xff"}', b'{"settings":{"a":' + b"[" * 99999]
)
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read_config(raw, "a.json")
    assert caught.value.problem.where == "a.json"


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "labels": st.lists(
                st.dictionaries(st.sampled_from(["id", "name", "types"]), json_values)
            ),
            "questions": st.lists(
                st.fixed_dictionaries(
                    {"kind": st.sampled_from(["choice", "scale", "text", "records", 5])},
                    optional=dict.fromkeys(
                        ["id", "choices", "columns", "when", "scope"], json_values
                    ),
                )
            ),
            "policy": json_values,
            "guideline": json_values,
        },
    )
)
def test_any_configuration_is_read_or_refused(tree: dict[str, Any]) -> None:
    try:
        config = read(tree)
    except Refusal:
        return
    assert read(json.loads(msgspec.json.encode(config))) == config


def test_a_label_is_found_by_its_name_and_by_its_id() -> None:
    config = QueueConfig(
        labels=(
            Label("a", "Caf\u00e9"),
            Label("b", "Old", retired=True),
            Label("Old", "New"),
            Label("c"),
            Label("d", "Cafe\u0301s"),
        )
    )
    assert config.label("a") is config.labels[0]
    assert config.label("Café") is None
    assert config.label_named(" Cafe\u0301 ") is config.labels[0]  # NFC, trimmed
    assert config.label_named("Caf\u00e9s") is config.labels[4]
    assert config.label_named("café") is None  # case is kept
    assert config.label_named("c") is config.labels[3]
    assert config.label_named("Old") is config.labels[2]  # nobody is offered a retired one
    assert config.label_named("b") is config.labels[1]


@pytest.mark.parametrize(
    ("name", "used", "expected"),
    [
        ("Cat", [], "Cat"),
        ("  Cat ", ["cat"], "Cat"),
        ("Cat", ["Cat"], "Cat 2"),
        ("Cat", ["Cat", "Cat 2", "Cat 4"], "Cat 3"),
        ("Cafe\u0301", ["Caf\u00e9"], "Caf\u00e9 2"),
    ],
)
def test_a_labels_id_is_its_first_name(name: str, used: list[str], expected: str) -> None:
    assert label_id(name, used) == expected


def test_a_policy_needs_somebody() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Policy(overlap=0)


def test_countless_questions_are_refused_with_how_many_there_may_be() -> None:
    """A form of 20,000 held the window for minutes; a merge sets such a configuration aside."""
    many = [{"kind": "text", "id": f"q{number}"} for number in range(1001)]
    assert len(read_config(json.dumps({"questions": many[:1000]}).encode()).questions) == 1000
    with pytest.raises(Refusal, match="there are 1001 questions, a queue asks at most 1000"):
        read_config(json.dumps({"questions": many}).encode())
