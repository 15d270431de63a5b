"""The second page of the settings: where plugins lie, which there are, and why some cannot be used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.api import Problem, Refusal
from labeler.app.context import AppContext
from labeler.app.dialogs.plugin_options import PluginOptions
from labeler.app.i18n import panel_description, panel_name, problem_text
from labeler.kit import Button, Callout, FlowLayout, IconButton, RowList, RowRole, Section, Text
from labeler.kit.paint import BadgeKind
from labeler.plugins import Found
from labeler.plugins.host import plugin_folders

__all__ = ["PluginsPage"]

_WHAT = Qt.ItemDataRole.UserRole
_MOST_ROWS = 6


class PluginsPage(QWidget):
    """A row for each plugin that was found, then one for each that was refused; details below."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._options: PluginOptions | None = None
        self.rows = RowList(self.tr("Plugins"))
        self._model = QStandardItemModel(self)
        self.rows.setModel(self._model)
        self.heading = Text("", "label", wrap=True, selectable=True)
        self.description = Text("", wrap=True, selectable=True)
        self.facts = Text("", role="text_2", wrap=True, selectable=True)
        self.reason = Callout("", "", "danger")
        self.switch = Button("")
        self.switch.setObjectName("switch")
        self.again = Button(self.tr("Try again"), icon="refresh-cw")
        self.again.setObjectName("again")
        self.copy = Button(self.tr("Copy report"), icon="copy")
        self.copy.setObjectName("copy")
        self._below = QVBoxLayout()
        self._arrange()
        self.refresh()
        self.rows.setCurrentIndex(self._model.index(0, 0))
        self.rows.selectionModel().currentChanged.connect(self._turned)
        self.rows.activated.connect(self._activated)
        self.switch.clicked.connect(self.turn)
        self.again.clicked.connect(self.try_again)
        self.copy.clicked.connect(self.copy_report)
        context.theme.changed.connect(self._measure)
        self._show()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        found = Section(self.tr("Plugins"))
        found.body.addWidget(self.rows)
        for widget in (self.heading, self.description, self.facts, self.reason):
            found.body.addWidget(widget)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        for button in (self.switch, self.again, self.copy):
            flow.addWidget(button)
        found.body.addWidget(buttons)
        found.body.addLayout(self._below)
        column.addWidget(found)
        places = Section(self.tr("Folders with plugins"), last=True)
        note = self.tr(
            "A folder in one of these that holds a panel.toml is found at the next start."
        )
        places.body.addWidget(Text(note, role="text_2", wrap=True))
        for folder in plugin_folders():
            places.body.addLayout(self._folder_row(folder))
        column.addWidget(places)
        column.addStretch(1)

    def _folder_row(self, folder: Path) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        shown = Text(_breakable(str(folder)), wrap=True, selectable=True)
        shown.setAccessibleName(str(folder))
        row.addWidget(shown, 1)
        copy = IconButton("copy", self.tr("Copy path"))
        copy.setProperty("folder", str(folder))
        copy.clicked.connect(self._copy_folder)
        show = IconButton("folder-open", self.tr("Open folder"))
        show.setProperty("folder", str(folder))
        show.clicked.connect(self._open_folder)
        row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        return row

    # the rows

    @property
    def chosen(self) -> Found | Problem | None:
        """What the current row is about: a plugin, or why one was refused."""
        what = self.rows.currentIndex().data(_WHAT)
        return what if isinstance(what, Found | Problem) else None

    def refresh(self) -> None:
        """Read the states again."""
        row = max(0, self.rows.currentIndex().row())
        self._model.clear()
        for found in self._context.plugins.panels():
            entry = self._entry(panel_name(found.manifest), found.manifest.version, found)
            entry.setData(found.manifest.icon or "puzzle", RowRole.ICON)
            entry.setData(self._badge(found), RowRole.BADGE)
        for problem in self._context.plugins.discovery.failed:
            place = problem.where.partition(": ")[0]
            entry = self._entry(_short(place), "", problem)
            entry.setData("puzzle", RowRole.ICON)
            entry.setData((self.tr("Refused"), "danger", ""), RowRole.BADGE)
        self._measure()
        self.rows.setCurrentIndex(self._model.index(min(row, self._model.rowCount() - 1), 0))

    def _entry(self, name: str, version: str, what: object) -> QStandardItem:
        entry = QStandardItem(name)
        entry.setEditable(False)
        entry.setData(version, RowRole.SECONDARY)
        entry.setData(what, _WHAT)
        if isinstance(what, Found):
            state = self._badge(what)[0]
        else:
            state = self.tr("Refused")
        entry.setAccessibleText(", ".join(part for part in (name, version, state) if part))
        self._model.appendRow(entry)
        return entry

    def _badge(self, found: Found) -> tuple[str, BadgeKind, str]:
        off = found.id in self._context.settings.values.panels_off
        state = self._context.plugins.state(found.id)
        if off:
            return self.tr("Off"), "neutral", ""
        if state == "disabled":
            return self.tr("Stopped"), "danger", ""
        if state == "failed":
            return self.tr("Failed"), "danger", ""
        if state == "loaded":
            return self.tr("Running"), "ok", ""
        return self.tr("Ready"), "neutral", ""

    def _turned(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._show()

    def _activated(self, _index: QModelIndex) -> None:
        if self.switch.isVisible():
            self.turn()

    # the details

    def _show(self) -> None:
        what = self.chosen
        if isinstance(what, Found):
            self._show_found(what)
        elif what is not None:
            self._show_refused(what)
        else:
            self._say(self.tr("There is no plugin at all"), "", "")
            self._blame("", "")
            self._offer(switch="", again=False, copy=False)
            self._show_options(None)

    def _show_found(self, found: Found) -> None:
        manifest = found.manifest
        guard = self._context.plugins.guard(found.id)
        facts = (
            self._origin(found),
            self.tr("Name in files: {id}").format(id=found.id),
            _breakable(str(found.place)),
        )
        title = f"{panel_name(manifest)} {manifest.version}"
        self._say(title, panel_description(manifest), "\n".join(facts))
        off = found.id in self._context.settings.values.panels_off
        failures = guard.failures
        if failures and not off:
            self._blame(self.tr("It stopped"), f"{failures[-1].what}: {failures[-1].error}")
        else:
            self._blame("", "")
        words = self.tr("Turn on") if off else self.tr("Turn off")
        self._offer(switch=words, again=bool(failures) and not off, copy=bool(failures))
        self._show_options(None if off else found)

    def _show_refused(self, problem: Problem) -> None:
        self._say(_short(problem.where.partition(": ")[0]), "", _breakable(problem.where))
        self._blame(self.tr("It cannot be used"), problem_text(problem))
        self._offer(switch="", again=False, copy=True)
        self._show_options(None)

    def _origin(self, found: Found) -> str:
        if found.origin == "own":
            return self.tr("Comes with the program")
        if found.origin == "installed":
            dist = f"{found.dist} {found.dist_version}".strip()
            return self.tr("Installed with {dist}").format(dist=dist)
        return self.tr("From a folder with plugins")

    def _say(self, title: str, description: str, facts: str) -> None:
        for label, words in (
            (self.heading, title),
            (self.description, description),
            (self.facts, facts),
        ):
            label.setText(words)
            label.setVisible(bool(words))

    def _blame(self, title: str, reason: str) -> None:
        self.reason.set_words(title, reason)
        self.reason.setVisible(bool(title))

    def _offer(self, *, switch: str, again: bool, copy: bool) -> None:
        self.switch.setText(switch)
        self.switch.setVisible(bool(switch))
        self.again.setVisible(again)
        self.copy.setVisible(copy)

    def _show_options(self, found: Found | None) -> None:
        if self._options is not None:
            self._below.removeWidget(self._options)
            self._options.hide()
            self._options.deleteLater()
            self._options = None
        if found is not None and found.manifest.settings:
            self._options = PluginOptions(self._context, found)
            self._below.addWidget(self._options)

    # doing

    def turn(self) -> None:
        """Turn the chosen plugin off, or on again."""
        found = self.chosen
        if not isinstance(found, Found):
            return
        settings, plugins = self._context.settings, self._context.plugins
        off = settings.values.panels_off
        if found.id in off:
            settings.change(panels_off=tuple(one for one in off if one != found.id))
            plugins.retry(found.id)
        else:
            settings.change(panels_off=(*off, found.id))
            plugins.guard(found.id).disable()
        self._context.panel_turned.emit(found.id)
        self.refresh()
        self._show()

    def try_again(self) -> None:
        """Import a plugin that failed anew; what is still wrong with it is shown."""
        found = self.chosen
        if not isinstance(found, Found):
            return
        self._context.plugins.retry(found.id)
        try:
            self._context.plugins.task(found.id)
        except Refusal as refusal:
            # The guard keeps the failure, and the row shows it.
            self._context.notify(refusal.problem)
        self.refresh()
        self._show()

    def copy_report(self) -> None:
        """Put what is known of the failure on the clipboard."""
        what = self.chosen
        if isinstance(what, Found):
            report = self._context.plugins.guard(what.id).failures[-1].report
        elif what is not None:
            report = f"{what.where}: {what.message}"
        else:
            return
        QGuiApplication.clipboard().setText(report)
        self._context.toast(self.tr("The report is on the clipboard"))

    def _copy_folder(self) -> None:
        QGuiApplication.clipboard().setText(str(self.sender().property("folder")))
        self._context.toast(self.tr("The path is on the clipboard"))

    def _open_folder(self) -> None:
        folder = Path(str(self.sender().property("folder")))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._context.notify(Problem("file_unreadable", str(folder), {"reason": reason}))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _measure(self) -> None:
        rows = max(1, min(_MOST_ROWS, self._model.rowCount()))
        self.rows.setFixedHeight(rows * self._context.theme.height("row_compact") + 2)


def _short(place: str) -> str:
    """What a refused plugin is called: its folder, or what stands for it."""
    path = Path(place)
    return path.parent.name if path.name == "panel.toml" else path.name


def _breakable(path: str) -> str:
    """A path that may break after each folder."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")
