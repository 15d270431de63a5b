"""Rows to tasks, for every format alike: a mapping of columns to what stands in them, made a TaskIn."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import msgspec

from labeler.api import AnnotationIn, Json, Problem, QueueConfig, TaskIn
from labeler.panels.sentiment.formats.answers import answer_of, json_of_cell
from labeler.panels.sentiment.formats.columns import Columns, Plan
from labeler.panels.sentiment.formats.spans import spans_of
from labeler.panels.sentiment.task import PART, TextContent

__all__ = ["RowReader"]

_STATUSES = frozenset({"submitted", "skipped", "flagged", "drafted"})
_DECIDED = frozenset({"accepted", "returned"})
_WITH_REASON = frozenset({"skipped", "flagged"})
_LAYERS = frozenset({"work", "prediction", "gold", "review", "adjudication", "consensus"})
_BESIDE_TEXT = frozenset(TextContent.__struct_encode_fields__) - {"text"}
_DEEPEST = 64


class RowReader:
    """Makes tasks of rows; one per source, for one queue.

    ``cells`` says that values are the cells of a table: texts, where numbers and lists are written
    out, and an empty one is none.
    """

    def __init__(self, config: QueueConfig, settings: Mapping[str, Any], *, cells: bool) -> None:
        self.columns = Columns(config, settings)
        self._cells = cells

    def read(
        self, row: dict[str, Any], plan: Plan, where: str, source: str, found: list[Problem]
    ) -> TaskIn | None:
        """The row as a task, or None where there is none in it; problems are added to ``found``.

        The row is used up: what is left in it becomes the task's metadata.
        """
        text = row.pop(plan.text, None) if plan.text is not None else None
        key = row.pop(plan.id, None) if plan.id is not None else None
        if key is not None and key.__class__ is not str:
            key = _key(key, f"{where}: {plan.id}", found)
        if row:
            for name, value in row.items():
                if value.__class__ is dict or value.__class__ is list:
                    if _depth(value, _DEEPEST) > _DEEPEST:
                        params = {"reason": f"nested deeper than {_DEEPEST} levels"}
                        found.append(Problem("json_syntax", f"{where}: {name}", params))
                        return None
        if plan.plain and text.__class__ is str and text and not text.isspace():
            return TaskIn(key or None, TextContent(text=text), where, row, (), source)
        return self._read(row, plan, text, key, where, source, found)

    def _read(
        self,
        row: dict[str, Any],
        plan: Plan,
        text: Json,
        key: str | None,
        where: str,
        source: str,
        found: list[Problem],
    ) -> TaskIn | None:
        if text is not None and not isinstance(text, str):
            reason = "the text is no text but a number, a list or a table"
            found.append(Problem("content_invalid", f"{where}: {plan.text}", {"reason": reason}))
            return None
        if text is not None and not text.strip():
            found.append(Problem("row_empty", f"{where}: {plan.text}"))
            return None
        content = self._content(row, plan, text, where, found)
        annotation = self._annotation(row, plan, text, where, found)
        if content is None:
            # Work without its text is attached by its key; a row that only misspells it is not that.
            if annotation is None or not key or plan.hint:
                params = {"column": self.columns.text_name, "hint": plan.hint}
                found.append(Problem("column_missing", where, params))
                return None
        annotations = () if annotation is None else (annotation,)
        return TaskIn(key or None, content, where, row, annotations, source)

    def _content(
        self, row: dict[str, Any], plan: Plan, text: str | None, where: str, found: list[Problem]
    ) -> TextContent | None:
        if text is None:
            return None
        told = row.get(plan.content) if plan.content is not None else None
        if told is None:
            return TextContent(text=text)
        more = _json_cell(told) if self._cells else told
        if not isinstance(more, dict) or more.keys() - _BESIDE_TEXT:
            return TextContent(text=text)  # a column of that name that is somebody's own
        try:
            content = msgspec.convert({**more, "text": text}, TextContent)
        except (msgspec.ValidationError, ValueError) as error:
            place = f"{where}: {plan.content}"
            found.append(Problem("content_invalid", place, {"reason": _reason(error)}))
            return TextContent(text=text)
        del row[str(plan.content)]
        return content

    def _annotation(
        self, row: dict[str, Any], plan: Plan, text: str | None, where: str, found: list[Problem]
    ) -> AnnotationIn | None:
        answers: dict[str, Json] = {}
        for name, question in plan.answers:
            raw = row.pop(name, None)
            if raw is None:
                continue
            if self._cells:
                raw = json_of_cell(question, raw)
            if question.part_kind is not None and isinstance(raw, dict) and "per" in raw:
                raw = raw["per"].get(PART) if isinstance(raw["per"], dict) else raw
            answer, fault = answer_of(question, raw)
            if fault:
                found.append(Problem("answer_invalid", f"{where}: {name}", {"reason": fault}))
                continue
            answers[question.id] = (
                {"per": {PART: answer}} if question.part_kind is not None else answer
            )
        regions: list[dict[str, Any]] | None = None
        if plan.spans is not None and row.get(plan.spans) is not None:
            raw_spans = row.pop(plan.spans)
            if self._cells:
                raw_spans = _json_cell(raw_spans)
            regions = spans_of(raw_spans, text, f"{where}: {plan.spans}", found)
        if not answers and regions is None:
            return None
        value: dict[str, Any] = {"regions": regions} if regions else {}
        if answers:
            value["answers"] = answers
        author = row.get("by") or None
        layer = _one_of(row, "layer", _LAYERS)
        status = _status(row)
        return AnnotationIn(
            msgspec.json.encode(value),
            where,
            layer=layer,
            author=row.pop("by") if isinstance(author, str) else None,
            status=status,
            reason=_reason_of(row) if status in _WITH_REASON else "",
            score=_score(row, whole=layer == "prediction"),
        )


def _status(row: dict[str, Any]) -> str:
    status = _one_of(row, "status", _STATUSES | _DECIDED)
    # What a reviewer decided is a review of its own; the work itself was submitted.
    return "submitted" if status is None or status in _DECIDED else status


def _reason_of(row: dict[str, Any]) -> str:
    """Take the column's text out of the row: why a task was skipped or flagged."""
    return row.pop("reason") if isinstance(row.get("reason"), str) else ""


def _score(row: dict[str, Any], *, whole: bool) -> float | None:
    """A model's confidence in the value, or None where the column holds something else.

    With ``whole`` the row says itself that it is a prediction: then the score is no metadata too.
    """
    told = row.get("score")
    try:
        score = float(told) if isinstance(told, (int, float, str)) else math.nan
    except (ValueError, OverflowError):
        return None
    if isinstance(told, bool) or not 0 <= score <= 1:
        return None
    if whole:
        del row["score"]
    return score


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


def _json_cell(cell: Json) -> Json:
    try:
        return msgspec.json.decode(cell)
    except (msgspec.DecodeError, RecursionError):
        return cell


def _depth(tree: Json, limit: int) -> int:
    """How deep the tree is, looked at down to one level below the limit."""
    level, depth = [tree], 0
    while level and depth <= limit:
        depth += 1
        below: list[Json] = []
        for one in level:
            if isinstance(one, dict):
                below += one.values()
            elif isinstance(one, list):
                below += one
        level = [one for one in below if isinstance(one, (dict, list))]
    return depth


def _reason(error: Exception) -> str:
    reason, _, path = str(error).partition(" - at `$.")
    told = f"{path.rstrip('`')}: {reason}" if path else reason
    return told[:1].lower() + told[1:]
