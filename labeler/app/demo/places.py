"""Where a tour keeps things below its folder, and how it makes room for itself there."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from labeler.assets import brand
from labeler.exchange.templates import sample
from labeler.model.problems import Problem, Refusal

__all__ = ["Places", "make_room", "places"]

_MARK = ".tour"
"""A file in what a tour made: nothing else is ever removed."""


class Places(msgspec.Struct, frozen=True):
    """``machine`` holds settings, logs and projects, ``exports`` what was exported; pictures and
    ``report.json`` lie in ``root``."""

    root: Path
    machine: Path
    exports: Path

    @property
    def project(self) -> Path:
        """The copy of the sample the tour works on."""
        return self.machine / "projects" / f"{sample().title}{brand().extension}"

    @property
    def copy(self) -> Path:
        """A copy of that, which is worked in as well and merged with it."""
        return self.machine / "elsewhere" / f"{sample().title} at home{brand().extension}"

    @property
    def native(self) -> Path:
        """What the command line says is stored in the end."""
        return self.root / "native.jsonl"

    @property
    def report(self) -> Path:
        """The report."""
        return self.root / "report.json"

    @property
    def kill(self) -> Path:
        """What was the same right after the kill."""
        return self.root / "kill.json"

    @property
    def log(self) -> Path:
        """What the acts said besides, Qt's own remarks included."""
        return self.root / "tour.log"

    def failed(self, act: str) -> Path:
        """Why an act failed, in one line; not there where it did not."""
        return self.machine / f"failed-{act.replace(':', '-')}.txt"

    def before(self, panel: str) -> Path:
        """What the act that is killed leaves behind."""
        return self.machine / f"before-{panel}.json"

    def after(self, panel: str) -> Path:
        """What the act that came back leaves behind."""
        return self.machine / f"after-{panel}.json"


def places(folder: Path) -> Places:
    """The places of a tour in this folder."""
    root = folder.absolute()
    return Places(root, root / "machine", root / "exports")


def make_room(where: Places) -> None:
    """Make the folders, without what an earlier tour left; raises Refusal and OSError.

    A folder of these names that no tour made is left alone and refused.
    """
    for folder in (where.machine, where.exports):
        if folder.exists() and not (folder / _MARK).is_file():
            reason = f"{folder} is there and no tour made it; name another folder"
            raise Refusal(Problem("argument", str(folder), {"reason": reason}))
    where.root.mkdir(parents=True, exist_ok=True)
    for folder in (where.machine, where.exports):
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir()
        (folder / _MARK).touch()
    where.copy.parent.mkdir()
    for path in (where.native, where.report, where.log, *where.root.glob("[0-9][0-9]-*-*.png")):
        path.unlink(missing_ok=True)
    for path in where.root.glob("failed-*.png"):
        path.unlink()
