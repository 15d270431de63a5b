"""Specimens: instances of any Struct made from its types alone, many and each unlike the others."""

from __future__ import annotations

import random
from typing import Any, TypeVar

import msgspec
from msgspec import inspect as types

from labeler.model.json import Json
from labeler.model.regions import Region

__all__ = ["NoSpecimen", "sound_regions", "specimens"]

S = TypeVar("S", bound=msgspec.Struct)
R = TypeVar("R", bound=Region)

_LETTERS = 'aZ09 -_.é\u0301ßاב文👍\u200d\n"\\{}'
_DEEPEST = 3
_TRIES = 300


class NoSpecimen(Exception):
    """No instance of a type can be made from its types alone; hand examples in instead."""


def specimens(cls: type[S], count: int, seed: int = 0) -> list[S]:
    """``count`` instances of the type, the same for the same seed.

    What the type's own ``__post_init__`` refuses with ValueError is left out. Raises NoSpecimen
    where a field's type is none that JSON brings, or nothing it makes is ever taken.
    """
    chance = random.Random(f"{cls.__name__} {seed}")
    info = types.type_info(cls)
    made: list[S] = []
    for _ in range(count * _TRIES):
        if len(made) == count:
            return made
        try:
            made.append(_made(info, chance, 0))
        except (ValueError, TypeError):
            continue
    raise NoSpecimen(f"{cls.__name__} takes nothing that its types allow")


def sound_regions(cls: type[R], count: int, seed: int = 0) -> list[R]:
    """Up to ``count`` specimens of a region type that have no faults of their own, ids unlike."""
    sound: list[R] = []
    for number, region in enumerate(specimens(cls, count * 20, seed)):
        if len(sound) == count:
            break
        if not list(region.faults()):
            sound.append(msgspec.structs.replace(region, id=f"r{number}"))
    return sound


def _text(chance: random.Random) -> str:
    return "".join(chance.choice(_LETTERS) for _ in range(chance.randrange(9)))


def _json(chance: random.Random, depth: int) -> Json:
    kinds = 5 if depth >= _DEEPEST else 7
    match chance.randrange(kinds):
        case 0:
            return None
        case 1:
            return chance.random() < 0.5
        case 2:
            return chance.randrange(-9, 99)
        case 3:
            return chance.randrange(-99, 99) / 4
        case 4:
            return _text(chance)
        case 5:
            return tuple(_json(chance, depth + 1) for _ in range(chance.randrange(3)))
        case _:
            return {_text(chance): _json(chance, depth + 1) for _ in range(chance.randrange(3))}


def _integer(info: types.IntType, chance: random.Random) -> int:
    low = info.ge if info.ge is not None else (info.gt + 1 if info.gt is not None else -3)
    high = info.le if info.le is not None else (info.lt - 1 if info.lt is not None else low + 40)
    step = info.multiple_of or 1
    return chance.randrange(-(-low // step), high // step + 1) * step


def _float(info: types.FloatType, chance: random.Random) -> float:
    low = info.ge if info.ge is not None else (info.gt if info.gt is not None else -8.0)
    high = info.le if info.le is not None else (info.lt if info.lt is not None else low + 40.0)
    return low + (high - low) * chance.randrange(1, 64) / 64


def _struct(info: types.StructType, chance: random.Random, depth: int) -> Any:
    fields = {}
    for field in info.fields:
        if not field.required and (depth >= _DEEPEST or chance.random() < 0.4):
            continue
        if field.name in ("extra", "attributes"):
            fields[field.name] = {"x": _json(chance, depth + 1)}
        else:
            fields[field.name] = _made(field.type, chance, depth + 1)
    return info.cls(**fields)


def _made(info: types.Type, chance: random.Random, depth: int) -> Any:
    match info:
        case types.StructType():
            return _struct(info, chance, depth)
        case types.AnyType() | types.RawType():
            return _json(chance, depth)
        case types.NoneType():
            return None
        case types.BoolType():
            return chance.random() < 0.5
        case types.IntType():
            return _integer(info, chance)
        case types.FloatType():
            return _float(info, chance)
        case types.StrType():
            return _text(chance)
        case types.LiteralType(values=values):
            return chance.choice(list(values))
        case types.EnumType(cls=enum):
            return chance.choice(list(enum))
        case types.UnionType(types=members):
            return _made(chance.choice(list(members)), chance, depth)
        case types.VarTupleType(item_type=one) | types.ListType(item_type=one):
            length = chance.randrange(info.min_length or 0, (info.min_length or 0) + 3)
            several = [_made(one, chance, depth + 1) for _ in range(length)]
            return several if isinstance(info, types.ListType) else tuple(several)
        case types.TupleType(item_types=each):
            return tuple(_made(one, chance, depth + 1) for one in each)
        case types.DictType(key_type=keys, value_type=values_of):
            return {
                _made(keys, chance, depth + 1): _made(values_of, chance, depth + 1)
                for _ in range(chance.randrange(3))
            }
    raise NoSpecimen(f"nothing is made of the type {info}; hand examples in instead")
