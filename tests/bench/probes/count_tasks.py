"""The least opening a project can cost: one count over its tasks. ``count_tasks.py PROJECT``."""

from __future__ import annotations

import sqlite3
import time

from told import tell, words

start = time.perf_counter()
connection = sqlite3.connect(words()[0])
connection.execute("SELECT count(*) FROM task").fetchone()
tell(seconds=time.perf_counter() - start)
