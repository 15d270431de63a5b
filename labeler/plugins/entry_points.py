"""Which packages of this installation say that they bring a panel, read from their metadata.

``importlib.metadata`` reads the same files, but loading it alone takes 25 ms, more than a command
may spend on finding its plugins. The files are those of the PyPA's entry points specification,
``NAME-VERSION.dist-info/entry_points.txt`` beside the package; pip, editable installs and
PyInstaller's ``copy_metadata`` all write them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from labeler.api.manifest import ENTRY_POINT_GROUP

__all__ = ["EntryPoint", "entry_points", "package_folders"]


class EntryPoint(NamedTuple):
    """One line ``name = package.module:file`` of the group, and the distribution it is from."""

    name: str
    value: str
    dist: str
    dist_version: str


def entry_points(search_path: Sequence[str]) -> Iterator[EntryPoint]:
    """The entry points of our group along an import path, in its order and by name within a folder.

    A distribution that lies on the path twice counts where it is found first.
    """
    seen: set[str] = set()
    for folder in search_path:
        for metadata in _metadata_folders(folder or os.curdir):
            dist, _, version = Path(metadata).stem.partition("-")
            normal = re.sub(r"[-_.]+", "-", dist).lower()
            if normal in seen:
                continue
            seen.add(normal)
            for name, value in sorted(_group_of(metadata)):
                yield EntryPoint(name, value, normal, version.partition("-")[0])


def _metadata_folders(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(
                entry.path for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))
            )
    except OSError:
        return []  # absent folders and archives may be on an import path


def _group_of(metadata: str) -> Iterator[tuple[str, str]]:
    try:
        raw = Path(metadata, "entry_points.txt").read_bytes()
    except OSError:
        return
    if ENTRY_POINT_GROUP.encode() not in raw:
        return
    group = ""
    for line in raw.decode("utf-8", "replace").splitlines():
        text = line.strip()
        if text.startswith("[") and text.endswith("]"):
            group = text[1:-1].strip()
        elif group == ENTRY_POINT_GROUP and "=" in text and not text.startswith(("#", ";")):
            name, _, value = text.partition("=")
            yield name.strip(), value.strip()


def package_folders(package: str) -> list[Path]:
    """The folders of a package, found without running any code of it.

    Only the top-level name is looked up (looking up a submodule would import its parents); the rest
    of the name is walked on the disk.
    """
    top, *rest = package.split(".")
    loaded = sys.modules.get(top)
    if loaded is not None and getattr(loaded, "__spec__", None) is None:
        return []
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return []
    if spec is None or spec.submodule_search_locations is None:
        return []
    return [Path(folder).joinpath(*rest) for folder in spec.submodule_search_locations]
