"""COCO files in: images as tasks, annotations as their work, results as predictions.

Coordinates are those of the image as displayed, unless the file's sizes are those of the stored
pixels of a turned image, or the setting ``boxes.raw_pixels`` says so. Where an image is not within
reach, its annotations are attached by its ``file_name``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import numpy as np

from labeler.api import (
    AnnotationIn,
    ImageHead,
    Label,
    LabelsIn,
    Problem,
    ReadOptions,
    Refusal,
    TaskIn,
)
from labeler.panels.boxes.formats.coco_in import Annotations, Category
from labeler.panels.boxes.formats.coco_index import CocoIndex, by_image
from labeler.panels.boxes.formats.places import ImagePlaces, safe_name
from labeler.panels.boxes.formats.sources import (
    Found,
    folder_of,
    frame_of,
    head_of,
    image_task,
    unreadable,
    walk,
)

__all__ = ["read_coco"]

_EXTENSIONS = (".json",)
_OF_IMAGE = frozenset({"file_name", "width", "height"})
_NO_IMAGE = "it is of an image the file does not hold"
_NOT_COCO = "it is no COCO file: there is no list of images, and it is no list of results"
_ALONE = "results name images by number; put the annotation file they belong to beside them"
_DOUBLE = "the image id {id} was used before; annotations of it are at the first one"
_TWICE = "the category {name!r} is there twice; the second is the label {label!r}"
_PATH = "the path leads out of the folder; taken as {name!r}"
_BLOCK = 4096
"""Images whose annotations are read together, in the file's order: tens of thousands at places far
apart, which costs half as much as image by image."""

_ASKED = 1000
"""So many results are asked whether a file knows the image of one."""

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


def read_coco(source: Path, options: ReadOptions) -> Iterator[TaskIn | LabelsIn | Problem]:
    """The files of a source, in natural order of their names; see the module."""
    if not source.exists():
        raise Refusal.of("file_missing", str(source))
    if source.is_file():
        yield from _Reading(Found(source, source.name), source.parent, options, [source]).run(True)
        return
    files = []
    for one in walk(source, _EXTENSIONS):
        if isinstance(one, Problem):
            yield one
        else:
            files.append(one)
    if not files:
        raise Refusal.of("file_missing", str(source / "*.json"))
    for found in files:
        beside = [one.path for one in files]
        yield from _Reading(found, folder_of(source), options, beside).run(len(files) == 1)


class _Reading:
    """One file while it is read; ``beside`` are files that may know the images of its results."""

    def __init__(
        self, found: Found, folder: Path, options: ReadOptions, beside: list[Path]
    ) -> None:
        self._path, self._name = found
        self._folder = folder
        self._options = options
        self._beside = beside
        self._raw_pixels = bool(options.settings.get("boxes.raw_pixels", False))
        self._empty_is_work = bool(options.settings.get("boxes.empty_is_work", False))
        self._total = 0

    def run(self, alone: bool) -> Iterator[TaskIn | LabelsIn | Problem]:
        """What is in the file; a file that is no COCO is a Refusal where it is ``alone``."""
        try:
            file = self._path.open("rb")
        except OSError as error:
            problem = unreadable(error, self._name)
            if alone:
                raise Refusal(problem) from None
            yield problem
            return
        with file:
            self._total = 2 * max(1, file.seek(0, 2))
            file.seek(0)
            index = CocoIndex()
            broken = list(index.fill(file, self._name, self._told))
            if not (index.has_images or index.is_list or len(index.annotations)):
                problem = broken[0] if broken else Problem("not_coco", self._name, text=_NOT_COCO)
                if alone:
                    raise Refusal(problem)
                yield problem
                return
            yield from broken
            if index.has_images:
                yield from self._tasks(file, index, file, index, layer=None)
            else:
                yield from self._results(file, index)

    def _told(self, done: int) -> None:
        if self._options.told is not None:
            self._options.told(done, max(self._total, done))

    # results

    def _results(self, file: BinaryIO, results: CocoIndex) -> Iterator[TaskIn | LabelsIn | Problem]:
        """Results name images by id only: the file that knows the ids is one beside them."""
        for path in self._dataset_files():
            try:
                other = path.open("rb")
            except OSError:
                continue
            with other:
                known = CocoIndex()
                for _ in known.fill(other, path.name):
                    pass  # it is told where that file is read itself
                if known.has_images and self._names_some(known, results):
                    yield from self._tasks(other, known, file, results, layer="prediction")
                    return
        raise Refusal(Problem("coco_results_alone", self._name, text=_ALONE))

    def _dataset_files(self) -> list[Path]:
        found = [path for path in self._beside if path != self._path]
        if found:
            return found
        try:
            return [
                one.path
                for one in walk(self._path.parent, _EXTENSIONS)
                if isinstance(one, Found) and one.path != self._path
            ]
        except OSError:
            return []

    def _names_some(self, known: CocoIndex, results: CocoIndex) -> bool:
        results.name_as(known)
        wanted = results.annotations.codes()[:_ASKED]
        return not len(wanted) or bool(np.isin(wanted, known.images.codes()).any())

    # tasks

    def _tasks(
        self,
        images_file: BinaryIO,
        known: CocoIndex,
        file: BinaryIO,
        index: CocoIndex,
        *,
        layer: str | None,
    ) -> Iterator[TaskIn | LabelsIn | Problem]:
        categories, labels, problems = _labels(known.categories, self._name)
        yield from problems
        settings = {"coco": known.about} if known.about and layer is None else {}
        if labels or settings:
            yield LabelsIn(tuple(labels), self._name, settings)
        images, told = known.images, index.annotations
        sequence, begins, lost, again = by_image(images.codes(), told.codes())
        key = "results" if index.is_list else "annotations"
        for number in told.numbers(lost):
            where = f"{self._name}: {key}[{number}]"
            yield Problem("coco_image_unknown", where, text=_NO_IMAGE)
        maker = _Tasks(self, categories, layer, key)
        count = len(images)
        last = 0
        while last < count:
            first, last = last, told.fitting(sequence, begins, last, last + _BLOCK)
            of_block = np.arange(first, last)
            places, raws = images.read(images_file, of_block)
            # The annotations of all images of the block, those of an image in the file's order.
            mine = sequence[begins[first] : begins[last]]
            numbers, bodies = told.read(file, mine)
            ends = (begins[first : last + 1] - begins[first]).tolist()
            for at, raw in enumerate(raws):
                where = f"{self._name}: images[{places[at]}]"
                if first + at in again:
                    code = int(images.codes()[first + at])
                    yield Problem("coco_id_double", where, {"id": code}, _DOUBLE)
                start, end = ends[at], ends[at + 1]
                if start == end and layer is not None:
                    continue
                yield from maker.of(raw, where, numbers[start:end], bodies[start:end])
                if not at & 511:
                    self._told(self._total // 2 + self._total // 2 * (first + at) // count)
            bodies.clear()  # before the next ones are read
        self._told(self._total)


class _Tasks:
    """Makes the tasks of one file."""

    def __init__(
        self,
        reading: _Reading,
        categories: Mapping[Any, Category],
        layer: str | None,
        key: str,
    ) -> None:
        options = reading._options
        self._options = options
        self._annotations = Annotations(options.config, categories)
        self._places = ImagePlaces(reading._folder, reading._path, options.settings)
        self._raw_pixels = reading._raw_pixels
        self._empty_is_work = reading._empty_is_work and layer is None
        self._layer = layer
        self._key = key
        self._source = reading._name

    def of(
        self, raw: bytes, where: str, numbers: Sequence[int], bodies: Sequence[bytes]
    ) -> Iterator[TaskIn | Problem]:
        """The task of an image, and before it what is wrong with it."""
        try:
            told = _decode(raw)
        except (ValueError, RecursionError) as error:
            yield Problem("json_syntax", where, {"reason": str(error)})
            return
        name = told.get("file_name")
        if not isinstance(name, str) or not name.strip("/\\ "):
            yield Problem("content_invalid", where, {"reason": "the image has no file_name"})
            return
        safe = safe_name(name)
        if safe != name.replace("\\", "/").removeprefix("./"):
            yield Problem("path_outside", where, {"name": safe}, _PATH)
        place = self._places.of(safe)
        head = head_of(place.path, where)
        size = _size(told)
        frame, problem = frame_of(size, head, where, raw_pixels=self._raw_pixels)
        if problem is not None:
            yield problem
        found: list[Problem] = []
        inside = f"{where}: {self._key}"
        regions = self._annotations.of_image(bodies, numbers, frame, inside, found)
        yield from found
        annotations: tuple[AnnotationIn, ...] = ()
        if numbers or self._empty_is_work:
            value = _encode({"regions": regions}) if regions else b"{}"
            annotations = (AnnotationIn(value, where, layer=self._layer),)
        left = _OF_IMAGE if isinstance(head, ImageHead) else {"file_name"}
        meta = {key: one for key, one in told.items() if key not in left}
        if isinstance(head, ImageHead):
            if name != place.key:
                meta["file_name"] = name
            yield image_task(
                place.key,
                place.path,
                head,
                where,
                self._options,
                source=self._source,
                meta=meta,
                annotations=annotations,
            )
            return
        if isinstance(head, Problem):
            yield head
        if annotations:
            yield TaskIn(safe, None, where, meta, annotations, self._source)
        elif head is None:
            yield Problem("file_missing", f"{where}: {safe}")


def _size(told: Mapping[str, Any]) -> tuple[int, int]:
    width, height = told.get("width"), told.get("height")
    for one in (width, height):
        if isinstance(one, bool) or not isinstance(one, (int, float)) or one <= 0:
            return 0, 0
    return int(width or 0), int(height or 0)


def _labels(
    categories: list[Any], name: str
) -> tuple[dict[Any, Category], list[Label], list[Problem]]:
    """The categories by id, and the labels they are."""
    known: dict[Any, Category] = {}
    labels: list[Label] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    for number, told in enumerate(categories):
        where = f"{name}: categories[{number}]"
        ident = told.get("id") if isinstance(told, dict) else None
        if not isinstance(ident, (int, str)) or isinstance(ident, bool):
            reason = "the category has no id"
            problems.append(Problem("content_invalid", where, {"reason": reason}))
            continue
        title = told.get("name")
        title = title.strip() if isinstance(title, str) and title.strip() else str(ident)
        label = title
        if title in taken:
            label = f"{title} {ident}"
            problems.append(
                Problem("coco_name_double", where, {"name": title, "label": label}, _TWICE)
            )
        taken.add(label)
        points = told.get("keypoints")
        names = tuple(map(str, points)) if isinstance(points, list) else ()
        known.setdefault(ident, Category(label, names))
        extra: dict[str, Any] = {
            "coco": {key: one for key, one in told.items() if key not in _OF_LABEL}
        }
        if names:
            extra["keypoints"] = list(names)
        if isinstance(told.get("skeleton"), list):
            extra["skeleton"] = told["skeleton"]
        labels.append(Label(id=label, name=label, extra=extra))
    return known, labels, problems


_OF_LABEL = frozenset({"name", "keypoints", "skeleton"})
