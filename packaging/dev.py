"""Everything the house does to itself, by one word: python packaging/dev.py run.

Verbs: setup run test lint bench crash mutate wheel bundle words lock clean. The Makefile is a thin face
of this file. It uses the standard library only and makes its own environment before anything else.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)


def _hand_over_to_newer_python() -> None:
    """Go on under a newer Python of this machine, or say what is needed.

    Up to here this file must parse on any Python 3; everything it imports needs OLDEST.
    """
    if os.environ.get("LABELER_HANDED_OVER") != "1":
        for minor in range(19, OLDEST[1] - 1, -1):
            newer = shutil.which(f"python3.{minor}")
            if newer:
                variables = dict(os.environ, LABELER_HANDED_OVER="1")
                sys.exit(subprocess.call([newer, *sys.argv], env=variables))
    oldest = ".".join(str(number) for number in OLDEST)
    this = sys.version.split()[0]
    sys.exit(f"Labeler needs Python {oldest} or newer; this is {this} ({sys.executable}).")


if sys.version_info < OLDEST:
    _hand_over_to_newer_python()

from collections.abc import Callable, Sequence
from pathlib import Path

import environment
import system_libraries
from environment import ROOT, SetupFailed, say

TOUR = ROOT / "build" / "tour"
EXAMPLES_IN_CRASH = "100"
IN_CRASH = (
    "tests/crash",
    "tests/unit/store/test_merge_field.py",
    "tests/unit/store/test_merge_fast.py",
)
KILLS_IN_CRASH = "300"
MOST_AT_ONCE = 8
"""Processes of the tests; more would only wait for the disk."""
WITHOUT_QT = ROOT / "tests" / "headless"
CORE = ("model", "api", "store", "media", "quality", "work", "exchange", "team", "plugins", "cli")
"""The rooms whose tests need no Qt."""
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""Modules are compiled once for the many processes of the tests, whatever a machine is set to."""
PATIENT = ["--timeout=0", "-o", "faulthandler_timeout=0"]
CACHES = [".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"]
MADE = ["build", "dist", *CACHES]


def has_display() -> bool:
    """Whether a window can be shown: outside Linux always, there when a display server is named."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def set_up(kind: str) -> None:
    """Make the environment and the system libraries fit ``kind``, or exit with the reason."""
    log = environment.LOG.with_name("setup-libraries.log")
    log.parent.mkdir(exist_ok=True)
    if not system_libraries.ensure(log, say, for_tests=kind == "dev"):
        sys.exit(1)
    try:
        environment.ensure(kind)
    except SetupFailed as reason:
        sys.exit(str(reason))


def call(words: list[str], **variables: str) -> int:
    """Run the environment's Python with these words from the checkout; its exit code."""
    command = [str(environment.python()), *words]
    variables = {**environment.child_environment(), **variables}
    return subprocess.call(command, cwd=ROOT, env=variables)


def offscreen() -> dict[str, str]:
    """Tests open no windows on anybody's desktop, unless QT_QPA_PLATFORM says where."""
    return {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


def run(arguments: list[str]) -> int:
    """Open the app on the sample project, or run the command that is given."""
    set_up("run")
    if arguments:
        return call(["-m", "labeler", *arguments])
    if has_display() or "QT_QPA_PLATFORM" in os.environ:
        return call(["-m", "labeler", "demo"])
    say(f"No display: the app tours itself offscreen and writes to {TOUR.relative_to(ROOT)}/")
    return call(["-m", "labeler", "demo", "--tour", str(TOUR)], QT_QPA_PLATFORM="offscreen")


def test(arguments: list[str]) -> int:
    """Run the tests, one process a core: the core's without Qt; with arguments to pytest, those."""
    set_up("dev")
    if arguments:
        return call(["-m", "pytest", *spread(arguments), *arguments], **offscreen(), **COMPILED)
    core = [str(room) for room in core_tests()]
    without = call(pytest_without_qt(*spread([]), *core), **no_qt(), **COMPILED)
    rest = [f"--ignore={room}" for room in core]
    with_qt = call(["-m", "pytest", *spread([]), *rest], **offscreen(), **COMPILED)
    return without or with_qt


def core_tests() -> list[Path]:
    """The folders with the tests of the core's rooms, as far as there are any."""
    folders = [ROOT / "tests" / "unit" / room for room in CORE]
    return [folder for folder in folders if any(folder.rglob("test_*.py"))]


def pytest_without_qt(*words: str) -> list[str]:
    """What runs pytest with these words where Qt cannot be imported.

    pytest-qt imports it, so no plugin is loaded but those that the core's tests use.
    """
    plugins = ("_hypothesis_pytestplugin", "pytest_timeout", "xdist.plugin", "no:cacheprovider")
    loaded = [word for plugin in plugins for word in ("-p", plugin)]
    config = ["-c", str(WITHOUT_QT / "core.ini"), f"--rootdir={ROOT}", f"--confcutdir={ROOT}"]
    return ["-m", "pytest", *config, *loaded, *words]


def no_qt() -> dict[str, str]:
    """Variables of an interpreter, and of all that it starts, which cannot import Qt."""
    return {"PYTHONPATH": str(WITHOUT_QT / "without_qt"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def spread(arguments: list[str]) -> list[str]:
    """Words that spread the tests over the cores; none where somebody wants to watch one process."""
    watched = ("-n", "-s", "--capture", "--pdb", "--trace", "-p")
    if any(word.startswith(watched) for word in arguments):
        return []
    return ["-n", str(min(os.cpu_count() or 1, MOST_AT_ONCE)), "--dist", "worksteal"]


def lint(_arguments: list[str]) -> int:
    """Check style, types and the import law, all of them even when one finds something."""
    set_up("dev")
    packaging = sorted((ROOT / "packaging").glob("*.py"))
    import_law = "from importlinter.cli import lint_imports_command as check; check()"
    checks = {
        "ruff": ["-m", "ruff", "check", "--quiet"],
        "ruff format": ["-m", "ruff", "format", "--check", "--quiet"],
        "mypy": ["-m", "mypy", "--no-error-summary"],
        "mypy packaging": ["-m", "mypy", "--no-error-summary", *map(str, packaging)],
        "import law": ["-c", import_law, "--no-logo"],
    }
    failed = [name for name, words in checks.items() if call(words) != 0]
    say("Not clean: " + ", ".join(failed) if failed else "Clean: " + ", ".join(checks))
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Measure; arguments go to pytest, and those that name entries take the place of all of them."""
    set_up("dev")
    named = _or_all(arguments, ["tests/bench"])
    return call(["-m", "pytest", *named, "-s", *PATIENT, *arguments], **offscreen())


def _or_all(arguments: list[str], every: Sequence[str]) -> Sequence[str]:
    """What pytest is to run besides its arguments: nothing where they name tests themselves."""
    return [] if any(one.startswith("tests") for one in arguments) else every


def crash(arguments: list[str]) -> int:
    """Kill the real app and real imports, LABELER_KILLS times; merge copies in every order.

    Arguments that name tests take the place of all of them.
    """
    set_up("dev")
    kills = os.environ.get("LABELER_KILLS", KILLS_IN_CRASH)
    examples = os.environ.get("LABELER_EXAMPLES", EXAMPLES_IN_CRASH)
    variables = {**offscreen(), "LABELER_KILLS": kills, "LABELER_EXAMPLES": examples}
    named = _or_all(arguments, IN_CRASH)
    return call(["-m", "pytest", *named, "-q", *PATIENT, *arguments], **variables)


def mutate(arguments: list[str]) -> int:
    """Change a module one place at a time; name the changes that no test notices."""
    set_up("dev")
    return call([str(ROOT / "packaging" / "mutate.py"), *arguments], **no_qt(), **COMPILED)


def wheel(arguments: list[str]) -> int:
    """Build the wheel and the source archive into dist/."""
    set_up("dev")
    code = call(["-m", "build", "--no-isolation", "--outdir", str(ROOT / "dist"), *arguments])
    made = sorted((ROOT / "dist").glob("*.whl"), key=lambda path: path.stat().st_mtime)
    if code or not made:
        return code
    return call([str(ROOT / "packaging" / "licence_check.py"), "wheel", str(made[-1])])


def bundle(arguments: list[str]) -> int:
    """Build the frozen application into dist/labeler/."""
    set_up("dev")
    return call([str(ROOT / "packaging" / "build.py"), *arguments])


def words(_arguments: list[str]) -> int:
    """Collect the interface's sentences, compile every language, name what has no translation."""
    set_up("dev")
    tool = str(ROOT / "packaging" / "translations.py")
    for verb in ("collect", "release"):
        code = call([tool, verb])
        if code:
            return code
    return call([tool, "check"])


def setup(arguments: list[str]) -> int:
    """Only set up: what the app and its tests need (``setup run``: what the app needs)."""
    set_up("run" if arguments == ["run"] else "dev")
    return 0


def lock(arguments: list[str]) -> int:
    """Solve the dependencies of pyproject.toml anew for every platform and write both locks."""
    return subprocess.call([sys.executable, str(ROOT / "packaging" / "lock.py"), *arguments])


def clean(arguments: list[str]) -> int:
    """Remove what was built and every cache; with --all the environment too."""
    made = [ROOT / name for name in MADE]
    for folder in ("labeler", "packaging", "tests"):
        made += (ROOT / folder).rglob("__pycache__")
    if "--all" in arguments:
        made.append(environment.VENV)
    for path in made:
        if path.is_dir():
            shutil.rmtree(path)
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    verb.__name__: verb
    for verb in (run, test, lint, bench, crash, mutate, wheel, bundle, words, setup, lock, clean)
}


def main(words: list[str]) -> int:
    """Do the verb in the first word with the rest; 2 when there is no such verb."""
    verb = VERBS.get(words[0]) if words else None
    if verb is None:
        say("Usage: python packaging/dev.py VERB [ARGUMENTS]")
        for name, function in VERBS.items():
            say(f"  {name:7} {(function.__doc__ or '').splitlines()[0]}")
        return 0 if words in (["-h"], ["--help"]) else 2
    try:
        return verb(words[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
