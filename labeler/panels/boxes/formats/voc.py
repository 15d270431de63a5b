"""The format Pascal VOC: an XML file for each image.

The development kit counts pixels from 1 and takes the last one in: ``xmin`` 1 and ``xmax`` 100 are
the whole of 100 pixels. Most programs write edges from 0: the same is 0 and 100. Which of both a set
is shows by its ``database`` (that of the kit begins with ``The VOC``) and by a 0 among its
coordinates; the setting ``boxes.voc_base`` decides it for reading and writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import msgspec

from labeler.api import (
    IMAGE_EXTENSIONS,
    AnnotationIn,
    Box,
    ImageHead,
    Problem,
    ReadOptions,
    Refusal,
    Region,
    TaskIn,
    TaskOut,
    WriteOptions,
)
from labeler.panels.boxes.formats.fitting import Attributes, fitted, number
from labeler.panels.boxes.formats.frames import Frame, turned
from labeler.panels.boxes.formats.places import ImagePlaces, Place, safe_name
from labeler.panels.boxes.formats.sources import (
    Found,
    folder_of,
    frame_of,
    head_of,
    image_task,
    unreadable,
    walk,
)
from labeler.panels.boxes.formats.voc_out import write_voc
from labeler.panels.boxes.formats.voc_xml import Tree, tree_of

__all__ = ["ATTRIBUTES", "VocFormat"]

ATTRIBUTES = ("pose", "truncated", "difficult", "occluded")
"""What is said of an object besides its box: answers where the queue asks for them."""

_LARGEST = 1 << 24
_ZERO = re.compile(rb"<[xy]min>\s*-?0*(?:\.0*)?\s*</")
_OF_IMAGE = frozenset({"filename", "path", "folder", "size", "object"})
_OF_OBJECT = frozenset({"name", "bndbox"})
_CORNERS = ("xmin", "ymin", "xmax", "ymax")
_ONE = "pixels are counted from 1 here, as in the kit: read as edges from 0 ({why})"
_DATABASE = "the database is the kit’s, and no coordinate is 0"
_BAD_XML = "{reason}"


class _Set(NamedTuple):
    """The XML files of a source, and from what its pixels are counted."""

    files: list[Found]
    base: int
    why: str


class VocFormat:
    """Boxes, with pose, truncated, difficult and occluded as answers or kept beside the box."""

    id: ClassVar[str] = "voc"
    holds_one: ClassVar[bool] = True

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """The XML files of a folder (``Annotations`` beside ``JPEGImages``, or all in one), or one."""
        if not source.exists():
            raise Refusal.of("file_missing", str(source))
        files: list[Found] = []
        for one in walk(source, (".xml",)) if source.is_dir() else (Found(source, source.name),):
            if isinstance(one, Problem):
                yield one
            else:
                files.append(one)
        if not files:
            raise Refusal.of("file_missing", str(source / "*.xml"))
        told = _Set(files, *_base_of(files, str(options.settings.get("boxes.voc_base") or "auto")))
        yield from _Reading(folder_of(source), told, options).run(alone=source.is_file())

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """A folder with ``Annotations`` and, where they are within reach, ``JPEGImages``."""
        return write_voc(tasks, target, options)


def _base_of(files: list[Found], wanted: str) -> tuple[int, str]:
    """What pixels are counted from, and why; 0 where nothing says otherwise."""
    if wanted in ("0", "1"):
        return int(wanted), "boxes.voc_base"
    from_kit = False
    for path, _ in files:
        try:
            with path.open("rb") as file:
                raw = file.read(_LARGEST)
        except OSError:
            continue  # it is told when the file is read
        from_kit = from_kit or b"<database>The VOC" in raw
        if not from_kit or _ZERO.search(raw):
            return 0, ""
    return (1, _DATABASE) if from_kit else (0, "")


class _Reading:
    """One set while it is read."""

    def __init__(self, folder: Path, told: _Set, options: ReadOptions) -> None:
        self._folder = folder
        self._set = told
        self._options = options
        self._attributes = Attributes(options.config)
        self._raw = bool(options.settings.get("boxes.raw_pixels", False))
        self._places: dict[Path, ImagePlaces] = {}

    def run(self, *, alone: bool) -> Iterator[TaskIn | Problem]:
        """The tasks, and what is wrong with them; a file that is no VOC is a Refusal if ``alone``."""
        for at, (path, name) in enumerate(self._set.files):
            try:
                tree = self._tree(path, name)
            except Refusal as refusal:
                if alone:
                    raise
                yield refusal.problem
                continue
            yield from self._task(path, name, tree)
            if at == 0 and self._set.base:
                yield Problem("voc_base", name, {"why": self._set.why}, _ONE)
            if self._options.told is not None:
                self._options.told(at + 1, len(self._set.files))

    def _tree(self, path: Path, name: str) -> Tree:
        try:
            with path.open("rb") as file:
                raw = file.read(_LARGEST + 1)
        except OSError as error:
            raise Refusal(unreadable(error, name)) from None
        if len(raw) > _LARGEST:
            raise Refusal(Problem("row_too_long", name, {"limit": _LARGEST >> 20}))
        try:
            return tree_of(raw)
        except ValueError as error:
            reason = " ".join(str(error).split())[:200]
            raise Refusal(Problem("voc_xml", name, {"reason": reason}, _BAD_XML)) from None

    def _task(self, path: Path, name: str, tree: Tree) -> Iterator[TaskIn | Problem]:
        told = tree.get("filename")
        file_name = safe_name(told) if isinstance(told, str) else ""
        place = self._place(path, name, file_name)
        head = head_of(place.path, name)
        table = tree.get("size")
        size = _size(table if isinstance(table, dict) else {})
        frame, problem = frame_of(size, head, name, raw_pixels=self._raw)
        if problem is not None:
            yield problem
        found: list[Problem] = []
        regions = []
        objects = tree.get("object", [])
        for at, one in enumerate(objects if isinstance(objects, list) else [objects]):
            region = self._region(one, frame, f"{name}: object[{at}]", found)
            if region is not None:
                regions.append(region)
        yield from found
        value = msgspec.json.encode({"regions": regions} if regions else {})
        annotations = (AnnotationIn(value, name),)
        kept = {key: one for key, one in tree.items() if key not in _OF_IMAGE}
        meta: dict[str, object] = {"voc": kept} if kept else {}
        if isinstance(head, ImageHead):
            yield image_task(
                place.key,
                place.path,
                head,
                name,
                self._options,
                source=name,
                meta=meta,
                annotations=annotations,
            )
            return
        if isinstance(head, Problem):
            yield head
        if size[0]:
            meta |= {"width": size[0], "height": size[1]}
        yield TaskIn(file_name or place.key, None, name, meta, annotations, name)

    def _place(self, path: Path, name: str, file_name: str) -> Place:
        """Where the image is: under the name the file tells, else under the file's own.

        Files that were renamed tell a name that is no longer so.
        """
        places = self._places.get(path.parent)
        if places is None:
            places = ImagePlaces(self._folder, path, self._options.settings)
            self._places[path.parent] = places
        first = places.of(file_name) if file_name else None
        if first is not None and first.path.is_file():
            return first
        stem = name.rpartition("/")[2][: -len(".xml")]
        folder = name.rpartition("/")[0].partition("Annotations")[2].strip("/")
        for ending in IMAGE_EXTENSIONS[:7]:
            other = places.of(f"{folder}/{stem}{ending}" if folder else f"{stem}{ending}")
            if other.path.is_file():
                return other
        return first or Place(f"{stem}.jpg", self._folder / f"{stem}.jpg")

    def _region(self, told: Any, frame: Frame, where: str, found: list[Problem]) -> Region | None:
        box = told.get("bndbox") if isinstance(told, dict) else None
        corners = [number(box.get(one)) for one in _CORNERS] if isinstance(box, dict) else [None]
        if not isinstance(told, dict) or any(one is None for one in corners):
            reason = "the object has no bndbox of four numbers"
            found.append(Problem("region_invalid", where, {"reason": reason}))
            return None
        left, top, right, bottom = (one or 0.0 for one in corners)
        left, right = sorted((left, right))
        top, bottom = sorted((top, bottom))
        left, top = left - self._set.base, top - self._set.base
        label = told.get("name")
        if not isinstance(label, str) or not label:
            found.append(Problem("region_invalid", where, {"reason": "the object has no name"}))
            label = None
        asked = {name: told[name] for name in ATTRIBUTES if isinstance(told.get(name), str)}
        answers, _ = self._attributes.of({name: _truth(one) for name, one in asked.items()})
        extra = {
            name: one
            for name, one in told.items()
            if name not in _OF_OBJECT and name not in answers
        }
        region = Box(
            x=left,
            y=top,
            width=right - left,
            height=bottom - top,
            label=label,
            attributes=answers,
            extra={"voc": extra} if extra else {},
        )
        shown = turned(region, frame.orientation, frame.width, frame.height)
        return fitted(shown, *frame.shown, where, found)


def _truth(text: str) -> Any:
    return {"0": False, "1": True}.get(text.strip(), text.strip())


def _size(table: Mapping[str, Any]) -> tuple[int, int]:
    width, height = number(table.get("width")), number(table.get("height"))
    return (int(width), int(height)) if width and height and min(width, height) > 0 else (0, 0)
