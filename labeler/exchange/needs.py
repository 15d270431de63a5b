"""What the runners need of their caller: the panels, and a way into the thread that owns the project."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from labeler.model.codec import Codec
from labeler.model.content import Content
from labeler.model.problems import Problem
from labeler.model.queue import QueueConfig
from labeler.model.value import Value
from labeler.work.asks import Asks, here

__all__ = ["Asks", "Cancelled", "Panels", "Progress", "Stopped", "here", "without_pauses"]

_OBJECTS = 200_000

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is; the unit is the runner's own."""

Cancelled = Callable[[], bool]
"""Whether the work is to stop at the next place where it can."""


class Stopped(Exception):
    """The person asked for the run to stop."""


@contextlib.contextmanager
def without_pauses() -> Iterator[None]:
    """Let Python look for circular garbage seldom: a run makes many rows and no circles.

    It would look through every row of a batch several times, a tenth of an import's time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(max(usual[0], _OBJECTS), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class Panels(Protocol):
    """What is asked of the panels; the host of the plugins fits it."""

    def codec(self, panel_id: str, /) -> Codec:
        """What reads and writes the panel's regions; never raises."""

    def content_decoder(self, panel_id: str, /) -> Callable[[bytes], Content | None]:
        """What reads the panel's content; None where nobody brings the panel."""

    def read_value(
        self,
        panel_id: str,
        raw: bytes,
        /,
        *,
        key: str,
        content: Content | None,
        where: str = "",
        kept: Mapping[str, bytes] | None = None,
    ) -> Value:
        """A value from outside, completed from its content; raises Refusal."""

    def problems(
        self, panel_id: str, content: Content | None, value: Value, config: QueueConfig, /
    ) -> tuple[Problem, ...]:
        """Everything wrong with the value; never raises."""
