"""YOLO datasets out: label files by split, ``data.yaml`` with the classes in their order, images."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from labeler.api import Box, Polygon, QueueConfig, Region, TaskOut, WriteOptions, thaw
from labeler.panels.boxes.formats.copies import Copies, named_image
from labeler.panels.boxes.formats.fitting import clipped
from labeler.panels.boxes.formats.frames import back, turned
from labeler.panels.boxes.formats.sizes import ImageSize, Sizes
from labeler.panels.boxes.formats.upright import Upright
from labeler.panels.boxes.geometry import ring_area

__all__ = ["classes_of", "write_yolo"]

_DECIMALS = 10
"""Of a share: what is read from it again is the pixel it was, in images of any size there are."""
_SPLITS = {"train": "train", "val": "val", "valid": "val", "validation": "val", "test": "test"}

_encode = msgspec.json.Encoder().encode


def classes_of(config: QueueConfig) -> dict[str, int]:
    """The class number of each label by its id: the one it had, else the next that is free."""
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for label in config.labels:
        told = label.extra.get("yolo")
        number = told.get("class") if isinstance(told, Mapping) else None
        if isinstance(number, int) and 0 <= number < 1_000_000 and number not in taken:
            numbers[label.id] = number
            taken.add(number)
    following = 0
    for label in config.labels:
        if label.id not in numbers:
            while following in taken:
                following += 1
            numbers[label.id] = following
            taken.add(following)
    return numbers


def write_yolo(tasks: Iterable[TaskOut], target: Path, options: WriteOptions) -> Iterable[Path]:
    """Write the dataset into a folder; see the module."""
    target.mkdir(parents=True, exist_ok=True)
    return _Writer(target, options).run(tasks)


class _Writer:
    """One export."""

    def __init__(self, target: Path, options: WriteOptions) -> None:
        self._target = target
        self._options = options
        self._classes = classes_of(options.config)
        self._sizes = Sizes(options)
        self._upright = Upright(options)
        self._copies = Copies(options)
        self._outlines = not options.settings.get("boxes.bounds_of_others", False)
        self._taken: set[str] = set()
        self._splits: dict[str, None] = {}
        self._files: list[Path] = []

    def run(self, tasks: Iterable[TaskOut]) -> list[Path]:
        """Write the tasks, then the description, of which no more is known before."""
        for task in tasks:
            self._task(task)
        path = self._target / "data.yaml"
        path.write_text(self._description(), encoding="utf-8", newline="\n")
        self._files.insert(0, path)
        return self._files

    def _task(self, task: TaskOut) -> None:
        drop = self._options.drop
        size = self._sizes.of(task)
        split = _SPLITS.get(str(task.meta.get("split", "")), "train")
        name = _below_split(named_image(task), str(task.meta.get("split", "")))
        labels = (PurePosixPath("labels", split) / name).with_suffix(".txt")
        if labels.as_posix() in self._taken:
            # a.jpg and a.png would share a.txt.
            drop("key_double")
            return
        lines: list[str] | None = None
        for annotation in task.annotations:
            if annotation.status not in ("submitted", "accepted", "returned", "open"):
                drop("status")
                continue
            if annotation.value.answers:
                drop("answers", len(annotation.value.answers))
            if not (size.width and size.height):
                drop("size_unknown")
                continue
            lines = self._lines(annotation.value.regions, size)
        self._taken.add(labels.as_posix())
        self._splits[split] = None
        image = self._copies.put(task, self._target / "images" / split / name)
        if image is not None:
            self._files.append(image)
        if lines is not None:
            path = self._target / labels
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
            self._files.append(path)

    def _lines(self, regions: Iterable[Region], size: ImageSize) -> list[str]:
        """The lines of one image: boxes, or outlines for all of them where one is a polygon.

        A file with both is misread by who expects one kind.
        """
        shapes: list[tuple[int, Box | Polygon]] = []
        for region in regions:
            number = self._classes.get(region.label or "")
            if number is None:
                self._options.drop("label_missing")
                continue
            shape = self._shape(region, size)
            if shape is not None:
                shapes.append((number, shape))
        width, height = size.stored if size.raw else (size.width, size.height)
        outlines = any(isinstance(shape, Polygon) for _, shape in shapes)
        return [
            " ".join([str(number), *map(_share, _numbers(shape, width, height, outlines))])
            for number, shape in shapes
        ]

    def _shape(self, region: Region, size: ImageSize) -> Box | Polygon | None:
        if not (isinstance(region, Polygon) and self._outlines):
            return self._upright.of(region, size)
        if len(region.rings) > 1:
            self._options.drop("polygon_part", len(region.rings) - 1)
        outline = Polygon(rings=(max(region.rings, key=lambda ring: abs(ring_area(ring))),))
        cut = clipped(outline, size.width, size.height)
        if not isinstance(cut, Polygon):
            self._options.drop("region_outside")
            return None
        if cut != outline:
            self._options.drop("clipped")
        if not size.raw:
            return cut
        stored = turned(cut, back(size.orientation), size.width, size.height)
        return stored if isinstance(stored, Polygon) else None

    def _description(self) -> str:
        """``data.yaml``; texts are written as JSON, which YAML reads as what they are."""
        numbers = {number: ident for ident, number in self._classes.items()}
        titles = {label.id: label.title for label in self._options.config.labels}
        lines = ["path: ."]
        for split in ("train", "val", "test"):
            if split in self._splits:
                lines.append(f"{split}: images/{split}")
        if "val" not in self._splits:
            lines.append("# No image is in a split for validation; trainers want the key.")
            lines.append(f"val: images/{next(iter(self._splits), 'train')}")
        if "train" not in self._splits:
            lines.append(f"train: images/{next(iter(self._splits), 'train')}")
        lines.append("names:")
        for number in range(max(numbers, default=-1) + 1):
            ident = numbers.get(number)
            title = titles[ident] if ident is not None else f"class {number}"
            lines.append(f"  {number}: {_encode(title).decode()}")
        about = self._options.config.settings.get("yolo")
        for key, one in about.items() if isinstance(about, Mapping) else ():
            lines.append(f"{_encode(str(key)).decode()}: {_encode(thaw(one)).decode()}")
        return "\n".join(lines) + "\n"


def _below_split(path: PurePosixPath, split: str) -> PurePosixPath:
    """The image's path without the folders the layout itself has."""
    pieces = list(path.parts)
    folders = pieces[:-1]
    if "images" in folders:
        folders.remove("images")
    if split and folders[:1] == [split]:
        folders = folders[1:]
    return PurePosixPath(*folders, pieces[-1])


def _numbers(shape: Box | Polygon, width: int, height: int, outlines: bool) -> list[float]:
    if isinstance(shape, Polygon):
        return [one for x, y in shape.rings[0] for one in (x / width, y / height)]
    left, top = shape.x / width, shape.y / height
    right, bottom = (shape.x + shape.width) / width, (shape.y + shape.height) / height
    if outlines:
        return [left, top, right, top, right, bottom, left, bottom]
    return [(left + right) / 2, (top + bottom) / 2, shape.width / width, shape.height / height]


def _share(one: Any) -> str:
    text = f"{min(max(one, 0.0), 1.0):.{_DECIMALS}f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text
