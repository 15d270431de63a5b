"""Everything the keyboard reaches on Home, Data and in their dialogs has a name to be read out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run, make_project

from labeler.app.data.page import DataPage
from labeler.app.dialogs.export_data import ExportDialog
from labeler.app.dialogs.import_data import ImportDialog
from labeler.app.dialogs.media_folders import MediaFoldersDialog
from labeler.app.dialogs.new_project import NewProjectDialog
from labeler.app.dialogs.queue_labels import QueueLabelsDialog
from labeler.app.dialogs.save_copy import SaveCopyDialog
from labeler.app.home.page import HomePage


@pytest.fixture
def run(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Run]:
    made = Run(tmp_path / "machine", qapp)
    made.context.open_project(make_project(tmp_path / "pets.labeler", 12))
    qtbot.waitUntil(lambda: made.context.session is not None)
    yield made
    made.end()


def labels(run: Run, parent: QWidget) -> QWidget:
    session = run.context.session
    assert session is not None
    return QueueLabelsDialog(run.context, session.queues[0], parent)


ROOMS: dict[str, Callable[[Run, QWidget], QWidget]] = {
    "home": lambda run, _parent: HomePage(run.context),
    "data": lambda run, _parent: DataPage(run.context),
    "new project": lambda run, parent: NewProjectDialog(run.context, parent),
    "import": lambda run, parent: ImportDialog(run.context, parent),
    "export": lambda run, parent: ExportDialog(run.context, parent),
    "copy": lambda run, parent: SaveCopyDialog(run.context, parent),
    "labels": labels,
    "media": lambda run, parent: MediaFoldersDialog(run.context, parent),
}


@pytest.mark.parametrize("room", ROOMS)
def test_whatever_takes_the_focus_has_a_name(room: str, run: Run, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    shown = ROOMS[room](run, window)
    if shown.parent() is None:
        qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(shown.isVisible)
    nameless = [
        one
        for one in shown.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisibleTo(shown)
        and not isinstance(one, QScrollArea)
        and not one.accessibleName()
    ]
    assert nameless == []
    if isinstance(shown, HomePage):
        shown.watch.stop()
