"""What two copies decided differently, through real files: shown, never settled by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from copies import dump
from made import text_task
from travellers import Skewed

from labeler.model.problems import Refusal
from labeler.model.queue import Label
from labeler.store import Project
from labeler.store.bulk import NewTask

Copy = Callable[[str], Path]
VALUE = b'{"answers":{"sentiment":"%s"}}'
SPAN = b'{"regions":[{"id":"r1","type":"span","start":0,"end":4,"label":"%s"}],"answers":{}}'


@pytest.fixture
def theirs(copy: Copy) -> Iterator[Project]:
    opened = Project.open(copy("theirs.labeler"))
    yield opened
    opened.file.close()


def say(project: Project, key: str, value: bytes, author: str = "anna") -> None:
    project.sign_in(author)
    project.annotate(project.query.find(key), author=author, value=value)


def both_ways(one: Project, other: Project) -> None:
    """Each takes the other's work in; both then hold the same, and their caches are what a fold makes."""
    one.merge(other.path)
    other.merge(one.path)
    assert dump(one) == dump(other)
    for project in (one, other):
        assert project.check() == []


def gone(project: Project, key: str, author: str = "anna") -> bool:
    return project.delete_annotation(project.query.find(key), author=author)


def shown(project: Project, key: str) -> list[str]:
    found = project.task(project.query.find(key)).annotations
    return [msgspec.json.decode(one.value)["answers"]["sentiment"] for one in found]


# ------------------------------------------------------------------------------- edit against delete


@pytest.fixture(params=["deleted first", "edited first"])
def edited_and_deleted(request: pytest.FixtureRequest, project: Project, theirs: Project) -> Any:
    """Both have Anna's "base"; she deletes it on one machine and edits it on the other."""
    say(project, "k0", VALUE % b"base")
    theirs.merge(project.path)
    if request.param == "edited first":
        theirs.log.clock = Skewed(-3600, 0)
    assert gone(project, "k0")
    say(theirs, "k0", VALUE % b"edited")
    both_ways(project, theirs)
    (found,) = project.conflicts()
    return found


def test_an_edit_and_a_deletion_are_both_versions_and_the_edit_stays_in_sight(
    project: Project, edited_and_deleted: Any
) -> None:
    versions = [(one.by, one.value) for one in edited_and_deleted.versions]
    assert versions == [("anna", {"answers": {"sentiment": "edited"}}), ("anna", None)]
    assert project.common_origin(edited_and_deleted) == {"answers": {"sentiment": "base"}}
    assert shown(project, "k0") == ["edited"]
    (one,) = project.task(project.query.find("k0")).annotations
    assert one.heads == 2
    assert [row.head for row in project.query.versions(one.id)] == [one.head]


def test_it_is_settled_by_deleting_for_good_on_every_copy(
    project: Project, theirs: Project, edited_and_deleted: Any
) -> None:
    project.settle(edited_and_deleted, b"null", by="anna")
    both_ways(project, theirs)
    for one in (project, theirs):
        assert (one.conflicts(), shown(one, "k0")) == ([], [])
        assert one.query.find("k0").status == "open"


def test_it_is_settled_by_keeping_the_edit(
    project: Project, theirs: Project, edited_and_deleted: Any
) -> None:
    theirs.settle(edited_and_deleted, VALUE % b"edited", by="anna")
    both_ways(project, theirs)
    assert project.conflicts() == []
    assert shown(project, "k0") == ["edited"]


def test_what_nobody_deleted_is_not_settled_by_null(project: Project, theirs: Project) -> None:
    say(project, "k0", VALUE % b"mine")
    say(theirs, "k0", VALUE % b"theirs")
    project.merge(theirs.path)
    (found,) = project.conflicts()
    with pytest.raises(Refusal) as caught:
        project.settle(found, b"null", by="anna")
    assert caught.value.problem.code == "value_invalid"


def test_what_both_deleted_is_deleted_and_no_conflict(project: Project, theirs: Project) -> None:
    say(project, "k0", VALUE % b"base")
    theirs.merge(project.path)
    assert gone(project, "k0")
    assert gone(theirs, "k0")
    both_ways(project, theirs)
    assert project.conflicts() == []
    assert shown(project, "k0") == []
    assert not gone(project, "k0")


def test_what_is_said_anew_after_a_deletion_replaces_it(project: Project, theirs: Project) -> None:
    say(project, "k0", VALUE % b"base")
    gone(project, "k0")
    say(project, "k0", VALUE % b"again")
    both_ways(project, theirs)
    assert project.conflicts() == theirs.conflicts() == []
    assert shown(theirs, "k0") == ["again"]


# ----------------------------------------------------------------------------- label set against use


def labels_of(project: Project) -> list[tuple[str, bool]]:
    return [(one.id, one.retired) for one in project.queue("texts").config.labels]


def put_labels(project: Project, *names: str) -> None:
    config = project.queue("texts").config
    config = msgspec.structs.replace(config, labels=tuple(Label(name, name) for name in names))
    project.put_queue("texts", config, panel="sentiment", title="Texts", by="carla")


@pytest.fixture
def used_and_removed(project: Project, theirs: Project) -> Any:
    """Carla removes "dog", which nobody has on her copy; Ben gives it meanwhile on his."""
    project.sign_in("carla")
    put_labels(project, "cat")
    assert project.conflicts() == []
    say(theirs, "k0", SPAN % b"dog", author="ben")
    both_ways(project, theirs)
    (found,) = project.conflicts()
    return found


def test_a_label_removed_here_and_used_there_is_a_conflict_of_the_label_set(
    project: Project, used_and_removed: Any
) -> None:
    assert (used_and_removed.kind, used_and_removed.task) == ("labels", None)
    told = [
        (one.by, [label["id"] for label in one.value["labels"]])
        for one in used_and_removed.versions
    ]
    assert told == [("carla", ["cat"]), ("ben", ["cat", "dog"])]
    origin = project.common_origin(used_and_removed)
    assert [label["id"] for label in origin["labels"]] == ["cat", "dog"]
    assert project.queue("texts").config.labels[0].id == "cat"


def test_putting_the_label_back_settles_it(
    project: Project, theirs: Project, used_and_removed: Any
) -> None:
    body = msgspec.json.encode(used_and_removed.versions[1].value)
    project.settle(used_and_removed, body, by="carla")
    both_ways(project, theirs)
    assert project.conflicts() == []
    assert labels_of(theirs) == [("cat", False), ("dog", False)]


def test_leaving_it_out_retires_it(
    project: Project, theirs: Project, used_and_removed: Any
) -> None:
    body = msgspec.json.encode(used_and_removed.versions[0].value)
    project.settle(used_and_removed, body, by="carla")
    both_ways(project, theirs)
    assert project.conflicts() == []
    assert labels_of(theirs) == [("cat", False), ("dog", True)]


def test_using_another_label_ends_it_too(
    project: Project, theirs: Project, used_and_removed: Any
) -> None:
    say(theirs, "k1", SPAN % b"dog", author="ben")
    say(theirs, "k0", SPAN % b"cat", author="ben")
    both_ways(project, theirs)
    assert len(project.conflicts()) == 1, "k1 uses it still"
    gone(theirs, "k1", author="ben")
    both_ways(project, theirs)
    assert project.conflicts() == []


def test_a_prediction_is_no_use_and_nor_is_a_label_no_set_ever_had(
    project: Project, theirs: Project
) -> None:
    put_labels(project, "cat")
    theirs.annotate(
        theirs.query.find("k0"), author="model", value=SPAN % b"dog", layer="prediction"
    )
    say(theirs, "k1", SPAN % b"elk")
    both_ways(project, theirs)
    assert project.conflicts() == []


def test_a_use_in_a_large_body_counts(project: Project, theirs: Project) -> None:
    put_labels(project, "cat")
    long = SPAN % b"dog"
    long = long[:-3] + b'{"note":"' + b"word " * 1000 + b'"}}'
    say(theirs, "k0", long)
    assert theirs.file.row("SELECT enc FROM op ORDER BY id DESC LIMIT 1")[0] == 1
    both_ways(project, theirs)
    assert len(project.conflicts()) == 1


# --------------------------------------------------------------------------------------- the others


def test_a_queue_that_two_copies_changed_is_in_conflict(project: Project, theirs: Project) -> None:
    for one, title in ((project, "Mine"), (theirs, "Theirs")):
        one.put_queue("texts", one.queue("texts").config, panel="sentiment", title=title, by="anna")
    both_ways(project, theirs)
    (found,) = project.conflicts()
    assert found.kind == "queue"
    assert sorted(one.value["title"] for one in found.versions) == ["Mine", "Theirs"]
    assert project.queue("texts").conflict
    project.settle(found, msgspec.json.encode(found.versions[1].value), by="anna")
    both_ways(project, theirs)
    assert (project.conflicts(), theirs.queue("texts").conflict) == ([], False)


def test_one_person_on_two_machines_has_both_versions(project: Project, theirs: Project) -> None:
    say(project, "k0", VALUE % b"desk")
    say(theirs, "k0", VALUE % b"laptop")
    both_ways(project, theirs)
    (found,) = project.conflicts()
    assert [one.by for one in found.versions] == ["anna", "anna"]
    answers = {one.value["answers"]["sentiment"] for one in found.versions}
    assert answers == {"desk", "laptop"}
    assert len(project.people()) == 1


def test_two_contents_of_one_task_made_before_its_content_are_a_conflict(
    project: Project, theirs: Project
) -> None:
    stub = NewTask("late", b"", b"")
    project.bulk("texts", by="anna").tasks([stub])
    theirs.merge(project.path)
    say(project, "late", VALUE % b"gold")
    project.bulk("texts", by="anna").tasks([text_task("late", "one text")])
    theirs.bulk("texts", by="anna").tasks([text_task("late", "another text")])
    assert project.conflicts() == theirs.conflicts() == []
    both_ways(project, theirs)
    assert [one.kind for one in project.conflicts()] == ["task"]
    kept = project.file.rows(
        "SELECT count(*) FROM ann JOIN task ON task.id=ann.task WHERE task.key='late'"
    )
    assert kept == [(1,)], "what was said of it is kept"


def test_an_op_about_something_of_another_kind_is_set_aside(
    project: Project, theirs: Project
) -> None:
    """A stranger names a task as what an op of an unknown kind is about; it would spoil the task."""
    from labeler.model.ids import person_uid

    uid = bytes.fromhex(project.query.find("k0").id)
    theirs.file.connection.execute(
        "DELETE FROM op WHERE ent=(SELECT id FROM ent WHERE uid=?)", (uid,)
    )
    theirs.file.connection.execute("UPDATE ent SET kind=99 WHERE uid=?", (uid,))
    with theirs.file.writing() as connection:
        theirs.log.append(
            connection,
            person=person_uid(theirs.uid, "anna"),
            kind=1,
            entity=uid,
            entity_kind=99,
            parents=(),
            body=b"{}",
        )
    report = project.merge(theirs.path)
    assert (report.added, report.quarantined) == (0, 1)
    (aside,) = project.quarantine()
    assert aside.why == "it is about something that is of another kind here"
    assert [str(one) for one in project.check() if one.code != "change_set_aside"] == []


@pytest.mark.parametrize("table", ["ent", "person"])
def test_an_op_whose_person_or_entity_is_lost_is_set_aside_and_not_passed_over(
    project: Project, theirs: Project, table: str
) -> None:
    say(theirs, "k0", VALUE % b"kept", author="ben")
    connection = theirs.file.connection
    connection.execute("PRAGMA foreign_keys=OFF")
    column = "ent" if table == "ent" else "person"
    connection.execute(
        f"DELETE FROM {table} WHERE id=(SELECT {column} FROM op ORDER BY id DESC LIMIT 1)"
    )
    before = {row[0] for row in project.file.rows("SELECT h FROM op")}
    new = {row[0] for row in theirs.file.rows("SELECT h FROM op")} - before
    report = project.merge(theirs.path)
    assert report.added + report.quarantined == len(new)
    kept = b"".join(project.quarantined_bytes(one.id) for one in project.quarantine())
    assert b"kept" in kept
