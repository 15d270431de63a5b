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
    from labeler.kit.controls.field import Field, SearchField, TextArea
    from labeler.kit.controls.flow import FlowLayout
    from labeler.kit.controls.keycap import KeyCap
    from labeler.kit.controls.scale import ScaleBar
    from labeler.kit.controls.segmented import Part, Segmented
    from labeler.kit.controls.text import Badge, Divider, ElidedText, LabelLine, Text
    from labeler.kit.theme import Theme, Themed, current_theme, install_theme
    from labeler.kit.tokens import LabelColour, Tokens

__all__ = [
    "KIT_VERSION",
    "AvatarButton",
    "Badge",
    "Button",
    "CheckBox",
    "Choice",
    "ChoiceChip",
    "ChoiceGroup",
    "Divider",
    "ElidedText",
    "Field",
    "FlowLayout",
    "IconButton",
    "KeyCap",
    "LabelColour",
    "LabelLine",
    "Part",
    "RadioButton",
    "ScaleBar",
    "SearchField",
    "Segmented",
    "Text",
    "TextArea",
    "Theme",
    "Themed",
    "Tokens",
    "current_theme",
    "install_theme",
    "one_column",
]

KIT_VERSION = "0.1"

_HOMES = {
    "controls.button": ("AvatarButton", "Button", "IconButton"),
    "controls.check": ("CheckBox", "RadioButton"),
    "controls.chip": ("Choice", "ChoiceChip", "ChoiceGroup", "one_column"),
    "controls.field": ("Field", "SearchField", "TextArea"),
    "controls.flow": ("FlowLayout",),
    "controls.keycap": ("KeyCap",),
    "controls.scale": ("ScaleBar",),
    "controls.segmented": ("Part", "Segmented"),
    "controls.text": ("Badge", "Divider", "ElidedText", "LabelLine", "Text"),
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
