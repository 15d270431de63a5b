"""Set-up of a checkout: made once, found fresh without starting anything, healed after a kill.

Each test sets up a small checkout of its own, in a folder with a space and letters outside ASCII,
with the house's real set-up, real environments and real pip; its locks are empty, so that it needs
no network.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
BACKEND = """
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    info = "small-1.dist-info"
    files = {
        "small.pth": __import__("os").getcwd(),
        f"{info}/METADATA": "Metadata-Version: 2.1\\nName: small\\nVersion: 1\\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{name},,\\n" for name in [*files, f"{info}/RECORD"])
    name = "small-1-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name
"""
APP = """
import os, sys
print(*sys.argv[1:], os.environ.get("QT_QPA_PLATFORM", "a window"), sep="|")
sys.exit(3)
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""


class Checkout:
    """A small checkout with the house's own set-up in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "packaging").mkdir(parents=True)
        for module in ("dev.py", "environment.py", "system_libraries.py"):
            shutil.copy(HOUSE / "packaging" / module, root / "packaging")
        for lock in ("run.lock", "dev.lock"):
            (root / "packaging" / lock).write_text("# nothing\n", encoding="utf-8")
        (root / "labeler").mkdir()
        (root / "labeler" / "__init__.py").write_text("", encoding="utf-8")
        (root / "labeler" / "__main__.py").write_text(APP, encoding="utf-8")
        (root / "backend.py").write_text(BACKEND, encoding="utf-8")
        (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")

    def do(
        self, verb: str, *words: str, before: str = "", **variables: str | None
    ) -> subprocess.CompletedProcess[str]:
        """``dev.py VERB`` in a process of its own; ``before`` is run first in that process.

        ``variables`` are set in its environment, those that are None taken out of it.
        """
        script = f"""\
            import runpy, sys
            sys.path.insert(0, "packaging")
            sys.argv = {["packaging/dev.py", verb, *words]!r}
            """
        # The machine's libraries are another test's matter.
        quiet = "import system_libraries; system_libraries.ensure = lambda *a, **k: True"
        run = 'runpy.run_path("packaging/dev.py", run_name="__main__")'
        code = "\n".join([textwrap.dedent(script), quiet, textwrap.dedent(before), run])
        merged = {**os.environ, **variables}
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=self.root,
            env={name: value for name, value in merged.items() if value is not None},
            capture_output=True,
            text=True,
            check=False,
        )

    def set_up(self, *words: str, before: str = "") -> subprocess.CompletedProcess[str]:
        """``dev.py setup`` with these words."""
        return self.do("setup", *words, before=before)

    @property
    def site_packages(self) -> Path:
        (place,) = [
            *self.root.glob(".venv/lib/python*/site-packages"),
            *self.root.glob(".venv/Lib/site-packages"),
        ]
        return place

    @property
    def stamp(self) -> Path:
        return self.root / ".venv" / "labeler-setup.json"


START_NOTHING = """
    import subprocess
    def refuse(*words, **settings):
        raise AssertionError(f"started {words}")
    subprocess.run = subprocess.Popen = subprocess.call = refuse
"""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout that was set up once."""
    checkout = Checkout(tmp_path_factory.mktemp("setup") / "Prüf stand" / "labeler ß")
    done = checkout.set_up()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[0] == f"Making .venv with Python {sys.version.split()[0]}"
    return checkout


def test_the_second_set_up_starts_nothing_and_says_nothing(ready: Checkout) -> None:
    done = ready.set_up(before=START_NOTHING)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_the_app_needs_is_part_of_what_its_tests_need(ready: Checkout) -> None:
    done = ready.set_up("run", before=START_NOTHING)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_environment_sees_the_checkout(ready: Checkout) -> None:
    asked = "import labeler; print(labeler.__file__)"
    python = ready.root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = subprocess.run(
        [str(python), "-c", asked], capture_output=True, text=True, cwd="/", check=True
    )
    assert Path(done.stdout.strip()) == ready.root / "labeler" / "__init__.py"


NO_DISPLAY = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is a display elsewhere")
def test_run_without_a_display_tours_offscreen_and_says_so(ready: Checkout) -> None:
    done = ready.do("run", **NO_DISPLAY)
    said, app = done.stdout.splitlines()
    assert said == "No display: the app tours itself offscreen and writes to build/tour/"
    assert app == f"demo|--tour|{ready.root / 'build' / 'tour'}|offscreen"
    assert done.returncode == 3


def test_run_with_a_display_opens_the_sample(ready: Checkout) -> None:
    done = ready.do("run", **{**NO_DISPLAY, "DISPLAY": ":7"})
    assert (done.stdout, done.returncode) == ("demo|a window\n", 3)


def test_run_hands_its_words_to_the_app(ready: Checkout) -> None:
    done = ready.do("run", "info", "mine.labeler", **NO_DISPLAY)
    assert done.stdout == "info|mine.labeler|a window\n"


def test_clean_keeps_the_environment_unless_asked(ready: Checkout) -> None:
    (ready.root / "dist").mkdir()
    assert ready.do("clean").returncode == 0
    assert not (ready.root / "dist").exists()
    assert ready.set_up(before=START_NOTHING).returncode == 0


@pytest.mark.parametrize(
    "source", ["packaging/run.lock", "packaging/dev.lock", "pyproject.toml", "labeler/__init__.py"]
)
def test_a_change_of_what_is_installed_sets_up_again(ready: Checkout, source: str) -> None:
    with (ready.root / source).open("a", encoding="utf-8") as text:
        text.write("# changed\n")
    done = ready.set_up()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Installing" in done.stdout
    assert "Making" not in done.stdout


def test_a_package_that_a_kill_left_half_installed_is_installed_again(ready: Checkout) -> None:
    half = ready.site_packages / "small-1.dist-info"
    (half / "RECORD").unlink()
    (ready.site_packages / "~umpy").mkdir()
    stamp = json.loads(ready.stamp.read_text(encoding="utf-8"))
    ready.stamp.write_text(json.dumps({**stamp, "state": "installing"}), encoding="utf-8")
    done = ready.set_up()
    assert done.returncode == 0, done.stdout + done.stderr
    assert (half / "RECORD").exists()
    assert not (ready.site_packages / "~umpy").exists()


def test_a_package_that_cannot_be_had_is_said_and_tried_again(ready: Checkout) -> None:
    lock = ready.root / "packaging" / "dev.lock"
    before = lock.read_text(encoding="utf-8")
    missing = f"no-such-package==1 --hash=sha256:{'0' * 64}\n"
    lock.write_text(f"--no-index\n{missing}", encoding="utf-8")
    done = ready.set_up()
    assert done.returncode == 1
    assert "The packages could not be installed:" in done.stderr
    assert "no-such-package" in done.stderr
    assert "Traceback" not in done.stderr
    lock.write_text(before, encoding="utf-8")
    assert "Installing" in ready.set_up().stdout


def test_an_environment_of_a_checkout_that_moved_is_made_anew(
    ready: Checkout, tmp_path: Path
) -> None:
    shutil.copytree(ready.root, tmp_path / "dort", symlinks=True)
    done = subprocess.run(
        [sys.executable, "packaging/dev.py", "setup"],
        cwd=tmp_path / "dort",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Making .venv" in done.stdout


@pytest.mark.parametrize("left", [["lib"], ["lib", "bin", "pyvenv.cfg"]])
def test_an_environment_whose_making_was_killed_is_made_anew(
    tmp_path: Path, left: list[str]
) -> None:
    checkout = Checkout(tmp_path / "halb")
    for name in left:
        (checkout.root / ".venv" / name).mkdir(parents=True)
    assert checkout.set_up().returncode == 0
    assert json.loads(checkout.stamp.read_text(encoding="utf-8"))["state"] == "done"


def test_a_folder_that_is_no_environment_is_left_alone(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "fremd")
    (checkout.root / ".venv").mkdir()
    (checkout.root / ".venv" / "notes.txt").write_text("mine", encoding="utf-8")
    done = checkout.set_up()
    assert done.returncode == 1
    assert "is not a Python environment: move it away" in done.stderr
    assert (checkout.root / ".venv" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_python_without_venv_is_told_the_line_to_run(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "ohne")
    no_venv = """
        import os, shutil, subprocess
        shutil.which = lambda name, *rest: "/usr/bin/apt-get" if name == "apt-get" else None
        os.geteuid = lambda: 1000
        real = subprocess.run
        def run(words, **settings):
            if words[1:] == ["-c", "import ensurepip, venv"]:
                return subprocess.CompletedProcess(words, 1)
            return real(words, **settings)
        subprocess.run = run
    """
    done = checkout.set_up(before=no_venv)
    assert done.returncode == 1
    version = "{}.{}".format(*sys.version_info)
    line = f"  sudo apt-get install --yes --no-install-recommends python{version}-venv"
    assert line in done.stderr.splitlines()


def test_an_older_python_is_told_what_is_needed() -> None:
    old = """
        import os, runpy, sys
        os.environ["PATH"] = ""
        sys.version_info = (3, 9, 2, "final", 0)
        sys.version = "3.9.2 (default)"
        runpy.run_path("packaging/dev.py", run_name="__main__")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(old)],
        capture_output=True,
        text=True,
        cwd=HOUSE,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("Labeler needs Python 3.11 or newer; this is 3.9.2")


def test_the_first_module_parses_on_an_older_python() -> None:
    source = (HOUSE / "packaging" / "dev.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))


def test_a_newer_python_beside_an_older_one_is_taken(tmp_path: Path) -> None:
    newer = tmp_path / "python3.12"
    newer.write_text('#!/bin/sh\necho taken "$@"\nexit 7\n', encoding="utf-8")
    newer.chmod(0o755)
    old = f"""
        import os, runpy, sys
        os.environ["PATH"] = {str(tmp_path)!r}
        sys.version_info = (3, 9, 2, "final", 0)
        sys.argv = ["packaging/dev.py", "test", "-k", "undo"]
        runpy.run_path("packaging/dev.py", run_name="__main__")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(old)],
        capture_output=True,
        text=True,
        cwd=HOUSE,
        env={**os.environ, "PATH": f"/bin{os.pathsep}/usr/bin"},
        check=False,
    )
    assert (done.returncode, done.stdout) == (7, "taken packaging/dev.py test -k undo\n")


def test_an_unknown_verb_lists_the_known_ones() -> None:
    done = subprocess.run(
        [sys.executable, "packaging/dev.py", "fly"],
        capture_output=True,
        text=True,
        cwd=HOUSE,
        check=False,
    )
    assert done.returncode == 2
    for verb in ("run", "test", "lint", "bench", "crash", "bundle", "clean"):
        assert f"  {verb} " in done.stdout


def test_the_makefile_knows_every_verb(checkout: Path) -> None:
    makefile = (checkout / "Makefile").read_text(encoding="utf-8")
    listed = subprocess.run(
        [sys.executable, "packaging/dev.py", "--help"],
        capture_output=True,
        text=True,
        cwd=checkout,
        check=True,
    ).stdout.splitlines()[1:]
    (targets,) = [line for line in makefile.splitlines() if line.startswith("run ")]
    assert set(targets.rstrip(":").split()) == {line.split()[0] for line in listed}
