"""One response: its letter and name above, its text below, marked by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from labeler.kit.controls.button import IconButton
from labeler.kit.controls.scale import ScaleBar
from labeler.kit.controls.text import Badge, ElidedText
from labeler.kit.markdown import Formulas, MarkdownDocument, MarkdownSurface, Section
from labeler.kit.paint import cap_size, draw_cap, draw_panel, painter_for
from labeler.kit.text import Mark
from labeler.kit.theme import Themed
from labeler.panels.comparison.words import length_words, response_name

__all__ = ["ResponsePane"]

_SIDE, _GAP = 20, 8
_RANK_CELL = 30
_FRAME = 2

tr = QCoreApplication.translate


class _Letter(Themed, QWidget):
    """The key cap with the response's letter; drawn as chosen where the person is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = ""
        self._current = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.init_theme()

    def set_key(self, key: str, current: bool) -> None:
        if (key, current) != (self._key, self._current):
            self._key, self._current = key, current
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return cap_size(self.theme, self._key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        kind = "chosen" if self._current else "rest"
        draw_cap(painter, self.theme, self.rect(), self._key, kind)  # type: ignore[arg-type]
        painter.end()


class ResponsePane(Themed, QWidget):
    """A response in its place. It knows a letter and a text, and nothing of who wrote it.

    ``entered`` fires when the keyboard or the mouse came to it, ``drawn`` when a range was let go,
    ``chosen`` when marks were chosen, ``ranked`` with a rank that was pressed, ``scrolled`` when its
    text moved, ``raw_wanted`` when its button for the raw text was pressed.
    """

    entered = Signal(object)
    drawn = Signal(object, int, int)
    chosen = Signal(object)
    ranked = Signal(object, int)
    scrolled = Signal(object)
    raw_wanted = Signal(object)

    def __init__(self, formulas: Formulas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter = ""
        self.parts: tuple[str, ...] = ()
        self._key = ""
        self._current = False
        self._framed = False
        self._count = 0
        self._rank: tuple[int | None, bool] | None = None
        self._cap = _Letter(self)
        self._name = ElidedText("", "label")
        self._length = ElidedText("", role="text_2")
        self._note = Badge("")
        self._marks = Badge("")
        self.ranks: ScaleBar | None = None
        self.raw = IconButton("code", tr("Comparison", "Show as it is written"), checkable=True)
        self.copy = IconButton("copy", tr("Comparison", "Copy the text"))
        self.surface = MarkdownSurface("", formulas)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(_SIDE, 4, _GAP, 4)
        self._head.setSpacing(_GAP)
        for widget in (self._cap, self._name, self._length):
            self._head.addWidget(widget)
        self._strut = QSpacerItem(0, 0)
        self._head.addItem(self._strut)
        self._head.addStretch(1)
        for badge in (self._note, self._marks):
            self._head.addWidget(badge)
            badge.hide()
        self._head.addWidget(self.raw)
        self._head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.surface, 1)
        self.setFocusProxy(self.surface)
        self.surface.installEventFilter(self)
        self.surface.range_drawn.connect(self._drawn)
        self.surface.choice_made.connect(self._chosen)
        self.surface.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.raw.clicked.connect(self._raw_clicked)
        self.copy.clicked.connect(self._copy)
        self.init_theme()
        self._fit()

    # what is shown

    def show_response(
        self,
        letter: str,
        key: str,
        sections: Sequence[Section],
        parts: Sequence[str],
        ready: MarkdownDocument | None,
    ) -> None:
        """Show a response from its beginning under a letter; ``key`` is what goes to it."""
        self.letter, self._key = letter, key
        self.parts = tuple(parts)
        name = response_name(letter)
        self._name.set_text(name)
        self._length.set_text(length_words(sections))
        self.surface.setAccessibleName(name)
        self.setAccessibleName(name)
        self.surface.show_sections(sections, ready)
        if self.surface.too_long:
            self._note.set_badge(tr("Comparison", "Long: shown as written"), "neutral", "info")
        self._note.setVisible(self.surface.too_long)
        self.raw.setEnabled(not self.surface.too_long)
        self._cap.set_key(self._key, self._current)
        self.set_marks(())
        self._fit_head()

    def forget(self) -> None:
        """Let go of the response."""
        self.parts = ()
        self.surface.show_sections(())
        self.set_marks(())

    def set_raw(self, raw: bool) -> None:
        """Show the text as it was written, or rendered; the place stays."""
        self.surface.set_raw(raw and not self.surface.too_long)
        self.raw.setChecked(self.surface.raw)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Draw these marks, and say how many there are."""
        self.surface.set_marks(marks)
        if len(marks) != self._count:
            self._count = len(marks)
            words = tr("Comparison", "{count} marks", "", self._count)
            if self._count == 1:
                words = tr("Comparison", "1 mark")
            self._marks.set_badge(words.format(count=self._count), "neutral", "highlighter")
        if bool(marks) == self._marks.isHidden():
            self._marks.setVisible(bool(marks))
            self._fit_head()

    def set_current(self, current: bool, *, framed: bool) -> None:
        """Whether the person is here; ``framed`` where the keys of questions are about this one."""
        if (current, framed) != (self._current, self._framed):
            self._current, self._framed = current, framed
            self._cap.set_key(self._key, current)
            self.update()

    def set_ranks(self, count: int) -> None:
        """Offer so many ranks in the head; 0 for none."""
        have = self.ranks.maximum() if self.ranks is not None else 0
        if have == count:
            return
        if self.ranks is not None:
            self._head.removeWidget(self.ranks)
            self.ranks.hide()
            self.ranks.deleteLater()
            self.ranks = None
            self._rank = None
        if count:
            self.ranks = ScaleBar(1, count, name=tr("Comparison", "Rank"), parent=self)
            self.ranks.chosen_changed.connect(self._rank_chosen)
            self._head.insertWidget(self._head.indexOf(self.raw), self.ranks)
        self._fit_head()

    def show_rank(self, rank: int | None, read_only: bool) -> None:
        """Show the rank it has."""
        if self.ranks is not None and (rank, read_only) != self._rank:
            self._rank = (rank, read_only)
            self.ranks.set_chosen(rank)
            self.ranks.set_read_only(read_only)

    def _fit_head(self) -> None:
        """Where the head is narrow, let go of what is least missed: length, copying, raw text, name.

        The letter stays, and so do the ranks, in narrower cells.
        """
        sides = self._head.contentsMargins()
        room = self.width() - 2 * _FRAME - sides.left() - sides.right()
        fixed = [self._cap, *(one for one in (self._note, self._marks) if not one.isHidden())]
        room -= sum(one.sizeHint().width() + _GAP for one in fixed)
        if self.ranks is not None:
            cells = self.ranks.maximum()
            wanted = round(_RANK_CELL * cells * self.theme.text_scale)
            least = self.theme.tokens.sizes.hit_min * cells
            self.ranks.setFixedWidth(max(least, min(wanted, room - _GAP)))
            room -= self.ranks.width() + _GAP
        for one in (self._name, self.raw, self.copy, self._length):
            width = one.sizeHint().width() + _GAP
            one.setVisible(room >= width)
            # What is missed less does not come before what has gone.
            room = room - width if room >= width else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    # scrolling

    @property
    def share(self) -> float:
        """How far it is scrolled, 0 to 1."""
        bar = self.surface.verticalScrollBar()
        return bar.value() / bar.maximum() if bar.maximum() else 0.0

    def scroll_to_share(self, share: float) -> None:
        """Scroll as far as another one is, in proportion."""
        bar = self.surface.verticalScrollBar()
        bar.setValue(round(share * bar.maximum()))

    # what hands do

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self)
        return False

    def _drawn(self, start: int, end: int) -> None:
        self.drawn.emit(self, start, end)

    def _chosen(self, ids: Iterable[str]) -> None:
        self.chosen.emit(self)

    def _scrolled(self) -> None:
        self.scrolled.emit(self)

    def _rank_chosen(self, rank: int | None) -> None:
        if rank is not None:
            self.ranked.emit(self, rank)

    def _raw_clicked(self) -> None:
        self.raw.setChecked(self.surface.raw)
        self.raw_wanted.emit(self)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n\n".join(one.text for one in self.surface.sections))

    # drawing

    @property
    def least_height(self) -> int:
        """Below this nothing can be read in it: the head and four lines."""
        return self.theme.height("task_strip") + 4 * self.theme.line("reading")

    def theme_changed(self) -> None:
        self._fit()
        super().theme_changed()

    def _fit(self) -> None:
        height = self.theme.height("task_strip")
        self._head.setContentsMargins(_SIDE - _FRAME, 0, _GAP, 0)
        for widget in (self.raw, self.copy):
            widget.setFixedHeight(min(height, widget.sizeHint().height()))
        self._strut.changeSize(0, height - 1)
        self._head.invalidate()
        self._fit_head()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = self.theme.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.surface)
        line = self.surface.y() - 1
        painter.fillRect(0, line, self.width(), 1, t.border)
        if self._current and self._framed:
            draw_panel(painter, self.rect(), None, t.accent, 0, width=_FRAME)
        painter.end()
