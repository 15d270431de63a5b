"""The written format, ``labeler/store/FORMAT.md``, says what is in a file: a reader made of it agrees."""

from __future__ import annotations

import random
import re
import struct
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from labeler.model.json import canonical as ours
from labeler.store import Project, schema
from labeler.store.live_drafts import live_drafts

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from reader import (  # noqa: E402
    ANNOTATION,
    DELETE,
    DRAFT,
    IMPORT,
    PUT,
    REDACT,
    TASK,
    File,
    canonical,
    h,
)

PAGE = (Path(schema.__file__).parent / "FORMAT.md").read_text(encoding="utf-8")
FILES = sorted(HERE.glob("1.*.labeler")) + sorted((HERE / "handouts").glob("1.*.labeler"))


@pytest.fixture(params=FILES, ids=lambda path: path.relative_to(HERE).as_posix())
def file(request: pytest.FixtureRequest) -> Iterator[File]:
    """A golden file, every op of which verified when it was read."""
    opened = File(request.param)
    yield opened
    opened.close()


@pytest.fixture
def project(file: File) -> Iterator[Project]:
    """The same as the program reads it."""
    (path,) = [row[2] for row in file.db.execute("PRAGMA database_list")]
    opened = Project.open(Path(path), read_only=True)
    yield opened
    opened.file.close()


def test_a_stranger_verifies_every_op_and_every_strand(file: File) -> None:
    handed = file.db.execute("SELECT 1 FROM meta WHERE k='handout'").fetchone()
    assert len(file.ops) == file.db.execute("SELECT count(*) FROM op").fetchone()[0] > 5
    assert (file.check_seals() > 0) == (handed is not None)


def test_a_stranger_derives_every_uid(file: File) -> None:
    for op in file.ops:
        if op.kind in (PUT, IMPORT, DRAFT) and op.body is not None and op.entity_kind != TASK:
            assert file.uid(op) == op.entity
    for entity in file.entities(TASK):
        earliest = min(file.of[entity], key=lambda op: op.order)
        assert file.uid(earliest) == entity


def test_a_stranger_finds_what_is_shown_and_what_is_in_conflict(
    file: File, project: Project
) -> None:
    rows = project.file.rows("SELECT uid FROM conflict JOIN ent ON ent.id=conflict.ent")
    assert file.conflicts() == {uid for (uid,) in rows}
    shown = {entity: file.shown(entity) for entity in file.entities(ANNOTATION)}
    assert {uid: op.name for uid, op in shown.items() if op is not None} == dict(
        project.file.rows("SELECT uid, h FROM ann JOIN ent ON ent.id=ann.id JOIN op ON op.id=head")
    )
    tasks = {entity: file.shown(entity) for entity in file.entities(TASK)}
    assert {uid: op.name for uid, op in tasks.items() if op is not None} == dict(
        project.file.rows(
            "SELECT uid, h FROM task JOIN ent ON ent.id=task.id JOIN op ON op.id=head"
        )
    )


def test_a_stranger_finds_the_unfinished_work(file: File, project: Project) -> None:
    """Ours leaves out those whose steps lie in the file, for there the draft itself is."""
    connection = project.file.connection
    offered = {
        bytes.fromhex(one.op)
        for (ent,) in project.file.rows("SELECT id FROM ent WHERE kind=7")
        for one in live_drafts(connection, ent)
    }
    assert offered <= file.drafts()


def test_the_golden_project_has_everything_a_file_can_hold() -> None:
    file = File(HERE / f"{schema.FORMAT_NAME}.labeler")
    kinds = Counter((op.kind, op.entity_kind) for op in file.ops)
    assert {kind for kind, _ in kinds} == {PUT, DELETE, DRAFT, IMPORT, REDACT}
    assert {kind for _, kind in kinds} == {1, 2, 3, 4, 5, 6, 7, 8, 10}
    rows = lambda sql: {row[0] for row in file.db.execute(sql)}  # noqa: E731
    assert rows("SELECT enc FROM op") == {0, 1, 2, 3}
    assert rows("SELECT layer FROM ann") == {0, 1, 2, 3, 4, 5}
    assert rows("SELECT kind FROM ent WHERE id IN (SELECT ent FROM conflict)") == {3, 4, 5, 6, 7, 8}
    assert rows("SELECT layer FROM draft") == {0, 3}
    assert rows("SELECT max(part) FROM blob") == {1}
    for table in ("step", "checkpoint", "quarantine", "merge_log"):
        assert file.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table
    facts = {name.partition(":")[0] for name in rows("SELECT k FROM meta")}
    assert facts == {"project", "fold", "made_by", "merge", "adopted", "left"}
    annotations = [
        op.tree for op in file.ops if op.entity_kind == ANNOTATION and op.kind == PUT and op.body
    ]
    types = {one["type"] for tree in annotations for one in tree["value"].get("regions", [])}
    assert types > {"box", "polygon", "mask", "keypoints", "track", "segment", "point", "span"}
    assert types > {"lines", "aspect", "claim", "relation", "orb"}
    assert any(tree.get("comment") for tree in annotations)
    file.close()


def test_the_page_has_the_tables_that_files_have(file: File) -> None:
    (block,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert {one.rstrip(";") for one in block.strip().splitlines()} == file.schema
    assert [*schema.TABLES.values(), *schema.INDEXES.values()] == [
        one.rstrip(";") for one in block.strip().splitlines()
    ]


def test_the_examples_of_the_page_are_right() -> None:
    project = bytes(range(16))
    anna, ben = h("person", project, "anna"), h("person", project, "ben")
    fingerprint = h("content", canonical({"text": "Grüße"}))
    task = h("task", project, "texts", "k1", fingerprint)
    work = h("annotation", task, "work", anna.hex(), 0)
    (body,) = re.findall(r"^    (\{\"task\".*\})$", PAGE, re.MULTILINE)
    said = h(bytes(range(16, 32)), body.encode())
    strand, hlc = b"\xff" * 16, (1790000000000 << 16) + 3
    name = h("op", project, strand, 1, hlc, anna, 1, work, 7, b"", said)
    twelve = b"twelve bytes"
    made = [
        *(anna, h("project", project), h("queue", project, "texts"), h("labels", project, "texts")),
        *(h("guideline", project, "texts"), fingerprint, task, work, said, name, h(b"", name)),
        h("annotation", task, "review", ben.hex(), 0, work.hex()),
        *(h("media", project, "photos", "cam1/b.jpg"), h("handout", project, "0f" * 16)),
        *(h("out", task), h("medium", 12, twelve, twelve, twelve)),
    ]
    assert [one.hex() for one in made if one.hex() not in PAGE] == []
    assert str(hlc) in PAGE


def test_canonical_json_is_what_the_page_says() -> None:
    """Doubles of every size, and texts of every kind of letter."""
    known = random.Random(4)
    doubles = [struct.unpack(">d", known.randbytes(8))[0] for _ in range(2000)]
    doubles += [known.uniform(-9, 9) * 10 ** known.randint(-9, 9) for _ in range(2000)]
    for value in doubles:
        if value == value and abs(value) != float("inf"):
            assert ours(value).decode() == canonical(value)
    for value in (0.1, 1e-5, 1e-6, 1e-7, 1.5e-7, 123456.789, 2.0**53, 1e21, -0.0, 5e-324, 0.5):
        assert ours(value).decode() == canonical(value)
    text = "".join(map(chr, [*range(0x300), 0x2028, 0xFFFD, 0x1F382]))
    tree = {"\uffff": 1, "\U0001f382": [None, True, {}], text: text, "": -1.5}
    assert ours(tree).decode() == canonical(tree)


def test_a_reader_sees_a_flipped_bit(tmp_path: Path) -> None:
    raw = bytearray((HERE / "handouts" / f"{schema.FORMAT_NAME}.labeler").read_bytes())
    raw[raw.index(b'"width":4') + 8] ^= 1  # in the body of the task
    (tmp_path / "flipped.labeler").write_bytes(raw)
    with pytest.raises(AssertionError):
        File(tmp_path / "flipped.labeler")
