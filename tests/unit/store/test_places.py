"""Annotations about annotations, and drafts of more than a person's work: each in a place of its own."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pytest

from labeler.model.codec import Codec
from labeler.model.regions import REGION_TYPES
from labeler.store import Person, Project
from labeler.store.live_drafts import live_drafts
from labeler.work.draft import Draft

Copy = Callable[[str], Path]


def named(*fields: bytes) -> str:
    """H of the fields, by its definition."""
    joined = b"".join(len(one).to_bytes(8, "big") + one for one in fields)
    return blake2b(joined, digest_size=16).hexdigest()


def worked(project: Project) -> tuple[Person, dict[str, str]]:
    """Carla, and the annotations that Anna and Ben made of k0 by their handles."""
    task = project.query.find("k0")
    for handle in ("anna", "ben"):
        project.sign_in(handle)
        project.annotate(task, author=handle, value=b'{"answers":{"why":"x"}}')
    made = {one.author: one.id for one in project.task(task).annotations}
    return project.sign_in("carla"), made


def test_a_person_says_something_about_each_annotation_of_a_task(project: Project) -> None:
    carla, made = worked(project)
    task = project.query.find("k0")
    for handle, uid in made.items():
        value = b'{"answers":{"note":"%s"}}' % handle.encode()
        project.annotate(task, author="carla", value=value, layer="review", about=uid)
    told = {one.about: one for one in project.task(task).annotations if one.layer == "review"}
    assert {uid: one.value for uid, one in told.items()} == {
        uid: b'{"answers":{"note":"%s"}}' % handle.encode() for handle, uid in made.items()
    }
    for uid, one in told.items():
        fields = (bytes.fromhex(task.id), b"review", carla.uid.encode(), b"0", uid.encode())
        assert one.id == named(b"annotation", *fields)
    assert project.check() == []


def reviewing(project: Project, carla: Person, about: str, word: str) -> Draft:
    """Carla's draft of a review, one answer further."""
    task = project.query.find("k0")
    row = project.open_draft(task, carla, layer="review", about=about)
    draft = Draft(row, Codec(REGION_TYPES))
    draft.emit(draft.value.with_answer("note", word), word)
    batch = draft.take_batch()
    assert batch is not None
    project.write_steps(task, carla, draft.row, batch.steps, batch.cursor, batch.saved)
    return draft


def test_drafts_of_two_reviews_and_of_work_do_not_meet(project: Project) -> None:
    carla, made = worked(project)
    for handle, uid in made.items():
        reviewing(project, carla, uid, handle)
    task = project.query.find("k0")
    for handle, uid in made.items():
        row = project.open_draft(task, carla, layer="review", about=uid)
        assert Draft(row, Codec(REGION_TYPES)).value.answers == {"note": handle}
    assert project.open_draft(task, carla).path == ()
    assert project.query.find("k0").status == "submitted"  # nobody's work on it was begun
    assert project.latest_gesture(carla) is None
    assert project.check() == []


@pytest.mark.parametrize("leave", [True, False])
def test_a_draft_of_a_review_travels_to_where_it_belongs(
    project: Project, copy: Copy, leave: bool
) -> None:
    """By an op of the program that left it, or lifted from its steps by whoever merges the copy."""
    carla, made = worked(project)
    other = Project.open(copy("other.labeler"))
    other.merge(project.path)
    reviewing(project, carla, made["ben"], "too short")
    if leave:
        assert project.cover_drafts() == 1
    assert other.merge(project.path).quarantined == 0
    task = other.query.find("k0")
    uid = named(
        b"annotation", bytes.fromhex(task.id), b"review", carla.uid.encode(), b"0",
        made["ben"].encode(),
    )  # fmt: skip
    (ent,) = other.file.row("SELECT ent FROM op WHERE kind=3")
    assert other.file.row("SELECT uid FROM ent WHERE id=?", (ent,))[0].hex() == uid
    assert other.merge(project.path).added == 0
    assert other.check() == []
    other.file.close()


def test_a_draft_whose_steps_are_here_is_not_offered_beside_itself(project: Project) -> None:
    carla, made = worked(project)
    reviewing(project, carla, made["ben"], "too short")
    assert project.cover_drafts() == 1
    (ent,) = project.file.row("SELECT ent FROM op WHERE kind=3")
    assert live_drafts(project.file.connection, ent) == []


def test_a_review_that_is_submitted_is_about_what_its_draft_was(project: Project) -> None:
    carla, made = worked(project)
    draft = reviewing(project, carla, made["anna"], "good")
    task = project.query.find("k0")
    project.write_steps(
        task,
        carla,
        draft.row,
        [],
        1,
        1,
        annotate=(b'{"answers":{"note":"good"}}', "accepted", "", b"{}"),
    )
    (told,) = [one for one in project.task(task).annotations if one.layer == "review"]
    assert (told.about, told.status) == (made["anna"], "accepted")
    assert project.check() == []
