"""A file of a newer minor of ours is opened, edited, merged both ways and copied, and stays whole."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from labeler.model.ids import annotation_uid, digest, labels_uid, person_uid, queue_uid
from labeler.model.problems import Refusal
from labeler.model.queue import read_config
from labeler.plugins import Plugins
from labeler.store import Project, schema
from labeler.store.bulk import NewTask, content_fingerprint
from labeler.store.drafting import value_at_cursor
from labeler.store.file import look
from labeler.store.formats import Standing, standing
from labeler.store.oplog import EntityKind, OpKind
from labeler.store.repair import repair
from labeler.work.draft import Draft

NEWER = schema.FORMAT + 1
UNKNOWN_OP, UNKNOWN_ENTITY = 9, 40
SHIFT = (
    "CREATE TABLE shift(id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id), "
    "since INTEGER NOT NULL DEFAULT 0, note TEXT) STRICT"
)
ORB = b'{"type":"orb","id":"o1", "radius": 1.50,  "of":{"b":1,"a":[ ]}}'
VALUE = (
    b'{"regions":[' + ORB + b',{"type":"span","id":"s1","start":0,"end":2,"glow":[1, 2]}],'
    b'"answers":{"sentiment":"positive"}}'
)
QUEUE = {
    "id": "texts",
    "title": "Texts",
    "panel": "sentiment",
    "questions": [
        {
            "id": "sentiment",
            "kind": "choice",
            "echo": {"of": 1},
            "choices": [{"id": "positive", "mood": 3}, {"id": "negative"}],
        }
    ],
    "policy": {"overlap": 2, "rhythm": "slow"},
    "settings": {},
    "hue": "teal",
}
LABELS = {"queue": "texts", "labels": [{"id": "cat", "name": "Cat", "shape": "round"}], "of": 7}
MODEL = {"handle": "anna", "name": "Anna", "phone": "12"}


def put(project: Project, entity: bytes, entity_kind: int, body: bytes, kind: int = 1) -> bytes:
    """Write an op as the newer program would: of the entity, in place of every head."""
    parents = [] if entity_kind > 11 else project._parents(entity, EntityKind(entity_kind))
    with project._writing() as (connection, touched):
        ent, name = project.log.append(
            connection,
            person=person_uid(project.uid, "anna"),
            kind=kind,
            entity=entity,
            entity_kind=entity_kind,
            parents=parents if kind == OpKind.PUT else (),
            body=body,
        )
        touched.append(ent)
    return name


@pytest.fixture
def newer(made: Path, tmp_path: Path) -> Path:
    """A file of a newer minor, and one of ours as it was before."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "newer.labeler"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``newer.labeler``, made by what knows 1.1, and ``ours.labeler`` before that."""
    folder = tmp_path_factory.mktemp("newer")
    make(folder / "newer.labeler", folder / "ours.labeler")
    return folder


def make(path: Path, ours: Path) -> None:
    """Make both files."""
    project = Project.create(path, title="Newer", handle="anna", name="Anna")
    uid = project.uid
    project.put_queue("texts", read_config(b"{}"), panel="sentiment", by="anna")
    content = b'{"text":"so it is"}'
    project.bulk("texts", by="anna").tasks(
        [NewTask(key, content, content_fingerprint(content)) for key in ("a", "b")]
    )
    project.file.close()
    shutil.copyfile(path, ours)
    project = Project.open(path)
    put(project, queue_uid(uid, "texts"), EntityKind.QUEUE, json.dumps(QUEUE).encode())
    put(project, labels_uid(uid, "texts"), EntityKind.LABELS, json.dumps(LABELS).encode())
    put(project, person_uid(uid, "anna"), EntityKind.PERSON, json.dumps(MODEL).encode())
    task = project.query.find("a")
    entity = annotation_uid(bytes.fromhex(task.id), "work", person_uid(uid, "anna").hex(), 0)
    said = b'{"task":"%b","layer":"work","author":"%b","value":%b,"sure":0.25}' % (
        task.id.encode(),
        person_uid(uid, "anna").hex().encode(),
        VALUE,
    )
    put(project, entity, EntityKind.ANNOTATION, said)
    put(project, entity, EntityKind.ANNOTATION, b"\x00 a nudge", UNKNOWN_OP)
    put(project, digest("constellation"), UNKNOWN_ENTITY, b'{"stars": [ 1,2 ]}')
    project.close()
    connection = sqlite3.connect(path)
    connection.execute(SHIFT)
    connection.execute("INSERT INTO shift(person, since, note) VALUES(1, 5, 'early')")
    connection.execute("CREATE INDEX shift_of ON shift(person, since)")
    connection.execute("CREATE INDEX op_kind ON op(kind) WHERE kind>5")
    connection.execute("ALTER TABLE draft ADD COLUMN mood TEXT DEFAULT NULL")
    connection.execute("ALTER TABLE step ADD COLUMN weight INTEGER NOT NULL DEFAULT 1")
    connection.execute("INSERT INTO meta VALUES('tide', x'00ff')")
    connection.execute(f"PRAGMA user_version={NEWER}")
    connection.commit()
    connection.close()


def of_the_newer(path: Path) -> dict[str, Any]:
    """Everything only the newer program knows, byte for byte, as SQLite itself reads it."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return {
            name: connection.execute(sql).fetchall()
            for name, sql in {
                "shifts": "SELECT * FROM shift",
                "fact": "SELECT v FROM meta WHERE k='tide'",
                "format": "PRAGMA user_version",
                "schema": "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2",
                "ops": (
                    "SELECT strand.uid, seq, kind, parents, salt, enc, body, h FROM op "
                    "JOIN strand ON strand.id=op.strand ORDER BY op.id LIMIT 13"
                ),
            }.items()
        }
    finally:
        connection.close()


def rows(path: Path, sql: str) -> list[Any]:
    """What SQLite itself reads."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def body_of(project: Project, uid: bytes, kind: EntityKind) -> dict[str, Any]:
    """What is shown of an entity, with every field."""
    raw = project.query.body_of(uid, kind)[0]
    assert raw is not None
    found: dict[str, Any] = json.loads(raw)
    return found


@pytest.mark.parametrize(
    ("found", "known", "how"),
    [
        (1, 1, Standing.SAME),
        (1, 2, Standing.OLDER),
        (2, 1, Standing.NEWER),  # below 1.0 nothing is promised
        (1000, 1, Standing.NEWER),
        (1, 1000, Standing.OLDER),
        (1000, 1000, Standing.SAME),
        (1001, 1000, Standing.MINOR),
        (1999, 1000, Standing.MINOR),
        (1000, 1001, Standing.OLDER),
        (2000, 1999, Standing.NEWER),
        (1999, 2000, Standing.OLDER),
    ],
)
def test_how_a_format_stands_to_ours(found: int, known: int, how: Standing) -> None:
    assert standing(found, known) is how


def test_reading_a_newer_minor_changes_no_byte(newer: Path) -> None:
    raw = newer.read_bytes()
    project = Project.open(newer)
    assert project.check() == []
    full = project.task(project.query.find("a"))
    assert [one.value for one in full.annotations] == [VALUE]
    project.file.close()
    assert newer.read_bytes() == raw


def test_work_in_a_newer_minor_leaves_whole_what_only_it_knows(newer: Path) -> None:
    before = of_the_newer(newer)
    assert len(before["ops"]) == 13
    project = Project.open(newer)
    anna = project.sign_in("anna")
    row = project.query.find("b")
    draft = Draft(project.open_draft(row, anna), Plugins.load().codec("sentiment"))
    draft.emit(draft.value.with_answer("sentiment", "positive"), "Positive")
    batch = draft.take_batch()
    assert batch is not None
    project.write_steps(row, anna, draft.row, batch.steps, batch.cursor, batch.saved)
    project.sign_in("ben", "Ben")
    project.annotate(row, author="ben", value=b'{"answers":{"sentiment":"negative"}}')
    project.refold()
    assert project.check() == []
    project.close()
    assert of_the_newer(newer) == before


def test_what_replaces_a_body_keeps_the_fields_only_the_newer_knows(newer: Path) -> None:
    project = Project.open(newer)
    project.sign_in("anna", "Anna Brandt")
    row = project.queue("texts")
    project.put_queue(
        "texts",
        read_config(
            b'{"labels": [{"id": "dog"}, {"id": "cat", "name": "Katze"}],'
            b'"questions": [{"id": "sentiment", "kind": "choice", "title": "Feeling",'
            b'"choices": [{"id": "negative"}, {"id": "positive", "key": "1"}]}],'
            b'"policy": {"overlap": 3}}'
        ),
        panel=row.panel,
        title="Texte",
        by="anna",
    )
    task = project.query.find("a")
    value = VALUE.replace(b"positive", b"negative")
    project.annotate(task, author="anna", value=value)
    uid = project.uid
    assert body_of(project, person_uid(uid, "anna"), EntityKind.PERSON) == {
        "handle": "anna",
        "name": "Anna Brandt",
        "phone": "12",
    }
    queue = body_of(project, queue_uid(uid, "texts"), EntityKind.QUEUE)
    assert (queue["title"], queue["hue"]) == ("Texte", "teal")
    assert queue["policy"] == {"overlap": 3, "rhythm": "slow"}
    (question,) = queue["questions"]
    assert (question["title"], question["echo"]) == ("Feeling", {"of": 1})
    assert question["choices"] == [{"id": "negative"}, {"id": "positive", "key": "1", "mood": 3}]
    labels = body_of(project, labels_uid(uid, "texts"), EntityKind.LABELS)
    assert labels["of"] == 7
    assert labels["labels"] == [{"id": "dog"}, {"id": "cat", "name": "Katze", "shape": "round"}]
    entity = annotation_uid(bytes.fromhex(task.id), "work", person_uid(uid, "anna").hex(), 0)
    assert body_of(project, entity, EntityKind.ANNOTATION)["sure"] == 0.25
    assert ORB in (project.query.body_of(entity, EntityKind.ANNOTATION)[0] or b"")
    assert project.check() == []
    project.file.close()


def test_a_label_and_a_question_that_are_taken_out_take_their_unknown_fields_along(
    newer: Path,
) -> None:
    project = Project.open(newer)
    row = project.queue("texts")
    project.put_queue("texts", read_config(b"{}"), panel=row.panel, title="Texts", by="anna")
    uid = project.uid
    assert body_of(project, queue_uid(uid, "texts"), EntityKind.QUEUE)["questions"] == []
    assert body_of(project, labels_uid(uid, "texts"), EntityKind.LABELS)["of"] == 7
    project.file.close()


def test_writing_what_is_there_already_writes_nothing_in_a_newer_minor(newer: Path) -> None:
    project = Project.open(newer)
    count = project.file.row("SELECT count(*) FROM op")[0]
    row = project.queue("texts")
    project.put_queue("texts", row.config, panel=row.panel, title="Texts", by="anna")
    project.sign_in("anna", "Anna")
    assert project.file.row("SELECT count(*) FROM op")[0] == count
    project.file.close()


UNKNOWN = "SELECT op.kind, ent.kind, op.body, h FROM op JOIN ent ON ent.id=op.ent "


def test_a_newer_minor_and_files_of_ours_merge_both_ways(newer: Path, tmp_path: Path) -> None:
    """A file of ours that met the newer one carries its ops on to a third, byte for byte."""
    ours, third = tmp_path / "ours.labeler", tmp_path / "third.labeler"
    shutil.copyfile(ours, third)
    before, raw = of_the_newer(newer), newer.read_bytes()
    project = Project.open(ours)
    assert project.merge(newer).added == 6
    assert newer.read_bytes() == raw
    project.annotate(project.query.find("b"), author="anna", value=b'{"answers":{}}')
    assert project.check() == []
    project.close()
    for path, added in ((third, 7), (newer, 1)):
        project = Project.open(path)
        assert project.merge(ours).added == added
        assert project.check() == []
        found = project.file.rows(UNKNOWN + "WHERE op.kind>5 OR ent.kind>11 ORDER BY op.id")
        assert [row[:3] for row in found] == [
            (UNKNOWN_OP, EntityKind.ANNOTATION, b"\x00 a nudge"),
            (OpKind.PUT, UNKNOWN_ENTITY, b'{"stars": [ 1,2 ]}'),
        ]
        assert [one.value for one in project.task(project.query.find("a")).annotations] == [VALUE]
        assert project.conflicts() == []
        project.file.close()
    assert look(ours) == look(third) == schema.FORMAT
    everything = "SELECT h, parents, salt, enc, body FROM op ORDER BY h"
    assert rows(ours, everything) == rows(third, everything) == rows(newer, everything)
    assert of_the_newer(newer) == before


def test_a_backup_of_a_newer_minor_is_one(newer: Path, tmp_path: Path) -> None:
    project = Project.open(newer)
    project.copy_to(tmp_path / "copy.labeler")
    project.file.close()
    assert of_the_newer(tmp_path / "copy.labeler") == of_the_newer(newer)


def test_a_repair_of_a_newer_minor_has_every_op_and_every_draft(
    newer: Path, tmp_path: Path
) -> None:
    """What lies in columns and tables of its own does not come along: it is local or folded."""
    project = Project.open(newer)
    anna, row = project.sign_in("anna"), project.query.find("b")
    draft = Draft(project.open_draft(row, anna), Plugins.load().codec("sentiment"))
    draft.emit(draft.value.with_answer("sentiment", "positive"), "Positive")
    batch = draft.take_batch()
    assert batch is not None
    project.write_steps(row, anna, draft.row, batch.steps, batch.cursor, batch.saved)
    project.file.close()
    report = repair(newer, tmp_path / "out.labeler")
    assert (report.recovered, report.drafts, report.problems) == (13, 1, ())
    project = Project.open(tmp_path / "out.labeler")
    here = project.open_draft(project.query.find("b"), anna, take=False)
    assert value_at_cursor(here) == b'{"answers":{"sentiment":"positive"}}'
    found = project.file.rows(UNKNOWN + "WHERE op.kind>5 OR ent.kind>11 ORDER BY op.id")
    assert [row[2] for row in found] == [b"\x00 a nudge", b'{"stars": [ 1,2 ]}']
    project.file.close()


def test_settling_keeps_the_fields_only_the_newer_knows(newer: Path, tmp_path: Path) -> None:
    project = Project.open(newer)
    project.copy_to(tmp_path / "copy.labeler")
    other = Project.open(tmp_path / "copy.labeler")
    for one, said in ((project, b"good"), (other, b"poor")):
        value = VALUE.replace(b"positive", said)
        one.annotate(one.query.find("a"), author="anna", value=value)
    project.merge(other.path)
    (conflict,) = project.conflicts()
    project.settle(conflict, VALUE, by="anna")
    entity = bytes.fromhex(conflict.entity)
    assert body_of(project, entity, EntityKind.ANNOTATION)["sure"] == 0.25
    other.file.close()
    project.file.close()


HARMFUL = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END",
    "a view": "CREATE VIEW v AS SELECT * FROM op",
    "a virtual table": "CREATE VIRTUAL TABLE v USING fts5(x)",
    "a generated column": "CREATE TABLE g(id INTEGER PRIMARY KEY, x INTEGER AS (id+1)) STRICT",
    "a rule": "CREATE TABLE r(id INTEGER CHECK(randomblob(9))) STRICT",
    "a loose table": "CREATE TABLE l(id INTEGER PRIMARY KEY)",
    "a table that holds on to a cache": (
        "CREATE TABLE h(id INTEGER PRIMARY KEY, task INTEGER REFERENCES task(id)) STRICT"
    ),
    "an index that refuses": "CREATE UNIQUE INDEX u ON ann(task, author)",
    "an index that works something out": "CREATE INDEX w ON op(length(body))",
    "a column of the truth": "ALTER TABLE op ADD COLUMN more TEXT",
    "a column of a cache": "ALTER TABLE task ADD COLUMN more TEXT",
    "a column we would have to fill": (
        "UPDATE sqlite_schema SET sql=replace(sql, 'mood TEXT DEFAULT NULL', 'mood TEXT NOT NULL') "
        "WHERE name='draft'"
    ),
    "a column that points": "ALTER TABLE draft ADD COLUMN who INTEGER REFERENCES task(id)",
    "a column that is worked out": "ALTER TABLE draft ADD COLUMN w INTEGER AS (round+1)",
}


@pytest.mark.parametrize("what", HARMFUL)
def test_what_no_minor_may_add_is_refused(newer: Path, what: str) -> None:
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute(HARMFUL[what])
    connection.commit()
    connection.close()
    raw = newer.read_bytes()
    with pytest.raises(Refusal) as refused:
        Project.open(newer)
    assert refused.value.problem.code == "file_schema"
    assert newer.read_bytes() == raw


def test_what_a_newer_minor_may_add_is_refused_in_a_file_of_ours(newer: Path) -> None:
    """Nothing but a newer program has a reason to."""
    connection = sqlite3.connect(newer)
    connection.execute(f"PRAGMA user_version={schema.FORMAT}")
    connection.commit()
    connection.close()
    with pytest.raises(Refusal) as refused:
        Project.open(newer)
    assert refused.value.problem.code == "file_schema"


def test_a_newer_major_is_refused_untouched(newer: Path) -> None:
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version=2000")
    connection.commit()
    connection.close()
    raw = newer.read_bytes()
    with pytest.raises(Refusal) as refused:
        Project.open(newer)
    assert "made by a newer version (format 2.0); this one reads up to 1.0" in str(refused.value)
    assert newer.read_bytes() == raw
