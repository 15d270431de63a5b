"""Where answers stand in a value."""

from __future__ import annotations

import pytest

from labeler.api import Box, Opaque, Part, QueueConfig, Value
from labeler.kit.form.places import (
    GivenAnswer,
    answer_at,
    authored_parts,
    in_shown_order,
    plan,
    value_with_answer,
)
from labeler.model.checks import missing_answers, value_problems
from labeler.model.questions import (
    Choice,
    ChoiceQuestion,
    PreferenceQuestion,
    RankingQuestion,
    ScaleQuestion,
    TextQuestion,
    TurnsQuestion,
)

WHY = TextQuestion(id="why")
FITS = ScaleQuestion(id="fits", scope="part:response")
SEEN = ChoiceQuestion(id="seen", scope="region", choices=(Choice("yes"), Choice("no")))
PARTS = (Part("p", "prompt"), Part("r1", "response"), Part("r2", "response"))
BOX = Box(id="a", x=0, y=0, width=1, height=1)
OTHER = Box(id="b", x=5, y=5, width=1, height=1)


def test_a_task_answer_stands_plain() -> None:
    value = value_with_answer(Value(), WHY, ("",), "so")
    assert value.answers == {"why": "so"}
    assert answer_at(value, WHY, "") == "so"
    assert value_with_answer(value, WHY, ("",), None).answers == {}


def test_a_part_answer_stands_under_its_part_and_leaves_the_others() -> None:
    value = value_with_answer(Value(), FITS, ("r1",), 4)
    value = value_with_answer(value, FITS, ("r2",), 2)
    assert value.answers == {"fits": {"per": {"r1": 4, "r2": 2}}}
    value = value_with_answer(value, FITS, ("r1",), None)
    assert value.answers == {"fits": {"per": {"r2": 2}}}
    assert value_with_answer(value, FITS, ("r2",), None).answers == {}


def test_a_region_answer_is_an_attribute_and_untouched_regions_stay_the_same_object() -> None:
    value = value_with_answer(Value((BOX, OTHER)), SEEN, ("a",), "yes")
    assert value.regions[0].attributes == {"seen": "yes"}
    assert value.regions[1] is OTHER


def test_an_answer_for_an_opaque_region_changes_nothing() -> None:
    opaque = Opaque(id="o", kind="splat", raw=b'{"id":"o","type":"splat"}')
    value = value_with_answer(Value((opaque,)), SEEN, ("o",), "yes")
    assert value.regions == (opaque,)
    assert value.regions[0] is opaque


def test_an_answer_to_a_question_the_queue_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        GivenAnswer("gone", ("",), 1, "x").applied_to(Value(), QueueConfig())


def test_what_the_form_writes_passes_the_checks_of_the_model() -> None:
    config = QueueConfig(questions=(WHY, FITS, SEEN))
    value = Value((Box(id="a", on="p", x=0, y=0, width=1, height=1),))
    for question, place, answer in ((WHY, "", "x"), (FITS, "r1", 5), (SEEN, "a", "no")):
        value = value_with_answer(value, question, (place,), answer)
    assert list(value_problems(value, config, PARTS)) == []
    assert list(missing_answers(value, config, PARTS)) == []


def test_parts_follow_the_order_shown_and_unnamed_ones_come_last() -> None:
    assert [part.id for part in in_shown_order(PARTS, "response", ("r2", "r1"))] == ["r2", "r1"]
    assert [part.id for part in in_shown_order(PARTS, "response", ("r2",))] == ["r2", "r1"]


def test_part_questions_of_one_kind_stand_together_part_after_part() -> None:
    other = TextQuestion(id="rewrite", scope="part:response")
    slots = plan((FITS, other, WHY), PARTS, (), scopes={"task", "part"})
    assert [(slot.question.id, slot.places) for slot in slots] == [
        ("fits", ("r1",)),
        ("rewrite", ("r1",)),
        ("fits", ("r2",)),
        ("rewrite", ("r2",)),
        ("why", ("",)),
    ]


def test_for_one_part_the_questions_keep_their_places() -> None:
    slots = plan((FITS, WHY), PARTS, (), scopes={"task", "part"}, part="r2")
    assert [(slot.question.id, slot.places) for slot in slots] == [
        ("fits", ("r2",)),
        ("why", ("",)),
    ]


def test_region_questions_are_asked_of_the_regions_they_are_for() -> None:
    only_spans = TextQuestion(id="t", scope="region", types=("span",))
    only_cars = TextQuestion(id="c", scope="region", labels=("car",))
    slots = plan((SEEN, only_spans, only_cars), (), (), scopes={"region"}, regions=(BOX, OTHER))
    assert [(slot.question.id, slot.places) for slot in slots] == [("seen", ("a", "b"))]


def test_questions_asked_elsewhere_are_left_out() -> None:
    assert plan((WHY,), (), (), scopes={"task"}, without={"why"}) == ()


def test_messages_the_person_wrote_can_be_asked_about() -> None:
    turns = TurnsQuestion(id="attack")
    value = Value((), {"attack": [{"id": "t1", "parent": None, "role": "user", "text": "Hi"}]})
    assert authored_parts(value, (turns,)) == (Part("t1", "turn", None, "Hi"),)


def test_what_compares_more_parts_than_there_are_or_fewer_is_not_asked() -> None:
    pair = PreferenceQuestion(id="pair", fewest=2, most=2)
    order = RankingQuestion(id="order", fewest=3)
    always = PreferenceQuestion(id="always")
    third = Part("r3", "response")
    for parts, asked in ((PARTS, ["pair", "always"]), ((*PARTS, third), ["order", "always"])):
        slots = plan((pair, order, always), parts, (), scopes={"task"})
        assert [slot.question.id for slot in slots] == asked
