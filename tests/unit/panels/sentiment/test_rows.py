"""What every format of rows shares: the same claims for JSON Lines and for tables."""

from __future__ import annotations

import csv
import io
import json

import pytest

from labeler.api import Refusal
from labeler.panels.sentiment.formats import CsvFormat, JsonlFormat, TsvFormat


def as_jsonl(rows: list[dict]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def as_table(rows: list[dict], delimiter: str) -> bytes:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter)
    writer.writeheader()
    for row in rows:
        cells = {
            name: cell if isinstance(cell, str) else json.dumps(cell) for name, cell in row.items()
        }
        writer.writerow(cells)
    return out.getvalue().encode()


FORMATS = {
    "jsonl": (JsonlFormat, as_jsonl),
    "csv": (CsvFormat, lambda rows: as_table(rows, ",")),
    "tsv": (TsvFormat, lambda rows: as_table(rows, "\t")),
}
FIRST_ROW = {"jsonl": 1, "csv": 2, "tsv": 2}


@pytest.fixture(params=FORMATS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def rows(kind: str, read):
    format_, write = FORMATS[kind]
    return lambda rows, **settings: read(format_, write(rows), **settings)


def test_a_row_is_a_task_with_its_text_key_and_metadata(rows):
    reading = rows([{"id": "r1", "text": " Gut. ", "source": "web", "shop": "Kühn & Söhne"}])
    [task] = reading.tasks
    assert task.key == "r1"
    assert task.content.text == " Gut. "
    assert dict(task.meta) == {"source": "web", "shop": "Kühn & Söhne"}
    assert task.annotations == ()
    assert reading.problems == []


def test_a_place_names_the_file_and_the_line(rows, kind):
    reading = rows([{"text": "a"}, {"text": "b"}])
    first = FIRST_ROW[kind]
    assert [task.where for task in reading.tasks] == [
        f"in.{kind}:{first}",
        f"in.{kind}:{first + 1}",
    ]
    assert {task.source for task in reading.tasks} == {f"in.{kind}"}


def test_a_row_without_an_id_has_no_key(rows):
    assert rows([{"text": "a"}]).tasks[0].key is None


def test_column_names_are_found_whatever_their_case_and_space(rows):
    [task] = rows([{"ID": "7", " Text ": "a"}]).tasks
    assert (task.key, task.content.text) == ("7", "a")


def test_answers_are_found_by_the_id_or_the_title_of_the_question(rows):
    by_id = rows([{"text": "a", "sentiment": "negative"}])
    by_title = rows([{"text": "a", "Sentiment of the whole text": "negative"}])
    assert by_id.value() == by_title.value() == {"answers": {"sentiment": "negative"}}
    assert by_id.tasks[0].meta == {}


@pytest.mark.parametrize("said", ["positive", "Positive", "POSITIVE "])
def test_a_choice_may_be_said_by_id_or_title(rows, said):
    assert rows([{"text": "a", "sentiment": said}]).value()["answers"]["sentiment"] == "positive"


def test_choices_may_be_a_list_or_joined(rows):
    for said in (["sarcastic", "Advertising; paid"], "sarcastic|ad", "sarcastic; ad"):
        assert rows([{"text": "a", "marks": said}]).value()["answers"]["marks"] == [
            "sarcastic",
            "ad",
        ]
    # a title that has the separator in it is one choice
    assert rows([{"text": "a", "marks": "Advertising; paid"}]).value()["answers"]["marks"] == ["ad"]


def test_numbers_come_as_numbers(rows):
    assert rows([{"text": "a", "valence": -2}]).value()["answers"] == {"valence": -2}


def test_an_answer_to_a_question_about_the_text_belongs_to_its_part(rows):
    assert rows([{"text": "a", "tone": 4}]).value()["answers"] == {"tone": {"per": {"text": 4}}}


def test_an_answer_that_does_not_fit_is_told_with_its_column_and_the_task_is_taken(rows, kind):
    reading = rows(
        [
            {"text": "a", "sentiment": "happy", "valence": 9, "marks": "sarcastic"},
            {"text": "b", "sentiment": "neutral"},
        ]
    )
    assert len(reading.tasks) == 2
    assert reading.value(0) == {"answers": {"marks": ["sarcastic"]}}
    line = FIRST_ROW[kind]
    assert reading.told == [
        ("answer_invalid", f"in.{kind}:{line}: sentiment"),
        ("answer_invalid", f"in.{kind}:{line}: valence"),
    ]
    assert "none of the choices" in reading.problems[0].message


def test_spans_come_as_regions_with_labels_by_name_and_their_words(rows):
    spans = [{"start": 2, "end": 5, "label": "Positive"}, {"start": 0, "end": 1, "text": "😊"}]
    reading = rows([{"text": "😊 gut", "spans": spans}])
    assert reading.value()["regions"] == [
        {"type": "span", "start": 2, "end": 5, "label": "Positive", "text": "gut"},
        {"type": "span", "start": 0, "end": 1, "text": "😊"},
    ]


def test_a_span_past_the_end_or_over_other_words_is_told_and_left_out(rows, kind):
    spans = [
        {"start": 0, "end": 3, "label": "Positive", "text": "gut"},
        {"start": 0, "end": 4, "label": "Positive"},
        {"start": 1, "end": 3, "label": "Positive", "text": "gu"},
        {"start": 2, "end": 2},
        {"start": "0", "end": 3},
        {"end": 3},
        {"start": 0, "end": 3, "label": 5},
        {"start": 0, "end": 3, "type": "box"},
        "Positive",
    ]
    reading = rows([{"text": "gut", "spans": spans}])
    assert [region["end"] for region in reading.value()["regions"]] == [3]
    place = f"in.{kind}:{FIRST_ROW[kind]}: spans"
    assert reading.told == [
        ("span_range", f"{place}[1].end"),
        ("span_text", f"{place}[2].text"),
        ("region_invalid", f"{place}[3].end"),
        ("region_invalid", f"{place}[4].start"),
        ("region_invalid", f"{place}[5]"),
        ("region_invalid", f"{place}[6].label"),
        ("region_type", f"{place}[7].type"),
        ("region_invalid", f"{place}[8]"),
    ]


def test_a_span_id_used_twice_is_left_out_the_second_time(rows):
    spans = [{"id": "s", "start": 0, "end": 1}, {"id": "s", "start": 1, "end": 2}]
    reading = rows([{"text": "abc", "spans": spans}])
    assert len(reading.value()["regions"]) == 1
    assert reading.problems[0].code == "region_id_double"


def test_spans_that_are_no_list_are_told(rows):
    reading = rows([{"text": "gut", "spans": {"start": 0}}])
    assert reading.problems[0].code == "value_invalid"
    assert reading.tasks[0].annotations == ()


def test_work_without_its_text_is_attached_by_its_key(rows):
    reading = rows([{"id": "r1", "sentiment": "neutral"}])
    [task] = reading.tasks
    assert task.content is None
    assert task.key == "r1"
    assert reading.value() == {"answers": {"sentiment": "neutral"}}


def test_who_did_it_in_which_layer_and_state_is_read(rows):
    row = {"text": "a", "sentiment": "neutral", "by": "ada", "layer": "gold", "status": "flagged"}
    [task] = rows([row]).tasks
    [annotation] = task.annotations
    assert (annotation.author, annotation.layer, annotation.status) == ("ada", "gold", "flagged")
    assert task.meta == {}


def test_columns_of_those_names_stay_metadata_where_there_is_no_work(rows):
    row = {"text": "a", "by": "Ada", "status": "published", "layer": "gold"}
    [task] = rows([row]).tasks
    assert dict(task.meta) == {"by": "Ada", "status": "published", "layer": "gold"}
    [task] = rows([{**row, "sentiment": "neutral", "layer": "two"}]).tasks
    assert dict(task.meta) == {"status": "published", "layer": "two"}


def test_white_space_alone_is_no_text(rows, kind):
    reading = rows([{"text": " \u3000 ", "n": "1"}, {"text": "b", "n": "2"}])
    assert reading.texts == ["b"]
    assert reading.told == [("row_empty", f"in.{kind}:{FIRST_ROW[kind]}: text")]


def test_the_columns_of_text_and_key_can_be_named(rows):
    row = {"review": "Gut.", "nr": "5", "text": "not this"}
    [task] = rows([row], text_column="review", id_column="nr").tasks
    assert (task.key, task.content.text) == ("5", "Gut.")
    assert dict(task.meta) == {"text": "not this"}


def test_a_table_without_the_column_is_refused_and_the_nearest_is_named(read):
    with pytest.raises(
        Refusal, match=r"in.csv:1: there is no column 'text'; did you mean 'texts'\?"
    ):
        read(CsvFormat, b"id,texts,sentiment\n1,a,neutral\n")
    with pytest.raises(Refusal, match="there is no column 'text'"):
        read(CsvFormat, b"number,remark\n1,a\n")


def test_a_line_without_the_name_is_told_and_the_nearest_is_named(read):
    reading = read(JsonlFormat, b'{"id": "1", "texts": "a"}\n{"text": "b"}\n{"n": 1}\n')
    assert reading.texts == ["b"]
    assert reading.told == [("column_missing", "in.jsonl:1"), ("column_missing", "in.jsonl:3")]
    assert reading.problems[0].message.endswith("did you mean 'texts'?")
