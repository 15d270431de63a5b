"""Reading a large source in a second process: one core reads and encodes while the other writes.

The second process gets a Reading and sends elements in stretches; it knows no project and no window. It
only ever saves time: where it cannot be started, does not know the reader, is killed or runs out of
memory, this process reads on by itself from where the other one stood, so that what a reader does wrong
is met here, by whoever stands guard over it.
"""

from __future__ import annotations

import contextlib
import mimetypes
import os
import pickle
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from labeler.assets import APART, program
from labeler.exchange.intake import PlainRows, Row
from labeler.exchange.needs import Cancelled, Progress, Stopped, without_pauses
from labeler.exchange.reading import Element, Reading, rows_of
from labeler.model.problems import Refusal
from labeler.store.ready import TaskUids, ready_tasks

__all__ = ["elements_of", "is_large", "serve"]

_BYTES = 8 << 20
"""A file of so many bytes takes a second; starting a process takes a third of one."""
_FILES = 10_000
"""So many files take as long, whatever their size: of media only the head is read."""
_ROWS = 1000
_STRETCH_BYTES = 1 << 19
"""A stretch is sent when it has so many rows or bytes, or its first row has waited so many seconds."""
_WAITED = 0.1
_AHEAD = 8 << 20
"""Bytes that may wait here to be written: a batch of texts. Then the other process waits."""
_ASKED_AGAIN = 0.1
"""Seconds between two looks at whether the import is to stop, while nothing comes."""
_LENGTH = 8

Message = list[Element] | tuple[int, int] | None
"""Elements in order; or how much is read, and of how much; or that this was all."""


def elements_of(
    reading: Reading, told: Progress | None = None, cancelled: Cancelled | None = None
) -> Generator[Element, None, None]:
    """What ``rows_of`` yields, read in a second process where the source is large.

    Raises Stopped where it is cancelled while nothing comes. No process outlives the generator.
    """
    had = 0
    if is_large(reading.source):
        try:
            for one in _from_apart(reading, told, cancelled):
                yield one
                had += len(one.wheres) if isinstance(one, PlainRows) else 1
            return
        except _Lost:
            pass
    for number, one in enumerate(rows_of(reading, told)):
        if number >= had:
            yield one
        elif not number & 255 and cancelled is not None and cancelled():
            raise Stopped


def is_large(source: Path) -> bool:
    """Whether reading a source takes so long that a second process is worth its start."""
    try:
        if not source.is_dir():
            return source.stat().st_size >= _BYTES
    except OSError:
        return False
    files = size = 0
    for place, _, names in os.walk(source):
        for name in names:
            files += 1
            if not (mimetypes.guess_type(name)[0] or "").startswith(_MEDIA):
                with contextlib.suppress(OSError):
                    size += os.stat(f"{place}{os.sep}{name}").st_size  # noqa: PTH116 - for each file
            if files >= _FILES or size >= _BYTES:
                return True
    return False


_MEDIA = ("image/", "audio/", "video/")


# this side


class _Lost(Exception):
    """The other process has not read to the end."""


def _from_apart(
    reading: Reading, told: Progress | None, cancelled: Cancelled | None
) -> Generator[Element, None, None]:
    """The elements as the other process sends them; raises _Lost, Stopped."""
    try:
        asked = pickle.dumps(sys.path) + pickle.dumps((reading, told is not None))
    except Exception as error:  # a reader that is made of what cannot travel may raise anything
        raise _Lost from error
    with _Apart(asked) as apart:
        while True:
            raw = apart.next(_ASKED_AGAIN)
            if raw is None:
                if cancelled is not None and cancelled():
                    raise Stopped
                continue
            message: Message = pickle.loads(raw)
            if message is None:
                return
            if isinstance(message, list):
                yield from message
            elif told is not None:
                told(*message)


class _Apart:
    """The second process, and what it has sent; it ends with the block at the latest."""

    def __init__(self, asked: bytes) -> None:
        self._asked = asked
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._ended = False
        self._changed = threading.Condition()

    def __enter__(self) -> _Apart:
        try:
            self._process = subprocess.Popen(
                [*program(), APART, "read"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
                creationflags=_NO_WINDOW,
                # Ctrl+C is for the process that has the project; it ends this one.
                process_group=_OWN_GROUP,
            )
        except (OSError, TypeError) as error:  # or nobody knows what this process was started from
            raise _Lost from error
        assert self._process.stdin is not None
        self._thread = threading.Thread(target=self._receive, name="reading", daemon=True)
        self._thread.start()
        with contextlib.suppress(OSError):  # it has ended by itself, which is met below
            self._process.stdin.write(self._asked)
            self._process.stdin.flush()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._process.kill()
        self._thread.join()
        with contextlib.suppress(BrokenPipeError), self._process:
            pass

    def next(self, seconds: float) -> bytes | None:
        """The next message, or None where none came for so long; raises _Lost at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._ended, seconds)
            if self._waiting:
                raw = self._waiting.popleft()
                self._bytes -= len(raw)
                self._changed.notify_all()
                return raw
            if self._ended:
                raise _Lost
            return None

    def _receive(self) -> None:
        """In a thread of its own: a pipe holds less than a stretch, and writing must not wait."""
        stream = self._process.stdout
        assert stream is not None
        with contextlib.suppress(OSError):
            while len(head := stream.read(_LENGTH)) == _LENGTH:
                length = int.from_bytes(head, "little")
                raw = stream.read(length)
                if len(raw) < length:
                    break
                with self._changed:
                    self._waiting.append(raw)
                    self._bytes += length
                    self._changed.notify_all()
                    self._changed.wait_for(lambda: self._bytes < _AHEAD or self._ended)
        with self._changed:
            self._ended = True
            self._changed.notify_all()


_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_OWN_GROUP = None if os.name == "nt" else 0


# the other side


def serve() -> None:
    """Read what standard input asks for, write it to standard output, and end this process.

    First comes where modules are found, for what reads is among them.
    """
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 1)  # what a reader prints is no message
    sys.path[:] = pickle.load(sys.stdin.buffer)
    reading, tells = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_end_with_the_other, daemon=True).start()
    sender = _Sender(out, reading.queue)
    with without_pauses():
        for one in rows_of(reading, sender.told if tells else None):
            sender.add(one)
    sender.end()
    os._exit(0)  # there is nothing to tidy up


def _end_with_the_other() -> None:
    os.read(0, 1)  # until the other process closes its end, or is gone
    os._exit(1)


class _Sender:
    """Sends elements in stretches."""

    def __init__(self, out: BinaryIO, queue: tuple[bytes, str, int] | None) -> None:
        self._out = out
        self._made_ready = _Ready(*queue) if queue is not None else None
        self._held: list[Element] = []
        self._bytes = 0
        self._began = self._told = 0.0

    def add(self, one: Element) -> None:
        """Send an element, now or with those that follow."""
        held = self._held
        if not held:
            self._began = time.monotonic()
        held.append(one)
        if isinstance(one, Row):
            self._bytes += len(one.task.content)
            for entry in one.entries:
                self._bytes += len(entry.value)
        elif not isinstance(one, Element):
            raise TypeError(f"a reader does not yield {type(one).__name__}")
        if (
            len(held) >= _ROWS
            or self._bytes >= _STRETCH_BYTES
            or time.monotonic() - self._began > _WAITED
        ):
            self._flush()

    def told(self, done: int, total: int) -> None:
        """Tell how far reading has come, ten times a second at most."""
        now = time.monotonic()
        if now - self._told > _WAITED:
            self._told = now
            self._send((done, total))

    def end(self) -> None:
        """Send what is held, and that this was all."""
        self._flush()
        self._send(None)

    def _flush(self) -> None:
        if self._held:
            held = self._held
            self._send(held if self._made_ready is None else list(self._made_ready.of(held)))
            self._held, self._bytes = [], 0

    def _send(self, message: Message) -> None:
        raw = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        rest = memoryview(len(raw).to_bytes(_LENGTH, "little") + raw)
        while rest:
            rest = rest[self._out.write(rest) :]


class _Ready:
    """Makes plain rows ready for one queue, which has ``order`` tasks before them."""

    def __init__(self, project: bytes, queue: str, order: int) -> None:
        self._queue = queue
        self._uids = TaskUids(project, queue)
        self._order = order

    def of(self, elements: Iterable[Element]) -> Iterator[Element]:
        """The same elements, plain rows that follow each other made ready together."""
        plain: list[Row] = []
        for one in elements:
            if isinstance(one, Row) and _is_plain(one):
                plain.append(one)
                continue
            yield from self._together(plain)
            plain = []
            if isinstance(one, Row) and one.task.content:
                self._order += 1
            yield one
        yield from self._together(plain)

    def _together(self, rows: list[Row]) -> Sequence[Element]:
        if not rows:
            return ()
        order = self._order
        self._order += len(rows)
        try:
            tasks = ready_tasks(self._uids, self._queue, [row.task for row in rows], order)
        except Refusal:  # one is too large; who writes it says so
            return rows
        return (PlainRows([row.where for row in rows], tasks),)


def _is_plain(row: Row) -> bool:
    task = row.task
    return bool(task.key and task.content) and not (row.entries or row.media)
