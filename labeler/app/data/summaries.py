"""Each task in one line, in its panel's own words, or in its content's first words where none are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from labeler.model.problems import Refusal
from labeler.plugins import Plugins

__all__ = ["Summaries"]

_LONGEST = 300


class Summaries:
    """Tells tasks apart in a table. Used in the lane only."""

    def __init__(self, plugins: Plugins) -> None:
        self._plugins = plugins
        self._ways: dict[str, Callable[[bytes], str]] = {}

    def line(self, panel: str, content: bytes) -> str:
        """The line for this content JSON; empty where the content is not here yet."""
        if not content:
            return ""
        way = self._ways.get(panel)
        if way is None:
            way = self._ways[panel] = self._way(panel)
        try:
            told = way(content)
        except Refusal:
            # A panel that stops must not take its tasks off the table.
            told = first_words(content)
        return " ".join(told[: 4 * _LONGEST].split())[:_LONGEST]

    def _way(self, panel: str) -> Callable[[bytes], str]:
        try:
            task = self._plugins.task(panel)
            decode = self._plugins.content_decoder(panel)
        except Refusal:
            return first_words

        def told(raw: bytes) -> str:
            content = decode(raw)
            return first_words(raw) if content is None else task.summary(content)

        return told


def first_words(content: bytes) -> str:
    """The first texts in a content of whose type nobody here knows anything."""
    found: list[str] = []
    todo: list[Any] = [msgspec.json.decode(content)]
    while todo and sum(map(len, found)) < _LONGEST:
        tree = todo.pop(0)
        if isinstance(tree, str):
            found.append(tree)
        elif isinstance(tree, dict):
            todo[:0] = list(tree.values())
        elif isinstance(tree, list):
            todo[:0] = tree
    return " ".join(found)
