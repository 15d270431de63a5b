"""Key sequences in portable text, accepted in the one spelling they have."""

from __future__ import annotations

import pytest

from labeler.api.keys import key_fault


@pytest.mark.parametrize(
    "sequence",
    [
        "A",
        "1",
        "F35",
        "Ctrl+K",
        "Meta+Ctrl+Alt+Shift+K",
        "Ctrl+K, Ctrl+S",
        "A, B, C, D",
        "Ctrl++",
        "+",
        ",",
        "Ctrl+,, Ctrl+.",
        "Shift+Backtab",
        "Media Play",
        "Toggle Media Play/Pause",
        "Ä",
        "文",
    ],
)
def test_a_sequence_in_portable_text_is_taken(sequence: str) -> None:
    assert key_fault(sequence) is None


@pytest.mark.parametrize(
    ("sequence", "words"),
    [
        ("", "must not be empty"),
        ("a", "write the key 'a' as 'A'"),
        ("ä", "write the key 'ä' as 'Ä'"),
        (" ", "as 'Space'"),
        ("Shift+Ctrl+K", "write 'Shift+Ctrl+K' as 'Ctrl+Shift+K'"),
        ("Ctrl+Ctrl+K", "as 'Ctrl+K'"),
        ("Control+K", "'Control' in 'Control+K' is no modifier key; did you mean 'Ctrl'?"),
        ("A+B", "'A' in 'A+B' is no modifier key"),
        ("Escape", "did you mean 'Esc'?"),
        ("ESC", "did you mean 'Esc'?"),
        ("Ctrl+PageUp", "did you mean 'PgUp'?"),
        ("Ctrl+", "no key"),
        ("F36", "no key"),
        ("A,B", "no key"),
        ("A, B, C, D, E", "at most 4 chords"),
        ("A, ", "must not be empty"),
        ("\x07", "no key"),
        ("\U0001f600", "no key"),
        ("ß", "no key"),
    ],
)
def test_any_other_spelling_is_refused_with_the_right_one(sequence: str, words: str) -> None:
    assert words in (key_fault(sequence) or "")
