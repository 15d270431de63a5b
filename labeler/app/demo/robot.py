"""The hands of a tour: keys, clicks and drags on the real window, and waiting for what they do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QWidget

from labeler.app.main import App
from labeler.app.work.page import WorkPage
from labeler.model.value import Value
from labeler.work.desk import Seat

__all__ = ["Robot", "TourFailed"]

_PATIENCE_MS = 20_000
_TURN_MS = 5
_MOST_TABS = 40
_LEFT = Qt.MouseButton.LeftButton

W = TypeVar("W", bound=QWidget)


class TourFailed(Exception):
    """A gesture did not bring about what it should: what, and where."""


class Robot:
    """One person's hands on one window; ``gestures`` counts what they did with keys and mouse."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.window = app.window
        self.context = app.context
        self.gestures = 0
        self.broken: list[str] = []
        app.crashes.broke.connect(self.broken.append)

    # what is there

    @property
    def project(self) -> Path | None:
        """The project that is open."""
        session = self.context.session
        return session.path if session is not None else None

    @property
    def work(self) -> WorkPage:
        """The Work page."""
        return self.window.need_work_page()

    @property
    def seat(self) -> Seat:
        """The task on the desk; TourFailed where there is none."""
        seat = self.work.flow.seat
        if seat is None:
            raise TourFailed("no task is on the desk")
        return seat

    @property
    def value(self) -> Value:
        """The value on the desk."""
        return self.seat.draft.value

    def check(self, what: str, holds: bool) -> None:
        """Go on where something holds; else TourFailed says what should, and where."""
        if not holds:
            raise TourFailed(f"{what}: not so, {self.where()}")

    def where(self) -> str:
        """Where the person is, for a message."""
        seat = self.work.flow.seat if self.context.session is not None else None
        place = self.context.commands.place or "home"
        return f"at {place}" if seat is None else f"at {place}, task {seat.task.key}"

    def child(self, within: QWidget, kind: type[W], name: str) -> W:
        """The widget of a kind with this object name or accessible name; TourFailed for none."""
        for one in within.findChildren(kind):
            if name in (one.objectName(), one.accessibleName()):
                return one
        raise TourFailed(f"there is no {kind.__name__} {name!r} in {type(within).__name__}")

    # waiting

    def wait(self, what: str, holds: Callable[[], bool]) -> None:
        """Let the program run until something holds; TourFailed where it never does."""
        clock = QElapsedTimer()
        clock.start()
        while not holds():
            if self.broken:
                raise TourFailed(f"something broke {self.where()}:\n{self.broken[0]}")
            if clock.elapsed() > _PATIENCE_MS:
                raise TourFailed(f"waited in vain until {what}, {self.where()}")
            QTest.qWait(_TURN_MS)

    def settle(self) -> None:
        """Wait until the lane is idle and what it answered is on screen."""
        self.wait("the task is there", lambda: not self.work.flow.busy)
        session = self.context.session
        if session is None:
            raise TourFailed("no project is open")
        session.desk.settle()
        arrived: list[bool] = []
        self.context.run_patient(lambda _project: True, arrived.append, receiver=self.window)
        self.wait("the lane is idle", lambda: bool(arrived))
        self.wait("the task is there", lambda: not self.work.flow.busy)

    # keys

    def key(self, key: Qt.Key | str, held: str = "") -> None:
        """Press a key where the focus is; ``held`` names modifiers, as in ``ctrl+shift``."""
        known = {
            "ctrl": Qt.KeyboardModifier.ControlModifier,
            "shift": Qt.KeyboardModifier.ShiftModifier,
            "alt": Qt.KeyboardModifier.AltModifier,
        }
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held.split("+") if held else ():
            modifiers |= known[one]
        if isinstance(key, str):
            QTest.keyClicks(self._target(), key, modifiers)
        else:
            QTest.keyClick(self._target(), key, modifiers)
        self.gestures += 1

    def type(self, text: str) -> None:
        """Type a text where the focus is; letters no key has come as an input method brings them."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self._target(), letter)
                continue
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self._target(), event)
        self.gestures += 1

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        over = self._in_front()
        inner: QWidget | None = over.focusWidget()
        return inner if inner is not None else over

    def _in_front(self) -> QWidget:
        """The window that has the keyboard: where nobody manages windows, the one on top gets it."""
        modal = QApplication.activeModalWidget()
        active = QApplication.activeWindow()
        if active is not None and modal in (None, active):
            return active
        over = modal or self.window
        over.activateWindow()
        self.wait("the window is in front", lambda: QApplication.activeWindow() is over)
        return over

    def go_to_control(self, control: QWidget) -> None:
        """Bring the focus to a control of the open dialog with Tab alone."""
        for _ in range(_MOST_TABS):
            if self._target() is control:
                return
            QTest.keyClick(self._target(), Qt.Key.Key_Tab)
            self.gestures += 1
        raise TourFailed(f"Tab does not lead to {control.objectName() or type(control).__name__}")

    def choose(self, box: QComboBox, data: str) -> None:
        """Choose an entry of a box by its data, with the arrow keys."""
        wanted = box.findData(data)
        if wanted < 0:
            raise TourFailed(f"{box.objectName()} does not offer {data!r}")
        self.go_to_control(box)
        while box.currentIndex() != wanted:
            before = box.currentIndex()
            self.key(Qt.Key.Key_Down if before < wanted else Qt.Key.Key_Up)
            if box.currentIndex() == before:
                raise TourFailed(f"the arrow keys do not reach {data!r} of {box.objectName()}")

    def write(self, field: QLineEdit, text: str) -> None:
        """Click into a field and replace what is in it."""
        self.click(field)
        self.key(Qt.Key.Key_A, "ctrl")
        self.type(text)
        if field.text() != text:
            raise TourFailed(f"{text!r} was typed, the field has {field.text()!r}")

    # mouse

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click with the left button, in the middle where no place is given."""
        if not widget.isVisible():
            raise TourFailed(f"{type(widget).__name__} is not on screen, {self.where()}")
        QTest.mouseClick(widget, _LEFT, pos=widget.rect().center() if at is None else at)
        self.gestures += 1

    def double_click(self, widget: QWidget, at: QPoint) -> None:
        """Click twice in a row: what a person does comes as a click, then a double click."""
        QTest.mouseClick(widget, _LEFT, pos=at)
        QTest.mouseDClick(widget, _LEFT, pos=at)
        self.gestures += 1

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Drag with the left button held, in a few steps."""
        QTest.mousePress(widget, _LEFT, pos=start)
        for share in (1, 2, 3):
            QTest.mouseMove(widget, start + (end - start) * share / 4)
        QTest.mouseMove(widget, end)
        QTest.mouseRelease(widget, _LEFT, pos=end)
        self.gestures += 1

    # dialogs

    def dialog(self) -> QDialog:
        """The dialog in front, waited for."""
        self.wait("a dialog is open", lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def escape(self) -> None:
        """Close the dialog or popup in front with Escape, and see it go."""
        self.key(Qt.Key.Key_Escape)
        self.wait("the dialog is closed", lambda: QApplication.activeModalWidget() is None)
