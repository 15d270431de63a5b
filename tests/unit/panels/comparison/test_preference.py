"""Pairs to train on: TRL's columns and types, and every way in which a pair must not be made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from comparisons import Write, pair, several, task
from hypothesis import given
from hypothesis import strategies as st

from labeler.api import QueueConfig
from labeler.panels.comparison.content import ComparisonContent, Response, Turn
from labeler.panels.comparison.formats import PreferenceFormat, RankingFormat
from labeler.panels.comparison.formats.pairs import PairMaker

FIRST = {"preference": {"kind": "prefer", "strength": -3}}
SECOND = {"preference": {"kind": "prefer", "strength": 1}}
CHAT = ComparisonContent(
    turns=(
        Turn(id="t1", role="system", text="Be brief."),
        Turn(id="t2", role="user", text="2+3?"),
    ),
    responses=(Response(id="r1", text="5"), Response(id="r2", text="6")),
)


def is_text(told: Any) -> bool:
    return isinstance(told, str)


def is_messages(told: Any) -> bool:
    """TRL's conversational format: a list of tables of a role and a content."""
    return isinstance(told, list) and all(
        set(one) == {"role", "content"} and is_text(one["role"]) and is_text(one["content"])
        for one in told
    )


# ------------------------------------------------------------------------------------ the documents


def test_the_standard_form_is_the_one_documented(write: Write) -> None:
    # huggingface.co/docs/trl/dataset_formats, preference with explicit prompt, standard
    content = pair("The sky is", " blue.", " green.")
    out = write(PreferenceFormat, [task(content, FIRST)])
    assert out.rows == [{"prompt": "The sky is", "chosen": " blue.", "rejected": " green."}]


def test_the_conversational_form_is_the_one_documented(write: Write) -> None:
    out = write(PreferenceFormat, [task(CHAT, FIRST)])
    assert out.rows == [
        {
            "prompt": [
                {"role": "system", "content": "Be brief."},
                {"role": "user", "content": "2+3?"},
            ],
            "chosen": [{"role": "assistant", "content": "5"}],
            "rejected": [{"role": "assistant", "content": "6"}],
        }
    ]


def test_a_plain_prompt_is_a_message_of_the_user_where_that_is_asked_for(write: Write) -> None:
    out = write(PreferenceFormat, [task(pair(), FIRST)], conversational=True)
    assert out.rows == [
        {
            "prompt": [{"role": "user", "content": "2+3?"}],
            "chosen": [{"role": "assistant", "content": "5"}],
            "rejected": [{"role": "assistant", "content": "6"}],
        }
    ]


@pytest.mark.parametrize("at", [0, 1, 700, 1400])
def test_a_column_has_one_type_wherever_the_first_conversation_stands(
    write: Write, at: int
) -> None:
    tasks = [task(pair(f"q{number}"), FIRST) for number in range(1400)]
    tasks.insert(at, task(CHAT, FIRST))
    out = write(PreferenceFormat, tasks)
    assert len(out.rows) == 1401
    assert all(is_messages(row[name]) for row in out.rows for name in row)
    prompts = [row["prompt"][-1]["content"] for row in out.rows]
    expected = [f"q{number}" for number in range(1400)]
    assert prompts == [*expected[:at], "2+3?", *expected[at:]]
    assert [one.name for one in out.path.parent.iterdir()] == [out.path.name]


def test_a_response_that_went_on_is_all_its_messages(write: Write) -> None:
    turns = (
        Turn(id="b.t1", role="assistant", text="6"),
        Turn(id="b.t2", role="user", text="sure?"),
        Turn(id="b.t3", role="assistant", text="5"),
    )
    content = msgspec.structs.replace(
        pair(), responses=(Response(id="a", text="5"), Response(id="b", turns=turns))
    )
    [row] = write(PreferenceFormat, [task(content, SECOND)]).rows
    assert row["prompt"] == [{"role": "user", "content": "2+3?"}]
    assert [one["content"] for one in row["chosen"]] == ["6", "sure?", "5"]
    assert row["rejected"] == [{"role": "assistant", "content": "5"}]


def test_the_margin_is_a_number_of_the_same_type_in_every_row(write: Write) -> None:
    out = write(PreferenceFormat, [task(pair(), FIRST), task(pair(), SECOND)], margin=True)
    assert b'"margin":3.0' in out.raw
    assert [row["margin"] for row in out.rows] == [3.0, 1.0]


def test_nobody_is_named_unless_asked_for(write: Write) -> None:
    content = pair(models={"r1": "model-one"})
    plain = write(PreferenceFormat, [task(content, FIRST)])
    assert set(plain.rows[0]) == {"prompt", "chosen", "rejected"}
    assert b"ann0" not in plain.raw
    assert b"model-one" not in plain.raw
    told = write(PreferenceFormat, [task(content, FIRST), task(pair(), SECOND)], export_who=True)
    assert [row["meta"] for row in told.rows] == [
        {
            "task": "k",
            "by": "ann0",
            "question": "preference",
            "chosen_model": "model-one",
            "rejected_model": "",
        },
        {
            "task": "k",
            "by": "ann0",
            "question": "preference",
            "chosen_model": "",
            "rejected_model": "",
        },
    ]


def test_the_file_is_utf_8_lines_without_a_mark_that_every_program_cuts_alike(
    write: Write,
) -> None:
    out = write(PreferenceFormat, [task(pair("grün\u2028?", "a\r\nb", "c\u0085"), FIRST)])
    assert not out.raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in out.raw
    assert out.raw.endswith(b"\n")
    assert len(out.raw.decode().splitlines()) == 1
    assert out.rows[0] == {"prompt": "grün\u2028?", "chosen": "a\r\nb", "rejected": "c\u0085"}


# ------------------------------------------------------------------------------- what makes no pair


def test_negative_is_the_first_response_and_nothing_is_reversed(write: Write) -> None:
    rows = write(PreferenceFormat, [task(pair(), FIRST), task(pair(), SECOND)]).rows
    assert [(row["chosen"], row["rejected"]) for row in rows] == [("5", "6"), ("6", "5")]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"preference": {"kind": "tie_good"}}, "tie_good"),
        ({"preference": {"kind": "tie_bad"}}, "tie_bad"),
        ({"preference": {"kind": "cannot_judge"}}, "cannot_judge"),
        ({"preference": {"kind": "prefer", "strength": 0}}, "about_the_same"),
        ({"why": "nothing else was said"}, "no_answer"),
        ({}, "no_answer"),
        ({"ranking": {"r1": 1, "r2": 2}}, "no_answer"),
    ],
)
def test_what_prefers_nothing_makes_no_pair_and_is_counted(
    write: Write, answers: dict[str, Any], reason: str
) -> None:
    out = write(PreferenceFormat, [task(pair(), answers)])
    assert (out.rows, out.dropped) == ([], {reason: 1})


@pytest.mark.parametrize("status", ["skipped", "flagged", "open", "drafted", "returned"])
def test_what_was_not_submitted_makes_no_pair_whatever_it_says(write: Write, status: str) -> None:
    out = write(PreferenceFormat, [task(pair(), FIRST, status=status)])
    assert (out.rows, out.dropped) == ([], {status: 1})


def test_accepted_work_makes_a_pair(write: Write) -> None:
    assert len(write(PreferenceFormat, [task(pair(), FIRST, status="accepted")]).rows) == 1


def test_equal_texts_make_no_pair(write: Write) -> None:
    # A trainer stops at a pair whose two sides are the same.
    out = write(PreferenceFormat, [task(pair("q", "same", "same"), FIRST)])
    assert (out.rows, out.dropped) == ([], {"equal_texts": 1})


def test_a_preference_among_three_and_a_missing_content_are_counted(write: Write) -> None:
    out = write(PreferenceFormat, [task(several("x", "y", "z"), FIRST), task(None, FIRST)])
    assert (out.rows, out.dropped) == ([], {"not_two": 1, "content_missing": 1})


def test_what_a_message_has_no_room_for_is_counted(write: Write) -> None:
    turns = (*CHAT.turns[:1], Turn(id="t2", role="user", text="2+3?", extra={"name": "x"}))
    content = msgspec.structs.replace(CHAT, turns=turns)
    out = write(PreferenceFormat, [task(content, FIRST)])
    assert (len(out.rows), out.dropped) == (1, {"message_fields": 1})


def test_a_file_without_a_pair_is_an_empty_file(write: Write) -> None:
    assert write(PreferenceFormat, []).raw == b""


def test_pairs_are_made_of_the_first_preference_or_of_the_one_named(write: Write) -> None:
    answers = {**FIRST, "accuracy": {"kind": "prefer", "strength": 2}}
    made = [task(pair(), answers)]
    assert write(PreferenceFormat, made).rows[0]["chosen"] == "5"
    assert write(PreferenceFormat, made, pair_question="accuracy").rows[0]["chosen"] == "6"
    assert write(PreferenceFormat, made, pair_question="why").dropped == {"no_answer": 1}


# ---------------------------------------------------------------------------------- rankings to pairs


def test_a_ranking_with_a_tie_makes_all_pairs_but_the_tied_one(write: Write) -> None:
    # B,D=A,C: B>D, B>A, B>C, D>C, A>C are 5 of 4·3/2 = 6.
    answers = {"ranking": {"a": 2, "b": 1, "c": 3, "d": 2}}
    made = [task(several("A", "B", "C", "D"), answers)]
    out = write(PreferenceFormat, made, ranking_pairs=True, margin=True)
    assert {(row["chosen"], row["rejected"], row["margin"]) for row in out.rows} == {
        ("B", "D", 1.0),
        ("B", "A", 1.0),
        ("B", "C", 2.0),
        ("D", "C", 1.0),
        ("A", "C", 1.0),
    }
    assert (len(out.rows), out.dropped) == (5, {"tied_ranks": 1})


def test_a_ranking_makes_pairs_only_where_that_is_asked_for(write: Write) -> None:
    made = [task(several("A", "B"), {"ranking": {"a": 1, "b": 2}})]
    assert write(PreferenceFormat, made).dropped == {"no_answer": 1}
    assert len(write(PreferenceFormat, made, pair_question="ranking").rows) == 1


def test_a_tie_is_not_made_good_by_a_ranking(write: Write) -> None:
    answers = {"preference": {"kind": "tie_good"}, "ranking": {"r1": 1, "r2": 2}}
    out = write(PreferenceFormat, [task(pair(), answers)], ranking_pairs=True)
    assert (out.rows, out.dropped) == ([], {"tie_good": 1})


def test_unranked_and_unknown_parts_are_counted(write: Write) -> None:
    made = [task(several("A", "B", "C"), {"ranking": {"a": 1, "b": 2, "gone": 3}})]
    out = write(PreferenceFormat, made, ranking_pairs=True)
    assert len(out.rows) == 1
    assert out.dropped == {"unranked": 2, "part_unknown": 1}


# -------------------------------------------------------------------------------------- rankings


def test_ranks_stand_in_the_order_of_the_responses_ties_included(write: Write) -> None:
    answers = {"ranking": {"a": 2, "b": 1, "d": 2}}
    out = write(RankingFormat, [task(several("A", "B", "C", "D"), answers, answers)])
    assert (
        out.rows
        == [
            {
                "id": "k",
                "prompt": "Name a gas.",
                "responses": ["A", "B", "C", "D"],
                "ranks": [2, 1, None, 2],
            }
        ]
        * 2
    )  # each person's ranking is a line


def test_rankings_name_people_and_models_only_where_asked(write: Write) -> None:
    content = msgspec.structs.replace(several("A", "B"), models={"b": "m"})
    out = write(RankingFormat, [task(content, {"ranking": {"a": 1, "b": 2}})], export_who=True)
    assert (out.rows[0]["by"], out.rows[0]["models"]) == ("ann0", ["", "m"])


def test_what_is_no_ranking_is_counted(write: Write) -> None:
    skipped = task(several("A", "B"), {"ranking": {"a": 1, "b": 2}}, status="skipped")
    tasks = [task(pair(), FIRST), task(None, FIRST), task(pair()), skipped]
    tasks.append(task(several("A", "B"), {"ranking": {"a": 1, "gone": 2}}))
    out = write(RankingFormat, tasks)
    assert out.dropped == {"no_answer": 2, "content_missing": 1, "skipped": 1, "part_unknown": 1}
    assert len(out.rows) == 1


def test_one_conversation_makes_a_file_of_rankings_of_conversations(write: Write) -> None:
    ranks = {"ranking": {"r1": 1, "r2": 1}}
    rows = write(RankingFormat, [task(pair(), ranks), task(CHAT, ranks)]).rows
    assert all(is_messages(row["prompt"]) for row in rows)
    assert all(is_messages(one) for row in rows for one in row["responses"])


# ---------------------------------------------------------------------------------------- the judge


def test_the_library_that_trainers_load_their_data_with_reads_the_columns(
    write: Write, tmp_path: Path
) -> None:
    datasets = pytest.importorskip("datasets", reason="the datasets library is not installed")
    tasks = [task(pair(f"q{number}\u2028", " a", "b\r\n"), FIRST) for number in range(600)]
    plain = write(PreferenceFormat, tasks, margin=True, export_who=True)
    chats = write(PreferenceFormat, [*tasks, task(CHAT, SECOND)])
    ranked = write(RankingFormat, [task(several("A", "B"), {"ranking": {"a": 1}})] * 3)
    told = {}
    for name, out in (("plain", plain), ("chats", chats), ("ranked", ranked)):
        files = {"train": str(out.path)}
        told[name] = datasets.load_dataset(
            "json", data_files=files, split="train", cache_dir=str(tmp_path / "cache")
        )
    assert [len(told[name]) for name in told] == [600, 601, 3]
    features = {name: one.dtype for name, one in told["plain"].features.items() if name != "meta"}
    assert features == {
        "prompt": "string",
        "chosen": "string",
        "rejected": "string",
        "margin": "float64",
    }
    assert told["plain"][7]["prompt"] == "q7\u2028"
    assert told["plain"][7]["rejected"] == "b\r\n"
    assert told["chats"][600]["chosen"] == [{"role": "assistant", "content": "6"}]
    assert told["chats"][0]["prompt"] == [{"role": "user", "content": "q0\u2028"}]
    assert told["ranked"][0]["ranks"] == [1, None]


def test_a_queue_that_asks_for_no_preference_makes_no_pairs(write: Write) -> None:
    out = write(PreferenceFormat, [task(pair(), FIRST)], queue=QueueConfig())
    assert out.dropped == {"no_answer": 1}


@given(st.lists(st.integers(1, 4) | st.none(), min_size=2, max_size=8))
def test_every_two_of_a_ranking_are_a_pair_or_counted_and_the_better_one_is_chosen(
    ranks: list[int | None],
) -> None:
    names = [chr(97 + number) for number in range(len(ranks))]
    told = {name: rank for name, rank in zip(names, ranks, strict=True) if rank is not None}
    dropped: dict[str, int] = {}

    def drop(reason: str, count: int = 1) -> None:
        dropped[reason] = dropped.get(reason, 0) + count

    config = msgspec.convert({"questions": [{"id": "ranking", "kind": "ranking"}]}, QueueConfig)
    maker = PairMaker(config, {"comparison.ranking_pairs": True}, drop)
    made = task(several(*names), {"ranking": told})
    pairs = list(maker.pairs(made, made.annotations[0]))
    ranked = len(told)
    assert len(pairs) + dropped.get("tied_ranks", 0) == ranked * (ranked - 1) // 2
    whole = len(ranks) * (len(ranks) - 1) // 2
    assert len(pairs) + sum(dropped.values()) == whole
    for one in pairs:
        assert told[one.chosen.id] < told[one.rejected.id]
        assert one.margin == told[one.rejected.id] - told[one.chosen.id]
