"""Redacting takes words out for good, wherever the op of it comes; a missing body comes back."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

import pytest
from travellers import draft_of, put

from labeler.store import AnnotationRow, Project

Copy = Callable[[str], Path]
SECRET = "Ihre Nummer ist 0171 555"
LONG = "".join(blake2b(b"%d" % n).hexdigest() for n in range(1000))
"""More than a body holds that is stored with its op."""


def say(project: Project, words: str) -> AnnotationRow:
    """Anna's annotation of k0."""
    value = b'{"answers":{"why":"%s"}}' % words.encode()
    return project.annotate(project.query.find("k0"), author="anna", value=value)


def shown(project: Project) -> list[bytes]:
    return [one.value for one in project.task(project.query.find("k0")).annotations]


def bytes_hold(path: Path, words: str) -> bool:
    """Whether a file holds words: in a page, or in what any of its values unpacks to."""
    import zlib

    raw = path.read_bytes()
    connection = sqlite3.connect(path)
    bodies = [row[0] for row in connection.execute("SELECT body FROM op WHERE enc=1")]
    parts = connection.execute("SELECT data FROM blob ORDER BY hash, part").fetchall()
    connection.close()
    unpacked = [zlib.decompressobj().decompress(one) for one in (*bodies, *(p for (p,) in parts))]
    return any(words.encode() in one for one in (raw, *unpacked))


@pytest.fixture
def theirs(copy: Copy) -> Iterator[Project]:
    opened = Project.open(copy("theirs.labeler"))
    yield opened
    opened.file.close()


@pytest.mark.parametrize("words", [SECRET, LONG + SECRET])
def test_what_was_redacted_is_nowhere_in_the_file(project: Project, words: str) -> None:
    told = say(project, words)
    draft = draft_of(project, "k0", "anna")
    draft.emit(draft.value.with_answer("why", words + " noch einmal"), "Type")
    put(project, draft, "k0", "anna")
    assert bytes_hold(project.path, SECRET)
    assert project.redact(told.id, by="anna", reason="a private number") == 1
    assert shown(project) == []
    assert project.check() == []
    assert not bytes_hold(project.path, SECRET)
    assert project.query.find("k0").status == "open"


def test_an_op_without_its_body_is_still_verified(project: Project) -> None:
    """Its hash is that of its header and H(salt, body): whoever alters the header is found out."""
    told = say(project, SECRET)
    salt, body = project.file.row(
        "SELECT salt, body FROM op WHERE h=?", (bytes.fromhex(told.head),)
    )
    project.redact(told.id, by="anna")
    row = project.file.row("SELECT enc, salt, body FROM op WHERE h=?", (bytes.fromhex(told.head),))
    fields = (len(salt).to_bytes(8, "big") + salt, len(body).to_bytes(8, "big") + body)
    assert row == (3, None, blake2b(b"".join(fields), digest_size=16).digest())
    with project.file.writing() as connection:
        connection.execute("UPDATE op SET hlc=hlc+1 WHERE h=?", (bytes.fromhex(told.head),))
    assert "its hash does not match" in str(project.check()[0])


def test_what_is_shared_by_another_op_stays(project: Project) -> None:
    """The same large body of two ops lies in the file once."""
    other = b'{"answers":{"why":"%s"}}' % (LONG + "!").encode()
    told = project.annotate(project.query.find("k0"), author="anna", value=other)
    (body,) = project.file.row("SELECT body FROM op WHERE h=?", (bytes.fromhex(told.head),))
    project.annotate(project.query.find("k0"), author="anna", value=b"{}")
    project.annotate(project.query.find("k0"), author="anna", value=other)
    assert project.redact(told.id, [told.head], by="anna") == 1
    assert shown(project) == [other]
    assert project.file.row("SELECT count(*) FROM blob WHERE hash=?", (body,))[0] == 1
    assert project.check() == []


def test_a_merge_hides_what_was_redacted_and_takes_no_bytes_away(
    project: Project, theirs: Project
) -> None:
    told = say(project, SECRET)
    theirs.merge(project.path)
    theirs.redact(told.id, by="anna")
    assert project.merge(theirs.path).added == 1
    assert shown(project) == shown(theirs) == []
    assert bytes_hold(project.path, SECRET)
    assert project.check() == theirs.check() == []
    assert project.redact(told.id, by="anna") == 1
    assert not bytes_hold(project.path, SECRET)


def test_a_merge_brings_nothing_back_that_was_redacted(project: Project, theirs: Project) -> None:
    told = say(project, SECRET)
    theirs.merge(project.path)
    theirs.redact(told.id, by="anna")
    third = theirs.path.with_name("third.labeler")
    theirs.copy_to(third)
    assert theirs.merge(project.path).added == 0
    for path, others in ((third, [project.path]), (theirs.path, [project.path, third])):
        opened = Project.open(path)
        for other in others:
            opened.merge(other)
        assert shown(opened) == []
        opened.file.close()
        assert not bytes_hold(path, SECRET)


def test_redacted_first_and_met_later_is_left_out(project: Project, theirs: Project) -> None:
    """The op that redacts comes by one copy, what it names by another that never heard of it."""
    told = say(project, SECRET)
    middle = project.path.with_name("middle.labeler")
    project.copy_to(middle)
    project.redact(told.id, by="anna")
    with sqlite3.connect(project.path) as connection:  # as a copy would be that lost this op
        connection.execute("DELETE FROM op WHERE h=?", (bytes.fromhex(told.head),))
        connection.execute("UPDATE strand SET have=0, seal=NULL")
    connection.close()
    theirs.merge(project.path)
    assert theirs.merge(middle).added == 1
    assert shown(theirs) == []
    assert not bytes_hold(theirs.path, SECRET)


def test_a_body_that_is_only_missing_comes_back_in_whatever_order_copies_meet(
    project: Project, made: Path, tmp_path: Path
) -> None:
    """Nobody redacted it: a copy without it must not be able to take it from everybody."""
    told = say(project, SECRET)
    project.close()
    bare = tmp_path / "bare.labeler"
    shutil.copyfile(project.path, bare)
    connection = sqlite3.connect(bare)
    salt, body = connection.execute(
        "SELECT salt, body FROM op WHERE h=?", (bytes.fromhex(told.head),)
    ).fetchone()
    fields = (len(salt).to_bytes(8, "big") + salt, len(body).to_bytes(8, "big") + body)
    said = blake2b(b"".join(fields), digest_size=16).digest()
    connection.execute(
        "UPDATE op SET enc=3, salt=NULL, body=? WHERE h=?", (said, bytes.fromhex(told.head))
    )
    connection.commit()
    connection.close()
    found = []
    for number, order in enumerate(itertools.permutations((project.path, bare))):
        path = tmp_path / f"{number}.labeler"
        shutil.copyfile(made, path)
        opened = Project.open(path)
        for other in order:
            opened.merge(other)
        found.append(shown(opened))
        assert opened.check() == []
        assert [opened.merge(other).added for other in order] == [0, 0]
        opened.file.close()
    assert found == [[b'{"answers":{"why":"%s"}}' % SECRET.encode()]] * 2


def test_an_edit_stands_against_what_was_redacted_and_is_shown(
    project: Project, theirs: Project
) -> None:
    told = say(project, SECRET)
    theirs.merge(project.path)
    say(theirs, "something harmless")
    project.redact(told.id, by="anna")
    project.merge(theirs.path)
    assert shown(project) == [b'{"answers":{"why":"something harmless"}}']
    assert project.conflicts() == []  # what replaced it had seen it
    assert project.check() == []


def test_two_versions_of_which_one_was_redacted_are_an_edit_against_a_deletion(
    project: Project, theirs: Project
) -> None:
    told = say(project, SECRET)
    say(theirs, "something harmless")
    project.merge(theirs.path)
    project.redact(told.id, [told.head], by="anna")
    (conflict,) = project.conflicts()
    assert [one.deleted for one in conflict.versions] == [False, True]
    project.settle(conflict, b'{"answers":{"why":"something harmless"}}', by="anna")
    assert project.conflicts() == []
