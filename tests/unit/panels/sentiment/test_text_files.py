from __future__ import annotations

import os

import pytest

from labeler.api import Problem, QueueConfig, ReadOptions, Refusal
from labeler.panels.sentiment.formats import CsvFormat, JsonlFormat, TextFilesFormat


def test_a_file_is_a_task_with_its_path_as_key_and_its_text_untouched(read, tmp_path):
    folder = tmp_path / "texts"
    (folder / "b").mkdir(parents=True)
    (folder / "z.txt").write_bytes("\ufeffeins\r\nzwei\n\n".encode())
    (folder / "b" / "a.txt").write_bytes(b"\n x \r")
    (folder / "b" / "a.md").write_bytes(b"no")
    reading = read(TextFilesFormat, folder)
    assert [(task.key, task.content.text) for task in reading.tasks] == [
        ("b/a.txt", "\n x \r"),
        ("z.txt", "eins\r\nzwei\n\n"),
    ]


def test_a_single_file_has_its_name_as_key(read, tmp_path):
    path = tmp_path / "one.txt"
    path.write_text("a")
    [task] = read(TextFilesFormat, path).tasks
    assert (task.key, task.where) == ("one.txt", "one.txt")


def test_each_line_may_be_a_task(read, tmp_path):
    path = tmp_path / "lines.txt"
    path.write_bytes(b"one \r\n\r\n two\rthree\n   \nfo\0r\nfive")
    reading = read(TextFilesFormat, path, line_per_task=True)
    assert reading.texts == ["one ", " two", "three", "five"]
    assert [task.where for task in reading.tasks] == [
        "lines.txt:1",
        "lines.txt:3",
        "lines.txt:4",
        "lines.txt:7",
    ]
    assert {task.key for task in reading.tasks} == {None}
    assert reading.told == [("row_nul", "lines.txt:6")]


def test_what_cannot_be_a_text_is_told_by_file(read, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b" \n")
    (folder / "b.txt").write_bytes(b"x\ny\0")
    (folder / "c.txt").write_bytes("ä\nö\n".encode() + b"\xff\n")
    (folder / "d.txt").write_bytes(b"x" * (16 << 20) + b"y")
    (folder / "e.txt").write_bytes((b"x" * 1023 + b"\n") * (16 << 10) + b"y")
    (folder / "f.txt").write_bytes((b"x" * 1023 + b"\n") * (16 << 10))
    reading = read(TextFilesFormat, folder)
    assert [task.key for task in reading.tasks] == ["f.txt"]
    assert reading.told == [
        ("row_empty", "a.txt"),
        ("row_nul", "b.txt:2"),
        ("encoding_mixed", "c.txt:3"),
        ("row_too_long", "d.txt:1"),
        ("row_too_long", "e.txt"),
    ]


@pytest.mark.usefixtures("modes_hold")
def test_what_may_not_be_read_in_a_folder_is_told_and_the_rest_is_read(read, tmp_path):
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "c").mkdir()
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "c").chmod(0)
    try:
        reading = read(TextFilesFormat, tmp_path)
    finally:
        (tmp_path / "c").chmod(0o700)
    assert reading.texts == ["b"]
    assert [code for code, _ in reading.told] == ["file_permission", "file_permission"]


def test_a_source_that_is_not_there_is_refused(read, tmp_path):
    for format_ in (TextFilesFormat, CsvFormat, JsonlFormat):
        with pytest.raises(Refusal, match="there is no such file"):
            read(format_, tmp_path / "none.txt")
        with pytest.raises(Refusal, match="there is no such file"):
            read(format_, tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_is_refused_and_not_waited_for(read, tmp_path):
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    with pytest.raises(Refusal, match="no regular file"):
        read(TextFilesFormat, path)


def test_a_link_that_leads_back_up_is_not_followed(read, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("a")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    assert read(TextFilesFormat, tmp_path).texts == ["a"]


@pytest.mark.parametrize("format_", [TextFilesFormat, CsvFormat, JsonlFormat])
def test_progress_ends_at_the_size_of_all_files(tmp_path, format_):
    extension = {TextFilesFormat: "txt", CsvFormat: "csv", JsonlFormat: "jsonl"}[format_]
    row = {"txt": b"x\n", "csv": b"text\n", "jsonl": b'{"text": "a"}\n'}[extension]
    for name in "ab":
        (tmp_path / f"{name}.{extension}").write_bytes(row * 200_000)
    told: list[tuple[int, int]] = []
    options = ReadOptions(QueueConfig(), told=lambda read, total: told.append((read, total)))
    found = list(format_().read(tmp_path, options))
    assert not any(isinstance(one, Problem) for one in found)
    total = 2 * 200_000 * len(row)
    assert told == sorted(told)
    assert told[-1] == (total, total)
    assert {of for _, of in told} == {total}
