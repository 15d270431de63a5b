"""The settings: everything takes effect as it is changed, so there is nothing to confirm."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from labeler.app.context import AppContext
from labeler.app.dialogs.settings_general import GeneralPage
from labeler.app.dialogs.settings_keys import KeysPage
from labeler.app.dialogs.settings_plugins import PluginsPage
from labeler.assets import brand
from labeler.kit import Dialog, Divider, TabBar

__all__ = ["SettingsDialog", "show"]

_TALL = 520
_ROOM = 190
"""What title, tabs, buttons and paddings take of the window's height."""


class SettingsDialog(Dialog):
    """Three pages: how it looks and who I am; which keys do what; which plugins there are."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("", wide=True, parent=parent)
        self.set_title(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.general = GeneralPage(context)
        self.keys = KeysPage(context)
        self.plugins = PluginsPage(context)
        self.tabs = TabBar(self.tr("Settings"))
        self.stack = QStackedWidget()
        pages = (
            (self.tr("General"), self.general),
            (self.tr("Keyboard"), self.keys),
            (self.tr("Plugins"), self.plugins),
        )
        for title, page in pages:
            self.tabs.add(title)
            self.stack.addWidget(_scrolled(page, title))
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.body.setSpacing(0)
        self.body.addWidget(self.tabs)
        self.body.addWidget(Divider())
        self.body.addWidget(self.stack)
        about = self.tr("About {name}…").format(name=brand().name)
        self.about = self.add_button(about, "quiet", role="aside", icon="info")
        self.about.setObjectName("about")
        self.about.clicked.connect(self._open_about)
        self.accept_button = self.add_button(self.tr("Close"), "primary", role="accept")
        self.accept_button.setObjectName("accept")
        self._measure()
        self.general.themes.chips[context.settings.values.appearance.theme].setFocus()

    def _open_about(self) -> None:
        from labeler.app.dialogs import about

        parent = self.parentWidget()
        self.accept()
        if parent is not None:
            about.show(self._context, parent)

    def theme_changed(self) -> None:
        super().theme_changed()
        # The frame's own __init__ asks already, before there is anything to measure.
        if hasattr(self, "stack"):
            self._measure()

    def _measure(self) -> None:
        scale = self.theme.text_scale
        parent = self.parentWidget()
        room = self.screen().availableGeometry() if parent is None else parent.window().rect()
        least = min(240, room.height() // 2)
        frame = round(_ROOM * scale)
        self.stack.setFixedHeight(max(least, min(round(_TALL * scale), room.height() - frame)))
        if self.isVisible():
            self.adjustSize()
            if parent is not None:
                self.move(parent.window().frameGeometry().center() - self.rect().center())


def _scrolled(page: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(page)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    return area


def show(context: AppContext, parent: QWidget) -> None:
    """Open the settings."""
    SettingsDialog(context, parent).open()
