"""COCO files out: one pass over the tasks, with ids that are unique and, where they were told, kept.

What is new gets its id when the greatest of the others is known: until then lines wait in files of
their own. Nothing is said about licences or the dataset that was not told.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any, BinaryIO

import msgspec
import numpy as np

from labeler.api import Json, Refusal, TaskOut, WriteOptions, thaw
from labeler.panels.boxes.formats.coco_out import WrittenAnnotations, categories_of
from labeler.panels.boxes.formats.sizes import Sizes

__all__ = ["target_file", "write_coco"]

_OURS = frozenset({"id", "file_name", "width", "height"})
_IDS = ("images", "annotations", "categories")
_encode = msgspec.json.Encoder().encode


def target_file(target: Path, extension: str, name: str) -> Path:
    """The file to write: the target itself, or ``name`` in it where the target is to be a folder."""
    if target.suffix.casefold() == extension:
        path = target
    else:
        target.mkdir(parents=True, exist_ok=True)
        path = target / name
    if path.exists():
        raise Refusal.of("file_exists", str(path))
    return path


def write_coco(tasks: Iterable[TaskOut], target: Path, options: WriteOptions) -> Iterable[Path]:
    """Write the tasks to a file; see the module."""
    path = target_file(target, ".json", "annotations.json")
    folder = path.parent
    with (
        path.open("xb") as file,
        tempfile.TemporaryFile(dir=folder) as images,
        tempfile.TemporaryFile(dir=folder) as annotations,
    ):
        writer = _Writer(options, images, annotations)
        for task in tasks:
            writer.take(task)
        writer.join(file)
    return [path]


class _Ids:
    """Ids of one list: told ones, and ``+n`` for the n-th that has none."""

    def __init__(self) -> None:
        self._numbers = array("q")
        self._texts: set[str] = set()
        self._new = 0
        self._doubles: set[int] = set()
        self._seen: set[int] = set()
        self._base = 0

    def take(self, ident: Json) -> str:
        """The id as it waits in a line: its JSON, or ``+n``."""
        if isinstance(ident, int) and not isinstance(ident, bool) and abs(ident) < 1 << 62:
            self._numbers.append(ident)
            return str(ident)
        if isinstance(ident, str) and ident not in self._texts:
            self._texts.add(ident)
            return _encode(ident).decode()
        return self.new()

    def new(self) -> str:
        """The place of an id that is given at the end."""
        self._new += 1
        return f"+{self._new}"

    def close(self) -> None:
        """All ids are taken: those used twice and the first free one are known."""
        if not len(self._numbers):
            return
        numbers = np.frombuffer(self._numbers, dtype=np.int64)
        unlike, counts = np.unique(numbers, return_counts=True)
        self._doubles = set(unlike[counts > 1].tolist())
        self._base = max(0, int(unlike[-1]))

    def of(self, waiting: str) -> str:
        """The id that is written for a waiting one; of two equal ones the second is made anew."""
        if waiting.startswith("+"):
            return str(self._base + int(waiting))
        if self._doubles and not waiting.startswith('"'):
            number = int(waiting)
            if number in self._doubles:
                if number in self._seen:
                    return self.of(self.new())
                self._seen.add(number)
        return waiting


class _Writer:
    """One export: lines of images and annotations wait until their ids are known."""

    def __init__(self, options: WriteOptions, images: IO[bytes], annotations: IO[bytes]) -> None:
        self._options = options
        self._images, self._annotations = images, annotations
        self._categories = categories_of(options.config)
        rle = str(options.settings.get("boxes.coco_masks") or "list")
        self._made = WrittenAnnotations(self._categories, options.drop, rle=rle)
        self._sizes = Sizes(options)
        self._image_ids, self._annotation_ids = _Ids(), _Ids()
        self._names: set[str] = set()
        self._count = 0

    def take(self, task: TaskOut) -> None:
        """Put a task into the waiting lines."""
        options = self._options
        size = self._sizes.of(task)
        meta = task.meta
        told_name = meta.get("file_name")
        name = told_name if isinstance(told_name, str) and told_name else task.key
        if name in self._names:
            options.drop("key_double")
            return
        self._names.add(name)
        width, height = size.stored if size.raw else (size.width, size.height)
        image = self._image_ids.take(meta.get("id"))
        fields: dict[str, Any] = {"file_name": name}
        if width and height:
            fields |= {"width": width, "height": height}
        else:
            options.drop("size_unknown")
        for key, one in meta.items():
            if key not in _OURS:
                fields[key] = one
        number = self._count
        self._count += 1
        self._images.write(f"{image}\t".encode() + _encode(fields) + b"\n")
        for annotation in task.annotations:
            value = annotation.value
            if value.answers:
                options.drop("answers", len(value.answers))
            orientation = size.orientation if size.raw else 1
            written = self._made.of(value.regions, size.width, size.height, orientation)
            take, of_image = self._annotation_ids.take, b"\t%d\t" % number
            lines = [
                b"%b%b%b\n" % (take(ident).encode(), of_image, _encode(told))
                for ident, told in written
            ]
            self._annotations.write(b"".join(lines))

    def join(self, file: BinaryIO) -> None:
        """Write the file from the lines, in the order the published sets have."""
        about = self._options.config.settings.get("coco")
        told: Mapping[str, Any] = about if isinstance(about, Mapping) else {}
        members = {"info": told.get("info", {}), "licenses": told.get("licenses", ())}
        members |= {key: one for key, one in told.items() if key not in (*members, *_IDS)}
        file.write(b"{")
        for key, one in members.items():
            file.write(_encode(key) + b": " + _encode(thaw(one)) + b",\n")
        self._image_ids.close()
        self._annotation_ids.close()
        images = self._write_images(file)
        self._write_annotations(file, images)
        categories = list(self._categories.values())
        file.write(b'"categories": ' + _encode(categories) + b"}\n")

    def _write_images(self, file: BinaryIO) -> list[str]:
        """Write the list of images; returns the id of each."""
        ids = []
        file.write(b'"images": [')
        between = b"\n"
        self._images.seek(0)
        for line in self._images:
            waiting, _, fields = line.partition(b"\t")
            ident = self._image_ids.of(waiting.decode())
            ids.append(ident)
            file.write(between + b'{"id":' + ident.encode() + b"," + fields[1:-1])
            between = b",\n"
        file.write(b"\n],\n")
        return ids

    def _write_annotations(self, file: BinaryIO, images: list[str]) -> None:
        file.write(b'"annotations": [')
        between = b"\n"
        self._annotations.seek(0)
        told, ids = self._annotation_ids.of, [ident.encode() for ident in images]
        for line in self._annotations:
            waiting, image, fields = line.split(b"\t", 2)
            ident = told(waiting.decode()).encode()
            head = b'%b{"id":%b,"image_id":%b,%b'
            file.write(head % (between, ident, ids[int(image)], memoryview(fields)[1:-1]))
            between = b",\n"
        file.write(b"\n],\n")
