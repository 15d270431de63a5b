"""The format YOLO in the layout of Ultralytics.

That is a folder ``images``, beside it ``labels`` with a text file for each, and ``data.yaml`` or
``classes.txt`` for the names of the classes.
An image without a text file is unlabelled; one with an empty text file was looked at, and there is
nothing on it. Both come in and go out as that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from labeler.api import (
    IMAGE_EXTENSIONS,
    AnnotationIn,
    ImageHead,
    Label,
    LabelsIn,
    Polygon,
    Problem,
    ReadOptions,
    Refusal,
    TaskIn,
    TaskOut,
    WriteOptions,
)
from labeler.panels.boxes.formats.frames import Frame
from labeler.panels.boxes.formats.sources import (
    Found,
    folder_of,
    head_of,
    image_task,
    unreadable,
    walk,
)
from labeler.panels.boxes.formats.yolo_lines import read_line
from labeler.panels.boxes.formats.yolo_out import write_yolo
from labeler.panels.boxes.formats.yolo_set import YoloSet, described, listed

__all__ = ["YoloFormat", "label_path"]

_NO_CLASS = "there is no class {number} among the {count} names; the label is called by its number"
_OBB = "outlines of four points that stand askew: boxes of an oriented set, taken as polygons"
_ORPHAN = "there is no image for these labels: shares of an unknown size are no pixels"
_NO_IMAGES = "there are no images: YOLO's numbers are shares of their size"
_LARGEST = 1 << 26

_encode = msgspec.json.Encoder().encode


def label_path(name: str) -> str:
    """Where an image's labels are: ``labels`` in place of the last ``images``, ``.txt`` at the end."""
    head, _, tail = name.rpartition("/")
    folders = head.split("/") if head else []
    for at in range(len(folders) - 1, -1, -1):
        if folders[at] == "images":
            folders[at] = "labels"
            break
    stem = tail.rpartition(".")[0] or tail
    return "/".join([*folders, f"{stem}.txt"])


class YoloFormat:
    """Boxes and outlines; poses and oriented boxes are told as what they are."""

    id: ClassVar[str] = "yolo"
    holds_one: ClassVar[bool] = True

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | LabelsIn | Problem]:
        """The images of a folder, or of the splits a ``data.yaml`` names, with their labels."""
        if not source.exists():
            raise Refusal.of("file_missing", str(source))
        folder = folder_of(source)
        told, problems = described(source, folder)
        for problem in problems:
            place = problem.where or (source.name if source.is_file() else folder.name)
            yield msgspec.structs.replace(problem, where=place)
        if told.names:
            labels = tuple(
                Label(id=name, name=name, extra={"yolo": {"class": number}})
                for number, name in sorted(told.names.items())
                if name
            )
            settings = {"yolo": dict(told.about)} if told.about else {}
            yield LabelsIn(labels, told.where, settings)
        yield from _Reading(folder, told, options).run()

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """A folder with ``data.yaml``, ``labels`` and, where they are within reach, ``images``."""
        return write_yolo(tasks, target, options)


class _Reading:
    """One dataset while it is read."""

    def __init__(self, folder: Path, told: YoloSet, options: ReadOptions) -> None:
        self._folder = folder
        self._told = told
        self._options = options
        self._raw = bool(options.settings.get("boxes.raw_pixels", False))
        self._points = _pose_numbers(told.about.get("kpt_shape"))
        self._used: set[str] = set()
        self._askew = False
        self._unknown: set[int] = set()

    def run(self) -> Iterator[TaskIn | Problem]:
        """The tasks, and what is wrong with them."""
        images: list[tuple[str, Found]] = []
        for one in listed(self._told, self._folder):
            if isinstance(one, Problem):
                yield one
            else:
                images.append(one)
        orphans = self._orphans(images)
        if not images:
            raise Refusal(Problem("yolo_no_images", str(self._folder), text=_NO_IMAGES))
        for number, (split, found) in enumerate(images):
            yield from self._image(split, found)
            if self._options.told is not None:
                self._options.told(number + 1, len(images))
        for name in orphans:
            yield Problem("yolo_orphan", name, text=_ORPHAN)

    def _orphans(self, images: list[tuple[str, Found]]) -> list[str]:
        """Label files no image belongs to, where the labels have a folder of their own."""
        wanted = {label_path(found.name) for _, found in images}
        found = []
        for one in walk(self._folder, (".txt",)):
            if isinstance(one, Found) and "labels" in one.name.split("/")[:-1]:
                if one.name not in wanted and not one.name.endswith("/classes.txt"):
                    if not self._has_image(one.name):
                        found.append(one.name)
        return found

    def _has_image(self, name: str) -> bool:
        """Whether a label file's image is there after all, in no split of those that are read."""
        head, _, tail = name.rpartition("labels/")
        stem = self._folder / f"{head}images/{tail}"
        beside = self._folder / name
        return any(
            path.with_suffix(ending).is_file()
            for path in (stem, beside)
            for ending in IMAGE_EXTENSIONS
        )

    def _image(self, split: str, found: Found) -> Iterator[TaskIn | Problem]:
        head = head_of(found.path, found.name)
        if head is None:
            yield Problem("file_missing", found.name)
            return
        if isinstance(head, Problem):
            yield head
            return
        name = label_path(found.name)
        text = _label_text(self._folder / name, name)
        if isinstance(text, Problem):
            yield text
            text = None
        annotations: tuple[AnnotationIn, ...] = ()
        if text is not None:
            problems: list[Problem] = []
            annotations = (AnnotationIn(self._value(text, name, head, problems), name),)
            yield from problems
        meta: dict[str, object] = {"split": split} if split else {}
        yield image_task(
            found.name,
            found.path,
            head,
            found.name,
            self._options,
            source=self._told.where,
            meta=meta,
            annotations=annotations,
        )

    def _value(self, text: str, name: str, head: ImageHead, found: list[Problem]) -> bytes:
        frame = Frame(head.width, head.height)
        if self._raw:
            frame = Frame(*head.stored, head.orientation)
        regions = []
        outlines = askew = 0
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            where = f"{name}:{number}"
            read = read_line(line, frame, self._points, where, found)
            if read is None:
                continue
            outlines += 1
            shape = read.region
            askew += isinstance(shape, Polygon) and [len(ring) for ring in shape.rings] == [4]
            label = self._label(read.number, where, found)
            regions.append(msgspec.structs.replace(read.region, label=label))
        if askew and askew == outlines and not self._askew:
            self._askew = True
            found.append(Problem("yolo_obb", name, text=_OBB))
        return _encode({"regions": regions} if regions else {})

    def _label(self, number: int, where: str, found: list[Problem]) -> str:
        names = self._told.names
        name = names.get(number)
        if name:
            return name
        if names and number not in self._unknown:
            self._unknown.add(number)
            params = {"number": number, "count": len(names)}
            found.append(Problem("yolo_class_unknown", where, params, _NO_CLASS))
        return str(number)


def _pose_numbers(shape: Any) -> int:
    """How many numbers the points of a pose take (``kpt_shape: [17, 3]``), or 0."""
    if isinstance(shape, list) and len(shape) == 2 and all(isinstance(one, int) for one in shape):
        return int(max(0, shape[0] * shape[1]))
    return 0


def _label_text(path: Path, name: str) -> str | Problem | None:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        return unreadable(error, name)
    if len(raw) > _LARGEST:
        return Problem("row_too_long", name, {"limit": _LARGEST >> 20})
    return raw.decode("utf-8-sig", "replace")
