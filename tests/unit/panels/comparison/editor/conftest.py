"""An editor with a comparison on it, its host kept in lists, and keys that go the app's way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from labeler.kit.testing import RecordingHost
from labeler.kit.theme import Theme, install_theme
from labeler.panels.comparison.editor import ComparisonEditor

sys.path.insert(0, str(Path(__file__).parent))

from comparison_desk import MANIFEST, Desk, Router


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    plain = install_theme(qapp, choice="light", reduced_motion=True)
    yield plain
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    plain.set(choice="light", text_scale=1.0)


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot) -> Iterator[Desk]:
    host = RecordingHost(MANIFEST)
    editor = ComparisonEditor(host)
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(editor.tools)
    column.addWidget(editor, 1)
    page.resize(1000, 720)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    router = Router(editor)
    QApplication.instance().installEventFilter(router)  # type: ignore[union-attr]
    yield Desk(editor, host)
    QApplication.instance().removeEventFilter(router)  # type: ignore[union-attr]
    editor.close_task()
