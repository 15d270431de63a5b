"""Files in and out again, as the runners do it: what a reader yields becomes what a writer gets."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from labeler.api import (
    AnnotationOut,
    Codec,
    Context,
    ExportFormat,
    ImportFormat,
    LabelsIn,
    MediaRef,
    Problem,
    QueueConfig,
    ReadOptions,
    Region,
    TaskIn,
    TaskOut,
    Value,
    WriteOptions,
)
from labeler.exchange.definitions import defined
from labeler.exchange.names import Names
from labeler.panels.boxes.task import BoxesTask, ImageContent

__all__ = ["Came", "config_of", "image_file", "read", "task", "tasks_out", "write"]

CODEC = Codec({cls.type_name(): cls for cls in BoxesTask().region_types})


@dataclass
class Came:
    """What came of a source: its tasks, its problems, the queue with the labels it defines."""

    config: QueueConfig
    tasks: list[TaskIn] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """The problems' codes, in order."""
        return [one.code for one in self.problems]

    @property
    def places(self) -> list[tuple[str, str]]:
        """The problems' places and codes, in order."""
        return [(one.where, one.code) for one in self.problems]

    def value(self, at: int = 0) -> Value:
        """The value of the only annotation of a task, labels by id."""
        (annotation,) = self.tasks[at].annotations
        names = Names(self.config)
        for name in names.unknown_labels(annotation.value):
            names.add(name)
        self.config = names.config
        return CODEC.read(names.to_ids(annotation.value), self.tasks[at].key or "")

    def regions(self, at: int = 0) -> tuple[Region, ...]:
        """The regions of a task."""
        return self.value(at).regions


def config_of(*labels: str | Mapping[str, Any], questions: Iterable[Any] = ()) -> QueueConfig:
    """A queue with these labels."""
    told = [{"id": one} if isinstance(one, str) else one for one in labels]
    return msgspec.convert({"labels": told, "questions": list(questions)}, QueueConfig)


def read(
    reader: ImportFormat, source: Path, config: QueueConfig | None = None, **settings: Any
) -> Came:
    """Everything a reader says of a source."""
    came = Came(config or QueueConfig())
    told = {f"boxes.{name}": one for name, one in settings.items()}
    for one in reader.read(source, ReadOptions(came.config, settings=told)):
        if isinstance(one, TaskIn):
            came.tasks.append(one)
        elif isinstance(one, LabelsIn):
            came.config, _ = defined(came.config, one, most=10_000)
        else:
            came.problems.append(one)
    return came


def tasks_out(came: Came) -> list[TaskOut]:
    """The tasks that came as they are handed to a writer."""
    made = []
    for at, one in enumerate(came.tasks):
        values = [came.value(at)] if one.annotations else []
        made.append(task(one.key or "", one.content, *values, meta=one.meta))
    return made


def task(
    key: str,
    content: Any = None,
    *values: Value,
    meta: Mapping[str, Any] | None = None,
    size: tuple[int, int] | None = None,
) -> TaskOut:
    """A task with values, each somebody's; with ``size`` it has a content of that size."""
    if size is not None:
        content = ImageContent(image=MediaRef(key), width=size[0], height=size[1])
    annotations = tuple(
        AnnotationOut("", "work", "ada", "submitted", one, CODEC.encode(one), Context())
        for one in values
    )
    return TaskOut("", key, "boxes", content, b"", meta or {}, "submitted", annotations)


def write(
    writer: ExportFormat,
    tasks: Iterable[TaskOut],
    target: Path,
    config: QueueConfig,
    open_medium: Any = None,
    **settings: Any,
) -> dict[str, int]:
    """Write, and say what was dropped."""
    told = {f"boxes.{name}": one for name, one in settings.items()}
    options = WriteOptions(config, settings=told, open_medium=open_medium)
    for path in writer.write(iter(tasks), target, options):
        assert path.is_file()
    return options.dropped


def image_file(
    path: Path, width: int = 100, height: int = 80, orientation: int = 1, kind: str = ""
) -> Path:
    """Write an image whose pixels are stored in this size."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    stream = io.BytesIO()
    Image.new("L", (width, height), 99).save(
        stream, kind or path.suffix[1:].replace("jpg", "jpeg"), exif=exif
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stream.getvalue())
    return path
