"""Unfinished work goes along with copies: lifted once, retired by who saw it, lost by nobody."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from copies import OneTask, machine, settings_of
from hypothesis import strategies as st
from hypothesis.stateful import rule
from hypothesis.stateful import run_state_machine_as_test as run_machine
from travellers import Travellers, draft_of, put

from labeler.store import Project, live_drafts, merge
from labeler.store.oplog import OpKind

EXAMPLES = int(os.environ.get("LABELER_EXAMPLES", "12"))
Copy = Callable[[str], Path]


class OneDraft(Travellers):
    """Travellers who all work on one task in one name: its drafts meet at once."""

    write = OneTask.write
    every_order_of_three_gives_the_same = None
    draw = rule(where=st.integers(0, 3))(
        lambda self, where: Travellers.draw(self, where, 0, "anna")
    )


def test_copies_with_loose_steps_old_backups_and_wrong_clocks_lose_no_stroke(made: Path) -> None:
    run_machine(machine(made, Travellers), settings=settings_of(EXAMPLES, 25))


def test_a_lift_left_out_is_caught(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "lifted", lambda source, project: iter(()))
    with pytest.raises(AssertionError):
        run_machine(machine(made, OneDraft), settings=settings_of(400, 25, shrink=False))


def test_drafts_retired_by_the_clock_alone_are_caught(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the later draft always the one that counts, a wrong clock would hide somebody's work."""

    def later(op: Any, draft: Any) -> bool:
        return bool(op.person == draft.person and op.order > draft.order)

    monkeypatch.setattr(live_drafts, "_retires", later)
    with pytest.raises(AssertionError):
        run_machine(machine(made, OneDraft), settings=settings_of(400, 25, shrink=False))


def stroke(project: Project, word: str, *, submit: bool = False) -> None:
    """Anna's next word on k0."""
    draft = draft_of(project, "k0", "anna")
    draft.emit(draft.value.with_answer("sentiment", word), word)
    put(project, draft, "k0", "anna", submit=submit)


def undone(project: Project) -> None:
    draft = draft_of(project, "k0", "anna")
    draft.undo()
    put(project, draft, "k0", "anna")


def drafts(project: Project) -> list[str]:
    """What the drafts of k0 that came along say."""
    return [
        msgspec.json.decode(one.value)["answers"].get("sentiment", "")
        for one in project.drafts_along(project.query.find("k0"))
    ]


def lifts(project: Project) -> list[tuple[bytes, int, int, bytes]]:
    return project.file.rows(
        "SELECT strand.uid, seq, op.hlc, h FROM op JOIN strand ON strand.id=op.strand "
        "WHERE op.kind=? ORDER BY h",
        (int(OpKind.DRAFT),),
    )


@pytest.fixture
def theirs(copy: Copy) -> Project:
    """Anna's copy, in which she has begun k0."""
    project = Project.open(copy("theirs.labeler"))
    stroke(project, "one")
    stroke(project, "two")
    return project


def test_loose_steps_come_along_as_one_draft_op_with_the_clock_of_the_last(
    project: Project, theirs: Project
) -> None:
    last = theirs.file.row("SELECT max(hlc) FROM step")[0]
    report = project.merge(theirs.path)
    assert (report.added, report.conflicts, report.quarantined) == (1, 0, 0)
    ((_, seq, hlc, _),) = lifts(project)
    assert (seq, hlc) == (1, last)
    assert drafts(project) == ["two"]
    assert project.query.find("k0").status == "open"
    assert project.query.find("k0").annotations == 0
    assert project.check() == []
    theirs.file.close()


def test_the_copy_that_is_merged_is_not_changed(project: Project, theirs: Project) -> None:
    theirs.file.close()
    before = theirs.path.read_bytes()
    project.merge(theirs.path)
    assert theirs.path.read_bytes() == before


def test_the_same_loose_steps_are_the_same_op_for_whoever_merges_them(
    project: Project, copy: Copy, theirs: Project
) -> None:
    third = Project.open(copy("third.labeler"))
    project.merge(theirs.path)
    third.merge(theirs.path)
    assert lifts(project) == lifts(third) != []
    assert project.merge(theirs.path).added == 0
    assert project.merge(third.path).added == 0
    for one in (third, theirs):
        one.file.close()


def test_a_draft_that_went_on_replaces_the_one_lifted_before(
    project: Project, theirs: Project
) -> None:
    project.merge(theirs.path)
    stroke(theirs, "three")
    project.merge(theirs.path)
    assert len(lifts(project)) == 2
    assert drafts(project) == ["three"]
    theirs.file.close()


def test_an_undo_replaces_the_draft_lifted_before_it(project: Project, theirs: Project) -> None:
    project.merge(theirs.path)
    undone(theirs)
    project.merge(theirs.path)
    assert drafts(project) == ["one"]
    stroke(theirs, "three")  # hides "two"
    project.merge(theirs.path)
    assert drafts(project) == ["three"]
    theirs.file.close()


def test_work_submitted_later_retires_its_draft(project: Project, theirs: Project) -> None:
    project.merge(theirs.path)
    stroke(theirs, "three", submit=True)
    project.merge(theirs.path)
    assert drafts(project) == []
    assert project.query.find("k0").status == "submitted"
    theirs.file.close()


def test_work_submitted_elsewhere_retires_no_draft_it_did_not_see(
    project: Project, copy: Copy, theirs: Project
) -> None:
    laptop = Project.open(copy("laptop.labeler"))
    stroke(laptop, "other", submit=True)
    project.merge(theirs.path)
    project.merge(laptop.path)
    assert drafts(project) == ["two"]
    for one in (laptop, theirs):
        one.file.close()


def test_two_copies_of_a_draft_that_went_two_ways_are_two_drafts(
    project: Project, theirs: Project, tmp_path: Path
) -> None:
    theirs.copy_to(tmp_path / "home.labeler")
    home = Project.open(tmp_path / "home.labeler")
    stroke(theirs, "office")
    stroke(home, "home")
    project.merge(theirs.path)
    project.merge(home.path)
    assert sorted(drafts(project)) == ["home", "office"]
    for one in (home, theirs):
        one.file.close()


def test_closing_writes_the_draft_and_retires_what_was_lifted(
    project: Project, theirs: Project
) -> None:
    project.merge(theirs.path)
    theirs.close()
    project.merge(theirs.path)
    assert drafts(project) == ["two"]
    assert len(lifts(project)) == 2


def test_ones_own_draft_that_comes_back_is_not_offered_again(
    project: Project, theirs: Project
) -> None:
    project.merge(theirs.path)
    theirs.merge(project.path)
    assert drafts(theirs) == []
    theirs.file.close()


def test_steps_that_cannot_be_followed_are_kept_whole(project: Project, theirs: Project) -> None:
    with theirs.file.writing() as connection:
        connection.execute("UPDATE step SET parent=77 WHERE n=2")
    report = project.merge(theirs.path)
    assert (report.added, report.quarantined) == (0, 1)
    (row,) = project.quarantine()
    assert "draft" in row.why
    kept = msgspec.msgpack.decode(project.quarantined_bytes(row.id))
    assert [step[0] for step in kept["steps"]] == [1, 2]
    assert b"two" in kept["steps"][1][6]
    assert project.merge(theirs.path).quarantined == 0
    theirs.file.close()


def test_a_draft_that_was_taken_over_is_retired_wherever_what_was_made_of_it_goes(
    project: Project, theirs: Project, copy: Copy
) -> None:
    third = Project.open(copy("third.labeler"))
    project.merge(theirs.path)
    third.merge(theirs.path)
    row, anna = project.query.find("k0"), project.sign_in("anna")
    (offered,) = project.drafts_offered(row, anna)
    assert offered.steps == 2
    project.adopt_draft(row, anna, offered)
    assert project.drafts_offered(row, anna) == []
    stroke(project, "three", submit=True)
    third.merge(project.path)
    assert drafts(third) == []
    assert third.conflicts() == []
    assert project.merge(theirs.path).added == 0
    assert drafts(project) == []
    third.file.close()


def test_without_taking_it_over_the_draft_stays_beside_what_was_made_here(
    project: Project, theirs: Project, copy: Copy
) -> None:
    third = Project.open(copy("third.labeler"))
    third.merge(theirs.path)
    project.merge(theirs.path)
    stroke(project, "three", submit=True)
    third.merge(project.path)
    assert drafts(third) == ["two"]
    third.file.close()


def test_a_draft_that_was_left_is_offered_no_more_and_stays_in_the_file(
    project: Project, theirs: Project
) -> None:
    project.merge(theirs.path)
    row, anna = project.query.find("k0"), project.sign_in("anna")
    (offered,) = project.drafts_offered(row, anna)
    project.leave_draft(offered)
    assert project.drafts_offered(row, anna) == []
    assert drafts(project) == ["two"]
    assert project.drafts_offered(row, project.sign_in("ben")) == []
    assert project.check() == []


def test_a_second_merge_knows_every_op_and_the_draft_once(copy: Copy, project: Project) -> None:
    theirs = Project.open(copy("theirs.labeler"))
    stroke(theirs, "positive")
    total = theirs.file.row("SELECT count(*) FROM op")[0]
    assert project.merge(theirs.path).added == 1
    report = project.merge(theirs.path)
    assert (report.added, report.known) == (0, total + 1)
    theirs.file.close()


def test_a_submit_replaces_what_its_draft_has_seen_and_equal_versions_and_no_other(
    copy: Copy, project: Project
) -> None:
    """Three copies: two say the same, the third says otherwise; Anna goes on from what she said."""
    same, other = (Project.open(copy(f"{name}.labeler")) for name in ("same", "other"))
    for one, word in ((project, "positive"), (same, "positive"), (other, "negative")):
        stroke(one, word, submit=True)
    project.merge(same.path)
    assert project.conflicts() == []
    draft = draft_of(project, "k0", "anna")
    project.merge(other.path)
    assert len(project.conflicts()) == 1
    draft.emit(draft.value.with_answer("sentiment", "neutral"), "neutral")
    put(project, draft, "k0", "anna", submit=True)
    said = project.file.rows(
        "SELECT op.h, op.parents FROM op JOIN ent ON ent.id=op.ent "
        "WHERE ent.kind=7 AND op.kind=1 ORDER BY op.id"
    )
    (mine, _), (theirs, _), (against, _), (_, parents) = said
    assert sorted([mine, theirs]) == [parents[:16], parents[16:]]
    assert against not in (parents[:16], parents[16:])
    (conflict,) = project.conflicts()
    assert {one.value["answers"]["sentiment"] for one in conflict.versions} == {
        "neutral",
        "negative",
    }
    for one in (same, other):
        one.file.close()


def test_a_draft_that_is_left_twice_is_covered_once(project: Project) -> None:
    stroke(project, "positive")
    assert [project.cover_drafts(), project.cover_drafts()] == [1, 0]
    stroke(project, "negative")
    assert [project.cover_drafts(), project.cover_drafts()] == [1, 0]
    assert len(lifts(project)) == 2
