"""The lane: the one thread that owns a Project. Everything that touches the file goes through it.

Urgent work (a gesture, the next task) overtakes long work (an import's next batch), never more than
one transaction late. Work that cannot be cut into pieces (a merge, a backup) calls ``let_pass`` between
two of its transactions.
"""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from labeler.store import Project

__all__ = ["Lane", "LaneClosed"]

T = TypeVar("T")
_URGENT, _PATIENT, _STOP = 0, 1, 2


class LaneClosed(RuntimeError):
    """Something was asked of a lane after it was closed."""


class Lane:
    """Runs functions of a Project one after another in a thread of its own.

    ``open_project`` is called in that thread; what it raises is raised by the constructor.
    """

    def __init__(self, open_project: Callable[[], Project]) -> None:
        self._todo: queue.PriorityQueue[tuple[int, int, Callable[[], None]]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._closed = False
        self._passing = False
        self._guard = threading.Lock()
        self._opened: Future[Project] = Future()
        self._thread = threading.Thread(target=self._run, args=(open_project,), name="lane")
        self._thread.daemon = True
        self._thread.start()
        self._project = self._opened.result()
        self.path = self._project.path
        self.read_only = self._project.read_only

    def _run(self, open_project: Callable[[], Project]) -> None:
        try:
            self._opened.set_result(open_project())
        except BaseException as error:  # noqa: BLE001 - handed to the one who waits
            self._opened.set_exception(error)
            return
        while True:
            urgency, _, work = self._todo.get()
            work()
            if urgency == _STOP:
                return

    def post(self, work: Callable[[Project], T], *, urgent: bool = True) -> Future[T]:
        """Run a function of the project in the lane; its result or exception comes in the future."""
        return self._enqueue(work, _URGENT if urgent else _PATIENT)

    def _enqueue(self, work: Callable[[Project], T], urgency: int) -> Future[T]:
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = work(self._project)
            except BaseException as error:  # noqa: BLE001 - handed to the one who asked
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._guard:
            if self._closed:
                raise LaneClosed("the project is closed")
            self._closed = urgency == _STOP
            self._todo.put((urgency, next(self._numbers), run))
        return future

    def call(self, work: Callable[[Project], T]) -> T:
        """Run a function of the project in the lane and wait for it."""
        return self.post(work).result()

    def let_pass(self) -> None:
        """Run what waits; to be called by long work in the lane while no transaction is open.

        What passes is not overtaken itself. Raises LaneClosed where the project is being closed: the
        long work is to end here, what it has written stays.
        """
        if threading.current_thread() is not self._thread:
            raise RuntimeError("only work in the lane can let other work pass")
        if self._passing:
            return
        self._passing = True
        try:
            while not self._todo.empty():
                waiting = self._todo.get()
                if waiting[0] == _STOP:
                    self._todo.put(waiting)
                    raise LaneClosed("the project is being closed")
                waiting[2]()
        finally:
            self._passing = False

    def close(self) -> None:
        """Do what is waiting, close the project, end the thread. Raises what closing raised."""
        if self._closed:
            return
        done = self._enqueue(lambda project: project.close(), _STOP)
        done.result()
        self._thread.join()
