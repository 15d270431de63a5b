"""A source's own labels come in first, in its order; what the queue says itself stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from labeler.api import AnnotationIn, Label, LabelsIn, Problem, ReadOptions, TaskIn
from labeler.exchange import ImportOptions, ImportReport, here, run_import
from labeler.model.queue import QueueConfig, read_config
from labeler.panels.sentiment.task import TextContent
from labeler.plugins import Plugins
from labeler.store import Project

QUEUE = {"labels": [{"id": "1", "name": "Cat", "key": "c", "extra": {"index": 7}}]}


def told(*names: str, **settings: object) -> LabelsIn:
    labels = tuple(
        Label(id="?", name=name, extra={"index": n, "n": n}) for n, name in enumerate(names)
    )
    return LabelsIn(labels, "data.yaml", settings)


class Defining:
    """A reader of one task under a label, ahead of which it defines what it is given."""

    def __init__(self, *defined: LabelsIn, label: str = "Cat") -> None:
        self._defined = defined
        self._label = label

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | LabelsIn | Problem]:
        yield from self._defined
        region = {"type": "span", "start": 0, "end": 3, "label": self._label}
        value = AnnotationIn(json.dumps({"regions": [region]}).encode(), "a:1")
        yield TaskIn("a", TextContent(text="miau"), "a:1", {}, (value,))


def take(
    fresh: Callable[[str], Project],
    plugins: Plugins,
    tmp_path: Path,
    reader: Defining,
    **more: object,
) -> tuple[QueueConfig, ImportReport]:
    project = fresh("p")
    project.put_queue(
        "texts", read_config(json.dumps(QUEUE).encode()), panel="sentiment", by="anna"
    )
    options = ImportOptions(by="anna", **more)  # type: ignore[arg-type]
    report = run_import(here(project), plugins, reader, [tmp_path], "texts", options)
    return project.queue("texts").config, report


def test_labels_come_in_the_order_of_the_source_also_those_nobody_uses(fresh, plugins, tmp_path):
    reader = Defining(told("Dog", "Cat", "Bird"), label="Bird")
    config, report = take(fresh, plugins, tmp_path, reader)
    assert [label.title for label in config.labels] == ["Cat", "Dog", "Bird"]
    added = [(one.where, one.params["label"]) for one in report.problems]
    assert added == [("data.yaml", "Dog"), ("data.yaml", "Bird")]
    assert (report.tasks, report.annotations, report.skipped) == (1, 1, 0)


def test_what_the_queue_says_of_a_label_stays_and_the_rest_is_filled_in(fresh, plugins, tmp_path):
    config, _ = take(fresh, plugins, tmp_path, Defining(told("Dog", "Cat")))
    cat = config.labels[0]
    assert (cat.id, cat.key) == ("1", "c")
    assert cat.extra == {"index": 7, "n": 1}


def test_settings_are_filled_in_and_never_overwritten(fresh, plugins, tmp_path):
    first = told(coco={"info": 1, "licenses": [1]})
    second = told(coco={"info": 2, "more": 3}, other=4)
    config, _ = take(fresh, plugins, tmp_path, Defining(first, second))
    assert config.settings == {"coco": {"info": 1, "licenses": [1], "more": 3}, "other": 4}


def test_strict_labels_take_no_definition(fresh, plugins, tmp_path):
    config, _ = take(fresh, plugins, tmp_path, Defining(told("Dog")), strict_labels=True)
    assert [label.title for label in config.labels] == ["Cat"]


def test_the_same_definition_again_writes_nothing(fresh, plugins, tmp_path):
    project = fresh("p")
    counts = []
    for _ in range(2):
        reader = Defining(told("Dog", info=1))
        run_import(here(project), plugins, reader, [tmp_path], "texts", ImportOptions(by="anna"))
        counts.append(project.queue("texts").config)
    assert counts[0] == counts[1]


def test_a_value_written_before_a_definition_keeps_its_new_label(fresh, plugins, tmp_path):
    class Late(Defining):
        def read(self, source, options):
            elements = list(super().read(source, options))
            return iter([elements[1], elements[0]])

    config, report = take(fresh, plugins, tmp_path, Late(told("Dog"), label="Newt"))
    assert {label.title for label in config.labels} == {"Cat", "Dog", "Newt"}
    assert report.annotations == 1
