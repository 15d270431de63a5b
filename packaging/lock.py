"""Solves the dependencies in pyproject.toml for every platform and writes run.lock and dev.lock.

Run by ``python packaging/dev.py lock`` when a dependency changes. The solver is uv, kept in an
environment of its own under build/, because pip can solve for the machine it runs on only. A lock
names versions, markers and the hashes of every file of a version, and no place they come from.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

from environment import LOCKS, ROOT, child_environment, say

SOLVER = "uv>=0.5,<1"
HEADER = """\
# Every package of {what}, with the hashes of all its files, for Python 3.11 and newer on
# Linux, macOS and Windows. Written by `python packaging/dev.py lock`; not edited by hand.
"""
WHAT = {"run": "the app", "dev": "the app, its tests and its tools"}
GROUP = {"run": "setup", "dev": "dev"}


def solver() -> Path:
    """Path of the solver, installed first if it is not there."""
    home = ROOT / "build" / "lock-venv"
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    program = scripts / ("uv.exe" if os.name == "nt" else "uv")
    if not program.exists():
        venv.create(home, clear=True, with_pip=True)
        python = scripts / ("python.exe" if os.name == "nt" else "python")
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", SOLVER], check=True)
    return program


def solve(kind: str, arguments: list[str]) -> None:
    """Write the lock of ``kind``; without ``--upgrade`` what is locked already stays as it is."""
    target = LOCKS[kind]
    words = [str(solver()), "pip", "compile", "pyproject.toml", "--group", GROUP[kind]]
    words += ["--universal", "--generate-hashes", "--no-header", "--no-annotate"]
    words += ["--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    words += ["--output-file", str(target)]
    if kind == "dev":
        # The app is tested with the very versions it runs with.
        words += ["--constraint", str(LOCKS["run"])]
    variables = child_environment()
    if "PIP_CERT" in variables:
        variables.setdefault("SSL_CERT_FILE", variables["PIP_CERT"])
    if "PIP_INDEX_URL" in variables:
        variables.setdefault("UV_DEFAULT_INDEX", variables["PIP_INDEX_URL"])
    subprocess.run([*words, *arguments], check=True, cwd=ROOT, env=variables)
    solved = target.read_text(encoding="utf-8")
    target.write_text(HEADER.format(what=WHAT[kind]) + solved, encoding="utf-8", newline="\n")
    say(f"Wrote packaging/{target.name}: {solved.count('==')} versions")


def main(arguments: list[str]) -> int:
    """Write both locks; arguments (``--upgrade``) go to the solver."""
    for kind in LOCKS:
        solve(kind, arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
