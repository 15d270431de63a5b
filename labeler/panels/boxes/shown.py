"""What of a task lies on the surface: the value's regions as shapes, then what is still proposed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from PySide6.QtCore import QLocale

from labeler.api import Json, Region, Value, changed_range
from labeler.kit.canvas import CanvasSurface, Shape
from labeler.kit.editor import RegionMark, TaskView
from labeler.panels.boxes.drawing import Drawing, looks_of
from labeler.panels.boxes.proposals import Proposal, open_proposals

__all__ = ["Shown"]


class Shown:
    """Keeps the surface's shapes in step with a value; rows of own regions are those of the value.

    ``locked``, ``hidden`` and ``rejected`` are ids; ``least`` is the score from which proposals are
    shown. All of them are this person's and no part of the value. ``offer`` is told which of the
    models' regions are open.
    """

    def __init__(self, surface: CanvasSurface, offer: Callable[[Iterable[Region]], None]) -> None:
        self._surface = surface
        self._offer = offer
        self._view: TaskView | None = None
        self._drawing = Drawing()
        self._least: float | None = None
        self.regions: tuple[Region, ...] = ()
        self.open: list[Proposal] = []
        self.rejected: frozenset[str] = frozenset()

    # ------------------------------------------------------------------------------- what is so

    @property
    def locked(self) -> frozenset[str]:
        """Ids of the regions locked."""
        return frozenset(self._drawing.locked)

    @property
    def hidden(self) -> frozenset[str]:
        """Ids of the regions hidden."""
        return frozenset(self._drawing.hidden)

    @property
    def all_hidden(self) -> bool:
        """Whether nothing is drawn at all."""
        return self._drawing.all_hidden

    @property
    def own_least(self) -> float | None:
        """The score the person chose on this task, None where it is the setting's."""
        return self._least

    @property
    def least(self) -> float:
        """The score from which proposals are shown."""
        if self._least is not None:
            return self._least
        least: Json = self._view.settings.get("boxes.score", 0.0) if self._view else 0.0
        return float(least) if isinstance(least, int | float) else 0.0

    @property
    def has_predictions(self) -> bool:
        """Whether a model proposed anything at all."""
        return self._view is not None and any(one.value.regions for one in self._view.predictions)

    @property
    def authors(self) -> Sequence[str]:
        """The models whose proposals are open, or all of them where none is."""
        names = [one.author for one in self.open]
        if not names and self._view is not None:
            names = [one.author for one in self._view.predictions]
        return list(dict.fromkeys(names))

    def region(self, ident: str) -> Region | None:
        """One of the value's regions."""
        row = self._surface.table.rows.get(ident)
        return self.regions[row] if row is not None and row < len(self.regions) else None

    def chosen_regions(self) -> Sequence[Region]:
        """The value's regions that are chosen, in the value's order."""
        rows = self._surface.table.rows
        at = sorted(rows[one] for one in self._surface.chosen)
        return [self.regions[row] for row in at if row < len(self.regions)]

    def chosen_own(self) -> list[str]:
        """Ids of the chosen regions that are the value's, in the order they were chosen."""
        rows, own = self._surface.table.rows, len(self.regions)
        return [one for one in self._surface.chosen if rows[one] < own]

    def chosen_open(self) -> list[Proposal]:
        """The chosen proposals."""
        chosen = set(self._surface.chosen)
        return [one for one in self.open if one.id in chosen] if chosen else []

    def in_order(self) -> list[str]:
        """Ids of all shapes that are drawn, those of proposals last."""
        table = self._surface.table
        return [
            shape.id for shape, seen in zip(table.shapes, table.drawn.tolist(), strict=True) if seen
        ]

    def look_number(self, label_id: str | None) -> int:
        """The number of a label's look on the surface, 0 for none."""
        return self._drawing.labels.get(label_id or "", (0, None))[0]

    def marks(self, region: Region) -> tuple[RegionMark, ...]:
        """What this person did to a region."""
        found: list[RegionMark] = []
        if region.id in self._drawing.locked:
            found.append("locked")
        if self.all_hidden or region.id in self._drawing.hidden:
            found.append("hidden")
        return tuple(found)

    # ------------------------------------------------------------------------------- showing

    def begin(self, view: TaskView) -> None:
        """Another task: nothing locked, hidden or rejected."""
        self._view = view
        all_hidden = self._drawing.all_hidden
        self._drawing = Drawing.of(view.config)
        self._drawing.all_hidden = all_hidden
        self.rejected, self._least = frozenset(), None
        self._surface.set_looks(looks_of(view.config))
        self._surface.set_chosen(())
        self.show_all(view.value)

    def let_go(self) -> None:
        """No task any more."""
        self._view = None
        self.regions, self.open = (), []
        self._surface.set_shapes(())

    def restore(
        self,
        value: Value,
        locked: Collection[str],
        hidden: Collection[str],
        rejected: Collection[str],
        least: float | None,
    ) -> None:
        """Go back to what was so when the task was left."""
        self._drawing.locked, self._drawing.hidden = frozenset(locked), frozenset(hidden)
        self.rejected, self._least = frozenset(rejected), least
        self.show_all(value)

    def show_all(self, value: Value) -> None:
        """Make every shape anew."""
        self.regions = value.regions
        self._find_open(value)
        shapes = [self._drawing.shape(region) for region in self.regions]
        self._surface.set_shapes([*shapes, *self._proposed()])

    def show_value(self, value: Value) -> bool:
        """Show a value: only what is another object than before is looked at. Whether it was."""
        start, old_end, end = changed_range(self.regions, value.regions)
        if start == old_end == end:
            self.regions = value.regions
            return False
        before, drawn = self.regions[start:old_end], self._surface.table.shapes
        known = {id(one): drawn[row] for row, one in enumerate(before, start)}
        self.regions = value.regions
        shapes = [
            known.get(id(region)) or self._drawing.shape(region)
            for region in value.regions[start:end]
        ]
        self._surface.replace_shapes(start, old_end, shapes)
        if self.has_predictions:
            self.show_open(value)
        return True

    def show_open(self, value: Value) -> None:
        """Show what is still proposed."""
        before = [one.id for one in self.open]
        self._find_open(value)
        if [one.id for one in self.open] != before:
            own = len(self.regions)
            self._surface.replace_shapes(own, len(self._surface.table), self._proposed())

    def set_least(self, least: float) -> None:
        """Show proposals from this score on, with the next ``show_open``."""
        self._least = least

    def lock(self, ids: Collection[str], locked: bool) -> None:
        """Lock regions, or unlock them."""
        held = self.locked
        self._drawing.locked = held | set(ids) if locked else held - set(ids)
        self._redraw(ids)

    def hide(self, ids: Collection[str], hidden: bool) -> None:
        """Hide regions, or show them."""
        held = self.hidden
        self._drawing.hidden = held | set(ids) if hidden else held - set(ids)
        self._redraw(ids)

    def hide_all(self, value: Value, hidden: bool) -> None:
        """Draw nothing at all, or all that is not hidden one by one."""
        self._drawing.all_hidden = hidden
        self.show_all(value)

    def score_text(self, score: float | None) -> str:
        """A confidence as it is written, "" for none."""
        return "" if score is None else QLocale().toString(score, "f", 2)

    def _find_open(self, value: Value) -> None:
        self.open = []
        if self._view is not None:
            self.open = open_proposals(
                self._view.predictions, value, self._view.config, self.rejected, self.least
            )
        self._offer(one.region for one in self.open)

    def _proposed(self) -> list[Shape]:
        if self.all_hidden:
            return []
        return [
            self._drawing.proposed(one.id, one.region, self.score_text(one.score))
            for one in self.open
        ]

    def _redraw(self, ids: Collection[str]) -> None:
        for ident in ids:
            row, region = self._surface.table.rows.get(ident), self.region(ident)
            if row is not None and region is not None:
                self._surface.replace_shapes(row, row + 1, [self._drawing.shape(region)])
