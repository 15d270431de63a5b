"""The way back: from the lane's thread and from workers to the UI thread, by one queued signal."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

__all__ = ["Bridge", "alive"]

T = TypeVar("T")


def alive(receiver: object) -> bool:
    """Whether what a call would reach is still there: a deleted QObject is not."""
    return not isinstance(receiver, QObject) or shiboken6.isValid(receiver)


class Bridge(QObject):
    """Carries calls to the UI thread, in the order they were made.

    ``crashed`` gets what a carried call raises: a bug, not a refusal.
    """

    _carried = Signal(object)

    def __init__(self, crashed: Callable[[BaseException], None], parent: QObject) -> None:
        super().__init__(parent)
        self._crashed = crashed
        self._carried.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def soon(self, call: Callable[[], None], receiver: object = None) -> None:
        """Run ``call`` on the UI thread in its next turn; from any thread.

        It is dropped where ``receiver`` (else the QObject ``call`` is a method of) is gone by then.
        """
        if not shiboken6.isValid(self):
            return
        self._carried.emit((call, receiver if receiver is not None else _owner(call)))

    def answer(
        self,
        future: Future[T],
        done: Callable[[T], None] | None,
        failed: Callable[[BaseException], None],
        receiver: object = None,
    ) -> None:
        """Bring the outcome of a future to the UI thread: its result or what it raised."""
        owner = receiver if receiver is not None else _owner(done)

        def bring(ended: Future[T]) -> None:
            if ended.cancelled():
                return
            error = ended.exception()
            if error is not None:
                self.soon(lambda: failed(error), owner)
            elif done is not None:
                result = ended.result()
                self.soon(lambda: done(result), owner)

        future.add_done_callback(bring)

    def _run(self, carried: tuple[Callable[[], None], object]) -> None:
        call, receiver = carried
        if not alive(receiver):
            return
        try:
            call()
        except Exception as error:  # noqa: BLE001 - shown as a card, never lost
            self._crashed(error)


def _owner(call: Any) -> object:
    return getattr(call, "__self__", None)
