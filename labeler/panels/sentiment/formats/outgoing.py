"""Tasks to rows, for every format alike: what a task and its annotations are as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from labeler.api import AnnotationOut, Json, Question, Span, TaskOut, Value, WriteOptions
from labeler.panels.sentiment.task import PART, TextContent

__all__ = ["RowWriter"]


class RowWriter:
    """Makes rows of tasks; one per export. Labels are written by name, choices by id.

    A row is ``id``, ``text``, the metadata, an answer per question, ``spans`` and, where they say
    anything, ``by``, ``layer``, ``status``, ``reason`` and a prediction's ``score``. What a row
    cannot hold is counted as dropped: regions that are no spans (``region_type``), metadata under a
    name that is taken (``metadata_name``), answers of parts a text does not have (``answer_part``).
    """

    def __init__(self, options: WriteOptions) -> None:
        self._options = options
        self._names = {label.id: label.title for label in options.config.labels}
        self._questions: dict[str, Question] = {
            question.id: question
            for question in options.config.questions
            if question.scope != "region"
        }
        self._of_parts = {
            name: question.part_kind
            for name, question in self._questions.items()
            if question.part_kind is not None
        }
        self._spans_always = bool(options.config.labels)

    @property
    def questions(self) -> dict[str, Question]:
        """The questions that have a column, by id, in order."""
        return self._questions

    def rows(self, task: TaskOut) -> Iterator[dict[str, Json]]:
        """A row for each annotation of the task, or one where it has none."""
        start: dict[str, Json] = {"id": task.key}
        content = task.content
        if isinstance(content, TextContent):
            start["text"] = content.text
            if content.language or content.direction or content.title or content.extra:
                tree: dict[str, Json] = msgspec.to_builtins(content)
                del tree["text"]
                start["content"] = tree
        meta = task.meta
        if not task.annotations:
            yield self._joined(start, {}, meta)
        for annotation in task.annotations:
            yield self._joined(start, self._work(annotation, meta), meta)

    def _joined(
        self, start: dict[str, Json], work: dict[str, Json], meta: Mapping[str, Any]
    ) -> dict[str, Json]:
        if not meta:
            return {**start, **work}
        row = {**start, **meta, **work}
        if len(row) < len(start) + len(meta) + len(work):
            row |= start
            self._options.drop("metadata_name", len(start) + len(meta) + len(work) - len(row))
        return row

    def _work(self, annotation: AnnotationOut, meta: Mapping[str, Any]) -> dict[str, Json]:
        value = annotation.value
        work = self._answers(value) if self._of_parts else dict(value.answers)
        spans = [self._span(region) for region in value.regions if isinstance(region, Span)]
        if len(spans) < len(value.regions):
            self._options.drop("region_type", len(value.regions) - len(spans))
        if spans or self._spans_always or not work:
            work["spans"] = spans
        if annotation.author:
            work["by"] = annotation.author
        # Said also where metadata of that name would be read as what it is not.
        if annotation.layer != "work" or "layer" in meta:
            work["layer"] = annotation.layer
        if annotation.status != "submitted" or "status" in meta:
            work["status"] = annotation.status
        if annotation.reason:
            work["reason"] = annotation.reason
        score = annotation.context.score
        if score is not None and "score" not in work and not _says(meta, "score", score):
            work["score"] = score
        return work

    def _answers(self, value: Value) -> dict[str, Json]:
        answers: dict[str, Json] = {}
        for name, answer in value.answers.items():
            kind = self._of_parts.get(name)
            if kind is not None:
                per = answer["per"]
                lost = len(per) - (PART in per and kind == PART)
                if lost:
                    self._options.drop("answer_part", lost)
                if lost == len(per):
                    continue
                answer = per[PART]
            answers[name] = answer
        return answers

    def _span(self, span: Span) -> dict[str, Json]:
        row: dict[str, Json] = {"id": span.id, "start": span.start, "end": span.end}
        label = span.label
        if label is not None:
            row["label"] = self._names.get(label, label)
        row["text"] = span.text
        if span.on is not None:
            row["on"] = span.on
        if span.attributes:
            row["attributes"] = span.attributes
        if span.score is not None:
            row["score"] = span.score
        if span.origin is not None:
            row["origin"] = span.origin
        if span.extra:
            row["extra"] = span.extra
        return row


def _says(meta: Mapping[str, Any], name: str, number: float) -> bool:
    """Whether the metadata has this number already, as it is or as a table's cell."""
    told = meta.get(name)
    try:
        return isinstance(told, (int, float, str)) and float(told) == number
    except (ValueError, OverflowError):
        return False
