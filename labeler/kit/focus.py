"""The focus ring: 2 px after a 2 px gap round the focused control, shown only after keyboard use.

The ring lies on the window, above every neighbour, and follows its control through moves, resizing
and scrolling. A control says what is ringed with ``focus_rect()`` (its own rectangle otherwise; a null
one where a caret already says where the keyboard is)
and, if that changes while it keeps the focus, with a signal ``focus_moved``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from labeler.kit.paint import draw_panel

if TYPE_CHECKING:
    from labeler.kit.theme import Theme

__all__ = [
    "FocusRing",
    "keyboard_in_use",
    "note_keyboard",
    "note_mouse",
    "takes_text",
    "went_elsewhere",
]

_KEYBOARD = Qt.WidgetAttribute.WA_KeyboardFocusChange
_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
}
_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LayoutRequest,
}


def went_elsewhere(event: QFocusEvent) -> bool:
    """Whether a focus that was lost went to another control: not to a menu, not to another window.

    From those it comes back by itself, so what is being typed goes on.
    """
    return event.reason() not in (
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.ActiveWindowFocusReason,
    )


def takes_text(widget: QWidget | None) -> bool:
    """Whether letters typed now go into a text in this widget."""
    return widget is not None and widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def keyboard_in_use(widget: QWidget) -> bool:
    """Whether the person last used the keyboard in this widget's window."""
    return widget.window().testAttribute(_KEYBOARD)


def note_keyboard(widget: QWidget) -> None:
    """The keyboard was used: focus is shown from now on."""
    widget.window().setAttribute(_KEYBOARD, True)


def note_mouse(widget: QWidget) -> None:
    """The mouse was used: focus is no longer shown."""
    widget.window().setAttribute(_KEYBOARD, False)


class FocusRing(QWidget):
    """One ring round one control; made anew for each control that gets the focus."""

    def __init__(self, target: QWidget, theme: Theme) -> None:
        super().__init__(target.window())
        self._target = target
        self._theme = theme
        self._drawn = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._watched: list[QWidget] = []
        step: QWidget | None = target
        while step is not None and step is not target.window():
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        moved = getattr(target, "focus_moved", None)
        if moved is not None:
            moved.connect(self.place)
        self.place()

    @staticmethod
    def install(theme: Theme) -> None:
        """Let rings follow the application's focus from now on."""
        _FocusWatch(theme)

    def place(self) -> None:
        """Lie round the target, or hide where it is not seen."""
        target = self._target
        if not isValid(target) or not target.isVisible():
            self.hide()
            return
        window = target.window()
        rect = focus_rect_of(target)
        if rect.isNull():
            self.hide()
            return
        rect.moveTopLeft(target.mapTo(window, rect.topLeft()))
        sizes = self._theme.tokens.sizes
        reach = sizes.focus_width + sizes.focus_gap
        whole = rect.adjusted(-reach, -reach, reach, reach)
        seen = whole & window.rect() & _scroll_clip(target, window)
        if seen.isEmpty():
            self.hide()
            return
        self._drawn = whole.translated(-seen.topLeft())
        self.setGeometry(seen)
        self.raise_()
        self.show()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self.place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        sizes = self._theme.tokens.sizes
        painter = QPainter(self)
        draw_panel(
            painter,
            self._drawn,
            None,
            self._theme.tokens.focus,
            sizes.radius_control + sizes.focus_width + sizes.focus_gap,
            width=sizes.focus_width,
        )
        painter.end()

    def leave(self) -> None:
        """Stop following and go away."""
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self.hide()
        self.deleteLater()


def focus_rect_of(widget: QWidget) -> QRect:
    """What is ringed on a focused widget, in its own coordinates."""
    own = getattr(widget, "focus_rect", None)
    return QRect(own()) if own is not None else QRect(widget.rect())


def _scroll_clip(target: QWidget, window: QWidget) -> QRect:
    clip = QRect(window.rect())
    step = target.parentWidget()
    while step is not None and step is not window:
        area = step.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is step:
            clip &= QRect(step.mapTo(window, QPoint(0, 0)), step.size())
        step = area
    return clip


class _FocusWatch(QObject):
    """Follows the application's focus and knows whether the keyboard was used last."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._ring: FocusRing | None = None
        self._focused: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        self._drop()
        if self._focused is not None and isValid(self._focused):
            self._focused.removeEventFilter(self)
        self._focused = new
        if new is not None:
            new.installEventFilter(self)
            if keyboard_in_use(new):
                self._ring_round(new)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget) and watched is self._focused:
            kind = event.type()
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                if event.key() not in _MODIFIERS:
                    note_keyboard(watched)
                    self._ring_round(watched)
            elif kind == QEvent.Type.MouseButtonPress:
                note_mouse(watched)
                self._drop()
                watched.update()
        return False

    def _ring_round(self, widget: QWidget) -> None:
        if self._ring is not None and isValid(self._ring):
            return
        if hasattr(widget, "focus_rect") or isinstance(widget, QAbstractButton):
            self._ring = FocusRing(widget, self._theme)
        else:
            widget.update()

    def _drop(self) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.leave()
        self._ring = None
