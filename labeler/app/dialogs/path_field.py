"""A field for a file or folder with a button that asks for it; drops are taken too."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from labeler.app.dialogs.drop_zone import dropped_files
from labeler.kit import Button, Field, Text, Themed

__all__ = ["PathField"]

Mode = Literal["file", "folder", "save"]


class PathField(Themed, QWidget):
    """``mode`` says what is asked for; ``changed`` carries the text after every change.

    A path without a folder is one below ``folder``; ``~`` is the person's own. A path to write to is
    of a file that is not there yet.
    """

    changed = Signal(str)

    def __init__(
        self,
        label: str,
        mode: Mode,
        *,
        title: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.init_theme()
        self._mode: Mode = mode
        self._title = title or label
        self._filter = ""
        self._chooser: QFileDialog | None = None
        self._proposed = ""
        self.folder = Path(QDir.homePath())
        self.field = Field(name=label)
        self.edit = self.field.edit
        if mode == "save":
            self.edit.textChanged.connect(self._typed)
        self.edit.textChanged.connect(self.changed)
        self.choose = Button(self.tr("Choose…"))
        self.choose.setAccessibleName(f"{label}: {self.choose.text()}".replace("…", ""))
        self.choose.clicked.connect(self.ask)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._label = Text(label, role="text_2")
        self._label.setBuddy(self.edit)
        column.addWidget(self._label)
        column.addLayout(row)
        self.setFocusProxy(self.edit)
        self.setAcceptDrops(mode != "save")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @property
    def path(self) -> Path | None:
        """The path that was given, absolute; None for none."""
        text = self.edit.text().strip()
        if not text:
            return None
        path = Path(text).expanduser()
        return path if path.is_absolute() else self.folder / path

    def set_path(self, path: Path | None) -> None:
        """Show a path."""
        self.edit.setText(str(path) if path is not None else "")

    def propose(self, stem: Path | None, ending: str) -> None:
        """Show a path, with a number where it is taken, unless the person named another one."""
        if self.edit.text() not in ("", self._proposed):
            return
        path = stem.with_name(stem.name + ending) if stem is not None else None
        count = 2
        while stem is not None and path is not None and path.exists():
            path = stem.with_name(f"{stem.name} {count}{ending}")
            count += 1
        self._proposed = str(path) if path is not None else ""
        self.set_path(path)

    def new_path(self, ending: str = "") -> Path | None:
        """The path where nothing lies yet, with ``ending`` where it has none; else None: the field says
        why, and is where one types."""
        path = self.path
        if path is not None and not path.suffix:
            path = path.with_name(path.name + ending)
        if path is not None and not path.exists():
            return path
        taken = self.tr("This is there already; choose another name")
        self.set_error(taken if path is not None else self.tr("Say where to write to"))
        self.edit.setFocus()
        return None

    def _typed(self, _text: str) -> None:
        self.set_error("")

    def set_filter(self, name_filter: str) -> None:
        """Which files are offered, as QFileDialog takes it."""
        self._filter = name_filter

    def set_error(self, message: str) -> None:
        """Say what is wrong with it; empty when it is right again."""
        self.field.set_error(message)

    def ask(self) -> None:
        """Ask for it with the file dialog."""
        here = self.path
        start = here if here is not None else self.folder
        dialog = QFileDialog(self, self._title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._mode == "folder":
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            dialog.setDirectory(str(start))
        elif self._mode == "save":
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            # Nothing of ours overwrites: the dialog of the target says so in its own words.
            dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
            dialog.setDirectory(str(start.parent))
            dialog.selectFile(start.name)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setDirectory(str(start if start.is_dir() else start.parent))
        if self._filter:
            dialog.setNameFilter(self._filter)
        dialog.fileSelected.connect(self._chosen)
        self._chooser = dialog
        dialog.open()

    def _chosen(self, name: str) -> None:
        self.edit.setText(QDir.toNativeSeparators(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(dropped_files(event)) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.set_path(dropped_files(event)[0])
