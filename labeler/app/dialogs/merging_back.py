"""What the program still does when it is closed: merging a working copy back, or putting it off."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from labeler.app.dialogs.errand_row import ErrandRow
from labeler.app.dialogs.frame import fit_height
from labeler.app.give_back import GiveBack
from labeler.app.i18n import problem_text
from labeler.kit import Callout, Dialog, Text
from labeler.model.problems import Problem

__all__ = ["MergingBackDialog"]


class MergingBackDialog(Dialog):
    """How far it is; Escape puts it off. It ends by itself, unless something could not be merged."""

    def __init__(self, back: GiveBack, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("Merging back"))
        self.setObjectName("merging_back")
        self._back = back
        self.note = Text(
            self.tr(
                "What you did is on its way into the shared file. It is kept in the copy on this"
                " machine as well: what is put off is merged back when the program starts the next"
                " time."
            ),
            "body",
            "text_2",
            wrap=True,
        )
        self.progress = ErrandRow(self.tr("Merge back next time"))
        self.outcome = Callout("", kind="warn")
        for one in (self.note, self.progress, self.outcome):
            self.body.addWidget(one)
        self.close_button = self.add_button(self.tr("Close"), "primary", role="accept")
        self.close_button.setObjectName("accept")
        self.close_button.hide()
        self.outcome.hide()
        self.progress.begin(back.name)
        self.progress.cancel.setFocus()
        self.progress.cancelled.connect(back.put_off)
        back.told.connect(self.progress.set_progress)
        back.over.connect(self._over)
        if back.name:
            fit_height(self)
        else:
            self._over()

    def _over(self) -> None:
        if not self._back.kept:
            self.accept()
            return
        words = "\n".join(map(_sentence, self._back.kept))
        self.note.hide()
        self.progress.hide()
        self.outcome.set_words(self.tr("Not merged back"), words, "warn")
        self.outcome.show()
        self.close_button.show()
        self.close_button.setFocus()
        fit_height(self)

    def reject(self) -> None:
        """While it is merged back, Escape puts that off, and the dialog ends with it."""
        if self._back.name:
            self.progress.cancel.click()
        else:
            super().reject()


def _sentence(problem: Problem) -> str:
    return f"{Path(problem.where).name}: {problem_text(problem)}."
