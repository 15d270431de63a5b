from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from labeler.api import Refusal
from labeler.panels.sentiment.formats import CsvFormat, JsonlFormat, TextFilesFormat, TsvFormat

TEXTS = ["Größe überrascht 🙃", "Сырники", "部屋から海", "الأكل لذيذ"]
ROWS = "id,text\r\n" + "".join(f"{n},{text}\r\n" for n, text in enumerate(TEXTS))


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding(read, mark, codec):
    reading = read(CsvFormat, mark + ROWS.encode(codec))
    assert reading.texts == TEXTS
    assert reading.problems == []


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_letters_without_a_mark_are_seen_and_said(read, codec):
    reading = read(CsvFormat, ROWS.encode(codec))
    assert reading.texts == TEXTS
    assert reading.told == [("encoding_guessed", "in.csv")]
    assert reading.problems[0].message == f"read as {codec}"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        ("Das Hotel war schön, aber die Küche… naja. Größe überrascht.", "cp1252", "windows-1252"),
        ("Crème brûlée très bonne, mais nous étions déçus", "cp1252", "windows-1252"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", "cp1250", "windows-1250"),
        ("Зашли случайно, спрятались от дождя", "cp1251", "windows-1251"),
        ("Зашли случайно, спрятались от дождя", "koi8_r", "koi8_r"),
        ("部屋から海が見えて、朝食の焼き魚も最高でした。", "cp932", "shift_jis"),
        ("部屋から海が見えて、朝食の焼き魚も最高でした。", "euc_jp", "euc_jp"),
        ("房间能看到海，早餐的烤鱼也很棒。", "gb18030", "gb18030"),
        ("안녕하세요 음식이 정말 맛있어요", "cp949", "euc-kr"),
        ("الأكل لذيذ جدا والأسعار معقولة", "cp1256", "windows-1256"),
    ],
)
def test_an_old_encoding_is_guessed_and_said(read, text, codec, name):
    reading = read(TsvFormat, f"text\n{text}\n{text}\n".encode(codec), "in.csv")
    assert reading.texts == [text, text]
    assert reading.told == [("encoding_guessed", "in.csv")]
    assert reading.problems[0].params == {"encoding": name}


def test_the_encoding_can_be_told(read):
    raw = "text\ncafé\n".encode("cp850")
    assert read(CsvFormat, raw, encoding="cp850").texts == ["café"]
    raw = "text\n日本\n".encode("iso2022_jp")
    assert read(CsvFormat, raw, encoding="iso2022_jp").texts == ["日本"]
    with pytest.raises(Refusal, match="there is no encoding 'utf-99'"):
        read(CsvFormat, raw, encoding="utf-99")


def test_a_mark_overrules_what_is_told(read):
    assert read(CsvFormat, codecs.BOM_UTF8 + b"text\n\xc3\xa9\n", encoding="cp1252").texts == ["é"]


def test_a_file_in_two_encodings_is_read_in_utf8_and_the_rest_is_told(read):
    lines = ['{"text": "schön"}'.encode(), b'{"text": "sch\xf6n"}', '{"text": "größer"}'.encode()]
    reading = read(JsonlFormat, b"\n".join(lines))
    assert reading.texts == ["schön", "größer"]
    assert reading.told == [("encoding_mixed", "in.jsonl:2")]


def test_a_line_of_utf8_in_a_guessed_file_is_told_and_not_mangled(read):
    old = "text\n" + "Das Hotel war schön und die Küche naja\n" * 5
    reading = read(CsvFormat, old.encode("cp1252") + "Der Käse\n".encode())
    assert reading.texts == ["Das Hotel war schön und die Küche naja"] * 5
    assert reading.told == [("encoding_guessed", "in.csv"), ("encoding_mixed", "in.csv:7")]
    assert reading.problems[1].params == {"encoding": "windows-1252", "byte": "0xc3", "at": 6}


def test_a_byte_a_guessed_encoding_does_not_have_is_told(read):
    old = "text\n" + "Das Hotel war schön und die Küche naja\n" * 5
    reading = read(CsvFormat, old.encode("cp1252") + b"x\x81y\n")
    assert reading.texts == ["Das Hotel war schön und die Küche naja"] * 5
    assert reading.told[1] == ("encoding_mixed", "in.csv:7")


def test_a_broken_pair_in_utf16_costs_its_line(read):
    raw = "text\na\n".encode("utf-16-le") + b"b\x00\x3d\xd8\n\x00" + "c\n".encode("utf-16-le")
    reading = read(CsvFormat, codecs.BOM_UTF16_LE + raw)
    assert reading.texts == ["a", "c"]
    assert reading.told == [("encoding_mixed", "in.csv:3")]
    assert reading.problems[0].params["at"] == 2


def test_half_a_letter_at_the_end_of_utf16_is_told(read):
    reading = read(CsvFormat, codecs.BOM_UTF16_LE + "text\na\nb".encode("utf-16-le") + b"\x41")
    assert reading.texts == ["a"]
    assert reading.told == [("encoding_mixed", "in.csv:3")]


def test_letters_across_the_pieces_a_file_is_read_in_stay_whole(read, tmp_path: Path):
    # the pieces are 1 MiB; letters of 2, 3 and 4 bytes are put across every edge
    text = "xé部🙃" * 300_000
    for codec in ("utf-8", "utf-16"):
        path = tmp_path / f"{codec}.txt"
        path.write_bytes(text.encode(codec))
        assert read(TextFilesFormat, path).texts == [text]


def test_line_ends_across_the_pieces_stay_one(read):
    piece = 1 << 20
    head = b'text\r\n"'
    raw = head + b"x" * (piece - len(head) - 1) + b'\r\ny"\r\nz\r\n'
    assert raw[piece - 1 : piece + 1] == b"\r\n"
    reading = read(CsvFormat, raw)
    assert reading.texts[0].endswith("x\r\ny")
    assert [task.where for task in reading.tasks] == ["in.csv:2", "in.csv:4"]
