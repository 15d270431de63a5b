"""The import dialog: choose, see the first rows, watch it run, read what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.dialogs.errand_dialog import ErrandDialog
from labeler.app.dialogs.errand_row import lane_asks
from labeler.app.dialogs.figures import rows_words, tasks_words, values_words
from labeler.app.dialogs.frame import fit_height
from labeler.app.dialogs.import_form import ImportForm
from labeler.app.dialogs.report_view import excerpt
from labeler.exchange.importing import NOTES, run_import
from labeler.exchange.native import NATIVE
from labeler.exchange.native_reading import run_native_import
from labeler.exchange.needs import Cancelled, Progress
from labeler.exchange.reports import ImportReport
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


class ImportDialog(ErrandDialog[ImportReport]):
    """Brings files into a queue of the open project; the window stays alive meanwhile."""

    form: ImportForm

    def __init__(
        self,
        context: AppContext,
        parent: QWidget | None = None,
        *,
        sources: Sequence[Path] = (),
        queue: str = "",
    ) -> None:
        super().__init__(context, parent)
        session = context.session
        wanted = queue or (context.settings.seat(session.uid).queue if session is not None else "")
        if session is None or session.queue(wanted) is None:
            wanted = ""
        self.form = ImportForm(context, wanted, sources)
        self.arrange(self.tr("Import"), self.tr("Choose another file…"))
        self.form.changed.connect(self._changed)
        self.turn_to(self.form)
        self._changed()
        if not sources:
            self.form.sources.zone.setFocus()
        else:
            self.primary.setFocus()

    # stages

    def turn_to(self, stage: QWidget) -> None:
        self._name_it()
        super().turn_to(stage)

    def _name_it(self) -> None:
        row = self.form.queue_row
        words = self.tr("Import into {queue}")
        self.set_title(words.format(queue=row.title) if row is not None else self.tr("Import"))

    def _changed(self) -> None:
        if self.stage is self.form:
            self.primary.setEnabled(self.form.is_ready)
            self._name_it()
            fit_height(self)

    def choose_again(self) -> None:
        super().choose_again()
        self._changed()
        self.form.sources.ask_files()

    # running

    def begin(self) -> None:
        """Import what was chosen."""
        entry, row = self.form.entry, self.form.queue_row
        if self.is_running or not self.form.is_ready or entry is None or row is None:
            return
        ask, plugins = lane_asks(self._context), self._context.plugins
        sources, options = self.form.sources.paths, self.form.options()
        names = ", ".join(path.name for path in sources[:2])

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

        words = self.tr("Importing {files}").format(files=names)
        self.run(words, counted, self._done, self._failed)

    def _done(self, report: ImportReport) -> None:
        self.over()
        self.report = report
        self._context.tasks_were_changed()
        self._context.media_changed.emit()
        title, lines = self._words(report)
        kind: CalloutKind = "ok"
        if report.stopped or report.skipped:
            kind = "warn"
        elif not report.tasks and not report.annotations:
            kind = "info"
        noted = sum(count for code, count in report.counts.items() if code in NOTES)
        lost = sum(report.counts.values()) - noted
        self.outcome.show_problems(self.tr("What to look at"), report.problems, lost, noted)
        self.tell(title, lines, kind, report.problems)

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
        self.over()
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
        sources = self.form.sources.paths
        self._context.background(
            lambda _told: excerpt(problem.where, sources), self._show_excerpt, receiver=self
        )
        self.tell_failure(title, problem)
        self.primary.setFocus()

    def _show_excerpt(self, code: str) -> None:
        self.outcome.show_problems("", (), 0, 0, code)
        fit_height(self)


def show(
    context: AppContext, parent: QWidget, sources: Sequence[Path] = (), queue: str = ""
) -> None:
    """Ask what to import into the open project."""
    if context.session is None:
        return
    dialog = ImportDialog(context, parent, sources=sources, queue=queue)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
