"""Words are marked, changed and ranked by keys and mouse, and every gesture is emitted once."""

from __future__ import annotations

import msgspec
from comparison_desk import CONFIG, Desk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labeler.api import Span

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
TEXT = "The sky is **very blue** because of `scattering`, as $x^{-4}$ says."


def span(start: int, end: int, part: str = "r1", label: str = "wrong", **more: object) -> Span:
    return Span(
        id=f"s{start}", on=part, start=start, end=end, text=TEXT[start:end], label=label, **more
    )  # type: ignore[arg-type]


def test_a_label_key_marks_the_words_selected(desk: Desk) -> None:
    desk.show(TEXT, "other")
    desk.select(0, "very blue")
    desk.key("O")
    [mark] = desk.value.regions
    assert isinstance(mark, Span)
    assert (mark.on, mark.start, mark.end) == ("r1", 13, 22)
    assert (mark.text, mark.label) == ("very blue", "strong")
    assert len(desk.host.emitted) == 1
    assert desk.host.selections[-1] == (mark.id,)


def test_marks_are_made_by_keyboard_alone(desk: Desk) -> None:
    desk.show("other", TEXT, order=("r2", "r1"))
    desk.key("A")
    desk.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    desk.key(Qt.Key.Key_Space)
    desk.key(Qt.Key.Key_Space)
    desk.key("O")
    [mark] = desk.value.regions
    assert isinstance(mark, Span)
    assert (mark.on, mark.text) == ("r2", "sky is")


def test_a_mark_begins_and_ends_with_shown_letters(desk: Desk) -> None:
    desk.show(TEXT, "other")
    desk.key("A")
    surface = desk.panes[0].surface
    surface.select(TEXT.index("is"), TEXT.index("because"))
    desk.key("O")
    [mark] = desk.value.regions
    assert isinstance(mark, Span)
    assert mark.text.startswith("is **very blue")
    assert TEXT[mark.start : mark.end] == mark.text


def test_severity_is_asked_for_as_soon_as_a_mark_must_have_one(desk: Desk) -> None:
    desk.show(TEXT, "other")
    desk.select(0, "sky")
    desk.key("U")
    [mark] = desk.value.regions
    assert desk.host.questions == [("severity", mark.id)]
    desk.select(0, "blue")
    desk.key("O")
    assert len(desk.host.questions) == 1


def test_severity_is_given_in_place_by_the_key_of_a_choice(desk: Desk) -> None:
    config = msgspec.json.decode(msgspec.json.encode(CONFIG))
    for choice, key in zip(config["questions"][2]["choices"], "TY", strict=True):
        choice["key"] = key
    desk.show(TEXT, "other", config=config)
    desk.select(0, "sky")
    desk.key("U")
    assert desk.host.questions == []
    assert [hint.keys for hint in desk.editor.hints.shown][:2] == [("T",), ("Y",)]
    desk.key("Y")
    [mark] = desk.value.regions
    assert mark.attributes == {"severity": "severe"}
    assert [one.tag for one in desk.panes[0].surface.marks] == ["Wrong fact, severe"]
    desk.key("Y")
    assert desk.value.regions[0].attributes == {}
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_Escape)
    desk.key("T")
    assert desk.value.regions[0].attributes == {}


def test_the_tag_says_the_label_and_the_severity(desk: Desk) -> None:
    desk.show(TEXT, "other", spans=[span(4, 7, attributes={"severity": "severe"})])
    assert [mark.tag for mark in desk.panes[0].surface.marks] == ["Wrong fact, severe"]


def test_the_same_mark_twice_is_one(desk: Desk) -> None:
    desk.show(TEXT, "other", spans=[span(4, 7, label="strong")])
    desk.select(0, "sky")
    desk.key("O")
    assert desk.host.emitted == []
    assert desk.panes[0].surface.chosen == ("s4",)


def test_full_stop_and_comma_walk_the_marks_of_all_responses(desk: Desk) -> None:
    marks = [span(4, 7), span(13, 17), span(0, 3, part="r2")]
    desk.show(TEXT, TEXT, spans=marks)
    walked = []
    for _ in range(3):
        desk.key(Qt.Key.Key_Period)
        walked.append(desk.editor.marking.chosen())
    assert walked == [["s4"], ["s13"], ["s0"]]
    assert desk.panes[1].surface.hasFocus()
    desk.key(Qt.Key.Key_Comma)
    assert desk.editor.marking.chosen() == ["s13"]


def test_a_label_key_relabels_the_mark_chosen(desk: Desk) -> None:
    other = span(0, 3, part="r2")
    desk.show(TEXT, TEXT, spans=[span(4, 7), other])
    desk.key(Qt.Key.Key_Period)
    desk.key("O")
    assert [region.label for region in desk.value.regions] == ["strong", "wrong"]
    assert desk.value.regions[1] is other


def test_del_removes_and_chooses_the_next(desk: Desk) -> None:
    desk.show(TEXT, TEXT, spans=[span(4, 7), span(13, 17)])
    desk.key(Qt.Key.Key_Period)
    desk.key(Qt.Key.Key_Delete)
    assert [region.id for region in desk.value.regions] == ["s13"]
    assert desk.editor.marking.chosen() == ["s13"]


def test_an_edge_moves_by_shown_letters(desk: Desk) -> None:
    # From "very" back over the signs of emphasis to the space before them.
    desk.show(TEXT, "other", spans=[span(13, 17)])
    desk.key(Qt.Key.Key_Period)
    desk.key(Qt.Key.Key_Left, ALT)
    [mark] = desk.value.regions
    assert isinstance(mark, Span)
    assert TEXT[mark.start : mark.end] == " **very"
    desk.key(Qt.Key.Key_Right, ALT | SHIFT)
    [mark] = desk.value.regions
    assert isinstance(mark, Span)
    assert TEXT[mark.start : mark.end] == " **very "
    assert len({one.key for one in desk.host.emitted}) == 2


def test_return_marks_with_the_last_label(desk: Desk) -> None:
    desk.show(TEXT, "other")
    desk.select(0, "sky")
    desk.key("O")
    desk.select(0, "blue")
    desk.key(Qt.Key.Key_Return)
    assert [region.label for region in desk.value.regions] == ["strong", "strong"]


def test_nothing_is_marked_where_it_is_read_only(desk: Desk) -> None:
    desk.show(TEXT, "other", spans=[span(4, 7)], read_only=True)
    desk.select(0, "blue")
    desk.key("O")
    desk.key(Qt.Key.Key_Period)
    desk.key(Qt.Key.Key_Delete)
    assert desk.host.emitted == []


def test_a_mark_outside_its_text_is_not_drawn_and_not_lost(desk: Desk) -> None:
    beyond = Span(id="far", on="r1", start=5_000, end=5_010, label="wrong")
    desk.show(TEXT, "other", spans=[beyond])
    assert desk.panes[0].surface.marks == ()
    desk.select(0, "sky")
    desk.key("O")
    assert desk.value.regions[0] is beyond


def test_a_digit_in_the_head_ranks_the_response(desk: Desk) -> None:
    desk.show("one", "two", "three", order=("r2", "r3", "r1"))

    def click(pane: int, rank: int) -> None:
        cells = desk.panes[pane].ranks
        assert cells is not None
        QTest.mouseClick(cells, Qt.MouseButton.LeftButton, pos=cells.cell_rect(rank).center())

    click(2, 1)  # r1, shown last
    assert desk.value.answers["order"] == {"r1": 1, "r2": 2, "r3": 3}
    click(0, 1)
    assert desk.value.answers["order"] == {"r1": 1, "r2": 1, "r3": 2}
    assert [one.ranks.chosen for one in desk.panes if one.ranks] == [1, 3, 1]


def test_the_order_moves_and_ties_by_keys(desk: Desk) -> None:
    desk.show("one", "two", "three")
    desk.key("C")
    desk.key(Qt.Key.Key_Up, ALT)
    assert desk.value.answers["order"] == {"r1": 1, "r3": 2, "r2": 3}
    desk.key(Qt.Key.Key_Equal)
    assert desk.value.answers["order"] == {"r1": 1, "r3": 1, "r2": 2}
    desk.key(Qt.Key.Key_Equal)
    assert desk.value.answers["order"] == {"r1": 1, "r3": 2, "r2": 3}


def test_an_order_nobody_moved_is_an_answer_only_when_it_is_kept(desk: Desk) -> None:
    desk.show("one", "two", "three", order=("r3", "r1", "r2"))
    assert desk.host.emitted == []
    assert all(pane.ranks is not None and pane.ranks.chosen is None for pane in desk.panes)
    desk.key("K")
    assert desk.value.answers["order"] == {"r3": 1, "r1": 2, "r2": 3}
    assert not desk.editor.can_run("comparison.keep_order").ok


def test_two_responses_are_not_ranked_where_the_order_is_asked_of_three(desk: Desk) -> None:
    desk.show("one", "two")
    assert all(pane.ranks is None for pane in desk.panes)
    assert not desk.editor.can_run("comparison.keep_order").ok
    assert not any("rank" in hint.words for hint in desk.editor.hints.shown)


def test_a_value_from_elsewhere_is_shown_without_an_echo(desk: Desk) -> None:
    desk.show("one", "two", "three")
    view = desk.editor.view
    assert view is not None
    desk.editor.set_value(view.value.with_answer("order", {"r1": 2, "r2": 1, "r3": 1}))
    assert desk.host.emitted == []
    assert [one.ranks.chosen for one in desk.panes if one.ranks] == [3, 1, 1]


def test_marks_in_turns_of_a_response_count_from_the_turn(desk: Desk) -> None:
    from labeler.api import Context, Value
    from labeler.kit.editor import TaskView
    from labeler.panels.comparison.content import ComparisonContent, Response, Turn

    turns = (
        Turn(id="x1", role="assistant", text="Hello."),
        Turn(id="x2", role="user", text="*Hi*"),
    )
    content = ComparisonContent(responses=(Response(id="r1", turns=turns),))
    desk.show("one")
    view = desk.editor.view
    assert view is not None
    desk.editor.show_task(
        TaskView("1" * 32, "k", content, content.parts(), view.config, Value(), context=Context())
    )
    desk.settle()
    surface = desk.panes[0].surface
    at = surface.document.text.index("Hi")
    surface.setFocus()
    surface.select(at, at + 2)
    desk.key("O")
    [mark] = desk.value.regions
    assert isinstance(mark, Span)
    assert (mark.on, mark.start, mark.end, mark.text) == ("x2", 1, 3, "Hi")


CTRL = Qt.KeyboardModifier.ControlModifier


def test_words_are_found_in_any_response_and_marked_by_keyboard(desk: Desk) -> None:
    desk.show("other", TEXT, "third")
    desk.key("F", CTRL)
    for letter in "scat":
        desk.key(letter)
    assert desk.editor.current == 1, "the response they are in"
    desk.key(Qt.Key.Key_Return)
    desk.key("O")
    [mark] = desk.value.regions
    assert isinstance(mark, Span)
    assert (mark.on, mark.text) == ("r2", "scattering")


def test_the_prompt_is_looked_through_last_and_unfolded_for_it(desk: Desk) -> None:
    desk.show("one", "two", prompt="Which number?")
    desk.editor.prompt.set_folded(True)
    desk.key("F", CTRL)
    for letter in "num":
        desk.key(letter)
    assert not desk.editor.prompt.is_folded
    assert desk.editor.prompt.surface.selection == (6, 12)
    desk.key(Qt.Key.Key_Escape)
    assert desk.editor.prompt.surface.selection is None


def test_another_task_takes_the_field_away(desk: Desk) -> None:
    desk.show("one", "two")
    desk.key("F", CTRL)
    assert desk.editor.finder.isVisible()
    desk.show("three", "four")
    assert not desk.editor.finder.isVisible()


def test_the_letters_of_four_responses_answer_nothing_even_with_two(desk: Desk) -> None:
    desk.show("one", "two")
    assert desk.editor.taken_keys() == frozenset("ABCD")
    desk.show(*"12345")
    assert desk.editor.taken_keys() == frozenset("ABCDE")
