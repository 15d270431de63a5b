"""COCO of the size of train2017 in and out, beside the standard library's reading of the same file."""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from board import Beside, Board, child, seconds, worked
from PIL import Image

from labeler.api import QueueConfig, ReadOptions, image_head
from labeler.media.image import read_image
from labeler.panels.boxes.formats import ImagesFormat

RUNS = 3
IMAGES, BOXES = 118_287, 860_001
"""What train2017 has."""
SHARE = {"full": 1, "small": 10}
PER_FOLDER = 1000
LINKS = 50_000
"""Names one file may have; ext4 allows 65,000."""


def jpeg(width: int, height: int, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stream = io.BytesIO()
    noise = Image.effect_noise((width // 4, height // 4), 60).resize((width, height))
    noise.convert("RGB").save(stream, "jpeg", quality=85, exif=exif)
    return stream.getvalue()


def elements(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield ("" if number == 0 else ", ") + json.dumps(row)


def coco_file(path: Path, images: int, boxes: int) -> Path:
    """A set whose boxes come in no order of images, as in the published one."""
    chance = random.Random(5)

    def boxed() -> Iterator[dict[str, Any]]:
        for number in range(boxes):
            width, height = chance.uniform(5, 130), chance.uniform(5, 70)
            box = [chance.uniform(0, 500), chance.uniform(0, 400), width, height]
            x, y, width, height = (round(one, 2) for one in box)
            yield {
                **{"segmentation": [], "area": width * height, "iscrowd": 0},
                **{"image_id": chance.randrange(1, images + 1), "bbox": [x, y, width, height]},
                **{"category_id": chance.randrange(1, 81), "id": number + 1},
            }

    pictured = (
        {
            **{"license": number % 8, "file_name": name_of(number), "height": 480, "width": 640},
            **{"coco_url": f"http://example.org/{number:012d}.jpg", "id": number + 1},
        }
        for number in range(images)
    )
    kinds = [{"supercategory": "thing", "id": n, "name": f"class {n}"} for n in range(1, 81)]
    with path.open("w", encoding="utf-8") as file:
        file.write('{"info": {"year": 2017}, "licenses": [], "images": [')
        file.writelines(elements(pictured))
        file.write('], "annotations": [')
        file.writelines(elements(boxed()))
        file.write(f'], "categories": {json.dumps(kinds)}}}')
    return path


def name_of(number: int) -> str:
    return f"{number // PER_FOLDER:03d}/{number:012d}.jpg"


@pytest.fixture(scope="module")
def folder(board: Board, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As many images as the set has, all of them one picture of 640 × 480."""
    place = tmp_path_factory.mktemp("images")
    raw = jpeg(640, 480)
    for number in range(IMAGES // SHARE[board.size]):
        if number % LINKS == 0:
            first = place / f"{number}.bin"
            first.write_bytes(raw)
        path = place / name_of(number)
        if number % PER_FOLDER == 0:
            path.parent.mkdir()
        os.link(first, path)
    return place


def test_coco(board: Board, folder: Path, tmp_path: Path) -> None:
    full = board.size == "full"
    images, boxes = IMAGES // SHARE[board.size], BOXES // SHARE[board.size]
    source = coco_file(folder / "set.json", images, boxes)
    naive = child("naive_json", source)
    came = []
    went = []
    for run in range(RUNS):
        project = tmp_path / f"{run}.labeler"
        came.append(child("coco", "in", project, source))
        went.append(child("coco", "out", project, tmp_path / f"{run}.json"))
    assert {one["annotations"] for one in (*came, *went)} == {came[0]["annotations"]}
    source.unlink()
    less = coco_file(folder / "less.json", images // 10, boxes // 10)
    small = child("coco", "in", tmp_path / "less.labeler", less)
    less.unlink()
    board.add(
        f"COCO in, {images:,} images and {boxes:,} boxes",
        "s",
        [one["seconds"] for one in came],
        Beside("json.load alone", naive["seconds"]),
        target=15 if full else None,
        note=worked(came),
    )
    board.add(
        "its peak memory",
        "MB",
        [one["mb"] for one in came],
        Beside("json.load", naive["mb"]),
        Beside("a tenth of it in", small["mb"]),
    )
    board.add(
        "COCO out",
        "s",
        [one["seconds"] for one in went],
        Beside("json.dumps of it in memory", naive["dump"]),
        target=8 if full else None,
    )
    board.add(
        "its peak memory",
        "MB",
        [one["mb"] for one in went],
        Beside("json.load", naive["mb"]),
    )


def test_folder(board: Board, folder: Path) -> None:
    reader = ImagesFormat()
    options = ReadOptions(QueueConfig())
    count = IMAGES // SHARE[board.size]
    board.add(
        f"images found and looked at, {count:,}",
        "s",
        seconds(lambda: sum(1 for _ in reader.read(folder, options)), RUNS),
        Beside("Image.open of each", count * opened(jpeg(640, 480))),
    )


def test_images_by_reference(board: Board, folder: Path, tmp_path: Path) -> None:
    count = IMAGES // SHARE[board.size]
    runs = [child("coco", "images", tmp_path / f"{run}.labeler", folder) for run in range(RUNS)]
    assert {one["tasks"] for one in runs} == {count}
    board.add(
        f"{count:,} images by reference",
        "s",
        [one["seconds"] for one in runs],
        Beside("Image.open of each", count * opened(jpeg(640, 480))),
        target=5 * count / 100_000 if board.size == "full" else None,
        note=worked(runs),
    )


def opened(raw: bytes) -> float:
    def pillow() -> None:
        for _ in range(200):
            Image.open(io.BytesIO(raw)).getexif()

    return min(seconds(pillow, 3)) / 200


def test_heads_and_pictures(board: Board) -> None:
    raw = jpeg(1920, 1080, 6)
    stream = io.BytesIO(raw)

    def heads() -> None:
        for _ in range(1000):
            image_head(stream)

    board.add(
        "head of a JPEG",
        "µs",
        [one * 1000 for one in seconds(heads, RUNS)],
        Beside("pillow", opened(raw) * 1e6),
        target=30,
    )

    def plain() -> None:
        Image.open(io.BytesIO(raw)).convert("RGB").tobytes()

    board.add(
        "1080p JPEG upright",
        "ms",
        [one * 1000 for one in seconds(lambda: read_image(stream), 7)],
        Beside("pillow, not put upright", min(seconds(plain, 5)) * 1000),
        target=40,
    )
    large = io.BytesIO(jpeg(12_000, 9_000))
    board.add(
        "108 megapixels reduced to 1500",
        "ms",
        [one * 1000 for one in seconds(lambda: read_image(large, longest=1500), RUNS)],
        target=2000,
    )
