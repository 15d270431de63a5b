"""Pictures come from a worker: reduced first where they are large, whole after, and few are kept."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from threading import Event
from typing import BinaryIO

import numpy as np
import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from labeler.api import MediaRef, Problem, Refusal
from labeler.kit.canvas import Picture, PictureLoader


def encoded(width: int, height: int, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    ramp = np.linspace(0, 255, width, dtype=np.uint8)
    Image.fromarray(np.broadcast_to(ramp, (height, width)).copy()).save(file, kind)
    return file.getvalue()


class Shelf:
    """Media by path, and how often each was opened."""

    def __init__(self, **media: bytes) -> None:
        self.media = media
        self.opened: list[str] = []

    def open(self, ref: MediaRef) -> BinaryIO:
        if ref.path not in self.media:
            raise Refusal.of("file_missing", ref.path)
        self.opened.append(ref.path)
        return io.BytesIO(self.media[ref.path])


Loaded = Callable[..., PictureLoader]


@pytest.fixture
def loader(qtbot: QtBot) -> Loaded:
    made: list[PictureLoader] = []

    def make(**how: int) -> PictureLoader:
        made.append(PictureLoader(**how))  # type: ignore[arg-type]
        return made[-1]

    return make


def test_a_picture_arrives_and_is_there_at_once_the_next_time(loader: Loaded, qtbot: QtBot) -> None:
    one, shelf, ref = loader(), Shelf(a=encoded(64, 48)), MediaRef("a")
    with qtbot.waitSignal(one.arrived) as told:
        assert one.want(ref, shelf.open) is None
    key, picture = told.args
    assert key == one.key_of(ref)
    assert (picture.width, picture.height, picture.whole) == (64, 48, True)
    assert one.want(ref, shelf.open) is picture
    assert shelf.opened == ["a"]


def test_the_process_that_decodes_for_a_loader_ends_with_it(qtbot: QtBot) -> None:
    """Nobody closes the loader of a page that is made anew, in another language or theme."""
    parent = QObject()
    one, shelf = PictureLoader(parent), Shelf(a=encoded(64, 48, "WEBP"))
    with qtbot.waitSignal(one.arrived, timeout=20_000):
        one.want(MediaRef("a"), shelf.open)
    (process,) = one._apart._idle
    assert process.poll() is None
    shiboken6.delete(parent)
    assert process.returncode is not None


def test_what_was_prepared_is_there_when_it_is_wanted(loader: Loaded, qtbot: QtBot) -> None:
    one, shelf, ref = loader(), Shelf(a=encoded(64, 48)), MediaRef("a")
    one.prepare(ref, shelf.open)
    qtbot.waitUntil(lambda: one.picture(ref) is not None)
    assert one.want(ref, shelf.open) is not None
    one.prepare(MediaRef("gone"), shelf.open)  # nothing is said of what is only guessed


def test_a_large_photograph_arrives_reduced_and_then_whole(loader: Loaded, qtbot: QtBot) -> None:
    one, shelf = loader(), Shelf(a=encoded(4200, 2100, "JPEG"))
    told: list[Picture] = []
    one.arrived.connect(lambda _key, picture: told.append(picture))
    one.want(MediaRef("a"), shelf.open)
    qtbot.waitUntil(lambda: len(told) == 2)
    first, second = told
    assert not first.whole
    assert not first.final
    assert second.whole
    assert second.final
    assert (first.width, first.height) == (second.width, second.height) == (4200, 2100)


def test_the_one_used_longest_ago_goes_when_there_is_no_room(loader: Loaded, qtbot: QtBot) -> None:
    # A picture of 100 × 100 takes 40,000 bytes; there is room for two.
    one = loader(kept_bytes=90_000)
    shelf = Shelf(a=encoded(100, 100), b=encoded(100, 100), c=encoded(100, 100))
    for name in "ab":
        with qtbot.waitSignal(one.arrived):
            one.want(MediaRef(name), shelf.open)
    assert one.want(MediaRef("a"), shelf.open) is not None
    with qtbot.waitSignal(one.arrived):
        one.want(MediaRef("c"), shelf.open)
    assert one.held <= 90_000
    assert one.picture(MediaRef("b")) is None
    assert one.picture(MediaRef("a")) is not None


@pytest.mark.parametrize(
    ("media", "code"),
    [
        (b"", "image_empty"),
        (b"this is a letter, whatever its name says", "image_unknown"),
        (encoded(64, 48)[:45], "image_damaged"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_problem(
    loader: Loaded, qtbot: QtBot, media: bytes, code: str
) -> None:
    one, shelf = loader(), Shelf(a=media)
    with qtbot.waitSignal(one.failed) as told:
        one.want(MediaRef("a"), shelf.open)
    assert isinstance(told.args[1], Problem)
    assert told.args[1].code == code


def test_a_missing_file_is_said(loader: Loaded, qtbot: QtBot) -> None:
    one = loader()
    with qtbot.waitSignal(one.failed) as told:
        one.want(MediaRef("gone"), Shelf().open)
    assert told.args[1].code == "file_missing"


def test_a_slow_disk_is_waited_for_in_a_worker(loader: Loaded, qtbot: QtBot) -> None:
    one, shelf, ref = loader(), Shelf(a=encoded(64, 48)), MediaRef("a")
    spins = threading.Event()

    def slow(wanted: MediaRef) -> BinaryIO:
        assert spins.wait(10)
        return shelf.open(wanted)

    with qtbot.waitSignal(one.arrived):
        assert one.want(ref, slow) is None
        spins.set()


def test_what_is_not_wanted_any_more_is_kept_in_silence(loader: Loaded, qtbot: QtBot) -> None:
    one, shelf, ref = loader(), Shelf(a=encoded(64, 48)), MediaRef("a")
    told: list[object] = []
    one.arrived.connect(lambda key, _picture: told.append(key))
    one.want(ref, shelf.open)
    one.let_go()
    qtbot.waitUntil(lambda: one.picture(ref) is not None)
    assert told == []


class Slow(io.BytesIO):
    """A stream that begins to be read, waits to be let on, and knows when it is let go of."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw)
        self.begun, self.on, self.left = Event(), Event(), Event()
        self.blocks = 0

    def read(self, size: int | None = -1, /) -> bytes:
        if self.blocks:  # the head is read at once
            self.begun.set()
            self.on.wait(10)
        self.blocks += 1
        return super().read(min(size, 4096) if size and size > 0 else 4096)

    def close(self) -> None:
        self.left.set()
        super().close()


@pytest.mark.parametrize("how", ["another is wanted", "the loader is closed"])
def test_what_is_passed_by_is_not_read_to_its_end(loader: Loaded, qtbot: QtBot, how: str) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (400, 400), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "PNG")
    slow = Slow(file.getvalue())
    one, shelf = loader(), Shelf(b=encoded(64, 48))
    told: list[object] = []
    one.failed.connect(lambda key, _problem: told.append(key))
    one.want(MediaRef("a"), lambda _ref: slow)
    assert slow.begun.wait(10)
    if how == "another is wanted":
        with qtbot.waitSignal(one.arrived):
            one.want(MediaRef("b"), shelf.open)
    else:
        one.close()
    slow.on.set()
    assert slow.left.wait(10)
    assert slow.blocks < len(file.getvalue()) // 4096, "not all of it"
    assert told == [], "and nothing is said of it"
