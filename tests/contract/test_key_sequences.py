"""What counts as a key sequence without Qt is what Qt reads and writes the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QKeySequence

from labeler.api.keys import KEY_NAMES, MODIFIERS, key_fault

PORTABLE = QKeySequence.SequenceFormat.PortableText


def as_qt_writes_it(sequence: str) -> str:
    return QKeySequence.fromString(sequence, PORTABLE).toString(PORTABLE)


@pytest.mark.parametrize("name", sorted(KEY_NAMES))
def test_every_named_key_is_one_of_qt(name: str) -> None:
    assert as_qt_writes_it(name) == name


def test_every_character_that_is_taken_as_a_key_is_one_for_qt() -> None:
    taken = [
        chr(code)
        for code in range(0x21, 0x10000)
        if unicodedata.category(chr(code)) not in ("Cs", "Cn", "Co") and not key_fault(chr(code))
    ]
    assert len(taken) > 20_000  # most of the basic plane: Han, Hangul, letters, signs
    assert [one for one in taken if as_qt_writes_it(one) != one] == []


chords = st.tuples(
    st.lists(st.sampled_from(MODIFIERS), max_size=3),
    st.sampled_from([*"AZ09+,;./Äß文", *KEY_NAMES]),
).map(lambda parts: "+".join([*parts[0], parts[1]]))


@given(st.lists(chords, min_size=1, max_size=5).map(", ".join))
def test_a_sequence_is_taken_exactly_if_qt_writes_it_back_the_same(sequence: str) -> None:
    if key_fault(sequence) is None:
        assert as_qt_writes_it(sequence) == sequence
    elif "ß" not in sequence:  # Qt takes it, but has no capital of it to write
        assert as_qt_writes_it(sequence) != sequence
