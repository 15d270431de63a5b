from __future__ import annotations

import pytest

from labeler.api.files import lines
from labeler.panels.sentiment.formats import JsonlFormat


def test_lines_that_are_no_tables_are_told_by_number_and_reading_goes_on(read):
    reading = read(
        JsonlFormat,
        b'{"text": "a"}\n{"text": \n\n[1, 2]\n"text"\n{"text": "b"} x\n{"text": "c"}',
    )
    assert reading.texts == ["a", "c"]
    assert reading.told == [
        ("json_syntax", "in.jsonl:2"),
        ("row_not_table", "in.jsonl:4"),
        ("row_not_table", "in.jsonl:5"),
        ("json_syntax", "in.jsonl:6"),
    ]


def test_what_is_no_json_is_told_with_its_place_in_the_line(read):
    reading = read(JsonlFormat, b'{"text": "a", "n": NaN}\n{"text": "a" "b": 1}\n')
    assert [problem.message for problem in reading.problems][1].endswith("at character 14")


def test_half_a_surrogate_pair_is_told_for_what_it_is(read):
    reading = read(JsonlFormat, rb'{"text": "\ud83d"}' + b"\n" + rb'{"text": "\ud83d\ude0a"}')
    assert reading.texts == ["😊"]
    assert "half of a surrogate pair" in reading.problems[0].message


def test_a_nul_byte_is_told(read):
    reading = read(JsonlFormat, b'{"text": "a"}\n{"text": "b\0"}\n{"text": "c"}\n')
    assert reading.texts == ["a", "c"]
    assert reading.told == [("row_nul", "in.jsonl:2")]


def test_a_byte_that_is_no_utf8_is_told_with_its_position_and_the_row_is_skipped(read):
    reading = read(
        JsonlFormat, '{"text": "schön"}\n'.encode() + b'{"text": "sch\xf6n"}\n{"text": "c"}\n'
    )
    assert reading.texts == ["schön", "c"]
    assert reading.told == [("encoding_mixed", "in.jsonl:2")]
    # {"text": "sch is 13 bytes long
    assert reading.problems[0].message == "not utf-8: byte 0xf6 at position 14"


def test_line_ends_of_windows_and_a_missing_last_one_are_fine(read):
    reading = read(JsonlFormat, b'\r\n{"text": "a\\r\\nb"}\r\n{"text": "c"}')
    assert reading.texts == ["a\r\nb", "c"]
    assert [task.where for task in reading.tasks] == ["in.jsonl:2", "in.jsonl:3"]
    assert reading.problems == []


def test_keys_may_be_numbers_and_nothing_else(read):
    reading = read(
        JsonlFormat,
        b'{"id": 7, "text": "a"}\n{"id": 8.0, "text": "a"}\n{"id": [], "text": "a"}\n'
        b'{"id": null, "text": "a"}\n{"id": "", "text": "a"}\n',
    )
    assert [task.key for task in reading.tasks] == ["7", "8", None, None, None]
    assert reading.told == [("id_invalid", "in.jsonl:3: id")]


def test_a_text_that_is_no_text_is_told(read):
    reading = read(JsonlFormat, b'{"text": 5}\n{"text": ["a"]}\n')
    assert reading.tasks == []
    assert reading.told == [
        ("content_invalid", "in.jsonl:1: text"),
        ("content_invalid", "in.jsonl:2: text"),
    ]


def test_metadata_keeps_its_types(read):
    reading = read(JsonlFormat, b'{"text": "a", "stars": 5, "tags": ["x", {"y": null}]}')
    assert reading.tasks[0].meta == {"stars": 5, "tags": ["x", {"y": None}]}


@pytest.mark.parametrize("depth", [70, 900, 5000])
def test_metadata_nested_without_end_is_told(read, depth):
    reading = read(
        JsonlFormat, b'{"text": "a", "n": ' + b"[" * depth + b"]" * depth + b'}\n{"text": "b"}\n'
    )
    assert reading.texts == ["b"]
    assert reading.problems[0].code == "json_syntax"


def test_a_line_over_the_limit_is_skipped_and_counted(read):
    limit = lines.LONGEST_LINE
    frame = len(b'{"text": ""}\n')
    fits = b'{"text": "' + b"x" * (limit - frame) + b'"}\n'
    assert len(fits) == limit
    long = b'{"text": "' + b"x" * (3 * limit + 17) + b'"}\n'
    reading = read(JsonlFormat, b'{"text": "a"}\n' + fits + long + b'{"text": "b"}\n' + long)
    assert [len(text) for text in reading.texts] == [1, limit - frame, 1]
    assert reading.tasks[2].where == "in.jsonl:4"
    assert reading.told == [("row_too_long", "in.jsonl:3"), ("row_too_long", "in.jsonl:5")]


def test_a_folder_is_read_by_name(read, tmp_path):
    folder = tmp_path / "set"
    (folder / "a" / "deep").mkdir(parents=True)
    for name in ("z.jsonl", "a/b.JSONL", "a/deep/c.ndjson", "a/other.json"):
        (folder / name).write_bytes(b'{"text": "%s"}\n' % name.encode())
    reading = read(JsonlFormat, folder)
    assert reading.texts == ["a/b.JSONL", "a/deep/c.ndjson", "z.jsonl"]
    assert [task.where for task in reading.tasks][1] == "a/deep/c.ndjson:1"


def test_content_fields_come_back_and_a_column_of_that_name_stays_its_owners(read):
    reading = read(
        JsonlFormat,
        b'{"text": "a", "content": {"direction": "rtl"}}\n'
        b'{"text": "b", "content": {"direction": "rtl", "more": 1}}\n'
        b'{"text": "c", "content": "news"}\n'
        b'{"text": "d", "content": {"direction": "up"}}\n',
    )
    assert reading.tasks[0].content.direction == "rtl"
    assert reading.tasks[0].meta == {}
    assert reading.tasks[1].content.direction == ""
    assert reading.tasks[1].meta == {"content": {"direction": "rtl", "more": 1}}
    assert reading.tasks[2].meta == {"content": "news"}
    assert reading.told == [("content_invalid", "in.jsonl:4: content")]
    assert reading.texts == ["a", "b", "c", "d"]
