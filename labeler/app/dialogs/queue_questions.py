"""The questions of a queue that is there already: stored ids stay, what has answers is retired."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext, Errand, Told
from labeler.app.dialogs.answer_uses import count_answers
from labeler.app.dialogs.errand_row import lane_asks
from labeler.app.dialogs.frame import room_for, walk
from labeler.app.dialogs.new_project import keys_in_use
from labeler.app.dialogs.question_set import QuestionSetEditor
from labeler.app.dialogs.queue_labels import count_drafts
from labeler.app.i18n import problem_text
from labeler.kit import Button, Callout, Dialog
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import QueueConfig
from labeler.store import Project, QueueRow

__all__ = ["QueueQuestionsDialog", "show"]

_WIDE, _TALL = 1120, 720
_CHANGED = "questions_changed"
_ROUND = 48
"""What stays free of the window at both sides together."""


class QueueQuestionsDialog(Dialog):
    """Edits the questions of a queue and stores them when that is asked for."""

    def __init__(self, context: AppContext, queue: QueueRow, parent: QWidget | None = None) -> None:
        super().__init__("", wide=True, parent=parent)
        self.set_title(self.tr("Questions of {queue}").format(queue=queue.title))
        self._context = context
        self._queue = queue
        self._counting: Errand | None = None
        self._retiring = ""
        self.editor = QuestionSetEditor(queue.config, keys_in_use(context, queue.panel))
        self.editor.changed.connect(self._changed)
        self.editor.delete_wanted.connect(self._delete)
        self.editor.retire_wanted.connect(self._retire)
        self.callout = Callout("")
        self.retire_all_the_same = Button("", "secondary", compact=True)
        self.retire_all_the_same.clicked.connect(self._retire_now)
        self.callout.hide()
        self.retire_all_the_same.hide()
        self.body.addWidget(self.callout)
        self.body.addWidget(self.retire_all_the_same, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addWidget(self.editor, 1)
        self.cancel = self.add_button(self.tr("Cancel"), role="reject")
        self.store = self.add_button(self.tr("Save questions"), "primary")
        self.cancel.setObjectName("cancel")
        self.store.setObjectName("accept")
        self.store.clicked.connect(self.save)
        walk([self.editor.redo_button, self.cancel, self.store])
        self._changed()
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

    def _changed(self) -> None:
        self.store.setEnabled(self.editor.edits.changed)

    def _say(self, title: str, words: str, retire: str = "") -> None:
        self.callout.set_words(title, words, "warn")
        self.callout.show()
        self._retiring = retire
        self.retire_all_the_same.setText(self.tr("Retire the question"))
        self.retire_all_the_same.setVisible(bool(retire))

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
        if self._counting is not None:
            return
        ask, queue = lane_asks(self._context), self._queue.name

        def count(told: Told) -> tuple[int, int]:
            return count_answers(ask, queue, question, inner, told), count_drafts(ask, queue)

        def counted(found: tuple[int, int]) -> None:
            self._counting = None
            then(question, inner, *found)

        self._counting = self._context.background(count, counted, self._not_counted, receiver=self)

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
            self._say(heading.format(title=title), words)
            return
        words += " " + self.tr("Retired, it is asked nowhere; its answers are kept, and hidden.")
        self._say(heading.format(title=title), words, question)

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
        self._say(title, words, question)
        self.retire_all_the_same.setFocus()

    def _retire_now(self) -> None:
        self._hush()
        self.editor.retire(self._retiring, True)
        self.editor.list.setFocus()

    def _not_counted(self, error: BaseException) -> None:
        self._counting = None
        self._context.fail(error)

    # storing

    def save(self) -> None:
        """Store the questions, unless something is wrong or somebody else stored others meanwhile."""
        if self.editor.show_fault():
            return
        try:
            config = self.editor.edits.config
        except ValueError as error:
            # What the queue as a whole refuses belongs to no field of one question.
            self._say(self.tr("The questions were not saved"), str(error))
            return
        by = self._context.settings.values.person.handle
        self.store.setEnabled(False)
        work = _stores(self._queue, config, by)
        self._context.run(work, self._stored, self._failed, receiver=self)

    def _stored(self, _row: QueueRow) -> None:
        self._context.read_queues()
        self._context.toast(self.tr("Questions saved"))
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._changed()
        if not isinstance(error, Refusal):
            self.reject()
            self._context.fail(error)
            return
        words = problem_text(error.problem)
        if error.problem.code == _CHANGED:
            words = self.tr("Somebody changed them meanwhile. Open them again to see theirs.")
        self._say(self.tr("The questions were not saved"), words)


def _stores(queue: QueueRow, config: QueueConfig, by: str) -> Callable[[Project], QueueRow]:
    def store(project: Project) -> QueueRow:
        now = project.queue(queue.name)
        if now.config.questions != queue.config.questions:
            text = "somebody changed the questions meanwhile; open them again to see theirs"
            raise Refusal(Problem(_CHANGED, queue.name, {}, text))
        whole = msgspec.structs.replace(now.config, questions=config.questions)
        return project.put_queue(queue.name, whole, panel=now.panel, title=now.title, by=by)

    return store


def show(context: AppContext, parent: QWidget, queue: str) -> None:
    """Edit the questions of a queue of the open project."""
    session = context.session
    row = session.queue(queue) if session is not None else None
    if row is None:
        return
    dialog = QueueQuestionsDialog(context, row, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
