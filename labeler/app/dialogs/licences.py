"""The licences of everything that ships: a list, and the full texts to read and to copy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from labeler.app.context import AppContext
from labeler.app.dialogs.reading import ReadingDialog
from labeler.app.help.notices import Notice, read_notices, text_of
from labeler.assets import brand
from labeler.kit import Text, Themed

__all__ = ["LicencesDialog", "show"]

_MOST_MATCHES = 1000


class _Page(Themed, QPlainTextEdit):
    """A licence text: read only, but the caret goes in, so that the keyboard selects and copies."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.matches: list[QTextCursor] = []
        self.at = -1
        self.init_theme()
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        # Licences are written in English: they begin at the left in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName(name)
        self.theme_changed()

    def show_text(self, text: str, wanted: str) -> int:
        """Show a text from its beginning; the number of places where ``wanted`` is, all marked."""
        self.setPlainText(text)
        self.matches = []
        cursor = QTextCursor(self.document())
        while wanted and len(self.matches) < _MOST_MATCHES:
            cursor = self.document().find(wanted, cursor)
            if cursor.isNull():
                break
            self.matches.append(QTextCursor(cursor))
        self.at = 0 if self.matches else -1
        self.mark()
        return len(self.matches)

    def step(self, step: int) -> int:
        """Go on by so many matches, round at the end; the number of this one from 1."""
        if self.matches:
            self.at = (self.at + step) % len(self.matches)
            self.mark()
        return self.at + 1

    def mark(self) -> None:
        """Mark every match, and bring the current one into view."""
        tokens = self.theme.tokens
        marks = []
        for place, cursor in enumerate(self.matches):
            one = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setBackground(tokens.accent if place == self.at else tokens.selection)
            look.setForeground(tokens.on_accent if place == self.at else tokens.text)
            # Qt's stubs hide the two fields of this struct.
            one.cursor = cursor
            one.format = look
            marks.append(one)
        self.setExtraSelections(marks)
        if self.at >= 0:
            caret = QTextCursor(self.matches[self.at])
            caret.clearSelection()
            self.setTextCursor(caret)
            self.ensureCursorVisible()

    def theme_changed(self) -> None:
        self.setFont(self.theme.font("code"))
        self.mark()


class LicencesDialog(ReadingDialog):
    """Every notice; the search looks at names, licences and in the texts themselves."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Licences"))
        self.rows.setAccessibleName(self.tr("What ships"))
        self._context = context
        self._notices = {_name(notice): notice for notice in read_notices()}
        self._text = cache(text_of)
        self.heading = Text("", "heading", wrap=True, selectable=True)
        self.about = Text("", role="text_2", wrap=True, selectable=True)
        self.page = _Page(self.tr("Licence text"))
        self.side.addWidget(self.heading)
        self.side.addWidget(self.about)
        self.side.addWidget(self.page, 1)
        self.copy = self.add_button(self.tr("Copy text"), role="aside", icon="copy")
        self.copy.setObjectName("copy")
        self.copy.clicked.connect(self.copy_text)
        self.look()
        self.choose(brand().name)

    def found(self, wanted: str) -> Sequence[tuple[str, str, str]]:
        """The notices in which a text occurs, our own first."""
        key = wanted.casefold()
        names = sorted(
            self._notices, key=lambda name: (bool(self._notices[name].name), name.lower())
        )
        return [
            (name, name, self._notices[name].licence)
            for name in names
            if not key or key in self._words(name)
        ]

    def _words(self, name: str) -> str:
        notice = self._notices[name]
        facts = (name, notice.version, notice.licence, notice.why, self._text(notice))
        return "\n".join(facts).casefold()

    def opened(self, row: str, wanted: str) -> int:
        """Show a notice with its text."""
        notice = self._notices[row]
        self.heading.setText(f"{row} {notice.version}".strip())
        lines = [self.tr("Licence: {licence}").format(licence=notice.licence), notice.why]
        self.about.setText("\n".join(line for line in (*lines, notice.home) if line))
        return self.page.show_text(self._text(notice), wanted)

    def go_to_match(self, step: int) -> int:
        """Go from match to match in the text."""
        return self.page.step(step)

    def copy_text(self) -> None:
        """Put the notice with its whole text on the clipboard."""
        words = (self.heading.text(), self.about.text(), "", self.page.toPlainText())
        QGuiApplication.clipboard().setText("\n".join(words))
        self._context.toast(self.tr("The licence is on the clipboard"))


def _name(notice: Notice) -> str:
    return notice.name or brand().name


def show(context: AppContext, parent: QWidget) -> None:
    """Show the licences of everything that ships."""
    LicencesDialog(context, parent).open()
