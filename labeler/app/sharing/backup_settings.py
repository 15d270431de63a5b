"""The section of the settings about backups: whether they are made by themselves, and where they go."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.dialogs.path_field import PathField
from labeler.app.sharing.backups import backup_folder, backups_off
from labeler.assets import Brand, brand
from labeler.kit import CheckBox, Section, Text

__all__ = ["BackupSection"]

_PAUSE_MS = 400


class BackupSection(Section):
    """Takes what is set at once; what the vendor has set is shown and cannot be changed."""

    def __init__(
        self, context: AppContext, vendor: Brand | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("Backups"))
        self._context = context
        self._vendor = vendor or brand()
        self.on = CheckBox(self.tr("Make them when a project is closed, or while nobody works"))
        self.on.setChecked(not backups_off(context, self._vendor))
        self.folder = PathField(self.tr("Folder"), "folder", title=self.tr("Folder of backups"))
        self.folder.set_path(backup_folder(context, self._vendor))
        note = self.tr(
            "The last three days and four weeks are kept. Best outside of folders that are synced."
        )
        self.body.addWidget(self.on)
        self.body.addWidget(self.folder)
        self.body.addWidget(Text(note, role="text_2", wrap=True))
        locked = Text(
            self.tr("{name} has set this for everybody.").format(name=self._vendor.name),
            role="text_2",
            wrap=True,
        )
        self.body.addWidget(locked)
        is_locked = bool(self._vendor.backups or self._vendor.backup_folder)
        locked.setVisible(is_locked)
        self.on.setEnabled(not self._vendor.backups)
        self.folder.setEnabled(not self._vendor.backup_folder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._take_folder)
        self.on.toggled.connect(self._take)
        self.folder.changed.connect(self._typed)

    def _take(self, on: bool) -> None:
        self._change(off=not on)

    def _typed(self, _text: str) -> None:
        self.folder.set_error("")
        self._pause.start()

    def _take_folder(self) -> None:
        path = self.folder.path
        if path is None:
            self._change(folder="")
            return
        if path.exists() and not path.is_dir():
            self.folder.set_error(self.tr("This is a file; name a folder"))
            return
        usual = self._context.folders.data / "backups"
        self._change(folder="" if path == usual else str(Path(path)))

    def _change(self, **fields: object) -> None:
        told = self._context.settings.values.backups
        self._context.settings.change(backups=msgspec.structs.replace(told, **fields))
