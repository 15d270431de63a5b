"""What is drawn of a sound is what is in it: at any zoom, before all is known, and from the cache."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
import pytest
from sounds import encoded

from labeler.media.audio import open_audio
from labeler.media.peak_cache import PeakCache, medium_key
from labeler.media.peak_work import PeakWork
from labeler.media.peaks import CHUNK, Peaks, base_of, columns_of

RATE = 16_000
FRAMES = 3 * CHUNK + 1_234
MIDDLE = CHUNK + 600_000
CLICKS = (5, CHUNK + 77, MIDDLE, 2 * CHUNK - 1, FRAMES - 1)
RAW = encoded(FRAMES, RATE, clicks=CLICKS)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not make the sketch coarser here."""
    monkeypatch.setattr("labeler.media.peak_work._SKETCH_SECONDS", 1e9)


def work_on(raw: bytes = RAW, *, mixed: bool = True) -> PeakWork:
    return PeakWork(open_audio(io.BytesIO(raw)), mixed=mixed)


@pytest.fixture(scope="module")
def peaks() -> Peaks:
    work = work_on()
    while work.step():
        pass
    return work.peaks


@pytest.fixture(scope="module")
def samples() -> np.ndarray:
    return open_audio(io.BytesIO(RAW)).read(0, FRAMES)[:, 0]


def edges(start: int, end: int, count: int) -> np.ndarray:
    return np.linspace(start, end, count + 1).astype(np.int64)


@pytest.mark.parametrize("count", [1, 7, 400, 2_000])
def test_columns_have_the_least_and_greatest_of_their_samples(peaks, samples, count) -> None:
    at = edges(0, FRAMES, count)
    found = peaks.columns(at)
    for number, (start, end) in enumerate(pairwise(at)):
        # A block lies in the column its middle lies in: a quarter of a column either way.
        more = max(peaks.base, (end - start) // 4)
        inner = samples[start + more : max(start + more + 1, end - more)]
        outer = samples[max(0, start - more) : end + more]
        assert outer.min() - 1e-4 <= found.low[number] <= inner.min() + 1e-4
        assert inner.max() - 1e-4 <= found.high[number] <= outer.max() + 1e-4


def test_a_click_is_in_one_column_and_that_is_its_own(peaks) -> None:
    width = FRAMES / 2_000
    found = peaks.columns(edges(0, FRAMES, 2_000))
    loud = np.flatnonzero(found.high > 0.5)
    assert len(loud) == len(CLICKS)
    for column, click in zip(loud, CLICKS, strict=True):
        assert abs(column + 0.5 - click / width) <= 0.76


def test_rms_is_the_root_of_the_mean_square(peaks, samples) -> None:
    at = np.array([0, CHUNK, 2 * CHUNK, 3 * CHUNK])
    found = peaks.columns(at).rms
    wanted = [np.sqrt(np.mean(samples[a:b].astype(float) ** 2)) for a, b in pairwise(at)]
    assert found == pytest.approx(wanted, rel=0.01)


def test_narrow_columns_show_the_block_they_lie_in(peaks) -> None:
    found = peaks.columns(edges(CHUNK, CHUNK + 512, 100))
    assert (found.high[:50] > 0.5).all()  # the click at CHUNK + 77 is in the first 256
    assert (found.high[51:] < 0.1).all()


def test_outside_the_recording_nothing_is_known(peaks) -> None:
    found = peaks.columns(
        np.array([-5_000, -1, 0, 10_000, FRAMES, FRAMES + 9_000, FRAMES + 99_000])
    )
    assert np.isnan(found.low).tolist() == [True, True, False, False, True, True]
    assert len(peaks.columns(np.array([5], np.int64)).low) == 0


def test_columns_of_samples_are_exact_to_the_sample(samples) -> None:
    at = np.array([CHUNK + 70, CHUNK + 77, CHUNK + 78, CHUNK + 90, CHUNK + 100])
    found = columns_of(samples[CHUNK + 60 : CHUNK + 95], CHUNK + 60, at)
    assert (found.high > 0.5).tolist() == [False, True, False, False]
    assert found.rms[1] == pytest.approx(samples[CHUNK + 77], rel=1e-5)
    gone = columns_of(samples[:0], 0, at)
    assert np.isnan(gone.low).all()


def test_a_sketch_of_the_whole_is_there_before_any_of_it_is_known() -> None:
    work = work_on()
    unknown = work.peaks.columns(edges(0, FRAMES, 500))
    assert np.isnan(unknown.high).all()
    work.step()
    first = work.peaks.columns(edges(0, FRAMES, 500))
    assert not work.peaks.known.any()
    assert not np.isnan(first.high).any()  # 64 places, and each column has the nearest
    while not work.sketched:
        work.step()
    assert not work.peaks.known.any()
    whole = work.peaks.columns(edges(0, FRAMES, 500))
    assert np.nanmax(np.abs(whole.high - 0.05)) < 0.01  # the hum; clicks are found later


def test_where_somebody_looks_is_known_first() -> None:
    work = work_on()
    while not work.sketched:
        work.step()
    work.focus(2 * CHUNK + 10, 2 * CHUNK + 500)
    order = []
    while not work.peaks.complete:
        before = work.peaks.known.copy()
        work.step()
        order += np.flatnonzero(work.peaks.known & ~before).tolist()
        assert work.share == pytest.approx(len(order) / 4)
    assert order == [2, 1, 3, 0]
    assert work.step() is False


def test_known_chunks_are_shown_in_detail_beside_sketched_ones() -> None:
    work = work_on()
    while not work.sketched:
        work.step()
    at = edges(0, FRAMES, 1_000)
    sketch = work.peaks.columns(at)
    work.focus(CHUNK, CHUNK + 1)
    work.step()
    found = work.peaks.columns(at)
    inside = (at[:-1] >= CHUNK) & (at[1:] <= 2 * CHUNK)
    assert found.high[1_000 * MIDDLE // FRAMES] > 0.5
    assert np.count_nonzero(found.high[inside] > 0.5) == 1
    outside = (at[1:] <= CHUNK - CHUNK // 100) | (at[:-1] >= 2 * CHUNK)
    assert np.array_equal(found.high[outside], sketch.high[outside])


def test_where_seeking_is_slow_the_sketch_is_coarser(monkeypatch) -> None:
    monkeypatch.setattr("labeler.media.peak_work._SKETCH_SECONDS", 0.0)
    work = work_on()
    work.step()
    assert work.sketched
    one = work.peaks.columns(edges(0, FRAMES, 4))
    assert not np.isnan(one.high).any()  # of one place, which is near in a file of one place


def test_a_short_recording_needs_no_sketch_and_one_sample_is_a_column() -> None:
    work = work_on(encoded(1))
    assert work.sketched
    assert work.step() is False
    assert work.peaks.columns(np.array([0, 1])).high.tolist() == [0.0]


def test_channels_are_rows_or_their_mean() -> None:
    left = encoded(600_000, RATE, clicks=[300_000], channels=2)
    apart, mixed = work_on(left, mixed=False), work_on(left)
    for work in (apart, mixed):
        while work.step():
            pass
    assert (apart.peaks.rows, mixed.peaks.rows) == (2, 1)
    at = edges(0, 600_000, 10)
    assert apart.peaks.columns(at, 1).high[5] == pytest.approx(0.9, abs=1e-3)
    assert mixed.peaks.columns(at).high == pytest.approx(apart.peaks.columns(at, 0).high, abs=1e-4)


@pytest.mark.parametrize(("hours", "rows"), [(1, 1), (10, 1), (10, 2), (24, 8), (240, 8)])
def test_the_finest_level_stays_within_a_hundred_megabytes(hours: int, rows: int) -> None:
    frames = hours * 3_600 * 48_000
    assert -(-frames // base_of(frames, rows)) * rows * 6 <= 100 << 20
    assert base_of(3_600 * 48_000, 1) == 256


# -------------------------------------------------------------------------------------------- cache


def same(one: Peaks, other: Peaks) -> bool:
    at = edges(0, FRAMES, 700)
    return all(
        np.array_equal(a, b)
        for a, b in zip(one.columns(at)[:2], other.columns(at)[:2], strict=True)
    )


def test_kept_peaks_come_back_as_they_were(peaks, tmp_path) -> None:
    cache = PeakCache(tmp_path / "cache")
    key = medium_key(io.BytesIO(RAW))
    assert cache.load(key, RATE, FRAMES) is None
    assert cache.store(key, peaks)
    found = cache.load(key, RATE, FRAMES)
    assert found is not None
    assert found.complete
    assert same(found, peaks)
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".peaks"]


def test_peaks_that_are_not_whole_are_not_kept(tmp_path) -> None:
    work = work_on()
    work.step()
    assert not PeakCache(tmp_path).store("k", work.peaks)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "version", "longer"])
def test_a_damaged_cache_is_no_cache_and_goes(peaks, tmp_path, damage) -> None:
    cache = PeakCache(tmp_path)
    cache.store("k", peaks)
    (path,) = tmp_path.iterdir()
    raw = bytearray(path.read_bytes())
    match damage:
        case "cut":
            raw = raw[: len(raw) // 2]
        case "flipped":
            raw[-100] ^= 1
        case "empty":
            raw = bytearray()
        case "version":
            raw[7] += 1
        case "longer":
            raw += b"\0" * 6
    path.write_bytes(bytes(raw))
    assert cache.load("k", RATE, FRAMES) is None
    assert not path.exists()
    assert cache.store("k", peaks)
    assert cache.load("k", RATE, FRAMES) is not None


def test_a_medium_that_became_another_has_another_key(peaks, tmp_path) -> None:
    other = bytearray(RAW)
    other[len(RAW) // 2] ^= 1
    assert medium_key(io.BytesIO(bytes(other))) != medium_key(io.BytesIO(RAW))
    cache = PeakCache(tmp_path)
    cache.store("k", peaks)
    assert cache.load("k", RATE, FRAMES + 1) is None


def test_the_cache_is_bounded_and_what_was_used_longest_ago_goes(peaks, tmp_path) -> None:
    import os

    size = 6 * peaks.levels[0].low.size + 64
    cache = PeakCache(tmp_path, limit=3 * size)
    for number, key in enumerate("abc"):
        cache.store(key, peaks)
        os.utime(tmp_path / f"{key}-1.peaks", (number + 1, number + 1))
    assert cache.load("a", RATE, FRAMES) is not None  # now it is the youngest
    cache.store("d", peaks)
    assert sorted(path.name[0] for path in tmp_path.iterdir()) == ["a", "c", "d"]
    assert not PeakCache(tmp_path, limit=100).store("e", peaks)


def test_a_folder_that_cannot_be_written_is_no_fault(peaks, tmp_path) -> None:
    place = tmp_path / "file"
    place.write_text("in the way")
    cache = PeakCache(place)
    assert not cache.store("k", peaks)
    assert cache.load("k", RATE, FRAMES) is None
