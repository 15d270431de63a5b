"""What the readout in the corner says hands can do now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from labeler.kit.canvas import Hint
from labeler.panels.boxes.frame import ImageFrame

__all__ = ["hints_for"]

tr = QCoreApplication.translate


def hints_for(
    frame: ImageFrame, keys: Sequence[str], label: str, key_text: Callable[[str], str]
) -> tuple[Hint, ...]:
    """The hints for what is in the hand, the most useful first.

    ``keys`` are those of the labels, ``label`` the name of the one in hand; ``key_text`` says the key
    of a command as a cap shows it.
    """
    surface = frame.surface
    if frame.reading:
        return (((), tr("Boxes", "The image is being read")),)
    ends = (keys[0], keys[-1]) if len(keys) > 1 else tuple(keys)
    labels: tuple[Hint, ...] = ((ends, tr("Boxes", "label")),) if ends else ()
    if surface.read_only:
        return (((), tr("Boxes", "Read only")),)
    corner = _caps(key_text("boxes.corner"))
    by_keys: tuple[Hint, ...] = ((corner, tr("Boxes", "by keys")),) if corner else ()
    if surface.pointer.waits_for_corner:
        drop: Hint = (_caps(key_text("boxes.put_down")), tr("Boxes", "drop"))
        return (((), tr("Boxes", "Click the other corner")), *by_keys, drop)
    if surface.chosen:
        nudge = tr("Boxes", "nudge {count} px").format(count=surface.view.nudge)
        arrows: Hint = ((tr("Boxes", "Arrows"),), nudge)
        on = corner and surface.tool == "draw"
        draw_on: tuple[Hint, ...] = ((corner, tr("Boxes", "draw on")),) if on else ()
        return (*labels, arrows, *draw_on)
    if surface.tool != "draw":
        return (((), tr("Boxes", "Click or drag selects")),)
    draws = tr("Boxes", "Drag draws {label}").format(label=label) if label else ""
    return (((), draws or tr("Boxes", "Drag draws")), *labels, *by_keys)


def _caps(key: str) -> tuple[str, ...]:
    return (key,) if key else ()
