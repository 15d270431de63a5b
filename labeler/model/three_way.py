"""What versions of a value changed against what they came from, piece by piece, and their union.

A piece is what a person decides about at once: a region, its label, one of its texts or marks, one of
its keyed children, an answer, the answer for one part, the order of regions. Pure functions on JSON
trees of values; geometry is never blended, and who edits what another one deleted contests the deletion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

import msgspec

from labeler.model.json import Json, equal_json

__all__ = [
    "ABSENT",
    "Absent",
    "Apart",
    "Children",
    "Difference",
    "Place",
    "combined",
    "differences",
]


class Absent(Enum):
    """What stands where a version has nothing."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


class Place(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """Where versions differ.

    ``region`` with ``field`` "label" or one that stands apart, with ``question`` (a mark on it), with
    ``child`` (the key of a keyed child), or alone: the rest of it, or all of it where some version
    lacks it. ``question``, perhaps with ``part``, is an answer. ``field`` "order" alone is the order
    of regions.
    """

    region: str = ""
    field: str = ""
    child: str | int = ""
    question: str = ""
    part: str = ""


class Difference(msgspec.Struct, frozen=True):
    """One place: what was there, what each version has (ABSENT: nothing), and what that comes to.

    ``verdict`` is ``one`` where a single change was made, ``alike`` where several versions made the
    same, ``contested`` where they made different ones.
    """

    place: Place
    base: Any
    versions: tuple[Any, ...]
    verdict: str


Children = Mapping[str, tuple[str, str]]
"""The keyed child list by region type: its field and the child's key field."""
Apart = Mapping[str, tuple[str, ...]]
"""Fields by region type that are decided each for itself: a text beside the times it was said at."""
_ORDER = Place(field="order")
_Pieces = dict[Place, Any]


def differences(
    base: Json,
    versions: Sequence[Json],
    children: Children | None = None,
    apart: Apart | None = None,
) -> tuple[Difference, ...]:
    """Every place where a version differs from ``base`` (None: they have no common origin).

    Trees are ``{"regions": […], "answers": {…}}``. The order is that of places, not of meaning.
    """
    flat = _flat([base or {}, *versions], children or {}, apart or {})
    found = []
    for place in sorted({place for pieces in flat for place in pieces}, key=_sort_key):
        was, *now = [pieces.get(place, ABSENT) for pieces in flat]
        changed: list[Any] = []
        for one in now:
            if not _same(one, was) and not any(_same(one, other) for other in changed):
                changed.append(one)
        if changed:
            makers = sum(not _same(one, was) for one in now)
            verdict = "contested" if len(changed) > 1 else "one" if makers == 1 else "alike"
            found.append(Difference(place, was, tuple(now), verdict))
    return tuple(found)


def combined(
    base: Json,
    versions: Sequence[Json],
    choices: Mapping[Place, int] | None = None,
    children: Children | None = None,
    apart: Apart | None = None,
) -> Json:
    """One tree with what every version changed; ``choices`` say whose counts at a place.

    Raises ValueError where a contested place has no choice.
    """
    wanted = choices or {}
    trees = [base or {}, *versions]
    flat = _flat(trees, children or {}, apart or {})
    pieces = dict(flat[0])
    for one in differences(base, versions, children, apart):
        if one.place in wanted:
            new = one.versions[wanted[one.place]]
        elif one.verdict == "contested":
            raise ValueError(f"nobody chose between the versions of {one.place}")
        else:
            new = next(version for version in one.versions if not _same(version, one.base))
        if new is ABSENT:
            pieces.pop(one.place, None)
        else:
            pieces[one.place] = new
    return _built(pieces, trees, children or {})


def _sort_key(place: Place) -> tuple[str, str, bool, str | int, str, str]:
    """Places in an order in which numbers and texts as keys of children can stand beside each other."""
    number = isinstance(place.child, int)
    key = f"{place.child:020d}" if isinstance(place.child, int) else place.child
    return place.region, place.field, number, key, place.question, place.part


def _same(left: Any, right: Any) -> bool:
    if left is ABSENT or right is ABSENT:
        return left is right
    return equal_json(left, right)


# taking apart


def _flat(trees: Sequence[Json], children: Children, fields: Apart) -> list[_Pieces]:
    """The pieces of each tree, cut alike: as finely as all of them allow."""
    regions = [_regions(tree) for tree in trees]
    ids = {ident for known in regions for ident in known}
    apart = {ident for ident in ids if _can_part([known.get(ident) for known in regions], children)}
    answers = [dict(tree.get("answers", {})) for tree in trees]
    names = {name for known in answers for name in known}
    per = {name for name in names if all(_is_per(known.get(name)) for known in answers)}
    orders = _orders(regions)
    found = []
    for known, said, order in zip(regions, answers, orders, strict=True):
        pieces: _Pieces = {}
        for ident, region in known.items():
            pieces.update(_region(ident, region, children, fields, whole=ident not in apart))
        for name, answer in said.items():
            if name not in per:
                pieces[Place(question=name)] = answer
                continue
            for part, value in answer["per"].items():
                pieces[Place(question=name, part=part)] = value
        if order:
            pieces[_ORDER] = order
        found.append(pieces)
    return found


def _orders(regions: Sequence[Mapping[str, Json]]) -> list[tuple[str, ...]]:
    """In which order each tree has the regions that all have; empty where all agree."""
    if not regions[0]:  # no origin, or one without regions
        return [(), *_orders(regions[1:])] if len(regions) > 1 else [()]
    common = {ident for ident in regions[0] if all(ident in known for known in regions)}
    orders = [tuple(ident for ident in known if ident in common) for known in regions]
    return orders if len(set(orders)) > 1 else [()] * len(orders)


def _regions(tree: Json) -> dict[str, Json]:
    return {str(region["id"]): region for region in tree.get("regions", ())}


def _is_per(answer: Json) -> bool:
    return answer is None or (
        isinstance(answer, Mapping)
        and set(answer) == {"per"}
        and isinstance(answer["per"], Mapping)
        and bool(answer["per"])
    )


def _can_part(versions: Sequence[Json | None], children: Children) -> bool:
    """Whether a region is in every version, of one type, with children that have keys."""
    here = [one for one in versions if one is not None]
    if len(here) < len(versions) or len({one.get("type") for one in here}) > 1:
        return False
    child = children.get(here[0].get("type", ""))
    if child is None:
        return True
    keys = [_keys(one, child) for one in here]
    known = [one for one in keys if one is not None]
    if len(known) < len(keys):
        return False
    common = set(known[0]).intersection(*known)
    return len({tuple(key for key in one if key in common) for one in known}) == 1


def _keys(region: Json, child: tuple[str, str]) -> list[str | int] | None:
    """The keys of a region's children in order; None where they do not tell the children apart."""
    field, by = child
    listed = region.get(field, ())
    if not isinstance(listed, list | tuple):
        return None
    keys = [one.get(by) if isinstance(one, Mapping) else None for one in listed]
    plain = [key for key in keys if isinstance(key, str | int) and not isinstance(key, bool)]
    return plain if len(plain) == len(set(plain)) == len(keys) and "" not in plain else None


def _region(
    ident: str, region: Json, children: Children, fields: Apart, *, whole: bool
) -> Iterator[tuple[Place, Any]]:
    if whole:
        yield Place(region=ident), region
        return
    child = children.get(region.get("type", ""))
    named = ("label", *fields.get(region.get("type", ""), ()))
    aside = {*named, "attributes", *([child[0]] if child else [])}
    yield Place(region=ident), {key: one for key, one in region.items() if key not in aside}
    for field in named:
        if field in region:
            yield Place(region=ident, field=field), region[field]
    for question, answer in (region.get("attributes") or {}).items():
        yield Place(region=ident, question=question), answer
    if child:
        for one in region.get(child[0], ()):
            yield Place(region=ident, child=one[child[1]]), one


# putting together


def _built(pieces: _Pieces, trees: Sequence[Json], children: Children) -> Json:
    """The tree these pieces are of; what has no place of its own in an order stands as it stood."""
    present = [place.region for place in pieces if place == Place(region=place.region)]
    parts: dict[str, list[Place]] = {}
    for place in pieces:
        if place.region and place != Place(region=place.region):
            parts.setdefault(place.region, []).append(place)
    known = [_regions(tree) for tree in trees]
    order = _merged_order(
        [list(pieces.get(_ORDER, ())), *map(list, known)], {one for one in present if one}
    )
    regions = []
    for ident in order:
        region = dict(pieces[Place(region=ident)])
        attributes = {}
        kept: dict[str | int, Any] = {}
        for place in parts.get(ident, ()):
            if place.field:
                region[place.field] = pieces[place]
            elif place.question:
                attributes[place.question] = pieces[place]
            else:
                kept[place.child] = pieces[place]
        if attributes:
            region["attributes"] = attributes
        child = children.get(region.get("type", ""))
        if kept and child:
            found = [_keys(one.get(ident, {}), child) or [] for one in known]
            region[child[0]] = [kept[key] for key in _merged_order(found, set(kept))]
        regions.append(region)
    answers: dict[str, Any] = {}
    for place, value in pieces.items():
        if place.region or place == _ORDER:
            continue
        if place.part:
            answers.setdefault(place.question, {"per": {}})["per"][place.part] = value
        else:
            answers[place.question] = value
    return {"regions": regions, "answers": answers}


def _merged_order(lists: Sequence[Sequence[Any]], wanted: set[Any]) -> list[Any]:
    """The wanted keys: as the first list has them, the others behind whom they follow in theirs.

    Where every list counts upwards, so does this one.
    """
    if all(isinstance(key, int) for key in wanted) and all(
        list(one) == sorted(one) for one in lists if all(isinstance(key, int) for key in one)
    ):
        return sorted(wanted)
    after: dict[Any, list[Any]] = {}
    """Who follows whom at once; those that came last stand nearest."""
    begin = object()
    seen = set()
    for keys in lists:
        before = begin
        for key in keys:
            if key in wanted:
                if key not in seen:
                    seen.add(key)
                    after.setdefault(before, []).append(key)
                before = key
    order: list[Any] = []
    todo = list(after.get(begin, ()))
    while todo:
        key = todo.pop()
        order.append(key)
        todo += after.get(key, ())
    return order
