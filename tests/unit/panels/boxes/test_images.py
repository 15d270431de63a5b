"""Folders of images: what becomes a task, in which order, and what is named as unreadable."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from labeler.api import MediaRef, MediumIn, Problem, QueueConfig, ReadOptions, Refusal, TaskIn
from labeler.panels.boxes.formats.images import ImagesFormat
from labeler.panels.boxes.task import ImageContent

CONFIG = QueueConfig()


def image(kind: str = "png", size: tuple[int, int] = (6, 4), orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stream = io.BytesIO()
    Image.new("RGB", size).save(stream, kind, exif=exif)
    return stream.getvalue()


def put(folder: Path, *names: str, raw: bytes | None = None) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(image() if raw is None else raw)


def read(source: Path, **more: object) -> list[TaskIn | Problem]:
    found = []
    for one in ImagesFormat().read(source, ReadOptions(CONFIG, **more)):
        assert isinstance(one, (TaskIn, Problem))
        found.append(one)
    return found


def keys(source: Path) -> list[str | None]:
    return [one.key for one in read(source) if isinstance(one, TaskIn)]


def test_keys_are_paths_below_the_source_in_natural_order(tmp_path: Path):
    put(tmp_path, "img10.png", "img2.PNG", "B/1.jpeg", "a/x.png", "a/b/y.webp")
    assert keys(tmp_path) == ["a/b/y.webp", "a/x.png", "B/1.jpeg", "img2.PNG", "img10.png"]


def test_the_content_refers_to_the_file_and_knows_the_size_as_displayed(tmp_path: Path):
    put(tmp_path, "d/a.jpg", raw=image("jpeg", (30, 20), 6))
    (task,) = read(tmp_path, root="photos", embed=True)
    ref = MediaRef(path="d/a.jpg", root="photos", mime="image/jpeg", embedded=True)
    assert task.content == ImageContent(image=ref, width=20, height=30, orientation=6)
    assert task.media == (MediumIn(ref, tmp_path / "d/a.jpg"),)


def test_a_single_file_is_a_task_under_its_name(tmp_path: Path):
    put(tmp_path, "a.png", "b.png")
    assert keys(tmp_path / "a.png") == ["a.png"]


def test_hidden_files_sidecars_and_a_systems_own_copies_are_passed_over(tmp_path: Path):
    put(tmp_path, "a.png", "._a.png", ".hidden/b.png", "__MACOSX/c.png", "@eaDir/d.png")
    put(tmp_path, "a.xmp", "a.png.json", "notes.txt", "a.png.tmp/inside.txt")
    assert keys(tmp_path) == ["a.png"]
    assert len(read(tmp_path)) == 1


def test_a_folder_named_like_an_image_is_a_folder(tmp_path: Path):
    put(tmp_path, "a.png/b.png")
    assert keys(tmp_path) == ["a.png/b.png"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_followed_but_never_round_in_a_circle(tmp_path: Path):
    put(tmp_path, "in/a.png", "far/b.png")
    (tmp_path / "in/up").symlink_to(tmp_path / "in")
    (tmp_path / "in/far").symlink_to(tmp_path / "far")
    (tmp_path / "in/self.png").symlink_to(tmp_path / "in/self.png")
    (tmp_path / "in/c.png").symlink_to(tmp_path / "far/b.png")
    assert keys(tmp_path / "in") == ["a.png", "c.png", "far/b.png"]


def test_each_file_that_is_no_image_is_named_with_the_reason(tmp_path: Path):
    put(tmp_path, "a.png")
    put(tmp_path, "empty.png", raw=b"")
    put(tmp_path, "text.jpg", raw=b"not an image, whatever its name says")
    put(tmp_path, "cut.jpg", raw=image("jpeg")[:12])
    found = [(one.where, one.code) for one in read(tmp_path) if isinstance(one, Problem)]
    assert found == [
        ("cut.jpg", "image_damaged"),
        ("empty.png", "image_empty"),
        ("text.jpg", "image_unknown"),
    ]
    assert keys(tmp_path) == ["a.png"]


def test_an_image_under_a_wrong_name_is_what_it_is(tmp_path: Path):
    put(tmp_path, "a.jpg", raw=image("png"))
    (task,) = read(tmp_path)
    assert task.content.image.mime == "image/png"


def test_a_folder_without_images_is_refused(tmp_path: Path):
    put(tmp_path, "a.txt")
    with pytest.raises(Refusal, match="no such file"):
        read(tmp_path)


def test_progress_is_told_to_the_end(tmp_path: Path):
    put(tmp_path, *(f"{n}.png" for n in range(70)))
    told: list[tuple[int, int]] = []
    read(tmp_path, told=lambda done, total: told.append((done, total)))
    assert told == [(1, 70), (65, 70)]
