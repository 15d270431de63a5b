"""Questions: what counts as an answer to each kind, and what is said of one that does not."""

from __future__ import annotations

import json
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_values import json_values

from labeler.model.json import freeze
from labeler.model.questions import (
    QUESTION_KINDS,
    Choice,
    ChoiceQuestion,
    ChoicesQuestion,
    Column,
    NumberQuestion,
    PreferenceQuestion,
    Question,
    RankingQuestion,
    RecordsQuestion,
    ScaleQuestion,
    TextQuestion,
    TurnsQuestion,
    answer_faults,
    graphemes,
)

MOOD = (Choice("pos", "Positive", "1"), Choice("neg", "Negative", "2"), Choice("mixed"))

CHOICE = ChoiceQuestion(id="q", choices=MOOD)
CHOICES = ChoicesQuestion(id="q", choices=MOOD, minimum=1, maximum=2)
SCALE = ScaleQuestion(id="q", minimum=-2, maximum=2)
HALVES = ScaleQuestion(id="q", minimum=0, maximum=1, step=0.1)
NUMBER = NumberQuestion(id="q", minimum=0, maximum=10)
WHOLE = NumberQuestion(id="q", integer=True)
TEXT = TextQuestion(id="q", minimum=3, maximum=5)
FREE = TextQuestion(id="q")
PREFERENCE = PreferenceQuestion(id="q")
RANKING = RankingQuestion(id="q")
STRICT_RANKING = RankingQuestion(id="q", ties=False)
RECORDS = RecordsQuestion(
    id="q",
    columns=(
        Column("verdict", kind="choice", required=True, choices=MOOD),
        Column("note"),
        Column("weight", kind="number"),
        Column("done", kind="check"),
    ),
    minimum=1,
    maximum=2,
)
TURNS = TurnsQuestion(id="q", minimum=1)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (CHOICE, "pos"),
        (CHOICES, ["pos"]),
        (CHOICES, ["neg", "pos"]),
        (SCALE, -2),
        (SCALE, 0),
        (SCALE, 2.0),
        (HALVES, 0.3),  # 0.1 + 0.1 + 0.1 is not 0.3 in binary
        (HALVES, 1),
        (NUMBER, 0),
        (NUMBER, 10),
        (NUMBER, 3.7),
        (WHOLE, -4),
        (WHOLE, 4.0),
        (WHOLE, 10**400),
        (TEXT, "abc"),
        (TEXT, "  abcde\n"),  # trimmed
        (TEXT, "e\u0301👩‍🚀🇩🇪"),  # three characters to a reader, seven code points
        (FREE, ""),
        (PREFERENCE, {"kind": "prefer", "strength": -3}),
        (PREFERENCE, {"kind": "prefer", "strength": 0}),
        (PREFERENCE, {"kind": "tie_bad"}),
        (PREFERENCE, {"kind": "cannot_judge"}),
        (RANKING, {}),
        (RANKING, {"a": 1}),
        (RANKING, {"a": 2, "b": 1, "c": 2}),
        (STRICT_RANKING, {"a": 2, "b": 1}),
        (RECORDS, [{"verdict": "pos"}]),
        (RECORDS, [{"verdict": "pos", "note": "", "weight": 0.5, "done": False}]),
        (TURNS, [{"id": "1", "role": "user", "text": "hi"}]),
        (
            TURNS,
            [
                {"id": "1", "parent": None, "role": "user", "text": "hi"},
                {"id": "2", "parent": "1", "role": "assistant", "text": ""},
                {"id": "3", "parent": "1", "role": "assistant", "text": "another"},
            ],
        ),
    ],
)
def test_an_answer_that_fits_has_no_fault(question: Question, answer: Any) -> None:
    assert list(answer_faults(question, answer)) == []
    assert list(answer_faults(question, freeze(answer))) == []


@pytest.mark.parametrize(
    ("question", "answer", "faults"),
    [
        (CHOICE, "poss", [("", "'poss' is none of the choices; did you mean 'pos'?")]),
        (CHOICE, "Positive", [("", "'Positive' is none of the choices")]),
        (CHOICE, ["pos"], [("", "a choice is a text, not a list")]),
        (CHOICE, None, [("", "a choice is a text, not null")]),
        (CHOICES, "pos", [("", "the answer is a list of choices, not a text")]),
        (CHOICES, [], [("", "choose at least 1, 0 chosen")]),
        (CHOICES, ["pos", "neg", "mixed"], [("", "choose at most 2, 3 chosen")]),
        (CHOICES, ["pos", "pos"], [("[1]", "'pos' is chosen twice")]),
        (CHOICES, ["pos", 5], [("[1]", "a choice is a text, not a number")]),
        (SCALE, 3, [("", "3 is no point of the scale -2 to 2")]),
        (SCALE, 0.5, [("", "0.5 is no point of the scale -2 to 2")]),
        (SCALE, True, [("", "a point on the scale is a number, not true or false")]),
        (SCALE, "1", [("", "a point on the scale is a number, not a text")]),
        (SCALE, 10**400, [("", "beyond 1e308 is no point of the scale -2 to 2")]),
        (NUMBER, -0.5, [("", "-0.5 is below 0")]),
        (NUMBER, 10.5, [("", "10.5 is above 10")]),
        (NUMBER, True, [("", "the answer is a number, not true or false")]),
        (NUMBER, -(10**400), [("", "beyond -1e308 is below 0")]),
        (WHOLE, 4.5, [("", "the answer is a whole number, not 4.5")]),
        (TEXT, "ab", [("", "write at least 3 characters, 2 written")]),
        (TEXT, "  ab   ", [("", "write at least 3 characters, 2 written")]),
        (TEXT, "e\u0301e\u0301", [("", "write at least 3 characters, 2 written")]),
        (TEXT, "abcdef", [("", "write at most 5 characters, 6 written")]),
        (TEXT, 5, [("", "the answer is a text, not a number")]),
        (PREFERENCE, "left", [("", "a preference is a table, not a text")]),
        (
            PREFERENCE,
            {"kind": "left"},
            [(".kind", "'left' is none of prefer, tie_good, tie_bad, cannot_judge")],
        ),
        (
            PREFERENCE,
            {"kind": "prefer"},
            [(".strength", "the strength is a whole number, not null")],
        ),
        (
            PREFERENCE,
            {"kind": "prefer", "strength": 1.5},
            [(".strength", "the strength is a whole number, not a number")],
        ),
        (
            PREFERENCE,
            {"kind": "prefer", "strength": 4},
            [(".strength", "4 is outside −3 to 3")],
        ),
        (
            PREFERENCE,
            {"kind": "tie_good", "strength": 1},
            [(".strength", "'tie_good' has no strength")],
        ),
        (
            PREFERENCE,
            {"kind": "tie_good", "why": 1},
            [(".why", "a preference has only a kind and a strength")],
        ),
        (RANKING, ["a"], [("", "a ranking is a table of parts and ranks, not a list")]),
        (RANKING, {"a": 0}, [(".a", "a rank is a whole number from 1")]),
        (RANKING, {"a": True}, [(".a", "a rank is a whole number from 1")]),
        (RANKING, {"a": 1, "b": 3}, [("", "the ranks leave a gap; they count 1, 2, 3")]),
        (RANKING, {"a": 2}, [("", "the ranks leave a gap; they count 1, 2, 3")]),
        (RANKING, {"a": 1, "b": 10**12}, [("", "the ranks leave a gap; they count 1, 2, 3")]),
        (
            STRICT_RANKING,
            {"a": 1, "b": 1},
            [("", "two parts share a rank, and this ranking has no ties")],
        ),
        (RECORDS, {}, [("", "the answer is a list of rows, not a table")]),
        (RECORDS, [], [("", "give at least 1 row, 0 given")]),
        (RECORDS, ["x", {"verdict": "pos"}], [("[0]", "a row is a table, not a text")]),
        (
            RECORDS,
            [{"verdict": "neg", "notes": "x"}],
            [("[0].notes", "there is no column 'notes'; did you mean 'note'?")],
        ),
        (RECORDS, [{"note": "x"}], [("[0].verdict", "the column 'verdict' is empty")]),
        (
            RECORDS,
            [{"verdict": "pos", "weight": "2", "done": 1, "note": 3}],
            [
                ("[0].weight", "the cell is a number, not a text"),
                ("[0].done", "the cell is true or false, not a number"),
                ("[0].note", "the cell is a text, not a number"),
            ],
        ),
        (RECORDS, [{"verdict": "pos"}] * 3, [("", "give at most 2 rows, 3 given")]),
        (TURNS, "hi", [("", "the answer is a list of turns, not a text")]),
        (TURNS, [], [("", "write at least 1 turns, 0 written")]),
        (TURNS, [5], [("[0]", "a turn is a table, not a number")]),
        (
            TURNS,
            [{"id": "1", "role": "user", "text": "a"}, {"id": "1", "role": "user", "text": "b"}],
            [("[1].id", "a turn has an id of its own")],
        ),
        (
            TURNS,
            [{"id": "", "parent": "9", "role": "system", "text": None}],
            [
                ("[0].id", "a turn has an id of its own"),
                ("[0].parent", "'9' is no earlier turn"),
                ("[0].role", "'system' is none of user, assistant"),
                ("[0].text", "a turn has a text"),
            ],
        ),
        (
            TURNS,
            [{"id": "1", "parent": ["1"], "role": "user", "text": "a"}],
            [("[0].parent", "['1'] is no earlier turn")],
        ),
        (
            TURNS,
            [{"id": "1", "parent": "1", "role": "user", "text": "a"}],
            [("[0].parent", "'1' is no earlier turn")],
        ),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_with_its_place(
    question: Question, answer: Any, faults: list[tuple[str, str]]
) -> None:
    assert list(answer_faults(question, answer)) == faults


ALL_QUESTIONS = [
    *(CHOICE, CHOICES, SCALE, HALVES, NUMBER, WHOLE, TEXT, FREE, PREFERENCE, RANKING),
    *(STRICT_RANKING, RECORDS, TURNS),
]


@given(st.sampled_from(ALL_QUESTIONS), json_values)
def test_no_answer_from_outside_breaks_a_question(question: Question, answer: Any) -> None:
    for place, reason in answer_faults(question, freeze(answer)):
        assert place == "" or place[0] in ".["
        assert reason


rows_like = st.lists(
    st.dictionaries(
        st.sampled_from(["verdict", "note", "id", "parent", "role", "text", "kind", "strength"]),
        json_values,
        max_size=5,
    ),
    max_size=3,
)


@given(
    st.sampled_from(ALL_QUESTIONS), rows_like | rows_like.map(lambda rows: rows[0] if rows else {})
)
def test_no_answer_of_nearly_the_right_form_breaks_a_question(
    question: Question, answer: Any
) -> None:
    list(answer_faults(question, answer))


def test_a_huge_rank_is_refused_at_once() -> None:
    # Laying the ranks out to a billion would take eight gigabytes.
    assert list(answer_faults(RANKING, {"a": 1, "b": 10**9})) != []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("   ", 0),
        ("abc", 3),
        (" a b ", 3),
        ("a\r\nb", 3),  # CR LF is one
        ("e\u0301", 1),
        ("\u1112\u1161\u11ab", 1),  # han in conjoining jamo
        ("👩‍👩‍👧‍👦", 1),
        ("🇩🇪🇫🇷", 2),
        ("👍🏽", 1),
        ("नि", 1),
    ],
)
def test_a_text_is_as_long_as_its_reader_sees(text: str, count: int) -> None:
    assert graphemes(text) == count


def test_the_points_of_a_scale_are_counted_out() -> None:
    assert SCALE.points() == (-2, -1, 0, 1, 2)
    assert [type(point) for point in SCALE.points()] == [int] * 5
    assert HALVES.points() == (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)
    assert ScaleQuestion(id="q", minimum=1, maximum=4, step=2).points() == (1, 3)


def decoded(tree: dict[str, Any]) -> Question:
    return msgspec.json.decode(json.dumps(tree), type=Question)


def test_there_is_a_question_of_every_kind() -> None:
    assert list(QUESTION_KINDS) == [
        *("choice", "choices", "scale", "number", "text", "preference", "ranking", "records"),
        "turns",
    ]
    assert set(QUESTION_KINDS.values()) == set(get_args(Question))


def test_a_question_goes_through_json() -> None:
    tree = {
        "kind": "choice",
        "id": "mood",
        "title": "Mood",
        "required": True,
        "scope": "part:turn",
        "when": {"any": [{"question": "a", "is": 1}, {"not": {"question": "b", "answered": True}}]},
        "choices": [{"id": "pos", "title": "Positive", "key": "1"}, {"id": "neg"}],
    }
    question = decoded(tree)
    assert isinstance(question, ChoiceQuestion)
    assert (question.name, question.part_kind) == ("Mood", "turn")
    assert question.choices[1].name == "neg"
    assert json.loads(msgspec.json.encode(question)) == tree


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"kind": "choice", "id": "", "choices": [{"id": "a"}]}, "needs an id"),
        ({"kind": "choice", "id": "q", "choices": []}, "has no choices"),
        ({"kind": "choice", "id": "q"}, "missing required field `choices`"),
        (
            {"kind": "choices", "id": "q", "choices": [{"id": "a"}, {"id": "a"}]},
            "has the choice 'a' twice",
        ),
        ({"kind": "text", "id": "q", "scope": "regions"}, "the scope 'regions' is none of"),
        ({"kind": "scale", "id": "q", "minimum": 5, "maximum": 5}, "no points between its ends"),
        ({"kind": "scale", "id": "q", "step": 0}, "no points between its ends"),
        ({"kind": "scale", "id": "q", "maximum": 1e12}, "ask for a number instead"),
        ({"kind": "mood", "id": "q"}, "'mood'"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(tree: dict[str, Any], words: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        decoded(tree)
    assert words.lower() in str(caught.value).lower()
