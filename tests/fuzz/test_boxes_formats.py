"""Whatever is in a file of images or boxes: tasks, problems or one refusal come out, never a crash."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from labeler.api import (
    Codec,
    ImportFormat,
    LabelsIn,
    Problem,
    QueueConfig,
    ReadOptions,
    Refusal,
    TaskIn,
    Value,
    image_head,
)
from labeler.media.image import read_image
from labeler.panels.boxes.formats import CocoFormat, VocFormat, YoloFormat
from labeler.panels.boxes.formats.json_parts import Elements, JsonCut, Member, parts_of
from labeler.panels.boxes.task import BoxesTask

TASK = BoxesTask()
CODEC = Codec({cls.type_name(): cls for cls in TASK.region_types})
KINDS = ("jpeg", "png", "webp", "tiff", "gif", "bmp", "ppm")


def encoded(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    stream = io.BytesIO()
    Image.effect_noise((40, 30), 80).save(stream, kind, exif=exif)
    return stream.getvalue()


IMAGES = {kind: encoded(kind) for kind in KINDS}
COCO = json.dumps(
    {
        "info": {"year": 1},
        "images": [{"id": 1, "file_name": "a.jpg", "width": 30, "height": 40, "license": 2}],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "area": 12, "iscrowd": 0},
            {"id": 2, "image_id": 1, "category_id": 1, "segmentation": [[1, 1, 9, 1, 5, 9]]},
            {"id": 3, "image_id": 1, "category_id": 2, "bbox": [0, 0, 9, 9],
             "segmentation": {"size": [40, 30], "counts": "Q15S1"}},
            {"id": 4, "image_id": 1, "category_id": 2, "keypoints": [1, 2, 2, 3, 4, 1], "score": 0.5},
        ],
        "categories": [{"id": 1, "name": "a"}, {"id": 2, "name": "b", "keypoints": ["x", "y"]}],
    }
)  # fmt: skip
YAML = "train: images\nnames: {0: a, 1: b}\nkpt_shape: [1, 3]\n"
LINES = "0 0.5 0.5 0.1 0.1\n1 0.1 0.1 0.5 0.1 0.3 0.5\n0 0.5 0.5 0.1 0.1 0.2 0.2 2\n"
XML = (
    "<annotation><filename>a.jpg</filename><size><width>30</width><height>40</height></size>"
    "<object><name>a</name><difficult>1</difficult><bndbox><xmin>1</xmin><ymin>2</ymin>"
    "<xmax>9</xmax><ymax>9</ymax></bndbox></object></annotation>"
)
SOUND: dict[str, tuple[type[ImportFormat], str, str]] = {
    "coco": (CocoFormat, "in.json", COCO),
    "yolo": (YoloFormat, "labels/a.txt", LINES),
    "yaml": (YoloFormat, "data.yaml", YAML),
    "voc": (VocFormat, "in.xml", XML),
}
Read = list[TaskIn | LabelsIn | Problem] | str


def read(kind: str, raw: bytes) -> Read:
    reader, name, _ = SOUND[kind]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for part in ("images", "labels"):
            (place / part).mkdir()
        (place / "images/a.jpg").write_bytes(IMAGES["jpeg"])
        (place / "data.yaml").write_text(YAML)
        (place / name).write_bytes(raw)
        try:
            return list(reader().read(place, ReadOptions(QueueConfig())))
        except Refusal as refusal:
            return str(refusal).replace(folder, "")


def check(kind: str, raw: bytes) -> None:
    found = read(kind, raw)
    if isinstance(found, str):
        assert found
        return
    for one in found:
        if isinstance(one, Problem):
            assert one.message
            continue
        if isinstance(one, LabelsIn):
            msgspec.json.encode(one)
            continue
        msgspec.json.encode(one.meta)
        for annotation in one.annotations:
            sound(annotation.value, one)


def sound(raw: bytes, task: TaskIn) -> None:
    """Nothing of a value that a reader makes is refused later."""
    value: Value = CODEC.read(raw, task.key or "")
    assert CODEC.decode(CODEC.encode(value)) == value
    if task.content is not None:
        assert list(TASK.check(task.content, value, QueueConfig())) == []


cuts = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=6)), max_size=4)
words = (
    "null",
    "1e9",
    "-1",
    "NaN",
    "1e999",
    "[]",
    "{}",
    '"',
    "\\ud800",
    "0",
    "true",
    "images",
    "&",
    "<!--",
)
syntax = st.sampled_from([*'{}[]",:\n <>/.-', *words])


def damaged(raw: bytes, where: list[tuple[float, int, bytes]]) -> bytes:
    for place, gone, put in where:
        at = int(place * len(raw))
        raw = raw[:at] + put + raw[at + gone :]
    return raw


@pytest.mark.parametrize("kind", SOUND)
@settings(max_examples=50)
@given(where=cuts)
def test_a_damaged_file_is_no_crash(kind, where):
    check(kind, damaged(SOUND[kind][2].encode(), where))


@pytest.mark.parametrize("kind", SOUND)
@settings(max_examples=40)
@given(parts=st.lists(syntax, max_size=8), at=st.floats(0, 1))
def test_syntax_in_the_wrong_place_is_no_crash(kind, parts, at):
    text = SOUND[kind][2]
    cut = int(at * len(text))
    check(kind, (text[:cut] + "".join(parts) + text[cut:]).encode())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=100)
@given(
    where=st.sampled_from(("images", "annotations", "categories")),
    key=st.sampled_from(
        ["id", "file_name", "width", "image_id", "category_id", "bbox", "segmentation", "area",
         "keypoints", "iscrowd", "score", "attributes", "name", "rotated_box", "skeleton"]
    ),
    at=st.integers(0, 3),
    value=json_values,
)  # fmt: skip
def test_any_value_under_any_key_of_coco_is_no_crash(where, key, at, value):
    tree = json.loads(COCO)
    rows = tree[where]
    rows[at % len(rows)][key] = value
    check("coco", json.dumps(tree).encode())


@settings(max_examples=100)
@given(
    tree=st.dictionaries(st.text(max_size=5), st.lists(json_values, max_size=5), max_size=5),
    indent=st.none() | st.integers(0, 2),
)
def test_a_document_in_parts_is_the_document(tree, indent):
    raw = json.dumps(tree, indent=indent).encode()
    found: dict[str, list[object]] = {}
    for part in parts_of(io.BytesIO(raw)):
        assert isinstance(part, Elements)
        kept = found.setdefault(part.key, [])
        assert part.first == len(kept)
        kept += [json.loads(one) for one in part.raw]
        assert all(
            raw[at : at + len(one)] == one for at, one in zip(part.at, part.raw, strict=True)
        )
    told = {key: one for key, one in tree.items() if one}
    assert json.dumps(found) == json.dumps({key: told[key] for key in found})
    assert set(found) == set(told)


@settings(max_examples=100)
@given(raw=st.binary(max_size=200) | st.text('{}[],:"\\ 1a', max_size=60).map(str.encode))
def test_anything_in_parts_ends_by_itself(raw):
    found: list[Elements | Member | Problem] = []
    try:
        found.extend(parts_of(io.BytesIO(raw)))
    except JsonCut as cut:
        found.append(cut.problem("a"))
    assert all(str(one) for one in found if isinstance(one, Problem))
    assert not any(isinstance(one, Elements) and not one.raw for one in found)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40)
@given(where=cuts, end=st.floats(0, 1))
def test_a_damaged_image_is_pixels_or_one_line(kind, where, end):
    raw = damaged(IMAGES[kind], where)
    raw = raw[: max(1, int(end * len(raw)))] if end > 0.3 else raw
    told = looked_at(raw)
    if isinstance(told, Problem):
        assert told.code.startswith("image_")
        assert "\n" not in str(told)


def looked_at(raw: bytes) -> Problem | None:
    stream = io.BytesIO(raw)
    try:
        head = image_head(stream)
        picture = read_image(stream, budget_bytes=64 << 20)
    except Refusal as refusal:
        return refusal.problem
    assert (picture.width, picture.height) == (head.width, head.height)
    assert picture.pixels.dtype == "uint8"
    return None
