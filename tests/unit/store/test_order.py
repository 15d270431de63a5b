"""The place of a task in its queue, whatever was counted before and whatever comes in between."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from made import text_task

from labeler.store import Project, TaskRow, order

COUNT = 500


@pytest.fixture
def many(copy: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Project:
    """A queue of six and five hundred tasks, with a mark every ten."""
    monkeypatch.setattr(order, "_APART", 10)
    project = Project.open(copy("p.labeler"))
    project.bulk("texts", by="anna").tasks([text_task(f"m{n}", f"more {n}") for n in range(COUNT)])
    return project


def rows(project: Project) -> list[TaskRow]:
    """Every task, sorted here and not by the file."""
    found = [full.row for page in project.pages() for full in page]
    return sorted(found, key=lambda row: (row.priority, row.order, row.row))


def places(project: Project, chosen: list[int]) -> list[tuple[int, int]]:
    """What the file says of the tasks at these places: which is there, and where it is."""
    sorted_rows = rows(project)
    found = []
    for place in chosen:
        at = project.query.at("texts", place)
        assert at is not None
        assert at.id == sorted_rows[place].id
        found.append((place, project.query.position(sorted_rows[place])))
    return found


def test_places_asked_for_in_any_order_are_those_of_the_sorted_tasks(many: Project) -> None:
    chosen = [random.Random(3).randrange(COUNT + 6) for _ in range(300)]
    assert places(many, chosen) == [(place, place) for place in chosen]
    assert many.query.at("texts", COUNT + 6) is None
    many.file.close()


def test_tasks_that_come_in_between_move_those_behind_them(many: Project) -> None:
    last = rows(many)[-1]
    assert many.query.position(last) == COUNT + 5
    urgent = [
        msgspec.structs.replace(text_task(f"u{n}", f"urgent {n}"), priority=-1) for n in range(4)
    ]
    many.bulk("texts", by="anna").tasks(urgent)
    assert many.query.position(last) == COUNT + 9
    assert places(many, [0, 3, 4, 250]) == [(0, 0), (3, 3), (4, 4), (250, 250)]
    many.file.close()


def test_tasks_another_process_brings_move_those_behind_them_too(many: Project) -> None:
    last = rows(many)[-1]
    assert many.query.position(last) == COUNT + 5
    other = Project.open(many.path)
    other.bulk("texts", by="anna").tasks(
        [msgspec.structs.replace(text_task("u", "urgent"), priority=-1)]
    )
    other.file.close()
    assert many.query.position(last) == COUNT + 6
    many.file.close()


def test_work_on_tasks_moves_none_of_them(many: Project) -> None:
    task = rows(many)[40]
    before = many.query.position(task)
    many.annotate(task, author="anna", value=b'{"answers":{"sentiment":"positive"}}')
    assert many.query.position(task) == before == 40
    many.file.close()


def test_a_place_of_a_task_that_is_not_shown_gives_the_next_one(many: Project) -> None:
    gone = rows(many)[10]
    with many.file.writing() as connection:
        connection.execute("UPDATE task SET status=-2 WHERE id=?", (gone.row,))
    found = many.query.at("texts", 10)
    assert found is not None
    assert found.id == rows(many)[10].id
    many.file.close()
