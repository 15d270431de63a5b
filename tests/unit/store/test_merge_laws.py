"""Merging real files: union laws, nothing lost, the same heads in every order."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from copies import OneTask, machine, settings_of
from hypothesis.stateful import run_state_machine_as_test as run_machine

from labeler.model.problems import Refusal
from labeler.store import heads
from labeler.store.oplog import OpLog

EXAMPLES = int(os.environ.get("LABELER_EXAMPLES", "12"))


def test_copies_written_and_merged_in_every_order_lose_nothing(made: Path) -> None:
    run_machine(machine(made), settings=settings_of(EXAMPLES, 20))


def test_a_strand_id_kept_in_the_file_is_caught(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the strand read back from the file, two copies would write the same one."""
    fresh = OpLog.strand_row

    def kept(self: OpLog, connection: Any, person: bytes) -> int:
        row = connection.execute(
            "SELECT id, uid, last, seal FROM strand ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return fresh(self, connection, person)
        if self._strand is None:
            self._strand, self._seq, self._seal = (row[0], row[1]), row[2], row[3]
        return int(row[0])

    monkeypatch.setattr(OpLog, "strand_row", kept)
    # the laws break, or the file itself refuses a strand and sequence that are there already
    with pytest.raises((AssertionError, Refusal)):
        run_machine(machine(made, OneTask), settings=settings_of(400, 25, shrink=False))


def test_last_writer_wins_is_caught(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were only the newest op a head, the other side's work would be gone without a word."""
    honest = heads.versions_among

    def newest(connection: Any, ops: Any, kind: int) -> Any:
        found, versions = honest(connection, ops, kind)
        return found[:1], versions[:1]

    monkeypatch.setattr(heads, "versions_among", newest)
    with pytest.raises(AssertionError):
        run_machine(machine(made, OneTask), settings=settings_of(400, 25, shrink=False))
