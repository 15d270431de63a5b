"""The design tokens: every colour, measure and type style on screen.

``load_tokens("dark")`` reads one file of ``resources/themes`` and ``measures.toml``; nothing is
read before that. Paint code takes colours from a ``Tokens`` value and spells none itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtGui import QColor

from labeler.assets import asset
from labeler.kit.colour import blend, colour, contrast, css, is_colour, legible, luminance

__all__ = [
    "THEMES",
    "LabelColour",
    "Media",
    "Sizes",
    "ThemeName",
    "Tokens",
    "TypeStyle",
    "load_tokens",
    "with_accent",
]

ThemeName = Literal["light", "dark", "high_contrast"]
THEMES: tuple[ThemeName, ...] = ("light", "dark", "high_contrast")
_INK_DARK, _INK_LIGHT = "#14161A", "#FFFFFF"


class TypeStyle(Struct, frozen=True):
    """One line of the type scale: size and line height in logical pixels, weight 400 to 600."""

    family: str
    size: int
    line: int
    weight: int


class Sizes(Struct, frozen=True):
    """Measures in logical pixels at a text scale of 100 %."""

    rail: int
    top_bar: int
    task_strip: int
    bottom_bar: int
    inspector: int
    inspector_min: int
    inspector_max: int
    inspector_reading: int
    control: int
    control_compact: int
    chip: int
    row: int
    row_compact: int
    badge: int
    key_cap: int
    icon: int
    icon_rail: int
    hit_min: int
    handle: int
    handle_hit: int
    stroke_region: int
    stroke_halo: int
    focus_width: int
    focus_gap: int
    dialog: int
    dialog_wide: int
    palette: int
    toast: int
    radius_small: int
    radius_control: int
    radius_panel: int
    motion_fast_ms: int
    motion_base_ms: int
    motion_reduced_ms: int


class Media(Struct, frozen=True):
    """What is drawn on media, the same in every theme; fills are opacities from 0 to 1."""

    prediction: QColor
    gold: QColor
    review: QColor
    overlay_ink: QColor
    prediction_tag: QColor
    handle: QColor
    handle_rim: QColor
    mark_different: QColor
    mark_extra: QColor
    mark_missing: QColor
    video_surround: QColor
    fill_hover: float
    fill_selected: float


class LabelColour(Struct, frozen=True):
    """How one label looks: never by colour alone, so a pattern goes with it.

    ``media`` is the hue on images and video, ``surface`` its variant on this theme's pages (3:1 or
    better), ``ink`` the text on a tag filled with ``media``, ``halo`` what runs under the stroke on
    media. ``pattern`` is solid, dot, dash_dot, double or ticked; ``dash`` is its QPen dash pattern
    in pen widths, empty for a line without gaps.
    """

    name: str
    media: QColor
    surface: QColor
    ink: QColor
    halo: QColor
    pattern: str
    dash: tuple[float, ...]


class Tokens(Struct, frozen=True):
    """One whole theme. Colours are QColor; treat them as values and never change one in place."""

    theme: ThemeName
    bg: QColor  # window, rail and bars
    surface: QColor  # panels and pages
    sunken: QColor  # wells, code, key caps
    raised: QColor  # popups and dialogs
    canvas: QColor  # around media that does not fill its surface
    hover: QColor
    pressed: QColor
    border: QColor  # dividers
    border_strong: QColor  # outline of anything operable
    text: QColor
    text_2: QColor
    text_disabled: QColor
    accent: QColor
    accent_hover: QColor
    accent_pressed: QColor
    accent_soft: QColor
    on_accent: QColor
    ok: QColor
    ok_soft: QColor
    warn: QColor
    warn_soft: QColor
    danger: QColor
    danger_soft: QColor
    on_danger: QColor
    gold: QColor
    gold_soft: QColor
    review: QColor
    review_soft: QColor
    prediction: QColor
    focus: QColor
    selection: QColor
    diff_add: QColor
    diff_add_bg: QColor
    diff_del: QColor
    diff_del_bg: QColor
    wave: QColor
    wave_rms: QColor
    playhead: QColor
    grid: QColor
    halo: QColor
    halo_light: QColor
    shadow: QColor
    scrim: QColor
    sizes: Sizes
    type: Mapping[str, TypeStyle]
    media: Media
    label_entries: tuple[Mapping[str, str], ...]
    label_patterns: Mapping[str, tuple[float, ...]]
    label_rounds: tuple[str, ...]

    def role(self, name: str) -> QColor:
        """The colour of a token by its name; a KeyError names one that is no colour of a theme."""
        value = getattr(self, name, None)
        if not isinstance(value, QColor):
            raise KeyError(f"{name!r} is not a colour token")
        return value

    def css(self, name: str) -> str:
        """The colour of a token as a style sheet takes it."""
        return css(self.role(name))

    @property
    def is_dark(self) -> bool:
        """Whether text is light on dark here."""
        return luminance(self.surface) < 0.18

    @property
    def is_high_contrast(self) -> bool:
        """Whether soft backgrounds need a border of their own."""
        return self.theme == "high_contrast"

    def label_colour(self, reference: str | int, position: int | None = None) -> LabelColour:
        """The look of a label, from its place in the label set (1, 2, …) or from a ``#RRGGBB``.

        Places beyond the eighth start the hues again with the next round's pattern (double, then
        ticked). With a hex, ``position`` (from 1) says which round it is in; a hex that is none of
        ours is kept on media and moved just far enough to reach 3:1 on this theme's surfaces.
        What is no colour at all, in a file of anybody's, is as none: the place decides.
        """
        if isinstance(reference, int):
            if reference < 1:
                raise ValueError(f"label places start at 1, not {reference}")
            position = reference
            index: int | None = (reference - 1) % len(self.label_entries)
        else:
            hexes = [entry["hex"].lower() for entry in self.label_entries]
            index = hexes.index(reference.lower()) if reference.lower() in hexes else None
            if index is None and not is_colour(reference):
                index = ((position or 1) - 1) % len(self.label_entries)
        if index is None:
            return self._custom(str(reference), position)
        entry = self.label_entries[index]
        pattern = self._pattern(entry["pattern"], position)
        return LabelColour(
            name=entry["name"],
            media=colour(entry["hex"]),
            surface=colour(entry["dark" if self.is_dark else "light"]),
            ink=colour(entry["ink"]),
            halo=self.role(entry["halo"]),
            pattern=pattern,
            dash=self.label_patterns[pattern],
        )

    def _pattern(self, own: str, position: int | None) -> str:
        turn = 0 if position is None else (position - 1) // len(self.label_entries)
        name = self.label_rounds[min(turn, len(self.label_rounds) - 1)]
        return own if name == "own" else name

    def _custom(self, text: str, position: int | None) -> LabelColour:
        media = colour(text)
        dark, light = colour(_INK_DARK), colour(_INK_LIGHT)
        pattern = self._pattern("solid", position)
        return LabelColour(
            name=text.lower(),
            media=media,
            surface=legible(media, self.label_grounds, 3.0),
            ink=dark if contrast(dark, media) >= contrast(light, media) else light,
            halo=self.halo if luminance(media) > 0.13 else self.halo_light,
            pattern=pattern,
            dash=self.label_patterns[pattern],
        )

    @property
    def label_grounds(self) -> tuple[QColor, ...]:
        """The backgrounds a label's line is drawn on: pages, wells, hovered and chosen rows."""
        return (self.surface, self.raised, self.bg, self.sunken, self.hover, self.selection)


# What is written on a chosen row or a soft ground.
_INKS = ("text", "text_2", "ok", "warn", "danger", "gold", "review", "prediction")
_OTHERS = ("theme", "sizes", "type", "media", "label_entries", "label_patterns", "label_rounds")
_COLOURS = tuple(name for name in Tokens.__struct_fields__ if name not in _OTHERS)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(asset(f"themes/{name}").read_text(encoding="utf-8"))


def _exact(found: Mapping[str, object], wanted: tuple[str, ...], file: str) -> None:
    missing, unknown = set(wanted) - set(found), set(found) - set(wanted)
    if missing:
        raise ValueError(f"{file}: {sorted(missing)[0]!r} is missing")
    if unknown:
        raise ValueError(f"{file}: {sorted(unknown)[0]!r} is not a token")


def load_tokens(theme: ThemeName, accent: str = "") -> Tokens:
    """Read one theme; ``accent`` (``#RRGGBB``, a vendor's) replaces the theme's own blue.

    A file with a missing or an unknown key, or with a text that is no colour, is a ValueError that
    names the file and the key.
    """
    file = f"{theme}.toml"
    table = _table(file)
    _exact(table, _COLOURS, file)
    measures = _table("measures.toml")
    sizes = dict(measures["size"])
    sizes |= {f"radius_{k}": v for k, v in measures["radius"].items()}
    sizes |= {f"motion_{k}": v for k, v in measures["motion"].items()}
    _exact(sizes, Sizes.__struct_fields__, "measures.toml")
    media: dict[str, Any] = {
        k: colour(v) if isinstance(v, str) else v for k, v in measures["media"].items()
    }
    _exact(media, Media.__struct_fields__, "measures.toml")
    styles = dict(measures["type"])
    families = {"ui": styles.pop("ui_family"), "mono": styles.pop("mono_family")}
    patterns = dict(measures["label_patterns"])
    rounds = tuple(patterns.pop("rounds"))
    tokens = Tokens(
        theme=theme,
        **{name: colour(table[name]) for name in _COLOURS},
        sizes=Sizes(**sizes),
        type={
            name: TypeStyle(families["mono" if name in ("mono", "code") else "ui"], **style)
            for name, style in styles.items()
        },
        media=Media(**media),
        label_entries=tuple(measures["label_colours"].values()),
        label_patterns={name: tuple(dashes) for name, dashes in patterns.items()},
        label_rounds=rounds,
    )
    return with_accent(tokens, accent) if accent else tokens


def _tinted_ground(tokens: Tokens, tint: QColor, share: float) -> QColor:
    """The surface with as much of ``tint``, up to ``share``, as leaves every text on it readable."""
    while share > 0:
        ground = blend(tokens.surface, tint, share)
        if all(contrast(tokens.role(ink), ground) >= 4.5 for ink in _INKS):
            return ground
        share -= 0.01
    return tokens.surface


def with_accent(tokens: Tokens, accent: str) -> Tokens:
    """The same theme with another accent: its states, soft ground, text on it and selection follow.

    The given ``#RRGGBB`` is moved as little as it takes to be readable as text (4.5:1) on this
    theme's surfaces; the focus ring follows it except in high contrast, where it stays yellow.
    """
    given = colour(accent)
    soft = _tinted_ground(tokens, given, 0.22 if tokens.is_dark else 0.10)
    chosen = _tinted_ground(tokens, given, 0.28 if tokens.is_dark else 0.15)
    grounds = (tokens.surface, tokens.raised, tokens.bg, tokens.hover, soft, chosen)
    main = legible(given, grounds, 4.5)
    dark, light = colour(_INK_DARK), colour(_INK_LIGHT)
    ink = light if contrast(light, main) >= contrast(dark, main) else dark
    # States move away from the ink, so that the text on the button stays readable in each of them.
    away = dark if ink == light else light
    hovered, pressed = blend(main, away, 0.12), blend(main, away, 0.24)
    return replace(
        tokens,
        accent=main,
        accent_hover=hovered,
        accent_pressed=pressed,
        accent_soft=soft,
        on_accent=ink,
        selection=chosen,
        focus=tokens.focus if tokens.is_high_contrast else main,
    )
