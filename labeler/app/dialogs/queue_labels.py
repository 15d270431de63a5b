"""The label set of a queue that is there already: ids stay, what is used is retired, not deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext, Errand, Told
from labeler.app.dialogs.errand_row import lane_asks
from labeler.app.dialogs.frame import fit_height, walk
from labeler.app.dialogs.label_set import LabelSetEditor
from labeler.app.dialogs.new_project import keys_in_use
from labeler.app.i18n import problem_text
from labeler.app.words import number
from labeler.exchange.needs import Asks
from labeler.kit import Callout, Dialog
from labeler.model.codec import RawValue
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import QueueConfig
from labeler.store import Project, QueueRow, TaskFull

__all__ = ["QueueLabelsDialog", "count_drafts", "count_uses", "show"]


class _Head(msgspec.Struct, frozen=True):
    label: str | None = None


_value = msgspec.json.Decoder(RawValue)
_head = msgspec.json.Decoder(_Head)


def count_uses(ask: Asks, queue: str, label: str, told: Told) -> int:
    """How many regions of a queue have this label, in everybody's values of every layer.

    Reads the queue page by page; for a worker thread.
    """
    total = ask(lambda project: project.queue(queue).tasks)
    pages: Iterator[list[TaskFull]] = ask(lambda project: project.pages(queue))
    needle, uses, done = label.encode(), 0, 0
    plain = label.isascii() and label.isprintable() and '"' not in label and "\\" not in label
    while True:
        page = ask(lambda _project: next(pages, None))
        if page is None:
            return uses
        for task in page:
            for one in task.annotations:
                if plain and needle not in one.value and b"\\u" not in one.value:
                    continue
                uses += sum(
                    1 for raw in _value.decode(one.value).regions if _label_of(bytes(raw)) == label
                )
        done += len(page)
        told(done, max(done, total))


def count_drafts(ask: Asks, queue: str) -> int:
    """How many tasks of a queue somebody has an unsubmitted draft of; for a worker thread."""
    listing = ask(lambda project: project.query.listing(queue, "drafted"))
    while not ask(lambda _project: listing.find_more()):
        pass
    return listing.total


def _label_of(region: bytes) -> str | None:
    try:
        return _head.decode(region).label
    except msgspec.DecodeError:
        # A region of a type nobody here knows: its label may be anything, not one of the set.
        return None


class QueueLabelsDialog(Dialog):
    """Edits the label set of a queue and stores it when that is asked for."""

    def __init__(self, context: AppContext, queue: QueueRow, parent: QWidget | None = None) -> None:
        super().__init__("", wide=True, parent=parent)
        self.set_title(self.tr("Label set of {queue}").format(queue=queue.title))
        self._context = context
        self._queue = queue
        self._counting: Errand | None = None
        taken = keys_in_use(context, queue.panel)
        self.editor = LabelSetEditor(queue.config, taken, stored=True)
        self.editor.changed.connect(self._changed)
        self.editor.delete_wanted.connect(self._count)
        self.callout = Callout("")
        self.callout.hide()
        self.body.addWidget(self.callout)
        self.body.addWidget(self.editor)
        self.cancel = self.add_button(self.tr("Cancel"), role="reject")
        self.store = self.add_button(self.tr("Save label set"), "primary")
        self.cancel.setObjectName("cancel")
        self.store.setObjectName("accept")
        self.store.clicked.connect(self.save)
        walk([*self.editor.stops(), self.cancel, self.store])
        self._changed()
        fit_height(self)

    def _changed(self) -> None:
        self.store.setEnabled(self.editor.edits.changed)

    def _say(self, title: str, words: str) -> None:
        self.callout.set_words(title, words, "warn")
        self.callout.show()
        fit_height(self)

    # deleting

    def _count(self, label: str) -> None:
        """See whether anything has the label before it goes."""
        if self._counting is not None:
            return
        title = next(one.title for one in self.editor.edits.labels if one.id == label)
        ask, queue = lane_asks(self._context), self._queue.name

        def count(told: Told) -> tuple[int, int]:
            return count_uses(ask, queue, label, told), count_drafts(ask, queue)

        self._counting = self._context.background(
            count,
            lambda found: self._counted(label, title, *found),
            self._not_counted,
            receiver=self,
        )

    def _counted(self, label: str, title: str, uses: int, drafts: int) -> None:
        self._counting = None
        if uses:
            words = self.tr(
                "{count} regions have it. Retire it: they keep it, and nobody is offered it."
            ).format(count=number(uses))
            self._say(self.tr("“{label}” is in use").format(label=title), words)
        elif drafts:
            words = self.tr(
                "{count} tasks have drafts, which may hold it. Submit them first, or retire the label."
            ).format(count=number(drafts))
            self._say(self.tr("“{label}” may be in use").format(label=title), words)
        else:
            self.callout.hide()
            self.editor.remove(label)

    def _not_counted(self, error: BaseException) -> None:
        self._counting = None
        self._context.fail(error)

    # storing

    def save(self) -> None:
        """Store the label set, unless somebody else stored another meanwhile."""
        if self.editor.show_fault():
            return
        queue, config = self._queue, self.editor.config
        by = self._context.settings.values.person.handle
        self.store.setEnabled(False)
        self._context.run(_stores(queue, config, by), self._stored, self._failed, receiver=self)

    def _stored(self, _row: QueueRow) -> None:
        self._context.read_queues()
        self._context.toast(self.tr("Label set saved"))
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._changed()
        if not isinstance(error, Refusal):
            self.reject()
            self._context.fail(error)
            return
        self._say(self.tr("The label set was not saved"), problem_text(error.problem))


def _stores(queue: QueueRow, config: QueueConfig, by: str) -> Callable[[Project], QueueRow]:
    def store(project: Project) -> QueueRow:
        now = project.queue(queue.name)
        if now.versions["labels"] != queue.versions["labels"]:
            text = "somebody changed the label set meanwhile; open it again to see their labels"
            raise Refusal(Problem("labels_changed", queue.name, {}, text))
        whole = msgspec.structs.replace(now.config, labels=config.labels)
        return project.put_queue(queue.name, whole, panel=now.panel, title=now.title, by=by)

    return store


def show(context: AppContext, parent: QWidget, queue: str) -> None:
    """Edit the label set of a queue of the open project."""
    session = context.session
    row = session.queue(queue) if session is not None else None
    if row is None:
        return
    dialog = QueueLabelsDialog(context, row, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
