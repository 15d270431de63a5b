"""What the ops of a medium say of it, where two copies of a project said it each for itself."""

from __future__ import annotations

import sqlite3

from labeler.store.bodies import MediaBody
from labeler.store.damage import Damaged, read_body
from labeler.store.heads import heads_of
from labeler.store.oplog import EntityKind, unpack_body

__all__ = ["media_versions", "shown_medium", "shown_of"]


def media_versions(connection: sqlite3.Connection, ent: int) -> list[MediaBody]:
    """The versions of a medium that read, the newest first."""
    bodies = []
    for head in heads_of(connection, ent, EntityKind.MEDIA)[0]:
        try:
            raw = unpack_body(connection, head.enc, head.stored)
            if raw is not None:
                bodies.append(read_body(raw, MediaBody))
        except Damaged:
            continue  # a check names it
    return bodies


def shown_of(versions: list[MediaBody]) -> MediaBody | None:
    """The one that counts: the newest whose bytes the project has taken in, else the newest."""
    return next((body for body in versions if body.hash), versions[0] if versions else None)


def shown_medium(connection: sqlite3.Connection, ent: int) -> MediaBody | None:
    """What counts of a medium, or None where nothing of it reads."""
    return shown_of(media_versions(connection, ent))
