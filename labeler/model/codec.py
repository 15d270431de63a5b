"""Values to JSON and back, with a union of region types that is open.

A region nobody edited is written as the bytes it came in. An edited one keeps the fields its type
does not know. A region of an unknown type is an Opaque and keeps its bytes for good.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from labeler.model.ids import GREATEST_ID_LENGTH, derived_region_id
from labeler.model.json import UNREADABLE, Json, canonical, equal_json, freeze, read_json
from labeler.model.problems import Problem, Refusal, nearest
from labeler.model.queue import fault_of
from labeler.model.regions import Opaque, Region
from labeler.model.value import Value

__all__ = ["Codec", "RawValue", "encode_value_json"]


class _Head(msgspec.Struct, frozen=True):
    """The head of a region nobody here knows; what is no text in it is not looked at."""

    type: Any = None
    id: Any = ""
    on: Any = None
    label: Any = None


class _Type(msgspec.Struct, frozen=True):
    type: str | None = None


class RawValue(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value one level deep: its regions still as the bytes they came in."""

    regions: tuple[msgspec.Raw, ...] = ()
    answers: dict[str, Any] = {}


_raw_value = msgspec.json.Decoder(RawValue)
_head = msgspec.json.Decoder(_Head)
_type = msgspec.json.Decoder(_Type)
_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_list = msgspec.json.Decoder(list[msgspec.Raw])
_encoder = msgspec.json.Encoder()
_sorted = msgspec.json.Encoder(order="sorted")
# What the encoder writes otherwise than canonical JSON: 1.0 and exponents.
_UNSURE = re.compile(rb"[0-9](?:\.0(?![0-9])|[eE])")


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
        self._whole = _whole_decoder(tuple(self.types.values()))

    def decode_region(self, raw: bytes) -> Region:
        """The region in these bytes; raises msgspec.ValidationError where its fields do not fit."""
        decoder = self._decoders.get(self._type_in(raw) or "")
        return self.opaque(raw) if decoder is None else decoder.decode(raw)

    def opaque(self, raw: bytes) -> Opaque:
        """The region in these bytes as one of an unknown type: nothing but its head is looked at."""
        head = _head.decode(raw)
        return Opaque(
            id=_text_or(head.id, ""),
            on=_text_or(head.on, None),
            label=_text_or(head.label, None),
            kind=(self.first or "") if head.type is None else _text_or(head.type, ""),
            raw=bytes(raw),
        )

    def _type_in(self, raw: bytes) -> str | None:
        name = _type.decode(raw).type
        return self.first if name is None else name

    def encode_region(self, region: Region, before: bytes | None = None) -> bytes:
        """The region's JSON; ``before`` is the JSON it was edited from.

        A field that was not edited keeps its bytes, and so does one that nobody knows; both hold
        for the region's keyed children too.
        """
        if isinstance(region, Opaque):
            return region.raw
        raw = _encoder.encode(region)
        return raw if before is None else self._carried(region, raw, before)

    def _carried(self, region: Region, raw: bytes, before: bytes) -> bytes:
        name = region.type_name()
        old, former = _fields.decode(before), self._kept_region(before)
        if former.type_name() != name:  # it became another type: only what neither knows stays
            known = self._known[name] | self._known.get(former.type_name(), frozenset())
            unknown = {field: one for field, one in old.items() if field not in known}
            return _encoder.encode({**_fields.decode(raw), **unknown}) if unknown else raw
        new = _fields.decode(raw)
        field, by = region.CHILDREN or ("", "")
        children: Sequence[Any] = getattr(region, field) if field else ()
        if children and field in old:
            new[field] = _carried_children(children, old[field], by)
        return _encoder.encode(_carry(new, region, old, former))

    def decode(self, raw: bytes) -> Value:
        """The value in JSON that is in a project; raises msgspec.DecodeError if it is none.

        A region that does not fit its type (another version of the panel made it) is opaque.
        """
        whole = self._decoded(raw)
        if whole is not None:
            return whole
        try:
            outer = _raw_value.decode(raw)
            regions = tuple([self._kept_region(bytes(one)) for one in outer.regions])
            return Value(regions, outer.answers)
        except msgspec.DecodeError:
            raise
        except UNREADABLE as error:
            raise msgspec.DecodeError(fault_of(error)[1]) from None

    def _kept_region(self, raw: bytes) -> Region:
        try:
            return self.decode_region(raw)
        except msgspec.ValidationError:
            return self.opaque(raw)

    def encode(self, value: Value) -> bytes:
        """The value's JSON, every region written anew (for one that is in no project yet)."""
        regions: Sequence[Any] = value.regions
        if Opaque in map(type, regions):
            regions = [msgspec.Raw(self.encode_region(region)) for region in value.regions]
        return encode_value_json(regions, value.answers)

    def read(
        self, raw: bytes, key: str, where: str = "", kept: Mapping[str, bytes] | None = None
    ) -> Value:
        """A value from outside: ids may be left out, and the type where the first one is meant.

        ``key`` is the task's key, from which missing region ids are derived. ``kept`` is the JSON of
        the regions the annotation has already, by id: unchanged they are taken as they are, also
        those of an unknown type. Raises Refusal with the path of what is wrong
        (``regions[3].start``); labels and questions are checked elsewhere.
        """
        whole = None if kept else self._at_once(raw)
        if whole is not None:
            return whole
        prefix = f"{where}: " if where else ""
        try:
            outer = _raw_value.decode(raw)
            answers = freeze(outer.answers)
        except UNREADABLE as error:
            place, reason = fault_of(error)
            path = (prefix + (place.lstrip(".") or "value")) if place else (where or "value")
            raise Refusal(Problem("value_invalid", path, {"reason": reason})) from None
        regions: list[Region] = []
        occurrences: dict[bytes, int] = {}
        ids: set[str] = set()
        for number, one in enumerate(outer.regions):
            path = f"{prefix}regions[{number}]"
            region = self._region_from_outside(bytes(one), path, key, occurrences, kept or {})
            if region.id in ids:
                raise Refusal.of("region_id_double", f"{path}.id", id=region.id)
            ids.add(region.id)
            for field, reason in region.faults():
                raise Refusal(Problem("region_invalid", f"{path}.{field}", {"reason": reason}))
            regions.append(region)
        return Value(tuple(regions), answers)

    def _decoded(self, raw: bytes) -> Value | None:
        """The value read in one go; None where it is not all of types known here, or is no value."""
        if self._whole is None:
            return None
        try:
            told = self._whole.decode(raw)
            return Value(told.regions, told.answers) if told.answers else Value(told.regions)
        except UNREADABLE:
            return None

    def _at_once(self, raw: bytes) -> Value | None:
        """What ``read`` makes of a value that is written as this codec writes one, five times as fast.

        None where it is not, or where anything is wrong with it.
        """
        value = self._decoded(raw)
        if value is None:
            return None
        ids: set[str] = set()
        for region in value.regions:
            if not region.id or len(region.id) > GREATEST_ID_LENGTH:
                return None
            ids.add(region.id)
            for _fault in region.faults():
                return None
        # The same bytes: nothing in them that the types do not know, nothing said twice.
        same = len(ids) == len(value.regions) and self.encode(value) == raw
        return value if same else None

    def _region_from_outside(
        self,
        raw: bytes,
        path: str,
        key: str,
        occurrences: dict[bytes, int],
        kept: Mapping[str, bytes],
    ) -> Region:
        try:
            known = kept.get(self.opaque(raw).id) if kept else None
            if known is not None and equal_json(read_json(known), read_json(raw)):
                return self._kept_region(known)
            region = self.decode_region(raw)
        except UNREADABLE as error:
            place, reason = fault_of(error)
            problem = Problem("region_invalid", path + place, {"reason": reason})
            raise Refusal(problem) from None
        if isinstance(region, Opaque):
            hint = nearest(region.kind, self.types)
            raise Refusal.of("region_type", f"{path}.type", type=region.kind, hint=hint)
        if len(region.id) > GREATEST_ID_LENGTH:
            reason = f"an id has at most {GREATEST_ID_LENGTH} letters"
            raise Refusal(Problem("region_invalid", f"{path}.id", {"reason": reason}))
        known_fields = self._known[region.type_name()]
        if not known_fields.issuperset(_fields.decode(raw)):
            told = msgspec.json.decode(raw)
            unknown = {name: one for name, one in told.items() if name not in known_fields}
            region = msgspec.structs.replace(region, extra={**unknown, **region.extra})
        if not region.id:
            fields = _canonical_fields(region)
            occurrence = occurrences.get(fields, 0)
            occurrences[fields] = occurrence + 1
            # It was made a moment ago and nobody else has it.
            msgspec.structs.force_setattr(region, "id", derived_region_id(key, fields, occurrence))
        return region


def _whole_decoder(types: Sequence[type[Region]]) -> msgspec.json.Decoder[Any] | None:
    """What reads a value of regions of these types in one go; None where types do not go together."""
    if not types:
        return None
    try:
        union = functools.reduce(operator.or_, types)
        whole = msgspec.defstruct(
            "WholeValue",
            [("regions", tuple[union, ...], ()), ("answers", dict[str, Any], {})],  # type: ignore[valid-type]
            frozen=True,
        )
        return msgspec.json.Decoder(whole)
    except TypeError:
        return None


def _canonical_fields(region: Region) -> bytes:
    """The canonical JSON of a region that has no id; what ``canonical`` makes of it, sooner."""
    raw = _sorted.encode(region)
    if _UNSURE.search(raw) is None:
        return raw
    tree: dict[str, Json] = msgspec.json.decode(_encoder.encode(region))
    tree.pop("id", None)
    return canonical(tree)


def _text_or(found: object, otherwise: Any) -> Any:
    return found if isinstance(found, str) else otherwise


def _carry(
    new: dict[str, msgspec.Raw], now: msgspec.Struct, old: dict[str, msgspec.Raw], then: object
) -> dict[str, msgspec.Raw]:
    """``new``, the fields of ``now``, with what ``old``, those of ``then``, has to hand on.

    That is every field of an equal value and every field the type does not know.
    """
    names = dict(zip(now.__struct_encode_fields__, now.__struct_fields__, strict=True))
    for name, raw in old.items():
        field = names.get(name)
        if field is None:
            new.setdefault(name, raw)
        elif _same(getattr(now, field), getattr(then, field)):
            new[name] = raw
    return new


def _same(now: object, then: object) -> bool:
    # In a typed field equal is equal; in a table of any JSON true and 1 are not the same.
    return now == then and (not isinstance(now, dict) or equal_json(now, then))


def _carried_children(children: Sequence[Any], before: msgspec.Raw, by: str) -> msgspec.Raw:
    """The children's JSON, each with what its former self (the one of its key) has to hand on."""
    cls = type(children[0])
    former: dict[Any, msgspec.Raw] = {}
    for raw in _list.decode(before):
        former.setdefault(getattr(msgspec.json.decode(raw, type=cls), by), raw)
    carried = []
    for child in children:
        raw_child = _encoder.encode(child)
        old = former.get(getattr(child, by))
        if old is not None:
            then = msgspec.json.decode(old, type=cls)
            fields = _carry(_fields.decode(raw_child), child, _fields.decode(old), then)
            raw_child = _encoder.encode(fields)
        carried.append(msgspec.Raw(raw_child))
    return msgspec.Raw(_encoder.encode(carried))


def encode_value_json(
    regions: Sequence[msgspec.Raw | Region], answers: Mapping[str, Json]
) -> bytes:
    """The JSON of a value from its regions' JSON and its answers; empty parts are left out."""
    tree: dict[str, Any] = {}
    if regions:
        tree["regions"] = list(regions)
    if answers:
        tree["answers"] = answers
    return _encoder.encode(tree)
