from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from labeler.kit.text.marks import Mark, TagPlace, hung, lanes

ranges = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=25)


@given(ranges)
def test_marks_that_overlap_never_share_a_lane(made):
    marks = [Mark(str(n), start, start + long) for n, (start, long) in enumerate(made)]
    taken = lanes(marks)
    assert set(taken) == {mark.id for mark in marks}
    for one in marks:
        for other in marks:
            if one.id < other.id and one.start < other.end and other.start < one.end:
                assert taken[one.id] != taken[other.id]


@given(ranges)
def test_no_more_lanes_are_used_than_marks_lie_on_one_letter(made):
    marks = [Mark(str(n), start, start + long) for n, (start, long) in enumerate(made)]
    deepest = max((sum(1 for m in marks if m.start <= at < m.end) for at in range(61)), default=0)
    assert len(set(lanes(marks).values())) == deepest


def test_the_longer_of_two_that_begin_together_is_nearer_to_the_words():
    taken = lanes([Mark("short", 0, 3), Mark("long", 0, 9), Mark("model", 0, 9, dashed=True)])
    assert taken == {"long": 0, "model": 1, "short": 2}


tag_places = st.lists(
    st.builds(
        TagPlace,
        st.uuids().map(str),
        st.integers(0, 300).map(float),
        st.integers(10, 120).map(float),
        st.sampled_from([30.0, 35.0, 40.0]),
    ),
    max_size=14,
)


@given(tag_places, st.booleans())
def test_tags_never_touch_and_never_hang_higher_than_they_may(places, rtl):
    tops = hung(places, 17, 8, rtl=rtl)
    for one in places:
        assert tops[one.id] >= one.top
        for other in places:
            beside = (
                one.left < other.left + other.width + 8 and other.left < one.left + one.width + 8
            )
            if one.id < other.id and beside:
                assert abs(tops[one.id] - tops[other.id]) >= 17


def test_the_first_in_reading_is_the_higher_of_two():
    left, right = TagPlace("left", 0, 60, 30), TagPlace("right", 40, 60, 30)
    assert hung([right, left], 17, 8, rtl=False) == {"left": 30, "right": 47}
    assert hung([left, right], 17, 8, rtl=True) == {"right": 30, "left": 47}
