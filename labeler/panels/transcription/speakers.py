"""The speakers of a task in the order of their keys, which stays while people come and go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from labeler.api import Value
from labeler.panels.transcription.task import speakers as speakers_of

if TYPE_CHECKING:
    from labeler.kit.editor import Prediction

__all__ = ["Speakers"]


class Speakers:
    """Names in order. One that was added by hand stays without a segment; others go with their last.

    A name that comes in the moment another goes (a renaming, its undo) takes the other's place, so a
    key does not come to mean somebody else.
    """

    def __init__(self) -> None:
        self._names: list[str] = []
        self._added: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the first has the key 1."""
        return tuple(self._names)

    def number(self, name: str) -> int | None:
        """The place of a name from 1, which gives colour and key; None for nobody."""
        return self._names.index(name) + 1 if name in self._names else None

    def reset(self, names: Iterable[str] = ()) -> None:
        """Another task; ``names`` were there when it was left."""
        self._names = list(dict.fromkeys(one for one in names if one))
        self._added = set(self._names)

    def add(self, name: str) -> None:
        """Somebody new, by hand."""
        if name not in self._names:
            self._names.append(name)
        self._added.add(name)

    def rename(self, old: str, new: str) -> None:
        """Somebody gets another name; that of somebody else makes one of two."""
        if new in self._names:
            self._names.remove(old)
        else:
            self._names[self._names.index(old)] = new
        self._added.discard(old)
        self._added.add(new)

    def follow(self, value: Value, predictions: Iterable[Prediction]) -> None:
        """Who speaks now: in the value, then in what models propose."""
        there = list(speakers_of(value))
        for prediction in predictions:
            there += speakers_of(prediction.value)
        there = list(dict.fromkeys(there))
        come = [name for name in there if name not in self._names]
        gone = [name for name in self._names if name not in there and name not in self._added]
        for name in list(gone):
            at = self._names.index(name)
            if come:
                self._names[at] = come.pop(0)
            else:
                del self._names[at]
        self._names += come

    def free_name(self, template: str) -> str:
        """A name nobody has: ``template`` with ``{number}`` filled in."""
        number = len(self._names) + 1
        while (name := template.format(number=number)) in self._names:
            number += 1
        return name
