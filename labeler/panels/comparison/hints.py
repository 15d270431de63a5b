"""The keys that act now, in a bar below the responses: what to press, printed."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from labeler.kit.controls.flow import FlowLayout
from labeler.kit.controls.keycap import KeyCap, shown_key
from labeler.kit.controls.section import Plain
from labeler.kit.controls.text import Text
from labeler.kit.focus import takes_text

__all__ = ["Hint", "Hints", "Situation"]

_SIDE, _GAP = 20, 8

tr = QCoreApplication.translate


class Hint(NamedTuple):
    """Keys, any of which do what the words say."""

    keys: tuple[str, ...]
    words: str


class Situation(NamedTuple):
    """What the hints depend on.

    ``letters`` of the responses; how many ``ranks`` can be given (0: no order is asked for), whether
    with ``ties``, and whether an order was ``given``; ``answers`` to what is asked about the mark
    chosen; whether a mark is ``chosen`` at all, and whether anything ``may_change``.
    """

    letters: tuple[str, ...] = ()
    ranks: int = 0
    ties: bool = False
    given: bool = True
    chosen: bool = False
    answers: tuple[Hint, ...] = ()
    may_change: bool = True


class Hints(Plain):
    """Key caps with what they do: about the mark chosen, else about order and responses.

    While a text is written anywhere on the page, letters go into it: then how to leave it.

    One line, whatever the width: it must not push the responses about. The most needed come first.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="top", parent=parent)
        self._keys: dict[str, str] = {}
        self._situation = Situation()
        self._typing = False
        self.shown: tuple[Hint, ...] = ()
        self._flow = FlowLayout(self, gap=2 * _GAP)
        self._flow.setContentsMargins(_SIDE, _GAP, _SIDE, _GAP)
        self._fit()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def show_situation(self, situation: Situation) -> None:
        """Say what can be done now."""
        if situation != self._situation:
            self._situation = situation
            self._fill()

    def name_keys(self, keys: dict[str, str]) -> None:
        """The keys in force, by command without the panel's name."""
        if keys != self._keys:
            self._keys = dict(keys)
            self._fill()

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # A menu or a dialog, and another program, give the keyboard back to where it was.
        if new is not None and new.window() is self.window() and takes_text(new) != self._typing:
            self._typing = not self._typing
            self._fill()

    def _fill(self) -> None:
        hints = tuple(one for one in self._hints() if all(one.keys))
        if hints == self.shown:
            return
        self.shown = hints
        while (place := self._flow.takeAt(0)) is not None:
            widget = place.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in hints:
            self._add(one)
        self._hide_what_wraps()

    def _hints(self) -> list[Hint]:
        now = self._situation
        if self._typing:
            return [Hint((shown_key("Esc"),), tr("Comparison", "leave the text"))]
        if not now.may_change:
            return [*self._places(now), *self._reading()]
        if now.chosen:
            return [
                *now.answers,
                Hint((self._key("remove_mark"),), tr("Comparison", "remove")),
                Hint(
                    (self._key("previous_mark"), self._key("next_mark")),
                    tr("Comparison", "other marks"),
                ),
                Hint((self._key("put_down"),), tr("Comparison", "done")),
            ]
        if now.ranks:
            return [*self._places(now), *self._order(now)]
        return [
            *self._places(now),
            Hint((self._key("select_word"),), tr("Comparison", "select words to mark")),
            *self._reading(),
        ]

    def _places(self, now: Situation) -> list[Hint]:
        if len(now.letters) < 2:
            return []
        span = f"{now.letters[0]}\u2013{now.letters[-1]}"
        return [Hint((span,), tr("Comparison", "choose a response"))]

    def _order(self, now: Situation) -> list[Hint]:
        hints = [Hint((f"1\u2013{now.ranks}",), tr("Comparison", "give its rank"))]
        if not now.given:
            hints.append(Hint((self._key("keep_order"),), tr("Comparison", "keep this order")))
        if now.ties:
            hints.append(
                Hint((self._key("rank_tie"),), tr("Comparison", "join with the one above"))
            )
        keys = (self._key("rank_up"), self._key("rank_down"))
        hints.append(Hint(keys, tr("Comparison", "move")))
        return hints

    def _reading(self) -> list[Hint]:
        return [
            Hint((self._key("raw"),), tr("Comparison", "as it is written")),
            Hint((self._key("prompt"),), tr("Comparison", "to the prompt")),
        ]

    def theme_changed(self) -> None:
        super().theme_changed()
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.theme.height("key_cap") + 2 * _GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hide_what_wraps()

    def _hide_what_wraps(self) -> None:
        """Only what stands on the first line can be read; the rest is no stop for anybody."""
        room = self.width() - 2 * _SIDE
        for number in range(self._flow.count()):
            place = self._flow.itemAt(number)
            widget = place.widget() if place is not None else None
            if widget is not None:
                room -= widget.sizeHint().width() + self._flow.spacing()
                widget.setVisible(room + self._flow.spacing() >= 0)

    def _key(self, command: str) -> str:
        return self._keys.get(command, "")

    def _add(self, one: Hint) -> None:
        hint = QWidget(self)
        row = QHBoxLayout(hint)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for key in one.keys:
            row.addWidget(KeyCap(key, hint))
        row.addWidget(Text(one.words, role="text_2", parent=hint))
        self._flow.addWidget(hint)
        hint.show()
