"""Values to JSON and back, with a union of region types that is open.

A region nobody edited is written as the bytes it came in. An edited one keeps the fields its type
does not know. A region of an unknown type is an Opaque and keeps its bytes for good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from labeler.model.ids import GREATEST_ID_LENGTH, derived_region_id
from labeler.model.json import Json, canonical
from labeler.model.problems import Problem, Refusal, nearest
from labeler.model.queue import fault_of
from labeler.model.regions import Opaque, Region
from labeler.model.value import Value

__all__ = ["Codec", "RawValue", "encode_value_json"]


class _Head(msgspec.Struct, frozen=True):
    type: str | None = None
    id: str = ""
    on: str | None = None
    label: str | None = None


class RawValue(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value one level deep: its regions still as the bytes they came in."""

    regions: tuple[msgspec.Raw, ...] = ()
    answers: dict[str, Any] = {}


_raw_value = msgspec.json.Decoder(RawValue)
_head = msgspec.json.Decoder(_Head)
_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_list = msgspec.json.Decoder(list[msgspec.Raw])
_encoder = msgspec.json.Encoder()


class Codec:
    """Reads and writes the regions of one panel.

    ``types`` are the region types the panel makes, by name; the first is meant where JSON from
    outside names no type. Every other type is opaque.
    """

    def __init__(self, types: Mapping[str, type[Region]]) -> None:
        self.types = dict(types)
        self.first = next(iter(self.types), None)
        self._decoders = {name: msgspec.json.Decoder(cls) for name, cls in self.types.items()}
        self._known = {
            name: frozenset(cls.__struct_encode_fields__) | {"type"}
            for name, cls in self.types.items()
        }

    def decode_region(self, raw: bytes) -> Region:
        """The region in these bytes; raises msgspec.ValidationError where its fields do not fit."""
        head = _head.decode(raw)
        name = head.type if head.type is not None else self.first
        decoder = self._decoders.get(name or "")
        if decoder is None:
            kind = name or ""
            return Opaque(id=head.id, on=head.on, label=head.label, kind=kind, raw=bytes(raw))
        return decoder.decode(raw)

    def encode_region(self, region: Region, before: bytes | None = None) -> bytes:
        """The region's JSON; ``before`` is the JSON it was edited from, for fields nobody knows."""
        if isinstance(region, Opaque):
            return region.raw
        raw = _encoder.encode(region)
        return raw if before is None else self._with_unknown(region, raw, before)

    def _with_unknown(self, region: Region, raw: bytes, before: bytes) -> bytes:
        name = region.type_name()
        old = _fields.decode(before)
        unknown = {key: value for key, value in old.items() if key not in self._known[name]}
        child = region.CHILDREN
        carried = _carried_children(region, old, child) if child else None
        if not unknown and carried is None:
            return raw
        new = {**_fields.decode(raw), **unknown}
        if child and carried is not None:
            new[child[0]] = msgspec.Raw(_encoder.encode(carried))
        return _encoder.encode(new)

    def decode(self, raw: bytes) -> Value:
        """The value in JSON that is in a project; raises msgspec.ValidationError if it is none."""
        outer = _raw_value.decode(raw)
        regions = tuple([self.decode_region(bytes(one)) for one in outer.regions])
        return Value(regions, outer.answers)

    def encode(self, value: Value) -> bytes:
        """The value's JSON, every region written anew (for one that is in no project yet)."""
        regions = [msgspec.Raw(self.encode_region(region)) for region in value.regions]
        return encode_value_json(regions, value.answers)

    def read(self, raw: bytes, key: str, where: str = "") -> Value:
        """A value from outside: ids may be left out, and the type where the first one is meant.

        ``key`` is the task's key, from which missing region ids are derived. Raises Refusal with the
        path of what is wrong (``regions[3].start``); labels and questions are checked elsewhere.
        """
        prefix = f"{where}: " if where else ""
        try:
            outer = _raw_value.decode(raw)
        except msgspec.DecodeError as error:
            place, reason = fault_of(error)
            path = (prefix + (place.lstrip(".") or "value")) if place else (where or "value")
            raise Refusal(Problem("value_invalid", path, {"reason": reason})) from None
        regions: list[Region] = []
        occurrences: dict[bytes, int] = {}
        ids: set[str] = set()
        for number, one in enumerate(outer.regions):
            path = f"{prefix}regions[{number}]"
            region = self._region_from_outside(bytes(one), path, key, occurrences)
            if region.id in ids:
                raise Refusal.of("region_id_double", f"{path}.id", id=region.id)
            ids.add(region.id)
            for field, reason in region.faults():
                raise Refusal(Problem("region_invalid", f"{path}.{field}", {"reason": reason}))
            regions.append(region)
        return Value(tuple(regions), outer.answers)

    def _region_from_outside(
        self, raw: bytes, path: str, key: str, occurrences: dict[bytes, int]
    ) -> Region:
        try:
            region = self.decode_region(raw)
        except msgspec.DecodeError as error:
            place, reason = fault_of(error)
            problem = Problem("region_invalid", path + place, {"reason": reason})
            raise Refusal(problem) from None
        if isinstance(region, Opaque):
            hint = nearest(region.kind, self.types)
            raise Refusal.of("region_type", f"{path}.type", type=region.kind, hint=hint)
        if len(region.id) > GREATEST_ID_LENGTH:
            reason = f"an id has at most {GREATEST_ID_LENGTH} letters"
            raise Refusal(Problem("region_invalid", f"{path}.id", {"reason": reason}))
        unknown = {
            name: read
            for name, read in msgspec.json.decode(raw).items()
            if name not in self._known[region.type_name()]
        }
        if unknown:
            region = msgspec.structs.replace(region, extra={**unknown, **region.extra})
        if not region.id:
            tree: dict[str, Json] = msgspec.json.decode(_encoder.encode(region))
            tree.pop("id", None)
            fields = canonical(tree)
            occurrence = occurrences.get(fields, 0)
            occurrences[fields] = occurrence + 1
            region = msgspec.structs.replace(region, id=derived_region_id(key, fields, occurrence))
        return region


def _carried_children(
    region: Region, old: Mapping[str, msgspec.Raw], child: tuple[str, str]
) -> list[msgspec.Raw] | None:
    """The region's children with the unknown fields of their former selves, None if there are none."""
    field, by = child
    if field not in old:
        return None
    known: frozenset[str] | None = None
    unknown: dict[Any, dict[str, msgspec.Raw]] = {}
    children: Sequence[Any] = getattr(region, field)
    for one in children:
        known = frozenset(type(one).__struct_encode_fields__)
        break
    if known is None:
        return None
    for raw in _list.decode(old[field]):
        fields = _fields.decode(raw)
        more = {key: value for key, value in fields.items() if key not in known}
        if more and by in fields:
            unknown[msgspec.json.decode(fields[by])] = more
    if not unknown:
        return None
    carried = []
    for one in children:
        raw_child = _encoder.encode(one)
        more = unknown.get(getattr(one, by), {})
        if more:
            raw_child = _encoder.encode({**_fields.decode(raw_child), **more})
        carried.append(msgspec.Raw(raw_child))
    return carried


def encode_value_json(regions: Sequence[msgspec.Raw], answers: Mapping[str, Json]) -> bytes:
    """The JSON of a value from its regions' JSON and its answers; empty parts are left out."""
    tree: dict[str, Any] = {}
    if regions:
        tree["regions"] = list(regions)
    if answers:
        tree["answers"] = answers
    return _encoder.encode(tree)
