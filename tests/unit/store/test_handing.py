"""Hand-outs as a project tells them: which one, whose, from whom, and how far each task is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from travellers import draft_of, put

from labeler.model.ids import person_uid
from labeler.model.problems import Refusal
from labeler.store import Project
from labeler.store.bodies import AssignBody
from labeler.store.handing import HANDOUT

Copy = Callable[[str], Path]
VALUE = b'{"answers":{"sentiment":"positive"}}'


def out(project: Project, *keys: str, to: str = "ben", by: str = "anna") -> AssignBody:
    """A hand-out of these tasks."""
    return project.assign("texts", [project.query.find(key) for key in keys], to=to, by=by)


def ops(project: Project) -> int:
    return int(project.file.row("SELECT count(*) FROM op")[0])


@pytest.fixture
def two(project: Project) -> tuple[str, str]:
    """Two hand-outs, the ids of both, the older one first."""
    return out(project, "k0", "k1").handout, out(project, "k2", to="carla").handout


@pytest.mark.parametrize("which", [0, 1])
def test_a_recall_is_of_the_one_that_is_named_and_is_written_once(
    project: Project, two: tuple[str, str], which: int
) -> None:
    told = project.recall(two[which], by="anna")
    assert told.id == two[which]
    assert told.recalled >= told.since > 0
    assert [one.id for one in project.handouts() if one.recalled] == [two[which]]
    before = ops(project)
    assert project.recall(two[which], by="anna") == told
    assert ops(project) == before


@pytest.mark.parametrize("which", [0, 1])
def test_a_recall_is_taken_back_once_and_of_the_one_that_is_named(
    project: Project, two: tuple[str, str], which: int
) -> None:
    for one in two:
        project.recall(one, by="anna")
    told = project.give_again(two[which], by="anna")
    assert (told.id, told.recalled) == (two[which], 0)
    assert [one.id for one in project.handouts() if not one.recalled] == [two[which]]
    before = ops(project)
    assert project.give_again(two[which], by="anna") == told
    assert ops(project) == before


@pytest.mark.parametrize("ask", ["recall", "give_again", "handout_tasks"])
@pytest.mark.parametrize("written", [False, True])
def test_a_handout_nobody_knows_is_refused(project: Project, ask: str, written: bool) -> None:
    if written:
        out(project, "k0")
    how = {} if ask == "handout_tasks" else {"by": "anna"}
    with pytest.raises(Refusal) as caught:
        getattr(project, ask)("00" * 16, **how)
    assert caught.value.problem.code == "handout_unknown"


def test_people_are_called_by_their_names_else_handles_else_uids(project: Project) -> None:
    project.sign_in("ben", "Ben Ode")
    project.sign_in("dora")
    out(project, "k0", to="ben", by="dora")
    out(project, "k1", to="dora", by="anna")
    out(project, "k2", to="nobody", by="ghost")
    told = {one.person: (one.name, one.by, one.giver) for one in project.handouts()}
    nobody, ghost = (person_uid(project.uid, one).hex() for one in ("nobody", "ghost"))
    assert told == {
        "ben": ("Ben Ode", "dora", "dora"),
        "dora": ("", "anna", "Anna Brandt"),
        nobody: ("", ghost, ""),
    }


@pytest.mark.parametrize(
    ("to", "by", "said"),
    [
        ("ben", "anna", ("ben", "Ben Ode", "Anna Brandt")),
        ("dora", "dora", ("dora", "", "dora")),
        ("nobody", "ghost", ("", "", "")),
    ],
)
def test_a_file_says_which_handout_it_is(
    project: Project, to: str, by: str, said: tuple[str, str, str]
) -> None:
    assert project.handed is None
    assert project.handed_to == ""
    project.sign_in("ben", "Ben Ode")
    project.sign_in("dora")
    body = out(project, "k0", to=to, by=by)
    fact = project.facts_out(body)[HANDOUT]
    project.file.connection.execute("INSERT INTO meta VALUES(?,?)", (HANDOUT, fact))
    handed = project.handed
    assert handed is not None
    assert (handed.to, handed.name, handed.by) == said
    assert (handed.id, handed.since) == (body.handout, body.since)
    assert project.handed_to == said[0]


def test_how_far_each_task_is_and_when_it_was_done(project: Project, copy: Copy) -> None:
    """k0 is done, k1 was done and opened again, k2 is begun, k3 is not here; k4 is another's draft."""
    body = out(project, "k0", "k1", "k2", "k3")
    theirs = Project.open(copy("theirs.labeler"))
    theirs.merge(project.path)
    for key in ("k0", "k1"):
        theirs.annotate(theirs.query.find(key), author="ben", value=VALUE)
    theirs.annotate(theirs.query.find("k1"), author="ben", value=VALUE, status="open")
    for key in ("k2", "k4"):
        draft = draft_of(theirs, key, "ben")
        draft.emit(draft.value.with_answer("sentiment", "neutral"), "Neutral")
        put(theirs, draft, key, "ben")
    theirs.close()
    project.merge(theirs.path)
    project.file.connection.execute("UPDATE task SET status=-1 WHERE key='k3'")
    told = project.handout_tasks(body.handout)
    assert [(one.key, one.queue, one.state, one.status) for one in told] == [
        ("k0", "texts", "done", "submitted"),
        ("k1", "texts", "waiting", ""),
        ("k2", "texts", "draft", ""),
        ("", "", "waiting", ""),
    ]
    hlc = project.file.row("SELECT ann.hlc FROM ann JOIN task ON task.id=ann.task WHERE key='k0'")[
        0
    ]
    assert [one.changed for one in told] == [hlc >> 16, 0, 0, 0]
    assert told[0].changed >= body.since
    (row,) = project.handouts()
    assert (row.tasks, row.done, row.drafts) == (4, 1, 1)


def test_a_strand_whose_person_is_lost_goes_out_too(project: Project) -> None:
    """Its ops say who wrote them; without it a hand-out would not find where they belong."""
    body = out(project, "k0")
    connection = project.file.connection
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("UPDATE strand SET person=4711")
    strands = {one.row for one in project.strands()}
    entities = [
        *project.settings_out(body, []),
        *project.work_out(body, body.tasks, predictions=False),
    ]
    assert strands >= {row for row, _ in project.ops_of(entities)}
