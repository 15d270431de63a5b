"""Fields: one line, several lines, search; each says below what is wrong and how much there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from labeler.kit.controls.text import Text
from labeler.kit.paint import cap_size, draw_cap, draw_icon, painter_for, placed
from labeler.kit.theme import Themed

__all__ = ["Field", "SearchField", "TextArea", "mark_error"]

_GAP = 4
_EDGE = 8
_CHECK = "\u2713"


def mark_error(editor: QWidget, wrong: bool) -> None:
    """Draw the editor's border as wrong (2 px danger), or as usual again."""
    if bool(editor.property("kit_error")) != wrong:
        editor.setProperty("kit_error", wrong)
        editor.style().unpolish(editor)
        editor.style().polish(editor)


class _Line(Themed, QLineEdit):
    """A line edit as high as its text needs, with the caret in the accent's company."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.init_theme()
        self.theme_changed()

    def theme_changed(self) -> None:
        self.setFont(self.theme.font("ui"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, self.theme.tokens.text_2)
        self.setPalette(palette)
        self.setFixedHeight(self.theme.height("control"))


class _Written(Themed, QWidget):
    """What is typed in ``edit``, and the line below it that says what is wrong."""

    edit: QLineEdit | QPlainTextEdit
    _error: Text

    @property
    def error(self) -> str:
        """What is said to be wrong, empty for nothing."""
        return self._error.text()

    def set_error(self, message: str) -> None:
        """Say in one line what is wrong and what to do; empty when it is right again."""
        self._error.setText(message)
        self._error.setVisible(bool(message))
        mark_error(self.edit, bool(message))
        self.edit.setAccessibleDescription(message)

    def set_read_only(self, read_only: bool) -> None:
        """Only show the text, or let it be edited again."""
        self.edit.setReadOnly(read_only)


class Field(_Written):
    """A label, a line to type in, and one line below that says what is wrong.

    ``edit`` is the QLineEdit. ``label`` is also its accessible name; a placeholder never replaces
    it.
    """

    edit: _Line

    def __init__(
        self,
        label: str = "",
        text: str = "",
        *,
        placeholder: str = "",
        mono: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.init_theme()
        self._mono = mono
        self.edit = _Line()
        self.edit.setText(text)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(name or label)
        self._label = Text(label, role="text_2")
        self._label.setBuddy(self.edit)
        self._error = Text("", role="danger", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self._label)
        column.addWidget(self.edit)
        column.addWidget(self._error)
        self._label.setVisible(bool(label))
        self._error.hide()
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.theme_changed()

    @property
    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put a text in; the caret goes to its end."""
        self.edit.setText(text)

    def theme_changed(self) -> None:
        super().theme_changed()
        if self._mono:
            self.edit.setFont(self.theme.font("mono"))


class SearchField(_Line):
    """A line with a magnifier at its start and, while empty, the key that leads to it at its end.

    Escape clears it first; ``cleared`` fires then.
    """

    cleared = Signal()

    def __init__(
        self,
        placeholder: str = "",
        *,
        key: str = "",
        name: str = "",
        icon: str = "search",
        parent: QWidget | None = None,
    ) -> None:
        self._key = key
        self._icon = icon
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.textChanged.connect(self._margins)

    def set_key(self, key: str) -> None:
        """Show another key, or none if empty."""
        self._key = key
        self.theme_changed()

    def theme_changed(self) -> None:
        super().theme_changed()
        self._margins()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 160, self.theme.height("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = painter_for(self)
        side = self.theme.icon_px()
        bounds = self.rect()
        place = QRect(_EDGE + 1, 0, side, bounds.height())
        role = "text_2" if self.isEnabled() else "text_disabled"
        draw_icon(painter, self.theme, placed(painter, bounds, place), self._icon, role, side)
        if self._key and not self.text():
            size = cap_size(self.theme, self._key)
            top = (bounds.height() - size.height()) // 2
            left = bounds.width() - size.width() - 6
            place = QRect(left, top, size.width(), size.height())
            draw_cap(painter, self.theme, placed(painter, bounds, place), self._key)
        painter.end()

    def event(self, event: QEvent) -> bool:
        # Escape belongs to the field only while there is something to clear.
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            self.clear()
            self.cleared.emit()
            return True
        return super().event(event)

    def _margins(self) -> None:
        start = self.theme.icon_px() + _EDGE
        end = cap_size(self.theme, self._key).width() if self._key and not self.text() else 0
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            start, end = end, start
        self.setTextMargins(start, 0, end, 0)


class _Area(Themed, QPlainTextEdit):
    """Several lines; grows with its text between ``least`` and ``most`` lines, then scrolls."""

    left = Signal()

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.init_theme()
        self.theme_changed()
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def theme_changed(self) -> None:
        self.setFont(self.theme.font("body"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, self.theme.tokens.text_2)
        self.setPalette(palette)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _fit(self) -> None:
        line = QFontMetrics(self.font()).lineSpacing()
        # The document of a plain text edit measures itself in lines, not in pixels.
        lines = round(self.document().size().height())
        shown = max(self._least, min(self._most, lines))
        frame = 2 * (_EDGE + 2) + 2
        self.setFixedHeight(shown * line + frame)


class TextArea(_Written):
    """Several lines with a counter and an error line below; ``edit`` is the QPlainTextEdit.

    ``left`` fires when the caret leaves. The counter is set by whoever knows how to count.
    """

    left = Signal()

    edit: _Area

    def __init__(
        self,
        label: str = "",
        text: str = "",
        *,
        placeholder: str = "",
        name: str = "",
        least: int = 3,
        most: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.init_theme()
        self.edit = _Area(least, most)
        self.edit.setPlainText(text)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(name or label)
        self.edit.left.connect(self.left)
        self._label = Text(label, role="text_2", parent=self)
        self._label.setBuddy(self.edit)
        self._label.setVisible(bool(label))
        self._error = Text("", role="danger", wrap=True)
        self._counter = Text("", role="text_2")
        self._counter.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._error.hide()
        self._counter.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self._label)
        column.addWidget(self.edit)
        below = QHBoxLayout()
        below.setSpacing(_EDGE)
        below.addWidget(self._error, 1)
        below.addStretch(0)
        below.addWidget(self._counter)
        column.addLayout(below)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Put a text in, as one undoable change of the field."""
        if text != self.text:
            self.edit.setPlainText(text)

    def set_counter(self, count: int | None, at_least: int = 0) -> None:
        """Show "135 of at least 80 ✓", or the bare count without a minimum, or nothing for None."""
        if count is None:
            self._counter.setText("")
            self._counter.hide()
            return
        locale = QLocale()
        shown = locale.toString(count)
        if at_least:
            words = self.tr("{count} of at least {minimum}").format(
                count=shown, minimum=locale.toString(at_least)
            )
            shown = f"{words} {_CHECK}" if count >= at_least else words
        self._counter.setText(shown)
        enough = at_least > 0 and count >= at_least
        self._counter.set_role("ok" if enough else "text_2")
        self._counter.show()

    @property
    def counter(self) -> str:
        """What is said about the length, empty for nothing."""
        return self._counter.text()
