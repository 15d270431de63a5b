"""The hands of a tour: keys, clicks and drags on the real window, and waiting for what they do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from labeler.app.main import App
from labeler.app.work.page import WorkPage
from labeler.kit.text import TextSurface
from labeler.work.desk import Seat

__all__ = ["Hands", "TourFailed"]

_PATIENCE_MS = 20_000
_TURN_MS = 5
_LOOK_MS = 250


class TourFailed(Exception):
    """Something did not come about that a gesture should have brought about."""


class Hands:
    """One person's hands on one window.

    ``gestures`` counts what was done with keys and mouse; ``pictures`` is where pictures go.
    """

    def __init__(self, app: App, pictures: Path) -> None:
        self.app = app
        self.window = app.window
        self.context = app.context
        self.pictures = pictures
        self.gestures = 0

    # what is there

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
    def surface(self) -> TextSurface:
        """The text on the stage; TourFailed where there is none."""
        editor = self.work.stage.editor
        found = editor.findChild(TextSurface) if editor is not None else None
        if not isinstance(found, TextSurface):
            raise TourFailed("no text is on the stage")
        return found

    # waiting

    def wait(self, what: str, holds: Callable[[], bool]) -> None:
        """Let the program run until something holds; TourFailed with ``what`` where it never does."""
        clock = QElapsedTimer()
        clock.start()
        while not holds():
            if clock.elapsed() > _PATIENCE_MS:
                raise TourFailed(f"waited in vain until {what}")
            QTest.qWait(_TURN_MS)

    def settle(self) -> None:
        """Wait until every gesture is in the file and what follows from it on screen."""
        self.wait("the task is there", lambda: not self.work.flow.busy)
        session = self.context.session
        if session is None:
            raise TourFailed("no project is open")
        session.desk.settle()
        arrived: list[bool] = []
        self.context.run_patient(lambda _project: True, arrived.append, receiver=self.window)
        self.wait("the lane is idle", lambda: bool(arrived))

    # doing

    def key(
        self,
        key: Qt.Key | str,
        *,
        ctrl: bool = False,
        shift: bool = False,
        alt: bool = False,
    ) -> None:
        """Press a key where the focus is, or type a text there."""
        held = Qt.KeyboardModifier.NoModifier
        for wanted, modifier in (
            (ctrl, Qt.KeyboardModifier.ControlModifier),
            (shift, Qt.KeyboardModifier.ShiftModifier),
            (alt, Qt.KeyboardModifier.AltModifier),
        ):
            if wanted:
                held |= modifier
        target = self._target()
        if isinstance(key, str):
            QTest.keyClicks(target, key, held)
        else:
            QTest.keyClick(target, key, held)
        self.gestures += 1

    def _target(self) -> QWidget:
        focus = QApplication.focusWidget()
        if focus is not None:
            return focus
        # Without a window manager a window may be on screen and yet not active.
        inner: QWidget | None = self.window.focusWidget()
        return inner if inner is not None else self.window

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click with the left button, in the middle where no place is given."""
        place = widget.rect().center() if at is None else at
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
        self.gestures += 1

    def double_click(self, words: str) -> None:
        """Double click on a word of the text on the stage."""
        place = self._rect(words).center()
        viewport = self.surface.viewport()
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
        self.gestures += 1

    def drag_over(self, words: str) -> None:
        """Drag with the left button over words of the text on the stage."""
        box = self._rect(words)
        viewport = self.surface.viewport()
        middle = box.center().y()
        start, end = QPoint(box.left() + 1, middle), QPoint(box.right() - 1, middle)
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(viewport, left, pos=start)
        for share in (1, 2, 3):
            x = start.x() + (end.x() - start.x()) * share // 4
            QTest.mouseMove(viewport, QPoint(x, middle))
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, left, pos=end)
        self.gestures += 1

    def _rect(self, words: str) -> QRect:
        surface = self.surface
        text = surface.document.text
        start = text.find(words)
        if start < 0:
            raise TourFailed(f"{words!r} is not in the text on the stage")
        surface.reveal(start, start + len(words))
        return surface.range_rect(start, start + len(words))

    def put_caret(self, words: str) -> None:
        """Click into a word of the text on the stage."""
        self.click(self.surface.viewport(), self._rect(words).center())

    # pictures

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Write a picture of the window (or a widget) in light and in dark."""
        theme = self.app.theme
        before = theme.choice
        for choice in ("light", "dark"):
            theme.set(choice="dark" if choice == "dark" else "light")
            QTest.qWait(_LOOK_MS)
            shown = widget if widget is not None else self.window
            if not shown.grab().save(str(self.pictures / f"{name}-{choice}.png")):
                raise TourFailed(f"the picture {name}-{choice}.png could not be written")
        theme.set(choice=before)
