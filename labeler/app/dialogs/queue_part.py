"""The frame of dialogs that edit one part of a queue that is there already: its labels, its questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext, Errand, Told
from labeler.app.dialogs.errand_row import lane_asks
from labeler.app.dialogs.queue_reading import count_drafts
from labeler.app.i18n import problem_text
from labeler.exchange.needs import Asks
from labeler.kit import Callout, Dialog
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import QueueConfig
from labeler.store import Project, QueueRow

__all__ = ["PartWords", "QueuePartDialog", "show_for_queue"]

_CHANGED = "changed_meanwhile"

Uses = Callable[[Asks, str, Told], int]
"""Counts how often something is used in a queue (its name), in a worker thread."""


@dataclass(frozen=True, slots=True)
class PartWords:
    """What a dialog says, translated: the title, the button that stores, what came of it."""

    title: str
    save: str
    saved: str
    not_saved: str


class QueuePartDialog(Dialog):
    """Edits one field of a queue's configuration and stores it when that is asked for.

    A subclass puts its editor into ``body``, calls ``add_ways_out`` and says what is edited with
    ``part_words``, ``is_changed`` and ``new_config``. What somebody else stored meanwhile is never
    overwritten.
    """

    PART = ""
    """The field of the configuration, ``labels`` or ``questions``."""

    def __init__(self, context: AppContext, queue: QueueRow, parent: QWidget | None = None) -> None:
        super().__init__("", wide=True, parent=parent)
        self._context = context
        self._queue = queue
        self._words = self.part_words(queue.title)
        self.set_title(self._words.title)
        self._counting: Errand | None = None
        self.callout = Callout("")
        self.callout.hide()
        self.body.addWidget(self.callout)

    def add_ways_out(self) -> None:
        """Put the buttons below what the subclass edits."""
        self.cancel = self.add_button(self.tr("Cancel"), role="reject")
        self.store = self.add_button(self._words.save, "primary")
        self.cancel.setObjectName("cancel")
        self.store.setObjectName("accept")
        self.store.clicked.connect(self.save)

    def part_words(self, queue: str) -> PartWords:
        """What it says, ``queue`` being the queue's title."""
        raise NotImplementedError

    def is_changed(self) -> bool:
        """Whether there is anything to store."""
        raise NotImplementedError

    def new_config(self) -> QueueConfig | None:
        """What is to be stored, or None where something is wrong and was said."""
        raise NotImplementedError

    def follow(self) -> None:
        """Something was edited: it can be stored, or need not be."""
        self.store.setEnabled(self.is_changed())

    def say(self, title: str, words: str) -> None:
        """Say above the editor why something was not done."""
        self.callout.set_words(title, words, "warn")
        self.callout.show()

    def count(self, uses: Uses, then: Callable[[int, int], None]) -> None:
        """Count uses, and drafts that may hold some, and go on with both; one count at a time."""
        if self._counting is not None:
            return
        ask, queue = lane_asks(self._context), self._queue.name

        def work(told: Told) -> tuple[int, int]:
            return uses(ask, queue, told), count_drafts(ask, queue)

        def counted(found: tuple[int, int]) -> None:
            self._counting = None
            then(*found)

        self._counting = self._context.background(work, counted, self._not_counted, receiver=self)

    def _not_counted(self, error: BaseException) -> None:
        self._counting = None
        self._context.fail(error)

    def save(self) -> None:
        """Store it, unless something is wrong or somebody else stored another meanwhile."""
        config = self.new_config()
        if config is None:
            return
        session = self._context.session
        by = session.person.handle if session is not None else ""
        self.store.setEnabled(False)
        work = _stores(self._queue, self.PART, config, by)
        self._context.run(work, self._stored, self._failed, receiver=self)

    def _stored(self, _row: QueueRow) -> None:
        self._context.read_queues()
        self._context.toast(self._words.saved)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self.follow()
        if not isinstance(error, Refusal):
            self.reject()
            self._context.fail(error)
            return
        words = problem_text(error.problem)
        if error.problem.code == _CHANGED:
            words = self.tr("Somebody changed them meanwhile. Open them again to see theirs.")
        self.say(self._words.not_saved, words)


def _stores(
    queue: QueueRow, part: str, config: QueueConfig, by: str
) -> Callable[[Project], QueueRow]:
    def store(project: Project) -> QueueRow:
        now = project.queue(queue.name)
        if getattr(now.config, part) != getattr(queue.config, part):
            text = f"somebody changed the {part} meanwhile; open them again to see theirs"
            raise Refusal(Problem(_CHANGED, queue.name, {}, text))
        whole = msgspec.structs.replace(now.config, **{part: getattr(config, part)})
        return project.put_queue(queue.name, whole, panel=now.panel, title=now.title, by=by)

    return store


def show_for_queue(
    kind: Callable[[AppContext, QueueRow, QWidget], QueuePartDialog],
    context: AppContext,
    parent: QWidget,
    queue: str,
) -> None:
    """Open such a dialog for a queue of the open project."""
    session = context.session
    row = session.queue(queue) if session is not None else None
    if row is None:
        return
    dialog = kind(context, row, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
