"""The guard before a guest: what it raises is logged, counted and kept, and gets no further."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Generic, TypeVar, cast

import msgspec

from labeler.model.problems import Refusal
from labeler.plugins.failure import Failure, failure_of

__all__ = ["FAILURES_TO_DISABLE", "NEVER_HELD", "Guard", "HouseError", "Outcome"]

FAILURES_TO_DISABLE = 3
"""So many failures in one run of the program, and the plugin is not called again in it."""

_LOG_BYTES = 256 * 1024
_OLD_LOGS = 2

T = TypeVar("T")

Listener = Callable[[Failure], None]


class HouseError(BaseException):
    """An error of the house on its way through a guest's frames, with the ``error`` it carries.

    What the house hands a guest to call raises it, so that the guest neither catches it by
    ``except Exception`` nor is blamed for it.
    """

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


NEVER_HELD = (HouseError, KeyboardInterrupt, GeneratorExit)
"""What goes through every guest's frames and is never its fault."""


class Outcome(msgspec.Struct, Generic[T], frozen=True):
    """What a guarded call came to: the ``value``, or the ``failure`` in its place."""

    value: T | None = None
    failure: Failure | None = None

    @property
    def ok(self) -> bool:
        """Whether the guest did what it was asked."""
        return self.failure is None

    def get(self) -> T:
        """The value; raises Refusal ``plugin_failed`` where there is none."""
        if self.failure is not None:
            raise Refusal(self.failure.problem)
        return cast("T", self.value)  # None only where the guest's own answer is None


class Guard:
    """Stands between the house and one plugin; safe to call from any thread.

    ``log_dir`` gets the plugin's own file, ``ID.log``, rotated at 256 KiB with two old ones kept.
    ``place`` is the plugin's folder, ``versions`` a word on its version for reports. The listeners
    are called in the thread of the failure.
    """

    def __init__(
        self, plugin: str, log_dir: Path, *, place: Path | None = None, versions: str = ""
    ) -> None:
        self.plugin = plugin
        self.log = log_dir / f"{plugin}.log"
        self._place = place
        self._versions = versions
        self._lock = threading.Lock()
        self._failures: list[Failure] = []
        self._disabled = ""
        self._listeners: list[Listener] = []

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The failures since the start or the last ``enable``, oldest first."""
        return tuple(self._failures)

    @property
    def disabled(self) -> str:
        """Why the plugin is not called any more, in a sentence; empty while it is."""
        return self._disabled

    def disable(self, reason: str = "it was switched off") -> None:
        """Call the plugin no more, until ``enable``."""
        self._disabled = reason

    def enable(self) -> None:
        """Give the plugin another chance: it may be called, and its failures count from none."""
        with self._lock:
            self._failures.clear()
            self._disabled = ""

    def listen(self, told: Listener) -> Callable[[], None]:
        """Call ``told`` with each failure; returns what ends that."""
        self._listeners.append(told)

        def stop() -> None:
            if told in self._listeners:
                self._listeners.remove(told)

        return stop

    def call(
        self,
        what: str,
        fn: Callable[..., T],
        *args: object,
        passes: tuple[type[Exception], ...] = (),
    ) -> Outcome[T]:
        """``fn(*args)``, with everything it raises turned into a failure.

        ``what`` says in a word or two what the guest is asked to do. Exceptions in ``passes`` are
        what the guest may say by raising and come through, as do a HouseError and a keyboard
        interrupt. A disabled plugin is not called: its outcome is a failure each time, and it is
        not counted.
        """
        if self._disabled:
            return Outcome(failure=self._not_called(what))
        try:
            return Outcome(fn(*args))
        except BaseException as error:
            if isinstance(error, (*passes, *NEVER_HELD)):
                raise
            return Outcome(failure=self.record(what, error))  # nor may exit() get through

    def iterate(
        self,
        what: str,
        make: Callable[[], Iterable[T]],
        passes: tuple[type[Exception], ...] = (),
    ) -> Iterator[T]:
        """What the guest's iterable yields; raises Refusal ``plugin_failed`` where it fails."""
        iterator = self.call(what, lambda: iter(make()), passes=passes).get()
        failure: Failure | None = None
        through: tuple[type[BaseException], ...] = (*passes, *NEVER_HELD)
        try:
            # Not a call for each: a million rows would pay for it with a second.
            for one in iterator:
                yield one
                if self._disabled:
                    failure = self._not_called(what)
                    break
        except through:
            raise
        except BaseException as error:  # noqa: BLE001 - nor may exit() get through
            failure = self.record(what, error)
        finally:
            close = getattr(iterator, "close", None)
            if close is not None and not self._disabled:
                self.call(what, close, passes=passes)
        if failure is not None:
            raise Refusal(failure.problem)

    def record(self, what: str, error: BaseException) -> Failure:
        """Take note of a failure that was caught elsewhere (by Qt, in an overridden method)."""
        with self._lock:
            failure = failure_of(
                error,
                plugin=self.plugin,
                what=what,
                count=len(self._failures) + 1,
                versions=self._versions,
                place=self._place,
                when=datetime.now(UTC),
            )
            if self._write(failure.report):
                failure = msgspec.structs.replace(failure, log=self.log)
            self._failures.append(failure)
            if len(self._failures) >= FAILURES_TO_DISABLE and not self._disabled:
                self._disabled = f"it failed {FAILURES_TO_DISABLE} times"
        for told in tuple(self._listeners):
            told(failure)
        return failure

    def _not_called(self, what: str) -> Failure:
        last = self._failures[-1].report if self._failures else ""
        return Failure(
            plugin=self.plugin,
            what=what,
            error=f"disabled: {self._disabled}",
            report=last,
            count=len(self._failures),
        )

    def _write(self, report: str) -> bool:
        """Append to the plugin's log; False where the disk refuses (that must not add a crash)."""
        raw = f"{report}\n".encode("utf-8", "backslashreplace")
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            if self.log.exists() and self.log.stat().st_size + len(raw) > _LOG_BYTES:
                self._rotate()
            with self.log.open("ab") as file:
                file.write(raw)
        except OSError:
            return False
        return True

    def _rotate(self) -> None:
        files = [self.log, *(self.log.with_suffix(f".log.{n + 1}") for n in range(_OLD_LOGS))]
        for newer, older in reversed(list(pairwise(files))):
            if newer.exists():
                newer.replace(older)
