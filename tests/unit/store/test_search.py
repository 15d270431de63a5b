"""The index and the scan find the same; the index follows its file, and is thrown away when in doubt."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from searched import build, keys, make, new

from labeler.model.finding import SORTED, read_filter
from labeler.model.problems import Refusal
from labeler.model.queue import read_config
from labeler.store import Project
from labeler.store.indexed_listing import IndexedListing
from labeler.store.indexing import Indexing, index_path
from labeler.store.oplog import EntityKind, OpKind
from labeler.store.search_index import tidy
from labeler.team import hand_out


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("searched") / "source.labeler"
    make(path).close()
    return path


@pytest.fixture
def project(source: Path, tmp_path: Path) -> Iterator[Project]:
    path = tmp_path / "p.labeler"
    shutil.copyfile(source, path)
    opened = Project.open(path)
    yield opened
    opened.file.close()


@pytest.fixture(scope="module")
def both(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Project]:
    """The same file twice: one that scans, one whose index answers."""
    folder = tmp_path_factory.mktemp("both")
    shutil.copyfile(source, folder / "copy.labeler")
    scans, asks = Project.open(source), Project.open(folder / "copy.labeler")
    build(asks, folder / "cache")
    return scans, asks


FOUND = {
    "strasse": ["k1"],
    "STRASSE ZURICH": ["k1"],
    "schnitzel": [],
    "*schnitzel*": ["k1"],
    "room clean": ["k2", "k3"],
    '"room clean"': [],
    '"clean room"': ["k3"],
    "clean -towel": ["k2"],
    "tow": ["k3"],
    "tow clean": [],
    "tow* clean": ["k3"],
    "京タ": ["k4"],
    "タワーに": ["k4"],
    "secretmodel": [],
    '"part second"': [],
    "part second": ["k5"],
    "0412": ["img/IMG_0412.jpg"],
    "🎂": ["img/IMG_0412.jpg"],
    "لذيذ الطعام": ["k8"],
    "uberraschend": ["k1"],
    "hard": ["k5"],
    "goldenword": [],
    "guessed": [],
    "predicted:yes": ["k5"],
    "status:flagged": ["k5"],
    "status:drafted": ["k8"],
    "status:submitted": ["k2"],
    "status:open by:ben": ["k1"],
    'by:"Anna Brandt"': ["k2", "k3"],
    "people:>=2": ["k2"],
    "people:1": ["k1", "k3", "k5"],
    "people:<1 queue:texts": ["k4", "img/IMG_0412.jpg", "k8", "k9", "k10", "k7"],
    "label:Katze": ["k3"],
    "label:CAT": ["k3"],
    "sentiment:Gut": ["k1", "k2"],
    "sentiment:positive,negative by:ben": ["k1", "k2"],
    "rating:>=3": ["k1"],
    "rating:<3": ["k2"],
    "meta.city:wien": ["k1"],
    'city:"new york"': ["k2"],
    "score:4": ["k2"],
    "tags:b": ["k8"],
    "key:img_04": ["img/IMG_0412.jpg"],
    "key:k": ["k1", "k2", "k3", "k4", "k5", "k8", "k9", "k10", "k7"],
    'queue:"reviews de/en" came': ["k7"],
    "text:4": ["m4"],
    "changed:<2000": [],
    "changed:>=2000": ["k1", "k2", "k3", "k5"],
    "-changed:>=2000 queue:texts": ["k4", "img/IMG_0412.jpg", "k8", "k9", "k10", "k7"],
    "changed:today,yesterday": ["k1", "k2", "k3", "k5"],
    "conflict:yes": [],
    "ubung": ["k9"],
    "meister 100000": ["k9"],
    "fine hall": ["k10"],
    "3999": ["k10"],
    "3999 -macht endword": ["k10"],
    "last:endword": ["k10"],
    "bungmacht": [],
    '"ubung macht"': ["k9"],
    "!!!": None,
}


@pytest.mark.parametrize("text", FOUND)
def test_what_is_written_finds_what_is_meant(both: tuple[Project, Project], text: str) -> None:
    wanted = FOUND[text]
    scans, asks = both
    found = keys(asks, text)
    assert found == (wanted if wanted is not None else keys(scans, ""))
    assert keys(scans, text) == found


WORDS = st.sampled_from(
    [
        "the",
        "clean",
        "room",
        "tow",
        "fine",
        "ubung",
        "e",
        "3999",
        "*oo*",
        '"the clean"',
        "text",
        "1",
        "東京",
        "k",
        '"a"*',
        "gut",
    ]
)
FIELDS = st.sampled_from(
    [
        *("status:open", "status:open,drafted", "people:>0", "people:<=1", "by:ben", "label:cat"),
        *("queue:more", "changed:today", "changed:<2030-01-15", "rating:>1", "sentiment:positive"),
        *("conflict:no", "key:m1", "city:wien", "note:x", "predicted:yes", "people:<0"),
    ]
)
PARTS = st.tuples(st.sampled_from(["", "-"]), WORDS | FIELDS).map("".join)
SORTS = st.tuples(st.sampled_from(SORTED), st.sampled_from(["", ":asc", ":desc"])).map("".join)
LINES = st.tuples(
    st.lists(PARTS, max_size=5).map(" ".join),
    st.sampled_from(["", "", "sort:"]).flatmap(
        lambda one: SORTS.map(one.__add__) if one else st.just(one)
    ),
).map(" ".join)
HOSTILE = st.text(
    alphabet=st.sampled_from('the*"():^+-{}, NEAR AND OR\0é東🎂ء\u200f%_\\'), max_size=30
)


@given(LINES | HOSTILE, st.sampled_from([0, 20_000]), st.sampled_from([7, 10_000]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_finds_what_a_scan_finds(
    both: tuple[Project, Project], line: str, few: int, stretch: int
) -> None:
    scans, asks = both
    try:
        expected = keys(scans, line)
    except Refusal:
        with pytest.raises(Refusal):
            keys(asks, line)
        return
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("labeler.store.sorting._FEW", few)
        for name in ("_FIRST", "_LEAST", "_MOST"):
            patched.setattr(f"labeler.store.index_answers.{name}", stretch)
        assert keys(asks, line) == expected
    on = asks.query.read_filter(line)
    if on.sort is None and (on.words or on.conditions != on.conditions[:1]):
        assert isinstance(asks.query.found(on), IndexedListing), "the index was asked"


BY_HAND = {
    "sort:key": ["img/IMG_0412.jpg", "k1", "k10", "k2", "k3", "k4", "k5", "k7", "k8", "k9"],
    "sort:key:desc": ["k9", "k8", "k7", "k5", "k4", "k3", "k2", "k10", "k1", "img/IMG_0412.jpg"],
    "sort:people:desc": ["k2", "k1", "k3", "k5", "k4", "img/IMG_0412.jpg", "k8", "k9", "k10", "k7"],
    "sort:people": ["k4", "img/IMG_0412.jpg", "k8", "k9", "k10", "k7", "k1", "k3", "k5", "k2"],
    "sort:status": ["k1", "k3", "k4", "img/IMG_0412.jpg", "k9", "k10", "k7", "k8", "k5", "k2"],
    "sort:status:desc": ["k2", "k5", "k8", "k1", "k3", "k4", "img/IMG_0412.jpg", "k9", "k10", "k7"],
    "people:>0 sort:changed": ["k1", "k2", "k3", "k5"],
    "people:>0 sort:changed:desc": ["k5", "k3", "k2", "k1"],
    "towel sort:key": ["k3"],
    "zzz sort:status": [],
}
"""In the first queue: what is equal stays as the queue has it."""


@pytest.mark.parametrize("few", [0, 20_000])
@pytest.mark.parametrize("text", BY_HAND)
def test_tasks_are_sorted_by_a_column_and_what_is_equal_stays_as_it_was(
    both: tuple[Project, Project], text: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labeler.store.sorting._FEW", few)
    for project in both:
        assert keys(project, f"queue:texts {text}") == BY_HAND[text]
        listing = project.query.listing(search=f"queue:texts {text}")
        while not listing.find_more(0.0):
            assert listing.scanned <= listing.of
        rows = [*listing.file_rows(0, 4), *listing.file_rows(4, 99)]
        assert [listing.place_of(row) for row in rows] == list(range(len(BY_HAND[text])))
        assert listing.place_of(-1) is None


def test_queues_are_sorted_by_their_titles(both: tuple[Project, Project]) -> None:
    for project in both:
        first = keys(project, "sort:queue")
        assert first[:40] == [f"m{n}" for n in range(40)], "more comes before Reviews de/en"
        assert keys(project, "sort:queue:desc")[-40:] == first[:40]


def test_every_task_is_sorted_in_many_small_steps(
    both: tuple[Project, Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labeler.store.sorting._SLICE", 3)
    for project in both:
        names = keys(project, "sort:key")
        assert names == sorted(keys(project, ""))
        assert keys(project, "queue:more sort:changed:desc") == [f"m{n}" for n in range(40)]
        assert keys(project, "sort:people")[:40] != names[:40]


def test_ten_thousand_letters_and_signs_of_fts_are_words_as_any(
    both: tuple[Project, Project],
) -> None:
    for line in (
        "x" * 10_000,
        '"' * 999,
        "NEAR(a b, 5) AND f MATCH *",
        "a\0b",
        "\u202eabc",
        "key : x",
    ):
        assert keys(both[1], line) == keys(both[0], line)


def test_any_stretch_of_what_was_found_is_read(both: tuple[Project, Project]) -> None:
    listing = both[1].query.listing(search="text:")
    assert isinstance(listing, IndexedListing)
    while not listing.find_more(0.0):
        assert listing.scanned < listing.of
    everything = [row.key for row in listing.tasks(0, 99)]
    assert everything == [f"m{n}" for n in range(40)]
    for offset in (39, 0, 17, 30, 5, 40):
        assert [row.key for row in listing.tasks(offset, 7)] == everything[offset : offset + 7]
    rows = listing.file_rows(0, 99)
    assert [listing.place_of(row) for row in rows] == list(range(40))
    assert listing.place_of(both[1].query.find("k1").row) is None


@pytest.mark.parametrize("text", ["queue:more", "text:", "-room queue:more", "key:m", "*tex*"])
def test_the_first_matches_are_there_before_all_are_counted(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    build(project, tmp_path / "cache")
    for name in ("_FIRST", "_LEAST", "_MOST"):
        monkeypatch.setattr(f"labeler.store.index_answers.{name}", 5)
    if text == "*tex*":
        # Words enough to be put together once, by one question.
        monkeypatch.setattr("labeler.store.index_answers.FEW_WORDS", 0)
    listing = project.query.indexed(project.query.read_filter(text))
    assert listing is not None
    seen = []
    while not listing.complete:
        before = listing.total
        listing.find_more(0.0)
        assert listing.total - before <= 5, "a stretch is as long as it was asked to be"
        seen.append(listing.total)
        assert [row.key for row in listing.tasks(0, 2)] == ["m0", "m1"][: min(2, listing.total)]
    assert len(seen) >= 40 // 5 - 1
    assert listing.total == 40


def test_work_at_a_task_moves_it_where_the_last_work_is_sorted(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(project, tmp_path / "cache")
    monkeypatch.setattr("labeler.store.sorting._FEW", 0)
    assert keys(project, "by:ben sort:changed:desc")[0] == "k5"
    row = project.query.find("k2")
    for status, first in (("submitted", "k2"), ("submitted", "k2")):
        project.annotate(row, author="ben", value=b"{}", status=status)
        assert keys(project, "by:ben sort:changed:desc")[0] == first
        assert keys(project, "sort:changed")[-1] == first


# following


def test_the_index_follows_what_is_done_and_answers_at_once(
    project: Project, tmp_path: Path
) -> None:
    build(project, tmp_path / "cache")
    row = project.query.find("k4")
    value = b'{"answers":{"note":"Turmbau","sentiment":"negative"}}'
    project.annotate(row, author="anna", value=value)
    project.bulk("more", by="anna").tasks([new("m99", {"text": "newcomer"})])
    assert keys(project, "turmbau by:anna") == ["k4"]
    assert keys(project, "newc") == ["m99"]
    project.annotate(row, author="anna", value=b'{"answers":{"note":"other"}}')
    assert keys(project, "turmbau") == []
    assert isinstance(project.query.listing(search="other"), IndexedListing)


def test_an_index_far_behind_does_not_answer_and_a_scan_does(
    project: Project, tmp_path: Path
) -> None:
    index = build(project, tmp_path / "cache")
    tasks = [new(f"n{n}", {"text": f"tardy {n}"}) for n in range(300)]
    project.bulk("more", by="anna").tasks(tasks)
    assert not isinstance(project.query.listing(search="tardy"), IndexedListing)
    assert len(keys(project, "tardy")) == 300
    while not index.step().ready:
        pass
    assert isinstance(project.query.listing(search="tardy"), IndexedListing)
    assert len(keys(project, "tardy")) == 300


def test_an_index_half_made_is_gone_on_with(project: Project, tmp_path: Path) -> None:
    first = Indexing(project.file, tmp_path / "cache")
    first.step(0)
    first.step(0)
    done = first.state().done
    assert 0 < done < first.state().of
    first.close()
    again = Indexing(project.file, tmp_path / "cache")
    assert again.state().done == done, "what was done before a kill is not done again"
    project.bulk("more", by="anna").tasks([new("m99", {"text": "newcomer"})])
    while not again.step().ready:
        pass
    project.query.index = again
    assert keys(project, "newcomer") == ["m99"]
    assert len(keys(project, "queue:more text")) == 40


def rows_of(index: Indexing) -> dict[int, int]:
    """The rows of the index by those of the file."""
    assert index._index is not None
    return dict(index._index.connection.execute("SELECT task, id FROM doc").fetchall())


def in_the_file(project: Project, places: dict[str, tuple[int, int]]) -> None:
    """Put tasks (by key) at a priority and an order, as a merge or an import would."""
    with project.file.writing() as connection:
        for key, place in places.items():
            connection.execute("UPDATE task SET prio=?, ord=? WHERE key=?", (*place, key))


@given(st.data())
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_tasks_that_come_between_others_are_taken_in_where_they_belong(
    source: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("between")
    shutil.copyfile(source, folder / "p.labeler")
    project = Project.open(folder / "p.labeler")
    index = build(project, folder / "cache")
    before = rows_of(index)
    names = [f"n{n}" for n in range(data.draw(st.integers(1, 4)))]
    project.bulk("texts", by="anna").tasks([new(name, {"text": "new room"}) for name in names])
    places = st.tuples(st.integers(-1, 1), st.integers(0, 9))
    in_the_file(project, {name: data.draw(places) for name in names})
    moved = data.draw(st.sampled_from(["k1", "k3", "m7", "k10"]))
    in_the_file(project, {moved: data.draw(places)})
    project.annotate(project.query.find(moved), author="anna", value=b"{}")
    found = keys(project, "text")
    assert isinstance(project.query.listing(search="text"), IndexedListing)
    assert index.state().ready, "it goes on with what it had"
    after = rows_of(index)
    kept = before.keys() - {project.query.find(moved).row}
    assert {task: after[task] for task in kept} == {task: before[task] for task in kept}
    everything = {line: keys(project, line) for line in ("", "room", "queue:texts -zzz")}
    project.query.index = None
    assert everything == {line: keys(project, line) for line in everything}
    assert found == keys(project, "text")
    index.close()
    project.file.close()


def test_where_there_is_no_room_between_tasks_the_index_is_made_anew(
    project: Project, tmp_path: Path
) -> None:
    index = build(project, tmp_path / "cache")
    names = [f"n{n:02}" for n in range(40)]
    project.bulk("texts", by="anna").tasks([new(name, {"text": "crowd"}) for name in names])
    in_the_file(project, dict.fromkeys(names, (0, 1)))
    assert keys(project, "crowd") == names, "a scan answers meanwhile"
    while not index.step().ready:
        pass
    assert isinstance(project.query.listing(search="crowd"), IndexedListing)
    assert keys(project, "crowd") == names


def test_a_queue_that_needs_fewer_people_has_other_statuses(
    project: Project, tmp_path: Path
) -> None:
    index = build(project, tmp_path / "cache")
    before = rows_of(index)
    config = read_config(b'{"policy": {"overlap": 1}}')
    project.put_queue("texts", config, panel="sentiment", by="anna")
    assert keys(project, "status:submitted") == ["k1", "k2", "k3"]
    while not index.step().ready:
        pass
    assert isinstance(project.query.listing(search="status:submitted"), IndexedListing)
    assert keys(project, "status:submitted") == ["k1", "k2", "k3"]
    assert keys(project, "status:open queue:texts") == ["k4", "img/IMG_0412.jpg", "k9", "k10", "k7"]
    assert rows_of(index) == before, "it was not made anew"


def test_words_that_were_taken_back_leave_the_index(project: Project, tmp_path: Path) -> None:
    index = build(project, tmp_path / "cache")
    path = index_path(tmp_path / "cache", project.file)
    entity = project.query.versions(project.task(project.query.find("k1")).annotations[0].id)
    uid = project.file.row(
        "SELECT ent.uid FROM ent JOIN ann ON ann.id=ent.id WHERE ann.author="
        "(SELECT id FROM who WHERE handle='ben') AND ann.status>4 LIMIT 1"
    )[0]
    with project._writing() as (connection, touched):
        person = project.person("ben").uid
        parents = project._parents(uid, EntityKind.ANNOTATION)
        kind = EntityKind.ANNOTATION
        touched.append(project._put(connection, person, uid, kind, b"", parents, OpKind.DELETE))
    assert entity is not None
    assert keys(project, "uberraschend") == []
    while not index.step().ready:
        pass
    index.close()
    assert b"uberraschend" not in path.read_bytes()


# what may never be in it


def test_gold_and_models_are_in_no_page_of_the_index(project: Project, tmp_path: Path) -> None:
    index = build(project, tmp_path / "cache")
    held = index._index
    assert held is not None
    words = {row[0] for row in held.connection.execute("SELECT w FROM word")}
    assert {"towel", "uberraschend"} <= words
    assert not {"goldenword", "guessed", "secretmodel"} & words
    index.close()
    raw = index_path(tmp_path / "cache", project.file).read_bytes()
    assert b"goldenword" not in raw
    if sys.platform != "win32":
        assert index_path(tmp_path / "cache", project.file).stat().st_mode & 0o077 == 0


def no_media(root: str, path: str) -> BinaryIO:
    raise AssertionError("there are none")


def test_a_file_in_the_place_of_another_is_never_answered_from_its_index(
    source: Path, tmp_path: Path
) -> None:
    path, out = tmp_path / "p.labeler", tmp_path / "out.labeler"
    shutil.copyfile(source, path)
    whole = Project.open(path)
    build(whole, tmp_path / "cache").close()
    hand_out(whole, out, to="ben", by="anna", queue="texts", count=2, opens=no_media)
    before = index_path(tmp_path / "cache", whole.file)
    whole.close()
    out.replace(path)
    handed = Project.open(path)
    assert index_path(tmp_path / "cache", handed.file) != before
    shutil.copyfile(before, index_path(tmp_path / "cache", handed.file))
    handed.query.index = Indexing(handed.file, tmp_path / "cache")
    found = handed.query.listing(search="room")
    assert not isinstance(found, IndexedListing), "it was thrown away, and a scan answers"
    assert handed.query.index.state().done == 0
    handed.close()


# what can happen to it


def test_a_damaged_index_is_thrown_away_and_made_anew(project: Project, tmp_path: Path) -> None:
    build(project, tmp_path / "cache").close()
    path = index_path(tmp_path / "cache", project.file)
    for raw in (b"no database" * 999, path.read_bytes()[:4096] + b"\xff" * 8192):
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        path.write_bytes(raw)
        index = Indexing(project.file, tmp_path / "cache")
        project.query.index = index
        assert keys(project, "towel") == ["k3"]
        while not index.step().ready:
            assert index.state().problem is None
        assert keys(project, "towel") == ["k3"]
        index.close()


def test_an_index_of_another_version_is_made_anew(project: Project, tmp_path: Path) -> None:
    index = build(project, tmp_path / "cache")
    held = index._index
    assert held is not None
    with held.writing():
        held.tell("version", "another")
    index.close()
    again = Indexing(project.file, tmp_path / "cache")
    assert again.state().done == 0
    again.close()


def test_without_room_for_an_index_a_scan_answers_and_it_is_said(
    project: Project, tmp_path: Path
) -> None:
    index = Indexing(project.file, tmp_path / "cache")
    project.query.index = index
    index.step(0)
    held = index._index
    assert held is not None
    held.connection.execute("PRAGMA max_page_count=1")
    while index.state().problem is None:
        index.step()
    problem = index.state().problem
    assert problem is not None
    assert "full" in str(problem)
    assert keys(project, "towel") == ["k3"]
    (tmp_path / "file").write_text("no folder")
    nowhere = Indexing(project.file, tmp_path / "file")
    assert nowhere.step().problem is not None


def test_an_index_another_process_writes_is_waited_for(project: Project, tmp_path: Path) -> None:
    index = build(project, tmp_path / "cache")
    project.annotate(project.query.find("k4"), author="anna", value=b'{"answers":{"note":"Turm"}}')
    other = sqlite3.connect(index_path(tmp_path / "cache", project.file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert keys(project, "turm") == ["k4"], "a scan answers meanwhile"
    assert index.state().problem is None
    other.execute("ROLLBACK")
    other.close()
    assert isinstance(project.query.listing(search="turm"), IndexedListing)


def test_two_windows_make_one_index_together(
    project: Project, source: Path, tmp_path: Path
) -> None:
    other = Project.open(project.path)
    here = Indexing(project.file, tmp_path / "cache")
    there = Indexing(other.file, tmp_path / "cache")
    for index in (here, there):
        index._size = 3
    while not all([here.step(0).ready, there.step(0).ready]):
        pass
    held = here._index
    assert held is not None
    rows = held.connection.execute("SELECT count(*), count(DISTINCT task) FROM doc").fetchone()
    assert rows == (50, 50), "10 tasks, 40 more, each once"
    scanned = keys(project, "queue:texts")
    project.query.index, other.query.index = here, there
    for one in (project, other):
        assert keys(one, "text:") == [f"m{n}" for n in range(40)]
        assert keys(one, "queue:texts -zzz") == scanned
    there.close()
    other.file.close()


def test_old_indexes_go(tmp_path: Path) -> None:
    import os

    old, kept = tmp_path / "old.search", tmp_path / "kept.search"
    for path in (old, kept):
        path.write_bytes(b"x")
    os.utime(old, (1_000_000, 1_000_000))
    tidy(tmp_path, kept.stat().st_mtime + 60)
    assert not old.exists()
    assert kept.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("by:nobody", "person_unknown"),
        ("queue:textz", "queue_unknown"),
        ("sentiment:>1", "search_order"),
        ("status:opne", "search_value"),
    ],
)
def test_what_nobody_here_knows_is_refused(
    both: tuple[Project, Project], text: str, code: str
) -> None:
    for project in both:
        with pytest.raises(Refusal) as refused:
            project.query.listing(search=text)
        assert refused.value.problem.code == code


def test_a_part_in_more_words_than_can_be_asked_for_is_found_by_a_scan(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(project, tmp_path / "cache")
    monkeypatch.setattr("labeler.store.search_index._MOST_WORDS", 0)
    assert not isinstance(project.query.found(read_filter("*owe*")), IndexedListing)
    assert keys(project, "*owe*") == ["k3"]
