"""The system libraries: left alone when there, installed where we may, else a line to run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the wheels bring everything elsewhere"
)


@pytest.fixture
def libraries(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module under test, asking for one library that is everywhere and one that is nowhere."""
    monkeypatch.syspath_prepend(HOUSE / "packaging")
    import system_libraries

    absent = system_libraries.Library("libno-such-thing.so.1", "libno-such-thing1", "no-such-thing")
    monkeypatch.setattr(
        system_libraries,
        "NEEDED",
        [system_libraries.Library("libc.so.6", "libc6", "glibc"), absent],
    )
    monkeypatch.setattr(system_libraries, "FOR_TESTS", [])
    yield system_libraries
    sys.modules.pop("system_libraries")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH; ``tool`` puts programs there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def tool(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def ensured(libraries: ModuleType, folder: Path) -> tuple[bool, list[str]]:
    said: list[str] = []
    return libraries.ensure(folder / "log", said.append), said


def test_only_what_the_loader_cannot_find_is_missing(libraries: ModuleType) -> None:
    assert [row.name for row in libraries.missing()] == ["libno-such-thing.so.1"]


def test_nothing_is_said_where_nothing_is_missing(libraries: ModuleType, tools: Path) -> None:
    libraries.NEEDED.pop()
    assert ensured(libraries, tools) == (True, [])


def test_without_the_right_to_install_the_line_to_run_is_said(
    libraries: ModuleType, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    tool(tools, "apt-get", "exit 1")
    tool(tools, "sudo", "exit 1")
    done, said = ensured(libraries, tools)
    assert not done
    assert said[-1] == ("  sudo apt-get install --yes --no-install-recommends libno-such-thing1")


def test_sudo_that_asks_for_no_password_is_used(
    libraries: ModuleType, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    tool(tools, "apt-get", "exit 0")
    tool(tools, "env", f'echo "$@" >> "{tools}/asked"; exit 0')
    tool(tools, "sudo", 'shift; exec "$@"')
    tool(tools, "true", "exit 0")
    _, said = ensured(libraries, tools)
    assert said[0] == "Installing system libraries: libno-such-thing1"
    asked = (tools / "asked").read_text(encoding="utf-8")
    assert "apt-get install --yes --no-install-recommends libno-such-thing1" in asked


def test_stale_package_lists_are_fetched_and_the_install_tried_again(
    libraries: ModuleType, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    tool(tools, "apt-get", "exit 0")
    tool(tools, "env", f'echo "$3" >> "{tools}/asked"; test "$3" = update')
    ensured(libraries, tools)
    asked = (tools / "asked").read_text(encoding="utf-8").split()
    assert asked == ["install", "update", "install"]


def test_an_rpm_system_is_asked_for_the_soname_itself(libraries: ModuleType, tools: Path) -> None:
    tool(tools, "dnf", "exit 1")
    _, said = ensured(libraries, tools)
    assert said[-1].endswith("dnf install --assumeyes 'libno-such-thing.so.1()(64bit)'")


def test_a_system_we_do_not_know_is_told_the_names(libraries: ModuleType, tools: Path) -> None:
    done, said = ensured(libraries, tools)
    assert not done
    assert "libno-such-thing.so.1" in said[0]
    assert said[-1] == "Install them with the package tool of this system, then run this again."


def test_a_missing_program_of_the_tests_is_no_reason_to_stop(
    libraries: ModuleType, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries.NEEDED.pop()
    row = libraries.Library("no-such-program", "no-such-program", "no-such-program")
    monkeypatch.setattr(libraries, "FOR_TESTS", [row])
    said: list[str] = []
    assert libraries.ensure(tools / "log", said.append, for_tests=True)
    assert said[0].startswith("The tests that look at a real X11 window are skipped")
