"""The image surface: a picture with regions on it, drawn, zoomed, chosen, made and moved by hand.

It knows shapes, looks and ids and nothing of labels, values or undo: whoever uses it hands shapes in
and hears what hands did. Ten thousand regions are as quick as ten: what rests is drawn once and kept
(``frame``), what moves is drawn over it (``live``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeler.kit.canvas import live
from labeler.kit.canvas.frame import REACH, Frame, device_part
from labeler.kit.canvas.looks import Look, Paint, paint_of, proposed_paint
from labeler.kit.canvas.picture import Picture
from labeler.kit.canvas.pointer import Pointer, Tool
from labeler.kit.canvas.shapes import Geometry, Shape, ShapeTable, bounds_of
from labeler.kit.canvas.tags import Tag, TagSheet, lay_out, placed_tag
from labeler.kit.canvas.viewport import View
from labeler.kit.theme import Themed

__all__ = ["CanvasSurface"]

_SHARP_MS = 80
_STEP = 1.2
"""What one notch of the wheel, or one key, zooms by."""
_NOTCH = 120
_MANY = 200
"""From so many chosen shapes on only their insides are tinted; so many changes draw all anew."""


class CanvasSurface(Themed, QWidget):
    """Shows a picture and shapes; see the signals for what it tells.

    ``tool`` is ``draw`` (dragging makes a rectangle; outlines and tags are still taken by a click)
    or ``select`` (dragging moves, or chooses with a rubber band). Nothing the hands do changes the
    shapes: whoever hears of it hands the new ones in.
    """

    drawn = Signal(object)
    """A Geometry the person drew."""
    edited = Signal(object, str)
    """A dict of new Geometries by id, and what was done: ``move`` or ``resize``."""
    choice_made = Signal(object)
    """The ids the person chose, as a tuple, the one that counts most last."""
    view_changed = Signal()
    """Zoom or place became another, or the picture did."""
    pointed = Signal(object)
    """The picture's point under the pointer or the crosshair, (x, y), or None."""
    busy_changed = Signal(bool)
    """A gesture began, or ended."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.init_theme()
        self.view = View()
        self.table = ShapeTable()
        self.picture: Picture | None = None
        self.tool: Tool = "select"
        self.read_only = False
        self.all_tags = False
        self.crosshair: tuple[float, float] | None = None
        """Where the crosshair stands, in picture pixels; None where it is not shown."""
        self._looks: list[Look] = [Look()]
        self._pen = Look()
        self._paints: list[Paint] = []
        self._proposed = proposed_paint(self.theme.tokens)
        self._chosen: tuple[str, ...] = ()
        self._hovered = ""
        self._lifted: dict[str, Geometry] = {}
        self._tags: list[Tag] | None = None
        self._sheet = TagSheet(self.theme)
        self.frame = Frame()
        self._stale = True
        self._sharpen = QTimer(self)
        self._sharpen.setSingleShot(True)
        self._sharpen.setInterval(_SHARP_MS)
        self._sharpen.timeout.connect(self.refresh)
        self.pointer = Pointer(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)
        self._take_colours()

    # ------------------------------------------------------------------------------- what is shown

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
        if not keep or (width, height) != (self.view.width, self.view.height):
            self.view.set_picture(width, height)
        self._all_stale()
        self.view_changed.emit()

    def set_looks(self, looks: Sequence[Look]) -> None:
        """The looks that shapes name by number; there must be one at least."""
        if list(looks) != self._looks:
            self._looks = list(looks)
            self._take_colours()

    def set_pen(self, look: Look) -> None:
        """How a rectangle looks while it is drawn."""
        self._pen = look
        self.update()

    def set_shapes(self, shapes: Sequence[Shape]) -> None:
        """Show these shapes and no others; what is chosen and still there stays chosen."""
        self.table.set_all(shapes)
        self._keep_choice()
        self._all_stale()

    def replace_shapes(self, start: int, end: int, shapes: Sequence[Shape]) -> None:
        """Show others in the place of the shapes from ``start`` to ``end`` (exclusive)."""
        if len(shapes) + end - start > _MANY:
            self.table.replace(start, end, shapes)
            self._keep_choice()
            self._all_stale()
            return
        before = [self._bounds(row) for row in range(start, end)]
        self.table.replace(start, end, shapes)
        after = [self._bounds(row) for row in range(start, start + len(shapes))]
        self._keep_choice()
        self._tags = None
        for bounds in (*before, *after):
            self._repair(bounds)
        self.update()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen shapes, the one that counts most last."""
        return self._chosen

    def set_chosen(self, idents: Sequence[str], *, reveal: bool = False) -> None:
        """Choose shapes without a signal; with ``reveal`` bring the last into sight."""
        known = tuple(dict.fromkeys(one for one in idents if one in self.table.rows))
        if known != self._chosen:
            self._chosen = known
            self.pointer.choice_changed()
            self.update()
        if reveal and known:
            self.show_shape(known[-1])

    def choose(self, idents: Sequence[str], *, reveal: bool = True) -> None:
        """Choose shapes for the person: as ``set_chosen``, and tell."""
        before = self._chosen
        self.set_chosen(idents, reveal=reveal)
        if self._chosen != before:
            self.choice_made.emit(self._chosen)

    @property
    def hovered(self) -> str:
        """The id of the shape under the pointer, or ""."""
        return self._hovered

    def set_hovered(self, ident: str) -> None:
        """Tint this shape, or none."""
        if ident != self._hovered:
            for one in (self._hovered, ident):
                self._touch(one)
            self._hovered = ident

    def set_tool(self, tool: Tool) -> None:
        """Draw or select."""
        if tool != self.tool:
            self.tool = tool
            self.pointer.tool_changed()
            self.update()

    def set_read_only(self, read_only: bool) -> None:
        """Let shapes only be looked at and chosen."""
        self.read_only = read_only
        if read_only:
            self.pointer.cancel()
        self.pointer.tool_changed()

    def set_all_tags(self, all_tags: bool) -> None:
        """Show the tag of every shape, or only of those that are wide enough."""
        if all_tags != self.all_tags:
            self.all_tags = all_tags
            self._tags = None
            self.update()

    def paint_for(self, row: int) -> Paint:
        """How a row is painted."""
        shape = self.table.shapes[row]
        return self._proposed if shape.proposed else self._paints[shape.look]

    # ------------------------------------------------------------------------------- the view

    def fit(self) -> None:
        """Show the whole picture."""
        self.view.fit()
        self._moved_view(sharp=True)

    def zoom_to(self, zoom: float, x: float | None = None, y: float | None = None) -> None:
        """Zoom to a factor, about a point of the surface or about what is chosen or its middle."""
        if x is None or y is None:
            x, y = self._zoom_centre()
        self.view.zoom_to(zoom, x, y)
        self._moved_view()

    def zoom_by(self, steps: float, x: float | None = None, y: float | None = None) -> None:
        """Zoom in (positive) or out by steps."""
        self.zoom_to(self.view.zoom * _STEP**steps, x, y)

    def zoom_on_chosen(self) -> bool:
        """Make what is chosen fill most of the surface; False where nothing is chosen."""
        rows = [self.table.rows[one] for one in self._chosen if self._bounds_of(one) is not None]
        if not rows:
            return False
        bounds = self.table.bounds[rows]
        low, high = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
        self.view.zoom_on(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        self._moved_view(sharp=True)
        return True

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by logical pixels."""
        self.view.pan(dx, dy)
        self._moved_view()

    def look_at(self, x: float, y: float, zoom: float | None = None) -> None:
        """Put a point of the picture into the middle."""
        self.view.look_at(x, y, zoom)
        self._moved_view()

    def show_shape(self, ident: str) -> None:
        """Bring a shape into sight."""
        bounds = self._bounds_of(ident)
        if bounds is not None and self.view.show_rect(*bounds):
            self._moved_view(sharp=True)

    def _zoom_centre(self) -> tuple[float, float]:
        if self.crosshair is not None and self.pointer.by_keys:
            return self.view.to_screen(*self.crosshair)
        bounds = self._bounds_of(self._chosen[-1]) if self._chosen else None
        if bounds is not None:
            x, y = self.view.to_screen((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
            if self.rect().contains(int(x), int(y)):
                return x, y
        return self.width() / 2, self.height() / 2

    def _moved_view(self, *, sharp: bool = False) -> None:
        """The view became another: shift what is drawn, or show it scaled until it is drawn anew."""
        self._tags = None
        if not self.frame.follow(self.view):
            if sharp:
                self._stale = True
            else:
                self._sharpen.start()
        self.pointer.view_moved()
        self.view_changed.emit()
        self.update()

    # ------------------------------------------------------------------------------- for gestures

    def lift(self, moved: dict[str, Geometry]) -> None:
        """Show these shapes elsewhere while they are under way; {} puts them back."""
        before, after = set(self._lifted), set(moved)
        for one in before | after:
            self._touch(one)
        self._lifted = dict(moved)
        if before != after:
            self.frame.lifted = frozenset(after)
            self._tags = None
            for one in before ^ after:
                bounds = self._bounds_of(one)
                if bounds is not None and not self._stale:
                    self._repair(bounds)
        for one in after:
            self._touch(one)

    def place_of(self, ident: str) -> Geometry | None:
        """Where a shape is now, under way or at rest."""
        shape = self.table.shape(ident)
        return self._lifted.get(ident) or (shape.geometry if shape is not None else None)

    def tag_at(self, x: float, y: float) -> str:
        """The id of the shape whose tag is under a point of the surface, or ""."""
        point = QRect(int(x), int(y), 1, 1)
        for tag in self._laid_tags():
            if tag.rect.intersects(point) and self.table.catches[self.table.rows[tag.id]]:
                return tag.id
        return ""

    # ------------------------------------------------------------------------------- painting

    def refresh(self) -> None:
        """Draw everything sharp with the next frame."""
        self._stale = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._stale:
            self._sharpen.stop()
            self._render()
        painter = QPainter(self)
        # The painter is clipped to what was asked for: a crosshair costs two lines, not all between.
        part = event.region().boundingRect()
        self.frame.draw(painter, part, self.view)
        if not self.view.empty:
            self._paint_live(painter, part)
        painter.end()

    def _render(self) -> None:
        self._stale = False
        self.frame.show(
            self.table, self.picture, self._paints, self._proposed, self.theme.tokens.canvas
        )
        self.frame.render(self.view)

    def _paint_live(self, painter: QPainter, part: QRect) -> None:
        media, tokens = self.theme.tokens.media, self.theme.tokens
        chosen = [one for one in self._chosen if self._drawn(one)]
        many = len(chosen) > _MANY
        moving = bool(self._lifted) or self.pointer.drafted is not None
        if many:
            rows = [self.table.rows[one] for one in chosen if one not in self._lifted]
            live.draw_fills(painter, self.table, rows, self.view, self.paint_for, part)
        for ident in dict.fromkeys([*([] if many else chosen), self._hovered, *self._lifted]):
            shape = self._now(ident)
            if shape is None or not self._drawn(ident) or not self._rect_of(shape).intersects(part):
                continue
            paint = self.paint_for(self.table.rows[ident])
            # While something is dragged its edges are what is looked at.
            if ident not in self._lifted:
                share = media.fill_selected if ident in self._chosen else media.fill_hover
                live.draw_fill(painter, shape, self.view, paint.hue, share)
            live.draw_shape(painter, shape, self.view, paint)
        self._paint_tags(painter, chosen if not many else [], part)
        for row in self.table.locked_in(*self.view.in_sight()):
            geometry = self.table.shapes[row].geometry
            if geometry is not None:
                live.draw_lock(painter, self.theme, geometry, self.view)
        handled = self.pointer.handled()
        if handled is not None:
            live.draw_handles(painter, self.theme, handled, self.view)
        if self.pointer.drafted is not None:
            draft = Shape("", self.pointer.drafted)
            live.draw_shape(painter, draft, self.view, paint_of(tokens, self._pen))
        if self.pointer.band is not None:
            live.draw_band(painter, self.pointer.band, self.theme)
        if self.crosshair is not None and (not moving or self.pointer.drafted is not None):
            at = self.view.to_screen(*self.crosshair)
            live.draw_crosshair(painter, *at, self.view, self.theme)

    def _paint_tags(self, painter: QPainter, chosen: Sequence[str], part: QRect) -> None:
        lively = {*chosen, self._hovered}
        for tag in self._laid_tags():
            if tag.id not in lively and tag.rect.intersects(part):
                self._sheet.draw(painter, tag, self.view.dpr)
        handled = self.pointer.handled()
        side = self.theme.tokens.sizes.handle
        for ident in [*chosen, self._hovered]:
            shape = self._now(ident)
            if shape is None or not shape.tag or shape.geometry is None or not self._drawn(ident):
                continue
            handles = live.handle_rects(handled, self.view, side) if handled is not None else []
            row = self.table.rows[ident]
            bounds = bounds_of(shape.geometry)
            rect = placed_tag(bounds, shape.tag, self.view, self._sheet, clear_of=handles)
            self._sheet.draw(
                painter, Tag(ident, rect, shape.tag, self.paint_for(row)), self.view.dpr
            )

    def _laid_tags(self) -> list[Tag]:
        if self._tags is None:
            self._tags = lay_out(
                self.table,
                self.view,
                self._sheet,
                self.paint_for,
                everything=self.all_tags
                or len(self._looks) > len(self.theme.tokens.label_entries) * 3,
                without=self._lifted,
            )
        return self._tags

    # ------------------------------------------------------------------------------- Qt

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    def focus_rect(self) -> QRect:
        """What is ringed: the surface from inside, for its neighbours would hide a ring outside."""
        sizes = self.theme.tokens.sizes
        reach = sizes.focus_width + sizes.focus_gap
        return self.rect().adjusted(reach, reach, -reach, -reach)

    def theme_changed(self) -> None:
        super().theme_changed()
        self._sheet.clear()
        self._take_colours()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._take_room()
        if isinstance(event, QNativeGestureEvent) and self._gestured(event):
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # Two quick clicks are two clicks: they are how a rectangle is drawn.
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointer.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.pointer.key_pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.pointer.key_released(event):
            super().keyReleaseEvent(event)

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

    def _take_room(self) -> None:
        self.view.set_room(self.width(), self.height(), self.devicePixelRatioF())
        self._all_stale()
        self.view_changed.emit()

    def _take_colours(self) -> None:
        tokens = self.theme.tokens
        self._paints = [paint_of(tokens, look) for look in self._looks]
        self._proposed = proposed_paint(tokens)
        self._all_stale()

    def _all_stale(self) -> None:
        self._stale = True
        self._tags = None
        self.update()

    def _keep_choice(self) -> None:
        rows = self.table.rows
        if any(one not in rows for one in self._chosen):
            self._chosen = tuple(one for one in self._chosen if one in rows)
        if self._hovered not in rows:
            self._hovered = ""
        self.pointer.shapes_changed()

    def _drawn(self, ident: str) -> bool:
        row = self.table.rows.get(ident)
        return row is not None and bool(self.table.drawn[row])

    def _now(self, ident: str) -> Shape | None:
        """A shape where it is now."""
        shape = self.table.shape(ident)
        moved = self._lifted.get(ident)
        if shape is None or moved is None or shape.geometry is None:
            return shape
        dx, dy = moved.x - shape.geometry.x, moved.y - shape.geometry.y
        rings = tuple(tuple((x + dx, y + dy) for x, y in ring) for ring in shape.rings)
        dots = tuple((x + dx, y + dy, seen) for x, y, seen in shape.dots)
        return shape._replace(geometry=moved, rings=rings, dots=dots)

    def _bounds(self, row: int) -> tuple[float, float, float, float]:
        left, top, right, bottom = self.table.bounds[row]
        return float(left), float(top), float(right), float(bottom)

    def _bounds_of(self, ident: str) -> tuple[float, float, float, float] | None:
        row = self.table.rows.get(ident)
        if row is None or self.table.shapes[row].geometry is None:
            return None
        return self._bounds(row)

    def _repair(self, bounds: tuple[float, float, float, float]) -> None:
        if bounds[0] == bounds[0] and not self._stale:  # a shape without a place has no number
            self.frame.repair(device_part(self.view, *bounds))

    def _rect_of(self, shape: Shape) -> QRect:
        """What of the surface a shape may touch, its tag and handles included."""
        if shape.geometry is None:
            return QRect()
        bounds = bounds_of(shape.geometry)
        left, top = self.view.to_screen(*bounds[:2])
        right, bottom = self.view.to_screen(*bounds[2:])
        tall = self._sheet.height + REACH
        wide = self._sheet.width(shape.tag) + REACH if shape.tag else REACH
        rect = QRectF(left - REACH, top - tall, right - left + 2 * REACH, bottom - top + 2 * tall)
        rect.adjust(0, 0, wide, 0)
        return (rect & QRectF(self.rect())).toAlignedRect()

    def _touch(self, ident: str) -> None:
        shape = self._now(ident)
        if shape is not None:
            self.update(self._rect_of(shape))
