"""The keys of a ranking, in a bar below the responses: what to press, printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.kit.controls.flow import FlowLayout
from labeler.kit.controls.keycap import KeyCap
from labeler.kit.controls.section import Plain
from labeler.kit.controls.text import Text

__all__ = ["Hints"]

_SIDE, _GAP = 20, 8

tr = QCoreApplication.translate


class Hints(Plain):
    """Key caps with what they do; hidden where no order is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="top", parent=parent)
        self._keys = ("=", "Alt+Up", "Alt+Down", "K")
        self._told: tuple[object, ...] = ()
        self._asked: tuple[Sequence[str], int, bool, bool] = ((), 0, False, True)
        self._flow = FlowLayout(self, gap=2 * _GAP)
        self._flow.setContentsMargins(_SIDE, _GAP, _SIDE, _GAP)
        self.hide()

    def show_hints(self, *, letters: Sequence[str], ranks: int, ties: bool, given: bool) -> None:
        """Say how these responses are ranked; with ``ranks`` 0 nothing is said."""
        self._asked = (tuple(letters), ranks, ties, given)
        self._fill()

    def name_keys(self, tie: str, up: str, down: str, keep: str) -> None:
        """Show the keys in force."""
        self._keys = (tie, up, down, keep)
        self._fill()

    def _fill(self) -> None:
        letters, ranks, ties, given = self._asked
        told = (*self._asked, self._keys)
        self.setVisible(bool(ranks and letters))
        if told == self._told:
            return
        self._told = told
        while (place := self._flow.takeAt(0)) is not None:
            widget = place.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not ranks or not letters:
            return
        tie, up, down, keep = self._keys
        span = "{first}–{last}"
        self._add(
            [span.format(first=letters[0], last=letters[-1])],
            tr("Comparison", "choose a response"),
        )
        self._add([span.format(first=1, last=ranks)], tr("Comparison", "give its rank"))
        if ties and tie:
            self._add([tie], tr("Comparison", "join with the one above"))
        if up and down:
            self._add([up, down], tr("Comparison", "move"))
        if not given and keep:
            self._add([keep], tr("Comparison", "keep this order"))

    def _add(self, keys: Sequence[str], words: str) -> None:
        hint = QWidget(self)
        row = QHBoxLayout(hint)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for key in keys:
            row.addWidget(KeyCap(key, hint))
        row.addWidget(Text(words, role="text_2", parent=hint))
        self._flow.addWidget(hint)
        hint.show()
