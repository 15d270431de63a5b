from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeler.kit.text import Offsets

TEXTS = [
    "",
    "plain",
    "a😊b",
    "👨\u200d👩\u200d👧 family",
    "e\u0301 नी ไทย",
    "שלום 🇩🇪 عربي",
    "a\r\n😊\r\nb",
    "\U0010ffff\U00010000\uffff",
    "😊" * 5,
]
# Lone surrogates are no text: no file can bring them and UTF-16 could not tell them apart.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(TEXTS)


def units_of(text: str) -> int:
    """UTF-16 units by the codec, which is not ours."""
    return len(text.encode("utf-16-le")) // 2


@given(texts)
def test_every_position_converts_as_the_utf16_codec_counts(text):
    offsets = Offsets(text)
    assert offsets.points == len(text)
    assert offsets.units == units_of(text)
    for point in range(len(text) + 1):
        unit = units_of(text[:point])
        assert offsets.to_units(point) == unit
        assert offsets.to_points(unit) == point


@given(texts)
def test_the_middle_of_a_pair_is_the_position_before_it(text):
    offsets = Offsets(text)
    for point, letter in enumerate(text):
        if ord(letter) > 0xFFFF:
            assert offsets.to_points(offsets.to_units(point) + 1) == point


@pytest.mark.parametrize("outside", [-1, 4])
def test_a_position_outside_the_text_is_refused(outside):
    with pytest.raises(ValueError, match="outside the text of 3"):
        Offsets("abc").to_units(outside)
    with pytest.raises(ValueError, match="outside the text of 3"):
        Offsets("abc").to_points(outside)
