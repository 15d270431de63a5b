"""About the program: what it is made of, in which versions, and where it keeps its own files."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from labeler import __version__
from labeler.app.context import AppContext
from labeler.app.dialogs.frame import fit_height
from labeler.assets import brand
from labeler.kit import Dialog, Text
from labeler.store.engine import format_version, sqlite_version

__all__ = ["AboutDialog", "show"]

_LOGO = 48


class AboutDialog(Dialog):
    """Facts for a report: all of them are selectable, and copied with one button."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        name = brand().name
        self.set_title(self.tr("About {name}").format(name=name))
        self._logo = QLabel()
        self._logo.setAccessibleName(name)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._logo)
        words = self.tr("{name} {version}").format(name=name, version=__version__)
        head.addWidget(Text(words, "title", selectable=True), 1)
        self.body.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.facts = self._facts()
        for row, (title, value) in enumerate(self.facts):
            label, shown = Text(title, role="text_2"), Text(value, wrap=True, selectable=True)
            # A path has no spaces to break at.
            shown.setText(value.replace("/", "/\u200b").replace("\\", "\\\u200b"))
            shown.setAccessibleName(f"{title}: {value}")
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, row, 1)
        self.body.addLayout(grid)
        self.copy = self.add_button(self.tr("Copy"), role="aside", icon="copy")
        self.copy.setObjectName("copy")
        self.copy.clicked.connect(self.copy_facts)
        self.licences = self.add_button(self.tr("Licences…"), role="aside")
        self.licences.setObjectName("licences")
        self.licences.clicked.connect(self._open_licences)
        self.accept_button = self.add_button(self.tr("Close"), "primary", role="accept")
        self.accept_button.setObjectName("accept")
        self.accept_button.setFocus()
        self.theme_changed()

    def _facts(self) -> tuple[tuple[str, str], ...]:
        folders = self._context.folders
        system = f"{platform.system()} {platform.release()} {platform.machine()}"
        return (
            (self.tr("Version"), __version__),
            (self.tr("File format"), format_version()),
            (self.tr("Licence"), "Apache-2.0"),
            (self.tr("Qt"), f"{qVersion()} (PySide6 {PySide6.__version__})"),
            (self.tr("Python"), platform.python_version()),
            (self.tr("SQLite"), sqlite_version()),
            (self.tr("System"), system.strip()),
            (self.tr("Settings"), str(folders.settings)),
            (self.tr("Logs"), str(folders.logs)),
            (self.tr("Projects"), str(folders.projects)),
        )

    def copy_facts(self) -> None:
        """Put every fact on the clipboard, a line each."""
        lines = [brand().name, *(f"{title}: {value}" for title, value in self.facts)]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._context.toast(self.tr("The versions and paths are on the clipboard"))

    def _open_licences(self) -> None:
        from labeler.app.dialogs import licences

        parent = self.parentWidget()
        self.accept()
        if parent is not None:
            licences.show(self._context, parent)

    def theme_changed(self) -> None:
        super().theme_changed()
        # The frame's own __init__ asks already, before there is a logo.
        if hasattr(self, "_logo"):
            side = self.theme.icon_px(_LOGO)
            self._logo.setPixmap(self.theme.icons.logo(side, self.devicePixelRatio()))
            fit_height(self)


def show(context: AppContext, parent: QWidget) -> None:
    """Show versions and paths."""
    AboutDialog(context, parent).open()
