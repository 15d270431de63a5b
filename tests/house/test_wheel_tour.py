"""The wheel in an environment of its own, far from the checkout, goes through the whole tour."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
NOT_CODE = {"__pycache__", ".venv", "build", "dist", "tests"}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that knows nothing of the checkout; what it says."""
    hidden = ("PYTHONPATH", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LABELER_PLUGINS")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with the wheel, which finds the dependencies of this one."""
    source, place = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("an installation")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [Path(name) for name in listed.stdout.decode().split("\0") if name]
    else:
        names = [path.relative_to(HOUSE) for path in HOUSE.rglob("*")]
    for name in names:
        if NOT_CODE.isdisjoint(name.parts) and (HOUSE / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(HOUSE / name, source / name)
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", place, source]
    run(sys.executable, *build, cwd=place)
    [wheel] = place.glob("*.whl")
    run(sys.executable, "-m", "venv", "--without-pip", place / "env", cwd=place)
    scripts = place / "env" / ("Scripts" if os.name == "nt" else "bin")
    own = run(
        scripts / "python",
        "-c",
        "import sysconfig; print(sysconfig.get_path('purelib'))",
        cwd=place,
    )
    pip = ["-m", "pip", "--python", scripts / "python", "install", "--quiet"]
    run(sys.executable, *pip, "--no-deps", "--no-index", wheel, cwd=place)
    # The dependencies alone: a folder named in a .pth file has its own .pth files left unread, so
    # the checkout, which this environment may have installed by a link, stays out of reach.
    dependencies = Path(own.strip()) / "dependencies.pth"
    dependencies.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return scripts


def test_the_program_comes_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "python", "-c", "import labeler; print(labeler.__file__)", cwd=tmp_path)
    assert Path(said.strip()).is_relative_to(installed.parent)


def test_the_wheel_goes_through_the_whole_tour(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a tour"
    run(installed / "labeler", "demo", "--tour", folder, cwd=tmp_path)
    report = json.loads((folder / "report.json").read_bytes())
    assert report
    assert all(panel["reopened"] == panel["stored"] for panel in report.values())
    assert list(folder.glob("*-light.png"))
