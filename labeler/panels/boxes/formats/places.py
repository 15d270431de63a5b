"""Where the images lie that an annotation file names: beside it, or in one of the usual folders."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["ImagePlaces", "Place", "safe_name"]

_TRIES = 16
"""So many images that are nowhere are looked for in every folder; then the others are not there."""


class Place(NamedTuple):
    """Where an image is: its path below the source, and the file."""

    key: str
    path: Path


def safe_name(name: str) -> str:
    """The name as a relative path with ``/`` that stays inside: without roots, drives and ``..``."""
    pieces = [one for one in name.replace("\\", "/").split("/") if one not in ("", ".")]
    if ".." in pieces or name.startswith(("/", "\\")) or (pieces and pieces[0].endswith(":")):
        return pieces[-1] if pieces else ""
    return "/".join(pieces)


class ImagePlaces:
    """Finds images. ``folder`` is what keys are relative to, ``path`` the annotation file in it.

    Looked in are the folder of the setting ``boxes.images_folder``, the folder itself, the file's
    own, ``images`` in either, the one the file's name ends with (``instances_val2017.json``) and
    ``JPEGImages``. The one that has the first image is looked in first from then on.
    """

    def __init__(self, folder: Path, path: Path, settings: Mapping[str, Any]) -> None:
        self._folder = str(folder)
        try:
            own = path.parent.relative_to(folder).as_posix()
        except ValueError:
            own = "."
        beside = "" if own == "." else f"{own}/"
        above = beside.rstrip("/").rpartition("/")[0]
        above = f"{above}/" if above else ""
        subset = path.stem.rpartition("_")[2]
        told = safe_name(str(settings.get("boxes.images_folder") or ""))
        if told:
            prefixes = [f"{told}/"]
        else:
            prefixes = ["", beside, "images/", f"{beside}images/", f"{above}images/"]
            prefixes += [f"{subset}/", f"{above}{subset}/", f"images/{subset}/"]
            prefixes += [f"{above}images/{subset}/", "JPEGImages/", f"{above}JPEGImages/"]
        self._prefixes = list(dict.fromkeys(prefixes))
        self._misses = 0

    def of(self, name: str) -> Place:
        """The place of the image; where it is nowhere, the one where it would be first."""
        first = self._prefixes[0] + name
        if self._misses >= _TRIES or self._is_file(first):
            return self._place(first)
        for prefix in self._prefixes[1:]:
            if self._is_file(prefix + name):
                self._prefixes.remove(prefix)
                self._prefixes.insert(0, prefix)
                self._misses = 0
                return self._place(prefix + name)
        self._misses += 1
        return self._place(first)

    def _place(self, key: str) -> Place:
        return Place(key, Path(f"{self._folder}{os.sep}{key}"))

    def _is_file(self, key: str) -> bool:
        # Not by pathlib, which takes three times as long for each of 100,000 images.
        return os.path.isfile(f"{self._folder}{os.sep}{key}")  # noqa: PTH113
