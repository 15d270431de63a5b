"""Tries the bundle as a stranger has it: a copy of it far from the checkout, in a home of its own.

Its tour must pass offscreen, and on a screen where Xvfb is installed; a third party's panel whose
folder lies in the person's plugin folder must be listed, and load.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

EXAMPLE = Path("tests", "example_panel", "src", "labeler_example_tokens")
TOUR_SECONDS = 300


class TrialFailed(Exception):
    """The bundle does not do what it must; the text says what and shows its words."""


def try_out(bundle: Path, root: Path) -> list[str]:
    """What was proven of the bundle, in lines; raises TrialFailed."""
    proven = []
    with tempfile.TemporaryDirectory(prefix="bündle trial ") as folder:
        home = Path(folder)
        copy = home / "Programme" / bundle.name
        shutil.copytree(bundle, copy, symlinks=True)
        executable = copy / ("labeler.exe" if os.name == "nt" else "labeler")
        variables = _variables(home)
        shutil.copytree(root / EXAMPLE, home / "plugins" / EXAMPLE.name)
        listed = json.loads(_run([executable, "plugins", "--json"], home, variables))
        states = {one["id"]: one["state"] for one in listed}
        if states.get("sentiment") != "found" or states.get("tokens") != "found":
            raise TrialFailed(f"the panels it finds are {states}")
        schema = json.loads(_run([executable, "schema", "tokens", "value"], home, variables))
        if "TokenMark" not in json.dumps(schema):
            raise TrialFailed("the example panel is found and does not load")
        proven.append(f"panels found: {', '.join(sorted(states))}")
        screens: list[tuple[str, list[str | Path], dict[str, str]]] = [
            ("offscreen", [], {"QT_QPA_PLATFORM": "offscreen"})
        ]
        if shutil.which("xvfb-run"):
            screens.append(("Xvfb", ["xvfb-run", "-a"], {"QT_QPA_PLATFORM": "xcb"}))
        for name, before, platform in screens:
            tour = home / f"tour {name}"
            _run([*before, executable, "demo", "--tour", tour], home, {**variables, **platform})
            report = json.loads((tour / "report.json").read_text(encoding="utf-8"))
            for panel, said in report.items():
                if said["stored"] != said["reopened"] or not said["exports"]:
                    raise TrialFailed(f"the tour of {panel} on {name} lost something: {said}")
                proven.append(f"tour of {panel} on {name}: {said['gestures']} gestures")
    return proven


def _variables(home: Path) -> dict[str, str]:
    kept = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMP")
    variables = {name: os.environ[name] for name in kept if name in os.environ}
    variables |= {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LABELER_PLUGINS": str(home / "plugins"),
    }
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        variables[f"XDG_{name}_HOME"] = str(home / name.lower())
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {**variables, "XDG_RUNTIME_DIR": str(runtime)}


def _run(words: list[str | Path], cwd: Path, variables: dict[str, str]) -> str:
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=variables,
        timeout=TOUR_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        command = " ".join(Path(word).name for word in words)
        raise TrialFailed(f"`{command}` ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout
