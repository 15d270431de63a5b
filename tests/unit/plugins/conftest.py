"""Plugins made on the spot: in a folder, or as an installed distribution on an import path."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

MakePlugin = Callable[..., Path]

HEAD = """
id = "{id}"
name = "A plugin"
version = "1.2.3"
api = ["{api}"]
task = "task:Task"
"""

TASK = (Path(__file__).parent / "good_half.py").read_text(encoding="utf-8")


def write_files(folder: Path, files: dict[str, str]) -> None:
    """Write these files, their indentation taken off."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")


@pytest.fixture
def make_plugin(tmp_path: Path) -> MakePlugin:
    """Make a plugin folder; returns the folder that holds it."""

    def make(
        plugin_id: str = "marks",
        *,
        more: str = "",
        api: str = "0.1",
        folder: str = "plugins",
        name: str = "",
        files: dict[str, str] | None = None,
    ) -> Path:
        place = tmp_path / folder / (name or plugin_id)
        manifest = HEAD.format(id=plugin_id, api=api) + textwrap.dedent(more)
        write_files(place, {"panel.toml": manifest, "task.py": TASK, **(files or {})})
        return tmp_path / folder

    return make


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakePlugin]:
    """Install a distribution into an import path of its own; returns that path's folder."""
    before = set(sys.modules)

    def make(
        dist: str,
        entry_points: str,
        files: dict[str, str],
        *,
        folder: str = "site",
        version: str = "2.0",
    ) -> Path:
        site = tmp_path / folder
        metadata = f"{dist.replace('-', '_')}-{version}.dist-info/entry_points.txt"
        write_files(site, {metadata: entry_points, **files})
        if str(site) not in sys.path:
            monkeypatch.syspath_prepend(str(site))
        return site

    yield make
    for name in set(sys.modules) - before:
        if name.startswith("guest_"):
            del sys.modules[name]
