"""Which keys are dealt to which answers."""

from __future__ import annotations

from labeler.kit.form.keys import deal_keys
from labeler.model.questions import (
    Choice,
    ChoiceQuestion,
    ChoicesQuestion,
    PreferenceQuestion,
    RankingQuestion,
    ScaleQuestion,
    TextQuestion,
)


def choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{number}") for number in range(count))


def test_a_single_choice_takes_digits_and_several_choices_take_letters() -> None:
    one = ChoiceQuestion(id="one", choices=choices(5))
    many = ChoicesQuestion(id="many", choices=choices(3))
    assert deal_keys((many, one)) == {"one": tuple("12345"), "many": tuple("QWE")}


def test_a_preference_takes_the_whole_row_of_digits() -> None:
    # Seven strengths, then both good, both bad, cannot judge.
    assert deal_keys((PreferenceQuestion(id="p"),)) == {"p": tuple("1234567890")}


def test_a_scale_has_its_own_numbers_as_keys_where_the_digits_are_free() -> None:
    assert deal_keys((ScaleQuestion(id="s"),)) == {"s": tuple("12345")}


def test_a_scale_after_a_choice_takes_letters_that_lie_beside_one_another() -> None:
    one = ChoiceQuestion(id="one", choices=choices(3))
    scale = ScaleQuestion(id="s", minimum=-3, maximum=3)
    assert deal_keys((one, scale))["s"] == tuple("QWERTYU")
    # With T and D spoken for no run of seven is left in the upper rows.
    assert deal_keys((one, scale), reserved={"t", "D"})["s"] == tuple("ZXCVBNM")


def test_a_scale_that_finds_no_run_has_no_keys_at_all() -> None:
    one = ChoiceQuestion(id="one", choices=choices(3))
    scale = ScaleQuestion(id="s", minimum=0, maximum=9)
    assert deal_keys((one, scale), reserved={"P"})["s"] == ("",) * 10


def test_reserved_keys_are_never_dealt() -> None:
    many = ChoicesQuestion(id="many", choices=choices(3))
    assert deal_keys((many,), reserved={"W"}) == {"many": tuple("QER")}


def test_a_choice_keeps_its_own_key_unless_it_is_reserved() -> None:
    own = (Choice("a", key="x"), Choice("b", key="f"), Choice("c"))
    question = ChoiceQuestion(id="one", choices=own)
    assert deal_keys((question,), reserved={"F"}) == {"one": ("X", "", "")}


def test_no_key_is_dealt_twice_however_many_questions_there_are() -> None:
    questions = [ChoiceQuestion(id=f"q{n}", choices=choices(4)) for n in range(20)]
    dealt = [key for keys in deal_keys(questions).values() for key in keys if key]
    assert len(dealt) == len(set(dealt)) == 36


def test_a_text_gets_the_letter_that_is_left_after_all_others() -> None:
    text, marks = TextQuestion(id="t"), ChoicesQuestion(id="m", choices=(Choice("a"), Choice("b")))
    assert deal_keys((text, marks)) == {"m": ("Q", "W"), "t": ("M",)}


def test_a_criterion_takes_one_letter_and_a_ranking_the_digits() -> None:
    ranking = RankingQuestion(id="r")
    criteria = [PreferenceQuestion(id=name, strongest=1) for name in ("a", "b")]
    dealt = deal_keys((criteria[0], ranking, criteria[1]))
    assert dealt == {"r": tuple("123456789"), "a": ("Q",), "b": ("W",)}


def test_a_reason_has_one_letter_whatever_else_is_asked() -> None:
    pair = [PreferenceQuestion(id=name, strongest=1) for name in ("a", "b", "c")]
    why = TextQuestion(id="why")
    assert deal_keys((*pair, why))["why"] == deal_keys((RankingQuestion(id="r"), why))["why"]
