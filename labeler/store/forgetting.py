"""Steps of work that was submitted long ago, forgotten slice by slice.

They are undo and nothing else: what was submitted is an op, and stays. A draft keeps its steps while it
has work of its own, while a living process writes it, and while its annotation is in conflict or will be
when it is written again (its base is none of the heads any more). The pages go to what is written next;
SQLite gives none of them back to the disk, so a file is as large as it ever was, and no larger.
"""

from __future__ import annotations

from typing import NamedTuple

from labeler.store.damage import Damaged
from labeler.store.draft_places import DraftPlace, names_of
from labeler.store.heads import heads_of
from labeler.store.oplog import EntityKind
from labeler.store.redacting import Redacting

__all__ = ["Forgetting", "Forgotten"]

_DAYS_30 = 30 * 24 * 3600 * 1000 << 16
_DRAFTS = 50
"""Drafts that are looked at in one transaction."""
_STEPS = 5000
"""Steps after which a transaction takes no further draft."""


class Forgotten(NamedTuple):
    """How many drafts lost their steps in a slice, and where the next begins, None behind the last."""

    drafts: int
    after: DraftPlace | None


class Forgetting(Redacting):
    """Forgets the steps of submitted work that nobody touched for 30 days."""

    def forget_old_steps(self, after: DraftPlace | None = None) -> Forgotten:
        """Drop the steps of some drafts behind ``after``, in one short transaction. Raises Refusal."""
        before = self.log.clock.now() - _DAYS_30
        rows = self.file.rows(
            "SELECT task, person, layer, round, about FROM draft WHERE cursor=saved AND hlc<? "
            "AND (task, person, layer, round, about)>(?,?,?,?,?) "
            "ORDER BY task, person, layer, round, about LIMIT ?",
            (before, *(after or DraftPlace(-1, 0)), _DRAFTS),
        )
        found = [DraftPlace(*row) for row in rows]
        end = found[-1] if len(found) == _DRAFTS else None
        steps = drafts = 0
        with self.file.writing() as connection:
            for place in found:
                if steps >= _STEPS:
                    end = place._replace(about=place.about - 1)
                    break
                if self._may_go(place, before):
                    steps += self.drafts.drop(connection, place)
                    drafts += 1
        return Forgotten(drafts, end)

    def _may_go(self, place: DraftPlace, before: int) -> bool:
        """Whether nothing but an undo is in a draft; looked at within the open transaction."""
        row = self.drafts.at(place)
        if row is None or row.cursor != row.saved or row.hlc >= before:
            return False
        if self.drafts.is_written(place.task, place.person):
            return False
        try:
            uid = names_of(self.file, place).annotation
        except Damaged:
            return False  # a check tells of it
        ent = self.file.row("SELECT id FROM ent WHERE uid=?", (uid,))
        if ent is None:
            return row.base is None
        _, versions = heads_of(self.file.connection, ent[0], EntityKind.ANNOTATION)
        if not versions:
            return row.base is None
        return len(versions) == 1 and row.base in {op.hash for op in versions[0]}
