"""A guest's objects as the house holds them: the same protocols, each call through the guard."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec, TypeVar

import msgspec

from labeler.api import (
    Codec,
    Content,
    ExportFormat,
    ImportFormat,
    LabelsIn,
    PanelTask,
    Problem,
    QueueConfig,
    ReadOptions,
    Refusal,
    Region,
    TaskIn,
    TaskOut,
    Value,
    WriteOptions,
)
from labeler.api.panel import shuffled_kinds
from labeler.plugins.guard import NEVER_HELD, Guard, HouseError

__all__ = ["GuardedCodec", "GuardedReader", "GuardedTask", "GuardedWriter"]

P = ParamSpec("P")
T = TypeVar("T")

_Read = TaskIn | LabelsIn | Problem

FROM_FILES = (Refusal, OSError)
"""What a format may raise without being at fault: a source nobody can read, a disk that refuses."""


class GuardedTask:
    """A panel's Qt-free half behind its guard; fits PanelTask.

    A failing ``summary`` is an empty line and a failing ``check`` one problem ``plugin_failed``;
    where there is nothing to go on with (``complete``, ``distance``) Refusal is raised.
    """

    def __init__(self, task: PanelTask, guard: Guard) -> None:
        self._task = task
        self._guard = guard
        self.region_types: Sequence[type[Region]] = tuple(task.region_types)
        self.content_type: type[Content] = task.content_type
        self.shuffled = shuffled_kinds(task)

    def summary(self, content: Content) -> str:
        """One line that tells the task from others; empty where the guest failed."""
        outcome = self._guard.call("summary", self._summary, content)
        return outcome.value or ""

    def _summary(self, content: Content) -> str:
        line = self._task.summary(content)
        return " ".join(line.split())

    def complete(self, content: Content, value: Value) -> Value:
        """The value with what follows from the content filled in; raises Refusal."""
        return self._guard.call("complete", self._task.complete, content, value).get()

    def check(self, content: Content, value: Value, config: QueueConfig) -> Iterable[Problem]:
        """What is wrong between value and content; a failing guest is one more problem."""

        def problems() -> tuple[Problem, ...]:
            return tuple(self._task.check(content, value, config))

        outcome = self._guard.call("check", problems)
        if outcome.failure is not None:
            return (outcome.failure.problem,)
        return outcome.get()

    def distance(self, content: Content, one: Region, other: Region) -> float:
        """How unlike two regions are, 0 to 1; raises Refusal."""
        return self._guard.call("distance", self._task.distance, content, one, other).get()


class GuardedCodec(Codec):
    """A codec whose region types may fail: then the region is opaque, and its bytes are kept."""

    def __init__(self, types: Mapping[str, type[Region]], guard: Guard) -> None:
        super().__init__(types)
        self._guard = guard

    def decode_region(self, raw: bytes) -> Region:
        """The region in these bytes; raises msgspec.DecodeError where its fields do not fit."""
        passes = (msgspec.DecodeError,)
        outcome = self._guard.call("read a region", super().decode_region, raw, passes=passes)
        return self.opaque(raw) if outcome.failure is not None else outcome.get()

    def _decoded(self, raw: bytes) -> Value | None:
        if self._guard.disabled:
            return None
        try:
            return super()._decoded(raw)
        except NEVER_HELD:
            raise
        except BaseException:  # noqa: BLE001 - it is read once more, region by region, and told there
            return None


class _Border:
    """What the house hands a guest to call: its errors cross the guest's frames as HouseError.

    But for those the guest is told of.
    """

    def __init__(self, told: tuple[type[Exception], ...] = ()) -> None:
        self._told = told

    def function(self, fn: Callable[P, T]) -> Callable[P, T]:
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return fn(*args, **kwargs)
            except self._told:
                raise
            except Exception as error:
                raise HouseError(error) from error

        return call

    def iterator(self, source: Iterable[T]) -> Iterator[T]:
        try:
            yield from source
        except Exception as error:
            raise HouseError(error) from error


class GuardedReader:
    """An import format behind its guard; fits ImportFormat.

    Where the guest fails in the middle, what it yielded stands and a problem ``plugin_failed`` ends
    the reading.
    """

    def __init__(self, reader: ImportFormat, guard: Guard, format_id: str) -> None:
        self._reader = reader
        self._guard = guard
        self._format = format_id

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """What another process gets: the guest's reader, with no guard before it.

        A guest that fails there is read again here. Raises PicklingError where it is not to be called.
        """
        if self._guard.disabled:
            raise pickle.PicklingError(self._guard.disabled)
        return copy.copy, (self._reader,)

    def read(self, source: Path, options: ReadOptions) -> Iterator[_Read]:
        """Tasks and problems in the order of the file; raises Refusal and OSError."""
        if options.told is not None:
            options = replace(options, told=_Border().function(options.told))
        what = f"import {self._format}"
        rows = self._guard.iterate(what, lambda: self._rows(source, options), FROM_FILES)
        try:
            yield from self._ended(rows, source)
        except HouseError as crossed:
            raise crossed.error from None

    def _rows(self, source: Path, options: ReadOptions) -> Iterator[_Read]:
        for row in self._reader.read(source, options):
            if not isinstance(row, (TaskIn, LabelsIn, Problem)):
                raise TypeError(
                    f"a reader yields TaskIn, LabelsIn and Problem, not {type(row).__name__}"
                )
            yield row

    def _ended(self, rows: Iterator[_Read], source: Path) -> Iterator[_Read]:
        before = len(self._guard.failures)
        try:
            yield from rows
        except Refusal as refusal:
            if refusal.problem.code != "plugin_failed":
                raise
            if len(self._guard.failures) == before:
                raise  # it was disabled and never began
            yield msgspec.structs.replace(refusal.problem, where=str(source))


class GuardedWriter:
    """An export format behind its guard; fits ExportFormat. A failing guest raises Refusal."""

    def __init__(self, writer: ExportFormat, guard: Guard, format_id: str) -> None:
        self._writer = writer
        self.holds_one = bool(writer.holds_one)
        self._guard = guard
        self._format = format_id

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """Write the tasks to the target; raises Refusal, OSError and what ``tasks`` raises."""
        handed = _Border().iterator(tasks)
        if options.open_medium is not None:
            opened = _Border(FROM_FILES).function(options.open_medium)
            options = replace(options, open_medium=opened)

        def write() -> tuple[Path, ...]:
            return tuple(Path(path) for path in self._writer.write(handed, target, options))

        try:
            outcome = self._guard.call(f"export {self._format}", write, passes=FROM_FILES)
        except HouseError as crossed:
            raise crossed.error from None
        return outcome.get()
