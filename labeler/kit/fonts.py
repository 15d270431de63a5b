"""The bundled typefaces, and a QFont for each line of the type scale.

Inter for the interface, JetBrains Mono for times, coordinates, keys and code; both lie in
``resources/fonts`` with their licence (OFL 1.1).
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from labeler.assets import asset
from labeler.kit.tokens import TypeStyle

__all__ = ["FontUnreadable", "load_fonts", "styled_font"]

_FILES = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "Inter-Italic.otf",
    "JetBrainsMono-Regular.ttf",
)


class FontUnreadable(RuntimeError):
    """A bundled font file is there but Qt could not read it."""


def load_fonts() -> None:
    """Make the bundled families known to Qt; raises FontUnreadable with the file's name.

    Needs a QGuiApplication. Loading a file twice costs nothing but the second copy's table.
    """
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(asset(f"fonts/{name}"))) < 0:
            raise FontUnreadable(f"{name}: Qt cannot read this font")


def styled_font(style: TypeStyle, scale: float) -> QFont:
    """The font of a type style, its pixel size times ``scale`` (1.0 to 2.0).

    Figures of the interface font are tabular, so that numbers that change do not wobble; the mono
    font has no ligatures, so that what is typed is what is seen.
    """
    font = QFont(style.family)
    font.setPixelSize(round(style.size * scale))
    font.setWeight(QFont.Weight(style.weight))
    if style.family == "JetBrains Mono":
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setFeature(QFont.Tag("calt"), 0)
        font.setFeature(QFont.Tag("liga"), 0)
    else:
        font.setStyleHint(QFont.StyleHint.SansSerif)
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
