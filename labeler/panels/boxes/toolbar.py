"""The panel's tools in the strip above the content: draw or select, tags and regions, zoom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.segmented import Part, Segmented
from labeler.kit.controls.text import Divider, Text
from labeler.kit.paint import text_width
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
        row.addStretch(1)
        row.addWidget(self.tool)
        row.addSpacing(_APART)
        self._shown = (
            self.tags,
            self.eye,
            self._line,
            self.smaller,
            self.zoom,
            self.larger,
            self.fit,
        )
        for widget in self._shown:
            row.addWidget(widget)
        # What goes first where the strip has no room: all of it has a key.
        self._dropped = (
            (self.eye,),
            (self.tags, self._line),
            (self.smaller, self.larger),
            (self.zoom,),
            (self.fit,),
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
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

    def sizeHint(self) -> QSize:
        """The room for all of it, whatever of it is shown now."""
        width = self.tool.sizeHint().width() + _APART
        width += sum(_GAP + _width(widget) for widget in self._shown)
        return QSize(width + _GAP, self.theme.height("control_compact"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.tool.sizeHint().width(), self.theme.height("control_compact"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_in()

    def _fit_in(self) -> None:
        """Show what there is room for."""
        needed = self.sizeHint().width()
        for group in self._dropped:
            fits = needed <= self.width()
            for widget in group:
                widget.setVisible(fits)
            if not fits:
                needed -= sum(_GAP + _width(widget) for widget in group)

    def theme_changed(self) -> None:
        super().theme_changed()
        # As wide as it ever gets, so that nothing beside it moves while zooming.
        self.zoom.setFixedWidth(text_width(self.theme, self._percent(64.0)) + 4)
        self._fit_in()

    def _percent(self, zoom: float) -> str:
        figures = QLocale().toString(zoom * 100, "f", 0 if zoom >= 0.1 else 1)
        return self.tr("{percent}%").format(percent=figures)

    def _tool_chosen(self, tool: str) -> None:
        self.wanted.emit(f"boxes.{tool}")

    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.wanted.emit(str(button.property("command")))


def _width(widget: QWidget) -> int:
    return max(widget.minimumWidth(), widget.sizeHint().width())
