"""What models propose that is still open: not taken over, not answered otherwise, not rejected."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labeler.api import Json, QueueConfig, Span, Value
from labeler.panels.sentiment.edits import add, find

if TYPE_CHECKING:
    from labeler.kit.editor import Prediction

__all__ = ["Proposal", "accept", "open_proposals"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing proposed: a span, or the answer to a question.

    ``id`` is that of the span with its author before it, or names author and question. ``score`` is
    the model's confidence in all it proposes for the text; a span may have one of its own.
    """

    id: str
    author: str
    score: float | None
    span: Span | None = None
    question: str = ""
    answer: Json = None


def open_proposals(
    predictions: Sequence[Prediction],
    value: Value,
    config: QueueConfig,
    length: int,
    rejected: Collection[str],
) -> list[Proposal]:
    """What is open: spans in the order of the text, then answers, which may end the task.

    Spans outside the text (of ``length`` code points) and answers to unknown questions are not
    offered; of two models that propose the same the first has it.
    """
    found = [*_spans(predictions, value, config, length), *_answers(predictions, value, config)]
    return [one for one in found if one.id not in rejected]


def _answers(
    predictions: Sequence[Prediction], value: Value, config: QueueConfig
) -> Iterator[Proposal]:
    taken = set(value.answers)
    for prediction in predictions:
        for question, answer in prediction.value.answers.items():
            known = config.question(question)
            if question not in taken and known is not None and known.scope != "region":
                taken.add(question)
                ident = f"{prediction.author}?{question}"
                yield Proposal(
                    ident, prediction.author, prediction.score, question=question, answer=answer
                )


def _spans(
    predictions: Sequence[Prediction], value: Value, config: QueueConfig, length: int
) -> list[Proposal]:
    taken: set[tuple[int, int, str | None]] = set()
    found: list[Proposal] = []
    for prediction in predictions:
        for span in prediction.value.regions:
            if not isinstance(span, Span) or not 0 <= span.start < span.end <= length:
                continue
            place = (span.start, span.end, span.label)
            if place in taken or find(value, *place) is not None:
                continue
            if span.label is not None and config.label(span.label) is None:
                continue
            taken.add(place)
            ident = f"{prediction.author}:{span.id}"
            found.append(Proposal(ident, prediction.author, prediction.score, span=span))
    return sorted(found, key=lambda one: (one.span.start, -one.span.end) if one.span else (0, 0))


def accept(
    value: Value, text: str, proposals: Sequence[Proposal], labels: Mapping[str, str | None] = {}
) -> tuple[Value, list[str]]:
    """The value with what is proposed taken over, and the ids of the spans that are new.

    ``labels`` gives another label to a proposal, by its id. Each span keeps the model's name as
    its origin; an answer that was given meanwhile stays.
    """
    new: list[str] = []
    for one in proposals:
        if one.span is not None:
            place = (one.span.start, one.span.end)
            label = labels.get(one.id, one.span.label)
            value, ids = add(value, text, [place], label, origin=one.author)
            new += ids
        elif one.question not in value.answers:
            value = value.with_answer(one.question, one.answer)
    return value, new
