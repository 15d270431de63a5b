"""An installation of the wheel in an environment of its own, far from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent
NOT_CODE = {"__pycache__", ".venv", "build", "dist", "tests"}
HIDDEN = (
    *("PYTHONPATH", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"),
    *("LABELER_PLUGINS", "VIRTUAL_ENV"),
)


def start(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that knows nothing of the checkout, on a machine without a display."""
    environment = {name: value for name, value in os.environ.items() if name not in HIDDEN}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def run(*command: str | Path, cwd: Path) -> str:
    """Run such a command, which must do what it should; what it says."""
    done = start(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(source: Path, place: Path) -> Path:
    """Build the wheel from a copy of the house and install it below a place.

    Returns the folder of its programs. It finds the dependencies of this environment.
    """
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
