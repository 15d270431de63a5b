"""The labels of a queue as an editor offers them: for its regions, with their looks and their keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from labeler.api import Label, QueueConfig, Region
from labeler.kit.label_legend import LabelEntry

__all__ = ["OfferedLabels"]

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class OfferedLabels:
    """``offered`` are the labels that are not retired and for one of these types, in the set's order.

    A label's look is its colour, as the tokens take it, and its place in the whole set, from 1: a
    label that another type of region uses still counts.
    """

    def __init__(self, config: QueueConfig, *types: type[Region]) -> None:
        kinds = {one.type_name() for one in types}
        self.offered: tuple[Label, ...] = tuple(
            one
            for one in config.labels
            if not one.retired and (not one.types or kinds & set(one.types))
        )
        self.looks: Mapping[str, tuple[str | int, int]] = {
            one.id: (one.colour or place, place) for place, one in enumerate(config.labels, start=1)
        }
        self._config = config
        self._ids = frozenset(one.id for one in self.offered)

    def __contains__(self, label_id: object) -> bool:
        return label_id in self._ids

    def title(self, label_id: str | None) -> str:
        """What a label is called: its name, its id where the set has it no more, "" for none."""
        label = self._config.label(label_id) if label_id is not None else None
        return label.title if label is not None else (label_id or "")

    def look(self, label_id: str | None) -> tuple[str | int | None, int | None]:
        """Colour and place of a label; two times None for none and for one the set does not have."""
        return self.looks.get(label_id or "", (None, None))

    def entries(self) -> list[LabelEntry]:
        """The labels as a legend shows them."""
        return [LabelEntry(one.id, one.title, one.key, *self.looks[one.id]) for one in self.offered]

    def by_key(self, event: QKeyEvent) -> Label | None:
        """The label whose key this is; none while Ctrl, Alt or Meta is held."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        typed = event.text().casefold()
        if held not in _PLAIN or not typed:
            return None
        return next((one for one in self.offered if one.key and one.key.casefold() == typed), None)
