"""The surface on screen: words drawn over, rendered and raw, wide blocks, directions, themes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from markdown_hands import drag
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.kit.markdown import Formulas, MarkdownSurface, Section
from labeler.kit.markdown.laid import LaidMarkdown
from labeler.kit.markdown.wide import LaidWide
from labeler.kit.text import Mark
from labeler.kit.theme import Theme

Show = Callable[..., MarkdownSurface]

CODE = "```python\nfrom x import y  # " + "a long comment " * 12 + "\n```\n"


def selected(surface: MarkdownSurface) -> str:
    assert surface.selection is not None
    return surface.document.text[slice(*surface.selection)]


@pytest.mark.parametrize("raw", [False, True])
def test_the_same_words_are_selected_in_rendered_and_raw_text(show: Show, raw: bool) -> None:
    text = "# Title\n\nAn **important** and `long` sentence.\n\n| a | b |\n|--|--|\n| one | two |\n"
    surface = show(text)
    surface.set_raw(raw)
    surface.grab()
    for words in ("important", "long", "sentence", "two"):
        at = text.index(words)
        drag(surface, at, at + len(words))
        assert selected(surface) == words


def test_a_double_click_takes_a_word_without_its_signs(show: Show) -> None:
    text = "some **strong** word"
    surface = show(text)
    at = text.index("strong")
    place = surface.range_rect(at, at + 6).center()
    QTest.mouseDClick(surface.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert selected(surface) == "strong"


def test_arrows_step_over_signs_that_are_not_shown(show: Show) -> None:
    surface = show("a **b** c")
    QTest.keyClick(surface, Qt.Key.Key_Home)
    places = []
    for _ in range(5):
        QTest.keyClick(surface, Qt.Key.Key_Right)
        places.append(surface.caret)
    # a, space, b (after its signs), the space after the closing signs, c
    assert places == [1, 4, 7, 8, 9]


def test_copying_takes_the_raw_text(show: Show) -> None:
    surface = show("an **important** word")
    surface.select(0, 21)
    QTest.keyClick(surface, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "an **important** word"


def test_raw_and_back_leads_to_the_same_place(show: Show) -> None:
    text = "\n\n".join(f"## Part {n}\n\n{'Words of *it*. ' * 30}" for n in range(40))
    surface = show(text)
    surface.scroll_to(text.index("Part 20"))
    surface.grab()
    before = surface.first_in_sight()
    assert before == text.index("Part 20")
    for _ in range(3):
        surface.set_raw(True)
        surface.grab()
        # The line in which the heading is written begins with its sign.
        assert surface.first_in_sight() == text.index("## Part 20")
        surface.set_raw(False)
        surface.grab()
        assert surface.first_in_sight() == before


def test_marks_stay_where_they_are_in_raw_text(show: Show) -> None:
    text = "an **important** word"
    surface = show(text)
    surface.set_marks([Mark("m", 5, 14, "Wrong", 1, 1)])
    surface.set_chosen(["m"])
    surface.set_raw(True)
    assert [(one.id, one.start, one.end) for one in surface.marks] == [("m", 5, 14)]
    assert surface.chosen == ("m",)


def test_a_mark_can_be_clicked_where_it_is_drawn(show: Show) -> None:
    text = "| one | two |\n|--|--|\n| three | **four** |\n"
    surface = show(text)
    at = text.index("four")
    surface.set_marks([Mark("m", at, at + 4, "Wrong", 1, 1)])
    surface.grab()
    QTest.mouseClick(
        surface.viewport(),
        Qt.MouseButton.LeftButton,
        pos=surface.range_rect(at, at + 4).center(),
    )
    assert surface.chosen == ("m",)


def wide(surface: MarkdownSurface) -> LaidWide:
    return next(one for one in surface.page.laid_already().values() if isinstance(one, LaidWide))


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        "|" + " wide |" * 30 + "\n|" + "--|" * 30 + "\n|" + " x |" * 30,
        "$$" + " + ".join(f"x_{{{n}}}" for n in range(50)) + "$$",
    ],
    ids=["code", "table", "formula"],
)
def test_what_is_too_wide_scrolls_inside_itself(show: Show, text: str) -> None:
    surface = show(text)
    block = wide(surface)
    assert block.most_shift > 0
    assert surface.horizontalScrollBar().maximum() == 0
    place = QPointF(100, surface.TOP + block.height / 2)
    event = QWheelEvent(
        place,
        surface.mapToGlobal(place),
        QPoint(),
        QPoint(-240, 0),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(surface.viewport(), event)
    assert block.shift > 0


def test_the_caret_in_a_long_line_of_code_is_brought_into_view(show: Show) -> None:
    surface = show(CODE)
    QTest.keyClick(surface, Qt.Key.Key_End)
    block = wide(surface)
    surface.reveal(len(CODE) - 8, len(CODE) - 8)
    window = block.window()
    assert window is not None
    assert window.left() <= surface.page.caret(len(CODE) - 8).x() <= window.right()


def test_a_very_long_word_is_broken_and_not_cut(show: Show) -> None:
    surface = show("so " + "x" * 400 + " it is")
    block = surface.page.laid(0)
    assert max(line.line.naturalTextWidth() for line in block.lines) <= surface.column_width()


def test_each_paragraph_runs_as_its_letters_do(show: Show) -> None:
    surface = show("hello **world**\n\n- שלום **עולם**\n\n```\nשלום\n```\n")
    assert [block.direction for block in surface.document.blocks] == ["ltr", "rtl", "ltr"]
    laid = surface.page.laid(1)
    assert isinstance(laid, LaidMarkdown)
    assert laid.start_edge == 0  # set in at its right


def test_hebrew_words_are_drawn_over_exactly(show: Show) -> None:
    text = "- שלום **עולם** הוא"
    surface = show(text)
    at = text.index("עולם")
    place = surface.range_rect(at, at + 4).center()
    QTest.mouseDClick(surface.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert selected(surface) == "עולם"


def ink(surface: MarkdownSurface, colour: QColor) -> int:
    picture: QImage = surface.grab().toImage()
    return sum(
        picture.pixelColor(x, y) == colour
        for y in range(0, picture.height())
        for x in range(0, picture.width())
    )


@pytest.mark.parametrize("choice", ["light", "dark", "high_contrast"])
def test_code_is_coloured_and_formulas_are_in_the_ink_of_the_theme(
    show: Show, theme: Theme, choice: str
) -> None:
    theme.set(choice=choice)  # type: ignore[arg-type]
    code = show("```python\nimport sys\n```\n", width=300, height=120)
    assert ink(code, theme.tokens.accent) > 5  # "import"
    formula = show("$$\\frac{a+b}{c+d}$$", width=300, height=120)
    assert ink(formula, theme.tokens.text) > 20  # the bar of the fraction


def test_formulas_that_are_not_drawn_yet_come_later_and_leave_the_page_where_it_is(
    show: Show, formulas: Formulas, qtbot: QtBot
) -> None:
    text = "\n\n".join(f"Line {n} with $x_{{{n}}}^2$ in it." for n in range(200))
    formulas.allow(0)
    surface = show(text)
    assert formulas.waiting > 0
    surface.scroll_to(text.index("Line 100"))
    surface.grab()
    qtbot.waitUntil(lambda: formulas.waiting == 0)
    surface.grab()
    assert surface.first_in_sight() == text.index("Line 100")


def test_text_at_200_percent_is_laid_out_anew(show: Show, theme: Theme) -> None:
    surface = show("# Head\n\nSome words that are read.\n\n- one\n- two\n")
    low = surface.page.height
    theme.set(text_scale=2.0)
    surface.grab()
    assert surface.page.height > 1.6 * low


def test_titles_of_sections_are_seen_and_are_no_part_of_the_text(show: Show) -> None:
    surface = show("Hello", Section("t2", "Hi *there*", "Assistant"))
    assert surface.document.text == "Hello\n\nHi *there*"
    assert "Assistant" in [block.shown for block in surface.document.blocks]
    surface.select(0, len(surface.document.text))
    assert selected(surface) == "Hello\n\nHi *there*"[:-1]


def test_a_listing_of_many_lines_is_cut_and_coloured_as_one(show: Show) -> None:
    inside = "'''\n" + "text\n" * 200 + "'''\nimport sys\n"
    surface = show(f"```python\n{inside}```\n")
    pieces = surface.document.blocks
    assert len(pieces) == 2
    # A text that opens in the first piece is still a text in the second.
    assert pieces[1].roles[0][2] == "text"  # type: ignore[attr-defined]
