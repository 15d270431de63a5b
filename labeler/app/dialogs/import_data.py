"""The import dialog: choose, see the first rows, watch it run, read what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.dialogs.errand_row import ErrandRow, Run, lane_asks
from labeler.app.dialogs.figures import rows_words, tasks_words, values_words
from labeler.app.dialogs.frame import fit_height
from labeler.app.dialogs.import_form import ImportForm
from labeler.app.dialogs.report_view import ReportView, excerpt, report_text
from labeler.app.i18n import problem_text
from labeler.exchange.importing import NOTES, run_import
from labeler.exchange.native import NATIVE
from labeler.exchange.native_reading import run_native_import
from labeler.exchange.needs import Cancelled, Progress
from labeler.exchange.reports import ImportReport
from labeler.kit import Dialog
from labeler.kit.controls.notice import CalloutKind
from labeler.model.problems import Problem, Refusal
from labeler.store import Project

__all__ = ["ImportDialog", "show"]


class Broken(Exception):
    """An import that could not go on: why, and how many tasks had come in by then."""

    def __init__(self, problem: Problem, tasks: int) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.tasks = tasks


def count_tasks(project: Project) -> int:
    """How many tasks the project has, in the lane."""
    return int(project.query.counts()["tasks"])


def problem_of(error: Refusal | OSError) -> Problem:
    """What a person is told of what a runner raised."""
    if isinstance(error, Refusal):
        return error.problem
    reason = error.strerror or str(error)
    return Problem("file_unreadable", str(error.filename or ""), {"reason": reason})


class ImportDialog(Dialog):
    """Brings files into a queue of the open project; the window stays alive meanwhile."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget | None = None,
        *,
        sources: Sequence[Path] = (),
        queue: str = "",
    ) -> None:
        super().__init__("", wide=True, parent=parent)
        self._context = context
        self._run: Run | None = None
        self._report = ""
        self.report: ImportReport | None = None
        session = context.session
        wanted = queue or (context.settings.seat(session.uid).queue if session is not None else "")
        if session is None or session.queue(wanted) is None:
            wanted = ""
        self.form = ImportForm(context, wanted, sources)
        self.progress = ErrandRow()
        self.outcome = ReportView()
        self.stage: QWidget = self.form
        for stage in (self.form, self.progress, self.outcome):
            self.body.addWidget(stage)
        self.copy = self.add_button(
            self.tr("Copy report"), "quiet", role="aside", key="C", icon="copy"
        )
        self.cancel = self.add_button(self.tr("Cancel"), role="reject")
        self.again = self.add_button(self.tr("Choose another file…"))
        self.import_ = self.add_button(self.tr("Import"), "primary")
        self.cancel.setObjectName("cancel")
        self.import_.setObjectName("accept")
        self.again.setObjectName("again")
        self.copy.setObjectName("copy")
        self.copy.clicked.connect(self.copy_report)
        self.again.clicked.connect(self._choose_again)
        self.import_.clicked.connect(self._primary)
        self.form.changed.connect(self._changed)
        self.progress.cancelled.connect(self._cancel_run)
        self._turn_to(self.form)
        self._changed()
        if not sources:
            self.form.sources.zone.setFocus()
        else:
            self.import_.setFocus()

    # stages

    def _turn_to(self, stage: QWidget) -> None:
        self.stage = stage
        for one in (self.form, self.progress, self.outcome):
            one.setVisible(one is stage)
        choosing, running = stage is self.form, stage is self.progress
        self.copy.setVisible(stage is self.outcome)
        self.cancel.setVisible(choosing)
        self.again.setVisible(stage is self.outcome)
        self.import_.setVisible(not running)
        self._name_it()
        self._fit()

    def _fit(self) -> None:
        fit_height(self)

    def _name_it(self) -> None:
        row = self.form.queue_row
        words = self.tr("Import into {queue}")
        self.set_title(words.format(queue=row.title) if row is not None else self.tr("Import"))

    def _changed(self) -> None:
        if self.stage is self.form:
            self.import_.setEnabled(self.form.is_ready)
            self._name_it()
            self._fit()

    def _choose_again(self) -> None:
        self.import_.setText(self.tr("Import"))
        self.import_.set_key("Enter")
        self._turn_to(self.form)
        self._changed()
        self.form.sources.ask_files()

    def _primary(self) -> None:
        if self.stage is self.form or self.report is None:
            self.begin()
        else:
            self.accept()

    # running

    def begin(self) -> None:
        """Import what was chosen."""
        entry, row = self.form.entry, self.form.queue_row
        if self._run is not None or not self.form.is_ready or entry is None or row is None:
            return
        ask, plugins = lane_asks(self._context), self._context.plugins
        sources, options = self.form.sources.paths, self.form.options()
        run = Run(self._context, self)
        run.told.connect(self.progress.set_progress)
        self._run = run
        self.report = None
        names = ", ".join(path.name for path in sources[:2])
        self.progress.begin(self.tr("Importing {files}").format(files=names))
        self._turn_to(self.progress)
        self.progress.cancel.setFocus()

        def work(progress: Progress, cancelled: Cancelled) -> ImportReport:
            if entry.id == NATIVE:
                return run_native_import(
                    *(ask, plugins, sources, row.name, options),
                    progress=progress,
                    cancelled=cancelled,
                )
            return run_import(
                *(ask, plugins, plugins.reader(entry), sources, row.name, options),
                progress=progress,
                cancelled=cancelled,
                roots=self._context.media_roots,
            )

        def counted(progress: Progress, cancelled: Cancelled) -> ImportReport:
            before = ask(count_tasks)
            try:
                return work(progress, cancelled)
            except (Refusal, OSError) as error:
                raise Broken(problem_of(error), ask(count_tasks) - before) from error

        run.begin(counted, self._done, self._failed)

    def _cancel_run(self) -> None:
        if self._run is not None:
            self._run.stop()

    def _over(self) -> None:
        if self._run is not None:
            self._run.deleteLater()
            self._run = None

    def _done(self, report: ImportReport) -> None:
        self._over()
        self.report = report
        self._context.tasks_were_changed()
        self._context.media_changed.emit()
        title, lines = self._words(report)
        kind: CalloutKind = "ok"
        if report.stopped or report.skipped:
            kind = "warn"
        elif not report.tasks and not report.annotations:
            kind = "info"
        self.outcome.callout.set_words(title, " ".join(lines), kind)
        noted = sum(count for code, count in report.counts.items() if code in NOTES)
        lost = sum(report.counts.values()) - noted
        self.outcome.show_problems(self.tr("What to look at"), report.problems, lost, noted)
        self._report = report_text(title, lines, report.problems)
        self.import_.setText(self.tr("Done"))
        self._turn_to(self.outcome)
        self.import_.setFocus()

    def _words(self, report: ImportReport) -> tuple[str, list[str]]:
        if report.tasks or report.annotations:
            title = self.tr("{tasks} and {values} imported").format(
                tasks=tasks_words(report.tasks), values=values_words(report.annotations)
            )
        else:
            title = self.tr("Nothing new was imported")
        lines = []
        if report.skipped:
            words = self.tr("Nothing new in {rows}: here already, or not to be read.")
            lines.append(words.format(rows=rows_words(report.skipped)))
        if report.stopped:
            lines.append(self.tr("It was stopped; what was imported until then stays."))
        return title, lines

    def _failed(self, error: BaseException) -> None:
        self._over()
        if not isinstance(error, Broken):
            self.reject()
            self._context.fail(error)
            return
        problem = error.problem
        self._context.tasks_were_changed()
        self._context.media_changed.emit()
        title = self.tr("Nothing was imported")
        if error.tasks:
            # Batches that were written before the disk refused stay, each whole.
            words = self.tr("The import stopped; {tasks} came in before")
            title = words.format(tasks=tasks_words(error.tasks))
        words = problem_text(problem)
        where = f"{problem.where}: " if problem.where else ""
        self.outcome.callout.set_words(title, f"{where}{words}", "danger")
        self.outcome.show_problems("", (), 0, 0)
        sources = self.form.sources.paths
        self._context.background(
            lambda _told: excerpt(problem.where, sources), self._show_excerpt, receiver=self
        )
        self._report = report_text(title, [], [problem])
        self.import_.setText(self.tr("Try again"))
        self._turn_to(self.outcome)
        self.import_.setFocus()

    def _show_excerpt(self, code: str) -> None:
        self.outcome.show_problems("", (), 0, 0, code)
        self._fit()

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
        """While it runs, Escape stops the import and not the dialog."""
        if self._run is not None:
            self.progress.cancel.click()
            return
        super().reject()


def show(
    context: AppContext, parent: QWidget, sources: Sequence[Path] = (), queue: str = ""
) -> None:
    """Ask what to import into the open project."""
    if context.session is None:
        return
    dialog = ImportDialog(context, parent, sources=sources, queue=queue)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
