"""Hand-out and hand-back: all that is needed goes out, no gold does, and all work comes back."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pytest

from labeler.model.codec import Codec
from labeler.model.content import MediaRef
from labeler.model.ids import handout_uid, out_uid, person_uid
from labeler.model.problems import Refusal
from labeler.model.queue import read_config
from labeler.model.regions import REGION_TYPES
from labeler.store import Project, assigned
from labeler.store.bodies import AssignBody, body_fault, encode
from labeler.store.bulk import NewAnnotation, NewTask, content_fingerprint
from labeler.store.fold import CACHES, Fold
from labeler.store.media_rows import NewMedium
from labeler.store.oplog import EntityKind, OpKind, unpack_body
from labeler.team import Handout, hand_out
from labeler.team.handout import Estimate, HandoutWish, estimate, hand_out_through
from labeler.work.asks import here
from labeler.work.draft import Draft
from labeler.work.media import MediaOpener
from labeler.work.media_roots import MediaRoots

CONFIG = b"""{"labels": [{"id": "cat"}], "questions": [{"id": "sentiment", "kind": "text"}],
 "guideline": "# 1 Read the text twice", "policy": {"overlap": 2}}"""
GOLD = "heliotrope-gold-word"
OTHERS = "somebody-elses-word"
PICTURE = os.urandom(2_300_000)
VALUE = '{"answers":{"sentiment":"%s"}}'


def value(word: str) -> bytes:
    return (VALUE % word).encode()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Forty tasks: gold on all, a prediction on all, Carla's work and a review on some."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(PICTURE)
    opened = Project.create(tmp_path / "p.labeler", title="Pets", handle="ada", name="Ada")
    opened.put_queue("texts", read_config(CONFIG), panel="sentiment", by="ada")
    for name, kind in (("carla", "person"), ("goldie", "person"), ("robot-7", "model")):
        opened.sign_in(name, kind=kind)
    tasks = []
    for number in range(40):
        content: dict[str, Any] = {"text": f"text number {number}"}
        if number < 2:
            content["image"] = {"path": "a.png", "root": "pictures"}
        raw = msgspec.json.encode(content)
        tasks.append(NewTask(f"k{number}", raw, content_fingerprint(raw)))
    medium = NewMedium("pictures", "a.png", len(PICTURE), "image/png", b"f" * 16)
    added = opened.bulk("texts", by="ada").add(tasks, [medium])
    bulk = opened.bulk("texts", by="ada")
    bulk.annotations(
        [
            NewAnnotation(uid, "gold", "goldie", value(f"{GOLD}-{n}"))
            for n, uid in enumerate(added.uids)
        ]
    )
    bulk.annotations(
        [NewAnnotation(uid, "prediction", "robot-7", value("guess")) for uid in added.uids]
    )
    for number in range(5):
        row = opened.query.find(f"k{number}")
        opened.annotate(row, author="carla", value=value(OTHERS))
        opened.annotate(row, author="ada", value=value(f"{GOLD}-reviewed"), layer="review")
    yield opened
    opened.file.close()


def opener(project: Project) -> Callable[[MediaRef], BinaryIO]:
    roots = MediaRoots(project.path.with_name("roots.json"))
    return MediaOpener(here(project), project.uid.hex(), project.path, roots).open


def handed(project: Project, name: str = "out.labeler", count: int = 10, **how: Any) -> Path:
    out = project.path.with_name(name)
    made: Handout = hand_out(
        project,
        out,
        **{"to": "ben", "by": "ada", "queue": "texts", "count": count, **how},
        opens=opener(project),
    )
    assert made.tasks <= count
    return out


def work(path: Path, *keys: str, word: str = "done", by: str = "ben") -> None:
    """What somebody does with a file they got."""
    opened = Project.open(path)
    for key in keys:
        opened.annotate(opened.query.find(key), author=by, value=value(word))
    opened.close()


def begin(path: Path, key: str, by: str = "ben") -> None:
    """What somebody begins in a file they got, and leaves without a submit."""
    opened = Project.open(path)
    row, person = opened.query.find(key), opened.sign_in(by)
    draft = Draft(opened.open_draft(row, person), Codec(REGION_TYPES))
    draft.emit(draft.value.with_answer("sentiment", "begun"), "Type")
    batch = draft.take_batch()
    assert batch is not None
    opened.write_steps(row, person, draft.row, batch.steps, batch.cursor, batch.saved)
    opened.file.close()


def said(project: Project, by: str = "ben") -> dict[str, str]:
    return {
        full.row.key: msgspec.json.decode(one.value)["answers"]["sentiment"]
        for page in project.pages()
        for full in page
        for one in full.annotations
        if one.author == by and one.layer == "work"
    }


# ------------------------------------------------------------------------------------ what goes out


def everything(path: Path) -> Iterator[bytes]:
    """The file as it lies there, and every value in it, inflated where it can be."""
    yield path.read_bytes()
    connection = sqlite3.connect(path)
    names = [
        row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type='table'")
    ]
    for name in names:
        for row in connection.execute(f"SELECT * FROM {name}"):
            for cell in row:
                raw = cell.encode() if isinstance(cell, str) else cell
                if not isinstance(raw, bytes):
                    continue
                yield raw
                for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
                    for start in (0, 1):
                        try:
                            yield zlib.decompressobj(window).decompress(raw[start:])
                        except zlib.error:
                            continue
    connection.close()


def secrets(project: Project) -> dict[str, bytes]:
    """What must not be found: words, people, entities, hashes and salts of gold, reviews and others."""
    found = {
        "gold": GOLD.encode(),
        "others": OTHERS.encode(),
        "goldie": b"goldie",
        "carla": b"carla",
    }
    for name in ("goldie", "carla"):
        uid = person_uid(project.uid, name)
        found |= {f"{name} uid": uid, f"{name} hex": uid.hex().encode()}
    rows = project.file.rows(
        "SELECT ent.uid, op.h, op.salt, strand.uid, strand.seal, body FROM ann "
        "JOIN ent ON ent.id=ann.id JOIN op ON op.ent=ann.id JOIN strand ON strand.id=op.strand "
        "WHERE ann.layer NOT IN (0, 1) OR ann.author=(SELECT id FROM person WHERE uid=?)",
        (person_uid(project.uid, "carla"),),
    )
    ours = {
        row[0]
        for row in project.file.rows(
            "SELECT strand.uid FROM strand JOIN op ON op.strand=strand.id "
            "JOIN ent ON ent.id=op.ent WHERE ent.kind BETWEEN 1 AND 6"
        )
    }
    for number, (uid, name, salt, strand, seal, _) in enumerate(rows):
        found |= {f"entity {number}": uid, f"hash {number}": name, f"salt {number}": salt}
        if strand not in ours:
            found |= {f"seal {number}": seal}
    return found


def test_no_gold_goes_out_in_any_form(project: Project) -> None:
    hidden = secrets(project)
    assert len(hidden) > 150
    out = handed(project, count=40)
    haystack = list(everything(out))
    assert sum(map(len, haystack)) > 1000
    for what, needle in hidden.items():
        assert not any(needle in raw for raw in haystack), what


def test_the_search_finds_gold_where_there_is_some(project: Project) -> None:
    """The search itself, on the project that has it all."""
    haystack = list(everything(project.path))
    missing = [
        what
        for what, needle in secrets(project).items()
        if not any(needle in raw for raw in haystack)
    ]
    assert missing == []


def test_a_handout_is_a_sound_project_with_all_that_is_needed(project: Project) -> None:
    out = handed(project)
    opened = Project.open(out)
    assert opened.check() == []
    assert opened.handed_to == "ben"
    assert opened.title == "Pets"
    assert [one.handle for one in opened.people()] == ["ben", "robot-7"]
    queue = opened.queue("texts")
    assert queue.config.guideline == "# 1 Read the text twice"
    assert queue.tasks == 10
    wanted = [full.row.key for page in opened.pages() for full in page]
    assert wanted == [f"k{number}" for number in range(10)]
    layers = {one.layer for page in opened.pages() for full in page for one in full.annotations}
    assert layers == {"prediction"}
    assert opened.merges() == opened.quarantine() == []
    row = opened.query.next_open("texts", person_uid(opened.uid, "ben"))
    assert row is not None
    assert row.key == "k0"
    opened.file.close()


def test_its_media_lie_in_it_and_stay_there_when_it_comes_back(
    project: Project, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    out = handed(project).rename(away / "out.labeler")
    opened = Project.open(out)
    with opener(opened)(MediaRef(path="a.png", root="pictures")) as stream:
        assert stream.read() == PICTURE
    opened.file.close()
    work(out, "k0")
    project.merge(out)
    assert said(project) == {"k0": "done"}
    assert project.file.row("SELECT count(*) FROM blob WHERE length(data)>=100000")[0] == 0
    assert project.check() == []


def test_a_medium_out_of_reach_hands_nothing_out(project: Project, tmp_path: Path) -> None:
    (tmp_path / "pictures" / "a.png").unlink()
    with pytest.raises(Refusal) as caught:
        handed(project)
    assert "a.png" in str(caught.value)
    assert project.handouts() == []
    assert not (tmp_path / "out.labeler").exists()


def test_predictions_stay_at_home_where_the_queue_hides_them(project: Project) -> None:
    config = project.queue("texts").config
    policy = msgspec.structs.replace(config.policy, show_predictions=False)
    project.put_queue(
        "texts", msgspec.structs.replace(config, policy=policy), panel="sentiment", by="ada"
    )
    opened = Project.open(handed(project))
    assert [full.annotations for page in opened.pages() for full in page] == [()] * 10
    opened.file.close()


def test_a_damaged_handout_is_repaired_with_its_media(project: Project, tmp_path: Path) -> None:
    from labeler.store.repair import repair

    out = handed(project)
    report = repair(out, tmp_path / "again.labeler")
    assert report.problems == ()
    opened = Project.open(tmp_path / "again.labeler")
    assert opened.handed_to == "ben"
    with opener(opened)(MediaRef(path="a.png", root="pictures")) as stream:
        assert stream.read() == PICTURE
    opened.file.close()


def test_packed_bytes_that_rot_are_told(project: Project) -> None:
    out = handed(project)
    connection = sqlite3.connect(out)
    connection.execute("UPDATE blob SET data=zeroblob(length(data)) WHERE part=1")
    connection.commit()
    connection.close()
    opened = Project.open(out)
    assert [one.code for one in opened.check()] == ["medium_damaged"]
    opened.file.close()


# ------------------------------------------------------------------------------------- who has what


def test_tasks_that_are_out_wait_for_whom_they_are_out_to(project: Project) -> None:
    carla, ben = (person_uid(project.uid, name) for name in ("carla", "ben"))
    handed(project)
    first = {who: project.query.next_open("texts", who) for who in (carla, ben)}
    assert [row and row.key for row in first.values()] == ["k10", "k0"]
    assert project.check() == []


def test_nobody_is_handed_what_another_one_has(project: Project) -> None:
    handed(project)
    other = Project.open(handed(project, "two.labeler", to="dora"))
    assert next(full.row.key for page in other.pages() for full in page) == "k10"
    other.file.close()
    handed(project, "three.labeler", to="erik", count=40)
    with pytest.raises(Refusal) as caught:
        handed(project, "four.labeler", to="fay")
    assert caught.value.problem.code == "handout_nothing"


def test_the_list_says_who_has_what_since_when_and_how_far(project: Project) -> None:
    out = handed(project, due="2027-01-31")
    (row,) = project.handouts()
    told = (row.person, row.by, row.queue, row.tasks, row.done, row.due, row.recalled)
    assert told == ("ben", "ada", "texts", 10, 0, "2027-01-31", 0)
    work(out, "k0", "k1", "k2")
    project.merge(out)
    assert project.handouts()[0].done == 3


def test_a_task_given_back_is_open_to_others_who_are_wanted(project: Project) -> None:
    out = handed(project)
    work(out, "k7")
    project.merge(out)
    carla = person_uid(project.uid, "carla")
    row = project.query.next_open("texts", carla)
    assert row is not None
    assert row.key == "k7", "two people are wanted, and Ben has done his"
    assert project.check() == []


def test_a_recall_frees_the_tasks_and_keeps_what_comes_late(project: Project) -> None:
    out = handed(project)
    work(out, "k8", word="in time")
    project.merge(out)
    work(out, "k9", word="late")
    told = project.recall(project.handouts()[0].id, by="ada")
    assert told.recalled > 0
    carla = person_uid(project.uid, "carla")
    row = project.query.next_open("texts", carla)
    assert row is not None
    assert row.key == "k5"
    assert project.merge(out).added == 1
    assert said(project) == {"k8": "in time", "k9": "late"}
    assert project.check() == []
    with pytest.raises(Refusal) as caught:
        project.recall("0" * 32, by="ada")
    assert caught.value.problem.code == "handout_unknown"


def test_who_has_a_task_is_the_same_whichever_op_came_first(project: Project) -> None:
    handed(project)
    entities = project.file.rows(
        "SELECT id FROM ent WHERE kind<>? ORDER BY id", (EntityKind.ASSIGN,)
    )
    first = project.file.rows("SELECT id FROM ent WHERE kind=?", (EntityKind.ASSIGN,))
    with project.file.writing() as connection:
        for table in CACHES:
            connection.execute(f"DELETE FROM {table}")
        for rows in (first, entities):
            Fold(connection, project.uid).touch([row[0] for row in rows])
    assert project.file.row("SELECT count(*) FROM task WHERE out_to IS NOT NULL")[0] == 10
    assert project.check() == []


def test_what_says_who_has_a_task_is_about_that_task_and_no_other(project: Project) -> None:
    one, other = (project.query.find(key).id for key in ("k0", "k1"))
    raw = encode(AssignBody(handout="0" * 32, person="1" * 32, task=one))
    whole = encode(AssignBody(handout="0" * 32, person="1" * 32))

    def fault(entity: bytes, body: bytes) -> str:
        return body_fault(project.uid, OpKind.PUT, entity, EntityKind.ASSIGN, body)

    assert fault(out_uid(bytes.fromhex(one)), raw) == ""
    assert fault(out_uid(bytes.fromhex(other)), raw) != ""
    assert fault(handout_uid(project.uid, "0" * 32), whole) == ""
    assert fault(handout_uid(project.uid, "2" * 32), whole) != ""


def test_a_failure_while_the_file_is_made_leaves_nobody_with_tasks(
    project: Project, tmp_path: Path
) -> None:
    honest = opener(project)
    reads = iter(range(10))

    def worn(ref: MediaRef) -> BinaryIO:
        if next(reads) == 0:
            return honest(ref)
        raise Refusal.of("file_missing", ref.path)

    with pytest.raises(Refusal):
        hand_out(
            project, tmp_path / "o.labeler", to="ben", by="ada", queue="texts", count=5, opens=worn
        )
    assert [one.recalled > 0 for one in project.handouts()] == [True]
    assert not (tmp_path / "o.labeler").exists()
    handed(project)


def test_a_medium_that_changed_between_two_looks_is_not_handed_out(
    project: Project, tmp_path: Path
) -> None:
    reads = iter(range(10))

    def shifty(ref: MediaRef) -> BinaryIO:
        return io.BytesIO(PICTURE if next(reads) == 0 else PICTURE[::-1])

    with pytest.raises(Refusal):
        hand_out(
            project,
            tmp_path / "o.labeler",
            to="ben",
            by="ada",
            queue="texts",
            count=5,
            opens=shifty,
        )
    assert not (tmp_path / "o.labeler").exists()


@pytest.mark.parametrize("how", [{"count": 0}, {"due": "soon"}, {"queue": "none"}])
def test_what_makes_no_sense_is_refused_before_anything_is_written(
    project: Project, how: dict[str, Any]
) -> None:
    before = project.file.row("SELECT count(*) FROM op")[0]
    with pytest.raises(Refusal):
        handed(project, **how)
    assert project.file.row("SELECT count(*) FROM op")[0] == before


def test_the_file_says_whose_it_is_from_whom_and_until_when(project: Project) -> None:
    opened = Project.open(handed(project, due="2027-01-31"))
    told = opened.handed
    assert told is not None
    assert (told.to, told.by, told.due) == ("ben", "Ada", "2027-01-31")
    (row,) = opened.handouts()
    assert (row.id, row.tasks) == (told.id, 10)
    opened.file.close()
    assert project.handed is None


def test_tasks_chosen_by_hand_go_out_and_those_that_are_taken_stay(project: Project) -> None:
    handed(project, count=3)
    ids = tuple(project.query.find(f"k{number}").id for number in (2, 20, 21))
    wish = HandoutWish(to="dora", by="ada", queue="texts", tasks=ids, name="Dora Lind")
    assert estimate(here(project), wish) == Estimate(tasks=2, left=1)
    out = project.path.with_name("dora.labeler")
    hand_out_through(here(project), out, wish, opener(project))
    opened = Project.open(out)
    assert [full.row.key for page in opened.pages() for full in page] == ["k20", "k21"]
    assert opened.person("dora").name == "Dora Lind"
    opened.file.close()


def test_an_estimate_counts_the_bytes_of_the_media(project: Project) -> None:
    wish = HandoutWish(to="ben", by="ada", queue="texts", count=10)
    assert estimate(here(project), wish) == Estimate(tasks=10, media=1, size=len(PICTURE))
    assert project.handouts() == []


def test_a_handout_that_is_given_up_leaves_no_file_and_nobody_with_tasks(
    project: Project, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []

    class GivenUp(Exception):
        pass

    def stops(done: int, total: int) -> None:
        told.append((done, total))
        if done == total - 1:
            raise GivenUp

    wish = HandoutWish(to="ben", by="ada", queue="texts", count=10)
    with pytest.raises(GivenUp):
        hand_out_through(here(project), tmp_path / "o.labeler", wish, opener(project), stops)
    # Three parts of a mebibyte read and three written, and ten tasks.
    assert told[-1] == (15, 16)
    assert [one.recalled > 0 for one in project.handouts()] == [True]
    assert sorted(path.name for path in tmp_path.glob("*o.labeler*")) == []


def test_how_far_a_handout_is_tells_done_begun_and_waiting(project: Project) -> None:
    out = handed(project)
    work(out, "k0", "k1")
    begin(out, "k2")
    project.merge(out)
    (told,) = project.handouts()
    assert (told.tasks, told.done, told.drafts) == (10, 2, 1)
    tasks = project.handout_tasks(told.id)
    assert [(one.key, one.state) for one in tasks[:4]] == [
        ("k0", "done"),
        ("k1", "done"),
        ("k2", "draft"),
        ("k3", "waiting"),
    ]
    assert [one.status for one in tasks[:3]] == ["submitted", "submitted", ""]


def test_a_recall_can_be_taken_back_but_for_what_others_got_meanwhile(project: Project) -> None:
    handed(project)
    first = project.handouts()[0].id
    project.recall(first, by="ada")
    handed(project, "two.labeler", to="dora", count=4)
    assert project.give_again(first, by="ada").recalled == 0
    carla = person_uid(project.uid, "carla")
    row = project.query.next_open("texts", carla)
    assert row is not None
    assert row.key == "k10"
    dora = project.query.next_open("texts", person_uid(project.uid, "dora"))
    assert dora is not None
    assert dora.key == "k0"
    assert project.check() == []


# ------------------------------------------------------------------------------------ what comes back


def test_hand_back_keeps_everything_in_whatever_order_and_however_often(
    project: Project, tmp_path: Path
) -> None:
    out = handed(project)
    early, renamed = tmp_path / "early.labeler", tmp_path / "Kopie von out (2).labeler"
    work(out, "k0", "k1")
    shutil.copyfile(out, early)
    work(out, "k1", word="better")
    work(out, "k2")
    shutil.copyfile(out, renamed)
    for path in (renamed, early, out, renamed):
        project.merge(path)
    assert said(project) == {"k0": "done", "k1": "better", "k2": "done"}
    assert project.conflicts() == []
    assert project.check() == []


def test_an_edited_return_is_set_aside_where_it_was_edited(project: Project) -> None:
    out = handed(project)
    work(out, "k0", "k1", word="honest")
    connection = sqlite3.connect(out)
    connection.execute(
        "UPDATE op SET body=CAST(replace(CAST(body AS TEXT),'honest','forged') AS BLOB) "
        "WHERE id=(SELECT max(id) FROM op)"
    )
    connection.commit()
    connection.close()
    report = project.merge(out)
    assert report.quarantined == 1
    assert list(said(project).values()) == ["honest"]


def test_drafts_come_along(project: Project) -> None:
    out = handed(project)
    begin(out, "k3")
    project.merge(out)
    (one,) = project.drafts_along(project.query.find("k3"))
    assert b"begun" in one.value
    again = Project.open(handed(project, "again.labeler", to="ben", by="ben"))
    (one,) = again.drafts_along(again.query.find("k3"))
    assert b"begun" in one.value, "what was begun goes out again"
    again.file.close()


def test_what_was_handed_on_comes_back_either_way(project: Project, tmp_path: Path) -> None:
    out = handed(project)
    ben = Project.open(out)
    onward = hand_out(
        ben, tmp_path / "on.labeler", to="carl", by="ben", queue="texts", count=3, opens=opener(ben)
    )
    assert onward.tasks == 3
    ben.close()
    work(tmp_path / "on.labeler", "k0", by="carl", word="by carl")
    project.merge(tmp_path / "on.labeler")
    assert said(project, "carl") == {"k0": "by carl"}
    project.merge(out)
    assert [(one.person, one.tasks) for one in project.handouts()] == [("carl", 3), ("ben", 10)]
    carl = person_uid(project.uid, "carl")
    row = project.query.next_open("texts", carl)
    assert row is not None
    assert row.key == "k1"
    assert project.check() == []
    opened = Project.open(tmp_path / "on.labeler")
    with opener(opened)(MediaRef(path="a.png", root="pictures")) as stream:
        assert stream.read() == PICTURE
    opened.file.close()


def test_what_a_person_has_done_is_not_handed_to_them_again(project: Project) -> None:
    out = handed(project)
    work(out, "k7", word="first")
    project.merge(out)
    assert project.query.find("k7").status == "open", "a second person is wanted"
    project.recall(project.handouts()[0].id, by="carla")
    assert project.handouts()[0].by == "ada"
    second = Project.open(handed(project, "second.labeler"))
    keys = {full.row.key for page in second.pages() for full in page}
    assert "k7" not in keys
    assert "k8" in keys
    second.file.close()


def test_work_of_ones_own_that_was_taken_back_goes_out_again_with_its_history(
    project: Project,
) -> None:
    project.sign_in("ben")
    row = project.query.find("k0")
    for word, status in (("first", "submitted"), ("second", "open")):
        project.annotate(row, author="ben", value=value(word), status=status)
    opened = Project.open(handed(project))
    assert said(opened) == {"k0": "second"}
    history = "SELECT count(*) FROM op JOIN ann ON ann.id=op.ent WHERE ann.layer=0"
    assert opened.file.row(history)[0] == 2
    opened.file.close()


def test_the_tasks_of_a_hand_out_read_what_it_says_once_and_not_each_time(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names them all: where each of them reads it, a hand-out of 5,000 takes a minute and a half."""
    read: list[bytes] = []

    def counted(connection: sqlite3.Connection, enc: int, stored: bytes | None) -> bytes | None:
        found = unpack_body(connection, enc, stored)
        read.extend([found] if found and b'"tasks"' in found else [])
        return found

    monkeypatch.setattr(assigned, "unpack_body", counted)
    handed(project, count=40)
    assert 1 <= len(read) <= 6, "some for the project, some for the file that goes out"
    (row,) = project.handouts()
    assert row.tasks == 40
    project.recall(row.id, by="ada")
    assert project.query.next_open("texts", person_uid(project.uid, "carla")) is not None
    assert project.check() == []
