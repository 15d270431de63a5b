"""Copies of one project that people write, send around, reopen and merge: a machine for Hypothesis."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from labeler.store import Project
from labeler.store.fold import CACHES, Fold

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where copies lie: in memory where there is such a folder, for syncs cost most of the time."""
VALUES = ("positive", "neutral", "negative")


class Written(NamedTuple):
    """An annotation op somebody was told is in the file."""

    name: str
    task: str
    author: str
    answer: str
    parents: frozenset[str]


def opened(path: Path) -> Project:
    """An open project that does not wait for the disk: power cuts are not what is tested here."""
    project = Project.open(path)
    project.file.connection.execute("PRAGMA synchronous=OFF")
    return project


def dump(project: Project) -> dict[str, Any]:
    """What a file says, without anything that is local to it."""
    rows = project.file.rows
    return {
        "ops": rows(
            "SELECT strand.uid, seq, op.hlc, h, body FROM op JOIN strand ON strand.id=op.strand "
            "ORDER BY strand.uid, seq"
        ),
        "annotations": rows(
            "SELECT e.uid, t.uid, layer, round, status, op.h, heads FROM ann JOIN ent AS e ON "
            "e.id=ann.id JOIN ent AS t ON t.id=ann.task JOIN op ON op.id=ann.head ORDER BY e.uid"
        ),
        "tasks": rows(
            "SELECT ent.uid, key, ord, status, done, heads, flags FROM task "
            "JOIN ent ON ent.id=task.id ORDER BY ent.uid"
        ),
        "conflicts": rows(
            "SELECT ent.uid FROM conflict JOIN ent ON ent.id=conflict.ent ORDER BY ent.uid"
        ),
        "who": rows(
            "SELECT person.uid, handle, name FROM who JOIN person ON person.id=who.id "
            "ORDER BY person.uid"
        ),
        "quarantine": rows("SELECT digest FROM quarantine ORDER BY digest"),
    }


def caches(project: Project) -> dict[str, Any]:
    """The rows of every cache."""
    told = {
        table: project.file.rows(f"SELECT * FROM {table} ORDER BY 1, 2")
        for table in CACHES
        if table != "conflict"
    }
    told["conflict"] = project.file.rows("SELECT ent FROM conflict ORDER BY ent")
    told["tally"] = [row for row in told["tally"] if row[2]]
    return told


def assert_folded(project: Project) -> None:
    """The caches are what a fold of the whole makes of the ops."""
    connection = project.file.connection
    connection.execute("BEGIN")
    before = caches(project)
    Fold(connection, project.uid).whole()
    after = caches(project)
    connection.execute("ROLLBACK")
    for table in CACHES:
        assert before[table] == after[table], table


class Copies(RuleBasedStateMachine):
    """Copies of one project that people write, send around, reopen and merge."""

    made: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="copies", dir=MEMORY))
        first = self.folder / "0.labeler"
        shutil.copyfile(self.made, first)
        self.copies = [opened(first)]
        self.known: list[set[str]] = [set()]
        self.ops: dict[str, Written] = {}

    def teardown(self) -> None:
        for project in self.copies:
            project.file.close()
        shutil.rmtree(self.folder)

    def _pick(self, number: int) -> int:
        return number % len(self.copies)

    @precondition(lambda self: len(self.copies) < 4)
    @rule(source=st.integers(0, 3))
    def copy(self, source: int) -> None:
        """Somebody copies the file and opens the copy."""
        at = self._pick(source)
        target = self.folder / f"{len(self.copies)}.labeler"
        self.copies[at].copy_to(target)
        self.copies.append(opened(target))
        self.known.append(set(self.known[at]))

    @rule(where=st.integers(0, 3))
    def reopen(self, where: int) -> None:
        """Somebody closes the app and opens it again."""
        at = self._pick(where)
        path = self.copies[at].path
        self.copies[at].close()
        self.copies[at] = opened(path)

    @rule(
        where=st.integers(0, 3),
        task=st.integers(0, 1),
        author=st.sampled_from(("anna", "ben")),
        answer=st.sampled_from(VALUES),
    )
    def write(self, where: int, task: int, author: str, answer: str) -> None:
        """Somebody annotates a task, replacing what they see."""
        at = self._pick(where)
        project = self.copies[at]
        row = project.query.find(f"k{task}")
        seen = self._versions(at, row.id, author)
        value = f'{{"answers":{{"sentiment":"{answer}"}}}}'.encode()
        project.sign_in(author)
        project.annotate(row, author=author, value=value)
        name = project.file.row("SELECT h FROM op ORDER BY id DESC LIMIT 1")[0].hex()
        parents = frozenset(itertools.chain.from_iterable(seen.values()))
        self.ops[name] = Written(name, row.id, author, answer, parents)
        self.known[at].add(name)

    @precondition(lambda self: len(self.copies) > 1)
    @rule(into=st.integers(0, 3), other=st.integers(0, 3))
    def merge(self, into: int, other: int) -> None:
        """Somebody merges another copy into theirs."""
        to, source = self._pick(into), self._pick(other)
        if to == source:
            return  # refused, and nobody's wish
        self.copies[to].merge(self.copies[source].path)
        self.known[to] |= self.known[source]
        again = self.copies[to].merge(self.copies[source].path)
        assert again.added == 0
        assert again.quarantined == 0

    def _versions(self, at: int, task: str, author: str) -> dict[str, list[str]]:
        """By the rules of the design and not by our code: heads of an annotation, by value."""
        ops = [
            op
            for op in self.ops.values()
            if op.name in self.known[at] and (op.task, op.author) == (task, author)
        ]
        replaced = frozenset(itertools.chain.from_iterable(op.parents for op in ops))
        versions: dict[str, list[str]] = {}
        for op in ops:
            if op.name not in replaced:
                versions.setdefault(op.answer, []).append(op.name)
        return versions

    @invariant()
    def nothing_is_lost_and_heads_are_right(self) -> None:
        for at, project in enumerate(self.copies):
            here = {row[0].hex() for row in project.file.rows("SELECT h FROM op")}
            assert self.known[at] <= here
            shown = {
                (one.task, one.author): one
                for page in project.pages()
                for full in page
                for one in full.annotations
            }
            for task, author in {(op.task, op.author) for op in self.ops.values()}:
                versions = self._versions(at, task, author)
                if not versions:
                    assert (task, author) not in shown
                    continue
                assert (task, author) in shown
                row = shown[task, author]
                assert row.heads == len(versions)
                assert row.head in itertools.chain.from_iterable(versions.values())

    @precondition(lambda self: len(self.copies) > 2)
    @rule()
    def every_order_of_three_gives_the_same(self) -> None:
        """Three copies merged into an empty one, in all six orders."""
        dumps = []
        for number, order in enumerate(itertools.permutations(range(3))):
            target = self.folder / f"order{number}.labeler"
            shutil.copyfile(self.made, target)
            project = opened(target)
            for at in order:
                project.merge(self.copies[at].path)
            dumps.append(dump(project))
            assert project.check() == []
            project.file.close()
            target.unlink()
        assert all(one == dumps[0] for one in dumps[1:])
        assert dumps[0]["quarantine"] == []


class OneTask(Copies):
    """Copies on which everybody writes about one task in one name: versions meet at once.

    For faults that are planted, and are to be caught without hundreds of runs.
    """

    write = rule(where=st.integers(0, 3), answer=st.sampled_from(VALUES))(
        lambda self, where, answer: Copies.write(self, where, 0, "anna", answer)
    )
    every_order_of_three_gives_the_same = None
    """The invariants catch what is to be caught, and cost a tenth of it."""


def machine(made: Path, kind: type[Copies] = Copies) -> type[Copies]:
    """The machine over copies of this file."""
    return type("CopiesOfMade", (kind,), {"made": made})


def settings_of(examples: int, steps: int, *, shrink: bool = True) -> settings:
    """Settings of a run: no deadline, for the disk is shared."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        phases=(*phases, Phase.shrink) if shrink else phases,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
