"""Through the runners: what came in is there, twice is once, and what goes out comes in the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from carrying import image_file

from labeler.exchange import (
    ExportOptions,
    ImportOptions,
    ImportReport,
    here,
    run_export,
    run_import,
)
from labeler.exchange.selection import tasks_of
from labeler.model.queue import QueueConfig
from labeler.plugins import Plugins
from labeler.store import Project

QUEUE = "boxes"
Make = Callable[[str], Project]


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    return Plugins.load(safe_mode=True)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Make]:
    made: list[Project] = []

    def make(name: str) -> Project:
        project = Project.create(tmp_path / f"{name}.labeler", handle="anna")
        project.put_queue(QUEUE, QueueConfig(), panel="boxes", by="anna")
        made.append(project)
        return project

    yield make
    for project in made:
        project.close()


def take(plugins: Plugins, project: Project, source: Path, form: str, **more: Any) -> ImportReport:
    reader = plugins.reader(plugins.format(form, "boxes"))
    options = ImportOptions(by=more.pop("by", "anna"), **more)
    return run_import(here(project), plugins, reader, [source], QUEUE, options)


def give(
    plugins: Plugins, project: Project, target: Path, form: str, **more: Any
) -> dict[str, int]:
    writer = plugins.writer(plugins.format(form, "boxes"))
    report = run_export(
        here(project), plugins, writer, target, QUEUE, ExportOptions(**more), holds_one=True
    )
    return dict(report.dropped)


def values(project: Project) -> dict[str, list[Any]]:
    """The values by task, without the ids of regions that were derived."""
    found = {}
    for task in tasks_of(here(project), QUEUE, None, None, None):
        told = [json.loads(one.value) for one in task.annotations]
        for value in told:
            for region in value.get("regions", ()):
                region.pop("id")
        found[task.row.key] = told
    return found


def made_set(folder: Path) -> dict[str, Path]:
    """The same two images and three boxes in every format."""
    boxes = {
        "a.jpg": [(3, "cat", (10, 20, 30, 40))],
        "b.jpg": [(3, "cat", (5, 5, 10, 10)), (7, "dog", (40, 30, 20, 25))],
    }
    for form in ("coco", "yolo/images", "voc/JPEGImages"):
        for name in boxes:
            image_file(folder / form / name)
    rows = [
        {"id": n, "image_id": 1 + list(boxes).index(name), "category_id": kind, "bbox": list(box),
         "area": box[2] * box[3], "iscrowd": 0, "segmentation": []}
        for n, (name, kind, box) in enumerate(
            (name, kind, box) for name, told in boxes.items() for kind, _, box in told
        )
    ]  # fmt: skip
    document = {
        "images": [
            {"id": n, "file_name": name, "width": 100, "height": 80}
            for n, name in enumerate(boxes, 1)
        ],
        "annotations": rows,
        "categories": [{"id": 3, "name": "cat"}, {"id": 7, "name": "dog"}],
    }
    (folder / "coco/set.json").write_text(json.dumps(document))
    (folder / "yolo/classes.txt").write_text("cat\ndog\n")
    for part in ("yolo/labels", "voc/Annotations"):
        (folder / part).mkdir(parents=True)
    for name, told in boxes.items():
        lines, objects = [], []
        for _, label, (x, y, width, height) in told:
            shares = ((x + width / 2) / 100, (y + height / 2) / 80, width / 100, height / 80)
            lines.append(" ".join(map(str, (["cat", "dog"].index(label), *shares))))
            corners = zip(
                ("xmin", "ymin", "xmax", "ymax"), (x, y, x + width, y + height), strict=True
            )
            inner = "".join(f"<{tag}>{one}</{tag}>" for tag, one in corners)
            objects.append(f"<object><name>{label}</name><bndbox>{inner}</bndbox></object>")
        (folder / "yolo/labels" / name).with_suffix(".txt").write_text("\n".join(lines))
        whole = f"<annotation><filename>{name}</filename>{''.join(objects)}</annotation>"
        (folder / "voc/Annotations" / name).with_suffix(".xml").write_text(whole)
    return {"coco": folder / "coco/set.json", "yolo": folder / "yolo", "voc": folder / "voc"}


@pytest.mark.parametrize("form", ["coco", "yolo", "voc"])
def test_a_set_comes_in_whole_and_twice_adds_nothing(plugins, fresh, tmp_path, form):
    source = made_set(tmp_path)[form]
    project = fresh("p")
    first = take(plugins, project, source, form)
    assert (first.tasks, first.annotations, first.skipped) == (2, 2, 0)
    assert {one.code for one in first.problems} == {"label_added"}
    again = take(plugins, project, source, form)
    assert (again.tasks, again.annotations, again.skipped) == (0, 0, 2)
    assert again.problems == ()
    assert project.check() == []


def test_every_format_means_the_same_boxes(plugins, fresh, tmp_path):
    found = []
    for form, source in made_set(tmp_path).items():
        project = fresh(form)
        take(plugins, project, source, form)
        told = values(project)
        found.append({key.rpartition("/")[2]: one for key, one in told.items()})
    assert found[0] == found[1] == found[2]


def test_annotations_find_the_images_that_were_there_before(plugins, fresh, tmp_path):
    source = made_set(tmp_path)["coco"]
    project = fresh("p")
    assert take(plugins, project, source.parent, "images").tasks == 2
    report = take(plugins, project, source, "coco")
    assert (report.tasks, report.annotations) == (0, 2)


def test_annotations_that_come_first_are_filled_in_by_their_images(plugins, fresh, tmp_path):
    source = made_set(tmp_path)["coco"]
    alone = tmp_path / "alone.json"
    alone.write_bytes(source.read_bytes())
    project = fresh("p")
    report = take(plugins, project, alone, "coco")
    assert {one.code for one in report.problems} == {"label_added", "task_made"}
    take(plugins, project, source.parent, "images")
    rows = list(tasks_of(here(project), QUEUE, None, None, None))
    whole = [row for row in rows if row.content]
    assert [len(row.annotations) for row in whole] == [1, 1]


def test_predictions_gold_and_work_are_kept_apart(plugins, fresh, tmp_path):
    source = made_set(tmp_path)["coco"]
    project = fresh("p")
    take(plugins, project, source, "coco", by="detector", taken="predictions")
    take(plugins, project, source, "coco", taken="gold")
    layers = [
        one.layer
        for row in tasks_of(here(project), QUEUE, None, None, None)
        for one in row.annotations
    ]
    assert sorted(layers) == ["gold", "gold", "prediction", "prediction"]


def test_what_goes_out_as_coco_comes_in_the_same_elsewhere(plugins, fresh, tmp_path, shared_data):
    source = shared_data / "images" / "coco_tiny"
    one, other = fresh("one"), fresh("other")
    take(plugins, one, source / "coco_tiny.json", "coco")
    assert give(plugins, one, tmp_path / "out.json", "coco") == {}
    take(plugins, other, tmp_path / "out.json", "coco")
    before = {key.rpartition("/")[2]: value for key, value in values(one).items()}
    assert values(other) == before
    assert other.queue(QUEUE).config == one.queue(QUEUE).config


@pytest.mark.parametrize(
    ("form", "path", "count"),
    [
        ("voc", "voc_raccoon", 20),
        ("yolo", "yolo_labelstudio", 7),
        ("images", "oddities", 30),
        ("images", "camera", 7),
        ("coco", "sahi_terrain/combined_coco.json", 2),
    ],
)
def test_real_sets_come_in_whole(plugins, fresh, shared_data, form, path, count):
    report = take(plugins, fresh("p"), shared_data / "images" / path, form)
    assert report.tasks == count
    assert {one.code for one in report.problems} <= {"label_added", "image_size"}
