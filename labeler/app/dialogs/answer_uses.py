"""How many answers a question, one of its choices or one of its columns has in a queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from labeler.app.context import Told
from labeler.app.dialogs.queue_reading import values_with
from labeler.exchange.needs import Asks

__all__ = ["answers_in", "count_answers"]


def count_answers(ask: Asks, queue: str, question: str, inner: str, told: Told) -> int:
    """How many answers to the question there are, in everybody's values of every layer.

    With ``inner``, an id of a choice or column, only those that have it. For a worker thread.
    """
    return sum(
        _has(answer, inner)
        for value in values_with(ask, queue, question, told)
        for answer in answers_in(msgspec.json.decode(value), question)
    )


def answers_in(tree: Any, question: str) -> Iterator[Any]:
    """The answers to a question in a value's JSON: of the task, of each part, of each region."""
    answers = tree.get("answers", {})
    if question in answers:
        answer = answers[question]
        if isinstance(answer, Mapping) and set(answer) == {"per"}:
            yield from answer["per"].values()
        else:
            yield answer
    for region in tree.get("regions", ()):
        yield from _of_region(region, question)


def _of_region(region: Any, question: str) -> Iterator[Any]:
    if not isinstance(region, Mapping):
        return
    attributes = region.get("attributes")
    if isinstance(attributes, Mapping) and question in attributes:
        yield attributes[question]
    for field in region.values():
        # Keyframes and words have attributes of their own.
        if isinstance(field, list):
            for child in field:
                yield from _of_region(child, question)


def _has(answer: Any, inner: str) -> bool:
    if not inner:
        return True
    if isinstance(answer, list):
        return any(inner in one if isinstance(one, Mapping) else one == inner for one in answer)
    return bool(answer == inner)
