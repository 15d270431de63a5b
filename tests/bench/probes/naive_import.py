"""What anybody would write first: json.loads and executemany into one table. ``TARGET JSONL``."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from board import peak_mb
from told import tell, words


def rows(source: Path) -> Iterator[tuple[str, str]]:
    with source.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            yield row["id"], row["text"]


def main() -> None:
    target, source = map(Path, words())
    start = time.perf_counter()
    connection = sqlite3.connect(target)
    connection.execute(
        "CREATE TABLE texts(id INTEGER PRIMARY KEY, key TEXT, text TEXT, answer TEXT)"
    )
    connection.executemany("INSERT INTO texts(key, text) VALUES(?,?)", rows(source))
    connection.commit()
    connection.close()
    tell(seconds=time.perf_counter() - start, mb=peak_mb())


main()
