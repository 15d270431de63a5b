"""A hundred thousand images come in by reference, some hundred megabytes of them by their bytes."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
from pathlib import Path

import peers
from board import PROBES, Beside, Board, child, seconds
from made import Data

RUNS = 3
SMALL, SMALL_BYTES = 100_000, 400
LARGE, LARGE_BYTES = 1_000, 200_000


def _folder(folder: Path, count: int, size: int) -> Path:
    chosen = random.Random(5)
    for number in range(count):
        file = folder / f"d{number % 100:02d}" / f"{number:06d}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(chosen.randbytes(size))
    return folder


def _import(data: Data, folder: Path, how: str, count: int) -> dict[str, float]:
    path = data.folder / "folder.labeler"
    path.unlink(missing_ok=True)
    exchange = PROBES.parents[1] / "unit" / "exchange"
    paths = os.pathsep.join(str(one) for one in (PROBES.parent, PROBES.parents[2], exchange))
    told = child("import_folder", path, folder, how, environment={"PYTHONPATH": paths})
    assert (told["tasks"], told["problems"]) == (count, 0)
    return told


def _naive(folder: Path, target: Path, *, whole: bool) -> None:
    """A row per file in one table: its path, its size, a hash of the whole, perhaps its bytes."""
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    connection.execute("CREATE TABLE files(path TEXT, size INTEGER, hash BLOB, data BLOB)")
    for place, _, names in os.walk(folder):
        rows = []
        for name in names:
            raw = (Path(place) / name).read_bytes()
            name_ = hashlib.blake2b(raw).digest()
            rows.append((f"{place}/{name}", len(raw), name_, raw if whole else None))
        connection.executemany("INSERT INTO files VALUES(?,?,?,?)", rows)
    connection.commit()
    connection.close()


def test_a_folder_by_reference(board: Board, data: Data, tmp_path: Path) -> None:
    folder = _folder(tmp_path / "photos", SMALL, SMALL_BYTES)
    ours = [_import(data, folder, "reference", SMALL) for _ in range(RUNS)]
    naive = seconds(lambda: _naive(folder, tmp_path / "naive.sqlite", whole=False), RUNS)
    board.add(
        f"import of {SMALL:,} images by reference",
        "s",
        [one["seconds"] for one in ours],
        Beside("read_bytes + executemany, one table", sorted(naive)[RUNS // 2]),
        *peers.FOLDER_S,
        target=5,
        note=f"of it {sorted(one['cpu'] for one in ours)[RUNS // 2]:.1f} s at work",
    )
    board.add(f"peak memory at {SMALL:,} images", "MB", [one["mb"] for one in ours])
    shutil.rmtree(tmp_path)


def test_a_folder_taken_in(board: Board, data: Data, tmp_path: Path) -> None:
    folder = _folder(tmp_path / "photos", LARGE, LARGE_BYTES)
    ours = [_import(data, folder, "embed", LARGE) for _ in range(RUNS)]
    naive = seconds(lambda: _naive(folder, tmp_path / "naive.sqlite", whole=True), RUNS)
    board.add(
        f"import of {LARGE:,} images with their bytes, {LARGE * LARGE_BYTES / 1e6:.0f} MB",
        "s",
        [one["seconds"] for one in ours],
        Beside("read_bytes + executemany, one table", sorted(naive)[RUNS // 2]),
    )
    shutil.rmtree(tmp_path)
