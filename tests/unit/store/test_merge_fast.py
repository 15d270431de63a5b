"""The fast ways of a merge come to what the slow ones come to: hashes, bodies, caches."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from copies import MEMORY, assert_folded, dump, opened
from hypothesis import given, settings
from hypothesis import strategies as st
from made import text_task

from labeler.model.ids import digest
from labeler.model.json import UNREADABLE
from labeler.model.steps import ValueTree
from labeler.store import Project, taking_batch
from labeler.store.bodies import read_value, value_tree
from labeler.store.bulk import NewAnnotation, NewTask
from labeler.store.damage import Damaged
from labeler.store.op_hash import Namer, body_digest, op_hash, sealed
from labeler.store.oplog import OpRow

EXAMPLES = int(os.environ.get("LABELER_EXAMPLES", "12"))
Copy = Callable[[str], Path]

# ------------------------------------------------------------------------------------------- hashes

uids = st.sampled_from([bytes([n]) * 16 for n in range(3)])
raws = st.binary(max_size=5000)
numbers = st.integers(0, 2**62)
ops = st.builds(
    OpRow,
    strand=uids,
    seq=numbers,
    hlc=numbers,
    person=uids,
    kind=st.integers(1, 99),
    entity=uids,
    entity_kind=st.integers(1, 99),
    parents=st.sampled_from([b"", bytes(16), bytes(32), bytes(4096)]),
    salt=st.binary(max_size=9),
    body=raws,
    hash=st.just(b""),
)


@given(st.lists(ops, max_size=8))
@settings(max_examples=60)
def test_the_hash_of_many_ops_is_that_of_each(many: list[OpRow]) -> None:
    namer, seal = Namer(b"p" * 16), b""
    for op in many:
        assert op.salt is not None
        assert op.body is not None
        said = body_digest(op.salt, op.body)
        fields = (op.strand, op.seq, op.hlc, op.person, op.kind, op.entity, op.entity_kind)
        name = namer(op, op.salt, op.body)
        assert name == op_hash(b"p" * 16, *fields, op.parents, said)
        assert sealed(seal, name) == digest(seal, name)
        seal = sealed(seal, name)


# ------------------------------------------------------------------------------------------- values

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner)
)
regions = st.dictionaries(st.sampled_from(["id", "label", "type", "x"]), trees)
values = st.fixed_dictionaries(
    {},
    optional={
        "regions": st.lists(regions, max_size=3) | trees,
        "answers": st.dictionaries(st.text(max_size=3), trees) | trees,
        "other": trees,
    },
)
deep = "[" * 99 + "]" * 99
ODD = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"regions":[{}]}',
    b'{"regions":[{"id":7}]}',
    b'{"regions":[{"id":"a","x":1e999}]}',
    b'{"answers":{"a":1e999}}',
    b'{"answers":{"a":NaN}}',
    b'{"answers":{"a":"\xff"}}',
    b'{"answers":{"a":123456789012345678901234567890}}',
    *[(b'{"answers":{"a":%s}}' % deep[n:-n].encode()) for n in (1, 2, 3)],
    *[(b'{"regions":[{"id":"a","x":%s}]}' % deep[n:-n].encode()) for n in (1, 2, 3, 4)],
    b'{"answers":{"a":%s}}' % (b"[" * 5000 + b"]" * 5000),
]


def reads(raw: bytes) -> bool:
    """Whether a value can be read by all that reads values later."""
    try:
        value_tree(raw)
        ValueTree.read(raw)
    except (Damaged, ValueError, *UNREADABLE):
        return False
    return True


def passes(raw: bytes) -> bool:
    try:
        read_value(msgspec.Raw(raw))
    except Damaged:
        return False
    return True


@pytest.mark.parametrize("raw", ODD)
def test_a_value_is_taken_if_it_can_be_read_later(raw: bytes) -> None:
    assert passes(raw) == reads(raw)


@given(values)
@settings(max_examples=60)
def test_any_value_is_taken_if_it_can_be_read_later(tree: Any) -> None:
    raw = msgspec.json.encode(tree)
    assert passes(raw) == reads(raw)


# ------------------------------------------------------------------------------------------- caches

acts = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "import",
                "annotate",
                "again",
                "stub",
                "content",
                "delete",
                "queue",
                "hand out",
                "labels",
            ]
        ),
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=12,
)
VALUES = (
    b'{"answers":{"sentiment":"positive"}}',
    b'{"answers":{"sentiment":"negative"}}',
    b'{"regions":[{"id":"r","type":"span","start":0,"end":1,"label":"dog"}]}',
)


def act(project: Project, what: str, which: int, how: int) -> None:
    """Something somebody does; it may come to nothing."""
    bulk = project.bulk("texts", by="anna")
    author = ("anna", "ben", "carla")[how]
    keys = [f"k{which}", f"new{which}", f"new{which + 1}"]
    rows = [row for row in project.query.page("texts", limit=99).rows if row.key in keys]
    match what:
        case "import":
            bulk.tasks([text_task(key, f"{key} {how}") for key in keys[1:]])
        case "annotate":
            project.sign_in(author)
            layer = ("work", "work", "prediction")[how]
            bulk.annotations(
                [
                    NewAnnotation(bytes.fromhex(row.id), layer, author, VALUES[which % 3])
                    for row in rows
                ]
            )
        case "again":
            for row in rows[:2]:
                status = ("submitted", "flagged", "open")[which % 3]
                project.annotate(row, author=author, value=VALUES[how], status=status)
        case "stub":
            bulk.tasks([NewTask(f"late{which}", b"", b"")])
            bulk.annotations(
                [
                    NewAnnotation(uid, "work", author, VALUES[0])
                    for uid in bulk.existing(f"late{which}")
                ]
            )
        case "content":
            bulk.tasks([text_task(f"late{which}", f"text {how}")])
        case "delete":
            for row in rows:
                project.delete_annotation(row, author=author)
        case "hand out":
            hand_out(project, which, author)
        case "labels" | "queue":
            config = project.queue("texts").config
            if what == "labels":
                config = msgspec.structs.replace(config, labels=config.labels[: how + 1])
            else:
                policy = msgspec.structs.replace(config.policy, overlap=how + 1)
                config = msgspec.structs.replace(config, policy=policy)
            project.put_queue("texts", config, panel="sentiment", title="Texts", by="anna")


def hand_out(project: Project, which: int, author: str) -> None:
    """The next task is handed out, and now and then called back."""
    project.sign_in("anna")
    person = project.sign_in(author)
    rows = project.query.page("texts", limit=99).rows
    tasks = project.free_among(list(rows), person.handle, by="anna")[:1]
    if tasks:
        body = project.assign("texts", tasks, to=author, by="anna")
        if which == 0:
            project.recall(body.handout, by="anna")


@given(st.lists(acts, min_size=2, max_size=3), st.sampled_from([1, 2, 3, 1000]), st.randoms())
@settings(max_examples=EXAMPLES)
def test_caches_are_what_a_fold_of_the_whole_makes_of_them(
    made: Path, everything: list[Any], size: int, chance: random.Random
) -> None:
    """Copies in which all sorts of things were done, merged in slices of any size."""
    with (
        tempfile.TemporaryDirectory(prefix="fast", dir=MEMORY) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(taking_batch, "SLICE", size)
        copies = []
        for number, did in enumerate(everything):
            target = Path(folder) / f"{number}.labeler"
            shutil.copyfile(made, target)
            project = opened(target)
            for one in did:
                act(project, *one)
                if copies and chance.random() < 0.2:
                    project.merge(chance.choice(copies).path)
                assert_folded(project)
            copies.append(project)
        dumps = []
        for order in (copies, copies[::-1]):
            target = Path(folder) / "all.labeler"
            shutil.copyfile(made, target)
            project = opened(target)
            for one in order:
                project.merge(one.path)
                assert_folded(project)
            dumps.append(dump(project))
            project.file.close()
        for project in copies:
            project.file.close()
        assert dumps[0] == dumps[1]


def test_what_people_write_between_two_batches_is_looked_up_as_ever(
    project: Project, theirs: Project
) -> None:
    theirs.annotate(theirs.query.find("k0"), author="anna", value=VALUES[0])
    asked = []
    project.merge(theirs.path, lambda *_: asked.append(project.file.row("PRAGMA foreign_keys")[0]))
    assert set(asked) == {1}


def test_a_task_that_comes_after_word_of_its_being_handed_out_is_not_free(
    project: Project, copy: Copy
) -> None:
    """Its hand-out is in a strand that a third copy reads before that of the task."""
    project.bulk("texts", by="anna").tasks([text_task("new", "a new text")])
    theirs = Project.open(copy("theirs.labeler"))
    theirs.annotate(theirs.query.find("k0"), author="anna", value=VALUES[0])
    theirs.merge(project.path)
    task = theirs.query.find("new")
    theirs.sign_in("ben")
    theirs.assign("texts", [task], to="ben", by="anna")
    third = Project.open(copy("third.labeler"))
    third.merge(theirs.path)
    told = "SELECT out_to IS NULL FROM task WHERE key='new'"
    assert third.file.row(told) == theirs.file.row(told) == (0,)
    for one in (theirs, third):
        assert one.check() == []
        one.file.close()


def test_a_task_imported_after_word_of_its_being_handed_out_is_not_free(
    project: Project, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The merge that told of the hand-out ended before it came to the task, which is imported then."""
    project.bulk("texts", by="anna").tasks([text_task("new", "a new text")])
    theirs = Project.open(copy("theirs.labeler"))
    theirs.annotate(theirs.query.find("k0"), author="anna", value=VALUES[0])
    theirs.merge(project.path)
    theirs.sign_in("ben")
    theirs.assign("texts", [theirs.query.find("new")], to="ben", by="anna")
    third = Project.open(copy("third.labeler"))
    monkeypatch.setattr(taking_batch, "SLICE", 1)
    monkeypatch.setattr(taking_batch, "BATCH_S", 0.0)

    class Killed(BaseException):
        """Stands for the end of the process."""

    def stop(_done: int, _total: int) -> None:
        if third.file.row("SELECT count(*) FROM ent WHERE kind=10")[0] == 2:
            raise Killed

    with pytest.raises(Killed):
        third.merge(theirs.path, stop)
    assert third.query.page("texts", search="a new text").total == 0
    third.bulk("texts", by="anna").tasks([text_task("new", "a new text")])
    assert third.file.row("SELECT out_to IS NULL FROM task WHERE key='new'") == (0,)
    assert third.check() == []
    for one in (theirs, third):
        one.file.close()


# ------------------------------------------------------------------------------------------- bodies


def test_a_slice_holds_some_megabytes_and_not_a_copy() -> None:
    """Bodies of 1 MiB: four of them are as many as are in memory at once, whatever the copy holds."""
    bodies = (taking_batch.SetAside("copy", "why", bytes(1 << 20)) for _ in range(1000))
    first = next(bodies)
    assert len(taking_batch._slice(first, bodies)) == 4
    assert next(bodies, None) is not None


@pytest.fixture
def theirs(copy: Copy) -> Iterator[Project]:
    opened_copy = Project.open(copy("theirs.labeler"))
    yield opened_copy
    opened_copy.file.close()


NEWEST = "SELECT op.id, enc, body FROM op ORDER BY op.id DESC LIMIT 1"


def test_a_body_that_came_compressed_is_stored_as_it_came(
    project: Project, theirs: Project
) -> None:
    text = " ".join(f"word {number}" for number in range(2000)).encode()
    theirs.annotate(
        theirs.query.find("k0"), author="anna", value=b'{"answers":{"note":"%s"}}' % text
    )
    row, enc, stored = theirs.file.row(NEWEST)
    packed = zlib.compress(zlib.decompress(stored), 9)
    assert (enc, packed != stored) == (1, True)
    theirs.file.connection.execute("UPDATE op SET body=? WHERE id=?", (packed, row))
    assert project.merge(theirs.path).added == 1
    assert project.file.row(NEWEST)[1:] == (1, packed)
    assert project.check() == []


def test_bytes_that_ride_behind_a_compressed_body_are_not_taken(
    project: Project, theirs: Project
) -> None:
    """They are in no hash: whoever wrote them could smuggle anything along."""
    text = " ".join(f"word {number}" for number in range(2000)).encode()
    theirs.annotate(
        theirs.query.find("k0"), author="anna", value=b'{"answers":{"note":"%s"}}' % text
    )
    row, _, stored = theirs.file.row(NEWEST)
    theirs.file.connection.execute("UPDATE op SET body=? WHERE id=?", (stored + b"gold", row))
    report = project.merge(theirs.path)
    assert (report.added, report.quarantined) == (0, 1)
