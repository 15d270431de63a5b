"""The order a person is shown parts in: of their own for each task, the same whenever they come back.

A seed is H("order", task uid, person uid, round), its first 53 bits. The shuffle is Fisher–Yates from
the last place down; its draws are the 32-bit big-endian words of BLAKE2b-512 over the seed and a block
number (8 bytes each, big-endian), blocks counted from 0, and a word that would favour a place is
passed over. So every copy on every machine makes the same order, and any program can make it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from labeler.model.content import Part
from labeler.model.ids import digest
from labeler.model.value import Context

__all__ = ["Shown", "order_seed", "shown_context", "shown_order", "shown_state", "shuffle"]

_SEED_BITS = 53
"""What every reader of JSON takes for the same whole number."""
_WORD = 4
_WORDS = 1 << 8 * _WORD
_SHOWN = "shown"


class Shown(msgspec.Struct, frozen=True):
    """The ids of parts as they are shown, and what shuffled them (None: they are as in the content)."""

    order: tuple[str, ...] = ()
    seed: int | None = None


def order_seed(task: str, person: str, round_: int = 0) -> int:
    """The seed of a person's order on a task; uids are 32 hexadecimal digits. 0 ≤ seed < 2⁵³."""
    raw = digest("order", bytes.fromhex(task), bytes.fromhex(person), round_)
    return int.from_bytes(raw[:8], "big") >> (64 - _SEED_BITS)


def shuffle(ids: Sequence[str], seed: int) -> tuple[str, ...]:
    """The ids in the order this seed makes of them."""
    shuffled = list(ids)
    words = _words(seed)
    for last in range(len(shuffled) - 1, 0, -1):
        places = last + 1
        fair = _WORDS - _WORDS % places
        at = next(word for word in words if word < fair) % places
        shuffled[last], shuffled[at] = shuffled[at], shuffled[last]
    return tuple(shuffled)


def _words(seed: int) -> Iterator[int]:
    block = 0
    while True:
        raw = blake2b(seed.to_bytes(8, "big") + block.to_bytes(8, "big")).digest()
        for at in range(0, len(raw), _WORD):
            yield int.from_bytes(raw[at : at + _WORD], "big")
        block += 1


def shown_order(parts: Sequence[Part], kinds: Sequence[str], seed: int | None) -> Shown:
    """The order of the parts of these kinds, kind after kind; as in the content without a seed.

    Empty where there is nothing to compare: no kind has two parts. Only parts that are of no other
    part are put in order; what is inside of one goes with it.
    """
    found: list[str] = []
    compared = False
    for kind in kinds:
        ids = [part.id for part in parts if part.kind == kind and part.parent is None]
        compared = compared or len(ids) > 1
        found += ids if seed is None else shuffle(ids, seed)
    return Shown(tuple(found), seed) if compared else Shown()


def shown_context(
    annotation: bytes,
    draft: Mapping[str, Any],
    parts: Sequence[Part],
    kinds: Sequence[str],
    seed: int | None,
) -> Context:
    """What the person did not choose, as it was when they saw the task first.

    ``annotation`` is the context stored with their annotation, ``draft`` the state kept with their
    draft (see ``shown_state``). The order in one of these holds whatever the queue's policy says
    now; else it is made of the seed.
    """
    try:
        context = msgspec.json.decode(annotation, type=Context)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        context = Context()  # written by a newer program: made anew
    wanted = shown_order(parts, kinds, seed)
    for told in (draft.get(_SHOWN, {}), context):
        try:
            shown = msgspec.convert(told, Shown, from_attributes=True)
        except msgspec.ValidationError:
            continue
        if shown.order and sorted(shown.order) == sorted(wanted.order):
            return msgspec.structs.replace(context, order=shown.order, seed=shown.seed)
    return msgspec.structs.replace(context, order=wanted.order, seed=wanted.seed)


def shown_state(context: Context) -> dict[str, Any]:
    """The order shown, as it is kept beside an editor's state of a draft; nothing where there is none."""
    if not context.order:
        return {}
    return {_SHOWN: {"order": list(context.order), "seed": context.seed}}
