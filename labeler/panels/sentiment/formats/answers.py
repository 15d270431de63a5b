"""Answers as files write them: choices by id or title, lists joined, numbers as text in a cell."""

from __future__ import annotations

import unicodedata
from typing import Any

import msgspec

from labeler.api import Choice, Json, Question

__all__ = ["answer_of", "cell_of", "json_of_cell", "kind_of"]

_SEPARATORS = ("|", ";")


def kind_of(question: Question) -> str:
    """The question's kind as JSON names it (``choice``, ``scale`` …)."""
    return str(type(question).__struct_config__.tag)


def answer_of(question: Question, raw: Json) -> tuple[Json, str]:
    """The answer that ``raw`` means, and what is wrong with it (empty if nothing is)."""
    kind = kind_of(question)
    if kind == "choice":
        raw = _choice(question, raw)
    elif kind == "choices":
        raw = _choices(question, raw)
    for place, reason in question.faults(raw):
        return None, f"{place.lstrip('.')}: {reason}" if place else reason
    return raw, ""


def json_of_cell(question: Question, cell: str) -> Json:
    """What a table's cell stands for before it is looked at as an answer: a number, a list, a text."""
    kind = kind_of(question)
    if kind in ("choice", "text"):
        return cell
    if kind == "choices":
        return _json_or(cell, cell) if cell.startswith("[") else cell
    if kind in ("scale", "number"):
        return _number(cell)
    return _json_or(cell, cell)


def cell_of(question: Question, answer: Json) -> str:
    """The answer as a table's cell, read back to the same by ``json_of_cell`` and ``answer_of``."""
    if isinstance(answer, str):
        return answer
    if kind_of(question) == "choices" and isinstance(answer, (list, tuple)) and answer:
        joined = _SEPARATORS[0].join(str(one) for one in answer)
        if _choices(question, joined) == list(answer) and not joined.startswith("["):
            return joined
    return msgspec.json.encode(answer).decode()


def _choice(question: Question, raw: Json) -> Json:
    """The id of the choice that is named by its id or title, or ``raw`` itself where there is none."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        return raw
    choices: tuple[Choice, ...] = question.choices  # type: ignore[union-attr]
    for choice in choices:
        if choice.id == raw:
            return raw
    wanted = _plain(raw)
    by_id = [choice.id for choice in choices if _plain(choice.id) == wanted]
    by_title = [choice.id for choice in choices if _plain(choice.title) == wanted]
    for found in (by_id, by_title):
        if len(found) == 1:
            return found[0]
    return raw


def _choices(question: Question, raw: Json) -> Json:
    if isinstance(raw, str):
        whole = _choice(question, raw)
        if any(whole == choice.id for choice in question.choices):  # type: ignore[union-attr]
            return [whole]
        separator = next((one for one in _SEPARATORS if one in raw), _SEPARATORS[0])
        raw = [part.strip() for part in raw.split(separator)]
    if isinstance(raw, (list, tuple)):
        return [_choice(question, one) for one in raw]
    return _choice(question, raw)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()


def _number(cell: str) -> Json:
    for make in (int, float):
        try:
            number: Any = make(cell)
        except ValueError:
            continue
        # What is no number in JSON (nan, 1_000) stays the text it is, and does not fit.
        return number if _is_plain(cell) else cell
    return cell


def _is_plain(cell: str) -> bool:
    return not set(cell.strip()) - set("0123456789+-.eE")


def _json_or(cell: str, otherwise: Json) -> Json:
    try:
        return msgspec.json.decode(cell)
    except (msgspec.DecodeError, RecursionError):
        return otherwise
