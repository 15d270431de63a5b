"""Pascal VOC in and out: from what pixels are counted, and tags nobody here knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from carrying import Came, config_of, image_file, read, task, tasks_out, write
from globox import AnnotationSet

from labeler.api import Box, Polygon, Refusal, Value
from labeler.panels.boxes.formats import VocFormat
from labeler.panels.boxes.formats.voc_xml import tree_of

FORMAT = VocFormat()


def object_xml(
    name: str = "cat", corners: tuple[Any, ...] = (10, 20, 40, 60), more: str = ""
) -> str:
    tags = zip(("xmin", "ymin", "xmax", "ymax"), corners, strict=True)
    inner = "".join(f"<{tag}>{one}</{tag}>" for tag, one in tags)
    return f"<object><name>{name}</name>{more}<bndbox>{inner}</bndbox></object>"


def xml(
    *objects: str, filename: str = "a.jpg", size: tuple[int, int] = (100, 80), more: str = ""
) -> str:
    width, height = size
    told = f"<size><width>{width}</width><height>{height}</height><depth>3</depth></size>"
    return f"<annotation><filename>{filename}</filename>{more}{told}{''.join(objects)}</annotation>"


def put(
    folder: Path, text: str, name: str = "Annotations/a.xml", image: str = "JPEGImages/a.jpg"
) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if image:
        image_file(folder / image)
    return folder


KIT = "<source><database>The VOC2007 Database</database><image>flickr</image></source>"


def corners(came: Came, at: int = 0) -> tuple[float, ...]:
    (box,) = came.regions(at)
    assert isinstance(box, Box)
    return box.x, box.y, box.width, box.height


# ------------------------------------------------------------------------------------------ conventions


def test_edges_are_counted_from_zero_where_nothing_says_otherwise(tmp_path: Path):
    assert corners(read(FORMAT, put(tmp_path, xml(object_xml())))) == (10, 20, 30, 40)


def test_the_kit_counts_pixels_from_one_and_takes_the_last_one_in(tmp_path: Path):
    # The whole of an image of 100 × 80 is 1, 1, 100, 80 there.
    came = read(FORMAT, put(tmp_path, xml(object_xml(corners=(1, 1, 100, 80)), more=KIT)))
    assert corners(came) == (0, 0, 100, 80)
    assert came.places == [("Annotations/a.xml", "voc_base")]


def test_one_zero_in_the_set_tells_that_it_is_counted_from_zero(tmp_path: Path):
    put(tmp_path, xml(object_xml(corners=(1, 1, 100, 80)), more=KIT))
    put(
        tmp_path,
        xml(object_xml(corners=(0, 5, 9, 9)), more=KIT, filename="b.jpg"),
        "Annotations/b.xml",
        "JPEGImages/b.jpg",
    )
    assert corners(read(FORMAT, tmp_path)) == (1, 1, 99, 79)


def test_a_setting_decides_over_all_signs(tmp_path: Path):
    source = put(tmp_path, xml(object_xml(corners=(1, 1, 100, 80)), more=KIT))
    assert corners(read(FORMAT, source, voc_base="0")) == (1, 1, 99, 79)
    assert corners(read(FORMAT, put(tmp_path, xml(object_xml())), voc_base="1")) == (9, 19, 31, 41)


@pytest.mark.parametrize("base", ["0", "1"])
def test_either_convention_comes_back_as_the_same_corners(tmp_path: Path, base):
    source = put(tmp_path, xml(object_xml(corners=(3, 4, 50, 60))))
    came = read(FORMAT, source, voc_base=base)
    target = tmp_path / "out"
    write(FORMAT, tasks_out(came), target, came.config, voc_base=base)
    told = tree_of((target / "Annotations/a.xml").read_bytes())["object"]["bndbox"]
    assert told == {"xmin": "3", "ymin": "4", "xmax": "50", "ymax": "60"}


def test_decimals_are_kept_and_rounded_half_away_where_that_is_asked_for(tmp_path: Path):
    came = read(FORMAT, put(tmp_path, xml(object_xml(corners=(10.5, 20.25, 40.75, 60.5)))))
    assert corners(came) == (10.5, 20.25, 30.25, 40.25)
    write(FORMAT, tasks_out(came), tmp_path / "out", came.config)
    told = tree_of((tmp_path / "out/Annotations/a.xml").read_bytes())["object"]["bndbox"]
    assert told == {"xmin": "10.5", "ymin": "20.25", "xmax": "40.75", "ymax": "60.5"}
    dropped = write(FORMAT, tasks_out(came), tmp_path / "whole", came.config, voc_whole=True)
    told = tree_of((tmp_path / "whole/Annotations/a.xml").read_bytes())["object"]["bndbox"]
    assert told == {"xmin": "11", "ymin": "20", "xmax": "41", "ymax": "61"}
    assert dropped == {"rounded": 1}


def test_corners_in_the_wrong_order_are_put_right(tmp_path: Path):
    came = read(FORMAT, put(tmp_path, xml(object_xml(corners=(40, 60, 10, 20)))))
    assert corners(came) == (10, 20, 30, 40)


# ------------------------------------------------------------------------------------- what stands beside

MORE = "<pose>Left</pose><truncated>1</truncated><occluded>0</occluded><difficult>1</difficult>"
PART = "<part><name>head</name><bndbox><xmin>1</xmin></bndbox></part>"


def test_tags_nobody_knows_come_back(tmp_path: Path):
    told = xml(
        object_xml(more=MORE + PART + PART),
        more=KIT + "<segmented>1</segmented><owner a='b'>x</owner>",
    )
    came = read(FORMAT, put(tmp_path, told))
    write(FORMAT, tasks_out(came), tmp_path / "out", came.config)
    before, after = (
        tree_of(told.encode()),
        tree_of((tmp_path / "out/Annotations/a.xml").read_bytes()),
    )
    assert after["object"] == before["object"]
    for name in ("source", "segmented", "owner", "size"):
        assert after[name] == before[name]


def test_difficult_and_the_like_are_answers_where_the_queue_asks(tmp_path: Path):
    yes_or_no = [{"id": "yes", "title": "Yes"}, {"id": "no", "title": "No"}]
    questions = [
        {"id": name, "kind": "choice", "scope": "region", "choices": yes_or_no}
        for name in ("difficult", "occluded")
    ]
    config = config_of("cat", questions=questions)
    came = read(FORMAT, put(tmp_path, xml(object_xml(more=MORE))), config)
    (box,) = came.regions()
    assert box.attributes == {"difficult": "yes", "occluded": "no"}
    assert box.extra == {"voc": {"pose": "Left", "truncated": "1"}}
    write(FORMAT, tasks_out(came), tmp_path / "out", came.config)
    told = tree_of((tmp_path / "out/Annotations/a.xml").read_bytes())["object"]
    assert {name: told[name] for name in ("pose", "truncated", "occluded", "difficult")} == {
        **{"pose": "Left", "truncated": "1", "occluded": "0", "difficult": "1"}
    }


def test_nothing_is_invented_that_nobody_said(tmp_path: Path):
    value = Value((Box(x=1, y=2, width=3, height=4, label="cat"),))
    write(FORMAT, [task("a.jpg", None, value, size=(9, 9))], tmp_path / "out", config_of("cat"))
    told = tree_of((tmp_path / "out/Annotations/a.xml").read_bytes())
    assert set(told["object"]) == {"name", "bndbox"}
    assert set(told) == {"folder", "filename", "size", "object"}


# --------------------------------------------------------------------------------------------- the files


@pytest.mark.parametrize(
    ("annotation", "image", "key"),
    [
        ("Annotations/a.xml", "JPEGImages/a.jpg", "JPEGImages/a.jpg"),
        ("a.xml", "a.jpg", "a.jpg"),
        ("xml/a.xml", "images/a.jpg", "images/a.jpg"),
        ("Annotations/sub/a.xml", "JPEGImages/sub/a.jpg", "JPEGImages/sub/a.jpg"),
    ],
)
def test_images_are_found_in_the_usual_places(tmp_path: Path, annotation, image, key):
    came = read(FORMAT, put(tmp_path, xml(object_xml()), annotation, image))
    assert [one.key for one in came.tasks] == [key]


def test_a_stale_name_gives_way_to_that_of_the_file(tmp_path: Path):
    came = read(FORMAT, put(tmp_path, xml(object_xml(), filename="before.jpg")))
    assert came.tasks[0].key == "JPEGImages/a.jpg"


def test_boxes_of_an_image_that_is_not_there_go_by_its_name(tmp_path: Path):
    came = read(FORMAT, put(tmp_path, xml(object_xml()), image=""))
    (one,) = came.tasks
    assert (one.key, one.content) == ("a.jpg", None)
    assert corners(came) == (10, 20, 30, 40)


def test_a_file_without_objects_says_that_there_is_nothing(tmp_path: Path):
    assert read(FORMAT, put(tmp_path, xml())).value(0) == Value()


def test_a_size_that_is_not_the_images_is_told(tmp_path: Path):
    assert read(FORMAT, put(tmp_path, xml(object_xml(), size=(640, 480)))).codes == ["image_size"]


def test_a_file_made_before_the_image_was_turned_is_in_stored_pixels(tmp_path: Path):
    put(tmp_path, xml(object_xml(corners=(5, 8, 25, 18)), size=(100, 80)), image="")
    image_file(tmp_path / "JPEGImages/a.jpg", 100, 80, 6)
    came = read(FORMAT, tmp_path)
    # (5, 8) 20 × 10 of 100 × 80, a quarter clockwise: x = 80 − 8 − 10.
    assert corners(came) == (62, 5, 10, 20)
    write(FORMAT, tasks_out(came), tmp_path / "out", came.config, raw_pixels=True)
    told = tree_of((tmp_path / "out/Annotations/a.xml").read_bytes())
    assert told["object"]["bndbox"] == {"xmin": "5", "ymin": "8", "xmax": "25", "ymax": "18"}
    assert (told["size"]["width"], told["size"]["height"]) == ("100", "80")


@pytest.mark.parametrize(
    ("objects", "place"),
    [
        (["<object><name>x</name></object>", object_xml()], "object[0]"),
        ([object_xml(corners=("a", 2, 3, 4)), object_xml()], "object[0]"),
        ([object_xml(), object_xml(corners=(5, 5, 5, 9))], "object[1]"),
        ([object_xml(), object_xml(corners=(200, 5, 300, 9))], "object[1]"),
    ],
)
def test_one_bad_object_is_named_and_the_others_come_in(tmp_path: Path, objects, place):
    came = read(FORMAT, put(tmp_path, xml(*objects)))
    assert [where for where, _ in came.places] == [f"Annotations/a.xml: {place}"]
    assert len(came.regions()) == 1


BOMB = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><annotation>&c;</annotation>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><annotation>&b;</annotation>'


@pytest.mark.parametrize(
    "text", ["", "<html/>", "<annotation>", BOMB, OUTSIDE, "<annotation>\0</annotation>"]
)
def test_what_is_no_voc_is_refused_alone_and_named_in_a_folder(tmp_path: Path, text):
    put(tmp_path, text, "Annotations/bad.xml", "")
    with pytest.raises(Refusal):
        read(FORMAT, tmp_path / "Annotations/bad.xml")
    put(tmp_path, xml(object_xml()))
    came = read(FORMAT, tmp_path)
    assert came.places == [("Annotations/bad.xml", "voc_xml")]
    assert len(came.tasks) == 1


def test_what_the_format_cannot_hold_is_counted(tmp_path: Path):
    ring = ((10.0, 10.0), (30.0, 10.0), (20.0, 40.0))
    value = Value(
        (Polygon(rings=(ring,), label="cat"), Box(x=1, y=1, width=2, height=2, label="cat"))
    )
    tasks = [task("a.jpg", None, value, size=(99, 99)), task("b.jpg", size=(9, 9))]
    dropped = write(FORMAT, tasks, tmp_path / "out", config_of("cat"))
    assert dropped == {"polygon": 1, "unlabelled": 1}
    dropped = write(FORMAT, tasks, tmp_path / "too", config_of("cat"), bounds_of_others=True)
    assert dropped == {"polygon_as_box": 1, "unlabelled": 1}
    told = tree_of((tmp_path / "too/Annotations/a.xml").read_bytes())["object"][0]["bndbox"]
    assert told == {"xmin": "10", "ymin": "10", "xmax": "30", "ymax": "40"}


def test_names_of_every_script_and_of_odd_signs_come_back(tmp_path: Path):
    value = Value((Box(x=1, y=2, width=3, height=4, label="<Katze & 猫>"),))
    config = config_of("<Katze & 猫>")
    write(FORMAT, [task("ü/a.jpg", None, value, size=(9, 9))], tmp_path / "out", config)
    came = read(FORMAT, tmp_path / "out")
    assert (came.tasks[0].key, came.regions()[0].label) == ("ü/a.jpg", "<Katze & 猫>")


def test_a_real_set_comes_back_and_another_program_reads_the_same(
    tmp_path: Path, shared_data: Path
):
    source = shared_data / "images" / "voc_raccoon"
    came = read(FORMAT, source)
    assert len(came.tasks) == 20
    assert set(came.codes) <= {"image_size"}
    target = tmp_path / "out"
    opened = lambda ref: (source / ref.path).open("rb")  # noqa: E731
    assert write(FORMAT, tasks_out(came), target, came.config, open_medium=opened) == {}
    before = AnnotationSet.from_pascal_voc(source / "Annotations")
    after = AnnotationSet.from_pascal_voc(target / "Annotations")
    for at, one in enumerate(came.tasks):
        name = (one.key or "").rpartition("/")[2]
        told = sorted((b.label, b.xmin, b.ymin, b.xmax, b.ymax) for b in before[name].boxes)
        written = sorted((b.label, b.xmin, b.ymin, b.xmax, b.ymax) for b in after[name].boxes)
        assert told == written
        assert len(came.regions(at)) == len(told)
        assert (target / "JPEGImages" / name).read_bytes() == (
            source / (one.key or "")
        ).read_bytes()
