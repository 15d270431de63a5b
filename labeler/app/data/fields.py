"""The fields a filter can name, in words: what each is called, which values it has, how it compares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from labeler.app.words import status_word
from labeler.model.finding import Condition
from labeler.model.questions import ChoiceQuestion, ChoicesQuestion, Question, ScaleQuestion
from labeler.model.statuses import STATUSES
from labeler.store import Person, QueueRow

__all__ = ["COLUMN", "FieldRow", "How", "condition_words", "fields_of", "hows_of"]

COLUMN = "meta."
"""The field that stands for a column of the source, whose name is typed."""

Kind = Literal["values", "text", "count", "day", "scale"]
How = tuple[str, bool]
"""An operator of Condition and whether it is negated."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field: its name in a filter, its title, the kind of value, (value, title) of those it has."""

    id: str
    title: str
    kind: Kind
    values: tuple[tuple[str, str], ...] = ()

    def title_of(self, value: str) -> str:
        """What a value is called."""
        wanted = value.casefold()
        for known, title in self.values:
            if known.casefold() == wanted:
                return title
        return value


def fields_of(queues: Sequence[QueueRow], people: Iterable[Person]) -> tuple[FieldRow, ...]:
    """The fields there are in a project."""
    tr = QCoreApplication.translate
    yes_no = (("yes", tr("Fields", "Yes")), ("no", tr("Fields", "No")))
    found = [
        FieldRow(
            "status",
            tr("Fields", "Status"),
            "values",
            tuple((one, status_word(one)) for one in STATUSES),
        )
    ]
    names = tuple((queue.name, queue.title) for queue in queues)
    found.append(FieldRow("queue", tr("Fields", "Queue"), "values", names))
    workers = tuple((one.handle, one.title) for one in people if one.kind == "person")
    labels = {label.id: label.title for queue in queues for label in queue.config.labels}
    found += [
        FieldRow("by", tr("Fields", "Person"), "values", workers),
        FieldRow("people", tr("Fields", "People"), "count"),
        FieldRow("label", tr("Fields", "Label"), "values", tuple(labels.items())),
        FieldRow("changed", tr("Fields", "Changed"), "day"),
        FieldRow("conflict", tr("Fields", "In conflict"), "values", yes_no),
        FieldRow("predicted", tr("Fields", "Seen by a model"), "values", yes_no),
        FieldRow("key", tr("Fields", "Key"), "text"),
    ]
    questions: dict[str, FieldRow] = {}
    for queue in queues:
        for question in queue.config.questions:
            row = _question(question)
            before = questions.get(question.id)
            if before is not None and before.kind == "values" and row.kind == "values":
                both = dict(before.values) | dict(row.values)
                row = FieldRow(row.id, before.title, "values", tuple(both.items()))
            questions[question.id] = row
    found += questions.values()
    found.append(FieldRow(COLUMN, tr("Fields", "Column of the source…"), "text"))
    return tuple(one for one in found if one.kind != "values" or one.values)


def _question(question: Question) -> FieldRow:
    title = question.title or question.id
    if isinstance(question, (ChoiceQuestion, ChoicesQuestion)):
        values = tuple((choice.id, choice.title or choice.id) for choice in question.choices)
        return FieldRow(question.id, title, "values", values)
    if isinstance(question, ScaleQuestion):
        points = tuple((str(point), str(point)) for point in question.points())
        return FieldRow(question.id, title, "scale", points)
    return FieldRow(question.id, title, "text")


def hows_of(kind: Kind) -> tuple[tuple[How, str], ...]:
    """The ways a value of this kind is compared, with their words, the usual one first."""
    tr = QCoreApplication.translate
    is_, is_not = (("", False), tr("Fields", "is")), (("", True), tr("Fields", "is not"))
    match kind:
        case "count" | "scale":
            return (
                ((">=", False), tr("Fields", "at least")),
                (("<=", False), tr("Fields", "at most")),
                is_,
                is_not,
            )
        case "day":
            return (
                ((">=", False), tr("Fields", "since")),
                (("<", False), tr("Fields", "before")),
                (("", False), tr("Fields", "on")),
            )
        case _:
            return (is_, is_not)


def condition_words(one: Condition, fields: Sequence[FieldRow]) -> tuple[str, str]:
    """A condition as its chip says it: the field, and what it is to be."""
    tr = QCoreApplication.translate
    row = next((row for row in fields if row.id == one.field), None)
    if row is None:
        title = one.field.removeprefix(COLUMN)
        row = FieldRow(one.field, title, "text")
    value = ", ".join(row.title_of(value) for value in one.values)
    match one.operator:
        case ">=" if row.kind == "day":
            words = tr("Fields", "since {value}")
        case ">=":
            words = tr("Fields", "{value} or more")
        case "<=" if row.kind == "day":
            words = tr("Fields", "up to {value}")
        case "<=":
            words = tr("Fields", "{value} or less")
        case ">" if row.kind == "day":
            words = tr("Fields", "after {value}")
        case ">":
            words = tr("Fields", "more than {value}")
        case "<" if row.kind == "day":
            words = tr("Fields", "before {value}")
        case "<":
            words = tr("Fields", "less than {value}")
        case _:
            words = "{value}"
    words = words.format(value=value)
    if one.negated:
        words = tr("Fields", "not {value}").format(value=words)
    return row.title, words
