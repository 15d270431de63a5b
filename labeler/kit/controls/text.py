"""Words on a page: a label in one of the type styles, one that elides, a divider, a badge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from labeler.kit.paint import (
    BadgeKind,
    badge_size,
    draw_badge,
    draw_icon,
    draw_label_line,
    draw_text,
    painter_for,
    text_width,
)
from labeler.kit.theme import Themed

__all__ = ["Badge", "Divider", "ElidedText", "IconMark", "LabelLine", "Text"]


class Text(Themed, QLabel):
    """A QLabel in a type style ("ui", "heading", …) and a colour role ("text", "text_2", …).

    Plain text unless ``setTextFormat`` says otherwise; ``wrap`` breaks lines, and the text can be
    selected with the mouse where ``selectable``.
    """

    def __init__(
        self,
        text: str = "",
        style: str = "ui",
        role: str = "text",
        *,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._style = style
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.init_theme()
        self.theme_changed()
        self._align()
        self.setText(text)

    def set_role(self, role: str) -> None:
        """Draw it in another token's colour."""
        self._role = role
        self.theme_changed()

    def sizeHint(self) -> QSize:
        return self._at_least_a_line(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self._at_least_a_line(super().minimumSizeHint())

    def heightForWidth(self, width: int) -> int:
        height = super().heightForWidth(width)
        return height if height < 0 else max(height, self.theme.line(self._style))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def showEvent(self, event: QShowEvent) -> None:
        # Qt gives a text that was never shown its old colours and size back when the theme changes.
        super().showEvent(event)
        ink = self.theme.tokens.role(self._role)
        is_old = self.palette().color(QPalette.ColorRole.WindowText) != ink
        if is_old or self.font().pixelSize() != self.theme.font(self._style).pixelSize():
            self.theme_changed()

    def _align(self) -> None:
        """Begin where the page begins, whatever language the text itself is in."""
        sides = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight
        if self.alignment() & sides:
            rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            start = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
            upright = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
            self.setAlignment(start | Qt.AlignmentFlag.AlignAbsolute | upright)

    def theme_changed(self) -> None:
        self.setFont(self.theme.font(self._style))
        palette = self.palette()
        ink = self.theme.tokens.role(self._role)
        palette.setColor(QPalette.ColorRole.WindowText, ink)
        palette.setColor(QPalette.ColorRole.Text, ink)
        off = self.theme.tokens.text_disabled
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, off)
        self.setPalette(palette)
        self.updateGeometry()

    def _at_least_a_line(self, size: QSize) -> QSize:
        return QSize(size.width(), max(size.height(), self.theme.line(self._style)))


class ElidedText(Themed, QWidget):
    """One line that is shortened where there is no room; the whole text is then its tooltip."""

    def __init__(
        self,
        text: str = "",
        style: str = "ui",
        role: str = "text",
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._style = style
        self._role = role
        self._elide = elide
        self._align = align
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.init_theme()
        self.set_text(text)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self._tell()
        self.theme_changed()

    def set_role(self, role: str) -> None:
        """Draw it in another token's colour."""
        self._role = role
        self.update()

    def sizeHint(self) -> QSize:
        width = text_width(self.theme, self._text, self._style) + 1
        return QSize(width, self.theme.line(self._style))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 2 * self.theme.line()), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        t = self.theme.tokens
        ink = t.role(self._role) if self.isEnabled() else t.text_disabled
        draw_text(
            painter,
            self.theme,
            self.rect(),
            self._text,
            ink,
            self._style,
            self._align,
            elide=self._elide,
        )
        painter.end()

    def _tell(self) -> None:
        short = text_width(self.theme, self._text, self._style) > self.width()
        self.setToolTip(self._text if short else "")


class Badge(Themed, QWidget):
    """A state in a word, with an icon when it is a state to act on."""

    def __init__(
        self, text: str, kind: BadgeKind = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._kind, self._icon = text, kind, icon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.init_theme()
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """The word shown."""
        return self._text

    def set_badge(self, text: str, kind: BadgeKind = "neutral", icon: str = "") -> None:
        """Show another state."""
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.theme_changed()

    def sizeHint(self) -> QSize:
        return badge_size(self.theme, self._text, self._icon)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 4 * self.theme.line()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        draw_badge(painter, self.theme, self.rect(), self._text, self._kind, self._icon)
        painter.end()


class IconMark(Themed, QWidget):
    """An icon that is only looked at; screen readers pass it by."""

    def __init__(
        self, icon: str, role: str = "text_2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._role, self._size = icon, role, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.init_theme()

    def set_icon(self, icon: str, role: str = "text_2") -> None:
        """Show another icon in another token's colour."""
        self._icon, self._role = icon, role
        self.update()

    def sizeHint(self) -> QSize:
        side = self.theme.icon_px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        side = self.theme.icon_px(self._size)
        draw_icon(painter, self.theme, self.rect(), self._icon, self._role, side)
        painter.end()


class LabelLine(Themed, QWidget):
    """A label's colour and pattern as a short line, 24 × 20; its name is said to screen readers."""

    def __init__(
        self, colour: str | int, name: str = "", width: int = 24, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._colour = colour
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.init_theme()
        self.setAccessibleName(name)

    def set_colour(self, colour: str | int) -> None:
        """Show another label's."""
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width, self.theme.height("badge"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        label = self.theme.tokens.label_colour(self._colour)
        draw_label_line(painter, self.rect(), label)
        painter.end()


class Divider(Themed, QFrame):
    """A 1 px line, lying or upright, between sections or groups of tools."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._upright = upright
        fixed, grow = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        if upright:
            self.setSizePolicy(fixed, fixed)
        else:
            self.setSizePolicy(grow, fixed)
        self.init_theme()

    def sizeHint(self) -> QSize:
        return QSize(1, self.theme.height("badge")) if self._upright else QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.tokens.border)
        painter.end()
