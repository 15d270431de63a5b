"""What is exported and imported again is the same: texts, keys, answers, spans, letter by letter."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labeler.api import (
    AnnotationOut,
    Context,
    Label,
    Problem,
    QueueConfig,
    ReadOptions,
    Refusal,
    Relation,
    Span,
    TaskIn,
    TaskOut,
    Value,
    WriteOptions,
    equal_json,
    thaw,
)
from labeler.panels.sentiment.formats import CsvFormat, JsonlFormat, TsvFormat
from labeler.panels.sentiment.task import TextContent

FORMATS = {"jsonl": JsonlFormat, "csv": CsvFormat, "tsv": TsvFormat}


@pytest.fixture(params=FORMATS, scope="module")
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


pieces = st.sampled_from(
    [
        *(
            "a",
            " ",
            "\r\n",
            "\n",
            "\r",
            "\t",
            ",",
            ";",
            "|",
            '"',
            "'",
            "=",
            "-1",
            "+",
            "@",
            "{",
            "\\",
        ),
        *(
            "👨\u200d👩\u200d👧",
            "🇩🇪",
            "é",
            "e\u0301",
            "ש",
            "الأكل",
            "ไทย",
            "नी",
            "部屋",
            "\u2028",
            "\x85",
        ),
        *("\x0b", "\ufeff", "\u200f", "\U0010ffff", "\x7f", "ﷺ"),
    ]
)
texts = st.one_of(
    st.lists(pieces, min_size=1, max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
).filter(lambda text: text.strip() != "")


@st.composite
def spans(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    made = []
    for number in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        made.append(
            Span(
                id=f"s{number}",
                start=start,
                end=end,
                text=text[start:end],
                label=draw(st.sampled_from([None, "pos", "neg"])),
                on=draw(st.sampled_from([None, "text"])),
                score=draw(st.sampled_from([None, 0.5])),
                attributes=draw(st.sampled_from([{}, {"sure": "no\r\n"}])),
                extra=draw(st.sampled_from([{}, {"x": [1, "é"]}])),
            )
        )
    return tuple(made)


answers = st.fixed_dictionaries(
    {},
    optional={
        "sentiment": st.sampled_from(["positive", "neutral", "negative"]),
        "valence": st.integers(-3, 3),
        "marks": st.lists(st.sampled_from(["sarcastic", "ad"]), unique=True),
        "note": texts,
        "tone": st.integers(1, 5).map(lambda tone: {"per": {"text": tone}}),
    },
)
meta_names = st.sampled_from(["source", "=n", "by the way", "n\r\nn", "shop|x", "ไทย"])


@st.composite
def annotations(draw: st.DrawFn, text: str) -> AnnotationOut:
    value = Value(draw(spans(text)), draw(answers))
    return AnnotationOut(
        id="0" * 32,
        layer=draw(st.sampled_from(["work", "gold", "prediction"])),
        author=draw(st.sampled_from(["ada", "=ben", "", "model 2"])),
        status=draw(st.sampled_from(["submitted", "skipped", "flagged"])),
        value=value,
        raw=b"",
        context=Context(),
    )


@st.composite
def tasks(draw: st.DrawFn) -> TaskOut:
    text = draw(texts)
    content = TextContent(
        text=text,
        direction=draw(st.sampled_from(["", "", "rtl"])),
        title=draw(st.sampled_from(["", "", "=1"])),
    )
    return TaskOut(
        id="0" * 32,
        key=draw(texts),
        queue="q",
        content=content,
        raw=b"",
        meta=draw(st.dictionaries(meta_names, texts, max_size=2)),
        status="submitted",
        annotations=tuple(draw(st.lists(annotations(text), max_size=1))),
    )


def there_and_back(
    kind: str, tasks: list[TaskOut], config: QueueConfig, **told: Any
) -> tuple[list[TaskIn], list[Problem], dict[str, int]]:
    options = {f"sentiment.{key}": value for key, value in told.items()}
    format_ = FORMATS[kind]()
    with tempfile.TemporaryDirectory() as folder:
        write = WriteOptions(config, settings=options)
        [path] = format_.write(iter(tasks), Path(folder) / f"out.{kind}", write)
        found = list(format_.read(path, ReadOptions(config, settings=options)))
    return (
        [one for one in found if isinstance(one, TaskIn)],
        [one for one in found if isinstance(one, Problem)],
        write.dropped,
    )


def expected_value(value: Value, config: QueueConfig) -> dict[str, Any]:
    """The value as JSON, built here by hand, labels by name as files have them."""
    names = {label.id: label.name for label in config.labels}
    regions = []
    for span in value.regions:
        assert isinstance(span, Span)
        region = {"type": "span", "id": span.id, "start": span.start, "end": span.end}
        region["text"] = span.text
        for name in ("on", "score", "attributes", "extra"):
            if getattr(span, name):
                region[name] = thaw(getattr(span, name))
        if span.label is not None:
            region["label"] = names[span.label]
        regions.append(region)
    tree: dict[str, Any] = {"regions": regions} if regions else {}
    if value.answers:
        tree["answers"] = thaw(value.answers)
    return tree


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.lists(tasks(), max_size=6))
def test_what_is_exported_comes_back_the_same(kind, config, written):
    read, problems, dropped = there_and_back(kind, written, config)
    assert problems == []
    assert dropped == {}
    assert len(read) == len(written)
    for before, after in zip(written, read, strict=True):
        assert after.key == before.key
        assert after.content == before.content
        assert dict(after.meta) == dict(before.meta)
        assert len(after.annotations) == len(before.annotations)
        for one, other in zip(before.annotations, after.annotations, strict=True):
            value = msgspec.json.decode(other.value)
            assert equal_json(value, expected_value(one.value, config))
            for region in value.get("regions", ()):
                assert before.content.text[region["start"] : region["end"]] == region["text"]
            assert other.status == one.status
            assert other.author == (one.author or None)
            assert other.layer == (None if one.layer == "work" else one.layer)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.lists(tasks(), min_size=1, max_size=3))
def test_a_table_with_a_mark_and_bare_formulas_comes_back_the_same(config, written):
    read, problems, _ = there_and_back(
        "csv", written, config, byte_order_mark=True, spreadsheet_safe=False
    )
    assert problems == []
    assert [task.content for task in read] == [task.content for task in written]


def task(text: str = "gut", key: str = "k", **more: Any) -> TaskOut:
    content = more.pop("content", TextContent(text=text))
    meta, works = more.pop("meta", {}), more.pop("annotations", ())
    return TaskOut("0" * 32, key, "q", content, b"", meta, "submitted", works)


def work(*regions: Any, author: str = "ada", **answers: Any) -> AnnotationOut:
    value = Value(tuple(regions), answers)
    return AnnotationOut("0" * 32, "work", author, "submitted", value, b"", Context())


@pytest.fixture
def write(tmp_path: Path, config: QueueConfig) -> Callable[..., tuple[bytes, WriteOptions]]:
    def writing(kind: str, *tasks: TaskOut, **told: Any) -> tuple[bytes, WriteOptions]:
        settings = {f"sentiment.{key}": value for key, value in told.items()}
        options = WriteOptions(config, settings=settings)
        [path] = FORMATS[kind]().write(tasks, tmp_path / f"out.{kind}", options)
        raw = path.read_bytes()
        path.unlink()
        return raw, options

    return writing


def test_a_line_is_what_other_programs_expect(write):
    span = Span(id="s", start=0, end=3, label="pos", text="gut")
    raw, _ = write(
        "jsonl", task(meta={"source": "web"}, annotations=(work(span, sentiment="positive"),))
    )
    assert json.loads(raw) == {
        "id": "k",
        "text": "gut",
        "source": "web",
        "sentiment": "positive",
        "spans": [{"id": "s", "start": 0, "end": 3, "label": "Positive", "text": "gut"}],
        "by": "ada",
    }


def test_a_table_is_read_by_the_csv_module_with_every_row_as_wide_as_the_header(write):
    many = [task(f"text {n}", f"k{n}", meta={f"column {n % 7}": str(n)}) for n in range(2000)]
    raw, _ = write("csv", *many)
    rows = list(csv.reader(raw.decode().splitlines(keepends=True)))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[0][:2] == ["id", "text"]
    assert [row[1] for row in rows[1:]] == [f"text {n}" for n in range(2000)]
    for number, row in enumerate(rows[1:]):
        told = {name: cell for name, cell in zip(rows[0], row, strict=True) if cell}
        assert told[f"column {number % 7}"] == str(number)
        assert len(told) == 3


def test_a_text_that_looks_like_a_formula_is_none_in_a_spreadsheet(write):
    for text in ("=1+1", "+1", "-1", "@x", "\t=1"):
        raw, _ = write("csv", task(text, "=k"))
        [row] = list(csv.DictReader(raw.decode().splitlines(keepends=True)))
        assert (row["id"], row["text"], row["escaped"]) == ("'=k", f"'{text}", '["id","text"]')
        raw, _ = write("csv", task(text), spreadsheet_safe=False)
        [row] = list(csv.DictReader(raw.decode().splitlines(keepends=True)))
        assert row["text"] == text
        assert "escaped" not in row


def test_a_choice_whose_id_looks_like_a_formula_is_none_in_a_spreadsheet(write):
    raw, _ = write("csv", task(annotations=(work(marks=["=cmd", "ad"]),)))
    [row] = list(csv.DictReader(raw.decode().splitlines(keepends=True)))
    assert (row["marks"], row["escaped"]) == ("'=cmd|ad", '["marks"]')


def test_a_column_that_looks_like_a_formula_is_none_in_a_spreadsheet(write):
    raw, _ = write("csv", task(meta={"=n": "1"}))
    assert b",'=n," in raw.splitlines()[0]
    raw, _ = write("csv", task(meta={"=n": "1"}), spreadsheet_safe=False)
    assert raw.splitlines()[0].endswith(b",=n")


def test_a_negative_number_is_a_number_in_a_spreadsheet(write):
    raw, _ = write("csv", task(annotations=(work(valence=-2),)))
    [row] = list(csv.DictReader(raw.decode().splitlines(keepends=True)))
    assert row["valence"] == "-2"
    assert "escaped" not in row


def test_the_mark_is_written_only_where_it_is_wanted(write):
    assert write("csv", task())[0].startswith(b"id,text,")
    assert write("csv", task(), byte_order_mark=True)[0].startswith(b"\xef\xbb\xbfid,text,")


def test_each_annotation_of_a_task_has_its_line_and_says_whose_it_is(write):
    raw, _ = write(
        "jsonl",
        task(annotations=(work(sentiment="positive"), work(sentiment="neutral", author="ben"))),
    )
    lines = [json.loads(line) for line in raw.splitlines()]
    assert [(line["id"], line["by"], line["sentiment"]) for line in lines] == [
        ("k", "ada", "positive"),
        ("k", "ben", "neutral"),
    ]


def test_an_annotation_with_nothing_in_it_is_still_one(config, kind):
    read, problems, _ = there_and_back(kind, [task(annotations=(work(),))], config)
    assert problems == []
    [annotation] = read[0].annotations
    assert (msgspec.json.decode(annotation.value), annotation.author) == ({}, "ada")


def test_what_a_row_cannot_hold_is_counted(write):
    link = Relation(id="r", source="a", target="b")
    other = {"per": {"text": 3, "gone": 4}}
    _, options = write("jsonl", task(meta={"id": "x"}, annotations=(work(link, tone=other),)))
    assert options.dropped == {"region_type": 1, "answer_part": 1, "metadata_name": 1}
    _, options = write("csv", task("a\0b"), task(content=None), task("c"))
    assert options.dropped == {"nul": 1, "content_missing": 1}


def test_metadata_under_a_name_of_ours_never_changes_whose_work_it_is(config, kind):
    meta = {"layer": "gold", "status": "skipped", "by": "ben"}
    read, _, dropped = there_and_back(
        kind, [task(meta=meta, annotations=(work(note="x"),))], config
    )
    [annotation] = read[0].annotations
    assert (annotation.layer, annotation.status, annotation.author) == ("work", "submitted", "ada")
    assert dropped == {"metadata_name": 3}


def test_a_retired_label_is_still_written_by_name(tmp_path):
    config = QueueConfig(labels=(Label("old", "Old name", retired=True),))
    options = WriteOptions(config)
    span = Span(id="s", start=0, end=3, label="old", text="gut")
    [path] = JsonlFormat().write([task(annotations=(work(span),))], tmp_path / "o.jsonl", options)
    assert json.loads(path.read_bytes())["spans"][0]["label"] == "Old name"


def test_a_target_that_is_no_file_is_a_folder_and_nothing_is_overwritten(config, tmp_path, kind):
    format_ = FORMATS[kind]()
    [path] = format_.write([task()], tmp_path / "new" / "set", WriteOptions(config))
    assert path == tmp_path / "new" / "set" / f"tasks.{kind}"
    with pytest.raises(Refusal, match="the file is there already"):
        format_.write([task()], tmp_path / "new" / "set", WriteOptions(config))


def test_an_export_of_nothing_is_an_empty_table(config, kind):
    read, problems, _ = there_and_back(kind, [], config)
    assert (read, problems) == ([], [])


def test_memory_does_not_grow_with_the_tasks(config, kind, tmp_path):
    import tracemalloc

    def many(count: int) -> Iterator[TaskOut]:
        for number in range(count):
            yield task("x" * 400, f"k{number}", meta={"n": str(number)})

    def peak(count: int) -> int:
        path = tmp_path / f"{count}.{kind}"
        tracemalloc.start()
        FORMATS[kind]().write(many(count), path, WriteOptions(config))
        for _ in FORMATS[kind]().read(path, ReadOptions(config)):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(2_000)
    # a file of 4 MB against one of 16 MB, both past the pieces they are read in
    assert peak(40_000) < 1.15 * peak(10_000)
