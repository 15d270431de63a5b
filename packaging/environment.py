"""The checkout's own Python environment: made once from a lock, then fresh at a glance.

The stamp in ``.venv`` says which locks, which Python and which checkout it was filled for, and
whether the filling was finished; a set-up that was killed is taken up again by the next one.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import system_libraries

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "labeler-setup.json"
LOG = ROOT / "build" / "setup.log"
LOCKS = {
    "run": ROOT / "packaging" / "run.lock",
    "dev": ROOT / "packaging" / "dev.lock",
}
# What an installed checkout is made from: a change of one of them is a reason to set up again.
SOURCES = [*LOCKS.values(), ROOT / "pyproject.toml", ROOT / "labeler" / "__init__.py"]
# What the venv module makes; a folder that holds only these was left by a set-up that was killed.
VENV_PARTS = {"bin", "include", "lib", "lib64", "pyvenv.cfg", "Include", "Lib", "Scripts"}


class SetupFailed(Exception):
    """The environment could not be made; the text says what to do about it."""


def say(line: str) -> None:
    """One line to the person, at once."""
    print(line, flush=True)


def python() -> Path:
    """Path of the environment's interpreter, whether or not it is there."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _version() -> str:
    return ".".join(str(number) for number in sys.version_info[:2])


def _digest() -> str:
    digest = hashlib.sha256()
    for path in SOURCES:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _stamp() -> dict[str, Any]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(kind: str, state: str) -> None:
    stamp = {
        "state": state,
        "kind": kind,
        "python": _version(),
        "root": str(ROOT),
        "digest": _digest(),
    }
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    fresh.replace(STAMP)


def is_fresh(kind: str) -> bool:
    """Whether the environment holds everything of ``kind`` (``run`` or ``dev``) as locked now."""
    stamp = _stamp()
    return (
        stamp.get("state") == "done"
        and stamp.get("kind") in (kind, "dev")
        and stamp.get("python") == _version()
        and stamp.get("root") == str(ROOT)
        and stamp.get("digest") == _digest()
        and python().exists()
    )


def child_environment() -> dict[str, str]:
    """Our variables for a child process, without what would make pip or Python look elsewhere."""
    dropped = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    return {name: value for name, value in os.environ.items() if name not in dropped}


def ensure(kind: str) -> None:
    """Make the environment hold everything of ``kind``; nothing is started when it already does.

    Raises SetupFailed with what the person has to do.
    """
    if is_fresh(kind):
        return
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time():
        if is_fresh(kind):
            return
        started = time.monotonic()
        LOG.write_bytes(b"")
        if not _usable():
            _make()
        # An environment that has the tools keeps them: the larger lock holds the smaller one.
        kind = "dev" if _stamp().get("kind") == "dev" else kind
        _write_stamp(kind, "installing")
        _sweep_half_installed()
        _install(kind)
        _write_stamp(kind, "done")
        say(f"Set up in {time.monotonic() - started:.0f} s.")


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two set-ups of one checkout wait for each other; the lock ends with its process."""
    with (LOG.parent / "setup.guard").open("a+b") as guard:
        told = False
        while not _try_lock(guard):
            if not told:
                say("Waiting for another set-up of this checkout")
            told = True
            time.sleep(0.2)
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(guard: IO[bytes]) -> bool:
        guard.seek(0)
        try:
            msvcrt.locking(guard.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(guard: IO[bytes]) -> bool:
        try:
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _usable() -> bool:
    """Whether there is an environment pip can work on, of this Python and made at this path."""
    if not python().exists():
        return False
    stamp = _stamp()
    if stamp and (stamp.get("root") != str(ROOT) or stamp.get("python") != _version()):
        return False
    probe = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run(
        [str(python()), "-c", probe],
        capture_output=True,
        text=True,
        env=child_environment(),
        check=False,
    )
    return answer.returncode == 0 and answer.stdout.strip() == _version()


def _make() -> None:
    """Create ``.venv`` from nothing, after removing what an earlier one left."""
    if VENV.is_symlink() or VENV.is_file():
        raise SetupFailed(f"{VENV} is not a folder: move it away, then run this again.")
    if VENV.exists():
        parts = {path.name for path in VENV.iterdir()}
        if STAMP.name not in parts and "pyvenv.cfg" not in parts and parts - VENV_PARTS:
            raise SetupFailed(
                f"{VENV} is not a Python environment: move it away, then run this again."
            )
        shutil.rmtree(VENV)
    _ensure_venv_module()
    say(f"Making .venv with Python {sys.version.split()[0]}")
    # Run from inside an environment, the new one is still made from the Python below it.
    base = getattr(sys, "_base_executable", None) or sys.executable
    _logged([base, "-m", "venv", str(VENV)], "Python could not make an environment")


def _ensure_venv_module() -> None:
    """Debian and Ubuntu ship Python without ensurepip; install it where we may, else say how."""
    probe = subprocess.run(
        [getattr(sys, "_base_executable", None) or sys.executable, "-c", "import ensurepip, venv"],
        capture_output=True,
        env=child_environment(),
        check=False,
    )
    if probe.returncode == 0:
        return
    package = f"python{_version()}-venv"
    if not shutil.which("apt-get"):
        raise SetupFailed("This Python lacks its venv and ensurepip modules: install them.")
    command = ["apt-get", "install", "--yes", "--no-install-recommends", package]
    if system_libraries.may_install() is not None:
        say(f"Installing {package}")
        if system_libraries.apt_install(command, LOG):
            return
    sudo = "" if os.geteuid() == 0 else "sudo "
    raise SetupFailed(
        f"This Python cannot make environments yet. Run:\n"
        f"  {sudo}{' '.join(command)}\nthen this again."
    )


def _sweep_half_installed() -> None:
    """Remove what a killed pip left: it writes RECORD last, so without one it is half there."""
    places = [*VENV.glob("lib/python*/site-packages"), *VENV.glob("Lib/site-packages")]
    for place in places:
        for info in place.glob("*.dist-info"):
            if not (info / "RECORD").exists():
                shutil.rmtree(info)
        for stashed in place.glob("~*"):
            if stashed.is_dir():
                shutil.rmtree(stashed)
            else:
                stashed.unlink()


def _install(kind: str) -> None:
    lock = LOCKS[kind]
    what = "what the app and its tests need" if kind == "dev" else "what the app needs"
    say(f"Installing {what}, from packaging/{lock.name} (some minutes the first time)")
    pip = [str(python()), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    _logged(
        [*pip, "install", "--only-binary=:all:", "--require-hashes", "--no-deps", "-r", str(lock)],
        "The packages could not be installed",
    )
    _logged(
        [*pip, "install", "--no-build-isolation", "--no-deps", "--no-index", "-e", str(ROOT)],
        "The checkout could not be installed into its environment",
    )


def _logged(words: list[str], failure: str) -> None:
    """Run a command with its output in the log; raises SetupFailed with the last of it."""
    with LOG.open("ab") as output:
        done = subprocess.run(
            words, stdout=output, stderr=output, env=child_environment(), cwd=ROOT, check=False
        )
    if done.returncode != 0:
        told = LOG.read_text(encoding="utf-8", errors="replace").splitlines()
        last = "\n".join("  " + line for line in told[-12:])
        raise SetupFailed(f"{failure}:\n{last}\nThe whole story is in {LOG.relative_to(ROOT)}.")
