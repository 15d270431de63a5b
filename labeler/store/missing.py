"""What a recovered file lacks, in words: whose changes, made where, between which times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby

from labeler.model.problems import Problem
from labeler.store.file import ProjectFile
from labeler.store.salvage import StrandTold

__all__ = ["missing_of"]


def missing_of(
    file: ProjectFile, strands: Sequence[StrandTold], people: Mapping[int, bytes]
) -> Iterator[Problem]:
    """A problem for each run of ops that strands had without a gap and that are not here.

    What lies beyond a strand's first gap may never have been in the file (a hand-out has gaps), so
    nothing is said of it.
    """
    had: dict[bytes, StrandTold] = {}
    for told in strands:
        if told.uid not in had or told.have > had[told.uid].have:
            had[told.uid] = told
    for told in had.values():
        present = dict(
            file.rows(
                "SELECT seq, op.hlc FROM op JOIN strand ON strand.id=op.strand "
                "WHERE strand.uid=? AND seq<=?",
                (told.uid, told.have),
            )
        )
        gone = [seq for seq in range(1, told.have + 1) if seq not in present]
        for _, run in groupby(enumerate(gone), lambda pair: pair[1] - pair[0]):
            seqs = [seq for _, seq in run]
            yield Problem(
                "repair_missing",
                file.where,
                {
                    "count": len(seqs),
                    "person": _person(file, people.get(told.person)),
                    "device": told.device or "?",
                    "since": _time(present.get(seqs[0] - 1)),
                    "until": _time(present.get(seqs[-1] + 1, told.hlc)),
                },
            )


def _person(file: ProjectFile, uid: bytes | None) -> str:
    row = file.row(
        "SELECT coalesce(nullif(who.name, ''), who.handle) FROM person JOIN who ON who.id=person.id "
        "WHERE person.uid=?",
        (uid,),
    )
    return str(row[0]) if row else "?"


def _time(hlc: int | None) -> str:
    """A hybrid clock as a person reads it (UTC), or a question mark."""
    if hlc is None or not 0 < hlc >> 16 < 253_402_300_800_000:  # datetime ends with the year 9999
        return "?"
    return f"{datetime.fromtimestamp((hlc >> 16) / 1000, UTC):%Y-%m-%d %H:%M}"
