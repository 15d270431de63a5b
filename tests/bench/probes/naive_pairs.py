"""Pairs as anybody would first: json and one table in, json out. ``naive_pairs.py TARGET JSONL OUT``."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from board import peak_mb
from told import tell, words


def rows(source: Path) -> Iterator[tuple[str, str, str, str, int]]:
    with source.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            yield row["id"], row["prompt"], *row["responses"], row["preference"]["strength"]


def main() -> None:
    path, source, target = map(Path, words())
    start = time.perf_counter()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE pairs(id TEXT, prompt TEXT, one TEXT, other TEXT, vote INT)")
    connection.executemany("INSERT INTO pairs VALUES(?,?,?,?,?)", rows(source))
    connection.commit()
    imported = time.perf_counter() - start
    start = time.perf_counter()
    with target.open("w", encoding="utf-8") as stream:
        for _, prompt, one, other, vote in connection.execute("SELECT * FROM pairs"):
            if vote:
                better, worse = (one, other) if vote < 0 else (other, one)
                row = {"prompt": prompt, "chosen": better, "rejected": worse}
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    exported = time.perf_counter() - start
    connection.close()
    tell(imported=imported, exported=exported, mb=peak_mb())


main()
