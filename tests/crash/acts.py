"""What people do to a project, each as one act that a fault, a kill or a power cut may meet.

``prepare`` makes a folder in which every act can be done; an act tells how it is done, by the real
commands where there is one, and whether the folder shows it wholly done.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from labeler.cli.main import command_group, run
from labeler.exchange.templates import new_project
from labeler.model.codec import Codec
from labeler.model.problems import Problem
from labeler.model.regions import REGION_TYPES
from labeler.store import Project, schema
from labeler.store.begun_handouts import begun
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint
from labeler.store.file import look
from labeler.work.draft import Draft
from labeler.work.opening import open_in_place
from labeler.work.places import Place
from labeler.work.working_copy import WorkingCopy, give_back

__all__ = ["ACTS", "Act", "command", "ops_of", "prepare", "sound"]

GOLDEN = Path(__file__).parent.parent / "golden" / "0.1.labeler"
TASKS, MORE = 30, 40
HERE = Place("locks_off", "", "cifs", Problem("place_locks_off"))
SAID = b'{"answers":{"sentiment":"%b"}}'


def command(*words: object) -> int:
    """Run a command of the command line in this process; its exit code."""
    return run(command_group({}, "info"), [str(word) for word in words])


def _tasks(first: int, count: int) -> list[NewTask]:
    contents = [
        msgspec.json.encode({"text": f"text {n}, " + "word " * 40})
        for n in range(first, first + count)
    ]
    return [
        NewTask(f"k{first + n}", one, content_fingerprint(one)) for n, one in enumerate(contents)
    ]


def prepare(folder: Path) -> None:
    """Make the files: a project with a conflict, another copy of it, and what to import."""
    path, other = folder / "p.labeler", folder / "other.labeler"
    project = new_project(path, "sentiment", handle="ada")
    project.bulk("sentiment", by="ada").tasks(_tasks(0, TASKS))
    project.sign_in("anna")
    project.copy_to(other)
    copy = Project.open(other)
    for one, word in ((project, b"positive"), (copy, b"negative")):
        one.annotate(one.query.find("k0"), author="anna", value=SAID % word)
    project.merge(other)
    bulk = copy.bulk("sentiment", by="ben")
    added = bulk.tasks(_tasks(1000, MORE))
    bulk.annotations([NewAnnotation(one.uid, "work", "ben", SAID % b"neutral") for one in added])
    person = copy.sign_in("carla")
    row = copy.query.find("k1")
    draft = Draft(copy.open_draft(row, person), Codec(REGION_TYPES))
    draft.emit(draft.value.with_answer("sentiment", "neutral"), "Neutral")
    batch = draft.take_batch()
    assert batch is not None
    copy.write_steps(row, person, draft.row, batch.steps, batch.cursor, batch.saved)
    copy.file.close()
    (folder / "entity").write_text(project.conflicts()[0].entity)
    project.close()
    shutil.copyfile(other, folder / "mine.labeler")
    shutil.copyfile(path, folder / "worn.labeler")
    shutil.copyfile(GOLDEN, folder / "older.labeler")
    (folder / "value.json").write_bytes(SAID % b"neutral")
    (folder / "fine.json").write_bytes(SAID % b"positive")
    rows = [json.dumps({"id": f"n{n}", "text": f"row {n} " * 20}) for n in range(MORE)]
    (folder / "more.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


def ops_of(path: Path) -> set[bytes]:
    """The hashes of all ops of a file, which must be sound in every respect."""
    found: set[bytes] = sound(
        path, lambda project: {row[0] for row in project.file.rows("SELECT h FROM op")}
    )
    return found


def sound(path: Path, ask: Callable[[Project], Any]) -> Any:
    """Ask a project something; it must be sound."""
    project = Project.open(path)
    try:
        digest = blake2b(path.read_bytes()).digest()  # with what a kill left behind taken back
        if digest not in _SOUND:
            problems = project.check()
            assert problems == [], [str(one) for one in problems]
            _SOUND.add(digest)
        return ask(project)
    finally:
        project.file.close()


_SOUND: set[bytes] = set()
"""Digests of what was found sound in this process: the same bytes are not looked through twice."""


def _annotated(project: Project) -> bool:
    found = project.task(project.query.find("k2")).annotations
    return [(one.author, one.value) for one in found] == [("anna", SAID % b"neutral")]


def _imported(project: Project) -> bool:
    keys = {row[0] for row in project.file.rows("SELECT key FROM task")}
    return keys >= {f"n{number}" for number in range(MORE)}


def _backups(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob("[!.]*")) if (folder / "backups").is_dir() else []


def _rotate(folder: Path) -> int:
    def call() -> int:
        project = Project.open(folder / "p.labeler")
        try:
            project.rotate_backups(folder / "backups")
        finally:
            project.file.close()
        return 0

    return _guarded(call)


def _give_back(folder: Path) -> int:
    """Put the shared file's successor in its place, as where locks do not reach other machines."""

    def call() -> int:
        copy = WorkingCopy(folder / "mine.labeler", folder / "p.labeler", "")
        give_back(copy, where=lambda _: HERE)
        return 0

    return _guarded(call)


def _given_back(folder: Path) -> bool:
    return ops_of(folder / "p.labeler") >= ops_of(folder / "mine.labeler")


def _bring_up(folder: Path) -> int:
    """Open the older file to write."""
    words = ("annotate", folder / "older.labeler", "latin", "--by", "zoe")
    return command(*words, "--value", folder / "fine.json")


def _guarded(call: Callable[[], int]) -> int:
    from labeler.cli.failures import guarded

    return guarded(call)


def _is_whole(folder: Path, name: str) -> bool:
    """Whether an output is there; then it holds all that its project held at the beginning."""
    out = folder / name
    if not out.exists():
        return False
    assert ops_of(out) >= ops_of(folder / "worn.labeler")
    return True


def _repaired(folder: Path) -> bool:
    out = folder / "mended.labeler"
    if not out.exists():
        return False
    assert ops_of(out) == ops_of(folder / "worn.labeler")
    return True


def _handed_out(folder: Path) -> bool:
    """The tasks are out and their file is there, or neither; a kill in between ends well by itself."""
    out = folder / "out.labeler"
    project = open_in_place(folder / "p.labeler")
    held = {one.id for one in project.handouts() if not one.recalled}
    waits = {one.handout for one in begun(project.file)}  # of a program that lives: this one
    project.file.close()
    if not out.exists():
        assert held <= waits
        return False
    (row,) = sound(out, lambda project: project.handouts())
    assert sound(out, lambda project: project.query.counts()["tasks"]) == row.tasks == 5
    known = sound(folder / "p.labeler", lambda project: project.handouts())
    return (row.id, "anna", 0) in [(one.id, one.person, one.recalled) for one in known]


def _is_brought_up(folder: Path) -> bool:
    path = folder / "older.labeler"
    found = look(path)  # before anything opens it, which would bring it up
    assert ops_of(path) >= ops_of_golden()
    return found == schema.FORMAT


def ops_of_golden() -> set[bytes]:
    """The hashes of all ops of the golden file, as SQLite itself reads them."""
    import sqlite3

    connection = sqlite3.connect(f"{GOLDEN.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return {row[0] for row in connection.execute("SELECT h FROM op")}
    finally:
        connection.close()


class Act(NamedTuple):
    """How it is done in a folder (an exit code), and whether the folder shows it wholly done."""

    do: Callable[[Path], int]
    done: Callable[[Path], bool]


def _project(ask: Callable[[Project], bool]) -> Callable[[Path], bool]:
    return lambda folder: bool(sound(folder / "p.labeler", ask))


ACTS: dict[str, Act] = {
    "annotate": Act(
        lambda folder: command(
            *("annotate", folder / "p.labeler", "k2", "--by", "anna"),
            *("--value", folder / "value.json"),
        ),
        _project(_annotated),
    ),
    "import": Act(
        lambda folder: command(
            *("import", folder / "p.labeler", folder / "more.jsonl", "--format", "text-jsonl"),
            *("--by", "ada"),
        ),
        _project(_imported),
    ),
    "merge": Act(
        lambda folder: command("merge", folder / "p.labeler", folder / "other.labeler"),
        lambda folder: ops_of(folder / "p.labeler") >= ops_of(folder / "other.labeler"),
    ),
    "give_back": Act(_give_back, _given_back),
    "handout": Act(
        lambda folder: command(
            *("handout", folder / "p.labeler", folder / "out.labeler", "--to", "anna"),
            *("--count", 5, "--by", "ada"),
        ),
        _handed_out,
    ),
    "settle": Act(
        lambda folder: command(
            *("settle", folder / "p.labeler", (folder / "entity").read_text(), "--by", "ada"),
            *("--value", folder / "value.json"),
        ),
        _project(lambda project: not project.conflicts()),
    ),
    "backup": Act(
        lambda folder: command("backup", folder / "p.labeler", folder / "copy.labeler"),
        lambda folder: _is_whole(folder, "copy.labeler"),
    ),
    "rotate": Act(
        _rotate,
        lambda folder: (
            bool(_backups(folder))
            and all(_is_whole(folder, f"backups/{one.name}") for one in _backups(folder))
        ),
    ),
    "repair": Act(
        lambda folder: command("repair", folder / "worn.labeler", folder / "mended.labeler"),
        _repaired,
    ),
    "migrate": Act(_bring_up, _is_brought_up),
}
