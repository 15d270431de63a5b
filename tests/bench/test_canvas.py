"""Ten thousand boxes on a picture, and the next picture: in the process, offscreen, frame by frame.

Beside them stands the same picture drawn the plain way, one call of a painter for each box, and what
others were measured to need.
"""

from __future__ import annotations

import gc
import io
import os
import random
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
import numpy as np
import peers
import pytest
from board import Beside, Board, seconds
from PIL import Image
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.api import Box, Codec, MediaRef, QueueConfig, Value
from labeler.kit.canvas import CanvasSurface, Geometry, Look, Shape, make_picture
from labeler.kit.editor import TaskView
from labeler.kit.testing import RecordingHost
from labeler.kit.testing.host import application
from labeler.kit.theme import install_theme
from labeler.media.image import read_image
from labeler.model.regions import REGION_TYPES
from labeler.model.steps import ValueTree
from labeler.panels.boxes.editor import BoxesEditor
from labeler.panels.boxes.task import ImageContent
from labeler.work.changes import changes_between

MANY = 10_000
ROOM = (1400, 900)
WIDE, HIGH = 4000, 3000
LABELS = 8


def places() -> list[Geometry]:
    draw = random.Random(3)
    return [
        Geometry(
            draw.uniform(0, WIDE - 60),
            draw.uniform(0, HIGH - 60),
            draw.uniform(10, 60),
            draw.uniform(10, 60),
        )
        for _ in range(MANY)
    ]


def ms(
    call: Callable[[], object], runs: int = 15, before: Callable[[], object] | None = None
) -> list[float]:
    """Milliseconds of this thread's own work: what it computes, however busy the cores are."""
    taken = []
    for _ in range(runs):
        if before is not None:
            before()
        gc.collect()
        start = time.thread_time()
        call()
        taken.append(1000 * (time.thread_time() - start))
    return taken


def waited(call: Callable[[], object], runs: int, before: Callable[[], object]) -> list[float]:
    """Milliseconds until it is done, other threads included."""
    return [1000 * one for one in seconds(call, runs, before=before)]


@pytest.fixture(scope="module")
def surface() -> CanvasSurface:
    install_theme(application(), choice="light", reduced_motion=True)
    one = CanvasSurface("Image")
    one.resize(*ROOM)
    one.set_looks([Look(), *(Look(n, n) for n in range(1, LABELS + 1))])
    noise = np.random.default_rng(1).integers(0, 255, (HIGH, WIDE, 3), np.uint8)
    one.set_picture(make_picture(noise))
    one.set_shapes(
        [
            Shape(f"b{n}", place, 1 + n % LABELS, f"Label {n % LABELS}")
            for n, place in enumerate(places())
        ]
    )
    one.show()
    QApplication.processEvents()
    return one


def naive(surface: CanvasSurface, target: QImage) -> None:
    """Picture and boxes as a first version draws them: all of it, each box by itself."""
    painter = QPainter(target)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    view = surface.view
    if surface.picture is not None:
        surface.picture.draw(painter, target.rect(), view.zoom, view.left, view.top)
    pens = [QPen(surface.paint_for(row).hue, 2) for row in range(LABELS)]
    for number, shape in enumerate(surface.table.shapes):
        if shape.geometry is not None:
            x, y = view.to_screen(shape.geometry.x, shape.geometry.y)
            painter.setPen(pens[number % LABELS])
            size = shape.geometry.width * view.zoom, shape.geometry.height * view.zoom
            painter.drawRect(QRectF(x, y, *size))
    painter.end()


def drawn_in_pieces(surface: CanvasSurface) -> tuple[list[float], list[float]]:
    """Milliseconds of the longest piece, and of all, each time everything is drawn anew."""
    longest, whole = [], []
    for _ in range(10):
        surface.all_stale()
        taken = ms(surface.render_now, 1)
        while not surface.all_shown:
            taken += ms(lambda: surface.frame.render_more(surface.view), 1)
        longest.append(max(taken))
        whole.append(sum(taken))
    return longest, whole


def shown_whole(surface: CanvasSurface) -> None:
    """Draw everything anew and wait for all of it."""
    surface.refresh()
    surface.grab()
    while not surface.all_shown:
        QApplication.processEvents()


def test_repaint(board: Board, surface: CanvasSurface) -> None:
    target = QImage(*ROOM, QImage.Format.Format_RGB32)
    for name, limit in (("fitted", 20.0), ("at 100 %", 5.0)):
        if name == "fitted":
            surface.fit()
        else:
            surface.zoom_to(1.0, 700, 450)
        shown_whole(surface)
        plain = statistics.median(ms(lambda: naive(surface, target), 5))
        beside = Beside("one painter call a box", plain)
        others = peers.REPAINT_10K_MS if name == "fitted" else ()
        drawn = ms(lambda: surface.render(target), 15)
        board.add(f"repaint of {MANY:,} boxes, {name}", "ms", drawn, beside, *others, target=limit)
        first = ms(lambda: surface.render(target), 10, before=surface.all_stale)
        board.add("  first frame, nothing kept", "ms", first, beside, target=16)
        longest, whole = drawn_in_pieces(surface)
        board.add("  the longest piece that follows", "ms", longest, beside, target=16)
        board.add("  all of them together", "ms", whole, beside)


def test_hover_and_drag(board: Board, surface: CanvasSurface) -> None:
    surface.set_tool("select")
    surface.zoom_to(1.0, 700, 450)
    shown_whole(surface)
    draw = random.Random(5)
    points = [QPoint(draw.randrange(20, 1380), draw.randrange(20, 880)) for _ in range(200)]
    at = iter(points * 10)

    def hover() -> None:
        QTest.mouseMove(surface, next(at))
        QApplication.processEvents()

    naive_ms = statistics.median(
        ms(lambda: naive(surface, QImage(*ROOM, QImage.Format.Format_RGB32)), 5)
    )
    beside = Beside("drawing all of it", naive_ms)
    board.add(f"hover among {MANY:,} boxes", "ms", ms(hover, 100), beside, target=4)
    inside = next(
        shape
        for shape in surface.table.shapes
        if shape.geometry is not None
        and 200 < surface.view.to_screen(shape.geometry.x, shape.geometry.y)[0] < 1100
        and 200 < surface.view.to_screen(shape.geometry.x, shape.geometry.y)[1] < 700
        and shape.geometry.width > 40
        and shape.geometry.height > 40
    )
    assert inside.geometry is not None
    surface.set_chosen([inside.id])
    middle = (
        inside.geometry.x + inside.geometry.width / 2,
        inside.geometry.y + inside.geometry.height / 2,
    )
    start = QPoint(*(round(one) for one in surface.view.to_screen(*middle)))
    QTest.mousePress(surface, Qt.MouseButton.LeftButton, pos=start)
    step = iter(range(1, 1000))

    def drag() -> None:
        number = next(step)
        QTest.mouseMove(surface, start + QPoint(number % 90, number % 60))
        QApplication.processEvents()

    board.add("  dragging one of them", "ms", ms(drag, 100), beside, target=4)
    surface.pointer.cancel()
    QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=start)
    surface.set_chosen([])


def test_pan_and_zoom(board: Board, surface: CanvasSurface) -> None:
    turn = iter(range(10_000))

    def pan() -> None:
        way = 1 if next(turn) % 40 < 20 else -1
        surface.pan(9 * way, 5 * way)
        QApplication.processEvents()

    for name, zoom in (("fitted", 0.4), ("at 100 %", 1.0)):
        surface.zoom_to(zoom, 700, 450)
        shown_whole(surface)
        board.add(f"panning {MANY:,} boxes, {name}", "ms", ms(pan, 60), target=8)

    def zoom_in() -> None:
        surface.zoom_by(0.2, 700, 450)
        QApplication.processEvents()

    surface.fit()
    shown_whole(surface)
    board.add("  a frame of a zoom gesture", "ms", ms(zoom_in, 20), target=16)


def test_step(board: Board) -> None:
    boxes = tuple(
        Box(id=f"b{n}", label="car", x=place.x, y=place.y, width=place.width, height=place.height)
        for n, place in enumerate(places())
    )
    value, codec = Value(boxes), Codec(REGION_TYPES)
    tree = ValueTree.read(codec.encode(value))
    moved = msgspec.structs.replace(boxes[5000], x=1.0)
    after = Value((*boxes[:5000], moved, *boxes[5001:]))
    whole = statistics.median(ms(lambda: codec.encode(after), 5))
    found = ms(lambda: changes_between(tree, value, after, codec), 50)
    beside = Beside("writing the value whole", whole)
    board.add(f"what changed among {MANY:,} boxes", "ms", found, beside, target=2)
    install_theme(application(), choice="light", reduced_motion=True)
    host = RecordingHost(media={"a.png": jpeg(WIDE // 4, HIGH // 4)})
    editor = BoxesEditor(host)
    editor.resize(*ROOM)
    content = ImageContent(image=MediaRef("a.png"), width=WIDE, height=HIGH)
    view = TaskView("0" * 32, "a", content, content.parts(), QueueConfig(), value)
    shown = ms(lambda: editor.show_task(view), 5)
    editor.show()
    editor.grab()
    board.add(f"showing {MANY:,} boxes", "ms", shown)
    editor.surface.choose(["b5000"])
    board.add("  a nudge in the editor", "ms", ms(lambda: editor.run("boxes.right"), 50), target=2)
    editor.close_task()


def jpeg(width: int, height: int) -> bytes:
    """A photograph's worth of detail."""
    noise = np.random.default_rng(2).integers(0, 255, (height // 8, width // 8, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC).save(
        file, "JPEG", quality=90
    )
    return file.getvalue()


def test_next_picture(board: Board) -> None:
    install_theme(application(), choice="light", reduced_motion=True)
    names = [f"{number}.jpg" for number in range(12)]
    data = jpeg(1920, 1080)
    host = RecordingHost(media=dict.fromkeys(names, data))
    editor = BoxesEditor(host)
    editor.resize(*ROOM)
    editor.show()
    contents = [ImageContent(image=MediaRef(name), width=1920, height=1080) for name in names]

    def wait_for(done: Callable[[], bool]) -> None:
        while not done():
            QTest.qWait(1)

    loader = editor._pictures._loader
    turn = iter(range(100))

    def show(content: ImageContent) -> None:
        view = TaskView("0" * 32, "a", content, content.parts(), QueueConfig(), Value())
        editor.show_task(view)
        wait_for(lambda: editor.surface.picture is not None)
        editor.repaint()

    def prepare() -> None:
        number = next(turn) % len(contents)
        prepare.content = contents[number]  # type: ignore[attr-defined]
        loader._kept.clear()
        editor.prepare(contents[number])
        wait_for(lambda: loader.picture(contents[number].image) is not None)

    decoded = statistics.median(ms(lambda: read_image(io.BytesIO(data)), 10))
    beside = Beside("decoding alone", decoded)
    ready = waited(lambda: show(prepare.content), 12, before=prepare)  # type: ignore[attr-defined]
    board.add(
        "next picture, 1080p JPEG, read ahead", "ms", ready, beside, *peers.NEXT_100K_MS, target=40
    )

    def forget() -> None:
        loader._kept.clear()
        prepare.content = contents[next(turn) % len(contents)]  # type: ignore[attr-defined]

    cold = waited(lambda: show(prepare.content), 12, before=forget)  # type: ignore[attr-defined]
    board.add("  not read ahead", "ms", cold, beside)
    editor.close_task()
