"""The command that looks whether this installation is whole, and what a folder is good for: doctor."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import click

from labeler import __version__
from labeler.assets import APART, AssetMissing, program, projects_dir, resources_dir
from labeler.cli import streams
from labeler.cli.failures import DONE, WITH_PROBLEMS
from labeler.cli.options import PATH, as_json
from labeler.model.problems import Refusal
from labeler.plugins import Plugins
from labeler.store import Project

__all__ = ["doctor"]

_LIBRARIES = {
    "PySide6": "the app's windows",
    "cv2": "pictures and video",
    "numpy": "pictures and sound",
    "soundfile": "sound",
    "rich": "progress bars",
}


class Finding(NamedTuple):
    """One thing that was looked at, whether it is well, and what was found."""

    name: str
    ok: bool
    found: str


@click.command(
    help="Say whether this installation is whole; with --folder, what a folder is good for, shared "
    "ones above all. Nothing of yours is touched."
)
@click.option("--folder", type=PATH, help="Try this folder out instead.")
@as_json
def doctor(folder: Path | None, as_json: bool) -> int:
    """Look at the installation or at a folder."""
    if folder is not None:
        return _folder(folder, as_json)
    found = list(_findings())
    ok = all(one.ok for one in found)
    if as_json:
        checks: list[dict[str, Any]] = [one._asdict() for one in found]
        streams.data({"ok": ok, "version": __version__, "checks": checks})
    else:
        for one in found:
            streams.say(f"{'well' if one.ok else 'BROKEN'}  {one.name}: {one.found}")
    return DONE if ok else WITH_PROBLEMS


def _folder(folder: Path, as_json: bool) -> int:
    """Try a folder out."""
    from labeler.work.folder_trial import try_folder

    report = try_folder(folder, [*program(), APART, "hold"])
    ok = all(one.ok for one in report.checks)
    if as_json:
        streams.data(
            {
                "ok": ok,
                "folder": str(report.folder),
                "place": report.place.kind,
                "good_for": report.good_for,
                "advice": report.advice,
                "checks": report.checks,
            }
        )
    else:
        for one in report.checks:
            streams.say(f"{'well' if one.ok else 'NOT WELL'}  {one.name}: {one.found}")
        streams.say(f"{report.folder}: {report.advice}")
    return DONE if ok else WITH_PROBLEMS


def _findings() -> Iterator[Finding]:
    yield Finding("python", sys.version_info >= (3, 11), platform.python_version())
    yield Finding("system", True, f"{platform.system()} {platform.release()} {platform.machine()}")
    yield _tried("project file", _project_file)
    yield _tried("resources", lambda: str(resources_dir()))
    yield _tried("templates", _templates)
    for name, use in _LIBRARIES.items():
        here = find_spec(name) is not None
        yield Finding(name, here, f"{'there' if here else 'missing'}, for {use}")
    plugins = Plugins.load()
    for one in plugins.panels():
        yield _tried(f"plugin {one.id}", lambda one=one: _plugin(plugins, one.id))  # type: ignore[misc]
    for problem in plugins.discovery.failed:
        yield Finding("plugin", False, str(problem))


def _tried(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())
    except Refusal as refusal:
        return Finding(name, False, str(refusal.problem))
    except (OSError, AssetMissing) as error:
        return Finding(name, False, str(error))


def _project_file() -> str:
    """Make a project, write to it, check it and throw it away."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project.create(Path(folder) / "test", handle="doctor")
        try:
            wrong = project.check()
            version = project.file.row("SELECT sqlite_version()")[0]
        finally:
            project.close()
    if wrong:
        raise Refusal(wrong[0])
    return f"can be made and written, SQLite {version}"


def _templates() -> str:
    from labeler.exchange.templates import templates

    for template in templates():
        template.configs()
    return str(projects_dir())


def _plugin(plugins: Plugins, plugin: str) -> str:
    plugins.task(plugin)
    found = plugins.panel(plugin)
    return "" if found is None else f"{found.manifest.version}, {found.origin}"
