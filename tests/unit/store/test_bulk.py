"""Imports into the file: nothing double, keys as the design says, stubs that join their content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from made import text_task

from labeler.store import Project
from labeler.store.bulk import Bulk, NewAnnotation, NewTask
from labeler.store.ready import ReadyTasks, TaskUids, ready_tasks

POSITIVE = b'{"answers":{"sentiment":"positive"}}'
NEGATIVE = b'{"answers":{"sentiment":"negative"}}'


def bulk(project: Project) -> Bulk:
    """An import of Anna's into the queue."""
    return project.bulk("texts", by="anna")


def test_the_same_tasks_again_add_nothing(project: Project) -> None:
    batch = [text_task("a", "one"), text_task("b", "two"), text_task(None, "three")]
    assert [added.new for added in bulk(project).tasks(batch)] == [True] * 3
    assert [added.new for added in bulk(project).tasks(batch)] == [False] * 3
    assert project.query.counts()["tasks"] == 9
    assert project.check() == []


def test_equal_rows_without_a_key_are_as_many_tasks(project: Project) -> None:
    rows = [text_task(None, "same")] * 3
    run = bulk(project)
    keys = [added.key for added in run.tasks(rows)] + [added.key for added in run.tasks(rows[:2])]
    assert len(set(keys)) == 5
    again = bulk(project)
    found = again.tasks(rows[:2]) + again.tasks(rows)
    assert [added.key for added in found] == keys
    assert not any(added.new for added in found)
    more = again.tasks(rows[:1])
    assert more[0].new


def test_one_key_with_other_content_is_another_task_and_said_to_be(project: Project) -> None:
    run = bulk(project)
    first, second = run.tasks([text_task("k0", "something else"), text_task("new", "fresh")])
    assert (first.new, first.double) == (True, True)
    assert (second.new, second.double) == (True, False)
    together = run.tasks([text_task("twice", "one"), text_task("twice", "two")])
    assert [added.double for added in together] == [False, True]


def test_tasks_keep_the_order_of_their_import(project: Project) -> None:
    bulk(project).tasks([text_task(f"z{9 - n}", f"z {n}") for n in range(10)])
    keys = [row.key for row in project.query.page("texts").rows]
    assert keys == [f"k{n}" for n in range(6)] + [f"z{9 - n}" for n in range(10)]
    third = project.query.at("texts", 7)
    assert third is not None
    assert third.key == "z8"
    assert project.query.position(third) == 7


def test_a_prediction_whose_content_comes_later_joins_it(project: Project) -> None:
    run = bulk(project)
    stub = run.tasks([NewTask("later", b"", b"")])[0]
    run.annotations([NewAnnotation(stub.uid, "prediction", "model-1", POSITIVE)])
    assert project.query.find("later").status == "missing"
    run.tasks([text_task("later", "here it is")])
    task = project.query.find("later")
    assert task.status == "open"
    full = project.task(task)
    assert full.content == b'{"text":"here it is"}'
    assert [one.layer for one in full.annotations] == ["prediction"]
    assert project.check() == []


def test_a_stub_that_could_join_two_tasks_is_a_conflict(project: Project) -> None:
    run = bulk(project)
    stub = run.tasks([NewTask("which", b"", b"")])[0]
    run.annotations([NewAnnotation(stub.uid, "gold", "gold", POSITIVE)])
    run.tasks([text_task("which", "one")])
    run.tasks([text_task("which", "two")])
    assert [row.entity for row in project.conflicts()] == [
        stub.uid.hex()
    ] or project.query.counts()["conflicts"] == 1
    assert project.check() == []


def test_an_equal_annotation_is_known_and_an_older_one_changes_nothing(project: Project) -> None:
    task = project.query.find("k0")
    uid = bytes.fromhex(task.id)
    run = bulk(project)
    new = NewAnnotation(uid, "work", "anna", POSITIVE)
    assert [one.outcome for one in run.annotations([new])] == ["added"]
    assert [one.outcome for one in run.annotations([new])] == ["known"]
    project.annotate(task, author="anna", value=NEGATIVE)
    assert [one.outcome for one in bulk(project).annotations([new])] == ["older_value"]
    assert project.task(task).annotations[0].value == NEGATIVE
    assert project.conflicts() == []


def test_a_correction_never_fights_the_import_it_corrected(
    project: Project, copy: Callable[[str], Path]
) -> None:
    """Two copies import the same row; one of them is corrected; the merge keeps the correction."""
    uid = bytes.fromhex(project.query.find("k0").id)
    new = NewAnnotation(uid, "work", "anna", POSITIVE)
    other = Project.open(copy("other.labeler"))
    for one in (project, other):
        bulk(one).annotations([new])
    project.annotate(project.query.find("k0"), author="anna", value=NEGATIVE)
    path = other.path
    other.close()
    assert project.merge(path).conflicts == 0
    assert project.task(project.query.find("k0")).annotations[0].value == NEGATIVE


def test_two_copies_that_import_the_same_list_have_one_set_of_tasks(
    project: Project, copy: Callable[[str], Path]
) -> None:
    rows = [text_task("x", "ex"), text_task(None, "why"), text_task(None, "why")]
    other = Project.open(copy("other.labeler"))
    for one in (project, other):
        bulk(one).tasks(rows)
    path = other.path
    other.close()
    report = project.merge(path)
    assert report.conflicts == 0
    assert project.query.counts()["tasks"] == 9
    assert project.check() == []


def test_a_merge_in_small_files_of_thousands_of_tasks_is_what_one_import_gives(
    project: Project, copy: Callable[[str], Path]
) -> None:
    other = Project.open(copy("other.labeler"))
    run = bulk(other)
    for start in range(0, 12_000, 4_000):
        run.tasks([text_task(f"n{n}", f"text {n}") for n in range(start, start + 4_000)])
    path = other.path
    other.close()
    project.merge(path)
    assert project.query.counts()["tasks"] == 12_006
    assert [row.key for row in project.query.page("texts", offset=12_004).rows] == [
        "n11998",
        "n11999",
    ]


def test_values_on_many_tasks_at_once_leave_what_folding_them_anew_gives(project: Project) -> None:
    project.sign_in("ben")
    run = bulk(project)
    made = run.tasks([text_task(f"m{n}", f"text {n}") for n in range(1203)])
    stub = run.tasks([NewTask("late", b"", b"")])[0]
    statuses = ("submitted", "skipped", "open", "flagged")
    run.annotations(
        [
            NewAnnotation(one.uid, layer, author, POSITIVE, status=statuses[n % 4])
            for n, one in enumerate([*made, stub])
            for layer, author in [("work", "anna"), ("work", "ben"), ("prediction", "ben")]
        ]
    )

    def shown() -> list[object]:
        tables = ("task", "ann", "tally")
        rows = [project.file.rows(f"SELECT * FROM {name} ORDER BY 1, 2") for name in tables]
        return [*rows, project.query.counts()]

    before = shown()
    assert project.check() == []
    project.refold()
    assert shown() == before


def ready(run: Bulk, project: Project, *texts: tuple[str, str], order: int) -> ReadyTasks:
    """Tasks made ready as another process makes them."""
    tasks = [text_task(key, text) for key, text in texts]
    return ready_tasks(TaskUids(project.uid, run.queue), run.queue, tasks, order)


def ops(project: Project) -> list[Any]:
    """What the tasks' ops say, in the order of the tasks."""
    return project.file.rows(
        "SELECT ent.uid, op.seq, op.enc, op.body, length(op.salt), task.key, task.ord, task.status, "
        "task.prio FROM task JOIN ent ON ent.id=task.id JOIN op ON op.id=task.head ORDER BY task.id"
    )


def test_tasks_made_ready_are_written_as_any_others(project: Project, tmp_path: Path) -> None:
    """Short ones, one that is compressed, and two whose keys were there before."""
    long = " ".join(f"word {n}" for n in range(500))
    texts = [("n1", "one"), ("n2", long), ("n3", "drei")]
    twice = [("n3", "other"), ("n4", "four"), ("n1", "one"), ("k0", "another")]
    project.copy_to(tmp_path / "copy.labeler")
    other = Project.open(tmp_path / "copy.labeler")
    run, plain = bulk(project), bulk(other)
    first = run.order
    parts = [ready(run, project, *texts[:1], order=first)]
    parts.append(ready(run, project, *texts[1:], order=first + 1))
    added = run.add_ready(parts)
    assert added == plain.add([text_task(*one) for one in texts])
    again = run.add_ready([ready(run, project, *twice, order=first + 3)])
    assert again == plain.add([text_task(*one) for one in twice])
    assert (again.new, again.doubles) == ([True, True, False, True], {0, 3})
    assert ops(project) == ops(other)
    assert project.check() == []
    other.close()


def test_tasks_made_ready_for_another_place_get_the_place_they_come_to(project: Project) -> None:
    run = bulk(project)
    first = run.order
    run.add_ready([ready(run, project, ("n1", "one"), order=first + 5)])
    run.add_ready([ready(run, project, ("n2", "two"), order=first + 1)])
    assert [row[6] for row in ops(project)][-2:] == [first, first + 1]
    said = [msgspec.json.decode(bytes(row[3])) for row in ops(project)[-2:]]
    assert [body["order"] for body in said] == [first, first + 1]
    assert project.check() == []
