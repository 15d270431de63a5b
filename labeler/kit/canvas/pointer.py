"""What the mouse does on the surface: draw, move, resize, choose, pan; every drag has a click path.

A gesture is one object with a life: it follows the pointer, and at its end either tells what was
done or leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from labeler.kit.canvas.aim import HELD, Aim
from labeler.kit.canvas.crosshair import first_place, show_crosshair
from labeler.kit.canvas.grid import Grid, held_inside, rounded
from labeler.kit.canvas.handles import cursor_of, pulled
from labeler.kit.canvas.shapes import Geometry

if TYPE_CHECKING:
    from labeler.kit.canvas.surface import CanvasSurface

__all__ = ["Pointer", "Tool"]

Tool = Literal["select", "draw"]
_Kind = Literal["", "pan", "draw", "corner", "move", "resize", "band", "click"]

_DRAG = 4
"""Logical pixels a press has to travel to be a drag."""


class Pointer:
    """One surface's gestures. ``drafted`` is a rectangle being drawn, ``band`` a rubber band."""

    def __init__(self, surface: CanvasSurface) -> None:
        self._surface = surface
        self._aim = Aim(surface)
        self._grid = Grid(surface.view)
        self._kind: _Kind = ""
        self._press = QPointF()
        self._at = QPointF()
        self._start: tuple[float, float] = (0.0, 0.0)
        self._origin: dict[str, Geometry] = {}
        self._handle = ""
        self._held: _Kind = ""
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

    def handled(self) -> Geometry | None:
        """The rectangle whose handles are shown now: none while it is moved as a whole."""
        return None if self._kind == "move" else self._aim.handled()

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
        self._before = surface.chosen
        handle = self._aim.handle(at)
        if handle:
            self._handle = handle
            ident = surface.chosen[-1]
            geometry = surface.place_of(ident)
            if geometry is not None:
                self._origin = {ident: geometry}
                self._start = surface.view.to_image(at.x(), at.y())
                self._begin("resize")
            return
        found = self._aim.under(at, event.modifiers())
        if found:
            self._added = bool(event.modifiers() & HELD)
            if found[0] not in surface.chosen and not any(one in surface.chosen for one in found):
                chosen = (*surface.chosen, found[0]) if self._added else (found[0],)
                surface.choose(chosen, reveal=False)
        self._kind = "click"

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
        elif kind == "resize" and self._at == self._press:
            # A handle that was not pulled: in a small box it lies over what a click means.
            self._end()
            self._clicked(event.modifiers())
        elif kind:
            self._follow()
            self.finish()
        self._hover(self._at, event.modifiers())

    def leave(self) -> None:
        """The pointer left the surface."""
        surface = self._surface
        surface.set_hovered("")
        if not self.by_keys and not self.drawing:
            show_crosshair(self._surface, None)
        surface.pointed.emit(None)

    # ------------------------------------------------------------------------------- the keyboard

    def space(self, event: QKeyEvent, *, down: bool) -> bool:
        """Space, held, makes the hand that pans; whether it was Space."""
        if event.key() != Qt.Key.Key_Space or (down and event.modifiers()):
            return False
        if not event.isAutoRepeat() and down != self._space:
            self._space = down
            self._shape_cursor()
        return True

    def move_crosshair(self, dx: float, dy: float) -> None:
        """Move the crosshair by picture pixels, bringing it on if it is not there."""
        surface = self._surface
        view = surface.view
        if view.empty:
            return
        at = (
            surface.crosshair if surface.crosshair is not None else first_place(surface, self._grid)
        )
        x = min(max(self._grid.step(at[0] + dx), 0.0), float(view.width))
        y = min(max(self._grid.step(at[1] + dy), 0.0), float(view.height))
        self.by_keys = True
        show_crosshair(self._surface, (x, y))
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
        self._start = (self._grid.step(x), self._grid.step(y))
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

    def begin_anew(self) -> None:
        """Another picture is there: nothing is under way, and the crosshair is not where it was."""
        self.cancel()
        self.by_keys = False
        show_crosshair(self._surface, None)
        self._surface.pointed.emit(None)

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
        if not self._aim.draws:
            show_crosshair(self._surface, None)
        self._shape_cursor()

    def view_moved(self) -> None:
        """The picture moved under a pointer that did not."""
        if self._kind != "pan" and not self.by_keys:
            self._follow()
            self._hover(self._at, Qt.KeyboardModifier.NoModifier, point=False)

    # ------------------------------------------------------------------------------- inside

    def _begin(self, kind: _Kind) -> None:
        self._kind = kind
        self._shape_cursor()
        self._surface.busy_changed.emit(True)

    def _begin_drag(self, held: Qt.KeyboardModifier) -> None:
        """A press travelled far enough: it moves what is chosen under it, draws, or bands."""
        surface = self._surface
        under = self._aim.under(self._press, held)
        movable = self._aim.movable(surface.chosen)
        x, y = surface.view.to_image(self._press.x(), self._press.y())
        if under and any(one in surface.chosen for one in under) and movable:
            self._origin = movable
            self._start = (x, y)
            self._begin("move")
        elif self._aim.draws and not under and not held & HELD:
            self._start = self._grid.inside(x, y)
            self.drafted = Geometry(*self._start, 0.0, 0.0)
            self._begin("draw")
        elif not under or surface.read_only:
            self.band = QRectF(self._press, self._press)
            self._added = bool(held & HELD)
            self._begin("band")

    def _follow(self) -> None:
        """What is under way goes to where the pointer is."""
        surface, at = self._surface, self._at
        x, y = surface.view.to_image(at.x(), at.y())
        if self._kind in ("draw", "corner"):
            self._draft_to(*self._grid.inside(x, y))
        elif self._kind == "move":
            dx, dy = self._grid.step(x - self._start[0]), self._grid.step(y - self._start[1])
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
                rounded(part) for part in pulled(old, self._handle, dx, dy, self._grid.least)
            )
            surface.lift({ident: Geometry(x, y, width, height, turn)})
        elif self._kind == "band" and self.band is not None:
            self.band = QRectF(self._press, at).normalized()
            surface.update()

    def _to_grid(self, old: Geometry, dx: float, dy: float) -> tuple[float, float]:
        """How far a handle goes so that its sides land on the grid and in the picture."""
        view = self._surface.view
        side_x = old.x if "w" in self._handle else old.x + old.width
        side_y = old.y if "n" in self._handle else old.y + old.height
        return (
            self._grid.side_to(side_x, dx, float(view.width)),
            self._grid.side_to(side_y, dy, float(view.height)),
        )

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
        under = self._aim.under(self._press, held)
        adding = bool(held & HELD)
        if not under:
            if self._aim.draws and not adding:
                x, y = surface.view.to_image(self._press.x(), self._press.y())
                if 0 <= x <= surface.view.width and 0 <= y <= surface.view.height:
                    self._start = self._grid.inside(x, y)
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

    def _hover(self, at: QPointF, held: Qt.KeyboardModifier, *, point: bool = True) -> None:
        surface = self._surface
        x, y = surface.view.to_image(at.x(), at.y())
        if point:
            surface.pointed.emit((x, y))
            draws = self._aim.draws
            show_crosshair(self._surface, self._grid.inside(x, y) if draws else None)
        if self.busy:
            surface.set_hovered("")
            return
        under = self._aim.under(at, held)
        surface.set_hovered(under[0] if under else "")
        self._shape_cursor(under)

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
            shape = self._aim.cursor(self._at, under)
        if surface.cursor().shape() != shape:
            surface.setCursor(shape)
