"""The questions of a queue that is there already: stored ids stay, what has answers is retired."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext, Told
from labeler.app.dialogs.answer_uses import count_answers
from labeler.app.dialogs.frame import room_for, walk
from labeler.app.dialogs.new_project import keys_in_use
from labeler.app.dialogs.question_set import QuestionSetEditor
from labeler.app.dialogs.queue_part import PartWords, QueuePartDialog, show_for_queue
from labeler.exchange.needs import Asks
from labeler.kit import Button
from labeler.model.queue import QueueConfig
from labeler.store import QueueRow

__all__ = ["QueueQuestionsDialog", "show"]

_WIDE, _TALL = 1120, 720
_ROUND = 48
"""What stays free of the window at both sides together."""


class QueueQuestionsDialog(QueuePartDialog):
    """Edits the questions of a queue and stores them when that is asked for."""

    PART = "questions"

    def __init__(self, context: AppContext, queue: QueueRow, parent: QWidget | None = None) -> None:
        super().__init__(context, queue, parent)
        self._retiring = ""
        self.editor = QuestionSetEditor(queue.config, keys_in_use(context, queue.panel))
        self.editor.changed.connect(self.follow)
        self.editor.delete_wanted.connect(self._delete)
        self.editor.retire_wanted.connect(self._retire)
        self.retire_all_the_same = Button(self.tr("Retire the question"), "secondary", compact=True)
        self.retire_all_the_same.clicked.connect(self._retire_now)
        self.retire_all_the_same.hide()
        self.body.addWidget(self.retire_all_the_same, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addWidget(self.editor, 1)
        self.add_ways_out()
        walk([self.editor.redo_button, self.cancel, self.store])
        self.follow()
        self._measure()
        self.editor.list.setFocus()

    def theme_changed(self) -> None:
        super().theme_changed()
        # The frame's own __init__ asks already, before there is anything to measure.
        if hasattr(self, "store"):
            self._measure()

    def _measure(self) -> None:
        scale = 1 + (self.theme.text_scale - 1) / 2
        parent = self.parentWidget()
        room = self.screen().availableGeometry() if parent is None else parent.window().rect()
        self.setFixedWidth(min(round(_WIDE * scale), room.width() - _ROUND))
        self.resize(self.width(), min(round(_TALL * scale), room_for(self)))

    def part_words(self, queue: str) -> PartWords:
        return PartWords(
            self.tr("Questions of {queue}").format(queue=queue),
            self.tr("Save questions"),
            self.tr("Questions saved"),
            self.tr("The questions were not saved"),
        )

    def is_changed(self) -> bool:
        return self.editor.edits.changed

    def new_config(self) -> QueueConfig | None:
        if self.editor.show_fault():
            return None
        try:
            return self.editor.edits.config
        except ValueError as error:
            # What the queue as a whole refuses belongs to no field of one question.
            self.say(self._words.not_saved, str(error))
            return None

    def say(self, title: str, words: str) -> None:
        super().say(title, words)
        self.retire_all_the_same.hide()

    def _offer_to_retire(self, question: str) -> None:
        """It cannot go; but it can be asked no more."""
        self._retiring = question
        self.retire_all_the_same.show()

    def _hush(self) -> None:
        self.callout.hide()
        self.retire_all_the_same.hide()

    # deleting and retiring

    def _delete(self, question: str, inner: str) -> None:
        """See how many answers have it before it goes."""
        self._count(question, inner, self._deletion)

    def _retire(self, question: str) -> None:
        """See how many answers would be hidden before a question is retired."""
        self._count(question, "", self._retirement)

    def _count(self, question: str, inner: str, then: Callable[[str, str, int, int], None]) -> None:
        def uses(ask: Asks, queue: str, told: Told) -> int:
            return count_answers(ask, queue, question, inner, told)

        self.count(uses, partial(then, question, inner))

    def _name_of(self, question: str, inner: str = "") -> str:
        draft = next(one for one in self.editor.edits.drafts if one.ref == question)
        titles = {one.ref: one.title for one in draft.choices}
        titles |= {one.ref: one.title for one in draft.columns}
        return titles.get(inner) or inner or draft.name

    def _deletion(self, question: str, inner: str, answers: int, drafts: int) -> None:
        title = self._name_of(question, inner)
        if not answers and not drafts:
            self._hush()
            self.editor.remove(question, inner)
            return
        if answers:
            words = self.tr(
                "%n answer(s) have it, and nothing that was answered is deleted.", "", answers
            )
        else:
            words = self.tr(
                "%n task(s) have drafts, which may hold an answer. Submit them first.", "", drafts
            )
        heading = self.tr("“{title}” is in use") if answers else self.tr("“{title}” may be in use")
        if inner:
            words += " " + self.tr("It stays; it can be renamed.")
            self.say(heading.format(title=title), words)
            return
        words += " " + self.tr("Retired, it is asked nowhere; its answers are kept, and hidden.")
        self.say(heading.format(title=title), words)
        self._offer_to_retire(question)

    def _retirement(self, question: str, _inner: str, answers: int, _drafts: int) -> None:
        if not answers:
            self._hush()
            self.editor.retire(question, True)
            return
        title = self.tr("Retire “{title}”?").format(title=self._name_of(question))
        words = self.tr(
            "%n answer(s) will be hidden. Nothing is deleted: asked again, they are back.",
            "",
            answers,
        )
        self.say(title, words)
        self._offer_to_retire(question)
        self.retire_all_the_same.setFocus()

    def _retire_now(self) -> None:
        self._hush()
        self.editor.retire(self._retiring, True)
        self.editor.list.setFocus()


def show(context: AppContext, parent: QWidget, queue: str) -> None:
    """Edit the questions of a queue of the open project."""
    show_for_queue(QueueQuestionsDialog, context, parent, queue)
