"""The axis maps time to pixels and back; ticks are where a person would put them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeler.kit.timeline import TimeAxis, clock_text, column_edges, ticks
from labeler.kit.timeline.ticks import decimals_of, step_for

SECOND = 1_000_000


def made(duration: int = 60 * SECOND, rate: int = 48_000, width: int = 1000) -> TimeAxis:
    axis = TimeAxis()
    axis.set_width(width)
    axis.set_medium(duration, rate)
    return axis


def test_a_new_medium_is_seen_whole() -> None:
    axis = made()
    assert (axis.start, axis.end) == (0.0, 60 * SECOND)
    assert axis.pixel_of(30 * SECOND) == 500


def test_what_is_whole_stays_whole_when_the_view_grows() -> None:
    axis = made()
    axis.set_width(2000)
    assert axis.end == 60 * SECOND
    axis.zoom(2, 0)
    axis.set_width(1000)
    assert axis.end - axis.start == 15 * SECOND


@given(x=st.integers(0, 999), factor=st.floats(1.01, 4000))
def test_zooming_keeps_the_time_under_the_pointer(x: int, factor: float) -> None:
    axis = made()
    axis.set_view(20 * SECOND, 20_000)
    before = axis.start + x * axis.per_pixel
    axis.zoom(factor, x)
    assert axis.start + x * axis.per_pixel == pytest.approx(before, abs=axis.per_pixel / 1000)


@given(
    moves=st.lists(
        st.tuples(
            st.sampled_from(["zoom", "scroll", "view", "show", "reveal"]),
            st.floats(-1e9, 1e9),
            st.floats(-50, 5e7),
        ),
        max_size=8,
    )
)
def test_the_view_never_leaves_the_medium(moves: list[tuple[str, float, float]]) -> None:
    axis = made()
    for move, one, other in moves:
        match move:
            case "zoom":
                axis.zoom(max(1e-6, abs(one)), other)
            case "scroll":
                axis.scroll(one)
            case "view":
                axis.set_view(one, abs(other))
            case "show":
                axis.show(one, one + abs(other))
            case _:
                axis.reveal(one, one + abs(other))
        assert axis.finest <= axis.per_pixel <= axis.coarsest
        assert axis.start >= 0
        assert axis.end <= 60 * SECOND + axis.per_pixel


def test_the_greatest_zoom_shows_single_samples() -> None:
    axis = made()
    axis.zoom(1e12, 500)
    assert axis.per_pixel == pytest.approx(1e6 / 48_000 / 24)


def test_revealing_what_is_in_sight_moves_nothing() -> None:
    axis = made()
    axis.set_view(10 * SECOND, 10_000)
    axis.reveal(11 * SECOND, 19 * SECOND)
    assert axis.start == 10 * SECOND
    axis.reveal(25 * SECOND)
    assert axis.start < 25 * SECOND < axis.end


def test_the_page_turns_when_the_playhead_leaves() -> None:
    axis = made()
    axis.set_view(0, 10_000)
    axis.follow(9_999_999)
    assert axis.start == 0
    axis.follow(10 * SECOND)
    assert 0 < axis.pixel_of(10 * SECOND) < 100


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000, 192_000])
def test_a_sample_belongs_to_the_column_its_time_falls_into(rate: int) -> None:
    axis = made(10 * SECOND, rate)
    for per_pixel in (10_000.0, 333.3, 20.0):
        axis.set_view(3_141_592, per_pixel)
        edges = column_edges(axis, 1000)
        for sample in (int(edges[0]) + 1, int(edges[500]), int(edges[-1]) - 1):
            column = int((sample * SECOND / rate - axis.start) // axis.per_pixel)
            assert edges[column] <= sample < edges[column + 1]


def test_a_click_means_the_nearest_sample() -> None:
    axis = made(10 * SECOND, 8_000)  # a sample every 125 µs
    axis.set_view(0, 25)
    assert axis.sample_time(5.4) == 125
    assert axis.sample_time(7.6) == 250
    assert axis.sample_time(-3) == 0


@pytest.mark.parametrize(
    ("per_pixel", "step"),
    [
        (20, 2_000),  # 80 px × 20 µs = 1.6 ms
        (2_000, 200_000),
        (20_000, 2 * SECOND),
        (100_000, 10 * SECOND),
        (1_000_000, 120 * SECOND),
        (3_600_000, 300 * SECOND),
    ],
)
def test_steps_are_whole_ones(per_pixel: float, step: int) -> None:
    assert step_for(per_pixel, 80) == step


@pytest.mark.parametrize(
    ("step", "decimals"),
    [(60 * SECOND, 0), (SECOND, 0), (500_000, 1), (20_000, 2), (1_000, 3), (50, 5), (2, 6)],
)
def test_a_step_has_as_many_digits_as_tell_neighbours_apart(step: int, decimals: int) -> None:
    assert decimals_of(step) == decimals


def test_ticks_stand_at_multiples_of_their_step() -> None:
    found = ticks(5.9 * SECOND, 10.1 * SECOND, 20_000, 80)
    named = [(tick.time, tick.text) for tick in found if tick.text]
    assert named == [(6 * SECOND, "0:06"), (8 * SECOND, "0:08"), (10 * SECOND, "0:10")]
    between = [tick.time for tick in found if 6 * SECOND <= tick.time <= 8 * SECOND]
    assert between == [6_000_000, 6_500_000, 7_000_000, 7_500_000, 8_000_000]


@pytest.mark.parametrize(
    ("time", "decimals", "text"),
    [
        (12_310_000, 3, "0:12.310"),
        (12_310_999, 3, "0:12.310"),
        (59_999_999, 0, "0:59"),
        (3_723_000_001, 6, "1:02:03.000001"),
        (0, 0, "0:00"),
        (-5, 3, "0:00.000"),
    ],
)
def test_times_read_as_on_a_clock(time: int, decimals: int, text: str) -> None:
    assert clock_text(time, decimals) == text
