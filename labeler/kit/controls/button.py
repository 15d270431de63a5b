"""Buttons: primary, secondary, quiet, danger and link, with icon and key cap; icon-only; avatar."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.kit.controls.pressable import Pressable
from labeler.kit.paint import (
    CapKind,
    cap_size,
    draw_cap,
    draw_icon,
    draw_panel,
    draw_text,
    painter_for,
    placed,
    text_width,
)

__all__ = ["AvatarButton", "Button", "ButtonKind", "IconButton"]

ButtonKind = Literal["primary", "secondary", "quiet", "danger", "link"]

_PADDING = 12
_CAP_EDGE = 6
_GAP = 8


class Button(Pressable):
    """A button with a word, optionally an icon before it and the key that does the same after it.

    ``key`` is only shown; the action behind it is bound elsewhere. ``compact`` is the height in
    bars (28 instead of 32). With a menu set, a chevron stands at the end.
    """

    def __init__(
        self,
        text: str,
        kind: ButtonKind = "secondary",
        *,
        key: str = "",
        icon: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: ButtonKind = kind
        self._key = key
        self._icon = icon
        self._icon_role = ""
        self._compact = compact
        self.setText(text)

    @property
    def kind(self) -> ButtonKind:
        """Which of the kinds it is drawn as."""
        return self._kind

    @property
    def key(self) -> str:
        """The key shown in its cap, empty for none."""
        return self._key

    def set_kind(self, kind: ButtonKind) -> None:
        """Draw it as another kind."""
        self._kind = kind
        self.update()

    def set_key(self, key: str) -> None:
        """Show another key, or none if empty."""
        self._key = key
        self.theme_changed()

    def set_icon(self, name: str, role: str = "") -> None:
        """Put an icon before the word (empty for none), in the word's colour or in a token's."""
        self._icon = name
        self._icon_role = role
        self.theme_changed()

    def setText(self, text: str) -> None:
        super().setText(text)
        if not self.accessibleName():
            self.setAccessibleName(text.replace("…", ""))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = self.theme
        width = 2 * _PADDING + 2 + text_width(theme, self.text(), "ui_strong")
        if self._icon:
            width += theme.icon_px() + _GAP
        if self.menu() is not None:
            width += theme.icon_px() + _GAP // 2
        if self._key:
            width += cap_size(theme, self._key).width() + _GAP - (_PADDING - _CAP_EDGE)
        if self._kind == "link":
            width -= 2 * _PADDING
        return QSize(width, theme.height("control_compact" if self._compact else "control"))

    def minimumSizeHint(self) -> QSize:
        # Where space is short the word is elided, so a longer language never pushes a bar apart.
        least = self.sizeHint()
        spare = max(0, text_width(self.theme, self.text(), "ui_strong") - 2 * self.theme.line())
        return QSize(least.width() - spare, least.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        fill, rim, ink, cap = self._colours()
        radius = self.theme.tokens.sizes.radius_control
        if fill is not None or rim is not None:
            draw_panel(painter, self.rect(), fill, rim, radius)
        if self._kind == "danger" and self.isEnabled():
            self._paint_danger_ring(painter, radius)
        self._paint_content(painter, ink, cap)
        painter.end()

    def _paint_danger_ring(self, painter: QPainter, radius: int) -> None:
        ring = QColor(self.theme.tokens.on_danger)
        width = 2.0 if self.isDown() else 1.0
        if not self.isDown():
            ring.setAlphaF(self.hover_share)
        if ring.alpha():
            inside = self.rect().adjusted(1, 1, -1, -1)
            draw_panel(painter, inside, None, ring, radius - 1, width=width)

    def _paint_content(self, painter: QPainter, ink: QColor, cap: CapKind) -> None:
        theme, bounds = self.theme, self.rect()
        edge = 0 if self._kind == "link" else _PADDING + 1
        left, right = edge, bounds.width() - edge
        side = theme.icon_px()
        has_menu = self.menu() is not None
        if self._key:
            size = cap_size(theme, self._key)
            right = bounds.width() - (_CAP_EDGE + 1) - size.width()
            top = (bounds.height() - size.height()) // 2
            place = QRect(right, top, size.width(), size.height())
            draw_cap(painter, theme, placed(painter, bounds, place), self._key, cap)
            right -= _GAP
        if has_menu:
            place = QRect(right - side, 0, side, bounds.height())
            draw_icon(painter, theme, placed(painter, bounds, place), "chevron-down", ink, side)
            right -= side + _GAP // 2
        # What is left over when the button is wider than its content goes to both sides.
        content = text_width(theme, self.text(), "ui_strong")
        content += side + _GAP if self._icon else 0
        if not self._key and not has_menu and self._kind != "link":
            left += max(0, (right - left - content) // 2)
        if self._icon:
            tint: QColor | str = self._icon_role if self._icon_role and self.isEnabled() else ink
            place = QRect(left, 0, side, bounds.height())
            draw_icon(painter, theme, placed(painter, bounds, place), self._icon, tint, side)
            left += side + _GAP
        place = QRect(left, 0, max(0, right - left), bounds.height())
        draw_text(painter, theme, placed(painter, bounds, place), self.text(), ink, "ui_strong")

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor, CapKind]:
        t = self.theme.tokens
        down = self.isDown() or self.isChecked()
        if not self.isEnabled():
            if self._kind in ("quiet", "link"):
                return None, None, t.text_disabled, "rest"
            return t.sunken, t.border, t.text_disabled, "rest"
        if self._kind == "primary":
            fill = t.accent_pressed if down else self.hovered(t.accent, t.accent_hover)
            return fill, None, t.on_accent, "on_accent"
        if self._kind == "danger":
            return t.danger, None, t.on_danger, "on_danger"
        if self._kind == "secondary":
            fill = t.pressed if down else self.hovered(t.surface, t.hover)
            return fill, t.border_strong, t.text, "rest"
        if self._kind == "link":
            ink = t.accent_pressed if down else self.hovered(t.accent, t.accent_hover)
            return None, None, ink, "rest"
        clear = QColor(t.hover)
        clear.setAlpha(0)
        return t.pressed if down else self.hovered(clear, t.hover), None, t.text, "rest"


class IconButton(Pressable):
    """A 28 × 28 button that is only an icon: its name and key stand in the tooltip.

    Checkable ones are drawn chosen in accent on accent_soft.
    """

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        key: str = "",
        checkable: bool = False,
        icon_size: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._icon_size = icon_size
        self._key = key
        self._name = name
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name, key)

    def set_icon(self, name: str) -> None:
        """Draw another icon."""
        self._icon = name
        self.update()

    def set_name(self, name: str, key: str = "") -> None:
        """Say what it does and which key does the same."""
        self._name, self._key = name, key
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {key}" if key else name)

    def sizeHint(self) -> QSize:
        side = self.theme.height("control_compact")
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = self.theme.tokens
        painter = painter_for(self)
        clear = QColor(t.hover)
        clear.setAlpha(0)
        ink, fill = t.text_2, self.hovered(clear, t.hover)
        rim = None
        if not self.isEnabled():
            ink = t.text_disabled
        elif self.isDown():
            fill = t.pressed
        elif self.isChecked():
            ink, fill = t.accent, t.accent_soft
            rim = t.accent if t.is_high_contrast else None
        draw_panel(painter, self.rect(), fill, rim, t.sizes.radius_control)
        draw_icon(
            painter, self.theme, self.rect(), self._icon, ink, self.theme.icon_px(self._icon_size)
        )
        painter.end()


class AvatarButton(Pressable):
    """The person's initials, 28 × 28, in the top bar."""

    def __init__(self, initials: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_person(initials, name)

    def set_person(self, initials: str, name: str) -> None:
        """Show another person: up to three letters, and the whole name as tooltip."""
        self.setText(initials[:3])
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        side = self.theme.height("control_compact")
        return QSize(max(side, text_width(self.theme, self.text(), "label") + _GAP), side)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = self.theme.tokens
        painter = painter_for(self)
        fill = t.pressed if self.isDown() else self.hovered(t.accent_soft, t.selection)
        rim = t.accent if t.is_high_contrast else None
        draw_panel(painter, self.rect(), fill, rim, t.sizes.radius_control)
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, self.theme, self.rect(), self.text(), t.accent, "label", middle)
        painter.end()
