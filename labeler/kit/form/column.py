"""The column the questions stand in: it scrolls, builds what is about to be seen, and orders Tab."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from labeler.kit.controls.text import Text
from labeler.kit.form import tabs
from labeler.kit.form.block import QuestionBlock

__all__ = ["BlockColumn"]

_AHEAD = 400
_IDLE_BUILDS = 2
_MOST_ASIDE = 24
_SIDE, _ABOVE = 16, 12


class BlockColumn(QWidget):
    """Blocks one below the other, made when they come near the view, the rest when nothing happens.

    Without ``scrolls`` it is as high as its content. ``note`` stands there when there is no block.
    """

    def __init__(self, *, scrolls: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks: list[QuestionBlock] = []
        self._aside: list[QuestionBlock] = []
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.note = Text("", role="text_2", wrap=True)
        self.note.setContentsMargins(_SIDE, _ABOVE, _SIDE, _ABOVE)
        self._column.addWidget(self.note)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area: QScrollArea | None = None
        if scrolls:
            self._area = QScrollArea()
            self._area.setWidgetResizable(True)
            self._area.setFrameShape(QFrame.Shape.NoFrame)
            self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._area.setWidget(self._page)
            self._area.viewport().setAutoFillBackground(False)
            self._page.setAutoFillBackground(False)
            self._area.verticalScrollBar().valueChanged.connect(self.build_seen)
        outer.addWidget(self._area or self._page)
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._build_more)
        self._ordering = QTimer(self)
        self._ordering.setSingleShot(True)
        self._ordering.setInterval(0)
        self._ordering.timeout.connect(self.order_tabs)

    @property
    def page(self) -> QWidget:
        """The parent of the blocks."""
        return self._page

    @property
    def scrolled(self) -> int:
        """How far it is scrolled, in pixels."""
        return self._area.verticalScrollBar().value() if self._area is not None else 0

    def set_scroll(self, pixels: int) -> None:
        """Scroll to there, as far as there is a page."""
        if self._area is not None:
            self._build_to(pixels + self._area.viewport().height())
            _settle()
            self._area.verticalScrollBar().setValue(pixels)

    def truncate(self, count: int) -> None:
        """Keep the first ``count`` blocks and put the others aside: another task may ask the same."""
        for block in self.blocks[count:]:
            self._column.removeWidget(block)
            block.hide()
            self._aside.append(block)
        del self.blocks[count:]
        for block in self._aside[:-_MOST_ASIDE]:
            block.deleteLater()
        del self._aside[:-_MOST_ASIDE]

    def forget(self) -> None:
        """Let go of what was put aside."""
        for block in self._aside:
            block.deleteLater()
        self._aside.clear()

    def found_aside(self, shape: object) -> QuestionBlock | None:
        """A block put aside that asks the same question in the same way, taken out; None for none."""
        for number, block in enumerate(self._aside):
            if block.slot.shape == shape:
                return self._aside.pop(number)
        return None

    def append(self, block: QuestionBlock) -> None:
        """Put a block below the others."""
        self._column.insertWidget(len(self.blocks), block)
        self.blocks.append(block)

    def order_soon(self) -> None:
        """Put Tab in order again: rows of a block came or went."""
        self._ordering.start()

    def build_soon(self) -> None:
        """Build what is in view now and the rest in idle moments."""
        self.build_seen()
        self._idle.start()

    def build_seen(self) -> None:
        """Build what is in view, and a little more."""
        if self._area is None:
            self._build_to(self.height())
        else:
            self._build_to(self.scrolled + self._area.viewport().height())

    def bring_into_view(self, block: QuestionBlock) -> None:
        """Scroll no further than is needed to see it."""
        if self._area is not None:
            _settle()
            self._area.ensureWidgetVisible(block, 0, _SIDE)

    def order_tabs(self) -> None:
        """Let Tab follow the eye, however late a block or a row was made."""
        tabs.chain(self, [widget for block in self.blocks for widget in tabs.stops(block)])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.build_seen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.build_seen()

    def _asked(self) -> Sequence[QuestionBlock]:
        return [block for block in self.blocks if block.asked]

    def _build_to(self, bottom: int) -> None:
        top, built = 0, False
        for block in self._asked():
            if top > bottom + _AHEAD:
                break
            built = block.build() or built
            # What was built just now has no size of its own before it is laid out.
            top += max(block.expected_height, block.sizeHint().height())
        if built:
            self._ordering.start()

    def _build_more(self) -> None:
        waiting = [block for block in self._asked() if block.control is None]
        for block in waiting[:_IDLE_BUILDS]:
            block.build()
        if waiting:
            self._ordering.start()
        else:
            self._idle.stop()


def _settle() -> None:
    """Let layouts that wait for the event loop happen now, so that places on the page are right."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
