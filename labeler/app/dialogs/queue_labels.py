"""The label set of a queue that is there already: ids stay, what is used is retired, not deleted."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext, Told
from labeler.app.dialogs.frame import fit_height, walk
from labeler.app.dialogs.label_set import LabelSetEditor
from labeler.app.dialogs.label_uses import count_uses
from labeler.app.dialogs.new_project import keys_in_use
from labeler.app.dialogs.queue_part import PartWords, QueuePartDialog, show_for_queue
from labeler.app.words import number
from labeler.exchange.needs import Asks
from labeler.model.queue import QueueConfig
from labeler.store import QueueRow

__all__ = ["QueueLabelsDialog", "show"]


class QueueLabelsDialog(QueuePartDialog):
    """Edits the label set of a queue and stores it when that is asked for."""

    PART = "labels"

    def __init__(self, context: AppContext, queue: QueueRow, parent: QWidget | None = None) -> None:
        super().__init__(context, queue, parent)
        taken = keys_in_use(context, queue.panel)
        self.editor = LabelSetEditor(queue.config, taken, stored=True)
        self.editor.changed.connect(self.follow)
        self.editor.delete_wanted.connect(self._delete)
        self.body.addWidget(self.editor)
        self.add_ways_out()
        walk([*self.editor.stops(), self.cancel, self.store])
        self.follow()
        fit_height(self)

    def part_words(self, queue: str) -> PartWords:
        return PartWords(
            self.tr("Label set of {queue}").format(queue=queue),
            self.tr("Save label set"),
            self.tr("Label set saved"),
            self.tr("The label set was not saved"),
        )

    def is_changed(self) -> bool:
        return self.editor.edits.changed

    def new_config(self) -> QueueConfig | None:
        return None if self.editor.show_fault() else self.editor.config

    def say(self, title: str, words: str) -> None:
        super().say(title, words)
        fit_height(self)

    def _delete(self, label: str) -> None:
        """See whether anything has the label before it goes."""

        def uses(ask: Asks, queue: str, told: Told) -> int:
            return count_uses(ask, queue, label, told)

        self.count(uses, partial(self._counted, label))

    def _counted(self, label: str, uses: int, drafts: int) -> None:
        title = next(one.title for one in self.editor.edits.labels if one.id == label)
        if uses:
            words = self.tr(
                "{count} regions have it. Retire it: they keep it, and nobody is offered it."
            ).format(count=number(uses))
            self.say(self.tr("“{label}” is in use").format(label=title), words)
        elif drafts:
            words = self.tr(
                "{count} tasks have drafts, which may hold it. Submit them first, or retire the label."
            ).format(count=number(drafts))
            self.say(self.tr("“{label}” may be in use").format(label=title), words)
        else:
            self.callout.hide()
            self.editor.remove(label)


def show(context: AppContext, parent: QWidget, queue: str) -> None:
    """Edit the label set of a queue of the open project."""
    show_for_queue(QueueLabelsDialog, context, parent, queue)
