"""Where the shipped files are, and whose product this is.

Resources lie beside the package in a checkout, inside it in an installed wheel, and beside the
executable in a frozen bundle. The product's name, folders and accent are spelled here and nowhere
else: a vendor's ``brand.toml`` beside the application replaces them.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

__all__ = [
    "APART",
    "AssetMissing",
    "Brand",
    "asset",
    "brand",
    "program",
    "projects_dir",
    "read_brand",
    "resources_dir",
]

BRAND_FILE = "brand.toml"
APART = "apart"
"""The command of this program that works for another run of it, in a process of its own."""

# What a key of a brand must look like, as a pattern and in words; the rest is any text.
_SHAPES = {
    "name": (r"\S(.*\S)?", "a name"),
    "id": (r"[a-z][a-z0-9_-]*", "lower-case letters, digits, - and _"),
    "command": (r"[a-z][a-z0-9_-]*", "lower-case letters, digits, - and _"),
    "extension": (r"\.[a-z0-9]+", "a dot with lower-case letters and digits"),
    "accent": (r"(#[0-9A-Fa-f]{6})?", "#RRGGBB or empty"),
    "backups": (r"(on|off)?", "on, off or empty"),
}


class AssetMissing(FileNotFoundError):
    """A file that ships with the product is not where an installation keeps it."""


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose product this is: the words and folders a vendor may replace.

    ``accent`` is ``#RRGGBB`` or empty (then the theme's own accent stands). ``plugin_folder`` is an
    extra folder of plugins, absolute or relative to the brand file; empty for none. ``backups``
    (``on``, ``off``) and ``backup_folder`` (absolute, ``~`` is the person's own) lock what a person may
    otherwise choose; empty leaves it to them.
    """

    name: str = "Labeler"
    id: str = "labeler"
    command: str = "labeler"
    extension: str = ".labeler"
    accent: str = ""
    icon: str = "icons/labeler.svg"
    plugin_folder: str = ""
    backups: str = ""
    backup_folder: str = ""
    source: Path | None = field(default=None, compare=False)

    @property
    def vendor_plugins(self) -> Path | None:
        """The vendor's own plugin folder as an absolute path, or None."""
        if not self.plugin_folder:
            return None
        folder = Path(self.plugin_folder)
        root = self.source.parent if self.source is not None else Path.cwd()
        return folder if folder.is_absolute() else root / folder


def _package_dir() -> Path:
    return Path(__file__).resolve().parent


def _application_dir() -> Path:
    """The folder the application was started from: the executable's, or the checkout's."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return _package_dir().parent


def _shipped(folder: str) -> Path:
    candidates = [_package_dir() / f"_{folder}", _package_dir().parent / folder]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        candidates.insert(0, Path(bundle) / folder)
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise AssetMissing(f"the folder {folder!r} of this installation is missing")


@cache
def resources_dir() -> Path:
    """The folder of icons, themes, fonts, translations and help pages."""
    return _shipped("resources")


@cache
def projects_dir() -> Path:
    """The folder of templates and of the sample project's sources."""
    return _shipped("projects")


def asset(relative: str) -> Path:
    """Path of a shipped resource (``"icons/home.svg"``); raises AssetMissing if it is not there."""
    path = resources_dir() / relative
    if not path.exists():
        raise AssetMissing(f"the resource {relative!r} of this installation is missing")
    return path


def read_brand(path: Path) -> Brand:
    """The brand a vendor's file describes; what it leaves out stays ours.

    Raises ValueError with the file's name and the key where it is no TOML, names an unknown key or
    holds a value that cannot be meant.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
    known = {f.name for f in fields(Brand)} - {"source"}
    for key, value in table.items():
        if key not in known:
            raise ValueError(f"{path.name}: {key!r} is not a key of a brand")
        if not isinstance(value, str):
            raise ValueError(f"{path.name}: {key!r} must be a text")
        shape = _SHAPES.get(key)
        if shape is not None and not re.fullmatch(shape[0], value):
            raise ValueError(f"{path.name}: {key!r} must be {shape[1]}, not {value!r}")
    return Brand(**table, source=path)


@cache
def brand() -> Brand:
    """The product's brand: the vendor's file beside the application, else our own.

    Raises ValueError as ``read_brand`` does.
    """
    path = _application_dir() / BRAND_FILE
    return read_brand(path) if path.is_file() else Brand()


def program() -> list[str]:
    """The words that start this program again: its own executable, or Python with the package."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", __name__.partition(".")[0]]
