"""Key sequences as manifests write them: Qt's portable text, checked without Qt."""

from __future__ import annotations

from labeler.model.problems import nearest

__all__ = ["CHORDS_IN_A_SEQUENCE", "KEY_NAMES", "MODIFIERS", "key_fault"]

MODIFIERS = ("Meta", "Ctrl", "Alt", "Shift")
"""In the order in which Qt writes them; on macOS ``Ctrl`` is the Command key."""

CHORDS_IN_A_SEQUENCE = 4
"""The most chords one sequence can have (``Ctrl+K, Ctrl+S`` has two)."""

KEY_NAMES = frozenset(
    {
        *("Esc", "Tab", "Backtab", "Backspace", "Return", "Enter", "Space", "Ins", "Del"),
        *("Home", "End", "Left", "Up", "Right", "Down", "PgUp", "PgDown"),
        *("Pause", "Print", "SysReq", "CapsLock", "NumLock", "ScrollLock", "Menu", "Help"),
        *("Back", "Forward", "Stop", "Refresh", "Search", "Clear", "Find"),
        *("Undo", "Redo", "Copy", "Cut", "Paste", "Save", "Open", "Close"),
        *("Media Play", "Media Pause", "Media Stop", "Media Previous", "Media Next"),
        *("Media Rewind", "Media Fast Forward", "Toggle Media Play/Pause"),
        *(f"F{number}" for number in range(1, 36)),
    }
)
"""Names of the keys that print nothing; every other key is the one character it prints."""


def key_fault(sequence: str) -> str | None:
    """What is wrong with the sequence (``A``, ``Ctrl+K``, ``Ctrl+K, Ctrl+S``), or None.

    There is one spelling for each sequence, that of Qt's portable text: two sequences are the same
    keys exactly if they are the same text.
    """
    chords = _chords(sequence)
    if len(chords) > CHORDS_IN_A_SEQUENCE:
        most = CHORDS_IN_A_SEQUENCE
        return f"a key sequence has at most {most} chords, {sequence!r} has {len(chords)}"
    for chord in chords:
        fault = _chord_fault(chord)
        if fault is not None:
            return fault
    return None


def _chords(sequence: str) -> list[str]:
    """The chords of a sequence; a comma that is itself the key stands before the separating one."""
    return sequence.split(", ")


def _chord_fault(chord: str) -> str | None:
    rest, found = chord, []
    while True:
        name, plus, after = rest.partition("+")
        if not plus or not name or not after:
            break
        if name not in MODIFIERS:
            return f"{name!r} in {chord!r} is no modifier key{nearest(name, MODIFIERS)}"
        found.append(name)
        rest = after
    ordered = [name for name in MODIFIERS if name in found]
    if found != ordered:
        return f"write {chord!r} as {'+'.join([*ordered, rest])!r}"
    return _key_fault(rest, chord)


def _key_fault(key: str, chord: str) -> str | None:
    if key in KEY_NAMES:
        return None
    if len(key) != 1:
        if not key:
            return "a key sequence must not be empty"
        by_case = [name for name in KEY_NAMES if name.casefold() == key.casefold()]
        hint = f"; did you mean {by_case[0]!r}?" if by_case else nearest(key, KEY_NAMES)
        return f"{key!r} in {chord!r} is no key{hint}"
    if key == " ":
        return "write the space bar as 'Space'"
    upper = key.upper()
    if key.islower() and len(upper) == 1 and upper != key:
        return f"write the key {key!r} as {upper!r}"
    of_itself = not key.islower() and key.lower().upper() == key.upper() == key
    if not key.isprintable() or not of_itself or ord(key) > 0xFFFF:
        return f"{key!r} in {chord!r} is no key"
    return None
