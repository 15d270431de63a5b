"""Choosing one condition of a filter: field, comparison, value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from labeler.app.data.fields import COLUMN, FieldRow, hows_of
from labeler.app.i18n import problem_text
from labeler.app.popover import Popover
from labeler.kit import Button, Field, Select
from labeler.model.finding import Condition, condition_text, read_filter
from labeler.model.problems import Problem, Refusal

__all__ = ["FilterPopover"]


class FilterPopover(Popover):
    """``given`` carries the Condition; Enter gives it, Escape ends it.

    ``shown`` is a condition to change; without one the first field is offered.
    """

    given = Signal(object)

    def __init__(
        self,
        anchor: QWidget,
        fields: Sequence[FieldRow],
        shown: Condition | None = None,
        *,
        column: str = "",
    ) -> None:
        super().__init__(anchor, "", width=360)
        title = self.tr("Add filter") if shown is None else self.tr("Change filter")
        self.setAccessibleName(title)
        first = self.body.itemAt(0)
        heading = first.widget() if first is not None else None
        if heading is not None:
            heading.setProperty("text", title)
        self._fields = {row.id: row for row in fields}
        self.field = Select([(row.id, row.title) for row in fields], name=self.tr("Field"))
        self.column = Field(self.tr("Name of the column"), column)
        self.how = Select(name=self.tr("Comparison"))
        self.values = Select(name=self.tr("Value"))
        self.value = Field("", name=self.tr("Value"))
        # At most so many rows of a long list at once; the rest scrolls.
        self.values.setMaxVisibleItems(12)
        self.field.setMaxVisibleItems(16)
        row = QHBoxLayout()
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.how, 0, top)
        row.addWidget(self.values, 1, top)
        row.addWidget(self.value, 1, top)
        # The comparison is never cut: it is what turns a filter round.
        self.how.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToContents)
        self.how.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.body.addWidget(self.field)
        self.body.addWidget(self.column)
        self.body.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        cancel = Button(self.tr("Cancel"), "quiet", key="Esc", compact=True)
        cancel.clicked.connect(self.dismiss)
        words = self.tr("Add") if shown is None else self.tr("Change")
        self.act = Button(words, "primary", key=self.tr("Enter"), compact=True)
        self.act.clicked.connect(self.give)
        buttons.addWidget(cancel)
        buttons.addWidget(self.act)
        self.body.addLayout(buttons)
        self.field.currentIndexChanged.connect(self._field_chosen)
        self._field_chosen()
        if shown is not None:
            self._show_condition(shown)
        self.open()
        begin: QWidget = self.field if shown is None else self._value_widget()
        begin.setFocus(Qt.FocusReason.PopupFocusReason)

    def _row(self) -> FieldRow:
        return self._fields[self.field.chosen]

    def _value_widget(self) -> QWidget:
        return self.values if self._row().values else self.value.edit

    def _show_condition(self, shown: Condition) -> None:
        known = shown.field in self._fields
        self.field.set_chosen(shown.field if known else COLUMN)
        if not known:
            self.column.set_text(shown.field.removeprefix(COLUMN))
        how = f"{shown.operator} {shown.negated:d}"
        if self.how.findData(how) >= 0:
            self.how.set_chosen(how)
        if self._row().values and self.values.findData(shown.values[0]) >= 0:
            self.values.set_chosen(shown.values[0])
        self.value.set_text(",".join(shown.values))

    def _field_chosen(self, _index: int = 0) -> None:
        row = self._row()
        self.column.setVisible(row.id == COLUMN)
        self.how.clear()
        for (operator, negated), words in hows_of(row.kind):
            self.how.addItem(words, f"{operator} {negated:d}")
        self.values.clear()
        for value, title in row.values:
            self.values.addItem(title, value)
        self.values.setVisible(bool(row.values))
        self.value.setVisible(not row.values)
        self.value.set_error("")
        self.column.set_error("")
        self.value.set_text("")
        hint = {
            "day": self.tr("2026-05-01, 2026-05 or today"),
            "count": self.tr("A number"),
        }.get(row.kind, "")
        self.value.edit.setPlaceholderText(hint)
        self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.give()
            return
        super().keyPressEvent(event)

    def give(self) -> None:
        """Give the condition as it stands, or say what is wrong with it."""
        row = self._row()
        name = row.id
        if row.id == COLUMN:
            name = COLUMN + self.column.text.strip()
            if name == COLUMN:
                self.column.set_error(self.tr("Name the column"))
                self.place()
                return
        operator, _, negated = self.how.chosen.partition(" ")
        text = self.values.chosen if row.values else self.value.text.strip()
        if not text:
            self.value.set_error(self.tr("Say a value"))
            self.place()
            return
        try:
            condition = _checked(name, text, operator, negated == "1")
        except Refusal as refusal:
            self.value.set_error(self._why(row, refusal.problem))
            self.place()
            return
        self.dismiss()
        self.given.emit(condition)

    def _why(self, row: FieldRow, problem: Problem) -> str:
        """What to write instead; the letter a search would point at is nowhere to be seen here."""
        if problem.code == "search_value" and row.kind == "day":
            return self.tr("Write a day, like 2026-05-01, 2026-05 or today")
        if problem.code == "search_value" and row.kind == "count":
            return self.tr("Write a number, like 2")
        return problem_text(problem)


def _checked(name: str, value: str, operator: str, negated: bool) -> Condition:
    """The condition, looked at as if it had been typed. Raises Refusal."""
    for known in ("", ">=", "<=", ">", "<"):
        if known == operator:
            made = Condition(name, (value,), known, negated)
            return read_filter(condition_text(made), (name,)).conditions[0]
    raise ValueError(operator)
