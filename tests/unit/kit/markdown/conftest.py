"""A surface of Markdown on a page, and hands on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeler.kit.markdown import Formulas, MarkdownSurface, Section
from labeler.kit.theme import Theme

sys.path.insert(0, str(Path(__file__).parent))

DATA = Path(__file__).parents[5] / "shared" / "data" / "responses"
"""Real responses, where they lie beside the checkout."""

Show = Callable[..., MarkdownSurface]


@pytest.fixture(scope="session")
def data() -> Path:
    if not DATA.is_dir():
        pytest.skip("the real responses are not beside the checkout")
    return DATA


@pytest.fixture
def formulas(qapp: QApplication) -> Iterator[Formulas]:
    drawn = Formulas()
    drawn.allow(60)
    yield drawn
    drawn.forget_wanted()


@pytest.fixture
def show(theme: Theme, formulas: Formulas, qtbot: QtBot) -> Show:
    """Shows a text on a surface of 560 × 480."""
    made: list[MarkdownSurface] = []

    def shown(text: str, *more: Section, width: int = 560, height: int = 480) -> MarkdownSurface:
        surface = MarkdownSurface("Response A", formulas)
        made.append(surface)
        qtbot.addWidget(surface)
        surface.resize(width, height)
        surface.show_sections([Section("r1", text), *more])
        surface.show()
        qtbot.waitExposed(surface)
        surface.activateWindow()
        surface.setFocus()
        surface.grab()
        return surface

    return shown
