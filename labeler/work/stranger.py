"""A file from a stranger, opened first by a process of its own that has little memory and little time.

What a file says is bounded where it is read; this is for what nobody thought of. If that process ends
of the file, nothing but it ends.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import msgspec

from labeler.assets import APART, program
from labeler.media.bounds import cap_memory, cap_time
from labeler.model.problems import Refusal
from labeler.store import Project, schema
from labeler.store.file import look, open_file
from labeler.store.formats import Standing, standing
from labeler.store.incoming import open_as_it_is

__all__ = ["MEMORY_BYTES", "SECONDS", "look_apart", "look_here"]

SECONDS = 5.0
MEMORY_BYTES = 1 << 30
_START_S = 25.0
"""What a busy machine may take to start a process, beside the time that the file is given."""


class _Seen(msgspec.Struct):
    ok: bool = False


def look_apart(path: Path) -> None:
    """Let another process read what opening the project reads. Raises Refusal where that could not be
    done within a gibibyte and five seconds; what it merely refuses is not said here."""
    command = [*program(), APART, "look", str(path.absolute())]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS + _START_S,
            check=False,
        )
        seen = msgspec.json.decode(done.stdout, type=_Seen)
    except (subprocess.TimeoutExpired, msgspec.DecodeError):
        seen = _Seen()
    except OSError as error:
        raise Refusal.of("disk_error", str(path), reason=error.strerror or "") from None
    if not seen.ok:
        params = {"seconds": int(SECONDS), "memory": MEMORY_BYTES >> 20}
        raise Refusal.of("file_hostile", str(path), **params)


def look_here(path: Path) -> dict[str, Any]:
    """In that process: bound it, then read what the app reads when it opens a project.

    One of an older format is not brought up here: who opens it sees how far that is, and can cancel.
    """
    cap_memory(MEMORY_BYTES)
    cap_time(int(SECONDS))
    try:
        if standing(look(path), schema.FORMAT) is Standing.OLDER:
            open_file(path, read_only=True, older=True).close()
            return {"ok": True}
        with open_as_it_is(path) as file:
            project = Project(file)
            project.title  # noqa: B018 - it is read from an op
            project.people()
            project.query.counts()
            for queue in project.queues():
                next(project.pages(queue.name, 1), None)
    except Refusal:
        return {"ok": True}  # whoever opens it is refused in the same words
    return {"ok": True}
