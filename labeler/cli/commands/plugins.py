"""The command about plugins: what there is, and what cannot be used and why."""

from __future__ import annotations

from typing import Any

import click

from labeler.cli import streams
from labeler.cli.failures import DONE, WITH_PROBLEMS
from labeler.cli.options import as_json
from labeler.plugins import Found, Plugins

__all__ = ["list_plugins"]


@click.command(name="plugins", help="List the plugins, without running any of their code.")
@as_json
def list_plugins(as_json: bool) -> int:
    """List the plugins."""
    plugins = Plugins.load()
    failed = plugins.discovery.failed
    if as_json:
        broken = [{"state": "failed", **streams.problem_tree(one)} for one in failed]
        streams.data([*(_tree(plugins, one) for one in plugins.panels()), *broken])
    else:
        for one in plugins.panels():
            manifest = one.manifest
            streams.say(f"{one.id} {manifest.version} ({one.origin}): {manifest.description}")
        streams.problems(failed)
    return WITH_PROBLEMS if failed else DONE


def _tree(plugins: Plugins, found: Found) -> dict[str, Any]:
    manifest = found.manifest
    return {
        "id": found.id,
        "name": manifest.name,
        "version": manifest.version,
        "state": plugins.state(found.id),
        "origin": found.origin,
        "place": str(found.place),
        "distribution": found.dist,
        "formats": [entry.id for entry in manifest.formats],
    }
