"""Makes project files that want to harm and does with each whatever a program does with a project.

Run as ``hostile.py MADE FOLDER NAME…``. The process has a gibibyte of memory, and no call may take
more than five seconds of work (``damaged.py``). It prints a line for each: the name, and whether the
file was ``refused``, ``told`` by a check or found ``sound``.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from damaged import little_memory, touch_everything

from labeler.model.ids import (
    guideline_uid,
    labels_uid,
    person_uid,
    project_entity,
    queue_uid,
)
from labeler.model.queue import read_config
from labeler.store import Project
from labeler.store.file import open_file
from labeler.store.oplog import EntityKind, OpKind

__all__ = ["HOSTILE", "bomb", "make"]

ENDLESS = (
    "CREATE VIEW {name} AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) "
    "SELECT i AS id, i AS uid FROM n"
)
DEEP = b"[" * 100_000 + b"]" * 100_000
LINKS = (
    b'{"queue":"texts","markdown":"# 1\\n\\n![x](file://host/a.png) [y](file://host/b) '
    b'<img src=\\"\\\\\\\\\\\\\\\\host\\\\\\\\c.png\\"> <script>x</script>"}'
)
PATHS = [
    *("../../secret", "/etc/passwd", "C:\\secret", "\\\\host\\share\\a", "//host/share/a"),
    *("a\\..\\..\\b", "con", "nul\x00", "a" * 5000, "\u202e", "file://host/a"),
]


def _sql(
    path: Path, *statements: str, more: Callable[[sqlite3.Connection], object] | None = None
) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA writable_schema=ON")
        for statement in statements:
            connection.execute(statement)
        if more is not None:
            more(connection)
        connection.commit()
    finally:
        connection.close()


def _op(path: Path, kind: EntityKind, entity: bytes, body: bytes, parents: int = 0) -> None:
    """An op whose hash is right, past everything that would look at its body."""
    project = Project.open(path)
    chosen = random.Random(1)
    with project.file.writing() as connection:
        project.log.append(
            connection,
            person=person_uid(project.uid, "mallory"),
            kind=OpKind.PUT,
            entity=entity,
            entity_kind=kind,
            parents=[chosen.randbytes(16) for _ in range(parents)],
            body=body,
        )
    project.refold()
    project.file.close()


def _ops(path: Path, number: int, parents: Callable[[list[bytes]], list[bytes]]) -> None:
    """So many titles of a project, no two alike; ``parents`` chooses from the hashes so far."""
    project = Project.open(path)
    names: list[bytes] = []
    with project.file.writing() as connection:
        for count in range(number):
            _, name = project.log.append(
                connection,
                person=person_uid(project.uid, "mallory"),
                kind=OpKind.PUT,
                entity=project_entity(project.uid),
                entity_kind=EntityKind.PROJECT,
                parents=parents(names),
                body=b'{"title":"%d"}' % count,
            )
            names.append(name)
    project.refold()
    project.file.close()


def _uid(path: Path) -> bytes:
    file = open_file(path, read_only=True)
    try:
        return bytes(file.meta("project"))
    finally:
        file.close()


def _view(path: Path) -> None:
    _sql(
        path,
        "UPDATE sqlite_schema SET type='view', rootpage=0, sql='"
        + ENDLESS.format(name="ent")
        + "' WHERE type='table' AND name='ent'",
        "DELETE FROM sqlite_schema WHERE tbl_name='ent' AND type='index'",
    )


def _claimed(path: Path) -> None:
    """A record whose head claims a value of two gigabytes (a serial type of 12 + 2·2³¹)."""
    _sql(
        path,
        more=lambda connection: connection.execute(
            "INSERT INTO meta(k, v) VALUES(?, ?)", ("K" * 9000, b"\x01" * 9000)
        ),
    )
    raw = path.read_bytes()
    # Serial types as varints: text of 9,000 is 13 + 18,000 = 18,013, blob 18,012; 5 is text 13 + 10.
    head = b"\x07\x81\x8c\x5d\x81\x8c\x5c" + b"KKKK"
    assert raw.count(head) == 1
    path.write_bytes(raw.replace(head, b"\x07\x17" + _varint(12 + (1 << 32)) + b"KKKK"))


def _varint(number: int) -> bytes:
    """SQLite's own: seven bits a byte, the greatest first."""
    found = [number & 0x7F]
    while number := number >> 7:
        found.append(number & 0x7F | 0x80)
    return bytes(reversed(found))


def _cyclic(path: Path) -> None:
    """Two ops that name each other as what they replace; a hash cannot, a row can."""

    def tie(connection: sqlite3.Connection) -> None:
        (one, first), (other, second) = (
            connection.execute(
                "SELECT id, h FROM op WHERE ent=(SELECT ent FROM op ORDER BY id DESC LIMIT 1) "
                "UNION SELECT id, h FROM op WHERE id=(SELECT max(id) FROM op)"
            ).fetchall()[:2]
            or connection.execute("SELECT id, h FROM op LIMIT 2").fetchall()
        )
        connection.execute("UPDATE op SET parents=? WHERE id=?", (second, one))
        connection.execute(
            "UPDATE op SET parents=?, ent=(SELECT ent FROM op WHERE id=?) WHERE id=?",
            (first, one, other),
        )

    _sql(path, more=tie)


def _strands(path: Path) -> None:
    def many(connection: sqlite3.Connection) -> None:
        connection.executemany(
            "INSERT INTO strand(uid, person, device, app, hlc, have, last) VALUES(?,1,?,'x',?,9,9)",
            ((os.urandom(16), "d" * 50, 1 << 62) for _ in range(30_000)),
        )

    _sql(path, more=many)


def _media(path: Path) -> None:
    def all_of(connection: sqlite3.Connection) -> None:
        for number, one in enumerate(PATHS):
            connection.execute(
                "INSERT INTO ent(id, uid, kind) VALUES(?,?,?)",
                (900_000 + number, os.urandom(16), EntityKind.MEDIA),
            )
            connection.execute(
                "INSERT INTO media(id, root, path, size, mime) VALUES(?,?,?,-1,'')",
                (900_000 + number, PATHS[-number - 1], one),
            )

    _sql(path, more=all_of)


def _text(path: Path, kind: EntityKind, body: bytes, name: Callable[[bytes], bytes]) -> None:
    _op(path, kind, name(_uid(path)), body)


def _stranger(path: Path) -> None:
    """An annotation by somebody the file does not introduce."""
    project = Project.open(path)
    row = project.query.find("k3")
    project.annotate(row, author="nobody-knows-me", value=b'{"answers":{"q":"a"}}')
    project.close()


HOSTILE: dict[str, Callable[[Path], object]] = {
    "a view that never ends poses as a table": _view,
    "a view that never ends beside the tables": lambda path: _sql(path, ENDLESS.format(name="v")),
    "a trigger": lambda path: _sql(
        path, "CREATE TRIGGER t AFTER INSERT ON step BEGIN DELETE FROM op; END"
    ),
    "a generated column": lambda path: _sql(
        path, "ALTER TABLE op ADD COLUMN evil TEXT AS (upper(hex(zeroblob(1000000000))))"
    ),
    "a virtual table": lambda path: _sql(path, "CREATE VIRTUAL TABLE v USING fts5(x)"),
    "a column that collates as nobody knows": lambda path: _sql(
        path, "UPDATE sqlite_schema SET sql=replace(sql, 'key TEXT', 'key TEXT COLLATE evil')"
    ),
    "a name of five megabytes": lambda path: _text(
        path, EntityKind.PROJECT, b'{"title":"%s"}' % (b"x" * 5_000_000), project_entity
    ),
    "a fact of five megabytes": lambda path: _sql(
        path, "UPDATE meta SET v=zeroblob(5000000) WHERE k='project'"
    ),
    "a value that claims two gigabytes": _claimed,
    "a title nested a hundred thousand deep": lambda path: _text(
        path, EntityKind.PROJECT, b'{"title":%s}' % DEEP, project_entity
    ),
    "questions nested a hundred thousand deep": lambda path: _text(
        path,
        EntityKind.QUEUE,
        b'{"id":"texts","title":"t","panel":"p","questions":%s}' % DEEP,
        lambda uid: queue_uid(uid, "texts"),
    ),
    "labels that are as deep": lambda path: _text(
        path,
        EntityKind.LABELS,
        b'{"queue":"texts","labels":%s}' % DEEP,
        lambda uid: labels_uid(uid, "texts"),
    ),
    "a guideline full of links": lambda path: _text(
        path, EntityKind.GUIDELINE, LINKS, lambda uid: guideline_uid(uid, "texts")
    ),
    "two hundred thousand parents": lambda path: _op(
        path, EntityKind.PROJECT, project_entity(_uid(path)), b'{"title":"x"}', 200_000
    ),
    "two thousand versions that nobody can have read": lambda path: _ops(path, 2000, lambda _: []),
    "a thousand versions, each of another age": lambda path: _ops(
        path, 2000, lambda names: names[-1:] if len(names) < 1000 else [names[len(names) - 1000]]
    ),
    "parents in a circle": _cyclic,
    "negative rows": lambda path: _sql(
        path,
        "UPDATE op SET id=-id",
        "UPDATE task SET id=-id, ord=-9223372036854775808, prio=9223372036854775807",
        "UPDATE draft SET round=-1, cursor=-5, last=-9",
    ),
    "rows at the end of all numbers": lambda path: _sql(
        path,
        "UPDATE op SET id=9223372036854775807 WHERE id=(SELECT max(id) FROM op)",
        "UPDATE strand SET last=9223372036854775807, hlc=9223372036854775807, have=-1",
        "UPDATE step SET n=9223372036854775807 WHERE n=(SELECT max(n) FROM step)",
    ),
    "a number that is none": lambda path: _text(
        path,
        EntityKind.QUEUE,
        b'{"id":"texts","title":"t","panel":"p","order":NaN,"policy":{"overlap":Infinity}}',
        lambda uid: queue_uid(uid, "texts"),
    ),
    "numbers beyond all measure": lambda path: _text(
        path,
        EntityKind.QUEUE,
        b'{"id":"texts","title":"t","panel":"p","order":1e999,"policy":{"overlap":-1e400}}',
        lambda uid: queue_uid(uid, "texts"),
    ),
    "thirty thousand strands": _strands,
    "media that lead out": _media,
    "people nobody introduced": _stranger,
}


def make(name: str, made: Path, path: Path) -> Path:
    """The hostile file of this name, from a sound one."""
    shutil.copyfile(made, path)
    HOSTILE[name](path)
    return path


def bomb(path: Path, queues: int, megabytes: int) -> Path:
    """A small file whose guidelines unpack to so many megabytes each."""
    project = Project.create(path, handle="anna")
    config = read_config(b'{"guideline":"%s"}' % (b"x" * (megabytes << 20)))
    for number in range(queues):
        project.put_queue(f"q{number}", config, panel="sentiment", by="anna")
    project.close()
    return path


def main(made: Path, folder: Path, names: list[str]) -> None:
    """Do with each file whatever can be done."""
    little_memory()
    for name in names:
        path = make(name, made, folder / "hostile.labeler")
        outcome, _ = touch_everything(path, made)
        print(f"{name}: {outcome}", flush=True)
        for left in folder.glob("hostile.labeler*"):
            left.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
