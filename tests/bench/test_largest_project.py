"""A project of the largest size: opened, worked at, listed, searched."""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import peers
import pytest
from board import Beside, Board, child, seconds
from made import ANNA, CONFIG, QUEUE, Data

from labeler.app.panels import DeskPanels
from labeler.plugins import Plugins
from labeler.store import Project
from labeler.store.indexed_listing import IndexedListing
from labeler.store.indexing import Indexing
from labeler.store.listed import Listed
from labeler.work.desk import Desk
from labeler.work.lane import Lane

GESTURES = 200
RARE = "Größe stimmt bread towel"


@pytest.fixture(scope="module")
def naive(data: Data) -> Iterator[sqlite3.Connection]:
    """The same texts in one plain table, written as safely as a project."""
    connection = sqlite3.connect(data.copy(data.naive(data.tasks), "naive"), isolation_level=None)
    connection.execute("PRAGMA synchronous=EXTRA")
    yield connection
    connection.close()


def _ms(taken: list[float]) -> list[float]:
    return [1000 * one for one in taken]


def _p99(taken: list[float]) -> float:
    return sorted(taken)[int(0.99 * len(taken))]


def test_open(board: Board, data: Data) -> None:
    path = data.largest()
    ours = [child("open_project", path, ANNA) for _ in range(7)]
    naive = statistics.median(child("count_tasks", path)["seconds"] for _ in range(7))
    count = f"{data.tasks:,} tasks / {3 * data.tasks:,} annotations"
    parts = {
        name: statistics.median(one[name] for one in ours)
        for name in ("open", "queues", "page", "next", "task")
    }
    told = ", ".join(f"{name} {1000 * taken:.0f}" for name, taken in parts.items())
    board.add(
        f"open {count}",
        "s",
        [one["seconds"] for one in ours],
        Beside("SELECT count(*) FROM task", naive),
        target=1,
        note=f"of it, in ms: {told}",
    )
    board.add("memory with it open", "MB", [one["mb"] for one in ours])


def test_key_to_next_text(board: Board, data: Data, naive: sqlite3.Connection) -> None:
    lane = Lane(lambda: Project.open(data.copy(data.largest(), "worked")))
    try:
        person = lane.call(lambda project: project.sign_in(ANNA))
        desk = Desk(lane, person, DeskPanels(Plugins.load(safe_mode=True)))
        first = desk.fetch_next(QUEUE, None).result()
        assert first is not None
        desk.sit(first)

        def label() -> None:
            """Answer, submit, sit at the next: what one key does."""
            seat = desk.seat
            assert seat is not None
            desk.emit(seat.draft.value.with_answer("sentiment", "positive"), "Positive")
            assert desk.submit() == []
            loaded = desk.next_open().result()
            assert loaded is not None
            desk.sit(loaded)

        def look() -> None:
            """What happens while the person reads: all is written, the next is read."""
            desk.settle()
            desk.prefetch()
            desk.next_open().result()

        def update() -> None:
            naive.execute(
                "UPDATE texts SET answer='positive' WHERE id=(SELECT min(id) FROM texts "
                "WHERE answer IS NULL)"
            )
            naive.execute(
                "SELECT text FROM texts WHERE answer IS NULL ORDER BY id LIMIT 1"
            ).fetchone()

        beside = Beside("UPDATE, then SELECT the next", statistics.median(_ms(seconds(update, 9))))
        read = _ms(seconds(label, GESTURES, before=look))
        at = f"at {data.tasks:,} tasks"
        board.add(
            f"key to next text, at the desk, {at}", "ms", read, beside, *peers.NEXT_MS, target=30
        )
        board.add("  99 in 100", "ms", [_p99(read)])
        held = _ms(seconds(label, GESTURES, before=desk.prefetch))
        board.add("  with the key held down", "ms", held, beside, target=30)
        board.add("  99 in 100", "ms", [_p99(held)])

        def submit() -> None:
            seat = desk.seat
            assert seat is not None
            desk.emit(seat.draft.value.with_answer("sentiment", "neutral"), "Neutral")
            assert desk.submit() == []
            assert seat.writing is not None
            seat.writing.result()

        def go_on() -> None:
            loaded = desk.fetch_next(QUEUE, desk.seat.task if desk.seat else None).result()
            assert loaded is not None
            desk.sit(loaded)
            desk.settle()

        row = iter(range(1, 1000))

        def one_update() -> None:
            naive.execute("UPDATE texts SET answer='neutral' WHERE id=?", (next(row),))

        written = _ms(seconds(submit, GESTURES, before=go_on))
        plain = Beside(
            "one UPDATE, as safely written", statistics.median(_ms(seconds(one_update, 50)))
        )
        board.add(f"submit written, {at}", "ms", written, plain, target=50)
        board.add("  99 in 100", "ms", [_p99(written)], target=50)
    finally:
        lane.close()


def test_key_to_next_text_on_screen(board: Board, data: Data, tmp_path: Path) -> None:
    path = data.copy(data.largest(), "shown")
    project = Project.open(path)
    policy = msgspec.structs.replace(CONFIG.policy, auto_advance=True)
    config = msgspec.structs.replace(CONFIG, policy=policy)
    project.put_queue(QUEUE, config, panel="sentiment", title="Texts", by=ANNA)
    project.close()
    told = child("work_page", path, tmp_path, 60)
    at = f"at {data.tasks:,} tasks"
    shown = _ms(told["shown"])
    name = f"key to next text painted, Work page, {at}"
    board.add(name, "ms", shown, *peers.NEXT_MS, target=30)
    board.add("  99 in 100", "ms", [_p99(shown)])
    board.add("  longest hold of the UI thread", "ms", [max(_ms(told["held"]))])
    board.add(f"project to first text, Work page, {at}", "s", [told["opened"]], target=1)


def test_table(board: Board, data: Data, naive: sqlite3.Connection) -> None:
    project = Project.open(data.largest(), read_only=True)
    place = data.tasks * 9 // 10
    try:
        listing = project.query.listing()

        def page() -> None:
            assert len(listing.page(place, 60)) == 60

        def first_page() -> None:
            assert len(project.query.listing().page(place, 60)) == 60

        def offset() -> None:
            rows = naive.execute("SELECT key, text FROM texts LIMIT 60 OFFSET ?", (place,))
            assert len(rows.fetchall()) == 60

        def search() -> None:
            found = project.query.listing(search=RARE)
            while not found.find_more():
                pass

        def slices() -> None:
            found = project.query.listing(search=RARE)
            for _ in range(20):
                taken.extend(seconds(found.find_more, 1))

        def like() -> None:
            naive.execute("SELECT count(*) FROM texts WHERE text LIKE ?", (f"%{RARE}%",)).fetchone()

        beside = Beside("LIMIT 60 OFFSET, one table", statistics.median(_ms(seconds(offset, 5))))
        at = f"row {place:,} of the table"
        board.add(
            f"page at {at}, first jump", "ms", _ms(seconds(first_page, 5)), beside, *peers.PAGE_MS
        )
        board.add(f"page at {at}, again", "ms", _ms(seconds(page, 9)), beside)
        beside = Beside("LIKE over one table", statistics.median(_ms(seconds(like, 3))))
        board.add(f"search over {data.tasks:,} tasks", "ms", _ms(seconds(search, 3)), beside)
        taken: list[float] = []
        slices()
        board.add("  longest slice of it in the lane", "ms", [max(_ms(taken))], target=20)
        for name, text in SCANNED.items():

            def scan(text: str = text) -> None:
                found = project.query.listing(search=text)
                while not found.find_more():
                    pass

            board.add(f"  {name}", "ms", _ms(seconds(scan, 1)), note=text)
    finally:
        project.file.close()


ASKED = {
    "a key": "key:t0000123",
    "four words": RARE,
    "words in a row": '"Größe stimmt bread"',
    "a common word": "room",
    "a beginning": "br",
    "one letter": "b",
    "one letter of every key": "t",
    "all but one letter": "-b",
    "the beginning of a key": "key:t0",
    "a part of a word": "*owe*",
    "two words without a third": "room towel -bread",
    "status and label": "status:submitted label:praise",
    "status, person, answer": "status:submitted by:anna sentiment:positive",
    "two people or more": "people:>=2",
}
"""What a person writes, and what kind of question it is."""

SORTED = {
    "by key": "sort:key",
    "by status": "sort:status",
    "by people, most first": "sort:people:desc",
    "words by people": "room sort:people",
    "words by key": f"{RARE} sort:key",
    "by the last change": "sort:changed:desc",
}
"""The same, in another order."""

SCANNED = {
    "a key": "key:t0000123",
    "a person": "by:anna",
    "two people or more": "people:>=2",
    "a common word": "room",
    "a word nobody wrote": "zzyzx",
}
"""What is asked before there is an index."""


def _until(found: Listed, many: int) -> Listed:
    """Find that many, or all there are."""
    while found.total < many and not found.complete:
        found.find_more(0.0)
    return found


def test_index(board: Board, data: Data, tmp_path: Path) -> None:
    at = f"at {data.tasks:,} tasks"
    told = child("search_index", data.largest(), tmp_path)
    board.add(
        f"search index made, {at}",
        "s",
        [told["seconds"]],
        Beside("its CPU time", told["cpu"]),
        note=f"{told['slices']:,} slices",
    )
    board.add("  its size", "MB", [told["mb"]], Beside("the project", told["project_mb"]))
    board.add("  a slice in the lane, CPU, 99 in 100", "ms", [told["p99"]], target=20)
    board.add("  memory while it is made", "MB", [told["peak_mb"]])
    project = Project.open(data.largest(), read_only=True)
    index = Indexing(project.file, tmp_path)
    project.query.index = index
    try:
        for name, text in ASKED.items():

            def first(text: str = text) -> None:
                """What is on screen first."""
                _until(project.query.listing(search=text), 60).page(0, 60)

            found = project.query.listing(search=text)
            assert isinstance(found, IndexedListing)
            stretches = []
            while not found.complete:
                stretches += seconds(partial(found.find_more, 0.0), 1)
            board.add(
                f"search, {name}: first page, {at}",
                "ms",
                _ms(seconds(first, 7)),
                target=100,
                note=f"{text}: {found.total:,} tasks",
            )
            board.add("  all counted", "ms", [sum(_ms(stretches))])
            board.add("  its longest stretch in the lane", "ms", [max(_ms(stretches), default=0)])
            place = found.total * 9 // 10
            page = partial(found.page, place, 60)
            board.add("  page at nine tenths", "ms", _ms(seconds(page, 5)))
        for name, text in SORTED.items():

            def first_sorted(text: str = text) -> None:
                _until(project.query.listing(search=text), 60).page(0, 60)

            board.add(f"sorted {name}: first page, {at}", "ms", _ms(seconds(first_sorted, 3)))
    finally:
        index.close()
        project.file.close()
