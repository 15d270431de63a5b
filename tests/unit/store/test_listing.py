"""A listing pages through any number of tasks, filtered and searched, without holding the thread."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from labeler.model.problems import Refusal
from labeler.model.queue import QueueConfig
from labeler.store import Project
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint
from labeler.store.listing import Listing

FIRST, SECOND = 3000, 2000


def new(key: str, text: str, meta: bytes = b"{}", *, content: bool = True) -> NewTask:
    raw = msgspec.json.encode({"text": text}) if content else b""
    return NewTask(key, raw, content_fingerprint(raw), meta)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two queues of 3,000 and 2,000 tasks; every tenth of the first is done by ben, one by anna."""
    path = tmp_path_factory.mktemp("wide") / "wide.labeler"
    project = Project.create(path, title="Wide", handle="anna", name="Anna Brandt")
    for name in ("one", "two"):
        project.put_queue(name, QueueConfig(), panel="sentiment", by="anna")
    project.sign_in("ben", "Ben Okafor")
    first = project.bulk("one", by="anna")
    added = first.tasks([new(f"a{n}", f"Text {n}") for n in range(FIRST)])
    done = [NewAnnotation(one.uid, "work", "ben", b'{"answers":{}}') for one in added[::10]]
    first.annotations(done)
    first.annotations([NewAnnotation(added[5].uid, "prediction", "model", b'{"answers":{}}')])
    first.annotations([NewAnnotation(added[5].uid, "gold", "anna", b'{"answers":{}}')])
    second = project.bulk("two", by="anna")
    second.tasks([new(f"b{n}", f"Straße {n} é\n") for n in range(SECOND - 1)])
    second.tasks([new("b-last", "plain", b'{"note": "Needle", "rating": 417}')])
    return project


def keys(listing: Listing, offset: int, limit: int) -> list[str]:
    return [task.key for task in listing.tasks(offset, limit)]


def found(project: Project, **terms: str) -> Listing:
    listing = project.query.listing(**terms)
    while not listing.find_more():
        assert listing.scanned > 0
    return listing


ALL = [f"a{n}" for n in range(FIRST)] + [f"b{n}" for n in range(SECOND - 1)] + ["b-last"]


def test_every_place_shows_its_task_in_whatever_order_pages_are_asked_for(wide: Project) -> None:
    listing = wide.query.listing()
    assert listing.complete
    assert listing.total == FIRST + SECOND
    places = [0, 4800, 200, 4999, 2990, 2500, 400, 4600, 3000]
    random.Random(4).shuffle(places)
    for place in places * 2:
        assert keys(listing, place, 200) == ALL[place : place + 200]


def test_a_page_past_the_end_is_empty(wide: Project) -> None:
    assert wide.query.listing().tasks(FIRST + SECOND, 200) == []


def test_a_queue_is_listed_alone(wide: Project) -> None:
    listing = wide.query.listing("two")
    assert listing.total == SECOND
    assert keys(listing, 1990, 50) == [*(f"b{n}" for n in range(1990, 1999)), "b-last"]
    assert keys(listing, 3, 2) == ["b3", "b4"]


def test_a_task_is_found_again_by_its_row(wide: Project) -> None:
    for listing in (wide.query.listing(), found(wide, status="open")):
        task = listing.tasks(1234, 1)[0]
        assert listing.place_of(task.row) == 1234
    assert wide.query.listing("two").place_of(task.row) is None
    assert found(wide, status="submitted").place_of(task.row) is None


def test_a_status_lists_only_its_tasks(wide: Project) -> None:
    listing = found(wide, status="submitted")
    assert listing.total == FIRST / 10
    assert keys(listing, 298, 5) == ["a2980", "a2990"]
    assert found(wide, status="open").total == FIRST + SECOND - FIRST / 10


def test_a_search_ignores_case_and_looks_in_keys_contents_and_metadata(wide: Project) -> None:
    assert keys(found(wide, search="TEXT 2999"), 0, 9) == ["a2999"]
    assert keys(found(wide, search="strasse 77 É"), 0, 9) == ["b77"]
    assert keys(found(wide, search="needle"), 0, 9) == ["b-last"]
    assert keys(found(wide, search="417", queue="two"), 0, 9) == ["b417", "b-last"]
    inside = ["b417", "b1417", "b-last"]
    assert keys(found(wide, search="*417*", queue="two"), 0, 9) == inside
    assert keys(found(wide, search="B-LAST"), 0, 9) == ["b-last"]


def test_a_search_does_not_find_the_names_of_fields(wide: Project) -> None:
    assert found(wide, search="rating").total == 0


def test_finding_stops_after_each_slice_and_goes_on_where_it_was(wide: Project) -> None:
    listing = wide.query.listing(search="text")
    seen = []
    while not listing.find_more(0.0):
        seen.append((listing.scanned, listing.total))
    assert seen[0] == (500, 500), "the first slice, all of whose tasks match"
    assert len(seen) >= 3, "a slice is fitted to the time, at most doubled each time"
    assert sorted(set(seen)) == seen, "each goes on behind the one before"
    assert (listing.scanned, listing.total) == (FIRST + SECOND, FIRST)


def test_a_row_says_who_worked_on_it_and_what_else_there_is(wide: Project) -> None:
    rows = wide.query.listing("one").page(0, 11)
    assert [row.people for row in rows] == [1, *([0] * 9), 1]
    assert rows[0].last_by == "Ben Okafor"
    assert rows[0].changed > 1_600_000_000_000, "milliseconds since the epoch"
    assert (rows[1].last_by, rows[1].changed) == ("", 0)
    assert [row.task.key for row in rows if row.predicted] == ["a5"]
    assert [row.task.key for row in rows if row.gold] == ["a5"]
    assert msgspec.json.decode(rows[10].content) == {"text": "Text 10"}


def test_tasks_that_were_joined_are_not_counted(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "p.labeler", title="Joined", handle="anna")
    project.put_queue("one", QueueConfig(), panel="sentiment", by="anna")
    bulk = project.bulk("one", by="anna")
    bulk.tasks([new("a", "first"), new("m", "", content=False), new("z", "last")])
    # The medium comes later: the task made without it is joined to the new one and no longer shown.
    bulk.tasks([new("m", "middle")])
    listing = project.query.listing()
    while not listing.find_more():
        pass
    assert keys(listing, 0, 9) == ["a", "z", "m"]
    assert listing.total == 3
    assert [row.content != b"" for row in listing.page(0, 3)] == [True, True, True]
    project.close()


def test_a_conflict_is_said_in_its_row(tmp_path: Path) -> None:
    path, copy = tmp_path / "p.labeler", tmp_path / "copy.labeler"
    project = Project.create(path, title="Two ways", handle="anna")
    project.put_queue("one", QueueConfig(), panel="sentiment", by="anna")
    project.bulk("one", by="anna").tasks([new("a", "first"), new("b", "second")])
    project.copy_to(copy)
    other = Project.open(copy)
    for one, answer in ((project, b'{"answers":{"q":"x"}}'), (other, b'{"answers":{"q":"y"}}')):
        one.annotate(one.query.find("a"), author="anna", value=answer)
    other.close()
    project.merge(copy)
    assert [row.conflict for row in project.query.listing().page(0, 2)] == [True, False]
    project.close()


def test_a_status_nobody_knows_is_refused_with_the_nearest(wide: Project) -> None:
    with pytest.raises(Refusal, match="submitted"):
        wide.query.listing(status="submited")
