"""Hostile markup stays text, takes time in proportion to its length, and nothing is ever loaded."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication

from labeler.kit.markdown import Formulas, MarkdownSurface
from labeler.kit.markdown.document import MarkdownDocument, Section
from labeler.kit.markdown.formulas import LONGEST
from labeler.kit.markdown.surface import LONGEST_RENDERED

HOSTILE = {
    "script": "<script>alert('x')</script>",
    "image": '<img src="http://example.invalid/x.png" onerror="alert(1)">',
    "markdown image": "![x](http://example.invalid/x.png)",
    "javascript": "[click](javascript:alert(1))",
    "style": "<style>@import url(http://example.invalid/x.css)</style>",
    "file": "![x](file:///etc/passwd)",
    "data": "![x](data:text/html;base64,PHNjcmlwdD4=)",
    "doctype": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
    "comment": "<!-- hidden --> seen",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_stays_text(show: Callable[..., MarkdownSurface], name: str) -> None:
    text = HOSTILE[name]
    surface = show(text)
    seen = "".join(block.shown for block in surface.document.blocks)
    for word in ("alert", "example.invalid", "passwd", "hidden", "ENTITY", "@import"):
        assert (word in text) == (word in seen)


def test_nothing_here_could_load_anything(
    show: Callable[..., MarkdownSurface], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    monkeypatch.setattr(QImageReader, "setFileName", lambda *args: read.append(args))
    surface = show("\n\n".join(HOSTILE.values()))
    QApplication.processEvents()
    kinds = {type(one).__name__ for one in surface.findChildren(QObject)}
    # Whoever loads for a rich text is a QTextDocument or a network manager; there is neither.
    assert not kinds & {"QTextDocument", "QNetworkAccessManager", "QTextBrowser", "QTextEdit"}
    assert not hasattr(surface, "loadResource")
    assert read == []


BOMBS = {
    "lists": "- " * 1_000 + "x",
    "deep lists": "\n".join("  " * depth + "- x" for depth in range(1_000)),
    "quotes": ">" * 2_000 + " x",
    "emphasis": "*a " * 8_000,
    "both signs": "a **b* " * 5_000,
    "brackets": "[" * 30_000,
    "links": "[a](" * 8_000,
    "ticks": "`a``" * 8_000,
    "dollars": "$a" * 15_000 + "$",
    "entities": "&" * 30_000,
    "angles": "<a" * 15_000,
    "pipes": "|" * 5_000 + "\n" + "|-" * 2_500,
    "fences": "```\n" * 8_000,
    "backslashes": "\\" * 30_000,
    "tildes": "~~a" * 10_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_no_longer_than_its_length(name: str) -> None:
    def seconds(text: str) -> float:
        began = process_time()
        for block in MarkdownDocument([Section("r", text)]).blocks:
            assert block.shown is not None
        return process_time() - began

    text = BOMBS[name]
    half = text[: len(text) // 2]
    # Twice the text takes about twice the time of the processor; a square would take four times.
    whole, less = (min(seconds(one) for _ in range(3)) for one in (text, half))
    assert whole < 3 * less + 0.1


def test_a_thousand_lists_are_shown_with_all_their_words(
    show: Callable[..., MarkdownSurface],
) -> None:
    surface = show("- " * 1_000 + "the end")
    assert "the end" in "".join(block.shown for block in surface.document.blocks)


def test_a_megabyte_is_shown_as_written_and_only_what_is_seen_is_laid_out(
    show: Callable[..., MarkdownSurface],
) -> None:
    text = ("A **long** line of words that goes on. " * 20 + "\n\n") * 1_300
    assert len(text) > 1_000_000
    surface = show(text)
    assert surface.too_long
    assert surface.document.blocks[0].shown.startswith("A **long** line")
    assert len(surface.page.laid_already()) < 40
    surface.set_raw(True)
    surface.set_raw(False)
    assert surface.document.text == text


def test_one_line_of_a_megabyte_is_cut_for_laying_out(show: Callable[..., MarkdownSurface]) -> None:
    surface = show("x" * 1_000_000)
    assert max(len(block.text) for block in surface.document.blocks) <= 8_000
    assert len(surface.page.laid_already()) < 40


def test_the_longest_text_that_is_rendered_is_laid_out_as_far_as_it_is_seen(
    show: Callable[..., MarkdownSurface],
) -> None:
    paragraph = "Some *words* and `code`. " * 8 + "\n\n"
    text = paragraph * (LONGEST_RENDERED // len(paragraph) - 1)
    surface = show(text)
    assert not surface.too_long
    assert len(surface.page.laid_already()) < 40


@pytest.mark.parametrize(
    "latex",
    [
        r"\nosuchcommand{x}",
        r"\frac{a",
        "x^",
        r"\text{</mtext><image href='http://example.invalid/x'/><mtext>}",
        "a" * (LONGEST + 1),
        "{" * 200 + "}" * 200,
        r"\begin{pmatrix}",
    ],
)
def test_what_cannot_be_drawn_is_shown_as_written_and_marked(
    show: Callable[..., MarkdownSurface], latex: str
) -> None:
    from labeler.kit.markdown.document import MarkdownBlock
    from labeler.kit.markdown.shown import Style

    surface = show(f"so ${latex}$ is it")
    [block] = surface.document.blocks
    assert isinstance(block, MarkdownBlock)
    assert f"${latex}$" in block.shown
    assert [run.style for run in block.runs] == [Style.BROKEN]


def test_a_formula_is_drawn_in_the_ink_of_the_theme(formulas: Formulas) -> None:
    found = formulas.find(r"\color{red} \frac{a}{b}", display=False, size=15)
    assert found is not None
    assert not found.broken
    assert "href" not in found.svg
    assert "<image" not in found.svg
    assert "<script" not in found.svg
    assert found.above > 0
    assert found.below > 0
    assert found.width > 0
