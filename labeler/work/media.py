"""The bytes of a medium, wherever they are: below a folder on this machine, or in the project."""

from __future__ import annotations

import errno
import io
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from labeler.model.content import MediaRef
from labeler.model.problems import Refusal
from labeler.work.asks import Asks
from labeler.work.lane import LaneClosed
from labeler.work.media_files import MediaFolder, leads_out
from labeler.work.media_roots import MediaRoots

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["MediaOpener"]


class MediaOpener:
    """Opens the media of one project, from any thread.

    ``project`` is its uid (hex), ``path`` its file. What lies in the project comes through ``ask``, a
    mebibyte at a time.
    """

    def __init__(self, ask: Asks, project: str, path: Path, roots: MediaRoots) -> None:
        self._ask = ask
        self._project = project
        self._path = path.absolute()
        self._roots = roots

    def open(self, ref: MediaRef) -> BinaryIO:
        """The medium's bytes, seekable, to be closed by the caller.

        A medium taken into the project is read from there; where a copy of the project brought bytes
        along that this machine has no folder for, these. Raises Refusal: ``file_missing``,
        ``file_permission``, ``file_unreadable``, ``medium_outside``, ``medium_special``,
        ``medium_double``, ``medium_absent``.
        """
        where = _where(ref)
        if leads_out(ref.path):
            raise Refusal.of("medium_outside", where)
        missing = Refusal.of("medium_absent", where, path=where)
        if not ref.embedded:
            try:
                return self._below(ref, where)
            except Refusal as refusal:
                missing = refusal
        try:
            return self._stored(ref, missing)
        except LaneClosed:
            reason = "the project was closed"
            raise Refusal.of("file_unreadable", where, reason=reason) from None

    def _below(self, ref: MediaRef, where: str) -> BinaryIO:
        """A medium by reference; the first folder that has anything there counts."""
        refusal = Refusal.of("file_missing", where)
        for folder in self.folders(ref.root):
            try:
                return MediaFolder(folder, self._path).stream(ref.path)
            except Refusal as refused:
                if refused.problem.code != "file_missing":
                    raise
                if self._roots.folder(self._project, ref.root) == folder:
                    refusal = refused  # there it was to be
        raise refusal

    def _stored(self, ref: MediaRef, missing: Refusal) -> BinaryIO:
        """A medium in the project; raises ``missing`` where it is not."""
        known = self._ask(lambda project: project.media.find(ref.root, ref.path))
        if known is None or not known.hash:
            raise missing
        if known.double:
            raise Refusal.of("medium_double", _where(ref))
        lengths = self._ask(lambda project: project.media.parts(known.hash))
        if not lengths:
            raise missing
        return io.BufferedReader(_Stored(self._ask, known.hash, lengths))

    def folders(self, root: str) -> Iterator[Path]:
        """The folders a root may be here: the one that was told, else those beside the project.

        Whoever must not touch a folder before it was looked at (one on a network) looks here.
        """
        told = self._roots.folder(self._project, root)
        if told is not None and told.is_dir():
            yield told
            return
        if root and "/" not in root and not leads_out(root):
            yield self._path.parent / root
        yield self._path.parent


def _where(ref: MediaRef) -> str:
    return f"{ref.root}/{ref.path}" if ref.root else ref.path


class _Stored(io.RawIOBase):
    """The bytes of a medium in the project; holds one part of them."""

    def __init__(self, ask: Asks, name: bytes, lengths: list[int]) -> None:
        super().__init__()
        self._ask = ask
        self._name = name
        self._starts = [0, *accumulate(lengths)]
        self._at = 0
        self._number = -1
        self._part = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The place in bytes."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, as files do."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._starts[-1]}[whence]
        if start + offset < 0:
            raise OSError(errno.EINVAL, "a place before the start")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        """Read what follows, at most to the end of a part; raises OSError where it is gone."""
        view = memoryview(buffer).cast("B")
        if self._at >= self._starts[-1] or not view:
            return 0
        number = bisect_right(self._starts, self._at) - 1
        if number != self._number:
            self._part, self._number = self._read(number), number
        start = self._at - self._starts[number]
        data = self._part[start : start + len(view)]
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def _read(self, number: int) -> bytes:
        name = self._name
        try:
            data = self._ask(lambda project: project.media.part(name, number))
        except (Refusal, LaneClosed) as error:
            raise OSError(errno.EIO, str(error)) from error
        if len(data) != self._starts[number + 1] - self._starts[number]:
            raise OSError(errno.EIO, "the medium was changed meanwhile")
        return data
