"""Where in a COCO file everything is: twenty bytes of memory for each image and each annotation.

An image's annotations may lie anywhere in the file, so it is read twice: once to find out where they
are, then image by image.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator
from typing import Annotated, Any, BinaryIO

import msgspec
import numpy as np
import numpy.typing as npt

from labeler.api import Problem
from labeler.panels.boxes.formats.json_parts import Elements, JsonCut, Member, parts_of

__all__ = ["CocoIndex", "Places", "by_image", "slices"]

_KEPT_BYTES = 1 << 20
"""So much of what a file says of itself is kept, licences and the like."""
_NEAR = 8192
"""Elements so few bytes apart are read together."""
_TOGETHER = 1 << 20
"""Bytes that are read together at most, but for an element that is larger."""
_HELD = 4 << 20
"""Bytes of annotations that are in memory together."""
_LARGEST_ID = 1 << 60

Integers = npt.NDArray[np.int64]


_Number = Annotated[int, msgspec.Meta(gt=-_LARGEST_ID, lt=_LARGEST_ID)]


class _ImageHead(msgspec.Struct, gc=False):
    id: Any


class _AnnotationHead(msgspec.Struct, gc=False):
    image_id: Any


_image_head = msgspec.json.Decoder(_ImageHead)
_annotation_head = msgspec.json.Decoder(_AnnotationHead)


class _ImageNumber(msgspec.Struct, gc=False):
    id: _Number


class _AnnotationNumber(msgspec.Struct, gc=False):
    image_id: _Number


_image_numbers = msgspec.json.Decoder(list[_ImageNumber])
_annotation_numbers = msgspec.json.Decoder(list[_AnnotationNumber])


class Places:
    """Where the elements of a list are in the file, and the id each one has or names."""

    def __init__(self) -> None:
        self.at = array("q")
        self.size = array("q")
        self.code = array("q")
        self.number = array("q")

    def add(self, at: int, size: int, code: int, number: int) -> None:
        """One more element, the ``number``-th of its list."""
        self.at.append(at)
        self.size.append(size)
        self.code.append(code)
        self.number.append(number)

    def extend(self, part: Elements, codes: list[int]) -> None:
        """All elements of a part; ``codes`` are their ids."""
        self.at.extend(part.at)
        self.size.extend(map(len, part.raw))
        self.code.extend(codes)
        self.number.extend(range(part.first, part.first + len(codes)))

    def __len__(self) -> int:
        return len(self.at)

    def fitting(self, sequence: Integers, begins: Integers, first: int, last: int) -> int:
        """Up to which group of the sequence, ``last`` at most, all from the ``first`` on may be read.

        One at least; else those that are no more than some megabytes together.
        """
        last = min(last, len(begins) - 1)
        mine = sequence[begins[first] : begins[last]]
        if not len(mine):
            return last
        so_far = np.cumsum(np.frombuffer(self.size, dtype=np.int64)[mine])
        ends = begins[first + 1 : last + 1] - begins[first]
        bytes_to = np.where(ends > 0, so_far[np.maximum(ends - 1, 0)], 0)
        return first + max(1, int(np.searchsorted(bytes_to, _HELD, side="right")))

    def read(self, file: BinaryIO, chosen: Integers) -> tuple[list[int], list[bytes]]:
        """Number and bytes of the elements at these positions, read in the file's order."""
        if not len(chosen):
            return [], []
        number, at, size = (
            np.frombuffer(one, dtype=np.int64)[chosen] for one in (self.number, self.at, self.size)
        )
        order = np.argsort(at, kind="stable")
        found = [b""] * len(chosen)
        for place, raw in zip(
            order.tolist(), slices(file, at[order].tolist(), size[order].tolist()), strict=True
        ):
            found[place] = raw
        return number.tolist(), found

    def codes(self) -> Integers:
        """The ids as an array."""
        return np.frombuffer(self.code, dtype=np.int64) if len(self.code) else np.zeros(0, np.int64)


class CocoIndex:
    """What a file holds. A file of results is one list, of annotations (``is_list``)."""

    def __init__(self) -> None:
        self.images = Places()
        self.annotations = Places()
        self.categories: list[Any] = []
        self.about: dict[str, Any] = {}
        """The values beside the lists we know: ``info``, ``licenses``, whatever else is there."""
        self.is_list = False
        self.has_images = False
        self._texts: dict[str, int] = {}
        self._kept = 0

    def fill(
        self, file: BinaryIO, name: str, told: Callable[[int], None] | None = None
    ) -> Iterator[Problem]:
        """Read the file through; what is broken in it is told with ``name`` before its place."""
        try:
            for part in parts_of(file, told):
                if isinstance(part, Member):
                    self._member(part)
                else:
                    yield from self._list(part, name)
        except JsonCut as cut:
            yield cut.problem(name)

    def _member(self, part: Member) -> None:
        self._kept += len(part.raw)
        if self._kept <= _KEPT_BYTES:
            try:
                self.about[part.key] = msgspec.json.decode(part.raw)
            except (ValueError, RecursionError):
                self.about[part.key] = None

    def _list(self, part: Elements, name: str) -> Iterator[Problem]:
        if part.key == "images":
            self.has_images = True
            yield from self._known(part, name, self.images, _image_head)
        elif part.key in ("annotations", ""):
            self.is_list = self.is_list or not part.key
            yield from self._known(part, name, self.annotations, _annotation_head)
        else:
            for number, raw in enumerate(part.raw, start=part.first):
                try:
                    one = msgspec.json.decode(raw)
                except (ValueError, RecursionError) as error:
                    yield _broken(f"{name}: {part.key}[{number}]", error)
                    continue
                if part.key == "categories":
                    self.categories.append(one)
                    continue
                self._kept += len(raw)
                if self._kept <= _KEPT_BYTES:
                    self.about.setdefault(part.key, []).append(one)

    def _known(
        self, part: Elements, name: str, places: Places, head: msgspec.json.Decoder[Any]
    ) -> Iterator[Problem]:
        of_images = places is self.images
        key = part.key or "results"
        codes = _whole_numbers(part, of_images=of_images)
        if codes is not None:
            places.extend(part, codes)
            return
        for number, (at, raw) in enumerate(zip(part.at, part.raw, strict=True), start=part.first):
            try:
                told = head.decode(raw)
                ident = told.id if of_images else told.image_id
            except (ValueError, RecursionError) as error:
                yield _broken(f"{name}: {key}[{number}]", error)
                continue
            code = ident if ident.__class__ is int else self.code(ident, new=True)
            if code is None or not -_LARGEST_ID < code < _LARGEST_ID:
                reason = f"{ident!r} is no id of an image"
                yield Problem("region_invalid", f"{name}: {key}[{number}]", {"reason": reason})
                continue
            places.add(at, len(raw), code, number)

    def code(self, ident: Any, *, new: bool = False) -> int | None:
        """The number an id stands for here, which for a whole number is the number itself."""
        if isinstance(ident, float) and ident.is_integer():
            return int(ident)
        if isinstance(ident, int) and not isinstance(ident, bool):
            return ident
        if not isinstance(ident, str):
            return None
        if ident not in self._texts and new:
            self._texts[ident] = -(_LARGEST_ID >> 1) - len(self._texts)
        return self._texts.get(ident)

    def texts(self) -> dict[str, int]:
        """The ids that are texts, and the numbers they stand for."""
        return self._texts


def _whole_numbers(part: Elements, *, of_images: bool) -> list[int] | None:
    """The ids of a part's elements read in one go, where each is sound and names a whole number."""
    block = b"".join((b"[", b",".join(part.raw), b"]"))
    try:
        if of_images:
            found = [one.id for one in _image_numbers.decode(block)]
        else:
            found = [one.image_id for one in _annotation_numbers.decode(block)]
    except (ValueError, RecursionError):
        return None
    return found if len(found) == len(part.raw) else None


def by_image(images: Integers, annotations: Integers) -> tuple[Integers, Integers, Integers]:
    """Annotations by the image they name: an order of them, and where in it each image's begin.

    The third array has those that name no image. Of two images with one id the first has all.
    """
    order = np.argsort(images, kind="stable")
    ranked = images[order]
    if len(ranked):
        place = np.minimum(np.searchsorted(ranked, annotations), len(ranked) - 1)
        owner = np.where(ranked[place] == annotations, order[place], len(images))
    else:
        owner = np.zeros(len(annotations), dtype=np.int64)
    sequence = np.argsort(owner, kind="stable")
    begins = np.searchsorted(owner[sequence], np.arange(len(images) + 1))
    return sequence, begins, sequence[begins[-1] :]


def slices(file: BinaryIO, at: list[int], size: list[int]) -> Iterator[bytes]:
    """The bytes at these places, which ascend; what lies close together is read at once."""
    number, count = 0, len(at)
    handle = file.fileno()
    while number < count:
        start = at[number]
        end = start + size[number]
        last = number + 1
        while (
            last < count
            and 0 <= at[last] - end <= _NEAR
            and at[last] + size[last] - start < _TOGETHER
        ):
            end = at[last] + size[last]
            last += 1
        block = _read_at(handle, end - start, start)
        if last == number + 1:
            yield block
        else:
            for one in range(number, last):
                yield block[at[one] - start : at[one] - start + size[one]]
        number = last


def _seek_and_read(handle: int, count: int, start: int) -> bytes:
    os.lseek(handle, start, os.SEEK_SET)
    return os.read(handle, count)


# In one call where the system has one for it.
_read_at: Callable[[int, int, int], bytes] = getattr(os, "pread", _seek_and_read)


def _broken(where: str, error: Exception) -> Problem:
    reason = " ".join(str(error).split())
    return Problem("json_syntax", where, {"reason": reason[:1].lower() + reason[1:200]})
