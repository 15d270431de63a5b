"""The image surface: a picture with regions on it, drawn, zoomed, chosen, made and moved by hand.

It knows shapes, looks and ids and nothing of labels, values or undo: whoever uses it hands shapes in
and hears what hands did. Ten thousand regions are as quick as ten: what rests is drawn once and kept
(``frame``), what moves is drawn over it (``live``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from labeler.kit.canvas.frame import REACH, device_part
from labeler.kit.canvas.looks import Look, Paint, paint_of, proposed_paint
from labeler.kit.canvas.painting import paint_live
from labeler.kit.canvas.pointer import Pointer, Tool
from labeler.kit.canvas.shapes import Geometry, Shape, ShapeTable, bounds_of, differing
from labeler.kit.canvas.tags import Tag, TagSheet, carried, lay_out, place_of
from labeler.kit.canvas.zooming import PictureSurface

__all__ = ["CanvasSurface"]

_PATCHES = 40
"""So many changes at once are drawn one by one; of more, everything is: in pieces, it takes no longer."""


class CanvasSurface(PictureSurface):
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
    pointed = Signal(object)
    """The picture's point under the pointer or the crosshair, (x, y), or None."""
    busy_changed = Signal(bool)
    """A gesture began, or ended."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.table = ShapeTable()
        self.tool: Tool = "select"
        self.read_only = False
        self.all_tags = False
        self.crosshair: tuple[float, float] | None = None
        """Where the crosshair stands, in picture pixels; None where it is not shown."""
        self._looks: list[Look] = [Look()]
        self.pen = Look()
        self._paints: list[Paint] = []
        self._proposed = proposed_paint(self.theme.tokens)
        self._chosen: tuple[str, ...] = ()
        self._hovered = ""
        self.lifted: dict[str, Geometry] = {}
        self._tags: list[Tag] | None = None
        self._tags_at = (0.0, 0.0, 0.0)
        self._carried: tuple[tuple[float, float, float], list[Tag]] | None = None
        self.sheet = TagSheet(self.theme)
        self.pointer = Pointer(self)
        self.setMouseTracking(True)
        self._take_colours()

    # ------------------------------------------------------------------------------- what is shown

    def set_looks(self, looks: Sequence[Look]) -> None:
        """The looks that shapes name by number; there must be one at least."""
        if list(looks) != self._looks:
            self._looks = list(looks)
            self._take_colours()

    def set_pen(self, look: Look) -> None:
        """How a rectangle looks while it is drawn."""
        self.pen = look
        self.update()

    def set_shapes(self, shapes: Sequence[Shape]) -> None:
        """Show these shapes and no others; what is chosen and still there stays chosen."""
        self.table.set_all(shapes)
        self._keep_choice()
        self.all_stale()

    def replace_shapes(self, start: int, end: int, shapes: Sequence[Shape]) -> None:
        """Show others in the place of the shapes from ``start`` to ``end`` (exclusive).

        Only those that are not as they were are drawn anew, unless they are very many.
        """
        out, come = differing(self.table.shapes[start:end], shapes)
        before = [self._bounds(start + row) for row in out]
        if len(shapes) == end - start and out == come and 16 * len(come) <= len(shapes):
            # Few of many, each in its place: all together would be written quicker, were they all.
            for row in come:
                self.table.replace(start + row, start + row + 1, shapes[row : row + 1])
        else:
            self.table.replace(start, end, shapes)
        after = [self._bounds(start + row) for row in come]
        self._keep_choice()
        self._tags = None
        self._repair(*before, *after)
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
            self._touch((self._hovered, ident))
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

    def zoom_on_chosen(self) -> bool:
        """Make what is chosen fill most of the surface; False where nothing is chosen."""
        rows = [self.table.rows[one] for one in self._chosen if self._bounds_of(one) is not None]
        if not rows:
            return False
        bounds = self.table.bounds[rows]
        low, high = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
        self.view.zoom_on(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        self.moved_view(sharp=True)
        return True

    def show_shape(self, ident: str) -> None:
        """Bring a shape into sight."""
        bounds = self._bounds_of(ident)
        if bounds is not None and self.view.show_rect(*bounds):
            self.moved_view(sharp=True)

    # ------------------------------------------------------------------------------- for gestures

    def lift(self, moved: dict[str, Geometry]) -> None:
        """Show these shapes elsewhere while they are under way; {} puts them back."""
        before, after = set(self.lifted), set(moved)
        self._touch(before | after)
        self.lifted = dict(moved)
        if before != after:
            self.frame.leave_out(after)
            self._tags = None
            places = (self._bounds_of(one) for one in before ^ after)
            self._repair(*(place for place in places if place is not None))
        self._touch(after)

    def place_of(self, ident: str) -> Geometry | None:
        """Where a shape is now, under way or at rest."""
        shape = self.table.shape(ident)
        return self.lifted.get(ident) or (shape.geometry if shape is not None else None)

    def tag_at(self, x: float, y: float) -> str:
        """The id of the shape whose tag is under a point of the surface, or ""."""
        tags, shift = self.shifted_tags()
        point = QRect(int(x) - shift.x(), int(y) - shift.y(), 1, 1)
        for tag in tags:
            if tag.rect.intersects(point) and self.table.catches[self.table.rows[tag.id]]:
                return tag.id
        return ""

    # ------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        self.render_now()
        painter = QPainter(self)
        # The painter is clipped to what was asked for: a crosshair costs two lines, not all between.
        part = event.region().boundingRect()
        self.frame.draw(painter, part, self.view)
        if not self.view.empty:
            paint_live(self, painter, part)
        painter.end()

    def show_frame(self) -> None:
        """Tell the frame what rests: the picture and all shapes."""
        ground = self.theme.tokens.canvas
        self.frame.show(self.table, self.picture, self._paints, self._proposed, ground)

    def view_moved(self, *, jumped: bool) -> None:
        """Tags hang elsewhere now, and something else may be under the pointer."""
        far = self.view.room[0] / 2
        moved = abs(self.view.left - self._tags_at[0]) + abs(self.view.top - self._tags_at[1])
        if jumped or moved > far:
            self._tags = None
        self.pointer.view_moved()

    def came_to_rest(self) -> None:
        """The view rests: tags are laid out for what is seen now."""
        if place_of(self.view) != self._tags_at:
            self._tags = None
            self.update()

    def all_stale(self) -> None:
        """Everything has to be drawn anew."""
        self._tags = None
        super().all_stale()

    def zoom_centre(self) -> tuple[float, float]:
        """The crosshair while keys move it, else what is chosen, else the middle."""
        if self.crosshair is not None and self.pointer.by_keys:
            return self.view.to_screen(*self.crosshair)
        bounds = self._bounds_of(self._chosen[-1]) if self._chosen else None
        if bounds is not None:
            x, y = self.view.to_screen((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
            if self.rect().contains(int(x), int(y)):
                return x, y
        return super().zoom_centre()

    def laid_tags(self) -> list[Tag]:
        """The tags at rest: laid out where the view rests, carried along while it moves."""
        tags, shift = self.shifted_tags()
        return tags if shift.isNull() else [tag.moved(shift) for tag in tags]

    def shifted_tags(self) -> tuple[list[Tag], QPoint]:
        """The tags at rest, and how far all of them are to be moved: panning costs one addition."""
        now = place_of(self.view)
        if self._tags is None:
            tokens = self.theme.tokens
            # Beyond these no pattern tells labels of one hue apart; the first look has no label.
            most = len(tokens.label_entries) * len(tokens.label_rounds)
            beyond = len(self._looks) - 1 > most
            self._tags = lay_out(
                self.table,
                self.view,
                self.sheet,
                self.paint_for,
                everything=self.all_tags or beyond,
                without=self.lifted,
            )
            self._tags_at, self._carried = now, None
        before = self._tags_at
        if now[2] == before[2]:
            return self._tags, QPoint(*(round(now[n]) - round(before[n]) for n in (0, 1)))
        if self._carried is None or self._carried[0] != now:
            self._carried = now, carried(self._tags, before, self.view)
        return self._carried[1], QPoint()

    # ------------------------------------------------------------------------------- Qt

    def theme_changed(self) -> None:
        super().theme_changed()
        self.sheet.clear()
        self._take_colours()

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
        if not self.pointer.space(event, down=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.pointer.space(event, down=False):
            super().keyReleaseEvent(event)

    # ------------------------------------------------------------------------------- inside

    def _take_colours(self) -> None:
        tokens = self.theme.tokens
        self._paints = [paint_of(tokens, look) for look in self._looks]
        self._proposed = proposed_paint(tokens)
        self.all_stale()

    def _keep_choice(self) -> None:
        rows = self.table.rows
        if any(one not in rows for one in self._chosen):
            self._chosen = tuple(one for one in self._chosen if one in rows)
        if self._hovered not in rows:
            self._hovered = ""
        self.pointer.shapes_changed()

    def drawn_now(self, ident: str) -> bool:
        """Whether a shape is there and drawn."""
        row = self.table.rows.get(ident)
        return row is not None and bool(self.table.drawn[row])

    def now(self, ident: str) -> Shape | None:
        """A shape where it is now."""
        shape = self.table.shape(ident)
        moved = self.lifted.get(ident)
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

    def _repair(self, *places: tuple[float, float, float, float]) -> None:
        """Draw what lies at these bounds anew: as patches, or everything where they are many."""
        if len(places) > _PATCHES:
            self.refresh()
        elif not self.stale:
            for bounds in places:
                if bounds[0] == bounds[0]:  # a shape without a place has no number
                    self.frame.repair(device_part(self.view, *bounds))

    def rect_of(self, shape: Shape) -> QRect:
        """What of the surface a shape may touch, its tag and handles included."""
        if shape.geometry is None:
            return QRect()
        bounds = bounds_of(shape.geometry)
        left, top = self.view.to_screen(*bounds[:2])
        right, bottom = self.view.to_screen(*bounds[2:])
        tall = self.sheet.height + REACH
        wide = self.sheet.width(shape.tag) + REACH if shape.tag else REACH
        rect = QRectF(left - REACH, top - tall, right - left + 2 * REACH, bottom - top + 2 * tall)
        # A tag that would run out at the right stands further to the left.
        rect.adjust(min(0.0, self.view.room[0] - left - wide), 0, wide, 0)
        return (rect & QRectF(self.rect())).toAlignedRect()

    def _touch(self, idents: Collection[str]) -> None:
        """Paint what of the surface these shapes may touch with the next frame."""
        if len(idents) > _PATCHES:
            self.update()
            return
        for one in idents:
            shape = self.now(one)
            if shape is not None:
                self.update(self.rect_of(shape))
