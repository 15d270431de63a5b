"""What a gesture changed: from the value before and the value after to the changes of a step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from labeler.model.codec import Codec
from labeler.model.json import Json, equal_json
from labeler.model.regions import Opaque, Region
from labeler.model.steps import (
    Change,
    DropAnswer,
    DropChild,
    DropRegion,
    MoveRegion,
    PutAnswer,
    PutChild,
    PutRegion,
    Splice,
    ValueTree,
    splice_between,
)
from labeler.model.value import Value, changed_range

__all__ = ["changes_between", "joined", "tree_difference"]

SPLICE_FROM = 80
"""Texts of this many code points and more are stored as splices, shorter ones whole."""

_encoder = msgspec.json.Encoder()


def changes_between(tree: ValueTree, old: Value, new: Value, codec: Codec) -> list[Change]:
    """The changes that make ``new`` of ``old``, found by identity; ``tree`` holds the JSON of old."""
    changes: list[Change] = []
    if old.regions is not new.regions:
        _region_changes(changes, tree, old, new, codec)
    if old.answers is not new.answers:
        _answer_changes(changes, old.answers, new.answers)
    return changes


def _region_changes(
    changes: list[Change], tree: ValueTree, old: Value, new: Value, codec: Codec
) -> None:
    # Ten thousand regions, one of them edited: only what lies between two that stayed is looked at.
    start, old_end, new_end = changed_range(old.regions, new.regions)
    before = {region.id: region for region in old.regions[start:old_end]}
    edited = new.regions[start:new_end]
    after = {region.id for region in edited}
    changes += [DropRegion(ident) for ident in before if ident not in after]
    for position, region in enumerate(edited, start):
        present = before.get(region.id)
        if present is region:
            continue
        if present is None:
            raw = codec.encode_region(region)
            changes.append(PutRegion(region.id, msgspec.Raw(raw), position))
        else:
            changes += _edits(present, region, tree.regions[region.id], codec)
    order = [ident for ident in before if ident in after]
    for position, region in enumerate(edited):
        if region.id not in before:
            order.insert(position, region.id)
    for position, region in enumerate(edited):
        if order[position] != region.id:
            order.remove(region.id)
            order.insert(position, region.id)
            changes.append(MoveRegion(region.id, start + position))


def _edits(old: Region, new: Region, raw_old: bytes, codec: Codec) -> list[Change]:
    if isinstance(new, Opaque) or type(old) is not type(new):
        raw = codec.encode_region(new)
        return [] if raw == raw_old else [PutRegion(new.id, msgspec.Raw(raw))]
    different = [
        name
        for name in new.__struct_fields__
        if getattr(old, name) is not getattr(new, name) and getattr(old, name) != getattr(new, name)
    ]
    if not different:
        return []
    if new.CHILDREN is not None and different == [new.CHILDREN[0]]:
        return _child_edits(old, new, raw_old, codec, *new.CHILDREN)
    if len(different) == 1 and different[0] in new.TEXTS:
        before, after = getattr(old, different[0]), getattr(new, different[0])
        if max(len(before), len(after)) >= SPLICE_FROM:
            at, remove, insert = splice_between(before, after)
            return [Splice(at, remove, insert, id=new.id, field=different[0])]
    return [PutRegion(new.id, msgspec.Raw(codec.encode_region(new, raw_old)))]


def _child_edits(
    old: Region, new: Region, raw_old: bytes, codec: Codec, field: str, by: str
) -> list[Change]:
    before = {getattr(child, by): child for child in getattr(old, field)}
    after = {getattr(child, by): child for child in getattr(new, field)}
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        return [PutRegion(new.id, msgspec.Raw(codec.encode_region(new, raw_old)))]
    whole = codec.encode_region(new, raw_old)
    raws = msgspec.json.decode(whole, type=dict[str, msgspec.Raw]).get(field, b"[]")
    encoded = msgspec.json.decode(raws, type=list[msgspec.Raw])
    changes: list[Change] = [
        DropChild(new.id, field, by, key) for key in before if key not in after
    ]
    for position, (key, child) in enumerate(after.items()):
        if before.get(key) is child or before.get(key) == child:
            continue
        at = None if key in before else position
        changes.append(PutChild(new.id, field, by, key, encoded[position].copy(), at))
    return changes


def _answer_changes(
    changes: list[Change], old: Mapping[str, Json], new: Mapping[str, Json]
) -> None:
    for question in [*new, *(name for name in old if name not in new)]:
        before, after = old.get(question), new.get(question)
        if before is after or (before is not None and equal_json(before, after)):
            continue
        if _is_per(before) or _is_per(after):
            parts_before, parts_after = _parts(before), _parts(after)
            if before is not None and not _is_per(before):
                changes.append(DropAnswer(question))
            for part in [*parts_after, *(name for name in parts_before if name not in parts_after)]:
                _one_answer(changes, question, part, parts_before.get(part), parts_after.get(part))
            if after is not None and not _is_per(after):
                _one_answer(changes, question, None, None, after)
        else:
            _one_answer(changes, question, None, before, after)


def _is_per(answer: Any) -> bool:
    return isinstance(answer, Mapping) and set(answer) == {"per"}


def _parts(answer: Any) -> Mapping[str, Json]:
    found: Mapping[str, Json] = answer["per"] if _is_per(answer) else {}
    return found


def _one_answer(
    changes: list[Change], question: str, part: str | None, before: Json, after: Json
) -> None:
    if before is after or (before is not None and equal_json(before, after)):
        return
    if after is None:
        changes.append(DropAnswer(question, part))
    elif (
        isinstance(before, str)
        and isinstance(after, str)
        and max(len(before), len(after)) >= SPLICE_FROM
    ):
        at, remove, insert = splice_between(before, after)
        changes.append(Splice(at, remove, insert, question=question, part=part))
    else:
        changes.append(PutAnswer(question, msgspec.Raw(_encoder.encode(after)), part))


def tree_difference(old: ValueTree, new: ValueTree) -> list[Change]:
    """The changes that make ``new`` of ``old``, by their JSON alone."""
    changes: list[Change] = [DropRegion(ident) for ident in old.regions if ident not in new.regions]
    order = [ident for ident in old.regions if ident in new.regions]
    for position, (ident, raw) in enumerate(new.regions.items()):
        if ident not in old.regions:
            changes.append(PutRegion(ident, msgspec.Raw(raw), position))
            order.insert(position, ident)
        elif old.regions[ident] != raw:
            changes.append(PutRegion(ident, msgspec.Raw(raw)))
    for position, ident in enumerate(new.regions):
        if order[position] != ident:
            order.remove(ident)
            order.insert(position, ident)
            changes.append(MoveRegion(ident, position))
    _answer_changes(changes, old.answers, new.answers)
    return changes


def joined(
    first: tuple[tuple[Change, ...], tuple[Change, ...]],
    second: tuple[tuple[Change, ...], tuple[Change, ...]],
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Two steps (forward, inverse) as one: typed letters become a word, a drag its last place."""
    forward, inverse = first[0] + second[0], second[1] + first[1]
    if len(first[0]) == len(second[0]) == 1:
        one, two = first[0][0], second[0][0]
        if isinstance(one, PutRegion) and isinstance(two, PutRegion) and one.id == two.id:
            at = one.at if two.at is None else two.at
            return (PutRegion(two.id, two.raw, at),), first[1]
        if isinstance(one, PutAnswer) and isinstance(two, PutAnswer):
            if (one.question, one.part) == (two.question, two.part):
                return second[0], first[1]
        elif isinstance(one, Splice) and isinstance(two, Splice):
            return _joined_splices(one, two, forward, inverse)
    return forward, inverse


def _joined_splices(
    one: Splice, two: Splice, forward: tuple[Change, ...], inverse: tuple[Change, ...]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    same = (one.id, one.field, one.question, one.part) == (
        two.id,
        two.field,
        two.question,
        two.part,
    )
    if same and not two.remove and two.at == one.at + len(one.insert):
        typed = msgspec.structs.replace(one, insert=one.insert + two.insert)
        taken = inverse[-1]
        if isinstance(taken, Splice):
            back = msgspec.structs.replace(taken, remove=len(typed.insert))
            return (typed,), (back,)
    return forward, inverse
