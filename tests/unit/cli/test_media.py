"""Media on the command line: referred to or taken in, found again, written out, checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typed import Shell

from labeler.store import Project
from labeler.work.media_roots import MediaRoots, roots_file

PLUGINS = Path(__file__).resolve().parents[2] / "e2e" / "plugins"
CONFIG = {"questions": [{"id": "fine", "kind": "choice", "choices": [{"id": "yes"}]}]}


@pytest.fixture
def album(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an empty queue of files."""
    monkeypatch.setenv("LABELER_PLUGINS", str(PLUGINS))
    path = shell.folder / "p.labeler"
    shell("new", path, "--template", "sentiment")
    config = json.dumps(CONFIG)
    shell("queue", path, "album", "--panel", "album", "--config", "-", stdin=config)
    return path


@pytest.fixture
def photos(shell: Shell) -> Path:
    """A folder of three files, elsewhere."""
    folder = shell.folder / "elsewhere" / "photos"
    (folder / "sub").mkdir(parents=True)
    for number, name in enumerate(["a.pic", "b.pic", "sub/c.pic"]):
        (folder / name).write_bytes(bytes([number + 1]) * 10)
    return folder


def bring(shell: Shell, album: Path, photos: Path, *more: str) -> dict[str, object]:
    return shell.json("import", album, photos, "--format", "album", *more)  # type: ignore[no-any-return]


def test_a_folder_by_reference_is_found_again(shell: Shell, album: Path, photos: Path) -> None:
    told = bring(shell, album, photos)
    assert told == {"tasks": 3, "annotations": 0, "skipped": 0, "problems": []}
    project = Project.open(album)
    uid = project.uid.hex()
    project.close()
    assert MediaRoots(roots_file()).folder(uid, "photos") == photos
    code, _, _ = shell(
        "export", album, shell.folder / "out", "--format", "album", "--source", "all"
    )
    assert code == 0
    written = sorted(path.read_bytes() for path in (shell.folder / "out").iterdir())
    assert written == [b"\1" * 10, b"\2" * 10, b"\3" * 10]
    assert bring(shell, album, photos)["skipped"] == 3


def test_an_export_without_its_media_is_refused_by_name(
    shell: Shell, album: Path, photos: Path
) -> None:
    bring(shell, album, photos)
    (photos / "b.pic").unlink()
    said = shell.refused(
        "export", album, shell.folder / "out", *("--format", "album"), "--source", "all"
    )
    assert str(photos / "b.pic") in said
    assert not (shell.folder / "out").exists()


def test_media_that_were_taken_in_go_where_the_project_goes(
    shell: Shell, album: Path, photos: Path
) -> None:
    bring(shell, album, photos, "--media", "embed")
    photos.rename(shell.folder / "gone")
    copy = shell.folder / "copy.labeler"
    shell("backup", album, copy)
    shell("check", copy)
    shell("export", copy, shell.folder / "out", "--format", "album", "--source", "all")
    assert len(list((shell.folder / "out").iterdir())) == 3


def test_a_check_names_a_medium_that_is_damaged(shell: Shell, album: Path, photos: Path) -> None:
    bring(shell, album, photos, "--media", "embed")
    project = Project.open(album)
    project.file.connection.execute("UPDATE blob SET data=x'00' WHERE length(hash)=32 AND part=0")
    project.close()
    problems = shell.json("check", album, code=1)["problems"]
    assert {one["code"] for one in problems} == {"medium_damaged"}
    assert "photos/sub/c.pic" in problems[2]["message"]


def test_work_that_came_before_its_medium_is_shown_as_missing(
    shell: Shell, album: Path, photos: Path
) -> None:
    """A native file brings work on a file that is not here yet; the folder brings the file."""
    line = {"queue": "album", "key": "a.pic"}
    said = {
        "layer": "work",
        "by": "anna",
        "status": "submitted",
        "value": {"answers": {"fine": "yes"}},
    }
    rows = [
        {"format": "native", "version": "0.1"},
        {"queue": {"name": "album", "panel": "album", "config": CONFIG}},
        {"task": {**line, "annotations": [said]}},
    ]
    shell("import", album, shell.rows("work.jsonl", *rows), "--format", "native", code=1)
    listed = shell.json("tasks", album, "--queue", "album")
    assert [one["status"] for one in listed] == ["missing"]
    bring(shell, album, photos)
    listed = shell.json("tasks", album, "--queue", "album")
    assert {one["key"]: one["status"] for one in listed} == {
        "a.pic": "submitted",
        "b.pic": "open",
        "sub/c.pic": "open",
    }
    (queue,) = [one for one in shell.json("info", album)["queues"] if one["name"] == "album"]
    assert (queue["tasks"], queue["done"]) == (3, 1)
    shell("check", album)
