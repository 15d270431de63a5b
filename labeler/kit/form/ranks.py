"""An order with ties as groups of part ids, best first: read, moved in, joined, split. No widgets.

Stored ranks are dense (1, 1, 2); the ranks shown leave room for ties (1, 1, 3), as people count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from labeler.api import Json

__all__ = [
    "Groups",
    "Typed",
    "answer_of",
    "drop_between",
    "drop_on",
    "groups_of",
    "join_above",
    "move",
    "shown_ranks",
    "split",
]

Groups = tuple[tuple[str, ...], ...]
"""Best first; the parts of one group are tied."""


def groups_of(answer: Json, shown: Sequence[str]) -> tuple[Groups, tuple[str, ...]]:
    """The groups in an answer, and the parts it does not rank; both in the order shown."""
    ranks: dict[str, int] = {}
    if isinstance(answer, Mapping):
        ranks = {
            part: rank
            for part, rank in answer.items()
            if part in shown and isinstance(rank, int) and not isinstance(rank, bool)
        }
    groups = tuple(
        tuple(part for part in shown if ranks.get(part) == rank)
        for rank in sorted(set(ranks.values()))
    )
    return groups, tuple(part for part in shown if part not in ranks)


def answer_of(groups: Groups) -> dict[str, int]:
    """The stored answer: ranks from 1, dense, equal where tied."""
    return {part: rank for rank, group in enumerate(groups, 1) for part in group}


def shown_ranks(groups: Groups) -> dict[str, int]:
    """The ranks people read: one more than the number of parts that are better."""
    ranks: dict[str, int] = {}
    better = 0
    for group in groups:
        ranks.update(dict.fromkeys(group, better + 1))
        better += len(group)
    return ranks


def move(groups: Groups, part: str, step: int) -> Groups:
    """One up (−1) or down (+1): out of a tie first, then past the next group."""
    at = _at(groups, part)
    if len(groups[at]) > 1:
        rest = _without(groups, part)
        return _insert(rest, at if step < 0 else at + 1, part)
    target = at + step
    if not 0 <= target < len(groups):
        return groups
    return _insert(_without(groups, part), target, part)


def join_above(groups: Groups, part: str) -> Groups:
    """Tied with the group above; the best part stays where it is."""
    at = _at(groups, part)
    if at == 0:
        return groups
    return _join(groups, part, groups[at - 1][0])


def split(groups: Groups, part: str) -> Groups:
    """Out of its tie, just below those it was tied with."""
    at = _at(groups, part)
    if len(groups[at]) == 1:
        return groups
    return _insert(_without(groups, part), at + 1, part)


class Typed:
    """Ranks that are typed one after the other, each meant as it is typed.

    Equal numbers are a tie; those without a number yet fill the places that are left, in the order
    they had. So "2" for one and "1" for another need no thought about who makes room for whom. What
    was typed is forgotten as soon as the order became another in any other way.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._base: Groups = ()
        self._made: Groups | None = None

    def rank(
        self, groups: Groups, part: str, number: int, *, ties: bool, shown: Sequence[str]
    ) -> Groups:
        """The order after this number was typed for a part; ``shown`` orders parts within a tie."""
        if groups != self._made:
            self._numbers, self._base = {}, groups
        if not ties:
            self._numbers = {one: n for one, n in self._numbers.items() if n != number}
        self._numbers[part] = number
        places: dict[int, list[str]] = {}
        for one, typed in self._numbers.items():
            places.setdefault(typed, []).append(one)
        free = 1
        for group in self._base:
            rest = [one for one in group if one not in self._numbers]
            if rest:
                while free in places:
                    free += 1
                places[free] = rest
                free += len(rest)
        order = list(shown)
        self._made = tuple(
            tuple(sorted(places[place], key=order.index)) for place in sorted(places)
        )
        return self._made


def drop_between(groups: Groups, part: str, before: str | None) -> Groups:
    """Alone, just above the group of ``before`` (None: below all)."""
    if before == part:
        return groups
    rest = _without(groups, part)
    return _insert(rest, len(rest) if before is None else _at(rest, before), part)


def drop_on(groups: Groups, part: str, other: str) -> Groups:
    """Tied with ``other``."""
    return groups if part == other else _join(groups, part, other)


def _at(groups: Groups, part: str) -> int:
    return next(number for number, group in enumerate(groups) if part in group)


def _without(groups: Groups, part: str) -> Groups:
    rest = (tuple(one for one in group if one != part) for group in groups)
    return tuple(group for group in rest if group)


def _insert(groups: Groups, at: int, part: str) -> Groups:
    return (*groups[:at], (part,), *groups[at:])


def _join(groups: Groups, part: str, other: str) -> Groups:
    rest = _without(groups, part)
    at = _at(rest, other)
    return (*rest[:at], (*rest[at], part), *rest[at + 1 :])
