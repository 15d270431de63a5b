"""Decoded sound in a temporary file: silence costs nothing, and no file fills the disk."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from labeler.kit.sound import spool as module
from labeler.kit.sound.spool import Spool
from labeler.model.problems import Refusal


@pytest.fixture
def spool() -> Iterator[Spool]:
    made = Spool(8000, 2, "a.m4a")
    yield made
    made.close()


def test_what_follows_silence_lies_behind_it(spool: Spool) -> None:
    one = np.ones((3, 2), np.float32)
    spool.append(one)
    spool.silence(4)
    spool.append(-one)
    expected = [1.0] * 3 + [0.0] * 4 + [-1.0] * 3
    assert spool.read(0, 99)[:, 0].tolist() == expected
    assert spool.frames == 10


def test_hours_of_silence_take_no_memory_and_years_are_refused(spool: Spool) -> None:
    """Ten hours at 8 kHz are 288 million frames; as floats of two channels 2.3 GB."""
    spool.silence(10 * 3600 * 8000)
    assert spool.read(200_000_000, 2).tolist() == [[0, 0], [0, 0]]
    with pytest.raises(Refusal, match="longer than 74 hours"):  # 8 GiB / 115.2 MB an hour
        spool.silence(10**12)
    assert spool.frames == 288_000_000


def test_sound_beyond_what_is_kept_is_refused(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST_BYTES", 16)
    spool.append(np.zeros((4, 2), np.float32))
    with pytest.raises(Refusal, match="longer"):
        spool.append(np.zeros((1, 2), np.float32))
