"""A seat: one task as it lies on the desk, with what was read of it and the person's draft."""

from __future__ import annotations

import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from labeler import __version__
from labeler.api.panel import PanelTask
from labeler.model.codec import Codec
from labeler.model.content import Content, Part
from labeler.model.problems import Problem
from labeler.model.queue import QueueConfig
from labeler.model.value import Context, Value
from labeler.store import AnnotationRow, DraftRow, QueueRow, TaskFull, TaskRow
from labeler.work.draft import Draft

__all__ = ["Loaded", "PanelSource", "Prediction", "Seat", "annotation_of", "predictions_of"]


class PanelSource(Protocol):
    """Where the desk gets a panel's Qt-free half from; every call is guarded by who provides it."""

    def task(self, panel: str) -> PanelTask | None:
        """The panel's Qt-free half, or None where it is not installed or does not load."""

    def codec(self, panel: str) -> Codec:
        """The codec of the panel's region types; all types are opaque where there is no panel."""

    def content(self, panel: str, raw: bytes) -> Content | None:
        """The content in this JSON, or None where the panel cannot read it."""

    def problems(
        self, panel: str, content: Content, value: Value, config: QueueConfig
    ) -> tuple[Problem, ...]:
        """Everything the core and the panel find wrong with the value; never raises."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A model's value on the task that is shown."""

    author: str
    value: Value
    score: float | None = None


@dataclass(slots=True)
class Seat:
    """A task on the desk: content, config, the person's draft, predictions.

    ``context`` has the order the person is shown; ``position`` counts from 0 within the queue.
    ``holder`` names the process that writes the draft (``host:pid``) where it is not this one: then
    the draft is read-only. ``out_of_reach`` says that its medium is: then it can only be skipped or
    flagged.
    """

    queue: QueueRow
    full: TaskFull
    content: Content | None
    parts: tuple[Part, ...]
    draft: Draft
    predictions: tuple[Prediction, ...]
    position: int
    holder: str = ""
    context: Context = field(default_factory=Context)
    reopened: bool = False
    out_of_reach: bool = False
    opened: float = field(default_factory=time.monotonic)
    active_ms: int = 0
    writing: Future[None] | None = None

    @property
    def task(self) -> TaskRow:
        """The task's row."""
        return self.full.row

    @property
    def to_be_seen(self) -> bool:
        """Whether there is anything to look at: content, and its medium within reach."""
        return self.content is not None and not self.out_of_reach

    @property
    def read_only(self) -> bool:
        """Whether the value may not be changed now: submitted and not reopened, held, not to be seen."""
        finished = self.draft.status not in ("open", "returned") and not self.draft.dirty
        return bool(self.holder) or not self.to_be_seen or (finished and not self.reopened)

    def context_json(self) -> bytes:
        """What the person did not choose, as it is stored with the annotation."""
        versions = self.queue.versions
        context = Context(
            order=self.context.order,
            seed=self.context.seed,
            guideline=versions.get("guideline", ""),
            labels=versions.get("labels", ""),
            queue=versions.get("queue", ""),
            active_ms=self.active_ms,
            app=__version__,
        )
        return msgspec.json.encode(context)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A task as it was read in the lane, to be given to ``sit``."""

    full: TaskFull
    queue: QueueRow
    draft: DraftRow
    position: int


def annotation_of(full: TaskFull, author: str, round_: int) -> AnnotationRow | None:
    """A person's own annotation of a task."""
    for one in full.annotations:
        if (one.layer, one.author, one.round) == ("work", author, round_):
            return one
    return None


def predictions_of(full: TaskFull, codec: Codec) -> tuple[Prediction, ...]:
    """What models said of a task, with the score their file gave."""
    found = []
    for one in full.annotations:
        if one.layer == "prediction":
            context = msgspec.json.decode(one.context)
            score = context.get("score") if isinstance(context, dict) else None
            value = codec.decode(one.value)
            found.append(Prediction(one.author, value, score))
    return tuple(found)
