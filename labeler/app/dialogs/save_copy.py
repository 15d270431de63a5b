"""Save a copy: a whole, verified copy of the open project, while one goes on working."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext, Told
from labeler.app.dialogs.errand_row import ErrandRow
from labeler.app.dialogs.frame import fit_height
from labeler.app.dialogs.path_field import PathField
from labeler.app.i18n import problem_text
from labeler.assets import brand
from labeler.kit import Callout, Dialog, Text
from labeler.model.problems import Refusal

__all__ = ["SaveCopyDialog", "dated", "show"]


def dated(path: Path, now: datetime | None = None) -> Path:
    """The name of a backup of this file: beside it, with the day and the minute."""
    moment = now or datetime.now().astimezone()
    return path.with_name(f"{path.stem} {moment:%Y-%m-%d %H.%M}{path.suffix}")


class SaveCopyDialog(Dialog):
    """Asks where to; the copy holds tasks, work, drafts and the history of every gesture."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("Save a copy"))
        self._context = context
        self._busy = False
        self.saved: Path | None = None
        session = context.session
        self.note = Text(
            self.tr(
                "The copy is whole: tasks, everybody’s work, drafts and the history of every"
                " gesture. It is read back and checked. You go on working in this one."
            ),
            "body",
            "text_2",
            wrap=True,
        )
        self.target = PathField(self.tr("Write to"), "save", title=self.tr("Save a copy"))
        ending = brand().extension
        self.target.set_filter(self.tr("Projects") + f" (*{ending})")
        if session is not None:
            self.target.folder = session.path.parent
            self.target.set_path(dated(session.path))
        self.progress = ErrandRow()
        self.progress.cancel.hide()
        self.progress.hide()
        self.outcome = Callout("", kind="ok")
        self.outcome.hide()
        for one in (self.note, self.target, self.progress, self.outcome):
            self.body.addWidget(one)
        self.cancel = self.add_button(self.tr("Cancel"), role="reject")
        self.open_folder = self.add_button(self.tr("Open folder"), icon="folder-open")
        self.save = self.add_button(self.tr("Save copy"), "primary")
        self.target.edit.setObjectName("target")
        self.cancel.setObjectName("cancel")
        self.save.setObjectName("accept")
        self.open_folder.hide()
        self.open_folder.clicked.connect(self._open_folder)
        self.save.clicked.connect(self._primary)
        self.target.changed.connect(self._typed)
        self.target.edit.setFocus()
        fit_height(self)

    def _typed(self, _text: str) -> None:
        self.outcome.hide()

    def _primary(self) -> None:
        if self.saved is not None:
            self.accept()
        else:
            self.begin()

    def begin(self) -> None:
        """Write the copy."""
        session = self._context.session
        if self._busy or session is None:
            return
        target = self.target.new_path(brand().extension)
        if target is None:
            return
        self._busy = True
        self.save.setEnabled(False)
        self.progress.begin(self.tr("Copying"))
        self.progress.show()
        fit_height(self)
        lane = session.lane

        def copy(told: Told) -> Path:
            def passing(done: int, total: int) -> None:
                lane.let_pass()
                told(done, total)

            lane.post(lambda project: project.copy_to(target, passing), urgent=False).result()
            return target

        self._context.background(copy, self._done, self._failed, progress=self._told, receiver=self)

    def _told(self, done: int, total: int | None) -> None:
        self.progress.set_progress(done, total or 0)

    def _done(self, target: Path) -> None:
        self._busy = False
        self.saved = target
        self.progress.hide()
        self.target.hide()
        self.cancel.hide()
        self.open_folder.show()
        self.outcome.set_words(self.tr("The copy is written and checked"), str(target), "ok")
        self.outcome.show()
        self.save.setText(self.tr("Done"))
        self.save.setEnabled(True)
        self.save.setFocus()
        fit_height(self)

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        self.progress.hide()
        self.save.setEnabled(True)
        if not isinstance(error, Refusal):
            self.reject()
            self._context.fail(error)
            return
        problem = error.problem
        words = f"{problem.where}: {problem_text(problem)}"
        self.outcome.set_words(self.tr("The copy was not written"), words, "danger")
        self.outcome.show()
        fit_height(self)

    def _open_folder(self) -> None:
        if self.saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.saved.parent)))

    def reject(self) -> None:
        """A copy under way is finished first: half a copy helps nobody."""
        if not self._busy:
            super().reject()


def show(context: AppContext, parent: QWidget) -> None:
    """Ask where to write a copy of the open project."""
    if context.session is None:
        return
    dialog = SaveCopyDialog(context, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
