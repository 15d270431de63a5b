"""The line above the text: where it comes from, what it is about, its language and length."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from labeler.api import Json
from labeler.kit.controls.text import Badge, Divider, ElidedText, Text
from labeler.kit.theme import Themed

__all__ = ["Header"]

_MOST = 3
_LONGEST = 60
_LANGUAGE = ("language", "lang")
_PADDING = 32
_GAP = 12


class Header(Themed, QWidget):
    """Up to three facts of a text's metadata and its length; the first is a badge.

    Where there is not room for all, facts go one by one, the length last.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.init_theme()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(_GAP)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._shown: list[tuple[Divider | None, QWidget]] = []

    def set_sides(self, padding: int, taken: int) -> None:
        """Begin as far from the edge as the text does; ``taken`` pixels at the end are another's."""
        end = max(padding, taken + _GAP)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            self._row.setContentsMargins(end, _PADDING, padding, 0)
        else:
            self._row.setContentsMargins(padding, _PADDING, end, 0)
        self._fit()

    def set_facts(self, meta: Mapping[str, Json], language: str, title: str, length: int) -> None:
        """Say what is known of the text; ``length`` is in characters as a reader counts them."""
        self._clear()
        for name, words in _facts(meta, language, title):
            if name == "source":
                self._add(Badge(words), name)
            else:
                self._add(ElidedText(words, role="text_2"), name)
        self._add(Text(self._length_words(length), role="text_2"))
        self._row.addStretch(1)
        self._fit()

    def set_missing(self) -> None:
        """Say that the text is not here, so that nothing can be marked in it."""
        self._clear()
        self._add(Text(self.tr("The text of this task is not here yet"), role="text_2"))
        self._row.addStretch(1)
        self._fit()

    def _clear(self) -> None:
        while (place := self._row.takeAt(0)) is not None:
            widget = place.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._shown = []

    def _length_words(self, length: int) -> str:
        if length == 1:
            return self.tr("1 character")
        words = self.tr("{count} characters", "", length)
        return words.format(count=QLocale().toString(length))

    def _add(self, widget: QWidget, name: str = "") -> None:
        if name:
            widget.setToolTip(name)
        divider = None
        if self._shown and not isinstance(self._shown[-1][1], Badge):
            divider = Divider(upright=True)
            divider.setFixedHeight(self.theme.height("badge"))
            self._row.addWidget(divider, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._shown.append((divider, widget))

    def _fit(self) -> None:
        """Show as many facts as there is room for: the length, then the first, the next …"""
        sides = self._row.contentsMargins()
        room = self.width() - sides.left() - sides.right() + _GAP
        for divider, widget in [*self._shown[-1:], *self._shown[:-1]]:
            room -= widget.sizeHint().width() + _GAP + (_GAP + 1 if divider is not None else 0)
            widget.setVisible(room >= 0)
            if divider is not None:
                divider.setVisible(room >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(0, _PADDING + self.theme.height("badge"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _facts(meta: Mapping[str, Json], language: str, title: str) -> list[tuple[str, str]]:
    """Name and words of what is shown: the source first, the language last."""
    told = {name: str(fact) for name, fact in meta.items() if isinstance(fact, (str, int, float))}
    told = {name: fact for name, fact in told.items() if 0 < len(fact) <= _LONGEST}
    tongue = language or next((told[name] for name in _LANGUAGE if name in told), "")
    facts = [("source", told["source"])] if "source" in told else []
    if title:
        facts.append(("title", title))
    others = [name for name in told if name not in ("source", *_LANGUAGE)]
    room = _MOST - len(facts) - bool(tongue)
    facts += [(name, told[name]) for name in others[: max(0, room)]]
    if tongue:
        facts.append(("language", _language_name(tongue)))
    return facts


def _language_name(tag: str) -> str:
    """The language's name, or the tag itself where it is none that is known."""
    locale = QLocale(tag)
    if locale.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return tag
    return QLocale.languageToString(locale.language())
