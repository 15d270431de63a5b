"""Whose work ships with the program: the rows and texts that ``packaging/notices.py`` wrote."""

from __future__ import annotations

import msgspec

from labeler.assets import AssetMissing, asset

__all__ = ["Notice", "read_notices", "text_of"]


class Notice(msgspec.Struct, frozen=True):
    """One thing that ships.

    ``name`` is empty for the program itself, ``version`` where it is not known before the build.
    ``licence`` is an SPDX expression, ``texts`` are paths below the resources, ``distribution``
    names the Python distribution, empty for what is none.
    """

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]
    home: str
    why: str
    distribution: str = ""


def read_notices() -> tuple[Notice, ...]:
    """Every notice, by name; raises AssetMissing where the installation lacks them."""
    found = _rows("licences/notices.json")
    try:
        # A bundle carries libraries of the system it was built on; an installation does not.
        return (*found, *_rows("licences/system.json"))
    except AssetMissing:
        return found


def _rows(name: str) -> tuple[Notice, ...]:
    return msgspec.json.decode(asset(name).read_bytes(), type=tuple[Notice, ...])


def text_of(notice: Notice) -> str:
    """The full licence texts of a thing, one below the other; raises AssetMissing."""
    texts = [asset(path).read_text(encoding="utf-8").strip("\n") for path in notice.texts]
    return "\n\n\n".join(texts) + "\n"
