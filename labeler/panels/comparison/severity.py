"""What is asked about a mark: its words below the underline, and the question to go to after it."""

from __future__ import annotations

from labeler.api import QueueConfig, Span
from labeler.panels.comparison.edits import Marked

__all__ = ["first_required", "tag_words"]


def tag_words(config: QueueConfig, region: Marked) -> str:
    """The label's name and what was chosen about the mark: "Wrong fact, severe"."""
    label = config.label(region.label) if region.label is not None else None
    words = [label.title if label is not None else (region.label or "")]
    for question in config.questions:
        if question.scope == "region":
            answer = region.attributes.get(question.id)
            choices = getattr(question, "choices", ())
            found = next((one for one in choices if one.id == answer), None)
            if found is not None:
                words.append(found.name)
    return ", ".join(word for word in words if word)


def first_required(config: QueueConfig, label: str | None) -> str | None:
    """The first question a mark with this label must answer, or None."""
    for question in config.questions:
        if question.scope != "region" or not question.required or question.when is not None:
            continue
        fits = not question.types or Span.type_name() in question.types
        if fits and (not question.labels or label in question.labels):
            return question.id
    return None
