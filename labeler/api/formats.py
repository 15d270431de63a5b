"""Formats: how tasks and annotations come in from files and go out to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, Protocol, runtime_checkable

import msgspec

from labeler.api.media import Probe
from labeler.model.content import Content, MediaRef
from labeler.model.problems import Problem
from labeler.model.queue import Label, QueueConfig
from labeler.model.value import Context, Value

__all__ = [
    "AnnotationIn",
    "AnnotationOut",
    "ExportFormat",
    "Format",
    "ImportFormat",
    "LabelsIn",
    "MediumIn",
    "ReadOptions",
    "TaskIn",
    "TaskOut",
    "WriteOptions",
]


class AnnotationIn(msgspec.Struct, frozen=True):
    """One value read from a file: labels by name, choices by id or title; the runner finds ids.

    ``value`` is JSON as an outsider writes it (region ids and the first type may be left out).
    ``layer`` and ``author`` are None where the file does not say: then the caller's choice counts.
    ``reason`` belongs to a skip or a flag. ``score`` (0–1) is a model's confidence in the whole value;
    it counts where the value is a prediction, and is ``context.score`` of an AnnotationOut.
    """

    value: bytes
    where: str
    layer: str | None = None
    author: str | None = None
    status: str = "submitted"
    reason: str = ""
    score: float | None = None


class MediumIn(msgspec.Struct, frozen=True):
    """A medium that a task's content refers to, and the file it lies in now.

    ``ref`` is the identical reference the content holds. By reference, ``file`` lies under the folder
    of ``ref.root`` at ``ref.path``; with ``ref.embedded`` its bytes go into the project.
    """

    ref: MediaRef
    file: Path


class TaskIn(msgspec.Struct, frozen=True):
    """One task read from a file.

    ``key`` is the row's id, or the medium's path relative to the source, or None (then it is made
    from the content). ``content`` None means that only annotations came, to be attached by key: also
    where the file names a medium that is not there. ``where`` names the file and the line, ``meta``
    what else the row held. ``media`` are the media of the content, the one it is known by first: its
    bytes make the task's fingerprint. With ``bare_key`` the key is without its ending (the transcript
    ``a.srt`` of a recording that is not there): the only task with the key and one ending more is
    meant, where no task has the key itself.
    """

    key: str | None
    content: Content | None
    where: str
    meta: Mapping[str, Any] = {}
    annotations: tuple[AnnotationIn, ...] = ()
    source: str = ""
    media: tuple[MediumIn, ...] = ()
    bare_key: bool = False


class LabelsIn(msgspec.Struct, frozen=True):
    """The labels a source defines, in its order, also those nobody uses; read before its tasks.

    ``labels`` are named by ``name``; their ``id`` is not looked at. Those the queue has not are
    added; of one it has, entries of ``extra`` are filled in that it has not. ``settings`` are filled
    into the queue's own in the same way: what a dataset says of itself.
    """

    labels: tuple[Label, ...]
    where: str
    settings: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a reader is told: the queue's configuration, and how media are to be taken.

    ``root`` is the name of the media root that references made from this source carry, ``embed``
    says that they carry ``embedded`` too. ``told`` is called with the bytes read so far and in all,
    for progress. ``probe`` looks at the head of a medium, for its length; None where nobody can.
    """

    config: QueueConfig
    embed: bool = False
    root: str = ""
    told: Callable[[int, int], None] | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    probe: Probe | None = None


class AnnotationOut(msgspec.Struct, frozen=True):
    """One annotation to be written: ``author`` is a person's handle or a model's name."""

    id: str
    layer: str
    author: str
    status: str
    value: Value
    raw: bytes
    context: Context
    reason: str = ""
    round: int = 0


class TaskOut(msgspec.Struct, frozen=True):
    """One task to be written, with the annotations that were asked for.

    ``raw`` is the content's JSON as stored; ``status`` the word ``labeler tasks`` prints.
    """

    id: str
    key: str
    queue: str
    content: Content | None
    raw: bytes
    meta: Mapping[str, Any]
    status: str
    annotations: tuple[AnnotationOut, ...]
    source: str = ""
    order: int = 0


@dataclass(slots=True)
class WriteOptions:
    """What a writer is told, and where it says what it could not hold.

    ``dropped`` counts by reason. Regions' labels are ids; ``config`` has their names.
    ``open_medium`` gives the bytes of a medium, seekable, to be closed by the writer; it raises
    Refusal where they are not within reach, and is None where the runner knows no media.
    """

    config: QueueConfig
    dropped: dict[str, int] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    open_medium: Callable[[MediaRef], BinaryIO] | None = None

    def drop(self, reason: str, count: int = 1) -> None:
        """Count something the format could not hold."""
        self.dropped[reason] = self.dropped.get(reason, 0) + count


class Format(Protocol):
    """What the manifest says of a format, repeated by its class."""

    id: ClassVar[str]


@runtime_checkable
class ImportFormat(Protocol):
    """Reads files. Made with no arguments, keeps no state."""

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | LabelsIn | Problem]:
        """Tasks and problems in the order of the file; memory must not grow with the file.

        A bad line is a Problem with its place and reading goes on; only what makes the whole source
        unreadable raises Refusal. Reading the same source twice yields the same.
        """


@runtime_checkable
class ExportFormat(Protocol):
    """Writes files. Made with no arguments, keeps no state."""

    @property
    def holds_one(self) -> bool:
        """Whether a file has room for one annotation a task only; the manifest says the same."""

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """Write the tasks to the target (a file or folder that does not exist yet).

        Returns the files written. What cannot be held is counted with ``options.drop`` and never
        stops the export. Memory must not grow with the number of tasks.
        """
