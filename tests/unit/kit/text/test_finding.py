"""Words are found as a reader sees them, and the field over the text leads to them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from labeler.kit.markdown import Formulas, MarkdownSurface, Section
from labeler.kit.text import TextSurface
from labeler.kit.text.document import Document
from labeler.kit.text.find_bar import FindBar
from labeler.kit.text.finding import places_of
from labeler.kit.theme import Theme

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


def found(text: str, words: str) -> list[str]:
    return [text[start:end] for start, end in places_of(Document(text), words)]


def test_capitals_and_white_space_do_not_matter() -> None:
    assert found("The food,\tthe  Food.", "food") == ["food", "Food"]
    assert found("fine\tfood and fine  food", "fine food") == ["fine\tfood", "fine  food"]
    assert found("food", "  ") == []


def test_a_place_is_whole_letters_however_they_are_coded() -> None:
    # A family is five code points joined into one letter; e with an accent of its own is two.
    text = "\U0001f382 and \U0001f468\u200d\U0001f469\u200d\U0001f467 cafe\u0301 bar"
    assert found(text, "cafe") == ["cafe\u0301"]
    assert found(text, "bar") == ["bar"]
    assert found(text, "\U0001f469") == ["\U0001f468\u200d\U0001f469\u200d\U0001f467"]


def test_what_a_place_means_is_not_a_pattern() -> None:
    assert found("a.c abc (x)", "a.c") == ["a.c"]
    assert found("a.c abc (x)", "(x)") == ["(x)"]


def test_words_of_two_paragraphs_are_no_place() -> None:
    assert found("one two\nthree", "two three") == []


def test_rendered_words_are_found_across_their_markup(theme: Theme, qtbot: QtBot) -> None:
    raw = "A **very** blue `sky` is [here](http://very.invalid)."
    surface = MarkdownSurface("Response", Formulas())
    qtbot.addWidget(surface)
    surface.show_sections([Section("r1", raw)])

    def places(words: str) -> list[str]:
        return [raw[start:end] for start, end in places_of(surface.document, words)]

    assert places("very blue sky") == ["very** blue `sky"]
    assert places("**") == [], "no reader sees the stars"
    surface.set_raw(True)
    assert places("**") == ["**", "**"]
    assert places("very blue") == []


class Texts:
    """Two texts below one another, and the bar that looks through them."""

    def __init__(self, qtbot: QtBot, *texts: str) -> None:
        self.page = QWidget()
        self.page.resize(700, 500)
        column = QVBoxLayout(self.page)
        self.surfaces = [TextSurface(f"Text {n}") for n, _ in enumerate(texts)]
        for surface, text in zip(self.surfaces, texts, strict=True):
            surface.show_text(text)
            column.addWidget(surface)
        self.bar = FindBar(self.page)
        self.shown: list[int] = []
        self.bar.shown.connect(lambda one: self.shown.append(self.surfaces.index(one)))
        qtbot.addWidget(self.page)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def open(self, first: int = 0) -> None:
        order = [*self.surfaces[first:], *self.surfaces[:first]]
        self.bar.look_in(order, QPoint(0, self.page.height()))

    def type(self, words: str) -> None:
        QTest.keyClicks(self.bar.line, words)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.bar.line, key, held)

    @property
    def selected(self) -> list[str]:
        chosen = []
        for surface in self.surfaces:
            start, end = surface.selection or (0, 0)
            chosen.append(surface.document.text[start:end])
        return chosen


@pytest.fixture
def texts(theme: Theme, qtbot: QtBot) -> Texts:
    return Texts(qtbot, "The waiter brought water to the waiting guests.", "Water again.")


def test_the_beginning_of_a_word_selects_it_and_enter_stays_there(texts: Texts) -> None:
    texts.open()
    texts.type("brou")
    assert texts.selected == ["brought", ""]
    texts.key(KEY.Key_Return)
    assert not texts.bar.isVisible()
    assert texts.selected == ["brought", ""]
    assert texts.surfaces[0].hasFocus()


def test_escape_goes_back_to_where_one_was(texts: Texts) -> None:
    texts.surfaces[0].select(4, 10)
    texts.open()
    texts.type("guests")
    assert texts.selected == ["guests", ""]
    texts.key(KEY.Key_Escape)
    assert texts.selected == ["waiter", ""]
    assert texts.surfaces[0].hasFocus()


def test_the_arrows_walk_through_all_texts_and_begin_again(texts: Texts) -> None:
    texts.open()
    texts.type("wa")
    seen = [texts.selected]
    for _ in range(4):
        texts.key(KEY.Key_Down)
        seen.append(texts.selected)
    words = [["waiter", ""], ["water", ""], ["waiting", ""], ["", "Water"]]
    assert seen == [*words, words[0]]
    assert texts.bar.count.text() == "1 of 4"
    texts.key(KEY.Key_Up)
    assert texts.selected == words[3]
    texts.key(KEY.Key_Return, SHIFT)
    assert texts.selected == words[2]
    texts.open()
    assert texts.selected == words[3], "the command once more goes on"


def test_it_begins_where_the_person_is(texts: Texts) -> None:
    texts.surfaces[0].select(11, 11)
    texts.open()
    texts.type("wa")
    assert texts.selected == ["water", ""]
    texts.key(KEY.Key_Escape)
    texts.open(first=1)
    texts.type("wa")
    assert texts.selected == ["", "Water"]
    assert texts.shown[-1] == 1
    texts.key(KEY.Key_Return)
    assert texts.surfaces[1].hasFocus()


def test_the_beginning_of_a_word_comes_before_what_lies_inside_one(texts: Texts) -> None:
    texts.open()
    texts.type("a")
    assert texts.selected == ["", "again"], "and not in waiter"
    texts.key(KEY.Key_Escape)
    texts.open()
    texts.type("ests")
    assert texts.selected == ["guests", ""], "where no word begins so"


def test_what_is_not_there_is_said_and_selects_nothing(texts: Texts) -> None:
    texts.open()
    texts.type("waz")
    assert texts.bar.count.text() == texts.bar.line.accessibleDescription() == "Not found"
    assert texts.selected == ["", ""]
    assert not texts.bar.next.isEnabled()
    texts.key(KEY.Key_Backspace)
    assert texts.selected == ["waiter", ""]


def test_where_whole_words_are_not_wanted_the_letters_typed_are_taken(texts: Texts) -> None:
    texts.surfaces[0].snap_to_words = False
    texts.open()
    texts.type("brou")
    assert texts.selected == ["brou", ""]


def test_it_is_gone_with_the_text_it_looked_through(texts: Texts) -> None:
    texts.open()
    texts.type("wa")
    texts.bar.give_up()
    assert not texts.bar.isVisible()
    texts.surfaces[0].show_text("short")
    texts.bar.step(1)
    assert texts.selected[0] == ""
