"""The boxes panel in the real app: the tour's own hands on the sample, then what is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_app import Running
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labeler.app.demo.boxes import BoxesScript
from labeler.app.demo.memory import compare, remember
from labeler.app.demo.notes import Book
from labeler.app.demo.pictures import Pictures
from labeler.app.demo.robot import Robot
from labeler.app.media_roots import remember as remember_folder
from labeler.exchange.importing import ImportOptions, run_import
from labeler.exchange.needs import here
from labeler.exchange.templates import new_project, template_named
from labeler.panels.boxes.editor import BoxesEditor
from labeler.plugins import Plugins

PHOTOS = Path(__file__).resolve().parents[2] / "projects" / "sample" / "boxes"

Start = Callable[..., Running]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project of the boxes template with the sample's photographs in it, and a model's boxes."""
    plugins = Plugins.load()
    made = tmp_path / "photos.labeler"
    project = new_project(made, template_named("boxes"), handle="anna", name="Anna Brandt")
    try:
        for format_id, source, taken in (
            ("images", PHOTOS / "photos", "tasks"),
            ("coco", PHOTOS / "predictions.json", "predictions"),
        ):
            reader = plugins.reader(plugins.format(format_id, "boxes"))
            options = ImportOptions(by="detector v3", taken=taken, embed=taken == "tasks")
            run_import(here(project), plugins, reader, [source], "boxes", options)
    finally:
        project.close()
    return made


def stored(run: Running, key: str) -> dict[str, Any]:
    found = run.stored(key)
    assert found is not None
    return found


def test_a_whole_tour_through_the_photographs_is_stored_as_it_was_done(
    start: Start, path: Path, tmp_path: Path
) -> None:
    run = start()
    run.app.theme.set(reduced_motion=True)
    run.window.resize(1440, 900)
    run.open(path)
    run.window.go("work")
    robot, book = Robot(run.app), Book()
    robot.wait("a task is there", lambda: robot.work.flow.seat is not None)
    (tmp_path / "pictures").mkdir()
    pictures = Pictures(robot, tmp_path / "pictures")
    script = BoxesScript()
    script.work(robot, pictures, book)
    script.leave_half_done(robot, pictures, book)
    again = compare(robot, remember(robot))
    assert again.same, again
    script.finish(robot, pictures, book)
    run.settle()
    portrait = stored(run, "portrait.jpg")
    assert portrait["value"]["answers"] == {"picture": "clear"}
    first = portrait["value"]["regions"][0]
    assert (first["label"], first["attributes"]) == ("person", {"marks": ["cut"]})
    assert abs(first["x"] - 4) < 2
    assert abs(first["width"] - 116) < 3
    beach = stored(run, "beach.jpg")["value"]["regions"]
    assert (beach[0]["origin"], beach[0]["score"], beach[0]["width"]) == ("detector v3", 0.93, 68)
    assert stored(run, "forest.jpg")["status"] == "flagged"
    assert stored(run, "skier-upright.jpg")["status"] == "submitted"
    labels = [region["label"] for region in stored(run, "skier.jpg")["value"]["regions"]]
    assert labels == ["person", "gear", "animal", "vehicle"]
    assert len(book.pages) == 6


def test_a_table_row_a_figure_and_a_picture_stay_together(start: Start, path: Path) -> None:
    run = start()
    run.open(path)
    run.window.go("work")
    run.qtbot.waitUntil(lambda: run.key != "")
    editor = run.editor
    assert isinstance(editor, BoxesEditor)
    surface = editor.surface
    run.qtbot.waitUntil(lambda: surface.picture is not None)
    run.ctrl(Qt.Key.Key_2, shift=True)
    run.work.focus_content()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Down):
        run.press(key)
    run.press(Qt.Key.Key_Return)
    table = run.work.inspector.table
    [ident] = surface.chosen
    assert table.chosen == (ident,)
    run.press("2")
    line = table.fields.figures["x"]
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "12")
    QTest.keyClick(line, Qt.Key.Key_Return)
    place = surface.place_of(ident)
    assert place is not None
    assert place.x == 12
    run.ctrl(Qt.Key.Key_Z)
    moved = surface.place_of(ident)
    assert moved is not None
    assert moved.x != 12
    assert line.text() == f"{moved.x:.1f}"
    run.work.focus_content()
    run.press("l")
    assert "locked" in table.model.spoken(table.model.rows[0])


def test_the_labels_stand_beside_the_picture_until_the_person_turns_away(
    start: Start, path: Path
) -> None:
    run = start().open(path)
    run.qtbot.waitUntil(lambda: run.key != "")
    inspector = run.work.inspector
    assert inspector.tab == "regions", "labels, their keys and figures are what hands need here"
    run.ctrl(Qt.Key.Key_PageDown)
    run.settle()
    assert inspector.tab == "regions"
    run.ctrl(Qt.Key.Key_1, shift=True)
    run.ctrl(Qt.Key.Key_PageDown)
    run.settle()
    assert inspector.tab == "questions"
    # A rule is read for once: what the person turned to is there again with the next task.
    inspector.show_rule("4")
    assert inspector.tab == "guidelines"
    run.ctrl(Qt.Key.Key_PageDown)
    run.settle()
    assert inspector.tab == "questions"


def test_the_next_picture_is_read_ahead(start: Start, path: Path) -> None:
    run = start()
    run.open(path)
    run.window.go("work")
    run.qtbot.waitUntil(lambda: run.key != "")
    editor = run.editor
    assert isinstance(editor, BoxesEditor)
    run.qtbot.waitUntil(lambda: editor.surface.picture is not None)
    loader = editor._pictures._loader
    run.qtbot.waitUntil(lambda: len(loader._kept) >= 2)
    run.ctrl(Qt.Key.Key_PageDown)
    run.settle()
    assert editor.surface.picture is not None, "there at once"


def photos_of(folder: Path, colour: str, *, embed: bool) -> Path:
    """A project beside a folder with one photograph of that colour."""
    photos = folder / colour / "photos"
    photos.mkdir(parents=True)
    Image.new("RGB", (300, 200), colour).save(photos / "0001.png")
    plugins = Plugins.load(safe_mode=True)
    project = new_project(photos.parent / "p.labeler", template_named("boxes"), handle="anna")
    reader = plugins.reader(plugins.format("images", "boxes"))
    options = ImportOptions(by="anna", embed=embed)
    run_import(here(project), plugins, reader, [photos], "boxes", options)
    project.close()
    return photos.parent / "p.labeler"


def colour_shown(run: Running) -> tuple[int, ...] | None:
    run.qtbot.waitUntil(lambda: run.key != "")
    run.settle()
    assert isinstance(run.editor, BoxesEditor)
    surface = run.editor.surface
    run.qtbot.waitUntil(lambda: surface.picture is not None)
    assert surface.picture is not None
    return surface.picture.pixel(20, 20)


@pytest.mark.parametrize("embed", [True, False])
def test_the_picture_of_another_project_is_never_shown_for_one_of_the_same_name(
    start: Start, tmp_path: Path, embed: bool
) -> None:
    red, lime = (photos_of(tmp_path, colour, embed=embed) for colour in ("red", "lime"))
    run = start().open(red)
    assert colour_shown(run) == (255, 0, 0)
    with run.qtbot.waitSignal(run.context.project_changed):
        run.context.open_project(lime)
    assert colour_shown(run) == (0, 255, 0)


def test_the_picture_of_a_wrong_folder_goes_once_the_right_one_is_named(
    start: Start, tmp_path: Path
) -> None:
    path = photos_of(tmp_path, "lime", embed=False)
    photos_of(tmp_path, "red", embed=False)
    run = start().open(path)
    remember_folder(run.context, "photos", tmp_path / "red" / "photos")
    assert colour_shown(run) == (255, 0, 0)
    remember_folder(run.context, "photos", tmp_path / "lime" / "photos")
    run.qtbot.waitUntil(lambda: colour_shown(run) == (0, 255, 0))
