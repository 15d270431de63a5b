"""The panel's tools in the strip above the content: draw or select, tags and regions, zoom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.segmented import Part, Segmented
from labeler.kit.controls.text import Divider, Text
from labeler.kit.theme import Themed

__all__ = ["Tools"]

_GAP, _APART = 4, 12


class Tools(Themed, QWidget):
    """A row of controls; ``wanted`` carries the id of the command one of them stands for."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.init_theme()
        self.setAccessibleName(self.tr("Tools"))
        parts = (
            Part("select", self.tr("Select"), icon="mouse-pointer-2", icon_only=True),
            Part("draw", self.tr("Draw boxes"), icon="square-dashed", icon_only=True),
        )
        self.tool = Segmented(parts, name=self.tr("Tool"), compact=True)
        self.tags = IconButton("tag", self.tr("Show all tags"), checkable=True)
        self.eye = IconButton("eye", self.tr("Hide or show all regions"), checkable=True)
        self.smaller = IconButton("minus", self.tr("Zoom out"))
        self.zoom = Text("", role="text", parent=self)
        self.larger = IconButton("plus", self.tr("Zoom in"))
        self.fit = Button(self.tr("Fit"), "quiet", compact=True)
        self._line = Divider(upright=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.tool)
        row.addSpacing(_APART)
        for widget in (self.tags, self.eye, self._line, self.smaller, self.zoom, self.larger):
            row.addWidget(widget)
        row.addWidget(self.fit)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tool.chosen_changed.connect(self._tool_chosen)
        for button, command in (
            (self.tags, "boxes.tags"),
            (self.eye, "boxes.hide_all"),
            (self.smaller, "boxes.zoom_out"),
            (self.larger, "boxes.zoom_in"),
            (self.fit, "boxes.fit"),
        ):
            button.setProperty("command", command)
            button.clicked.connect(self._pressed)
            # What is pressed acts on the image, so the focus stays there.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.theme_changed()

    def name_keys(self, key_text: Callable[[str], str]) -> None:
        """Print the keys in force."""
        self.tool.set_key("select", key_text("boxes.select"))
        self.tool.set_key("draw", key_text("boxes.draw"))
        self.tags.set_name(self.tr("Show all tags"), key_text("boxes.tags"))
        self.eye.set_name(self.tr("Hide or show all regions"), key_text("boxes.hide_all"))
        self.smaller.set_name(self.tr("Zoom out"), key_text("boxes.zoom_out"))
        self.larger.set_name(self.tr("Zoom in"), key_text("boxes.zoom_in"))
        self.fit.set_key(key_text("boxes.fit"))

    def show_state(
        self, *, tool: str, zoom: float | None, tags: bool, hidden: bool, changeable: bool
    ) -> None:
        """Say what is in the hand and how large the image is; without one there is no zoom."""
        self.tool.set_chosen(tool)
        self.tool.setEnabled(changeable)
        self.tags.setChecked(tags)
        self.eye.setChecked(hidden)
        self.eye.set_icon("eye-off" if hidden else "eye")
        shown = "" if zoom is None else self._percent(zoom)
        self.zoom.setText(shown)
        for widget in (self.tags, self.eye, self.smaller, self.larger, self.fit):
            widget.setEnabled(zoom is not None)

    def theme_changed(self) -> None:
        super().theme_changed()
        # As wide as it ever gets, so that nothing beside it moves while zooming.
        self.zoom.setFixedWidth(self.zoom.fontMetrics().horizontalAdvance(self._percent(64.0)) + 4)

    def _percent(self, zoom: float) -> str:
        figures = QLocale().toString(zoom * 100, "f", 0 if zoom >= 0.1 else 1)
        return self.tr("{percent}%").format(percent=figures)

    def _tool_chosen(self, tool: str) -> None:
        self.wanted.emit(f"boxes.{tool}")

    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.wanted.emit(str(button.property("command")))
