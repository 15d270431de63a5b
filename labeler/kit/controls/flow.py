"""A layout that places widgets one after the other and breaks into lines, in reading direction."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

__all__ = ["FlowLayout"]


class FlowLayout(QLayout):
    """Chips in lines, ``gap`` pixels apart both ways; with ``column`` one below the other."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 8, column: bool = False
    ) -> None:
        super().__init__(parent)
        self._entries: list[QLayoutItem] = []
        self._column = column
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, entry: QLayoutItem) -> None:
        self._entries.append(entry)
        self.invalidate()

    def count(self) -> int:
        return len(self._entries)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._entries[index] if 0 <= index < len(self._entries) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._entries.pop(index) if 0 <= index < len(self._entries) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        sizes = [e.sizeHint() for e in self._entries if not e.isEmpty()]
        if self._column:
            width = max((s.width() for s in sizes), default=0)
        else:
            width = sum(s.width() for s in sizes) + self.spacing() * max(0, len(sizes) - 1)
        width += margins.left() + margins.right()
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        width = max((e.minimumSize().width() for e in self._entries if not e.isEmpty()), default=0)
        height = max((e.minimumSize().height() for e in self._entries), default=0)
        return QSize(
            width + margins.left() + margins.right(), height + margins.top() + margins.bottom()
        )

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Go through the lines, moving the widgets if ``place``; the height used, in pixels."""
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        gap = self.spacing()
        x, y, line_height = area.x(), area.y(), 0
        for entry in self._entries:
            if entry.isEmpty():
                continue
            width = area.width() if self._column else min(entry.sizeHint().width(), area.width())
            height = (
                entry.heightForWidth(width)
                if entry.hasHeightForWidth()
                else entry.sizeHint().height()
            )
            if x > area.x() and (self._column or x + width > area.x() + area.width()):
                x, y, line_height = area.x(), y + line_height + gap, 0
            if place:
                rect_here = QStyle.visualRect(direction, area, QRect(x, y, width, height))
                widget: QWidget | None = entry.widget()
                if widget is not None:
                    # Not through the entry, which would hold a wrapped chip to its one-line hint.
                    widget.setGeometry(rect_here)
                else:
                    entry.setGeometry(rect_here)
            x += width + gap
            line_height = max(line_height, height)
        return y + line_height - rect.y() + margins.bottom()
