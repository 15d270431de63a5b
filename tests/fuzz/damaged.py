"""Damages project files by the dozen and does with each whatever a program does with a project.

Run as ``damaged.py MADE FOLDER FIRST LAST``: files FIRST to LAST, the number is the seed; or with
``bomb``: a file whose body claims to be terabytes. The process has a gibibyte of memory. Anything but
a Refusal ends it with a traceback that names the number.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from labeler.model.codec import Codec
from labeler.model.content import MediaRef
from labeler.model.problems import Refusal
from labeler.model.queue import read_config
from labeler.model.regions import REGION_TYPES, Span
from labeler.store import AnnotationRow, Person, Project, TaskRow
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint
from labeler.store.media_rows import BlobPart, NewMedium
from labeler.work.asks import here as asks_here
from labeler.work.draft import Draft
from labeler.work.media import MediaOpener
from labeler.work.media_roots import MediaRoots

__all__ = ["KEYS", "Served", "little_memory", "make_project", "served", "touch_everything"]

T = TypeVar("T")
CONFIG = b"""{"labels": [{"id": "cat"}], "guideline": "# 1 Read",
 "questions": [{"id": "q", "kind": "choice", "choices": [{"id": "a"}, {"id": "b"}]},
               {"id": "note", "kind": "text"}]}"""
KEYS = [f"k{number}" for number in range(22)]
LONGEST_S = 5.0
MEMORY = 1 << 30
_CODEC = Codec(REGION_TYPES)


# --------------------------------------------------------------------------------- a sound project


def _task(chosen: random.Random, number: int, length: int) -> NewTask:
    text = "".join(chosen.choice("abcdefgh ijk") for _ in range(length))
    content = msgspec.json.encode({"text": text})
    return NewTask(f"k{number}", content, content_fingerprint(content), meta=b'{"m":1}')


def make_project(path: Path) -> Path:
    """Queues, people, a model; small, packed and large tasks; predictions, a conflict, long drafts."""
    project = Project.create(path, title="Fuzz", handle="anna", name="Anna")
    project.put_queue("texts", read_config(CONFIG), panel="sentiment", by="anna")
    project.put_queue("more", read_config(CONFIG), panel="boxes", by="anna")
    chosen = random.Random(1)
    sizes = [60] * 20 + [3000, 90_000]
    bulk = project.bulk("texts", by="anna")
    added = bulk.tasks([_task(chosen, number, size) for number, size in enumerate(sizes)])
    bulk.tasks([NewTask("not-here-yet", b"", b"")])
    raw = chosen.randbytes(5000)
    name = blake2b(raw, digest_size=32).digest()
    project.media.put_parts([BlobPart(name, 0, raw)])
    taken_in = NewMedium("root", "in.png", len(raw), "image/png", b"f" * 16, name)
    bulk.add([_task(chosen, 99, 60)], [taken_in])
    project.sign_in("m1", kind="model")
    project.sign_in("ben")
    value = b'{"answers":{"q":"b"},"regions":[{"id":"r","type":"span","start":0,"end":3}]}'
    bulk.annotations(
        [NewAnnotation(one.uid, "prediction", "m1", value, context=b'{"score":1}') for one in added]
    )
    bulk.annotations([NewAnnotation(one.uid, "work", "ben", value) for one in added[:5]])
    project.put_medium("root", "a/b.png", size=3, mime="image/png", by="anna")
    row = project.query.find("k0")
    project.annotate(row, author="ben", value=b'{"answers":{"q":"a"}}', parents=[])
    anna = project.sign_in("anna")
    for key in ("k1", "k2"):
        row = project.query.find(key)
        draft = Draft(project.open_draft(row, anna), _CODEC)
        for length in range(30):
            draft.emit(draft.value.with_answer("note", "x" * (10 * length)), "Write")
        draft.emit(draft.value.with_region(Span(id="s", start=0, end=2)), "Mark")
        batch = draft.take_batch()
        assert batch is not None
        state = {"scroll": 3}
        project.write_steps(
            row, anna, draft.row, batch.steps, batch.cursor, batch.saved, state=state
        )
    project.file.close()
    return path


# -------------------------------------------------------------------------------------- what it says


@dataclass(frozen=True)
class ServedTask:
    """A task as a program sees it."""

    id: str
    content: bytes
    meta: object
    annotations: tuple[AnnotationRow, ...]


@dataclass(frozen=True)
class Served:
    """What a project says of everything that ops carry."""

    tasks: dict[str, ServedTask]
    people: tuple[Person, ...]
    queues: tuple[object, ...]


def served(project: Project) -> Served:
    """Read everything. Raises Refusal."""
    tasks = {
        full.row.key: ServedTask(full.row.id, full.content, full.meta, full.annotations)
        for page in project.pages()
        for full in page
    }
    queues = tuple((queue.name, queue.panel, queue.config) for queue in project.queues())
    return Served(tasks, tuple(project.people()), queues)


def _unless_refused(call: Callable[[], T]) -> T | None:
    """What a call returns; None where it is refused, in one line, in good time."""
    start = time.process_time()
    try:
        return call()
    except Refusal as refusal:
        if len(str(refusal).splitlines()) != 1:
            raise AssertionError(f"not one line: {refusal}") from refusal
        return None
    finally:
        taken = time.process_time() - start
        assert taken < LONGEST_S, f"it took {taken:.1f} s"


def _walk(project: Project, row: TaskRow, person: Person) -> None:
    found = project.open_draft(row, person)
    draft = Draft(found, _CODEC, lambda number: project.steps_before(row, person, number))
    while draft.undo() is not None:
        pass
    while draft.redo() is not None:
        pass
    draft.emit(draft.value.with_answer("note", "after"), "Write")
    batch = draft.take_batch()
    assert batch is not None
    project.write_steps(row, person, draft.row, batch.steps, batch.cursor, batch.saved)


def _work(project: Project, person: Person) -> Iterator[Callable[[], object]]:
    query = project.query
    yield lambda: query.next_open("texts", bytes.fromhex(person.uid))
    yield lambda: project.latest_gesture(person)
    yield lambda: query.at("texts", 3)
    for key in ("k0", "k1", "k2", "k5"):
        row = _unless_refused(partial(query.find, key, "texts"))
        if row is None:
            continue
        yield partial(query.position, row)
        yield partial(query.neighbour, row, forward=True)
        yield partial(_walk, project, row, person)
        yield partial(project.annotate, row, author="anna", value=b'{"answers":{"q":"a"}}')


def _reads(project: Project) -> Iterator[Callable[[], object]]:
    query = project.query
    yield lambda: project.title
    yield query.counts
    yield project.media_roots
    yield lambda: [project.media.find("root", path) for path in ("a/b.png", "in.png")]
    yield lambda: project.media.some_under("root", 9)
    yield lambda: _medium(project, "in.png")
    yield lambda: query.listing().page(0, 50)
    yield lambda: query.listing("texts").place_of(3)
    yield lambda: query.page(search="ab")
    yield lambda: query.page(status="drafted")
    yield lambda: [
        query.versions(one.entity) for one in project.conflicts() if one.kind == "annotation"
    ]
    yield lambda: [
        (project.origin(one), project.history(one.entity)) for one in project.conflicts()[:20]
    ]


def _medium(project: Project, path: str) -> bytes:
    """The bytes of a medium, as an editor gets them."""
    opener = MediaOpener(asks_here(project), project.uid.hex(), project.path, MediaRoots())
    with opener.open(MediaRef(path=path, root="root", embedded=True)) as stream:
        try:
            return stream.read()
        except OSError:  # what a reader of files expects
            return b""


def touch_everything(path: Path, sound: Path) -> tuple[str, Served | None]:
    """Open it and do whatever can be done; anything but a Refusal is raised.

    Returns whether it was ``refused``, ``told`` by a check, or found ``sound``, and what it serves.
    """
    project = _unless_refused(lambda: Project.open(path, timeout=1))
    if project is None:
        return "refused", None
    try:
        found = _unless_refused(lambda: served(project))
        problems = _unless_refused(project.check)
        for read in _reads(project):
            _unless_refused(read)
        person = _unless_refused(lambda: project.sign_in("anna"))
        if person is not None:
            for deed in _work(project, person):
                _unless_refused(deed)
        new = NewTask("new", b'{"text":"n"}', bytes(16))
        _unless_refused(lambda: project.bulk("texts", by="anna").tasks([new]))
        _unless_refused(lambda: project.merge(sound))
        copy = path.with_name("copy.labeler")
        _unless_refused(lambda: project.copy_to(copy))
        copy.unlink(missing_ok=True)
        _unless_refused(project.close)
    finally:
        project.file.close()
    return ("sound" if problems == [] else "told"), found


# ----------------------------------------------------------------------------------------- damage


def damage(raw: bytes, chosen: random.Random) -> bytes:
    """The bytes with one bit, one byte or a stretch changed, or cut off."""
    damaged = bytearray(raw)
    at = chosen.randrange(len(damaged))
    match chosen.choice(("bit", "bit", "bit", "byte", "zeros", "noise", "moved", "cut")):
        case "bit":
            damaged[at] ^= 1 << chosen.randrange(8)
        case "byte":
            damaged[at] = chosen.randrange(256)
        case "zeros":
            end = min(len(damaged), at + chosen.choice((16, 512, 4096)))
            damaged[at:end] = bytes(end - at)
        case "noise":
            end = min(len(damaged), at + chosen.choice((4, 64, 1024)))
            damaged[at:end] = chosen.randbytes(end - at)
        case "moved":
            page, other = (4096 * chosen.randrange(len(raw) // 4096) for _ in range(2))
            damaged[page : page + 4096] = raw[other : other + 4096]
        case "cut":
            del damaged[at:]
    return bytes(damaged)


def one_file(number: int, made: Path, folder: Path, truth: Served) -> str:
    """Damage the file by this seed and see what becomes of it, and of a sound one it is merged into."""
    raw = damage(made.read_bytes(), random.Random(number))
    path, mine = folder / "damaged.labeler", folder / "mine.labeler"
    path.write_bytes(raw)
    outcome, found = touch_everything(path, made)
    if outcome == "sound":
        assert found == truth, "a check finds nothing, and another content is served"
    path.write_bytes(raw)
    shutil.copyfile(made, mine)
    project = Project.open(mine)
    try:
        _unless_refused(lambda: project.merge(path))
        left = [str(one) for one in project.check() if one.code != "change_set_aside"]
        assert left == [], left
        after = served(project)
        assert after.people == truth.people
        for key, task in truth.tasks.items():
            assert after.tasks[key] == task, key
    finally:
        project.file.close()
    for name in ("damaged.labeler", "damaged.labeler-journal", "mine.labeler"):
        (folder / name).unlink(missing_ok=True)
    return outcome


def _packed_zeros(times: int) -> bytes:
    """So many times 16 MiB of zeros as zlib packs them, without packing more than 32.

    After a full flush equal data is packed to equal bytes. Of zeros alone the checksum at the end is 1
    in its low half, in its high half their number modulo 65521 (RFC 1950).
    """
    zeros = bytes(1 << 24)
    packer = zlib.compressobj(9)
    first = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = (times * len(zeros) % 65521) << 16 | 1
    return first + again * (times - 1) + packer.flush()[:-4] + checksum.to_bytes(4, "big")


def _bomb(made: Path, folder: Path) -> None:
    """A body of a few megabytes that unpacks to four gigabytes, in the op and in its blob."""
    assert zlib.decompress(_packed_zeros(3)) == bytes(3 << 24)
    packed = _packed_zeros(256)
    for enc in (1, 2):
        path = folder / "bomb.labeler"
        shutil.copyfile(made, path)
        connection = sqlite3.connect(path)
        connection.execute(
            "INSERT INTO blob(hash, part, data) VALUES(zeroblob(16), 0, ?)", (packed,)
        )
        body = packed if enc == 1 else bytes(16)
        connection.execute(
            "UPDATE op SET enc=?, body=? WHERE id=(SELECT min(head) FROM task)", (enc, body)
        )
        connection.commit()
        connection.close()
        project = Project.open(path)
        try:
            project.task(project.query.find("k0"))
        except Refusal as refusal:
            print(refusal)
        else:
            raise AssertionError("it was read")
        finally:
            project.file.close()
        assert touch_everything(path, made)[0] == "told"


def little_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(made: Path, folder: Path, words: list[str]) -> None:
    """Do what the words say."""
    little_memory()
    if words == ["bomb"]:
        _bomb(made, folder)
        return
    project = Project.open(made, read_only=True)
    truth = served(project)
    project.file.close()
    outcomes: Counter[str] = Counter()
    for number in range(*map(int, words)):
        try:
            outcomes[one_file(number, made, folder, truth)] += 1
        except BaseException:
            print(f"file {number}", file=sys.stderr)
            raise
    print(", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
