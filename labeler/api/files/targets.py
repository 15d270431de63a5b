"""Where an export writes: the target itself, or a file in it where the target is to be a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from labeler.model.problems import Refusal

__all__ = ["target_file"]


def target_file(target: Path, extensions: Sequence[str], name: str) -> Path:
    """The file to write: the target itself, or ``name`` in it where the target is to be a folder.

    A target that is there already is a Refusal; the folder is made.
    """
    if target.suffix.casefold() in extensions:
        path = target
    else:
        target.mkdir(parents=True, exist_ok=True)
        path = target / name
    if path.exists():
        raise Refusal.of("file_exists", str(path))
    return path
