"""COCO's masks: runs down the columns of the whole image, as numbers or packed into a text.

The packing is that of the COCO API (``rleToString`` in maskApi.c): each run, from the third on as
its difference to the run two before, in groups of five bits, least first, from the character 48 on;
the sixth bit says that more follow, and the fifth of the last carries the sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from labeler.api import Mask
from labeler.panels.boxes.bitmaps import Bitmap, bitmap, bits_of_runs, runs_of_bits

__all__ = ["LARGEST_PIXELS", "cut_to_set", "mask_of", "packed", "runs_down", "unpacked"]

LARGEST_PIXELS = 1 << 29
"""A mask of more pixels is no mask of an image."""


def packed(runs: Sequence[int]) -> str:
    """The runs as a text."""
    characters = bytearray()
    for number, run in enumerate(runs):
        left = run - runs[number - 2] if number > 2 else run
        more = True
        while more:
            group = left & 0x1F
            left >>= 5
            more = left != (-1 if group & 0x10 else 0)
            characters.append(48 + (group | 0x20 if more else group))
    return characters.decode("ascii")


def unpacked(text: str) -> list[int]:
    """The runs in a text; raises ValueError where it holds anything else."""
    runs: list[int] = []
    run = shift = 0
    for character in text:
        group = ord(character) - 48
        if not 0 <= group < 64:
            raise ValueError(f"the character {character!r} is none of a packed mask")
        run |= (group & 0x1F) << shift
        shift += 5
        if shift > 60:
            raise ValueError("a run of a packed mask is too long")
        if not group & 0x20:
            if group & 0x10:
                run -= 1 << shift
            runs.append(run + runs[-2] if len(runs) > 2 else run)
            run = shift = 0
    if shift:
        raise ValueError("the packed mask ends within a run")
    return runs


def mask_of(segmentation: Any) -> tuple[int, int, dict[str, Any]]:
    """The mask in a table of COCO (``size`` [height, width], ``counts``), cut to what is set.

    Returns the table's width and height and the fields of a Mask. Raises ValueError with what is
    wrong.
    """
    size, counts = segmentation.get("size"), segmentation.get("counts")
    if not (isinstance(size, list) and len(size) == 2 and all(_is_count(one) for one in size)):
        raise ValueError("the mask's size is no list of height and width")
    height, width = size
    if height * width > LARGEST_PIXELS:
        raise ValueError(f"the mask of {width} × {height} pixels is too large")
    runs = unpacked(counts) if isinstance(counts, str) else counts
    if not isinstance(runs, list) or not all(_is_count(one) for one in runs):
        raise ValueError("the mask's counts are no list of numbers from 0 on")
    if sum(runs) != height * width:
        raise ValueError(f"the runs add up to {sum(runs)}, not {width} × {height}")
    bits = bits_of_runs(runs).reshape(width, height).T
    return width, height, cut_to_set(bits, 0, 0)


def cut_to_set(bits: Bitmap, x: int, y: int) -> dict[str, Any]:
    """The fields of the smallest Mask that holds the bits that are set; their corner is at (x, y)."""
    rows, columns = np.flatnonzero(bits.any(axis=1)), np.flatnonzero(bits.any(axis=0))
    if not len(rows):
        return {"x": x, "y": y, "width": 0, "height": 0, "counts": []}
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    inner = bits[top:bottom, left:right]
    return {
        "x": x + int(left),
        "y": y + int(top),
        "width": int(right - left),
        "height": int(bottom - top),
        "counts": runs_of_bits(np.ascontiguousarray(inner).ravel()),
    }


def runs_down(mask: Mask, width: int, height: int) -> list[int]:
    """The mask in an image of this size as runs down its columns; what lies outside is left out."""
    whole = np.zeros((height, width), dtype=np.bool_)
    left, top = max(0, mask.x), max(0, mask.y)
    right, bottom = min(width, mask.x + mask.width), min(height, mask.y + mask.height)
    if left < right and top < bottom:
        own = bitmap(mask)
        whole[top:bottom, left:right] = own[
            top - mask.y : bottom - mask.y, left - mask.x : right - mask.x
        ]
    return runs_of_bits(np.ascontiguousarray(whole.T).ravel())


def _is_count(one: Any) -> bool:
    return isinstance(one, int) and not isinstance(one, bool) and one >= 0
