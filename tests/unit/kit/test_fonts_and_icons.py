"""The bundled typefaces really are there in three weights, and icons take the colour asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QImage, QPainter

from labeler.assets import AssetMissing, resources_dir
from labeler.kit import fonts
from labeler.kit.icons import DIRECTIONAL, Icons
from labeler.kit.theme import Theme

ICONS = sorted(path.stem for path in (resources_dir() / "icons").glob("*.svg"))


def ink_of(font: QFont, text: str = "Submit and next") -> int:
    """How much black a text puts on white paper."""
    paper = QImage(320, 48, QImage.Format.Format_Grayscale8)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.setFont(font)
    painter.drawText(4, 32, text)
    painter.end()
    return sum(255 - byte for byte in bytes(paper.constBits()))


def test_the_three_weights_are_drawn_differently(theme: Theme) -> None:
    regular, medium, semibold = (ink_of(theme.font(s)) for s in ("ui", "ui_strong", "label"))
    assert regular * 1.1 < medium
    assert medium * 1.1 < semibold


@pytest.mark.parametrize("style", ["ui", "ui_strong", "label", "heading", "title", "task_text"])
def test_interface_text_is_set_in_inter(theme: Theme, style: str) -> None:
    info = QFontInfo(theme.font(style))
    assert info.family() == "Inter"
    assert info.pixelSize() == theme.tokens.type[style].size


@pytest.mark.parametrize("style", ["mono", "code"])
def test_times_and_code_are_set_in_jetbrains_mono(theme: Theme, style: str) -> None:
    assert QFontInfo(theme.font(style)).family() == "JetBrains Mono"
    metrics = QFontMetricsF(theme.font(style))
    assert metrics.horizontalAdvance("i") == metrics.horizontalAdvance("W")
    # With ligatures on, the arrow would be one glyph and drawn as one.
    assert metrics.horizontalAdvance("->") == pytest.approx(2 * metrics.horizontalAdvance("i"))


def test_figures_stand_in_columns(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.font("ui"))
    assert metrics.horizontalAdvance("1") == metrics.horizontalAdvance("8")
    without = QFont(theme.font("ui"))
    without.unsetFeature(QFont.Tag("tnum"))
    proportional = QFontMetricsF(without)
    assert proportional.horizontalAdvance("1") < proportional.horizontalAdvance("8")


def test_a_font_qt_cannot_read_is_named(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.otf"
    broken.write_bytes(b"no font")
    monkeypatch.setattr(fonts, "asset", lambda relative: broken)
    with pytest.raises(fonts.FontUnreadable, match=r"Inter-Regular\.otf"):
        fonts.load_fonts()


def test_fonts_and_icons_lie_beside_their_licences() -> None:
    folder = resources_dir()
    for name in ("fonts/Inter-OFL.txt", "fonts/JetBrainsMono-OFL.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / name).read_text("utf-8")
    assert "ISC License" in (folder / "icons/LUCIDE-LICENSE.txt").read_text("utf-8")


def colours_of(image: QImage) -> set[str]:
    """The colours of the pixels that are fully drawn."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("role", ["text", "accent", "danger"])
def test_an_icon_takes_the_colour_of_its_role(theme: Theme, role: str) -> None:
    image = theme.icons.pixmap("square", role, 32, 2.0).toImage()
    assert colours_of(image) == {theme.tokens.role(role).name()}


def test_an_icon_is_as_large_as_the_screen_needs(theme: Theme) -> None:
    icon = theme.icons.pixmap("check", "text", 16, 2.0)
    assert (icon.width(), icon.height(), icon.devicePixelRatio()) == (32, 32, 2.0)
    assert icon.deviceIndependentSize().width() == 16


def test_an_icon_is_drawn_once(theme: Theme) -> None:
    first = theme.icons.pixmap("check", "text", 16, 1.0)
    assert theme.icons.pixmap("check", "text", 16, 1.0).cacheKey() == first.cacheKey()
    assert theme.icons.pixmap("check", "accent", 16, 1.0).cacheKey() != first.cacheKey()
    assert theme.icons.pixmap("check", "text", 16, 2.0).cacheKey() != first.cacheKey()


def test_only_icons_that_point_somewhere_are_mirrored(theme: Theme) -> None:
    there = theme.icons.pixmap("chevron-right", "text", 16, 2.0).toImage()
    back = theme.icons.pixmap("chevron-right", "text", 16, 2.0, mirrored=True).toImage()
    assert back == there.flipped(Qt.Orientation.Horizontal)
    assert back != there
    tick = theme.icons.pixmap("check", "text", 16, 2.0).toImage()
    assert theme.icons.pixmap("check", "text", 16, 2.0, mirrored=True).toImage() == tick


def test_an_icon_we_do_not_ship_is_an_error(theme: Theme) -> None:
    with pytest.raises(AssetMissing, match=r"no-such-icon\.svg"):
        theme.icons.pixmap("no-such-icon")


def test_every_icon_can_be_drawn(theme: Theme) -> None:
    assert set(ICONS) >= DIRECTIONAL
    for name in ICONS:
        image = theme.icons.pixmap(name, QColor("#ff00ff"), 24, 1.0).toImage()
        alphas = {image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)}
        assert max(alphas) > 100, name
        if name != "labeler":
            assert b"currentColor" in (resources_dir() / f"icons/{name}.svg").read_bytes(), name


def test_the_mark_takes_the_themes_accent(theme: Theme) -> None:
    assert theme.tokens.accent.name() in colours_of(theme.icons.logo(32).toImage())
    theme.set(choice="dark")
    dark = colours_of(theme.icons.logo(32).toImage())
    assert {theme.tokens.accent.name(), theme.tokens.on_accent.name()} <= dark
    assert "#2f5fd0" not in dark


def test_icons_of_one_theme_know_nothing_of_another(theme: Theme) -> None:
    light = theme.icons
    theme.set(choice="dark")
    assert isinstance(theme.icons, Icons)
    assert theme.icons is not light
    assert colours_of(theme.icons.pixmap("square", "text", 32, 2.0).toImage()) == {"#e7eaf0"}
