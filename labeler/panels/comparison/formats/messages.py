"""Conversations as files write them: a prompt, or messages with a role and a content.

Files count turns and name none, so a turn's id is made of its place, the same every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from labeler.api import Json
from labeler.panels.comparison.content import ComparisonContent, Response, Turn

__all__ = [
    "Misfit",
    "conversation_of",
    "is_conversation",
    "messages_of",
    "response_messages",
    "turn_id",
    "turns_of",
]

_ROLES = {"human": "user", "gpt": "assistant", "prompter": "user"}
"""What some sources call those whom most call user and assistant."""


class Misfit(ValueError):
    """Something in a row is not what it should be: ``place`` below the row, and why."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(reason)
        self.place = place
        self.reason = reason


def turn_id(number: int, inside: str = "") -> str:
    """The id of the turn with this number, from 0; ``inside`` is the id of the response it is in."""
    return f"{inside}.t{number + 1}" if inside else f"t{number + 1}"


def turns_of(raw: Json, place: str, inside: str = "") -> tuple[Turn, ...]:
    """The messages in ``raw`` as turns; raises Misfit.

    A message is ``{"role", "content"}``, its content a text or OpenAI's list of texts; what else it
    holds is kept in ``extra``. ShareGPT's ``{"from", "value"}`` is read too.
    """
    if not isinstance(raw, list):
        raise Misfit(place, "the messages are a list of tables with role and content")
    return tuple(
        _turn(one, f"{place}[{number}]", turn_id(number, inside)) for number, one in enumerate(raw)
    )


def _turn(raw: Json, place: str, made: str) -> Turn:
    if not isinstance(raw, dict):
        raise Misfit(place, "a message is a table with role and content")
    extra = dict(raw)
    role = extra.pop("role", None)
    content: Json = extra.pop("content", None)
    if role is None and isinstance(extra.get("from"), str) and "value" in extra:
        role = _ROLES.get(extra["from"], extra["from"])
        content = extra.pop("value")
        del extra["from"]
    if not isinstance(role, str) or not role.strip():
        raise Misfit(f"{place}.role", "a message says who speaks: user, assistant or system")
    ident = extra.pop("id", made)
    if not isinstance(ident, str) or not ident:
        raise Misfit(f"{place}.id", "an id is a text")
    return Turn(id=ident, role=role, text=_text(content, f"{place}.content"), extra=extra)


def _text(content: Json, place: str) -> str:
    if content is None:
        return ""  # a message that only calls a tool
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise Misfit(place, "the content of a message is a text")
    pieces = []
    for number, piece in enumerate(content):
        text = piece.get("text") if isinstance(piece, dict) else piece
        kind = piece.get("type", "text") if isinstance(piece, dict) else "text"
        if kind != "text" or not isinstance(text, str):
            reason = "only texts can be compared yet, no images, sounds or files"
            raise Misfit(f"{place}[{number}]", reason)
        pieces.append(text)
    return "\n\n".join(pieces)


def messages_of(turns: Iterable[Turn], inside: str = "", *, whole: bool = False) -> list[Json]:
    """The turns as messages; ``whole`` with all that ``turns_of`` needs to make the same turns."""
    messages: list[Json] = []
    for number, turn in enumerate(turns):
        message: dict[str, Json] = {"role": turn.role, "content": turn.text}
        if whole:
            if turn.id != turn_id(number, inside):
                message["id"] = turn.id
            message |= {name: one for name, one in turn.extra.items() if name not in message}
        messages.append(message)
    return messages


def is_conversation(content: ComparisonContent) -> bool:
    """Whether the prompt or a response is more than one message, or not simply the user's."""
    roles = [turn.role for turn in content.turns]
    return roles not in ([], ["user"]) or any(one.turns for one in content.responses)


def conversation_of(prompt: str) -> tuple[Turn, ...]:
    """A plain prompt as a conversation of one turn."""
    return (Turn(id=turn_id(0), role="user", text=prompt),)


def response_messages(response: Response) -> list[Json]:
    """A response as the messages that follow on the prompt."""
    if response.turns:
        return messages_of(response.turns)
    return [{"role": "assistant", "content": response.text}]


def lost_in(turns: Sequence[Turn]) -> int:
    """How many of these turns hold more than a message of role and content can."""
    return sum(1 for turn in turns if turn.extra)


def models_of(raw: Mapping[str, Any], told: str, place: str) -> str:
    """The model's name in this field of a row, empty where there is none; raises Misfit."""
    name = raw.get(told)
    if name is None:
        return ""
    if not isinstance(name, str):
        raise Misfit(f"{place}.{told}", "the name of a model is a text")
    return name
