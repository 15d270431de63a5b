"""What the mouse does on the surface: draw, move, resize, choose, pan; every drag has a click path.

A gesture is one object with a life: it follows the pointer, and at its end either tells what was
done or leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from labeler.kit.canvas.handles import cursor_of, handle_at, pulled
from labeler.kit.canvas.shapes import Geometry, bounds_of

if TYPE_CHECKING:
    from labeler.kit.canvas.surface import CanvasSurface

__all__ = ["Pointer", "Tool", "held_inside", "rounded"]

Tool = Literal["select", "draw"]
_Kind = Literal["", "pan", "draw", "corner", "move", "resize", "band", "click"]

_DRAG = 4
"""Logical pixels a press has to travel to be a drag."""
_LINE_REACH = 4
"""Logical pixels within which an outline is meant."""
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Pointer:
    """One surface's gestures. ``drafted`` is a rectangle being drawn, ``band`` a rubber band."""

    def __init__(self, surface: CanvasSurface) -> None:
        self._surface = surface
        self._kind: _Kind = ""
        self._press = QPointF()
        self._at = QPointF()
        self._start: tuple[float, float] = (0.0, 0.0)
        self._origin: dict[str, Geometry] = {}
        self._handle = ""
        self._space = False
        self._added = False
        self._before: tuple[str, ...] = ()
        self.drafted: Geometry | None = None
        self.band: QRectF | None = None
        self.by_keys = False
        """Whether the crosshair is moved by keys now, not by the mouse."""

    @property
    def busy(self) -> bool:
        """Whether a gesture is under way, a first corner that waits for its second included."""
        return self._kind not in ("", "click")

    @property
    def drawing(self) -> bool:
        """Whether a rectangle is being drawn."""
        return self.drafted is not None

    @property
    def waits_for_corner(self) -> bool:
        """Whether a first corner is set and the second is to follow."""
        return self._kind == "corner"

    # ------------------------------------------------------------------------------- the mouse

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        surface, at = self._surface, event.position()
        self._press = self._at = at
        self.by_keys = False
        if surface.view.empty:
            return
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or (self._space and event.button() == Qt.MouseButton.LeftButton):
            self._held = self._kind
            self._begin("pan")
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._kind == "corner":
            return  # its release sets the second corner
        handle = self._handle_under(at)
        if handle:
            self._handle = handle
            ident = surface.chosen[-1]
            geometry = surface.place_of(ident)
            if geometry is not None:
                self._origin = {ident: geometry}
                self._start = surface.view.to_image(at.x(), at.y())
                self._begin("resize")
            return
        self._before = surface.chosen
        found = self._under(at, event.modifiers())
        if found:
            self._added = bool(event.modifiers() & _HELD)
            if found[0] not in surface.chosen and not any(one in surface.chosen for one in found):
                chosen = (*surface.chosen, found[0]) if self._added else (found[0],)
                surface.choose(chosen, reveal=False)
            self._kind = "click"
            return
        self._kind = "click"

    _held: _Kind = ""

    def move(self, event: QMouseEvent) -> None:
        """The pointer moved, a button held or not."""
        surface, at = self._surface, event.position()
        last, self._at = self._at, at
        self.by_keys = False
        if surface.view.empty:
            return
        if self._kind == "pan":
            surface.pan(at.x() - last.x(), at.y() - last.y())
            return
        if self._kind == "click" and event.buttons() & Qt.MouseButton.LeftButton:
            if (at - self._press).manhattanLength() >= _DRAG:
                self._begin_drag(event.modifiers())
        self._follow()
        self._hover(at, event.modifiers())

    def release(self, event: QMouseEvent) -> None:
        """A button went up: the end of a drag, or a click."""
        surface = self._surface
        self._at = event.position()
        if self._kind == "pan":
            self._kind = self._held
            self._held = ""
            self._shape_cursor()
            surface.busy_changed.emit(self.busy)
            return
        if event.button() != Qt.MouseButton.LeftButton or surface.view.empty:
            return
        kind = self._kind
        if kind == "click":
            self._kind = ""
            self._clicked(event.modifiers())
        elif kind == "corner":
            self._follow()
            if self._worth():
                self._finish_draft()
        elif kind:
            self._follow()
            self.finish()
        self._hover(self._at, event.modifiers())

    def leave(self) -> None:
        """The pointer left the surface."""
        surface = self._surface
        surface.set_hovered("")
        if not self.by_keys and not self.drawing:
            self._show_crosshair(None)
        surface.pointed.emit(None)

    # ------------------------------------------------------------------------------- the keyboard

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Space, held, makes the hand that pans."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if not event.isAutoRepeat():
                self._space = True
                self._shape_cursor()
            return True
        return False

    def key_released(self, event: QKeyEvent) -> bool:
        """Space was let go."""
        if event.key() == Qt.Key.Key_Space and self._space:
            if not event.isAutoRepeat():
                self._space = False
                self._shape_cursor()
            return True
        return False

    def move_crosshair(self, dx: float, dy: float) -> None:
        """Move the crosshair by picture pixels, bringing it on if it is not there."""
        surface = self._surface
        view = surface.view
        if view.empty:
            return
        at = surface.crosshair if surface.crosshair is not None else self._first_place()
        x = min(max(self._round(at[0] + dx), 0.0), float(view.width))
        y = min(max(self._round(at[1] + dy), 0.0), float(view.height))
        self.by_keys = True
        self._show_crosshair((x, y))
        if view.show_rect(x, y, x, y):
            surface.look_at(*view.centre)
        if self._kind == "corner":
            self._draft_to(x, y)
        surface.pointed.emit((x, y))

    def set_corner(self) -> None:
        """Set a corner at the crosshair: the first, or the second, which ends the rectangle."""
        surface = self._surface
        if surface.view.empty or surface.read_only:
            return
        if surface.crosshair is None:
            self.move_crosshair(0, 0)
            return
        self.by_keys = True
        if self._kind == "corner":
            if self._worth():
                self._finish_draft()
            return
        x, y = surface.crosshair
        self._start = (self._round(x), self._round(y))
        self.drafted = Geometry(*self._start, 0.0, 0.0)
        self._begin("corner")

    # ------------------------------------------------------------------------------- ends

    def finish(self) -> None:
        """End what is under way: tell what was done, or drop it where it is nothing."""
        surface, kind = self._surface, self._kind
        if kind == "corner":
            self.cancel()
        elif kind == "draw":
            if self._worth():
                self._finish_draft()
            else:
                self.cancel()
        elif kind in ("move", "resize"):
            moved = {
                one: geometry
                for one in self._origin
                if (geometry := surface.place_of(one)) is not None and geometry != self._origin[one]
            }
            self._end()
            if moved:
                surface.edited.emit(moved, kind)
        elif kind == "band":
            self._finish_band()
        elif kind:
            self._end()

    def cancel(self) -> bool:
        """Leave everything as it was; whether there was anything under way."""
        if not self._kind:
            return False
        self._end()
        return True

    def _end(self) -> None:
        surface = self._surface
        was_busy = self.busy
        self._kind = self._held = ""
        self._origin = {}
        self.drafted = self.band = None
        surface.lift({})
        self._shape_cursor()
        surface.update()
        if was_busy:
            surface.busy_changed.emit(False)

    def choice_changed(self) -> None:
        """Others are chosen: what was meant to be moved may not be."""
        if self._kind in ("move", "resize"):
            self.cancel()

    def shapes_changed(self) -> None:
        """Other shapes are there."""
        if any(one not in self._surface.table.rows for one in self._origin):
            self.cancel()

    def tool_changed(self) -> None:
        """Another tool is in the hand."""
        if self._kind in ("draw", "corner", "band"):
            self.cancel()
        if self._surface.tool != "draw" or self._surface.read_only:
            self._show_crosshair(None)
        self._shape_cursor()

    def view_moved(self) -> None:
        """The picture moved under a pointer that did not."""
        if self._kind != "pan" and not self.by_keys:
            self._follow()
            self._hover(self._at, Qt.KeyboardModifier.NoModifier, point=False)

    # ------------------------------------------------------------------------------- inside

    def handled(self) -> Geometry | None:
        """The rectangle that has handles now: the only chosen one, if it may be changed."""
        surface = self._surface
        if surface.read_only or len(surface.chosen) != 1 or self._kind == "move":
            return None
        shape = surface.table.shape(surface.chosen[0])
        if shape is None or shape.proposed or shape.locked or shape.hidden:
            return None
        if shape.rings or shape.dots:
            return None
        return surface.place_of(shape.id)

    def _begin(self, kind: _Kind) -> None:
        self._kind = kind
        self._shape_cursor()
        self._surface.busy_changed.emit(True)

    def _begin_drag(self, held: Qt.KeyboardModifier) -> None:
        """A press travelled far enough: it moves what is chosen under it, draws, or bands."""
        surface = self._surface
        under = self._under(self._press, held)
        movable = self._movable(surface.chosen)
        x, y = surface.view.to_image(self._press.x(), self._press.y())
        if under and any(one in surface.chosen for one in under) and movable:
            self._origin = movable
            self._start = (x, y)
            self._begin("move")
        elif surface.tool == "draw" and not surface.read_only and not under and not held & _HELD:
            self._start = self._inside(x, y)
            self.drafted = Geometry(*self._start, 0.0, 0.0)
            self._begin("draw")
        elif not under or surface.read_only:
            self.band = QRectF(self._press, self._press)
            self._added = bool(held & _HELD)
            self._begin("band")

    def _movable(self, idents: Sequence[str]) -> dict[str, Geometry]:
        """Where those of the shapes are that may be moved."""
        surface = self._surface
        if surface.read_only:
            return {}
        found = {}
        for one in idents:
            shape = surface.table.shape(one)
            if shape is None or shape.geometry is None:
                continue
            if not (shape.proposed or shape.locked or shape.hidden):
                found[one] = shape.geometry
        return found

    def _follow(self) -> None:
        """What is under way goes to where the pointer is."""
        surface, at = self._surface, self._at
        x, y = surface.view.to_image(at.x(), at.y())
        if self._kind in ("draw", "corner"):
            self._draft_to(*self._inside(x, y))
        elif self._kind == "move":
            dx, dy = self._step(x - self._start[0]), self._step(y - self._start[1])
            size = (surface.view.width, surface.view.height)
            dx, dy = held_inside(self._origin.values(), dx, dy, *size)
            surface.lift(
                {
                    one: old._replace(x=rounded(old.x + dx), y=rounded(old.y + dy))
                    for one, old in self._origin.items()
                }
            )
        elif self._kind == "resize":
            [(ident, old)] = self._origin.items()
            if old.rotation % 360 == 0:
                dx, dy = self._to_grid(old, x - self._start[0], y - self._start[1])
            else:
                dx, dy = x - self._start[0], y - self._start[1]
            x, y, width, height, turn = (
                rounded(part) for part in pulled(old, self._handle, dx, dy, self._least)
            )
            surface.lift({ident: Geometry(x, y, width, height, turn)})
        elif self._kind == "band" and self.band is not None:
            self.band = QRectF(self._press, at).normalized()
            surface.update()

    def _to_grid(self, old: Geometry, dx: float, dy: float) -> tuple[float, float]:
        """How far a handle goes so that its side lands on the grid and in the picture."""
        view = self._surface.view
        left = "w" in self._handle
        top = "n" in self._handle
        side_x = old.x if left else old.x + old.width
        side_y = old.y if top else old.y + old.height
        to_x, to_y = self._round(side_x + dx), self._round(side_y + dy)
        # What an import brought from outside the picture may stay there, and come nearer.
        to_x = min(max(to_x, min(0.0, side_x)), max(float(view.width), side_x))
        to_y = min(max(to_y, min(0.0, side_y)), max(float(view.height), side_y))
        return to_x - side_x, to_y - side_y

    def _draft_to(self, x: float, y: float) -> None:
        x0, y0 = self._start
        left, top = min(x0, x), min(y0, y)
        self.drafted = Geometry(left, top, rounded(abs(x - x0)), rounded(abs(y - y0)))
        self._surface.update()

    def _worth(self) -> bool:
        """Whether what is drawn is a rectangle and not a slip of the hand."""
        draft = self.drafted
        return draft is not None and draft.width > 0 and draft.height > 0

    def _finish_draft(self) -> None:
        draft = self.drafted
        self._end()
        if draft is not None:
            self._surface.drawn.emit(draft)

    def _finish_band(self) -> None:
        surface, band = self._surface, self.band
        before = surface.chosen if self._added else ()
        self._end()
        if band is None:
            return
        left, top = surface.view.to_image(band.left(), band.top())
        right, bottom = surface.view.to_image(band.right(), band.bottom())
        rows = surface.table.within(left, top, right, bottom)
        found = [surface.table.shapes[row].id for row in rows]
        surface.choose([*before, *found], reveal=False)

    def _clicked(self, held: Qt.KeyboardModifier) -> None:
        """A press that did not travel: choose, choose the next one below, or set a corner."""
        surface = self._surface
        under = self._under(self._press, held)
        adding = bool(held & _HELD)
        if not under:
            if surface.tool == "draw" and not surface.read_only and not adding:
                x, y = surface.view.to_image(self._press.x(), self._press.y())
                if 0 <= x <= surface.view.width and 0 <= y <= surface.view.height:
                    self._start = self._inside(x, y)
                    self.drafted = Geometry(*self._start, 0.0, 0.0)
                    self._begin("corner")
                    return
            if not adding:
                surface.choose((), reveal=False)
            return
        if adding:
            if under[0] in self._before:
                left = [one for one in surface.chosen if one != under[0]]
                surface.choose(left, reveal=False)
            elif under[0] not in surface.chosen:
                surface.choose((*surface.chosen, under[0]), reveal=False)
            return
        there = [one for one in self._before if one in under]
        if len(self._before) == 1 and there:
            # Clicked again: the next larger one below, and round.
            following = under[(under.index(there[0]) + 1) % len(under)]
            surface.choose((following,), reveal=False)
        else:
            surface.choose((under[0],), reveal=False)

    def _under(self, at: QPointF, held: Qt.KeyboardModifier) -> list[str]:
        """What a press means here, the nearest to the hand first.

        With the drawing tool in the hand only outlines and tags are taken, so that a rectangle can
        be begun inside another; Ctrl and Shift take insides too.
        """
        surface = self._surface
        x, y = surface.view.to_image(at.x(), at.y())
        reach = _LINE_REACH / surface.view.zoom
        if surface.tool == "draw" and not surface.read_only and not held & _HELD:
            rows = surface.table.on_outline(x, y, reach)
        else:
            rows = surface.table.under(x, y, reach)
        found = [surface.table.shapes[row].id for row in rows]
        tag = surface.tag_at(at.x(), at.y())
        if tag:
            found = [tag, *(one for one in found if one != tag)]
        return found

    def _handle_under(self, at: QPointF) -> str:
        geometry = self.handled()
        if geometry is None:
            return ""
        surface = self._surface
        x, y = surface.view.to_image(at.x(), at.y())
        hit = surface.theme.tokens.sizes.handle_hit
        return handle_at(geometry, x, y, surface.view.zoom, hit)

    def _hover(self, at: QPointF, held: Qt.KeyboardModifier, *, point: bool = True) -> None:
        surface = self._surface
        x, y = surface.view.to_image(at.x(), at.y())
        if point:
            surface.pointed.emit((x, y))
            draws = surface.tool == "draw" and not surface.read_only
            self._show_crosshair(self._inside(x, y) if draws else None)
        if self.busy:
            surface.set_hovered("")
            return
        under = self._under(at, held)
        surface.set_hovered(under[0] if under else "")
        self._shape_cursor(under)

    def _show_crosshair(self, at: tuple[float, float] | None) -> None:
        surface = self._surface
        if at == surface.crosshair:
            return
        for place in (surface.crosshair, at):
            if place is not None:
                x, y = (round(one) for one in surface.view.to_screen(*place))
                surface.update(0, y - 2, surface.width(), 5)
                surface.update(x - 2, 0, 5, surface.height())
        surface.crosshair = at

    def _first_place(self) -> tuple[float, float]:
        """Where the crosshair comes on: at what is chosen, else in the middle of what is seen."""
        surface = self._surface
        if surface.chosen:
            geometry = surface.place_of(surface.chosen[-1])
            if geometry is not None:
                return geometry.x + geometry.width, geometry.y + geometry.height
        x, y = surface.view.centre
        return self._inside(x, y)

    def _shape_cursor(self, under: Sequence[str] = ()) -> None:
        surface = self._surface
        shapes = Qt.CursorShape
        if self._kind == "pan":
            shape = shapes.ClosedHandCursor
        elif self._space:
            shape = shapes.OpenHandCursor
        elif self._kind == "resize":
            [old] = self._origin.values()
            shape = cursor_of(self._handle, old.rotation)
        elif self._kind == "move":
            shape = shapes.SizeAllCursor
        elif self._kind in ("draw", "corner"):
            shape = shapes.CrossCursor
        elif surface.view.empty:
            shape = shapes.ArrowCursor
        else:
            shape = self._resting_cursor(under)
        if surface.cursor().shape() != shape:
            surface.setCursor(shape)

    def _resting_cursor(self, under: Sequence[str]) -> Qt.CursorShape:
        surface = self._surface
        handle = self._handle_under(self._at)
        geometry = self.handled()
        if handle and geometry is not None:
            return cursor_of(handle, geometry.rotation)
        if under and any(one in surface.chosen for one in under):
            return (
                Qt.CursorShape.SizeAllCursor if self._movable(under) else Qt.CursorShape.ArrowCursor
            )
        if under:
            return Qt.CursorShape.PointingHandCursor
        if surface.tool == "draw" and not surface.read_only:
            return Qt.CursorShape.CrossCursor
        return Qt.CursorShape.ArrowCursor

    # coordinates

    @property
    def _least(self) -> float:
        return 1.0 if self._surface.view.zoom <= 1 else 0.1

    def _step(self, by: float) -> float:
        """A distance in whole steps of what the hand can aim at."""
        return round(by) if self._least == 1.0 else round(by, 1)

    def _round(self, at: float) -> float:
        return float(self._step(at))

    def _inside(self, x: float, y: float) -> tuple[float, float]:
        """A point on the grid and in the picture."""
        view = self._surface.view
        return (
            min(max(self._round(x), 0.0), float(view.width)),
            min(max(self._round(y), 0.0), float(view.height)),
        )


def rounded(value: float) -> float:
    """Without what is left over by arithmetic: a thousandth of a pixel is nobody's intent."""
    return round(value, 3) + 0.0


def held_inside(
    geometries: Iterable[Geometry], dx: float, dy: float, width: float, height: float
) -> tuple[float, float]:
    """How far rectangles may be moved together so that none that is in the picture leaves it.

    One that lies outside already may stay as far out as it is.
    """
    for geometry in geometries:
        left, top, right, bottom = bounds_of(geometry)
        dx = min(max(dx, min(-left, 0.0)), max(width - right, 0.0))
        dy = min(max(dy, min(-top, 0.0)), max(height - bottom, 0.0))
    return dx, dy
