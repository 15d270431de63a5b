"""A place of sound that keeps what it is given, with a clock the test turns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from labeler.kit.sound import Feeder
from labeler.kit.sound.output import NoDevice


class Pcm:
    """Sound in memory; ``reads`` keeps where it was read."""

    def __init__(self, frames: np.ndarray, rate: int = 8_000) -> None:
        self.data = np.asarray(frames, np.float32)
        if self.data.ndim == 1:
            self.data = self.data[:, None]
        self.rate = rate
        self.reads: list[tuple[int, int]] = []

    @property
    def channels(self) -> int:
        return self.data.shape[1]

    @property
    def frames(self) -> int:
        return len(self.data)

    def read(self, start: int, count: int) -> np.ndarray:
        self.reads.append((start, count))
        return self.data[start : start + count].copy()


class Ear:
    """Takes frames as a device would, as far as the test lets time go by."""

    def __init__(self) -> None:
        self.feeder: Feeder | None = None
        self.starts = 0
        self.stops = 0
        self.refusal = ""
        self.failed = ""
        self.taken: list[np.ndarray] = []
        self.seconds = 0.0

    def start(self, feeder: Feeder) -> None:
        if self.refusal:
            raise NoDevice(self.refusal)
        self.starts += 1
        self.feeder, self.taken, self.seconds = feeder, [], 0.0

    def stop(self) -> None:
        self.stops += 1

    def heard(self) -> float:
        return self.seconds

    def listen(self, seconds: float) -> np.ndarray:
        """Let time go by; what was heard in it."""
        assert self.feeder is not None
        before = round(self.seconds * self.feeder.rate)
        self.seconds += seconds
        frames = self.feeder.pull(round(self.seconds * self.feeder.rate) - before)
        self.taken.append(frames)
        return frames


@pytest.fixture
def pcm() -> Callable[..., Pcm]:
    return Pcm


@pytest.fixture
def ear() -> Ear:
    return Ear()
