"""Commands about hand-outs: handout, handouts, recall."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from labeler.cli import streams
from labeler.cli.failures import DONE
from labeler.cli.opening import login_name, media_of, reading, writing
from labeler.cli.options import PATH, as_json, by_person, in_queue, project_argument
from labeler.model.problems import counted

__all__ = ["handout", "list_handouts", "recall"]


@click.command(
    help="Hand tasks out to a person: OUT is a project of its own, with their media and guideline. "
    "Take it back with merge."
)
@project_argument
@click.argument("out", type=PATH)
@click.option("--to", required=True, metavar="PERSON", help="Who gets the tasks.")
@in_queue()
@click.option("--count", type=int, required=True, metavar="N", help="How many tasks.")
@click.option("--search", default="", metavar="TEXT", help="Only those this finds; see tasks.")
@click.option("--due", default="", metavar="DATE", help="When they are wanted (YYYY-MM-DD).")
@by_person("Who hands out; left out, whoever is logged in.")
@as_json
def handout(
    project: Path,
    out: Path,
    to: str,
    queue: str | None,
    count: int,
    search: str,
    due: str,
    by: str | None,
    as_json: bool,
) -> int:
    """Hand tasks out."""
    from labeler.model.problems import Refusal
    from labeler.team import hand_out

    with writing(project) as opened:
        names = [one.name for one in opened.queues()]
        if queue is None and len(names) != 1:
            raise Refusal.of("queue_needed", str(project), count=len(names))
        made = hand_out(
            opened,
            out,
            to=to,
            by=by or login_name(),
            queue=queue or names[0],
            count=count,
            opens=media_of(opened).open,
            due=due,
            search=search,
        )
    if as_json:
        streams.data({"handout": made.id, "tasks": made.tasks, "media": made.media})
    else:
        what = f"{counted(made.tasks, 'task')} and {counted(made.media, 'medium', 'media')}"
        streams.say(f"{out}: {what} for {to}")
    return DONE


@click.command(name="handouts", help="List who has which tasks, since when, and how far they are.")
@project_argument
@as_json
def list_handouts(project: Path, as_json: bool) -> int:
    """List hand-outs."""
    from labeler.team.due import is_late

    with reading(project) as opened:
        found = opened.handouts()
    if as_json:
        streams.data(
            [
                {
                    "handout": one.id,
                    "to": one.person,
                    "by": one.by,
                    "queue": one.queue,
                    "tasks": one.tasks,
                    "done": one.done,
                    "since": _day(one.since),
                    "due": one.due or None,
                    "overdue": is_late(one),
                    "recalled": _day(one.recalled) if one.recalled else None,
                }
                for one in found
            ]
        )
        return DONE
    for one in found:
        due = f", due {one.due}{' (overdue)' if is_late(one) else ''}" if one.due else ""
        back = f", recalled {_day(one.recalled)}" if one.recalled else ""
        done = f"{one.done} of {one.tasks} done"
        streams.say(
            f"{one.id}  {one.person}: {one.queue}, {done}, since {_day(one.since)}{due}{back}"
        )
    return DONE


def _day(milliseconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y-%m-%d}"
    except (ValueError, OverflowError, OSError):  # a file may say any number
        return "?"


@click.command(
    help="Take a hand-out back: its tasks are for everybody again. What still comes of it is kept."
)
@project_argument
@click.argument("handout")
@by_person("Who recalls; left out, whoever is logged in.")
def recall(project: Path, handout: str, by: str | None) -> int:
    """Recall a hand-out."""
    with writing(project) as opened:
        who = by or login_name()
        opened.sign_in(who)
        told = opened.recall(handout, by=who)
    streams.say(f"{handout}: recalled from {told.person}, {told.done} of {told.tasks} done")
    return DONE
