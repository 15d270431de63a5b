"""Drafts: undo takes back exactly what was done, across restarts, branches and long typing."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeler.model.codec import Codec
from labeler.model.regions import REGION_TYPES, Span
from labeler.model.value import Value
from labeler.store import DraftRow, Project
from labeler.work.draft import Draft

CODEC = Codec(REGION_TYPES)
EMPTY = DraftRow(
    task="",
    person="anna",
    round=0,
    base="",
    base_status="open",
    cursor=0,
    saved=0,
    last=0,
    tree=b"{}",
    tree_status="open",
    tree_reason="",
    tree_at=0,
    path=(),
    ahead=(),
    state={},
    holder="",
    head="",
    head_value=b"{}",
    head_status="open",
    head_reason="",
)

spans = st.builds(
    Span,
    id=st.sampled_from("abcdef"),
    start=st.integers(0, 5),
    end=st.integers(6, 9),
    label=st.sampled_from(("cat", "dog", None)),
)
answers = st.dictionaries(
    st.sampled_from(("sentiment", "note", "rating")),
    st.one_of(
        st.text(max_size=3),
        st.text(min_size=78, max_size=90),
        st.lists(st.integers(0, 3), max_size=2),
        st.fixed_dictionaries({"per": st.dictionaries(st.sampled_from("xy"), st.integers())}),
    ),
    max_size=3,
)


@st.composite
def values(draw: st.DrawFn) -> Value:
    """Values of a few regions with ids of their own and a few answers."""
    regions = {region.id: region for region in draw(st.lists(spans, max_size=5))}
    return Value(tuple(regions.values()), draw(answers))


def json_of(value: Value) -> object:
    """The value's JSON tree, empty per-part tables left out as they say nothing."""
    tree = msgspec.json.decode(CODEC.encode(value))
    kept = {key: one for key, one in tree.get("answers", {}).items() if one != {"per": {}}}
    return tree.get("regions", []), kept


@settings(max_examples=150)
@given(st.lists(values(), min_size=1, max_size=8), st.lists(st.booleans(), max_size=20))
def test_undo_and_redo_walk_through_every_value_that_was(
    seen: list[Value], walk: list[bool]
) -> None:
    draft = Draft(EMPTY, CODEC)
    history = [json_of(Value())]
    for value in seen:
        if draft.emit(value, "Edit"):
            history.append(json_of(value))
        assert json_of(draft.value) == json_of(value)
    at = len(history) - 1
    for back in walk:
        done = draft.undo() if back else draft.redo()
        expected = at - 1 if back else at + 1
        if not 0 <= expected < len(history):
            assert done is None
            continue
        at = expected
        assert json_of(draft.value) == history[at]
        assert msgspec.json.decode(draft.value_json()).get("regions", []) == history[at][0]  # type: ignore[index]


POOL = [Span(id=name, start=start, end=9) for name in "abcdef" for start in (0, 1)]


@given(
    st.lists(
        st.lists(st.sampled_from(POOL), unique_by=lambda span: span.id), min_size=1, max_size=6
    )
)
def test_regions_kept_put_moved_and_dropped_among_the_identical_ones_are_undone(
    rounds: list[list[Span]],
) -> None:
    draft = Draft(EMPTY, CODEC)
    seen = [draft.value]
    for spans_now in rounds:
        value = Value(tuple(spans_now))
        if draft.emit(value, "Edit"):
            seen.append(value)
        assert draft.tree.json() == CODEC.encode(value)
    for before in reversed(seen[:-1]):
        draft.undo()
        assert draft.value == before


def test_a_twin_walks_back_through_every_value_and_leaves_the_draft_alone() -> None:
    draft = Draft(EMPTY, CODEC)
    for text in ("a", "b", "c"):
        draft.emit(draft.value.with_answer("note", text), f"Say {text}")
    draft.undo()
    twin = draft.twin()
    back = []
    while (label := twin.undo()) is not None:
        back.append((label, twin.value.answers.get("note")))
    assert back == [("Say b", "a"), ("Say a", None)]
    assert (draft.value.answers, draft.undo_label) == ({"note": "b"}, "Say b")
    assert draft.redo_label == "Say c"
    batch = draft.take_batch()
    assert batch is not None
    assert [step.label for step in batch.steps] == ["Say a", "Say b", "Say c"]


def test_steps_under_one_key_are_undone_as_one_until_the_key_ends() -> None:
    draft = Draft(EMPTY, CODEC)
    text = ""
    for letter in "guten":
        text += letter
        draft.emit(draft.value.with_answer("note", text), "Type", "note")
    draft.end_key()
    draft.emit(draft.value.with_answer("note", text + "!"), "Type", "note")
    assert draft.undo() == "Type"
    assert draft.value.answers["note"] == "guten"
    assert draft.undo() == "Type"
    assert draft.value == Value()
    assert draft.undo() is None
    assert draft.redo() == "Type"
    assert draft.value.answers["note"] == "guten"


def test_steps_of_one_key_written_apart_are_still_undone_as_one() -> None:
    draft = Draft(EMPTY, CODEC)
    for length in range(1, 6):
        draft.emit(draft.value.with_answer("note", "x" * length), "Type", "note")
        assert draft.take_batch() is not None
    assert draft.undo() == "Type"
    assert draft.value == Value()


def test_a_typed_text_is_stored_as_what_was_typed_and_not_again_whole() -> None:
    draft = Draft(EMPTY, CODEC)
    text = "a" * 20_000
    draft.emit(draft.value.with_answer("note", text), "Paste")
    draft.take_batch()
    for letter in "hello":
        text = text[:10_000] + letter + text[10_000:]
        draft.emit(draft.value.with_answer("note", text), "Type", "note")
    batch = draft.take_batch()
    assert batch is not None
    assert sum(len(step.forward) + len(step.inverse) for step in batch.steps) < 1_000
    assert draft.undo() == "Type"
    assert draft.value.answers["note"] == "a" * 20_000


def test_a_step_after_an_undo_hides_the_old_branch() -> None:
    draft = Draft(EMPTY, CODEC)
    for answer in ("positive", "neutral"):
        draft.emit(draft.value.with_answer("sentiment", answer), answer)
    draft.undo()
    draft.emit(draft.value.with_answer("sentiment", "negative"), "negative")
    assert draft.redo() is None
    batch = draft.take_batch()
    assert batch is not None
    assert [(step.number, step.parent) for step in batch.steps] == [(1, 0), (2, 1), (3, 1)]


def test_a_batch_that_could_not_be_written_is_in_the_next_one() -> None:
    draft = Draft(EMPTY, CODEC)
    draft.emit(draft.value.with_answer("a", 1), "One")
    failed = draft.take_batch()
    assert failed is not None
    draft.emit(draft.value.with_answer("b", 2), "Two")
    draft.put_back(failed)
    batch = draft.take_batch()
    assert batch is not None
    assert [step.label for step in batch.steps] == ["One", "Two"]
    assert batch.cursor == 2
    assert draft.take_batch() is None


def test_nothing_changed_is_no_step() -> None:
    draft = Draft(EMPTY, CODEC)
    draft.emit(Value((), {"n": 1}), "Set")
    assert not draft.emit(Value((), {"n": 1.0}), "Set")
    assert not draft.emit(draft.value, "Set")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one task, k."""
    from labeler.model.queue import QueueConfig
    from labeler.store.bulk import NewTask, content_fingerprint

    made = Project.create(tmp_path / "p.labeler", handle="anna")
    made.file.connection.execute("PRAGMA synchronous=OFF")
    made.put_queue("q", QueueConfig(), panel="sentiment", by="anna")
    content = b'{"text":"x"}'
    made.bulk("q", by="anna").tasks([NewTask("k", content, content_fingerprint(content))])
    return made


def test_undo_goes_back_through_thousands_of_steps_after_a_restart(
    project: Project, tmp_path: Path
) -> None:
    anna = project.sign_in("anna")
    row = project.query.find("k")
    draft = Draft(project.open_draft(row, anna), CODEC)
    random.seed(3)
    values = []
    for number in range(2_500):
        draft.emit(draft.value.with_answer(f"q{random.randrange(30)}", number), f"Step {number}")
        values.append(draft.value.answers)
        if number % 7 == 0 or number == 2_499:
            batch = draft.take_batch()
            assert batch is not None
            project.write_steps(row, anna, draft.row, batch.steps, batch.cursor, batch.saved)
    shutil.copyfile(project.path, tmp_path / "killed.labeler")
    again = Project.open(tmp_path / "killed.labeler")
    read = again.open_draft(row, anna)
    assert len(read.path) == 500  # a checkpoint every 1,000 steps
    found = Draft(read, CODEC, lambda number: again.steps_before(row, anna, number))
    for number in range(2_499, -1, -1):
        assert found.value.answers == values[number]
        assert found.undo() == f"Step {number}"
    assert found.value == Value()
    assert found.undo() is None
    assert again.check() == []


def test_a_value_changed_elsewhere_becomes_a_step_where_no_work_is_lost(project: Project) -> None:
    anna = project.sign_in("anna")
    row = project.query.find("k")
    draft = Draft(project.open_draft(row, anna), CODEC)
    draft.emit(draft.value.with_answer("sentiment", "positive"), "Positive")
    batch = draft.take_batch()
    assert batch is not None
    finished = (draft.value_json(), "submitted", "", b"{}")
    project.write_steps(row, anna, draft.row, batch.steps, 1, 1, annotate=finished)
    newer = b'{"answers":{"sentiment":"negative"}}'
    project.annotate(row, author="anna", value=newer)
    again = Draft(project.open_draft(row, anna), CODEC)
    assert again.value.answers == {"sentiment": "negative"}
    assert not again.dirty
    assert again.undo() == "Changed elsewhere"
    assert again.value.answers == {"sentiment": "positive"}


def test_loose_work_is_kept_and_conflicts_on_submit_where_the_value_changed_elsewhere(
    project: Project,
) -> None:
    anna = project.sign_in("anna")
    row = project.query.find("k")
    draft = Draft(project.open_draft(row, anna), CODEC)
    draft.emit(draft.value.with_answer("sentiment", "positive"), "Positive")
    batch = draft.take_batch()
    assert batch is not None
    project.write_steps(row, anna, draft.row, batch.steps, 1, 0)
    project.annotate(row, author="anna", value=b'{"answers":{"sentiment":"negative"}}')
    again = Draft(project.open_draft(row, anna), CODEC)
    assert again.value.answers == {"sentiment": "positive"}
    finished = (again.value_json(), "submitted", "", b"{}")
    project.write_steps(row, anna, again.row, (), 1, 1, annotate=finished)
    assert len(project.conflicts()) == 1
