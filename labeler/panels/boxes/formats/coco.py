"""The format COCO: one JSON file for all images, annotations by number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from labeler.api import LabelsIn, Problem, ReadOptions, TaskIn, TaskOut, WriteOptions
from labeler.panels.boxes.formats.coco_reading import read_coco
from labeler.panels.boxes.formats.coco_writing import write_coco

__all__ = ["CocoFormat"]


class CocoFormat:
    """Detection, segmentation (polygons and both kinds of masks) and keypoints, and results.

    Pixels of the displayed image from its upper left corner, sizes as differences of edges. How an
    annotation becomes regions is said in ``coco_marks``.
    """

    id: ClassVar[str] = "coco"
    holds_one: ClassVar[bool] = True

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | LabelsIn | Problem]:
        """The images of one file, or of all JSON files of a folder; results as predictions."""
        return read_coco(source, options)

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """One file; a folder gets ``annotations.json``."""
        return write_coco(tasks, target, options)
