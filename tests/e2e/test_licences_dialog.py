"""Whose work ships: a row and a text for everything in the lock, and a dialog to read them in."""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run

from labeler.app.dialogs import licences
from labeler.app.dialogs.licences import LicencesDialog
from labeler.app.help.notices import Notice, read_notices, text_of

CHECKOUT = Path(__file__).resolve().parent.parent.parent
NOTICES = {notice.distribution or notice.name: notice for notice in read_notices()}


def locked() -> dict[str, set[str]]:
    """Name and versions of every requirement of the lock, read by the packaging library."""
    found: dict[str, set[str]] = {}
    for line in (CHECKOUT / "packaging" / "run.lock").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", " ")):
            wanted = Requirement(line.rstrip("\\ "))
            found.setdefault(wanted.name, set()).add(str(wanted.specifier).removeprefix("=="))
    return found


LOCKED = locked()


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_every_distribution_of_the_lock_has_its_row_and_its_text(name: str) -> None:
    notice = NOTICES[name]
    assert set(notice.version.split(", ")) == LOCKED[name], "run `python packaging/notices.py`"
    assert notice.licence
    assert notice.why
    assert notice.home.startswith("https://")
    assert len(text_of(notice)) > 500


def test_no_row_is_of_what_is_not_in_the_lock_any_more() -> None:
    assert {notice.distribution for notice in NOTICES.values()} - {""} == set(LOCKED)


def is_gpl(licence: str) -> bool:
    return bool(re.search(r"(?<!L)GPL", licence)) and "exception" not in licence


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_nothing_of_the_lock_is_offered_under_the_gpl_alone(name: str) -> None:
    data = distribution(name).metadata
    words = [*(data.get_all("License-Expression") or []), *(data.get_all("License") or [])]
    words += [one for one in data.get_all("Classifier") or [] if one.startswith("License")]
    offers = [offer for word in words for offer in word.split(" OR ")]
    assert offers, "it states no licence at all"
    assert not all(is_gpl(offer) for offer in offers)


@pytest.mark.parametrize("notice", NOTICES.values(), ids=lambda one: one.name or "ours")
def test_nothing_ships_under_the_gpl(notice: Notice) -> None:
    assert not is_gpl(notice.licence)


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("pyside6-essentials", ["GNU LESSER GENERAL PUBLIC LICENSE", "GNU GENERAL PUBLIC LICENSE"]),
        ("FFmpeg", ["Version 2.1, February 1999"]),
        ("libsndfile", ["Version 2.1, February 1999"]),
        ("Inter", ["SIL OPEN FONT LICENSE Version 1.1"]),
        ("JetBrains Mono", ["SIL OPEN FONT LICENSE Version 1.1"]),
        ("Lucide", ["ISC License"]),
        ("Python", ["PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2"]),
        ("", ["Version 2.0, January 2004"]),
    ],
)
def test_a_row_brings_the_text_its_licence_names(name: str, sentences: list[str]) -> None:
    text = text_of(NOTICES[name])
    for sentence in sentences:
        assert sentence in text


def test_every_text_that_lies_there_belongs_to_a_row() -> None:
    used = {path for notice in NOTICES.values() for path in notice.texts}
    folder = CHECKOUT / "resources" / "licences"
    assert {f"licences/{path.name}" for path in folder.glob("*.txt")} <= used


# how they are written


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(CHECKOUT / "packaging"))
    import notices

    return notices


def test_the_rows_are_those_the_metadata_gives(writer: ModuleType) -> None:
    rows, _texts = writer.notices()
    assert rows == json.loads((CHECKOUT / "resources/licences/notices.json").read_text("utf-8"))


def test_of_several_offers_the_one_outside_the_gpl_is_taken(writer: ModuleType) -> None:
    assert writer.chosen("GPL-2.0-only OR LGPL-3.0-only") == "LGPL-3.0-only"
    assert writer.chosen("Apache-2.0 OR BSD-2-Clause") == "Apache-2.0"
    for only in ("GPL-3.0-or-later", "AGPL-3.0-only OR GPL-2.0-only", "MIT AND GPL-3.0-only"):
        with pytest.raises(writer.Unknown):
            writer.chosen(only)


def test_what_nobody_has_looked_at_stops_the_run(writer: ModuleType) -> None:
    with pytest.raises(writer.Unknown, match="WHY"):
        writer.row_of("pytest", ("9.0",))
    with pytest.raises(writer.Unknown, match="the lock has 0"):
        writer.row_of("click", ("0",))


# the dialog


@pytest.fixture
def dialog(run: Run, window: QWidget, qtbot: QtBot) -> LicencesDialog:
    licences.show(run.context, window)
    found = window.findChild(LicencesDialog)
    assert isinstance(found, LicencesDialog)
    qtbot.waitExposed(found)
    return found


def test_everything_is_in_the_list_and_the_first_is_ours(dialog: LicencesDialog) -> None:
    assert len(dialog.ids) == len(NOTICES)
    assert dialog.chosen == "Labeler"
    assert "Apache License" in dialog.page.toPlainText()


def test_the_list_is_walked_from_the_search_by_arrow_keys(dialog: LicencesDialog) -> None:
    assert dialog.search.hasFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.chosen == "cffi"
    assert dialog.page.toPlainText() == text_of(NOTICES["cffi"])
    assert "2.1.1" in dialog.heading.text()
    QTest.keyClick(dialog.search, Qt.Key.Key_Up)
    assert dialog.chosen == "Labeler"


def test_the_search_finds_names_and_walks_the_matches_in_a_text(
    dialog: LicencesDialog, qtbot: QtBot
) -> None:
    QTest.keyClicks(dialog.search, "Heungsub")
    qtbot.waitUntil(lambda: dialog.ids == ("click-default-group",))
    assert len(dialog.page.matches) == 1
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "lucide")
    qtbot.waitUntil(lambda: dialog.ids == ("Lucide",))
    found = len(dialog.page.matches)
    assert found == text_of(NOTICES["Lucide"]).lower().count("lucide")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.page.at == 1 % found
    assert dialog.isVisible(), "Enter goes on, it does not close"


def test_what_is_nowhere_is_said_to_be_nowhere(dialog: LicencesDialog, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.search, "zzyzx")
    qtbot.waitUntil(lambda: dialog.ids == ())
    assert dialog.count.text() == "Not found"


def test_a_text_is_copied_whole_and_by_selection(run: Run, dialog: LicencesDialog) -> None:
    dialog.choose("click")
    QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert text_of(NOTICES["click"]) in QGuiApplication.clipboard().text()
    assert run.said == ["The licence is on the clipboard"]
    dialog.page.setFocus()
    QTest.keyClick(dialog.page, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(dialog.page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first = text_of(NOTICES["click"]).split("\n", 1)[0]
    assert QGuiApplication.clipboard().text() == first


def test_escape_empties_the_search_and_then_closes(dialog: LicencesDialog) -> None:
    QTest.keyClicks(dialog.search, "x")
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.search.text() == ""
    assert dialog.isVisible()
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
