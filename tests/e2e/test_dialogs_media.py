"""Media roots: named in the project, mapped per machine, located by looking for the files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run, make_project

from labeler.app.dialogs.media_folders import MediaFoldersDialog
from labeler.app.media_roots import folder_of
from labeler.store import Project
from labeler.work.media_roots import MediaRoots

PATHS = ["cam1/0001.jpg", "cam1/0002.jpg", "cam2/0001.jpg"]


@pytest.fixture
def dialog(run: Run, window: QWidget, tmp_path: Path, qtbot: QtBot) -> MediaFoldersDialog:
    """The roots of an open project with three media below ``photos`` and one that leads out."""
    path = make_project(tmp_path / "pets.labeler", 2)
    project = Project.open(path)
    for one in [*PATHS, "../secret.txt"]:
        project.put_medium("photos", one, size=1, mime="image/jpeg", by="anna")
    project.close()
    run.context.open_project(path)
    qtbot.waitUntil(lambda: run.context.session is not None)
    made = MediaFoldersDialog(run.context, window)
    made.open()
    qtbot.waitUntil(lambda: len(made.folders.rows) == 1)
    return made


def photos(folder: Path, paths: list[str]) -> Path:
    for one in paths:
        (folder / one).parent.mkdir(parents=True, exist_ok=True)
        (folder / one).write_bytes(b"x")
    return folder


def test_a_root_nobody_placed_is_missing(dialog: MediaFoldersDialog, run: Run) -> None:
    row = dialog.folders.rows[0]
    assert (row.root.name, row.root.count) == ("photos", 4)
    assert not row.root.there
    assert row.state.text == "Missing"
    assert folder_of(run.context, "photos") is None


def test_the_dialog_is_as_high_as_its_roots(dialog: MediaFoldersDialog) -> None:
    dialog.grab()
    folders = dialog.folders
    row, sentence = folders.rows[0], folders._none
    assert row.height() >= row.minimumSizeHint().height()
    assert row.geometry().bottom() < folders.height()
    assert sentence.height() >= sentence.heightForWidth(sentence.width())


def test_the_folder_is_remembered_for_this_machine_only(
    dialog: MediaFoldersDialog, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = photos(tmp_path / "fotos", PATHS)
    with qtbot.waitSignal(dialog.folders.changed):
        dialog.folders.locate("photos", folder)
    qtbot.waitUntil(lambda: dialog.folders.rows[0].state.text == "Found")
    assert folder_of(run.context, "photos") == folder
    session = run.context.session
    assert session is not None
    assert session.lane.call(lambda project: project.changed_elsewhere()) is False
    kept = MediaRoots(run.context.folders.media_roots)
    assert kept.folders(session.uid) == {"photos": folder}


@pytest.mark.parametrize("chosen", ["fotos", "", "fotos/cam1"])
def test_one_level_off_is_good_enough(
    dialog: MediaFoldersDialog, run: Run, tmp_path: Path, qtbot: QtBot, chosen: str
) -> None:
    folder = photos(tmp_path / "media" / "fotos", PATHS)
    with qtbot.waitSignal(dialog.folders.changed):
        dialog.folders.locate("photos", tmp_path / "media" / chosen)
    assert folder_of(run.context, "photos") == folder


def test_a_folder_without_any_of_the_files_is_refused_by_name(
    dialog: MediaFoldersDialog, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "empty").mkdir()
    dialog.folders.locate("photos", tmp_path / "empty")
    qtbot.waitUntil(lambda: not dialog.folders.callout.isHidden())
    assert "cam1/0001.jpg" in dialog.folders.callout.accessibleDescription()
    assert folder_of(run.context, "photos") is None


def test_what_is_not_there_is_counted_and_named(
    dialog: MediaFoldersDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = photos(tmp_path / "fotos", PATHS[:2])
    (tmp_path / "secret.txt").write_text("x")
    dialog.folders.locate("photos", folder)
    qtbot.waitUntil(lambda: not dialog.folders.callout.isHidden())
    words = dialog.folders.callout.accessibleDescription()
    assert "2 of 4" in words
    assert "cam2/0001.jpg" in words
    assert "../secret.txt" in words, "a path that leads out of the folder is never followed"
