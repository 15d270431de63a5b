"""The export dialog: which queue, whose values, in which format, where to; then what was written."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from labeler.api.manifest import FormatEntry
from labeler.app.context import AppContext
from labeler.app.dialogs.choices import formats_of, queue_settings, with_ending
from labeler.app.dialogs.errand_row import lane_asks
from labeler.app.dialogs.export_words import dropped_problems, loses_word, source_of
from labeler.app.dialogs.figures import tasks_words, values_words
from labeler.app.dialogs.frame import fit_height
from labeler.app.dialogs.labelled import labelled
from labeler.app.dialogs.writing_dialog import WritingDialog
from labeler.app.i18n import format_title
from labeler.app.words import number
from labeler.exchange.exporting import ExportOptions, run_export
from labeler.exchange.native import NATIVE, run_native_export
from labeler.exchange.needs import Cancelled, Progress
from labeler.exchange.reports import ExportReport
from labeler.kit import Select, Text
from labeler.model.problems import Problem
from labeler.store import Person, QueueRow
from labeler.store.rows import STATUSES

__all__ = ["ExportDialog", "show"]

_ALL = ""
_CLASH = "export_refused"


class ExportDialog(WritingDialog[ExportReport]):
    """Writes tasks and values of the open project to files; the window stays alive meanwhile."""

    def __init__(
        self, context: AppContext, parent: QWidget | None = None, *, queue: str = ""
    ) -> None:
        title = QCoreApplication.translate("ExportDialog", "Export to")
        super().__init__(context, parent, title=title, queue=queue)
        self.set_title(self.tr("Export"))
        self.stopped = self.tr("Stopped; nothing was written")
        self.nothing = self.tr("Nothing was exported")
        self._by_hand = False
        session = context.session
        self._sees_gold = session is not None and session.person.sees_gold
        self._entries: tuple[FormatEntry, ...] = ()
        self._build()
        self._connect()
        self._queue_chosen()
        self.turn_to(self.form)
        self.target.edit.setFocus()
        if context.session is not None:
            context.run(lambda project: project.people(), self._people_read, receiver=self)

    def _build(self) -> None:
        self.format = Select(name=self.tr("Format"))
        sources = [
            ("submitted", self.tr("Submitted and accepted work")),
            ("accepted", self.tr("Accepted work")),
            ("consensus", self.tr("Consensus")),
            ("gold", self.tr("Gold")),
            ("predictions", self.tr("Predictions")),
            ("all", self.tr("Everything")),
        ]
        # Who must not know which tasks have gold is not handed it in a file either.
        told = [one for one in sources if self._sees_gold or one[0] not in ("gold", "all")]
        self.source = Select(told, name=self.tr("Values"))
        self.by = Select([(_ALL, self.tr("Everybody"))], name=self.tr("By"))
        self._about = Text("", role="text_2", wrap=True)
        self.form = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        cells = (
            (self.tr("Queue"), self.queue, 0, 0),
            (self.tr("Format"), self.format, 0, 1),
            (self.tr("Values"), self.source, 1, 0),
            (self.tr("By"), self.by, 1, 1),
        )
        for label, widget, row, column in cells:
            grid.addWidget(labelled(label, widget), row, column)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addLayout(grid)
        inner.addWidget(self._about)
        inner.addWidget(self.target)
        self.arrange_writing(self.tr("Export"), self.tr("Export more…"))
        for one, name in ((self.format, "format"), (self.source, "source"), (self.by, "by")):
            one.setObjectName(name)

    def _connect(self) -> None:
        self.queue.currentIndexChanged.connect(self._queue_chosen)
        self.format.currentIndexChanged.connect(self._format_chosen)
        self.source.activated.connect(self._source_by_hand)

    def _people_read(self, people: list[Person]) -> None:
        for person in people:
            title = person.title
            if person.kind == "model":
                title = self.tr("{name}, a model").format(name=title)
            self.by.addItem(title, person.handle)

    # stages

    def choose_again(self) -> None:
        super().choose_again()
        self._propose()
        self.target.edit.setFocus()

    # what changes what

    @property
    def entry(self) -> FormatEntry | None:
        """The chosen format."""
        return next((one for one in self._entries if one.id == self.format.chosen), None)

    @property
    def queue_row(self) -> QueueRow | None:
        """The chosen queue."""
        return next((one for one in self._queues if one.name == self.queue.chosen), None)

    def _queue_chosen(self) -> None:
        row, before = self.queue_row, self.format.chosen
        plugins = self._context.plugins
        self._entries = formats_of(plugins, row.panel, exports=True) if row is not None else ()
        self.format.blockSignals(True)
        self.format.clear()
        for one in self._entries:
            self.format.addItem(format_title(one), one.id)
        if any(one.id == before for one in self._entries):
            self.format.set_chosen(before)
        self.format.blockSignals(False)
        self._format_chosen()

    def _format_chosen(self) -> None:
        entry = self.entry
        if not self._by_hand:
            self.source.set_chosen(
                "all" if self._sees_gold and entry and entry.id == NATIVE else "submitted"
            )
        words = ""
        if entry is not None and entry.id == NATIVE:
            words = self.tr("Loses nothing: to move work between projects.")
        elif entry is not None and entry.loses:
            lost = ", ".join(loses_word(one) for one in entry.loses)
            words = self.tr("This format has no room for: {what}.").format(what=lost)
        self._about.setText(words)
        self._about.setVisible(bool(words))
        self._propose()
        if self.stage is self.form:
            fit_height(self)

    def _source_by_hand(self) -> None:
        self._by_hand = True

    def _propose(self) -> None:
        """Propose a file that is not there yet, unless the person named one."""
        session, row, entry = self._context.session, self.queue_row, self.entry
        if session is None or row is None or entry is None:
            return
        stem = session.path.stem
        if len(self._queues) > 1:
            stem = f"{stem} {row.name}"
        ending = entry.extensions[0] if entry.extensions else ""
        self.target.propose(session.path.with_name(stem), ending)
        if entry.extensions:
            endings = " ".join(f"*{one}" for one in entry.extensions)
            self.target.set_filter(f"{format_title(entry)} ({endings})")
        else:
            self.target.set_filter("")

    # running

    def begin(self) -> None:
        """Export what was chosen."""
        entry, row = self.entry, self.queue_row
        if self.is_running or entry is None or row is None:
            return
        target = self.target.new_path()
        if target is None:
            return
        ask, plugins = lane_asks(self._context), self._context.plugins
        session = self._context.session
        options = ExportOptions(
            source=source_of(self.source.chosen),
            by=self.by.chosen or None,
            settings=queue_settings(self._context, row),
        )
        self.written = target
        native, named = entry.id == NATIVE, target
        if not native and target.suffix:
            named = with_ending(target, entry)

        def work(progress: Progress, cancelled: Cancelled) -> ExportReport:
            if native:
                return run_native_export(
                    *(ask, target, row.name, options), progress=progress, cancelled=cancelled
                )
            return run_export(
                *(ask, plugins, plugins.writer(entry), named, row.name, options),
                holds_one=entry.holds_one,
                progress=progress,
                cancelled=cancelled,
                open_medium=session.media.open if session is not None else None,
            )

        words = self.tr("Exporting {queue}").format(queue=row.title)
        self.run(words, work, self._done, self.failed)

    def _done(self, report: ExportReport) -> None:
        self.over()
        self.report = report
        self.written = next(iter(report.files), self.written)
        title = self.tr("{tasks} and {values} exported").format(
            tasks=tasks_words(report.tasks), values=values_words(report.annotations)
        )
        files = [str(path) for path in report.files[:3]]
        if len(report.files) > 3:
            words = self.tr("and {count} more files")
            files.append(words.format(count=number(len(report.files) - 3)))
        empty = not report.tasks
        lost = empty or bool(set(report.dropped) - set(STATUSES))
        if empty:
            files.insert(0, self.tr("No task has a value of this kind; the file is empty."))
        problems = dropped_problems(report.dropped)
        self.outcome.show_problems(self.tr("Left out"), problems, sum(report.dropped.values()), 0)
        self.tell(title, files, "warn" if lost else "ok", problems)

    def explain(self, problem: Problem) -> str:
        if problem.code != _CLASH:
            return ""
        # The core speaks of options of the command line; here they are two fields.
        words = self.tr(
            "The task has the work of {count} people and this format holds one;"
            " choose a person under “By”, or other values."
        )
        return words.format(count=problem.params.get("count", ""))


def show(context: AppContext, parent: QWidget, queue: str = "") -> None:
    """Ask what to export of the open project."""
    if context.session is None:
        return
    dialog = ExportDialog(context, parent, queue=queue)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
