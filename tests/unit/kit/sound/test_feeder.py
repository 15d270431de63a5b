"""What is heard, sample by sample: the plan, the feeder, slower and faster at the same pitch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from labeler.kit.sound import Feeder, Plan
from labeler.kit.sound.output import Resampler

RATE = 8_000


def all_of(feeder: Feeder, count: int = 777) -> np.ndarray:
    parts = []
    while len(part := feeder.pull(count)):
        parts.append(part)
    return np.concatenate(parts) if parts else np.zeros((0, feeder.channels), np.float32)


def tone(hertz: float, seconds: float, rate: int = RATE) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def pitch(sound: np.ndarray, rate: int = RATE) -> float:
    """The strongest frequency, from a spectrum of all of it."""
    spectrum = np.abs(np.fft.rfft(sound[:, 0] * np.hanning(len(sound))))
    return float(np.argmax(spectrum) * rate / len(sound))


def test_at_normal_speed_the_very_samples_are_heard(pcm: Callable[..., Any]) -> None:
    noise = np.random.default_rng(1).uniform(-1, 1, 30_000).astype(np.float32)
    source = pcm(noise)
    heard = all_of(Feeder(source, Plan(1_234, 20_001)))
    assert np.array_equal(heard[:, 0], noise[1_234:20_001])


def test_a_source_is_read_in_order_without_leaps(pcm: Callable[..., Any]) -> None:
    source = pcm(np.zeros(50_000))
    all_of(Feeder(source, Plan(500, 50_000)), 100)
    ends = [start + count for start, count in source.reads]
    assert [start for start, _ in source.reads][1:] == ends[:-1]


def test_a_loop_starts_over_after_its_gap(pcm: Callable[..., Any]) -> None:
    ramp = np.arange(1_000) / 1_000
    feeder = Feeder(pcm(ramp), Plan(300, 400, again=200, gap=50))
    heard = feeder.pull(100 + 50 + 200 + 50 + 200)[:, 0]
    silence = np.zeros(50)
    wanted = np.concatenate([ramp[300:400], silence, ramp[200:400], silence, ramp[200:400]])
    assert np.array_equal(heard, wanted.astype(np.float32))


def test_the_plan_says_which_sample_is_heard_when() -> None:
    plan = Plan(300, 400, again=200, gap=50)
    assert [plan.source_at(heard) for heard in (0, 99, 100, 125, 151, 249, 351)] == [
        300,
        399,
        400,
        400,  # in the gap the playhead waits at the end
        201,
        299,
        400,
    ]
    assert plan.total is None
    slow = Plan(1_000, 2_000, 0.5)
    assert (slow.total, slow.source_at(500), slow.source_at(5_000)) == (2_000, 1_250, 2_000)


@pytest.mark.parametrize("speed", [0.25, 0.5, 0.85, 1.25, 2.0, 3.0])
def test_another_speed_keeps_the_pitch(pcm: Callable[..., Any], speed: float) -> None:
    source = pcm(tone(220, 4))
    heard = all_of(Feeder(source, Plan(0, source.frames, speed)))
    assert len(heard) == np.ceil(4 * RATE / speed)
    assert pitch(heard) == pytest.approx(220, rel=0.01)
    # As loud as before: the pieces fit together.
    assert np.sqrt(np.mean(heard**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.1)


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.5, 2.5])
def test_at_another_speed_a_burst_is_heard_when_the_playhead_passes_it(
    pcm: Callable[..., Any], speed: float
) -> None:
    sound = np.random.default_rng(2).normal(0, 0.01, 6 * RATE)
    bursts = (1.0, 2.5, 4.25)
    for at in bursts:
        first = round(at * RATE)
        sound[first : first + 800] += tone(600, 0.1)
    plan = Plan(0, len(sound), speed)
    heard = np.abs(all_of(Feeder(pcm(sound), plan))[:, 0])
    for at in bursts:
        around = slice(round((at / speed - 0.2) * RATE), round((at / speed + 0.05) * RATE))
        first = around.start + int(np.argmax(heard[around] > 0.2))
        # Within the piece of 12.5 ms and the search of 8 ms.
        assert plan.source_at(first) / RATE == pytest.approx(at, abs=0.021 * max(1, speed))


def test_a_slow_stretch_begins_with_its_very_first_sample(pcm: Callable[..., Any]) -> None:
    noise = np.random.default_rng(3).uniform(-1, 1, 10_000).astype(np.float32)
    heard = Feeder(pcm(noise), Plan(4_321, 9_000, 0.6)).pull(50)
    assert np.array_equal(heard[:, 0], noise[4_321:4_371])


def test_nothing_outside_a_slow_stretch_is_heard(pcm: Callable[..., Any]) -> None:
    sound = np.ones(10_000)
    sound[4_000:6_000] = 0.0
    heard = all_of(Feeder(pcm(sound), Plan(4_000, 6_000, 0.5)))
    assert not heard.any()


def test_two_channels_stay_and_more_are_heard_as_one(pcm: Callable[..., Any]) -> None:
    stereo = np.stack([np.full(100, 0.25), np.full(100, -0.5)], axis=1)
    assert Feeder(pcm(stereo), Plan(0, 100)).pull(1).tolist() == [[0.25, -0.5]]
    eight = np.tile(np.arange(8) / 8, (100, 1))
    assert Feeder(pcm(eight), Plan(0, 100)).pull(1).tolist() == [[0.4375, 0.4375]]
    mono = Feeder(pcm(np.full(10, 0.5)), Plan(0, 10), channels=2)
    assert mono.pull(1).tolist() == [[0.5, 0.5]]


def test_a_device_of_another_rate_hears_the_same_tone(pcm: Callable[..., Any]) -> None:
    source = pcm(tone(440, 2))
    resampler = Resampler(Feeder(source, Plan(0, source.frames)), 44_100)
    parts = []
    while len(part := resampler.pull(1_000)):
        parts.append(part)
    heard = np.concatenate(parts)
    assert len(heard) == pytest.approx(2 * 44_100, abs=12)
    assert pitch(heard, 44_100) == pytest.approx(440, rel=0.005)
