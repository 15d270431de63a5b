"""Change modules in one place at a time and name the changes that no test notices.

    python packaging/mutate.py labeler/store/lift.py --most 40

The tests (``--tests``, else those of the module's room) run once while it is noted which of them come
by which line. Then each change gets a process of its own, in which those tests run, the quickest first,
until one fails. What survives is printed with its place: it is a claim without a test, a line without a
use, or a change that changes nothing. Only the tests' own process is looked at, not those they start;
only the core's rooms, for no Qt is loaded. Linux and macOS: it forks.
"""

from __future__ import annotations

import argparse
import importlib.abc
import importlib.util
import json
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any, NamedTuple

import dev
import pytest
from environment import ROOT
from mutations import Mutation, mutations_of

PATIENCE = 10
"""A change may make a loop endless or a wait eternal; so many times what its tests take is enough."""
AT_LEAST_S = 30.0


class Reach(NamedTuple):
    """Which tests come by a line of a file, by their numbers, and how long each takes."""

    names: list[str]
    seconds: list[float]
    lines: dict[str, dict[int, list[int]]]

    def of(self, path: Path, change: Mutation, seconds: float) -> tuple[list[str], float]:
        """The tests that come by a change, the quickest first, as many as fit, and how long they take.

        By what is done when the module is imported all come that come by any line of it.
        """
        here = self.lines.get(str(path), {})
        lines = here if change.at_import else change.lines
        numbers = {one for line in lines for one in here.get(line, ())}
        found: list[str] = []
        left = seconds
        for number in sorted(numbers, key=self.seconds.__getitem__):
            left -= self.seconds[number]
            if found and left < 0:
                left += self.seconds[number]
                break
            found.append(self.names[number])
        return found, seconds - left


class _Noting:
    """A plugin of pytest that notes which lines of some files each test comes by."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = {str(path) for path in paths}
        self._here: set[tuple[str, int]] = set()
        self._names: list[str] = []
        self._seconds: list[float] = []
        self._failed: list[str] = []
        self._lines: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        self._here.clear()
        began = time.process_time()
        sys.settrace(self._called)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            number = len(self._names)
            self._names.append(item.nodeid)
            self._seconds.append(time.process_time() - began)
            for path, line in self._here:
                self._lines[path][line].append(number)

    def _called(self, frame: FrameType, event: str, argument: object) -> Any:
        return self._moved if frame.f_code.co_filename in self._paths else None

    def _moved(self, frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            self._here.add((frame.f_code.co_filename, frame.f_lineno))
        return self._moved

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed.append(report.nodeid)

    def told(self) -> bytes:
        """What was noted, as JSON."""
        return json.dumps([self._names, self._seconds, self._lines, self._failed]).encode()


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports one module with a change; all others as they are."""

    def __init__(self, path: Path, source: bytes) -> None:
        self._name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        self._name = self._name.removesuffix(".__init__")
        self._path, self._text = path, source

    def find_spec(self, name: str, path: object, target: ModuleType | None = None) -> Any:
        if name != self._name:
            return None
        return importlib.util.spec_from_file_location(name, self._path, loader=self)

    def get_source(self, fullname: str) -> str:
        return self._text.decode()

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._text, self._path, "exec")


def run_tests(words: Sequence[str], *plugins: object) -> int:
    """Run pytest in this process as ``make test`` runs the core's tests; its exit code."""
    with tempfile.TemporaryDirectory(prefix="mutate") as folder:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder  # what fails here is nobody's example
        own = [f"--basetemp={folder}/tests", "--tb=no", "-q"]
        return int(pytest.main(dev.pytest_without_qt(*own, *words)[2:], list(plugins)))


def in_a_process(do: Callable[[int], int], seconds: float | None = None) -> tuple[int, bytes]:
    """Do something in a fork whose words nobody hears; its exit code and what it wrote to the file
    number it gets. After so many seconds it is killed with all it started: code -SIGKILL."""
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        code = 70
        try:
            os.setsid()
            nowhere = os.open(os.devnull, os.O_RDWR)
            for number in (0, 1, 2):
                os.dup2(nowhere, number)
            code = do(write)
        finally:
            os._exit(code)
    os.close(write)
    told = b""
    ends = None if seconds is None else time.monotonic() + seconds
    while True:
        left = None if ends is None else max(0.0, ends - time.monotonic())
        if not select.select([read], [], [], left)[0]:
            break
        some = os.read(read, 1 << 20)
        told += some
        if not some:
            break
    os.close(read)
    if ends is not None and time.monotonic() >= ends:
        os.killpg(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), told


def reach(paths: Sequence[Path], tests: Sequence[str]) -> Reach:
    """Run the tests and note what they come by; exits where one of them fails without any change."""

    def noted(number: int) -> int:
        noting = _Noting(paths)
        code = run_tests(tests, noting)
        with os.fdopen(number, "wb") as stream:
            stream.write(noting.told())
        return code

    code, told = in_a_process(noted)
    names, spent, lines, failed = json.loads(told)
    if code:
        sys.exit(f"The tests fail as they are (pytest ended with {code}): {', '.join(failed)}")
    by_line = {
        path: {int(line): tests for line, tests in here.items()} for path, here in lines.items()
    }
    return Reach(names, spent, by_line)


def verdict(path: Path, source: bytes, change: Mutation, tests: list[str], seconds: float) -> str:
    """What the tests make of a change: ``caught``, ``endless``, ``no test`` or ``survived``."""
    if not tests:
        return "no test"

    def changed(_: int) -> int:
        sys.meta_path.insert(0, _Changed(path, change.applied(source)))
        return run_tests(["-x", *tests])

    code, _ = in_a_process(changed, seconds)
    if not all((ROOT / one.partition("::")[0]).is_file() for one in tests):
        sys.exit("The tests are not where they were.")
    if code < 0:
        return "endless"
    return "survived" if code == 0 else "caught"


def main(words: Sequence[str]) -> int:
    """Do what the module's docstring says; 1 where a change survives."""
    parser = argparse.ArgumentParser(
        prog="make mutate", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("modules", nargs="+", type=Path)
    parser.add_argument("--tests", nargs="+", help="files and folders of tests")
    parser.add_argument("--most", type=int, default=0, help="changes of a module, by chance")
    parser.add_argument("--seed", type=int, default=1, help="of the chance")
    parser.add_argument("--line", type=int, help="only changes of this line")
    parser.add_argument("--seconds", type=float, default=10.0, help="of tests, for one change")
    given = parser.parse_args(words)
    paths = [path.resolve() for path in given.modules]
    rooms = sorted({path.relative_to(ROOT).parts[1] for path in paths})
    tests = given.tests or [str(ROOT / "tests" / "unit" / room) for room in rooms]
    known = reach(paths, tests)
    counts: Counter[str] = Counter()
    for path in paths:
        source = path.read_bytes()
        changes = [one for one in mutations_of(source) if given.line in (None, one.line)]
        chance = random.Random(f"{given.seed} {path.name}")
        if given.most and len(changes) > given.most:
            changes = sorted(chance.sample(changes, given.most), key=lambda one: one.start)
        for change in changes:
            chosen, seconds = known.of(path, change, given.seconds)
            found = verdict(path, source, change, chosen, AT_LEAST_S + PATIENCE * seconds)
            counts[found] += 1
            if found in ("survived", "no test"):
                print(f"{path.relative_to(ROOT)}:{change}  ({found}, {len(chosen)})", flush=True)
    print(", ".join(f"{number} {name}" for name, number in counts.most_common()))
    return 1 if counts["survived"] or counts["no test"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
