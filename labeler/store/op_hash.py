"""The hash of an op, H(header, H(salt, body)), and the seal of a strand, by one and by the million."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

from labeler.model.ids import LENGTHS, digest, joined_fields

if TYPE_CHECKING:
    from labeler.store.oplog import OpRow

__all__ = ["UNBEGUN", "Namer", "body_digest", "op_hash", "sealed"]

UNBEGUN = blake2b(digest_size=16)
"""A copy of it is made in a third of the time that a new one takes."""


def body_digest(salt: bytes, body: bytes) -> bytes:
    """H(salt, body): what stands for the body in the op's hash."""
    return digest(salt, body)


def op_hash(
    project: bytes,
    strand: bytes,
    seq: int,
    hlc: int,
    person: bytes,
    kind: int,
    entity: bytes,
    entity_kind: int,
    parents: bytes,
    body: bytes,
) -> bytes:
    """The hash of an op; ``body`` is its body_digest."""
    return digest("op", project, strand, seq, hlc, person, kind, entity, entity_kind, parents, body)


class Namer:
    """``op_hash`` for the many ops of one project: what those of a strand share is hashed once, and
    what they say of their person and kinds is joined once."""

    def __init__(self, project: bytes) -> None:
        self._project = project
        self._strand: bytes | None = None
        self._begun = UNBEGUN
        self._middles: dict[tuple[bytes, int], bytes] = {}
        self._ends: dict[tuple[int, bytes], bytes] = {}

    def __call__(self, op: OpRow, salt: bytes, body: bytes) -> bytes:
        """The hash of an op with these fields, this salt and this body."""
        person, kind, entity, entity_kind = op.person, op.kind, op.entity, op.entity_kind
        parents = op.parents
        hasher = UNBEGUN.copy()  # body_digest written out
        hasher.update(b"%b%b%b%b" % (_size(salt), salt, len(body).to_bytes(8, "big"), body))
        if op.strand != self._strand:
            self._strand = op.strand
            self._begun = blake2b(joined_fields("op", self._project, op.strand), digest_size=16)
        middle = self._middles.get((person, kind))
        if middle is None:
            middle = _kept(self._middles, (person, kind))
        end = self._ends.get((entity_kind, parents))
        if end is None:
            end = _kept(self._ends, (entity_kind, parents))
        n, clock = b"%d" % op.seq, b"%d" % op.hlc
        named = self._begun.copy()
        named.update(
            b"%b%b%b%b%b%b%b%b%b%b"
            % (
                *(LENGTHS[len(n)], n, LENGTHS[len(clock)], clock, middle),
                *(_size(entity), entity, end, LENGTHS[16], hasher.digest()),
            )
        )
        return named.digest()


_KEPT = 1000
_Fields = TypeVar("_Fields", bound=tuple[bytes | int, ...])


def _kept(known: dict[_Fields, bytes], fields: _Fields) -> bytes:
    """The joined fields, kept for the next op that has the same; they are few, or soon forgotten."""
    if len(known) >= _KEPT:
        known.clear()
    known[fields] = joined = joined_fields(*fields)
    return joined


def _size(raw: bytes) -> bytes:
    size = len(raw)
    return LENGTHS[size] if size < len(LENGTHS) else size.to_bytes(8, "big")


def sealed(seal: bytes, name: bytes) -> bytes:
    """The seal of a strand that goes on with the op of this hash: H(seal so far, hash)."""
    hasher = UNBEGUN.copy()  # a digest written out, for every op of every merge and check
    hasher.update(b"".join((_size(seal), seal, _size(name), name)))
    return hasher.digest()
