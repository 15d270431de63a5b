"""The label set and the media folders are reached from the commands, for the queue at hand."""

from __future__ import annotations

from pathlib import Path

from conftest import Start
from made_app import make_project
from PySide6.QtWidgets import QApplication, QDialog


def opened() -> list[str]:
    """The dialogs on screen, by their class."""
    return [
        type(one).__name__
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QDialog) and one.isVisible()
    ]


def test_label_set_and_media_folders_open_for_the_project(start: Start, tmp_path: Path) -> None:
    run = start()
    assert not run.context.commands.run("project.labels")
    run.open(make_project(tmp_path / "pets.labeler"))
    run.press("1")
    for command, dialog in (
        ("project.labels", "QueueLabelsDialog"),
        ("project.media", "MediaFoldersDialog"),
    ):
        assert run.context.commands.run(command)
        run.qtbot.waitUntil(lambda dialog=dialog: dialog in opened())
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog):
                one.close()
        run.settle()
