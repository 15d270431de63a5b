"""The machine of copies.py in the field: hand-outs, snapshots of machines, damage, old backups."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
from copies import Copies, assert_folded, dump, opened
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from travellers import YEARS_10, Skewed, draft_of, put

from labeler.model.problems import Refusal
from labeler.store import Project
from labeler.team.handout import hand_out

AUTHORS = ("anna", "ben")
_MOST = 5
PATIENT = int(os.environ.get("LABELER_EXAMPLES", "0")) >= 100
"""Whether there is time for what takes seconds."""


def no_media(*_asked: object) -> Any:
    """The tasks are texts."""
    raise AssertionError("a text has no media")


def aside(project: Project) -> set[str]:
    """Hashes of the ops that were set aside, as they say themselves."""
    found = set()
    for (raw,) in project.file.rows("SELECT raw FROM quarantine"):
        told = msgspec.msgpack.decode(raw)
        if isinstance(told, dict) and isinstance(told.get("hash"), bytes):
            found.add(told["hash"].hex())
    return found


class Field(Copies):
    """Copies that leave the house."""

    def __init__(self) -> None:
        super().__init__()
        self.forked = False
        self.permuted = False
        self.damaged: set[str] = set()
        """Ops that were damaged on a copy's way: what arrives is set aside."""
        self.snapshot: tuple[Path, set[str], tuple[bytes, int, bytes]] | None = None
        self.backup: tuple[Path, set[str]] | None = None
        self.number = itertools.count(10)

    def _new(self, path: Path, known: set[str]) -> Project:
        project = opened(path)
        self.copies.append(project)
        self.known.append(known)
        return project

    def _in_it(self, project: Project) -> set[str]:
        return {row[0].hex() for row in project.file.rows("SELECT h FROM op")}

    copy = precondition(lambda self: len(self.copies) < _MOST)(
        rule(source=st.integers(0, 4))(lambda self, source: Copies.copy(self, source))
    )
    reopen = rule(where=st.integers(0, 4))(lambda self, where: Copies.reopen(self, where))

    def write(self, where: int, task: int, author: str, answer: str) -> None:
        """As before, at those tasks that a copy has."""
        rows = self.copies[self._pick(where)].query.page("texts", limit=9).rows
        if f"k{task}" in {row.key for row in rows}:
            super().write(where, task, author, answer)

    write = rule(
        where=st.integers(0, 4),
        task=st.integers(0, 2),
        author=st.sampled_from(AUTHORS),
        answer=st.sampled_from(("positive", "neutral", "negative")),
    )(write)

    @rule(where=st.integers(0, 4), task=st.integers(0, 1), author=st.sampled_from(AUTHORS))
    def begin(self, where: int, task: int, author: str) -> None:
        """Somebody begins something and leaves it: loose steps, which a merge lifts."""
        project, key = self.copies[self._pick(where)], f"k{task}"
        if key not in {row.key for row in project.query.page("texts", limit=9).rows}:
            return
        draft = draft_of(project, key, author)
        draft.emit(draft.value.with_answer("sentiment", f"w{next(self.number)}"), "Word")
        put(project, draft, key, author)

    @rule(where=st.integers(0, 4), years=st.sampled_from((-1, 1)))
    def set_clock(self, where: int, years: int) -> None:
        """A machine's clock is ten years off until the app is opened anew."""
        log = self.copies[self._pick(where)].log
        log.clock = Skewed(years * YEARS_10, log.clock.now())

    @precondition(lambda self: len(self.copies) < _MOST)
    @rule(where=st.integers(0, 4), to=st.sampled_from(AUTHORS), count=st.integers(1, 3))
    def hand_out(self, where: int, to: str, count: int) -> None:
        """Some tasks go out as a file of their own, with gaps in every strand."""
        at = self._pick(where)
        out = self.folder / f"out{next(self.number)}.labeler"
        try:
            hand_out(
                self.copies[at], out, to=to, by="anna", queue="texts", count=count, opens=no_media
            )
        except Refusal as refusal:
            if refusal.problem.code != "handout_nothing":
                raise
            return
        project = self._new(out, set())
        self.known[-1] = self.known[at] & self._in_it(project)

    @precondition(lambda self: self.copies[0].log.strand is not None)
    @rule()
    def take_snapshot(self) -> None:
        """The machine is saved as it stands, in the middle of a run."""
        project = self.copies[0]
        assert project.log.strand is not None
        target = self.folder / "snapshot.labeler"
        shutil.copyfile(project.path, target)
        strand = (project.log.strand, project.log._seq, project.log._seal)
        self.snapshot = target, set(self.known[0]), strand

    @precondition(lambda self: self.snapshot is not None and len(self.copies) < _MOST)
    @rule()
    def resume(self) -> None:
        """It goes on from there a second time: one strand is then continued twice."""
        assert self.snapshot is not None
        source, known, (uid, seq, seal) = self.snapshot
        target = self.folder / f"twin{next(self.number)}.labeler"
        shutil.copyfile(source, target)
        project = self._new(target, set(known))
        row = project.file.row("SELECT id FROM strand WHERE uid=?", (uid,))[0]
        project.log._strand, project.log._seq, project.log._seal = (row, uid), seq, seal
        self.forked = True

    @rule(where=st.integers(0, 4))
    def back_up(self, where: int) -> None:
        """Somebody puts a copy aside."""
        at = self._pick(where)
        target = self.folder / "backup.labeler"
        target.unlink(missing_ok=True)
        self.copies[at].copy_to(target)
        self.backup = target, set(self.known[at])

    @precondition(lambda self: self.backup is not None)
    @rule(where=st.integers(0, 4))
    def restore(self, where: int) -> None:
        """Somebody puts the old file back in place of a newer one."""
        assert self.backup is not None
        at = self._pick(where)
        path = self.copies[at].path
        self.copies[at].file.close()
        shutil.copyfile(self.backup[0], path)
        self.copies[at], self.known[at] = opened(path), set(self.backup[1])

    def merge(self, into: int, other: int) -> None:
        """Somebody merges another copy into theirs, twice."""
        to, source = self._pick(into), self._pick(other)
        if to != source:
            self._take(to, self.copies[source].path, self.known[source])

    merge = precondition(lambda self: len(self.copies) > 1)(
        rule(into=st.integers(0, 4), other=st.integers(0, 4))(merge)
    )

    def _take(self, to: int, path: Path, theirs: set[str]) -> None:
        project = self.copies[to]
        before = self._in_it(project)
        project.merge(path)
        again = project.merge(path)
        assert (again.added, again.quarantined) == (0, 0)
        assert_folded(project)
        here = self._in_it(project)
        assert before <= here
        wanted = self.known[to] | theirs
        missing = wanted - here
        assert missing <= aside(project) | self.damaged
        assert not missing or self.forked or self.damaged
        self.known[to] = wanted & here

    @precondition(lambda self: len(self.copies) > 1)
    @rule(
        into=st.integers(0, 4),
        other=st.integers(0, 4),
        which=st.integers(0, 10_000),
        what=st.sampled_from(("body", "salt", "h", "hlc", "seq", "kind", "parents")),
    )
    def merge_damaged(self, into: int, other: int, which: int, what: str) -> None:
        """A copy arrives in which a bit of one op's row is another: that op is set aside, or it is
        here in order; all others are taken."""
        to, source = self._pick(into), self._pick(other)
        if to == source:
            return
        path = self.folder / "damaged.labeler"
        shutil.copyfile(self.copies[source].path, path)
        name, changed = flip(path, which, what)
        if not changed:
            return
        before, kept = self._in_it(self.copies[to]), len(aside(self.copies[to]))
        self.damaged.add(name)
        self._take(to, path, self.known[source])
        if name not in before:
            assert name not in self._in_it(self.copies[to])
            assert len(aside(self.copies[to])) > kept
        path.unlink()

    @precondition(lambda self: len(self.copies) > 2)
    @rule()
    def every_order_of_three_gives_the_same(self) -> None:
        """Three copies merged into an empty one, in all six orders; five in all 120 where there is time.

        A fork keeps the op met first, and then all orders hold the same bytes."""
        if PATIENT and len(self.copies) == _MOST and not self.permuted:
            self.permuted = True
            self._all_orders(_MOST)
        else:
            self._all_orders(3)

    def _all_orders(self, count: int) -> None:
        dumps = []
        for order in itertools.permutations(range(count)):
            target = self.folder / "order.labeler"
            shutil.copyfile(self.made, target)
            project = opened(target)
            for at in order:
                project.merge(self.copies[at].path)
            assert_folded(project)
            if self.forked:
                told: Any = self._in_it(project) | aside(project)
            else:
                told = dump(project)
                del told["quarantine"]  # what is in order where it came first is not set aside
            dumps.append(told)
            project.file.close()
            target.unlink()
        assert all(one == dumps[0] for one in dumps[1:])


def flip(path: Path, which: int, what: str) -> tuple[str, bool]:
    """Flip a bit of an op's row as it lies in a file; the op's hash before, and whether one flipped."""
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("SELECT id FROM op ORDER BY id").fetchall()
        (row,) = rows[which % len(rows)]
        name, value = connection.execute(f"SELECT h, {what} FROM op WHERE id=?", (row,)).fetchone()
        if not value:
            return name.hex(), False
        if isinstance(value, int):
            value ^= 1 << (which % 3)
        else:
            at = which % len(value)
            value = value[:at] + bytes([value[at] ^ (1 << which % 8)]) + value[at + 1 :]
        try:
            connection.execute(f"UPDATE op SET {what}=? WHERE id=?", (value, row))
        except sqlite3.IntegrityError:
            return name.hex(), False  # no two ops of a strand have one number
        connection.commit()
        return name.hex(), True
    finally:
        connection.close()
