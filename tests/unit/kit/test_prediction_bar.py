"""The bar of predictions: what it says, what it offers, and where it is short of room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from labeler.kit.prediction_bar import PredictionBar


def shown(qtbot: QtBot, *, strip: bool = False, width: int = 900) -> PredictionBar:
    bar = PredictionBar("words", strip=strip)
    qtbot.addWidget(bar)
    bar.resize(width, 48)
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def test_it_says_how_much_is_open_chosen_or_rejected(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    said = []
    for counts in ((1, 0, 0), (3, 0, 1), (3, 2, 1), (0, 0, 2)):
        bar.show_open(*counts, ["lexicon"], changeable=True)
        said.append(bar.badge.text)
    assert said == ["1 prediction", "3 predictions", "2 of 3 predictions", "2 rejected"]
    assert bar.accessibleDescription() == "2 rejected, lexicon"


def test_its_buttons_carry_the_ids_of_the_commands_and_their_keys(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    tool = bar.add_tool("plus", "Only surer ones", "words.stricter")
    keys = {"words.accept": "A", "words.reject": "X", "words.recall": "Shift+X"}
    bar.name_keys(lambda command: keys.get(command, ""))
    bar.show_open(2, 0, 0, [], changeable=True)
    assert (bar.accept.key, bar.reject.key, bar.recall.key) == ("A", "X", "Shift+X")
    wanted: list[str] = []
    bar.wanted.connect(wanted.append)
    for button in (tool, bar.accept, bar.reject):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted == ["words.stricter", "words.accept", "words.reject"]


def test_what_cannot_be_changed_is_only_told(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    bar.show_open(2, 0, 1, [], changeable=False)
    assert [one.isVisible() for one in (bar.accept, bar.reject, bar.recall)] == [False] * 3


def test_floating_it_offers_what_was_rejected_once_nothing_is_open(qtbot: QtBot) -> None:
    bar = shown(qtbot)
    bar.show_open(1, 0, 1, [], changeable=True)
    assert (bar.accept.isVisible(), bar.recall.isVisible()) == (True, False)
    bar.show_open(0, 0, 2, [], changeable=True)
    assert (bar.accept.isVisible(), bar.recall.isVisible()) == (False, True)


def test_all_are_offered_where_there_are_several(qtbot: QtBot) -> None:
    for strip in (False, True):
        bar = shown(qtbot, strip=strip)
        bar.show_open(2, 0, 0, [], changeable=True)
        assert (bar.accept.isVisible(), bar.all.isVisible()) == (True, True)
        bar.show_open(1, 0, 0, [], changeable=True)
        assert (bar.accept.isVisible(), bar.all.isVisible()) == (True, False)


def test_as_a_strip_it_offers_all_where_there_is_room(qtbot: QtBot) -> None:
    bar = shown(qtbot, strip=True)
    bar.show_open(2, 0, 1, [], changeable=True)
    assert bar.all.isVisible()
    assert bar.recall.isVisible()
    bar.show_open(0, 0, 0, [], changeable=True)
    assert not bar.isVisible(), "there is nothing to say"
    bar.show_open(2, 1, 1, [], changeable=True)
    bar.resize(330, 48)
    assert not bar.all.isVisible()
    assert bar.accept.isVisible()
