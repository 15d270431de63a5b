"""Where an answer stands in a value: at the task, at a part or at regions; read and written there.

No widgets here. A place is the empty text for the task, else the id of a part or of a region; which
of them it is, the question's scope says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from labeler.api import Json, Opaque, Part, Question, QueueConfig, Region, Value
from labeler.model.questions import TurnsQuestion, is_asked, is_asked_of

__all__ = [
    "TASK",
    "GivenAnswer",
    "Slot",
    "answer_at",
    "applies",
    "asked_places",
    "authored_parts",
    "in_shown_order",
    "plan",
    "value_with_answer",
]

TASK = ""
"""The place of a task-scope answer."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a person answered: one step for undo.

    ``places`` are where the same answer goes: ``("",)`` for the task, one part, or the selected
    regions. ``answer`` None takes it away. ``label`` is a translated verb phrase for undo, answers
    with the same non-empty ``key`` in a row are one step.
    """

    question: str
    places: tuple[str, ...]
    answer: Json
    label: str
    key: str = ""

    def applied_to(self, value: Value, config: QueueConfig) -> Value:
        """The value with the answer in it; every region not named stays the identical object."""
        question = config.question(self.question)
        if question is None:
            raise KeyError(self.question)
        return value_with_answer(value, question, self.places, self.answer)


@dataclass(frozen=True, slots=True)
class Slot:
    """One question as it is asked at one place (or of several regions at once).

    ``part`` is the part asked about; where ``grouped``, all questions of a part stand together under
    its name.
    """

    question: Question
    places: tuple[str, ...]
    part: Part | None = None
    grouped: bool = False

    @property
    def shape(self) -> tuple[Question, bool, bool]:
        """What a block made for it depends on; equal shapes can take each other's block over."""
        return self.question, self.part is not None, self.grouped


def answer_at(value: Value, question: Question, place: str) -> Json:
    """The plain answer to the question at this place, or None."""
    if question.scope == "region":
        region = value.region(place)
        return None if region is None else region.attributes.get(question.id)
    answer = value.answers.get(question.id)
    if question.part_kind is None:
        return answer
    per = answer.get("per") if isinstance(answer, Mapping) else None
    return per.get(place) if isinstance(per, Mapping) else None


def value_with_answer(
    value: Value, question: Question, places: Collection[str], answer: Json
) -> Value:
    """The value with the same answer at each of these places; None takes it away there.

    Unknown and opaque regions are left as they are.
    """
    if question.scope == "region":
        regions = tuple(
            _with_attribute(region, question.id, answer) if region.id in places else region
            for region in value.regions
        )
        return Value(regions, value.answers)
    if question.part_kind is None:
        return value.with_answer(question.id, answer)
    before = value.answers.get(question.id)
    per = dict(before["per"]) if isinstance(before, Mapping) and "per" in before else {}
    for place in places:
        per.pop(place, None)
        if answer is not None:
            per[place] = answer
    return value.with_answer(question.id, {"per": per} if per else None)


def _with_attribute(region: Region, question: str, answer: Json) -> Region:
    if isinstance(region, Opaque):
        return region
    attributes: dict[str, Any] = {**region.attributes}
    attributes.pop(question, None)
    if answer is not None:
        attributes[question] = answer
    return msgspec.structs.replace(region, attributes=attributes)


def applies(question: Question, region: Region) -> bool:
    """Whether a region-scope question is about regions of this type and label."""
    if isinstance(region, Opaque):
        return False
    fits = not question.types or region.type_name() in question.types
    return fits and (not question.labels or region.label in question.labels)


def asked_places(value: Value, slot: Slot) -> tuple[str, ...]:
    """Those of the slot's places where the question's condition holds."""
    if slot.question.when is None:
        return slot.places
    return tuple(
        place
        for place in slot.places
        if is_asked(slot.question, _answers_beside(value, slot.question, place))
    )


def _answers_beside(value: Value, question: Question, place: str) -> Mapping[str, Json]:
    """The answers a condition at this place looks at: those of the same task, part or region."""
    if question.scope == "region":
        region = value.region(place)
        return {} if region is None else region.attributes
    if question.part_kind is None:
        return value.answers
    answers = dict(value.answers)
    for name, answer in value.answers.items():
        if isinstance(answer, Mapping) and set(answer) == {"per"}:
            answers[name] = answer["per"].get(place)
    return answers


def authored_parts(value: Value, questions: Sequence[Question]) -> tuple[Part, ...]:
    """The messages the person wrote, as parts of kind ``turn``: they can be asked about too."""
    parts = []
    for question in questions:
        if isinstance(question, TurnsQuestion) and question.scope == "task":
            for turn in value.answers.get(question.id) or ():
                if isinstance(turn, Mapping) and isinstance(turn.get("id"), str):
                    parts.append(Part(turn["id"], "turn", turn.get("parent"), turn.get("text")))
    return tuple(parts)


def in_shown_order(parts: Sequence[Part], kind: str, order: Sequence[str]) -> tuple[Part, ...]:
    """The parts of a kind as they are shown: by ``order``, those it does not name after them."""
    wanted = {part_id: number for number, part_id in enumerate(order)}
    chosen = [part for part in parts if part.kind == kind]
    return tuple(sorted(chosen, key=lambda part: wanted.get(part.id, len(wanted))))


def plan(
    questions: Sequence[Question],
    parts: Sequence[Part],
    order: Sequence[str],
    *,
    scopes: Collection[str],
    without: Collection[str] = (),
    part: str | None = None,
    regions: Sequence[Region] = (),
) -> tuple[Slot, ...]:
    """What is asked, in order.

    ``scopes`` are some of ``task``, ``part``, ``region``; ``without`` ids of questions asked
    elsewhere; retired questions are asked nowhere. With ``part`` the part-scope questions are asked
    of that part only, in their own places of the order; else neighbours of one kind are asked
    together, part after part under its heading. What compares more parts than there are, or fewer,
    is not asked.
    """
    kinds = [part.kind for part in parts]
    slots: list[Slot] = []
    group: list[Question] = []
    for question in [*questions, None]:
        kind = None if question is None else question.part_kind
        if question is not None and not is_asked_of(question, kinds):
            continue
        if group and (question is None or kind != group[0].part_kind or part is not None):
            slots += _part_slots(group, parts, order, part)
            group = []
        if question is None or question.retired or question.id in without:
            continue
        if kind is not None:
            if "part" in scopes:
                group.append(question)
        elif question.scope == "task" and "task" in scopes:
            slots.append(Slot(question, (TASK,)))
        elif question.scope == "region" and "region" in scopes:
            places = tuple(region.id for region in regions if applies(question, region))
            if places:
                slots.append(Slot(question, places))
    return tuple(slots)


def _part_slots(
    group: Sequence[Question], parts: Sequence[Part], order: Sequence[str], only: str | None
) -> list[Slot]:
    shown = in_shown_order(parts, group[0].part_kind or "", order)
    if only is not None:
        chosen = [part for part in shown if part.id == only]
        return [Slot(question, (part.id,), part) for question in group for part in chosen]
    return [Slot(question, (part.id,), part, grouped=True) for part in shown for question in group]
