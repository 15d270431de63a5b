"""What is asked about a mark: its words below the underline, and the keys that answer in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labeler.api import Choice, Question, QueueConfig, Value
from labeler.kit.form.places import applies, value_with_answer
from labeler.panels.comparison.edits import Marked

__all__ = ["answered", "choices_by_key", "first_without_key", "tag_words"]


def _asked(config: QueueConfig, region: Marked) -> Iterator[Question]:
    for question in config.questions:
        if question.scope == "region" and applies(question, region):
            if question.when is None or question.when.holds(region.attributes):
                yield question


def _choices(question: Question) -> Sequence[Choice]:
    """The choices of a question that takes one of them; none for any other."""
    one = getattr(question, "maximum", None) is None and not hasattr(question, "minimum")
    found: Sequence[Choice] = getattr(question, "choices", ()) if one else ()
    return found


def tag_words(config: QueueConfig, region: Marked) -> str:
    """The label's name and what was chosen about the mark: "Wrong fact, severe"."""
    label = config.label(region.label) if region.label is not None else None
    words = [label.title if label is not None else (region.label or "")]
    for question in config.questions:
        if question.scope == "region":
            answer = region.attributes.get(question.id)
            found = next((one for one in _choices(question) if one.id == answer), None)
            if found is not None:
                words.append(found.name)
    return ", ".join(word for word in words if word)


def choices_by_key(
    config: QueueConfig, marks: Sequence[Marked]
) -> list[tuple[str, Question, Choice]]:
    """The keys that answer a question about all of these marks, in the order asked."""
    found: list[tuple[str, Question, Choice]] = []
    if not marks:
        return found
    for question in _asked(config, marks[0]):
        if all(question in list(_asked(config, mark)) for mark in marks[1:]):
            found += [(one.key.upper(), question, one) for one in _choices(question) if one.key]
    return found


def answered(value: Value, question: Question, marks: Sequence[Marked], choice: Choice) -> Value:
    """The value with this choice at each of the marks; chosen again at all of them it is taken back."""
    there = all(mark.attributes.get(question.id) == choice.id for mark in marks)
    places = [mark.id for mark in marks]
    return value_with_answer(value, question, places, None if there else choice.id)


def first_without_key(config: QueueConfig, region: Marked) -> str | None:
    """The first question the mark must answer and no key in place answers, or None."""
    for question in _asked(config, region):
        if question.required and not any(one.key for one in _choices(question)):
            return question.id
    return None
