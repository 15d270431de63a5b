"""What an image file says of itself in its first bytes: size, orientation, format; no pixel is decoded.

It lies at this door because formats need it and may not reach the decoders: they write sizes, and
turn coordinates between the stored and the displayed frame.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import BinaryIO, NamedTuple

from labeler.model.problems import Problem, Refusal

__all__ = ["IMAGE_EXTENSIONS", "ImageHead", "image_head", "read_exactly"]

IMAGE_EXTENSIONS = (
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".tif", ".tiff", ".gif", ".bmp", ".dib"),
    *(".pgm", ".ppm", ".pbm", ".pnm", ".avif", ".jp2"),
)
"""Names of image files end like this."""

OTHERS = ("PPM", "AVIF", "JPEG2000")
"""Formats whose heads pillow reads, as pillow calls them."""

_FIRST = 4096
_ORIENTATION = 0x0112
_EXIF = b"Exif\0\0"
_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xDB), 0xFF})
"""Markers that are no segment, and those of the end and of the first scan: what is behind is not read."""
_SEGMENT = struct.Struct(">BBH")
_SIZE = struct.Struct(">HH")
_MOST_PIECES = 4096
"""So many segments or chunks are looked through for an orientation; the rest is data."""
_LONGEST_EXIF = 1 << 20
_PNG_END = 1 << 16


class ImageHead(NamedTuple):
    """``width`` and ``height`` in pixels as displayed (upright); ``orientation`` is EXIF's, 1 to 8.

    ``format`` is ``jpeg``, ``png``, ``webp``, ``tiff``, ``gif``, ``bmp``, or pillow's word in small
    letters for what is rarer. The orientation is that of EXIF alone: XMP's is not looked at.
    """

    width: int
    height: int
    orientation: int
    format: str

    @property
    def stored(self) -> tuple[int, int]:
        """Width and height of the pixels as the file has them, before they are put upright."""
        if self.orientation >= 5:
            return self.height, self.width
        return self.width, self.height


def image_head(stream: BinaryIO, where: str = "") -> ImageHead:
    """The head of an image in a seekable stream, read from its beginning; the stream is left open.

    Raises Refusal with ``where`` as its place: ``image_empty``, ``image_unknown`` for what is no
    image of a kind that is read, ``image_damaged`` where it ends or is broken before its size.
    """
    stream.seek(0)
    first = stream.read(_FIRST)
    if not first:
        raise Refusal.of("image_empty", where)
    reader = _Reader(stream, first)
    try:
        found = _head(reader, stream)
    except (_Short, struct.error, IndexError, zlib.error, ValueError) as error:
        reason = "it ends too early" if isinstance(error, (_Short, struct.error)) else str(error)
        raise Refusal(Problem("image_damaged", where, {"reason": reason})) from None
    if found is None:
        raise Refusal.of("image_unknown", where)
    if found.width <= 0 or found.height <= 0:
        reason = f"its size is {found.width} × {found.height}"
        raise Refusal(Problem("image_damaged", where, {"reason": reason}))
    return found


def read_exactly(stream: BinaryIO, count: int) -> bytes:
    """So many bytes, or those there are before the stream's end."""
    pieces = []
    while count > 0:
        piece = stream.read(count)
        if not piece:
            break
        pieces.append(piece)
        count -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class _Short(Exception):
    """The file ends before what it promises."""


class _Reader:
    """Bytes of a stream by position; what is near the last ones read is there already."""

    def __init__(self, stream: BinaryIO, first: bytes) -> None:
        self._stream = stream
        self.first = first
        self._start = 0
        self._bytes = first

    def take(self, at: int, count: int) -> bytes:
        """Exactly ``count`` bytes from position ``at``; raises _Short."""
        offset = at - self._start
        if offset < 0 or offset + count > len(self._bytes):
            self._stream.seek(at)
            self._bytes = read_exactly(self._stream, max(count, _FIRST))
            self._start, offset = at, 0
            if len(self._bytes) < count:
                raise _Short
        return self._bytes[offset : offset + count]


def _head(reader: _Reader, stream: BinaryIO) -> ImageHead | None:
    magic = reader.take(0, 2)
    if magic == b"\xff\xd8":
        return _jpeg(reader)
    if magic == b"\x89P" and reader.take(0, 8) == b"\x89PNG\r\n\x1a\n":
        return _png(reader, stream)
    if magic == b"RI" and reader.take(0, 4) == b"RIFF" and reader.take(8, 4) == b"WEBP":
        return _webp(reader)
    if magic in (b"II", b"MM"):
        size, orientation = _tiff(reader)
        return None if size is None else _upright(*size, orientation, "tiff")
    if magic == b"GI" and reader.take(0, 6) in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", reader.take(6, 4))
        return ImageHead(width, height, 1, "gif")
    if magic == b"BM":
        return _bmp(reader)
    return _other(stream)


def _upright(width: int, height: int, orientation: int, kind: str) -> ImageHead:
    if orientation >= 5:
        width, height = height, width
    return ImageHead(width, height, orientation, kind)


def _jpeg(reader: _Reader) -> ImageHead:
    """ITU-T T.81, B.1: segments up to the first scan, the size in the frame header."""
    at, orientation, size = 2, 0, None
    first = reader.first
    near, segment = len(first) - _SEGMENT.size, _SEGMENT.unpack_from
    for _ in range(_MOST_PIECES):
        if at <= near:
            mark, code, length = segment(first, at)
        else:
            mark, code, length = _SEGMENT.unpack(reader.take(at, 4))
        if mark != 0xFF:
            raise ValueError("a JPEG segment does not begin where it should")
        if code in _WITHOUT_LENGTH:
            if code == 0xFF:  # a filler
                at += 1
                continue
            if code in (0xDA, 0xD9):
                break
            at += 2
            continue
        if length < 2:
            raise ValueError("a JPEG segment has no length")
        if code == 0xE1:
            if not orientation and reader.take(at + 4, 6) == _EXIF:
                orientation = _orientation(reader.take(at + 10, length - 8))
        elif code in _SOF and size is None:
            height, width = _SIZE.unpack(reader.take(at + 5, 4))
            size = width, height
        at += 2 + length
    if size is None:
        raise ValueError("it has no frame header")
    return _upright(*size, orientation or 1, "jpeg")


def _png(reader: _Reader, stream: BinaryIO) -> ImageHead:
    """PNG (third edition): the size in IHDR, the orientation in eXIf or an older text chunk."""
    if reader.take(12, 4) != b"IHDR":
        raise ValueError("it has no PNG header")
    width, height = struct.unpack(">II", reader.take(16, 8))
    at, orientation = 33, 0
    for _ in range(_MOST_PIECES):
        try:
            length, kind = struct.unpack(">I4s", reader.take(at, 8))
            if kind == b"eXIf" and length <= _LONGEST_EXIF:
                orientation = _orientation(reader.take(at + 8, length))
            elif kind in (b"tEXt", b"zTXt") and length <= _LONGEST_EXIF:
                orientation = orientation or _of_text(kind, reader.take(at + 8, length))
        except (_Short, zlib.error):
            break
        if kind in (b"IDAT", b"IEND"):
            orientation = orientation or _png_end(stream)
            break
        at += 12 + length
    return _upright(width, height, orientation or 1, "png")


def _png_end(stream: BinaryIO) -> int:
    """The orientation in an eXIf chunk behind the pixels.

    It is looked for from the end, its checksum proving it: thousands of chunks may lie between.
    """
    stream.seek(max(0, stream.seek(0, 2) - _PNG_END))
    end = read_exactly(stream, _PNG_END)
    at = end.rfind(b"eXIf")
    if at < 4:
        return 0
    length = int.from_bytes(end[at - 4 : at], "big")
    chunk, checksum = end[at : at + 4 + length], end[at + 4 + length : at + 8 + length]
    if zlib.crc32(chunk).to_bytes(4, "big") != checksum:
        return 0
    return _orientation(chunk[4:])


def _of_text(kind: bytes, chunk: bytes) -> int:
    """The orientation in a raw profile, as programs wrote it before PNG had a chunk for it."""
    keyword, _, body = chunk.partition(b"\0")
    if keyword != b"Raw profile type exif":
        return 0
    if kind == b"zTXt":
        body = zlib.decompressobj().decompress(body[1:], _LONGEST_EXIF)
    digits = b"".join(body.split()[2:])
    if not re.fullmatch(rb"(?:[0-9a-fA-F]{2})+", digits):
        return 0
    return _orientation(bytes.fromhex(digits.decode()).removeprefix(_EXIF))


def _webp(reader: _Reader) -> ImageHead:
    """RFC 9649: the canvas in VP8X, or the size in the one bitstream; EXIF in a chunk behind it."""
    kind = reader.take(12, 4)
    if kind == b"VP8X":
        flags = reader.take(20, 1)[0]
        width = int.from_bytes(reader.take(24, 3), "little") + 1
        height = int.from_bytes(reader.take(27, 3), "little") + 1
        orientation = _webp_exif(reader) if flags & 0x08 else 1
        return _upright(width, height, orientation, "webp")
    if kind == b"VP8L":
        if reader.take(20, 1) != b"\x2f":
            raise ValueError("it has no lossless WebP header")
        bits = int.from_bytes(reader.take(21, 4), "little")
        return ImageHead((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, 1, "webp")
    if kind == b"VP8 ":
        if reader.take(23, 3) != b"\x9d\x01\x2a":
            raise ValueError("it has no WebP frame header")
        width, height = struct.unpack("<HH", reader.take(26, 4))
        return ImageHead(width & 0x3FFF, height & 0x3FFF, 1, "webp")
    raise ValueError("it has no WebP header")


def _webp_exif(reader: _Reader) -> int:
    at = 12
    for _ in range(_MOST_PIECES):
        try:
            kind, length = struct.unpack("<4sI", reader.take(at, 8))
            if kind == b"EXIF" and length <= _LONGEST_EXIF:
                exif = reader.take(at + 8, length)
                return _orientation(exif.removeprefix(_EXIF)) or 1
        except _Short:
            break
        at += 8 + length + (length & 1)
    return 1


def _bmp(reader: _Reader) -> ImageHead:
    if int.from_bytes(reader.take(14, 4), "little") == 12:
        width, height = struct.unpack("<HH", reader.take(18, 4))
    else:
        width, height = struct.unpack("<ii", reader.take(18, 8))
    return ImageHead(abs(width), abs(height), 1, "bmp")


def _orientation(exif: bytes) -> int:
    """The orientation a block of EXIF tells, or 0 where it tells none.

    Such a block is a TIFF (see ``_tiff``); this is written out for every photo of an import.
    """
    order = _ORDERS.get(exif[:2])
    if order is None:
        return 0
    orientation = 0
    try:
        if order.short.unpack_from(exif, 2)[0] != 42:
            return 0
        offset = order.long.unpack_from(exif, 4)[0]
        count = order.short.unpack_from(exif, offset)[0]
        for place in range(offset + 2, offset + 2 + 12 * min(count, _MOST_PIECES), 12):
            tag, kind, _, value = order.entry.unpack_from(exif, place)
            if tag == _ORIENTATION and kind in (3, 4):
                orientation = (order.short if kind == 3 else order.long).unpack_from(value)[0]
            if tag > _ORIENTATION:  # they are sorted
                break
    except struct.error:
        return 0
    return orientation if 1 <= orientation <= 8 else 0


def _tiff(reader: _Reader) -> tuple[tuple[int, int] | None, int]:
    """TIFF 6.0, section 2: the size and the orientation in the first directory.

    The size is None where the bytes are no TIFF, (0, 0) where the directory does not tell it.
    """
    order = _ORDERS.get(reader.take(0, 2))
    if order is None:
        return None, 1
    version = order.short.unpack(reader.take(2, 2))[0]
    if version == 42:
        directory, counts, entry, value = order.long, order.short, 12, 8
        offset = directory.unpack(reader.take(4, 4))[0]
    elif version == 43:  # BigTIFF
        directory, counts, entry, value = order.longer, order.longer, 20, 12
        offset = directory.unpack(reader.take(8, 8))[0]
    else:
        return None, 1
    count = counts.unpack(reader.take(offset, counts.size))[0]
    told = {0x0100: 0, 0x0101: 0, _ORIENTATION: 1}
    for number in range(min(count, _MOST_PIECES)):
        raw = reader.take(offset + counts.size + number * entry, entry)
        tag, kind = struct.unpack(f"{order.sign}HH", raw[:4])
        if tag in told and kind in (3, 4):
            told[tag] = (order.short if kind == 3 else order.long).unpack_from(raw, value)[0]
        if tag > _ORIENTATION:  # they are sorted
            break
    orientation = told[_ORIENTATION]
    if not 1 <= orientation <= 8:
        orientation = 1
    return (told[0x0100], told[0x0101]), orientation


class _Order(NamedTuple):
    """How numbers of two, four and eight bytes are read, and an entry: tag, kind, count, value."""

    sign: str
    short: struct.Struct
    long: struct.Struct
    longer: struct.Struct
    entry: struct.Struct


_ORDERS = {
    raw: _Order(sign, *(struct.Struct(f"{sign}{form}") for form in ("H", "I", "Q", "HHI4s")))
    for raw, sign in ((b"II", "<"), (b"MM", ">"))
}


def _other(stream: BinaryIO) -> ImageHead | None:
    """What pillow says of the formats that are too rare to be read here."""
    from PIL import Image, UnidentifiedImageError  # a quarter of a second that most never need

    # Its guard against great sizes is a warning here; who decodes looks at the size first.
    Image.MAX_IMAGE_PIXELS = None
    stream.seek(0)
    try:
        with Image.open(stream, formats=OTHERS) as image:
            kind = (image.format or "").casefold()
            orientation = image.getexif().get(_ORIENTATION, 1) if kind == "avif" else 1
            valid = isinstance(orientation, int) and 1 <= orientation <= 8
            return _upright(*image.size, orientation if valid else 1, kind)
    except UnidentifiedImageError:
        return None
    except (OSError, SyntaxError, OverflowError, EOFError) as error:
        raise ValueError(str(error) or type(error).__name__) from None
