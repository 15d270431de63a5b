"""The machine of copies.py with drafts: loose steps, submits, old backups put back, wrong clocks."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import NamedTuple

import msgspec
from copies import Copies, Written, opened
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from labeler.model.codec import Codec
from labeler.model.regions import REGION_TYPES
from labeler.store import Project
from labeler.store.oplog import Clock
from labeler.work.draft import Draft

YEARS_10 = 10 * 365 * 24 * 3600


class Skewed(Clock):
    """The clock of a machine that is set wrongly, by so many seconds."""

    def __init__(self, seconds: int, last: int) -> None:
        super().__init__(last)
        self._seconds = seconds

    def now(self) -> int:
        """A time later than every one given before."""
        wall = (time.time_ns() // 1_000_000 + self._seconds * 1000) << 16
        self._last = wall if wall > self._last else self._last + 1
        return self._last


class State(NamedTuple):
    """Work on a task as an op of somebody carries it: the strokes it knows, which value it shows."""

    task: str
    author: str
    strokes: frozenset[int]
    value: str
    draft: bool


Strokes = dict[tuple[str, str], tuple[int, ...]]


def draft_of(project: Project, key: str, author: str) -> Draft:
    """A person's draft, taken over from whoever had it."""
    person = project.sign_in(author)
    row = project.query.find(key)
    return Draft(project.open_draft(row, person, over=True), Codec(REGION_TYPES))


def put(project: Project, draft: Draft, key: str, author: str, *, submit: bool = False) -> None:
    """Write what a draft has to be written."""
    row, person = project.query.find(key), project.sign_in(author)
    said = None
    if submit:
        draft.set_status("submitted", "", "Submit")
        said = (draft.value_json(), "submitted", "", b"{}")
    batch = draft.take_batch()
    if batch is not None:
        saved = batch.cursor if submit else batch.saved
        project.write_steps(row, person, draft.row, batch.steps, batch.cursor, saved, annotate=said)


class Travellers(Copies):
    """People who leave things unfinished, put old files back and have wrong clocks."""

    def __init__(self) -> None:
        super().__init__()
        self.stroke = 0
        self.here: list[Strokes] = [{}]
        """Strokes in the steps of a copy, by task and author, oldest first."""
        self.loose: list[set[tuple[str, str]]] = [set()]
        self.uncovered: list[set[tuple[str, str]]] = [set()]
        self.states: list[set[State]] = [set()]
        self.backup: tuple[Path, set[str], Strokes, set[State], set[tuple[str, str]]] | None = None

    def copy(self, source: int) -> None:
        at = self._pick(source)
        super().copy(source)
        self.here.append(dict(self.here[at]))
        self.loose.append(set(self.loose[at]))
        self.uncovered.append(set(self.uncovered[at]))
        self.states.append(set(self.states[at]))

    copy = precondition(lambda self: len(self.copies) < 4)(rule(source=st.integers(0, 3))(copy))

    def reopen(self, where: int) -> None:
        at = self._pick(where)
        self._cover(at)
        super().reopen(where)

    reopen = rule(where=st.integers(0, 3))(reopen)

    def merge(self, into: int, other: int) -> None:
        to, source = self._pick(into), self._pick(other)
        super().merge(into, other)
        if to != source:
            self.states[to] |= self.states[source] | self._loose_states(source)

    merge = precondition(lambda self: len(self.copies) > 1)(
        rule(into=st.integers(0, 3), other=st.integers(0, 3))(merge)
    )

    def _loose_states(self, at: int) -> set[State]:
        found = set()
        for task, author in self.uncovered[at]:
            strokes = self.here[at][task, author]
            found.add(State(task, author, frozenset(strokes), f"s{strokes[-1]}", True))
        return found

    def _cover(self, at: int) -> None:
        self.states[at] |= self._loose_states(at)
        self.uncovered[at].clear()

    @rule(
        where=st.integers(0, 3),
        task=st.integers(0, 1),
        author=st.sampled_from(("anna", "ben")),
    )
    def draw(self, where: int, task: int, author: str) -> None:
        """Somebody begins something and leaves it."""
        at, key = self._pick(where), f"k{task}"
        self.stroke += 1
        draft = draft_of(self.copies[at], key, author)
        draft.emit(draft.value.with_answer("sentiment", f"s{self.stroke}"), "Stroke")
        put(self.copies[at], draft, key, author)
        self.here[at][key, author] = (*self.here[at].get((key, author), ()), self.stroke)
        self.loose[at].add((key, author))
        self.uncovered[at].add((key, author))

    @precondition(lambda self: any(self.loose))
    @rule(where=st.integers(0, 3), which=st.integers(0, 3))
    def submit(self, where: int, which: int) -> None:
        """Somebody finishes what they began."""
        at = self._pick(where)
        if not self.loose[at]:
            return
        key, author = sorted(self.loose[at])[which % len(self.loose[at])]
        project = self.copies[at]
        draft = draft_of(project, key, author)
        put(project, draft, key, author, submit=True)
        self.stroke += 1
        strokes = (*self.here[at][key, author], self.stroke)
        self.here[at][key, author] = strokes
        self.loose[at].discard((key, author))
        self.uncovered[at].discard((key, author))
        value = f"s{strokes[-2]}"
        self.states[at].add(State(key, author, frozenset(strokes), value, False))
        name, parents = project.file.row("SELECT h, parents FROM op ORDER BY id DESC LIMIT 1")
        parents = parents or b""
        named = frozenset(parents[n : n + 16].hex() for n in range(0, len(parents), 16))
        task = project.query.find(key).id
        self.ops[name.hex()] = Written(name.hex(), task, author, value, named)
        self.known[at].add(name.hex())

    @rule(where=st.integers(0, 3))
    def back_up(self, where: int) -> None:
        """Somebody puts a copy aside."""
        at = self._pick(where)
        target = self.folder / "backup.labeler"
        target.unlink(missing_ok=True)
        self.copies[at].copy_to(target)
        self.backup = (
            target,
            set(self.known[at]),
            dict(self.here[at]),
            set(self.states[at]),
            set(self.uncovered[at]),
        )
        self.backup_loose = set(self.loose[at])

    @precondition(lambda self: self.backup is not None)
    @rule(where=st.integers(0, 3))
    def restore(self, where: int) -> None:
        """Somebody puts the old file back in place of a newer one."""
        assert self.backup is not None
        at = self._pick(where)
        path = self.copies[at].path
        self.copies[at].file.close()
        source, known, here, states, uncovered = self.backup
        shutil.copyfile(source, path)
        self.copies[at] = opened(path)
        self.known[at], self.here[at] = set(known), dict(here)
        self.states[at], self.uncovered[at] = set(states), set(uncovered)
        self.loose[at] = set(self.backup_loose)

    @rule(where=st.integers(0, 3), years=st.sampled_from((-1, 1)))
    def set_clock(self, where: int, years: int) -> None:
        """A machine's clock is ten years off until the app is opened anew."""
        log = self.copies[self._pick(where)].log
        log.clock = Skewed(years * YEARS_10, log.clock.now())

    @invariant()
    def every_stroke_is_in_a_draft_or_was_replaced_by_who_saw_it(self) -> None:
        for at, project in enumerate(self.copies):
            for key in ("k0", "k1"):
                row = project.query.find(key)
                shown = {
                    (one.author, msgspec.json.decode(one.value)["answers"]["sentiment"])
                    for one in project.drafts_along(row)
                }
                assert shown == self._live(at, key, project), (at, key)

    def _live(self, at: int, key: str, project: Project) -> set[tuple[str, str]]:
        uids = {one.handle: one.uid for one in project.people()}
        found = set()
        for one in self.states[at]:
            own = frozenset(self.here[at].get((one.task, one.author), ()))
            replaced = any(
                (other.task, other.author) == (one.task, one.author) and one.strokes < other.strokes
                for other in self.states[at]
            )
            if one.task == key and one.draft and not replaced and not one.strokes <= own:
                found.add((uids[one.author], one.value))
        return found
