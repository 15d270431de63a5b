"""Taking ops in that were written elsewhere: in batches of at most half a second.

A batch is one transaction with all that belongs to it: the ops, the caches they change, the seals of
their strands, what did not verify, and the row of the log. A kill leaves the batches before it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator

from labeler.store.file import ProjectFile
from labeler.store.merge_log import log_merge
from labeler.store.op_rows import Verifier
from labeler.store.oplog import OpLog
from labeler.store.taking_batch import Batch, Counts, SetAside, Strand, Take, Todo

__all__ = ["Counts", "SetAside", "Strand", "Take", "Taking", "Todo", "conflict_count"]

_CACHE_KB = 32768
"""Memory for pages meanwhile: uids are hashes and so in no order, and their index is read all over."""


def conflict_count(file: ProjectFile) -> int:
    """How many entities are in conflict."""
    return int(file.row("SELECT count(*) FROM conflict")[0])


class Taking:
    """Takes in what comes from one source, named ``src`` in the log; with ``logged`` false the log
    is left alone."""

    def __init__(
        self, file: ProjectFile, log: OpLog, project: bytes, src: str, *, logged: bool = True
    ) -> None:
        self.file = file
        self.log = log
        self.project = project
        self.src = src
        self.counts = Counts()
        self._is_logged = logged
        self._logged: int | None = None
        self._verifier = Verifier(project)

    def run(self, todo: Todo, told: Callable[[], None]) -> None:
        """Write all of it, batch by batch; ``told`` is called after each. Raises Refusal."""
        with self._many_pages():
            for found in todo:
                if found is not None:
                    self._write(found, todo)
                told()

    def _write(self, found: Take | SetAside, todo: Todo) -> None:
        with self._unasked(), self.file.writing() as connection:
            batch = Batch(connection, self.log, self._verifier, self.project, self.src)
            batch.write(found, todo)
            before, added = self.counts, batch.counts
            counts = Counts(
                before.added + added.added,
                before.known + added.known,
                before.quarantined + added.quarantined,
            )
            self.write_log(connection, counts, b"", batch.ops, batch.set_aside)
        self.counts = counts

    @contextlib.contextmanager
    def _unasked(self) -> Iterator[None]:
        """In a batch SQLite does not look up what every row points to: all of it is made in the very
        same transaction. What people write between two batches it looks up as ever."""
        self.file.connection.execute("PRAGMA foreign_keys=OFF")
        try:
            yield
        finally:
            self.file.connection.execute("PRAGMA foreign_keys=ON")

    @contextlib.contextmanager
    def _many_pages(self) -> Iterator[None]:
        """While many rows are written SQLite keeps more pages in memory."""
        connection = self.file.connection
        usual: int = connection.execute("PRAGMA cache_size").fetchone()[0]
        if -_CACHE_KB < usual < 0:
            connection.execute(f"PRAGMA cache_size=-{_CACHE_KB}")
        try:
            yield
        finally:
            connection.execute(f"PRAGMA cache_size={usual}")

    def end(self, state: bytes, quarantined_before: int) -> None:
        """End the row of the log: all is in. ``state`` tells what the source held, and what was set
        aside after row ``quarantined_before`` without a batch belongs to it."""
        with self.file.writing() as connection:
            after = connection.execute("SELECT coalesce(max(id), 0) FROM quarantine").fetchone()[0]
            self.write_log(connection, self.counts, state, (1, 0), (quarantined_before + 1, after))

    def write_log(
        self,
        connection: sqlite3.Connection,
        counts: Counts,
        state: bytes,
        ops: tuple[int, int],
        set_aside: tuple[int, int],
    ) -> None:
        """Bring the row of the log up to date; ``state`` is empty until all is in."""
        if not self._is_logged:
            return
        number = log_merge(
            connection,
            self._logged,
            hlc=self.log.clock.now(),
            src=self.src,
            digest=state,
            counts=(counts.added, counts.known, conflict_count(self.file), counts.quarantined),
            ops=ops,
            set_aside=set_aside,
        )
        self._logged = number
