"""Deciding a conflict: single changes count, contested places are chosen, whatever it is about."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from labeler.model.queue import Label, read_config
from labeler.model.three_way import Place
from labeler.store import Project
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.work.conflict_case import STATUS, Case, cut, names_of, read_case
from labeler.work.settlement import Decision

BASE = {
    "regions": [
        {"id": "s", "type": "segment", "start": 0, "end": 5, "speaker": "A", "text": "one two"},
        {"id": "t", "type": "segment", "start": 5, "end": 9, "text": "three"},
    ],
    "answers": {"mood": "good"},
}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """Two copies of a project with one task, its value BASE."""
    made = Project.create(tmp_path / "mine.labeler", handle="anna", name="Anna")
    made.put_queue("q", read_config(b"{}"), panel="none", title="Q", by="anna")
    content = b'{"text":"x"}'
    made.bulk("q", by="anna").tasks([NewTask("k", content, content_fingerprint(content))])
    say(made, BASE)
    made.close()
    shutil.copyfile(tmp_path / "mine.labeler", tmp_path / "theirs.labeler")
    both = tuple(Project.open(tmp_path / name) for name in ("mine.labeler", "theirs.labeler"))
    yield both[0], both[1]
    for one in both:
        one.close()


def say(project: Project, value: Any, **how: Any) -> None:
    raw = msgspec.json.encode(value)
    project.annotate(project.query.find("k"), author="anna", value=raw, **how)


def edited(**fields: Any) -> Any:
    """BASE with other fields in its first segment."""
    first, second = BASE["regions"]
    return {**BASE, "regions": [{**first, **fields}, second]}  # type: ignore[dict-item]


def merged(pair: tuple[Project, Project], mine: Any, theirs: Any, **how: Any) -> Case:
    """Anna said two things on two machines; the second side is mine, for it was said first."""
    say(pair[0], mine)
    say(pair[1], theirs, **how)
    return taken(pair)


def taken(pair: tuple[Project, Project]) -> Case:
    pair[0].merge(pair[1].path)
    (found,) = pair[0].conflicts()
    return cut(read_case(pair[0], found.entity))


def stored(project: Project) -> tuple[Any, str, str]:
    (one,) = project.task(project.query.find("k")).annotations
    return msgspec.json.decode(one.value), one.status, one.reason


def test_single_changes_of_both_sides_are_put_together(pair: tuple[Project, Project]) -> None:
    case = merged(pair, edited(end=6), edited(text="one three"))
    decision = Decision(case)
    assert decision.undecided == ()
    decision.settle(pair[0], decision.tree(), "anna")
    assert stored(pair[0]) == (edited(end=6, text="one three"), "submitted", "")


def test_a_contested_place_waits_for_a_choice(pair: tuple[Project, Project]) -> None:
    case = merged(pair, edited(text="mine"), edited(text="theirs", end=7))
    decision = Decision(case)
    assert decision.undecided == (Place(region="s", field="text"),)
    with pytest.raises(RuntimeError):
        decision.settle(pair[0], decision.tree(), "anna")
    decision.choose(Place(region="s", field="text"), 1)
    decision.settle(pair[0], decision.tree(), "anna")
    assert stored(pair[0])[0] == edited(text="mine", end=7)


def test_keeping_a_side_takes_nothing_of_the_other(pair: tuple[Project, Project]) -> None:
    case = merged(pair, edited(text="mine"), edited(text="theirs", end=7))
    decision = Decision(case)
    decision.keep(1)
    assert decision.kept(decision.tree()) == 1
    decision.settle(pair[0], decision.tree(), "anna")
    assert stored(pair[0])[0] == edited(text="mine")


def test_a_skip_beside_work_that_went_on_is_a_choice_of_its_own(
    pair: tuple[Project, Project],
) -> None:
    case = merged(pair, edited(end=6), BASE, status="skipped", reason="noise")
    assert case.contested == (Place(question=STATUS),)
    decision = Decision(case)
    decision.choose(Place(question=STATUS), 1)
    decision.settle(pair[0], decision.tree(), "anna")
    assert stored(pair[0]) == (edited(end=6), "submitted", "")


def test_a_skip_of_what_nobody_else_changed_counts_as_it_is(pair: tuple[Project, Project]) -> None:
    say(pair[0], BASE, status="flagged", reason="cut off")
    say(pair[1], BASE, status="skipped", reason="noise")
    case = taken(pair)
    assert case.contested == (Place(question=STATUS),)
    decision = Decision(case)
    decision.keep(0)
    decision.settle(pair[0], decision.tree(), "anna")
    assert stored(pair[0]) == (BASE, "skipped", "noise")


def test_both_of_a_contested_region_stay_under_two_ids(pair: tuple[Project, Project]) -> None:
    case = merged(pair, edited(text="mine"), edited(text="theirs"))
    decision = Decision(case)
    assert decision.can_keep_both
    decision.keep_both()
    decision.settle(pair[0], decision.tree(), "anna")
    regions = stored(pair[0])[0]["regions"]
    assert [one["text"] for one in regions] == ["theirs", "mine", "three"]
    assert len({one["id"] for one in regions}) == 3


def test_an_edit_against_a_deletion_is_chosen(pair: tuple[Project, Project]) -> None:
    gone = {**BASE, "regions": BASE["regions"][1:]}  # type: ignore[index]
    case = merged(pair, edited(text="mine"), gone)
    decision = Decision(case)
    assert decision.undecided == (Place(region="s"),)
    assert not decision.can_keep_both
    decision.choose(Place(region="s"), 0)
    assert [one["id"] for one in decision.tree()["regions"]] == ["t"]


def test_what_was_written_anew_counts_whatever_was_chosen(pair: tuple[Project, Project]) -> None:
    case = merged(pair, edited(text="mine"), edited(text="theirs"))
    decision = Decision(case)
    decision.keep(0)
    decision.write(msgspec.json.encode(edited(text="ours")))
    decision.comment = "Both were wrong"
    assert decision.undecided == ()
    op = decision.settle(pair[0], decision.tree(), "anna")
    assert stored(pair[0])[0] == edited(text="ours")
    row = pair[0].history(case.entity)[0]
    assert (row.op, row.comment, row.replaced) == (op, "Both were wrong", 2)


def test_label_sets_are_put_together_label_by_label(pair: tuple[Project, Project]) -> None:
    for project, name in zip(pair, ("bird", "fish"), strict=True):
        config = project.queue("q").config
        config = msgspec.structs.replace(config, labels=(Label(name, name),))
        project.put_queue("q", config, panel="none", title="Q", by="anna")
    case = taken(pair)
    assert (case.kind, case.contested) == ("labels", ())
    decision = Decision(case)
    decision.settle(pair[0], decision.tree(), "anna")
    assert {one.id for one in pair[0].queue("q").config.labels} == {"bird", "fish"}


def test_policies_are_put_together_field_by_field(pair: tuple[Project, Project]) -> None:
    for project, policy in zip(pair, ({"overlap": 2}, {"auto_advance": True}), strict=True):
        config = read_config(msgspec.json.encode({"policy": policy}))
        project.put_queue("q", config, panel="none", title="Q", by="anna")
    decision = Decision(taken(pair))
    assert decision.case.kind == "queue"
    assert decision.undecided == ()
    decision.settle(pair[0], decision.tree(), "anna")
    policy = pair[0].queue("q").config.policy
    assert (policy.overlap, policy.auto_advance) == (2, True)


def test_a_task_without_content_goes_to_the_candidate_that_is_kept(
    pair: tuple[Project, Project],
) -> None:
    project = pair[0]
    bulk = project.bulk("q", by="anna")
    bulk.tasks([NewTask("scan", b"", b"")])
    for text in (b'{"text":"1"}', b'{"text":"2"}'):
        bulk.tasks([NewTask("scan", text, content_fingerprint(text))])
    (found,) = project.conflicts()
    decision = Decision(cut(read_case(project, found.entity)))
    assert (decision.case.kind, len(decision.undecided)) == ("double", 1)
    decision.keep(1)
    decision.settle(project, decision.tree(), "anna")
    assert project.conflicts() == []


def test_one_person_on_two_machines_is_told_apart(pair: tuple[Project, Project]) -> None:
    case = merged(pair, edited(text="mine"), edited(text="theirs"))
    assert names_of(case.sides) == ("Anna (1)", "Anna (2)")
    apart = [
        msgspec.structs.replace(side, device=name)
        for side, name in zip(case.sides, ("desk", "laptop"), strict=True)
    ]
    assert names_of(apart) == ("Anna (desk)", "Anna (laptop)")


def test_a_deletion_is_chosen_whole(pair: tuple[Project, Project]) -> None:
    say(pair[0], edited(text="mine"))
    pair[1].delete_annotation(pair[1].query.find("k"), author="anna")
    case = taken(pair)
    assert [side.deleted for side in case.sides] == [False, True]
    for kept, left in ((1, 0), (0, 1)):
        decision = Decision(taken(pair))
        assert len(decision.undecided) == 1
        decision.keep(kept)
        decision.comment = "So be it"
        op = decision.settle(pair[0], decision.tree(), "anna")
        assert pair[0].conflicts() == []
        assert len(pair[0].task(pair[0].query.find("k")).annotations) == left
        assert pair[0].history(case.entity)[0].comment == "So be it"
        if kept:
            pair[0].unsettle(case.entity, op, by="anna")
    assert stored(pair[0])[:2] == (edited(text="mine"), "submitted")


def test_a_label_that_is_gone_and_used_waits_for_a_choice(pair: tuple[Project, Project]) -> None:
    config = read_config(b'{"labels":[{"id":"noise","name":"Noise"}]}')
    pair[0].put_queue("q", config, panel="none", title="Q", by="anna")
    pair[1].merge(pair[0].path)
    say(pair[1], edited(label="noise"))
    pair[0].put_queue("q", read_config(b"{}"), panel="none", title="Q", by="anna")
    case = taken(pair)
    assert (case.kind, [side.uses for side in case.sides]) == ("labels", [False, True])
    decision = Decision(case)
    assert decision.undecided == (Place(region="noise"),)
    decision.keep(0)
    op = decision.settle(pair[0], decision.tree(), "anna")
    assert pair[0].conflicts() == []
    assert [one.retired for one in pair[0].queue("q").config.labels] == [True]
    pair[0].unsettle(case.entity, op, by="anna")
    assert [one.kind for one in pair[0].conflicts()] == ["labels"]
