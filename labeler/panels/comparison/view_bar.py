"""Tools for the strip above the content: how responses lie, scrolled together, as written."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from labeler.kit.controls.button import IconButton
from labeler.kit.controls.segmented import Part, Segmented
from labeler.kit.label_legend import Legend

__all__ = ["ViewBar"]

_GAP = 8

tr = QCoreApplication.translate


class ViewBar(QWidget):
    """``layout_chosen`` carries the layout, ``wanted`` the id of a command."""

    layout_chosen = Signal(str)
    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend = Legend()
        self._state: tuple[str, bool, bool, bool] | None = None
        self.layouts = Segmented(
            [
                Part("beside", tr("Comparison", "Side by side"), "columns-2", icon_only=True),
                Part("stacked", tr("Comparison", "Stacked"), "rows-2", icon_only=True),
                Part("single", tr("Comparison", "One at a time"), "square", icon_only=True),
            ],
            name=tr("Comparison", "How responses lie"),
            compact=True,
        )
        self.link = IconButton("link", tr("Comparison", "Scroll together"), checkable=True)
        self.raw = IconButton("code", tr("Comparison", "Show as written"), checkable=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.legend, 1)
        row.addWidget(self.layouts)
        row.addWidget(self.link)
        row.addWidget(self.raw)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.layouts.chosen_changed.connect(self.layout_chosen)
        self.link.clicked.connect(self._link)
        self.raw.clicked.connect(self._raw)

    def show_state(self, layout: str, *, linked: bool, raw: bool, several: bool) -> None:
        """Show what is so; with one response there is nothing to lay out."""
        if (layout, linked, raw, several) == self._state:
            return
        self._state = (layout, linked, raw, several)
        self.layouts.set_chosen(layout)
        self.link.setChecked(linked)
        self.raw.setChecked(raw)
        self.layouts.setVisible(several)
        self.link.setVisible(several)

    def name_keys(self, layout: str, link: str, raw: str) -> None:
        """Show the keys in force."""
        for part in ("beside", "stacked", "single"):
            self.layouts.set_key(part, layout)
        self.link.set_name(tr("Comparison", "Scroll together"), link)
        self.raw.set_name(tr("Comparison", "Show as written"), raw)

    def _link(self) -> None:
        self.link.setChecked(not self.link.isChecked())  # what is so is told with show_state
        self.wanted.emit("comparison.link")

    def _raw(self) -> None:
        self.raw.setChecked(not self.raw.isChecked())
        self.wanted.emit("comparison.raw")
