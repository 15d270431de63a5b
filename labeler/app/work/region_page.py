"""The tab of regions: the table, and below it the questions asked of a region, as high as they need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.kit.form import QuestionForm
from labeler.kit.region_table import RegionTable

__all__ = ["RegionPage"]

_MOST = 0.45
"""The share of the height the questions take at most; they scroll then."""


class RegionPage(QWidget):
    """Gives the questions what they need and the table all the rest."""

    def __init__(self, table: RegionTable, form: QuestionForm) -> None:
        super().__init__()
        self._form = form
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(table, 1)
        column.addWidget(form)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._share)
        form.page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._soon.start()  # Qt is laying out: what is asked for now would be forgotten
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def _share(self) -> None:
        page = self._form.page
        needed = page.sizeHint().height()
        if page.hasHeightForWidth() and page.width() > 0:
            needed = page.heightForWidth(page.width())
        height = max(1, min(needed, round(self.height() * _MOST)))
        if self._form.maximumHeight() != height:
            self._form.setFixedHeight(height)
