"""Handing back: a copy of the hand-out with all work and every draft, to be sent to whoever gave it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.dialogs.frame import fit_height
from labeler.app.dialogs.save_copy import SaveCopyDialog, dated
from labeler.app.sharing.handout_words import done_words
from labeler.store.handing import Handed, HandoutRow

__all__ = ["HandBackDialog", "own_handout", "show"]


def own_handout(rows: list[HandoutRow], handed: Handed) -> HandoutRow | None:
    """The hand-out that a file is, among all it knows of."""
    return next((row for row in rows if row.id == handed.id), None)


class HandBackDialog(SaveCopyDialog):
    """Says how far the hand-out is and writes a copy to be sent; the file itself will do as well."""

    def __init__(self, context: AppContext, handed: Handed, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._handed = handed
        self.set_title(self.tr("Hand back"))
        self._tell("")
        self.this_file = self.add_button(
            self.tr("Show this file"), "quiet", role="aside", icon="folder-open"
        )
        self.this_file.setObjectName("this_file")
        self.this_file.clicked.connect(self._show_file)
        session = context.session
        if session is not None:
            self.target.set_path(dated(session.shared))
            context.run(
                lambda project: own_handout(project.handouts(), handed),
                self._counted,
                receiver=self,
            )
        fit_height(self)

    def _counted(self, row: HandoutRow | None) -> None:
        self._tell(done_words(row) if row else "")
        fit_height(self)

    def _tell(self, far: str) -> None:
        words = self.tr(
            "Send a copy to {person}: all work and every draft is in it. What is not done can be done and"
            " handed back later, as often as needed. When the project is closed, this very file can be"
            " sent instead."
        )
        told = words.format(person=self._handed.by or self.tr("whoever handed it out"))
        self.note.setText(f"{far}. {told}" if far else told)

    def _show_file(self) -> None:
        session = self._context.session
        if session is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(session.shared.parent)))


def show(context: AppContext, parent: QWidget) -> None:
    """Ask where to write the copy that is sent back."""
    session = context.session
    if session is None or session.handed is None:
        return
    dialog = HandBackDialog(context, session.handed, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
