"""How a region is drawn on a picture: hue, pattern, halo and tag, resolved from the theme's tokens."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QColor

from labeler.kit.tokens import LabelColour, Tokens

__all__ = ["Look", "Paint", "paint_of", "proposed_paint"]


class Look(NamedTuple):
    """A label's look as the tokens take it; without a colour it is that of a region without label.

    ``colour`` is a place in the label set or ``#RRGGBB``, ``place`` the place that says which round
    of patterns it is in.
    """

    colour: str | int | None = None
    place: int | None = None


class Paint(NamedTuple):
    """What the painter needs of a look, all measures in logical pixels.

    ``dash`` is drawn and left out by turns, empty for an unbroken line; ``halo_width`` is the whole
    width of what lies under the stroke. ``tag`` is the ground of the tag, ``rim`` dashes it.
    """

    hue: QColor
    halo: QColor
    ink: QColor
    tag: QColor
    pattern: str = "solid"
    dash: tuple[float, ...] = ()
    stroke: float = 2.0
    halo_width: float = 4.0
    rim: bool = False


def paint_of(tokens: Tokens, look: Look) -> Paint:
    """How a person's region of this look is drawn."""
    sizes = tokens.sizes
    stroke = float(sizes.stroke_region)
    whole = stroke + 2 * sizes.stroke_halo
    if look.colour is None:
        media = tokens.media
        return Paint(
            media.prediction,
            tokens.halo,
            media.overlay_ink,
            media.prediction,
            stroke=stroke,
            halo_width=whole,
        )
    label: LabelColour = tokens.label_colour(look.colour, look.place)
    if label.pattern == "double":
        # Two lines of one pixel, two pixels apart.
        whole += 2
    return Paint(
        label.media,
        label.halo,
        label.ink,
        label.media,
        label.pattern,
        tuple(part * stroke for part in label.dash),
        stroke,
        whole,
    )


def proposed_paint(tokens: Tokens) -> Paint:
    """How a model's region is drawn, whatever its label: white dashes."""
    media = tokens.media
    return Paint(
        media.prediction,
        tokens.halo,
        media.prediction,
        media.prediction_tag,
        "prediction",
        tuple(part * tokens.sizes.stroke_region for part in tokens.label_patterns["prediction"]),
        1.5,
        3.0,
        rim=True,
    )
