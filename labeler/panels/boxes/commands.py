"""What the panel's commands do to regions and proposals, and whether they can be run now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from labeler.api import Box, Region, Value
from labeler.kit.canvas import held_inside
from labeler.kit.command_table import CommandEntry, CommandTable
from labeler.kit.decisions import Decisions
from labeler.kit.editor import CanRun
from labeler.panels.boxes import edits, proposals
from labeler.panels.boxes.drawing import geometry_of
from labeler.panels.boxes.proposals import Proposal
from labeler.panels.boxes.scene import Scene
from labeler.panels.boxes.sight import SightCommands

__all__ = ["BoxCommands"]

tr = QCoreApplication.translate

_FAR = 10
_APART = 10
"""Pixels a copy lies to the right of and below what it is a copy of."""
_ARROWS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
_SCORE_STEP = 0.05
_NAMED = 8
"""So many ids name a run of nudges; of more regions their number does."""

_FINE, _MEDIUM, _COARSE = 300, 50, 8
"""Into so many steps the width in sight is divided for the crosshair: with Alt, without, with Shift."""
_PAN, _PAN_FAR = 64, 320
"""Logical pixels an arrow key moves the picture where there is nothing else to move."""


class BoxCommands(CommandTable):
    """The commands of ``panel.toml``, and what a label's key does."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._clipboard: tuple[Region, ...] = ()
        self._copied_from: object = None
        self._pasted = 0
        self._decisions = Decisions(scene, self._accepted)
        table: dict[str, CommandEntry] = SightCommands(scene).entries()
        table |= self._decisions.entries("boxes")
        table |= {
            "boxes.put_down": (self._put_down, self._can_put_down),
            "boxes.next": (lambda: self._step(1), lambda: self._can_step(1)),
            "boxes.previous": (lambda: self._step(-1), lambda: self._can_step(-1)),
            "boxes.select_all": (self._select_all, self._can_select_all),
            "boxes.remove": (self._remove, self._can_change),
            "boxes.copy": (self._copy, self._can_copy),
            "boxes.paste": (self._paste, self._can_paste),
            "boxes.duplicate": (self._duplicate, self._can_duplicate),
            "boxes.lock": (self._lock, self._can_mark),
            "boxes.hide": (self._hide, self._can_mark),
            "boxes.hide_all": (self._hide_all, self._can_see),
            "boxes.corner": (self._corner, self._can_edit),
            "boxes.stricter": (lambda: self._sift(1), lambda: self._can_sift(1)),
            "boxes.looser": (lambda: self._sift(-1), lambda: self._can_sift(-1)),
        }
        for name, (dx, dy) in _ARROWS.items():
            for end, far in (("", 1), ("_far", _FAR)):
                move = partial(self._arrow, dx * far, dy * far, far > 1)
                table[f"boxes.{name}{end}"] = (move, self._can_see)
                size = partial(self._size, dx * far, dy * far)
                table[f"boxes.size_{name}{end}"] = (size, self._can_size)
        super().__init__(table)

    # labels

    def use_label(self, label: str) -> bool:
        """What a label's key does: label what is chosen, or take the label into the hand."""
        scene = self._scene
        if not scene.may_edit:
            return False
        own, proposed = self._changeable(), scene.chosen_open()
        if not scene.surface.pointer.drawing:
            if own:
                change = edits.relabelled(label, lambda region: scene.fits(label, region))
                value = edits.edited(scene.value, scene.surface.table.rows, change, own)
                if value is not scene.value:
                    scene.commit(value, tr("Boxes", "Change label"))
            elif proposed:
                self._decisions.take_over(proposed, label)
        scene.take_label(label)
        return True

    # regions

    def _changeable(self) -> list[str]:
        """The chosen regions of the value that are not locked."""
        locked = self._scene.locked
        return [one for one in self._scene.chosen_own() if one not in locked]

    def _next_id(self, step: int) -> str | None:
        order, chosen = self._scene.in_order(), self._scene.surface.chosen
        known = [order.index(chosen[-1])] if chosen and chosen[-1] in order else []
        number = known[0] + step if known else (0 if step > 0 else len(order) - 1)
        return order[number] if 0 <= number < len(order) else None

    def _step(self, step: int) -> bool:
        ident = self._next_id(step)
        if ident is None:
            return False
        self._scene.surface.pointer.cancel()
        self._scene.surface.choose([ident])
        return True

    def _select_all(self) -> bool:
        self._scene.surface.choose(self._selectable(), reveal=False)
        return True

    def _selectable(self) -> list[str]:
        table = self._scene.surface.table
        own = len(self._scene.value.regions)
        return [
            shape.id
            for shape, free in zip(table.shapes[:own], table.catches[:own], strict=True)
            if free
        ]

    def _remove(self) -> bool:
        scene = self._scene
        gone, order = self._changeable(), scene.in_order()
        places = [order.index(one) for one in gone if one in order]
        one = len(gone) == 1
        label = tr("Boxes", "Delete region") if one else tr("Boxes", "Delete regions")
        scene.commit(scene.value.without(set(gone)), label)
        # The next one is chosen, so that several in a row go with one key.
        left = scene.in_order()
        at = min(places) if places else 0
        scene.surface.choose(left[at : at + 1])
        return True

    def _copy(self) -> bool:
        scene = self._scene
        self._clipboard = tuple(scene.regions_named())
        self._copied_from, self._pasted = scene.surface.picture, 0
        count = len(self._clipboard)
        scene.host.say(tr("Boxes", "{count} regions copied", "", count).format(count=count))
        return True

    def _paste(self) -> bool:
        scene = self._scene
        same = self._copied_from is scene.surface.picture
        # On another image it lands in the same place: the next frame of the same scene.
        self._pasted = self._pasted + 1 if same else 0
        if not same:
            self._copied_from = scene.surface.picture
        apart = float(_APART * self._pasted)
        return self._put_copies(self._clipboard, apart, tr("Boxes", "Paste regions"))

    def _duplicate(self) -> bool:
        regions = self._scene.regions_named()
        return self._put_copies(regions, float(_APART), tr("Boxes", "Duplicate regions"))

    def _put_copies(self, regions: Sequence[Region], apart: float, name: str) -> bool:
        scene = self._scene
        dx, dy = self._held(regions, apart, apart)
        known = {
            one.label
            for one in regions
            if one.label is not None and scene.label_name(one.label) and scene.fits(one.label, one)
        }
        value, ids = edits.copies(scene.value, regions, dx, dy, known)
        if not ids:
            return False
        scene.commit(value, name)
        scene.surface.choose(ids)
        return True

    def _lock(self) -> bool:
        scene = self._scene
        own = scene.chosen_own()
        scene.set_locked(own, not all(one in scene.locked for one in own))
        return True

    def _hide(self) -> bool:
        scene = self._scene
        own = scene.chosen_own()
        scene.set_hidden(own, not all(one in scene.hidden for one in own))
        return True

    def _hide_all(self) -> bool:
        self._scene.set_all_hidden(not self._scene.all_hidden)
        return True

    # places and sizes

    def _arrow(self, dx: float, dy: float, far: bool) -> bool:
        """Nudge what is chosen, else move the crosshair, else the picture."""
        scene = self._scene
        surface = scene.surface
        own = self._changeable()
        if own and scene.may_edit and not surface.pointer.waits_for_corner:
            seen = surface.view.nudge
            regions = [one for one in map(scene.region, own) if one]
            dx, dy = self._held(regions, dx * seen, dy * seen)
            value = edits.edited(scene.value, surface.table.rows, edits.moved(dx, dy), own)
            if value is not scene.value:
                scene.commit(value, tr("Boxes", "Move"), _series("move", own))
                surface.show_shape(own[-1])
            return True
        across, down = (dx > 0) - (dx < 0), (dy > 0) - (dy < 0)
        if surface.tool == "draw" and scene.may_edit:
            reach = surface.view.room[0] / surface.view.zoom
            step = max(1, round(reach / (_COARSE if far else _MEDIUM)))
            surface.pointer.move_crosshair(across * step, down * step)
        else:
            step = _PAN_FAR if far else _PAN
            surface.pan(-across * step, -down * step)
        return True

    def _held(self, regions: Sequence[Region], dx: float, dy: float) -> tuple[float, float]:
        """As far as regions may be moved within the picture."""
        view = self._scene.surface.view
        places = [place for one in regions if (place := geometry_of(one)) is not None]
        return held_inside(places, dx, dy, view.width, view.height)

    def _size(self, dx: float, dy: float) -> bool:
        """Move the right or the lower side of the chosen boxes, or the crosshair by fine steps."""
        scene = self._scene
        surface = scene.surface
        own = self._sizeable()
        if not own or surface.pointer.waits_for_corner:
            step = max(1, round(surface.view.room[0] / surface.view.zoom / _FINE))
            surface.pointer.move_crosshair(dx * step, dy * step)
            return True
        view = surface.view
        dx, dy = dx * view.nudge, dy * view.nudge

        def change(region: Region) -> Region:
            old = geometry_of(region)
            if not isinstance(region, Box) or old is None:
                return region
            if old.rotation % 360:
                # In its own axes, so that the side across stays where it is.
                return edits.placed(edits.widened(old, dx, dy))(region)
            width = max(1.0, old.width + dx) if dx else old.width
            height = max(1.0, old.height + dy) if dy else old.height
            width = min(width, max(view.width - old.x, old.width))
            height = min(height, max(view.height - old.y, old.height))
            return edits.placed(old._replace(width=width, height=height))(region)

        value = edits.edited(scene.value, surface.table.rows, change, own)
        if value is not scene.value:
            scene.commit(value, tr("Boxes", "Resize"), _series("size", own))
        return True

    def _sizeable(self) -> list[str]:
        region = self._scene.region
        return [one for one in self._changeable() if isinstance(region(one), Box)]

    def _corner(self) -> bool:
        scene = self._scene
        surface = scene.surface
        if surface.tool != "draw":
            scene.set_tool("draw")
        if surface.chosen and not surface.pointer.waits_for_corner:
            # What was just drawn is put down; the crosshair is where its last corner was set.
            at = surface.crosshair
            surface.choose((), reveal=False)
            surface.crosshair = at
            surface.pointer.move_crosshair(0, 0)
            return True
        surface.pointer.set_corner()
        return True

    def _put_down(self) -> bool:
        surface = self._scene.surface
        if not surface.pointer.cancel():
            surface.choose((), reveal=False)
        return True

    # proposals

    def _accepted(
        self, taken: Sequence[Proposal], label: str | None
    ) -> tuple[Value, Sequence[str]]:
        view = self._scene.surface.view
        return proposals.accept(self._scene.value, taken, label, (view.width, view.height))

    def _sift(self, way: int) -> bool:
        self._scene.set_least(self._sifted(way))
        return True

    def _sifted(self, way: int) -> float:
        return round(min(1.0, max(0.0, self._scene.least + way * _SCORE_STEP)), 2)

    # whether

    def _can_see(self) -> CanRun:
        if self._scene.surface.view.empty:
            return CanRun(False, tr("Boxes", "There is no image"))
        return CanRun(True)

    def _can_edit(self) -> CanRun:
        if not self._scene.may_edit:
            if self._scene.surface.view.empty:
                return CanRun(False, tr("Boxes", "There is no image"))
            return CanRun(False, tr("Boxes", "The task is read only"))
        return CanRun(True)

    def _can_change(self) -> CanRun:
        can = self._can_edit()
        if can.ok and not self._changeable():
            if self._scene.chosen_own():
                return CanRun(False, tr("Boxes", "What is selected is locked"))
            return CanRun(False, tr("Boxes", "No region is selected"))
        return can

    def _can_size(self) -> CanRun:
        can = self._can_edit()
        free = not self._scene.surface.chosen or self._scene.surface.pointer.waits_for_corner
        if can.ok and not free and not self._sizeable():
            return CanRun(False, tr("Boxes", "No box is selected"))
        return can

    def _can_step(self, step: int) -> CanRun:
        # Beyond the last one Tab goes on to the next control: nobody is caught in the picture.
        if self._next_id(step) is None:
            return CanRun(False, tr("Boxes", "There is no further region"))
        return CanRun(True)

    def _can_select_all(self) -> CanRun:
        if not self._selectable():
            return CanRun(False, tr("Boxes", "There are no regions"))
        return CanRun(True)

    def _can_mark(self) -> CanRun:
        if not self._scene.chosen_own():
            return CanRun(False, tr("Boxes", "No region is selected"))
        return self._can_see()

    def _can_copy(self) -> CanRun:
        if not any(geometry_of(one) for one in self._scene.regions_named()):
            return CanRun(False, tr("Boxes", "No region is selected"))
        return CanRun(True)

    def _can_paste(self) -> CanRun:
        if self._scene.may_edit and not self._clipboard:
            return CanRun(False, tr("Boxes", "Copy regions first"))
        return self._can_edit()

    def _can_duplicate(self) -> CanRun:
        can = self._can_copy()
        return can if not can.ok else self._can_edit()

    def _can_sift(self, way: int) -> CanRun:
        if self._sifted(way) == self._scene.least:
            return CanRun(False, tr("Boxes", "The score is at its end"))
        return self._can_see()

    def _can_put_down(self) -> CanRun:
        surface = self._scene.surface
        if not surface.pointer.busy and not surface.chosen:
            return CanRun(False, tr("Boxes", "Nothing is selected"))
        return CanRun(True)


def _series(what: str, ids: Sequence[str]) -> str:
    """The name of a run of nudges that are undone as one: of these regions and no others."""
    named = ",".join(ids) if len(ids) <= _NAMED else f"{ids[0]}+{len(ids)}"
    return f"{what}:{named}"
