"""A version that was redacted stays one: it is shown without what it said, and never brought back.

To redact is to take body and salt away and to leave the hash, so that what follows from the op stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from labeler.model.problems import Refusal
from labeler.model.queue import Label
from labeler.store import ConflictRow, Project

Copy = Callable[[str], Path]
VALUE = b'{"answers":{"sentiment":"%s"}}'


def redact(project: Project, op: str) -> None:
    """Take what an op (hex) says out of the file."""
    changed = project.file.connection.execute(
        "UPDATE op SET body=NULL, salt=NULL WHERE lower(hex(h))=?", (op,)
    )
    assert changed.rowcount == 1


@pytest.fixture
def theirs(copy: Copy) -> Iterator[Project]:
    opened = Project.open(copy("theirs.labeler"))
    yield opened
    opened.file.close()


@pytest.fixture
def conflict(project: Project, theirs: Project) -> ConflictRow:
    """Anna submitted "mine" here; there she flagged her later "theirs", which is shown on top."""
    row = project.query.find("k0")
    project.annotate(row, author="anna", value=VALUE % b"mine")
    theirs.annotate(
        row, author="anna", value=VALUE % b"theirs", status="flagged", reason="unreadable"
    )
    project.merge(theirs.path)
    (found,) = project.conflicts()
    assert [one.status for one in found.versions] == ["flagged", "submitted"]
    return found


def test_a_redacted_version_is_shown_without_a_value_and_is_no_deletion(
    project: Project, conflict: ConflictRow
) -> None:
    redact(project, conflict.versions[0].op)
    (found,) = project.conflicts()
    told = [(one.value, one.status, one.by, one.deleted) for one in found.versions]
    assert told == [
        (None, "", "anna", False),
        (msgspec.json.decode(VALUE % b"mine"), "submitted", "anna", False),
    ]
    with pytest.raises(Refusal) as caught:
        project.settle(found, b"null", by="anna")
    assert caught.value.problem.code == "value_invalid"


@pytest.mark.parametrize("redacted", [0, 1])
def test_the_other_version_can_be_chosen_and_keeps_its_status(
    project: Project, conflict: ConflictRow, redacted: int
) -> None:
    kept = conflict.versions[1 - redacted]
    redact(project, conflict.versions[redacted].op)
    (found,) = project.conflicts()
    project.settle(found, msgspec.json.encode(kept.value), by="anna")
    assert project.conflicts() == []
    (one,) = project.task(project.query.find("k0")).annotations
    assert (msgspec.json.decode(one.value), one.status) == (kept.value, kept.status)
    assert project.check() == []


def test_where_every_version_was_redacted_nothing_says_what_it_is_about(
    project: Project, conflict: ConflictRow
) -> None:
    for version in conflict.versions:
        redact(project, version.op)
    (found,) = project.conflicts()
    with pytest.raises(Refusal) as caught:
        project.settle(found, VALUE % b"new", by="anna")
    assert caught.value.problem.code == "file_damaged"
    assert caught.value.problem.where == str(project.path)


def test_what_was_redacted_does_not_come_back_with_its_conflict(
    project: Project, conflict: ConflictRow
) -> None:
    op = project.settle(conflict, VALUE % b"both", by="anna")
    redact(project, conflict.versions[0].op)
    project.unsettle(conflict.entity, op, by="anna")
    assert project.conflicts() == []
    (one,) = project.task(project.query.find("k0")).annotations
    assert one.value == VALUE % b"mine"


def test_a_label_set_is_settled_where_one_of_two_was_redacted(
    project: Project, theirs: Project
) -> None:
    for one, name in ((project, "bird"), (theirs, "fish")):
        config = one.queue("texts").config
        config = msgspec.structs.replace(config, labels=(*config.labels, Label(name, name)))
        one.put_queue("texts", config, panel="sentiment", title="Texts", by="anna")
    project.merge(theirs.path)
    redact(project, project.conflicts()[0].versions[1].op)
    (found,) = project.conflicts()
    assert [one.value is None for one in found.versions] == [False, True]
    project.settle(found, msgspec.json.encode(found.versions[0].value), by="anna")
    assert project.conflicts() == []
