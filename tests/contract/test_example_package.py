"""The example from outside, as a wheel that is installed and as a folder that is dropped in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest
from installing import EXAMPLE, PACKAGE, drop_into

from labeler.api.testing import PanelContract
from labeler.plugins import Plugins, discover
from labeler.plugins.imports import load

EXAMPLES = (EXAMPLE / "examples.json").read_bytes()


def python(code: str, site: Path, checkout: Path) -> object:
    """What the code prints, as JSON, run where the site and the checkout can be imported from."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(checkout)])},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_wheel_holds_the_manifest_and_says_where_it_is(example_wheel: Path) -> None:
    with zipfile.ZipFile(example_wheel) as wheel:
        names = set(wheel.namelist())
        (metadata,) = (name for name in names if name.endswith("entry_points.txt"))
        points = wheel.read(metadata).decode()
    assert {f"{PACKAGE}/panel.toml", f"{PACKAGE}/task.py", f"{PACKAGE}/editor.py"} <= names
    assert f"[labeler.panels]\ntokens = {PACKAGE}:panel.toml" in points


def test_the_installed_example_is_found_without_running_any_of_it(
    example_site: Path, checkout: Path
) -> None:
    code = f"""
import json, sys
from labeler.plugins import Plugins
plugins = Plugins.load()
one = plugins.panel("tokens")
told = [one.origin, one.package, one.dist, one.dist_version, [str(p) for p in plugins.discovery.failed]]
before = [name for name in sys.modules if name.startswith("{PACKAGE}")]
task = plugins.task("tokens")
after = sorted(name for name in sys.modules if name.startswith("{PACKAGE}"))
print(json.dumps([told, before, after, [cls.type_name() for cls in task.region_types]]))
"""
    told, before, after, types = python(code, example_site, checkout)
    assert told == ["installed", PACKAGE, "labeler-example-tokens", "0.3.0", []]
    assert before == []
    assert after == [PACKAGE, f"{PACKAGE}.marks", f"{PACKAGE}.task"]  # no format, no editor
    assert types == ["token_mark"]


def test_the_installed_example_keeps_the_contract(example_site: Path, checkout: Path) -> None:
    code = f"""
import json
from pathlib import Path
from labeler.api.testing import PanelContract
folder = Path({str(example_site / PACKAGE)!r})
contract = PanelContract(folder / "panel.toml", {PACKAGE!r}, examples={EXAMPLES!r})
contract.run()
print(json.dumps(len(contract.claims())))
"""
    assert python(code, example_site, checkout) > 15


def test_the_example_in_a_folder_of_another_name_keeps_the_contract(tmp_path: Path) -> None:
    folder = drop_into(tmp_path / "plugins", name="anything you like")
    discovery = discover([folder], own=tmp_path / "none", search_path=[])
    assert discovery.failed == ()
    (found,) = discovery.found
    assert found.origin == "folder"
    contract = PanelContract(
        found.place / "panel.toml", examples=EXAMPLES, load=partial(load, found)
    )
    contract.run()
    assert PACKAGE not in sys.modules


def test_two_copies_of_the_example_can_be_loaded_in_one_program(tmp_path: Path) -> None:
    types = []
    for name in ("one", "two"):
        folder = drop_into(tmp_path / name)
        discovery = discover([folder], own=tmp_path / "none", search_path=[])
        types += Plugins(discovery, tmp_path / "logs").task("tokens").region_types
    assert types[0].__name__ == types[1].__name__ == "TokenMark"
    assert types[0] is not types[1]


@pytest.mark.parametrize("module", ["marks.py", "task.py", "formats.py", "editor.py"])
def test_the_example_knows_the_two_doors_only(module: str) -> None:
    import ast

    tree = ast.parse((EXAMPLE / "src" / PACKAGE / module).read_text(encoding="utf-8"))
    names = [
        node.module or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 0
    ]
    names += [
        one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names
    ]
    ours = {name for name in names if name.partition(".")[0] == "labeler"}
    assert all(name.split(".")[1] in ("api", "kit") for name in ours), ours
    assert module == "editor.py" or not [
        name for name in names if "PySide6" in name or "kit" in name
    ]
