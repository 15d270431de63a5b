"""Whatever a project file holds: it is refused in one line, or what it serves is what was written.

Bits flipped, bytes lost, files cut, schemas made to harm, bodies of any kind with a right hash. Nothing
but a Refusal comes out, nothing hangs, and memory stays within a gibibyte. ``LABELER_FLIPS`` says how
many files are damaged; the seed is the number of the file.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from damaged import KEYS, Served, make_project, served, touch_everything

from labeler.model.ids import annotation_uid, digest, person_uid
from labeler.model.problems import Refusal
from labeler.store import Project
from labeler.store.oplog import EntityKind, OpKind

HERE = Path(__file__).parent
FLIPS = int(os.environ.get("LABELER_FLIPS", "200"))
ROUNDS = 8
LONGEST_S = 5.0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with some of everything."""
    return make_project(tmp_path_factory.mktemp("fuzz") / "made.labeler")


@pytest.fixture(scope="module")
def truth(made: Path) -> Served:
    """What the sound file serves."""
    project = Project.open(made, read_only=True)
    try:
        return served(project)
    finally:
        project.file.close()


@pytest.mark.parametrize("part", range(ROUNDS))
def test_a_damaged_file_is_refused_or_serves_what_was_written(
    made: Path, tmp_path: Path, part: int
) -> None:
    """In a process of its own with little memory, which dies of a hang."""
    first, last = FLIPS * part // ROUNDS, FLIPS * (part + 1) // ROUNDS
    command = [sys.executable, str(HERE / "damaged.py"), str(made), str(tmp_path)]
    told = subprocess.run(
        [*command, str(first), str(last)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60 + LONGEST_S * (last - first),
    )
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
    print(told.stdout.strip())


def copy_of(made: Path, tmp_path: Path, name: str = "p.labeler") -> Path:
    path = tmp_path / name
    shutil.copyfile(made, path)
    return path


def refused(path: Path) -> str:
    """The one line a file is refused in; it stays as it was."""
    before = path.read_bytes()
    start = time.process_time()
    with pytest.raises(Refusal) as refusal:
        Project.open(path)
    assert time.process_time() - start < LONGEST_S
    assert path.read_bytes() == before
    text = str(refusal.value)
    assert "\n" not in text
    assert str(path) in text
    return text


# ---------------------------------------------------------------------------------- hostile schemas

SCHEMAS = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END",
    "a view": "CREATE VIEW v AS SELECT * FROM op",
    "another table": "CREATE TABLE more(x)",
    "another index": "CREATE INDEX more ON op(kind)",
    "an index of an expression": "CREATE INDEX more ON op(abs(kind))",
    "a virtual table": "CREATE VIRTUAL TABLE more USING fts5(x)",
    "a generated column": "ALTER TABLE media ADD COLUMN more TEXT AS (upper(mime))",
    "a column more": "ALTER TABLE op ADD COLUMN more TEXT",
}
REWRITTEN = {
    "a check that calls out": (
        "kind INTEGER NOT NULL)",
        "kind INTEGER CHECK(load_extension('x')))",
    ),
    "a default that calls out": ("kind INTEGER NOT NULL)", "kind INTEGER DEFAULT (randomblob(9)))"),
    "no STRICT": (") STRICT", ")"),
    "text where a number was": ("seq INTEGER", "seq TEXT"),
    "nonsense": ("CREATE TABLE", "CREATE TABEL"),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_with_tables_of_its_own_is_refused(made: Path, tmp_path: Path, name: str) -> None:
    path = copy_of(made, tmp_path)
    connection = sqlite3.connect(path)
    connection.execute(SCHEMAS[name])
    connection.commit()
    connection.close()
    refused(path)


@pytest.mark.parametrize("name", REWRITTEN)
def test_a_file_whose_schema_was_written_over_is_refused(
    made: Path, tmp_path: Path, name: str
) -> None:
    path = copy_of(made, tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema=ON")
    old, new = REWRITTEN[name]
    connection.execute("UPDATE sqlite_schema SET sql=replace(sql, ?, ?)", (old, new))
    connection.commit()
    connection.close()
    refused(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sqlite_schema SET name='op', tbl_name='op' WHERE name='step'",
        "UPDATE sqlite_schema SET type='view' WHERE name='op'",
        "UPDATE sqlite_schema SET rootpage=0 WHERE name='op'",
        "UPDATE sqlite_schema SET rootpage=1000000 WHERE name='op'",
        "DELETE FROM sqlite_schema WHERE name='ann'",
        "UPDATE sqlite_schema SET sql=CAST(x'ff00fe' AS TEXT) WHERE name='op'",
    ],
)
def test_a_file_whose_tables_are_elsewhere_is_refused(
    made: Path, tmp_path: Path, statement: str
) -> None:
    path = copy_of(made, tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(statement)
    connection.commit()
    connection.close()
    try:
        refused(path)
    except pytest.fail.Exception:
        touch_everything(path, made)


def test_a_file_of_countless_tables_is_given_up_in_time(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite reads which tables there are with the first statement: 100,000 of them took 15 s."""
    path = copy_of(made, tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema=ON")
    connection.executemany(
        "INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql) VALUES('table',?1,?1,2,?2)",
        ((f"t{number}", f"CREATE TABLE t{number}(a)") for number in range(20_000)),
    )
    connection.commit()
    connection.close()
    monkeypatch.setattr("labeler.store.file.OPENING_S", 0.0)
    monkeypatch.setattr("labeler.store.file.check_schema", None)  # it is given up before that
    assert "took longer than" in refused(path)


def test_tables_that_share_their_pages_serve_nothing_false(made: Path, tmp_path: Path) -> None:
    path = copy_of(made, tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(
        "UPDATE sqlite_schema SET rootpage=(SELECT rootpage FROM sqlite_schema WHERE name='op') "
        "WHERE name='task'"
    )
    connection.commit()
    connection.close()
    touch_everything(path, made)


# ---------------------------------------------------------------------- bodies that a merge brings

PERSON = "anna"
DEEP = b"[" * 5000 + b"]" * 5000
VALUES = {
    "not JSON": b"{",
    "empty": b"",
    "not UTF-8": b'{"handle":"\xff\xfe"}',
    "a number": b"7",
    "null": b"null",
    "a list": b"[1,2,3]",
    "an empty table": b"{}",
    "wrong types": b'{"task":1,"layer":2,"author":3,"value":4,"queue":5,"key":6,"handle":7,"id":8,'
    b'"labels":9,"markdown":10,"root":11,"path":12,"title":13}',
    "uids that are none": b'{"task":"zz","layer":"work","author":"","value":{}}',
    "too deep": b'{"task":"%s","layer":"work","author":"%s","value":%s,"queue":"texts","key":"k",'
    b'"content":%s,"handle":"x","id":"texts","title":"t","panel":"p","questions":%s,"labels":%s,'
    b'"markdown":"","root":"r","path":"p"}' % (b"0" * 32, b"0" * 32, DEEP, DEEP, DEEP, DEEP),
    "numbers past any bound": b'{"task":"%s","layer":"work","author":"%s","round":%d,"value":{},'
    b'"queue":"texts","key":"k","order":%d,"priority":-%d,"handle":"x","id":"texts","title":"t",'
    b'"panel":"p","policy":{"overlap":%d},"root":"r","path":"p","size":%d}'
    % (b"0" * 32, b"0" * 32, 2**70, 2**70, 2**70, 2**70, 2**70),
    "a policy that is none": b'{"id":"texts","title":"t","panel":"p","policy":[]}',
    "questions that are none": b'{"id":"texts","title":"t","panel":"p","questions":[{"kind":"x"}]}',
    "a value that is none": b'{"task":"%s","layer":"work","author":"%s","value":{"regions":{}}}'
    % (b"0" * 32, b"0" * 32),
    "regions without ids": b'{"task":"%s","layer":"work","author":"%s","value":{"regions":[{}]}}'
    % (b"0" * 32, b"0" * 32),
    "a hash that is none": b'{"root":"r","path":"p","hash":"xyz"}',
    "half a surrogate": b'{"handle":"\\ud800","name":"\\udfff"}',
    "NUL": b'{"handle":"a\\u0000b","queue":"te\\u0000xts","key":"\\u0000"}',
}
KINDS = [*EntityKind, 0, 99]


def _bring(path: Path, body: bytes, entity_kind: int, kind: int, entity: bytes) -> None:
    """Write an op whose hash is right into the file, past everything that would look at its body."""
    project = Project.open(path)
    with project.file.writing() as connection:
        project.log.append(
            connection,
            person=person_uid(project.uid, PERSON),
            kind=kind,
            entity=entity,
            entity_kind=entity_kind,
            parents=(),
            body=body,
        )
    project.file.close()


def _entities(project: Project) -> dict[int, bytes]:
    """An entity of each kind that is there already."""
    rows = project.file.rows("SELECT kind, min(uid) FROM ent GROUP BY kind")
    return dict(rows)


@pytest.mark.parametrize("name", VALUES)
def test_a_merge_takes_no_body_for_what_it_is_not(
    made: Path, truth: Served, tmp_path: Path, name: str
) -> None:
    """Both as a new entity and as another version of one that is there."""
    project = Project.open(made, read_only=True)
    known = _entities(project)
    count = len(project.drafts.loose())  # they come along as draft ops
    project.file.close()
    other, mine = copy_of(made, tmp_path, "other.labeler"), copy_of(made, tmp_path, "mine.labeler")
    for entity_kind in KINDS:
        for kind in (OpKind.PUT, OpKind.IMPORT, OpKind.DRAFT, 77):
            for entity in (digest(name, entity_kind, kind), known.get(entity_kind)):
                if entity is not None:
                    _bring(other, VALUES[name], entity_kind, kind, entity)
                    count += 1
    start = time.process_time()
    project = Project.open(mine)
    report = project.merge(other)
    assert time.process_time() - start < LONGEST_S
    assert report.added + report.quarantined == count
    found = served(project)
    conflicts = {one.entity for one in project.conflicts()}
    for key in KEYS:
        if truth.tasks[key].id in conflicts:
            continue  # a sound body of another task's name: both versions are kept and shown
        assert found.tasks[key].content == truth.tasks[key].content
        for annotation in truth.tasks[key].annotations:
            assert annotation in found.tasks[key].annotations
    assert [str(one) for one in project.check() if one.code != "change_set_aside"] == []
    again = project.merge(other)
    assert (again.added, again.quarantined) == (0, 0)
    project.close()
    touch_everything(mine, made)
    touch_everything(other, made)


# ------------------------------------------------------------------------------- values that are huge


def test_a_body_that_would_unpack_to_terabytes_is_refused_at_once(
    made: Path, tmp_path: Path
) -> None:
    """In the child of little memory, as the others."""
    command = [sys.executable, str(HERE / "damaged.py"), str(made), str(tmp_path), "bomb"]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
    assert "too large" in told.stdout


def test_a_body_that_could_not_be_read_again_is_not_written(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labeler.store.oplog.LARGEST_BODY", 10_000)
    project = Project.open(copy_of(made, tmp_path))
    row = project.query.find("k0")
    value = b'{"answers":{"note":"%s"}}' % (b"x" * 20_000)
    with pytest.raises(Refusal, match="larger"):
        project.annotate(row, author=PERSON, value=value)
    assert project.check() == []
    project.close()


# --------------------------------------------------------------------------------- damage that hides


def _changed(path: Path, sql: str, *parameters: object) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql, parameters)
    connection.commit()
    connection.close()


HIDDEN: dict[str, Callable[[Path], None]] = {
    "an op's body": lambda path: _changed(
        path,
        "UPDATE op SET body=CAST(replace(CAST(body AS TEXT), 'ab', 'ba') AS BLOB) "
        "WHERE enc=0 AND id IN (SELECT head FROM task)",
    ),
    "a seal": lambda path: _changed(path, "UPDATE strand SET seal=zeroblob(16)"),
    "a status": lambda path: _changed(path, "UPDATE task SET status=4 WHERE key='k0'"),
    "a tally": lambda path: _changed(path, "UPDATE tally SET n=n+1"),
    "a head": lambda path: _changed(path, "UPDATE ann SET head=(SELECT min(head) FROM ann)"),
    "an op gone": lambda path: _changed(path, "DELETE FROM op WHERE id=(SELECT max(id)-3 FROM op)"),
    "a blob gone": lambda path: _changed(path, "DELETE FROM blob"),
    "a step gone": lambda path: _changed(path, "DELETE FROM step WHERE n=5"),
    "a step that begins itself": lambda path: _changed(path, "UPDATE step SET parent=n WHERE n=7"),
    "a step that begins later": lambda path: _changed(path, "UPDATE step SET parent=9 WHERE n=7"),
    "a step's change": lambda path: _changed(path, "UPDATE step SET forward=x'6a7b7d' WHERE n=7"),
    "a status nobody knows": lambda path: _changed(path, "UPDATE task SET status=99"),
    "a count nobody knows": lambda path: _changed(
        path, "UPDATE tally SET status=99 WHERE status=0"
    ),
    "roles that are none": lambda path: _changed(path, "UPDATE who SET roles='x'"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_damage_that_sqlite_does_not_see_is_found_by_a_check(
    made: Path, tmp_path: Path, name: str
) -> None:
    path = copy_of(made, tmp_path)
    HIDDEN[name](path)
    project = Project.open(path)
    start = time.process_time()
    assert project.check() != []
    assert time.process_time() - start < LONGEST_S
    project.file.close()
    touch_everything(path, made)


def test_an_annotation_under_a_foreign_uid_cannot_take_anothers_place(
    made: Path, truth: Served, tmp_path: Path
) -> None:
    """An op of one annotation that says it is another's value: nothing of the other is lost."""
    other = copy_of(made, tmp_path, "other.labeler")
    project = Project.open(other)
    row = project.query.find("k0")
    uid = annotation_uid(bytes.fromhex(row.id), "work", person_uid(project.uid, "ben").hex(), 0)
    body = b'{"task":"%s","layer":"work","author":"%s","value":{}}' % (b"0" * 32, b"1" * 32)
    project.file.close()
    _bring(other, body, EntityKind.ANNOTATION, OpKind.PUT, uid)
    mine = Project.open(copy_of(made, tmp_path, "mine.labeler"))
    mine.merge(other)
    assert served(mine).tasks["k0"] == truth.tasks["k0"]
    assert [one for one in mine.check() if one.code != "change_set_aside"] == []
    mine.close()
