"""Whether a value fits its queue and content: each thing that can be wrong, and its place."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_values import json_values

from labeler.model.checks import missing_answers, value_problems
from labeler.model.content import Part
from labeler.model.queue import QueueConfig, read_config
from labeler.model.regions import Keyframe, Opaque, Region, Relation, Segment, Span, Track, Word
from labeler.model.value import Value

CONFIG = read_config(
    json.dumps(
        {
            "labels": [{"id": "cat", "name": "Cat"}, {"id": "dog", "types": ["track"]}],
            "questions": [
                {"kind": "choice", "id": "mood", "choices": [{"id": "good"}, {"id": "bad"}]},
                {"kind": "preference", "id": "better", "part": "response"},
                {"kind": "ranking", "id": "order", "part": "response"},
                {"kind": "scale", "id": "clear", "scope": "part:response"},
                {"kind": "text", "id": "gaze", "scope": "region"},
                {"kind": "turns", "id": "chat"},
                {"kind": "scale", "id": "harm", "scope": "part:turn"},
            ],
        }
    ).encode()
)
PARTS = (Part("prompt", "prompt"), Part("r1", "response"), Part("r2", "response"))
ONE = (Part("text", "text"),)


def told(
    value: Value, parts: tuple[Part, ...] | None = PARTS, config: QueueConfig = CONFIG
) -> list[str]:
    return [str(problem) for problem in value_problems(value, config, parts)]


def span(**more: Any) -> Span:
    return Span(**{"id": "s", "on": "r1", "start": 0, "end": 4, **more})


def test_a_sound_value_has_no_problem() -> None:
    value = Value(
        (
            span(label="cat", attributes={"gaze": "left"}),
            Track(
                id="t", on="r2", label="dog", keyframes=(Keyframe(0, attributes={"gaze": "up"}),)
            ),
            Relation(id="e", source="s", target="t"),
            Opaque(id="o", on="nowhere", label="unheard", kind="mark", raw=b"{}"),
        ),
        {
            "mood": "good",
            "better": {"kind": "prefer", "strength": -1},
            "order": {"r1": 1, "r2": 2},
            "clear": {"per": {"r1": 5, "r2": 1}},
            "chat": [{"id": "u1", "role": "user", "text": "hi"}],
            "harm": {"per": {"u1": 3}},  # a message the person wrote is pointed at like a part
        },
    )
    assert told(value) == []


@pytest.mark.parametrize(
    ("value", "problems"),
    [
        (
            Value((span(label="cta"),)),
            ["regions[0].label: 'cta' is not in the label set; did you mean 'cat'?"],
        ),
        (Value((span(label="dog"),)), ["regions[0].label: the label 'dog' is not for a span"]),
        (
            Value((span(on="promt"),)),
            ["regions[0].on: the content has no part 'promt'; did you mean 'prompt'?"],
        ),
        (
            Value((span(on=None),)),
            ["regions[0].on: name the part this region is on: the content has 3"],
        ),
        (Value((span(start=5),)), ["regions[0].end: the span ends at 4, before its start at 5"]),
        (
            Value((span(), Relation(id="e", source="s", target="x"))),
            ["regions[1]: the relation points to 'x', and there is no such region"],
        ),
        (
            Value((span(attributes={"gazes": "left"}),)),
            ["regions[0].attributes.gazes: there is no question 'gazes'; did you mean 'gaze'?"],
        ),
        (
            Value((span(attributes={"mood": "good"}),)),
            ["regions[0].attributes.mood: there is no question 'mood'"],
        ),
        (
            Value((span(attributes={"gaze": 5}),)),
            ["regions[0].attributes.gaze: the answer is a text, not a number"],
        ),
        (
            Value(
                (
                    Track(
                        id="t",
                        on="r1",
                        keyframes=(Keyframe(0), Keyframe(2, attributes={"gaze": 5})),
                    ),
                )
            ),
            ["regions[0].keyframes[1].attributes.gaze: the answer is a text, not a number"],
        ),
        (
            Value(
                (
                    Segment(
                        id="g",
                        on="r1",
                        start=0,
                        end=9,
                        words=(Word("w", 0, 1, "x", attributes={"z": 1}),),
                    ),
                )
            ),
            ["regions[0].words[0].attributes.z: there is no question 'z'"],
        ),
        (
            Value((), {"mod": "good"}),
            ["answers.mod: there is no question 'mod'; did you mean 'mood'?"],
        ),
        (Value((), {"gaze": "left"}), ["answers.gaze: there is no question 'gaze'"]),
        (
            Value((), {"mood": "goood"}),
            ["answers.mood: 'goood' is none of the choices; did you mean 'good'?"],
        ),
        (
            Value((), {"order": {"r1": 1, "prompt": 2}}),
            ["answers.order.prompt: the content has no part 'prompt'"],
        ),
        (
            Value((), {"clear": 4}),
            ['answers.clear: an answer per part is {"per": {part id: answer}}'],
        ),
        (
            Value((), {"clear": {"per": 4}}),
            ['answers.clear: an answer per part is {"per": {part id: answer}}'],
        ),
        (
            Value((), {"clear": {"per": {}, "more": 1}}),
            ['answers.clear: an answer per part is {"per": {part id: answer}}'],
        ),
        (
            Value((), {"clear": {"per": {"r1": 6}}}),
            ["answers.clear.per.r1: 6 is no point of the scale 1 to 5"],
        ),
        (
            Value((), {"clear": {"per": {"prompt": 3}}}),  # there is one, of another kind
            ["answers.clear.per.prompt: the content has no part 'prompt'"],
        ),
        (
            Value((), {"harm": {"per": {"u1": 3}}, "chat": 5}),
            [
                "answers.harm.per.u1: the content has no part 'u1'",
                "answers.chat: the answer is a list of turns, not a number",
            ],
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(value: Value, problems: list[str]) -> None:
    assert told(value) == problems


def test_a_preference_is_between_exactly_two() -> None:
    value = Value((), {"better": {"kind": "tie_good"}})
    assert told(value) == []
    three = (*PARTS, Part("r3", "response"))
    assert told(value, three) == [
        "answers.better: a preference is between exactly two parts, the content has 3"
    ]


def test_where_the_content_has_one_part_a_region_need_not_name_it() -> None:
    assert told(Value((span(on=None),)), ONE) == []
    assert told(Value((span(on=None),)), ()) == []  # the content is not here yet
    assert told(Value((span(on="text"),)), ONE) == []


def test_where_the_content_is_not_here_nothing_is_said_about_parts() -> None:
    value = Value(
        (span(on="anything"), span(id="t", on=None)),
        {
            "clear": {"per": {"anything": 3}},
            "order": {"anything": 1},
            "better": {"kind": "tie_good"},
            "mood": "goood",
        },
    )
    assert told(value, None) == [
        "answers.mood: 'goood' is none of the choices; did you mean 'good'?"
    ]
    assert missing(Value(), asked({"id": "note", "scope": "part:response"}), None) == []


class Chain(Region, tag="chain", frozen=True, kw_only=True):
    """A guest's type: its faults and its ends count like those of ours."""

    CHILDREN: ClassVar[tuple[str, str] | None] = ("links", "id")
    links: tuple[Word, ...] = ()

    def faults(self) -> Any:
        yield "links", "too short"

    def ends(self) -> tuple[str, ...]:
        return ("s", "gone")


def test_a_guests_type_is_checked_like_ours() -> None:
    value = Value((span(), Chain(id="c")))
    assert told(value) == [
        "regions[1].links: too short",
        "regions[1]: the relation points to 'gone', and there is no such region",
    ]


# ------------------------------------------------------------------------------------ what is missing


def asked(*questions: dict[str, Any]) -> QueueConfig:
    whole = [{"kind": "text", "required": True, **one} for one in questions]
    return read_config(json.dumps({"questions": whole, "labels": [{"id": "cat"}]}).encode())


def missing(value: Value, config: QueueConfig, parts: tuple[Part, ...] | None = PARTS) -> list[str]:
    return [problem.where for problem in missing_answers(value, config, parts)]


@pytest.mark.parametrize("answer", [None, "", [], {}])
def test_a_required_answer_that_is_empty_is_missing(answer: Any) -> None:
    value = Value((), {} if answer is None else {"why": answer})
    (problem,) = missing_answers(value, asked({"id": "why", "title": "Why?"}), PARTS)
    assert (problem.code, problem.where) == ("answer_required", "answers.why")
    assert problem.message == "the question 'Why?' needs an answer"


@pytest.mark.parametrize("answer", ["x", 0, False, ["a"]])
def test_an_answer_that_is_there_is_not_missing(answer: Any) -> None:
    assert missing(Value((), {"why": answer}), asked({"id": "why"})) == []


def test_what_is_not_required_or_not_asked_is_not_missing() -> None:
    config = asked(
        {"id": "a", "required": False},
        {"id": "b", "when": {"question": "a", "is": "yes"}},
    )
    assert missing(Value(), config) == []
    assert missing(Value((), {"a": "yes"}), config) == ["answers.b"]


def test_a_question_of_parts_is_missing_at_each_of_them() -> None:
    config = asked({"id": "note", "scope": "part:response"})
    assert missing(Value(), config) == ["answers.note.per.r1", "answers.note.per.r2"]
    assert missing(Value((), {"note": {"per": {"r1": "x", "r2": ""}}}), config) == [
        "answers.note.per.r2"
    ]
    assert missing(Value((), {"note": "all the same"}), config) == [
        "answers.note.per.r1",
        "answers.note.per.r2",
    ]


def test_a_part_is_asked_by_its_own_answers_and_those_of_the_task() -> None:
    config = asked(
        {"id": "ok", "scope": "part:response", "required": False},
        {"id": "deep", "required": False},
        {"id": "why", "scope": "part:response", "when": {"question": "ok", "is": "no"}},
        {"id": "more", "scope": "part:response", "when": {"question": "deep", "is": "yes"}},
    )
    value = Value((), {"ok": {"per": {"r2": "no"}}, "deep": "yes"})
    assert missing(value, config) == [
        "answers.why.per.r2",
        "answers.more.per.r1",
        "answers.more.per.r2",
    ]


def test_a_question_of_regions_is_missing_where_it_applies() -> None:
    config = asked(
        {"id": "gaze", "scope": "region", "types": ["span"]},
        {"id": "fur", "scope": "region", "labels": ["cat"]},
    )
    value = Value(
        (
            span(attributes={"gaze": "left"}),
            span(id="b", label="cat"),
            Relation(id="e", source="s", target="b"),
            Opaque(id="o", kind="span", raw=b"{}"),
        )
    )
    assert missing(value, config) == [
        "regions[1].attributes.gaze",
        "regions[1].attributes.fur",
    ]


# -------------------------------------------------------------------------------------- anything at all

answers = st.dictionaries(
    st.sampled_from([question.id for question in CONFIG.questions]),
    json_values
    | st.fixed_dictionaries({"per": json_values})
    | st.fixed_dictionaries(
        {"per": st.dictionaries(st.sampled_from(["r1", "r2", "z"]), json_values)}
    )
    | st.lists(st.fixed_dictionaries({"id": json_values, "parent": json_values})),
)
required = msgspec.structs.replace(
    CONFIG,
    questions=tuple(msgspec.structs.replace(one, required=True) for one in CONFIG.questions),
)


@given(answers, st.sampled_from([PARTS, ONE, ()]))
def test_no_answers_break_the_checks(
    given_answers: dict[str, Any], parts: tuple[Part, ...]
) -> None:
    value = Value((span(attributes=given_answers),), given_answers)
    for problem in [
        *value_problems(value, required, parts),
        *missing_answers(value, required, parts),
    ]:
        assert problem.where
        assert problem.message


def test_a_comparison_is_asked_only_of_as_many_parts_as_it_is_for() -> None:
    config = read_config(
        b"""{"questions": [
        {"id": "better", "kind": "preference", "required": true, "fewest": 2, "most": 2},
        {"id": "order", "kind": "ranking", "required": true, "fewest": 3}]}"""
    )

    def missing(count: int) -> list[str]:
        parts = [Part(f"r{n}", "response") for n in range(count)] + [Part("t", "turn")]
        return [problem.where for problem in missing_answers(Value(), config, parts)]

    assert [missing(count) for count in range(5)] == [
        [],
        [],
        ["answers.better"],
        ["answers.order"],
        ["answers.order"],
    ]
