from __future__ import annotations

import pytest

from labeler.api.files import lines
from labeler.panels.sentiment.formats import CsvFormat, TsvFormat


def test_line_ends_inside_quotes_are_kept_as_they_are(read):
    reading = read(CsvFormat, b'id,text\r\n1,"a\r\nb\nc\rd ""e"""\r\n2,f\r\n')
    assert reading.texts == ['a\r\nb\nc\rd "e"', "f"]
    # the first row has three ends within it, so the second starts at line 6
    assert [task.where for task in reading.tasks] == ["in.csv:2", "in.csv:6"]


def test_ragged_rows_are_told_and_empty_lines_are_not(read):
    reading = read(CsvFormat, b"id,text\n1\n2,b\n\n3,c,d\n4,e\n")
    assert reading.texts == ["b", "e"]
    assert reading.told == [("row_ragged", "in.csv:2"), ("row_ragged", "in.csv:5")]
    assert reading.problems[1].message == "cells in the row: 3, in the header: 2"


def test_an_open_quote_swallows_nothing_below_it(read):
    reading = read(CsvFormat, b'id,text\n1,a\n2,"b\n3,c\n4,d\n')
    assert reading.texts == ["a", "c", "d"]
    assert reading.told == [("row_quotes", "in.csv:3")]


def test_letters_after_a_closing_quote_are_told_and_not_joined(read):
    reading = read(CsvFormat, b'id,text\n1,"a" b\n2,"c\nd"e\n3,f\n')
    assert reading.texts == ["f"]
    assert [where for _, where in reading.told] == ["in.csv:2", "in.csv:3", "in.csv:4"]


def test_quotes_inside_a_cell_are_letters(read):
    assert read(CsvFormat, b'text\n5" disk, not\n'.replace(b",", b"")).texts == ['5" disk not']


def test_a_table_with_tabs_may_use_quotes_as_letters(read):
    reading = read(TsvFormat, b'text\tlabel\n"Great" film\tx\n"Bad\ty\n"two\nlines"\tz\n')
    assert reading.texts == ['"Great" film', '"Bad', "two\nlines"]
    assert reading.problems == []


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_header_says_what_separates_the_columns(read, delimiter):
    reading = read(CsvFormat, f"id{delimiter}text\n1{delimiter}a, b\n".encode())
    assert reading.texts == ["a, b"]
    assert reading.tasks[0].key == "1"


def test_a_single_column_is_a_table(read):
    assert read(CsvFormat, b"text\na\nb\n").texts == ["a", "b"]


def test_doubled_column_names_are_told_and_the_first_counts(read):
    reading = read(CsvFormat, b"text,n,text,n,\na,1,b,2,3\n")
    assert reading.texts == ["a"]
    assert dict(reading.tasks[0].meta) == {"n": "1", "text 2": "b", "n 2": "2", "column 5": "3"}
    assert reading.told == [("column_double", "in.csv:1"), ("column_double", "in.csv:1")]


def test_nul_bytes_are_told(read):
    reading = read(CsvFormat, b"id,text\n1,a\0\n2,b\n")
    assert reading.texts == ["b"]
    assert reading.told == [("row_nul", "in.csv:2")]


def test_a_byte_that_does_not_fit_costs_its_row_and_no_other(read):
    rows = ["id,text", '1,"schön', 'zwei"', "2,ü", "3,c"]
    raw = "\n".join(rows).encode().replace(b"zwei", b"zw\xe9i")
    reading = read(CsvFormat, raw)
    assert reading.texts == ["ü", "c"]
    assert reading.told == [("encoding_mixed", "in.csv:2")]
    assert reading.problems[0].params == {"encoding": "utf-8", "byte": "0xe9", "at": 3}


def test_a_row_over_the_limit_is_told_whether_in_one_line_or_many(read):
    limit = lines.LONGEST_LINE
    long = b'2,"' + b"x" * (2 * limit) + b'"\n'
    many = b'3,"' + (b"x" * 1023 + b"\n") * (limit // 1024 + 9) + b'"\n'
    reading = read(CsvFormat, b"id,text\n1,a\n" + long + b"9,b\n" + many + b"4,d\n")
    assert reading.texts == ["a", "b", "d"]
    assert reading.told[0] == ("row_too_long", "in.csv:3")
    assert reading.told[1] == ("row_too_long", "in.csv:5")


def test_cells_longer_than_the_csv_module_takes_by_itself_are_read(read):
    text = "x" * 200_000
    assert read(CsvFormat, f"text\n{text}\n".encode()).texts == [text]


def test_an_empty_table_is_told(read):
    assert read(CsvFormat, b"").told == [("row_empty", "in.csv:1")]
    assert read(CsvFormat, b"id,text\n").told == []


def test_numbers_that_are_none_in_json_do_not_fit(read):
    for said in ("nan", "inf", "1_0", "two", "0x1"):
        assert read(CsvFormat, f"text,valence\na,{said}\n".encode()).problems[0].code == (
            "answer_invalid"
        )
    assert read(CsvFormat, b"text,valence\na,+2.0\n").value()["answers"] == {"valence": 2.0}


def test_only_what_our_own_export_escaped_is_unescaped(read):
    plain = read(CsvFormat, b"text\n'=1\n")
    assert plain.texts == ["'=1"]
    ours = read(CsvFormat, b"""text,n,escaped\n'=1,'+2,"[""text"",""n""]"\n""")
    assert ours.texts == ["=1"]
    assert dict(ours.tasks[0].meta) == {"n": "+2"}
    foreign = read(CsvFormat, b"""text,escaped\n=1,"[""text""]"\nb,yes\n""")
    assert foreign.texts == ["=1", "b"]
    assert [dict(task.meta) for task in foreign.tasks] == [
        {"escaped": '["text"]'},
        {"escaped": "yes"},
    ]


def test_real_tables_are_read_as_they_stand(read, shared_data):
    """Posts in four languages, whose quotes are letters: nothing of them may be taken for syntax."""
    paths = sorted((shared_data / "text" / "afrisenti").glob("*/*.tsv"))
    assert len(paths) >= 5
    for path in paths:
        lines = path.read_bytes().decode().split("\n")[1:]
        expected = [line.split("\t")[0] for line in lines if line.strip("\r")]
        reading = read(TsvFormat, path, text_column="tweet")
        assert reading.problems == []
        changed = [(a, b) for a, b in zip(reading.texts, expected, strict=True) if a != b]
        # a cell that is quoted as a whole loses its quotes, and nothing else is another
        assert [(a, b) for a, b in changed if b != '"' + a.replace('"', '""') + '"'] == []
