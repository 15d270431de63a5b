"""Choosing what comes in: files or folders, by the file dialog or by dropping them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from labeler.app.dialogs.drop_zone import DropZone, dropped_files
from labeler.app.words import number
from labeler.kit import Button, Card, ElidedText, IconMark, Text

__all__ = ["SourcesPicker"]

_NAMED = 3


class SourcesPicker(QWidget):
    """``changed`` carries the paths after every change. Nothing chosen yet: a place to drop on."""

    changed = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paths: tuple[Path, ...] = ()
        self._chooser: QFileDialog | None = None
        self._folder = ""
        self.setAcceptDrops(True)
        self.zone = DropZone(
            self.tr("Drop files or a folder here"), self.tr("or press to choose them")
        )
        self.zone.setObjectName("choose_files")
        self.zone.clicked.connect(self.ask_files)
        self.zone.dropped.connect(self.set_paths)
        self._files = Button(self.tr("Files…"), compact=True)
        self._folders = Button(self.tr("Folder…"), compact=True)
        self._files.clicked.connect(self.ask_files)
        self._folders.clicked.connect(self.ask_folder)
        self._name = ElidedText("", "ui_strong", elide=Qt.TextElideMode.ElideMiddle)
        self._rest = Text("", role="text_2")
        card = Card()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._rest)
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(IconMark("file-text"))
        row.addLayout(words, 1)
        row.addWidget(self._files)
        row.addWidget(self._folders)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.zone)
        self._stack.addWidget(card)

    def set_paths(self, paths: Sequence[Path]) -> None:
        """Take these files or folders."""
        self.paths = tuple(paths)
        self._stack.setCurrentIndex(1 if self.paths else 0)
        names = ", ".join(path.name for path in self.paths[:_NAMED])
        more = len(self.paths) - _NAMED
        if more > 0:
            names += ", " + self.tr("{count} more").format(count=number(more))
        self._name.set_text(names)
        parent = self.paths[0].parent if self.paths else Path()
        self._rest.setText(str(parent))
        zone, card = self._stack.widget(0), self._stack.widget(1)
        shown = card if self.paths else zone
        if shown is not None:
            self.setFixedHeight(shown.sizeHint().height())
        self.changed.emit(list(self.paths))

    def ask_files(self) -> None:
        """Ask for files."""
        self._ask(QFileDialog.FileMode.ExistingFiles, self.tr("Import files"))

    def ask_folder(self) -> None:
        """Ask for a folder."""
        self._ask(QFileDialog.FileMode.Directory, self.tr("Import a folder"))

    def _ask(self, mode: QFileDialog.FileMode, title: str) -> None:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        if self.paths:
            dialog.setDirectory(str(self.paths[0].parent))
        dialog.filesSelected.connect(self._chosen)
        self._chooser = dialog
        dialog.open()

    def _chosen(self, names: Sequence[str]) -> None:
        if names:
            self.set_paths([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.set_paths(dropped_files(event))
