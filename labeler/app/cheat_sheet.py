"""The cheat sheet: every command with its keys, by group: first what works here, then the rest."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from labeler.app.commands import Commands, Entry, key_text
from labeler.kit.controls.dialog import Dialog
from labeler.kit.controls.field import SearchField
from labeler.kit.controls.keycap import KeyCap
from labeler.kit.controls.text import Text

__all__ = ["CheatSheet"]

_TALL = 520


class CheatSheet(Dialog):
    """What can be done here and with which key; typing narrows it."""

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__("", wide=True, parent=parent)
        self.set_title(self.tr("All keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands = commands
        self.field = SearchField(self.tr("Search"), name=self.tr("Search keys"))
        self.body.addWidget(self.field)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room = parent.window().height() - 220 if parent is not None else _TALL
        self._area.setFixedHeight(max(200, min(_TALL, room)))
        self.body.addWidget(self._area)
        self.add_button(self.tr("Close"), "primary", role="accept")
        self.field.textChanged.connect(self._fill)
        self._fill("")
        self.field.setFocus()

    def _fill(self, text: str) -> None:
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(32)
        halves = (QVBoxLayout(), QVBoxLayout())
        rows = [0, 0]
        for half in halves:
            half.setSpacing(16)
            columns.addLayout(half, 1)
        for group, entries in self._groups(text).items():
            shorter = 0 if rows[0] <= rows[1] else 1
            rows[shorter] += len(entries) + 2
            halves[shorter].addWidget(self._section(group, entries))
        for half in halves:
            half.addStretch(1)
        if not any(rows):
            halves[0].insertWidget(0, Text(self.tr("Nothing found"), role="text_2"))
        self._area.setWidget(page)
        self._area.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)

    def _groups(self, text: str) -> dict[str, list[Entry]]:
        """The commands with keys by heading: those that work here, then those of other places."""
        wanted = text.strip().casefold()
        here: dict[str, list[Entry]] = {}
        elsewhere: dict[str, list[Entry]] = {}
        for entry in self._commands.all():
            command = entry.command
            keys = self._commands.keys(command.id)
            if not keys:
                continue
            if wanted and wanted not in f"{command.title} {' '.join(keys)}".casefold():
                continue
            if self._commands.works_here(entry):
                here.setdefault(command.group, []).append(entry)
            else:
                elsewhere.setdefault(self._heading(entry), []).append(entry)
        return here | elsewhere

    def _heading(self, entry: Entry) -> str:
        place, slash, _ = entry.place.partition("/")
        group = entry.command.group
        if slash:
            return self.tr("{group}, in the panel").format(group=group)
        if place == "data":
            return self.tr("{group}, on the Data page").format(group=group)
        return self.tr("{group}, on the Work page").format(group=group)

    def _section(self, group: str, entries: list[Entry]) -> QWidget:
        section = QWidget()
        grid = QGridLayout(section)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Text(group, "label", "text_2"), 0, 0, 1, 2)
        for row, entry in enumerate(entries, 1):
            command = entry.command
            words = Text(command.title, wrap=True)
            words.setToolTip(command.help)
            grid.addWidget(words, row, 0)
            caps = QHBoxLayout()
            caps.setSpacing(4)
            caps.addStretch(1)
            texts = dict.fromkeys(key_text(key) for key in self._commands.keys(command.id))
            for text in tuple(texts)[:2]:
                caps.addWidget(KeyCap(text))
            grid.addLayout(caps, row, 1)
        return section
