"""The bar of filters: a chip for each in force, a way to add one, and how many tasks are left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from labeler.app.data.feed import Found
from labeler.app.data.fields import FieldRow, condition_words
from labeler.app.data.filter_popover import FilterPopover
from labeler.app.words import number
from labeler.kit import Button, FilterChip, FlowLayout, IconButton, Plain, Text
from labeler.model.finding import Condition

__all__ = ["FilterBar"]

_PAD_X, _PAD_Y = 16, 8


class FilterBar(Plain):
    """Shows conditions and changes them; ``changed`` carries all of them (tuple of Condition)."""

    changed = Signal(object)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="bottom", parent=parent)
        self._conditions: tuple[Condition, ...] = ()
        self._fields: tuple[FieldRow, ...] = ()
        self.chips: list[FilterChip] = []
        """A chip for each condition, in their order."""
        self.popover: FilterPopover | None = None
        """What chooses a condition, while it is open."""
        self.add = Button(self.tr("Add filter"), "quiet", icon="plus", compact=True)
        self._count = Text("", "ui_strong")
        self._rest = Text("", role="text_2")
        self._wrong = Text("", role="danger", wrap=True)
        self.stop = Button(self.tr("Stop"), "quiet", key="Esc", compact=True)
        self.views = Button(self.tr("Views"), "quiet", icon="bookmark", compact=True)
        self.columns = IconButton("columns-3-cog", self.tr("Columns and order"))
        self.add.clicked.connect(self.choose)
        self.stop.clicked.connect(self.stop_wanted)
        self._place = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._place.setSizePolicy(policy)
        self._flow = FlowLayout(self._place)
        self._flow.addWidget(self.add)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PAD_X, _PAD_Y, _PAD_X, _PAD_Y + 1)
        row.setSpacing(8)
        row.addWidget(self._place, 1)
        row.addWidget(self._wrong, 1)
        for widget in (self._count, self._rest, self.stop, self.views, self.columns):
            row.addWidget(widget)
        self.stop.hide()
        self._wrong.hide()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions in force."""
        return self._conditions

    def set_fields(self, fields: Sequence[FieldRow]) -> None:
        """The fields that can be chosen."""
        if tuple(fields) != self._fields:
            self._fields = tuple(fields)
            self._fill()

    def set_conditions(self, conditions: Sequence[Condition]) -> None:
        """Show these conditions' chips."""
        if tuple(conditions) != self._conditions:
            self._conditions = tuple(conditions)
            self._fill()

    def _fill(self) -> None:
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.add)
        self.chips = []
        for place, one in enumerate(self._conditions):
            chip = FilterChip(*condition_words(one, self._fields))
            chip.clicked.connect(partial(self._change_at, place))
            chip.removed.connect(partial(self.drop, place))
            self._flow.addWidget(chip)
            chip.show()
            self.chips.append(chip)
        self._flow.addWidget(self.add)
        self._place.updateGeometry()

    # how many

    def set_found(self, found: Found, filtered: bool) -> None:
        """Say how many tasks there are, or how far the search is."""
        self.set_wrong("")
        self.stop.setVisible(not found.complete)
        self._count.setText(number(found.matches))
        if not found.complete:
            words = self.tr("so far, {scanned} of {total} tasks looked at").format(
                scanned=number(found.scanned), total=number(found.of)
            )
        elif filtered:
            words = self.tr("of {total} tasks, in {time} ms").format(
                total=number(found.of), time=number(found.milliseconds)
            )
        else:
            words = self.tr("in all")
        self._rest.setText(words)

    def set_stopped(self) -> None:
        """Say that the person gave the search up."""
        self.stop.hide()
        self._rest.setText(self.tr("found before it was stopped"))

    def set_wrong(self, words: str) -> None:
        """Say why the search cannot be understood; empty where it can."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        for widget in (self._count, self._rest):
            widget.setVisible(not words)

    # choosing

    def choose(self) -> None:
        """Offer what can be filtered by."""
        if not self._fields or self.popover is not None:
            return
        self._open(FilterPopover(self.add, self._fields), len(self._conditions))

    def _change_at(self, place: int) -> None:
        if self.popover is None and place < len(self._conditions):
            shown = self._conditions[place]
            self._open(FilterPopover(self.chips[place], self._fields, shown), place)

    def _open(self, popover: FilterPopover, place: int) -> None:
        self.popover = popover
        popover.closed.connect(self._closed)
        popover.given.connect(partial(self._given, place))

    def _closed(self) -> None:
        self.popover = None

    def _given(self, place: int, condition: Condition) -> None:
        kept = [*self._conditions[:place], condition, *self._conditions[place + 1 :]]
        self._change(tuple(dict.fromkeys(kept)))

    def drop(self, place: int) -> None:
        """Take the condition at this place away."""
        self._change((*self._conditions[:place], *self._conditions[place + 1 :]))
        self.add.setFocus()

    def _change(self, conditions: tuple[Condition, ...]) -> None:
        self.set_conditions(conditions)
        self.changed.emit(conditions)
