"""Neither of two is better, and why: both good, both bad, cannot be judged, in a menu of one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from labeler.kit.controls.button import Button
from labeler.kit.paint import CapKind, draw_icon, draw_panel, painter_for, text_width

__all__ = ["NeitherButton"]


_EDGE = 5


class NeitherButton(Button):
    """Says what was chosen, or offers it; as wide as the widest of it, so that choosing moves nothing.

    ``choices`` are (id, title, icon); where the button is short it is the icon alone. ``changed``
    carries the ids chosen by a hand: one, or none where what was chosen is taken back, as
    ``ChoiceGroup`` tells it.
    """

    changed = Signal(tuple)

    def __init__(
        self, choices: Sequence[tuple[str, str, str]], *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent=parent)
        self._titles = {ident: title for ident, title, _ in choices}
        self._icons = {ident: icon for ident, _, icon in choices}
        self._short = False
        self._besides: list[QAction] = []
        self._chosen = ""
        self._read_only = False
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for ident, title, _ in choices:
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
        words = self._titles.get(self._chosen, "")
        self.setText(words or self.tr("Neither…"))
        self.setAccessibleDescription(words)
        self.setToolTip(self.text())

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

    def set_short(self, short: bool) -> None:
        """Be an icon in a line; then what else concerns the question is in the menu, too."""
        self._short = short
        self.set_kind("quiet" if short else "secondary")
        for action in self._besides:
            action.setVisible(short)
        self.theme_changed()

    def short_width(self) -> int:
        """How wide it is as an icon, in pixels."""
        return max(self.theme.tokens.sizes.hit_min, self.theme.icon_px() + 2 * _EDGE)

    def add_besides(self, about: str, way: QAction | None) -> None:
        """What the menu of the short button begins with and ends with: words, and a way elsewhere."""
        first = self._group.actions()[0]
        if about:
            words = QAction(about.replace("&", "&&"), self)
            words.setEnabled(False)
            self._menu.insertAction(first, words)
            self._besides += [words, self._menu.insertSeparator(first)]
        if way is not None:
            self._besides.append(self._menu.addSeparator())
            self._menu.addAction(way)
            self._besides.append(way)
        self.set_short(self._short)

    def _picked(self, action: QAction) -> None:
        if action.actionGroup() is self._group:
            self.choose(str(action.data()))

    def _widest(self) -> int:
        words = (self.tr("Neither…"), *self._titles.values())
        return max(text_width(self.theme, one, "ui_strong") for one in words)

    def sizeHint(self) -> QSize:
        if self._short:
            return QSize(self.short_width(), self.theme.height("control_compact"))
        hint = super().sizeHint()
        spare = self._widest() - text_width(self.theme, self.text(), "ui_strong")
        return QSize(hint.width() + spare, hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if self._short:
            return hint
        spare = max(0, self._widest() - 3 * self.theme.line())
        return QSize(hint.width() - spare, hint.height())

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor, CapKind]:
        tokens = self.theme.tokens
        if not self._chosen:
            fill, rim, ink, cap = super()._colours()
            return fill, rim, tokens.text_2 if self.isEnabled() else ink, cap
        return tokens.accent_soft, tokens.accent, tokens.accent, "chosen"

    def _paint_content(self, painter: QPainter, ink: QColor, cap: CapKind) -> None:
        if not self._short:
            super()._paint_content(painter, ink, cap)
            return
        icon = self._icons.get(self._chosen, "ellipsis")
        draw_icon(painter, self.theme, self.rect(), icon, ink, self.theme.icon_px())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._chosen:
            tokens = self.theme.tokens
            painter = painter_for(self)
            draw_panel(
                painter, self.rect(), None, tokens.accent, tokens.sizes.radius_control, width=2
            )
            painter.end()
