"""When a question is asked: tests on other answers, each a line, joined by all or any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.app.dialogs.question_drafts import QuestionDraft, TestDraft, TestKind, WhenDraft
from labeler.app.dialogs.question_faults import Fault
from labeler.app.dialogs.question_words import fault_words, test_titles
from labeler.kit import (
    Button,
    Choice,
    ChoiceGroup,
    Field,
    IconButton,
    Part,
    Segmented,
    Select,
    Text,
)

__all__ = ["WhenEditor", "can_depend_on"]

_OPEN = ("answered", "unanswered")


def can_depend_on(draft: QuestionDraft, drafts: Sequence[QuestionDraft]) -> list[QuestionDraft]:
    """The questions a condition of this one can look at: asked of the same, or of the whole task."""
    return [
        one
        for one in drafts
        if one.ref != draft.ref
        and (one.scope == draft.scope or (one.place == "task" and draft.place == "part"))
    ]


class _TestRow(QWidget):
    """One test: a question, what about its answer, and which answers."""

    changed = Signal(object, str)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._draft = TestDraft()
        self._answers: tuple[tuple[str, str], ...] | None = None
        self.question = Select(name=self.tr("Depends on the question"))
        self.test = Select(test_titles(), name=self.tr("Its answer"))
        self.value = Field(name=self.tr("Answer"))
        self.chips: ChoiceGroup | None = None
        self.delete = IconButton("x", self.tr("Delete condition"))
        self.error = Text("", role="danger", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.question, 1)
        line.addWidget(self.test)
        line.addWidget(self.delete)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(line)
        self._column.addWidget(self.value)
        self._column.addWidget(self.error)
        self.error.hide()
        self.question.activated.connect(self._asked)
        self.test.activated.connect(self._tested)
        self.value.edit.textEdited.connect(self._typed)
        self.delete.clicked.connect(self.removed)

    def show_test(self, test: TestDraft, others: Sequence[QuestionDraft]) -> None:
        """Show a test and the questions it can look at."""
        self._draft = test
        names = [(one.ref, one.name or "…") for one in others]
        rows = range(self.question.count())
        shown = [(self.question.itemData(row), self.question.itemText(row)) for row in rows]
        if shown != names:
            self.question.clear()
            for ref, name in names:
                self.question.addItem(name, ref)
        self.question.setCurrentIndex(self.question.findData(test.question))
        other = next((one for one in others if one.ref == test.question), None)
        open_ = test.test in _OPEN or other is None
        plain = other is not None and other.kind in ("choice", "choices")
        # Only whether it is answered can be told of answers that are no single value.
        whole = other is not None and other.kind in ("preference", "ranking", "records", "turns")
        offered = [one for one in test_titles() if not whole or one[0] in _OPEN]
        if self.test.count() != len(offered):
            self.test.clear()
            for ident, title in offered:
                self.test.addItem(title, ident)
        self.test.setCurrentIndex(self.test.findData(test.test))
        self._show_chips(other if plain and not open_ else None, test)
        self.value.setVisible(not open_ and not plain)
        typed = ", ".join(test.values)
        if self.value.text != typed:
            self.value.set_text(typed)

    def _show_chips(self, other: QuestionDraft | None, test: TestDraft) -> None:
        answers = None
        if other is not None:
            answers = tuple(
                (one.ref, one.title.strip() or one.ident or "…") for one in other.choices
            )
        if answers != self._answers:
            self._answers = answers
            if self.chips is not None:
                self._column.removeWidget(self.chips)
                self.chips.hide()
                self.chips.deleteLater()
                self.chips = None
            if answers:
                choices = [Choice(ref, title) for ref, title in answers]
                self.chips = ChoiceGroup(
                    choices, multiple=True, name=self.tr("Answers"), column=False
                )
                self.chips.changed.connect(self._chosen)
                self._column.insertWidget(1, self.chips)
        if self.chips is not None and answers:
            known = {ref for ref, _ in answers}
            self.chips.set_chosen([value for value in test.values if value in known])

    def say(self, words: str) -> None:
        """Say below what is wrong, empty for nothing."""
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        chips = list(self.chips.chips.values()) if self.chips is not None else []
        return [self.question, self.test, self.delete, *chips, self.value.edit]

    def _change(self, step: str = "", **fields: object) -> None:
        self.changed.emit(msgspec.structs.replace(self._draft, **fields), step)

    def _asked(self, _index: int) -> None:
        if self.question.chosen != self._draft.question:
            self._change(question=self.question.chosen, test="answered", values=())

    def _tested(self, _index: int) -> None:
        self._change(test=cast("TestKind", self.test.chosen))

    def _typed(self, text: str) -> None:
        self._change("value", values=(text,))

    def _chosen(self, refs: tuple[str, ...]) -> None:
        self._change(values=refs)


class WhenEditor(QWidget):
    """The condition of one question. ``changed`` carries the new WhenDraft and a key for undo."""

    changed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._when = WhenDraft()
        self._draft = QuestionDraft("")
        self._others: list[QuestionDraft] = []
        self.rows: list[_TestRow] = []
        self.note = Text("", role="text_2", wrap=True)
        self.join = Segmented(
            [Part("all", self.tr("All of these")), Part("any", self.tr("Any of these"))],
            name=self.tr("Which conditions must hold"),
            compact=True,
        )
        self.join.chosen_changed.connect(self._joined)
        self.add = Button(self.tr("Add condition"), "quiet", icon="plus", compact=True)
        self.drop = Button(self.tr("Ask always"), "quiet", icon="x", compact=True)
        self.add.clicked.connect(self.add_test)
        self.drop.clicked.connect(self._dropped)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.note)
        self._column.addWidget(self.join, 0, Qt.AlignmentFlag.AlignLeft)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.add)
        foot.addWidget(self.drop)
        foot.addStretch(1)
        self._column.addLayout(foot)

    def show_when(self, draft: QuestionDraft, drafts: Sequence[QuestionDraft]) -> None:
        """Show the condition of a draft; ``drafts`` are all questions of the queue."""
        self._draft, self._when = draft, draft.when
        self._others = can_depend_on(draft, drafts)
        named = {one.ref for one in self._others}
        tests = draft.when.tests
        while len(self.rows) > len(tests):
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(tests):
            row = _TestRow()
            number = len(self.rows)
            row.changed.connect(_changes(self._changed, number))
            row.removed.connect(_removes(self._removed, number))
            self._column.insertWidget(2 + number, row)
            self.rows.append(row)
        for row, test in zip(self.rows, tests, strict=True):
            # A question that cannot be looked at any more stays in the list until it is changed.
            kept = [one for one in drafts if one.ref == test.question and one.ref not in named]
            row.show_test(test, [*self._others, *kept])
        self.join.setVisible(len(tests) > 1)
        self.join.set_chosen(draft.when.join)
        self.drop.setVisible(not draft.when.is_empty)
        self.add.setVisible(draft.when.kept is None)
        self.add.setEnabled(bool(self._others))
        self.note.setText(self._words())

    def _words(self) -> str:
        if self._when.kept is not None:
            return self.tr("This condition was written by hand and stays as it is.")
        if self._when.tests:
            return self.tr("Asked when this holds")
        if self._others:
            return self.tr("Always asked")
        return self.tr("Always asked. A condition needs another question asked of the same.")

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say beside each test what is wrong with it."""
        for number, row in enumerate(self.rows):
            first = next((one for one in faults if one.field == f"when[{number}]"), None)
            row.say(fault_words(first) if first is not None else "")

    def focus_fault(self, name: str) -> bool:
        """Put the keyboard at the test a fault is about; False where it is about something else."""
        if not name.startswith("when"):
            return False
        for number, row in enumerate(self.rows):
            if name == f"when[{number}]":
                row.question.setFocus()
                return True
        self.add.setFocus()
        return True

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        inner = [stop for row in self.rows for stop in row.stops()]
        joins = [self.join.part_button(one) for one in ("all", "any")]
        return [*joins, *inner, self.add, self.drop]

    def add_test(self) -> None:
        """Add a test on the first question that can be looked at."""
        first = self._others[0]
        test: TestKind = "is" if first.kind in ("choice", "choices") else "answered"
        tests = (*self._when.tests, TestDraft(first.ref, test))
        self.changed.emit(msgspec.structs.replace(self._when, tests=tests), "")
        self.rows[-1].question.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, number: int, test: TestDraft, step: str) -> None:
        tests = (*self._when.tests[:number], test, *self._when.tests[number + 1 :])
        when = msgspec.structs.replace(self._when, tests=tests)
        self.changed.emit(when, f"{step} {number}" if step else "")

    def _removed(self, number: int) -> None:
        tests = (*self._when.tests[:number], *self._when.tests[number + 1 :])
        self.changed.emit(msgspec.structs.replace(self._when, tests=tests), "")
        self.add.setFocus()

    def _joined(self, join: str) -> None:
        self.changed.emit(msgspec.structs.replace(self._when, join=join), "")

    def _dropped(self) -> None:
        self.changed.emit(WhenDraft(), "")
        self.add.setFocus()


def _changes(
    change: Callable[[int, TestDraft, str], None], number: int
) -> Callable[[object, str], None]:
    def call(test: object, step: str) -> None:
        assert isinstance(test, TestDraft)
        change(number, test, step)

    return call


def _removes(remove: Callable[[int], None], number: int) -> Callable[[], None]:
    def call() -> None:
        remove(number)

    return call
