"""The panel's commands that change only what is seen: tools, zoom, tags, the overview."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from labeler.kit.canvas import MAX_ZOOM, MIN_ZOOM
from labeler.kit.command_table import CommandEntry
from labeler.kit.editor import CanRun
from labeler.panels.boxes.scene import Scene

__all__ = ["SightCommands"]

tr = QCoreApplication.translate


class SightCommands:
    """Each with what runs it and whether it can be run; none of them changes the value."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def entries(self) -> dict[str, CommandEntry]:
        """The commands by their id."""
        return {
            "boxes.draw": (lambda: self._tool("draw"), self._can_draw),
            "boxes.select": (lambda: self._tool("select"), self._can_see),
            "boxes.fit": (self._fit, self._can_see),
            "boxes.actual": (lambda: self._zoom(1.0), self._can_see),
            "boxes.zoom_in": (lambda: self._by(2), self._can_zoom_in),
            "boxes.zoom_out": (lambda: self._by(-2), self._can_zoom_out),
            "boxes.zoom_on": (self._zoom_on, self._can_zoom_on),
            "boxes.tags": (self._tags, self._can_see),
            "boxes.minimap": (self._minimap, self._can_see),
        }

    def _tool(self, tool: str) -> bool:
        self._scene.set_tool(tool)
        return True

    def _fit(self) -> bool:
        self._scene.surface.fit()
        return True

    def _zoom(self, zoom: float) -> bool:
        self._scene.surface.zoom_to(zoom)
        return True

    def _by(self, steps: int) -> bool:
        self._scene.surface.zoom_by(steps)
        return True

    def _zoom_on(self) -> bool:
        return self._scene.surface.zoom_on_chosen()

    def _tags(self) -> bool:
        self._scene.set_all_tags(not self._scene.surface.all_tags)
        return True

    def _minimap(self) -> bool:
        self._scene.set_minimap(self._scene.minimap.isHidden())
        return True

    def _can_see(self) -> CanRun:
        if self._scene.surface.view.empty:
            return CanRun(False, tr("Boxes", "There is no image"))
        return CanRun(True)

    def _can_draw(self) -> CanRun:
        if not self._scene.surface.view.empty and not self._scene.may_edit:
            return CanRun(False, tr("Boxes", "The task is read only"))
        return self._can_see()

    def _can_zoom_in(self) -> CanRun:
        if self._scene.surface.view.zoom >= MAX_ZOOM:
            return CanRun(False, tr("Boxes", "The image is as large as it gets"))
        return self._can_see()

    def _can_zoom_out(self) -> CanRun:
        if self._scene.surface.view.zoom <= MIN_ZOOM:
            return CanRun(False, tr("Boxes", "The image is as small as it gets"))
        return self._can_see()

    def _can_zoom_on(self) -> CanRun:
        surface = self._scene.surface
        if not any(surface.place_of(one) for one in surface.chosen):
            return CanRun(False, tr("Boxes", "No region is selected"))
        return self._can_see()
