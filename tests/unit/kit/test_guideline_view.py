"""Guidelines: finding a rule, the way back, search, and nothing that comes from outside."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from labeler.kit.guideline_view import GuidelineView
from labeler.kit.markdown_page import slug
from labeler.kit.theme import Theme

FILLER = "\n\n".join(f"Sentence number {number} of the rule." for number in range(12))
TEXT = f"""# Vehicles

## 1 What to box

### 1.4 Car or van
{FILLER}

### 1.5 Trailers
See [1.4](#14-car-or-van), [nothing](#nowhere) and [the web](https://example.org/page).

{FILLER}

## 2 Edges

### 2.3 Partly hidden
Box what you *can* see. A VAN is no car.

{FILLER}

### Words without a number
{FILLER}
"""

Opened = Callable[..., GuidelineView]


@pytest.fixture
def opened(theme: Theme, qtbot: QtBot) -> Opened:
    def make(text: str = TEXT, pictures: dict[str, QImage] | None = None) -> GuidelineView:
        view = GuidelineView()
        qtbot.addWidget(view)
        view.resize(440, 500)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is view)
        view.set_guideline(text, pictures)
        return view

    return make


def at_top(view: GuidelineView) -> str:
    rule = view.rule
    return "" if rule is None else rule.text


@pytest.mark.parametrize(
    ("text", "begun"),
    [("ab" * 60, "ab" * 50), ("word\n\n" * 100, "word\n" * 50), ("ab" * 50, "")],
)
def test_of_a_text_without_end_the_beginning_is_shown_and_said(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, text: str, begun: str
) -> None:
    """Megabytes, or one line of half a megabyte, held the window for minutes."""
    monkeypatch.setattr("labeler.kit.markdown_page.LONGEST_SHOWN", 300)
    monkeypatch.setattr("labeler.kit.markdown_page.LONGEST_PARAGRAPH", 100)
    view = opened(text)
    shown, told, count = view.page.toPlainText().partition("Only the beginning is shown")
    assert bool(told) == bool(begun)
    assert shown.rstrip() == (begun or text).rstrip()
    assert (f"{len(text)} characters" in count) == bool(begun)


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("2.3", "2.3 Partly hidden"),
        ("2.3 Partly hidden", "2.3 Partly hidden"),
        ("partly HIDDEN", "2.3 Partly hidden"),
        ("#23-partly-hidden", "2.3 Partly hidden"),
        ("Words without a number", "Words without a number"),
        ("2.3 What it was called before", "2.3 Partly hidden"),
        ("1", "1 What to box"),
    ],
)
def test_a_rule_is_found_by_number_words_or_anchor(opened: Opened, ref: str, found: str) -> None:
    view = opened()
    assert view.show_rule(ref) is True
    assert at_top(view) == found


@pytest.mark.parametrize("ref", ["", "9.9", "no such rule", "#"])
def test_an_unknown_rule_is_said_and_nothing_moves(opened: Opened, ref: str) -> None:
    view = opened()
    view.show_rule("2.3")
    assert view.show_rule(ref) is False
    assert at_top(view) == "2.3 Partly hidden"


def test_anchors_are_those_of_other_markdown_readers() -> None:
    assert slug("1.4 Car or van") == "14-car-or-van"
    assert slug("Größe & Lage") == "größe--lage"


def test_the_way_back_leads_to_where_it_was_asked(opened: Opened, qtbot: QtBot) -> None:
    view = opened()
    assert not view.back.isVisible()
    view.show_rule("2.3", origin="Occluded")
    assert view.back.text() == "Back to Occluded"
    with qtbot.waitSignal(view.left):
        qtbot.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert not view.back.isVisible()


def test_a_link_is_followed_and_the_way_back_returns(opened: Opened, qtbot: QtBot) -> None:
    view = opened()
    view.show_rule("1.5", origin="Occluded")
    click_on(qtbot, view, "1.4")
    assert at_top(view) == "1.4 Car or van"
    assert view.back.text() == "Back to 1.5 Trailers"
    view.page.setFocus()
    qtbot.keyClick(view.page, Qt.Key.Key_Escape)
    assert at_top(view) == "1.5 Trailers"
    assert view.back.text() == "Back to Occluded"


def test_a_link_to_nowhere_or_to_the_web_does_nothing(opened: Opened, qtbot: QtBot) -> None:
    view = opened()
    view.show_rule("1.5")
    click_on(qtbot, view, "nothing")
    assert at_top(view) == "1.5 Trailers"
    cursor = view.page.document().find("the web")
    assert not cursor.charFormat().isAnchor()
    assert cursor.charFormat().toolTip() == "https://example.org/page"
    assert view.page.anchorAt(centre_of(view, "the web")) == ""


def test_nothing_is_loaded_from_a_server_or_a_folder(
    opened: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    picture = tmp_path / "shot.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    assert image.save(str(picture))
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.3)
        remote = f"http://127.0.0.1:{server.getsockname()[1]}/shot.png"
        local = QUrl.fromLocalFile(str(picture)).toString()
        view = opened(
            f"# A\n\n![far away]({remote}) ![near by]({local}) ![close]({picture.name})\n"
        )
        view.page.setSearchPaths([str(tmp_path)])
        view.grab()
        for address in (remote, local, picture.name, str(picture)):
            kind = QTextDocument.ResourceType.ImageResource
            loaded = view.page.document().resource(kind.value, QUrl(address))
            assert loaded.size() == QSize(1, 1)
        with pytest.raises(TimeoutError):
            server.accept()
    assert "[far away] [near by] [close]" in view.page.toPlainText()


def test_pictures_handed_in_are_shown(opened: Opened) -> None:
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF00FF"))
    view = opened("# A\n\n![car](img/car.png)\n", {"img/car.png": image})
    shot = view.page.grab().toImage()
    colours = {
        shot.pixelColor(x, y).name()
        for x in range(0, shot.width(), 7)
        for y in range(0, shot.height(), 7)
    }
    assert "#ff00ff" in colours


def test_html_is_text(opened: Opened) -> None:
    view = opened("# A\n\n<script>alert(1)</script> <b>bold</b> <img src='x.png'>\n")
    text = view.page.toPlainText()
    assert "<script>alert(1)</script>" in text
    assert "<b>bold</b>" in text


def test_search_counts_marks_and_walks(opened: Opened, qtbot: QtBot) -> None:
    view = opened()
    view.page.setFocus()
    qtbot.keyClick(view.page, "/")
    assert view.search.hasFocus()
    qtbot.keyClicks(view.search, "van")
    # "1.4 Car or van" and "A VAN is no car": upper and lower case alike.
    qtbot.waitUntil(lambda: view.count.text() == "1 of 2")
    assert len(view.page.extraSelections()) == 2
    qtbot.keyClick(view.search, Qt.Key.Key_Return)
    assert view.count.text() == "2 of 2"
    assert at_top(view) == "2.3 Partly hidden" or "VAN" in visible_text(view)
    qtbot.keyClick(view.search, Qt.Key.Key_Return)
    assert view.count.text() == "1 of 2"
    qtbot.keyClick(view.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view.count.text() == "2 of 2"
    qtbot.mouseClick(view.earlier, Qt.MouseButton.LeftButton)
    assert view.count.text() == "1 of 2"


def test_search_says_when_there_is_nothing_and_escape_leaves_it(
    opened: Opened, qtbot: QtBot
) -> None:
    view = opened()
    view.search.setFocus()
    qtbot.keyClicks(view.search, "zebra")
    qtbot.waitUntil(lambda: view.count.text() == "Not found")
    qtbot.keyClick(view.search, Qt.Key.Key_Escape)
    assert view.search.text() == ""
    assert not view.count.isVisible()
    assert view.page.extraSelections() == []
    qtbot.keyClick(view.search, Qt.Key.Key_Escape)
    assert view.page.hasFocus()


def test_rules_are_walked_and_cited(opened: Opened, qtbot: QtBot) -> None:
    view = opened()
    view.show_rule("1.4")
    qtbot.mouseClick(view.next_rule, Qt.MouseButton.LeftButton)
    assert at_top(view) == "1.5 Trailers"
    qtbot.mouseClick(view.previous_rule, Qt.MouseButton.LeftButton)
    assert at_top(view) == "1.4 Car or van"
    view.page.setFocus()
    with qtbot.waitSignal(view.cited) as told:
        qtbot.keyClick(view.page, Qt.Key.Key_C)
    assert told.args == ["1.4 Car or van"]
    assert QGuiApplication.clipboard().text() == "1.4 Car or van"


def test_a_letter_typed_into_the_search_is_no_command(opened: Opened, qtbot: QtBot) -> None:
    view = opened()
    said: list[str] = []
    view.cited.connect(said.append)
    view.search.setFocus()
    qtbot.keyClicks(view.search, "c/")
    assert view.search.text() == "c/"
    assert said == []


def test_where_the_rule_stands_is_said_above_it(opened: Opened) -> None:
    view = opened()
    view.show_rule("2.3")
    assert view.trail.text == "Vehicles, 2 Edges"


def test_another_theme_keeps_the_place_and_the_matches(
    opened: Opened, theme: Theme, qtbot: QtBot
) -> None:
    view = opened()
    view.show_rule("2.3")
    view.search.setText("hidden")
    qtbot.waitUntil(lambda: view.matches == 1)
    theme.set(choice="dark", text_scale=1.5)
    assert at_top(view) == "2.3 Partly hidden"
    assert view.matches == 1
    assert view.page.extraSelections()[0].cursor.selectedText() == "hidden"
    paragraph = view.page.document().find("Box what you")
    assert paragraph.charFormat().foreground().color() == theme.tokens.text
    assert paragraph.charFormat().font().pixelSize() == round(15 * 1.5)


def test_code_and_quotes_are_set_from_the_tokens(opened: Opened, theme: Theme) -> None:
    view = opened("# A\n\n`x`\n\n> said\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n")
    document = view.page.document()
    assert document.find("x").charFormat().background().color() == theme.tokens.sunken
    assert document.find("said").charFormat().foreground().color() == theme.tokens.text_2
    code = document.find("code").charFormat().font()
    assert code.family() == theme.font("code").family()
    table = document.find("a", document.find("code")).currentTable()
    assert table is not None
    assert table.format().borderBrush().color() == theme.tokens.border


def test_a_new_guideline_starts_from_its_beginning(opened: Opened) -> None:
    view = opened()
    view.show_rule("2.3", origin="Occluded")
    view.set_guideline("# Other\n\ntext")
    assert not view.back.isVisible()
    assert [heading.text for heading in view.page.headings] == ["Other"]
    assert view.page.verticalScrollBar().value() == 0


def test_state_brings_back_the_place(opened: Opened) -> None:
    view = opened()
    view.show_rule("2.3")
    state = view.state()
    again = opened()
    again.restore_state(state)
    assert at_top(again) == "2.3 Partly hidden"
    for odd in (None, 7, {"scroll": "x"}, {"scroll": True}):
        again.restore_state(odd)
    assert at_top(again) == "2.3 Partly hidden"


def test_everything_that_takes_the_focus_has_a_name(opened: Opened) -> None:
    view = opened()
    nameless = [
        widget
        for widget in view.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]
    assert nameless == []


def centre_of(view: GuidelineView, words: str) -> QPoint:
    """The middle of some words on screen, in the page's viewport."""
    found = view.page.document().find(words)
    start, end = QTextCursor(found), QTextCursor(found)
    start.setPosition(found.selectionStart())
    end.setPosition(found.selectionEnd())
    box: QRect = view.page.cursorRect(start).united(view.page.cursorRect(end))
    return box.center()


def click_on(qtbot: QtBot, view: GuidelineView, words: str) -> None:
    found = view.page.document().find("See ")
    link = view.page.document().find(words, found)
    view.page.setTextCursor(found)
    view.page.ensureCursorVisible()
    start, end = QTextCursor(link), QTextCursor(link)
    start.setPosition(link.selectionStart())
    end.setPosition(link.selectionEnd())
    box = view.page.cursorRect(start).united(view.page.cursorRect(end))
    qtbot.mouseClick(view.page.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def visible_text(view: GuidelineView) -> str:
    top = view.page.cursorForPosition(QPoint(0, 0)).position()
    port = view.page.viewport()
    bottom = view.page.cursorForPosition(QPoint(port.width(), port.height())).position()
    return view.page.toPlainText()[top:bottom]
