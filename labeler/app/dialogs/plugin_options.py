"""A plugin's own settings as its manifest declares them, each taken as soon as it is allowed."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.api.manifest import SettingEntry
from labeler.app.context import AppContext
from labeler.kit import CheckBox, Field, Select, Text
from labeler.plugins import Found

__all__ = ["PluginOptions"]


class PluginOptions(QWidget):
    """A control for each setting; the value shown is the person's own, else the manifest's default.

    An editor that is open gets them with the next task it shows.
    """

    def __init__(self, context: AppContext, found: Found, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found = found
        self._entries = {entry.key: entry for entry in found.manifest.settings}
        self.controls: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        own = context.settings.panel(found.id)
        for entry in found.manifest.settings:
            kept = own.get(entry.key, entry.default)
            value = entry.default if entry.fault(kept) is not None else kept
            column.addWidget(self._control(entry, value))

    def _control(self, entry: SettingEntry, value: object) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        title = self._words(entry.title)
        control: QWidget
        if entry.kind == "bool":
            # A box does not break its words; a label beside it does, and is pressed as well.
            control = check = CheckBox("", name=title)
            check.setChecked(bool(value))
            check.toggled.connect(self._checked)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(check, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(_Label(title, check), 1)
            column.addLayout(row)
        elif entry.kind == "choice":
            # Manifests have no titles for choices: the word itself is looked up.
            control = select = Select(
                [(one, self._words(one)) for one in entry.choices], name=title
            )
            select.set_chosen(str(value))
            select.activated.connect(self._picked)
            column.addWidget(Text(title, role="text_2"))
            column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            control = field = Field(title, _typed(value))
            field.edit.setProperty("setting", entry.key)
            field.edit.textEdited.connect(self._wrote)
            column.addWidget(control)
        control.setObjectName(entry.key)
        self.controls[entry.key] = control
        if entry.help:
            column.addWidget(Text(self._words(entry.help), role="text_2", wrap=True))
        return box

    def _words(self, text: str) -> str:
        # The sentences are the manifest's: a plugin brings its own catalogue, under its id.
        tr = QCoreApplication.translate
        return tr(self._found.id, text)

    def _checked(self, on: bool) -> None:
        self._keep(self.sender().objectName(), on)

    def _picked(self, _index: int) -> None:
        select = self.sender()
        if isinstance(select, Select):
            self._keep(select.objectName(), select.chosen)

    def _wrote(self, text: str) -> None:
        key = str(self.sender().property("setting"))
        entry, field = self._entries[key], self.controls[key]
        if not isinstance(field, Field):
            return
        value = _read(entry, text)
        if value is None:
            field.set_error(self.tr("Type a number"))
            return
        fault = entry.fault(value)
        if fault is None:
            field.set_error("")
            self._keep(key, value)
        elif entry.minimum is not None and entry.maximum is not None:
            words = self.tr("Type a number from {least} to {most}")
            field.set_error(words.format(least=f"{entry.minimum:g}", most=f"{entry.maximum:g}"))
        elif entry.minimum is not None:
            words = self.tr("Type a number of at least {least}")
            field.set_error(words.format(least=f"{entry.minimum:g}"))
        else:
            words = self.tr("Type a number of at most {most}")
            field.set_error(words.format(most=f"{entry.maximum:g}"))

    def _keep(self, key: str, value: object) -> None:
        default = self._entries[key].default
        self._context.settings.set_panel(self._found.id, key, None if value == default else value)


class _Label(Text):
    """The words of a check box, which turns over when they are clicked."""

    def __init__(self, text: str, check: CheckBox) -> None:
        super().__init__(text, wrap=True)
        self._check = check
        self.setBuddy(check)

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        if ev.button() == Qt.MouseButton.LeftButton and self.rect().contains(ev.pos()):
            self._check.toggle()


def _typed(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _read(entry: SettingEntry, text: str) -> int | float | str | None:
    """What was typed as a value of the setting's kind, None where it is no number."""
    if entry.kind == "text":
        return text
    try:
        number = int(text) if entry.kind == "int" else float(text.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
