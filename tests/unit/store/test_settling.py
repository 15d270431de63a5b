"""Settling: every version is replaced, none is lost, and whoever disagrees can say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from travellers import Skewed

from labeler.model.problems import Refusal
from labeler.model.queue import Label
from labeler.store import ConflictRow, Project

Copy = Callable[[str], Path]
VALUE = b'{"answers":{"sentiment":"%s"}}'


def say(project: Project, word: str, **how: Any) -> None:
    project.annotate(project.query.find("k0"), author="anna", value=VALUE % word.encode(), **how)


def words(versions: Any) -> list[str]:
    return [one.value["answers"]["sentiment"] for one in versions]


@pytest.fixture
def theirs(copy: Copy) -> Iterator[Project]:
    opened = Project.open(copy("theirs.labeler"))
    yield opened
    opened.file.close()


@pytest.fixture
def conflict(project: Project, theirs: Project) -> ConflictRow:
    """Anna said "base" after "older", which a wrong clock dated; on two machines she changed it."""
    clock, project.log.clock = project.log.clock, Skewed(3600, 0)
    say(project, "older")
    project.log.clock = clock
    say(project, "base")
    theirs.merge(project.path)
    say(project, "on the way")
    say(project, "mine")
    say(theirs, "theirs")
    project.merge(theirs.path)
    (found,) = project.conflicts()
    return found


def settled(project: Project, word: str, by: str = "carla") -> None:
    project.sign_in(by)
    (found,) = project.conflicts()
    project.settle(found, VALUE % word.encode(), by=by)


def test_settling_replaces_every_version_and_keeps_whose_work_it_is(
    project: Project, conflict: ConflictRow
) -> None:
    before = project.file.row("SELECT count(*) FROM op")[0]
    settled(project, "both")
    assert project.conflicts() == []
    (one,) = project.task(project.query.find("k0")).annotations
    assert (one.author, one.status, one.heads) == ("anna", "submitted", 1)
    assert one.value == VALUE % b"both"
    # the op, and that Carla is somebody
    assert project.file.row("SELECT count(*) FROM op")[0] == before + 2
    parents, by = project.file.row(
        "SELECT parents, person.uid FROM op JOIN person ON person.id=op.person ORDER BY op.id DESC"
    )
    named = {parents[at : at + 16].hex() for at in range(0, len(parents), 16)}
    assert named == {one.op for one in conflict.versions}
    assert by.hex() == project.person("carla").uid
    assert project.check() == []


def test_settling_tells_which_op_it_wrote(project: Project, conflict: ConflictRow) -> None:
    name = project.settle(conflict, VALUE % b"both", by="anna")
    last, parents = project.file.row("SELECT h, parents FROM op ORDER BY id DESC LIMIT 1")
    assert bytes.fromhex(name) == last
    assert {version.op for version in conflict.versions} <= {
        parents[at : at + 16].hex() for at in range(0, len(parents), 16)
    }


def test_what_was_settled_is_settled_for_every_copy(
    project: Project, theirs: Project, conflict: ConflictRow
) -> None:
    settled(project, "both")
    theirs.merge(project.path)
    assert theirs.conflicts() == []
    assert project.merge(theirs.path).conflicts == 0


def test_a_settlement_can_be_contested_and_settled_by_a_third(
    project: Project, theirs: Project, conflict: ConflictRow
) -> None:
    theirs.merge(project.path)
    settled(project, "so", by="carla")
    settled(theirs, "not so", by="dora")
    project.merge(theirs.path)
    (again,) = project.conflicts()
    assert sorted(words(again.versions)) == ["not so", "so"]
    assert sorted(one.by for one in again.versions) == ["carla", "dora"]
    # both came from both versions; of these the newest, which stands first, is what they are shown
    assert words(conflict.versions)[0] == project.common_origin(again)["answers"]["sentiment"]
    settled(project, "at last", by="erik")
    theirs.merge(project.path)
    assert project.conflicts() == theirs.conflicts() == []


def test_work_that_came_after_what_was_looked_at_is_not_settled_over(
    project: Project, theirs: Project, conflict: ConflictRow
) -> None:
    say(theirs, "newer")
    project.merge(theirs.path)
    with pytest.raises(Refusal) as caught:
        project.settle(conflict, VALUE % b"both", by="anna")
    assert caught.value.problem.code == "conflict_changed"
    assert sorted(words(project.conflicts()[0].versions)) == ["mine", "newer"]


def test_choosing_a_version_keeps_its_status(project: Project, theirs: Project) -> None:
    say(project, "mine")
    say(theirs, "theirs", status="flagged", reason="unreadable")
    project.merge(theirs.path)
    settled(project, "theirs")
    (one,) = project.task(project.query.find("k0")).annotations
    assert (one.status, one.reason) == ("flagged", "unreadable")


def test_equal_versions_are_replaced_with_the_one_they_equal(
    project: Project, theirs: Project, copy: Copy
) -> None:
    third = Project.open(copy("third.labeler"))
    for one, word in ((project, "same"), (theirs, "same"), (third, "other")):
        say(one, word)
    for one in (theirs, third):
        project.merge(one.path)
    settled(project, "other")
    for one in (theirs, third):
        project.merge(one.path)
    assert project.conflicts() == []
    third.file.close()


def test_the_common_origin_is_the_nearest(project: Project, conflict: ConflictRow) -> None:
    assert project.common_origin(conflict)["answers"] == {"sentiment": "base"}


def test_a_conflict_without_an_origin_has_none(project: Project, theirs: Project) -> None:
    say(project, "mine")
    say(theirs, "theirs")
    project.merge(theirs.path)
    (found,) = project.conflicts()
    assert project.common_origin(found) is None


def test_after_a_settlement_it_is_the_origin_of_what_follows(
    project: Project, theirs: Project, conflict: ConflictRow
) -> None:
    settled(project, "both")
    theirs.merge(project.path)
    say(project, "mine again")
    say(theirs, "theirs again")
    project.merge(theirs.path)
    (found,) = project.conflicts()
    assert project.common_origin(found)["answers"] == {"sentiment": "both"}


def test_two_label_sets_are_settled_by_a_whole_one(project: Project, theirs: Project) -> None:
    for one, name in ((project, "bird"), (theirs, "fish")):
        config = one.queue("texts").config
        config = msgspec.structs.replace(config, labels=(*config.labels, Label(name, name)))
        one.put_queue("texts", config, panel="sentiment", title="Texts", by="anna")
    project.merge(theirs.path)
    (found,) = project.conflicts()
    assert (found.kind, found.task) == ("labels", None)
    labels = [{"id": name, "name": name} for name in ("cat", "dog", "bird", "fish")]
    body = msgspec.json.encode({"queue": "texts", "labels": labels})
    project.settle(found, body, by="anna")
    assert project.conflicts() == []
    assert [label.id for label in project.queue("texts").config.labels] == [
        "cat",
        "dog",
        "bird",
        "fish",
    ]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"queue":"others","labels":[]}', b'{"queue":"texts","labels":7}']
)
def test_a_body_of_something_else_settles_nothing(
    project: Project, theirs: Project, body: bytes
) -> None:
    for one, name in ((project, "bird"), (theirs, "fish")):
        config = one.queue("texts").config
        config = msgspec.structs.replace(config, labels=(Label(name, name),))
        one.put_queue("texts", config, panel="sentiment", title="Texts", by="anna")
    project.merge(theirs.path)
    (found,) = project.conflicts()
    with pytest.raises(Refusal) as caught:
        project.settle(found, body, by="anna")
    assert caught.value.problem.code == "value_invalid"
    assert len(project.conflicts()) == 1


@pytest.mark.parametrize("entity", ["", "zz", "0" * 32])
def test_what_is_in_no_conflict_is_refused(project: Project, entity: str) -> None:
    with pytest.raises(Refusal) as caught:
        project.conflict(entity)
    assert caught.value.problem.code == "conflict_unknown"
