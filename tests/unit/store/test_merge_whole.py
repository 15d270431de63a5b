"""A merge in the hard cases: holes, forks, damage, a kill in the middle, wrong clocks, five copies."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from copies import MEMORY, dump, opened
from made import text_task
from travellers import YEARS_10, Skewed, draft_of, put

from labeler.model.problems import Refusal
from labeler.store import Project, taking_batch
from labeler.store.incoming import state_digest
from labeler.store.oplog import Clock

Copy = Callable[[str], Path]
VALUE = b'{"answers":{"sentiment":"%s"}}'
DAY = 24 * 3600 * 1000 << 16


def say(project: Project, key: str, word: str, author: str = "anna") -> None:
    """An annotation."""
    project.sign_in(author)
    project.annotate(project.query.find(key), author=author, value=VALUE % word.encode())


def said(project: Project) -> dict[str, str]:
    """What every task's only annotation says."""
    return {
        full.row.key: msgspec.json.decode(one.value)["answers"]["sentiment"]
        for page in project.pages()
        for full in page
        for one in full.annotations
    }


@pytest.fixture
def theirs(copy: Copy) -> Iterator[Project]:
    """Another copy of the project, open."""
    project = Project.open(copy("theirs.labeler"))
    yield project
    project.file.close()


# ---------------------------------------------------------------------------------- holes and forks


def hollow(path: Path, keep: int) -> None:
    """Leave every ``keep``-th op of each strand, as a hand-out does: gaps, and no seals."""
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM op WHERE seq%?<>0 AND ent IN (SELECT id FROM task)", (keep,))
    connection.execute("DELETE FROM op WHERE ent IN (SELECT id FROM ann) AND seq%?<>0", (keep,))
    connection.execute("UPDATE strand SET have=0, seal=NULL")
    connection.commit()
    connection.close()
    project = Project.open(path)
    project.refold()
    project.file.close()


@pytest.fixture
def sparse(theirs: Project, tmp_path: Path) -> Path:
    """Every second op of a copy in which six tasks were annotated by one strand."""
    for number in range(6):
        say(theirs, f"k{number}", f"w{number}")
    path = tmp_path / "sparse.labeler"
    theirs.copy_to(path)
    hollow(path, 2)
    return path


def test_a_strand_with_holes_is_taken_as_far_as_it_goes_and_filled_later(
    project: Project, theirs: Project, sparse: Path
) -> None:
    project.merge(sparse)
    some = said(project)
    assert 0 < len(some) < 6
    assert project.check() == []
    report = project.merge(theirs.path)
    assert report.added == 6 - len(some)
    assert said(project) == {f"k{n}": f"w{n}" for n in range(6)}
    assert project.check() == []
    assert project.merge(theirs.path).added == project.merge(sparse).added == 0


def test_what_was_filled_is_sealed_again_as_if_it_had_come_whole(
    project: Project, theirs: Project, sparse: Path
) -> None:
    project.merge(sparse)
    project.merge(theirs.path)
    seals = "SELECT uid, have, last, seal FROM strand WHERE last>0 ORDER BY uid"
    assert project.file.rows(seals) == theirs.file.rows(seals)


def test_a_copy_with_holes_takes_nothing_twice_from_the_whole(
    theirs: Project, sparse: Path
) -> None:
    hollowed = Project.open(sparse)
    before = hollowed.file.row("SELECT count(*) FROM op")[0]
    total = theirs.file.row("SELECT count(*) FROM op")[0]
    report = hollowed.merge(theirs.path)
    assert (report.added, report.known) == (total - before, before)
    assert dump(hollowed) == dump(theirs)
    hollowed.file.close()


def forked(one: Project, other: Project) -> None:
    """Both write the same strand from here on, as a machine put back to a snapshot does."""
    say(one, "k5", "before")
    shutil.copyfile(one.path, other.path)
    uid, seq, seal = one.log.strand, one.log._seq, one.log._seal
    twin = Project.open(other.path)
    row = twin.file.row("SELECT id FROM strand WHERE uid=?", (uid,))[0]
    assert uid is not None
    twin.log._strand, twin.log._seq, twin.log._seal = (row, uid), seq, seal
    say(one, "k0", "mine")
    say(twin, "k0", "theirs")
    say(twin, "k1", "more")
    twin.file.close()


def names(project: Project) -> set[bytes]:
    """Hashes of all ops that are kept, those set aside among them."""
    kept = {row[0] for row in project.file.rows("SELECT h FROM op")}
    aside = [
        msgspec.msgpack.decode(row[0]) for row in project.file.rows("SELECT raw FROM quarantine")
    ]
    return kept | {one["hash"] for one in aside}


def test_a_forked_strand_keeps_both_ops_one_of_them_set_aside(
    project: Project, theirs: Project
) -> None:
    forked(project, theirs)
    report = project.merge(theirs.path)
    assert (report.added, report.quarantined) == (1, 1)
    assert said(project)["k0"] == "mine"
    assert said(project)["k1"] == "more"
    (row,) = project.quarantine()
    assert row.why == "another op has its strand and sequence"
    assert row.by == "anna"
    assert b"theirs" in project.quarantined_bytes(row.id)
    assert project.merge(theirs.path).quarantined == 0


def test_a_fork_leaves_the_same_bytes_in_whichever_order_it_is_met(
    copy: Copy, project: Project, theirs: Project
) -> None:
    forked(project, theirs)
    one, other = Project.open(copy("one.labeler")), Project.open(copy("other.labeler"))
    for target, order in ((one, (project, theirs)), (other, (theirs, project))):
        for source in order:
            target.merge(source.path)
    assert names(one) == names(other)
    one.merge(other.path)
    other.merge(one.path)
    assert names(one) == names(other)
    assert len(one.quarantine()) == len(other.quarantine()) == 1, (
        "what is in order is not set aside"
    )
    for project_ in (one, other):
        project_.file.close()


# --------------------------------------------------------------------------------------- quarantine


def test_a_body_that_does_not_unpack_is_kept_as_it_lies_there(
    project: Project, theirs: Project
) -> None:
    long = "word " * 2000
    say(theirs, "k0", long)
    say(theirs, "k1", "fine")
    row, stored = theirs.file.row("SELECT id, body FROM op WHERE enc=1 ORDER BY id DESC LIMIT 1")
    broken = stored[:40] + bytes(20) + stored[60:]
    theirs.file.connection.execute("UPDATE op SET body=? WHERE id=?", (broken, row))
    report = project.merge(theirs.path)
    assert (report.added, report.quarantined) == (1, 1)
    assert broken in project.quarantined_bytes(project.quarantine()[0].id)


def test_a_large_body_that_does_not_unpack_is_kept_too(project: Project, theirs: Project) -> None:
    say(theirs, "k0", os.urandom(60_000).hex())
    (name,) = theirs.file.row("SELECT body FROM op WHERE enc=2")
    broken = os.urandom(5000)
    theirs.file.connection.execute("UPDATE blob SET data=? WHERE hash=?", (broken, name))
    assert project.merge(theirs.path).quarantined == 1
    assert name + broken in project.quarantined_bytes(project.quarantine()[0].id)


def test_quarantine_goes_along_with_copies(project: Project, theirs: Project, copy: Copy) -> None:
    say(theirs, "k0", "x")
    theirs.file.connection.execute("UPDATE op SET hlc=hlc+1 WHERE id=(SELECT max(id) FROM op)")
    project.merge(theirs.path)
    third = Project.open(copy("third.labeler"))
    assert third.merge(project.path).quarantined == 1
    assert third.quarantined_bytes(1) == project.quarantined_bytes(1)
    third.file.close()


# ------------------------------------------------------------------------------------------ batches


def many(project: Project, count: int) -> None:
    """Tasks, each annotated."""
    tasks = [text_task(f"n{number}", f"text number {number}") for number in range(count)]
    project.bulk("texts", by="anna").tasks(tasks)
    for number in range(count):
        say(project, f"n{number}", f"w{number}")


class Ticking:
    """A clock that goes a hundredth of a second on at each look."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        self.now += 0.01
        return self.now


def test_a_batch_ends_when_its_time_is_up_and_each_is_complete_in_itself(
    project: Project, theirs: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(theirs, 60)
    monkeypatch.setattr(taking_batch, "time", Ticking())
    monkeypatch.setattr(taking_batch, "SLICE", 1)
    sizes = []

    def look(_done: int, _total: int) -> None:
        reader = Project.open(project.path)
        assert reader.check() == []
        sizes.append(reader.file.row("SELECT count(*) FROM op")[0])
        reader.file.close()

    before = project.file.row("SELECT count(*) FROM op")[0]
    report = project.merge(theirs.path, look)
    steps = [after - earlier for earlier, after in itertools.pairwise([before, *sizes])]
    # a quarter of a second at a hundredth for each op, the first look among them
    assert max(steps) <= 26
    assert sum(steps) == report.added == 120
    assert len(project.merges()) == 1


class Killed(BaseException):
    """Stands for the end of the process."""


def test_a_merge_that_ends_in_the_middle_is_finished_by_merging_again(
    project: Project, theirs: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(theirs, 60)
    monkeypatch.setattr(taking_batch, "time", Ticking())
    monkeypatch.setattr(taking_batch, "SLICE", 1)

    def stop(done: int, _total: int) -> None:
        if done > 60:
            raise Killed

    with pytest.raises(Killed):
        project.merge(theirs.path, stop)
    path = project.path
    project.file.close()
    again = Project.open(path)
    half = again.file.row("SELECT count(*) FROM op")[0]
    (row,) = again.merges()
    assert not row.whole
    assert 0 < row.added < 120
    assert len(again.merged(row.id)) == row.added
    report = again.merge(theirs.path)
    assert report.added == 120 - row.added
    assert again.file.row("SELECT count(*) FROM op")[0] == half + report.added
    assert [one.whole for one in again.merges()] == [True, False]
    assert dump(again) == dump(theirs)
    again.file.close()


# ---------------------------------------------------------------------------------------------- log


def test_a_row_of_the_log_opens_what_it_lists(project: Project, theirs: Project) -> None:
    say(project, "k0", "positive")
    say(theirs, "k0", "negative")
    say(theirs, "k1", "neutral", author="ben")
    stroke = draft_of(theirs, "k2", "ben")
    stroke.emit(stroke.value.with_answer("sentiment", "x"), "X")
    put(theirs, stroke, "k2", "ben")
    say(project, "k3", "mine")
    project.merge(theirs.path)
    (row,) = project.merges()
    assert (row.src, row.added, row.conflicts, row.whole) == ("theirs.labeler", 4, 1, True)
    assert abs(row.when - time.time_ns() // 1_000_000) < 60_000
    found = project.merged(row.id)
    ids = {key: project.query.find(key).id for key in ("k0", "k1")}
    assert sorted(
        (one.action, one.kind, one.task, one.by, one.conflict) for one in found
    ) == sorted(
        [
            ("put", "annotation", ids["k0"], "anna", True),
            ("put", "annotation", ids["k1"], "ben", False),
            ("put", "person", "", "ben", False),
            ("draft", "annotation", "", "ben", False),
        ]
    )
    assert {one.op for one in found} < {r[0].hex() for r in project.file.rows("SELECT h FROM op")}
    pages = [project.merged(row.id, after=0, limit=3)]
    pages.append(project.merged(row.id, after=pages[0][-1].row, limit=3))
    assert [*pages[0], *pages[1]] == found


def test_each_row_of_the_log_opens_its_own(project: Project, theirs: Project) -> None:
    say(theirs, "k0", "one")
    project.merge(theirs.path)
    say(project, "k5", "between")
    say(theirs, "k1", "two")
    say(theirs, "k2", "forged")
    theirs.file.connection.execute("UPDATE op SET hlc=hlc+1 WHERE id=(SELECT max(id) FROM op)")
    project.merge(theirs.path)
    second, first = project.merges()
    told = {one.id: [change.task for change in project.merged(one.id)] for one in (first, second)}
    find = project.query.find
    assert told == {first.id: [find("k0").id], second.id: [find("k1").id]}
    assert project.quarantine(first.id) == []
    assert [one.id for one in project.quarantine(second.id)] == [1]


# ------------------------------------------------------------------------------------------- clocks


def test_a_clock_ten_years_ahead_is_told_and_never_becomes_ours(
    project: Project, theirs: Project
) -> None:
    theirs.log.clock = Skewed(YEARS_10, 0)
    say(theirs, "k0", "far")
    project.merge(theirs.path)
    (told,) = project.wrong_clocks()
    assert (told.by, told.hours) == ("anna", pytest.approx(10 * 365 * 24, abs=1))
    for again in (project, Project.open(project.path)):
        say(again, "k1", f"near{again is project}")
        hlc = again.file.row("SELECT hlc FROM op ORDER BY id DESC LIMIT 1")[0]
        assert hlc < (time.time_ns() // 1_000_000 << 16) + DAY
    again.file.close()
    assert said(project)["k0"] == "far"


def test_a_clock_an_hour_ahead_is_followed(project: Project, theirs: Project) -> None:
    theirs.log.clock = Skewed(3600, 0)
    say(theirs, "k0", "soon")
    project.merge(theirs.path)
    say(project, "k1", "after")
    first, second = [
        row[0] for row in project.file.rows("SELECT hlc FROM op ORDER BY id DESC LIMIT 2")
    ][::-1]
    assert first < second
    assert project.wrong_clocks() == []


def test_work_is_never_refused_for_its_clock(project: Project, theirs: Project) -> None:
    theirs.log.clock = Skewed(-YEARS_10, 0)
    say(theirs, "k0", "old")
    report = project.merge(theirs.path)
    assert (report.added, report.quarantined) == (1, 0)
    assert isinstance(project.log.clock, Clock)


# ------------------------------------------------------------------------------- files left half done


def half_written(project: Project, target: Path) -> None:
    """A copy of the file and its journal in the middle of a transaction that is never ended."""
    script = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size=1')\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        "c.execute('UPDATE op SET body=zeroblob(900), hlc=1')\n"
        "c.execute('DELETE FROM tally')\n"
        "rows = [(b'%d' % n,) for n in range(300)]\n"
        "c.executemany('INSERT INTO blob VALUES(?,0,zeroblob(4000))', rows)\n"
        "sys.stdout.write('written')\n"
        "sys.stdout.flush()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    before = project.path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", script, str(project.path)], capture_output=True, check=False
    )
    assert project.path.read_bytes()[: len(before)] != before, "pages were written over"
    assert done.stdout == b"written"
    journal = project.path.with_name(project.path.name + "-journal")
    assert journal.stat().st_size > 0
    shutil.copyfile(project.path, target)
    shutil.copyfile(journal, target.with_name(target.name + "-journal"))


def test_a_copy_a_killed_program_left_half_written_is_read_as_it_was_before(
    project: Project, theirs: Project, tmp_path: Path
) -> None:
    say(theirs, "k0", "kept")
    target = tmp_path / "stick" / "theirs.labeler"
    target.parent.mkdir()
    half_written(theirs, target)
    before = {path.name: path.read_bytes() for path in target.parent.iterdir()}
    report = project.merge(target)
    assert (report.added, report.quarantined) == (1, 0)
    assert said(project) == {"k0": "kept"}
    assert {path.name: path.read_bytes() for path in target.parent.iterdir()} == before
    assert project.merges()[0].src == "theirs.labeler"


def test_a_merge_with_itself_is_refused(project: Project, tmp_path: Path) -> None:
    """Who names the open project, or a link to it, meant another file."""
    link = tmp_path / "link.labeler"
    link.symlink_to(project.path)
    for path in (project.path, link):
        with pytest.raises(Refusal) as caught:
            project.merge(path)
        assert (caught.value.problem.code, caught.value.problem.where) == (
            "merge_itself",
            str(path),
        )
    assert project.merges() == []


def test_what_is_written_to_a_copy_while_it_is_merged_is_not_held_for_merged(
    project: Project, theirs: Project
) -> None:
    """Its row of the log names what it held before, so that the copy is offered again."""
    many(theirs, 3)
    held = state_digest(theirs.file)

    def meanwhile(_done: int, _total: int) -> None:
        if state_digest(theirs.file) == held:
            say(theirs, "k4", "late")

    project.merge(theirs.path, meanwhile)
    assert project.merges()[0].digest == held.hex()
    assert state_digest(theirs.file) != held
    project.merge(theirs.path)
    assert said(project)["k4"] == "late"


@pytest.mark.parametrize("content", [b"", b"not a project", bytes(4096)])
def test_what_is_no_project_is_refused_and_nothing_is_logged(
    project: Project, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "x.labeler"
    path.write_bytes(content)
    with pytest.raises(Refusal) as caught:
        project.merge(path)
    assert caught.value.problem.where == str(path)
    assert project.merges() == []


# --------------------------------------------------------------------------- five copies, all orders


def five(made: Path, folder: Path) -> list[Path]:
    """Copies that differ in every way that merging has to settle."""
    paths = [folder / f"{number}.labeler" for number in range(5)]
    for path in paths:
        shutil.copyfile(made, path)
    work: list[Callable[[Project], Any]] = [
        lambda p: (say(p, "k0", "one"), say(p, "k0", "two"), say(p, "k1", "same")),
        lambda p: (say(p, "k0", "three"), say(p, "k1", "same"), stroke(p, "k2", "loose")),
        lambda p: (set_clock(p, 1), say(p, "k0", "ahead"), stroke(p, "k2", "other")),
        lambda p: (set_clock(p, -1), say(p, "k1", "behind"), stroke(p, "k3", "old")),
        lambda p: (many(p, 3), stroke(p, "k2", "begun"), say(p, "k4", "x", author="carla")),
    ]
    for path, does in zip(paths, work, strict=True):
        project = opened(path)
        does(project)
        project.file.close()
    # the second went on from a copy of the first, and lost some of it on the way
    first, second = opened(paths[0]), opened(paths[1])
    second.merge(first.path)
    say(second, "k0", "four")
    for project in (first, second):
        project.file.close()
    hollow(paths[1], 3)
    return paths


def stroke(project: Project, key: str, word: str, author: str = "anna") -> None:
    """Something begun."""
    draft = draft_of(project, key, author)
    draft.emit(draft.value.with_answer("sentiment", word), word)
    put(project, draft, key, author)


def set_clock(project: Project, years: int) -> None:
    project.log.clock = Skewed(years * YEARS_10, 0)


def test_five_copies_give_the_same_in_all_120_orders(
    made: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = Path(MEMORY or tmp_path_factory.mktemp("five")) / f"five-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    try:
        paths = five(made, folder)
        results: dict[tuple[int, ...], Any] = {}

        def walk(file: Path, done: tuple[int, ...]) -> None:
            if len(done) == len(paths):
                project = opened(file)
                along = [project.drafts_along(project.query.find(f"k{n}")) for n in range(6)]
                results[done] = (dump(project), along)
                project.file.close()
                return
            for number in set(range(len(paths))) - set(done):
                target = folder / f"at{len(done)}.labeler"
                shutil.copyfile(file, target)
                project = opened(target)
                project.merge(paths[number])
                project.file.close()
                walk(target, (*done, number))

        walk(made, ())
        assert len(results) == 120
        wanted = results[0, 1, 2, 3, 4]
        assert [order for order, found in results.items() if found != wanted] == []
        words = [msgspec.json.decode(one.value)["answers"]["sentiment"] for one in wanted[1][2]]
        assert sorted(words) == ["begun", "loose", "other"]
    finally:
        shutil.rmtree(folder)


def test_progress_ends_at_what_the_copy_holds_whatever_became_of_it(
    project: Project, theirs: Project
) -> None:
    """What is known by a seal or by its hash, what is new, and what is set aside, all count."""
    project.merge(theirs.path)
    for key in ("k0", "k1", "k2"):
        say(theirs, key, "theirs")
    theirs.file.connection.execute(
        "UPDATE op SET hlc=hlc+1 WHERE id=(SELECT id FROM op ORDER BY id DESC LIMIT 1 OFFSET 1)"
    )
    seen: list[tuple[int, int]] = []
    report = project.merge(theirs.path, lambda done, total: seen.append((done, total)))
    (held,) = theirs.file.row("SELECT count(*) FROM op")
    assert (report.added, report.quarantined) == (2, 1)
    assert report.known == held - 3
    assert seen == sorted(seen)
    assert seen[-1] == (held, held)
