"""The frame of dialogs that write a queue's tasks to a new file: export and hand-out."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.dialogs.errand_dialog import ErrandDialog
from labeler.app.dialogs.frame import fit_height
from labeler.app.dialogs.path_field import PathField
from labeler.kit import Select
from labeler.model.problems import Problem, Refusal

__all__ = ["WritingDialog"]

R = TypeVar("R")


class WritingDialog(ErrandDialog[R], Generic[R]):
    """A queue (``queue``), where to write to (``target``), and a way to the folder of what was written.

    A subclass makes its ``form`` of them, calls ``arrange_writing``, says in ``written`` what it wrote,
    and gives ``failed`` to ``run``. ``stopped`` and ``nothing`` are what is said of a run that was
    stopped and of one that failed.
    """

    stopped: str
    nothing: str

    def __init__(
        self, context: AppContext, parent: QWidget | None = None, *, title: str, queue: str = ""
    ) -> None:
        super().__init__(context, parent)
        self.written: Path | None = None
        session = context.session
        self._queues = session.queues if session is not None else ()
        self.queue = Select([(one.name, one.title) for one in self._queues], name=self.tr("Queue"))
        wanted = queue or (context.settings.seat(session.uid).queue if session is not None else "")
        if any(one.name == wanted for one in self._queues):
            self.queue.set_chosen(wanted)
        self.target = PathField(self.tr("Write to"), "save", title=title)

    def arrange_writing(self, begin: str, again: str) -> None:
        """Arrange the stages, with a button of the outcome that opens the folder."""
        self.arrange(begin, again, (self.tr("Open folder"), "folder-open"))
        [self.open_folder] = self.extras
        self.open_folder.clicked.connect(self._open_folder)
        named: tuple[tuple[QWidget, str], ...] = (
            (self.queue, "queue"),
            (self.target.edit, "target"),
            (self.open_folder, "open_folder"),
        )
        for one, name in named:
            one.setObjectName(name)

    def explain(self, problem: Problem) -> str:
        """What a problem means here, empty where its own words say it."""
        return ""

    # stages

    def turn_to(self, stage: QWidget) -> None:
        super().turn_to(stage)
        self.open_folder.setVisible(stage is self.outcome and self.is_done)
        fit_height(self)

    # what came of it

    def failed(self, error: BaseException) -> None:
        """Say what kept it from being written; one that was stopped leads back to the form."""
        if self.over():
            self._context.toast(self.stopped)
            self.choose_again()
            return
        if isinstance(error, Refusal):
            problem = error.problem
        elif isinstance(error, OSError):
            reason = error.strerror or str(error)
            problem = Problem("disk_error", str(error.filename or ""), {"reason": reason})
        else:
            self.reject()
            self._context.fail(error)
            return
        self.tell_failure(self.nothing, problem, self.explain(problem))
        self.again.setFocus()

    def _open_folder(self) -> None:
        if self.written is not None:
            folder = self.written if self.written.is_dir() else self.written.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
