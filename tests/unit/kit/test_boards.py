"""Every board of the gallery, in every theme and the hard cases: named, reachable, inside its page."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollBar, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from labeler.kit.theme import Theme
from labeler.kit.tokens import THEMES, ThemeName, load_tokens

BOARDS = ("components", "shell", "moments")


@pytest.fixture
def gallery(checkout: Path) -> Iterator[Any]:
    path = checkout / "tests" / "e2e" / "gallery.py"
    spec = importlib.util.spec_from_file_location("gallery", path)
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    module.LONG = False


def board_of(gallery: Any, name: str, qtbot: QtBot) -> QWidget:
    board: QWidget = gallery.BOARDS[name]()
    qtbot.addWidget(board)
    board.show()
    QApplication.processEvents()
    return board


def operable(board: QWidget) -> list[QWidget]:
    """Everything the keyboard can reach."""
    return [
        widget
        for widget in board.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not isinstance(widget, QScrollBar)
        and widget.focusProxy() is None
    ]


@pytest.mark.parametrize("name", BOARDS)
def test_whatever_takes_the_focus_has_a_name(
    theme: Theme, qtbot: QtBot, gallery: Any, name: str
) -> None:
    board = board_of(gallery, name, qtbot)
    reached = operable(board)
    assert len(reached) > 5
    unnamed = []
    for widget in reached:
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name):
            unnamed.append(type(widget).__name__)
    assert not [kind for kind in unnamed if kind not in ("CodeBlock", "QScrollArea")]


@pytest.mark.parametrize("name", BOARDS)
def test_every_target_can_be_hit(theme: Theme, qtbot: QtBot, gallery: Any, name: str) -> None:
    board = board_of(gallery, name, qtbot)
    small = [
        (type(w).__name__, w.accessibleName(), w.width(), w.height())
        for w in operable(board)
        if min(w.width(), w.height()) < 24
    ]
    assert not small


@pytest.mark.parametrize("name", BOARDS)
@pytest.mark.parametrize("case", ["plain", "long", "large", "rtl"])
def test_no_control_is_squeezed_below_what_it_asks_for(
    theme: Theme, qtbot: QtBot, qapp: QApplication, gallery: Any, name: str, case: str
) -> None:
    if case == "rtl":
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    gallery.LONG = case == "long"
    theme.set(text_scale=1.5 if case == "large" else 1.0)
    board = board_of(gallery, name, qtbot)
    squeezed = [
        (type(w).__name__, w.accessibleName(), w.size(), w.minimumSizeHint())
        for w in operable(board)
        if not isinstance(w, QTabBar | QAbstractScrollArea)
        and (w.width() < w.minimumSizeHint().width() or w.height() < w.minimumSizeHint().height())
    ]
    assert not squeezed


def shares(image: QImage) -> dict[str, float]:
    """How much of the picture each colour covers, from every fourth pixel."""
    counts: dict[str, int] = {}
    for y in range(0, image.height(), 4):
        for x in range(0, image.width(), 4):
            name = image.pixelColor(x, y).name()
            counts[name] = counts.get(name, 0) + 1
    total = sum(counts.values())
    return {name: count / total for name, count in counts.items()}


@pytest.mark.parametrize("choice", THEMES)
@pytest.mark.parametrize("name", BOARDS)
def test_a_board_is_drawn_from_its_theme_alone(
    theme: Theme, qtbot: QtBot, gallery: Any, name: str, choice: ThemeName
) -> None:
    theme.set(choice=choice)
    board = gallery.BOARDS[name]()
    qtbot.addWidget(board)
    image = gallery.picture(board, theme)
    covered = shares(image)
    t = theme.tokens
    assert covered[t.bg.name()] + covered.get(t.surface.name(), 0.0) > 0.5
    own = {v.name() for v in asdict(t).values() if isinstance(v, QColor)}
    foreign = {ground for shade in THEMES if shade != choice for ground in _grounds(shade)} - own
    # Mixed edges of text may happen to hit another theme's colour; a painted ground would not.
    assert max((covered.get(colour, 0.0) for colour in foreign), default=0.0) < 0.002


def _grounds(choice: ThemeName) -> set[str]:
    tokens = load_tokens(choice)
    names = ("bg", "surface", "raised", "sunken", "selection", "accent", "accent_soft", "danger")
    return {tokens.role(name).name() for name in names}


def test_a_board_is_sharp_at_twice_the_scale(theme: Theme, qtbot: QtBot, gallery: Any) -> None:
    board = gallery.components()
    qtbot.addWidget(board)
    image = gallery.picture(board, theme, 2.0)
    assert (image.width(), image.height()) == (2880, 1800)
    # A one-pixel rim is two device pixels wide, not a blurred one.
    card = next(w for w in board.findChildren(gallery.Card))
    corner = card.mapTo(board, QPoint(card.width() // 2, 0)) * 2
    column = [image.pixelColor(corner.x(), corner.y() + dy).name() for dy in range(-1, 3)]
    t = theme.tokens
    assert column == [t.bg.name(), t.border.name(), t.border.name(), t.surface.name()]
