"""Where in a COCO file everything is: a dozen bytes of memory for each image and each annotation.

An image's annotations may lie anywhere in the file, so it is read twice: once to find out where they
are, then image by image.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, BinaryIO, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from labeler.api import Problem
from labeler.panels.boxes.formats.json_parts import Elements, JsonCut, Member, parts_of

__all__ = ["ByImage", "CocoIndex", "Places", "by_image"]

_KEPT_BYTES = 1 << 20
"""So much of what a file says of itself is kept, licences and the like."""
_NEAR = 8192
"""Elements so few bytes apart are read together."""
_TOGETHER = 1 << 20
"""Bytes that are read together at most, but for an element that is larger."""
_HELD = 4 << 20
"""Bytes of annotations that are in memory together."""
_LARGEST_ID = 1 << 60

_STRETCH = 1 << 16
"""Annotations whose images are looked for together."""
_POSITION_BITS = 32

Integers = npt.NDArray[np.integer[Any]]

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
    """Where the elements of a list are in the file, and the id each one has or names.

    Twelve bytes for each in a file of less than four gigabytes whose ids fit 32 bits, else up to 24.
    """

    def __init__(self) -> None:
        self._at = array("I")
        self._size = array("I")
        self._code = array("i")
        self._run_begins = array("q")
        self._run_ahead = array("q")
        """From each of these positions on an element's number in its list is so far ahead of its
        position here: elements may have been left out, or another list has begun."""

    def extend(self, part: Elements, first: int, codes: list[int]) -> None:
        """Elements of a part from its ``first`` on; ``codes`` are their ids."""
        ahead = part.first + first - len(self)
        if not self._run_ahead or self._run_ahead[-1] != ahead:
            self._run_begins.append(len(self))
            self._run_ahead.append(ahead)
        chosen = slice(first, first + len(codes))
        self._at = _extended(self._at, part.at[chosen])
        self._size = _extended(self._size, [*map(len, part.raw[chosen])])
        self._code = _extended(self._code, codes)

    def __len__(self) -> int:
        return len(self._at)

    def fitting(self, sequence: Integers, begins: Integers, first: int, last: int) -> int:
        """Up to which group of the sequence, ``last`` at most, all from the ``first`` on may be read.

        One at least; else those that are no more than some megabytes together.
        """
        last = min(last, len(begins) - 1)
        mine = sequence[begins[first] : begins[last]]
        if not len(mine):
            return last
        so_far = np.cumsum(_numbers(self._size)[mine], dtype=np.int64)
        ends = begins[first + 1 : last + 1] - begins[first]
        bytes_to = np.where(ends > 0, so_far[np.maximum(ends - 1, 0)], 0)
        return first + max(1, int(np.searchsorted(bytes_to, _HELD, side="right")))

    def read(self, file: BinaryIO, chosen: Integers) -> tuple[list[int], list[bytes]]:
        """Number and bytes of the elements at these positions, read in the file's order."""
        at, size = _numbers(self._at)[chosen], _numbers(self._size)[chosen]
        order = np.argsort(at, kind="stable")
        found = [b""] * len(chosen)
        for place, raw in zip(
            order.tolist(), _slices(file, at[order].tolist(), size[order].tolist()), strict=True
        ):
            found[place] = raw
        return self.numbers(chosen), found

    def numbers(self, chosen: Integers) -> list[int]:
        """The numbers in their lists of the elements at these positions."""
        run = np.searchsorted(_numbers(self._run_begins), chosen, side="right") - 1
        found: list[int] = (_numbers(self._run_ahead)[run] + chosen).tolist()
        return found

    def codes(self) -> Integers:
        """The ids."""
        return _numbers(self._code)

    def rename(self, named: Mapping[int, int]) -> None:
        """Have other ids in place of these, all at once."""
        self._code = array("q", [named.get(code, code) for code in self._code])


def _extended(held: array[int], more: list[int]) -> array[int]:
    """The numbers with more behind them, in wider cells from where one does not fit."""
    try:
        held.extend(array(held.typecode, more))
    except OverflowError:
        held = array("q", held)
        held.extend(array("q", more))
    return held


def _numbers(held: array[int]) -> npt.NDArray[Any]:
    """The same memory as an array of numpy; while one is in use nothing can be added."""
    return np.frombuffer(held, dtype=held.typecode) if held else np.zeros(0, held.typecode)


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
            places.extend(part, 0, codes)
            return
        begin, codes = 0, []
        for at, raw in enumerate(part.raw):
            try:
                told = head.decode(raw)
                code = self._code(told.id if of_images else told.image_id)
            except (ValueError, RecursionError) as error:
                where = f"{name}: {key}[{part.first + at}]"
                if isinstance(error, _NoId):
                    yield Problem("region_invalid", where, {"reason": str(error)})
                else:
                    yield _broken(where, error)
                places.extend(part, begin, codes)
                begin, codes = at + 1, []
            else:
                codes.append(code)
        places.extend(part, begin, codes)

    def _code(self, ident: Any) -> int:
        """The number an id stands for here, which of a whole number is itself; raises _NoId."""
        if isinstance(ident, str):
            return self._text_code(ident)
        whole = isinstance(ident, int) or (isinstance(ident, float) and ident.is_integer())
        if not whole or isinstance(ident, bool) or not -_LARGEST_ID < ident < _LARGEST_ID:
            raise _NoId(f"{ident!r} is no id of an image")
        return int(ident)

    def _text_code(self, text: str) -> int:
        return self._texts.setdefault(text, -(_LARGEST_ID >> 1) - len(self._texts))

    def name_as(self, other: CocoIndex) -> None:
        """Have ids that are texts stand for the numbers they stand for in another file."""
        if self._texts:
            ours, self._texts = self._texts, {text: other._text_code(text) for text in self._texts}
            self.annotations.rename({code: self._texts[text] for text, code in ours.items()})


class _NoId(ValueError):
    """What stands where the id of an image is to stand."""


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


class ByImage(NamedTuple):
    """Annotations by the image they name.

    ``sequence`` are their positions, those of the first image first; where in it those of each image
    begin say ``begins``, with one more at the end, behind which are the ``lost`` that name no image.
    ``again`` are the positions of images whose id one before them has; that one has the annotations.
    """

    sequence: Integers
    begins: Integers
    lost: Integers
    again: frozenset[int]


def by_image(images: Integers, annotations: Integers) -> ByImage:
    """The annotations by the images, given the ids of these and those that they name."""
    order = np.argsort(images, kind="stable")
    ranked = images[order]
    again = frozenset(order[1:][ranked[1:] == ranked[:-1]].tolist())
    # The image and the annotation in one number: what sorts them in place, in half the memory.
    keys = np.empty(len(annotations), dtype=np.int64)
    for start in range(0, len(annotations), _STRETCH):
        some = annotations[start : start + _STRETCH]
        owner = np.full(len(some), len(images))
        if len(images):
            place = np.minimum(np.searchsorted(ranked, some), len(images) - 1)
            owner = np.where(ranked[place] == some, order[place], owner)
        positions = np.arange(start, start + len(some))
        keys[start : start + len(some)] = (owner << _POSITION_BITS) | positions
    keys.sort()
    begins = np.searchsorted(keys, np.arange(len(images) + 1) << _POSITION_BITS)
    sequence = keys.astype(np.uint32)  # the lower half of each
    return ByImage(sequence, begins, sequence[begins[-1] :], again)


def _slices(file: BinaryIO, at: list[int], size: list[int]) -> Iterator[bytes]:
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
