"""A copy with a hundred thousand new ops comes home, and is checked."""

from __future__ import annotations

import sqlite3
import statistics
from pathlib import Path

from board import Beside, Board, seconds
from made import Data

from labeler.store import Project

RUNS = 3


def _union(target: Path, other: Path) -> None:
    """The ops alone, neither verified nor folded: the least a union can cost."""
    source = sqlite3.connect(other)
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA synchronous=EXTRA")
    present = {row[0] for row in connection.execute("SELECT h FROM op")}
    strands = dict(source.execute("SELECT id, id + 1000 FROM strand"))
    rows = source.execute(
        "SELECT strand, seq, hlc, person, kind, ent, parents, salt, enc, body, h FROM op"
    )
    connection.executemany(
        "INSERT INTO op(strand, seq, hlc, person, kind, ent, parents, salt, enc, body, h) "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?)",
        ((strands[row[0]], *row[1:]) for row in rows if row[-1] not in present),
    )
    connection.commit()
    source.close()
    connection.close()


def test_merge_and_check(board: Board, data: Data) -> None:
    count = 100_000 if board.size == "full" else 8_000
    one, other = data.pair(count)

    def copy() -> None:
        data.copy(one, "merged")

    def merge() -> None:
        project = Project.open(data.folder / "merged.labeler")
        report = project.merge(other)
        assert report.added >= count
        project.file.close()

    def again() -> None:
        project = Project.open(data.folder / "merged.labeler")
        assert project.merge(other).added == 0
        project.file.close()

    def check() -> None:
        project = Project.open(data.folder / "merged.labeler")
        assert project.check() == []
        project.file.close()

    def integrity() -> None:
        connection = sqlite3.connect(data.folder / "merged.labeler")
        connection.execute("PRAGMA integrity_check").fetchall()
        connection.close()

    plain = statistics.median(
        seconds(lambda: _union(data.folder / "merged.labeler", other), RUNS, before=copy)
    )
    taken = seconds(merge, RUNS, before=copy)
    rate = count / statistics.median(taken)
    board.add(
        f"merge of a copy with {count:,} new ops",
        "s",
        taken,
        Beside("their rows copied, nothing verified", plain),
        target=3.0 if count == 100_000 else None,
        note=f"{rate:,.0f} ops/s",
    )
    board.add("  the same once more: nothing new", "s", seconds(again, RUNS), target=0.3)
    sound = statistics.median(seconds(integrity, RUNS))
    board.add("  check of it", "s", seconds(check, RUNS), Beside("PRAGMA integrity_check", sound))
