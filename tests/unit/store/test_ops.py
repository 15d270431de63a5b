"""Ops: hashes that anybody can work out, caches that are what the ops say."""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from pathlib import Path

import msgspec
import pytest

from labeler.model.ids import annotation_uid, person_uid
from labeler.model.problems import Refusal
from labeler.model.queue import Label, Policy
from labeler.store import Project
from labeler.store.bodies import body_fault
from labeler.store.op_hash import body_digest
from labeler.store.op_rows import ReadOp, Verifier, name_of, ops_of
from labeler.store.oplog import Clock, EntityKind, OpKind

POSITIVE = b'{"answers":{"sentiment":"positive"}}'
NEGATIVE = b'{"answers":{"sentiment":"negative"}}'


def h(*fields: str | bytes | int) -> bytes:
    """H of the design, written out: BLAKE2b-128 over length-prefixed fields."""
    hasher = blake2b(digest_size=16)
    for field in fields:
        raw = field if isinstance(field, bytes) else str(field).encode()
        hasher.update(len(raw).to_bytes(8, "big") + raw)
    return hasher.digest()


def test_the_hash_of_an_op_is_that_of_header_salt_and_body(project: Project) -> None:
    project.annotate(project.query.find("k0"), author="anna", value=POSITIVE)
    project.annotate(project.query.find("k0"), author="anna", value=NEGATIVE)
    rows = project.file.rows(
        "SELECT strand.uid, seq, op.hlc, person.uid, op.kind, ent.uid, ent.kind, parents, salt, "
        "body, h FROM op JOIN strand ON strand.id=op.strand JOIN person ON person.id=op.person "
        "JOIN ent ON ent.id=op.ent WHERE enc=0"
    )
    assert len(rows) >= 12
    for *header, salt, body, name in rows:
        header[7] = header[7] or b""
        assert name == h("op", project.uid, *header, h(salt, body))


def test_uids_are_derived_from_what_they_name(project: Project) -> None:
    task = project.query.find("k3")
    content = b'{"text":"text 3"}'
    wanted = h("task", project.uid, "texts", "k3", h("content", content))
    assert task.id == wanted.hex()
    anna = h("person", project.uid, "anna")
    row = project.annotate(task, author="Anna", value=POSITIVE)
    assert row.id == h("annotation", wanted, "work", anna.hex(), 0).hex()


def test_a_handle_names_one_person_however_it_is_written(project: Project) -> None:
    one = project.sign_in("Jürgen")
    assert project.sign_in(" ju\u0308rgen ").uid == one.uid
    assert len(project.people()) == 2


def test_every_run_writes_a_strand_of_its_own(project: Project) -> None:
    before = project.file.row("SELECT count(*) FROM strand")[0]
    project.sign_in("ben")
    again = Project.open(project.path)
    again.sign_in("cleo")
    again.file.close()
    assert project.file.row("SELECT count(*) FROM strand")[0] == before + 2


def test_a_small_body_lies_plain_a_large_one_packed_and_a_huge_one_in_blobs(
    project: Project,
) -> None:
    import os

    sizes = {"k0": 100, "k1": 5_000, "k2": 200_000}
    for key, size in sizes.items():
        text = os.urandom(size // 2).hex()
        value = msgspec.json.encode({"answers": {"note": text}})
        project.annotate(project.query.find(key), author="anna", value=value)
        stored = project.task(project.query.find(key)).annotations[0].value
        assert stored == value
    encodings = [row[0] for row in project.file.rows("SELECT enc FROM op ORDER BY id DESC LIMIT 3")]
    assert encodings == [2, 1, 0]


def test_two_people_make_two_annotations_and_no_conflict(project: Project) -> None:
    project.sign_in("ben")
    task = project.query.find("k0")
    project.annotate(task, author="anna", value=POSITIVE)
    project.annotate(task, author="ben", value=NEGATIVE)
    authors = [one.author for one in project.task(task).annotations]
    assert authors == ["anna", "ben"]
    assert project.conflicts() == []


def test_a_queue_that_wants_two_people_stays_open_after_one(project: Project) -> None:
    queue = project.queue("texts")
    config = msgspec.structs.replace(queue.config, policy=Policy(overlap=2))
    project.put_queue("texts", config, panel="sentiment", by="anna")
    project.sign_in("ben")
    project.annotate(project.query.find("k0"), author="anna", value=POSITIVE)
    assert project.query.find("k0").status == "open"
    project.annotate(project.query.find("k0"), author="ben", value=NEGATIVE)
    assert project.query.find("k0").status == "submitted"


def test_a_smaller_overlap_closes_tasks_that_have_enough(project: Project) -> None:
    queue = project.queue("texts")
    config = msgspec.structs.replace(queue.config, policy=Policy(overlap=2))
    project.put_queue("texts", config, panel="sentiment", by="anna")
    project.annotate(project.query.find("k0"), author="anna", value=POSITIVE)
    project.put_queue("texts", queue.config, panel="sentiment", by="anna")
    assert project.query.find("k0").status == "submitted"
    assert project.queue("texts").done == 1


def test_the_status_is_that_of_the_least_finished(project: Project) -> None:
    project.sign_in("ben")
    task = project.query.find("k0")
    project.annotate(task, author="anna", value=POSITIVE)
    project.annotate(task, author="ben", value=b"{}", status="flagged", reason="unclear")
    assert project.query.find("k0").status == "flagged"
    flagged = project.query.page(status="flagged")
    assert [row.key for row in flagged.rows] == ["k0"]


def test_a_changed_label_set_is_an_op_and_nothing_else_is(project: Project) -> None:
    queue = project.queue("texts")
    before = project.file.row("SELECT count(*) FROM op")[0]
    labels = (*queue.config.labels, Label("bird", "Bird"))
    config = msgspec.structs.replace(queue.config, labels=labels)
    changed = project.put_queue("texts", config, panel="sentiment", title="Texts", by="anna")
    assert project.file.row("SELECT count(*) FROM op")[0] == before + 1
    assert changed.config.label("bird") == Label("bird", "Bird")
    assert changed.versions["queue"] == queue.versions["queue"]
    assert changed.versions["labels"] != queue.versions["labels"]


def test_caches_are_what_folding_every_op_anew_gives(project: Project) -> None:
    project.sign_in("ben")
    for number, status in enumerate(("submitted", "skipped", "flagged", "open")):
        row = project.query.find(f"k{number}")
        project.annotate(row, author="anna", value=POSITIVE, status=status)
        project.annotate(row, author="ben", value=NEGATIVE)
    assert project.check() == []
    project.refold()
    assert project.check() == []
    assert project.query.counts() == {"tasks": 6, "annotations": 8, "conflicts": 0}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE op SET body=CAST(replace(CAST(body AS TEXT),'positive','negative') AS BLOB) "
        "WHERE CAST(body AS TEXT) LIKE '%positive%'",
        "UPDATE op SET hlc=hlc+1 WHERE id=3",
        "DELETE FROM op WHERE id=(SELECT max(id) FROM op)",
        "UPDATE task SET status=5 WHERE key='k5'",
        "UPDATE tally SET n=n+1",
        "UPDATE strand SET last=last+1",
        "UPDATE strand SET have=have-1 WHERE have>1",
        "UPDATE strand SET seal=zeroblob(16) WHERE have>0",
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_check_finds_what_was_altered_by_hand(
    project: Project, tmp_path: Path, damage: str, read_only: bool
) -> None:
    project.annotate(project.query.find("k0"), author="anna", value=POSITIVE)
    target = tmp_path / "altered.labeler"
    project.copy_to(target)
    connection = sqlite3.connect(target)
    connection.execute(damage)
    connection.commit()
    connection.close()
    before = target.read_bytes()
    altered = Project.open(target, read_only=read_only)
    assert altered.check() != []
    altered.file.close()
    assert target.read_bytes() == before


def test_an_altered_op_is_quarantined_and_the_rest_is_merged(
    project: Project, tmp_path: Path
) -> None:
    target = tmp_path / "altered.labeler"
    project.copy_to(target)
    other = Project.open(target)
    other.annotate(other.query.find("k0"), author="anna", value=POSITIVE)
    other.annotate(other.query.find("k1"), author="anna", value=POSITIVE)
    other.file.close()
    connection = sqlite3.connect(target)
    last = connection.execute("SELECT max(id) FROM op").fetchone()[0]
    connection.execute("UPDATE op SET body=? WHERE id=?", (b'{"task":"forged"}', last - 1))
    connection.commit()
    connection.close()
    report = project.merge(target)
    assert (report.added, report.quarantined) == (1, 1)
    assert project.query.find("k0").status == "open"
    assert project.query.find("k1").status == "submitted"
    assert b"forged" in project.file.row("SELECT raw FROM quarantine")[0]
    assert project.merge(target).quarantined == 0


def test_another_project_is_not_merged(project: Project, tmp_path: Path) -> None:
    from labeler.model.problems import Refusal

    other = Project.create(tmp_path / "other.labeler", handle="anna")
    other.close()
    with pytest.raises(Refusal) as caught:
        project.merge(tmp_path / "other.labeler")
    assert caught.value.problem.code == "project_other"


def test_a_clock_never_goes_back_and_ignores_one_far_ahead() -> None:
    clock = Clock()
    times = [clock.now() for _ in range(1000)]
    assert times == sorted(set(times))
    in_an_hour = times[-1] + (3600 * 1000 << 16)
    clock.see(in_an_hour)
    assert clock.now() == in_an_hour + 1
    clock.see(times[-1] + (400 * 24 * 3600 * 1000 << 16))
    assert clock.now() == in_an_hour + 2


def test_a_write_that_fails_where_nothing_can_be_read_either_leaves_the_next_one_whole(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that goes away takes the reading with it; the strand of the lost write was never made."""

    def gone(*_args: object) -> None:
        raise Refusal.of("disk_error", reason="gone")

    def fails() -> None:
        with project._writing() as (connection, _):
            project.log.strand_row(connection, bytes.fromhex(project.person("anna").uid))
            monkeypatch.setattr(project.file, "row", gone)
            gone()

    with pytest.raises(Refusal, match="gone"):
        fails()
    monkeypatch.undo()
    project.sign_in("ben")
    assert project.check() == []


def test_a_value_with_two_regions_of_one_id_is_set_aside(project: Project) -> None:
    """One reader would take the first of them and another the last."""
    task = bytes.fromhex(project.query.find("k0").id)
    author = person_uid(project.uid, "anna").hex()
    entity = annotation_uid(task, "work", author, 0)
    body = b'{"task":"%b","layer":"work","author":"%b","value":{"regions":[%b,%b]}}'
    one, other = (b'{"type":"span","id":"%b","start":0,"end":1}' % name for name in (b"a", b"b"))
    said = (task.hex().encode(), author.encode())
    kinds = (OpKind.PUT, entity, EntityKind.ANNOTATION)
    assert body_fault(project.uid, *kinds, body % (*said, one, other)) == ""
    assert "have one id" in body_fault(project.uid, *kinds, body % (*said, one, one))


def test_parents_that_are_no_list_of_hashes_are_set_aside(project: Project) -> None:
    """The hash is right, and what it is of could be cut in two ways."""
    (read, *_) = ops_of(project.file, 1)
    odd = msgspec.structs.replace(read.op, parents=b"x" * 17)
    named = msgspec.structs.replace(
        odd, hash=name_of(project.uid, odd, body_digest(odd.salt or b"", odd.body or b""))
    )
    verifier = Verifier(project.uid)
    assert verifier.fault(read) == ""
    assert verifier.fault(ReadOp(named)) == "what it replaces is no list of ops"
