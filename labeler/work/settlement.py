"""What somebody decides about a conflict: whose counts where, what that comes to, and writing it.

Qt-free. Nothing is written before ``settle``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import msgspec

from labeler import __version__
from labeler.model.checks import missing_answers
from labeler.model.ids import fresh_region_id
from labeler.model.json import equal_json
from labeler.model.problems import Problem
from labeler.model.three_way import ABSENT, Difference, Place, combined
from labeler.model.value import Context
from labeler.store import Project, QueueRow
from labeler.work.conflict_case import STATUS, Case, Tree, ending_of, put_back
from labeler.work.seat import PanelSource

__all__ = ["Decision"]


class Decision:
    """What somebody decides about a case: nothing is written before ``settle``.

    Single changes count as they were made; at contested places a side has to be chosen.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.choices: dict[Place, int] = {}
        self.comment = ""
        self._written: tuple[bytes, str] | None = None
        self._both = False
        self._copies: dict[tuple[str, int], str] = {}

    # choosing

    def choose(self, place: Place, side: int) -> None:
        """At this place this side counts."""
        self._written, self._both = None, False
        self.choices[place] = side

    def keep(self, side: int) -> None:
        """This side counts everywhere, as it stands."""
        self._written, self._both = None, False
        self.choices = {one.place: side for one in self.case.found}

    def clear(self) -> None:
        """Nothing is chosen."""
        self._written, self._both = None, False
        self.choices.clear()

    @property
    def can_keep_both(self) -> bool:
        """Whether sides differ about a region that more than one of them has."""
        return self.case.kind == "annotation" and bool(self._shared)

    def keep_both(self) -> None:
        """Contested regions stay once for each side; the first side's keeps its id."""
        self.choices = {
            place: next(iter(having))
            for place in self.case.contested
            if (having := self._shared.get(place.region))
        }
        self._written, self._both = None, True

    @property
    def both(self) -> bool:
        """Whether contested regions stay once for each side."""
        return self._both

    def write(self, value: bytes, status: str = "submitted") -> None:
        """This value (JSON) counts, whatever the sides say."""
        self._written, self._both = (value, status), False
        self.choices.clear()

    def resume(self, other: Decision) -> None:
        """Take over what was decided of the same conflict before."""
        self.choices, self.comment = dict(other.choices), other.comment
        self._written, self._both = other._written, other._both
        self._copies = dict(other._copies)

    @property
    def written(self) -> bool:
        """Whether somebody wrote the value anew."""
        return self._written is not None

    @cached_property
    def _shared(self) -> dict[str, list[int]]:
        """Contested regions that more than one side has, with the sides that have them."""
        contested = {place.region for place in self.case.contested if place.region}
        found: dict[str, list[int]] = {one: [] for one in contested}
        for number, tree in enumerate(self.case.trees):
            for region in tree.get("regions", ()):
                if region.get("id") in found:
                    found[region["id"]].append(number)
        return {one: sides for one, sides in found.items() if len(sides) > 1}

    def chosen(self, one: Difference) -> int | None:
        """Which side counts at a place: the one chosen, else the maker of a single change."""
        if self._written is not None:
            return None
        if one.place in self.choices:
            return self.choices[one.place]
        if one.verdict == "contested":
            return None
        return next(number for number, side in enumerate(one.versions) if not _same(side, one.base))

    # what it comes to

    @property
    def undecided(self) -> tuple[Place, ...]:
        """Contested places where nobody chose yet."""
        if self._written is not None:
            return ()
        return tuple(place for place in self.case.contested if place not in self.choices)

    def tree(self) -> Tree:
        """What it comes to so far; undecided places as the newest side has them."""
        if self._written is not None:
            value = msgspec.json.decode(self._written[0])
            answers = {**value.get("answers", {}), STATUS: (self._written[1], "")}
            return {"regions": value.get("regions", ()), "answers": answers}
        case = self.case
        choices = {**dict.fromkeys(self.undecided, 0), **self.choices}
        tree: Tree = combined(case.base or {}, case.trees, choices, case.children, case.apart)
        return self._with_copies(tree) if self._both else tree

    def _with_copies(self, tree: Tree) -> Tree:
        shared = self._shared
        regions: list[Tree] = []
        for region in tree["regions"]:
            regions.append(region)
            known = [region]
            for side in shared.get(region["id"], ()):
                other = next(
                    one for one in self.case.trees[side]["regions"] if one["id"] == region["id"]
                )
                if not any(equal_json(other, one) for one in known):
                    known.append(other)
                    ident = self._copies.setdefault((region["id"], side), fresh_region_id())
                    regions.append({**other, "id": ident})
        return {**tree, "regions": regions}

    def kept(self, tree: Tree) -> int | None:
        """The side that a tree equals, or None."""
        for number, side in enumerate(self.case.trees):
            if equal_json(_plain(tree), _plain(side)):
                return number
        return None

    def body(self, tree: Tree) -> bytes:
        """The JSON of what a tree lays out: a value, or a whole body."""
        return msgspec.json.encode(put_back(self.case.read.conflict.kind, tree))

    def problems(self, tree: Tree, panels: PanelSource) -> list[Problem]:
        """What keeps a value put together or written anew from being submitted.

        A side kept as it stands was submitted before, and is not asked again.
        """
        read = self.case.read
        if self.case.kind != "annotation" or self.kept(tree) is not None:
            return []
        status, _ = ending_of(tree)
        if read.queue is None or read.full is None or not read.full.content:
            return []
        content = panels.content(read.queue.panel, read.full.content)
        if content is None or status not in ("submitted", "accepted"):
            return []
        try:
            value = panels.codec(read.queue.panel).decode(self.body(tree))
        except (msgspec.ValidationError, ValueError) as error:
            return [Problem("value_invalid", read.full.row.key, {"reason": str(error)})]
        config = read.queue.config
        found = [*missing_answers(value, config, content.parts())]
        return [*found, *panels.problems(read.queue.panel, content, value, config)]

    def settle(self, project: Project, tree: Tree, by: str) -> str:
        """Write what was decided, in the lane; returns the hash of the op (hex). Raises Refusal."""
        read, case = self.case.read, self.case
        if self.undecided:
            raise RuntimeError("nobody chose between the sides yet")
        if case.kind == "double":
            chosen = self.kept(tree) or 0
            task = read.candidates[chosen].row
            return project.join_task(read.conflict, task, by=by, comment=self.comment)
        status, reason = ending_of(tree)
        return project.settle(
            read.conflict,
            self.body(tree),
            by=by,
            context=_context(read.queue),
            status=status,
            reason=reason,
            comment=self.comment,
        )


def _same(one: Any, other: Any) -> bool:
    return one is other if ABSENT in (one, other) else equal_json(one, other)


def _plain(tree: Tree) -> Tree:
    return {"regions": tuple(tree.get("regions", ())), "answers": tree["answers"]}


def _context(queue: QueueRow | None) -> bytes:
    """What is noted beside a value: the versions it was decided under."""
    versions: Mapping[str, str] = queue.versions if queue is not None else {}
    return msgspec.json.encode(
        Context(
            guideline=versions.get("guideline", ""),
            labels=versions.get("labels", ""),
            queue=versions.get("queue", ""),
            app=__version__,
        )
    )
