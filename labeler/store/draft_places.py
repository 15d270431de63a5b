"""Which annotation a draft is for: by rows of its file, and by uids that mean the same in every copy."""

from __future__ import annotations

from typing import NamedTuple

from labeler.model.ids import annotation_uid
from labeler.model.value import LAYERS
from labeler.store.damage import Damaged
from labeler.store.file import ProjectFile

__all__ = ["AT_PLACE", "DraftNames", "DraftPlace", "adopted_key", "names_of"]


class DraftPlace(NamedTuple):
    """Task and person by their rows, ``layer`` by its number in LAYERS, round, and the row of the
    annotation that it is ``about`` (0: of none)."""

    task: int
    person: int
    layer: int = 0
    round: int = 0
    about: int = 0


AT_PLACE = "task=? AND person=? AND layer=? AND round=? AND about=?"
"""The condition of a row of ``step``, ``checkpoint`` or ``draft`` that a DraftPlace is bound to."""


class DraftNames(NamedTuple):
    """The uids of a place: task, author, the annotation it is about (or nothing), the draft's own."""

    task: bytes
    author: bytes
    layer: str
    about: bytes
    annotation: bytes


def names_of(file: ProjectFile, place: DraftPlace) -> DraftNames:
    """What a place means. Raises Damaged where what it names is not in the file."""
    task = file.row("SELECT uid FROM ent WHERE id=?", (place.task,))
    author = file.row("SELECT uid FROM person WHERE id=?", (place.person,))
    if task is None or author is None or not 0 <= place.layer < len(LAYERS):
        raise Damaged("its task or its person is not there")
    about = file.row("SELECT uid FROM ent WHERE id=?", (place.about,)) if place.about else (b"",)
    if about is None:
        raise Damaged("the annotation it is about is not there")
    layer = LAYERS[place.layer]
    uid = annotation_uid(task[0], layer, author[0].hex(), place.round, about[0].hex())
    return DraftNames(task[0], author[0], layer, about[0], uid)


def adopted_key(place: DraftPlace) -> str:
    """Under which fact of a file the steps are noted that a draft took over: JSON, by strand."""
    return ":".join(map(str, ("adopted", *place)))
