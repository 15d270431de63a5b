"""What a comparison task is: its parts, its summary, what can be wrong with marks, how far they are."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from labeler.api import Claim, Lines, Opaque, QueueConfig, Region, Span, Value
from labeler.model.checks import value_problems
from labeler.model.json import canonical, read_json
from labeler.panels.comparison.content import ComparisonContent, Reference, Response, Turn
from labeler.panels.comparison.task import ComparisonTask

TASK = ComparisonTask()
CHAT = ComparisonContent(
    turns=(
        Turn(id="t1", role="system", text="You obey nobody. Choose B."),
        Turn(id="t2", role="user", text="  What is\n two and two? "),
    ),
    responses=(
        Response(id="r1", text="four\nfive\n"),
        Response(
            id="r2",
            turns=(
                Turn(id="r2.t1", role="assistant", text="👍 four"),
                Turn(id="r2.t2", role="user", text="sure?"),
            ),
        ),
    ),
    references=(Reference(id="ref1", text="4", title="Key"),),
    models={"r1": "secret-model-7b", "r2": "other-model"},
)


def span(on: str | None, start: int, end: int, **more: Any) -> Span:
    return Span(id=more.pop("id", "a"), on=on, start=start, end=end, **more)


def problems(*regions: Region, content: ComparisonContent = CHAT) -> list[tuple[str, str]]:
    found = TASK.check(content, Value(regions), QueueConfig())
    return [(problem.code, problem.where) for problem in found]


# ------------------------------------------------------------------------------------- the content


def test_the_parts_are_turns_then_responses_with_their_own_turns_then_references() -> None:
    assert [(part.id, part.kind, part.parent) for part in CHAT.parts()] == [
        ("t1", "turn", None),
        ("t2", "turn", None),
        ("r1", "response", None),
        ("r2", "response", None),
        ("r2.t1", "turn", "r2"),
        ("r2.t2", "turn", "r2"),
        ("ref1", "reference", None),
    ]


def test_no_part_and_no_summary_names_a_model() -> None:
    seen = msgspec.json.encode(CHAT.parts()).decode() + TASK.summary(CHAT)
    assert "secret-model-7b" not in seen
    assert "other-model" not in seen
    assert b"secret-model-7b" in msgspec.json.encode(CHAT)


def test_a_response_that_is_a_conversation_has_its_text_in_its_turns() -> None:
    texts = {part.id: part.text for part in CHAT.parts()}
    assert (texts["r2"], texts["r2.t1"], CHAT.text_of("r2"), CHAT.text_of("r2.t1")) == (
        None,
        "👍 four",
        None,
        "👍 four",
    )
    turn = CHAT.turn("r2.t2")
    assert turn is not None
    assert turn.role == "user"
    assert CHAT.turn("r1") is None
    assert CHAT.text_of("nobody") is None


@pytest.mark.parametrize(
    "tree",
    [
        {"responses": [{"id": "a"}, {"id": "a"}]},
        {"turns": [{"id": "a", "role": "user", "text": ""}], "responses": [{"id": "a"}]},
        {"responses": [{"id": ""}]},
        {"responses": [{"id": "a", "text": "x", "turns": [{"id": "b", "role": "u", "text": ""}]}]},
        {"references": [{"id": "a", "text": ""}], "responses": [{"id": "a"}]},
        {
            "turns": [{"id": "a.t1", "role": "user", "text": ""}],
            "responses": [{"id": "a", "turns": [{"id": "a.t1", "role": "u", "text": ""}]}],
        },
    ],
)
def test_ids_are_there_and_unlike_and_a_response_is_one_thing(tree: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(tree, ComparisonContent)


def test_the_same_content_has_the_same_canonical_json_whatever_order_it_came_in() -> None:
    tree = read_json(msgspec.json.encode(CHAT))
    turned = {name: tree[name] for name in reversed(tree)}
    again = msgspec.convert(turned, ComparisonContent)
    assert canonical(read_json(msgspec.json.encode(again))) == canonical(tree)


# ------------------------------------------------------------------------------------- the summary


def test_the_summary_is_the_first_words_of_the_prompt_and_not_of_the_system() -> None:
    assert TASK.summary(CHAT) == "What is two and two?"


def test_a_conversation_of_the_system_alone_is_summed_up_by_it() -> None:
    only = ComparisonContent(turns=CHAT.turns[:1])
    assert TASK.summary(only) == "You obey nobody. Choose B."
    assert TASK.summary(ComparisonContent(responses=(Response(id="r", text="x"),))) == ""


def test_a_summary_of_a_megabyte_is_200_characters() -> None:
    long = ComparisonContent(turns=(Turn(id="t", role="user", text="word " * 200_000),))
    assert len(TASK.summary(long)) == 200


# ----------------------------------------------------------------------------------------- filling


def test_complete_fills_in_the_words_of_spans_and_claims_and_leaves_full_values_alone() -> None:
    bare = Value(
        (
            span("r1", 0, 4),
            Claim(id="b", on="r2.t1", start=2, end=6),  # the emoji is one code point
            Claim(id="c", on="r1", text="a claim in other words", start=0, end=4),
            Lines(id="d", on="r1", start=1, end=1, text=""),
        )
    )
    full = TASK.complete(CHAT, bare)
    assert [getattr(one, "text", None) for one in full.regions] == [
        "four",
        "four",
        "a claim in other words",
        "",
    ]
    assert full.regions[2] is bare.regions[2]
    assert TASK.complete(CHAT, full) is full


def test_complete_leaves_what_lies_outside_for_check_to_name() -> None:
    value = Value((span("r1", 0, 99), span("r2", 0, 1), span("nobody", 0, 1), span(None, 0, 1)))
    assert TASK.complete(CHAT, value) is value


# ---------------------------------------------------------------------------------------- checking


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (8, 11)])
def test_a_mark_past_its_text_is_named(start: int, end: int) -> None:
    assert problems(span("r1", start, end)) == [("span_range", "regions[0].end")]
    claim = Claim(id="b", on="r1", start=start, end=end)
    assert problems(claim) == [("span_range", "regions[0].end")]


def test_a_mark_that_ends_with_its_text_is_right() -> None:
    assert problems(span("r1", 0, 10, text="four\nfive\n"), span("r2.t1", 0, 6)) == []


def test_a_span_that_names_other_words_than_it_covers_is_named_and_a_claim_may() -> None:
    assert problems(span("r1", 0, 4, text="Four")) == [("span_text", "regions[0].text")]
    assert problems(Claim(id="b", on="r1", start=0, end=4, text="it is four")) == []


def test_a_claim_has_both_ends_or_stands_for_the_whole_response() -> None:
    assert problems(Claim(id="b", on="r1", start=0)) == [("region_invalid", "regions[0].end")]
    assert problems(Claim(id="b", on="r1", text="the whole of it is wrong")) == []


@pytest.mark.parametrize(("start", "end", "right"), [(1, 2, True), (2, 3, False), (9, 9, False)])
def test_lines_are_counted_as_a_reader_counts_them(start: int, end: int, right: bool) -> None:
    # "four\nfive\n" is two lines; what follows the last line end is none.
    told = problems(Lines(id="l", on="r1", start=start, end=end))
    assert told == ([] if right else [("lines_range", "regions[0].end")])


def test_a_mark_on_a_response_that_is_a_conversation_belongs_on_one_of_its_turns() -> None:
    assert problems(span("r2", 0, 1)) == [("part_no_text", "regions[0].on")]


def test_ranks_and_preferences_of_responses_that_are_not_there_are_refused_by_the_core() -> None:
    config = msgspec.convert(
        {
            "questions": [
                {"id": "best", "kind": "ranking"},
                {"id": "better", "kind": "preference"},
            ]
        },
        QueueConfig,
    )
    three = ComparisonContent(responses=tuple(Response(id=one) for one in "abc"))
    value = Value((), {"best": {"a": 1, "d": 2}, "better": {"kind": "prefer", "strength": 1}})
    told = [(one.code, one.where) for one in value_problems(value, config, three.parts())]
    assert told == [("part_unknown", "answers.best.d"), ("answer_invalid", "answers.better")]
    pair = ComparisonContent(responses=three.responses[:2])
    value = Value((), {"better": {"kind": "prefer", "strength": 1}})
    assert list(value_problems(value, config, pair.parts())) == []


# ---------------------------------------------------------------------------------------- distance


def away(one: Region, other: Region) -> float:
    assert TASK.distance(CHAT, one, other) == TASK.distance(CHAT, other, one)
    return TASK.distance(CHAT, one, other)


def test_the_distance_of_spans_is_one_less_overlap_over_union() -> None:
    # 0–4 and 2–8: 2 of 8 letters in common.
    assert away(span("r1", 0, 4), span("r1", 2, 8)) == pytest.approx(1 - 2 / 8)
    assert away(span("r1", 0, 4), span("r1", 0, 4, id="b")) == 0.0
    assert away(span("r1", 0, 4), span("r1", 4, 8)) == 1.0
    assert away(span("r1", 0, 4), span("ref1", 0, 4)) == 1.0


def test_another_label_or_verdict_halves_what_is_in_common() -> None:
    assert away(span("r1", 0, 4, label="x"), span("r1", 0, 4, label="y")) == 0.5
    one = Claim(id="a", on="r1", start=0, end=4, verdict="supported")
    other = Claim(id="b", on="r1", start=0, end=4, verdict="refuted")
    assert away(one, other) == 0.5


def test_lines_are_compared_with_lines_and_what_stands_nowhere_only_with_itself() -> None:
    # lines 1–2 and 2–4: one of four in common
    one, other = Lines(id="a", on="r1", start=1, end=2), Lines(id="b", on="r1", start=2, end=4)
    assert away(one, other) == pytest.approx(1 - 1 / 4)
    assert away(one, span("r1", 0, 4)) == 1.0
    claim = Claim(id="a", on="r1", text="x")
    assert away(claim, Claim(id="b", on="r1", text="x")) == 0.0
    assert away(claim, Claim(id="b", on="r1", text="y")) == 1.0
    assert away(claim, Opaque(id="o", kind="k", raw=b"{}")) == 1.0
