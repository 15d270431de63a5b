"""Templates and the sample: projects as folders of data, made into project files of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from labeler.api.formats import ImportFormat
from labeler.api.manifest import FormatEntry
from labeler.assets import projects_dir
from labeler.exchange.importing import ImportOptions, run_import
from labeler.exchange.needs import Panels, here
from labeler.model.problems import Problem, Refusal, nearest
from labeler.model.queue import QueueConfig, fault_of, read_config
from labeler.store import Project

__all__ = [
    "FormatHost",
    "SampleSource",
    "Template",
    "TemplateQueue",
    "new_project",
    "sample",
    "sample_project",
    "template_named",
    "templates",
]

_TEMPLATE_FILE = "template.json"
_SAMPLE_FILE = "sample.json"


class TemplateQueue(msgspec.Struct, frozen=True):
    """One queue of a template; ``guideline`` names a Markdown file beside it.

    With ``template`` it is a queue of that template, the one of its ``name`` or the first: what is
    not said here is said there.
    """

    name: str = ""
    panel: str = ""
    template: str = ""
    title: str = ""
    guideline: str = ""
    labels: msgspec.Raw = msgspec.Raw(b"[]")
    questions: msgspec.Raw = msgspec.Raw(b"[]")
    policy: msgspec.Raw = msgspec.Raw(b"{}")
    settings: msgspec.Raw = msgspec.Raw(b"{}")


class SampleSource(msgspec.Struct, frozen=True):
    """One file or folder that a sample brings: into which queue, how it is read and as what.

    Media in it go into the project itself. ``settings`` are the panel's, for this import.
    """

    queue: str
    file: str
    format: str
    taken: Literal["tasks", "annotations", "predictions", "gold"] = msgspec.field(name="as")
    by: str = ""
    settings: dict[str, Any] = {}


class Template(msgspec.Struct, frozen=True):
    """One kind of project. ``folder`` is where its files lie, ``sources`` what a sample brings."""

    name: str
    title: str
    queues: tuple[TemplateQueue, ...]
    description: str = ""
    icon: str = ""
    order: int = 0
    sources: tuple[SampleSource, ...] = ()
    folder: Path = msgspec.field(default=Path(), name="folder_")

    @property
    def panels(self) -> tuple[str, ...]:
        """The panels of its queues, each once."""
        return tuple(dict.fromkeys(queue.panel for queue in self.queues))

    def config(self, queue: TemplateQueue) -> QueueConfig:
        """The configuration of one of its queues; raises Refusal with the path of what is wrong."""
        guideline = self.folder / queue.guideline
        tree = {
            "labels": queue.labels,
            "questions": queue.questions,
            "guideline": guideline.read_text("utf-8") if queue.guideline else "",
            "policy": queue.policy,
            "settings": queue.settings,
        }
        return read_config(msgspec.json.encode(tree), f"{self.folder.name}: queue {queue.name}")

    def configs(self) -> Mapping[str, QueueConfig]:
        """The configuration of each queue by its name, in order."""
        return {queue.name: self.config(queue) for queue in self.queues}


_template = msgspec.json.Decoder(Template)


def _read(path: Path) -> Template:
    template = _written(path)
    queues = tuple(_whole(queue, path) for queue in template.queues)
    return msgspec.structs.replace(template, queues=queues)


def _written(path: Path) -> Template:
    """The template as its file has it."""
    try:
        template = _template.decode(path.read_bytes())
    except msgspec.DecodeError as error:
        place, reason = fault_of(error)
        raise Refusal(Problem("config_invalid", f"{path}{place}", {"reason": reason})) from None
    return msgspec.structs.replace(template, folder=path.parent)


def _whole(queue: TemplateQueue, path: Path) -> TemplateQueue:
    """The queue with what the template it is of says of it; raises Refusal."""
    if queue.template:
        source = projects_dir() / "templates" / queue.template / _TEMPLATE_FILE
        if not source.is_file():
            raise Refusal.of("template_unknown", str(path), template=queue.template, hint="")
        other = _written(source)
        there = next((one for one in other.queues if one.name == queue.name), other.queues[0])
        told = {
            field.name: getattr(queue, field.name)
            for field in msgspec.structs.fields(TemplateQueue)
            if getattr(queue, field.name) != field.default
        }
        if there.guideline:
            told.setdefault("guideline", str(other.folder / there.guideline))
        queue = msgspec.structs.replace(there, **told)
    if not (queue.name and queue.panel):
        reason = "a queue has a name and a panel, or is one of a template that says both"
        raise Refusal(Problem("config_invalid", f"{path}.queues", {"reason": reason}))
    return queue


def templates() -> list[Template]:
    """The templates of this installation, in their order."""
    found = [_read(path) for path in sorted(projects_dir().glob(f"templates/*/{_TEMPLATE_FILE}"))]
    return sorted(found, key=lambda one: (one.order, one.name))


def sample() -> Template:
    """The sample project with the files it brings."""
    return _read(projects_dir() / "sample" / _SAMPLE_FILE)


def template_named(name: str) -> Template:
    """The template with this name; raises Refusal template_unknown."""
    known = templates()
    for template in known:
        if template.name == name:
            return template
    hint = nearest(name, [one.name for one in known])
    raise Refusal.of("template_unknown", template=name, hint=hint)


def new_project(
    path: Path,
    template: Template | str,
    *,
    handle: str,
    name: str = "",
    title: str = "",
    configs: Mapping[str, QueueConfig] | None = None,
) -> Project:
    """Make a project of a template and sign its first person in; never overwrites. Raises Refusal.

    ``configs`` are taken in place of the template's own, by queue. Nothing is left of it where
    anything goes wrong.
    """
    chosen = template_named(template) if isinstance(template, str) else template
    wanted: dict[str, Any] = {**chosen.configs(), **(configs or {})}
    project = Project.create(path, title=title, handle=handle, name=name)
    try:
        for queue in chosen.queues:
            project.put_queue(
                queue.name,
                wanted[queue.name],
                panel=queue.panel,
                title=queue.title,
                by=handle,
            )
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    return project


class FormatHost(Panels, Protocol):
    """What the sample needs of the plugins besides: the formats its files are in."""

    def format(self, format_id: str, panel: str | None = None, /) -> FormatEntry:
        """The format with this id; raises Refusal."""

    def reader(self, entry: FormatEntry, /) -> ImportFormat:
        """The format's reader; raises Refusal."""


def sample_project(path: Path, host: FormatHost, *, handle: str, name: str = "") -> Project:
    """Make a project of the sample and take its files in; never overwrites. Raises Refusal.

    What the sample ships is not touched; nothing is left of the project where anything goes wrong.
    """
    chosen = sample()
    project = new_project(path, chosen, handle=handle, name=name, title=chosen.title)
    try:
        for source in chosen.sources:
            panel = project.queue(source.queue).panel
            reader = host.reader(host.format(source.format, panel))
            # Media too: what the sample ships may lie anywhere, and a project of one's own goes along.
            options = ImportOptions(
                by=source.by or handle,
                taken=source.taken,
                embed=True,
                settings=source.settings,
            )
            run_import(
                here(project), host, reader, [chosen.folder / source.file], source.queue, options
            )
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    return project
