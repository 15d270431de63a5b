"""Whose work ships with the program: the rows and texts that ``packaging/notices.py`` wrote."""

from __future__ import annotations

import msgspec

from labeler.assets import asset

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
    raw = asset("licences/notices.json").read_bytes()
    return msgspec.json.decode(raw, type=tuple[Notice, ...])


def text_of(notice: Notice) -> str:
    """The full licence texts of a thing, one below the other; raises AssetMissing."""
    texts = [asset(path).read_text(encoding="utf-8").strip("\n") for path in notice.texts]
    return "\n\n\n".join(texts) + "\n"
