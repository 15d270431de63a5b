"""Media come in: known by what their files are, named by their folder, taken in where that is wanted."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from pictured import FolderFormat, PicturePanels

from labeler.api import AnnotationIn, Problem, ReadOptions, TaskIn
from labeler.exchange import ImportOptions, ImportReport, here, looking, run_import
from labeler.exchange import media as exchange_media
from labeler.exchange.needs import Asks
from labeler.model.queue import read_config
from labeler.store import Project
from labeler.work.media_roots import MediaRoots


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "p.labeler", handle="anna")
    made.put_queue("pictures", read_config(b"{}"), panel="pictures", by="anna")
    yield made
    made.close()


@pytest.fixture
def roots() -> MediaRoots:
    return MediaRoots()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    for number, path in enumerate(["a.png", "cam/b.png", "cam/c.png"]):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(bytes([number]) * (10 + number))
    return folder


Take = Callable[..., ImportReport]


@pytest.fixture
def take(project: Project, roots: MediaRoots) -> Take:
    def run(source: Path, reader: FolderFormat | None = None, **options: object) -> ImportReport:
        chosen = ImportOptions(by="anna", **options)  # type: ignore[arg-type]
        reader = reader or FolderFormat()
        return run_import(
            *(here(project), PicturePanels(), reader, [source], "pictures", chosen), roots=roots
        )

    return run


def h(*fields: bytes) -> bytes:
    """H as DESIGN says it: BLAKE2b-128 over fields, each with its length in 8 bytes before it."""
    hasher = hashlib.blake2b(digest_size=16)
    for field in fields:
        hasher.update(len(field).to_bytes(8, "big") + field)
    return hasher.digest()


def tasks(project: Project) -> dict[str, str]:
    return {row.key: row.status for row in project.query.page().rows}


def codes(report: ImportReport) -> list[str]:
    return [problem.code for problem in report.problems]


def answer(path: str, choice: str = "yes", **more: object) -> AnnotationIn:
    value = b'{"answers":{"fine":"%s"}}' % choice.encode()
    return AnnotationIn(value, path, **more)  # type: ignore[arg-type]


# by reference


def test_a_task_is_known_by_its_file(project: Project, take: Take, photos: Path) -> None:
    assert take(photos).tasks == 3
    raw = (photos / "cam/b.png").read_bytes()
    fingerprint = h(b"medium", b"11", raw, raw, raw)
    uid = h(b"task", project.uid, b"pictures", b"cam/b.png", fingerprint)
    assert project.query.find("cam/b.png").id == uid.hex()
    again = take(photos)
    assert (again.tasks, again.skipped, again.problems) == (0, 3, ())


def test_the_media_are_noted_with_their_tasks(
    project: Project, take: Take, photos: Path, roots: MediaRoots
) -> None:
    take(photos)
    assert project.media_roots() == [("photos", 3)]
    found = project.media.find("photos", "cam/c.png")
    assert found is not None
    assert (found.size, found.mime, found.hash) == (12, "image/png", b"")
    assert roots.folder(project.uid.hex(), "photos") == photos
    assert project.check() == []


def test_another_file_of_the_same_name_is_another_task(
    project: Project, take: Take, photos: Path
) -> None:
    take(photos)
    (photos / "a.png").write_bytes(b"changed")
    report = take(photos)
    assert (report.tasks, codes(report)) == (1, ["key_double"])
    assert project.check() == []


def test_a_file_that_vanished_is_named_and_the_rest_goes_in(
    project: Project, take: Take, photos: Path
) -> None:
    report = take(photos, FolderFormat(paths=("a.png", "gone.png", "cam/b.png")))
    assert (report.tasks, report.skipped, codes(report)) == (2, 1, ["file_missing"])
    assert report.problems[0].where == "gone.png"


def test_work_on_a_file_that_is_not_there_waits_for_it(
    project: Project, take: Take, photos: Path
) -> None:
    reader = FolderFormat({"late.png": answer("late.png")}, paths=("late.png",))
    first = take(photos, reader)
    assert (first.tasks, first.annotations) == (1, 1)
    assert sorted(codes(first)) == ["file_missing", "task_made"]
    assert tasks(project) == {"late.png": "missing"}
    (photos / "late.png").write_bytes(b"now it is here")
    second = take(photos, FolderFormat(paths=("late.png",)))
    assert (second.tasks, second.problems) == (1, ())
    assert tasks(project) == {"late.png": "submitted"}
    full = project.task(project.query.find("late.png"))
    assert b"late.png" in full.content
    assert [one.author for one in full.annotations] == ["anna"]
    assert take(photos, reader).annotations == 0
    assert project.check() == []


def test_a_second_medium_that_is_missing_keeps_no_task_out(
    project: Project, take: Take, photos: Path
) -> None:
    report = take(photos, FolderFormat(paths=("a.png",), more=("gone.wav", "cam/b.png")))
    assert (report.tasks, codes(report)) == (1, ["file_missing"])
    assert "gone.wav" in report.problems[0].where
    assert project.media_roots() == [("photos", 2)]


@pytest.mark.parametrize("path", ["../secret.png", "/etc/hostname", "C:/x.png", "cam/../../x", ""])
def test_a_path_that_leads_out_is_never_opened(
    project: Project, take: Take, photos: Path, path: str
) -> None:
    (photos.parent / "secret.png").write_bytes(b"secret")
    report = take(photos, FolderFormat(paths=(path, "a.png")))
    assert (report.tasks, codes(report)) == (1, ["medium_outside"])


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_is_followed_inside_the_folder_only(
    project: Project, take: Take, photos: Path
) -> None:
    (photos.parent / "secret.png").write_bytes(b"secret")
    (photos / "inside.png").symlink_to(photos / "a.png")
    (photos / "outside.png").symlink_to(photos.parent / "secret.png")
    (photos / "loop.png").symlink_to(photos / "loop.png")
    (photos / "away").symlink_to(photos.parent, target_is_directory=True)
    paths = ("inside.png", "outside.png", "loop.png", "away/secret.png")
    report = take(photos, FolderFormat(paths=paths))
    assert list(tasks(project)) == ["inside.png"]
    found = {problem.where: problem.code for problem in report.problems}
    assert found["outside.png"] == found["away/secret.png"] == "medium_outside"
    assert found["loop.png"] in ("file_unreadable", "medium_outside", "medium_special")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_and_sockets_are_named_and_never_opened(
    project: Project, take: Take, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(photos / "pipe.png")
    (photos / "folder.png").mkdir()
    (photos / "device.png").symlink_to("/dev/null")
    monkeypatch.chdir(photos)  # a socket's name is short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.png")
        paths = ("pipe.png", "socket.png", "folder.png", "device.png", "a.png")
        report = take(photos, FolderFormat(paths=paths))
    assert report.tasks == 1
    assert codes(report) == ["medium_special"] * 3 + ["medium_outside"]
    assert [problem.params.get("kind") for problem in report.problems[:3]] == [
        "pipe",
        "socket",
        "folder",
    ]


def test_the_project_itself_is_no_medium(project: Project, take: Take, photos: Path) -> None:
    report = take(photos.parent, FolderFormat(paths=("p.labeler", "photos/a.png")))
    assert (report.tasks, codes(report)) == (1, ["medium_special"])
    report = take(photos.parent, FolderFormat(paths=("p.labeler",)), embed=True)
    assert (report.tasks, codes(report)) == (0, ["medium_special"])


@pytest.mark.skipif(sys.platform != "linux", reason="names are texts there")
def test_a_name_that_is_no_text_is_a_problem(project: Project, take: Take, photos: Path) -> None:
    name = os.fsdecode(b"bad\xff.png")
    (photos / name).write_bytes(b"x")
    report = take(photos)
    assert (report.tasks, codes(report)) == (3, ["medium_name"])


def test_an_empty_file_is_a_task_too(project: Project, take: Take, photos: Path) -> None:
    (photos / "a.png").write_bytes(b"")
    take(photos)
    uid = h(b"task", project.uid, b"pictures", b"a.png", h(b"medium", b"0", b"", b"", b""))
    assert project.query.find("a.png").id == uid.hex()


def test_files_of_a_slow_disk_are_looked_at_in_threads_and_come_in_the_same_order(
    tmp_path: Path, project: Project, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    names = [f"{number:03d}.png" for number in range(40)]
    for name in names:
        (folder / name).write_bytes(name.encode())
    (folder / names[17]).chmod(0)
    (folder / "dead.png").symlink_to(folder / "nothing")
    threads: set[int] = set()
    look = looking.MediaLook._look

    def looked(self: looking.MediaLook, *args: object) -> object:
        threads.add(threading.get_ident())
        return look(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(looking.MediaLook, "_look", looked)
    monkeypatch.setattr(looking, "_HELD", 4)
    monkeypatch.setattr(looking, "_SLOW", -1.0)
    report = take(folder)
    assert report.problems
    assert {one.code for one in report.problems} <= {"file_missing", "file_permission"}
    rows = [full.row.key for page in project.pages("pictures") for full in page]
    assert rows == [name for name in names if name in rows]
    assert len(rows) >= 39
    assert len(threads) > 1


def test_files_in_memory_are_looked_at_without_threads(
    tmp_path: Path, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(10):
        (folder / f"{number}.png").write_bytes(bytes([number]))
    monkeypatch.setattr(looking, "_HELD", 4)
    monkeypatch.setattr(looking, "_SLOW", 60.0)
    monkeypatch.setattr(looking, "ThreadPoolExecutor", None)
    assert take(folder).tasks == 10


def test_a_stopped_import_leaves_no_thread_behind(
    project: Project, photos: Path, roots: MediaRoots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_HELD", 1)
    monkeypatch.setattr(looking, "_SLOW", -1.0)
    before = threading.active_count()
    report = run_import(
        *(here(project), PicturePanels(), FolderFormat(), [photos], "pictures"),
        ImportOptions(by="anna"),
        cancelled=lambda: True,
        roots=roots,
    )
    assert report.stopped
    assert threading.active_count() == before


# what a folder is called


def test_the_same_folder_has_the_same_name(
    project: Project, take: Take, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(photos)
    monkeypatch.chdir(photos)
    take(Path())
    take(photos.parent / "photos" / ".." / "photos")
    assert project.media_roots() == [("photos", 3)]


def test_another_folder_of_that_name_gets_a_number(
    project: Project, take: Take, photos: Path, tmp_path: Path, roots: MediaRoots
) -> None:
    other = tmp_path / "other" / "photos"
    other.mkdir(parents=True)
    (other / "z.png").write_bytes(b"z")
    take(photos)
    take(other)
    take(other)
    assert project.media_roots() == [("photos", 3), ("photos-2", 1)]
    assert roots.folder(project.uid.hex(), "photos-2") == other


def test_a_folder_that_moved_keeps_its_name(
    project: Project, take: Take, photos: Path, tmp_path: Path, roots: MediaRoots
) -> None:
    take(photos)
    moved = tmp_path / "elsewhere" / "photos"
    moved.parent.mkdir()
    photos.rename(moved)
    assert take(moved).tasks == 0
    assert project.media_roots() == [("photos", 3)]
    assert roots.folder(project.uid.hex(), "photos") == moved


def test_a_root_that_somebody_else_brought_is_recognised_by_its_files(
    project: Project, photos: Path, tmp_path: Path
) -> None:
    chosen = ImportOptions(by="anna")
    run = (here(project), PicturePanels(), FolderFormat())
    run_import(*run, [photos], "pictures", chosen, roots=MediaRoots())
    other = tmp_path / "other" / "photos"
    other.mkdir(parents=True)
    (other / "a.png").write_bytes(b"quite another picture")
    run_import(*run, [other], "pictures", chosen, roots=MediaRoots())
    assert project.media_roots() == [("photos", 3), ("photos-2", 1)]
    same = tmp_path / "copy" / "photos"
    (same / "cam").mkdir(parents=True)
    for path in ("a.png", "cam/b.png", "cam/c.png"):
        (same / path).write_bytes((photos / path).read_bytes())
    report = run_import(*run, [same], "pictures", chosen, roots=MediaRoots())
    assert report.tasks == 0
    assert project.media_roots() == [("photos", 3), ("photos-2", 1)]


def test_frames_of_equal_sizes_are_not_taken_for_each_other(
    project: Project, photos: Path, tmp_path: Path
) -> None:
    run = (here(project), PicturePanels(), FolderFormat())
    run_import(*run, [photos], "pictures", ImportOptions(by="anna"), roots=MediaRoots())
    other = tmp_path / "other" / "photos"
    other.mkdir(parents=True)
    (other / "a.png").write_bytes(b"\7" * (photos / "a.png").stat().st_size)
    run_import(*run, [other], "pictures", ImportOptions(by="anna"), roots=MediaRoots())
    assert project.media_roots() == [("photos", 3), ("photos-2", 1)]


def test_rows_without_a_key_that_share_a_medium_are_tasks_of_their_own(
    project: Project, take: Take, photos: Path
) -> None:
    class Rows(FolderFormat):
        """Two rows about one picture, and no ids."""

        def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
            for number in range(2):
                for one in super().read(source, options):
                    assert isinstance(one, TaskIn)
                    yield msgspec.structs.replace(one, key=None, where=f"rows:{number + 1}")

    reader = Rows(paths=("a.png",))
    assert take(photos, reader).tasks == 2
    assert take(photos, reader).tasks == 0


def test_a_dry_run_remembers_nothing(
    project: Project, take: Take, photos: Path, roots: MediaRoots
) -> None:
    assert take(photos, dry_run=True, embed=True).tasks == 3
    assert roots.folders(project.uid.hex()) == {}
    assert project.media_roots() == []


def test_roots_that_cannot_be_kept_are_a_problem_and_the_tasks_go_in(
    project: Project, photos: Path, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("")
    roots = MediaRoots(tmp_path / "a file" / "media_roots.json")
    report = run_import(
        *(here(project), PicturePanels(), FolderFormat(), [photos], "pictures"),
        ImportOptions(by="anna"),
        roots=roots,
    )
    assert (report.tasks, codes(report)) == (3, ["media_root_unsaved"])


# taken in


def stored(project: Project, root: str, path: str) -> bytes:
    found = project.media.find(root, path)
    assert found is not None
    lengths = project.media.parts(found.hash)
    return b"".join(project.media.part(found.hash, number) for number in range(len(lengths)))


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_media, "MEDIUM_PART", 4096)


def test_bytes_lie_under_their_hash(project: Project, take: Take, photos: Path) -> None:
    assert take(photos, embed=True).tasks == 3
    found = project.media.find("photos", "cam/b.png")
    assert found is not None
    raw = (photos / "cam/b.png").read_bytes()
    assert found.hash == hashlib.blake2b(raw, digest_size=32).digest()
    assert stored(project, "photos", "cam/b.png") == raw
    assert project.check() == []


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 3 * 4096, 20_001])
def test_files_of_any_size_are_taken_in_whole(
    project: Project, take: Take, photos: Path, small_parts: None, size: int
) -> None:
    raw = bytes(number * 7 % 251 for number in range(size))
    (photos / "a.png").write_bytes(raw)
    take(photos, embed=True)
    assert stored(project, "photos", "a.png") == raw
    assert project.check() == []
    assert take(photos, embed=True).skipped == 3


def test_what_was_referred_to_can_be_taken_in_later(
    project: Project, take: Take, photos: Path
) -> None:
    take(photos)
    report = take(photos, embed=True)
    assert (report.tasks, report.problems) == (0, ())
    assert stored(project, "photos", "a.png") == (photos / "a.png").read_bytes()
    assert take(photos).problems == ()
    assert stored(project, "photos", "a.png") == (photos / "a.png").read_bytes()
    assert project.check() == []


def test_equal_files_are_kept_once(project: Project, take: Take, photos: Path) -> None:
    for path in ("a.png", "cam/b.png", "cam/c.png"):
        (photos / path).write_bytes(b"all the same")
    take(photos, embed=True)
    assert project.file.row("SELECT count(*) FROM blob") == (1,)


def test_another_file_of_a_name_that_was_taken_in_is_refused(
    project: Project, take: Take, photos: Path
) -> None:
    before = (photos / "a.png").read_bytes()
    take(photos, embed=True)
    (photos / "a.png").write_bytes(b"another")
    report = take(photos, FolderFormat({"a.png": answer("a.png")}), embed=True)
    assert codes(report) == ["medium_other"]
    assert stored(project, "photos", "a.png") == before
    assert report.annotations == 0, "what is said of this file is not said of that one"
    assert project.task(project.query.find("a.png")).annotations == ()


def test_nor_does_a_task_go_in_with_another_file_of_a_second_name(
    project: Project, take: Take, photos: Path
) -> None:
    take(photos, embed=True)
    (photos / "cam/b.png").write_bytes(b"another")
    (photos / "new.png").write_bytes(b"new")
    reader = FolderFormat(paths=("new.png",), more=("cam/b.png",))
    report = take(photos, reader, embed=True)
    assert (report.tasks, codes(report)) == (0, ["medium_other"])


def test_what_is_too_large_stays_out(
    project: Project, take: Take, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "LARGEST_MEDIUM", 11)
    report = take(photos, embed=True)
    assert (report.tasks, codes(report)) == (2, ["medium_too_large"])
    assert report.problems[0].where == "cam/c.png"


def test_a_file_that_changes_under_the_import_is_not_taken_in(
    project: Project, photos: Path, roots: MediaRoots, small_parts: None
) -> None:
    """It changes after its hash was made of it, before its bytes are written."""
    victim = photos / "a.png"
    victim.write_bytes(b"x" * 20_000)
    plain = here(project)
    changed = []

    def ask(work: Callable[[Project], object], /) -> object:
        found = plain(work)
        if isinstance(found, set) and not changed:  # it has just asked whether the bytes are here
            with victim.open("r+b") as stream:
                stream.seek(15_000)
                stream.write(b"y")
            changed.append(True)
        return found

    asks: Asks = ask  # type: ignore[assignment]
    options = ImportOptions(by="anna", embed=True)
    report = run_import(
        asks, PicturePanels(), FolderFormat(), [photos], "pictures", options, roots=roots
    )
    assert changed
    assert codes(report) == ["medium_changed"]
    assert list(tasks(project)) == ["cam/b.png", "cam/c.png"]
    assert project.file.row("SELECT count(*) FROM blob") == (2,)
    assert project.check() == []


def test_embedding_never_holds_a_whole_large_file(
    project: Project, take: Take, photos: Path
) -> None:
    import tracemalloc

    with (photos / "a.png").open("wb") as stream:
        stream.truncate(64 << 20)
    tracemalloc.start()
    take(photos, embed=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 24 << 20
    assert project.check() == []


# what is said of a value


def test_reason_and_score_come_in(project: Project, take: Take, photos: Path) -> None:
    take(photos, FolderFormat({"a.png": answer("a.png", status="flagged", reason="blurred")}))
    model = {"a.png": answer("a.png", layer="prediction", author="m1", score=0.75)}
    take(photos, FolderFormat(model))
    work, prediction = project.task(project.query.find("a.png")).annotations
    assert (work.status, work.reason) == ("flagged", "blurred")
    assert prediction.context == b'{"score":0.75}'


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_score_that_is_none_is_told_and_the_value_kept(
    project: Project, take: Take, photos: Path, score: float
) -> None:
    model = {"a.png": answer("a.png", layer="prediction", author="m1", score=score)}
    report = take(photos, FolderFormat(model))
    assert (report.annotations, codes(report)) == (1, ["score_invalid"])
    assert project.task(project.query.find("a.png")).annotations[0].context == b"{}"


def test_another_reason_is_another_value(project: Project, take: Take, photos: Path) -> None:
    for reason in ("blurred", "dark", "dark"):
        take(photos, FolderFormat({"a.png": answer("a.png", status="flagged", reason=reason)}))
    only = project.task(project.query.find("a.png")).annotations[0]
    assert only.heads == 2
