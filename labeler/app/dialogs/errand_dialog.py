"""The frame of dialogs that choose, watch something run, and say what came of it: import and export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.dialogs.errand_row import ErrandRow, Run
from labeler.app.dialogs.frame import fit_height
from labeler.app.dialogs.report_view import ReportView, report_text
from labeler.app.i18n import problem_text
from labeler.exchange.needs import Cancelled, Progress
from labeler.kit import Dialog
from labeler.kit.controls.notice import CalloutKind
from labeler.model.problems import Problem

__all__ = ["ErrandDialog"]

T = TypeVar("T")
R = TypeVar("R")


class ErrandDialog(Dialog, Generic[R]):
    """Three stages, one at a time: ``form`` to choose, ``progress`` with its end, ``outcome``.

    A subclass makes its ``form``, calls ``arrange`` with the words of the buttons, and in ``begin``
    calls ``run``. ``primary`` begins, then closes; where it failed it begins anew. While
    something runs, Escape stops that and not the dialog; in the outcome C copies the report.
    ``report`` is what came of it, None until it came to its end.
    """

    form: QWidget

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("", wide=True, parent=parent)
        self._context = context
        self.report: R | None = None
        self._run: Run | None = None
        self._report = ""
        self._begin_word = ""

    def arrange(self, begin: str, again: str, *more: tuple[str, str]) -> None:
        """Put the stages below one another and the buttons at the foot.

        ``begin`` is the word of the primary button, ``again`` that of choosing anew; ``more`` are
        the words and icons of buttons of the outcome, found as ``extras``.
        """
        self._begin_word = begin
        self.progress = ErrandRow()
        self.outcome = ReportView()
        self.stage = self.form
        for stage in (self.form, self.progress, self.outcome):
            self.body.addWidget(stage)
        self.copy = self.add_button(
            self.tr("Copy report"), "quiet", role="aside", key="C", icon="copy"
        )
        self.cancel = self.add_button(self.tr("Cancel"), role="reject")
        self.again = self.add_button(again)
        self.extras = [self.add_button(words, icon=icon) for words, icon in more]
        self.primary = self.add_button(begin, "primary")
        for button, name in (
            (self.copy, "copy"),
            (self.cancel, "cancel"),
            (self.again, "again"),
            (self.primary, "accept"),
        ):
            button.setObjectName(name)
        self.copy.clicked.connect(self.copy_report)
        self.again.clicked.connect(self.choose_again)
        self.primary.clicked.connect(self._pressed)
        self.progress.cancelled.connect(self._stop)

    # what a subclass says

    def begin(self) -> None:
        """Begin with what was chosen, where that can be done."""
        raise NotImplementedError

    @property
    def is_done(self) -> bool:
        """Whether it came to its end, so that there is nothing to begin anew."""
        return self.report is not None

    def choose_again(self) -> None:
        """Back to the form."""
        self.report = None
        self.primary.setText(self._begin_word)
        self.primary.set_key("Enter")
        self.turn_to(self.form)

    # stages

    def turn_to(self, stage: QWidget) -> None:
        """Show one stage and its buttons."""
        self.stage = stage
        for one in (self.form, self.progress, self.outcome):
            one.setVisible(one is stage)
        for button in (self.copy, self.again, *self.extras):
            button.setVisible(stage is self.outcome)
        self.cancel.setVisible(stage is self.form)
        self.primary.setVisible(stage is not self.progress)
        fit_height(self)

    def _pressed(self) -> None:
        if self.stage is self.form or not self.is_done:
            self.begin()
        else:
            self.accept()

    # running

    @property
    def is_running(self) -> bool:
        """Whether something runs."""
        return self._run is not None

    def run(
        self,
        words: str,
        work: Callable[[Progress, Cancelled], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Do the work in a worker, with progress; ``words`` say what it is."""
        self.report = None
        run = Run(self._context, self)
        run.told.connect(self.progress.set_progress)
        self._run = run
        self.progress.begin(words)
        self.turn_to(self.progress)
        self.progress.cancel.setFocus()
        run.begin(work, done, failed)

    def over(self) -> bool:
        """The run is over; whether it was stopped."""
        run, self._run = self._run, None
        if run is None:
            return False
        run.deleteLater()
        return run.stopped

    def _stop(self) -> None:
        if self._run is not None:
            self._run.stop()

    # what came of it

    def tell(
        self, title: str, lines: Sequence[str], kind: CalloutKind, problems: Sequence[Problem] = ()
    ) -> None:
        """Turn to the outcome: a sentence, what stands below it, and all of it to be copied."""
        self.outcome.callout.set_words(title, "\n".join(lines), kind)
        self._report = report_text(title, lines, problems)
        self.primary.setText(self.tr("Done"))
        self.turn_to(self.outcome)
        self.primary.setFocus()

    def tell_failure(self, title: str, problem: Problem, words: str = "") -> None:
        """Turn to the outcome: what kept it from being done, where, and another try."""
        words = words or problem_text(problem)
        where = f"{problem.where}: " if problem.where else ""
        self.outcome.callout.set_words(title, f"{where}{words}", "danger")
        self.outcome.show_problems("", (), 0, 0)
        self._report = report_text(title, [], [problem])
        self.primary.setText(self.tr("Try again"))
        self.turn_to(self.outcome)

    def copy_report(self) -> None:
        """Put the whole report on the clipboard."""
        QGuiApplication.clipboard().setText(self._report)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and not event.modifiers() and self.copy.isVisible():
            self.copy_report()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """While something runs, Escape stops it and not the dialog."""
        if self._run is not None:
            self.progress.cancel.click()
            return
        super().reject()
