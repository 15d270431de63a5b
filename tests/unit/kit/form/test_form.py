"""The form as a whole: what it shows, what it says, which keys it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from labeler.api import Box, Choice, Opaque, Part, Problem, QueueConfig, Value
from labeler.kit.form import QuestionForm
from labeler.model.checks import missing_answers
from labeler.model.questions import (
    ChoiceQuestion,
    ChoicesQuestion,
    Column,
    Condition,
    PreferenceQuestion,
    Question,
    RecordsQuestion,
    ScaleQuestion,
    TextQuestion,
)

Opener = Callable[..., Any]


def key(qtbot: QtBot, page: QWidget, what: Qt.Key) -> None:
    """A key pressed where the focus is."""
    qtbot.keyClick(QApplication.focusWidget() or page, what)


RESPONSES = (Part("r1", "response", text="First."), Part("r2", "response", text="Second."))

MOOD = ChoiceQuestion(
    id="mood",
    title="Mood",
    required=True,
    rule="2.1 Moods",
    choices=(Choice("pos", "Positive"), Choice("neu", "Neutral"), Choice("neg", "Negative")),
)
WHY = TextQuestion(id="why", title="Why?", required=True, minimum=5)
FITS = ScaleQuestion(id="fits", title="Fits", scope="part:response")
SEEN = ChoiceQuestion(
    id="seen", title="Seen", scope="region", choices=(Choice("yes", "Yes"), Choice("no", "No"))
)
BOXES = tuple(Box(id=name, x=0, y=0, width=1, height=1) for name in "abc")


def test_a_key_gives_the_answer_printed_on_it(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([MOOD])
    assert page.control("mood").group.chips["neg"].key == "3"
    qtbot.keyClick(page.form, Qt.Key.Key_3)
    assert page.answers == ["neg"]
    assert page.given[0].label == "Answer “Mood”"
    assert page.form.value.answers == {"mood": "neg"}


def test_a_click_gives_the_answer_and_a_second_click_takes_it_back(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([MOOD])
    chip = page.control("mood").group.chips["neu"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert page.answers == ["neu", None]
    assert page.given[1].label == "Clear “Mood”"


def test_setting_a_value_shows_it_and_says_nothing(open_form: Opener) -> None:
    page = open_form([MOOD, WHY, PreferenceQuestion(id="p")], parts=RESPONSES)
    page.form.set_value(
        Value((), {"mood": "pos", "why": "because", "p": {"kind": "prefer", "strength": 0}})
    )
    assert page.control("mood").group.chosen == ("pos",)
    assert page.control("why").writing.text == "because"
    assert page.control("p").bar.chosen == 0
    page.form.set_value(Value())
    assert page.control("mood").group.chosen == ()
    assert page.control("why").writing.text == ""
    assert page.control("p").bar.chosen is None
    assert page.given == []


def test_a_value_that_comes_back_from_the_host_disturbs_nothing(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([WHY])
    page.form.answered.connect(lambda given: page.form.set_value(page.form.value))
    edit: QPlainTextEdit = page.control("why").field.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "abc")
    qtbot.keyClick(edit, Qt.Key.Key_Left)
    qtbot.keyClicks(edit, "X")
    assert page.answers == ["a", "ab", "abc", "abXc"]
    assert edit.textCursor().position() == 3


def test_typing_coalesces_until_the_field_is_left(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([WHY, MOOD])
    edit = page.control("why").field.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "abc")
    assert {one.key for one in page.given} == {"form.why..text"}
    assert page.ended == 0
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert page.ended == 1
    qtbot.mouseClick(page.control("mood").group.chips["pos"], Qt.MouseButton.LeftButton)
    assert page.given[-1].key == ""


def test_undo_in_a_field_is_the_windows_undo(open_form: Opener, qtbot: QtBot) -> None:
    line = TextQuestion(id="line", multiline=False)
    page = open_form([WHY, line])
    for name in ("why", "line"):
        edit: QLineEdit | QPlainTextEdit = page.control(name).field.edit
        edit.setFocus()
        qtbot.keyClicks(edit, "abc")
        before = page.undone
        qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert page.undone == before + 1
        assert page.control(name).writing.text == "abc"


def test_letters_type_while_the_caret_is_in_a_text_and_chords_answer(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([MOOD, WHY])
    edit = page.control("why").field.edit
    edit.setFocus()
    chips = page.control("mood").group.chips
    qtbot.waitUntil(lambda: chips["pos"].key == "Alt+1")
    qtbot.keyClicks(edit, "12")
    assert page.form.value.answers == {"why": "12"}
    qtbot.keyClick(edit, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.form.value.answers == {"why": "12", "mood": "neu"}
    assert page.control("why").writing.text == "12"


def test_escape_leaves_the_text_and_single_keys_act_again(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([MOOD, WHY])
    edit = page.control("why").field.edit
    edit.setFocus()
    with qtbot.waitSignal(page.form.escaped):
        qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert not edit.hasFocus()
    key(qtbot, page, Qt.Key.Key_1)
    assert page.form.value.answers == {"mood": "pos"}


def test_typing_elsewhere_on_the_page_turns_keys_into_chords(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([MOOD])
    page.form.set_typing(True)
    assert page.control("mood").group.chips["pos"].key == "Alt+1"
    qtbot.keyClick(page.form, Qt.Key.Key_1)
    assert page.given == []
    page.form.set_typing(False)
    qtbot.keyClick(page.form, Qt.Key.Key_1)
    assert page.answers == ["pos"]


def test_reserved_keys_are_left_to_the_page(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([MOOD])
    page.form.set_reserved_keys({"1"})
    assert [chip.key for chip in page.control("mood").group.chips.values()] == ["2", "3", "4"]
    qtbot.keyClick(page.form, Qt.Key.Key_1)
    assert page.given == []


def test_a_condition_shows_and_hides_live(open_form: Opener, qtbot: QtBot) -> None:
    asked = TextQuestion(id="what", when=Condition(question="mood", is_="neg"))
    page = open_form([MOOD, asked])
    names = [block.question.id for block in page.form.asked_blocks]
    assert names == ["mood"]
    qtbot.keyClick(page.form, Qt.Key.Key_3)
    assert [block.question.id for block in page.form.asked_blocks] == ["mood", "what"]
    assert page.block("what").isVisible()
    qtbot.keyClick(page.form, Qt.Key.Key_1)
    assert [block.question.id for block in page.form.asked_blocks] == ["mood"]


def test_it_counts_what_is_asked_and_what_is_answered(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([MOOD, FITS], parts=RESPONSES, answers={"fits": {"per": {"r1": 3}}})
    counts: list[tuple[int, int]] = []
    page.form.counted.connect(lambda asked, done: counts.append((asked, done)))
    qtbot.keyClick(page.form, Qt.Key.Key_1)
    assert counts[-1] == (3, 2)


def test_part_questions_stand_under_the_name_of_their_part(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([FITS], parts=RESPONSES, order=("r2", "r1"))
    assert [block.slot.places for block in page.form.blocks] == [("r2",), ("r1",)]
    assert page.block("fits", "r2").heading == "Response A"
    cell = page.control("fits", "r1").bar
    qtbot.mouseClick(cell, Qt.MouseButton.LeftButton, pos=cell.cell_rect(4).center())
    assert page.given[0].places == ("r1",)
    assert page.given[0].label == "Answer “Fits, Response B”"
    assert page.form.value.answers == {"fits": {"per": {"r1": 4}}}


def test_names_given_by_the_host_replace_titles(open_form: Opener) -> None:
    parts = (Part("r1", "response", title="gpt-next"),)
    page = open_form([FITS], parts=parts, names={"r1": "Response A"})
    assert page.block("fits").heading == "Response A"


def test_keys_answer_for_the_part_the_hand_was_at_last(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([FITS], parts=RESPONSES)
    qtbot.keyClick(page.form, Qt.Key.Key_5)
    assert page.form.value.answers == {"fits": {"per": {"r1": 5}}}
    page.control("fits", "r2").bar.setFocus()
    key(qtbot, page, Qt.Key.Key_2)
    assert page.form.value.answers == {"fits": {"per": {"r1": 5, "r2": 2}}}


def test_one_current_part_is_named_beside_the_question(open_form: Opener) -> None:
    page = open_form([FITS, MOOD], parts=RESPONSES)
    page.form.set_part("r2")
    assert [block.slot.places for block in page.form.blocks] == [("r2",), ("",)]
    assert page.block("fits").note == "Response B"
    page.form.set_part(None)
    assert len(page.form.blocks) == 3


def test_region_questions_follow_the_selection(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([SEEN, MOOD], regions=BOXES, scopes=("region",))
    assert page.form.asked_blocks == []
    page.form.set_regions(("b",))
    qtbot.keyClick(page.form, Qt.Key.Key_1)
    assert [region.attributes for region in page.form.value.regions] == [{}, {"seen": "yes"}, {}]
    assert page.form.value.regions[0] is BOXES[0]


def test_one_answer_for_several_selected_regions_is_one_step(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([SEEN], regions=BOXES, scopes=("region",))
    page.form.set_regions(("a", "c"))
    qtbot.keyClick(page.form, Qt.Key.Key_2)
    assert len(page.given) == 1
    assert page.given[0].places == ("a", "c")
    assert [region.attributes for region in page.form.value.regions] == [
        {"seen": "no"},
        {},
        {"seen": "no"},
    ]


def test_different_answers_are_said_and_none_is_shown(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([SEEN], regions=BOXES, scopes=("region",))
    page.form.set_regions(("a",))
    qtbot.keyClick(page.form, Qt.Key.Key_1)
    page.form.set_regions(("a", "b"))
    assert page.control("seen").group.chosen == ()
    assert page.block("seen").note == "2 selected: different answers"


def test_a_region_that_goes_away_takes_its_questions_along(open_form: Opener) -> None:
    page = open_form([SEEN], regions=BOXES, scopes=("region",))
    page.form.set_regions(("a",))
    page.form.set_value(Value(BOXES[1:]))
    assert page.form.asked_blocks == []


def test_opaque_regions_are_asked_nothing(open_form: Opener) -> None:
    opaque = Opaque(id="o", kind="splat", raw=b'{"id":"o","type":"splat"}')
    page = open_form([SEEN], regions=(opaque,), scopes=("region",))
    page.form.set_regions(("o",))
    assert page.form.asked_blocks == []


def test_missing_answers_are_marked_with_what_to_do_and_the_first_gets_the_keyboard(
    open_form: Opener, qtbot: QtBot
) -> None:
    page = open_form([MOOD, WHY, FITS], parts=RESPONSES)
    form = page.form
    view = form.value, (MOOD, WHY)
    problems = [
        *missing_answers(view[0], _config(MOOD, WHY), ()),
        Problem("region_invalid", "regions[0].end", {"reason": "past the end"}),
    ]
    rest = form.show_problems(problems)
    assert [problem.code for problem in rest] == ["region_invalid"]
    assert page.block("mood").complaint == "Choose one answer"
    assert page.block("why").complaint == "Write an answer"
    assert page.block("mood").isAncestorOf(QApplication.focusWidget())
    key(qtbot, page, Qt.Key.Key_1)
    assert page.block("mood").complaint == ""
    assert page.block("why").complaint == "Write an answer"


def test_a_problem_inside_an_answer_is_marked_at_its_question(open_form: Opener) -> None:
    rows = RecordsQuestion(id="src", columns=(Column("url", "URL", required=True),))
    page = open_form([rows], answers={"src": [{}]})
    where = "answers.src[0].url"
    assert page.form.show_problems([Problem("answer_invalid", where, {"reason": "x"})]) == ()
    assert page.block("src").complaint == "Row 1: fill in “URL”"


def test_a_region_problem_is_marked_where_its_region_is_selected(open_form: Opener) -> None:
    seen = ChoiceQuestion(id="seen", scope="region", required=True, choices=SEEN.choices)
    page = open_form([seen], regions=BOXES, scopes=("region",))
    page.form.set_regions(("b",))
    problems = tuple(missing_answers(page.form.value, _config(seen), ()))
    assert [problem.where for problem in page.form.show_problems(problems)] == [
        "regions[0].attributes.seen",
        "regions[2].attributes.seen",
    ]
    assert page.block("seen").complaint == "Choose one answer"


def test_an_answer_of_another_type_is_said_to_be_wrong_and_kept(open_form: Opener) -> None:
    page = open_form([MOOD, FITS], parts=RESPONSES, answers={"mood": 7, "fits": "x"})
    assert page.block("mood").complaint.startswith("The answer stored here does not fit")
    assert page.form.value.answers == {"mood": 7, "fits": "x"}
    assert page.given == []


def test_read_only_shows_answers_and_takes_none(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([MOOD, WHY], answers={"mood": "pos", "why": "because"}, read_only=True)
    qtbot.keyClick(page.form, Qt.Key.Key_2)
    qtbot.mouseClick(page.control("mood").group.chips["neu"], Qt.MouseButton.LeftButton)
    edit = page.control("why").field.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "x")
    assert page.given == []
    assert page.control("why").writing.text == "because"
    page.form.set_read_only(False)
    qtbot.keyClick(page.form, Qt.Key.Key_2)
    assert page.answers == ["neu"]


def test_the_book_leads_to_the_rule(open_form: Opener, qtbot: QtBot) -> None:
    page = open_form([MOOD])
    book = page.block("mood").book
    assert book is not None
    assert book.accessibleName() == "Open the guideline: 2.1 Moods"
    qtbot.mouseClick(book, Qt.MouseButton.LeftButton)
    assert page.rules == ["2.1 Moods"]


def test_tab_walks_the_questions_in_the_order_they_are_read(
    open_form: Opener, qtbot: QtBot
) -> None:
    many: list[Question] = [TextQuestion(id=f"t{number}", multiline=False) for number in range(30)]
    page = open_form(many)
    # Made before the later questions were: Tab must come to it after them all the same.
    below = QPushButton("Submit")
    page.layout().addWidget(below)
    QWidget.setTabOrder(page.form, below)
    qtbot.waitUntil(lambda: page.form.blocks[-1].control is not None)
    qtbot.waitUntil(lambda: page.control("t29").field.edit.isVisible())
    page.form._column.order_tabs()
    page.control("t0").field.edit.setFocus()
    for number in range(1, 30):
        key(qtbot, page, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is page.control(f"t{number}").field.edit
    key(qtbot, page, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is below


def test_everything_that_takes_the_focus_has_a_name(open_form: Opener) -> None:
    rows = RecordsQuestion(
        id="src",
        columns=(Column("a", "A"), Column("b", "B", kind="check"), Column("c", "C", kind="date")),
    )
    flags = ChoicesQuestion(id="flags", choices=(Choice("x", "X"),))
    page = open_form(
        [MOOD, WHY, FITS, rows, flags, PreferenceQuestion(id="p")],
        parts=RESPONSES,
        answers={"src": [{}]},
    )
    for block in page.form.asked_blocks:
        block.build()
    nameless = [
        widget
        for widget in page.form.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_a_form_of_sixty_questions_builds_only_what_is_seen_before_it_shows(
    open_form: Opener, qtbot: QtBot
) -> None:
    many = [
        ChoiceQuestion(id=f"q{n}", choices=tuple(Choice(f"c{m}") for m in range(6)))
        for n in range(60)
    ]
    page = open_form(many)
    view = page.form._view
    assert view is not None
    for already_seen in (False, True):
        shown = QuestionForm()
        qtbot.addWidget(shown)
        shown.resize(340, 700)
        if already_seen:
            shown.show()
            QApplication.processEvents()
        shown.show_task(view)
        built = sum(block.control is not None for block in shown.blocks)
        assert 0 < built < 15
    qtbot.waitUntil(lambda: all(block.control is not None for block in page.form.blocks))


def test_the_next_task_uses_the_same_blocks_again(open_form: Opener) -> None:
    page = open_form([MOOD, WHY], answers={"mood": "pos"})
    view = page.form._view
    assert view is not None
    before = [page.block("mood").control, page.block("why").control]
    page.form.show_task(replace(view, value=Value((), {"why": "next"})))
    assert [page.block("mood").control, page.block("why").control] == before
    assert page.control("mood").group.chosen == ()
    assert page.control("why").writing.text == "next"


def test_state_brings_back_the_question_and_the_scroll(open_form: Opener, qtbot: QtBot) -> None:
    many: list[Question] = [TextQuestion(id=f"t{number}") for number in range(30)]
    page = open_form(many)
    page.form.show_question("t20")
    state = page.form.state()
    assert isinstance(state, dict)
    assert state["question"] == "t20"
    assert state["scroll"] > 0
    again = open_form(many)
    again.form.restore_state(state)
    assert again.block("t20").isAncestorOf(QApplication.focusWidget())
    again.form.restore_state({"question": 7, "scroll": "x"})
    again.form.restore_state([1])


def test_going_to_a_question_that_is_not_asked_says_so(open_form: Opener) -> None:
    page = open_form([MOOD])
    assert page.form.show_question("gone") is False
    assert page.form.show_question("mood") is True


def test_a_key_on_a_form_of_sixty_questions_is_not_felt(open_form: Opener, qtbot: QtBot) -> None:
    # Not a figure to boast with: an order of magnitude above it means a rebuild on every key.
    many: list[Question] = [
        ChoiceQuestion(id=f"q{n}", choices=tuple(Choice(f"c{m}") for m in range(6)))
        for n in range(60)
    ]
    page = open_form([MOOD, *many])
    qtbot.waitUntil(lambda: all(block.control is not None for block in page.form.blocks))
    before = [block.control for block in page.form.blocks]
    started = time.process_time()
    qtbot.keyClick(page.form, Qt.Key.Key_1)
    taken = time.process_time() - started
    assert page.answers == ["pos"]
    assert [block.control for block in page.form.blocks] == before
    assert taken < 1.0


def _config(*questions: Question) -> QueueConfig:
    return QueueConfig(questions=questions)
