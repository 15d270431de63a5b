"""The fields a kind of question has of its own: numbers, words, ticks, choices, columns, points."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from labeler.app.dialogs.question_drafts import FIELDS, QuestionDraft, number_of
from labeler.app.dialogs.question_faults import Fault
from labeler.app.dialogs.question_rows import ChoiceRows, ColumnRows
from labeler.app.dialogs.question_words import fault_words, field_title
from labeler.kit import CheckBox, Field, Text

__all__ = ["KindFields", "points_of"]

_TICKS = ("integer", "multiline", "prefill", "ties")
_NARROW = ("minimum", "maximum", "step", "strongest", "unit", "fewest", "most")
_MOST_WORDS = 15
"""Points of a scale that are given words one by one; longer scales name their ends."""


def points_of(draft: QuestionDraft) -> tuple[str, ...]:
    """The points of a scale as they are written in its table, none where it is no scale yet."""
    try:
        low, high = number_of(draft.minimum), number_of(draft.maximum)
        step = number_of(draft.step)
    except ValueError:
        return ()
    if low is None or high is None or step is None or step <= 0 or high <= low:
        return ()
    count = int((high - low) / step + 1e-9) + 1
    if count > _MOST_WORDS:
        return ()
    return tuple(f"{round(low + step * number, 9):.12g}" for number in range(count))


class KindFields(QWidget):
    """Shows the fields of one kind at a time.

    ``changed`` carries a field's name, its new value and a key for undo; ``delete_wanted`` the field
    and the number of a stored choice or column somebody wants gone.
    """

    changed = Signal(str, object, str)
    delete_wanted = Signal(str, int)

    def __init__(self, new_ref: Callable[[], str]) -> None:
        super().__init__()
        self._new_ref = new_ref
        self._kind = ""
        self._points: tuple[str, ...] | None = None
        self.fields: dict[str, QWidget] = {}
        self.words: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._page: QWidget | None = None
        self._grid: QGridLayout | None = None

    def show_draft(self, draft: QuestionDraft, idents: dict[str, str]) -> None:
        """Show the fields of a draft; ``idents`` are the ids its choices and columns will have."""
        if draft.kind != self._kind:
            self._build(draft.kind)
        for name, widget in self.fields.items():
            value = getattr(draft, name, None)
            if isinstance(widget, ChoiceRows | ColumnRows):
                widget.show_drafts(value or ())
                widget.show_idents(idents)
            elif isinstance(widget, CheckBox):
                widget.setChecked(bool(value))
            elif isinstance(widget, Field) and widget.text != value:
                widget.set_text(str(value))
        prefill = self.fields.get("prefill")
        if prefill is not None:
            prefill.setVisible(draft.place == "part")
        if draft.kind == "scale":
            self._show_points(draft)

    def _build(self, kind: str) -> None:
        self._kind = kind
        if self._page is not None:
            self._column.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        self.fields, self.words, self._points = {}, {}, None
        page = self._page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        pair = QGridLayout()
        pair.setHorizontalSpacing(12)
        pair.setVerticalSpacing(12)
        at = 0
        for name in FIELDS[kind]:
            widget = self._widget(kind, name)
            if widget is None:
                continue
            self.fields[name] = widget
            if name in _NARROW or name in ("low", "high"):
                pair.addWidget(widget, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
                at += 1
            else:
                column.addWidget(widget)
        pair.setColumnStretch(0, 1)
        pair.setColumnStretch(1, 1)
        column.addLayout(pair)
        if kind == "scale":
            self._grid = QGridLayout()
            self._grid.setHorizontalSpacing(8)
            self._grid.setVerticalSpacing(6)
            self._grid.setColumnStretch(1, 1)
            column.addLayout(self._grid)
        self._column.addWidget(page)

    def _widget(self, kind: str, name: str) -> QWidget | None:
        if name == "choices":
            rows = ChoiceRows(self._new_ref)
            rows.changed.connect(self._rows_changed)
            rows.delete_wanted.connect(self._choice_unwanted)
            return rows
        if name == "columns":
            columns = ColumnRows(self._new_ref)
            columns.changed.connect(self._columns_changed)
            columns.delete_wanted.connect(self._column_unwanted)
            return columns
        if name == "anchors":
            return None
        if name in _TICKS:
            tick = CheckBox(field_title(kind, name))
            tick.clicked.connect(_told(self.changed.emit, name))
            return tick
        field = Field(field_title(kind, name))
        field.edit.textEdited.connect(_typed(self.changed.emit, name))
        return field

    def _rows_changed(self, drafts: tuple[object, ...], step: str) -> None:
        self.changed.emit("choices", drafts, step)

    def _columns_changed(self, drafts: tuple[object, ...], step: str) -> None:
        self.changed.emit("columns", drafts, step)

    def _choice_unwanted(self, number: int) -> None:
        self.delete_wanted.emit("choices", number)

    def _column_unwanted(self, number: int) -> None:
        self.delete_wanted.emit("columns", number)

    # the points of a scale

    def _show_points(self, draft: QuestionDraft) -> None:
        points, grid = points_of(draft), self._grid
        if grid is None:
            return
        if points != self._points:
            self._points = points
            while (item := grid.takeAt(0)) is not None:
                old = item.widget()
                if old is not None:
                    old.hide()
                    old.deleteLater()
            self.words = {}
            if points:
                grid.addWidget(Text(self.tr("Words at the points"), role="text_2"), 0, 0, 1, 2)
            for row, point in enumerate(points, 1):
                field = Field(name=self.tr("Word at {point}").format(point=point))
                field.edit.textEdited.connect(_typed(self._worded, point))
                grid.addWidget(Text(point, "mono", role="text_2"), row, 0)
                grid.addWidget(field, row, 1)
                self.words[point] = field
        said = dict(draft.anchors)
        self._said = said
        for point, field in self.words.items():
            if field.text != said.get(point, ""):
                field.set_text(said.get(point, ""))

    def _worded(self, point: str, words: str, _step: str) -> None:
        said = {**self._said, point: words}
        self.changed.emit("anchors", tuple(said.items()), f"anchor {point}")

    # what is wrong

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say beside each field what is wrong with it."""
        for name, widget in self.fields.items():
            if isinstance(widget, ChoiceRows | ColumnRows):
                widget.show_faults(name, faults)
            elif isinstance(widget, Field):
                first = next((one for one in faults if one.field == name), None)
                widget.set_error(fault_words(first) if first is not None else "")

    def focus_fault(self, name: str) -> bool:
        """Put the caret where a fault is; False where the field is not among these."""
        for field, widget in self.fields.items():
            if isinstance(widget, ChoiceRows | ColumnRows) and widget.focus_fault(field, name):
                return True
            if field == name and isinstance(widget, Field):
                widget.edit.setFocus()
                return True
        return False

    def rows(self) -> ChoiceRows | ColumnRows | None:
        """The choices or columns, where this kind has some."""
        for widget in self.fields.values():
            if isinstance(widget, ChoiceRows | ColumnRows):
                return widget
        return None

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        found: list[QWidget] = []
        for widget in self.fields.values():
            if isinstance(widget, ChoiceRows | ColumnRows):
                found += [stop for row in widget.rows for stop in row.stops()]
                found.append(widget.add)
            else:
                found.append(widget.edit if isinstance(widget, Field) else widget)
        return [*found, *(field.edit for field in self.words.values())]


def _told(emit: Callable[[str, object, str], None], name: str) -> Callable[[bool], None]:
    def call(on: bool) -> None:
        emit(name, on, "")

    return call


def _typed(emit: Callable[[str, str, str], None], name: str) -> Callable[[str], None]:
    def call(text: str) -> None:
        emit(name, text, name)

    return call
