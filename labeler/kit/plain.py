"""Texts out of a project shown as they are: Qt takes what looks like markup for markup, and loads it."""

from __future__ import annotations

from html import escape

__all__ = ["plain_tip"]


def plain_tip(text: str) -> str:
    """A text as the tooltip of anything. One that Qt could take for markup (it looks for ``<`` and
    ``&lt;``) is escaped: it would hide what it says, and an image in it may be asked for on another
    machine."""
    if "<" not in text and "&lt;" not in text:
        return text
    return f'<span style="white-space: pre-wrap">{escape(text)}</span>'
