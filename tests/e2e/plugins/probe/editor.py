"""An editor that marks words with a key, and fails in whatever its content names."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel

from labeler.api import Value
from labeler.kit.editor import CanRun, Editor, RegionColumn

from .task import Mark


class ProbeEditor(Editor):
    """Draws the text; ``W`` adds a mark, ``probe.mark`` too."""

    def __init__(self, host, parent=None):
        super().__init__(host, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.caret = 0
        self.selected = ()

    def _fails(self, what):
        view = self.view
        if view is not None and view.content is not None and view.content.fail == what:
            raise ValueError(f"told to fail in {what}")

    def show_task(self, view):
        super().show_task(view)
        self._fails("load")
        self.update()

    def paintEvent(self, event):
        self._fails("paint")
        painter = QPainter(self)
        view = self.view
        text = view.content.text if view is not None and view.content is not None else ""
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def handle_key(self, event):
        if event.text() == "w":
            self._fails("key")
            self.mark()
            return True
        return False

    def mousePressEvent(self, event):
        self._fails("mouse")

    def mark(self):
        self._fails("emit")
        number = len(self.value.regions) + 1
        region = Mark(id=f"m{number}", number=number)
        self.change(Value((*self.value.regions, region), self.value.answers), "Mark")

    def run(self, command_id):
        if command_id == "probe.mark":
            self.mark()
            return True
        return False

    def can_run(self, command_id):
        if command_id == "probe.mark":
            return CanRun(not self.read_only)
        return CanRun(False, "never")

    def select_regions(self, region_ids):
        self.selected = tuple(region_ids)

    def region_columns(self):
        return (RegionColumn("number", "Number", numeric=True),)

    def describe_region(self, region):
        return (str(getattr(region, "number", "")),)

    def tool_widget(self):
        return QLabel("tools", self)

    def state(self):
        return {"caret": self.caret}

    def restore_state(self, state):
        if isinstance(state, dict):
            self.caret = state.get("caret", 0)
