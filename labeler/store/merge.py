"""Merging: the union of two copies' ops. Nothing is dropped, nothing is overwritten.

What does not verify (a wrong hash, a body that is no body, the same strand and sequence with another
hash) goes to quarantine with its bytes; what a person had begun there comes along as draft ops.
Idempotent, commutative and associative by construction. Written in batches of at most half a second,
each complete in itself: a kill leaves a smaller merge, and merging again adds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from labeler.model.problems import Refusal
from labeler.store.file import ProjectFile
from labeler.store.incoming import open_incoming, state_digest
from labeler.store.lift import lifted
from labeler.store.merge_media import take_media
from labeler.store.op_rows import ReadOp, ops_at, sequences
from labeler.store.oplog import OpLog, OpRow
from labeler.store.redacting import is_redacted, withheld_of
from labeler.store.rows import MergeReport
from labeler.store.taking import SetAside, Strand, Take, Taking, Todo, conflict_count

__all__ = ["merge", "merge_from", "refuse_itself"]

Progress = Callable[[int, int], None]


def merge(
    file: ProjectFile,
    log: OpLog,
    project: bytes,
    other: Path,
    progress: Progress | None = None,
) -> MergeReport:
    """Take the ops of another copy of this project in. Raises Refusal; a kill leaves a smaller merge.

    The project itself, by whatever name or link, is refused: who names it meant another file.
    """
    refuse_itself(file.path, other)
    with open_incoming(other, project) as source:
        return merge_from(file, log, project, source, other.name, progress)


def refuse_itself(path: Path, other: Path) -> None:
    """Refuse a copy that is the project at ``path`` itself, by whatever name or link. Raises Refusal."""
    try:
        same = other.samefile(path)
    except OSError:
        return  # one of them is gone or cannot be looked at: whoever opens or writes it says so
    if same:
        raise Refusal.of("merge_itself", str(other))


def merge_from(
    file: ProjectFile,
    log: OpLog,
    project: bytes,
    source: ProjectFile,
    name: str,
    progress: Progress | None = None,
) -> MergeReport:
    """The same with a copy that ``open_incoming`` has opened, under its name in the log.

    ``progress`` is called between two transactions; what it raises ends the merge there.
    """
    return _Merge(file, log, project, source, name).run(progress)


class _Merge:
    """One merge while it runs."""

    def __init__(
        self, file: ProjectFile, log: OpLog, project: bytes, source: ProjectFile, src: str
    ) -> None:
        self.file = file
        self.log = log
        self.project = project
        self.source = source
        self.src = src
        self.taking = Taking(file, log, project, src)

    def run(self, progress: Progress | None) -> MergeReport:
        """Take everything in that is not here, then end the merge's row of the log."""
        total = self.source.row("SELECT count(*) FROM op")[0]
        state = state_digest(self.source)  # of now: what is written to it meanwhile may be left out

        def told() -> None:
            if progress is not None:
                counts = self.taking.counts
                progress(min(counts.added + counts.known + counts.quarantined, total), total)

        self.taking.run(self._todo(), told)
        before = self.file.row("SELECT coalesce(max(id), 0) FROM quarantine")[0]
        hlc = self.log.clock.now()
        counts = self.taking.counts
        counts.quarantined += take_media(self.file, self.source, self.project, self.src, hlc, told)
        self.taking.end(state, before)
        return MergeReport(
            counts.added, counts.known, conflict_count(self.file), counts.quarantined
        )

    # what is not here

    def _todo(self) -> Todo:
        """What the other copy has and this one has not; None now and then while it has nothing new."""
        for row in self.source.rows(
            "SELECT strand.id, strand.uid, coalesce(person.uid, x''), device, app, strand.hlc, have, "
            "last, seal FROM strand LEFT JOIN person ON person.id=strand.person ORDER BY strand.id"
        ):
            yield from self._missing(Strand(*row))
        for draft in lifted(self.source, self.project):
            if draft.op is None:
                yield SetAside(self.src, draft.why, draft.raw)
            else:
                op = draft.op
                strand = Strand(0, op.strand, op.person, draft.device, draft.app, op.hlc)
                if self._here(op.strand, op.seq) == op.hash:
                    self.taking.counts.known += 1
                else:
                    yield Take(strand, ReadOp(op))
        yield from self._their_quarantine()

    def _missing(self, strand: Strand) -> Iterator[Take | None]:
        """The ops of one strand that are not here, or are others here.

        Between full strands one seal proves all of them; a hand-out has gaps and is compared op by op.
        """
        mine = self.file.row("SELECT have, last, seal FROM strand WHERE uid=?", (strand.uid,))
        withheld = withheld_of(self.file, strand.uid)
        if mine is not None and mine == strand[6:9] and mine[0] == mine[1] and not withheld:
            self.taking.counts.known += strand.have
            return
        for theirs in sequences(self.source, strand.row):
            seqs = list(theirs)
            here = dict(
                self.file.rows(
                    "SELECT seq, h FROM op WHERE strand=(SELECT id FROM strand WHERE uid=?) "
                    "AND seq BETWEEN ? AND ?",
                    (strand.uid, seqs[0], seqs[-1]),
                )
            )
            new = [seq for seq in seqs if here.get(seq) != theirs[seq]]
            self.taking.counts.known += len(seqs) - len(new)
            for read in ops_at(self.source, strand.row, new):
                yield Take(strand, read)
            for read in ops_at(self.source, strand.row, [seq for seq in seqs if seq in withheld]):
                op = read.op
                if op.body is None or here.get(op.seq) != op.hash:
                    continue
                if not is_redacted(self.source, strand.row, op.seq):  # kept there, and no further
                    self.taking.counts.known -= 1  # it is known again when it was looked at
                    yield Take(strand, read)
            if not new:
                yield None

    def _here(self, strand: bytes, seq: int) -> bytes | None:
        row = self.file.row(
            "SELECT h FROM op WHERE strand=(SELECT id FROM strand WHERE uid=?) AND seq=?",
            (strand, seq),
        )
        return bytes(row[0]) if row else None

    def _their_quarantine(self) -> Iterator[SetAside]:
        """What the other copy set aside is kept here too, but for ops that are in order here."""
        for (number,) in self.source.rows("SELECT id FROM quarantine ORDER BY id"):
            row = self.source.row("SELECT src, why, raw FROM quarantine WHERE id=?", (number,))
            try:
                op = msgspec.msgpack.decode(row[2], type=OpRow)
            except (msgspec.DecodeError, UnicodeDecodeError):
                op = None  # no op, or none that could be read
            if op is None or self._here(op.strand, op.seq) != op.hash:
                yield SetAside(*row)
