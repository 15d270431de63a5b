"""The theme every kit test starts from: light, 100 %, nothing fades."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from labeler.kit.theme import Theme, install_theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The application's theme, put back to light at 100 % afterwards."""
    plain = install_theme(qapp, choice="light", reduced_motion=True)
    yield plain
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    plain.set(choice="light", text_scale=1.0, reduced_motion=True, compact=False)


Show = Callable[..., QWidget]


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Show:
    """Shows a control on a page of its own, as active as an offscreen window can be; the page."""
    pages: list[QWidget] = []

    def show(widget: QWidget, width: int = 320) -> QWidget:
        page = QWidget()
        pages.append(page)
        column = QVBoxLayout(page)
        column.addWidget(widget)
        column.addStretch(1)
        page.setFixedWidth(width)
        page.resize(width, 400)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return show
