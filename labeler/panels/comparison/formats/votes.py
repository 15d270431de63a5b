"""Votes of published sets as answers: who of two is better, or neither."""

from __future__ import annotations

from typing import Literal

import msgspec

from labeler.api import AnnotationIn, Json, QueueConfig

__all__ = ["Vote", "Votes"]

Vote = Literal["first", "second", "tie", "tie_bad"]
"""What a vote says: the first response, the second, as good as each other, both bad."""

_STRENGTH = 2
"""How strong a vote counts that says only who is better: neither slightly nor much."""


class Votes:
    """Makes annotations of votes for one queue: answers to its first question for a preference.

    A plain tie is a preference of strength 0, about the same: whether both are good or bad, it does
    not say.
    """

    def __init__(self, config: QueueConfig) -> None:
        self._question = ""
        self._strength = _STRENGTH
        for question in config.questions:
            kind = question.__struct_config__.tag
            if kind == "preference" and question.scope == "task" and not question.retired:
                self._question = question.id
                self._strength = min(_STRENGTH, getattr(question, "strongest", _STRENGTH))
                break

    @property
    def asked(self) -> bool:
        """Whether the queue has a question that votes answer."""
        return bool(self._question)

    def annotation(
        self, vote: Vote, author: str, where: str, layer: str | None = None
    ) -> AnnotationIn:
        """The annotation of this author that says so."""
        value = {"answers": {self._question: self._answer(vote)}}
        return AnnotationIn(msgspec.json.encode(value), where, layer=layer, author=author)

    def _answer(self, vote: Vote) -> Json:
        if vote == "tie_bad":
            return {"kind": "tie_bad"}
        strength = {"first": -self._strength, "second": self._strength, "tie": 0}[vote]
        return {"kind": "prefer", "strength": strength}
