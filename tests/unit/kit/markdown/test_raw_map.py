"""Every shown letter leads back to the raw text, and what is marked is what was meant."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labeler.kit.markdown.document import MarkdownBlock, MarkdownDocument, Section
from labeler.kit.markdown.rawmap import RawMap

SIGNS = st.sampled_from(
    [
        *("*", "**", "_", "`", "~~", "[", "](u)", "![", "\\", "$", "$$", "&amp;", "&#65;", "<b>"),
        *("|", "\n", "\n\n", "  \n", "\r\n", "- ", "1. ", "> ", "# ", "```\n", "---\n"),
        *("|--|--|\n", "    ", "word", " ", "\t"),
        *("ä", "\U0001f600", "\u05e9\u05dc", "e\u0301"),
    ]
)
MARKDOWN = st.lists(SIGNS, max_size=40).map("".join)


def document(text: str) -> MarkdownDocument:
    return MarkdownDocument([Section("r", text)])


@given(MARKDOWN)
@example("**a**")
@example("&amp;*b*")
@example("- [ ] x\n\n  y")
@settings(max_examples=150)
def test_shown_letters_stand_for_raw_ranges_in_rising_order(text: str) -> None:
    made = document(text)
    assert made.blocks[0].start == 0
    for block, after in zip(made.blocks, [*made.blocks[1:], None], strict=True):
        assert isinstance(block, MarkdownBlock)
        assert block.end <= block.next <= len(text)
        assert after is None or block.next == after.start
        table = block.offsets
        assert list(table.starts) == sorted(table.starts)
        assert list(table.ends) == sorted(table.ends)
        for letter, start, end in zip(block.shown, table.starts, table.ends, strict=True):
            raw = block.text[start:end]
            assert 0 <= start <= end <= len(block.text)
            # A letter shown for itself is that letter; others stand for signs that make them.
            assert (
                raw == letter or letter in " \u2028\ufffc()[]\u2026" or raw.startswith(("&", "\\"))
            )


@given(MARKDOWN, st.data())
@settings(max_examples=150)
def test_steps_and_snaps_stay_within_the_text(text: str, data: st.DataObject) -> None:
    made = document(text)
    at = data.draw(st.integers(0, len(text)))
    assert made.before(at) <= at <= len(text)
    assert at <= made.after(at) <= len(text) or at == len(text)
    other = data.draw(st.integers(0, len(text)))
    for words in (True, False):
        start, end = made.snapped(at, other, words=words)
        assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize(
    ("text", "drawn", "marked"),
    [
        ("an **important** word", "important", "important"),
        ("**bold** text", "bold** text", "bold** text"),
        ("see [the docs](http://x) now", "docs](http", "docs](http"),
        ("a &amp; b", "a &amp; b", "a &amp; b"),
        ("| *one* | two |\n|--|--|\n| 3 | 4 |", "one", "one"),
        ("- first\n- second", "first", "first"),
        ("cost is $x^2$ here", "is $x^2$", "is $x^2$"),
    ],
)
def test_what_is_drawn_over_is_marked_without_the_signs_around_it(
    text: str, drawn: str, marked: str
) -> None:
    made = document(text)
    at = text.index(drawn)
    start, end = made.snapped(at, at + len(drawn), words=False)
    assert text[start:end] == marked


def test_signs_at_the_ends_of_a_range_are_left_out() -> None:
    text = "so **very** good"
    start, end = document(text).snapped(3, 11, words=True)
    assert text[start:end] == "very"


def test_half_a_sign_that_stands_for_a_letter_takes_it_whole() -> None:
    text = "a &amp; b"
    start, end = document(text).snapped(3, 5, words=False)
    assert text[start:end] == "&amp;"


def test_a_map_counts_both_ways() -> None:
    # "&amp;😀" shown as "&😀": one unit and two.
    table = RawMap("&\U0001f600", [0, 5], [5, 6], 6)
    assert [table.to_units(point) for point in range(7)] == [0, 0, 0, 0, 0, 1, 3]
    assert [table.to_points(unit) for unit in range(4)] == [0, 5, 5, 6]
    assert table.to_units_end(3) == 1
    assert table.tidied(2, 4) == (0, 5)
    assert table.tidied(5, 5) is None


def test_sections_share_one_line_of_positions_in_rendered_and_raw_text() -> None:
    sections = [Section("t1", "Hello *you*", "Person"), Section("t2", "# Hi", "Assistant")]
    rendered, raw = MarkdownDocument(sections), MarkdownDocument(sections, raw=True)
    assert rendered.text == raw.text == "Hello *you*\n\n# Hi"
    assert rendered.part_at(4) == ("t1", 0)
    assert rendered.part_at(14) == ("t2", 13)
    assert rendered.base_of("t2") == 13
    assert rendered.base_of("nobody") is None
