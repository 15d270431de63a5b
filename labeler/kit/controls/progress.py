"""How far something is: a thin bar, and a row with the numbers and a way to cancel."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from labeler.kit.controls.button import Button
from labeler.kit.controls.text import ElidedText, IconMark
from labeler.kit.paint import draw_panel, painter_for, placed
from labeler.kit.theme import Themed

__all__ = ["Progress", "ProgressBar"]

_BAR = 6
_PATIENCE_MS = 400
_EDGE = 12


class ProgressBar(Themed, QProgressBar):
    """A bar 6 px high, 128 wide unless told otherwise; its value is also said to screen readers."""

    def __init__(self, *, width: int = 128, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.init_theme()
        self.setAccessibleName(name)

    def set_progress(self, done: int, total: int) -> None:
        """Show ``done`` of ``total``; a total of 0 shows nothing done."""
        # QProgressBar counts in 32 bits: a thousandth is finer than the bar can show.
        self.setRange(0, 1000)
        self.setValue(1000 * min(done, total) // total if total > 0 else 0)

    def sizeHint(self) -> QSize:
        return QSize(self._width, _BAR)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._width, 32), _BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, bounds = self.theme.tokens, self.rect()
        painter = painter_for(self)
        bar = bounds.adjusted(0, (bounds.height() - _BAR) // 2, 0, 0)
        bar.setHeight(_BAR)
        rim = t.border if t.is_high_contrast else None
        draw_panel(painter, bar, t.pressed, rim, _BAR / 2)
        span = self.maximum() - self.minimum()
        share = (self.value() - self.minimum()) / span if span > 0 else 0.0
        if share > 0:
            done = bar.adjusted(0, 0, 0, 0)
            # Never shorter than its own round end, so that the first task shows.
            done.setWidth(max(_BAR // 2, round(bar.width() * min(1.0, share))))
            draw_panel(painter, placed(painter, bar, done), t.accent, None, _BAR / 2)
        painter.end()


class Progress(Themed, QWidget):
    """A running piece of work: what, "41,200 of 118,000", the bar, Cancel ``Esc``.

    ``start`` shows nothing for 400 ms; what is done before that was never worth a bar. ``framed``
    is the raised frame over content, else a plain row for dialogs. ``cancelled`` fires on Cancel.
    """

    cancelled = Signal()

    def __init__(self, *, framed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._framed = framed
        self.init_theme()
        self._mark = IconMark("loader-circle")
        self._words = ElidedText()
        self.bar = ProgressBar(width=32 if framed else 128)
        self._cancel = Button(self.tr("Cancel"), "quiet", key="Esc", compact=True)
        self._cancel.clicked.connect(self._ask_cancel)
        row = QHBoxLayout(self)
        row.setSpacing(8)
        if framed:
            # The same at both sides, so that nothing needs turning round from right to left.
            row.setContentsMargins(_EDGE, 4, _EDGE, 4)
            row.addWidget(self._mark)
        else:
            row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1 if framed else 0)
        row.addWidget(self.bar, 0 if framed else 1)
        row.addWidget(self._cancel)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self._title = ""
        self.hide()

    def start(self, title: str = "", *, icon: str = "loader-circle") -> None:
        """The work begins; ``title`` is said before the numbers ("Importing")."""
        self._title = title
        self._mark.set_icon(icon)
        self._cancel.setEnabled(True)
        self._words.set_text(title)
        self.bar.setAccessibleName(title)
        self.bar.set_progress(0, 0)
        self._patience.start()

    def set_progress(self, done: int, total: int | None) -> None:
        """So far; with None for an unknown total only the number done is said."""
        locale = QLocale()
        if total is None:
            numbers = locale.toString(done)
            self.bar.setRange(0, 0)
        else:
            numbers = self.tr("{done} of {total}").format(
                done=locale.toString(done), total=locale.toString(total)
            )
            self.bar.set_progress(done, total)
        self._words.set_text(f"{self._title} {numbers}".strip())

    def finish(self) -> None:
        """The work is over, in whatever way."""
        self._patience.stop()
        self.hide()

    @property
    def text(self) -> str:
        """What is said beside the bar."""
        return self._words.text

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self._framed:
            return hint
        return QSize(max(hint.width(), 320), self.theme.height("task_strip"))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._framed:
            return
        t, bounds = self.theme.tokens, self.rect()
        painter = painter_for(self)
        draw_panel(painter, bounds, t.raised, t.border_strong, t.sizes.radius_panel)
        painter.end()

    def _ask_cancel(self) -> None:
        # Once is enough: the work stops at its next safe place.
        self._cancel.setEnabled(False)
        self.cancelled.emit()
