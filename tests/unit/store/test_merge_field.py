"""Copies in the field: handed out, forked, damaged, restored, with wrong clocks; nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from copies import Copies, machine, settings_of
from field import Field
from hypothesis.stateful import run_state_machine_as_test as run_machine

from labeler.model.ids import digest
from labeler.store import bodies, project, settling, writing
from labeler.store.oplog import EntityKind
from labeler.store.taking_batch import Batch

EXAMPLES = int(os.environ.get("LABELER_EXAMPLES", "8"))


def test_copies_in_the_field_lose_nothing_and_agree_in_every_order(made: Path) -> None:
    run_machine(machine(made, Field), settings=settings_of(EXAMPLES, 25))


def caught(made: Path, kind: type[Copies]) -> None:
    """Ben labels one task on two copies, and they meet: enough to break the laws."""
    field = machine(made, kind)()
    try:
        field.copy(source=0)
        field.write(where=0, task=0, author="ben", answer="positive")
        field.write(where=1, task=0, author="ben", answer="negative")
        field.nothing_is_lost_and_heads_are_right()
        with pytest.raises(AssertionError):
            meet(field)
    finally:
        field.teardown()


def meet(field: Copies) -> None:
    field.merge(into=0, other=1)
    field.nothing_is_lost_and_heads_are_right()


def test_what_is_broken_below_is_whole_as_it_stands(made: Path) -> None:
    with pytest.raises(pytest.fail.Exception):
        caught(made, Copies)


def test_one_annotation_a_task_and_person_is_caught(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were there room for one op only of a task and person, the second machine's work would be gone."""
    honest = Batch._not_here

    def unique(self: Batch, taken: Sequence[Any]) -> Any:
        kept = []
        new, withheld = honest(self, taken)
        for one in new:
            op = one.take.read.op
            if (
                op.entity_kind == EntityKind.ANNOTATION
                and self.connection.execute(
                    "SELECT 1 FROM ann JOIN ent USING(id) WHERE uid=?", (op.entity,)
                ).fetchone()
            ):
                continue
            kept.append(one)
        return kept, withheld

    monkeypatch.setattr(Batch, "_not_here", unique)
    caught(made, Copies)


class Strangers(Copies):
    """Every copy gives people uids of its own."""

    now = 0

    def _pick(self, number: int) -> int:
        Strangers.now = super()._pick(number)
        return Strangers.now


def test_people_with_uids_of_their_own_on_every_copy_are_caught(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were a person's uid no function of their handle, one person would be two after a merge."""
    honest = project.person_uid

    def own(of: bytes, handle: str) -> bytes:
        return digest(honest(of, handle), 0 if handle.casefold() == "anna" else Strangers.now)

    for module in (project, writing, settling):
        monkeypatch.setattr(module, "person_uid", own)
    monkeypatch.setattr(bodies, "person_uid", lambda _of, _handle: None)
    monkeypatch.setattr(bodies, "_read_entity", lambda _project, _kind, _body: None)
    caught(made, Strangers)
