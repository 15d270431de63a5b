"""How the bytes of a file stand for letters: told by its mark, found out, or guessed and said so."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO, NamedTuple

from labeler.model.problems import Refusal, nearest

__all__ = ["MARK", "Encoding", "encoding_of"]

_CHUNK = 1 << 20
_SAMPLE = 1 << 18
_HEAD = 64

_MARKS = (
    # The first two bytes of the little-endian UTF-32 mark are the UTF-16 one, so it is looked for first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_PLAUSIBLE = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874", "koi8_r", "koi8_u"),
    *("mac_roman", "cp866", "cp850", "cp437"),
)
"""What files without a mark are written in, the likelier first; each holds the ISO set it grew from."""

_KNOWN_NAMES = {"cp932": "shift_jis", "cp949": "euc-kr", "cp874": "windows-874"}
_PIECES = frozenset({"iso2022_jp", "iso2022_kr", "hz", "utf-7"})
"""Encodings with a state: they cannot be cut into lines before they are decoded."""

_UNUSED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes no western text has; in other encodings most lines have one."""

_NEAR = 0.02

MARK = "mark-misfits"
"""The error handler that stands a lone surrogate for every byte that does not fit."""


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return chr(0xDC00 + error.object[error.start]), error.end


codecs.register_error(MARK, _mark)


class Encoding(NamedTuple):
    """An encoding: Python's ``codec``, the ``name`` people know, the length of its mark in bytes.

    ``whole`` ones must be decoded before they are cut into lines; ``guessed`` is to be said.
    """

    codec: str
    name: str
    mark: int = 0
    whole: bool = False
    guessed: bool = False


def encoding_of(file: BinaryIO, wanted: str = "") -> Encoding:
    """The encoding of an open file, which is left at its beginning.

    A byte order mark tells it; else ``wanted`` does, where it is given (an unknown one is a
    Refusal); else the file is UTF-8 if it is so to the end or in most of its lines; else it is
    guessed from a sample of at most 256 KB.
    """
    head = file.read(_HEAD)
    try:
        for mark, codec in _MARKS:
            if head.startswith(mark):
                return Encoding(codec, codec, len(mark), whole=codec != "utf-8")
        if wanted:
            return _told(wanted)
        unmarked = _wide(head)
        if unmarked:
            return Encoding(unmarked, unmarked, whole=True, guessed=True)
        file.seek(0)
        sample = _not_utf8(file)
        return Encoding("utf-8", "utf-8") if sample is None else _guess(sample)
    finally:
        file.seek(0)


def _told(wanted: str) -> Encoding:
    try:
        codec = codecs.lookup(wanted).name
        is_text = isinstance(b"".decode(codec), str)
    except (LookupError, ValueError):
        is_text = False
        codec = ""
    if not is_text:
        reason = f"there is no encoding {wanted!r}{nearest(wanted, _PLAUSIBLE)}"
        raise Refusal.of("argument", reason=reason)
    plain = bytes(range(128))
    try:
        keeps_ascii = plain.decode(codec) == plain.decode("ascii")
    except UnicodeDecodeError:
        keeps_ascii = False
    return Encoding(codec, wanted, whole=not keeps_ascii or codec in _PIECES)


def _wide(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, seen by the zeros beside the first letters, which are ASCII.

    The two upper bytes of a letter in UTF-32 make at most 0x10; in UTF-16 one of them is a letter.
    """
    if len(head) < 8 or 0 not in head:
        return ""
    if len(head) % 4 == 0:
        if not any(head[3::4]) and max(head[2::4]) <= 0x10:
            return "utf-32-le"
        if not any(head[0::4]) and max(head[1::4]) <= 0x10:
            return "utf-32-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    enough = max(2, len(head) // 6)
    if odd > enough and 8 * even <= odd:
        return "utf-16-le"
    if even > enough and 8 * odd <= even:
        return "utf-16-be"
    return ""


def _not_utf8(file: BinaryIO) -> bytes | None:
    """None for a file that is UTF-8, or means to be; else a sample of what it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    accented = False
    while True:
        chunk = file.read(_CHUNK)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            break
        if not chunk:
            return None
        accented = accented or not chunk.isascii()
    if accented:
        return None
    lines = [line for line in (chunk + file.read(_SAMPLE)).splitlines() if not line.isascii()]
    fitting = sum(1 for line in lines if _is_utf8(line))
    # A line of another encoding is hardly ever UTF-8 by chance; a file of both is UTF-8 with faults.
    if fitting and 2 * fitting >= len(lines):
        return None
    strange = [line for line in lines if not _is_utf8(line)]
    # A few broken lines must not rule out what all the others are written in.
    sound = [line for line in strange if not _UNUSED.search(line)]
    return b"\n".join(sound if 5 * len(sound) >= 4 * len(strange) else strange)[:_SAMPLE]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guess(sample: bytes) -> Encoding:
    from charset_normalizer import from_bytes  # 40 ms to load, and most files are UTF-8

    matches = list(from_bytes(sample, cp_isolation=list(_PLAUSIBLE)))
    codec = "cp1252"
    if matches:
        best = matches[0]
        likely = {
            name
            for match in matches
            if match.chaos <= best.chaos + _NEAR and match.coherence >= best.coherence - _NEAR
            for name in (match.encoding, *match.could_be_from_charset)
        }
        codec = next((name for name in _PLAUSIBLE if name in likely), best.encoding)
    return Encoding(codec, _known_name(codec), guessed=True)


def _known_name(codec: str) -> str:
    if codec.startswith("cp125"):
        return f"windows-{codec[2:]}"
    return _KNOWN_NAMES.get(codec, codec)
