"""Texts out of a project are shown as they are, whatever markup they look like."""

from __future__ import annotations

import pytest
from PySide6 import QtGui
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from labeler.kit import Button, Text, plain_tip

HARMFUL = [
    '<img src="file://host/share/x.png">',
    "a <b>bold</b> claim",
    "<!doctype html><p>x",
    '<?xml version="1.0"?><a/>',
    "&lt;b&gt;",
    "if a<b and c>d",
]


@pytest.mark.parametrize("text", HARMFUL)
def test_a_tip_shows_the_text_itself(qapp: QApplication, text: str) -> None:
    """As Qt reads it: markup where it takes it for that, else the text."""
    tip = plain_tip(text)
    if QtGui.Qt.mightBeRichText(tip):
        document = QTextDocument()
        document.setHtml(tip)
        tip = document.toPlainText()
    assert tip == text


def test_what_is_no_markup_stays_a_plain_string() -> None:
    assert plain_tip("Save  Ctrl+S & more") == "Save  Ctrl+S & more"


@pytest.mark.parametrize("text", HARMFUL)
def test_controls_show_names_as_they_are(qapp: QApplication, text: str) -> None:
    button, words = Button(text), Text(text)
    button.setToolTip(text)
    assert button.toolTip() == plain_tip(text)
    assert words.textFormat().name == "PlainText"
