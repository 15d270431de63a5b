"""A form in an active window, and what it said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from labeler.api import Context, Part, Question, QueueConfig, Region, Value
from labeler.kit.editor import TaskView
from labeler.kit.form import GivenAnswer, QuestionForm
from labeler.kit.form.block import QuestionBlock
from labeler.kit.theme import Theme


class Page(QWidget):
    """A window with a form in it, as the app has one, and a record of what the form said."""

    def __init__(self, form: QuestionForm) -> None:
        super().__init__()
        self.form = form
        self.given: list[GivenAnswer] = []
        self.ended = 0
        self.rules: list[str] = []
        self.undone = 0
        layout = QVBoxLayout(self)
        layout.addWidget(form)
        form.answered.connect(self.given.append)
        form.key_ended.connect(self._count_end)
        form.rule_asked.connect(self.rules.append)
        self._undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        self._undo.activated.connect(self._count_undo)

    def _count_end(self) -> None:
        self.ended += 1

    def _count_undo(self) -> None:
        self.undone += 1

    def block(self, question: str, place: str = "") -> QuestionBlock:
        """The block that asks a question, built."""
        found = next(
            one
            for one in self.form.asked_blocks
            if one.question.id == question and (not place or place in one.asked)
        )
        found.build()
        return found

    def control(self, question: str, place: str = "") -> Any:
        """The control of a question."""
        return self.block(question, place).control

    @property
    def answers(self) -> list[Any]:
        """The answers given so far."""
        return [one.answer for one in self.given]


Opener = Callable[..., Page]


@pytest.fixture
def open_form(theme: Theme, qtbot: QtBot) -> Opener:
    """Opens a form with these questions in a window of its own."""

    def opened(
        questions: Sequence[Question],
        *,
        answers: dict[str, Any] | None = None,
        regions: tuple[Region, ...] = (),
        parts: tuple[Part, ...] = (),
        order: tuple[str, ...] = (),
        read_only: bool = False,
        size: tuple[int, int] = (340, 700),
        names: dict[str, str] | None = None,
        **how: Any,
    ) -> Page:
        page = Page(QuestionForm(**how))
        qtbot.addWidget(page)
        page.resize(*size)
        view = TaskView(
            task="0" * 32,
            key="one",
            content=None,
            parts=parts,
            config=QueueConfig(questions=tuple(questions)),
            value=Value(regions, answers or {}),
            context=Context(order=order),
            read_only=read_only,
        )
        page.form.show_task(view, names=names)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
        return page

    return opened
