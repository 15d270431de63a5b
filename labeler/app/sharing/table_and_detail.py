"""A page of the Data place whose rows open: nothing so far, the table, or what one of its rows holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from labeler.app.context import AppContext
from labeler.app.sharing.place import PlaceHead
from labeler.app.sharing.rows import Cell, Column, RowModel, RowTable
from labeler.kit import Button, ElidedText, EmptyState, Part, Plain, Segmented
from labeler.store import Project

__all__ = ["Detail", "TableAndDetail"]


class _Known(Protocol):
    """A row that is known again when it is read anew."""

    @property
    def id(self) -> object: ...


R = TypeVar("R", bound=_Known)


class Detail(QWidget, Generic[R]):
    """What one row holds: the way back, its name, which part is listed, and below them its tables.

    A subclass calls ``arrange``, puts its tables into ``column`` and keeps the one that is shown as
    ``table``; ``left`` fires on Back.
    """

    left = Signal()
    table: RowTable

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.row: R | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def arrange(self, back: str, listed: str, parts: Sequence[Part]) -> None:
        """Make the head: the word of the way back, what the choice of ``parts`` is called."""
        self.back = Button(back, "quiet", icon="arrow-left", key="Esc", compact=True)
        self.title = ElidedText("", "ui_strong")
        self.parts = Segmented(parts, name=listed, chosen=parts[0].id, compact=True)
        head = Plain("bg", edges="bottom")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 6, 16, 7)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self.title, 1)
        row.addWidget(self.parts)
        self.column.addWidget(head)
        self.back.clicked.connect(self.left)

    def show_row(self, row: R) -> None:
        """Show what this row holds; the same one again in the part that is chosen."""
        raise NotImplementedError

    def forget(self) -> None:
        """Show nothing: another project is open."""
        raise NotImplementedError


class TableAndDetail(Plain, Generic[R]):
    """A row for each of its kind, the newest first; Enter opens one, Escape leads back to all.

    It reads when it is shown and whenever tasks changed meanwhile. A subclass calls ``arrange``.
    """

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._context = context
        self._commands: list[tuple[Button, str]] = []
        self.rows: list[R] = []

    def arrange(
        self,
        place: str,
        name: str,
        columns: Sequence[Column],
        *,
        fetch: Callable[[Project], list[R]],
        cells: Callable[[R], Sequence[Cell]],
        none: EmptyState,
        detail: Detail[R],
        begin: tuple[str, str, str],
    ) -> None:
        """Put the page together: how rows are read in the lane and told, what stands where there are
        none, what one opens, and what makes one (``begin``: a command, its word, its icon)."""
        command, word, icon = begin
        self._fetch, self._cells = fetch, cells
        self.setAccessibleName(name)
        self.head = PlaceHead(self._context, place)
        self.head.row.addWidget(self.runs(command, Button(word, icon=icon)))
        self.model = RowModel(columns, self)
        self.table = RowTable(self.model, name)
        self.none, self.detail = none, detail
        self.runs(command, none.add_button(word, "primary"))
        self.stack = QStackedWidget()
        for one in (none, self.table, detail):
            self.stack.addWidget(one)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.head)
        self.column.addWidget(self.stack, 1)
        self.table.opened.connect(self.open_row)
        self.table.chosen.connect(self.turned)
        detail.left.connect(self.show_all)
        self._context.project_changed.connect(self._project_changed)
        self._context.tasks_changed.connect(self._changed)

    def runs(self, command: str, button: Button) -> Button:
        """Let a button of the page run a command, and be enabled while it can be run."""
        self._context.commands.follow(button, command)
        self._commands.append((button, command))
        button.setProperty("command", command)
        button.clicked.connect(self._pressed)
        return button

    # what the window and commands call

    @property
    def toast_host(self) -> QWidget:
        """What sentences are shown over: the rows, not the bar below them."""
        return self.stack

    def arrive(self) -> None:
        """The person comes to the page."""
        self.read()
        self._focus()

    @property
    def is_open(self) -> bool:
        """Whether what a row holds is shown."""
        return self.stack.currentWidget() is self.detail

    @property
    def current(self) -> R | None:
        """The row that is open or chosen, or None."""
        if self.is_open:
            return self._same(self.detail.row)
        at = self.table.row
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def open_row(self, at: int) -> None:
        """Show what a row holds."""
        if 0 <= at < len(self.rows):
            self.detail.show_row(self.rows[at])
            self._turn(self.detail)

    def open_current(self) -> None:
        """Show what the chosen row holds."""
        self.open_row(self.table.row)

    def show_all(self) -> None:
        """Back from what a row holds to all rows."""
        self._turn(self.table if self.rows else self.none)

    # reading

    def read(self) -> None:
        """Read the rows anew."""
        if self._context.session is None:
            self.show_rows([])
        else:
            self._context.run_patient(self._fetch, self.show_rows, receiver=self)

    def show_rows(self, rows: list[R]) -> None:
        """Show these; the chosen one stays chosen and the open one open."""
        if rows != self.rows:
            before, shown = self.current, self.detail.row
            self.rows = rows
            self.model.show([self._cells(row) for row in rows])
            kept = self._same(before)
            self.table.choose(rows.index(kept) if kept is not None else 0)
            renewed = self._same(shown)
            if renewed is not None and renewed != shown:
                self.detail.show_row(renewed)
        if not self.is_open:
            self.stack.setCurrentWidget(self.table if rows else self.none)
        self.turned()

    def turned(self) -> None:
        """Offer what can be done with what is shown: other rows, another one chosen, or one open."""
        for button, command in self._commands:
            can = self._context.commands.can_run(command)
            button.setEnabled(can.ok)
            button.setToolTip(can.reason)

    def _same(self, row: R | None) -> R | None:
        """A row as it was read last, or None where it is no more."""
        return next((one for one in self.rows if row is not None and one.id == row.id), None)

    def _changed(self) -> None:
        if self.isVisible():
            self.read()

    def _project_changed(self) -> None:
        self.rows = []
        self.model.show([])
        self.detail.forget()
        self.stack.setCurrentWidget(self.none)
        self.turned()
        if self.isVisible():
            self.read()

    # going to and fro

    def _turn(self, shown: QWidget) -> None:
        self.stack.setCurrentWidget(shown)
        self.turned()
        self._focus()

    def _focus(self) -> None:
        shown = self.table if self.rows else self.none
        target = self.detail.table if self.is_open else shown
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self) -> None:
        self._context.commands.run(str(self.sender().property("command")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_open:
            self.show_all()
            return
        super().keyPressEvent(event)
