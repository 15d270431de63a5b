"""What Home remembers of projects that are not open: how far they are, and where one was in each.

Kept beside the settings, per machine. Opening a file only to look at it would touch files another
program may hold; so a note is written while a project is open, and is known to be old where the file
changed since.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

__all__ = ["Note", "NoteBook", "Place", "Stamp", "stamp_of"]

_MOST = 40


class Stamp(msgspec.Struct, frozen=True):
    """Size (bytes) and time of the last change (nanoseconds) of a file: what tells that it changed."""

    size: int = 0
    changed: int = 0


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the person was in a project: the task by id and key, its place in its queue from 1.

    ``regions`` and ``answers`` count what the person's own value holds, ``predictions`` the models'
    values there are to look at. ``total`` is how many tasks the queue has.
    """

    task: str
    key: str
    queue: str
    panel: str
    position: int
    total: int
    status: str
    regions: int = 0
    answers: int = 0
    predictions: int = 0


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was so in a project when its file had this stamp."""

    path: str
    uid: str = ""
    title: str = ""
    queues: int = 0
    tasks: int = 0
    done: int = 0
    conflicts: int = 0
    stamp: Stamp = Stamp()
    place: Place | None = None


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file, or None where there is none in reach."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Stamp(found.st_size, found.st_mtime_ns)


class NoteBook:
    """The notes of one machine, by path; written as a whole through a temporary file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._notes = self._read()

    def _read(self) -> dict[str, Note]:
        try:
            notes = msgspec.json.decode(self.path.read_bytes(), type=list[Note])
        except (OSError, msgspec.DecodeError):
            # They are a convenience: what cannot be read is written anew as projects are opened.
            return {}
        return {note.path: note for note in notes}

    @property
    def notes(self) -> Mapping[str, Note]:
        """Every note by its path."""
        return self._notes

    def get(self, path: str) -> Note | None:
        """The note on the project in this file, or None."""
        return self._notes.get(path)

    def put(self, note: Note) -> bool:
        """Take a note, the newest last; False where the disk refuses to keep it."""
        if self._notes.get(note.path) == note:
            return True
        self._notes.pop(note.path, None)
        self._notes[note.path] = note
        while len(self._notes) > _MOST:
            del self._notes[next(iter(self._notes))]
        return self._write()

    def _write(self) -> bool:
        beside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(msgspec.json.encode(list(self._notes.values())))
            beside.replace(self.path)
        except OSError:
            return False
        return True
