"""Commands about a project as a whole: new, templates, info, check, backup, repair."""

from __future__ import annotations

from pathlib import Path

import click

from labeler.cli import streams
from labeler.cli.failures import DONE, WITH_PROBLEMS
from labeler.cli.opening import login_name, reading, writing
from labeler.cli.options import PATH, as_json, project_argument
from labeler.cli.progress import Bar
from labeler.model.problems import Refusal, counted
from labeler.work.presence import people_at

__all__ = ["backup", "check", "info", "list_templates", "new", "repair"]

_DOES = {
    "edits": "has this open",
    "reads": "has this open to read",
    "copy": "works on a copy of this",
}


@click.command(help="Make a project from a template. A file that is there is never overwritten.")
@project_argument
@click.option("--template", required=True, metavar="NAME", help="See the command templates.")
def new(project: Path, template: str) -> int:
    """Make a project; its first person is whoever is logged in."""
    from labeler.exchange.templates import new_project

    new_project(project, template, handle=login_name()).close()
    streams.say(f"{project}: made")
    return DONE


@click.command(name="templates", help="List the templates a project can be made from.")
@as_json
def list_templates(as_json: bool) -> int:
    """List the templates."""
    from labeler.exchange.templates import templates

    found = templates()
    if as_json:
        streams.data(
            [{"name": one.name, "title": one.title, "panels": one.panels} for one in found]
        )
        return DONE
    for one in found:
        streams.say(f"{one.name}  {one.title}: {one.description}")
    return DONE


@click.command(help="Say what is in a project: queues, people, how much is done.")
@project_argument
@as_json
def info(project: Path, as_json: bool) -> int:
    """Say what is in a project."""
    with reading(project) as opened:
        counts = opened.query.counts()
        queues = opened.queues()
        people = [one for one in opened.people() if one.kind == "person"]
        title = opened.title
        others = people_at(opened.path)
    if as_json:
        streams.data(
            {
                "project": title,
                "tasks": counts["tasks"],
                "annotations": counts["annotations"],
                "conflicts": counts["conflicts"],
                "queues": [
                    {"name": one.name, "panel": one.panel, "tasks": one.tasks, "done": one.done}
                    for one in queues
                ],
                "people": [one.handle for one in people],
                "open": [
                    {
                        "person": one.person,
                        "host": one.host,
                        "how": one.how if one.how in _DOES else "edits",
                    }
                    for one in others
                ],
            }
        )
        return DONE
    annotations = counted(counts["annotations"], "annotation")
    streams.say(f"{title}: {counted(counts['tasks'], 'task')}, {annotations}")
    for one in queues:
        streams.say(f"queue {one.name} ({one.panel}): {one.done} of {one.tasks} done")
    streams.say(f"people: {', '.join(one.handle for one in people)}")
    if counts["conflicts"]:
        streams.say(counted(counts["conflicts"], "conflict"))
    for other in others:
        streams.say(f"{other.person} {_DOES.get(other.how, _DOES['edits'])} on {other.host}")
    return DONE


@click.command(help="Say whether a project file is sound. Nothing is changed.")
@project_argument
@as_json
def check(project: Path, as_json: bool) -> int:
    """Check a project file; what was set aside in a sound one is told as well."""
    from labeler.store.health import SET_ASIDE

    try:
        with reading(project) as opened, Bar("Check") as told:
            found = opened.check(told)
    except Refusal as refusal:
        if as_json:  # what a script asks of a file it does not know is answered, not only refused
            streams.data({"ok": False, "problems": [streams.problem_tree(refusal.problem)]})
        raise
    sound = all(one.code == SET_ASIDE for one in found)
    if as_json:
        streams.data({"ok": sound, "problems": [streams.problem_tree(one) for one in found]})
    else:
        streams.problems(found)
        streams.say(f"{project}: {'sound' if sound else 'damaged'}")
    return WITH_PROBLEMS if found else DONE


@click.command(help="Copy a project, drafts and all. The copy is checked; OUT must not exist.")
@project_argument
@click.argument("out", type=PATH)
def backup(project: Path, out: Path) -> int:
    """Copy a project, also from where it cannot be opened in place."""
    with Bar("Backup") as told:
        try:
            with reading(project) as opened:
                opened.copy_to(out, told)
        except Refusal as refusal:
            if refusal.problem.code != "file_wal":
                raise
            from labeler.store.incoming import copy_as_it_is

            copy_as_it_is(project, out, told)
    streams.say(f"{out}: made")
    return DONE


@click.command(
    help="Make a new project OUT of all that can still be proven in a damaged one, which is not "
    "touched. What is missing is said. Without OUT only what the file says twice is made anew in it: "
    "indexes and caches."
)
@project_argument
@click.argument("out", type=PATH, required=False)
@click.option(
    "--backup", metavar="FILE", type=PATH, help="A good copy, whose work is taken in as well."
)
def repair(project: Path, out: Path | None, backup: Path | None) -> int:
    """Repair a project."""
    if out is None:
        if backup is not None:
            raise Refusal.of("argument", reason="name a new file to take the backup's work into")
        return _mended(project)
    from labeler.store.repair import repair as repaired

    with Bar("Repair") as told:
        report = repaired(project, out, backup, told)
    streams.problems(report.problems)
    more = f", {report.from_backup} more from the backup" if backup is not None else ""
    streams.say(f"{out}: made, {counted(report.recovered, 'change')} recovered{more}")
    return WITH_PROBLEMS if report.problems else DONE


def _mended(project: Path) -> int:
    """Put right in place what can be; say what is wrong still."""
    from labeler.store.health import SET_ASIDE

    with writing(project) as opened, Bar("Repair") as told:
        opened.mend()
        found = opened.check(told)
    streams.problems(found)
    sound = all(one.code == SET_ASIDE for one in found)
    left = "sound" if sound else "damaged still"
    streams.say(f"{project}: indexes and caches made anew; {left}")
    return WITH_PROBLEMS if found else DONE
