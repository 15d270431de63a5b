"""The History tab: everything that was written about what is in conflict, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from labeler.app.data.when import moment_words
from labeler.app.words import status_word
from labeler.kit import Plain, Section, Text
from labeler.store import HistoryRow

__all__ = ["HistoryTab"]

_MOST = 200


class HistoryTab(QScrollArea):
    """Who wrote what, when and where; nothing of it is ever gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._whole = Plain("surface")
        self._column = QVBoxLayout(self._whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidget(self._whole)
        self.lines: list[str] = []

    def show_history(self, history: Sequence[HistoryRow]) -> None:
        """Show these ops."""
        while self._column.count() > 1:
            entry = self._column.takeAt(0)
            widget = entry.widget() if entry is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = []
        for at, row in enumerate(history[:_MOST]):
            section = Section(row.title)
            when = moment_words(row.when)
            where = self.tr("{when} on {device}").format(when=when, device=row.device)
            section.set_note(where if row.device else when)
            what = self._what(row)
            self.lines.append(what)
            section.body.addWidget(Text(what, wrap=True))
            if row.comment:
                why = self.tr("“{text}”").format(text=row.comment)
                section.body.addWidget(Text(why, role="text_2", wrap=True, selectable=True))
            self._column.insertWidget(at, section)
        self.verticalScrollBar().setValue(0)

    def _what(self, row: HistoryRow) -> str:
        if row.restored:
            return self.tr("Took a decision back; this version is open again")
        words = {
            "put": self.tr("Wrote it"),
            "import": self.tr("Imported it"),
            "delete": self.tr("Deleted it"),
            "draft": self.tr("Left a draft of it"),
            "redact": self.tr("Blacked it out"),
        }.get(row.action, row.action)
        if row.replaced > 1:
            words = self.tr("Decided between %n versions", "", row.replaced)
        if row.status:
            told = status_word(row.status)
            if row.reason:
                told = self.tr("{status}: {reason}").format(status=told, reason=row.reason)
            words = self.tr("{what}, {status}").format(what=words, status=told)
        return words
