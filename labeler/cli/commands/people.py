"""The command about people: lists them with their roles, or says what one does here."""

from __future__ import annotations

from pathlib import Path

import click

from labeler.cli import streams
from labeler.cli.failures import DONE
from labeler.cli.opening import login_name, reading, writing
from labeler.cli.options import as_json, by_person, project_argument
from labeler.store.people import ROLES
from labeler.store.rows import Person

__all__ = ["people"]


@click.command(
    help="List the people of a project, or say what PERSON does in it: annotate, review, coordinate. "
    "The app does not show which tasks have gold to who only annotates. Who made the project "
    "coordinates it."
)
@project_argument
@click.argument("person", required=False)
@click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    help="What PERSON does, in place of what was said before; give it again for several.",
)
@by_person("The coordinator who says so; left out, whoever is logged in.")
@as_json
def people(
    project: Path, person: str | None, roles: tuple[str, ...], by: str | None, as_json: bool
) -> int:
    """List people, or give one roles."""
    from labeler.model.problems import Refusal

    if (person is None) != (not roles):
        raise Refusal.of("argument", reason="name a person and, with --role, what they do")
    if person is None:
        with reading(project) as opened:
            found = [one for one in opened.people() if one.kind == "person"]
    else:
        with writing(project) as opened:
            found = [opened.give_roles(person, roles, by=by or login_name())]
    if as_json:
        streams.data(
            [{"handle": one.handle, "name": one.name, "roles": _roles(one)} for one in found]
        )
    for one in found if not as_json else ():
        name = f" ({one.name})" if one.name else ""
        streams.say(f"{one.handle}{name}: {', '.join(_roles(one))}")
    return DONE


def _roles(person: Person) -> list[str]:
    return list(person.roles) or ["annotator"]
