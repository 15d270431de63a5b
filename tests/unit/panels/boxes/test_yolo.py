"""YOLO in and out: shares of the image, class numbers that stay, what is unlabelled and what is empty."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from carrying import Came, config_of, image_file, read, task, tasks_out, write
from globox import AnnotationSet

from labeler.api import Box, Keypoint, Keypoints, Mask, Polygon, Refusal, Value
from labeler.panels.boxes.formats import VocFormat, YoloFormat
from labeler.panels.boxes.formats.yolo import label_path

FORMAT = YoloFormat()
NAMES = {"names": {0: "cat", 1: "dog"}}


def dataset(folder: Path, labels: dict[str, str | None], told: Any = None, **image: Any) -> Path:
    """Images of 100 × 80 under these names, each with the text of its label file (None: no file)."""
    folder.mkdir(exist_ok=True)
    (folder / "data.yaml").write_text(
        yaml.safe_dump(told or {"path": ".", "train": "images", **NAMES})
    )
    for name, text in labels.items():
        image_file(folder / name, **image)
        if text is not None:
            path = folder / label_path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return folder


def one(tmp_path: Path, text: str, told: Any = None, **settings: Any) -> Came:
    return read(FORMAT, dataset(tmp_path / "in", {"images/a.jpg": text}, told), **settings)


# ----------------------------------------------------------------------------------------------- lines


def test_a_box_is_its_middle_and_its_size_as_shares_of_the_image(tmp_path: Path):
    # 0.25·100 = 25 ± 10/2 across, 0.5·80 = 40 ± 40/2 down.
    (box,) = one(tmp_path, "1 0.25 0.5 0.1 0.5\n").regions()
    assert (box.x, box.y, box.width, box.height, box.label) == (20, 20, 10, 40, "dog")


def test_an_outline_is_a_polygon_and_four_corners_of_a_box_are_a_box(tmp_path: Path):
    text = "0 0.1 0.1 0.5 0.1 0.3 0.5\n1 0.1 0.1 0.5 0.1 0.5 0.5 0.1 0.5\n"
    polygon, box = one(tmp_path, text).regions()
    assert isinstance(polygon, Polygon)
    assert polygon.rings == (((10, 8), (50, 8), (30, 40)),)
    assert (box.x, box.y, box.width, box.height) == (10, 8, 40, 32)


def test_a_sixth_number_is_a_score_or_a_track(tmp_path: Path):
    scored, tracked = one(tmp_path, "0 0.5 0.5 0.1 0.1 0.875\n0 0.5 0.5 0.1 0.1 17\n").regions()
    assert (scored.score, scored.extra) == (0.875, {})
    assert (tracked.score, tracked.extra) == (None, {"yolo": {"track": 17}})


def test_a_pose_is_told_and_its_box_taken(tmp_path: Path):
    told = {"train": "images", "kpt_shape": [2, 3], **NAMES}
    came = one(tmp_path, "0 0.5 0.5 0.1 0.1 0.1 0.2 2 0.3 0.4 1\n", told)
    assert came.places == [("labels/a.txt:1", "yolo_pose")]
    assert [type(region) for region in came.regions()] == [Box]


def test_an_oriented_set_is_told_once_and_taken_as_outlines(tmp_path: Path):
    askew = "0 0.3 0.2 0.5 0.4 0.4 0.6 0.2 0.4\n"
    source = dataset(tmp_path / "in", {"images/a.jpg": askew, "images/b.jpg": askew})
    came = read(FORMAT, source)
    assert came.codes == ["yolo_obb"]
    assert isinstance(came.regions(0)[0], Polygon)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("0 0.5 x 0.1 0.1", "yolo_number"),
        ("0 0.5 nan 0.1 0.1", "yolo_number"),
        ("cat 0.5 0.5 0.1 0.1", "yolo_class"),
        ("-1 0.5 0.5 0.1 0.1", "yolo_class"),
        ("0.5 0.5 0.5 0.1 0.1", "yolo_class"),
        ("0 0.5 0.5", "yolo_short"),
        ("0 320 240 50 60", "yolo_pixels"),
        ("0 0.5 0.5 0 0.1", "region_empty"),
        ("0 1.5 0.5 0.1 0.1", "region_outside"),
        ("7 0.5 0.5 0.1 0.1", "yolo_class_unknown"),
    ],
)
def test_a_line_that_is_wrong_is_told_with_file_and_line_and_the_others_come_in(
    tmp_path, line, code
):
    came = one(tmp_path, f"0 0.5 0.5 0.1 0.1\n\n{line}\n1 0.5 0.5 0.2 0.2\n")
    assert came.places == [("labels/a.txt:3", code)]
    labels = [region.label for region in came.regions()]
    assert [labels[0], labels[-1]] == ["cat", "dog"]


def test_what_sticks_out_is_cut_and_told(tmp_path: Path):
    came = one(tmp_path, "0 0.95 0.5 0.3 0.5\n")
    (box,) = came.regions()
    assert (box.x, box.width) == (80, 20)
    assert came.codes == ["region_clipped"]


# ------------------------------------------------------------------------------------------ the dataset


def test_an_empty_file_is_work_and_a_missing_one_is_none(tmp_path: Path):
    came = read(FORMAT, dataset(tmp_path / "in", {"images/a.jpg": "", "images/b.jpg": None}))
    assert came.value(0) == Value()
    assert came.tasks[1].annotations == ()


@pytest.mark.parametrize("layout", ["images/train", "train/images"])
def test_both_layouts_are_read_and_splits_are_kept(tmp_path: Path, layout):
    told = {"train": layout, "val": layout.replace("train", "val"), **NAMES}
    labels = {f"{layout}/a.jpg": "0 0.5 0.5 0.1 0.1", f"{told['val']}/b.jpg": ""}
    came = read(FORMAT, dataset(tmp_path / "in", labels, told))
    found = [(task.key, task.meta["split"], len(task.annotations)) for task in came.tasks]
    assert found == [(f"{layout}/a.jpg", "train", 1), (f"{told['val']}/b.jpg", "val", 1)]


def test_paths_that_lead_up_are_looked_for_below_as_some_programs_write_them(tmp_path: Path):
    told = {"train": "../train/images", "val": "../valid/images", **NAMES}
    source = dataset(tmp_path / "in", {"train/images/a.jpg": "", "valid/images/b.jpg": ""}, told)
    assert [task.key for task in read(FORMAT, source).tasks] == [
        "train/images/a.jpg",
        "valid/images/b.jpg",
    ]


def test_images_outside_the_folder_are_told(tmp_path: Path):
    image_file(tmp_path / "far" / "a.jpg")
    told = {"train": "../far", "val": "images", **NAMES}
    came = read(FORMAT, dataset(tmp_path / "in", {"images/b.jpg": ""}, told))
    assert came.codes == ["yolo_split"]
    assert len(came.tasks) == 1


def test_a_list_of_images_is_a_split_too(tmp_path: Path):
    source = dataset(
        tmp_path / "in", {"images/a.jpg": "", "images/b.jpg": ""}, {"train": "t.txt", **NAMES}
    )
    (source / "t.txt").write_text("./images/b.jpg\nimages/gone.jpg\n")
    came = read(FORMAT, source / "data.yaml")
    assert [task.key for task in came.tasks] == ["images/b.jpg"]
    assert came.places == [("t.txt:2: images/gone.jpg", "file_missing")]


def test_names_may_stand_in_classes_txt_or_nowhere(tmp_path: Path):
    source = dataset(tmp_path / "in", {"images/a.jpg": "1 0.5 0.5 0.1 0.1"})
    (source / "data.yaml").unlink()
    came = read(FORMAT, source)
    assert came.regions()[0].label == "1"
    assert came.codes == ["yolo_no_names"]
    (source / "classes.txt").write_text("bird\nnewt\n")
    assert read(FORMAT, source).regions()[0].label == "newt"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("names: [cat, 'a: b', no, 7]", ["cat", "a: b", "no", "7"]),
        ("names:\n  0: cat\n  2: dog # two", ["cat", "dog"]),
        ("names: &n [cat]\nmore: *n", ["cat"]),
    ],
)
def test_names_are_read_however_yaml_writes_them(tmp_path: Path, written, expected):
    source = dataset(tmp_path / "in", {"images/a.jpg": ""})
    (source / "data.yaml").write_text(f"train: images\n{written}\n")
    assert [label.title for label in read(FORMAT, source).config.labels] == expected


BOMB = "a: &a0 [x]\n" + "".join(
    f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)


@pytest.mark.parametrize(
    "written", [BOMB + "names: *a9", BOMB + "names: [cat]", f"names: {'[' * 5000}{']' * 5000}"]
)
def test_a_yaml_that_repeats_or_nests_itself_beyond_reason_is_refused(tmp_path: Path, written):
    """Nine levels of ten aliases each are a thousand million names."""
    source = dataset(tmp_path / "in", {"images/a.jpg": ""})
    (source / "data.yaml").write_text(written)
    start = time.process_time()
    with pytest.raises(Refusal, match=r"data\.yaml"):
        read(FORMAT, source / "data.yaml")
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "written", ["names: [", "- 1", "", "names: !!python/object/apply:os.getcwd []"]
)
def test_a_yaml_that_describes_nothing_is_refused(tmp_path: Path, written):
    source = dataset(tmp_path / "in", {"images/a.jpg": ""})
    (source / "data.yaml").write_text(written)
    with pytest.raises(Refusal, match=r"data\.yaml"):
        read(FORMAT, source / "data.yaml")


def test_labels_without_an_image_are_named(tmp_path: Path):
    source = dataset(tmp_path / "in", {"images/a.jpg": ""})
    (source / "labels/gone.txt").write_text("0 0.5 0.5 0.1 0.1")
    assert read(FORMAT, source).places == [("labels/gone.txt", "yolo_orphan")]


def test_shares_are_of_the_image_as_displayed_or_as_stored(tmp_path: Path):
    source = dataset(tmp_path / "in", {"images/a.jpg": "0 0.25 0.5 0.1 0.5"}, orientation=6)
    (shown,) = read(FORMAT, source).regions()
    # Stored 100 × 80, displayed 80 × 100.
    assert (shown.x, shown.y, shown.width, shown.height) == (16, 25, 8, 50)
    (stored,) = read(FORMAT, source, raw_pixels=True).regions()
    # (20, 20, 10, 40) of 100 × 80, a quarter clockwise: x = 80 − 20 − 40.
    assert (stored.x, stored.y, stored.width, stored.height) == (20, 20, 40, 10)


# ---------------------------------------------------------------------------------------------- writing


def again(
    tmp_path: Path, came: Came, tasks: Any = None, **settings: Any
) -> tuple[Path, dict[str, int]]:
    target = tmp_path / "out"
    folder = tmp_path / "in"
    return target, write(
        *(FORMAT, tasks if tasks is not None else tasks_out(came), target, came.config),
        open_medium=lambda ref: (folder / ref.path).open("rb"),
        **settings,
    )


def test_a_set_comes_back_as_it_was(tmp_path: Path):
    told = {"train": "images/train", "val": "images/val", "names": {0: "cat", 1: "dog", 2: "newt"}}
    labels = {
        "images/train/a.jpg": "2 0.25 0.5 0.1 0.5\n0 0.5 0.5 0.2 0.2\n",
        "images/train/sub/b.jpg": "",
        "images/val/c.jpg": "1 0.1 0.1 0.5 0.1 0.3 0.5\n",
        "images/val/d.jpg": None,
    }
    came = read(FORMAT, dataset(tmp_path / "in", labels, told))
    target, dropped = again(tmp_path, came)
    assert dropped == {}
    for name, text in labels.items():
        assert (target / name).read_bytes() == (tmp_path / "in" / name).read_bytes()
        path = target / label_path(name)
        assert (path.read_text() if path.exists() else None) == text
    described = yaml.safe_load((target / "data.yaml").read_text())
    assert described["names"] == {0: "cat", 1: "dog", 2: "newt"}
    assert (described["train"], described["val"]) == ("images/train", "images/val")


def test_class_numbers_stay_whatever_the_queue_had_before(tmp_path: Path):
    source = dataset(tmp_path / "in", {"images/a.jpg": "1 0.5 0.5 0.1 0.1"})
    came = read(FORMAT, source, config_of("zebra", "dog"))
    target, _ = again(tmp_path, came)
    # cat 0 and dog 1 are the file's; zebra, there before, gets the next number.
    assert yaml.safe_load((target / "data.yaml").read_text())["names"] == {
        0: "cat",
        1: "dog",
        2: "zebra",
    }
    assert (target / "labels/train/a.txt").read_text() == "1 0.5 0.5 0.1 0.1\n"


def test_pixels_come_back_to_the_ten_thousandth(tmp_path: Path):
    image_file(tmp_path / "in/a.jpg", 1277, 719)
    boxes = tuple(
        Box(id=f"{n}", x=n * 7.1237, y=n * 3.3331, width=11.0001 + n, height=5.4321, label="cat")
        for n in range(60)
    )
    source = task("a.jpg", None, Value(boxes), size=(1277, 719))
    target, _ = again(tmp_path, Came(config_of("cat")), [source])
    back = read(FORMAT, target).regions()
    for one_, other in zip(boxes, back, strict=True):
        for name in ("x", "y", "width", "height"):
            assert getattr(one_, name) == pytest.approx(getattr(other, name), abs=1.01e-4)


@pytest.fixture
def mixed() -> Value:
    ring = ((10.0, 10.0), (30.0, 10.0), (20.0, 40.0))
    return Value(
        (
            Box(x=10, y=10, width=20, height=20, label="cat"),
            Box(x=30, y=30, width=20, height=20, rotation=45, label="cat"),
            Polygon(rings=(ring, ((15.0, 12.0), (20.0, 12.0), (18.0, 20.0))), label="cat"),
            Mask(x=3, y=4, width=2, height=2, counts=(0, 4), label="cat"),
            Keypoints(points=(Keypoint("a", 5, 6), Keypoint("b", 15, 26)), label="cat"),
            Box(x=1, y=1, width=5, height=5),
        )
    )


def test_what_the_format_cannot_hold_is_counted_by_what_it_is(tmp_path: Path, mixed):
    target, dropped = again(
        tmp_path,
        Came(config_of("cat")),
        [task("a.jpg", None, mixed, size=(100, 80))],
        copy_images=False,
    )
    assert dropped == {
        "rotated": 1,
        "polygon_part": 1,
        "mask": 1,
        "keypoints": 1,
        "label_missing": 1,
    }
    # With an outline in the file the box is told by its corners: nobody reads both in one.
    assert (target / "labels/train/a.txt").read_text().splitlines() == [
        "0 0.1 0.125 0.3 0.125 0.3 0.375 0.1 0.375",
        "0 0.1 0.125 0.3 0.125 0.2 0.5",
    ]


def test_bounding_boxes_of_the_others_are_written_where_that_is_asked_for(tmp_path: Path, mixed):
    target, dropped = again(
        tmp_path,
        Came(config_of("cat")),
        [task("a.jpg", None, mixed, size=(100, 80))],
        bounds_of_others=True,
        copy_images=False,
    )
    assert dropped == {
        **{"rotated_as_box": 1, "polygon_as_box": 1, "mask_as_box": 1, "keypoints_as_box": 1},
        "label_missing": 1,
    }
    lines = (target / "labels/train/a.txt").read_text().splitlines()
    assert lines[2] == "0 0.2 0.3125 0.2 0.375"  # the triangle: 10…30 of 100, 10…40 of 80
    assert len(lines) == 5


def test_shares_never_leave_the_image_and_what_was_cut_is_counted(tmp_path: Path):
    box = Box(x=-0.5, y=70, width=50, height=10.75, label="cat")
    target, dropped = again(
        tmp_path,
        Came(config_of("cat")),
        [task("a.jpg", None, Value((box,)), size=(100, 80))],
        copy_images=False,
    )
    assert dropped == {"clipped": 1}
    # 0…49.5 of 100, 70…80 of 80.
    assert (target / "labels/train/a.txt").read_text() == "0 0.2475 0.9375 0.495 0.125\n"


def test_without_a_size_the_image_itself_is_looked_at_and_else_it_is_counted(tmp_path: Path):
    image_file(tmp_path / "in/a.jpg", 200, 100)
    value = Value((Box(x=20, y=10, width=20, height=20, label="cat"),))
    tasks = [task("a.jpg", None, value, size=(0, 0)), task("gone.jpg", None, value, size=(0, 0))]
    target, dropped = again(tmp_path, Came(config_of("cat")), tasks)
    assert (target / "labels/train/a.txt").read_text() == "0 0.15 0.2 0.1 0.2\n"
    assert dropped == {"size_unknown": 1, "image_missing": 1}
    assert not (target / "labels/train/gone.txt").exists()


def test_two_images_that_would_share_a_label_file_are_not_mixed(tmp_path: Path):
    value = Value((Box(x=20, y=10, width=20, height=20, label="cat"),))
    tasks = [task(f"a.{kind}", None, value, size=(100, 80)) for kind in ("jpg", "png")]
    _, dropped = again(tmp_path, Came(config_of("cat")), tasks, copy_images=False)
    assert dropped == {"key_double": 1}


def test_keys_no_disk_takes_get_a_file_each_and_their_ending(tmp_path: Path):
    value = Value((Box(x=20, y=10, width=20, height=20, label="cat"),))
    keys = [f"{'ß' * 400}{number}.png" for number in (1, 2)] + ["deep/" * 900 + "a", "k" * 200]
    tasks = [task(key, None, value, size=(100, 80)) for key in keys]
    for writer, ending in ((FORMAT, ".txt"), (VocFormat(), ".xml")):
        target = tmp_path / ending
        assert write(writer, tasks, target, config_of("cat"), copy_images=False) == {}
        names = [path.name for path in target.rglob(f"*{ending}")]
        assert len(set(names)) == 4
        assert max(len(name.encode()) for name in names) <= 220
        assert "k" * 200 + ending in names


def test_another_program_reads_the_boxes_we_write(tmp_path: Path):
    labels = {f"images/{n}.jpg": f"{n % 2} 0.{n + 2} 0.5 0.1 0.25\n" for n in range(5)}
    came = read(FORMAT, dataset(tmp_path / "in", labels))
    target, _ = again(tmp_path, came)
    judged = AnnotationSet.from_yolo_v5(
        target / "labels/train", image_folder=target / "images/train", image_extension=".jpg"
    )
    assert len(judged) == 5
    for at in range(5):
        (told,) = judged[f"{at}.jpg"].boxes
        (box,) = came.regions(at)
        assert int(told.label) == at % 2
        assert told.xmin == pytest.approx(box.x, abs=1e-4)
        assert told.ymax == pytest.approx(box.y + box.height, abs=1e-4)


def test_real_sets_come_in_and_go_out_as_they_were(tmp_path: Path, shared_data: Path):
    source = shared_data / "images" / "yolo_labelstudio"
    came = read(FORMAT, source)
    assert came.codes == []
    assert len(came.tasks) == 7
    target = tmp_path / "out"
    opened = lambda ref: (source / ref.path).open("rb")  # noqa: E731
    write(FORMAT, tasks_out(came), target, came.config, open_medium=opened)
    for one_ in came.tasks:
        told = (source / label_path(one_.key or "")).read_text().split("\n")
        name = (one_.key or "").rpartition("/")[2]
        written = (target / label_path(f"images/train/{name}")).read_text().split("\n")
        for before, after in zip(filter(str.strip, told), filter(str.strip, written), strict=True):
            assert [float(word) for word in after.split()] == pytest.approx(
                [float(word) for word in before.split()], abs=2e-6
            )


def test_a_real_set_of_outlines_has_the_polygons_of_its_coco_twin(
    tmp_path: Path, shared_data: Path
):
    source = shared_data / "images" / "coco_tiny"
    told = json.loads((source / "coco_tiny.json").read_text())
    folder = tmp_path / "in"
    (folder / "images").mkdir(parents=True)
    (folder / "labels").mkdir()
    for name in ("000000083540", "000000549930"):
        (folder / "images" / f"{name}.jpg").write_bytes(
            (source / "images" / f"{name}.jpg").read_bytes()
        )
        (folder / "labels" / f"{name}.txt").write_bytes(
            (source / "yolo" / f"{name}.txt").read_bytes()
        )
    came = read(FORMAT, folder)
    image = next(one_ for one_ in told["images"] if one_["file_name"].startswith("000000083540"))
    boxes = [one_["bbox"] for one_ in told["annotations"] if one_["image_id"] == image["id"]]
    widths = sorted(width for _, _, width, _ in boxes)
    ours = []
    for region in came.regions(0):
        if isinstance(region, Polygon):
            xs = [x for x, _ in region.rings[0]]
            ours.append(max(xs) - min(xs))
        else:
            ours.append(msgspec.structs.asdict(region)["width"])
    assert sorted(ours) == pytest.approx(widths, abs=0.1)
