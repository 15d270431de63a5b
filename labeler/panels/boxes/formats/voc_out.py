"""Pascal VOC out: an XML file for each image that was worked on, tags nobody here knows as they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from labeler.api import Box, Question, TaskOut, WriteOptions, thaw
from labeler.panels.boxes.formats.copies import Copies, named_image
from labeler.panels.boxes.formats.sizes import ImageSize, Sizes
from labeler.panels.boxes.formats.upright import Upright
from labeler.panels.boxes.formats.voc_xml import document

__all__ = ["write_voc"]

_IMAGES = "JPEGImages"
_KIT = "The VOC"


def write_voc(tasks: Iterable[TaskOut], target: Path, options: WriteOptions) -> Iterable[Path]:
    """Write the tasks into a folder; see the module."""
    target.mkdir(parents=True, exist_ok=True)
    (target / "Annotations").mkdir(exist_ok=True)
    return _Writer(target, options).run(tasks)


class _Writer:
    """One export."""

    def __init__(self, target: Path, options: WriteOptions) -> None:
        self._target = target
        self._options = options
        self._names = {label.id: label.title for label in options.config.labels}
        self._questions = {one.id: one for one in options.config.questions if one.scope == "region"}
        self._sizes = Sizes(options)
        self._upright = Upright(options)
        self._copies = Copies(options)
        self._whole = bool(options.settings.get("boxes.voc_whole", False))
        self._base = str(options.settings.get("boxes.voc_base") or "auto")
        self._taken: set[str] = set()

    def run(self, tasks: Iterable[TaskOut]) -> list[Path]:
        """Write the tasks that somebody worked on."""
        files: list[Path] = []
        for task in tasks:
            files += self._task(task)
        return files

    def _task(self, task: TaskOut) -> list[Path]:
        drop = self._options.drop
        image = _below_images(named_image(task))
        path = PurePosixPath("Annotations") / image.with_suffix(".xml")
        if path.as_posix() in self._taken:
            drop("key_double")
            return []
        if not task.annotations:
            drop("unlabelled")
            return []
        self._taken.add(path.as_posix())
        written = []
        (annotation,) = task.annotations[:1]
        if annotation.value.answers:
            drop("answers", len(annotation.value.answers))
        size = self._sizes.of(task)
        if not (size.width and size.height):
            drop("size_unknown")
        table = self._head(task, image, size)
        base = self._base_of(table)
        objects = []
        for region in annotation.value.regions:
            if region.label is None:
                drop("label_missing")
                continue
            box = self._upright.of(region, size)
            if box is not None:
                objects.append(self._object(box, base))
        target = self._target / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(document({**table, "object": objects}))
        written.append(target)
        copy = self._copies.put(task, self._target / _IMAGES / image)
        return written if copy is None else [*written, copy]

    def _head(self, task: TaskOut, image: PurePosixPath, size: ImageSize) -> dict[str, Any]:
        kept = task.meta.get("voc")
        rest: dict[str, Any] = thaw(kept) if isinstance(kept, Mapping) else {}
        width, height = size.stored if size.raw else (size.width, size.height)
        told: dict[str, Any] = {"folder": _IMAGES, "filename": image.as_posix()}
        if width and height:
            told["size"] = {"width": width, "height": height, "depth": 3}
        return {**told, **{key: one for key, one in rest.items() if key not in told}}

    def _base_of(self, table: Mapping[str, Any]) -> int:
        """What this image's pixels are counted from: as they came, unless the setting says it."""
        if self._base in ("0", "1"):
            return int(self._base)
        source = table.get("source")
        database = source.get("database") if isinstance(source, Mapping) else None
        return int(isinstance(database, str) and database.startswith(_KIT))

    def _object(self, box: Box, base: int) -> dict[str, Any]:
        kept = box.extra.get("voc")
        rest: dict[str, Any] = thaw(kept) if isinstance(kept, Mapping) else {}
        answers: dict[str, Any] = {}
        for name, answer in box.attributes.items():
            question = self._questions.get(name)
            answers[name] = _word(question, answer)
        corners = {
            "xmin": box.x + base,
            "ymin": box.y + base,
            "xmax": box.x + box.width,
            "ymax": box.y + box.height,
        }
        if self._whole:
            whole = {name: float(_rounded(one)) for name, one in corners.items()}
            if whole != corners:
                self._options.drop("rounded")
            corners = whole
        name = self._names.get(box.label or "", box.label or "")
        return {"name": name, **rest, **answers, "bndbox": corners}


def _below_images(path: PurePosixPath) -> PurePosixPath:
    pieces = [one for one in path.parts[:-1] if one != _IMAGES]
    return PurePosixPath(*pieces, path.name)


def _rounded(one: float) -> int:
    """The nearest whole number, halves away from zero."""
    return int(one + 0.5) if one >= 0 else -int(0.5 - one)


def _word(question: Question | None, answer: Any) -> Any:
    """An answer as VOC writes it: 1 and 0 for yes and no, a choice by its name."""
    if isinstance(answer, bool):
        return int(answer)
    for choice in getattr(question, "choices", ()):
        if choice.id == answer:
            words = {choice.id.casefold(), choice.name.casefold()}
            return 1 if "yes" in words else 0 if "no" in words else choice.name
    return answer
