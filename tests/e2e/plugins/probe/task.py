"""The Qt-free half of a small panel that can be made to fail."""

from __future__ import annotations

from labeler.api import Content, Part, Region, Span


class Words(Content, frozen=True, kw_only=True):
    """A text; ``fail`` names what the editor is to raise in."""

    text: str
    fail: str = ""

    def parts(self):
        return (Part("text", "text", text=self.text),)


class Mark(Region, frozen=True, kw_only=True, tag="mark"):
    """A mark with a number."""

    number: int = 0


class ProbeTask:
    region_types = (Span, Mark)
    content_type = Words

    def summary(self, content):
        return content.text

    def complete(self, content, value):
        return value

    def check(self, content, value, config):
        return ()

    def distance(self, content, one, other):
        return 0.0 if one == other else 1.0
