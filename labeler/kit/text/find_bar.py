"""A field over a text that leads to words by typing them: quicker than any number of arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.kit.controls.button import IconButton
from labeler.kit.controls.field import SearchField
from labeler.kit.controls.text import Text
from labeler.kit.focus import went_elsewhere
from labeler.kit.paint import draw_panel, painter_for
from labeler.kit.text.finding import places_of
from labeler.kit.text.surface import TextSurface
from labeler.kit.theme import Themed

__all__ = ["FindBar"]

_PAD, _GAP, _EDGE = 6, 6, 12
_WIDE = 220
_MOST = 10_000

Place = tuple[TextSurface, int, int]


class _Line(SearchField):
    """The words looked for. ``stepped`` carries 1 or -1; ``done`` is told True by Enter, False by
    Escape, and True where the hand went elsewhere."""

    stepped = Signal(int)
    done = Signal(bool)

    def event(self, event: QEvent) -> bool:
        # Escape leads back at once here; it need not clear the words first.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.done.emit(False)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if back:
                self.stepped.emit(-1)
            else:
                self.done.emit(True)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if went_elsewhere(event):
            self.done.emit(True)


class FindBar(Themed, QWidget):
    """Looks through one text or several, and selects what is found in them as a hand would.

    ``shown`` carries the surface in which words were found, ``closed`` that in which the person goes
    on. Typing looks from where the person was; the arrows go on, from the last text to the first;
    Enter stays with what is selected, Escape goes back. Where a surface snaps to words, the beginning
    of a word is enough to select it.
    """

    shown = Signal(object)
    closed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        tr = QCoreApplication.translate
        self.line = _Line(tr("FindBar", "Find words"), name=tr("FindBar", "Find words"))
        self.line.setFixedWidth(_WIDE)
        self.count = Text("", role="text_2")
        self.before = IconButton("arrow-up", tr("FindBar", "The place before"), key="Up")
        self.next = IconButton("arrow-down", tr("FindBar", "The next place"), key="Down")
        self._surfaces: Sequence[TextSurface] = ()
        self._begun: Place | None = None
        self._found: list[Place] = []
        self._at = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        row.setSpacing(_GAP)
        row.addWidget(self.line)
        row.addWidget(self.count)
        for button in (self.before, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self.line.textChanged.connect(self._look)
        self.line.stepped.connect(self.step)
        self.line.done.connect(self._close)
        self.before.clicked.connect(self._step_back)
        self.next.clicked.connect(self._step_on)
        self.init_theme()
        self.hide()

    def look_in(self, surfaces: Sequence[TextSurface], low: QPoint) -> None:
        """Begin to look through these texts, the first being where the person is; once more it goes on.

        ``low`` is the lower start corner of the room it may float over, in the parent.
        """
        if self.isVisible():
            self.step(1)
            return
        if not surfaces:
            return
        self._surfaces, here = tuple(surfaces), surfaces[0]
        start, end = here.selection or (here.caret, here.caret)
        self._begun = (here, start, end)
        self.line.clear()
        self._look("")
        self.place(low)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self, low: QPoint) -> None:
        """Float at the lower start corner of a room."""
        self.adjustSize()
        x = low.x() + _EDGE
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = low.x() - _EDGE - self.width()
        self.move(x, low.y() - _EDGE - self.height())

    def step(self, way: int) -> None:
        """Go to the next place, or with -1 to the one before."""
        if self._found:
            self._at = (self._at + way) % len(self._found)
            self._show_found()

    def give_up(self) -> None:
        """Close it where it is open, for what it looked through is gone."""
        self._surfaces, self._found, self._begun = (), [], None
        self.hide()

    def _look(self, words: str) -> None:
        self._found = []
        for surface in self._surfaces:
            for start, end in places_of(surface.document, words):
                self._found.append((surface, start, end))
                if len(self._found) == _MOST:
                    break
        self._at = self._first()
        if self._found:
            self._show_found()
        else:
            self._go_back()
        self._say()

    def _first(self) -> int:
        """The first place at or after where the person was, in the text they were in.

        Beginnings of words come before what lies inside of one.
        """
        if self._begun is None:
            return 0
        here, start, _ = self._begun
        ahead = [n for n, one in enumerate(self._found) if one[0] is not here or one[1] >= start]
        order = [*ahead, *range(len(self._found))]
        first: int = next((n for n in order if _begins_a_word(*self._found[n])), (order or [0])[0])
        return first

    def _show_found(self) -> None:
        surface, start, end = self._found[self._at]
        for other in self._surfaces:
            if other is not surface and other.selection is not None:
                other.select(other.caret, other.caret, reveal=False)
        surface.choose_none()
        surface.select(*surface.document.snapped(start, end, words=surface.snap_to_words))
        self.shown.emit(surface)
        self._say()

    def _say(self) -> None:
        tr = QCoreApplication.translate
        words = ""
        if self._found:
            words = tr("FindBar", "{number} of {count}")
            words = words.format(number=self._at + 1, count=len(self._found))
        elif self.line.text().strip():
            words = tr("FindBar", "Not found")
        self.count.setText(words)
        self.line.setAccessibleDescription(words)
        for button in (self.before, self.next):
            button.setEnabled(len(self._found) > 1)
        self._keep_corner()

    def _keep_corner(self) -> None:
        """Grow and shrink away from the corner it stands in."""
        end = self.geometry().right()
        self.adjustSize()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            self.move(end + 1 - self.width(), self.y())

    def _go_back(self) -> None:
        if self._begun is None:
            return
        for surface in self._surfaces:
            if surface is not self._begun[0] and surface.selection is not None:
                surface.select(surface.caret, surface.caret, reveal=False)
        surface, start, end = self._begun
        surface.select(start, end)

    def _close(self, stay: bool) -> None:
        if self._begun is None:
            return
        surface = self._found[self._at][0] if stay and self._found else self._begun[0]
        if not stay:
            self._go_back()
        had_focus = self.line.hasFocus()
        self.give_up()
        if had_focus:
            surface.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit(surface)

    def _step_back(self) -> None:
        self.step(-1)

    def _step_on(self) -> None:
        self.step(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        tokens = self.theme.tokens
        radius = tokens.sizes.radius_panel
        draw_panel(painter, self.rect(), tokens.raised, tokens.border, radius)
        painter.end()


def _begins_a_word(surface: TextSurface, start: int, _end: int) -> bool:
    return surface.document.word_at(start)[0] == start
