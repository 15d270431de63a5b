"""Who is in a project and what each may see: roles as given, and who made the project coordinates it."""

from __future__ import annotations

from labeler.model.ids import project_entity
from labeler.store.damage import read_body
from labeler.store.file import ProjectFile
from labeler.store.rows import Person

__all__ = ["ROLES", "people_of", "roles_of"]

ROLES = ("annotator", "reviewer", "coordinator")


def people_of(file: ProjectFile, project: bytes) -> list[Person]:
    """Everybody known, people before models, by handle."""
    maker = _maker(file, project)
    rows = file.rows(
        "SELECT person.uid, who.handle, who.name, who.roles, who.kind FROM who "
        "JOIN person ON person.id=who.id ORDER BY who.kind='model', who.handle"
    )
    return [
        Person(
            row[0].hex(),
            row[1],
            row[2],
            _with_rest(read_body(row[3], tuple[str, ...]), made=row[0] == maker),
            row[4],
        )
        for row in rows
    ]


def roles_of(
    file: ProjectFile, project: bytes, person: bytes, given: tuple[str, ...]
) -> tuple[str, ...]:
    """The roles of a person who was ``given`` these; who was given none and made the project
    coordinates it."""
    return _with_rest(given, made=not given and person == _maker(file, project))


def _with_rest(given: tuple[str, ...], *, made: bool) -> tuple[str, ...]:
    return given or (("coordinator",) if made else ())


def _maker(file: ProjectFile, project: bytes) -> bytes | None:
    """Who wrote the first that is known of the project itself."""
    row = file.row(
        "SELECT person.uid FROM op JOIN ent ON ent.id=op.ent JOIN person ON person.id=op.person "
        "WHERE ent.uid=? ORDER BY op.hlc, op.id LIMIT 1",
        (project_entity(project),),
    )
    return row[0] if row else None
