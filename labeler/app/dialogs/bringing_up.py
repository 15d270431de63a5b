"""How far an older project is on its way to the present format, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from labeler.app.dialogs.errand_row import ErrandRow
from labeler.app.dialogs.frame import fit_height
from labeler.app.opening import BringingUp
from labeler.kit import Dialog, Text

__all__ = ["BringingUpDialog", "show"]


class BringingUpDialog(Dialog):
    """Shows itself while it lasts; Escape and Cancel leave the older file as it is."""

    def __init__(self, waited: BringingUp, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("Opening an older project"))
        self._waited = waited
        note = self.tr(
            "It is brought to the present format once. A verified copy of it as it is now stays"
            " beside it."
        )
        self.body.addWidget(Text(note, "body", "text_2", wrap=True))
        self.row = ErrandRow()
        self.row.begin(self.tr("Bringing it up to date"))
        self.body.addWidget(self.row)
        waited.told.connect(self.row.set_progress)
        waited.ended.connect(self.accept)
        self.row.cancelled.connect(waited.cancel)
        fit_height(self)

    def reject(self) -> None:
        """Cancel: the dialog closes when it has stopped."""
        self.row.cancel.click()


def show(waited: BringingUp, parent: QWidget) -> None:
    """Show how far it is until it ends."""
    dialog = BringingUpDialog(waited, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
