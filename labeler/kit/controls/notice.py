"""What fills a page when there is nothing to show, and what replaces a panel that stopped."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from labeler.kit.controls.button import Button, ButtonKind
from labeler.kit.controls.centred import in_the_middle
from labeler.kit.controls.text import IconMark, Text
from labeler.kit.paint import draw_panel, painter_for
from labeler.kit.theme import Themed

__all__ = ["Callout", "CalloutKind", "CodeBlock", "EmptyState", "ErrorCard"]

CalloutKind = Literal["info", "ok", "warn", "danger"]

_WIDTH = 460
_CARD_WIDTH = 560
_REPORT_LINES = 3
_PAD = 12
_CODE_PAD = 8
_CALLOUTS: dict[CalloutKind, tuple[str, str]] = {
    "info": ("info", "accent"),
    "ok": ("circle-check", "ok"),
    "warn": ("triangle-alert", "warn"),
    "danger": ("circle-x", "danger"),
}


class EmptyState(Themed, QWidget):
    """Centred: what is so, why, one primary and one other way on, and a quiet note below."""

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        icon: str = "circle-check",
        role: str = "text_2",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.init_theme()
        centre = Qt.AlignmentFlag.AlignHCenter
        self._mark = IconMark(icon, role, 32)
        self._title = Text(title, "heading", wrap=True)
        self._text = Text(text, "body", "text_2", wrap=True)
        self._note = Text(note, role="text_2", wrap=True)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.buttons.addStretch(1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._mark, 0, centre)
        column.addSpacing(8)
        for words in (self._title, self._text):
            words.setAlignment(centre)
            column.addWidget(words)
        column.addSpacing(8)
        column.addLayout(self.buttons)
        column.addSpacing(8)
        self._note.setAlignment(centre)
        column.addWidget(self._note)
        self._text.setVisible(bool(text))
        self._note.setVisible(bool(note))
        in_the_middle(self, inner, _WIDTH)
        self.setAccessibleName(title)

    def add_button(
        self, text: str, kind: ButtonKind = "secondary", *, key: str = "", icon: str = ""
    ) -> Button:
        """Offer a way on; the first should be primary, and two are enough."""
        button = Button(text, kind, key=key, icon=icon)
        self.buttons.insertWidget(self.buttons.count() - 1, button)
        return button

    def set_words(self, title: str, text: str = "", note: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(title)


class CodeBlock(Themed, QTextEdit):
    """A few lines in the mono font on a sunken ground; can be selected, never edited.

    More than ``most`` lines scroll. ``alarm`` colours the text before the first colon, the kind of
    error in a report.
    """

    def __init__(
        self,
        text: str = "",
        *,
        name: str = "",
        most: int = 8,
        alarm: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._most = most
        self._alarm = alarm
        self.setReadOnly(True)
        self.setProperty("kit_code", True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The layout of code does not turn round with the language of the interface.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.init_theme()
        self.setAccessibleName(name)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show other lines."""
        self.setPlainText(text)
        self.theme_changed()

    def theme_changed(self) -> None:
        self.setFont(self.theme.font("code"))
        line = self.theme.line("code")
        whole = QTextCursor(self.document())
        whole.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        whole.mergeBlockFormat(spaced)
        lines = self.document().blockCount()
        scrolls = Qt.ScrollBarPolicy
        policy = scrolls.ScrollBarAsNeeded if lines > self._most else scrolls.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.document().setDocumentMargin(0)
        self.setFixedHeight(min(self._most, lines) * line + 2 * (_CODE_PAD + 1))
        head = self.toPlainText().split("\n", 1)[0]
        if self._alarm and ":" in head:
            cursor = QTextCursor(self.document())
            cursor.setPosition(head.index(":"), QTextCursor.MoveMode.KeepAnchor)
            ink = QTextCharFormat()
            ink.setForeground(self.theme.tokens.danger)
            cursor.mergeCharFormat(ink)


class Callout(Themed, QWidget):
    """A message inside a page or dialog: its icon, a line in semibold, what to do about it."""

    def __init__(
        self,
        title: str,
        text: str = "",
        kind: CalloutKind = "danger",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: CalloutKind = kind
        self.init_theme()
        self._title = Text(title, "label", wrap=True, selectable=True)
        self._text = Text(text, wrap=True, selectable=True, parent=self)
        self._text.setVisible(bool(text))
        self._mark = IconMark(*_CALLOUTS[kind])
        row = QHBoxLayout(self)
        row.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        row.setSpacing(8)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._text)
        row.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def set_words(self, title: str, text: str = "", kind: CalloutKind | None = None) -> None:
        """Say something else, as the same kind unless another is named."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._kind = kind or self._kind
        self._mark.set_icon(*_CALLOUTS[self._kind])
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t, bounds = self.theme.tokens, self.rect()
        painter = painter_for(self)
        role = _CALLOUTS[self._kind][1]
        ground = t.role(f"{role}_soft")
        draw_panel(painter, bounds, ground, t.role(role), t.sizes.radius_control)
        painter.end()


class ErrorCard(Themed, QWidget):
    """Replaces a panel that stopped: what, that the draft is safe, the report, three ways on.

    ``report`` is the whole report; its first lines are shown, "Copy report" puts all of it on the
    clipboard. ``open_again`` and ``turned_off`` fire on the other two buttons.
    """

    open_again = Signal()
    turned_off = Signal()
    copied = Signal()

    def __init__(
        self,
        title: str,
        safe: str,
        report: str,
        *,
        can_turn_off: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._report = report
        self.init_theme()
        self._title = Text(title, "heading", wrap=True)
        self._safe = Text(safe, "body", "text_2", wrap=True)
        first = "\n".join(report.splitlines()[:_REPORT_LINES])
        self._lines = CodeBlock(first, name=self.tr("Report"), alarm=True)
        self.again = Button(self.tr("Open again"), "primary", key="R", icon="refresh-cw")
        self.copy = Button(self.tr("Copy report"), key="C", icon="copy")
        self.off = Button(self.tr("Turn panel off"), "quiet", parent=self)
        self.off.setVisible(can_turn_off)
        self.again.clicked.connect(self.open_again)
        self.off.clicked.connect(self.turned_off)
        self.copy.clicked.connect(self.copy_report)
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(IconMark("octagon-alert", "danger", 24), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._safe)
        column.addSpacing(4)
        column.addWidget(self._lines)
        column.addSpacing(8)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addWidget(self.again)
        ways.addWidget(self.copy)
        ways.addStretch(1)
        ways.addWidget(self.off)
        column.addLayout(ways)
        row.addLayout(column, 1)
        in_the_middle(self, inner, _CARD_WIDTH)
        self.setAccessibleName(title)
        self.setAccessibleDescription(safe)

    @property
    def report(self) -> str:
        """The whole report."""
        return self._report

    def copy_report(self) -> None:
        """Put the whole report on the clipboard."""
        QGuiApplication.clipboard().setText(self._report)
        self.copied.emit()
