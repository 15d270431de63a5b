"""Responses in the order shown, without names, beside a prompt that is always in reach."""

from __future__ import annotations

import pytest
from comparison_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from labeler.api import Context, Span, Value
from labeler.kit.markdown.document import MarkdownBlock
from labeler.kit.theme import Theme

LONG = "\n\n".join(f"Paragraph {n} with *some* words in it." for n in range(60))


def test_responses_are_shown_in_the_order_of_the_context(desk: Desk) -> None:
    desk.show("one", "two", "three", order=("r3", "r1", "r2"))
    assert desk.texts == ["three", "one", "two"]
    assert [pane.letter for pane in desk.panes] == ["A", "B", "C"]


def test_what_the_order_does_not_name_comes_after_it(desk: Desk) -> None:
    desk.show("one", "two", "three", order=("r2",))
    assert desk.texts == ["two", "one", "three"]


def words_of(widget: QWidget) -> str:
    """All a person or a screen reader is told by a widget and what is in it."""
    found = []
    for one in [widget, *widget.findChildren(QWidget)]:
        found += [one.toolTip(), one.whatsThis(), one.statusTip(), one.windowTitle()]
        found += [one.objectName(), one.accessibleName(), one.accessibleDescription()]
        shown = getattr(one, "text", None)
        if callable(shown):
            found.append(str(shown()))
        told = QAccessible.queryAccessibleInterface(one)
        if told is not None:
            found += [told.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value)]
    return " ".join(found)


def test_models_are_named_nowhere(desk: Desk) -> None:
    desk.show("one", "two", "three")
    desk.key("V")
    told = words_of(desk.editor.window())
    assert "Response A" in told
    assert "secret" not in told
    assert "r1" not in told.split()
    assert "secret" not in str(desk.editor.state())
    assert all(
        "secret" not in cell
        for cell in desk.editor.describe_region(Span(id="s", on="r1", start=0, end=3, text="one"))
    )


def test_the_prompt_takes_a_third_at_most_and_scrolls_by_itself(desk: Desk) -> None:
    desk.show("one", "two", prompt=LONG)
    prompt = desk.editor.prompt
    assert prompt.height() <= desk.editor.height() / 3
    assert prompt.surface.verticalScrollBar().maximum() > 0
    desk.show("one", "two", prompt="Short?")
    assert prompt.height() < 90
    assert prompt.surface.verticalScrollBar().maximum() == 0


def test_the_prompt_folds_and_unfolds_by_key(desk: Desk) -> None:
    desk.show("one", "two", prompt=LONG)
    whole = desk.editor.prompt.height()
    desk.key("Z")
    assert desk.editor.prompt.height() < whole / 3
    assert desk.editor.prompt.height() >= 24
    desk.key("J")
    assert desk.editor.prompt.height() == whole
    assert desk.editor.prompt.surface.hasFocus()


def test_a_conversation_says_who_speaks_and_is_shown_from_its_end(desk: Desk) -> None:
    turns = [("system", "Obey me."), ("user", LONG), ("assistant", "Yes?"), ("user", "Go on.")]
    desk.show("one", "two", prompt=turns)
    surface = desk.editor.prompt.surface
    titles = [
        block.shown for block in surface.document.blocks if not isinstance(block, MarkdownBlock)
    ]
    assert titles == ["1 · System", "2 · Person", "3 · Assistant", "4 · Person"]
    assert surface.first_in_sight() > len(LONG) / 2


@pytest.mark.parametrize(
    ("count", "columns"), [(1, 1), (2, 2), (3, 3), (4, 2), (5, 3), (6, 3), (8, 3)]
)
def test_responses_lie_side_by_side_or_in_a_grid(desk: Desk, count: int, columns: int) -> None:
    desk.show(*["text"] * count)
    lefts = {pane.x() for pane in desk.panes}
    assert len(lefts) == columns
    boxes = [pane.geometry() for pane in desk.panes]
    for number, one in enumerate(boxes):
        assert desk.editor.board.rect().contains(one)
        assert not any(one.intersects(other) for other in boxes[number + 1 :])


def test_a_key_goes_through_the_layouts_and_the_next_task_keeps_it(desk: Desk) -> None:
    desk.show("one", "two")
    desk.key("V")
    assert [pane.x() for pane in desk.panes] == [0, 0]
    desk.key("V")
    assert [pane.isVisible() for pane in desk.panes] == [True, False]
    desk.key("B")
    assert [pane.isVisible() for pane in desk.panes] == [False, True]
    desk.show("three", "four")
    assert desk.editor.board.layout_mode == "single"
    desk.key("V")
    assert desk.panes[0].x() != desk.panes[1].x()


def test_letters_go_to_responses_and_the_host_hears_of_it(desk: Desk) -> None:
    desk.show("one", "two", "three")
    assert desk.editor.current_part() == "r1"
    for letter, part in (("C", "r3"), ("B", "r2"), ("A", "r1")):
        desk.key(letter)
        assert desk.panes["ABC".index(letter)].surface.hasFocus()
        assert desk.host.parts[-1] == part
    assert desk.editor.taken_keys() == {"A", "B", "C", "D"}


def test_letters_the_page_needs_go_to_responses_with_shift(desk: Desk) -> None:
    desk.show(*["text"] * 8)
    desk.key("F", Qt.KeyboardModifier.ShiftModifier)
    assert desk.panes[5].surface.hasFocus()
    desk.key("H")
    assert desk.panes[7].surface.hasFocus()


def test_responses_scroll_together_in_proportion_until_told_otherwise(desk: Desk) -> None:
    desk.show(LONG, LONG[: len(LONG) // 2])
    first, second = (pane.surface.verticalScrollBar() for pane in desk.panes)
    first.setValue(first.maximum() // 2)
    assert abs(second.value() / second.maximum() - 0.5) < 0.05
    desk.key("N")
    before = second.value()
    first.setValue(0)
    assert second.value() == before


def test_raw_text_is_one_key_away_and_back_at_the_same_place(desk: Desk) -> None:
    desk.show(LONG, "**two**")
    surface = desk.panes[0].surface
    surface.scroll_to(LONG.index("Paragraph 30"))
    desk.settle()
    desk.key("M")
    desk.settle()
    assert desk.panes[1].surface.document.blocks[0].shown == "**two**"
    assert surface.first_in_sight() == LONG.index("Paragraph 30")
    desk.key("M")
    desk.settle()
    assert desk.panes[1].surface.document.blocks[0].shown == "two"
    assert surface.first_in_sight() == LONG.index("Paragraph 30")


def test_one_response_is_shown_as_written_by_its_button(desk: Desk) -> None:
    desk.show("**one**", "**two**")
    QTest.mouseClick(desk.panes[1].raw, Qt.MouseButton.LeftButton)
    shown = [pane.surface.document.blocks[0].shown for pane in desk.panes]
    assert shown == ["one", "**two**"]
    assert desk.panes[1].raw.isChecked()


def test_a_megabyte_is_shown_as_written_with_a_note(desk: Desk) -> None:
    desk.show("word " * 220_000, "two")
    assert desk.panes[0].surface.too_long
    assert not desk.panes[0].raw.isEnabled()


def test_tab_goes_from_the_prompt_to_each_response(desk: Desk) -> None:
    desk.show("one", "two")
    desk.key("J")
    reached = []
    for _ in range(30):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    places = [reached.index(pane.surface) for pane in desk.panes]
    assert places == sorted(places)
    assert all(widget.accessibleName() for widget in reached if widget is not None)


def test_the_place_comes_back(desk: Desk) -> None:
    desk.show(LONG, LONG, prompt=LONG)
    desk.key("B")
    desk.key("N")
    desk.key("Z")
    desk.panes[1].surface.scroll_to(LONG.index("Paragraph 40"))
    desk.settle()
    state = desk.editor.state()
    desk.show("other", "texts")
    desk.key("Z")
    desk.key("N")
    desk.show(LONG, LONG, prompt=LONG)
    desk.editor.restore_state(state)
    desk.settle()
    assert desk.editor.prompt.is_folded
    assert not desk.editor.board.linked
    assert desk.panes[1].surface.first_in_sight() == LONG.index("Paragraph 40")
    assert desk.editor.current_part() is None  # nothing is asked about one response here
    assert desk.editor.focusProxy() is desk.panes[1].surface


def test_while_a_text_is_written_the_hints_name_no_key_that_would_type(desk: Desk) -> None:
    desk.show("One.", "Two.")
    hints = desk.editor.hints
    before = hints.shown
    assert before[0].keys == ("A–B",)
    why = QLineEdit(desk.editor)
    why.show()
    why.setFocus()
    assert [hint.keys for hint in hints.shown] == [("Esc",)]
    desk.editor.setFocus()
    assert hints.shown == before


@pytest.mark.parametrize("state", [None, 3, {"current": 99, "tops": [10**9]}, {"tops": "x"}])
def test_any_state_is_survived(desk: Desk, state: object) -> None:
    desk.show("one", "two")
    desk.editor.restore_state(state)  # type: ignore[arg-type]
    desk.settle()
    assert desk.texts == ["one", "two"]


def test_the_next_task_is_read_ahead_in_slices(desk: Desk, qtbot: QtBot) -> None:
    desk.show("one", "two")
    ahead = desk.editor.ahead
    view = desk.editor.view
    assert view is not None
    content = view.content
    assert content is not None
    desk.editor.prepare(content)
    assert ahead.busy  # it returned before it was done
    qtbot.waitUntil(lambda: not ahead.busy)
    ready = {section.text for key in ahead._ready for section in key}
    assert ready == {"Why is the sky blue?", "one", "two"}
    desk.show("one", "two")
    assert not ahead._ready  # given to those who show it


def test_a_task_without_its_content_says_so(desk: Desk) -> None:
    desk.show("one", "two")
    view = desk.editor.view
    assert view is not None
    from dataclasses import replace

    desk.editor.show_task(replace(view, content=None, parts=(), value=Value(), context=Context()))
    desk.settle()
    assert desk.panes == []
    assert not desk.editor.may_edit


def test_from_right_to_left_the_first_response_lies_at_the_right(
    desk: Desk, theme: Theme, qapp: QApplication
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    desk.show("one", "two")
    assert desk.panes[0].x() > desk.panes[1].x()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_in_the_heads_of_responses(desk: Desk, theme: Theme, scale: float) -> None:
    theme.set(text_scale=scale)
    desk.show("one", "two", "three", "four")
    for pane in desk.panes:
        assert pane.ranks is not None
        right = max(
            child.geometry().right()
            for child in (pane.ranks, pane.raw, pane.copy)
            if child.isVisible()
        )
        assert right <= pane.width()
        shown = [one.geometry() for one in (pane.raw, pane.copy) if one.isVisible()]
        assert not any(pane.ranks.geometry().intersects(one) for one in shown)


def test_with_eight_responses_every_rank_can_be_pressed_and_every_head_is_as_high(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.show(*(f"Response number {number}, which says something." for number in range(8)))
    board = desk.editor.board
    qtbot.waitUntil(lambda: board.columns() == 3 and not board.shows_one)
    heads = set()
    for pane in desk.panes:
        ranks = pane.ranks
        assert ranks is not None
        assert ranks.geometry().right() < pane.width(), pane.letter
        assert all(ranks.cell_rect(rank).width() >= 16 for rank in range(1, 9))
        heads.add(pane.surface.y())
    assert len(heads) == 1


def test_what_no_response_fills_is_as_quiet_as_the_window(desk: Desk, qtbot: QtBot) -> None:
    desk.show(*(f"Response {number}" for number in range(8)))
    board = desk.editor.board
    qtbot.waitUntil(lambda: board.columns() == 3 and not board.shows_one)
    picture = board.grab().toImage()
    seen = picture.pixelColor(picture.width() - 20, picture.height() - 20)
    assert seen == desk.host.theme.tokens.bg
