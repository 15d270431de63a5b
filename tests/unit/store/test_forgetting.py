"""Steps of submitted work stay thirty days, then make room; nobody's loose work is among them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from travellers import draft_of, put

from labeler.store import Project, forgetting

Copy = Callable[[str], Path]
DAY = 24 * 3600 * 1000 << 16


def stroke(project: Project, key: str, word: str, *, submit: bool, leave: bool = True) -> None:
    """Anna's next word on a task, submitted or not; then she goes on to another."""
    draft = draft_of(project, key, "anna")
    draft.emit(draft.value.with_answer("sentiment", word), word)
    put(project, draft, key, "anna", submit=submit)
    if leave:
        project.release_draft(project.query.find(key), project.person("anna"))


def older(project: Project, days: int) -> None:
    """All of it was done so much earlier."""
    project.file.connection.execute("UPDATE draft SET hlc=hlc-?", (days * DAY,))


def left(project: Project) -> set[str]:
    """The tasks of which there are steps."""
    sql = "SELECT DISTINCT task.key FROM step JOIN task ON task.id=step.task"
    return {key for (key,) in project.file.rows(sql)}


def test_steps_of_submitted_work_go_after_thirty_days_and_loose_ones_stay(
    project: Project,
) -> None:
    stroke(project, "k0", "positive", submit=True)
    stroke(project, "k1", "negative", submit=False)
    older(project, 29)
    assert project.forget_old_steps() == (0, None)
    older(project, 2)
    assert project.forget_old_steps() == (1, None)
    assert left(project) == {"k1"}
    assert project.file.row("SELECT count(*) FROM draft")[0] == 1
    assert project.query.find("k0").status == "submitted"
    assert project.check() == []
    assert draft_of(project, "k0", "anna").value.answers == {"sentiment": "positive"}


def test_work_that_was_gone_on_with_after_it_was_submitted_keeps_its_steps(
    project: Project,
) -> None:
    stroke(project, "k0", "positive", submit=True)
    stroke(project, "k0", "negative", submit=False)
    older(project, 40)
    assert project.forget_old_steps() == (0, None)


def test_what_a_living_process_writes_is_left_alone(project: Project) -> None:
    """This one: the task is open in an editor, and an undo would look for its steps."""
    stroke(project, "k0", "positive", submit=True, leave=False)
    older(project, 40)
    assert project.forget_old_steps() == (0, None)
    project.release_draft(project.query.find("k0"), project.person("anna"))
    assert project.forget_old_steps() == (1, None)


@pytest.mark.parametrize("merge", [True, False])
def test_a_conflict_and_one_in_the_making_keep_their_steps(
    project: Project, copy: Copy, merge: bool
) -> None:
    """Merged: two versions. Written by another process: the draft's base is no head any more."""
    stroke(project, "k0", "positive", submit=True)
    if merge:
        other = Project.open(copy("other.labeler"))
        stroke(other, "k0", "negative", submit=True)
        other.close()
        project.merge(other.path)
        assert len(project.conflicts()) == 1
    else:
        value = b'{"answers":{"sentiment":"negative"}}'
        project.annotate(project.query.find("k0"), author="anna", value=value)
    older(project, 40)
    assert project.forget_old_steps() == (0, None)
    assert left(project) == {"k0"}


def test_slices_go_on_where_the_one_before_ended(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [f"k{number}" for number in range(6)]
    for number, key in enumerate(keys):
        stroke(project, key, "positive", submit=number != 2)
    older(project, 40)
    monkeypatch.setattr(forgetting, "_DRAFTS", 4)
    monkeypatch.setattr(forgetting, "_STEPS", 3)  # a submitted draft has two: the word, the status
    found, counts = project.forget_old_steps(), []
    while True:
        counts.append(found.drafts)
        if found.after is None:
            break
        found = project.forget_old_steps(found.after)
    assert sum(counts) == 5
    assert max(counts) == 2
    assert left(project) == {"k2"}
    assert project.check() == []


def test_the_file_does_not_grow_where_as_much_is_forgotten_as_is_written(project: Project) -> None:
    """Pages that were freed are written again before the file gets new ones."""
    noise = [os.urandom(3000).hex() for _ in range(6)]
    pages = []
    for _ in range(4):
        for number, words in enumerate(noise):
            draft = draft_of(project, f"k{number}", "anna")
            for at in range(10):
                draft.emit(draft.value.with_answer(f"q{at}", words[at:]), "Type")
            put(project, draft, f"k{number}", "anna")
        project.file.connection.execute("UPDATE draft SET saved=cursor")
        pages.append(project.file.row("PRAGMA page_count")[0])
        for row in project.file.rows("SELECT task, person, layer, round, about FROM draft"):
            with project.file.writing() as connection:
                project.drafts.drop(connection, forgetting.DraftPlace(*row))
        assert project.file.row("PRAGMA freelist_count")[0] > 20
    assert pages[-1] <= pages[1]
