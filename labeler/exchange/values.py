"""One value on its way in: names become ids, the panel reads it, everything wrong with it is told."""

from __future__ import annotations

import msgspec

from labeler.exchange.names import Names
from labeler.exchange.needs import Panels
from labeler.exchange.reports import Problems
from labeler.model.content import Content
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import QueueConfig

__all__ = ["LABELS_ADDED", "ValueReader"]

LABELS_ADDED = 10_000
"""So many labels one import adds to a set; a file that has more does not mean labels by them."""
_TOLD_PER_VALUE = 20


class ValueReader:
    """Reads the values of one import into one queue.

    ``names`` knows the queue's labels and those that were added on the way. With ``strict`` none is
    added: a value that names an unknown one is not taken.
    """

    def __init__(
        self,
        panels: Panels,
        panel: str,
        config: QueueConfig,
        problems: Problems,
        *,
        strict: bool = False,
    ) -> None:
        self.names = Names(config)
        self._panels = panels
        self._panel = panel
        self._problems = problems
        self._strict = strict
        self._encode = panels.codec(panel).encode

    def read(self, raw: bytes, key: str, content: Content | None, where: str) -> bytes | None:
        """The value's JSON as a project stores it, or None where something is wrong with it.

        ``key`` is the task's key, ``where`` the place of the value. Without content only what can be
        known without it is checked.
        """
        names = self.names
        added: list[tuple[str, int]] = []
        if not self._strict:
            unknown = names.unknown_labels(raw)
            if unknown and len(names.new) + len(unknown) <= LABELS_ADDED:
                # A copy: a value that is refused for another reason adds no labels.
                names = Names(names.config)
                names.new = list(self.names.new)
                added = list(unknown.items())
                for name, _ in added:
                    names.add(name)
        try:
            value = self._panels.read_value(
                self._panel, names.to_ids(raw), key=key, content=content, where=where
            )
        except Refusal as refusal:
            self._problems.add(refusal.problem)
            return None
        found = self._panels.problems(self._panel, content, value, names.config)
        for number, problem in enumerate(found):
            if number == _TOLD_PER_VALUE:
                break
            place = f"{where}: {problem.where}" if problem.where else where
            self._problems.add(msgspec.structs.replace(problem, where=place))
        if found:
            return None
        for name, region in added:
            place = f"{where}: regions[{region}].label"
            self._problems.add(Problem("label_added", place, {"label": name}))
        self.names = names
        return self._encode(value)
