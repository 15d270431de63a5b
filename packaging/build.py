"""Builds the application as one folder that needs no Python: dist/labeler/.

Run by ``python packaging/dev.py bundle``, inside the checkout's environment. What was built is
looked through, started once and tried out far from the checkout before it counts as built.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bundle_contents import unwanted
from licence_check import bundle_breaches
from trial import TrialFailed, try_out

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "dist" / "labeler"
LOG = ROOT / "build" / "bundle.log"
EXECUTABLE = BUNDLE / ("labeler.exe" if os.name == "nt" else "labeler")


class BuildFailed(Exception):
    """The bundle could not be built or is not sound; the text says what is wrong."""


def freeze() -> None:
    """Run PyInstaller on the recipe, its words going to the log."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    if BUNDLE.exists():
        shutil.rmtree(BUNDLE)
    words = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "INFO"]
    words += ["--distpath", str(BUNDLE.parent), "--workpath", str(ROOT / "build" / "pyinstaller")]
    words += [str(ROOT / "packaging" / "labeler.spec")]
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with LOG.open("wb") as output:
        done = subprocess.run(
            words, stdout=output, stderr=output, cwd=ROOT, env=variables, check=False
        )
    if done.returncode != 0:
        last = LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-12:]
        raise BuildFailed("PyInstaller stopped:\n" + "\n".join("  " + line for line in last))


def look_through() -> int:
    """The size of the bundle in bytes; raises BuildFailed where something is in it or missing."""
    files = [path for path in BUNDLE.rglob("*") if path.is_file() or path.is_symlink()]
    names = [path.relative_to(BUNDLE).as_posix() for path in files]
    found = [name for name in names if unwanted(name)]
    if found:
        raise BuildFailed("These must not be in the bundle: " + ", ".join(found))
    breaches = [f"{breach.where}: {breach.why}" for breach in bundle_breaches(BUNDLE)]
    if breaches:
        raise BuildFailed("These may not ship:\n" + "\n".join("  " + line for line in breaches))
    dangling = [path for path in files if path.is_symlink() and not path.exists()]
    if dangling:
        raise BuildFailed("These links lead nowhere: " + ", ".join(map(str, dangling)))
    inside = BUNDLE / "_internal"
    for folder in ("resources", "projects"):
        missing = [
            path.relative_to(ROOT)
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and not unwanted(path.name)
            if not (inside / path.relative_to(ROOT)).is_file()
        ]
        if missing:
            raise BuildFailed("These are missing: " + ", ".join(map(str, missing)))
    return sum(path.stat().st_size for path in files if not path.is_symlink())


def asked(*words: str) -> str:
    """What the bundle, started far from the checkout, prints for a command."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    with tempfile.TemporaryDirectory() as away:
        done = subprocess.run(
            [str(EXECUTABLE), *words],
            capture_output=True,
            text=True,
            cwd=away,
            env={**variables, "QT_QPA_PLATFORM": "offscreen"},
            check=False,
        )
    if done.returncode != 0 or not done.stdout.strip():
        command = " ".join(["labeler", *words])
        raise BuildFailed(f"`{command}` ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def start_once() -> None:
    """The bundle must start, and know its version and its panels."""
    asked("--version")
    plugins = asked("plugins", "--json")
    if "sentiment" not in json.dumps(json.loads(plugins)):
        raise BuildFailed(f"The bundle does not know its own panels:\n{plugins}")


def main() -> int:
    """Build, look through and try out; 1 with the reason if the bundle is not sound."""
    started = time.monotonic()
    print(f"Building {BUNDLE.relative_to(ROOT)}/ (some minutes)", flush=True)
    try:
        freeze()
        size = look_through()
        start_once()
        for line in try_out(BUNDLE, ROOT):
            print(line, flush=True)
    except (BuildFailed, TrialFailed) as reason:
        print(f"{reason}\nThe whole story is in {LOG.relative_to(ROOT)}.", file=sys.stderr)
        return 1
    seconds = time.monotonic() - started
    print(f"Built {EXECUTABLE.relative_to(ROOT)}: {size / 1e6:.0f} MB in {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
