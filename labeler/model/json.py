"""JSON as values: read it strictly, write it canonically, compare it by value, keep it unchangeable."""

from __future__ import annotations

import math
from typing import Any, NoReturn

import msgspec

__all__ = [
    "DEEPEST",
    "EMPTY",
    "UNREADABLE",
    "FrozenDict",
    "Json",
    "canonical",
    "equal_json",
    "freeze",
    "read_json",
    "thaw",
]

Json = Any
"""What JSON can hold: None, bool, int, float (finite), str, sequences and string-keyed mappings."""

UNREADABLE = (ValueError, RecursionError)
"""What reading JSON from outside can raise: msgspec's errors, UnicodeDecodeError, those of freeze."""

DEEPEST = 100
"""Levels of nesting in an answer or a table of attributes; deeper JSON is an attack or an accident."""

_sorted = msgspec.json.Encoder(order="sorted")


class FrozenDict(dict[str, Any]):
    """A dict that refuses to change, so that a value once made stays what it was."""

    __slots__ = ()

    def _refuse(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise TypeError("a dict inside a value is read-only; make a new value instead")

    __setitem__ = __delitem__ = _refuse
    clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(canonical(self))

    def __reduce__(self) -> tuple[type[FrozenDict], tuple[dict[str, Any]]]:
        return FrozenDict, (dict(self),)

    def __copy__(self) -> FrozenDict:
        return self

    def __deepcopy__(self, _memo: object) -> FrozenDict:
        return self


EMPTY = FrozenDict()


def freeze(tree: Json) -> Json:
    """The same JSON with dicts read-only and lists as tuples.

    Raises ValueError on NaN, on infinity and on more than DEEPEST levels of nesting.
    """
    return _frozen(tree, DEEPEST)


_WHOLE = frozenset({str, int, bool, type(None)})
"""What has nothing in it that could be changed or no number at all."""


def _frozen(tree: Json, levels: int) -> Json:
    if tree.__class__ in _WHOLE or isinstance(tree, FrozenDict):
        return tree
    if tree.__class__ is dict and levels and tree and _WHOLE.issuperset(map(type, tree.values())):
        return FrozenDict(tree)  # most tables are flat: no call for each of their values
    if isinstance(tree, (dict, list, tuple)):
        if not levels:
            raise ValueError("the JSON is nested too deeply")
        if not isinstance(tree, dict):
            return tuple([_frozen(value, levels - 1) for value in tree])
        if not tree:
            return EMPTY
        return FrozenDict({key: _frozen(value, levels - 1) for key, value in tree.items()})
    if isinstance(tree, float) and not math.isfinite(tree):
        raise ValueError("a number must be finite")
    return tree


def thaw(tree: Json) -> Json:
    """A plain copy of frozen JSON: dicts and lists that may be changed."""
    if isinstance(tree, dict):
        return {key: thaw(value) for key, value in tree.items()}
    if isinstance(tree, (list, tuple)):
        return [thaw(value) for value in tree]
    return tree


def read_json(raw: bytes | str) -> Json:
    """Decode one JSON document; raises msgspec.DecodeError, with the place, on anything else."""
    try:
        return msgspec.json.decode(raw)
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError(f"not UTF-8 (byte {error.start})") from None
    except RecursionError:
        raise msgspec.DecodeError("the JSON is nested too deeply") from None


def _by_value(tree: Json) -> Json:
    if isinstance(tree, float):
        if not math.isfinite(tree):
            raise ValueError("a number must be finite")
        if tree.is_integer():
            return int(tree)
        return _written_out(tree) if _LEAST <= abs(tree) < _WITH_EXPONENT else tree
    if isinstance(tree, dict):
        return {key: _by_value(value) for key, value in tree.items()}
    if isinstance(tree, (list, tuple)):
        return [_by_value(value) for value in tree]
    return tree


_LEAST, _WITH_EXPONENT = 1e-6, 1e-5
"""Between these numbers msgspec writes an exponent and ECMAScript does not."""


def _written_out(number: float) -> msgspec.Raw:
    """A number from _LEAST to _WITH_EXPONENT without an exponent: fingerprints are made of it."""
    digits, _, _ = repr(abs(number)).partition("e")
    sign = "-" if number < 0 else ""
    return msgspec.Raw(f"{sign}0.00000{digits.replace('.', '')}".encode())


def canonical(tree: Json) -> bytes:
    """Canonical JSON: UTF-8, keys sorted, no white space, no NaN (ValueError); whole numbers in all their
    digits (1.0 is 1), others as ECMAScript writes them."""
    return _sorted.encode(_by_value(tree))


def equal_json(left: Json, right: Json) -> bool:
    """Whether two JSON trees are the same: numbers by value, true is not 1, order of keys ignored."""
    if isinstance(left, dict):
        if not isinstance(right, dict) or len(left) != len(right):
            return False
        return all(key in right and equal_json(value, right[key]) for key, value in left.items())
    if isinstance(left, (list, tuple)):
        if not isinstance(right, (list, tuple)) or len(left) != len(right):
            return False
        return all(equal_json(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(right, (dict, list, tuple)):
        return False
    return bool(left == right)
