from __future__ import annotations

import pytest

from labeler.api import Opaque, QueueConfig, Span, Value
from labeler.panels.sentiment.task import SentimentTask, TextContent

TASK = SentimentTask()
# code points: 0-1 family emoji is 5, then a space, then "gut"
FAMILY = TextContent(text="👨‍👩‍👧 gut, gut")


def span(start: int, end: int, **more: object) -> Span:
    return Span(id=more.pop("id", "a"), start=start, end=end, **more)


def test_a_text_has_one_part_that_questions_and_spans_can_point_at():
    [part] = FAMILY.parts()
    assert (part.id, part.kind, part.text) == ("text", "text", FAMILY.text)


def test_summary_is_one_line_of_at_most_200_characters():
    text = TextContent(text="  one\r\n\ttwo\u2028three  " + "x" * 500)
    line = TASK.summary(text)
    assert line.startswith("one two three xxx")
    assert len(line) == 200
    assert line.endswith("…")
    assert TASK.summary(TextContent(text="short")) == "short"


def test_complete_fills_in_the_words_and_leaves_a_full_value_alone():
    bare = Value((span(6, 9, id="a"), span(11, 14, id="b", text="gut")))
    full = TASK.complete(FAMILY, bare)
    assert [region.text for region in full.regions] == ["gut", "gut"]
    assert full.regions[1] is bare.regions[1]
    assert TASK.complete(FAMILY, full) is full


def test_complete_leaves_a_span_outside_the_text_for_check_to_name():
    value = Value((span(6, 90),))
    assert TASK.complete(FAMILY, value) is value


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (10, 15)])
def test_check_names_a_span_that_is_not_in_the_text(start: int, end: int):
    [problem] = TASK.check(FAMILY, Value((span(start, end),)), QueueConfig())
    assert problem.code == "span_range"
    assert problem.where == "regions[0].end"
    assert problem.message.endswith("the text, which ends at 14")


def test_check_accepts_a_span_that_ends_with_the_text():
    assert list(TASK.check(FAMILY, Value((span(11, 14, text="gut"),)), QueueConfig())) == []


def test_check_names_other_words_than_the_span_covers():
    value = Value((span(6, 9, text="gut"), span(6, 9, id="b", text="Gut")))
    [problem] = TASK.check(FAMILY, value, QueueConfig())
    assert (problem.code, problem.where) == ("span_text", "regions[1].text")
    assert problem.params == {"found": "gut", "told": "Gut"}


def test_check_leaves_regions_of_other_panels_alone():
    opaque = Opaque(id="o", kind="star", raw=b'{"type":"star"}')
    assert list(TASK.check(FAMILY, Value((opaque,)), QueueConfig())) == []


def distance(one: Span, other: Span) -> float:
    there = TASK.distance(FAMILY, one, other)
    assert there == TASK.distance(FAMILY, other, one)
    return there


def test_distance_is_one_minus_overlap_over_union():
    # 4–10 and 6–12 share 4 of 8 letters
    assert distance(span(4, 10), span(6, 12)) == pytest.approx(0.5)
    assert distance(span(4, 10), span(4, 10, id="b", text="x")) == 0
    assert distance(span(0, 2), span(2, 4)) == 1


def test_distance_counts_half_of_the_overlap_where_labels_differ():
    assert distance(span(0, 4, label="pos"), span(0, 4, label="neg")) == pytest.approx(0.5)
    assert distance(span(4, 10, label="pos"), span(6, 12)) == pytest.approx(0.75)


def test_distance_takes_a_span_on_no_part_for_one_on_the_only_part():
    assert distance(span(0, 4, on="text"), span(0, 4)) == 0
    assert distance(span(0, 4, on="other"), span(0, 4)) == 1


def test_distance_of_unknown_regions_is_nothing_or_all():
    star = Opaque(id="o", kind="star", raw=b'{"type":"star"}')
    assert TASK.distance(FAMILY, star, star) == 0
    assert TASK.distance(FAMILY, star, span(0, 1)) == 1
