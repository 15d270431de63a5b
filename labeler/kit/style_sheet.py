"""The style sheet of stock widgets, generated from the tokens; it spells no colour of its own."""

from __future__ import annotations

from labeler.kit.theme import Theme

__all__ = ["MENU_ROOM", "style_sheet"]

MENU_ROOM = (12, 5, 28, 5)
"""Logical pixels round the words of a menu's line: left, top, right, bottom."""

# Placeholders are token names and measures; %(name)s keeps the braces of QSS readable.
_SHEET = """
QWidget { outline: none; }
QAbstractScrollArea { border: none; }
QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit {
  background: %(surface)s; color: %(text)s; border: 1px solid %(border_strong)s;
  border-radius: %(radius_control)spx; padding: %(field_pad_y)spx %(field_pad_x)spx;
  placeholder-text-color: %(text_2)s;
  selection-background-color: %(selection)s; selection-color: %(text)s;
}
QPlainTextEdit, QTextEdit { padding: %(area_pad)spx; }
QLineEdit:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
  border: 2px solid %(accent)s; padding: %(field_pad_y_2)spx %(field_pad_x_2)spx;
}
QPlainTextEdit:focus, QTextEdit:focus { padding: %(area_pad_2)spx; }
QLineEdit[kit_error="true"], QAbstractSpinBox[kit_error="true"],
QPlainTextEdit[kit_error="true"], QTextEdit[kit_error="true"] {
  border: 2px solid %(danger)s; padding: %(field_pad_y_2)spx %(field_pad_x_2)spx;
}
QPlainTextEdit[kit_error="true"], QTextEdit[kit_error="true"] { padding: %(area_pad_2)spx; }
QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only {
  background: %(sunken)s; border: 1px solid %(sunken)s;
  padding: %(field_pad_y)spx %(field_pad_x)spx;
}
QLineEdit:read-only:focus, QPlainTextEdit:read-only:focus,
QTextEdit:read-only:focus {
  border: 2px solid %(focus)s; padding: %(field_pad_y_2)spx %(field_pad_x_2)spx;
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
  background: %(sunken)s; color: %(text_disabled)s; border: 1px solid %(border)s;
}
QTextEdit[kit_code="true"] {
  background: %(sunken)s; border: 1px solid %(border)s;
  padding: %(code_pad)spx %(code_pad_x)spx;
}
QTextEdit[kit_code="true"]:focus {
  border: 2px solid %(focus)s; padding: %(code_pad_2)spx %(code_pad_x_2)spx;
}
QLineEdit[kit_bare="true"], QTextEdit[kit_bare="true"], QPlainTextEdit[kit_bare="true"],
QLineEdit[kit_bare="true"]:focus, QTextEdit[kit_bare="true"]:focus,
QPlainTextEdit[kit_bare="true"]:focus { background: transparent; border: none; padding: 0; }
QAbstractItemView {
  background: %(surface)s; color: %(text)s; border: none;
  selection-background-color: %(selection)s; selection-color: %(text)s;
  alternate-background-color: %(surface)s; gridline-color: %(grid)s;
}
QComboBox QAbstractItemView {
  background: %(raised)s; border: 1px solid %(border_strong)s; padding: %(menu_pad)spx;
}
QHeaderView { background: %(surface)s; border: none; }
QHeaderView::section {
  background: %(surface)s; color: %(text_2)s; border: none;
  border-bottom: 1px solid %(border)s; padding: 0 %(row_pad)spx;
}
QTableCornerButton::section { background: %(surface)s; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: %(scroll)spx; }
QScrollBar:horizontal { height: %(scroll)spx; }
QScrollBar::handle {
  background: %(border_strong)s; border-radius: %(radius_small)spx; margin: %(scroll_gap)spx;
}
QScrollBar::handle:vertical { min-height: %(handle_min)spx; }
QScrollBar::handle:horizontal { min-width: %(handle_min)spx; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: %(text_2)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu {
  background: %(raised)s; color: %(text)s; border: 1px solid %(border_strong)s;
  padding: %(menu_pad)spx;
}
QMenu::item {
  padding: %(menu_y)spx %(menu_end)spx %(menu_y)spx %(menu_x)spx; border-radius: %(radius_small)spx;
}
QMenu::item:selected { background: %(hover)s; }
QMenu::item:pressed { background: %(pressed)s; }
QMenu::item:disabled { color: %(text_disabled)s; }
QMenu::separator { height: 1px; background: %(border)s; margin: %(menu_pad)spx 0; }
QMenuBar { background: %(bg)s; color: %(text)s; }
QMenuBar::item { background: transparent; padding: %(menu_pad)spx %(menu_y)spx; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: %(hover)s; }
QToolTip {
  background: %(raised)s; color: %(text)s; border: 1px solid %(border_strong)s;
  padding: %(menu_pad)spx;
}
QSplitter::handle { background: %(border)s; }
QSplitter::handle:hover { background: %(accent)s; }
QPushButton {
  background: %(surface)s; color: %(text)s; border: 1px solid %(border_strong)s;
  border-radius: %(radius_control)spx; padding: %(field_pad_y)spx %(button_pad)spx;
}
QPushButton:hover { background: %(hover)s; }
QPushButton:pressed { background: %(pressed)s; }
QPushButton:default { background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s; }
QPushButton:default:hover { background: %(accent_hover)s; }
QPushButton:default:pressed { background: %(accent_pressed)s; }
QPushButton:disabled {
  background: %(sunken)s; color: %(text_disabled)s; border-color: %(border)s;
}
QStatusBar { background: %(bg)s; color: %(text_2)s; }
QStatusBar::item { border: none; }
"""


def style_sheet(theme: Theme) -> str:
    """The style sheet of the application for this theme and text size."""
    tokens = theme.tokens
    sizes = tokens.sizes
    roles = {name: tokens.css(name) for name in _ROLES}
    line = theme.tokens.type["ui"].line
    field_pad_y = (sizes.control - line) // 2 - 1
    measures = {
        "radius_control": sizes.radius_control,
        "radius_small": sizes.radius_small,
        "field_pad_y": field_pad_y,
        "field_pad_y_2": field_pad_y - 1,
        "field_pad_x": 6,
        "field_pad_x_2": 5,
        "area_pad": 4,
        "area_pad_2": 3,
        "code_pad": 8,
        "code_pad_2": 7,
        "code_pad_x": 12,
        "code_pad_x_2": 11,
        "row_pad": 8,
        "button_pad": 12,
        "scroll": 12,
        "scroll_gap": 2,
        "handle_min": sizes.hit_min,
        "menu_pad": 4,
        "menu_x": MENU_ROOM[0],
        "menu_y": MENU_ROOM[1],
        "menu_end": MENU_ROOM[2],  # a menu that leads on has its arrow there
    }
    return _SHEET % (roles | measures)


_ROLES = (
    "bg",
    "surface",
    "sunken",
    "raised",
    "hover",
    "pressed",
    "border",
    "border_strong",
    "text",
    "text_2",
    "text_disabled",
    "accent",
    "accent_hover",
    "accent_pressed",
    "on_accent",
    "danger",
    "focus",
    "selection",
    "grid",
)
