"""Where an export goes: made beside its place under another name and moved there whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from labeler.model.problems import Problem, Refusal
from labeler.store.placing import put_in_place

__all__ = ["Place", "disk_refusal", "placed"]

_SYNCED = 16
"""So many files of an export are forced to the disk before it is moved; of more, none."""
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def disk_refusal(error: OSError, where: str) -> Refusal:
    """The refusal that says what the disk's error means to a person."""
    reason = error.strerror or type(error).__name__
    if error.errno in _FULL:
        return Refusal.of("disk_full", where)
    if isinstance(error, PermissionError):
        return Refusal.of("folder_forbidden", where)
    return Refusal(Problem("disk_error", where, {"reason": reason}))


class Place:
    """The place an export is written to; ``path`` is its name for the time being."""

    def __init__(self, target: Path, path: Path) -> None:
        self.target = target
        self.path = path
        self._files: list[Path] = []

    def wrote(self, files: Iterable[Path]) -> None:
        """Take note of the files that were written, under their present names."""
        self._files = list(files)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files under the names they have once they are in place."""
        return tuple(self._final(path) for path in self._files)

    def _final(self, path: Path) -> Path:
        if path == self.path:
            return self.target
        try:
            return self.target / path.relative_to(self.path)
        except ValueError:
            return path

    def settle(self) -> None:
        """Move what was written into its place; raises OSError."""
        if len(self._files) <= _SYNCED:
            for path in self._files:
                with path.open("rb+") as file:
                    os.fsync(file.fileno())
        if self.path.is_dir():
            if self.target.is_dir():
                self.target.rmdir()
            self.path.rename(self.target)
            return
        put_in_place(self.path, self.target)


@contextlib.contextmanager
def placed(target: Path) -> Iterator[Place]:
    """A place to write a file or folder to; it gets its name when the block ends without an error.

    Raises Refusal where something is there already (an empty folder may be), where its folder is
    not, or the disk refuses; then nothing of the export is left.
    """
    where = str(target)
    try:
        if target.is_symlink() or (target.exists() and not _is_empty_folder(target)):
            raise Refusal.of("file_exists", where)
        if not target.parent.is_dir():
            raise Refusal.of("folder_missing", where)
        making = Path(tempfile.mkdtemp(prefix=".making-", dir=target.parent))
    except OSError as error:
        raise disk_refusal(error, where) from None
    try:
        place = Place(target, making / target.name)
        yield place
        place.settle()
    except FileExistsError:
        raise Refusal.of("file_exists", where) from None
    except OSError as error:
        raise disk_refusal(error, where) from None
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and next(path.iterdir(), None) is None
