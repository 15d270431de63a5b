"""What a comparison task shows: a conversation, the responses to it, references. Models stay unseen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from labeler.api import EMPTY, Content, Part, freeze

__all__ = [
    "REFERENCE",
    "RESPONSE",
    "TURN",
    "ComparisonContent",
    "Reference",
    "Response",
    "Turn",
]

TURN, RESPONSE, REFERENCE = "turn", "response", "reference"
"""The kinds of part a comparison has."""


class Turn(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message of a conversation, as it came: never normalised, offsets are code points of it.

    ``role`` is ``system``, ``user``, ``assistant``, ``tool`` or whatever the source says; what a
    system turn asks for is content to be shown and nothing that anybody obeys. ``extra`` keeps what
    else the message held.
    """

    id: str
    role: str
    text: str
    extra: dict[str, Any] = EMPTY

    def __post_init__(self) -> None:
        if self.extra is not EMPTY:
            msgspec.structs.force_setattr(self, "extra", freeze(self.extra))


class Response(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One response: a ``text``, or the ``turns`` a conversation went on with (then without a text).

    Its id is stable and may be anything but what a person is shown: responses are called by the
    letters of the order shown.
    """

    id: str
    text: str = ""
    turns: tuple[Turn, ...] = ()
    extra: dict[str, Any] = EMPTY

    def __post_init__(self) -> None:
        if self.text and self.turns:
            raise ValueError("a response has a text or turns, not both")
        if self.extra is not EMPTY:
            msgspec.structs.force_setattr(self, "extra", freeze(self.extra))


class Reference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A text to judge the responses by: an expected answer, a document."""

    id: str
    text: str
    title: str = ""


class ComparisonContent(Content, frozen=True, kw_only=True, omit_defaults=True):
    """A prompt as the turns of a conversation, and 0 to n responses to it.

    ``models`` has the model's name of a response by its id: kept for exports and statistics, and
    never among the parts, in a summary or on a screen. Ids are unlike over turns, responses and
    references; ValueError otherwise.
    """

    turns: tuple[Turn, ...] = ()
    responses: tuple[Response, ...] = ()
    references: tuple[Reference, ...] = ()
    models: dict[str, str] = EMPTY

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.models is not EMPTY:
            msgspec.structs.force_setattr(self, "models", freeze(self.models))
        ids = [one.id for one in self._identified()]
        if "" in ids:
            raise ValueError("every turn, response and reference has an id")
        if len(set(ids)) < len(ids):
            double = next(one for one in ids if ids.count(one) > 1)
            raise ValueError(f"the id {double!r} is used twice")

    def _identified(self) -> Iterator[Turn | Response | Reference]:
        yield from self.turns
        for response in self.responses:
            yield response
            yield from response.turns
        yield from self.references

    def parts(self) -> tuple[Part, ...]:
        """The turns, then each response (followed by its own turns), then the references.

        A turn's title is empty: who speaks is its role, which ``turn`` finds. A response that is a
        conversation has no text of its own.
        """
        found = [Part(one.id, TURN, text=one.text) for one in self.turns]
        for response in self.responses:
            text = None if response.turns else response.text
            found.append(Part(response.id, RESPONSE, text=text))
            found += [Part(one.id, TURN, response.id, one.text) for one in response.turns]
        for reference in self.references:
            found.append(Part(reference.id, REFERENCE, text=reference.text, title=reference.title))
        return tuple(found)

    def turn(self, part_id: str) -> Turn | None:
        """The turn with this id, in the prompt or in a response."""
        found = (one for one in self._identified() if isinstance(one, Turn))
        return next((one for one in found if one.id == part_id), None)

    def text_of(self, part_id: str) -> str | None:
        """The text that spans on this part count in; None where there is no such part or no text."""
        for one in self._identified():
            if one.id == part_id:
                return None if isinstance(one, Response) and one.turns else one.text
        return None
