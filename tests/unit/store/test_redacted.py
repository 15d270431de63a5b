"""A version that was redacted stays one, a deletion: the other can be chosen, and it never comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from travellers import Skewed

from labeler.model.queue import Label
from labeler.store import ConflictRow, Project

Copy = Callable[[str], Path]
VALUE = b'{"answers":{"sentiment":"%s"}}'


@pytest.fixture
def theirs(copy: Copy) -> Iterator[Project]:
    opened = Project.open(copy("theirs.labeler"))
    opened.log.clock = Skewed(60_000, 0)  # what is said here is surely the newer
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


@pytest.mark.parametrize("redacted", [0, 1])
def test_the_other_version_can_be_chosen_and_keeps_its_status(
    project: Project, conflict: ConflictRow, redacted: int
) -> None:
    kept = conflict.versions[1 - redacted]
    project.redact(conflict.entity, [conflict.versions[redacted].op], by="anna")
    (found,) = project.conflicts()
    assert [(one.value, one.deleted) for one in found.versions] == [
        (kept.value, False),
        (None, True),
    ]
    project.settle(found, msgspec.json.encode(kept.value), by="anna")
    assert project.conflicts() == []
    (one,) = project.task(project.query.find("k0")).annotations
    assert (msgspec.json.decode(one.value), one.status) == (kept.value, kept.status)
    assert project.check() == []


def test_where_every_version_was_redacted_nothing_is_left_to_settle(
    project: Project, conflict: ConflictRow
) -> None:
    project.redact(conflict.entity, [one.op for one in conflict.versions], by="anna")
    assert project.conflicts() == []
    assert project.task(project.query.find("k0")).annotations == ()


def test_what_was_redacted_does_not_come_back_with_its_conflict(
    project: Project, conflict: ConflictRow
) -> None:
    op = project.settle(conflict, VALUE % b"both", by="anna")
    project.redact(conflict.entity, [conflict.versions[0].op], by="anna")
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
    (found,) = project.conflicts()
    project.redact(found.entity, [found.versions[0].op], by="anna")
    (found,) = project.conflicts()
    assert [one.deleted for one in found.versions] == [False, True]
    project.settle(found, msgspec.json.encode(found.versions[0].value), by="anna")
    assert project.conflicts() == []
    assert [label.id for label in project.queue("texts").config.labels] == ["cat", "dog", "bird"]


def test_a_body_that_is_missing_stays_so_where_it_comes_with_the_op_that_redacts_it(
    project: Project, theirs: Project, copy: Copy
) -> None:
    """Theirs took the redaction in and kept the body, as merges do; ours has neither."""
    told = project.annotate(project.query.find("k0"), author="anna", value=VALUE % b"0171 555")
    theirs.merge(project.path)
    redacted = Project.open(copy("redacted.labeler"))
    redacted.merge(project.path)
    redacted.redact(told.id, by="anna")
    theirs.merge(redacted.path)
    head = bytes.fromhex(told.head)
    assert b"0171 555" in theirs.path.read_bytes()
    withheld = redacted.file.row("SELECT enc, salt, body FROM op WHERE h=?", (head,))
    redacted.file.close()
    project.file.connection.execute(
        "UPDATE op SET enc=?, salt=?, body=? WHERE h=?", (*withheld, head)
    )
    assert b"0171 555" not in project.path.read_bytes()
    assert project.merge(theirs.path).added == 1
    assert b"0171 555" not in project.path.read_bytes()
    assert project.task(project.query.find("k0")).annotations == ()
    assert project.check() == []
