"""The theme in force: tokens, fonts, text size, motion and density, changed without a restart.

There is one ``Theme`` per QApplication and it is the application's child: ``install_theme`` makes
it, ``current_theme()`` finds it from anywhere a widget is built. A painted widget mixes in
``Themed``, reads ``self.theme.tokens`` while it paints and keeps no colour of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from labeler.assets import brand
from labeler.kit.fonts import load_fonts, styled_font
from labeler.kit.icons import Icons
from labeler.kit.plain import plain_tip
from labeler.kit.tokens import ThemeName, Tokens, load_tokens

__all__ = [
    "Theme",
    "ThemeChoice",
    "Themed",
    "current_theme",
    "install_theme",
    "palette_of",
    "system_theme",
]

ThemeChoice = Literal["system", "light", "dark", "high_contrast"]
HeightKey = Literal[
    "control",
    "control_compact",
    "chip",
    "row",
    "row_compact",
    "badge",
    "key_cap",
    "task_strip",
    "top_bar",
    "bottom_bar",
]
_NAME = "kit.theme"
_DENSE_STEP = 4
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class Theme(QObject):
    """What everything on screen is drawn from; ``changed`` fires after any of it became another.

    ``choice`` is what the person chose; "system" follows the desktop, as ``system`` tells it.
    ``text_scale`` lies between 1.0 and 2.0, ``compact`` takes rows down one step, ``reduced_motion``
    sets every duration to 0.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        *,
        accent: str = "",
        system: Callable[[], ThemeName] | None = None,
    ) -> None:
        super().__init__(app)
        self.setObjectName(_NAME)
        self._accent = accent
        self._system = system or system_theme
        self._choice: ThemeChoice = "system"
        self._scale = 1.0
        self._reduced = False
        self._compact = False
        self._applied = False
        self._fonts: dict[str, QFont] = {}
        self._lines: dict[str, int] = {}
        load_fonts()
        self.tokens: Tokens = load_tokens(self._resolve(), accent)
        self.icons = Icons(self.tokens)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    @property
    def choice(self) -> ThemeChoice:
        """What the person chose, "system" included."""
        return self._choice

    @property
    def text_scale(self) -> float:
        """How much larger than 13 px text is, 1.0 to 2.0."""
        return self._scale

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing fades."""
        return self._reduced

    @property
    def compact(self) -> bool:
        """Whether rows are one step lower than drawn."""
        return self._compact

    def set(
        self,
        *,
        choice: ThemeChoice | None = None,
        text_scale: float | None = None,
        reduced_motion: bool | None = None,
        compact: bool | None = None,
    ) -> None:
        """Change what is given, leave the rest, then repaint everything once; nothing for no change.

        A ``text_scale`` outside 1.0–2.0 is a ValueError.
        """
        if text_scale is not None and not 1.0 <= text_scale <= 2.0:
            raise ValueError(f"text_scale must be between 1.0 and 2.0, not {text_scale}")
        before = self.tokens.theme, *self._wishes()
        self._choice = self._choice if choice is None else choice
        self._scale = self._scale if text_scale is None else text_scale
        self._reduced = self._reduced if reduced_motion is None else reduced_motion
        self._compact = self._compact if compact is None else compact
        if (self._resolve(), *self._wishes()) != before:
            self._refresh()

    def apply(self) -> None:
        """Put Fusion, palette, font and style sheet on the application, before its window; once."""
        from labeler.kit.focus import FocusRing

        if self._applied:
            return
        self._applied = True
        QApplication.setStyle("Fusion")
        FocusRing.install(self)
        self._refresh()

    def font(self, style: str = "ui") -> QFont:
        """The font of a type style ("ui", "ui_strong", "label", "body", …) at the text scale."""
        found = self._fonts.get(style)
        if found is None:
            found = self._fonts[style] = styled_font(self.tokens.type[style], self._scale)
        return found

    def line(self, style: str = "ui") -> int:
        """The line height of a type style in pixels, never less than its font needs."""
        found = self._lines.get(style)
        if found is None:
            wanted = round(self.tokens.type[style].line * self._scale)
            found = self._lines[style] = max(wanted, QFontMetrics(self.font(style)).height())
        return found

    def height(self, key: HeightKey) -> int:
        """The height of a control, row or bar in pixels: its measure, grown with the text in it."""
        size = int(getattr(self.tokens.sizes, key))
        if self._compact and key in ("row", "row_compact"):
            size -= _DENSE_STEP
        return size + self.line("ui") - self.tokens.type["ui"].line

    def icon_px(self, size: int = 0) -> int:
        """The side of an icon in pixels, 16 unless said otherwise, grown with the text beside it."""
        return round((size or self.tokens.sizes.icon) * self._scale)

    def duration(self, kind: Literal["fast", "base"] = "fast") -> int:
        """Milliseconds of a fade: 80 for hover, 120 for popups and tabs, 0 with reduced motion."""
        sizes = self.tokens.sizes
        if self._reduced:
            return sizes.motion_reduced_ms
        return sizes.motion_fast_ms if kind == "fast" else sizes.motion_base_ms

    def _wishes(self) -> tuple[object, ...]:
        return self._choice, self._scale, self._reduced, self._compact

    def _resolve(self) -> ThemeName:
        return self._system() if self._choice == "system" else self._choice

    def _follow_system(self) -> None:
        if self._choice == "system" and self._resolve() != self.tokens.theme:
            self._refresh()

    def _refresh(self) -> None:
        name = self._resolve()
        if name != self.tokens.theme:
            self.tokens = load_tokens(name, self._accent)
            self.icons = Icons(self.tokens)
        self._fonts.clear()
        self._lines.clear()
        if self._applied:
            from labeler.kit.style_sheet import style_sheet

            QApplication.setFont(self.font("ui"))
            QApplication.setPalette(palette_of(self.tokens))
            app = self.parent()
            if isinstance(app, QApplication):
                app.setStyleSheet(style_sheet(self))
        self.changed.emit()


class Themed:
    """Mixed in before the Qt class: ``self.theme``, and a repaint when it changes."""

    theme: Theme

    def init_theme(self) -> None:
        """Call once in ``__init__``, after the Qt class's own."""
        self.theme = current_theme()
        self.theme.changed.connect(self.theme_changed)

    def setToolTip(self, text: str, /) -> None:
        """Show this text as it is: names out of a project may look like markup."""
        super().setToolTip(plain_tip(text))  # type: ignore[misc]

    def theme_changed(self) -> None:
        """Colours, fonts or text size became others; measure again and repaint."""
        if isinstance(self, QWidget):
            self.updateGeometry()
            self.update()


def system_theme() -> ThemeName:
    """What the desktop asks for: its contrast, then its colour scheme; light where Qt cannot tell."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "high_contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def install_theme(
    app: QApplication,
    *,
    choice: ThemeChoice = "system",
    text_scale: float = 1.0,
    reduced_motion: bool = False,
    compact: bool = False,
) -> Theme:
    """Make the application's theme with the brand's accent and put it on, once at start."""
    theme = app.findChild(Theme, _NAME, _DIRECT)
    if theme is None:
        theme = Theme(app, accent=brand().accent)
    theme.set(choice=choice, text_scale=text_scale, reduced_motion=reduced_motion, compact=compact)
    theme.apply()
    return theme


def current_theme() -> Theme:
    """The application's theme; a plain one that leaves stock widgets alone if none was installed.

    A RuntimeError says so when there is no QApplication yet.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a QApplication must exist before a theme is asked for")
    return app.findChild(Theme, _NAME, _DIRECT) or Theme(app, accent=brand().accent)


def palette_of(tokens: Tokens) -> QPalette:
    """The Qt palette of a theme, for whatever stock widgets draw themselves."""
    role = QPalette.ColorRole
    colours: dict[QPalette.ColorRole, QColor] = {
        role.Window: tokens.bg,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.text_2,
        role.Button: tokens.sunken,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Light: tokens.raised,
        role.Midlight: tokens.hover,
        role.Mid: tokens.border,
        role.Dark: tokens.border_strong,
        role.Shadow: tokens.border_strong,
    }
    palette = QPalette()
    for name, value in colours.items():
        palette.setColor(name, value)
    off = QPalette.ColorGroup.Disabled
    for name in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        palette.setColor(off, name, tokens.text_disabled)
    palette.setColor(off, role.Base, tokens.sunken)
    return palette
