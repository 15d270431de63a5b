"""Pictures good and bad: the window stays alive, the reason is said, what was marked is kept."""

from __future__ import annotations

import io
import json
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from labeler.api import Box, MediaRef, Value
from labeler.kit.editor import TaskView
from labeler.panels.boxes.task import ImageContent

A = Box(id="a", label="car", x=100, y=100, width=80, height=60)


def encoded(mode: str, size: tuple[int, int], kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind, **how)
    return file.getvalue()


@pytest.mark.parametrize(
    ("media", "reason"),
    [
        (b"", "the file is empty"),
        (b"not a picture at all", "it is no image of a kind that is read here"),
        (encoded("RGB", (60, 40), "JPEG")[:150], "the image is damaged"),
    ],
)
def test_a_bad_picture_leaves_a_placeholder_with_the_reason_and_the_regions(
    desk, media: bytes, reason: str
) -> None:
    one = desk(A, media=media)
    assert one.editor.frame.reason.startswith(reason)
    assert one.editor.frame.placeholder.isVisible()
    assert one.editor.value.regions == (A,)
    assert one.editor.can_run("boxes.draw").reason == "There is no image"
    one.editor.frame.placeholder.flag.click()
    assert one.host.commands[-1] == "work.flag"


def test_a_missing_picture_says_so_and_the_next_one_is_shown(desk, qtbot) -> None:
    one = desk(A)
    view = one.editor.view
    gone = ImageContent(image=MediaRef("gone.png"), width=600, height=400)
    one.editor.show_task(replaced(view, gone, Value()))
    qtbot.waitUntil(lambda: one.editor.frame.reason == "there is no such file")
    (missing,) = one.host.missing
    assert (missing[0].path, missing[1].code) == ("gone.png", "file_missing")
    one.editor.show_task(view)
    assert one.editor.frame.reason == ""
    assert one.surface.picture is not None


def replaced(view: TaskView, content: ImageContent, value: Value) -> TaskView:
    return TaskView(
        task="1" * 32,
        key=content.image.path,
        content=content,
        parts=content.parts(),
        config=view.config,
        value=value,
        settings=view.settings,
    )


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("P", "PNG"), ("I;16", "PNG"), ("LA", "PNG"), ("1", "TIFF")],
)
def test_unusual_pictures_are_shown(desk, mode: str, kind: str) -> None:
    one = desk(media=encoded(mode, (60, 40), kind), size=(60, 40))
    assert one.editor.frame.reason == ""
    picture = one.surface.picture
    assert (picture.width, picture.height) == (60, 40)


def test_a_photograph_is_shown_upright_and_boxes_are_in_its_upright_pixels(desk) -> None:
    # Stored 60 × 40 with a red upper left quarter; orientation 6 shows it turned clockwise.
    pixels = np.full((40, 60, 3), 255, np.uint8)
    pixels[:20, :30] = (255, 0, 0)
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", exif=exif)
    one = desk(media=file.getvalue(), size=(40, 60), known_size=False)
    picture = one.surface.picture
    assert (picture.width, picture.height) == (40, 60)
    assert picture.pixel(35, 5) == (255, 0, 0), "the red quarter is at the upper right"
    assert picture.pixel(5, 5) == (255, 255, 255)


def test_the_place_comes_back_once_the_picture_is_there(desk, qtbot) -> None:
    one = desk(A, known_size=False)
    one.surface.look_at(140, 130, 4.0)
    one.key(Qt.Key.Key_Tab, "l")
    state = json.loads(json.dumps(one.editor.state()))
    other = desk(A, known_size=False)
    other.editor.restore_state(state)
    assert other.surface.view.zoom == 4.0
    assert other.surface.view.centre == pytest.approx((140, 130), abs=0.5)
    assert other.surface.chosen == ("a",)
    assert other.editor.region_marks(A) == ("locked",)
    assert other.host.emitted == []


def test_what_is_prepared_is_on_screen_at_once(desk, qtbot) -> None:
    one = desk()
    later = ImageContent(image=MediaRef("b.png"), width=60, height=40)
    one.host._media["b.png"] = encoded("RGB", (60, 40), "PNG")
    one.editor.prepare(later)
    loader = one.editor._pictures._loader
    qtbot.waitUntil(lambda: loader.picture(later.image) is not None)
    one.editor.show_task(replaced(one.editor.view, later, Value()))
    assert one.surface.picture is loader.picture(later.image)


@pytest.mark.parametrize("known_size", [True, False])
def test_a_picture_that_takes_its_time_is_said_to_be_read(desk, qtbot, known_size: bool) -> None:
    one = desk()
    readout = one.editor.frame.readout
    drawing = readout.accessibleDescription()
    slow, opener = Event(), one.editor._pictures._opener

    def slowly(ref: MediaRef):
        assert slow.wait(10)
        return opener(ref)

    one.editor._pictures._opener = slowly
    one.host._media["b.png"] = encoded("RGB", (60, 40), "PNG")
    width, height = (60, 40) if known_size else (0, 0)
    later = ImageContent(image=MediaRef("b.png"), width=width, height=height)
    one.editor.show_task(replaced(one.editor.view, later, Value()))
    assert readout.accessibleDescription() != "The image is being read", (
        "a quick one needs no words"
    )
    qtbot.waitUntil(lambda: readout.accessibleDescription() == "The image is being read")
    assert readout.isVisible()
    slow.set()
    qtbot.waitUntil(lambda: one.surface.picture is not None)
    assert readout.accessibleDescription() == drawing


REAL = Path(__file__).resolve().parents[6] / "shared" / "data" / "images" / "oddities"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")
@pytest.mark.parametrize("number", range(1, 9))
def test_all_orientations_of_a_real_photograph_look_the_same(desk, number: int) -> None:
    plain = (REAL / "hopper.jpg").read_bytes()
    upright = desk(media=plain, size=(128, 128), known_size=False).surface.picture
    path = REAL / (f"hopper_orientation_{number}.jpg" if number > 1 else "hopper.jpg")
    turned = desk(media=path.read_bytes(), known_size=False).surface.picture
    assert (turned.width, turned.height) == (upright.width, upright.height)
    for x, y in ((20, 20), (64, 30), (100, 90), (64, 110)):
        one, other = upright.pixel(x, y), turned.pixel(x, y)
        assert one is not None
        assert other is not None
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 40


def test_what_is_so_of_a_whole_folder_is_said_once(desk, qtbot) -> None:
    deep = encoded("I;16", (60, 40), "PNG")
    one = desk(media=deep, size=(60, 40))
    one.host._media["b.png"] = deep
    [said] = one.host.said
    assert said.startswith("a.png: 16 bits a pixel")
    other = ImageContent(image=MediaRef("b.png"), width=60, height=40)
    one.editor.show_task(replaced(one.editor.view, other, Value()))
    qtbot.waitUntil(lambda: one.surface.picture is not None)
    assert len(one.host.said) == 1
