"""Whatever is in a file: tasks, problems or one refusal come out, the same ones twice, and no crash."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeler.api import ImportFormat, Problem, QueueConfig, ReadOptions, Refusal, TaskIn
from labeler.panels.sentiment.formats import CsvFormat, JsonlFormat, TextFilesFormat, TsvFormat
from labeler.panels.sentiment.task import SentimentTask, TextContent

CONFIG = msgspec.convert(
    {
        "labels": [{"id": "pos"}, {"id": "neg"}],
        "questions": [
            {"id": "sentiment", "kind": "choice", "choices": [{"id": "a"}, {"id": "b"}]},
            {"id": "marks", "kind": "choices", "choices": [{"id": "a"}, {"id": "b"}]},
            {"id": "valence", "kind": "scale", "minimum": -3, "maximum": 3},
            {"id": "rows", "kind": "records", "columns": [{"id": "c"}]},
            {"id": "tone", "kind": "number", "scope": "part:text"},
        ],
    },
    QueueConfig,
)
FORMATS: dict[str, type[ImportFormat]] = {
    "csv": CsvFormat,
    "tsv": TsvFormat,
    "jsonl": JsonlFormat,
    "txt": TextFilesFormat,
}
SOUND = {
    "csv": "id,text,sentiment,marks,valence,spans,rows,tone,by,status,escaped,content\r\n"
    '1,"gut ""sehr""",a,a|b,-1,"[{""start"":0,""end"":3,""label"":""pos""}]","[{""c"":""x""}]",'
    "2,ada,flagged,,\r\n"
    '2,\'=1,b,,,,,,,,"[""text""]",\r\n',
    "tsv": 'id\ttext\tsentiment\n1\t"gut"\ta\n2\t5" weit\tb\n',
    "jsonl": '{"id": 1, "text": "gut 😊", "sentiment": "a", "marks": ["b"], "spans": [{"id": "s", '
    '"start": 0, "end": 3, "label": "pos", "text": "gut"}], "tone": {"per": {"text": 3}}}\n'
    '{"text": "b", "content": {"direction": "rtl"}, "by": "ada", "valence": 2, "n": [1]}\n',
    "txt": "eins\r\nzwei 😊\n",
}
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-be", "cp1252", "gb18030", "iso2022_jp")


def read(kind: str, raw: bytes, **told: object) -> list[TaskIn | Problem] | str:
    """What a reading gives; the message of the refusal if it is refused."""
    options = ReadOptions(CONFIG, settings={f"sentiment.{key}": one for key, one in told.items()})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"in.{kind}"
        path.write_bytes(raw)
        try:
            return list(FORMATS[kind]().read(path, options))
        except Refusal as refusal:
            return str(refusal)


def check(kind: str, raw: bytes, **told: object) -> None:
    found = read(kind, raw, **told)
    assert found == read(kind, raw, **told)
    if isinstance(found, str):
        assert found
        return
    task_half = SentimentTask()
    for one in found:
        if isinstance(one, Problem):
            assert one.message
            assert one.where.startswith("in.")
            continue
        assert one.where.startswith("in.")
        assert msgspec.json.decode(msgspec.json.encode(one.meta)) == one.meta
        for annotation in one.annotations:
            value = msgspec.json.decode(annotation.value)
            for region in value.get("regions", ()):
                if one.content is not None:
                    text = one.content.text
                    assert text[region["start"] : region["end"]] == region["text"]
        if one.content is not None:
            assert one.content.text.strip()
            decoded = msgspec.json.decode(msgspec.json.encode(one.content), type=TextContent)
            assert decoded == one.content
            assert task_half.summary(one.content)


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=60)
@given(raw=st.binary(max_size=300))
def test_bytes_of_any_kind_are_no_crash(kind, raw):
    check(kind, raw)


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=120)
@given(
    codec=st.sampled_from(CODECS),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=6)), max_size=4
    ),
    by_line=st.booleans(),
)
def test_a_damaged_file_is_no_crash(kind, codec, cuts, by_line):
    raw = SOUND[kind].encode(codec, "replace")
    for place, gone, put in cuts:
        at = int(place * len(raw))
        raw = raw[:at] + put + raw[at + gone :]
    check(kind, raw, line_per_task=by_line)


words = ("text", "id", "spans", "null", "1e9", '"text"', "\\ud800", "escaped", "'=", "\0", "🙃")
more_words = ("\ufeff", "content", "sentiment", "start", "end", "-1", '{"text":"a","spans":[')
syntax = st.sampled_from([*'{}[]",:;\t\n\r\\', *words, *more_words])


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=120)
@given(parts=st.lists(syntax, max_size=40))
def test_syntax_in_any_order_is_no_crash(kind, parts):
    check(kind, ("id,text\n" if kind == "csv" else "").encode() + "".join(parts).encode())


@pytest.mark.parametrize("kind", FORMATS)
def test_a_megabyte_of_noise_between_sound_rows_is_read_in_one_go(kind):
    noise = random.Random(7)
    row = SOUND[kind].encode()
    raw = row + noise.randbytes(1 << 20) + row
    check(kind, raw)
    quoted = row + b'"' + b"\n".join(b'x,"' for _ in range(50_000)) + row
    check(kind, quoted)
