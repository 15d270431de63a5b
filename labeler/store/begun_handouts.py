"""Hand-outs that were begun and never ended: the program was killed between the note and the file.

The note that tasks are out must be in the project before the file is made, for the file carries it. So
that no task is held by nobody, the place of the file and the process that makes it are noted with it, as
a fact of this file, until the file is there. Whoever opens the project next to work, on that machine,
finds the fact: the file is there and the hand-out stands, or it is not and the tasks are taken back.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path, PureWindowsPath

import msgspec

from labeler.model.problems import Refusal
from labeler.store.bodies import AssignBody
from labeler.store.damage import Damaged, read_body
from labeler.store.file import ProjectFile, open_unlocked
from labeler.store.processes import is_alive, this_process

__all__ = ["Begun", "begin", "begun", "end"]

_FACT = "handing:"


class Begun(msgspec.Struct, frozen=True):
    """A hand-out whose file is being made: its id, who hands it out (handle), where the file is to be,
    the process that makes it."""

    handout: str
    by: str
    out: str
    host: str
    pid: int
    started: str

    @property
    def goes_on(self) -> bool:
        """Whether it may still be going on: nobody can know of another machine, nor asks a share.

        The fact may be a stranger's, and to ask a share is to tell it who asks.
        """
        shared = PureWindowsPath(self.out).drive.startswith("\\\\")
        return shared or is_alive(self.host, self.pid, self.started)

    def is_made(self, handout_fact: str) -> bool:
        """Whether the file is where it was to be; ``handout_fact`` is where it says what it is."""
        try:
            file = open_unlocked(Path(self.out))
        except Refusal:
            return False
        try:
            raw = file.meta(handout_fact)
            told = read_body(raw, AssignBody) if isinstance(raw, bytes) else None
            return told is not None and told.handout == self.handout
        except Refusal:
            return False
        finally:
            file.close()


def begin(connection: sqlite3.Connection, handout: str, by: str, out: Path) -> None:
    """Note that the file of a hand-out is going to be made, within the open transaction."""
    told = Begun(handout, by, str(out.absolute()), *this_process())
    value = msgspec.json.encode(told).decode()
    connection.execute("INSERT OR REPLACE INTO meta(k, v) VALUES(?,?)", (_FACT + handout, value))


def end(connection: sqlite3.Connection, handout: str) -> None:
    """The file is there, or the hand-out was recalled. Within the open transaction."""
    connection.execute("DELETE FROM meta WHERE k=?", (_FACT + handout,))


def begun(file: ProjectFile) -> list[Begun]:
    """The hand-outs of which nothing says that their file was made."""
    found = []
    for (value,) in file.rows("SELECT v FROM meta WHERE k>='handing:' AND k<'handing;'"):
        try:
            found.append(read_body(value, Begun))
        except Damaged:
            continue  # who wrote it knows more; the hand-out can be recalled by hand
    return found
