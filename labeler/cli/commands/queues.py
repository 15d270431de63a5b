"""The command about queues: shows or sets a configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from labeler.cli import streams
from labeler.cli.failures import DONE
from labeler.cli.opening import login_name, reading, writing
from labeler.cli.options import as_json, file_or_stdin, project_argument
from labeler.cli.reading import bytes_of, place_of
from labeler.model.problems import Problem, Refusal, nearest
from labeler.model.queue import QueueConfig, read_config
from labeler.plugins import Plugins
from labeler.store import Project, QueueRow

__all__ = ["config_tree", "queue"]

_LABEL: dict[str, Any] = {"id": "", "name": "", "colour": "", "key": "", "types": []}
_QUESTION: dict[str, Any] = {
    **{"id": "", "kind": "", "title": "", "required": False, "scope": "task", "when": None}
}
_CHOICE: dict[str, Any] = {"id": "", "title": "", "key": ""}


@click.command(
    help="Show a queue's configuration, or set it. Without NAME the queues are listed. A queue that "
    "is not there is made where --panel says for which panel."
)
@project_argument
@click.argument("name", required=False)
@click.option("--panel", metavar="PANEL", help="The panel of a new queue.")
@file_or_stdin("--config", "The configuration as JSON, as --json prints it under config.")
@as_json
def queue(
    project: Path, name: str | None, panel: str | None, config: Path | None, as_json: bool
) -> int:
    """Show or set a queue."""
    if name is None:
        if panel is not None or config is not None:
            raise Refusal.of("argument", reason="name the queue that is to be set")
        with reading(project) as opened:
            rows = opened.queues()
        if as_json:
            streams.data([_tree(row) for row in rows])
        for row in rows if not as_json else ():
            streams.say(f"{row.name} ({row.panel}): {row.title}")
        return DONE
    if panel is None and config is None:
        with reading(project) as opened:
            row = opened.queue(name)
    else:
        with writing(project) as opened:
            row = _set(opened, name, panel, config)
    if as_json:
        streams.data(_tree(row))
    else:
        _tell(row)
    return DONE


def _set(project: Project, name: str, panel: str | None, path: Path | None) -> QueueRow:
    """Write the queue; raises Refusal with the path of what is wrong with its configuration."""
    present = {row.name: row for row in project.queues()}.get(name)
    if present is None:
        if panel is None:
            known = [row.name for row in project.queues()]
            text = "there is no queue {queue!r}{hint}; to make it, name its panel with --panel"
            params = {"queue": name, "hint": nearest(name, known)}
            raise Refusal(Problem("queue_unknown", str(project.path), params, text))
        known_panels = [found.id for found in Plugins.load().panels()]
        if panel not in known_panels:
            text = "no plugin brings the panel {panel!r}{hint}"
            params = {"panel": panel, "hint": nearest(panel, known_panels)}
            raise Refusal(Problem("plugin_missing", "", params, text))
    elif panel not in (None, present.panel):
        raise Refusal.of("queue_panel", str(project.path), queue=name, panel=present.panel)
    config = present.config if present is not None else QueueConfig()
    if path is not None:
        config = read_config(bytes_of(path), f"{place_of(path)}: config", strict=True)
    by = login_name()
    project.sign_in(by)
    title = present.title if present is not None else name
    wanted = present.panel if present is not None else str(panel)
    return project.put_queue(name, config, panel=wanted, title=title, by=by)


def _tell(row: QueueRow) -> None:
    streams.say(f"{row.name} ({row.panel}): {row.title}")
    for label in row.config.labels:
        key = f" [{label.key}]" if label.key else ""
        streams.say(f"label {label.id}: {label.title}{key}")
    for question in row.config.questions:
        kind = question.__struct_config__.tag
        need = ", required" if question.required else ""
        streams.say(f"question {question.id}: {question.name} ({kind}{need})")
    streams.say(f"overlap {row.config.policy.overlap}")


def _tree(row: QueueRow) -> dict[str, Any]:
    return {"name": row.name, "panel": row.panel, "config": config_tree(row.config)}


def config_tree(config: QueueConfig) -> dict[str, Any]:
    """A configuration as ``queue --json`` prints it and takes it: what is usual is written out."""
    tree: dict[str, Any] = msgspec.to_builtins(config)
    tree["labels"] = [{**_LABEL, **label} for label in tree["labels"]]
    tree["questions"] = [_question_tree(question) for question in tree["questions"]]
    tree["policy"] = {"overlap": config.policy.overlap, **tree["policy"]}
    return tree


def _question_tree(question: dict[str, Any]) -> dict[str, Any]:
    tree = {**_QUESTION, **question}
    if "choices" in tree:
        tree["choices"] = [{**_CHOICE, **choice} for choice in tree["choices"]]
    return tree
