"""Finding plugins by their manifests: ours, installed ones, those in folders. No code is run."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from labeler.api import API_VERSION
from labeler.api.manifest import MANIFEST_FILE, Manifest, offers, read_manifest
from labeler.model.problems import Problem, Refusal
from labeler.plugins.entry_points import EntryPoint, entry_points, package_folders

__all__ = ["OWN_PANELS", "Discovery", "Found", "discover"]

Origin = Literal["own", "installed", "folder"]

OWN_PANELS = Path(__file__).resolve().parent.parent / "panels"
"""Where our own panels lie, in a checkout, a wheel and a frozen bundle alike."""

_OWN_PACKAGE = f"{__name__.partition('.')[0]}.panels"
_VALUE = re.compile(r"(?P<package>[^\W\d]\w*(?:\.[^\W\d]\w*)*):(?P<file>[\w./-]+)")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin whose manifest was read and whose versions suit; none of its code has run.

    ``place`` is the folder of the manifest. ``package`` is what its relative import strings are
    relative to, empty for a plugin in a folder; ``dist`` and ``dist_version`` name the distribution
    that brought an installed one.
    """

    manifest: Manifest
    origin: Origin
    place: Path
    package: str = ""
    dist: str = ""
    dist_version: str = ""

    @property
    def id(self) -> str:
        """The plugin's id."""
        return self.manifest.id


class Discovery(msgspec.Struct, frozen=True):
    """The plugins that can be used, in the order of their sources, and why others cannot."""

    found: tuple[Found, ...] = ()
    failed: tuple[Problem, ...] = ()


class _Candidate(NamedTuple):
    manifest: Path
    origin: Origin
    package: str = ""
    dist: str = ""
    dist_version: str = ""


def discover(
    folders: Sequence[Path],
    *,
    safe_mode: bool = False,
    own: Path = OWN_PANELS,
    search_path: Sequence[str] | None = None,
) -> Discovery:
    """Every plugin: ours, then installed ones, then those in ``folders``, in their order.

    Where two have one id the first wins and the other is reported, as is everything that cannot be
    used; nothing stops the search. ``safe_mode`` looks at ours only. Left out, ``search_path`` is
    ``sys.path``.
    """
    failed: list[Problem] = []
    candidates = list(_own(own))
    if not safe_mode:
        path = sys.path if search_path is None else search_path
        candidates += _installed(path, {one.manifest for one in candidates}, failed)
        for folder in folders:
            candidates += _in_folder(folder, failed)
    found: dict[str, Found] = {}
    for candidate in candidates:
        try:
            manifest = read_manifest(candidate.manifest)
            _refuse_other_versions(manifest, candidate.manifest)
        except Refusal as refusal:
            failed.append(refusal.problem)
            continue
        first = found.get(manifest.id)
        if first is not None:
            params = {"id": manifest.id, "first": str(first.place)}
            failed.append(Problem("plugin_double", str(candidate.manifest), params))
            continue
        found[manifest.id] = Found(
            manifest=manifest,
            origin=candidate.origin,
            place=candidate.manifest.parent,
            package=candidate.package,
            dist=candidate.dist,
            dist_version=candidate.dist_version,
        )
    return Discovery(tuple(found.values()), tuple(failed))


def _refuse_other_versions(manifest: Manifest, where: Path) -> None:
    if not offers(API_VERSION, manifest.api):
        wanted = ", ".join(manifest.api)
        raise Refusal.of("plugin_api", str(where), wanted=wanted, offered=API_VERSION)


def _own(panels: Path) -> Iterator[_Candidate]:
    for manifest in sorted(panels.glob(f"*/{MANIFEST_FILE}")):
        package = f"{_OWN_PACKAGE}.{manifest.parent.name}"
        yield _Candidate(manifest.resolve(), "own", package)


def _installed(
    search_path: Sequence[str], known: set[Path], failed: list[Problem]
) -> Iterator[_Candidate]:
    for point in entry_points(search_path):
        manifest, package = _manifest_of(point)
        if manifest is None:
            where = f"{point.dist} {point.dist_version}".strip()
            reason = f"the entry point {point.name!r} leads to no manifest: {point.value!r}"
            failed.append(Problem("plugin_invalid", where, {"reason": reason}))
        elif manifest not in known:
            yield _Candidate(manifest, "installed", package, point.dist, point.dist_version)


def _manifest_of(point: EntryPoint) -> tuple[Path | None, str]:
    match = _VALUE.fullmatch(point.value)
    if match is None or ".." in match["file"].split("/"):
        return None, ""
    for folder in package_folders(match["package"]):
        manifest = folder / match["file"]
        if manifest.is_file():
            return manifest.resolve(), match["package"]
    return None, ""


def _in_folder(folder: Path, failed: list[Problem]) -> Iterator[_Candidate]:
    try:
        places = sorted(place for place in folder.iterdir() if not place.name.startswith("."))
    except FileNotFoundError:
        return  # nobody has put a plugin there yet
    except OSError as error:
        reason = error.strerror or type(error).__name__
        failed.append(Problem("file_unreadable", str(folder), {"reason": reason}))
        return
    for place in places:
        manifest = place / MANIFEST_FILE
        try:
            there = manifest.exists()
        except OSError:
            there = True  # nobody may look: reading it says so
        if there:
            yield _Candidate(manifest, "folder")
