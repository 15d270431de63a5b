"""The bar that says what models propose, with keys to take it over, put it away or call it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.text import Badge, ElidedText
from labeler.kit.paint import draw_panel, painter_for
from labeler.kit.theme import Themed

__all__ = ["PredictionBar"]

_PAD, _GAP, _SIDE = 6, 8, 12
_LEAST = 200


class PredictionBar(Themed, QWidget):
    """``wanted`` carries the id of the command a button stands for, those of ``Decisions.entries``.

    It floats over the content, raised with a pixel of border; or, as a ``strip``, it is a row of the
    page with a line below, there while it has something to say, and can be as narrow as needed: then it
    offers to accept all where there is room.
    """

    wanted = Signal(str)

    def __init__(self, panel: str, parent: QWidget | None = None, *, strip: bool = False) -> None:
        super().__init__(parent)
        self._panel = panel
        self._strip = strip
        self._more: list[tuple[IconButton, str, str]] = []
        self.badge = Badge("", "prediction")
        self.words = ElidedText("", role="text_2")
        self.accept = Button(self.tr("Accept"), "secondary", compact=True)
        self.reject = Button(self.tr("Reject"), "quiet", compact=True)
        self.all = Button(self.tr("Accept all"), "quiet", compact=True)
        self.recall = Button(self.tr("Show again"), "quiet", compact=True)
        self._row = QHBoxLayout(self)
        if strip:
            self._row.setContentsMargins(_SIDE, 4, _SIDE, 5)
            self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        else:
            self._row.setContentsMargins(_GAP, _PAD, _PAD, _PAD)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self.badge)
        self._row.addWidget(self.words, 1)
        for name, button in self._deciding():
            self._put(button, f"{panel}.{name}", self._row.count())
        self.setAccessibleName(self.tr("Predictions"))
        self.init_theme()
        self.hide()

    def _deciding(self) -> tuple[tuple[str, Button], ...]:
        return (
            ("accept", self.accept),
            ("reject", self.reject),
            ("accept_all", self.all),
            ("recall", self.recall),
        )

    def add_tool(self, icon: str, name: str, command: str) -> IconButton:
        """One more button before those that decide: for a command of the panel's own, by its id."""
        button = IconButton(icon, name)
        self._more.append((button, name, command))
        self._put(button, command, 1 + len(self._more))
        return button

    def name_keys(self, key_text: Callable[[str], str]) -> None:
        """Print the keys in force on the buttons."""
        for name, button in self._deciding():
            button.set_key(key_text(f"{self._panel}.{name}"))
        for icon, words, command in self._more:
            icon.set_name(words, key_text(command))
        self._fit()

    def show_open(
        self, count: int, chosen: int, rejected: int, words: Sequence[str], *, changeable: bool
    ) -> None:
        """Say how much is open, how much of it is chosen, and what it is about or from whom.

        With nothing open it says how much was rejected.
        """
        if chosen:
            text = self.tr("{chosen} of {count} predictions").format(chosen=chosen, count=count)
        elif count or not rejected:
            text = self.tr("1 prediction")
            if count != 1:
                text = self.tr("{count} predictions", "", count).format(count=count)
        else:
            text = self.tr("{count} rejected", "", rejected).format(count=rejected)
        self.badge.set_badge(text, "prediction", "sparkles")
        self.words.set_text(" · ".join(words))
        self.setAccessibleDescription(", ".join([text, *words]))
        for button in (self.accept, self.reject):
            button.setVisible(changeable and count > 0)
        self.all.setProperty("wanted", changeable and count > 1)
        # As a strip it always has room for it; floating over the content it says one thing at a time.
        self.recall.setVisible(changeable and rejected > 0 and (self._strip or not count))
        if self._strip:
            self.setVisible(bool(count or rejected))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(_LEAST, least.height()) if self._strip else least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def theme_changed(self) -> None:
        super().theme_changed()
        self._fit()

    def _put(self, button: Button | IconButton, command: str, at: int) -> None:
        # The keys act on what is shown, so a click leaves the focus there.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("command", command)
        button.clicked.connect(self._pressed)
        self._row.insertWidget(at, button)

    def _fit(self) -> None:
        self._arrange()
        self.updateGeometry()
        if not self._strip:
            self.adjustSize()

    def _arrange(self) -> None:
        """Where room is short, what concerns all of them goes."""
        shown = [one for one in (self.badge, self.accept, self.reject) if not one.isHidden()]
        room = self.width() - sum(one.sizeHint().width() + _GAP for one in shown) - 2 * _SIDE - _GAP
        fits = not self._strip or self.all.sizeHint().width() <= room
        self.all.setVisible(bool(self.all.property("wanted")) and fits)

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, QWidget):
            self.wanted.emit(str(button.property("command")))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        tokens, box = self.theme.tokens, self.rect()
        if self._strip:
            painter.fillRect(box, tokens.surface)
            painter.fillRect(box.x(), box.bottom(), box.width(), 1, tokens.border)
        else:
            radius = tokens.sizes.radius_panel
            draw_panel(painter, box, tokens.raised, tokens.border, radius)
        painter.end()
