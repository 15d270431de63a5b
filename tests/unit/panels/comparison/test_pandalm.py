"""PandaLM's human test set: pairs, prompts, votes; lists in a file read one element at a time."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from comparisons import Read

from labeler.api import QueueConfig
from labeler.panels.comparison.formats import PandaLmFormat

REAL = Path(__file__).parents[4].parent / "shared" / "data" / "responses" / "pandalm"
ROW = {
    "idx": 7,
    "motivation_app": "Mail",
    "cmp_key": "one-7b_two-7b",
    "instruction": "Shorten it.",
    "input": "A long text.",
    "response1": "Short.",
    "response2": "",
    "annotator1": 2,
    "annotator2": 1,
    "annotator3": 0,
}


def listed(*rows: Any) -> bytes:
    return json.dumps(list(rows), indent=4).encode()


def test_a_row_is_a_pair_with_three_votes(read: Read) -> None:
    found = read(PandaLmFormat, listed(ROW), "t.json")
    assert found.told == []
    [made] = found.tasks
    assert (made.key, made.where) == ("7", "t.json[0]")
    content = found.content()
    assert [turn.text for turn in content.turns] == ["Shorten it.\n\nA long text."]
    assert [(one.id, one.text) for one in content.responses] == [("r1", "Short."), ("r2", "")]
    assert [one.author for one in made.annotations] == ["annotator1", "annotator2", "annotator3"]
    votes = [msgspec.json.decode(one.value)["answers"]["preference"] for one in made.annotations]
    assert votes == [
        {"kind": "prefer", "strength": 2},  # the second response
        {"kind": "prefer", "strength": -2},  # the first
        {"kind": "prefer", "strength": 0},  # a tie: whether both are good, it does not say
    ]


def test_models_are_kept_out_of_what_a_person_may_see(read: Read) -> None:
    found = read(PandaLmFormat, listed(ROW, {**ROW, "cmp_key": "a_b_c"}), "t.json")
    assert found.content(0).models == {"r1": "one-7b", "r2": "two-7b"}
    assert found.content(1).models == {"r1": "a_b_c", "r2": "a_b_c"}
    assert [dict(one.meta) for one in found.tasks] == [{"motivation_app": "Mail"}] * 2


def test_an_instruction_without_input_stands_alone(read: Read) -> None:
    for nothing in ("", " \n"):
        found = read(PandaLmFormat, listed({**ROW, "input": nothing}), "t.json")
        assert found.content().turns[0].text == "Shorten it."
    found = read(PandaLmFormat, listed({**ROW, "instruction": ""}), "t.json")
    assert found.content().turns[0].text == "A long text."


def test_a_vote_is_no_stronger_than_the_queues_scale(read: Read) -> None:
    one = {"questions": [{"id": "p", "kind": "preference", "strongest": 1}]}
    queue = msgspec.convert(one, QueueConfig)
    found = read(PandaLmFormat, listed(ROW), "t.json", queue=queue)
    value = msgspec.json.decode(found.tasks[0].annotations[0].value)
    assert value == {"answers": {"p": {"kind": "prefer", "strength": 1}}}


def test_a_queue_that_asks_for_no_preference_gets_the_tasks_and_is_told_once(read: Read) -> None:
    found = read(PandaLmFormat, listed(ROW, ROW), "t.json", queue=QueueConfig())
    assert found.told == [("question_missing", "t.json")]
    assert [one.annotations for one in found.tasks] == [(), ()]


@pytest.mark.parametrize("vote", [3, -1, "2", None, True, 1.5])
def test_a_vote_that_is_none_is_told_and_the_others_count(read: Read, vote: Any) -> None:
    found = read(PandaLmFormat, listed({**ROW, "annotator2": vote}), "t.json")
    assert found.told == [("answer_invalid", "t.json[0]: annotator2")]
    assert len(found.tasks[0].annotations) == 2


def test_a_response_a_spreadsheet_took_for_a_value_is_read_as_a_text_and_told(read: Read) -> None:
    found = read(PandaLmFormat, listed({**ROW, "response1": True, "response2": 4}), "t.json")
    assert [one.text for one in found.content().responses] == ["True", "4"]
    assert found.told == [
        ("text_guessed", "t.json[0]: response1"),
        ("text_guessed", "t.json[0]: response2"),
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (3, ("row_not_table", "t.json[1]")),
        ({"instruction": "a"}, ("column_missing", "t.json[1]")),
        ({**ROW, "response1": ["a"]}, ("content_invalid", "t.json[1]: response1")),
        ({**ROW, "instruction": 3}, ("content_invalid", "t.json[1]: instruction")),
        ({**ROW, "instruction": " ", "input": ""}, ("row_empty", "t.json[1]: instruction")),
        ({**ROW, "input": "\ud800"}, ("json_syntax", "t.json[1]")),
        ({**ROW, "n": float("inf")}, ("json_syntax", "t.json[1]")),
    ],
)
def test_a_row_that_is_none_is_told_and_the_next_one_read(
    read: Read, row: Any, told: tuple[str, str]
) -> None:
    found = read(PandaLmFormat, listed(ROW, row, ROW), "t.json")
    assert found.told == [told]
    assert len(found.tasks) == 2


@pytest.mark.parametrize(
    ("raw", "place", "reason"),
    [
        (b'{"a": 1}', "t.json", "the file is no list of tables"),
        (b"", "t.json", "the file is no list of tables"),
        (b'[{"a": 1}', "t.json[1]", "a comma is missing"),
        (b'[{"a": 1} {"b": 2}]', "t.json[1]", "a comma is missing"),
        (b'[{"a": 1}] x', "t.json", "the file goes on behind the list"),
        (b'[{"a": ', "t.json[0]", "expecting value"),
        (b"[" * 100_000, "t.json[0]", "nested too deep"),
        (b'[{"a": 1' + b"0" * 5000 + b"}]", "t.json[0]", "Exceeds the limit"),
    ],
)
def test_where_a_list_cannot_be_read_on_is_told_with_what_is_wrong(
    read: Read, raw: bytes, place: str, reason: str
) -> None:
    found = read(PandaLmFormat, raw, "t.json")
    problem = found.problems[-1]
    assert (problem.code, problem.where) == ("json_syntax", place)
    assert reason in problem.message


def test_a_list_of_several_chunks_is_read_with_what_lies_across_their_borders(read: Read) -> None:
    rows = [{**ROW, "idx": number, "response1": "ü€😀" * 3000} for number in range(60)]
    raw = json.dumps(rows, ensure_ascii=False).encode()
    assert len(raw) > 1 << 20  # a chunk
    found = read(PandaLmFormat, raw, "t.json")
    assert found.told == []
    assert [one.key for one in found.tasks] == [str(number) for number in range(60)]
    assert {one.text for at in range(60) for one in found.content(at).responses[:1]} == {
        "ü€😀" * 3000
    }


def test_an_empty_list_has_no_tasks_and_nothing_wrong(read: Read) -> None:
    assert read(PandaLmFormat, b"\xef\xbb\xbf [ ] \n", "t.json").told == []


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not beside the checkout")
def test_the_real_set_has_999_pairs_and_120_rows_whose_votes_differ(read: Read) -> None:
    found = read(PandaLmFormat, REAL / "testset-v1.json")
    # Six rows hold the JSON value true where a model answered with that one word.
    assert [one.code for one in found.problems] == ["text_guessed"] * 6
    assert len(found.tasks) == 999
    votes = Counter(
        msgspec.json.decode(one.value)["answers"]["preference"]["strength"]
        for made in found.tasks
        for one in made.annotations
    )
    rows = json.loads((REAL / "testset-v1.json").read_bytes())
    told = Counter(row[f"annotator{number}"] for row in rows for number in (1, 2, 3))
    assert votes == {0: told[0], -2: told[1], 2: told[2]}
    differ = sum(len({one.value for one in made.annotations}) > 1 for made in found.tasks)
    assert differ == 120  # as the set's own description says


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not beside the checkout")
def test_the_real_list_of_instructions_is_no_set_of_pairs(read: Read) -> None:
    found = read(PandaLmFormat, REAL / "testset-inference-v1.json")
    assert (len(found.tasks), {code for code, _ in found.told}) == (0, {"column_missing"})
    assert len(found.told) == 170
