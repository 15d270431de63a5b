"""Uids and region ids: what names a thing in every copy of a project.

H is BLAKE2b with a 128-bit digest over length-prefixed UTF-8 fields. A uid is 16 bytes, shown as 32
hexadecimal digits. Uids are derived, never random, wherever two copies could make the same thing;
only a project and a strand are random.
"""

from __future__ import annotations

import os
import unicodedata
from hashlib import blake2b

__all__ = [
    "GREATEST_ID_LENGTH",
    "LENGTHS",
    "Digester",
    "annotation_uid",
    "derived_region_id",
    "digest",
    "fresh_region_id",
    "fresh_uid",
    "guideline_uid",
    "handout_uid",
    "joined_fields",
    "labels_uid",
    "media_uid",
    "medium_fingerprint",
    "normal_handle",
    "out_uid",
    "person_uid",
    "project_entity",
    "queue_uid",
    "task_uid",
    "uid_from_text",
]

GREATEST_ID_LENGTH = 128
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_REGION_ID_BITS = 60


LENGTHS = tuple(length.to_bytes(8, "big") for length in range(4097))
"""The bytes of small lengths, as they stand before a field."""


def _length(raw: bytes) -> bytes:
    length = len(raw)
    return LENGTHS[length] if length <= 4096 else length.to_bytes(8, "big")


def digest(*fields: str | bytes | int) -> bytes:
    """H of the fields: 16 bytes. Texts as UTF-8, integers in decimal, each with its length before it."""
    return blake2b(joined_fields(*fields), digest_size=16).digest()


class Digester:
    """H of fields of which the first and the last are always the same: for a million of them."""

    __slots__ = ("_begun", "_tail")

    def __init__(self, *first: str | bytes | int, last: tuple[str | bytes | int, ...] = ()) -> None:
        self._begun = blake2b(joined_fields(*first), digest_size=16)
        self._tail = joined_fields(*last)

    def __call__(self, *fields: bytes) -> bytes:
        """H of the first fields, these (bytes already) and the last."""
        hasher = self._begun.copy()
        for raw in fields:
            hasher.update(_length(raw) + raw)
        hasher.update(self._tail)
        return hasher.digest()


def joined_fields(*fields: str | bytes | int) -> bytes:
    """The bytes that H is taken of: each field with its length before it."""
    raws = [
        field if isinstance(field, bytes) else str(field).encode("utf-8", "surrogatepass")
        for field in fields
    ]
    return b"".join(_length(raw) + raw for raw in raws)


def fresh_uid() -> bytes:
    """A random uid, for a new project or strand."""
    return os.urandom(16)


def uid_from_text(text: str) -> bytes | None:
    """The uid that 32 hexadecimal digits name, or None if the text is no uid."""
    if len(text) != 32:
        return None
    try:
        uid = bytes.fromhex(text)
    except ValueError:
        return None
    return uid if len(uid) == 16 else None  # fromhex skips blanks


def normal_handle(handle: str) -> str:
    """A person's handle as it is hashed: NFC, trimmed, case-folded."""
    return unicodedata.normalize("NFC", handle.strip()).casefold()


def person_uid(project: bytes, handle: str) -> bytes:
    """Uid of the person with this handle in this project."""
    return digest("person", project, normal_handle(handle))


def project_entity(project: bytes) -> bytes:
    """Uid of the entity that carries the project's own settings."""
    return digest("project", project)


def queue_uid(project: bytes, queue: str) -> bytes:
    """Uid of a queue by its id."""
    return digest("queue", project, queue)


def labels_uid(project: bytes, queue: str) -> bytes:
    """Uid of a queue's label set."""
    return digest("labels", project, queue)


def guideline_uid(project: bytes, queue: str) -> bytes:
    """Uid of a queue's guideline."""
    return digest("guideline", project, queue)


def task_uid(project: bytes, queue: str, key: str, fingerprint: bytes) -> bytes:
    """Uid of a task: the same key and content in the same queue are the same task in every copy.

    ``fingerprint`` is empty for a task made before its medium.
    """
    return digest("task", project, queue, key, fingerprint)


def annotation_uid(task: bytes, layer: str, author: str, round_: int, about: str = "") -> bytes:
    """Uid of one author's value on one task; ``round_`` is 0, one more for each wanted repeat.

    ``author`` and ``about`` are uids in hexadecimal; what a person says about an annotation (a review)
    names it ``about``, for they may say something about each of a task's.
    """
    if about:
        return digest("annotation", task, layer, author, round_, about)
    return digest("annotation", task, layer, author, round_)


def handout_uid(project: bytes, handout: str) -> bytes:
    """Uid of a hand-out by its own random id (32 hexadecimal digits)."""
    return digest("handout", project, handout)


def out_uid(task: bytes) -> bytes:
    """Uid of what says who a task is handed out to."""
    return digest("out", task)


def media_uid(project: bytes, root: str, path: str) -> bytes:
    """Uid of a medium by the name of its root and its relative POSIX path."""
    return digest("media", project, root, path)


def medium_fingerprint(size: int, first: bytes, middle: bytes, last: bytes) -> bytes:
    """The fingerprint of a medium's file: H("medium", size, first, middle, last), 16 bytes.

    ``size`` is in bytes; ``first``, ``middle`` and ``last`` are its 4096 bytes from 0, from
    (size − 4096) // 2 and from size − 4096. A file below 4096 bytes is each of them whole.
    """
    hasher = _medium.copy()  # digest written out, for every file of an import
    said = b"%d" % size
    lengths = LENGTHS
    whole = (lengths[len(said)], said, lengths[len(first)], first, lengths[len(middle)], middle)
    hasher.update(b"".join((*whole, lengths[len(last)], last)))
    return hasher.digest()


_medium = blake2b(joined_fields("medium"), digest_size=16)


_region = blake2b(joined_fields("region"), digest_size=16)
_LETTERS = [low + high for high in _ALPHABET for low in _ALPHABET]
"""The two letters of ten bits, the lower five first."""


def _region_id(number: int) -> str:
    letters = _LETTERS
    return "".join([letters[number >> at & 1023] for at in range(0, _REGION_ID_BITS, 10)])


def fresh_region_id() -> str:
    """A random region id of 60 bits, 12 letters: what an editor gives a new region."""
    return _region_id(int.from_bytes(os.urandom(8), "big"))


def derived_region_id(key: str, fields: bytes, occurrence: int) -> str:
    """The region id of an imported region: the same import gives the same id on every copy.

    ``key`` is the task's key, ``fields`` the region's canonical JSON without its id, ``occurrence``
    counts equal regions of that task from 0.
    """
    hasher = _region.copy()
    name = key.encode("utf-8", "surrogatepass")
    count = b"%d" % occurrence
    hasher.update(_length(name) + name + _length(fields) + fields + _length(count) + count)
    return _region_id(int.from_bytes(hasher.digest()[:8], "big"))
