"""The photographs of the sample: whose they are, what is told of them, and that they come in whole."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from labeler.exchange import ImportOptions, here, run_import
from labeler.exchange.templates import new_project
from labeler.media.image import image_head, read_image
from labeler.plugins import Plugins
from labeler.store import Project

LICENCES = {"CC0-1.0", "CC-BY-2.0"}


@pytest.fixture
def boxes(sample: Path) -> Path:
    return sample / "boxes"


@pytest.fixture
def told(boxes: Path) -> list[dict[str, Any]]:
    return [json.loads((boxes / name).read_text()) for name in ("gold.json", "predictions.json")]


def photos(boxes: Path) -> list[Path]:
    return sorted((boxes / "photos").iterdir())


def test_there_are_five_photographs_and_more_none_larger_than_200_kilobytes(boxes: Path) -> None:
    assert len(photos(boxes)) >= 5
    assert max(path.stat().st_size for path in photos(boxes)) <= 200_000


def test_each_can_be_seen_and_one_is_stored_on_its_side(boxes: Path) -> None:
    orientations = []
    for path in photos(boxes):
        with path.open("rb") as file:
            picture = read_image(file)
            orientations.append(image_head(file).orientation)
        assert picture.notes == ()
        assert picture.pixels.shape[:2] == (picture.height, picture.width)
    assert 6 in orientations


def test_every_file_has_a_credit_under_a_licence_we_may_ship(sample: Path, boxes: Path) -> None:
    credits = (sample / "CREDITS.md").read_text(encoding="utf-8")
    for path in boxes.rglob("*"):
        if path.is_file():
            name = path.relative_to(sample).as_posix()
            row = re.search(rf"^\| `{re.escape(name)}` \|.*\| (.*) \|$", credits, re.MULTILINE)
            assert row, f"{name} has no credit"
            assert row[1] in LICENCES or row[1].startswith("public domain")


def test_what_is_told_lies_in_its_image_under_a_label_of_the_template(
    boxes: Path, told: list[dict[str, Any]], projects: Path
) -> None:
    template = json.loads((projects / "templates/boxes/template.json").read_text())
    labels = {label["name"] for label in template["queues"][0]["labels"]}
    for document in told:
        assert {one["name"] for one in document["categories"]} == labels
        sizes = {}
        for image in document["images"]:
            with (boxes / "photos" / image["file_name"]).open("rb") as file:
                head = image_head(file)
            assert (image["width"], image["height"]) == (head.width, head.height)
            sizes[image["id"]] = head
        for one in document["annotations"]:
            x, y, width, height = one["bbox"]
            head = sizes[one["image_id"]]
            assert x >= 0 <= y
            assert x + width <= head.width
            assert y + height <= head.height


def test_two_photographs_have_gold_and_others_have_predictions_sure_and_unsure(
    told: list[dict[str, Any]],
) -> None:
    gold, predictions = told
    assert len(gold["images"]) == 2
    assert len(predictions["images"]) >= 2
    assert not {one["file_name"] for one in gold["images"]} & {
        one["file_name"] for one in predictions["images"]
    }
    scores = [one["score"] for one in predictions["annotations"]]
    assert min(scores) < 0.5 < max(scores)


def test_everything_comes_into_a_project_with_the_photographs_inside(
    boxes: Path, tmp_path: Path
) -> None:
    plugins = Plugins.load(safe_mode=True)
    project = new_project(tmp_path / "p.labeler", "boxes", handle="anna")
    try:
        for name, form, options in (
            ("photos", "images", ImportOptions(by="anna", embed=True)),
            ("predictions.json", "coco", ImportOptions(by="detector", taken="predictions")),
            ("gold.json", "coco", ImportOptions(by="anna", taken="gold")),
        ):
            reader = plugins.reader(plugins.format(form, "boxes"))
            report = run_import(here(project), plugins, reader, [boxes / name], "boxes", options)
            assert report.problems == ()
        assert layers(project) == {"prediction": 3, "gold": 2}
        assert [label.title for label in project.queue("boxes").config.labels] == [
            *("Person", "Animal", "Vehicle", "Gear"),
        ]
    finally:
        project.close()


def layers(project: Project) -> Counter[str]:
    from labeler.exchange.selection import tasks_of

    found: Counter[str] = Counter()
    for task in tasks_of(here(project), "boxes", None, None, None):
        found.update(one.layer for one in task.annotations)
    return found
