"""Images to upright pixels, whatever is in the file, within a budget of memory and of time.

Pillow decodes. What a file may bring: eight orientations, CMYK, palettes, 16 bits, several frames,
100 megapixels, half of itself. All of it ends as 8 bits in (h, w), (h, w, 3) or (h, w, 4), with a
note for what was done, or as a Refusal in one line.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple, cast

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from labeler.api.images import OTHERS, ImageHead, image_head
from labeler.model.problems import Problem, Refusal

__all__ = ["BUDGET_BYTES", "DECODE_SECONDS", "ImageHead", "Picture", "image_head", "read_image"]

Pixels = npt.NDArray[np.uint8]

BUDGET_BYTES = 1 << 30
"""Memory one decode may take at its peak."""
DECODE_SECONDS = 20.0
"""How long one decode may take."""

# Pillow warns of 89 megapixels and refuses 179; here the budget decides, for each image.
Image.MAX_IMAGE_PIXELS = None

_PILLOW = {name: (name.upper(),) for name in ("jpeg", "png", "webp", "tiff", "gif", "bmp")}
"""Who decodes a format is decided by its head, so that both mean the same image."""
_ORIENTATION = 0x0112
_MEGABYTE = 1 << 20
_SAMPLED = 1 << 20
"""So many pixels are looked at to find out how a 16-bit image is to be stretched."""
_HANDED = 1 << 18
"""Bytes of pixels that pillow hands over in one call: what stays in the processor's cache."""
_DIM = 0.1
"""Per cent of the pixels that may be clipped at either end of a stretch."""
_MODES = {
    **dict.fromkeys(("1", "L"), "L"),
    **dict.fromkeys(("LA", "PA", "La", "RGBa", "RGBA"), "RGBA"),
    **dict.fromkeys(("RGB", "RGBX", "CMYK", "YCbCr", "HSV"), "RGB"),
}


class Picture(NamedTuple):
    """A decoded image.

    ``pixels`` is (h, w) grey, (h, w, 3) RGB or (h, w, 4) RGBA with straight alpha, upright, 8 bits.
    ``width`` and ``height`` are those of the whole image; ``scale`` is 1, or 1/2, 1/3 … where the
    pixels are a reduced version of it, of ceil(width · scale) columns. ``notes`` say what was done.
    """

    pixels: Pixels
    width: int
    height: int
    scale: float
    format: str
    notes: tuple[Problem, ...] = ()


def read_image(
    stream: BinaryIO,
    *,
    longest: int | None = None,
    budget_bytes: int = BUDGET_BYTES,
    seconds: float = DECODE_SECONDS,
    cancelled: Callable[[], bool] | None = None,
    where: str = "",
) -> Picture:
    """Decode the image in a seekable stream; any thread may.

    With ``longest`` a reduced version is enough whose longer side has at least so many pixels (a
    JPEG is then decoded three times as fast). What needs more than ``budget_bytes`` is reduced
    where its format allows that (JPEG), else refused.

    After ``seconds``, or once ``cancelled`` says so, decoding is given up at the next block of the
    file; JPEG, PNG and GIF are read in blocks of 64 KiB. WebP, AVIF and compressed TIFF are decoded
    by their libraries in one go, which only the budget bounds.

    Raises Refusal: the codes of ``image_head``, ``image_large``, ``image_slow``, ``image_stopped``.
    """
    head = image_head(stream, where)
    timed = _Timed(stream, seconds, cancelled, where)
    timed.seek(0)
    try:
        with Image.open(cast("BinaryIO", timed), formats=_PILLOW.get(head.format, OTHERS)) as image:
            return _read(image, head, timed, longest, budget_bytes, where)
    except Refusal:
        raise
    except MemoryError:
        raise _large(head, head.width * head.height * 8, budget_bytes, where) from None
    except Exception as error:  # noqa: BLE001 - pillow's plugins raise anything at broken files
        raise _damaged(where, error) from None


def _read(
    image: Any,
    head: ImageHead,
    timed: _Timed,
    longest: int | None,
    budget: int,
    where: str,
) -> Picture:
    notes: list[Problem] = []
    if head.format != "jpeg" and getattr(image, "is_animated", False):
        notes.append(Problem("image_frames", where))
    wanted = 1
    if longest is not None:
        wanted = max(1, max(head.width, head.height) // max(1, longest))
    factor = _draft(image, head, wanted, budget, where, notes)
    turned_by_pillow = head.format == "tiff" and head.orientation != 1
    fault = _load(image)
    if fault is not None:
        notes.append(_cut(image, fault, where))
    if turned_by_pillow and fault is None:
        turned_by_pillow = image.getexif().get(_ORIENTATION, 1) == 1
    else:
        turned_by_pillow = False
    more = max(1, wanted // factor)
    pixels = _eight_bits(image, more, where, notes)
    factor *= more
    timed.look()
    if not turned_by_pillow:
        pixels = _turned(pixels, head.orientation)
    return Picture(pixels, head.width, head.height, 1 / factor, head.format, tuple(notes))


# ------------------------------------------------------------------------------------------- decoding


class _Timed(io.RawIOBase):
    """A stream that stops being read when time is up or the reader is not wanted any more."""

    def __init__(
        self,
        stream: BinaryIO,
        seconds: float,
        cancelled: Callable[[], bool] | None,
        where: str,
    ) -> None:
        super().__init__()
        self._stream = stream
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._cancelled = cancelled
        self._where = where

    def look(self) -> None:
        """Raise Refusal where decoding is to be given up."""
        if self._cancelled is not None and self._cancelled():
            raise Refusal.of("image_stopped", self._where)
        if time.monotonic() > self._end:
            raise Refusal.of("image_slow", self._where, seconds=self._seconds)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        self.look()
        return self._stream.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()


def _draft(
    image: Any, head: ImageHead, wanted: int, budget: int, where: str, notes: list[Problem]
) -> int:
    """Make a JPEG decode itself smaller as far as is wanted or needed; the factor it does it by.

    Raises Refusal where the image does not fit the budget.
    """
    width, height = image.size
    factor = 1
    if head.format == "jpeg":
        while factor < 8 and wanted >= 2 * factor:
            factor *= 2
        needed = factor
        while needed < 8 and _need(image, needed) > budget:
            needed *= 2
        if needed > factor:
            params = {"factor": needed, "need": _megabytes(_need(image, 1))}
            notes.append(Problem("image_reduced", where, params))
            factor = needed
        if factor > 1:
            image.draft(image.mode, (-(-width // factor), -(-height // factor)))
    if _need(image, 1) > budget:
        raise _large(head, _need(image, 1), budget, where)
    return factor


def _large(head: ImageHead, need: int, budget: int, where: str) -> Refusal:
    sizes = {"width": head.width, "height": head.height}
    params = {**sizes, "need": _megabytes(need), "budget": _megabytes(budget)}
    return Refusal(Problem("image_large", where, params))


def _need(image: Any, factor: int) -> int:
    """Bytes at the peak: pillow's own copy, and ours before and after it is put upright."""
    width, height = image.size
    bands = len(image.getbands())
    own = 1 if image.mode in ("1", "L", "P") else 2 if image.mode.startswith("I;16") else 4
    ours = 3 if image.mode in ("P", "CMYK", "YCbCr", "LAB", "HSV") else min(bands, 4)
    again = 4 if image.mode in ("P", "CMYK", "YCbCr", "LAB", "HSV", "LA", "PA") else 0
    return int((width // factor) * (height // factor) * (own + again + 2 * ours))


def _megabytes(count: int) -> int:
    return -(-count // _MEGABYTE)


def _load(image: Any) -> Exception | None:
    """Decode; what was decoded of a file that ends or breaks too early stays, and why is returned."""
    try:
        image.load()
    except (Refusal, MemoryError):
        raise
    except Exception as error:
        if getattr(image, "_im", None) is None:
            raise
        image.tile = []  # nothing is left to load: the rows decoded so far are the image
        return error
    return None


def _cut(image: Any, error: Exception, where: str) -> Problem:
    """The note for an image of which only a part is there; raises Refusal where nothing is."""
    extremes = image.getextrema()
    bands = extremes if isinstance(extremes[0], tuple) else (extremes,)
    if all(high == low for low, high in bands):
        raise _damaged(where, error)
    return Problem("image_cut", where, {"reason": _reason(error)})


def _damaged(where: str, error: Exception) -> Refusal:
    return Refusal(Problem("image_damaged", where, {"reason": _reason(error)}))


def _reason(error: Exception) -> str:
    line = " ".join(str(error).split()) or type(error).__name__
    return line[:1].lower() + line[1:200]


# --------------------------------------------------------------------------------------------- pixels


def _eight_bits(image: Any, factor: int, where: str, notes: list[Problem]) -> Pixels:
    """The image as 8 bits in one, three or four channels, reduced by a factor."""
    mode: str = image.mode
    if mode.startswith("I") or mode == "F":
        return _stretched(_array_of(image)[::factor, ::factor], where, notes)
    if mode == "LAB":
        image = _of_lab(image)
    else:
        if mode == "P":
            wanted = "RGBA" if "transparency" in image.info else "RGB"
        else:
            wanted = _MODES.get(mode, "RGB")
            if "transparency" in image.info and wanted != "RGBA":
                wanted = "RGBA"
        if wanted != mode:
            image = image.convert(wanted)
    if factor > 1:
        image = image.reduce(factor)
    return _array_of(image)


def _array_of(image: Any) -> npt.NDArray[Any]:
    """The pixels as an array, handed over in stretches.

    All of 100 megapixels at once would hold the interpreter for a sixth of a second of work, during
    which the window is dead, and be in memory twice.
    """
    width, height = image.size
    first = np.asarray(image.crop((0, 0, width, 1)))
    pixels = np.empty((height, *first.shape[1:]), dtype=first.dtype)
    rows = max(1, _HANDED // first.nbytes)
    for top in range(0, height, rows):
        below = min(top + rows, height)
        pixels[top:below] = np.asarray(image.crop((0, top, width, below)))
    return pixels


def _of_lab(image: Any) -> Any:
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(lab, srgb, "LAB", "RGB")
    return ImageCms.applyTransform(image, transform)


def _stretched(values: npt.NDArray[Any], where: str, notes: list[Problem]) -> Pixels:
    """More than 8 bits as 8: from what is darkest to what is brightest, but for stray pixels.

    A photograph that fills its range looks as it is; a thermal image that has all of its values in
    a hundredth of it can be seen.
    """
    step = max(1, int(np.sqrt(values.size / _SAMPLED)))
    sample = values[::step, ::step].astype(np.float64)
    sample = sample[np.isfinite(sample)]
    if not sample.size:
        return np.zeros(values.shape, dtype=np.uint8)
    low, high = (float(one) for one in np.percentile(sample, (_DIM, 100 - _DIM)))
    if high <= low:
        low, high = float(sample.min()), float(sample.max())
    params = {"bits": values.dtype.itemsize * 8, "low": round(low, 3), "high": round(high, 3)}
    notes.append(Problem("image_stretched", where, params))
    scaled = np.nan_to_num(values.astype(np.float32), nan=low, posinf=high, neginf=low)
    if high > low:
        scaled = (scaled - np.float32(low)) * np.float32(255 / (high - low))
    else:
        scaled[:] = 127  # one value everywhere has no range to stretch
    np.clip(scaled, 0, 255, out=scaled)
    return np.rint(scaled).astype(np.uint8)


def _turned(pixels: Pixels, orientation: int) -> Pixels:
    """Stored pixels put upright (EXIF 2.3, tag 0x0112), in memory row by row."""
    if orientation == 1:
        return pixels
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
