"""A queue's configuration: label set, questions, guideline and policy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from labeler.model.json import EMPTY, UNREADABLE
from labeler.model.names import shown
from labeler.model.problems import Problem, Refusal, nearest
from labeler.model.questions import QUESTION_KINDS, Choice, Column, Question

__all__ = ["MOST_QUESTIONS", "Label", "Policy", "QueueConfig", "label_id", "read_config"]


MOST_QUESTIONS = 1000
"""Of a queue; each is a part of the form, and countless ones would be a window that hangs."""


class Label(msgspec.Struct, frozen=True, omit_defaults=True):
    """One label of a set. Labels are stored by ``id``; a renaming changes ``name`` only.

    ``colour`` is ``#RRGGBB`` or empty (taken from the order), ``key`` the single key that gives the
    label, ``types`` the region types it is for (empty for all). A ``retired`` label is kept for the
    regions that have it and offered to nobody.
    """

    id: str
    name: str = ""
    colour: str = ""
    key: str = ""
    types: tuple[str, ...] = ()
    retired: bool = False
    extra: dict[str, Any] = EMPTY

    @property
    def title(self) -> str:
        """What is shown: the name, or the id where there is none."""
        return shown(self.name or self.id)


class Policy(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a queue is worked: ``overlap`` people per task, one key to label and go on, and the like.

    ``shuffle`` shows what is compared to each person in an order of their own, where the panel has
    such parts; without it they are shown as in the content.
    """

    overlap: int = 1
    auto_advance: bool = False
    show_predictions: bool = True
    shuffle: bool = True
    skip_reasons: tuple[str, ...] = ()
    flag_reasons: tuple[str, ...] = ()
    extra: dict[str, Any] = EMPTY

    def __post_init__(self) -> None:
        if self.overlap < 1:
            raise ValueError("the overlap is at least 1")


class QueueConfig(
    msgspec.Struct, frozen=True, omit_defaults=False, kw_only=True, forbid_unknown_fields=True
):
    """The ``config`` of a queue: what ``labeler queue`` prints and takes."""

    labels: tuple[Label, ...] = ()
    questions: tuple[Question, ...] = ()
    guideline: str = ""
    policy: Policy = Policy()
    settings: dict[str, Any] = EMPTY

    def __post_init__(self) -> None:
        if len(self.questions) > MOST_QUESTIONS:
            raise ValueError(
                f"there are {len(self.questions)} questions, a queue asks at most {MOST_QUESTIONS}"
            )
        _unlike("label", [label.id for label in self.labels])
        _unlike("question", [question.id for question in self.questions])
        known = {question.id: question for question in self.questions}
        for question in self.questions:
            for name in question.when.questions() if question.when else ():
                if name not in known:
                    raise ValueError(
                        f"the condition of {question.id!r} names {name!r}, which is no question"
                    )
                other = known[name].scope
                if other != question.scope and not (other == "task" and question.part_kind):
                    raise ValueError(
                        f"the condition of {question.id!r} names {name!r}, "
                        f"which is asked of another place ({other})"
                    )

    def label(self, label_id_: str) -> Label | None:
        """The label with this id, or None."""
        return next((label for label in self.labels if label.id == label_id_), None)

    def label_named(self, name: str) -> Label | None:
        """The label outside files call by this name (its name, else its id), or None."""
        wanted = unicodedata.normalize("NFC", name.strip())
        for label in self.labels:
            if unicodedata.normalize("NFC", label.title) == wanted and not label.retired:
                return label
        return self.label(wanted)

    def question(self, question_id: str) -> Question | None:
        """The question with this id, or None."""
        return next((one for one in self.questions if one.id == question_id), None)


def _unlike(what: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if not one:
            raise ValueError(f"a {what} needs an id")
        if one in seen:
            raise ValueError(f"the {what} id {one!r} is used twice")
        seen.add(one)


def label_id(name: str, used: Iterable[str]) -> str:
    """The id of a new label: its name (NFC, trimmed, case kept), with a number if it was ever used."""
    wanted = unicodedata.normalize("NFC", name.strip())
    taken = set(used)
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted} {number}" in taken:
        number += 1
    return f"{wanted} {number}"


def read_config(raw: bytes, where: str = "config", *, strict: bool = False) -> QueueConfig:
    """The configuration in this JSON; raises Refusal with the path of what is wrong.

    ``strict`` refuses names that nothing here knows, with the nearest one: for what a person wrote.
    What is in a project may be from a newer version.
    """
    try:
        config = msgspec.json.decode(raw, type=QueueConfig)
        unknown = next(_unknown_names(msgspec.json.decode(raw)), None) if strict else None
    except UNREADABLE as error:
        place, reason = fault_of(error)
        raise Refusal(Problem("config_invalid", f"{where}{place}", {"reason": reason})) from None
    if unknown is not None:
        place, reason = unknown
        raise Refusal(Problem("config_invalid", f"{where}{place}", {"reason": reason}))
    return config


def _unknown_names(config: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs (path, what is wrong) of names in a valid configuration that no field has."""
    for number, label in enumerate(config.get("labels", ())):
        yield from _unlike_fields(label, Label, f".labels[{number}]")
    yield from _unlike_fields(config.get("policy", {}), Policy, ".policy")
    for number, question in enumerate(config.get("questions", ())):
        path = f".questions[{number}]"
        cls = QUESTION_KINDS[question["kind"]]
        yield from _unlike_fields(question, cls, path, "kind")
        for at, choice in enumerate(question.get("choices", ())):
            yield from _unlike_fields(choice, Choice, f"{path}.choices[{at}]")
        for at, column in enumerate(question.get("columns", ())):
            yield from _unlike_fields(column, Column, f"{path}.columns[{at}]")
            for inner, choice in enumerate(column.get("choices", ())):
                yield from _unlike_fields(choice, Choice, f"{path}.columns[{at}].choices[{inner}]")


def _unlike_fields(
    table: dict[str, Any], cls: type[msgspec.Struct], path: str, *more: str
) -> Iterator[tuple[str, str]]:
    known = (*cls.__struct_encode_fields__, *more)
    for name in table:
        if name not in known:
            yield path, f"there is no {name!r}{nearest(name, known)}"


def fault_of(error: Exception) -> tuple[str, str]:
    """The path (``.labels[2].key``) and the reason in what decoding raised (UNREADABLE)."""
    if isinstance(error, UnicodeDecodeError):
        return "", "the text is not UTF-8"
    if isinstance(error, RecursionError):
        return "", "the JSON is nested too deeply"
    reason, _, path = str(error).partition(" - at `$")
    return path.rstrip("`"), reason[:1].lower() + reason[1:]
