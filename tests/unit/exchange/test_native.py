"""Native: everything about the tasks, in lines that say the same for the same contents."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from carried import CONFIG, Carrier, codes, counts

from labeler.model.problems import Refusal
from labeler.model.queue import read_config
from labeler.store import Project
from labeler.store.bulk import NewAnnotation

# No program of ours writes a region like this: an unknown type, spaces, 1.0 and 1e2, an escape.
OPAQUE = '{"id":"o1",  "type":"hologram","label":"praise","depth":1.0,"far":1e2,"w":"\\u00e9"}'
SPAN = '{"type":"span","id":"s1","start":0,"end":4,"text":"text","unheard":{"of":[1.50]}}'


@pytest.fixture
def worked(carrier: Carrier) -> Carrier:
    """Three texts with everything a native file can hold."""
    texts = [{"id": f"k{n}", "text": f"text {n}", "stars": n} for n in range(3)]
    carrier.take(carrier.rows("texts.jsonl", *texts))
    project = carrier.project
    project.sign_in("carla", "Carla Ruiz")
    project.sign_in("lexicon", kind="model")
    uids = [bytes.fromhex(project.query.find(f"k{n}").id) for n in range(3)]
    value = f'{{"regions":[{OPAQUE},{SPAN}],"answers":{{"sentiment":"positive"}}}}'.encode()
    context = b'{"seed":7,"order":["b","a"],"active_ms":5}'
    bulk = project.bulk("texts", by="anna")
    bulk.annotations(
        [
            NewAnnotation(uids[0], "work", "carla", value, context=context),
            NewAnnotation(uids[0], "work", "carla", b'{"answers":{"note":"again"}}', round=1),
            NewAnnotation(
                uids[0], "prediction", "lexicon", b'{"answers":{"sentiment":"negative"}}'
            ),
            NewAnnotation(uids[1], "work", "anna", b"{}", status="skipped", reason="no words"),
            NewAnnotation(uids[1], "work", "carla", b'{"answers":{"note":"?"}}', status="open"),
            NewAnnotation(uids[2], "gold", "anna", b'{"answers":{"sentiment":"positive"}}'),
            NewAnnotation(uids[2], "work", "anna", b'{"answers":{"note":"one"}}'),
            NewAnnotation(uids[2], "work", "anna", b'{"answers":{"note":"two"}}'),
        ]
    )
    marks = carrier.rows("marks.jsonl", {"id": "later", "sentiment": "positive"})
    carrier.take(marks, by="carla")
    return carrier


def lines(carrier: Carrier, name: str, **options: Any) -> list[str]:
    (path,) = carrier.give(name, "native", **options).files
    return path.read_bytes().decode().splitlines()


def without_ids(tree: Any) -> Any:
    """The line without the uids, which every project derives for itself."""
    task = tree.get("task")
    if task is None:
        return tree
    del task["id"]
    for annotation in task.get("annotations", ()):
        del annotation["id"]
    return tree


def test_a_new_project_takes_everything_over(
    worked: Carrier, fresh: Callable[[str], Project]
) -> None:
    before = lines(worked, "before.jsonl")
    other = Carrier(fresh("q"), worked.plugins, worked.folder)
    report = other.take(worked.folder / "before.jsonl", form="native", by="dora")
    # carla's two, hers on k1 and "later", anna's skipped one, two versions, prediction and gold
    assert counts(report) == (4, 9, 0)
    assert [code for _, code in codes(report)] == ["task_made"]
    after = lines(other, "after.jsonl")
    assert [without_ids(json.loads(line)) for line in after] == [
        without_ids(json.loads(line)) for line in before
    ]
    for line in after:
        assert ("hologram" not in line) or OPAQUE in line
        assert ("unheard" not in line) or SPAN in line
    assert sum(OPAQUE in line for line in after) == 1
    again = other.take(worked.folder / "before.jsonl", form="native")
    assert counts(again)[:2] == (0, 0)
    assert other.project.check() == []


def test_its_own_lines_add_nothing_to_a_project(worked: Carrier) -> None:
    before = lines(worked, "before.jsonl")
    report = worked.take(worked.folder / "before.jsonl", form="native")
    assert counts(report) == (0, 0, 4)
    assert report.problems == ()
    assert lines(worked, "after.jsonl") == before


def test_copies_that_merged_in_either_order_give_equal_lines(worked: Carrier) -> None:
    """Two copies import different tasks and then each other's: rows of the files differ."""
    paths = [worked.folder / f"{name}.labeler" for name in ("one", "two")]
    for number, path in enumerate(paths):
        worked.project.copy_to(path)
        with_more = Carrier(Project.open(path), worked.plugins, worked.folder)
        rows = [{"id": f"{number}-{n}", "text": f"{number} more {n}"} for n in range(3)]
        with_more.take(with_more.rows(f"more{number}.jsonl", *rows))
        with_more.project.close()
    found = []
    for mine, theirs in (paths, paths[::-1]):
        merged = worked.folder / f"merged-{mine.name}"
        shutil.copy(mine, merged)
        project = Project.open(merged)
        project.merge(theirs)
        found.append(lines(Carrier(project, worked.plugins, worked.folder), f"{mine.stem}.jsonl"))
        project.close()
    assert found[0] == found[1]
    assert len(found[0]) == len(lines(worked, "few.jsonl")) + 6


def test_the_order_of_answers_and_names_is_no_part_of_a_line(
    carrier: Carrier, fresh: Callable[[str], Project]
) -> None:
    one = {"id": "a", "text": "x", "sentiment": "positive", "note": "n", "b": 1, "a": 2.0}
    other = Carrier(fresh("q"), carrier.plugins, carrier.folder)
    carrier.take(carrier.rows("s.jsonl", one))
    other.take(other.rows("s.jsonl", dict(reversed(one.items()))))
    found = [
        [without_ids(json.loads(line)) for line in lines(each, f"{number}.jsonl")]
        for number, each in enumerate((carrier, other))
    ]
    assert found[0] == found[1]
    texts = [path.read_text(encoding="utf-8") for path in sorted(carrier.folder.glob("?.jsonl"))]
    assert '"meta":{"a":2,"b":1}' in texts[0]


def test_a_conflict_has_every_version(worked: Carrier) -> None:
    (line,) = [line for line in lines(worked, "n.jsonl") if '"versions"' in line]
    (annotation,) = [
        one for one in json.loads(line)["task"]["annotations"] if one["layer"] == "work"
    ]
    notes = [version["value"]["answers"]["note"] for version in annotation["versions"]]
    assert notes == ["one", "two"]


def test_a_source_can_be_chosen(worked: Carrier) -> None:
    found = [json.loads(line) for line in lines(worked, "n.jsonl", source="gold")]
    tasks = [line["task"] for line in found if "task" in line]
    assert [task["key"] for task in tasks] == ["k2"]
    assert [one["layer"] for one in tasks[0]["annotations"]] == ["gold"]


def test_people_stand_before_the_first_line_that_names_them(worked: Carrier) -> None:
    told: set[str] = set()
    for line in map(json.loads, lines(worked, "n.jsonl")):
        if "person" in line:
            told.add(line["person"]["handle"])
        for annotation in line.get("task", {}).get("annotations", ()):
            assert annotation["by"] in told
    assert told == {"anna", "carla", "lexicon"}


def test_names_and_kinds_of_people_come_along(
    worked: Carrier, fresh: Callable[[str], Project]
) -> None:
    lines(worked, "n.jsonl")
    other = Carrier(fresh("q"), worked.plugins, worked.folder)
    other.take(worked.folder / "n.jsonl", form="native")
    people = {one.handle: (one.name, one.kind) for one in other.project.people()}
    assert people["carla"] == ("Carla Ruiz", "person")
    assert people["lexicon"] == ("", "model")


def test_a_name_here_is_not_overwritten(worked: Carrier, fresh: Callable[[str], Project]) -> None:
    lines(worked, "n.jsonl")
    other = Carrier(fresh("q"), worked.plugins, worked.folder)
    other.project.sign_in("carla", "Carla R. Gomez")
    other.take(worked.folder / "n.jsonl", form="native")
    assert other.project.person("carla").name == "Carla R. Gomez"


def test_an_empty_queue_takes_the_configuration(
    worked: Carrier, fresh: Callable[[str], Project]
) -> None:
    lines(worked, "n.jsonl")
    other = Carrier(fresh("q"), worked.plugins, worked.folder)
    changed = read_config(b'{"labels":[{"id":"mine"}],"guideline":"# Mine"}')
    other.project.put_queue("texts", changed, panel="sentiment", by="anna")
    other.take(worked.folder / "n.jsonl", form="native")
    assert other.project.queue("texts").config == worked.project.queue("texts").config


def test_a_queue_with_tasks_keeps_its_own_and_gets_the_labels_it_lacks(
    worked: Carrier, fresh: Callable[[str], Project]
) -> None:
    lines(worked, "n.jsonl")
    other = Carrier(fresh("q"), worked.plugins, worked.folder)
    other.take(other.rows("s.jsonl", {"id": "mine", "text": "mine"}))
    changed = msgspec.structs.replace(
        read_config(CONFIG),
        labels=read_config(b'{"labels":[{"id":"mine"}]}').labels,
        guideline="# M",
    )
    other.project.put_queue("texts", changed, panel="sentiment", by="anna")
    report = other.take(worked.folder / "n.jsonl", form="native")
    assert [code for _, code in codes(report)][:3] == ["label_added", "label_added", "queue_kept"]
    config = other.project.queue("texts").config
    assert [label.id for label in config.labels] == ["mine", "praise", "blame"]
    assert config.guideline == "# M"


def test_a_queue_that_is_not_there_is_made(worked: Carrier, tmp_path: Path) -> None:
    lines(worked, "n.jsonl")
    project = Project.create(tmp_path / "bare.labeler", handle="dora")
    other = Carrier(project, worked.plugins, worked.folder)
    other.take(worked.folder / "n.jsonl", form="native", by="dora")
    assert [(row.name, row.panel, row.tasks) for row in project.queues()] == [
        ("texts", "sentiment", 4)
    ]
    project.close()


def test_tasks_only_leaves_what_was_said_behind(
    worked: Carrier, fresh: Callable[[str], Project]
) -> None:
    lines(worked, "n.jsonl")
    other = Carrier(fresh("q"), worked.plugins, worked.folder)
    report = other.take(worked.folder / "n.jsonl", form="native", taken="tasks")
    assert counts(report) == (4, 0, 0)
    with pytest.raises(Refusal, match="says itself what each value is"):
        other.take(worked.folder / "n.jsonl", form="native", taken="gold")


HEAD = '{"format":"native","version":"0.1"}'
QUEUE = '{"queue":{"name":"texts","panel":"sentiment","config":{}}}'


def task(**more: Any) -> str:
    return json.dumps({"task": {"queue": "texts", "key": "a", "content": {"text": "x"}, **more}})


def said(**more: Any) -> dict[str, Any]:
    return {"annotations": [{"layer": "work", "by": "anna", **more}]}


@pytest.mark.parametrize(
    ("line", "where", "words"),
    [
        ("{", ":3", "not JSON"),
        ("\0", ":3", "NUL"),
        ('{"task":{"key":"a"}}', ":3: task", "missing required field `queue`"),
        (task(queue="other"), ":3", "there is no queue 'other'"),
        (task(key=""), ":3: task.key", "a task has a key"),
        (task(content={"words": 1}), ":3: content", "required field `text`"),
        (task(meta=[1]), ":3: task.meta", "metadata is a table"),
        (task(**said(layer="opinion")), ":3: annotations[0]", "there is no layer 'opinion'"),
        (task(**said(status="done")), ":3: annotations[0]", "there is no status 'done'"),
        (task(**said(by=" ")), ":3: annotations[0]", "an annotation has an author"),
        (task(**said(round=-1)), ":3: annotations[0]", "-1 is no round"),
        (task(**said(value=[1])), ":3: annotations[0]", "object"),
        (task(**said(value={"regions": [{"type": "span"}]})), ":3: annotations[0]", "`id`"),
        (task(**said(value={"regions": [{"id": "r"}, {"id": "r"}]})), ":3: ann", "id of its own"),
        (task(**said(context=[1])), ":3: annotations[0]", "object"),
        ("[" * 100_000, ":3", "expected `object`"),
        ('{"task":' * 100_000, ":3", ""),
        (task(meta=0).replace("0", "[" * 5000 + "]" * 5000), ":3", ""),
        ('{"task":{"queue":"texts","key":"\\ud800","content":null}}', ":3", ""),
    ],
)
def test_a_line_that_cannot_be_is_told_with_its_place(
    carrier: Carrier, line: str, where: str, words: str
) -> None:
    good = json.dumps({"task": {"queue": "texts", "key": "good", "content": {"text": "good"}}})
    report = carrier.take(carrier.rows("n.jsonl", HEAD, QUEUE, line, good), form="native")
    assert "good" in carrier.task_keys()
    assert len(report.problems) == 1, report.problems
    assert report.problems[0].where.startswith(f"n.jsonl{where}")
    assert words in report.problems[0].message
    assert carrier.project.check() == []


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ('{"format":"native","version":"0.2"}', r"made by a newer version \(format 0.2\)"),
        ('{"text":"a row of another format"}', "not a native export"),
        ("", "not a native export"),
        ("\0\0\0", "not a native export"),
    ],
)
def test_a_file_that_is_no_native_export_is_refused(
    carrier: Carrier, first: str, words: str
) -> None:
    source = carrier.rows("n.jsonl", first, QUEUE, task())
    with pytest.raises(Refusal, match=words):
        carrier.take(source, form="native")
    assert carrier.task_keys() == []


def test_a_configuration_that_cannot_be_is_told_and_its_tasks_stay_out(carrier: Carrier) -> None:
    queue = '{"queue":{"name":"texts","panel":"sentiment","config":{"labels":[{"name":"x"}]}}}'
    report = carrier.take(carrier.rows("n.jsonl", HEAD, queue, task()), form="native")
    assert counts(report) == (0, 0, 1)
    assert "n.jsonl:2: queue.config" in report.problems[0].where


def test_a_queue_of_another_panel_is_told(carrier: Carrier) -> None:
    queue = '{"queue":{"name":"texts","panel":"boxes","config":{}}}'
    report = carrier.take(carrier.rows("n.jsonl", HEAD, queue, task()), form="native")
    assert counts(report) == (0, 0, 1)
    assert codes(report) == [("n.jsonl:2", "queue_panel")]


def test_a_dry_run_of_native_changes_nothing(
    worked: Carrier, fresh: Callable[[str], Project]
) -> None:
    lines(worked, "n.jsonl")
    other = Carrier(fresh("q"), worked.plugins, worked.folder)
    before = other.project.path.read_bytes()
    dry = other.take(worked.folder / "n.jsonl", form="native", dry_run=True)
    assert other.project.path.read_bytes() == before
    assert other.take(worked.folder / "n.jsonl", form="native") == dry
