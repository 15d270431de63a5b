"""What one merge brought: its changes page by page, and what it set aside with the bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from labeler.app.context import AppContext
from labeler.app.data.when import moment_words
from labeler.app.sharing.rows import Cell, Column, RowModel, RowTable, cell
from labeler.app.sharing.table_and_detail import Detail
from labeler.app.sharing.words import size_words, what_words, why_words
from labeler.app.words import number
from labeler.kit import Button, Part, Plain, Text
from labeler.model.problems import Problem, Refusal
from labeler.store import Project
from labeler.store.merge_log import MergedChange, MergeRow, QuarantineRow

__all__ = ["Change", "MergeDetail", "read_changes"]

_PAGE = 200


class Change(NamedTuple):
    """A change that a merge brought, with the key and the queue of its task where it has one here."""

    change: MergedChange
    key: str
    queue: str


def read_changes(project: Project, merge: int, after: int) -> list[Change]:
    """A page of what a merge added, in the lane; ``after`` is the row the page before ended with."""
    found: dict[str, tuple[str, str]] = {"": ("", "")}
    page = []
    for change in project.merged(merge, after, _PAGE):
        if change.task not in found:
            try:
                row = project.query.find(change.task)
                found[change.task] = (row.key, row.queue)
            except Refusal:  # the task has not come yet, or is deleted
                found[change.task] = ("", "")
        page.append(Change(change, *found[change.task]))
    return page


class MergeDetail(Detail[MergeRow]):
    """Two tables of which one is shown."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._changes: list[Change] = []
        self._aside: list[QuarantineRow] = []
        self._chooser: QFileDialog | None = None
        parts = (Part("added", self.tr("Added")), Part("aside", self.tr("Set aside")))
        self.arrange(self.tr("All merges"), self.tr("What is listed"), parts)
        self.added = RowModel(
            [
                Column(self.tr("What")),
                Column(self.tr("Task"), takes_rest=True),
                Column(self.tr("Queue")),
                Column(self.tr("By")),
                Column(self.tr("When"), at_end=True),
            ],
            self,
        )
        self.aside = RowModel(
            [
                Column(self.tr("Why"), takes_rest=True),
                Column(self.tr("Whose")),
                Column(self.tr("From file")),
                Column(self.tr("When"), at_end=True),
                Column(self.tr("Size"), at_end=True),
            ],
            self,
        )
        self.added_table = RowTable(self.added, self.tr("Added"))
        self.aside_table = RowTable(self.aside, self.tr("Set aside"))
        self.table = self.added_table
        self._foot = Plain("bg", edges="top")
        self._note = Text("", role="text_2", wrap=True)
        self.save = Button(self.tr("Save the bytes…"), icon="save", compact=True)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(16, 7, 16, 6)
        foot.addWidget(self._note, 1)
        foot.addWidget(self.save)
        self.column.addWidget(self.added_table, 1)
        self.column.addWidget(self.aside_table, 1)
        self.column.addWidget(self._foot)
        self.parts.chosen_changed.connect(self._turn)
        self.added_table.opened.connect(self._open)
        self.aside_table.opened.connect(self._save_row)
        self.save.clicked.connect(self._save)

    def forget(self) -> None:
        self.row = None
        self._changes, self._aside = [], []
        self.added.show([])
        self.aside.show([])

    def show_row(self, row: MergeRow) -> None:
        part = self.parts.chosen if self.row is not None and self.row.id == row.id else "added"
        self.forget()
        self.row = row
        words = self.tr("{file}, merged {when}")
        self.title.set_text(words.format(file=row.src, when=moment_words(row.when)))
        self.show_part(part)
        self._read(0)
        self._context.run(
            lambda project: project.quarantine(row.id),
            lambda aside: self._show_aside(row, aside),
            receiver=self,
        )

    def show_part(self, part: str) -> None:
        """Show what was ``added`` or what was set ``aside``."""
        self.parts.set_chosen(part)
        self._turn(part)

    def _turn(self, part: str) -> None:
        self.table = self.aside_table if part == "aside" else self.added_table
        self.added_table.setVisible(part == "added")
        self.aside_table.setVisible(part == "aside")
        self._show_foot()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_foot(self) -> None:
        row = self.row
        aside = self.parts.chosen == "aside"
        self.save.setVisible(aside and bool(self._aside))
        if row is None:
            return
        if not aside:
            words = self.tr("Nothing was added: all of it was here before.")
            if row.added:
                words = self.tr("{count} changes. Enter opens the task.").format(
                    count=number(row.added)
                )
        elif self._aside:
            words = self.tr(
                "What does not prove itself is kept, and counts nowhere. Its bytes may help whoever"
                " looks into it."
            )
        else:
            words = self.tr("Nothing was set aside.")
        self._note.setText(words)

    # added

    def _read(self, after: int) -> None:
        row = self.row
        if row is not None:
            self._context.run(
                lambda project: read_changes(project, row.id, after),
                lambda page: self._page(row, page),
                receiver=self,
            )

    def _page(self, row: MergeRow, page: list[Change]) -> None:
        if self.row is not row:
            return
        self._changes += page
        first = not self.added.rowCount()
        rows = [self._added_cells(one) for one in page]
        if first:
            self.added.show(rows)
        else:
            self.added.add(rows)
        if len(page) == _PAGE:
            self.added.set_more(lambda: self._read(page[-1].change.row))

    def _added_cells(self, one: Change) -> Sequence[Cell]:
        tr = QCoreApplication.translate
        change = one.change
        badge = (tr("Merges", "In conflict"), "danger", "git-compare") if change.conflict else None
        return (
            cell(what_words(change)),
            cell(one.key, mono=True, badge=badge),
            cell(self._context.queue_title(one.queue), ink="text_2"),
            cell(change.by),
            cell(moment_words(change.when), ink="text_2"),
        )

    def _open(self, number_: int) -> None:
        one = self._changes[number_]
        if one.queue:
            self._context.show_task(one.queue, one.change.task)
        else:
            self._context.toast(self.tr("This change is about no task of its own"))

    # set aside

    def _show_aside(self, row: MergeRow, aside: list[QuarantineRow]) -> None:
        if self.row is row:
            self._aside = aside
            self.aside.show([_aside_cells(one) for one in aside])
            self._show_foot()

    def _save(self) -> None:
        self._save_row(self.aside_table.row)

    def _save_row(self, row: int) -> None:
        if not 0 <= row < len(self._aside):
            return
        one = self._aside[row]
        dialog = QFileDialog(self, self.tr("Save the bytes"))
        dialog.setObjectName("save_bytes")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{Path(one.src).stem}-{one.id}.bin")
        dialog.fileSelected.connect(lambda name: self._write(one, Path(name)))
        self._chooser = dialog
        dialog.open()

    def _write(self, one: QuarantineRow, path: Path) -> None:
        session = self._context.session
        if session is None:
            return

        def write(_told: object) -> Path:
            raw = session.lane.post(lambda project: project.quarantined_bytes(one.id)).result()
            try:
                path.write_bytes(raw)
            except OSError as error:
                problem = Problem("disk_error", str(path), {"reason": error.strerror or ""})
                raise Refusal(problem) from None
            return path

        self._context.background(write, self._written, receiver=self)

    def _written(self, path: Path) -> None:
        self._context.toast(self.tr("Saved: {file}").format(file=path.name))


def _aside_cells(one: QuarantineRow) -> Sequence[Cell]:
    return (
        cell(why_words(one.why), icon=("triangle-alert", "warn"), tip=one.why),
        cell(one.by),
        cell(one.src, ink="text_2"),
        cell(moment_words(one.when), ink="text_2"),
        cell(size_words(one.size), ink="text_2"),
    )
