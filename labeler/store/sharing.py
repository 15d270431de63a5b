"""What an open project does with other copies of it: take them in, tell what came and what did not."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from labeler.model.ids import annotation_uid
from labeler.store import merge_log
from labeler.store.damage import refuses_damage
from labeler.store.file import ProjectFile
from labeler.store.forgetting import Forgetting
from labeler.store.live_drafts import LiveDraft, adopt, is_left, leave, live_drafts
from labeler.store.merge import merge, merge_from
from labeler.store.merge_log import MergedChange, MergeRow, QuarantineRow
from labeler.store.oplog import latest_believed
from labeler.store.rows import MergeReport, Person, TaskRow
from labeler.store.siblings import Sibling, siblings_beside

__all__ = ["Sharing", "WrongClock"]

Progress = Callable[[int, int], None]


class WrongClock(msgspec.Struct, frozen=True):
    """A strand from a machine whose clock is more than a day ahead of ours: which machine, whose
    work, and by how many hours it is ahead."""

    strand: str
    device: str
    by: str
    hours: int


class Sharing(Forgetting):
    """Merges copies and opens what merges left: their log, quarantine, drafts that came along."""

    @refuses_damage
    def merge(self, other: Path, progress: Progress | None = None) -> MergeReport:
        """Take another copy of this project in: union, with what does not verify in quarantine."""
        return merge(self.file, self.log, self.uid, other, progress)

    @refuses_damage
    def merge_from(
        self, source: ProjectFile, name: str, progress: Progress | None = None
    ) -> MergeReport:
        """The same with a copy that ``open_incoming`` opened, maybe in another thread.

        ``progress`` is called between two transactions; what it raises ends the merge there, and what
        is in stays.
        """
        return merge_from(self.file, self.log, self.uid, source, name, progress)

    def merges(self) -> list[MergeRow]:
        """The merges into this file, the newest first."""
        return merge_log.merges(self.file)

    @refuses_damage
    def merged(self, number: int, after: int = 0, limit: int = 500) -> list[MergedChange]:
        """What a merge added, page by page; ``after`` is the ``row`` the page before ended with."""
        return merge_log.merged_changes(self.file, number, after, limit)

    @refuses_damage
    def quarantine(self, merge: int | None = None) -> list[QuarantineRow]:
        """What was set aside, by all merges or by one, the newest first."""
        return merge_log.quarantine(self.file, merge)

    def quarantined_bytes(self, number: int) -> bytes:
        """The bytes of something set aside."""
        return merge_log.quarantined_bytes(self.file, number)

    @refuses_damage
    def drafts_along(self, task: TaskRow) -> list[LiveDraft]:
        """Unfinished work on a task that came with copies or was left, the newest first."""
        task_uid = bytes.fromhex(task.id)
        # A round begins where the one before it has an annotation, which comes along with the draft.
        row = self.file.row("SELECT max(round) FROM ann WHERE task=?", (task.row,))
        found: list[LiveDraft] = []
        for (person,) in self.file.rows("SELECT uid FROM person ORDER BY id"):
            for round_ in range((row[0] or 0) + 2):
                uid = annotation_uid(task_uid, "work", person.hex(), round_)
                ent = self.file.row("SELECT id FROM ent WHERE uid=?", (uid,))
                if ent is not None:
                    found += live_drafts(self.file.connection, ent[0])
        return sorted(found, key=lambda one: (-one.hlc, one.op))

    def drafts_offered(self, task: TaskRow, person: Person, round_: int = 0) -> list[LiveDraft]:
        """The person's own unfinished work on a task that came along and was neither taken over nor
        left, the newest first."""
        return [
            one
            for one in self.drafts_along(task)
            if (one.author, one.round) == (person.uid, round_)
            and not is_left(self.file.connection, one.op)
        ]

    @refuses_damage
    def adopt_draft(self, task: TaskRow, person: Person, draft: LiveDraft) -> None:
        """Say that the person's draft goes on from one that came along: what is written of it from now
        on retires that one wherever it goes."""
        with self.file.writing() as connection:
            adopt(connection, self._place(task.row, person, round_=draft.round), draft)

    def leave_draft(self, draft: LiveDraft) -> None:
        """Offer a draft that came along no more. It stays in the file."""
        with self.file.writing() as connection:
            leave(connection, draft.op)

    def siblings(self) -> list[Sibling]:
        """Other copies of this project that lie beside it."""
        return siblings_beside(self.file.path, self.uid, self.merged_states())

    def merged_states(self) -> frozenset[bytes]:
        """What the copies held that were merged whole: digests to know them by."""
        rows = self.file.rows("SELECT digest FROM merge_log WHERE digest<>x''")
        return frozenset(row[0] for row in rows)

    def wrong_clocks(self) -> list[WrongClock]:
        """Strands whose clock is more than a day ahead; ours is never set by them."""
        now = time.time_ns() // 1_000_000
        return [
            WrongClock(row[0].hex(), row[1], row[2], ((row[3] >> 16) - now) // 3_600_000)
            for row in self.file.rows(
                "SELECT strand.uid, device, coalesce(who.handle, lower(hex(person.uid))), "
                "strand.hlc FROM strand JOIN person ON person.id=strand.person "
                "LEFT JOIN who ON who.id=strand.person WHERE strand.hlc>? ORDER BY strand.id",
                (latest_believed(),),
            )
        ]
