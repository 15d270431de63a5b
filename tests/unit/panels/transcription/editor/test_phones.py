"""Twenty sounds of 50 to 100 ms in a row, cut, labelled and written by keys alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from labeler.api import Label, QueueConfig

sys.path.insert(0, str(Path(__file__).parent))

from conftest import CTRL, SHIFT, Desk

Make = Callable[..., Desk]
Key = Qt.Key
# A sentence of twenty sounds; after the first at 1.203 s each lasts 50 to 100 ms, to the millisecond.
SOUNDS = ("S", "I", "z", "g", "OU", "I", "N", "h", "OU", "m")
SOUNDS += ("n", "aU", "T", "r", "u", "D", "@", "h", "A", "l")
LENGTHS = [50 + 37 * number % 51 for number in range(len(SOUNDS))]
VOWELS = "AIOaeiou@"
LABELS = (Label("v", "Vowel", key="V"), Label("c", "Consonant", key="C"))


def step_on(it: Desk, milliseconds: int) -> int:
    """Move the playhead on by keys; how many."""
    tens, ones = divmod(milliseconds, 10)
    it.key(Key.Key_F3, SHIFT, times=tens)
    it.key(Key.Key_F3, CTRL, times=ones)
    return tens + ones


def test_twenty_sounds_are_cut_labelled_and_written_by_keys_alone(desk: Make) -> None:
    it = desk(config=QueueConfig(labels=LABELS), step=0.5)
    assert min(LENGTHS) >= 50
    assert max(LENGTHS) <= 100
    for _ in range(6):
        it.key("+")
    it.key(Key.Key_F3, times=2)
    step_on(it, 203)
    it.key(Key.Key_F5)
    for length in LENGTHS[:-1]:
        step_on(it, length)
        it.key(Key.Key_F5)
        axis = it.editor.timeline.axis
        assert axis.start <= it.editor.timeline.playhead <= axis.end, "in sight"
    step_on(it, LENGTHS[-1])
    it.key(Key.Key_F6)
    # The caret is in the last text; out of it, and up to the first.
    it.key(Key.Key_T, Qt.KeyboardModifier.AltModifier)
    it.key(Key.Key_Up, times=len(SOUNDS) - 1)
    for sound in SOUNDS:
        it.key("v" if sound[0] in VOWELS else "c")
        it.key(Key.Key_Down)
    it.key(Key.Key_Up, times=len(SOUNDS) - 1)
    it.key(Key.Key_Return)
    for sound in SOUNDS:
        it.key(sound)
        it.key(Key.Key_Return)
    at, wanted = 1_203_000, []
    for sound, length in zip(SOUNDS, LENGTHS, strict=True):
        label = "v" if sound[0] in VOWELS else "c"
        wanted.append((at, at + 1000 * length, label, sound))
        at += 1000 * length
    made = sorted(it.value.regions, key=lambda one: one.start)
    assert [(one.start, one.end, one.label, one.text) for one in made] == wanted


def test_a_boundary_between_two_is_stepped_to_while_the_caret_is_in_a_text(desk: Make) -> None:
    it = desk(step=0.5)
    it.key(Key.Key_F3)
    it.key(Key.Key_F5)
    step_on(it, 60)
    it.key(Key.Key_F6)
    assert it.editor.is_typing
    it.key("ae")
    assert step_on(it, 73) == 10
    it.key(Key.Key_F2, CTRL, times=2)
    it.key(Key.Key_F2, SHIFT)
    it.key(Key.Key_F6, SHIFT)
    assert it.rows == [(0.5, 0.5 + 0.06 + 0.073 - 0.002 - 0.01, "", "ae")]
