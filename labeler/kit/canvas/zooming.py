"""A picture that fills its surface, zoomed to the pointer, panned, and drawn once and kept.

What lies on the picture is its subclass's: it says with ``show_frame`` what rests there.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QNativeGestureEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.kit.canvas.frame import Frame
from labeler.kit.canvas.picture import Picture
from labeler.kit.canvas.viewport import View
from labeler.kit.theme import Themed

__all__ = ["PictureSurface"]

_SHARP_MS = 80
_STEP = 1.2
"""What one notch of the wheel, or half a press of a key, zooms by."""
_NOTCH = 120


class PictureSurface(Themed, QWidget):
    """Shows a picture; the wheel zooms to the pointer, a pad scrolls, Ctrl makes both zoom."""

    view_changed = Signal()
    """Zoom or place became another, or the picture did."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.init_theme()
        self.view = View()
        self.picture: Picture | None = None
        self.frame = Frame()
        self.stale = True
        self._sharpen = QTimer(self)
        self._sharpen.setSingleShot(True)
        self._sharpen.setInterval(_SHARP_MS)
        self._sharpen.timeout.connect(self._rest)
        self._pieces = QTimer(self)
        self._pieces.setSingleShot(True)
        self._pieces.setInterval(0)
        self._pieces.timeout.connect(self._render_more)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    def set_picture(
        self, picture: Picture | None, width: int = 0, height: int = 0, *, keep: bool = False
    ) -> None:
        """Show another picture, fitted; without one an empty plane of a size, if that is known.

        With ``keep`` it is a better version of what is there: of the same size, it leaves zoom and
        place alone.
        """
        if picture is not None:
            width, height = picture.width, picture.height
        self.picture = picture
        if not keep:
            self.frame.forget()
        if not keep or (width, height) != (self.view.width, self.view.height):
            self.view.set_picture(width, height)
        self.all_stale()
        self.view_changed.emit()

    def fit(self) -> None:
        """Show the whole picture."""
        self.view.fit()
        self.moved_view(sharp=True)

    def zoom_to(self, zoom: float, x: float | None = None, y: float | None = None) -> None:
        """Zoom to a factor, about a point of the surface or about what is chosen or its middle."""
        if x is None or y is None:
            x, y = self.zoom_centre()
        self.view.zoom_to(zoom, x, y)
        self.moved_view()

    def zoom_by(self, steps: float, x: float | None = None, y: float | None = None) -> None:
        """Zoom in (positive) or out by steps."""
        self.zoom_to(self.view.zoom * _STEP**steps, x, y)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by logical pixels."""
        self.view.pan(dx, dy)
        self.moved_view()

    def look_at(self, x: float, y: float, zoom: float | None = None) -> None:
        """Put a point of the picture into the middle."""
        self.view.look_at(x, y, zoom)
        self.moved_view()

    def render_now(self) -> None:
        """Draw what rests anew, if it is not what is to be seen: what there is time for, then more."""
        if self.stale:
            self.stale = False
            self._sharpen.stop()
            self.show_frame()
            self.frame.outdate()
            if not self.frame.render_more(self.view):
                self._pieces.start()
        self.frame.mend()

    @property
    def all_shown(self) -> bool:
        """Whether all that rests is shown, sharp, and nothing of it is still to be drawn."""
        return not self.stale and self.frame.is_current(self.view)

    def show_frame(self) -> None:
        """Tell the frame what rests; called before it is drawn anew."""
        raise NotImplementedError

    def view_moved(self, *, jumped: bool) -> None:
        """The view became another, in a gesture or at once."""

    def came_to_rest(self) -> None:
        """The view has not moved for a while."""

    def zoom_centre(self) -> tuple[float, float]:
        """The point of the surface that stays where it is when a key zooms."""
        return self.width() / 2, self.height() / 2

    def refresh(self) -> None:
        """Draw everything sharp with the next frame."""
        self.stale = True
        self.update()

    def all_stale(self) -> None:
        """Everything has to be drawn anew."""
        self.stale = True
        self.update()

    def moved_view(self, *, sharp: bool = False) -> None:
        """The view became another: shift what is drawn, or show it scaled until it is drawn anew."""
        if not self.frame.follow(self.view) and sharp:
            self.stale = True
        if not self.frame.under_way:
            self._pieces.stop()
        if not sharp:
            self._sharpen.start()
        self.view_moved(jumped=sharp)
        self.view_changed.emit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    def focus_rect(self) -> QRect:
        """What is ringed: the surface from inside, for its neighbours would hide a ring outside."""
        sizes = self.theme.tokens.sizes
        reach = sizes.focus_width + sizes.focus_gap
        return self.rect().adjusted(reach, reach, -reach, -reach)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._take_room()
        if isinstance(event, QNativeGestureEvent) and self._gestured(event):
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        at = event.position()
        modifiers = event.modifiers()
        pixels, angle = event.pixelDelta(), event.angleDelta()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.pan((angle.y() or angle.x()) / 2, 0)
        elif modifiers & Qt.KeyboardModifier.ControlModifier or pixels.isNull():
            # A wheel zooms; a pad, which knows pixels, scrolls unless Ctrl is held.
            self.zoom_by((angle.y() or angle.x()) / _NOTCH, at.x(), at.y())
        else:
            self.pan(pixels.x(), pixels.y())
        event.accept()

    def _gestured(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        at = event.position()
        self.zoom_to(self.view.zoom * (1 + event.value()), at.x(), at.y())
        return True

    # ------------------------------------------------------------------------------- inside

    def _rest(self) -> None:
        if not self.stale and not self.frame.is_current(self.view):
            self.show_frame()
            self._pieces.start()
        self.came_to_rest()

    def _render_more(self) -> None:
        """Draw a piece of what is to be seen, and let hands act between two of them."""
        if self.stale:
            return
        if self.frame.render_more(self.view):
            self.update()
        else:
            self._pieces.start()

    def _take_room(self) -> None:
        self.view.set_room(self.width(), self.height(), self.devicePixelRatioF())
        self.all_stale()
        self.view_changed.emit()
