"""All peaks of a recording in a process of its own: seconds and megabytes, ours or of a naive reading."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import soundfile
from board import peak_mb

from labeler.media.audio import open_audio
from labeler.media.peak_work import PeakWork


def ours(path: Path) -> tuple[float, float]:
    """Seconds to the sketch and to the end."""
    began = time.perf_counter()
    audio = open_audio(path.open("rb"))
    work = PeakWork(audio)
    work.step()
    while not work.sketched:
        work.step()
    first = time.perf_counter() - began
    while work.step():
        pass
    return first, time.perf_counter() - began


def naive(path: Path) -> tuple[float, float]:
    """The whole file as floats, cut into blocks: the first picture is the last."""
    began = time.perf_counter()
    samples, _ = soundfile.read(path, dtype="float32")
    whole = samples[: len(samples) // 256 * 256].reshape(-1, 256)
    np.stack([whole.min(axis=1), whole.max(axis=1), np.sqrt(np.square(whole).mean(axis=1))])
    spent = time.perf_counter() - began
    return spent, spent


before = peak_mb()
first, whole = {"ours": ours, "naive": naive}[sys.argv[3]](Path(sys.argv[2]))
print(json.dumps({"first": first, "whole": whole, "mb": peak_mb() - before}))
