"""What of a filter the columns of a task tell: conditions of SQL, so that no task is opened for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from labeler.model.value import LAYERS
from labeler.store.documents import KEEPS_ITS_STATUS, MOST_PEOPLE, days
from labeler.store.listed import HAS_DRAFT
from labeler.store.many import values_in
from labeler.store.matching import Clause, Wanted
from labeler.store.rows import STATUSES

__all__ = ["CHANGED", "PEOPLE", "STATUS", "OfColumns", "of_columns", "teach"]

_WORK, _PREDICTION = LAYERS.index("work"), LAYERS.index("prediction")
_DONE = f"FROM ann WHERE ann.task=task.id AND ann.layer={_WORK}"
_ANY = "EXISTS(SELECT 1 FROM ann WHERE ann.task=task.id AND {})"
_KEPT = ",".join(str(STATUSES.index(one)) for one in KEEPS_ITS_STATUS)

STATUS = (
    f"CASE WHEN task.status NOT IN ({_KEPT}) AND {HAS_DRAFT} THEN {STATUSES.index('drafted')} "
    "ELSE task.status END"
)
"""Which of STATUSES a task has, work that lies in this file undone being one."""
PEOPLE = f"min((SELECT count(DISTINCT ann.author) {_DONE}), {MOST_PEOPLE})"
"""How many people worked on a task, as far as they are counted."""
CHANGED = f"coalesce((SELECT max(ann.hlc) {_DONE}), 0)"
"""When somebody worked on a task last, by the hybrid clock; 0 for nobody."""

Said = tuple[str, list[Any]]
"""A condition on a row of ``task``, never NULL, and its parameters."""


class OfColumns(NamedTuple):
    """What must hold of a row of ``task``, and the clauses it leaves to a closer look."""

    where: str
    parameters: list[Any]
    rest: Wanted


def of_columns(wanted: Wanted) -> OfColumns:
    """Split a filter. The connection the condition is asked of has to be taught."""
    conditions: list[str] = []
    parameters: list[Any] = []
    rest: list[Clause] = []
    for clause in wanted:
        fields = {atom.field for atom in clause.atoms}
        said: Said | None = None
        meaning = _FIELDS.get(fields.pop()) if len(fields) == 1 else None
        if meaning is not None:
            sql, bound = meaning([atom.value for atom in clause.atoms])
            said = (f"NOT ({sql})" if clause.negated else f"({sql})"), bound
        elif not clause.atoms:
            said = ("1" if clause.negated else "0"), []
        else:
            rest.append(clause)
            if not clause.negated and all(atom.shape == "key" for atom in clause.atoms):
                said = _keys_with([atom.words for atom in clause.atoms])
        if said is not None:
            conditions.append(said[0])
            parameters += said[1]
    return OfColumns(" AND ".join(conditions), parameters, tuple(rest))


def _statuses(values: Sequence[str]) -> Said:
    stored = [STATUSES.index(one) for one in values if one in STATUSES]
    return f"({STATUS}) IN ({values_in(stored)})", stored


def _queues(values: Sequence[str]) -> Said:
    return f"task.queue IN ({values_in(values)})", [int(value) for value in values]


def _authors(values: Sequence[str]) -> Said:
    sql = f"EXISTS(SELECT 1 {_DONE} AND ann.author IN ({values_in(values)}))"
    return sql, [int(value) for value in values]


def _people(values: Sequence[str]) -> Said:
    return f"{PEOPLE} IN ({values_in(values)})", [int(value) for value in values]


def _yes_no(condition: str) -> Callable[[Sequence[str]], Said]:
    def said(values: Sequence[str]) -> Said:
        sql = _ANY.format(condition)
        either = {"yes": sql, "no": f"NOT {sql}"}
        return " OR ".join(either.get(value, "0") for value in values), []

    return said


def _changed(values: Sequence[str]) -> Said:
    return f"changed_on({CHANGED} >> 16, ?)", [",".join(values)]


_FIELDS: dict[str, Callable[[Sequence[str]], Said]] = {
    "status": _statuses,
    "queue": _queues,
    "by": _authors,
    "people": _people,
    "conflict": _yes_no("ann.heads>1"),
    "predicted": _yes_no(f"ann.layer={_PREDICTION}"),
    "changed": _changed,
}


def _keys_with(choices: Sequence[tuple[str, ...]]) -> Said | None:
    """Keys that may hold all words of one of these. A word is letters or digits, never a wildcard."""
    if not all(word.isascii() for words in choices for word in words):
        return None
    alike = [" AND ".join(["task.key LIKE ?"] * len(words)) or "0" for words in choices]
    # What is not ASCII may fold to these words.
    alike.append("length(task.key)<>length(CAST(task.key AS BLOB))")
    return f"({' OR '.join(alike)})", [f"%{word}%" for words in choices for word in words]


def teach(connection: sqlite3.Connection) -> None:
    """Let a connection tell days: they are those of this machine's calendar, as Python knows it."""
    connection.create_function("changed_on", 2, _changed_on, deterministic=True)


def _changed_on(milliseconds: int, wanted: str) -> bool:
    return not _set_of(wanted).isdisjoint(days(milliseconds))


@lru_cache(64)
def _set_of(wanted: str) -> frozenset[str]:
    return frozenset(wanted.split(","))
