"""Neither of two is better, and why: both good, both bad, cannot be judged, in a menu of one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from labeler.kit.controls.button import Button
from labeler.kit.paint import CapKind, draw_panel, painter_for, text_width

__all__ = ["NeitherButton"]


class NeitherButton(Button):
    """Says what was chosen, or "Neither"; as wide as the widest of it, so that choosing moves nothing.

    ``choices`` are (id, title). ``changed`` carries the ids chosen by a hand: one, or none where what
    was chosen is taken back, as ``ChoiceGroup`` tells it.
    """

    changed = Signal(tuple)

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent=parent)
        self._titles = dict(choices)
        self._chosen = ""
        self._read_only = False
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for ident, title in choices:
            action = QAction(title, self._group)
            action.setData(ident)
            action.setCheckable(True)
            self._menu.addAction(action)
        self.setMenu(self._menu)
        self._menu.triggered.connect(self._picked)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.set_chosen(())

    @property
    def chosen(self) -> tuple[str, ...]:
        """The id of what is chosen, or nothing."""
        return (self._chosen,) if self._chosen else ()

    def set_chosen(self, ids: Sequence[str]) -> None:
        """Show this as chosen, or nothing; tells nobody."""
        self._chosen = next((one for one in ids if one in self._titles), "")
        for action in self._group.actions():
            action.setChecked(action.data() == self._chosen)
        words = self._titles.get(self._chosen, self.tr("Neither"))
        self.setText(words)
        self.setAccessibleDescription(words)
        self.setToolTip(words)

    def choose(self, ident: str) -> None:
        """Choose as a hand does: the same once more takes it back."""
        if self._read_only or ident not in self._titles:
            return
        self.set_chosen(() if ident == self._chosen else (ident,))
        self.changed.emit(self.chosen)

    def set_read_only(self, read_only: bool) -> None:
        """Show what is chosen at full strength and take no clicks."""
        self._read_only = read_only
        for action in self._group.actions():
            action.setEnabled(not read_only)

    def _picked(self, action: QAction) -> None:
        self.choose(str(action.data()))

    def _widest(self) -> int:
        words = (self.tr("Neither"), *self._titles.values())
        return max(text_width(self.theme, one, "ui_strong") for one in words)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        spare = self._widest() - text_width(self.theme, self.text(), "ui_strong")
        return QSize(hint.width() + spare, hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        spare = max(0, self._widest() - 3 * self.theme.line())
        return QSize(hint.width() - spare, hint.height())

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor, CapKind]:
        if not self._chosen:
            return super()._colours()
        tokens = self.theme.tokens
        return tokens.accent_soft, tokens.accent, tokens.accent, "chosen"

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._chosen:
            tokens = self.theme.tokens
            painter = painter_for(self)
            draw_panel(
                painter, self.rect(), None, tokens.accent, tokens.sizes.radius_control, width=2
            )
            painter.end()
