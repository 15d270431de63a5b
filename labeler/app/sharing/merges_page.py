"""The Merges page: every merge into the open project, and what each of them brought."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from labeler.app.context import AppContext
from labeler.app.data.when import moment_words
from labeler.app.sharing.merge_detail import MergeDetail
from labeler.app.sharing.place import PlaceHead
from labeler.app.sharing.rows import Cell, Column, RowModel, RowTable, cell
from labeler.app.words import number
from labeler.kit import Button, EmptyState, Plain
from labeler.store.merge_log import MergeRow

__all__ = ["MergesPage"]

_DIGITS = 8


class MergesPage(Plain):
    """A row for each merge, the newest first; Enter opens what it brought."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._context = context
        self._rows: list[MergeRow] = []
        self._wanted: tuple[int, str] | None = None
        self.setAccessibleName(self.tr("Merges"))
        self.head = PlaceHead(context, "merges")
        self.merge = Button(self.tr("Merge a copy…"), icon="git-branch")
        context.commands.follow(self.merge, "project.merge_copy")
        self.head.row.addWidget(self.merge)
        self.model = RowModel(
            [
                Column(self.tr("When")),
                Column(self.tr("File"), takes_rest=True),
                Column(self.tr("Digest")),
                Column(self.tr("Added"), at_end=True),
                Column(self.tr("Known"), at_end=True),
                Column(self.tr("Conflicts"), at_end=True),
                Column(self.tr("Set aside"), at_end=True),
            ],
            self,
        )
        self.table = RowTable(self.model, self.tr("Merges"))
        self.detail = MergeDetail(context)
        self.none = EmptyState(
            self.tr("No merges so far"),
            self.tr(
                "Two people work in two copies; a merge brings both together and loses nothing."
                " What each merge brought stands here."
            ),
            icon="git-branch",
        )
        begin = self.none.add_button(self.tr("Merge a copy…"), "primary")
        context.commands.follow(begin, "project.merge_copy")
        self.stack = QStackedWidget()
        for one in (self.none, self.table, self.detail):
            self.stack.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.stack, 1)
        for button in (self.merge, begin):
            button.clicked.connect(self._merge)
        self.table.opened.connect(self._open_row)
        self.detail.left.connect(self.show_all)
        context.project_changed.connect(self._project_changed)
        context.tasks_changed.connect(self._changed)

    # what the window calls

    def arrive(self) -> None:
        """The person comes to the page."""
        self.read()
        self._focus()

    def open_merge(self, number_: int, part: str) -> None:
        """Show what a merge brought (``added``) or set aside (``aside``), once it is read."""
        self._wanted = (number_, part)
        self.read()

    # reading

    def read(self) -> None:
        """Read the log anew."""
        if self._context.session is None:
            self._show([])
        else:
            self._context.run(lambda project: project.merges(), self._show, receiver=self)

    def _show(self, rows: list[MergeRow]) -> None:
        if rows != self._rows:
            self._rows = rows
            self.model.show([_cells(row) for row in rows])
        wanted, self._wanted = self._wanted, None
        chosen = next((row for row in rows if wanted is not None and row.id == wanted[0]), None)
        if chosen is not None and wanted is not None:
            self._open(chosen, wanted[1])
        elif self.stack.currentWidget() is not self.detail:
            self.stack.setCurrentWidget(self.table if rows else self.none)
        opened = self._context.commands.can_run("project.merge_copy")
        self.merge.setEnabled(opened.ok)
        self.merge.setToolTip(opened.reason)

    def _changed(self) -> None:
        if self.isVisible():
            self.read()

    def _project_changed(self) -> None:
        self._rows = []
        self.model.show([])
        self._wanted = None
        self.stack.setCurrentWidget(self.none)
        self.detail.forget()
        if self.isVisible():
            self.read()

    # going to and fro

    def _open_row(self, row: int) -> None:
        self._open(self._rows[row], "added")

    def _open(self, row: MergeRow, part: str) -> None:
        self.detail.show_merge(row, part)
        self.stack.setCurrentWidget(self.detail)
        self._focus()

    def show_all(self) -> None:
        """Back from what a merge brought to all of them."""
        self.stack.setCurrentWidget(self.table if self._rows else self.none)
        self._focus()

    def _focus(self) -> None:
        shown = self.stack.currentWidget()
        target = self.detail.table if shown is self.detail else shown
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.detail:
            self.show_all()
            return
        super().keyPressEvent(event)

    def _merge(self) -> None:
        self._context.commands.run("project.merge_copy")


def _cells(row: MergeRow) -> Sequence[Cell]:
    return (
        cell(moment_words(row.when), ink="text_2"),
        cell(row.src, badge=None if row.whole else _interrupted()),
        cell(row.digest[:_DIGITS], mono=True, ink="text_2", tip=row.digest),
        cell(number(row.added)),
        cell(number(row.known), ink="text_2"),
        cell(number(row.conflicts), ink="danger" if row.conflicts else "text_2"),
        cell(number(row.quarantined), ink="danger" if row.quarantined else "text_2"),
    )


def _interrupted() -> tuple[str, str, str]:
    return (QCoreApplication.translate("Merges", "Interrupted"), "warn", "triangle-alert")
