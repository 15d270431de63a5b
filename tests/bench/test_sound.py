"""An hour of sound becomes a picture; transcripts of ten thousand segments come in."""

from __future__ import annotations

import io
import statistics
from pathlib import Path

import numpy as np
import pysubs2
import pytest
import soundfile
from board import Beside, Board, child, seconds
from praatio import textgrid as praat

from labeler.api import QueueConfig, ReadOptions, TaskIn
from labeler.media.audio import open_audio
from labeler.media.peak_cache import PeakCache, medium_key
from labeler.media.peak_work import PeakWork
from labeler.media.probe import probe
from labeler.panels.transcription.formats import SrtFormat, TextGridFormat

RATE, HOUR = 44_100, 44_100 * 3_600
RUNS = 3
SEGMENTS = 10_000
KINDS = {
    "WAV": ("WAV", "PCM_16", 0.3, 3.0),
    "FLAC": ("FLAC", "PCM_16", 1.2, 6.0),
    "MP3": ("MP3", "MPEG_LAYER_III", 1.2, 6.0),
}


@pytest.fixture(scope="module")
def hours(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An hour of noise that swells as speech does, in each container."""
    folder = tmp_path_factory.mktemp("hours")
    chance = np.random.default_rng(3)
    noise = chance.normal(0, 0.1, RATE * 10).astype(np.float32)
    made = {}
    for kind, (container, codec, _, _) in KINDS.items():
        made[kind] = folder / f"hour.{kind.lower()}"
        with soundfile.SoundFile(made[kind], "w", RATE, 1, codec, format=container) as file:
            for number in range(360):
                file.write(noise * np.float32(0.2 + 0.8 * (number % 7) / 7))
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_an_hour_of_sound(board: Board, hours: dict[str, Path], kind: str) -> None:
    _, _, first, whole = KINDS[kind]
    ours = [child("peaks", hours[kind], "ours") for _ in range(RUNS)]
    naive = [child("peaks", hours[kind], "naive") for _ in range(RUNS)]

    def beside(what: str) -> Beside:
        return Beside("the whole file as floats", statistics.median(one[what] for one in naive))

    board.add(f"first wave of an hour, {kind}", "s", [one["first"] for one in ours], beside("first"),
              target=first)  # fmt: skip
    board.add(f"all peaks of an hour, {kind}", "s", [one["whole"] for one in ours], beside("whole"),
              target=whole)  # fmt: skip
    board.add(
        f"memory for them, {kind}", "MB", [one["mb"] for one in ours], beside("mb"), target=40
    )


def test_looking_at_peaks(board: Board, hours: dict[str, Path], tmp_path: Path) -> None:
    audio = open_audio(hours["WAV"].open("rb"))
    work = PeakWork(audio)
    while work.step():
        pass
    samples = audio.read(0, HOUR)[:, 0]
    peaks = work.peaks
    for name, start, end in (("an hour", 0, HOUR), ("a minute", HOUR // 2, HOUR // 2 + 60 * RATE)):
        edges = np.linspace(start, end, 2_001).astype(np.int64)

        def plain(edges: np.ndarray = edges) -> None:
            np.minimum.reduceat(samples, edges[:-1])
            np.maximum.reduceat(samples, edges[:-1])

        ours = seconds(lambda edges=edges: peaks.columns(edges), 20)
        naive = statistics.median(seconds(plain, 3))
        board.add(f"2,000 columns of {name}", "ms", [1e3 * one for one in ours],
                  Beside("from the samples", 1e3 * naive), target=1)  # fmt: skip
    cache = PeakCache(tmp_path)
    with hours["WAV"].open("rb") as stream:
        key = medium_key(stream)
    cache.store(key, peaks)
    board.add("peaks of an hour from the cache", "ms",
              [1e3 * one for one in seconds(lambda: cache.load(key, RATE, HOUR), 5)])  # fmt: skip
    audio.close()


def test_probing(board: Board, hours: dict[str, Path]) -> None:
    heads = [path.read_bytes()[: 1 << 20] for path in hours.values()]

    def look() -> None:
        for raw in heads:
            probe(io.BytesIO(raw))

    board.add(
        "length of a recording, by its head", "ms", [1e3 * one / 3 for one in seconds(look, 20)]
    )


def test_long_transcripts(board: Board, tmp_path: Path) -> None:
    texts = [f'He said "no" {number}' for number in range(SEGMENTS)]
    grid = praat.Textgrid()
    entries = [(number, number + 0.9, text) for number, text in enumerate(texts)]
    grid.addTier(praat.IntervalTier("Ann", entries, 0, SEGMENTS))
    path = tmp_path / "long.TextGrid"
    grid.save(str(path), format="long_textgrid", includeBlankSpaces=True)
    subtitles = pysubs2.SSAFile()
    for number, text in enumerate(texts):
        subtitles.append(
            pysubs2.SSAEvent(start=1_000 * number, end=1_000 * number + 900, text=text)
        )
    subtitles.save(str(tmp_path / "long.srt"))

    def read(reader: object, path: Path) -> None:
        (task,) = reader.read(path, ReadOptions(QueueConfig()))  # type: ignore[attr-defined]
        assert isinstance(task, TaskIn)

    for name, ours, theirs in (
        ("TextGrid", lambda: read(TextGridFormat(), path),
         ("praatio", lambda: praat.openTextgrid(str(path), includeEmptyIntervals=False))),
        ("SRT", lambda: read(SrtFormat(), tmp_path / "long.srt"),
         ("pysubs2", lambda: pysubs2.load(str(tmp_path / "long.srt")))),
    ):  # fmt: skip
        other = statistics.median(seconds(theirs[1], 3))
        board.add(
            f"{SEGMENTS:,} segments of {name} read", "s", seconds(ours, 3), Beside(theirs[0], other)
        )
