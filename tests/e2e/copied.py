"""Copies of a project that other people worked in, for tests of merging and handing out."""

from __future__ import annotations

import shutil
from pathlib import Path

from labeler.store import Project

__all__ = ["copy_of", "value", "work_in"]


def value(word: str) -> bytes:
    """A value with the required answer of the tests' queue."""
    return b'{"answers":{"feel":"' + word.encode() + b'"}}'


def copy_of(path: Path, name: str) -> Path:
    """A copy beside the project, made while nobody has it open."""
    other = path.parent / name
    shutil.copyfile(path, other)
    return other


def work_in(path: Path, by: str, *keys: str, word: str = "good", name: str = "") -> Path:
    """What somebody submits in a copy."""
    project = Project.open(path)
    project.sign_in(by, name)
    for key in keys:
        project.annotate(project.query.find(key), author=by, value=value(word))
    project.close()
    return path
