"""Asks how a project is to be opened that lies where editing it in place may cost work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from labeler.app.company import company_lines
from labeler.app.dialogs.frame import fit_height
from labeler.app.i18n import problem_text
from labeler.app.way import Choice, How
from labeler.kit import Callout, Dialog, Text
from labeler.model.problems import Problem

__all__ = ["SharedFolderDialog", "show"]


class SharedFolderDialog(Dialog):
    """Offers a working copy first; reading is always safe, editing in place only for one alone."""

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("Open from a shared folder"))
        self._choice = choice
        self._chosen: How | None = None
        found = choice.approach
        problem = found.problem or Problem("place_local")
        self.callout = Callout("", kind="warn")
        self.callout.set_words(found.path.name, self._why(problem), "warn")
        self.body.addWidget(self.callout)
        for line in company_lines(choice.company):
            self.body.addWidget(Text(line, "body", wrap=True))
        note = self.tr(
            "In a working copy on this machine you work as always, also while the folder is out of"
            " reach. Closing the project merges your work into the shared file, and what others did"
            " there stays."
        )
        self.body.addWidget(Text(note, "body", "text_2", wrap=True))
        left_open = problem.code == "file_wal"
        self.edit = self.add_button(self.tr("Edit it there"), "quiet", role="aside")
        self.edit.setToolTip(
            self.tr("Only while nobody else has it open: the last one to write would win")
        )
        alone = not any(one.in_place for one in choice.company)
        self.edit.setVisible(found.place.kind == "locks_off" and alone and not left_open)
        self.read = self.add_button(self.tr("Open to read"))
        self.read.setVisible(not left_open)
        self.copy = self.add_button(self.tr("Work in a copy"), "primary")
        for button, name in ((self.edit, "edit"), (self.read, "read"), (self.copy, "accept")):
            button.setObjectName(name)
            button.clicked.connect(self._pressed)
        self.finished.connect(self._ended)
        self.copy.setFocus()
        fit_height(self)

    def _why(self, problem: Problem) -> str:
        """The reason as a sentence; where a file lies is told as what it is."""
        told = problem_text(problem)
        if problem.code.startswith("place_") and problem.code != "place_shared":
            sentence = self.tr(
                "{reason}. Two machines that edit it there at the same time would damage it."
            )
            return sentence.format(reason=told[:1].upper() + told[1:])
        return told[:1].upper() + told[1:] + "."

    def _pressed(self) -> None:
        ways: dict[object, How] = {self.edit: "edit", self.read: "read", self.copy: "copy"}
        self._chosen = ways.get(self.sender())
        self.accept()

    def _ended(self) -> None:
        if self._chosen is None:
            self._choice.leave()
        else:
            self._choice.take(self._chosen)


def show(choice: Choice, parent: QWidget) -> None:
    """Ask how to open a project."""
    dialog = SharedFolderDialog(choice, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
