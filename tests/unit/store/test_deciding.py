"""Deciding: a settlement that is taken back leaves the conflict as it was, with nobody's work lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from labeler.model.problems import Refusal
from labeler.store import ConflictRow, Project
from labeler.store.bulk import NewTask

Copy = Callable[[str], Path]
VALUE = b'{"answers":{"sentiment":"%s"}}'


def say(project: Project, word: str, key: str = "k0", **how: Any) -> None:
    project.annotate(project.query.find(key), author="anna", value=VALUE % word.encode(), **how)


@pytest.fixture
def theirs(copy: Copy) -> Iterator[Project]:
    opened = Project.open(copy("theirs.labeler"))
    yield opened
    opened.file.close()


@pytest.fixture
def conflict(project: Project, theirs: Project) -> ConflictRow:
    """Anna said "base", then on two machines "mine" and "theirs"."""
    say(project, "base")
    theirs.merge(project.path)
    say(project, "mine")
    say(theirs, "theirs")
    project.merge(theirs.path)
    project.sign_in("carla", "Carla Ruiz")
    (found,) = project.conflicts()
    return found


def answers(project: Project) -> list[str]:
    (found,) = project.conflicts()
    return sorted(one.value["answers"]["sentiment"] for one in found.versions)


def test_a_settlement_taken_back_leaves_the_conflict_as_it_was(
    project: Project, conflict: ConflictRow
) -> None:
    op = project.settle(conflict, VALUE % b"both", by="carla")
    assert project.conflicts() == []
    project.unsettle(conflict.entity, op, by="carla")
    (again,) = project.conflicts()
    assert [(one.by, one.when, one.value) for one in again.versions] == [
        (one.by, one.when, one.value) for one in conflict.versions
    ]
    origin = project.origin(again)
    assert origin is not None
    assert origin.value["answers"]["sentiment"] == "base"
    assert project.check() == []


def test_copies_that_know_the_settlement_learn_that_it_is_open_again(
    project: Project, theirs: Project, conflict: ConflictRow
) -> None:
    op = project.settle(conflict, VALUE % b"both", by="carla")
    theirs.merge(project.path)
    project.unsettle(conflict.entity, op, by="carla")
    theirs.merge(project.path)
    assert answers(theirs) == answers(project) == ["mine", "theirs"]


def test_what_was_taken_back_can_be_settled_and_taken_back_again(
    project: Project, conflict: ConflictRow
) -> None:
    for word in (b"one", b"two"):
        op = project.settle(project.conflicts()[0], VALUE % word, by="carla")
        project.unsettle(conflict.entity, op, by="carla")
    assert answers(project) == ["mine", "theirs"]
    assert [one.by for one in project.conflicts()[0].versions] == ["anna", "anna"]
    origin = project.origin(project.conflicts()[0])
    assert origin is not None
    assert origin.value["answers"]["sentiment"] == "base"


def test_work_that_came_after_a_settlement_keeps_it_from_being_taken_back(
    project: Project, conflict: ConflictRow
) -> None:
    op = project.settle(conflict, VALUE % b"both", by="carla")
    say(project, "later")
    with pytest.raises(Refusal) as caught:
        project.unsettle(conflict.entity, op, by="carla")
    assert caught.value.problem.code == "conflict_changed"
    assert project.conflicts() == []


def test_an_op_that_settled_nothing_cannot_be_taken_back(project: Project) -> None:
    say(project, "mine")
    (one,) = project.task(project.query.find("k0")).annotations
    with pytest.raises(Refusal) as caught:
        project.unsettle(one.id, one.head, by="anna")
    assert caught.value.problem.code == "conflict_changed"


def test_history_says_who_decided_and_why(project: Project, conflict: ConflictRow) -> None:
    op = project.settle(conflict, VALUE % b"mine", by="carla", comment="It reads so.")
    project.unsettle(conflict.entity, op, by="carla")
    told = [
        (one.title, one.action, one.replaced, one.restored, one.comment)
        for one in project.history(conflict.entity)
    ]
    assert told == [
        ("Carla Ruiz", "put", 0, True, ""),
        ("Carla Ruiz", "put", 0, True, ""),
        ("Carla Ruiz", "put", 2, False, "It reads so."),
        ("Anna Brandt", "put", 1, False, ""),
        ("Anna Brandt", "put", 1, False, ""),
        ("Anna Brandt", "put", 0, False, ""),
    ]


def test_a_skip_and_an_equal_submit_are_settled_as_the_one_that_is_named(
    project: Project, theirs: Project
) -> None:
    say(project, "same")
    say(theirs, "same", status="skipped", reason="unreadable")
    project.merge(theirs.path)
    (found,) = project.conflicts()
    assert {(one.status, one.reason) for one in found.versions} == {
        ("submitted", ""),
        ("skipped", "unreadable"),
    }
    value = VALUE % b"same"
    project.settle(found, value, by="anna", status="skipped", reason="unreadable")
    (one,) = project.task(project.query.find("k0")).annotations
    assert (one.status, one.reason, one.heads) == ("skipped", "unreadable", 1)


def test_a_status_nobody_knows_settles_nothing(project: Project, conflict: ConflictRow) -> None:
    with pytest.raises(Refusal) as caught:
        project.settle(conflict, VALUE % b"mine", by="carla", status="skiped")
    assert caught.value.problem.code == "argument"


def test_conflicts_come_in_pages(project: Project, theirs: Project) -> None:
    for number in range(5):
        say(project, "mine", f"k{number}")
        say(theirs, "theirs", f"k{number}")
    project.merge(theirs.path)
    sizes, seen, after = [], [], 0
    while True:
        page = project.conflict_page(after, limit=2)
        sizes.append(len(page.conflicts))
        seen += [one.entity for one in page.conflicts]
        after = page.last
        if not after:
            break
    assert sizes == [2, 2, 1]
    assert seen == [one.entity for one in project.conflicts()]
    assert project.conflicts_of(project.query.find("k3")) == [project.conflicts()[3].entity]
    assert project.conflicts_of(project.query.find("k5")) == []


def test_two_configurations_of_a_queue_are_a_conflict_with_both_kept(
    project: Project, theirs: Project
) -> None:
    for one, title in ((project, "Reviews"), (theirs, "Opinions")):
        one.put_queue("texts", one.queue("texts").config, panel="sentiment", title=title, by="anna")
    project.merge(theirs.path)
    (found,) = project.conflicts()
    assert found.kind == "queue"
    assert {one.value["title"] for one in found.versions} == {"Reviews", "Opinions"}
    body = next(one.value for one in found.versions if one.value["title"] == "Reviews")
    op = project.settle(found, msgspec.json.encode(body), by="anna", comment="Older name")
    assert project.queue("texts").title == "Reviews"
    assert project.history(found.entity)[0].comment == "Older name"
    # The reason is no part of what a queue says: saving the same again writes nothing.
    before = project.file.row("SELECT count(*) FROM op")[0]
    project.put_queue(
        "texts", project.queue("texts").config, panel="sentiment", title="Reviews", by="anna"
    )
    assert project.file.row("SELECT count(*) FROM op")[0] == before
    project.unsettle(found.entity, op, by="anna")
    assert len(project.conflicts()) == 1


def two_of_one_key(project: Project) -> ConflictRow:
    """A task without content, with an annotation, and two tasks of its key that have one."""
    bulk = project.bulk("texts", by="anna")
    (stub,) = bulk.tasks([NewTask("scan.png", b"", b"")])
    say(project, "seen", stub.uid.hex())
    for text in ("the first", "the second"):
        content = msgspec.json.encode({"text": text})
        bulk.tasks([NewTask("scan.png", content, text.encode()[:16].ljust(16))])
    (found,) = project.conflicts()
    return found


def test_a_task_without_content_is_given_to_one_of_two_of_its_key(project: Project) -> None:
    found = two_of_one_key(project)
    first, second = project.candidates(found)
    assert found.kind == "task"
    assert project.conflicts_of(first) == [found.entity]
    op = project.join_task(found, second, by="anna", comment="The later scan")
    assert project.conflicts() == []
    assert [len(project.task(one).annotations) for one in (first, second)] == [0, 1]
    assert project.check() == []
    project.refold()
    assert [len(project.task(one).annotations) for one in (first, second)] == [0, 1]
    project.unsettle(found.entity, op, by="anna")
    assert [one.entity for one in project.conflicts()] == [found.entity]
    assert [len(project.task(one).annotations) for one in (first, second)] == [0, 0]


def test_two_copies_that_give_it_to_different_tasks_are_in_conflict(
    project: Project, theirs: Project
) -> None:
    found = two_of_one_key(project)
    theirs.merge(project.path)
    first, second = project.candidates(found)
    project.join_task(found, first, by="anna")
    theirs.join_task(theirs.conflicts()[0], theirs.candidates(found)[1], by="anna")
    project.merge(theirs.path)
    theirs.merge(project.path)
    for one in (project, theirs):
        (again,) = one.conflicts()
        assert len(again.versions) == 2
        assert len(one.candidates(again)) == 2
    project.join_task(project.conflicts()[0], second, by="anna")
    theirs.merge(project.path)
    assert project.conflicts() == theirs.conflicts() == []


def test_a_task_cannot_be_given_to_one_of_another_key(project: Project) -> None:
    found = two_of_one_key(project)
    with pytest.raises(Refusal) as caught:
        project.join_task(found, project.query.find("k0"), by="anna")
    assert caught.value.problem.code == "conflict_changed"
