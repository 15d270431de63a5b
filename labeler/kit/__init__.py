"""Public door 2: the Qt kit that panels and the app are drawn with.

Names are loaded when they are first asked for, so that ``import labeler.kit`` costs nothing.
``KIT_VERSION`` is the version of this door; it changes with a changelog entry.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labeler.kit.controls.button import AvatarButton, Button, IconButton
    from labeler.kit.controls.check import CheckBox, RadioButton
    from labeler.kit.controls.chip import Choice, ChoiceChip, ChoiceGroup, one_column
    from labeler.kit.controls.dialog import Dialog, Scrim
    from labeler.kit.controls.field import Field, SearchField, TextArea
    from labeler.kit.controls.flow import FlowLayout
    from labeler.kit.controls.keycap import KeyCap
    from labeler.kit.controls.notice import Callout, CodeBlock, EmptyState, ErrorCard
    from labeler.kit.controls.progress import Progress, ProgressBar
    from labeler.kit.controls.rail import Place, Rail
    from labeler.kit.controls.rows import RowDelegate, RowList, RowRole
    from labeler.kit.controls.saved import SavedChip
    from labeler.kit.controls.scale import ScaleBar
    from labeler.kit.controls.section import Card, Plain, Section
    from labeler.kit.controls.segmented import Part, Segmented
    from labeler.kit.controls.select import EntryButton, FilterChip, Select
    from labeler.kit.controls.table import Header, Table
    from labeler.kit.controls.tabs import TabBar
    from labeler.kit.controls.text import Badge, Divider, ElidedText, IconMark, LabelLine, Text
    from labeler.kit.controls.toast import Toast
    from labeler.kit.plain import plain_tip
    from labeler.kit.theme import Theme, Themed, current_theme, install_theme
    from labeler.kit.tokens import LabelColour, Tokens

__all__ = [
    "KIT_VERSION",
    "AvatarButton",
    "Badge",
    "Button",
    "Callout",
    "Card",
    "CheckBox",
    "Choice",
    "ChoiceChip",
    "ChoiceGroup",
    "CodeBlock",
    "Dialog",
    "Divider",
    "ElidedText",
    "EmptyState",
    "EntryButton",
    "ErrorCard",
    "Field",
    "FilterChip",
    "FlowLayout",
    "Header",
    "IconButton",
    "IconMark",
    "KeyCap",
    "LabelColour",
    "LabelLine",
    "Part",
    "Place",
    "Plain",
    "Progress",
    "ProgressBar",
    "RadioButton",
    "Rail",
    "RowDelegate",
    "RowList",
    "RowRole",
    "SavedChip",
    "ScaleBar",
    "Scrim",
    "SearchField",
    "Section",
    "Segmented",
    "Select",
    "TabBar",
    "Table",
    "Text",
    "TextArea",
    "Theme",
    "Themed",
    "Toast",
    "Tokens",
    "current_theme",
    "install_theme",
    "one_column",
    "plain_tip",
]

KIT_VERSION = "0.1"

_HOMES = {
    "controls.button": ("AvatarButton", "Button", "IconButton"),
    "controls.check": ("CheckBox", "RadioButton"),
    "controls.chip": ("Choice", "ChoiceChip", "ChoiceGroup", "one_column"),
    "controls.dialog": ("Dialog", "Scrim"),
    "controls.field": ("Field", "SearchField", "TextArea"),
    "controls.flow": ("FlowLayout",),
    "controls.keycap": ("KeyCap",),
    "controls.notice": ("Callout", "CodeBlock", "EmptyState", "ErrorCard"),
    "controls.progress": ("Progress", "ProgressBar"),
    "controls.rail": ("Place", "Rail"),
    "controls.rows": ("RowDelegate", "RowList", "RowRole"),
    "controls.saved": ("SavedChip",),
    "controls.scale": ("ScaleBar",),
    "controls.section": ("Card", "Plain", "Section"),
    "controls.segmented": ("Part", "Segmented"),
    "controls.select": ("EntryButton", "FilterChip", "Select"),
    "controls.table": ("Header", "Table"),
    "controls.tabs": ("TabBar",),
    "plain": ("plain_tip",),
    "controls.text": ("Badge", "Divider", "ElidedText", "IconMark", "LabelLine", "Text"),
    "controls.toast": ("Toast",),
    "theme": ("Theme", "Themed", "current_theme", "install_theme"),
    "tokens": ("LabelColour", "Tokens"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"labeler.kit has no {name!r}")
    return getattr(import_module(f"labeler.kit.{home}"), name)


def __dir__() -> list[str]:
    return __all__
