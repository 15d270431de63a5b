"""Every word of the roof goes through translation, and has room for longer ones."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_app import PLUGINS, Running, make_project
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from labeler.app import words
from labeler.app.dialogs.export_words import loses_word
from labeler.app.i18n import PseudoTranslator, problem_text, stretched
from labeler.app.main import App
from labeler.kit.controls.text import ElidedText
from labeler.model.problems import CATALOGUE, Problem, nearest
from labeler.plugins import discover

Start = Callable[..., Running]


def test_stretching_keeps_names_and_marks_and_adds_two_fifths() -> None:
    text = "Skip {task} and <b>go on</b> with %n more"
    longer = stretched(text)
    assert "{task}" in longer
    assert "<b>" in longer
    assert "%n" in longer
    assert longer.startswith("[")
    assert longer.endswith("]")
    plain = "Guidelines and questions"
    assert len(stretched(plain)) >= 1.4 * len(plain) - 1


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[QTranslator]:
    translator = PseudoTranslator(qapp)
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


def test_problems_are_translated_by_their_template(pseudo: QTranslator) -> None:
    for code, template in CATALOGUE.items():
        told = problem_text(Problem(code))
        assert told.startswith("[") or "{" in template, code
    assert problem_text(Problem("file_exists")) == stretched(CATALOGUE["file_exists"])
    told = problem_text(Problem("disk_error", params={"reason": "no such device"}))
    assert "no such device" in told
    assert told.startswith("[")


def test_the_hint_at_the_nearest_word_is_translated_as_well(pseudo: QTranslator) -> None:
    hint = nearest("sentimnt", ["sentiment"])
    told = problem_text(Problem("queue_unknown", params={"queue": "sentimnt", "hint": hint}))
    assert hint == "; did you mean 'sentiment'?"
    assert hint not in told
    assert "'sentiment'" in told


def test_a_guests_sentence_with_wrong_names_is_shown_as_it_is(qapp: QApplication) -> None:
    assert problem_text(Problem("mine", params={}, text="{nobody} knows")) == "{nobody} knows"


@pytest.fixture
def pseudo_run(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Running]:
    monkeypatch.setenv("LABELER_PLUGINS", str(PLUGINS))
    app = App(qapp, root=tmp_path / "machine", language="pseudo")
    app.settings.set_person("anna", "Anna Brandt")
    run = Running(app, qtbot)
    yield run
    run.end()
    for translator in app.theme.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)


#: What is data, not words of ours: file, queue, task, person, labels, questions, the panel's tools.
_DATA = {
    *("pets.labeler", "First", "t0", "AB", "Thing", "How does it feel?", "Why?", "Good", "Bad"),
    *("tools", "/", "*", "1", "2", "W", "00:00", "0", "Anna Brandt", "Read it whole"),
}


def spoken(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text a person sees or hears in a window, with whose it is."""
    for widget in root.findChildren(QWidget):
        name = type(widget).__name__
        if isinstance(widget, QLabel | QAbstractButton | ElidedText):
            text = widget.text if isinstance(widget, ElidedText) else widget.text()
            yield name, text
        if isinstance(widget, QLineEdit):
            yield name, widget.placeholderText()
        yield name, widget.accessibleName()
        yield name, widget.toolTip()


def test_no_word_on_the_work_page_is_left_untranslated(pseudo_run: Running, tmp_path: Path) -> None:
    run = pseudo_run.open(make_project(tmp_path / "pets.labeler"))
    run.press("w")
    for tab in ("regions", "guidelines", "questions"):
        run.work.turn_to(tab)
    run.work.ask_reason("skip")
    bare = {
        (name, text)
        for name, text in spoken(run.window)
        if any(sign.isalpha() for sign in text)
        and "[" not in text
        and text not in _DATA
        and not text.startswith("Ctrl+")
        and not text.startswith("Pets\n")
        and text not in ("Not a text", "Unreadable", "Esc", "F", "S", "N", "Alt")
    }
    assert bare == set()


def test_a_narrow_window_with_long_words_cuts_no_button(
    pseudo_run: Running, tmp_path: Path
) -> None:
    run = pseudo_run.open(make_project(tmp_path / "pets.labeler"))
    run.window.resize(1024, 700)
    run.settle()
    bottom = run.work.bottom
    for button in (bottom.flag, bottom.skip, bottom.submit):
        assert button.width() >= button.sizeHint().width(), button.text()
        assert bottom.rect().contains(button.geometry()), button.text()


def test_figures_are_written_as_the_language_writes_them() -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("en_US"))
        assert words.of_total(18_372, 1_000_000) == "18,372 of 1,000,000"
        QLocale.setDefault(QLocale("de_DE"))
        assert words.number(1_000_000) == "1.000.000"
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("milliseconds", "shown"), [(0, "00:00"), (41_900, "00:41"), (3_661_000, "1:01:01")]
)
def test_a_stopwatch_counts_whole_seconds(milliseconds: int, shown: str) -> None:
    assert words.stopwatch(milliseconds) == shown


@pytest.mark.parametrize(
    ("name", "handle", "shown"),
    [
        ("Jonas Weber", "jweber", "JW"),
        ("Ana María de la Cruz", "ana", "AC"),
        ("", "tour", "TO"),
        ("", "j.weber", "JW"),
        ("", "", "?"),
    ],
)
def test_initials_are_of_the_first_and_the_last_name(name: str, handle: str, shown: str) -> None:
    assert words.initials(name, handle) == shown


def test_english_has_its_plural_forms(qapp: QApplication, checkout: Path) -> None:
    command = [sys.executable, str(checkout / "packaging" / "translations.py"), "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    english = QTranslator()
    assert english.load("app_en", str(checkout / "resources" / "translations"))
    shown = [english.translate("Telling", "%n more problems", None, n) for n in (1, 2)]
    assert shown == ["%n more problem", "%n more problems"]


def test_all_that_our_formats_have_no_room_for_is_said_in_words() -> None:
    ours = [one.manifest for one in discover([]).found if one.origin == "own"]
    lost = {one for manifest in ours for entry in manifest.formats for one in entry.loses}
    assert {"region.id", "content.rate", "segment.words"} <= lost, "what the formats name"
    bare = {one for one in lost if loses_word(one) == one}
    assert bare <= {"regions", "answers", "predictions", "gold"}, "an id is no word"
