"""Repair: a new file of all that can still be proven in a damaged one. The damaged one is not touched.

Every page is read for itself, every op verified by its hash, every cache folded anew, drafts followed
to their value. What a good backup has is merged on top. What is missing then is said in words.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from labeler import __version__
from labeler.model.ids import digest
from labeler.model.problems import Problem, Refusal
from labeler.store import health
from labeler.store.beside import journal_of, refuse_strange_journal
from labeler.store.copying import making
from labeler.store.damage import Damaged
from labeler.store.draft_places import AT_PLACE, DraftPlace
from labeler.store.drafting import value_at_cursor
from labeler.store.drafts import Drafts
from labeler.store.file import ProjectFile, create_file, open_file, reading_plain
from labeler.store.guarding import OPENING_S, hurried
from labeler.store.merge import merge
from labeler.store.merge_log import quarantine_put
from labeler.store.merge_media import take_media, take_packed
from labeler.store.missing import missing_of
from labeler.store.oplog import OpLog
from labeler.store.salvage import Pages
from labeler.store.schema import APPLICATION_ID, FOLD_VERSION
from labeler.store.taking import Taking

__all__ = ["RepairReport", "repair"]

_PLACE = len(DraftPlace._fields)
"""The first columns of every row of a draft."""

Progress = Callable[[int, int], None]


class RepairReport(msgspec.Struct, frozen=True):
    """What a repair came to: ops recovered, ops added by the backup, rows set aside, drafts carried;
    and what is missing or wrong still, in words."""

    recovered: int
    from_backup: int
    set_aside: int
    drafts: int
    problems: tuple[Problem, ...]


def repair(
    damaged: Path, out: Path, backup: Path | None = None, progress: Progress | None = None
) -> RepairReport:
    """Make ``out`` of what can be proven in ``damaged``, and of ``backup`` where there is one.

    Raises Refusal: where nothing can be recovered, or ``out`` is there; and for a sound file of a
    newer version, of which this one would lose what it does not know.
    """
    _refuse_newer(damaged)
    with (
        tempfile.TemporaryDirectory(prefix="repair-") as folder,
        making(out) as made,
    ):
        source = _copy_of(damaged, Path(folder))
        known = [source] if backup is None else [source, _copy_of(backup, Path(folder) / "backup")]
        pages = Pages(Path(folder) / "scratch")
        try:
            return _Repair(damaged, out, pages, known, progress).run(made, backup)
        finally:
            pages.close()


def _refuse_newer(path: Path) -> None:
    """Refuse a newer version's file, unless it is damaged: its number may be what is damaged."""
    try:
        open_file(path, read_only=True).close()
    except Refusal as refusal:
        if refusal.problem.code != "file_newer":
            return  # damaged, or of no use; reading its pages tells which
        uri = path.absolute().as_uri() + "?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
            try:
                with hurried(connection, OPENING_S):  # of more tables than anybody makes it is slow
                    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
                damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            except sqlite3.Error:
                return
        if damage == "ok":
            raise


def _copy_of(path: Path, folder: Path) -> Path:
    """A copy to work on, taken while nobody writes, with what a killed program left taken back."""
    folder.mkdir(exist_ok=True)
    copy = folder / "copy"
    journal = journal_of(path)
    refuse_strange_journal(path)
    # POSIX drops the locks that are held on a file when any descriptor of it is closed: hold last.
    with reading_plain(path) as stream, contextlib.ExitStack() as stack, copy.open("wb") as made:
        _hold(path, stack)
        shutil.copyfileobj(stream, made)
        if journal.exists():
            shutil.copyfile(journal, copy.with_name("copy-journal"))
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        # Where the file is too far gone for that, its pages are read as they are.
        with contextlib.suppress(sqlite3.Error), hurried(connection, OPENING_S):
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return copy


def _hold(path: Path, stack: contextlib.ExitStack) -> None:
    """Keep others from writing while the file is copied, where SQLite can still open it."""
    with contextlib.suppress(sqlite3.Error):
        uri = path.absolute().as_uri() + "?mode=ro"
        connection = sqlite3.connect(uri, uri=True, timeout=10, isolation_level=None)
        stack.callback(connection.close)
        with hurried(connection, OPENING_S):
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _page_size(path: Path) -> int:
    """The size of a file's pages, by its head where that is whole, else the one our files have."""
    with path.open("rb") as stream:
        head = stream.read(100).ljust(100, b"\0")
    (size,) = struct.unpack(">H", head[16:18])
    (application,) = struct.unpack(">I", head[68:72])
    sound = head[:16] == b"SQLite format 3\0" and application == APPLICATION_ID
    return size if sound and size in (1 << n for n in range(9, 16)) else 4096


class _Repair:
    """One repair while it runs."""

    def __init__(
        self,
        damaged: Path,
        out: Path,
        pages: Pages,
        known: list[Path],
        progress: Progress | None,
    ) -> None:
        self.damaged = damaged
        self.out = out
        self.pages = pages
        self.known = known
        self.progress = progress
        self._done = 0
        sizes = [path.stat().st_size // _page_size(path) for path in known]
        self._total = sum(sizes) + sizes[0]

    def _told(self) -> None:
        self._done += 1
        if self.progress is not None and self._done % 100 == 0:
            self.progress(min(self._done, self._total), self._total)

    def run(self, made: Path, backup: Path | None) -> RepairReport:
        """Gather, verify, write, check."""
        for path in self.known:
            self.pages.gather(path, _page_size(path), self._told)
        file, log, project, taking = self._recovered(made)
        try:
            found = taking.counts.added
            drafts = self._drafts(file, log, project)
            self._media(file, project, log)
            added = 0
            if backup is not None:
                added = merge(file, log, project, backup).added
            told = [row for rows in self.pages.strands.values() for row in rows]
            wrong = [*missing_of(file, told, self.pages.people), *self._left(file, project)]
            # The new file has a name for the making only, which nobody is to be told.
            problems = [
                msgspec.structs.replace(one, where=str(self.out))
                if one.where == file.where
                else one
                for one in wrong
            ]
            aside = file.row("SELECT count(*) FROM quarantine")[0]
            return RepairReport(found, added, aside, drafts, tuple(problems))
        finally:
            file.close()

    def _recovered(self, made: Path) -> tuple[ProjectFile, OpLog, bytes, Taking]:
        """The new file with every op that verifies; the project is the one whose ops do."""
        src = self.damaged.name
        for project in sorted(self.pages.projects):
            facts = {"project": project, "fold": FOLD_VERSION, "made_by": __version__}
            file = create_file(made, facts)
            self._log(file)
            log = OpLog(file, project)
            taking = Taking(file, log, project, src)
            size = _page_size(self.known[0])
            self.pages.unread = 0
            taking.run(self.pages.ops(self.known[0], size, project, src), self._told)
            if taking.counts.added:
                taking.end(b"repair", file.row("SELECT coalesce(max(id), 0) FROM quarantine")[0])
                return file, log, project, taking
            file.close()
            made.unlink()
        raise Refusal.of("repair_nothing", str(self.damaged))

    def _log(self, file: ProjectFile) -> None:
        """Carry over what is known of earlier merges."""
        rows = self.pages.scratch.execute("SELECT * FROM merge_log ORDER BY id").fetchall()
        with file.writing() as connection:
            connection.executemany("INSERT INTO merge_log VALUES(?,?,?,?,?,?,?,?)", rows)

    def _drafts(self, file: ProjectFile, log: OpLog, project: bytes) -> int:
        """Carry the drafts over whose steps lead to a value; the rest is set aside as it is."""
        carried = 0
        drafts = Drafts(file, log)
        scratch = self.pages.scratch
        for row in scratch.execute(
            "SELECT * FROM draft ORDER BY task, person, layer, round, about"
        ).fetchall():
            key = row[:_PLACE]
            steps, checkpoints = (
                scratch.execute(
                    f"SELECT * FROM {table} WHERE {AT_PLACE} ORDER BY n", key
                ).fetchall()
                for table in ("step", "checkpoint")
            )
            why = self._carry(file, drafts, project, row, steps, checkpoints)
            carried += not why
            if why:
                kept = {"draft": row, "steps": steps, "checkpoints": checkpoints}
                raw = msgspec.msgpack.encode(kept)
                self._set_aside(file, log, f"a draft cannot be followed: {why}", raw)
        for src, why, raw, name in scratch.execute(
            "SELECT src, why, raw, digest FROM quarantine ORDER BY id"
        ).fetchall():
            with file.writing() as connection:
                quarantine_put(connection, src, why, raw, name, log.clock.now())
        return carried

    def _set_aside(self, file: ProjectFile, log: OpLog, why: str, raw: bytes) -> None:
        with file.writing() as connection:
            hlc = log.clock.now()
            quarantine_put(connection, self.damaged.name, why, raw, digest(raw), hlc)

    def _carry(
        self,
        file: ProjectFile,
        drafts: Drafts,
        project: bytes,
        row: tuple[object, ...],
        steps: list[tuple[object, ...]],
        checkpoints: list[tuple[object, ...]],
    ) -> str:
        """Write one draft with the numbers rows have in the new file; why it cannot be, or nothing."""
        place = self._place(file, DraftPlace(*row[:_PLACE]))  # type: ignore[arg-type]
        if place is None:
            return "its task or its person is not there"
        try:
            with file.writing() as connection:
                for step in steps:
                    n, parent, wrote, *rest = step[_PLACE:]
                    assert isinstance(wrote, int)
                    strand = self._strand(connection, wrote, place.person)
                    values = (*place, n, parent, strand, *rest)
                    connection.execute(f"INSERT INTO step VALUES({_marks(values)})", values)
                for checkpoint in checkpoints:
                    values = (*place, *checkpoint[_PLACE:])
                    connection.execute(f"INSERT INTO checkpoint VALUES({_marks(values)})", values)
                values = (*place, *row[_PLACE:])
                connection.execute(f"INSERT INTO draft VALUES({_marks(values)})", values)
                value_at_cursor(drafts.read(place))
        except Refusal as refusal:
            return refusal.problem.message
        return ""

    def _place(self, file: ProjectFile, old: DraftPlace) -> DraftPlace | None:
        """A place by the numbers rows have in the new file, or None where it has none."""
        people, entities = self.pages.people, self.pages.entities
        uids = [entities.get(row, (b"", 0))[0] for row in (old.task, old.about) if row]
        rows = [file.row("SELECT id FROM ent WHERE uid=?", (uid,)) for uid in uids]
        author = (people.get(old.person),)
        person = file.row("SELECT id FROM person WHERE uid=?", author)
        if person is None or None in rows:
            return None
        about = rows[1][0] if old.about else 0
        return DraftPlace(rows[0][0], person[0], old.layer, old.round, about)

    def _strand(self, connection: sqlite3.Connection, row: int, person: int) -> int:
        """The row of the strand that wrote a step, made where it wrote no op."""
        told = self.pages.strands.get(row)
        if not told:
            raise Damaged("the strand that wrote a step is not there")
        uid, device, app = told[0].uid, told[0].device, told[0].app
        connection.execute(
            "INSERT OR IGNORE INTO strand(uid, person, device, app, hlc) VALUES(?,?,?,?,0)",
            (uid, person, device, app),
        )
        found = connection.execute("SELECT id FROM strand WHERE uid=?", (uid,)).fetchone()
        return int(found[0])

    def _media(self, file: ProjectFile, project: bytes, log: OpLog) -> None:
        """Take in the bytes of media that lie on sound pages."""
        kept = ProjectFile(self.damaged, self.pages.scratch, read_only=True)
        take_media(file, kept, project, self.damaged.name, log.clock.now())
        for fact, told in self.pages.facts.items():
            if not fact.startswith("packed:") or take_packed(file, kept, project, told):
                with file.writing() as connection:
                    connection.execute("INSERT INTO meta(k, v) VALUES(?,?)", (fact, told))

    def _left(self, file: ProjectFile, project: bytes) -> list[Problem]:
        """What a check says of the new file; what was set aside is counted, not told one by one."""
        aside = file.row("SELECT count(*) FROM quarantine")[0]
        told = [one for one in health.problems_of(file, project) if one.code != health.SET_ASIDE]
        if aside:
            told.append(Problem("repair_set_aside", str(self.damaged), {"count": aside}))
        return told


def _marks(values: tuple[object, ...]) -> str:
    return ",".join("?" * len(values))
