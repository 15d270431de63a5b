"""What a person says of an import: which files, in which format, into which queue, as what, by whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from labeler.api.manifest import FormatEntry
from labeler.app.context import AppContext
from labeler.app.dialogs.choices import (
    formats_of,
    guess_format,
    guess_queue,
    has_media,
    queue_settings,
)
from labeler.app.dialogs.labelled import labelled
from labeler.app.dialogs.preview import Preview, PreviewTable, read_preview
from labeler.app.dialogs.sources import SourcesPicker
from labeler.app.i18n import format_title, problem_text
from labeler.exchange.importing import ImportOptions, Taken
from labeler.exchange.native import NATIVE
from labeler.kit import CheckBox, Field, Select, Text
from labeler.store import QueueRow

__all__ = ["ImportForm"]

_AS_TOLD = ""
_REFERENCE, _EMBED = "reference", "embed"


class ImportForm(QWidget):
    """``changed`` fires when anything did; ``is_ready`` says whether an import can begin."""

    changed = Signal()

    def __init__(
        self,
        context: AppContext,
        queue: str,
        sources: Sequence[Path] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted_queue = queue
        self._by_hand = False
        self._turn = 0
        session = context.session
        self._queues: tuple[QueueRow, ...] = session.queues if session is not None else ()
        self._entries: tuple[FormatEntry, ...] = ()
        self.sources = SourcesPicker()
        self.queue = Select([(one.name, one.title) for one in self._queues], name=self.tr("Queue"))
        self.format = Select(name=self.tr("Format"))
        self.taken = Select(
            [
                (_AS_TOLD, self.tr("Values where there are any, else tasks")),
                ("tasks", self.tr("Tasks only")),
                ("annotations", self.tr("People’s work")),
                ("predictions", self.tr("Predictions of a model")),
                ("gold", self.tr("Gold")),
            ],
            name=self.tr("Take as"),
        )
        self.media = Select(
            [
                (_REFERENCE, self.tr("Stay where they are; the project refers to them")),
                (_EMBED, self.tr("Go into the project, and along with every copy of it")),
            ],
            name=self.tr("Media"),
        )
        session = context.session
        login = context.settings.values.person
        self._login = session.person.handle if session is not None else login.handle
        self.by = Field(self.tr("By, where the file names nobody"), self._login)
        self.strict = CheckBox(self.tr("Leave out values with labels that are not in the set"))
        self._about = Text("", role="text_2", wrap=True)
        self.preview = PreviewTable(self.tr("First rows"))
        for widget, name in (
            (self.queue, "queue"),
            (self.format, "format"),
            (self.taken, "taken"),
            (self.by.edit, "by"),
            (self.strict, "strict"),
            (self.media, "media"),
        ):
            widget.setObjectName(name)
        self._arrange()
        self.sources.changed.connect(self._sources_changed)
        self.queue.currentIndexChanged.connect(self._queue_chosen)
        self.format.currentIndexChanged.connect(self._format_chosen)
        self.format.activated.connect(self._format_by_hand)
        self.taken.currentIndexChanged.connect(self._taken_chosen)
        self.by.edit.textChanged.connect(self._by_typed)
        if queue:
            self.queue.set_chosen(queue)
        self._queue_chosen()
        self.sources.set_paths(sources)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        cells = (
            (self.tr("Format"), self.format, 0, 0),
            (self.tr("Queue"), self.queue, 0, 1),
            (self.tr("Take as"), self.taken, 1, 0),
        )
        for label, widget, row, column in cells:
            grid.addWidget(labelled(label, widget), row, column)
        self._media_box = labelled(self.tr("Media"), self.media)
        grid.addWidget(self._media_box, 2, 0, 1, 2)
        grid.addWidget(self.by, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(12)
        column_.addWidget(self.sources)
        column_.addLayout(grid)
        column_.addWidget(self.strict)
        column_.addWidget(self._about)
        column_.addWidget(self.preview)

    # what the dialog asks

    @property
    def entry(self) -> FormatEntry | None:
        """The chosen format."""
        return next((one for one in self._entries if one.id == self.format.chosen), None)

    @property
    def queue_row(self) -> QueueRow | None:
        """The chosen queue."""
        return next((one for one in self._queues if one.name == self.queue.chosen), None)

    @property
    def is_ready(self) -> bool:
        """Whether everything an import needs was said."""
        return bool(
            self.sources.paths
            and self.entry is not None
            and self.queue_row is not None
            and self.by.text.strip()
        )

    def options(self) -> ImportOptions:
        """The options of the import."""
        taken: Taken | None = None
        chosen = self.taken.chosen
        if chosen == "tasks":
            taken = "tasks"
        elif chosen == "annotations":
            taken = "annotations"
        elif chosen == "predictions":
            taken = "predictions"
        elif chosen == "gold":
            taken = "gold"
        row = self.queue_row
        settings = queue_settings(self._context, row) if row is not None else {}
        return ImportOptions(
            by=self.by.text.strip(),
            taken=taken,
            strict_labels=self.strict.isChecked(),
            embed=self._media_box.isVisibleTo(self) and self.media.chosen == _EMBED,
            settings=settings,
        )

    # what changes what

    def _sources_changed(self, paths: list[Path]) -> None:
        plugins = self._context.plugins
        if paths and not self._by_hand:
            name = guess_queue(plugins, self._queues, paths, self._wanted_queue)
            if name and name != self.queue.chosen:
                self.queue.set_chosen(name)
            found = guess_format(self._entries, paths)
            if found:
                self.format.set_chosen(found)
        self._taken_chosen()
        self._look()

    def _queue_chosen(self) -> None:
        row = self.queue_row
        before = self.format.chosen
        plugins = self._context.plugins
        self._entries = formats_of(plugins, row.panel, exports=False) if row is not None else ()
        self.format.blockSignals(True)
        self.format.clear()
        for one in self._entries:
            self.format.addItem(format_title(one), one.id)
        known = [one.id for one in self._entries]
        guess = guess_format(self._entries, self.sources.paths)
        for wanted in (before if self._by_hand else "", guess, before):
            if wanted in known:
                self.format.set_chosen(wanted)
                break
        self.format.blockSignals(False)
        self._format_chosen()

    def _format_by_hand(self) -> None:
        self._by_hand = True

    def _format_chosen(self) -> None:
        native = self.format.chosen == NATIVE
        # A native file says of each value what it is and by whom.
        if native and self.taken.chosen not in (_AS_TOLD, "tasks"):
            self.taken.set_chosen(_AS_TOLD)
        row = self.queue_row
        media = row is not None and has_media(self._context.plugins, row.panel)
        self._media_box.setVisible(media and not native)
        self.taken.setEnabled(not native)
        self.by.setEnabled(not native)
        self._look()

    def _taken_chosen(self) -> None:
        own = self.by.text.strip() in ("", self._login)
        predictions = self.taken.chosen == "predictions"
        if predictions and own:
            # A model's values must not stand under the person's own name.
            paths = self.sources.paths
            self.by.set_text(paths[0].stem if paths else "")
        elif not predictions and not self.by.text.strip():
            self.by.set_text(self._login)
        self.changed.emit()

    def _by_typed(self, _text: str) -> None:
        self.changed.emit()

    # the first rows

    def _look(self) -> None:
        self._turn += 1
        turn = self._turn
        entry, row, paths = self.entry, self.queue_row, self.sources.paths
        self.changed.emit()
        self.preview.setVisible(bool(paths))
        self._about.setVisible(bool(paths))
        if entry is None or row is None or not paths:
            self.preview.show_rows(())
            return
        plugins, config = self._context.plugins, row.config
        settings = queue_settings(self._context, row)
        source = paths[0]
        self._context.background(
            lambda _told: read_preview(plugins, entry, source, config, settings),
            lambda preview: self._seen(turn, preview),
            receiver=self,
        )

    def _seen(self, turn: int, preview: Preview) -> None:
        if turn != self._turn:
            return
        self.preview.show_rows(preview.rows)
        if preview.refused is not None:
            self._about.set_role("danger")
            words = self.tr("Cannot be read in this format: {reason}")
            self._about.setText(words.format(reason=problem_text(preview.refused)))
        else:
            self._about.set_role("text_2")
            name = self.sources.paths[0].name if self.sources.paths else ""
            words = self.tr("The first rows of {file} as they would come in")
            if not preview.rows:
                words = self.tr("There are no rows in {file} in this format")
            self._about.setText(words.format(file=name))
