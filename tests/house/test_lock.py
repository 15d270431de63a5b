"""The locks: complete, hashed, of one mind with pyproject.toml, silent about where files lie."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parent.parent.parent
KINDS = ["run", "dev"]
# Whether shipped parts may be passed on: GPL code, or a wheel that carries some.
MUST_NOT_SHIP = ["av", "krippendorff", "pyqt5", "pyqt6", "opencv-python", "opencv-contrib-python"]


def entries(kind: str) -> list[tuple[Requirement, list[str]]]:
    """The requirements of a lock, each with the hashes below it."""
    text = (CHECKOUT / "packaging" / f"{kind}.lock").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found: list[tuple[Requirement, list[str]]] = []
    for line in lines:
        content = line.rstrip("\\ ").strip()
        if content.startswith("--hash="):
            found[-1][1].append(content.removeprefix("--hash="))
        elif content:
            found.append((Requirement(content), []))
    return found


def wanted(kind: str) -> list[Requirement]:
    """What pyproject.toml asks for: the app's needs and the group that goes with the lock."""
    table = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = table["dependency-groups"]
    group = groups["setup"] + (groups["dev"] if kind == "dev" else [])
    texts = [*table["project"]["dependencies"], *(row for row in group if isinstance(row, str))]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("kind", KINDS)
def test_every_package_is_pinned_and_hashed(kind: str) -> None:
    for requirement, hashes in entries(kind):
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), requirement


@pytest.mark.parametrize("kind", KINDS)
def test_the_lock_satisfies_what_the_project_asks_for(kind: str) -> None:
    locked = [requirement for requirement, _ in entries(kind)]
    for asked in wanted(kind):
        name = canonicalize_name(asked.name)
        pins = [pin for pin in locked if canonicalize_name(pin.name) == name]
        assert pins, f"{asked} is not locked: run `python packaging/dev.py lock`"
        for pin in pins:
            (version,) = (specifier.version for specifier in pin.specifier)
            assert asked.specifier.contains(version), f"{pin} is not {asked}"


def test_the_app_is_tested_with_the_versions_it_runs_with() -> None:
    dev = {str(requirement): hashes for requirement, hashes in entries("dev")}
    for requirement, hashes in entries("run"):
        assert dev.get(str(requirement)) == hashes, requirement


@pytest.mark.parametrize("kind", KINDS)
def test_the_lock_names_no_place_and_no_option(kind: str) -> None:
    text = (CHECKOUT / "packaging" / f"{kind}.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert set(re.findall(r"--[a-z-]+", text)) == {"--hash"}


def test_nothing_that_must_not_ship_is_locked_for_the_app() -> None:
    locked = {canonicalize_name(requirement.name) for requirement, _ in entries("run")}
    assert locked.isdisjoint(MUST_NOT_SHIP)


def test_each_platform_gets_the_parts_it_needs_and_no_others() -> None:
    windows = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"}
    linux = {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"}

    def names(platform: dict[str, str]) -> set[str]:
        return {
            canonicalize_name(requirement.name)
            for requirement, _ in entries("dev")
            if requirement.marker is None or requirement.marker.evaluate(platform)
        }

    # click and pytest colour a Windows console through colorama and need nothing for it elsewhere.
    assert names(windows) - names(linux) >= {"colorama", "pefile"}
    assert "colorama" not in names(linux)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_python_gets_two_versions_of_a_package(kind: str, python: str) -> None:
    machine = {"python_version": python, "python_full_version": f"{python}.1"}
    names = [
        canonicalize_name(requirement.name)
        for requirement, _ in entries(kind)
        if requirement.marker is None or requirement.marker.evaluate(machine)
    ]
    assert len(names) == len(set(names))
