"""Bytes of media in a merge: taken in where they are here by name only, and are what their hash says."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from labeler.model.ids import digest
from labeler.store.damage import Damaged
from labeler.store.file import ProjectFile
from labeler.store.media_rows import (
    LARGEST_MEDIUM,
    MEDIUM_PART,
    BlobPart,
    Media,
    PartsWriter,
    absent_media,
    medium_digest,
)
from labeler.store.merge_log import quarantine_put

__all__ = ["take_media", "take_packed"]


def _nobody() -> None:
    """Who is told of each part where nobody wants to know."""


def take_media(
    file: ProjectFile,
    source: ProjectFile,
    project: bytes,
    src: str,
    hlc: int,
    told: Callable[[], None] = _nobody,
) -> int:
    """Take in what the other copy has of them; returns how many did not verify, new ones only.

    ``told`` is called after each part, while no transaction is open.
    """
    theirs, ours = Media(source, project), Media(file, project)
    writer = PartsWriter(ours.put_parts)
    refused = 0
    for path, size, name in absent_media(file.connection):
        lengths = theirs.parts(name)
        if not lengths:
            continue  # nor has the other copy; a check names it
        if not _copy_medium(theirs, writer, name, lengths, size, told):
            writer.flush()
            ours.drop_parts(name)
            raw = msgspec.msgpack.encode({"medium": path, "hash": name, "length": sum(lengths)})
            why = f"the bytes of the medium {path!r} do not match their hash"
            with file.writing() as connection:
                refused += quarantine_put(connection, src, why, raw, digest(raw), hlc)
    writer.flush()
    return refused


def take_packed(file: ProjectFile, source: ProjectFile, project: bytes, name: bytes) -> bool:
    """Take in bytes by their hash alone, as a hand-out packs them; whether they are here then."""
    theirs, ours = Media(source, project), Media(file, project)
    if ours.here([name]):
        return True
    lengths = theirs.parts(name)
    writer = PartsWriter(ours.put_parts)
    taken = bool(lengths) and _copy_medium(theirs, writer, name, lengths, sum(lengths))
    writer.flush()
    if not taken:
        ours.drop_parts(name)
    return taken


def _copy_medium(
    theirs: Media,
    writer: PartsWriter,
    name: bytes,
    lengths: list[int],
    size: int,
    told: Callable[[], None] = _nobody,
) -> bool:
    """Write the other copy's bytes of a medium; whether they match their hash. Else it is not here."""
    cut = [MEDIUM_PART] * (len(lengths) - 1)
    if (
        size > LARGEST_MEDIUM
        or sum(lengths) != size
        or lengths[:-1] != cut
        or lengths[-1] > MEDIUM_PART
    ):
        return False
    hasher, first = medium_digest(), b""
    for number in range(len(lengths)):
        try:
            data = theirs.part(name, number)
        except Damaged:
            return False
        hasher.update(data)
        if number:
            writer.add(BlobPart(name, number, data))
        else:
            first = data
        told()
    if hasher.digest() != name:
        return False
    writer.add(BlobPart(name, 0, first))  # the last: with it the medium is here
    return True
