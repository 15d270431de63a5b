"""An hour on the transcription page: the first wave, a frame of panning and zooming, keys, typing."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
import soundfile
from board import Beside, Board, seconds
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap, QPolygonF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.api import MediaRef, QueueConfig, Segment, Value
from labeler.api.manifest import read_manifest
from labeler.kit.editor import TaskView
from labeler.kit.sound import ClockOutput
from labeler.kit.testing import RecordingHost
from labeler.kit.testing.host import defaults_of
from labeler.panels.transcription.editor import TranscriptionEditor
from labeler.panels.transcription.task import AudioContent

RATE, HOURS, SEGMENTS = 16_000, 1, 5_000
SECOND = 1_000_000
RUNS = 5


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An hour of noise that swells as speech does, as 16-bit WAV."""
    path = tmp_path_factory.mktemp("wave") / "hour.wav"
    rng = np.random.default_rng(7)
    swell = np.abs(np.sin(np.arange(60 * RATE) / 9_000))
    with soundfile.SoundFile(path, "w", RATE, 1, "PCM_16") as file:
        for _ in range(60 * HOURS):
            file.write(rng.normal(0, 0.1, 60 * RATE) * swell)
    return path


class Files(RecordingHost):
    """A host whose media are files."""

    path = Path()

    def open_medium(self, ref: MediaRef) -> BinaryIO:
        return self.path.open("rb")


def segments() -> Value:
    each = HOURS * 3600 * SECOND // SEGMENTS
    return Value(
        tuple(
            Segment(
                id=f"s{n}",
                start=n * each,
                end=n * each + each * 9 // 10,
                speaker=f"Speaker {n % 3 + 1}",
                text=f"what was said in segment {n}",
            )
            for n in range(SEGMENTS)
        )
    )


@pytest.fixture
def desk(
    qapp: QApplication, hour: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[tuple[TranscriptionEditor, TaskView]]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    manifest = read_manifest(Path(str(files("labeler.panels.transcription") / "panel.toml")))
    host = Files(manifest)
    host.path = hour
    editor = TranscriptionEditor(host)
    editor.sounding.player.set_output(ClockOutput)
    editor.resize(1056, 768)
    editor.show()
    content = AudioContent(audio=MediaRef("hour.wav"), duration=HOURS * 3600 * SECOND, rate=RATE)
    view = TaskView(
        task="0" * 32,
        key="hour.wav",
        content=content,
        parts=content.parts(),
        config=QueueConfig(),
        value=segments(),
        settings=defaults_of(manifest),
    )
    yield editor, view
    editor.close_task()
    editor.sounding.close_all()
    editor.deleteLater()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        QTest.qWait(1)


def naive(path: Path) -> None:
    """What a program does that reads all of it before it draws."""
    whole, _rate = soundfile.read(path, dtype="float32")
    blocks = whole[: len(whole) // 1000 * 1000].reshape(1000, -1)
    blocks.min(axis=1), blocks.max(axis=1)


def test_waves(board: Board, desk: tuple[TranscriptionEditor, TaskView], hour: Path) -> None:
    editor, view = desk
    timeline, sounding = editor.timeline, editor.sounding
    beside = Beside(
        "reading all of it, then min and max", 1000 * min(seconds(lambda: naive(hour), 3))
    )

    def shown() -> None:
        editor.show_task(view)
        until(lambda: sounding.is_open and sounding.recording.loudest > 0)
        editor.grab()

    name = f"first wave of {HOURS} h WAV, {SEGMENTS:,} segments"
    first = seconds(shown, RUNS, before=editor.close_task)
    board.add(name, "ms", [1000 * one for one in first], beside, target=300)
    empty = [
        1000 * one
        for one in seconds(lambda: _show_empty(editor, view), RUNS, before=editor.close_task)
    ]
    board.add("  without segments", "ms", empty, beside, target=300)
    shown()
    began = time.perf_counter()
    until(lambda: sounding.recording.complete)
    board.add("  until all of it is known", "ms", [1000 * (time.perf_counter() - began)])

    for words, per_pixel in (
        ("all of it in sight", timeline.axis.coarsest),
        ("a minute in sight", 60 * SECOND / timeline.axis.width),
        ("five seconds in sight", 5 * SECOND / timeline.axis.width),
        ("single samples in sight", timeline.axis.finest),
    ):
        timeline.axis.set_view(1800 * SECOND, per_pixel)
        timeline.grab()
        QTest.qWait(60)
        drawing = Beside(
            "a line to each sample of the view's blocks", 1000 * _plain(timeline.width())
        )

        def pan() -> None:
            timeline.axis.scroll(24)
            timeline.repaint()

        def zoom() -> None:
            timeline.axis.zoom(1.05, 400)
            timeline.repaint()

        def again(per_pixel: float = per_pixel) -> None:
            timeline.axis.set_view(1800 * SECOND, per_pixel)
            QApplication.processEvents()

        panned = [1000 * one for one in seconds(pan, 30, before=QApplication.processEvents)]
        board.add(f"a frame of panning, {words}", "ms", panned, drawing, target=8)
        zoomed = [1000 * one for one in seconds(zoom, 30, before=again)]
        board.add("  of zooming", "ms", zoomed, target=8)

    def playhead() -> None:
        timeline.set_playhead(timeline.playhead + 16_000)
        QApplication.processEvents()

    timeline.axis.set_view(1800 * SECOND, 20_000)
    sounding.seek(1800 * SECOND)
    moved = [1000 * one for one in seconds(playhead, 60)]
    board.add("a frame of playing", "ms", moved, target=8)

    def play() -> None:
        editor.run("transcription.play_pause")

    started = [1000 * one for one in seconds(play, 10, before=sounding.player.pause)]
    board.add("from the key to the start of playing", "ms", started, target=100)
    sounding.player.pause()
    editor.choose("s2500")
    editor.start_typing("s2500")

    def letter() -> None:
        QTest.keyClicks(editor.transcript.live, "a")
        QApplication.processEvents()

    typed = [1000 * one for one in seconds(letter, 30)]
    board.add(f"a letter typed, {SEGMENTS:,} segments", "ms", typed, target=16)

    def nudge() -> None:
        editor.run("transcription.later_fine")
        QApplication.processEvents()

    nudged = [1000 * one for one in seconds(nudge, 20)]
    board.add("  an edge nudged", "ms", nudged, target=40)


def _show_empty(editor: TranscriptionEditor, view: TaskView) -> None:
    editor.show_task(dataclasses.replace(view, value=Value()))
    until(lambda: editor.sounding.is_open and editor.sounding.recording.loudest > 0)
    editor.grab()


def _plain(width: int) -> float:
    """Seconds for a polyline of 256 points a column, as a plot of samples is drawn."""
    points = QPolygonF([QPointF(n / 256, 60 + n % 50) for n in range(256 * width // 8)])
    picture = QPixmap(width, 136)

    def draw() -> None:
        painter = QPainter(picture)
        painter.drawPolyline(points)
        painter.end()

    return 8 * min(seconds(draw, 2))
