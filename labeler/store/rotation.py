"""Backups that look after themselves: one a day, the last three days and the last four weeks kept."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from labeler.model.problems import Refusal
from labeler.store.copying import copy_to
from labeler.store.file import SQL_ERRORS, ProjectFile, open_file
from labeler.store.incoming import state_digest

__all__ = ["backups_in", "rotate", "to_keep"]

Progress = Callable[[int, int], None]
DAYS, WEEKS = 3, 4
_STAMP = "%Y%m%d-%H%M%S"


def to_keep(times: Iterable[datetime]) -> set[datetime]:
    """Which backups stay: the last one of each of the newest three days and four weeks (ISO, from
    Monday) that have one."""
    newest = sorted(times, reverse=True)
    days: dict[object, datetime] = {}
    weeks: dict[object, datetime] = {}
    for time in newest:
        days.setdefault(time.date(), time)
        weeks.setdefault(time.isocalendar()[:2], time)
    return {*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}


def backups_in(folder: Path, name: Path, project: bytes) -> dict[datetime, Path]:
    """The backups of this project (its file's name and uid) in a folder, the newest first."""
    pattern = re.compile(
        re.escape(f"{name.stem}-{project.hex()[:8]}-") + r"(\d{8}-\d{6})" + re.escape(name.suffix)
    )
    found = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        told = pattern.fullmatch(path.name)
        if told:
            with contextlib.suppress(ValueError):  # digits that are no time: not ours
                found[datetime.strptime(told[1], _STAMP).replace(tzinfo=UTC)] = path
    return dict(sorted(found.items(), reverse=True))


def rotate(
    file: ProjectFile,
    project: bytes,
    folder: Path,
    now: datetime,
    progress: Progress | None = None,
) -> Path | None:
    """Make a backup in a folder and let go of those that are not kept; None where nothing is new
    since the last one. Raises Refusal; then every backup is still there.

    Only files named as backups of this very project are ever removed, and only after the new one was
    opened and looked through.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    present = backups_in(folder, file.path, project)
    for newest in list(present.values())[:1]:
        if _state(newest, project) == state_digest(file):
            return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal.of("disk_error", str(folder), reason=error.strerror or "") from None
    name = f"{file.path.stem}-{project.hex()[:8]}-{now.strftime(_STAMP)}{file.path.suffix}"
    made = folder / name
    copy_to(file, project, made, progress)
    kept = to_keep([now, *present])
    for time, path in present.items():
        if time not in kept:
            with contextlib.suppress(OSError):  # it stays, and is tried again the next time
                path.unlink()
    return made


def _state(path: Path, project: bytes) -> bytes | None:
    """What a backup holds, or None where it does not read: then another one is wanted anyhow."""
    try:
        file = open_file(path, read_only=True, timeout=1)
    except Refusal:
        return None
    try:
        return state_digest(file) if file.meta("project") == project else None
    except (Refusal, *SQL_ERRORS, TypeError):
        return None
    finally:
        file.close()
