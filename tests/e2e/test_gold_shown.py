"""Who is measured by gold is not told where it is: in Data, in an export, in what is read out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run, make_project

from labeler.app.data.cells import Column
from labeler.app.data.page import DataPage
from labeler.app.dialogs.export_data import ExportDialog
from labeler.kit import RowRole
from labeler.store import Project
from labeler.store.bulk import NewAnnotation

VALUE = b'{"answers":{"sentiment":"positive"}}'


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A project that Anna made, with gold on its first task; Ben works in it."""
    path = make_project(tmp_path / "pets.labeler", 3)
    project = Project.open(path)
    project.sign_in("ben")
    row = project.query.find("k0")
    project.bulk(row.queue, by="anna").annotations(
        [NewAnnotation(bytes.fromhex(row.id), "gold", "anna", VALUE)]
    )
    project.close()
    return path


@pytest.fixture
def page(run: Run, qtbot: QtBot) -> DataPage:
    """The one page there is, as in the app: whoever sits down before it."""
    shown = DataPage(run.context)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def badges(run: Run, page: DataPage, qtbot: QtBot, path: Path) -> list[str]:
    """What is said beside the first task's text in Data, the project opened anew."""
    with qtbot.waitSignal(page.feed.found):
        run.context.open_project(path)
    page.arrive()
    qtbot.waitUntil(lambda: page.model.index(0, Column.TASK).data() == "k0")
    shown = page.model.index(0, Column.TEXT).data(int(RowRole.BADGE)) or []
    return [words for words, _, _ in shown]


def sources(run: Run, window: QWidget) -> list[str]:
    dialog = ExportDialog(run.context, window)
    found = [dialog.source.itemData(at) for at in range(dialog.source.count())]
    assert dialog.source.chosen in found
    return found


def test_gold_is_shown_to_who_coordinates_or_reviews_and_to_nobody_else(
    run: Run, page: DataPage, gold: Path, window: QWidget, qtbot: QtBot
) -> None:
    run.context.settings.set_person("anna", "Anna Brandt")
    assert badges(run, page, qtbot, gold) == ["Gold"]
    assert {"gold", "all"} < set(sources(run, window))
    run.context.settings.set_person("ben", "Ben Okafor")
    assert badges(run, page, qtbot, gold) == []
    assert not {"gold", "all"} & set(sources(run, window))
    session = run.context.session
    assert session is not None
    session.lane.call(lambda project: project.give_roles("ben", ["reviewer"], by="anna"))
    assert badges(run, page, qtbot, gold) == ["Gold"]
