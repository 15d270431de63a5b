"""Images decoded in a process of their own: its memory is capped, and it ends when time is up.

Some decoders do all of an image in one call into C (WebP, AVIF, compressed TIFF and others): nothing
in this process could stop them, and a fault of theirs would be its end. What is read in blocks (JPEG,
PNG, GIF, BMP) stays here, within the same budget.
"""

from __future__ import annotations

import contextlib
import io
import os
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec
import numpy as np
import numpy.typing as npt

from labeler.assets import APART, program
from labeler.media.bounds import cap_memory
from labeler.media.image import (
    BUDGET_BYTES,
    DECODE_SECONDS,
    Picture,
    image_head,
    read_image,
)
from labeler.model.problems import Problem, Refusal

__all__ = ["Apart", "serve"]

IN_BLOCKS = frozenset({"jpeg", "png", "gif", "bmp"})
"""Formats whose decoders ask for their bytes bit by bit, so that they can be stopped."""

_HOUSE_BYTES = 768 << 20
"""What the process takes without an image: Python, numpy, the decoders' libraries, as addresses."""
_LARGEST_FILE = 1 << 30
_LOOK_S = 0.05
_GRACE_S = 2.0
_IDLE = 2
_LENGTH = struct.Struct(">Q")


class _Wanted(msgspec.Struct):
    longest: int | None
    budget: int
    seconds: float
    where: str
    size: int


class _Made(msgspec.Struct):
    problem: Problem | None = None
    shape: tuple[int, ...] = ()
    width: int = 0
    height: int = 0
    scale: float = 1.0
    format: str = ""
    notes: tuple[Problem, ...] = ()


# --------------------------------------------------------------------------------- in that process


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Decode one image after another until the input ends."""
    capped = False
    while True:
        head = requests.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return
        wanted = msgspec.msgpack.decode(requests.read(_LENGTH.unpack(head)[0]), type=_Wanted)
        if not capped:
            # Of the first image's size: a process serves one loader, whose budget never changes.
            cap_memory(_HOUSE_BYTES + wanted.budget + min(wanted.size, wanted.budget))
            capped = True
        made, pixels = _decoded(requests.read(wanted.size), wanted)
        raw = msgspec.msgpack.encode(made)
        answers.write(_LENGTH.pack(len(raw)) + raw)
        answers.write(pixels)
        answers.flush()


def _decoded(raw: bytes, wanted: _Wanted) -> tuple[_Made, memoryview]:
    try:
        picture = read_image(
            io.BytesIO(raw),
            longest=wanted.longest,
            budget_bytes=wanted.budget,
            seconds=wanted.seconds,
            where=wanted.where,
        )
        pixels = np.ascontiguousarray(picture.pixels)
    except Refusal as refusal:
        return _Made(problem=refusal.problem), memoryview(b"")
    except MemoryError:
        params = {"reason": "there is not enough memory for it"}
        return _Made(Problem("image_damaged", wanted.where, params)), memoryview(b"")
    _, width, height, scale, name, notes = picture
    made = _Made(None, pixels.shape, width, height, scale, name, notes)
    return made, pixels.data.cast("B")


# --------------------------------------------------------------------------------- in this process


class Apart:
    """Decodes images, those that cannot be stopped in processes of their own, which are kept.

    Any thread may call it; each call has a process to itself.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._idle: list[subprocess.Popen[bytes]] = []
        self._busy: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def read(
        self,
        stream: BinaryIO,
        *,
        kind: str = "",
        longest: int | None = None,
        budget_bytes: int = BUDGET_BYTES,
        seconds: float = DECODE_SECONDS,
        cancelled: Callable[[], bool] | None = None,
        where: str = "",
    ) -> Picture:
        """As ``read_image``; raises Refusal, also ``image_broke`` where the process ended of it.

        ``kind`` is the format the head tells, where it was read before.
        """
        if not kind:
            kind = image_head(stream, where).format
            stream.seek(0)
        if kind in IN_BLOCKS:
            return read_image(
                stream,
                longest=longest,
                budget_bytes=budget_bytes,
                seconds=seconds,
                cancelled=cancelled,
                where=where,
            )
        raw = stream.read(_LARGEST_FILE + 1)
        if len(raw) > _LARGEST_FILE:
            raise Refusal.of("row_too_long", where, limit=_LARGEST_FILE >> 20)
        wanted = _Wanted(longest, budget_bytes, seconds, where, len(raw))
        with self._process() as process, _Watch(process, seconds + _GRACE_S, cancelled) as watch:
            made, pixels = _asked(process, wanted, raw)
            if made is None:
                raise watch.refusal(where, seconds)
        if made.problem is not None:
            raise Refusal(made.problem)
        return Picture(pixels, made.width, made.height, made.scale, made.format, made.notes)

    def close(self) -> None:
        """End the processes; what they had begun is refused where it was asked."""
        with self._guard:
            self._closed = True
            ended, self._idle = [*self._idle, *self._busy], []
        for process in ended:
            _end(process)

    @contextlib.contextmanager
    def _process(self) -> Iterator[subprocess.Popen[bytes]]:
        with self._guard:
            process = self._idle.pop() if self._idle else _started()
            self._busy.add(process)
        answered = False
        try:
            yield process
            answered = True
        finally:
            with self._guard:
                self._busy.discard(process)
                keep = answered and len(self._idle) < _IDLE and not self._closed
                if keep:
                    self._idle.append(process)
            if not keep:
                _end(process)


def _started() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [*program(), APART, "decode"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # what was still to be written has no reader
                pipe.close()
    process.wait()


def _asked(
    process: subprocess.Popen[bytes], wanted: _Wanted, raw: bytes
) -> tuple[_Made | None, npt.NDArray[np.uint8]]:
    """What the process answers; None where it ended before."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        head = msgspec.msgpack.encode(wanted)
        process.stdin.write(_LENGTH.pack(len(head)) + head)
        process.stdin.write(raw)
        process.stdin.flush()
        told = process.stdout.read(_LENGTH.size)
        if len(told) < _LENGTH.size:
            return None, _NOTHING
        made = msgspec.msgpack.decode(process.stdout.read(_LENGTH.unpack(told)[0]), type=_Made)
        if not made.shape:
            return made, _NOTHING
        # Not a bytearray: filling it with zeros first would hold the interpreter.
        pixels = np.empty(made.shape, dtype=np.uint8)
        if process.stdout.readinto(pixels.data.cast("B")) != pixels.nbytes:  # type: ignore[attr-defined]
            return None, _NOTHING
    except (OSError, ValueError, msgspec.DecodeError):
        # It was ended in the middle: by the watch, or by what it was given to decode.
        return None, _NOTHING
    return made, pixels


_NOTHING = np.zeros(0, dtype=np.uint8)


class _Watch:
    """Ends a process when time is up or nobody wants its work any more, and knows which it was."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        seconds: float,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._process = process
        self._end = time.monotonic() + seconds
        self._cancelled = cancelled
        self._done = threading.Event()
        self._why = "image_broke"
        self._thread = threading.Thread(target=self._run, name="decoding", daemon=True)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(_LOOK_S):
            if self._cancelled is not None and self._cancelled():
                self._why = "image_stopped"
            elif time.monotonic() > self._end:
                self._why = "image_slow"
            else:
                continue
            self._process.kill()
            return

    def refusal(self, where: str, seconds: float) -> Refusal:
        """Why the process did not answer."""
        params = {"seconds": seconds} if self._why == "image_slow" else {}
        return Refusal(Problem(self._why, where, params))
