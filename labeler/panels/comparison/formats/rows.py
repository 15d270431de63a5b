"""Rows to tasks: a table of names and values with a prompt and responses, made a TaskIn."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import msgspec

from labeler.api import AnnotationIn, Json, Problem, QueueConfig, TaskIn, freeze, nearest
from labeler.panels.comparison.content import ComparisonContent, Reference, Response, Turn
from labeler.panels.comparison.formats.messages import (
    Misfit,
    conversation_of,
    models_of,
    turns_of,
)

__all__ = ["OWN_COLUMNS", "RowReader"]

OWN_COLUMNS = (
    *("id", "prompt", "messages", "responses", "references", "content_extra"),
    *("answers", "regions", "by", "layer", "status", "reason", "score"),
)
"""Columns with a meaning of their own; questions come beside them under their ids."""

_NAMES = 4096
"""So many names of columns are remembered; a hostile file has a new one in every row."""

_STATUSES = frozenset({"submitted", "skipped", "flagged", "drafted"})
_DECIDED = frozenset({"accepted", "returned"})
_LAYERS = frozenset({"work", "prediction", "gold", "review", "adjudication", "consensus"})


class RowReader:
    """Makes tasks of rows; one per source, for one queue."""

    def __init__(self, config: QueueConfig) -> None:
        self._questions: dict[str, str] = {}
        asked = [one for one in config.questions if one.scope != "region"]
        for question in asked:
            self._questions.setdefault(_normal(question.title), question.id)
        for question in asked:
            self._questions[question.id] = question.id
        for name in (*OWN_COLUMNS, ""):
            self._questions.pop(name, None)
        self._ids = frozenset(question.id for question in asked)
        self._named: dict[str, str] = {}

    def read(
        self, row: dict[str, Any], where: str, source: str, found: list[Problem]
    ) -> TaskIn | None:
        """The row as a task, or None where there is none in it; problems are added to ``found``.

        The row is used up: what is left in it becomes the task's metadata.
        """
        key = row.pop("id", None)
        if key is not None and key.__class__ is not str:
            key = _key(key, f"{where}: id", found)
        try:
            content = self._content(row)
            annotation = self._annotation(row, where)
            for name, one in row.items():
                if one.__class__ is dict or one.__class__ is list:
                    _refuse_depth(one, name)
        except Misfit as misfit:
            reason = {"reason": misfit.reason}
            found.append(Problem("content_invalid", f"{where}: {misfit.place}", reason))
            return None
        except (ValueError, RecursionError) as error:  # what a message or response keeps beside it
            found.append(Problem("content_invalid", where, {"reason": str(error)}))
            return None
        if content is None:
            problem = self._without_content(row, key, annotation, where)
            if problem is not None:
                found.append(problem)
                return None
        annotations = () if annotation is None else (annotation,)
        return TaskIn(key or None, content, where, row, annotations, source)

    def _without_content(
        self, row: Mapping[str, Any], key: str | None, annotation: object, where: str
    ) -> Problem | None:
        """What is wrong with a row without a prompt; work on a known task may come without it."""
        hint = nearest("prompt", row) or nearest("messages", row) or nearest("responses", row)
        if annotation is not None and key and not hint:
            return None
        return Problem("column_missing", where, {"column": "prompt", "hint": hint})

    # content

    def _content(self, row: dict[str, Any]) -> ComparisonContent | None:
        prompt, messages = row.pop("prompt", None), row.pop("messages", None)
        raw = row.pop("responses", None)
        if prompt is None and messages is None:
            if raw is None:
                return None
            raise Misfit(
                "prompt", "the responses have no prompt; an empty list of messages says so"
            )
        turns = _prompt_turns(prompt, messages)
        if raw is None and (hint := nearest("responses", row)):
            raise Misfit("responses", f"there are no responses{hint}")
        if raw is not None and not isinstance(raw, list):
            raise Misfit("responses", "the responses are a list of texts or of tables with a text")
        models: dict[str, str] = {}
        responses = _responses(raw or [], {turn.id for turn in turns}, models)
        references = _references(row.pop("references", None))
        extra = row.get("content_extra")
        if isinstance(extra, dict):
            del row["content_extra"]
        else:
            extra = {}
        try:
            return ComparisonContent(
                turns=turns,
                responses=responses,
                references=references,
                models=models,
                extra=extra,
            )
        except ValueError as error:
            raise Misfit("responses", str(error)) from None

    # annotations

    def _annotation(self, row: dict[str, Any], where: str) -> AnnotationIn | None:
        answers: dict[str, Json] = {}
        told = row.get("answers")
        if isinstance(told, dict) and told and all(name in self._ids for name in told):
            answers |= row.pop("answers")
        for name in [one for one in row if self._question(one)]:
            answer = row.pop(name)
            if answer is not None:
                answers[self._question(name)] = answer
        regions = row.get("regions")
        if isinstance(regions, list) and all(isinstance(one, dict) for one in regions):
            del row["regions"]
        else:
            regions = None  # a column of that name that is somebody's own
        if not answers and regions is None:
            return None
        value: dict[str, Any] = {"regions": regions} if regions else {}
        if answers:
            value["answers"] = answers
        author, reason, score = row.get("by") or None, row.get("reason"), row.get("score")
        status = _status(row)
        if isinstance(author, str):
            del row["by"]
        if isinstance(reason, str) and status in ("skipped", "flagged"):
            del row["reason"]
        if isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1:
            del row["score"]
        else:
            score = None
        try:
            raw = msgspec.json.encode(value)
        except (ValueError, RecursionError) as error:
            raise Misfit("answers", str(error)) from None
        return AnnotationIn(
            raw,
            where,
            layer=_one_of(row, "layer", _LAYERS),
            author=author if isinstance(author, str) else None,
            status=status,
            reason=reason if "reason" not in row and isinstance(reason, str) else "",
            score=score,
        )

    def _question(self, column: str) -> str:
        """The id of the question this column answers, or an empty text."""
        found = self._named.get(column)
        if found is None:
            if len(self._named) >= _NAMES:
                self._named.clear()
            found = self._questions.get(column) or self._questions.get(_normal(column), "")
            self._named[column] = found
        return found


def _prompt_turns(prompt: Json, messages: Json) -> tuple[Turn, ...]:
    if prompt is not None and messages is not None:
        raise Misfit("messages", "the row has a prompt and messages; leave one of them out")
    if isinstance(prompt, str):
        if not prompt.strip():
            raise Misfit("prompt", "the prompt is empty")
        return conversation_of(prompt)
    if prompt is not None and not isinstance(prompt, list):
        raise Misfit("prompt", "the prompt is a text or a list of messages")
    return turns_of(prompt, "prompt") if prompt is not None else turns_of(messages, "messages")


def _responses(raw: list[Json], taken: set[str], models: dict[str, str]) -> tuple[Response, ...]:
    found = []
    told = {one["id"] for one in raw if isinstance(one, dict) and isinstance(one.get("id"), str)}
    for number, one in enumerate(raw):
        place = f"responses[{number}]"
        ident = _response_id(number, taken | told)
        if isinstance(one, str):
            found.append(Response(id=ident, text=one))
            continue
        if not isinstance(one, dict):
            raise Misfit(place, "a response is a text or a table with a text")
        extra = dict(one)
        ident = extra.pop("id", ident)
        if not isinstance(ident, str) or not ident:
            raise Misfit(f"{place}.id", "the id of a response is a text")
        model = models_of(extra, "model", place)
        extra.pop("model", None)
        text, messages = extra.pop("text", None), extra.pop("messages", None)
        if (text is None) is (messages is None):
            raise Misfit(place, "a response has a text, or messages where it goes on for longer")
        if text is not None and not isinstance(text, str):
            raise Misfit(f"{place}.text", "the text of a response is a text")
        turns = () if messages is None else turns_of(messages, f"{place}.messages", ident)
        found.append(Response(id=ident, text=text or "", turns=turns, extra=extra))
        if model:
            models[ident] = model
    return tuple(found)


def _response_id(number: int, taken: set[str]) -> str:
    """The id of a response that names none: r1, r2 … by its place, whatever the others are called."""
    ident = f"r{number + 1}"
    while ident in taken:
        ident = f"_{ident}"
    return ident


def _references(raw: Json) -> tuple[Reference, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise Misfit("references", "the references are a list of texts or of tables with a text")
    found = []
    for number, one in enumerate(raw):
        tree = {"text": one} if isinstance(one, str) else one
        place = f"references[{number}]"
        if not isinstance(tree, dict):
            raise Misfit(place, "a reference is a text or a table with a text")
        try:
            made = msgspec.convert({"id": f"ref{number + 1}", **tree}, Reference)
        except (msgspec.ValidationError, ValueError) as error:
            raise Misfit(place, str(error)) from None
        found.append(made)
    return tuple(found)


def _refuse_depth(tree: Json, name: str) -> None:
    try:
        freeze(tree)
    except (ValueError, RecursionError) as error:
        raise Misfit(name, str(error)) from None


def _status(row: dict[str, Any]) -> str:
    status = _one_of(row, "status", _STATUSES | _DECIDED)
    # What a reviewer decided is a review of its own; the work itself was submitted.
    return "submitted" if status is None or status in _DECIDED else status


def _one_of(row: dict[str, Any], name: str, words: frozenset[str]) -> str | None:
    """Take the column's word out of the row if it is one of ours; a column of another's stays."""
    word = row.get(name)
    if isinstance(word, str) and word in words:
        del row[name]
        return word
    return None


def _key(raw: Json, place: str, found: list[Problem]) -> str | None:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else str(raw)
    text = "the id is no text and no number; the task was taken in without it"
    found.append(Problem("id_invalid", place, text=text))
    return None


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()
