"""What the table of regions shows in each row, and a list of ten thousand rows that holds none.

A row is made when it is looked at: what a gesture changes costs what it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload

from labeler.api import Label, Opaque, QueueConfig, Region
from labeler.kit.editor import Prediction, RegionField

__all__ = ["Describe", "PlainRows", "RegionHands", "Row", "by_id", "swatch_of"]

Describe = Callable[[Region], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One region in the table; ``number`` counts the value's regions from 1, 0 for a model's.

    ``author`` and ``score`` are those of the prediction it comes from.
    """

    region: Region
    number: int
    author: str = ""
    score: float | None = None

    @property
    def locked(self) -> bool:
        """Whether it can only be looked at."""
        return bool(self.author) or isinstance(self.region, Opaque)


class PlainRows(Sequence[Row]):
    """All of a value's regions in their order, then those of the models."""

    def __init__(self, regions: Sequence[Region], guesses: Sequence[Row]) -> None:
        self._regions, self._guesses = regions, guesses

    def __len__(self) -> int:
        return len(self._regions) + len(self._guesses)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if at < 0:
            at += len(self)
        own = len(self._regions)
        if at < 0:
            raise IndexError(at)
        return Row(self._regions[at], at + 1) if at < own else self._guesses[at - own]


def guessed_rows(predictions: Sequence[Prediction]) -> list[Row]:
    """The rows of what models propose."""
    return [
        Row(one, 0, told.author, told.score) for told in predictions for one in told.value.regions
    ]


def by_id(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows by the ids of their regions, which two models may share, in the order they came."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.region.id, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class RegionHands:
    """What an editor lets the table do beyond labels; see the methods of these names in ``Editor``."""

    fields: tuple[RegionField, ...] = ()
    texts: Callable[[Region], tuple[str, ...]] = lambda region: ()
    edit: Callable[[Region, str, str], Region | str] = lambda region, key, text: region
    marks: Callable[[Region], tuple[str, ...]] = lambda region: ()


def swatch_of(config: QueueConfig, label: Label) -> str | int:
    """A label's colour as the tokens take it: its own, else its place in the set."""
    return label.colour or config.labels.index(label) + 1
