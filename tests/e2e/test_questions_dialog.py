"""The question editor: reached from the palette, worked by keyboard, stored, counted before hiding."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_app import Running, make_project

from labeler.app.dialogs.answer_uses import answers_in
from labeler.app.dialogs.question_drafts import TestDraft, WhenDraft
from labeler.app.dialogs.queue_questions import QueueQuestionsDialog
from labeler.model.questions import ChoiceQuestion
from labeler.model.queue import QueueConfig
from labeler.store import Project

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def at_work(
    start: Callable[..., Running], tmp_path: Path, qtbot: QtBot
) -> Iterator[tuple[Running, QueueQuestionsDialog]]:
    run = start().open(make_project(tmp_path / "p.labeler"))
    assert run.context.commands.run("project.questions")
    dialog = run.window.findChild(QueueQuestionsDialog)
    assert dialog is not None
    qtbot.waitExposed(dialog)
    yield run, dialog
    left = run.window.findChild(QueueQuestionsDialog)
    if left is not None:
        left.reject()


def is_gone(run: Running) -> bool:
    return run.window.findChild(QueueQuestionsDialog) is None


def typed(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, held)


def config_of(run: Running) -> QueueConfig:
    session = run.context.session
    assert session is not None
    found: QueueConfig = session.lane.call(lambda project: project.queue("first").config)
    return found


def test_a_question_is_written_by_keyboard_and_stored(
    at_work: tuple[Running, QueueQuestionsDialog], qtbot: QtBot
) -> None:
    run, dialog = at_work
    dialog.editor.add_question("choice")
    typed("Is it a joke?")
    for edit in ("Yes", "No"):
        rows = dialog.editor.detail.kinds.rows()
        assert rows is not None
        row = rows.rows[("Yes", "No").index(edit)]
        row.title.edit.setFocus()
        typed(edit)
    press(Qt.Key.Key_Return)
    typed("Cannot say")
    press(Qt.Key.Key_Up, ALT)
    dialog.editor.list.setFocus()
    press(Qt.Key.Key_Up, ALT)
    qtbot.mouseClick(dialog.store, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: is_gone(run))
    questions = config_of(run).questions
    assert [question.id for question in questions] == ["is_it_a_joke", "feel", "why"]
    first = questions[0]
    assert isinstance(first, ChoiceQuestion)
    assert first.title == "Is it a joke?"
    assert [(one.id, one.title) for one in first.choices] == [
        ("yes", "Yes"),
        ("cannot_say", "Cannot say"),
        ("no", "No"),
    ]


def test_a_key_conflict_is_said_as_it_is_made(
    at_work: tuple[Running, QueueQuestionsDialog],
) -> None:
    _, dialog = at_work
    rows = dialog.editor.detail.kinds.rows()
    assert rows is not None
    row = rows.rows[0]
    QTest.keyClicks(row.key.edit, "w")
    assert row.error.text() == "The label “Thing” has this key; choose another"
    QTest.keyClicks(row.key.edit, "2")
    assert row.error.text() == "The answer “Bad” has this key; choose another"
    QTest.keyClicks(row.key.edit, "s")
    assert "Skip" in row.error.text()
    QTest.keyClicks(row.key.edit, "9")
    assert row.error.isHidden()


def test_undo_in_a_field_takes_back_the_change_of_the_set(
    at_work: tuple[Running, QueueQuestionsDialog],
) -> None:
    _, dialog = at_work
    editor = dialog.editor
    editor.go_to(1)
    title = editor.detail.title.edit
    title.setFocus()
    title.selectAll()
    typed("Because")
    assert editor.edits.drafts[1].title == "Because"
    press(Qt.Key.Key_Z, CTRL)
    assert (title.text(), editor.edits.drafts[1].title) == ("Why?", "Why?")
    press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert title.text() == "Because"


def test_what_is_wrong_is_not_stored_and_shown_at_its_field(
    at_work: tuple[Running, QueueQuestionsDialog],
) -> None:
    run, dialog = at_work
    dialog.editor.add_question("scale")
    assert dialog.editor.detail.title.error == "", "it is being begun"
    dialog.editor.go_to(0)
    dialog.save()
    assert dialog.isVisible()
    assert dialog.editor.place == 1
    assert dialog.editor.detail.title.error == "Write a title"
    assert QApplication.focusWidget() is dialog.editor.detail.title.edit
    assert len(config_of(run).questions) == 2


def test_the_preview_is_the_real_form_and_conditions_act_in_it(
    at_work: tuple[Running, QueueQuestionsDialog],
) -> None:
    _, dialog = at_work
    editor = dialog.editor
    editor.edits.change(1, when=WhenDraft("all", (TestDraft("feel", "is", ("bad",)),)))
    editor.go_to(1)
    form = editor.preview.form
    assert [block.question.id for block in form.asked_blocks] == ["feel"]
    form.asked_blocks[0].press(1)
    assert [block.question.id for block in form.asked_blocks] == ["feel", "why"]


def test_deleting_what_has_answers_is_refused_with_their_number_and_retiring_hides_them(
    start: Callable[..., Running], tmp_path: Path, qtbot: QtBot
) -> None:
    path = make_project(tmp_path / "p.labeler")
    project = Project.open(path)
    for key in ("t0", "t1"):
        row = project.query.find(key)
        value = b'{"answers": {"feel": "good", "why": "so"}}'
        project.annotate(row, author="anna", value=value, by="anna")
    project.close()
    run = start().open(path)
    assert run.context.commands.run("project.questions")
    dialog = run.window.findChild(QueueQuestionsDialog)
    assert dialog is not None
    editor = dialog.editor
    editor.go_to(1)
    editor.delete_question()
    qtbot.waitUntil(dialog.callout.isVisible)
    assert "2 answers" in dialog.callout.accessibleDescription()
    assert len(editor.edits.drafts) == 2
    # A choice nobody gave may go, one that was given stays.
    editor.go_to(0)
    editor.delete_wanted.emit("feel", "bad")
    qtbot.waitUntil(lambda: len(editor.edits.drafts[0].choices) == 1)
    editor.delete_wanted.emit("feel", "good")
    qtbot.waitUntil(dialog.callout.isVisible)
    assert "It stays" in dialog.callout.accessibleDescription()
    editor.undo()

    editor.go_to(1)
    qtbot.mouseClick(editor.detail.retire, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.retire_all_the_same.isVisible)
    qtbot.mouseClick(dialog.retire_all_the_same, Qt.MouseButton.LeftButton)
    assert editor.edits.drafts[1].retired
    dialog.save()
    qtbot.waitUntil(lambda: is_gone(run))
    assert config_of(run).questions[1].retired
    stored = run.stored("t0")
    assert stored is not None
    assert stored["value"] == {"answers": {"feel": "good", "why": "so"}}


def test_somebody_elses_questions_are_not_written_over(
    at_work: tuple[Running, QueueQuestionsDialog], qtbot: QtBot
) -> None:
    run, dialog = at_work
    session = run.context.session
    assert session is not None

    def other(project: Project) -> None:
        config = project.queue("first").config
        short = QueueConfig(labels=config.labels, questions=config.questions[:1])
        project.put_queue("first", short, panel="probe", by="bob")

    session.lane.call(other)
    dialog.editor.edits.change(0, title="Mine")
    dialog.save()
    qtbot.waitUntil(dialog.callout.isVisible)
    assert "Somebody changed them" in dialog.callout.accessibleDescription()
    assert len(config_of(run).questions) == 1


def test_a_row_is_dragged_to_another_place(
    at_work: tuple[Running, QueueQuestionsDialog],
) -> None:
    _, dialog = at_work
    model = dialog.editor.list.model()
    data = model.mimeData([model.index(0, 0)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 2, 0, model.index(-1, -1))
    assert [draft.ref for draft in dialog.editor.edits.drafts] == ["why", "feel"]


def test_answers_are_found_at_task_parts_regions_and_their_children() -> None:
    tree = {
        "answers": {"q": {"per": {"a": 1, "b": 2}}, "other": 9},
        "regions": [
            {"id": "r", "attributes": {"q": 3}},
            {"id": "t", "keyframes": [{"at": 0, "attributes": {"q": 4}}, {"at": 1}]},
        ],
    }
    assert list(answers_in(tree, "q")) == [1, 2, 3, 4]


def test_the_editor_is_walked_by_tab(at_work: tuple[Running, QueueQuestionsDialog]) -> None:
    _, dialog = at_work
    dialog.editor.list.setFocus()
    met: list[QWidget | None] = []
    for _ in range(40):
        press(Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())
        if met[-1] is dialog.store or met[-1] is dialog.cancel:
            break
    editor = dialog.editor
    assert met[0] is editor.detail.title.edit
    for wanted in (editor.detail.required, editor.detail.help.edit, editor.add, editor.delete):
        assert wanted in met
