"""The section of whole keymaps: take one that ships, one from a file, or write one's own into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from labeler.app.commands import key_text
from labeler.app.context import AppContext
from labeler.app.i18n import problem_text
from labeler.app.keymaps import Fitted, fitted, matching, read_keymap, shipped, written
from labeler.assets import brand
from labeler.kit import Button, Section, Select, Text
from labeler.model.problems import Refusal

__all__ = ["KeymapSection"]


def keymap_title(name: str) -> str:
    """What a keymap that ships is called."""
    tr = QCoreApplication.translate
    return {
        "default": tr("Keymaps", "Default"),
        "left_hand": tr("Keymaps", "Left hand"),
        "like_labelme": tr("Keymaps", "Like labelme"),
        "own": tr("Keymaps", "My own"),
    }.get(name, name)


class KeymapSection(Section):
    """Which keymap is in force, and what taking another one came to."""

    taken = Signal()
    """A whole keymap is about to be taken: what was said of single keys is over."""
    refused = Signal(str, str)
    """A file could not be read or written: a title, and why."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("KeymapSection", "Keymap"), parent=parent)
        self._context = context
        self._commands = context.commands
        self._chooser: QFileDialog | None = None
        self.keymap = Select(name=self.tr("Keymap"))
        self.load = Button(self.tr("Import…"), icon="file-down", compact=True)
        self.save = Button(self.tr("Export…"), icon="file-up", compact=True)
        self.report = Text("", role="text_2", wrap=True)
        self.report.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.keymap)
        row.addStretch(1)
        row.addWidget(self.load)
        row.addWidget(self.save)
        self.body.addLayout(row)
        self.body.addWidget(self.report)
        self.keymap.activated.connect(self._chosen)
        self.load.clicked.connect(self._ask_file)
        self.save.clicked.connect(self._ask_target)
        self.fill()

    def fill(self) -> None:
        """Offer the keymaps there are; the one in force is chosen."""
        current = matching(self._commands)
        names = ["default", *shipped()]
        if current == "own":
            names.append("own")
        self.keymap.clear()
        for name in names:
            self.keymap.addItem(keymap_title(name), name)
        self.keymap.set_chosen(current)
        self.save.setEnabled(current != "default")

    def _chosen(self, _index: int) -> None:
        name = self.keymap.chosen
        if name == "default":
            self.taken.emit()
            self.report.hide()
            self._commands.remap_all({})
        elif name != "own":
            self._take(fitted(shipped()[name], self._commands))

    def _take(self, found: Fitted) -> None:
        self.taken.emit()
        self._commands.remap_all(found.own)
        lines = []
        for name, key in found.lost:
            entry = self._commands.get(name)
            if entry is not None:
                words = self.tr("“{command}” gave {key} up.")
                lines.append(words.format(command=entry.command.title, key=key_text(key)))
        if found.unknown:
            words = self.tr("Not known here: {names}")
            lines.append(words.format(names=", ".join(found.unknown)))
        self.report.setText("\n".join(lines))
        self.report.setVisible(bool(lines))

    def _ask_file(self) -> None:
        self._ask(self.tr("Import a keymap"), self._import, save=False)

    def _ask_target(self) -> None:
        self._ask(self.tr("Export the keymap"), self._export, save=True)

    def _ask(self, title: str, then: Callable[[str], None], *, save: bool) -> None:
        chooser = QFileDialog(self, title, str(Path.home()), f"{self.tr('Keymap')} (*.toml)")
        if save:
            chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            chooser.setDefaultSuffix("toml")
            chooser.selectFile("keys.toml")
        else:
            chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(then)
        self._chooser = chooser
        chooser.open()

    def _import(self, path: str) -> None:
        self.import_keymap(Path(path))

    def _export(self, path: str) -> None:
        self.export_keymap(Path(path))

    def import_keymap(self, path: Path) -> None:
        """Take the keymap in a file, or say what is wrong with it."""
        try:
            keymap = read_keymap(path)
        except Refusal as refusal:
            title = self.tr("{file} is no keymap").format(file=path.name)
            self.refused.emit(title, problem_text(refusal.problem))
            return
        self._take(fitted(keymap, self._commands))

    def export_keymap(self, path: Path) -> None:
        """Write the keys that differ from the defaults into a file."""
        try:
            path.write_text(written(brand().name, self._commands.own_keys), encoding="utf-8")
        except OSError as error:
            title = self.tr("{file} was not written").format(file=path.name)
            self.refused.emit(title, error.strerror or str(error))
            return
        self._context.toast(self.tr("The keymap is in {file}").format(file=path.name))
