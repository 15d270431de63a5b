"""Whatever is given to merge is taken, or refused in one line that names it and the way out."""

from __future__ import annotations

import functools
import gzip
import json
import os
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typed import Shell

from labeler.model.problems import Refusal
from labeler.store import incoming
from labeler.store import merge as merging

VALUE = json.dumps({"answers": {"sentiment": "neutral"}})


def annotate(shell: Shell, path: Path, task: str, by: str) -> None:
    shell("annotate", path, task, "--by", by, "--value", "-", stdin=VALUE)


def other_project(shell: Shell, mine: Path, path: Path) -> None:
    shell("new", path, "--template", "sentiment")


def newer(shell: Shell, mine: Path, path: Path) -> None:
    shutil.copyfile(mine, path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=7003")
    connection.close()


def truncated(shell: Shell, mine: Path, path: Path) -> None:
    path.write_bytes(mine.read_bytes()[: mine.stat().st_size // 2])


def hard_link_of_another_copy(shell: Shell, mine: Path, path: Path) -> None:
    shutil.copyfile(mine, path.with_name("elsewhere"))
    os.link(path.with_name("elsewhere"), path)


def of_another_program(shell: Shell, mine: Path, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cards(id INTEGER PRIMARY KEY)")
    connection.commit()
    connection.close()


def packed(shell: Shell, mine: Path, path: Path) -> None:
    path.write_bytes(gzip.compress(mine.read_bytes()))


def zipped(shell: Shell, mine: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(mine, "p.labeler")


def encrypted(shell: Shell, mine: Path, path: Path) -> None:
    """As SQLCipher leaves one: the first sixteen bytes are its salt, the rest looks like noise."""
    path.write_bytes(random.Random(1).randbytes(40_960))


def with_a_trigger(shell: Shell, mine: Path, path: Path) -> None:
    shutil.copyfile(mine, path)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END")
    connection.commit()
    connection.close()


def cut_to(size: int) -> Callable[[Shell, Path, Path], object]:
    return lambda _shell, mine, path: path.write_bytes(mine.read_bytes()[:size])


def zeros(shell: Shell, mine: Path, path: Path) -> None:
    path.write_bytes(bytes(mine.stat().st_size))


NO_DATABASE = ("not a project: the file is not an SQLite database", "choose another one")
DAMAGED = ("the file is damaged: ", "copy it again, or repair it and merge what that saves")
CASES: dict[str, tuple[Callable[[Shell, Path, Path], object], str, str]] = {
    "another project": (other_project, "copy of another project", "export them there as native"),
    "a newer version": (newer, "made by a newer version (format 7.3)", "update it"),
    "empty": (lambda _s, _m, path: path.touch(), "the file is empty", "copy it again"),
    "one byte": (cut_to(1), *NO_DATABASE),
    "99 bytes": (cut_to(99), "it ends within its header", DAMAGED[1]),
    "its header alone": (cut_to(100), *DAMAGED),
    "truncated": (truncated, *DAMAGED),
    "zeros": (zeros, "the file begins with zeros", "copy it again from where it came"),
    "itself": (lambda _s, _m, _p: None, "this is the open project itself", "choose another copy"),
    "a link to itself": (
        lambda _s, mine, path: path.symlink_to(mine),
        "this is the open project itself",
        "choose another copy",
    ),
    "a hard link": (hard_link_of_another_copy, "another hard link", "copy it and open the copy"),
    "a link to nothing": (
        lambda _s, _m, path: path.symlink_to("nowhere"),
        "there is no such file",
        "given.labeler",
    ),
    "a link to itself alone": (
        lambda _s, _m, path: path.symlink_to(path.name),
        "the file cannot be read",
        "given.labeler",
    ),
    "a folder": (lambda _s, _m, path: path.mkdir(), "this is a folder", "choose a file in it"),
    "a pipe": (lambda _s, _m, path: os.mkfifo(path), "no ordinary file", "choose a file"),
    "what never ends": (
        lambda _s, _m, path: path.symlink_to("/dev/zero"),
        "no ordinary file",
        "choose a file",
    ),
    "a letter": (lambda _s, _m, path: path.write_text("Dear all"), *NO_DATABASE),
    "encrypted": (encrypted, NO_DATABASE[0], "decrypt it first"),
    "packed": (packed, "a packed file (gzip)", "unpack it and choose what is in it"),
    "zipped": (zipped, "a packed file (zip)", "unpack it and choose what is in it"),
    "of another program": (of_another_program, "belongs to another program", "choose another file"),
    "with tables of its own": (with_a_trigger, "tables this program did not make", "repair it"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_merged_is_refused_in_one_line_with_the_way_out(
    shell: Shell, project: Path, case: str
) -> None:
    make, what, way_out = CASES[case]
    path = project if case == "itself" else shell.folder / "given.labeler"
    make(shell, project, path)
    before = project.read_bytes()
    line = shell.refused("merge", project, path)
    assert path.name in line
    assert what in line
    assert way_out in line
    assert project.read_bytes() == before


SALVAGED = {"with tables of its own", "a hard link", "truncated"}
OPENED = {"another project", "itself", "a link to itself"}


@pytest.mark.parametrize("case", sorted(CASES.keys() - OPENED))
def test_what_cannot_be_merged_is_neither_opened_nor_repaired_but_for_what_can_be_saved(
    shell: Shell, project: Path, case: str
) -> None:
    """By each command that takes a file in, and none of them waits for a pipe that nobody writes to."""
    path = shell.folder / "given.labeler"
    CASES[case][0](shell, project, path)
    for command in (["info", path], ["check", path], ["backup", path, "b.labeler"]):
        assert path.name in shell.refused(*command)
    said = shell("repair", path, "r.labeler", code=None)
    assert (said.code == 2) == (case not in SALVAGED)
    assert (shell.folder / "r.labeler").exists() == (case in SALVAGED)
    assert all(path.name in line for line in said.lines)


def test_two_returns_of_one_hand_out_with_different_work_are_a_conflict_of_their_person(
    shell: Shell, project: Path
) -> None:
    """Ben worked at home and on the way: both versions stay, whichever comes first."""
    shell("handout", project, "ben.labeler", "--to", "ben", "--count", "2")
    shell("backup", "ben.labeler", "way.labeler")
    home, way = shell.folder / "ben.labeler", shell.folder / "way.labeler"
    task, other = (one["id"] for one in shell.json("tasks", home))
    annotate(shell, home, task, "ben")
    shell(
        *("annotate", way, task, "--by", "ben", "--value", "-"),
        stdin=json.dumps({"answers": {"sentiment": "positive"}}),
    )
    annotate(shell, way, other, "ben")
    shell("backup", project, "turned.labeler")
    for path, copies in ((project, (home, way)), ("turned.labeler", (way, home))):
        told = shell.json("merge", path, *copies, code=1)
        assert (told["conflicts"], told["quarantined"]) == (1, 0)
        (found,) = shell.json("conflicts", path)
        assert (found["task"], found["kind"]) == (task, "annotation")
        said = {one["value"]["answers"]["sentiment"] for one in found["versions"]}
        assert said == {"neutral", "positive"}
        assert [one["by"] for one in shell.json("show", path, other)["annotations"]] == ["ben"]
        (row,) = shell.json("handouts", path)
        assert (row["done"], row["tasks"]) == (2, 2)


def test_a_backup_older_than_a_hand_out_takes_its_return_and_is_taken_itself(
    shell: Shell, project: Path
) -> None:
    old = shell.folder / "old.labeler"
    shell("backup", project, old)
    shell("handout", project, "ben.labeler", "--to", "ben", "--count", "1")
    task = shell.json("tasks", "ben.labeler")[0]["id"]
    annotate(shell, shell.folder / "ben.labeler", task, "ben")
    # An older copy of the project itself takes nothing back.
    assert shell.json("merge", project, old)["added"] == 0
    assert [one["to"] for one in shell.json("handouts", project)] == ["ben"]
    # Who goes on with the backup takes the return in as well, and knows of the hand-out from it.
    assert shell.json("merge", old, "ben.labeler")["quarantined"] == 0
    for path in (old, project):
        shell("merge", path, "ben.labeler")
        assert [one["by"] for one in shell.json("show", path, task)["annotations"]] == ["ben"]
        assert shell.json("check", path)["ok"]
    assert [one["done"] for one in shell.json("handouts", old)] == [1]


@pytest.mark.usefixtures("modes_hold")
def test_a_copy_one_may_not_read_keeps_none_of_the_others_out(
    shell: Shell, copies: tuple[Path, Path]
) -> None:
    project, other = copies
    closed = shell.folder / "closed.labeler"
    shutil.copyfile(other, closed)
    closed.chmod(0)
    said = shell("merge", project, closed, other, code=1)
    assert said.out.endswith(", 1 conflict\n")
    assert said.lines == [
        f"{closed}: you may not read it; ask its owner for the right to, or for a copy"
    ]


@pytest.mark.usefixtures("modes_hold")
def test_a_folder_one_may_not_write_to_is_named_and_not_the_project(
    shell: Shell, project: Path
) -> None:
    folder = shell.folder / "stick"
    folder.mkdir(mode=0o555)
    for command in (["backup", project], ["repair", project], ["new"]):
        more = ["--template", "sentiment"] if command == ["new"] else []
        line = shell.refused(*command, folder / "out.labeler", *more)
        assert line == (
            f"{folder / 'out.labeler'}: you may not write to its folder; choose another one"
        )


@pytest.mark.usefixtures("modes_hold")
def test_a_copy_on_a_folder_nobody_may_write_to_is_taken_in_as_it_is(
    shell: Shell, copies: tuple[Path, Path]
) -> None:
    project, other = copies
    folder = shell.folder / "stick"
    folder.mkdir()
    shutil.copyfile(other, folder / "other.labeler")
    (folder / "other.labeler").chmod(0o444)
    folder.chmod(0o555)
    try:
        assert shell.json("merge", project, folder / "other.labeler", code=1)["added"] > 0
        assert sorted(one.name for one in folder.iterdir()) == ["other.labeler"]
    finally:
        folder.chmod(0o755)


def test_the_project_under_another_hard_link_is_refused(shell: Shell, project: Path) -> None:
    """Opening it at all is: two names of one file have two journals."""
    os.link(project, shell.folder / "twin.labeler")
    line = shell.refused("merge", project, shell.folder / "twin.labeler")
    assert "hard link; copy it and open the copy" in line


def test_a_link_to_another_copy_is_followed(shell: Shell, copies: tuple[Path, Path]) -> None:
    project, other = copies
    (shell.folder / "link.labeler").symlink_to(other)
    assert shell.json("merge", project, "link.labeler", code=1)["added"] > 0


def test_a_refused_copy_keeps_none_of_the_others_out_and_each_is_told(
    shell: Shell, copies: tuple[Path, Path]
) -> None:
    project, other = copies
    third = shell.folder / "third.labeler"
    shell("backup", project, third)
    annotate(shell, third, "b", "zoë")
    said = shell("merge", project, other, "gone.labeler", third, code=1)
    gone = shell.folder / "gone.labeler"
    assert said.lines == [f"{gone}: there is no such file"]
    first, second, both = said.out.splitlines()
    # Each brings a person who signed in there, and their annotation.
    assert first.startswith(f"{other}: 2 changes added, ")
    assert second.startswith(f"{third}: 2 changes added, ")
    assert both.startswith("4 changes added, ")
    assert both.endswith(", 1 conflict")
    told = shell.json("merge", project, "gone.labeler", third, code=1)
    assert [(one["file"], one["added"], one["whole"]) for one in told["files"]] == [
        (str(third), 0, True)
    ]
    assert [(one["where"], one["code"]) for one in told["problems"]] == [
        (str(gone), "file_missing")
    ]


def test_where_every_copy_is_refused_the_merge_is(shell: Shell, project: Path) -> None:
    empty = shell.file("empty.labeler", "")
    said = shell("merge", project, empty, "gone.labeler", code=2)
    assert said.out == ""
    assert [line.partition(": ")[0] for line in said.lines] == [
        str(empty),
        str(shell.folder / "gone.labeler"),
    ]
    told = shell.json("merge", project, empty, code=2)
    assert (told["files"], told["added"]) == ([], 0)
    assert [one["code"] for one in told["problems"]] == ["file_empty"]


def test_what_a_copy_brought_before_it_was_refused_is_told(
    shell: Shell, copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full after the ops of a copy and before its media."""
    project, other = copies

    def full(*_: object) -> int:
        raise Refusal.of("disk_full", str(project))

    monkeypatch.setattr(merging, "take_media", full)
    said = shell("merge", project, other, code=2)
    assert said.out.startswith("2 changes added, ")
    assert said.lines == [
        f"{project}: the disk is full; nothing was lost, free some space or save elsewhere"
    ]
    annotate(shell, other, "b", "anna")
    said = shell("merge", project, other, "gone.labeler", code=2)
    assert said.out.splitlines()[0].endswith(", then it was refused")
    assert len(said.lines) == 2


def test_a_file_another_program_holds_is_refused(
    shell: Shell, copies: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, other = copies
    monkeypatch.setattr(
        incoming, "open_current", functools.partial(incoming.open_current, timeout=0.05)
    )
    writer = sqlite3.connect(other, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    line = shell.refused("merge", project, other)
    assert "other.labeler" in line
    assert "another program holds the file; close it there and try again" in line
    writer.execute("ROLLBACK")
    writer.close()
    assert shell.json("merge", project, other, code=1)["added"] > 0


def test_a_file_somebody_is_writing_is_taken_as_it_was_before(
    shell: Shell, copies: tuple[Path, Path]
) -> None:
    project, other = copies
    writer = sqlite3.connect(other, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM op")
    assert shell.json("merge", project, other, code=1)["added"] > 0
    writer.execute("ROLLBACK")
    writer.close()


def test_people_nobody_here_knows_come_along(shell: Shell, copies: tuple[Path, Path]) -> None:
    project, other = copies
    annotate(shell, other, "b", "zoë")
    shell("merge", project, other, code=1)
    people = shell.json("info", project)["people"]
    assert "zoë" in people
    assert [one["by"] for one in shell.json("show", project, "b")["annotations"]] == ["zoë"]


def test_a_person_who_is_known_by_nothing_but_their_work_is_kept(
    shell: Shell, copies: tuple[Path, Path]
) -> None:
    """The change that says who they are is lost in the copy: their uid stands for them."""
    project, other = copies
    annotate(shell, other, "b", "zoë")
    connection = sqlite3.connect(other)
    uid = connection.execute(
        "SELECT uid FROM person JOIN who USING(id) WHERE handle='zoë'"
    ).fetchone()[0]
    connection.execute("DELETE FROM op WHERE ent=(SELECT id FROM ent WHERE uid=?)", (uid,))
    connection.commit()
    connection.close()
    told = shell.json("merge", project, other, code=1)
    assert told["quarantined"] == 0
    by = [one["by"].lower() for one in shell.json("show", project, "b")["annotations"]]
    assert by == [uid.hex()]


def test_a_hand_out_of_a_hand_out_comes_home_by_either_way(shell: Shell, project: Path) -> None:
    shell("handout", project, "ben.labeler", "--to", "ben", "--queue", "sentiment", "--count", "3")
    shell(
        *("handout", "ben.labeler", "carl.labeler", "--to", "carl", "--queue", "sentiment"),
        *("--count", "1", "--by", "ben"),
    )
    task = shell.json("tasks", "carl.labeler")[0]["id"]
    annotate(shell, shell.folder / "carl.labeler", task, "carl")
    direct = shell.folder / "direct.labeler"
    shell("backup", project, direct)
    shell("merge", direct, "carl.labeler")
    shell("merge", "ben.labeler", "carl.labeler")
    shell("merge", project, "ben.labeler")
    for path in (project, direct):
        (one,) = shell.json("show", path, task)["annotations"]
        assert one["by"] == "carl"
        assert shell.json("check", path)["ok"]
    assert shell.json("merge", project, "carl.labeler")["added"] == 0
