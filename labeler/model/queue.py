"""A queue's configuration: label set, questions, guideline and policy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

import msgspec

from labeler.model.json import EMPTY
from labeler.model.problems import Problem, Refusal
from labeler.model.questions import Question

__all__ = ["Label", "Policy", "QueueConfig", "label_id", "read_config"]


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
        return self.name or self.id


class Policy(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a queue is worked: ``overlap`` people per task, one key to label and go on, and the like."""

    overlap: int = 1
    auto_advance: bool = False
    show_predictions: bool = True
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
        _unlike("label", [label.id for label in self.labels])
        _unlike("question", [question.id for question in self.questions])
        known = {question.id for question in self.questions}
        for question in self.questions:
            for name in question.when.questions() if question.when else ():
                if name not in known:
                    raise ValueError(
                        f"the condition of {question.id!r} names {name!r}, which is no question"
                    )

    def label(self, label_id_: str) -> Label | None:
        """The label with this id, or None."""
        return next((label for label in self.labels if label.id == label_id_), None)

    def label_named(self, name: str) -> Label | None:
        """The label outside files call by this name (its name, else its id), or None."""
        wanted = unicodedata.normalize("NFC", name.strip())
        for label in self.labels:
            if label.title == wanted and not label.retired:
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


def read_config(raw: bytes, where: str = "config") -> QueueConfig:
    """The configuration in this JSON; raises Refusal with the path of what is wrong."""
    try:
        return msgspec.json.decode(raw, type=QueueConfig)
    except (msgspec.DecodeError, ValueError) as error:
        place, reason = fault_of(error)
        raise Refusal(Problem("config_invalid", f"{where}{place}", {"reason": reason})) from None


def fault_of(error: Exception) -> tuple[str, str]:
    """The path (``.labels[2].key``) and the reason in a decoder's error."""
    reason, _, path = str(error).partition(" - at `$")
    return path.rstrip("`"), reason[:1].lower() + reason[1:]
