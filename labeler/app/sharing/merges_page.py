"""The Merges page: every merge into the open project, and what each of them brought."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.data.when import moment_words
from labeler.app.sharing.merge_detail import MergeDetail
from labeler.app.sharing.rows import Cell, Column, cell
from labeler.app.sharing.table_and_detail import TableAndDetail
from labeler.app.words import number
from labeler.kit import EmptyState
from labeler.store.merge_log import MergeRow

__all__ = ["MergesPage"]

_DIGITS = 8


class MergesPage(TableAndDetail[MergeRow]):
    """A row for each merge; Enter opens what it brought."""

    detail: MergeDetail

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted: tuple[int, str] | None = None
        columns = (
            Column(self.tr("When")),
            Column(self.tr("File"), takes_rest=True),
            Column(self.tr("Digest")),
            Column(self.tr("Added"), at_end=True),
            Column(self.tr("Known"), at_end=True),
            Column(self.tr("Conflicts"), at_end=True),
            Column(self.tr("Set aside"), at_end=True),
        )
        none = EmptyState(
            self.tr("No merges so far"),
            self.tr(
                "Two people work in two copies; a merge brings both together and loses nothing."
                " What each merge brought stands here."
            ),
            icon="git-branch",
        )
        self.arrange(
            "merges",
            self.tr("Merges"),
            columns,
            fetch=lambda project: project.merges(),
            cells=_cells,
            none=none,
            detail=MergeDetail(context),
            begin=("project.merge_copy", self.tr("Merge a copy…"), "git-branch"),
        )

    def open_merge(self, number_: int, part: str) -> None:
        """Show what a merge brought (``added``) or set aside (``aside``), once it is read."""
        self._wanted = (number_, part)
        self.read()

    def show_rows(self, rows: list[MergeRow]) -> None:
        super().show_rows(rows)
        wanted, self._wanted = self._wanted, None
        at = next((n for n, row in enumerate(rows) if wanted and row.id == wanted[0]), None)
        if at is not None and wanted is not None:
            self.open_row(at)
            self.detail.show_part(wanted[1])


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
