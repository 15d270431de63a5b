"""One theme for the whole application, changed while it runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import asdict
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from labeler.kit import Button, RowList, Text
from labeler.kit.colour import css
from labeler.kit.style_sheet import style_sheet
from labeler.kit.theme import Theme, current_theme, system_theme
from labeler.kit.tokens import THEMES, ThemeName

KIT = Path(__file__).resolve().parents[3] / "labeler" / "kit"


def pixel(widget: QWidget, x: int, y: int) -> QColor:
    return widget.grab().toImage().pixelColor(x, y)


def test_there_is_one_theme_and_everybody_finds_it(theme: Theme, qapp: QApplication) -> None:
    assert current_theme() is theme
    assert theme.parent() is qapp


def test_switching_the_theme_repaints_what_is_open(theme: Theme, qtbot: QtBot) -> None:
    button = Button("Submit", "primary")
    qtbot.addWidget(button)
    button.show()
    assert pixel(button, 40, 3).name() == "#2f5fd0"
    with qtbot.waitSignal(theme.changed):
        theme.set(choice="dark")
    assert pixel(button, 40, 3).name() == "#7ea6ff"
    theme.set(choice="high_contrast")
    assert pixel(button, 40, 3).name() == "#7fc8ff"


def test_a_theme_that_is_worn_already_is_not_put_on_again(theme: Theme, qtbot: QtBot) -> None:
    theme.set(choice="dark", text_scale=1.5)
    with qtbot.assertNotEmitted(theme.changed):
        theme.set(choice="dark", text_scale=1.5)
        theme.apply()
    with qtbot.waitSignal(theme.changed):
        theme.set(text_scale=1.25)


def test_stock_widgets_follow_too(theme: Theme, qtbot: QtBot) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.resize(120, 32)
    edit.show()
    assert pixel(edit, 100, 16).name() == "#ffffff"
    theme.set(choice="dark")
    assert pixel(edit, 100, 16).name() == theme.tokens.surface.name()
    palette = QApplication.palette()
    assert palette.color(QPalette.ColorRole.Window) == theme.tokens.bg
    assert palette.color(QPalette.ColorRole.Link) == theme.tokens.accent


def test_text_grows_and_controls_with_it(theme: Theme, qtbot: QtBot) -> None:
    button, words = Button("Submit", key="F"), Text("A line", "body")
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(button)
    column.addWidget(words)
    page.show()
    small, width, line = button.height(), button.sizeHint().width(), words.height()
    assert small == 32
    theme.set(text_scale=2.0)
    QApplication.processEvents()
    # 18 px of line become 36; the 14 px round them stay.
    assert button.height() == 32 + 18
    assert button.sizeHint().width() > 1.5 * width
    assert words.height() >= 2 * line
    assert theme.font("ui").pixelSize() == 26


@pytest.mark.parametrize("scale", [0.9, 2.1])
def test_a_text_size_out_of_range_is_refused(theme: Theme, scale: float) -> None:
    with pytest.raises(ValueError, match=r"between 1\.0 and 2\.0"):
        theme.set(text_scale=scale)
    assert theme.text_scale == 1.0


def test_density_takes_rows_down_one_step_and_leaves_text(theme: Theme) -> None:
    assert (theme.height("row"), theme.height("row_compact")) == (32, 28)
    theme.set(compact=True)
    assert (theme.height("row"), theme.height("row_compact")) == (28, 24)
    assert theme.font("ui").pixelSize() == 13


def test_reduced_motion_leaves_no_time_for_a_fade(theme: Theme) -> None:
    assert (theme.duration("fast"), theme.duration("base")) == (0, 0)
    theme.set(reduced_motion=False)
    assert (theme.duration("fast"), theme.duration("base")) == (80, 120)


def test_system_follows_the_desktop_as_it_changes(qapp: QApplication, qtbot: QtBot) -> None:
    asked: list[ThemeName] = ["dark"]
    follower = Theme(qapp, system=lambda: asked[0])
    hints = QGuiApplication.styleHints()
    seen = [follower.tokens.theme]
    try:
        asked[0] = "light"
        with qtbot.waitSignal(follower.changed):
            hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
        seen.append(follower.tokens.theme)
        follower.set(choice="high_contrast")
        asked[0] = "dark"
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        seen.append(follower.tokens.theme)
        assert seen == ["dark", "light", "high_contrast"]
    finally:
        with qtbot.waitSignal(follower.destroyed):
            follower.deleteLater()


def test_a_desktop_qt_knows_nothing_of_gets_the_light_theme(qapp: QApplication) -> None:
    if QGuiApplication.styleHints().colorScheme() != Qt.ColorScheme.Unknown:
        pytest.skip("this desktop tells Qt its colour scheme")
    assert system_theme() == "light"


def test_changing_nothing_but_motion_keeps_colours(theme: Theme) -> None:
    theme.set(choice="dark")
    theme.set(reduced_motion=False)
    assert (theme.choice, theme.tokens.theme) == ("dark", "dark")


@pytest.mark.parametrize("choice", THEMES)
def test_the_style_sheet_has_no_colour_but_tokens(theme: Theme, choice: ThemeName) -> None:
    theme.set(choice=choice)
    tokens = theme.tokens
    known = {css(v) for v in asdict(tokens).values() if isinstance(v, QColor)}
    sheet = style_sheet(theme)
    found = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b|rgba?\([^)]*\)", sheet))
    assert found
    assert found <= known
    named = re.findall(r":\s*(?:white|black|red|blue|gray|grey|green|yellow)\b", sheet)
    assert not named


# Where a colour may be spelled: arithmetic ends in black and white, inks on labels, our own mark.
SPELLED = {"colour.py", "tokens.py", "icons.py"}


def test_paint_code_spells_no_colour() -> None:
    spelled = re.compile(
        r"[\"']#[0-9A-Fa-f]{6}|QColor\(\s*[\d\"']|GlobalColor\.(?!transparent|color[01])"
    )
    offenders = [
        f"{path.name}: {line.strip()}"
        for path in sorted(KIT.rglob("*.py"))
        if path.name not in SPELLED
        for line in path.read_text("utf-8").splitlines()
        if spelled.search(line)
    ]
    assert not offenders


def test_a_list_measures_its_rows_again_when_text_grows(theme: Theme, qtbot: QtBot) -> None:
    from PySide6.QtCore import QStringListModel

    rows = RowList("Rows")
    qtbot.addWidget(rows)
    model = QStringListModel(["one", "two"])
    rows.setModel(model)
    rows.resize(200, 200)
    rows.show()
    assert rows.visualRect(model.index(0, 0)).height() == 28
    theme.set(text_scale=2.0)
    QApplication.processEvents()
    assert rows.visualRect(model.index(0, 0)).height() == 28 + 18
