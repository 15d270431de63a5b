"""Questions being written: what comes out is what went in, ids stay, nothing wrong is let through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from labeler.app.dialogs.question_drafts import (
    ChoiceDraft,
    ColumnDraft,
    TestDraft,
    WhenDraft,
    free_id,
    number_of,
)
from labeler.app.dialogs.question_edits import QuestionEdits
from labeler.model.checks import missing_answers, value_problems
from labeler.model.queue import QueueConfig, read_config
from labeler.model.value import Value

TEMPLATES = Path(__file__).resolve().parents[3] / "projects" / "templates"

EVERY = b"""{"labels": [{"id": "thing", "name": "Thing", "key": "O"}], "questions": [
 {"id": "one", "kind": "choice", "title": "One", "required": true, "choices": [
   {"id": "a", "title": "Aye", "key": "1", "help": "yes"}, {"id": "b", "title": "Bee", "key": "2"}]},
 {"id": "any", "kind": "choices", "minimum": 1, "maximum": 2, "scope": "region", "labels": ["thing"],
   "types": ["span"], "choices": [{"id": "x"}, {"id": "y", "title": "Why"}]},
 {"id": "scale", "kind": "scale", "minimum": -2, "maximum": 2, "step": 0.5, "low": "bad",
   "high": "good", "anchors": {"0": "neither"}, "when": {"question": "one", "in": ["a", "b"]}},
 {"id": "number", "kind": "number", "minimum": -1.5, "integer": false, "unit": "kg",
   "when": {"all": [{"question": "one", "is": "a"}, {"not": {"question": "scale", "is": 0.5}}]}},
 {"id": "text", "kind": "text", "minimum": 20, "maximum": 400, "prefill": "part",
   "scope": "part:response", "rule": "3", "help": "Say why",
   "when": {"question": "one", "answered": true}},
 {"id": "pref", "kind": "preference", "strongest": 2, "part": "response", "fewest": 2, "most": 2},
 {"id": "rank", "kind": "ranking", "part": "result", "ties": false, "fewest": 3},
 {"id": "rows", "kind": "records", "minimum": 1, "columns": [
   {"id": "u", "title": "Address", "kind": "url", "required": true},
   {"id": "v", "kind": "choice", "choices": [{"id": "yes"}, {"id": "no", "title": "No"}]}]},
 {"id": "turns", "kind": "turns", "roles": ["user", "assistant", "system"], "minimum": 2},
 {"id": "byhand", "kind": "text", "retired": true, "when": {"any": [
   {"all": [{"question": "one", "is": "a"}, {"question": "scale", "answered": true}]},
   {"question": "one", "is": "b"}]}}
]}"""


def edits(raw: bytes = EVERY, **commands: str) -> QuestionEdits:
    return QuestionEdits(read_config(raw), commands)


def codes(one: QuestionEdits, place: int) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in one.faults(place)]


def place_of(one: QuestionEdits, ref: str) -> int:
    return next(at for at, draft in enumerate(one.drafts) if draft.ref == ref)


def test_every_kind_scope_and_condition_comes_out_as_it_went_in() -> None:
    config = read_config(EVERY)
    one = QuestionEdits(config, {})
    assert one.config == config
    assert not one.changed
    assert [one.faults(place) for place in range(len(one.drafts))] == [[]] * 10


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.glob("*/template.json")), ids=lambda p: p.parent.name
)
def test_every_templates_questions_come_out_as_they_went_in(path: Path) -> None:
    for queue in json.loads(path.read_text(encoding="utf-8"))["queues"]:
        table = {name: queue.get(name, []) for name in ("labels", "questions")}
        config = read_config(json.dumps(table).encode())
        assert QuestionEdits(config, {}).config == config


def test_renaming_changes_the_title_and_never_the_id() -> None:
    one = edits()
    first = one.drafts[0].choices
    one.change(0, title="Other words", choices=(ChoiceDraft("a", "Yea", "1"), *first[1:]))
    question = one.config.questions[0]
    assert (question.id, question.title) == ("one", "Other words")
    assert (question.choices[0].id, question.choices[0].title) == ("a", "Yea")


def test_what_is_new_takes_its_id_from_its_title_and_a_number_where_it_is_taken() -> None:
    one = edits()
    place = one.add("choice", 0)
    refs = [choice.ref for choice in one.drafts[place].choices]
    choices = tuple(ChoiceDraft(ref, title) for ref, title in zip(refs, ("Ja!", "ja"), strict=True))
    one.change(place, title="Scale", choices=choices)
    question = one.config.questions[place]
    assert place == 1
    assert question.id == "scale_2"
    assert [choice.id for choice in question.choices] == ["ja", "ja_2"]


def test_an_id_of_a_removed_question_is_not_given_again() -> None:
    one = edits()
    one.delete(place_of(one, "rank"))
    place = one.add("text", 0)
    one.change(place, title="rank")
    assert one.config.questions[place].id == "rank_2"


def test_a_typed_id_is_kept_and_one_that_is_taken_is_refused() -> None:
    one = edits()
    place = one.add("text", -1)
    one.change(place, title="Anything", ident="my_Id")
    assert one.config.questions[0].id == "my_Id"
    one.change(place, ident="rank")
    assert codes(one, place) == [("ident", "taken")]
    one.change(place, ident="two words")
    assert codes(one, place) == [("ident", "signs")]


@pytest.mark.parametrize(
    ("title", "ident"),
    [
        ("What is so?", "what_is_so"),
        ("Größe (cm)", "größe_cm"),
        ("???", "question"),
        ("语气", "语气"),
    ],
)
def test_an_id_is_readable(title: str, ident: str) -> None:
    assert free_id(title, ()) == ident


def test_undo_goes_back_change_by_change_and_typing_is_one_change() -> None:
    one = edits()
    for text in ("W", "Wh", "Why"):
        one.change(0, "title", title=text)
    one.end_key()
    one.change(0, "title", title="Why not")
    one.move_to(0, 2)
    one.delete(1)
    titles = [[draft.title for draft in one.drafts][:3]]
    while one.can_undo:
        one.undo()
        titles.append([draft.title for draft in one.drafts][:3])
    assert titles == [
        ["any", "Why not", "number"],
        ["any", "scale", "Why not"],
        ["Why not", "any", "scale"],
        ["Why", "any", "scale"],
        ["One", "any", "scale"],
    ]
    assert not one.changed
    while one.can_redo:
        one.redo()
    assert [draft.title for draft in one.drafts][:3] == titles[0]


def test_a_change_after_undo_forgets_what_was_taken_back() -> None:
    one = edits()
    one.change(0, title="Gone")
    one.undo()
    one.change(0, title="Stays")
    assert not one.can_redo
    one.undo()
    assert one.drafts[0].title == "One"


def test_a_condition_on_a_new_question_follows_its_id() -> None:
    one = edits()
    place = one.add("choice", 9)
    ref, refs = one.drafts[place].ref, [choice.ref for choice in one.drafts[place].choices]
    one.change(place_of(one, "pref"), when=WhenDraft("all", (TestDraft(ref, "is", (refs[1],)),)))
    choices = (ChoiceDraft(refs[0], "Left"), ChoiceDraft(refs[1], "Right"))
    one.change(place, title="Which side", choices=choices)
    when = one.config.questions[place_of(one, "pref")].when
    assert when is not None
    assert (when.question, when.is_) == ("which_side", "right")


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"minimum": "2", "maximum": "2"}, ("maximum", "order")),
        ({"minimum": "x"}, ("minimum", "number")),
        ({"step": "0"}, ("step", "step")),
        ({"step": "0,0001"}, ("step", "points")),
    ],
)
def test_a_scale_that_is_none_is_refused(fields: dict[str, str], fault: tuple[str, str]) -> None:
    one = edits()
    place = place_of(one, "scale")
    one.change(place, **fields)
    assert fault in codes(one, place)


@pytest.mark.parametrize(
    ("ref", "fields", "fault"),
    [
        ("text", {"minimum": "-1"}, ("minimum", "negative")),
        ("text", {"minimum": "1.5"}, ("minimum", "whole")),
        ("text", {"minimum": "30", "maximum": "20"}, ("maximum", "order")),
        ("text", {"part_kind": " "}, ("scope", "part")),
        ("any", {"minimum": "3", "maximum": ""}, ("minimum", "too_many")),
        ("any", {"choices": ()}, ("choices", "no_choices")),
        ("number", {"maximum": "-2"}, ("maximum", "order")),
        ("pref", {"strongest": "0"}, ("strongest", "strength")),
        ("pref", {"fewest": "3"}, ("most", "order")),
        ("rank", {"most": "two"}, ("most", "number")),
        ("rank", {"fewest": "-1"}, ("fewest", "negative")),
        ("rank", {"part": ""}, ("part", "part")),
        ("turns", {"roles": "user, user"}, ("roles", "roles")),
        ("rows", {"columns": ()}, ("columns", "no_columns")),
        (
            "rows",
            {"columns": (ColumnDraft("u", "A"), ColumnDraft("v", "a "))},
            ("columns[1].title", "double"),
        ),
        (
            "rows",
            {"columns": (ColumnDraft("u", "A", "choice"),)},
            ("columns[0].choices", "no_choices"),
        ),
        (
            "one",
            {"choices": (ChoiceDraft("a", "A"), ChoiceDraft("b", "a"))},
            ("choices[1].title", "double"),
        ),
        ("one", {"choices": (ChoiceDraft("a", " "),)}, ("choices[0].title", "empty")),
    ],
)
def test_what_the_schema_cannot_hold_is_said_at_its_field(
    ref: str, fields: dict[str, object], fault: tuple[str, str]
) -> None:
    one = edits()
    place = place_of(one, ref)
    one.change(place, **fields)
    assert fault in codes(one, place)
    assert one.fault_at() == place


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("S", "key_command"),
        ("O", "key_label"),
        ("2", "key_choice"),
        ("!!", "key_invalid"),
        ("Z", ""),
    ],
)
def test_a_key_that_is_taken_names_who_has_it(key: str, code: str) -> None:
    one = edits(S="Skip…")
    first = one.drafts[0].choices
    one.change(0, choices=(ChoiceDraft("a", "Aye", key), *first[1:]))
    owners = {"key_command": "Skip…", "key_label": "Thing", "key_choice": "Bee"}
    found = [fault for fault in one.faults(0) if fault.field == "choices[0].key"]
    assert [fault.code for fault in found] == ([code] if code else [])
    if code in owners:
        assert found[0].details == {"owner": owners[code]}


def test_answers_of_regions_may_have_the_keys_of_answers_of_the_task() -> None:
    one = edits()
    place = place_of(one, "any")
    one.change(place, choices=(ChoiceDraft("x", "X", "1"), ChoiceDraft("y", "Why", "1")))
    assert [fault.details["owner"] for fault in one.faults(place)] == ["Why", "X"]


@pytest.mark.parametrize(
    ("test", "code"),
    [
        (TestDraft(), "when_none"),
        (TestDraft("nowhere"), "when_gone"),
        (TestDraft("number", "answered"), "when_itself"),
        (TestDraft("any", "answered"), "when_place"),
        (TestDraft("one", "is"), "when_value"),
        (TestDraft("one", "is", ("z",)), "when_choice"),
        (TestDraft("scale", "is", ("high",)), "number"),
    ],
)
def test_a_condition_that_cannot_hold_is_refused(test: TestDraft, code: str) -> None:
    one = edits()
    place = place_of(one, "number")
    one.change(place, when=WhenDraft("all", (test,)))
    assert codes(one, place) == [("when[0]", code)]


def test_deleting_what_a_condition_looks_at_is_refused_at_the_condition() -> None:
    one = edits()
    one.delete(0)
    assert codes(one, place_of(one, "scale")) == [("when[0]", "when_gone")]
    assert codes(one, place_of(one, "byhand")) == [("when", "when_gone")]


def test_what_is_being_begun_is_not_yet_wrong() -> None:
    one = edits()
    place = one.add("choice", 0)
    assert one.faults(place)
    assert one.told_faults(place) == []
    one.be_strict(one.drafts[place].ref)
    assert one.told_faults(place) == one.faults(place)


def test_a_preview_shows_what_is_a_question_already() -> None:
    one = edits()
    one.change(place_of(one, "scale"), maximum="-9")
    shown = {question.id: question for question in one.shown()}
    assert set(shown) == {draft.ref for draft in one.drafts} - {"scale"}
    assert shown["number"].when is None, "it looks at a question that cannot be shown"


@pytest.mark.parametrize(
    ("text", "number"), [("1,5", 1.5), ("\u22122", -2), (" 3 ", 3), ("", None), ("1e3", 1000)]
)
def test_numbers_are_read_as_people_write_them(text: str, number: float | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["x", "1.2.3", "inf", "nan"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        number_of(text)


def test_a_retired_question_is_asked_of_nobody_and_its_answer_is_no_problem() -> None:
    raw = b'{"questions": [{"id": "q", "kind": "number", "required": true, "retired": true}]}'
    config: QueueConfig = read_config(raw)
    assert list(missing_answers(Value(), config, ())) == []
    assert list(value_problems(Value((), {"q": 3}), config, ())) == []
