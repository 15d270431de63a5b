"""COCO in and out: what the file says comes back, judged by pycocotools; each trap is a claim."""

from __future__ import annotations

import contextlib
import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from carrying import Came, config_of, image_file, read, task, tasks_out, write
from pycocotools import mask as judge_masks
from pycocotools.coco import COCO

from labeler.api import Box, Keypoint, Keypoints, Mask, Polygon, Refusal, TaskOut, Value
from labeler.panels.boxes.formats import CocoFormat, coco_index, coco_reading

# What pycocotools does in its compiled half; nothing of ours.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

FORMAT = CocoFormat()
Doc = dict[str, Any]


def doc(*annotations: Doc, images: Any = None, categories: Any = None, **more: Any) -> Doc:
    return {
        "images": images or [{"id": 1, "file_name": "a.png", "width": 100, "height": 80}],
        "annotations": [
            {"id": 10 + n, "image_id": 1, "category_id": 3, "iscrowd": 0, "segmentation": [], **one}
            for n, one in enumerate(annotations)
        ],
        "categories": categories or [{"id": 3, "name": "cat", "supercategory": "animal"}],
        **more,
    }


@pytest.fixture
def came(tmp_path: Path) -> Callable[..., Came]:
    """Reads a document, beside which there is the image a.png of 100 × 80."""

    def run(told: Doc | list[Any], images: bool = True, **settings: Any) -> Came:
        if images:
            image_file(tmp_path / "a.png")
        (tmp_path / "in.json").write_text(json.dumps(told))
        return read(FORMAT, tmp_path / "in.json", **settings)

    return run


@pytest.fixture
def again(tmp_path: Path) -> Callable[..., Doc]:
    """What is written of what came."""

    def run(came: Came, tasks: list[TaskOut] | None = None, **settings: Any) -> Doc:
        target = tmp_path / "out.json"
        target.unlink(missing_ok=True)
        run.dropped = write(FORMAT, tasks or tasks_out(came), target, came.config, **settings)  # type: ignore[attr-defined]
        found: Doc = json.loads(target.read_text())
        return found

    return run


def judged(path: Path) -> COCO:
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(path))


def like(one: Any, other: Any, path: str = "") -> None:
    """Assert that JSON is the same, numbers within a millionth."""
    if isinstance(one, dict) and isinstance(other, dict):
        assert set(one) == set(other), path
        for key in one:
            like(one[key], other[key], f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list):
        assert len(one) == len(other), path
        for at, (left, right) in enumerate(zip(one, other, strict=True)):
            like(left, right, f"{path}[{at}]")
    elif isinstance(one, float) or isinstance(other, float):
        assert one == pytest.approx(other, rel=1e-6, abs=1e-6), path
    else:
        assert one == other, path


SQUARE = [10.0, 10.0, 30.0, 10.0, 30.0, 40.0, 10.0, 40.0]

# --------------------------------------------------------------------------------------- one by one


def test_a_box_is_its_corner_and_its_size_in_pixels(came):
    (box,) = came(doc({"bbox": [1.5, 2, 30, 40], "area": 1200})).regions()
    assert isinstance(box, Box)
    assert (box.x, box.y, box.width, box.height, box.label) == (1.5, 2, 30, 40, "cat")
    assert (box.id, box.extra) == ("coco-10", {})


def test_polygons_keep_their_points_and_parts(came, again):
    two = [SQUARE, [50.0, 50.0, 60.0, 50.0, 60.0, 60.0]]
    # 20·30 + 10·10/2 square pixels; the bounds of both.
    told = doc({"segmentation": two, "bbox": [10, 10, 50, 50], "area": 650})
    found = came(told)
    (polygon,) = found.regions()
    assert isinstance(polygon, Polygon)
    assert polygon.rings[1] == ((50, 50), (60, 50), (60, 60))
    assert polygon.extra == {}
    like(again(found)["annotations"], told["annotations"])


def test_a_bounding_box_that_differs_from_its_polygon_survives(came, again):
    told = doc({"segmentation": [SQUARE], "bbox": [8, 9, 25, 33], "area": 777.5})
    like(again(came(told))["annotations"], told["annotations"])


def test_once_the_polygon_was_edited_the_told_box_and_area_are_made_anew(came, again):
    found = came(doc({"segmentation": [SQUARE], "bbox": [8, 9, 25, 33], "area": 777.5}))
    (polygon,) = found.regions()
    moved = msgspec.structs.replace(polygon, rings=(((0, 0), (10, 0), (10, 10), (0, 10)),))
    tasks = [task("a.png", found.tasks[0].content, Value((moved,)))]
    (written,) = again(found, tasks)["annotations"]
    assert written["bbox"] == [0, 0, 10, 10]
    assert written["area"] == 100
    assert written["id"] == 10


def test_masks_of_both_kinds_come_back_as_the_kind_they_were(came, again):
    bits = np.zeros((80, 100), np.uint8)
    bits[20:30, 40:70] = 1
    packed = judge_masks.encode(np.asfortranarray(bits))
    text = {"size": [80, 100], "counts": packed["counts"].decode()}
    # Down the columns: 40 columns of 80 and 20 rows unset, then 10 set and 70 unset, 30 times.
    runs = [40 * 80 + 20, *([10, 70] * 29), 10, 30 * 80 + 50]
    lists = {"size": [80, 100], "counts": runs}
    both = [{"segmentation": one, "bbox": [40, 20, 30, 10], "area": 300} for one in (text, lists)]
    both[1]["iscrowd"] = 1
    found = came(doc(*both))
    for region in found.regions():
        assert isinstance(region, Mask)
        assert (region.x, region.y, region.width, region.height) == (40, 20, 30, 10)
        assert region.counts == (0, 300)
    like(again(found)["annotations"], doc(*both)["annotations"])


def test_new_masks_are_written_as_the_setting_says_and_mean_the_same(came, again, tmp_path):
    mask = Mask(x=2, y=1, width=3, height=2, counts=(1, 2, 1, 2), label="cat")
    tasks = [task("a.png", None, Value((mask,)), size=(9, 7))]
    expected = np.zeros((7, 9), np.uint8)
    expected[1:3, 2:5] = [[0, 1, 1], [0, 1, 1]]
    for how, kind in (("list", list), ("text", str)):
        written = again(Came(config_of("cat")), tasks, coco_masks=how)
        assert isinstance(written["annotations"][0]["segmentation"]["counts"], kind)
        coco = judged(tmp_path / "out.json")
        assert (coco.annToMask(coco.loadAnns(1)[0]) == expected).all()


def test_a_hole_is_written_as_a_mask_and_counted(again, tmp_path):
    ring = ((0.0, 0.0), (20.0, 0.0), (20.0, 20.0), (0.0, 20.0))
    hole = ((5.0, 5.0), (15.0, 5.0), (15.0, 15.0), (5.0, 15.0))
    tasks = [task("a.png", None, Value((Polygon(rings=(ring, hole), label="cat"),)), size=(30, 30))]
    (written,) = again(Came(config_of("cat")), tasks)["annotations"]
    assert again.dropped == {"hole_as_mask": 1}
    assert written["area"] == 300
    coco = judged(tmp_path / "out.json")
    mask = coco.annToMask(coco.loadAnns(1)[0])
    assert (mask.sum(), mask[10, 10], mask[2, 2]) == (300, 0, 1)


def test_polygons_inside_each_other_stay_the_polygons_they_were(came, again):
    inner = [15.0, 15.0, 20.0, 15.0, 20.0, 20.0]
    told = doc({"segmentation": [SQUARE, inner], "bbox": [10, 10, 20, 30], "area": 600})
    like(again(came(told))["annotations"], told["annotations"])


def test_keypoints_go_by_the_names_of_their_category(came, again):
    points = [5, 6, 2, 0, 0, 0, 7, 8, 1]
    person = {"id": 3, "name": "cat", "keypoints": ["nose", "ear", "tail"], "skeleton": [[1, 3]]}
    told = doc(
        {
            "segmentation": [SQUARE],
            "bbox": [10, 10, 20, 30],
            "area": 600,
            "keypoints": points,
            "num_keypoints": 2,
        },
        {
            "segmentation": [],
            "bbox": [4, 6, 3, 2],
            "area": 6,
            "keypoints": points,
            "num_keypoints": 2,
        },
        categories=[person],
    )
    found = came(told)
    kinds = [type(one) for one in found.regions()]
    assert kinds == [Polygon, Keypoints, Box, Keypoints]
    assert found.regions()[1].points == (
        Keypoint("nose", 5, 6, 2),
        Keypoint("ear", 0, 0, 0),
        Keypoint("tail", 7, 8, 1),
    )
    assert found.config.labels[0].extra["skeleton"] == [[1, 3]]
    written = again(found)
    like(written["annotations"], told["annotations"])
    like(written["categories"], told["categories"])


def test_a_box_that_only_follows_from_its_keypoints_is_no_region(came, again):
    # Bounds of (5, 6) and (7, 8), 2 × 2.
    told = doc(
        {"bbox": [5, 6, 2, 2], "area": 4, "keypoints": [5, 6, 2, 7, 8, 1], "num_keypoints": 2}
    )
    told["categories"][0]["keypoints"] = ["nose", "ear"]
    found = came(told)
    assert [type(one) for one in found.regions()] == [Keypoints]
    like(again(found)["annotations"], told["annotations"])


def test_a_copied_region_gets_an_id_of_its_own(came, again):
    found = came(doc({"bbox": [1, 2, 3, 4], "area": 12}))
    (box,) = found.regions()
    copy = msgspec.structs.replace(box, id="copy", x=50)
    written = again(found, [task("a.png", found.tasks[0].content, Value((box, copy)))])
    assert [one["id"] for one in written["annotations"]] == [10, 11]


def test_rotated_boxes_come_back_and_others_see_their_corners(came, again, tmp_path):
    box = Box(x=20, y=30, width=40, height=20, rotation=90, label="cat")
    tasks = [task("a.png", None, Value((box,)), size=(100, 80))]
    config = config_of("cat")
    (written,) = again(Came(config), tasks)["annotations"]
    # Half 40 × 20 about (40, 40), on its side: 30…50 × 20…60.
    assert written["bbox"] == pytest.approx([30, 20, 20, 40])
    assert written["area"] == 800
    coco = judged(tmp_path / "out.json")
    assert coco.annToMask(coco.loadAnns(1)[0]).sum() == pytest.approx(800, rel=0.02)
    image_file(tmp_path / "a.png")
    (back,) = read(FORMAT, tmp_path / "out.json", config).regions()
    assert (back.x, back.y, back.width, back.height, back.rotation) == (20, 30, 40, 20, 90)


def test_iscrowd_unknown_keys_licences_and_sparse_ids_come_back(came, again):
    told = doc(
        {
            "bbox": [1, 2, 3, 4],
            "area": 12,
            "iscrowd": 1,
            "caption": "x",
            "deep": {"a": [1, None]},
            "score": 2.5,
            "attributes": {"occluded": True},
        },
        images=[
            {
                "id": 900_000_000_123,
                "file_name": "a.png",
                "width": 100,
                "height": 80,
                "license": 4,
                "flickr_url": "http://example.org/1",
                "mine": [1],
            }
        ],
        categories=[
            {"id": 90, "name": "toothbrush", "supercategory": "indoor", "x": 1},
            {"id": 3, "name": "cat"},
        ],
        info={"year": 2017},
        licenses=[{"id": 4, "name": "CC-BY"}],
        videos=[{"id": 1}],
        mine="x",
    )
    told["annotations"][0] |= {"image_id": 900_000_000_123, "id": 908_400_000_000}
    like(again(came(told)), told)


def test_nothing_is_said_about_licences_that_was_not_told(came, again):
    written = again(came(doc({"bbox": [1, 2, 3, 4], "area": 12})))
    assert written["licenses"] == []
    assert written["info"] == {}


def test_attributes_the_queue_asks_for_are_answers_and_come_back(tmp_path, again):
    question = {
        "id": "occluded",
        "kind": "choice",
        "scope": "region",
        "choices": [{"id": "yes"}, {"id": "no"}],
    }
    image_file(tmp_path / "a.png")
    told = doc({"bbox": [1, 2, 3, 4], "area": 12, "attributes": {"occluded": True, "k": 1}})
    (tmp_path / "in.json").write_text(json.dumps(told))
    found = read(FORMAT, tmp_path / "in.json", config_of(questions=[question]))
    (box,) = found.regions()
    assert box.attributes == {"occluded": "yes"}
    assert box.extra["coco"]["attributes"] == {"k": 1}
    (written,) = again(found)["annotations"]
    assert written["attributes"] == {"occluded": "yes", "k": 1}


def test_ids_that_two_files_share_are_unique_in_one_export(tmp_path, again):
    for name in ("train", "val"):
        image_file(tmp_path / name / "a.png")
        (tmp_path / name / "a.json").write_text(json.dumps(doc({"bbox": [1, 2, 3, 4], "area": 12})))
    found = read(FORMAT, tmp_path)
    assert [one.key for one in found.tasks] == ["train/a.png", "val/a.png"]
    tasks = [msgspec.structs.replace(one, meta={"id": 1}) for one in tasks_out(found)]
    written = again(found, tasks)
    assert [one["id"] for one in written["images"]] == [1, 2]
    assert [(one["id"], one["image_id"]) for one in written["annotations"]] == [(10, 1), (11, 2)]
    assert [one["file_name"] for one in written["images"]] == ["train/a.png", "val/a.png"]


def test_two_tasks_of_one_name_are_not_two_images(again):
    tasks = [task("a.png", size=(9, 9)), task("a.png", size=(9, 9))]
    assert len(again(Came(config_of("cat")), tasks)["images"]) == 1
    assert again.dropped == {"key_double": 1}


# -------------------------------------------------------------------------------------- what sticks out


def test_a_mask_one_pixel_larger_than_its_image_is_cut_and_told(came, again):
    runs = {"size": [81, 101], "counts": [0, 81 * 101]}
    found = came(
        doc({"segmentation": runs, "bbox": [0, 0, 101, 81], "area": 8181}, {"bbox": [1, 1, 2, 2]})
    )
    assert found.codes == ["mask_size"]
    assert len(found.regions()) == 2  # one pixel is what is allowed; it is cut on the way out
    first, second = again(found)["annotations"]
    assert first["segmentation"]["size"] == [80, 100]
    assert second["bbox"] == [1, 1, 2, 2]
    assert again.dropped == {"mask_clipped": 1}


def test_a_box_that_sticks_out_is_cut_told_and_written_back_as_it_was(came, again):
    told = doc({"bbox": [90, 70, 30, 30], "area": 900})
    found = came(told)
    (box,) = found.regions()
    assert (box.x, box.y, box.width, box.height) == (90, 70, 10, 10)
    assert found.places == [("in.json: images[0]: annotations[0]", "region_clipped")]
    like(again(found)["annotations"][0]["bbox"], [90, 70, 30, 30])


def test_a_polygon_that_sticks_out_is_cut_at_the_edge(came):
    found = came(doc({"segmentation": [[90, 10, 110, 10, 110, 30, 90, 30]]}))
    (polygon,) = found.regions()
    assert set(polygon.rings[0]) == {(90, 10), (100, 10), (100, 30), (90, 30)}


@pytest.mark.parametrize("bbox", [[200, 10, 5, 5], [10, 10, 0, 5], [10, 10, 5, 0]])
def test_what_covers_nothing_of_the_image_is_left_out_and_the_rest_stays(came, bbox):
    found = came(doc({"bbox": bbox}, {"bbox": [1, 1, 2, 2]}))
    assert len(found.regions()) == 1
    assert found.places[0][0] == "in.json: images[0]: annotations[0]"


def test_a_box_drawn_from_right_to_left_is_turned_round(came):
    (box,) = came(doc({"bbox": [30, 40, -10, -20]})).regions()
    assert (box.x, box.y, box.width, box.height) == (20, 20, 10, 20)


# ----------------------------------------------------------------------------------------- orientation


@pytest.mark.parametrize(
    ("orientation", "shown"),
    [
        # A stored image of 100 × 80 with a box of 20 × 10 at (5, 8); EXIF 2.3, tag 0x0112.
        (1, (5, 8, 20, 10)),
        (2, (75, 8, 20, 10)),
        (3, (75, 62, 20, 10)),
        (4, (5, 62, 20, 10)),
        (5, (8, 5, 10, 20)),
        (6, (62, 5, 10, 20)),
        (7, (62, 75, 10, 20)),
        (8, (8, 75, 10, 20)),
    ],
)
def test_coordinates_of_stored_pixels_are_put_into_the_image_as_displayed(
    tmp_path, again, orientation, shown
):
    image_file(tmp_path / "a.jpg", 100, 80, orientation)
    image = {"id": 1, "file_name": "a.jpg", "width": 100, "height": 80}
    told = doc({"bbox": [5, 8, 20, 10], "area": 200}, images=[image])
    (tmp_path / "in.json").write_text(json.dumps(told))
    # A quarter turn shows by the size; of the others only the setting can tell.
    settings = {} if orientation >= 5 else {"raw_pixels": True}
    found = read(FORMAT, tmp_path / "in.json", **settings)
    (box,) = found.regions()
    assert (box.x, box.y, box.width, box.height) == shown
    as_stored = again(found, raw_pixels=True)
    like(as_stored["annotations"][0]["bbox"], [5, 8, 20, 10])
    like(as_stored["images"], [image])
    as_shown = again(found)
    like(as_shown["annotations"][0]["bbox"], list(shown))
    assert again.dropped == ({} if orientation == 1 else {"exif_turned": 1})
    size = (as_shown["images"][0]["width"], as_shown["images"][0]["height"])
    assert size == ((80, 100) if orientation >= 5 else (100, 80))


def test_a_size_that_is_none_of_the_image_is_told(came):
    image = {"id": 1, "file_name": "a.png", "width": 640, "height": 480}
    assert came(doc({"bbox": [1, 1, 2, 2]}, images=[image])).codes == ["image_size"]


# -------------------------------------------------------------------------------- images out of reach


def test_annotations_of_images_that_are_not_there_go_by_their_names(came, again):
    told = doc({"bbox": [1, 2, 3, 4], "area": 12})
    found = came(told, images=False)
    (one,) = found.tasks
    assert (one.key, one.content, one.media) == ("a.png", None, ())
    like(again(found), {**told, "info": {}, "licenses": []})


def test_an_image_that_is_not_there_and_has_no_annotations_is_named(came):
    found = came(doc(), images=False)
    assert found.places == [("in.json: images[0]: a.png", "file_missing")]


@pytest.mark.parametrize(
    ("layout", "key"),
    [
        ("a.png", "a.png"),
        ("images/a.png", "images/a.png"),
        ("val2017/a.png", "val2017/a.png"),
        ("annotations/a.png", "annotations/a.png"),
    ],
)
def test_images_are_found_in_the_usual_folders(tmp_path: Path, layout, key, again):
    image_file(tmp_path / layout)
    (tmp_path / "annotations").mkdir(exist_ok=True)
    (tmp_path / "annotations/instances_val2017.json").write_text(
        json.dumps(doc({"bbox": [1, 2, 3, 4]}))
    )
    found = read(FORMAT, tmp_path)
    assert [one.key for one in found.tasks] == [key]
    assert again(found)["images"][0]["file_name"] == "a.png"


@pytest.mark.parametrize("name", ["../a.png", "/etc/a.png", "C:\\x\\a.png", "..\\a.png"])
def test_a_path_never_leads_out_of_the_folder(came, name):
    found = came(doc({"bbox": [1, 2, 3, 4]}, images=[{"id": 1, "file_name": name}]))
    assert found.tasks[0].key == "a.png"
    assert found.codes == ["path_outside"]


def test_sub_folders_are_part_of_the_key_on_every_system(came):
    image = {"id": 1, "file_name": "deep\\b.png", "width": 9, "height": 9}
    found = came(doc({"bbox": [1, 2, 3, 4]}, images=[image]))
    assert found.tasks[0].key == "deep/b.png"


def test_images_without_annotations_are_work_only_where_one_says_so(came):
    assert came(doc()).tasks[0].annotations == ()
    assert came(doc(), empty_is_work=True).value(0) == Value()


# -------------------------------------------------------------------------------------------- results


def test_results_are_predictions_with_their_scores(tmp_path: Path):
    image_file(tmp_path / "a.png")
    (tmp_path / "gt.json").write_text(json.dumps(doc({"bbox": [1, 2, 3, 4]})))
    result = {"image_id": 1, "category_id": 3, "bbox": [5, 6, 7, 8], "score": 0.25}
    (tmp_path / "results.json").write_text(json.dumps([result]))
    found = read(FORMAT, tmp_path / "results.json")
    (one,) = found.tasks
    assert one.annotations[0].layer == "prediction"
    (box,) = found.regions()
    assert (box.x, box.label, box.score) == (5, "cat", 0.25)


def test_results_that_name_images_by_texts_find_them_in_any_order(tmp_path: Path):
    for file, names in (("another.json", "xy"), ("gt.json", "abc")):
        sized = {"width": 9, "height": 9}
        images = [{"id": name, "file_name": f"{name}.png", **sized} for name in names]
        (tmp_path / file).write_text(json.dumps(doc(images=images)))
    places = {"c": 3, "z": 9, "a": 1, "b": 2}  # no file has z
    results = [
        {"image_id": name, "category_id": 3, "bbox": [x, 0, 1, 1], "score": 0.5}
        for name, x in places.items()
    ]
    (tmp_path / "results.json").write_text(json.dumps(results))
    found = read(FORMAT, tmp_path / "results.json")
    xs = [json.loads(one.annotations[0].value)["regions"][0]["x"] for one in found.tasks]
    assert dict(zip([one.key for one in found.tasks], xs, strict=True)) == {
        **{"a.png": 1, "b.png": 2, "c.png": 3}
    }
    assert ("results.json: results[1]", "coco_image_unknown") in found.places


def test_results_alone_say_what_they_need(came):
    with pytest.raises(Refusal, match="put the annotation file they belong to beside them"):
        came([{"image_id": 1, "category_id": 3, "bbox": [5, 6, 7, 8], "score": 0.25}])


# ------------------------------------------------------------------------------------------ bad files


def test_one_bad_annotation_is_named_and_the_others_come_in(came):
    found = came(
        doc(
            {"bbox": [1, 2, "x", 4]},
            {"bbox": [1, 2]},
            {"segmentation": "no"},
            {"bbox": [1, 1, 2, 2]},
        )
    )
    assert {place for place, _ in found.places} == {
        f"in.json: images[0]: annotations[{n}]" for n in (0, 1, 2)
    }
    assert set(found.codes) == {"region_invalid"}
    assert len(found.regions()) == 1


def test_an_annotation_of_no_image_is_named(came):
    told = doc({"bbox": [1, 2, 3, 4]})
    told["annotations"][0]["image_id"] = 99
    assert came(told).places == [("in.json: annotations[0]", "coco_image_unknown")]


def test_a_region_of_no_category_keeps_its_number(came, again):
    told = doc({"bbox": [1, 2, 3, 4], "area": 12, "category_id": 77})
    found = came(told)
    assert found.codes == ["category_unknown"]
    assert found.regions()[0].label is None
    assert again(found)["annotations"][0]["category_id"] == 77


def test_annotations_are_read_block_by_block_wherever_they_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(3)
    images = [{"id": n, "file_name": f"{n}.png", "width": 100, "height": 80} for n in range(30)]
    marks = [
        {"id": n, "image_id": chance.randrange(30), "bbox": [n % 50, 1, 2 + n / 10, 3]}
        for n in range(200)
    ]
    wanted = {
        f"{image['id']}.png": [mark["bbox"] for mark in marks if mark["image_id"] == image["id"]]
        for image in images
    }
    told = doc(images=images) | {"annotations": [{"category_id": 3, **one} for one in marks]}
    (tmp_path / "in.json").write_text(json.dumps(told, indent=1))
    for block, held, together, near in [
        (8192, 1 << 23, 1 << 20, 8192),
        (7, 150, 400, 50),
        (3, 1, 1, 0),
    ]:
        monkeypatch.setattr(coco_reading, "_BLOCK", block)
        monkeypatch.setattr(coco_index, "_HELD", held)
        monkeypatch.setattr(coco_index, "_TOGETHER", together)
        monkeypatch.setattr(coco_index, "_NEAR", near)
        came = read(FORMAT, tmp_path / "in.json")
        found = {
            one.key: [
                [box["x"], box["y"], box["width"], box["height"]]
                for box in json.loads(one.annotations[0].value)["regions"]
            ]
            for one in came.tasks
            if one.annotations
        }
        assert found == {name: boxes for name, boxes in wanted.items() if boxes}


@pytest.mark.parametrize("annotations_first", [False, True])
def test_whatever_an_id_is_annotations_find_their_image_and_keep_their_number(
    tmp_path: Path, annotations_first: bool
) -> None:
    idents: list[Any] = [7, "seven", -3, 2**31, 2**59, -(2**40), 8.0, 7]
    images = [
        {"id": ident, "file_name": f"{n}.png", "width": 99, "height": 99}
        for n, ident in enumerate(idents)
    ]
    images.insert(2, {"file_name": "no id.png"})
    marks: list[Doc] = [
        {"image_id": ident, "category_id": 3, "bbox": [n, 0, 1, 1]}
        for n, ident in enumerate(idents)
    ]
    marks.insert(1, {"image_id": [7], "bbox": [0, 0, 1, 1]})
    marks.insert(4, {"image_id": 2**62, "bbox": [0, 0, 1, 1]})
    marks.append({"image_id": 99, "bbox": [0, 0, 1, 1]})
    told = doc(images=images) | {"annotations": marks}
    if annotations_first:
        told = dict(reversed(told.items()))
    (tmp_path / "in.json").write_text(json.dumps(told))
    came = read(FORMAT, tmp_path / "in.json")
    found = {
        one.key: [box["x"] for box in json.loads(one.annotations[0].value)["regions"]]
        for one in came.tasks
        if one.annotations
    }
    # The first of the two images with the id 7 has the annotations of both.
    assert found == {"0.png": [0, 7], **{f"{n}.png": [n] for n in range(1, 7)}}
    assert {one for one in came.places if one[1] != "file_missing"} == {
        ("in.json: images[2]", "json_syntax"),
        ("in.json: images[8]", "coco_id_double"),
        ("in.json: annotations[1]", "region_invalid"),
        ("in.json: annotations[4]", "region_invalid"),
        ("in.json: annotations[10]", "coco_image_unknown"),
    }


def test_a_file_that_is_cut_off_gives_what_came_before(tmp_path: Path):
    image_file(tmp_path / "a.png")
    whole = json.dumps(doc({"bbox": [1, 2, 3, 4]}, {"bbox": [5, 6, 7, 8]}))
    cut = whole[: whole.index('"bbox": [5') + 8]
    (tmp_path / "in.json").write_text(cut)
    found = read(FORMAT, tmp_path / "in.json")
    assert found.places[0] == ("in.json", "json_syntax")
    assert len(found.regions()) == 1


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1, 2]", b'{"shapes": []}', b"\xff\xfe{\0}\0"])
def test_what_is_no_coco_is_refused(tmp_path: Path, raw):
    (tmp_path / "in.json").write_bytes(raw)
    with pytest.raises(Refusal):
        read(FORMAT, tmp_path / "in.json")


# ------------------------------------------------------------------------------------------ real files


def test_a_real_set_comes_back_as_it_was_and_pycocotools_sees_the_same(
    shared_data, tmp_path, again
):
    source = shared_data / "images" / "coco_tiny"
    found = read(FORMAT, source / "coco_tiny.json")
    assert [one.content is None for one in found.tasks].count(True) == 3  # left out of the folder
    written = again(found)
    told = json.loads((source / "coco_tiny.json").read_text())
    before = {one["id"]: one for one in told["annotations"]}
    after = {one["id"]: one for one in written["annotations"]}
    assert set(before) == set(after)
    for ident, one in before.items():
        like(after[ident], one, str(ident))
    like(written["images"], told["images"])
    like(written["categories"], told["categories"])
    like(written["licenses"], told["licenses"])
    one, other = judged(source / "coco_tiny.json"), judged(tmp_path / "out.json")
    for ident in before:
        left, right = one.annToMask(one.anns[ident]), other.annToMask(other.anns[ident])
        assert (left == right).all()


def test_areas_and_boxes_we_compute_agree_with_the_rasterised_masks(shared_data, again, tmp_path):
    found = read(FORMAT, shared_data / "images" / "coco_tiny" / "coco_tiny.json")
    bare = []
    for one in tasks_out(found):
        regions = [msgspec.structs.replace(r, extra={}) for r in one.annotations[0].value.regions]
        bare.append(task(one.key, one.content, Value(tuple(regions)), meta=one.meta))
    again(found, bare)
    coco = judged(tmp_path / "out.json")
    for one in coco.anns.values():
        rle = coco.annToRLE(one)
        edge = 2 * (
            one["bbox"][2] + one["bbox"][3]
        )  # half a pixel along the outline, and more inside
        assert abs(one["area"] - judge_masks.area(rle)) <= max(8.0, edge)
        x, y, width, height = judge_masks.toBbox(rle)
        told_x, told_y, told_width, told_height = one["bbox"]
        assert told_x <= x + 1
        assert told_y <= y + 1
        assert told_x + told_width >= x + width - 1
        assert told_y + told_height >= y + height - 1
