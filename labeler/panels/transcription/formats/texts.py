"""A text file as text: told by its mark, UTF-8, or guessed and said so."""

from __future__ import annotations

import codecs
from pathlib import Path

from labeler.api import Problem
from labeler.panels.transcription.formats.sources import SourceFile, unreadable

__all__ = ["LONGEST", "read_bytes", "text_of"]

LONGEST = 64 << 20
"""Bytes of a transcript: twenty hours of speech are one or two megabytes."""

_MARKS = (
    # The mark of UTF-32 begins with that of UTF-16, so it is looked for first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAUSIBLE = ("cp1252", "mac_roman", "cp1250", "cp1251", "cp1253", "gb18030", "cp932", "cp949")


def read_bytes(file: SourceFile) -> bytes | Problem:
    """All of the file, or why it cannot be read."""
    try:
        with Path(file.path).open("rb") as stream:
            raw = stream.read(LONGEST + 1)
    except OSError as error:
        return unreadable(error, file.name)
    if len(raw) > LONGEST:
        text = "the file is larger than {limit} MB"
        return Problem("file_too_large", file.name, {"limit": LONGEST >> 20}, text)
    return raw


def text_of(raw: bytes, name: str, found: list[Problem]) -> str:
    """The text in these bytes, line ends as ``\\n``; a guess, or a letter that fits nothing, is told."""
    text, encoding, guessed = _decoded(raw)
    if guessed:
        found.append(Problem("encoding_guessed", name, {"encoding": encoding}))
    if "\ufffd" in text and not guessed:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        sentence = "letters that are no {encoding} were replaced by \ufffd"
        found.append(
            Problem("letters_replaced", f"{name}:{line}", {"encoding": encoding}, sentence)
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes) -> tuple[str, str, bool]:
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return raw.decode(codec, "replace"), codec, False
    wide = _wide(raw[:64])
    if wide:
        return raw.decode(wide, "replace"), wide, True
    try:
        return raw.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        pass
    codec = _guess(raw[: 1 << 18])
    try:
        return raw.decode(codec), codec, True
    except (UnicodeDecodeError, LookupError):
        return raw.decode("utf-8", "replace"), "utf-8", False


def _wide(head: bytes) -> str:
    """UTF-16 without a mark, seen by the zeros beside its first letters, which are ASCII."""
    if len(head) < 8:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd >= len(head) // 3 and not even:
        return "utf-16-le"
    if even >= len(head) // 3 and not odd:
        return "utf-16-be"
    return ""


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # 40 ms to load, and most files are UTF-8

    matches = list(from_bytes(sample, cp_isolation=list(_PLAUSIBLE)))
    if not matches:
        return "cp1252"
    best = matches[0]
    likely = {name for one in matches if one.chaos <= best.chaos + 0.02
              for name in (one.encoding, *one.could_be_from_charset)}  # fmt: skip
    return next((name for name in _PLAUSIBLE if name in likely), best.encoding)
