"""The wheel, built by way of the source archive as a packager does, and what an installation finds."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

from labeler import __version__

HOUSE = Path(__file__).resolve().parent.parent.parent
NOT_CODE = {"__pycache__", ".venv", "build", "dist"}
# Where a person's own project file may come to lie in a checkout.
PRIVATE = [".", "projects", "labeler", "resources"]


def lying_in(folder: str) -> list[Path]:
    """The files of a folder of the checkout that belong to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder],
        cwd=HOUSE,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
    else:
        names = [str(path.relative_to(HOUSE)) for path in (HOUSE / folder).rglob("*")]
    paths = [Path(name) for name in names if NOT_CODE.isdisjoint(Path(name).parts)]
    return [path for path in paths if (HOUSE / path).is_file()]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source archive, and the wheel made from it alone."""
    source, place = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for path in lying_in("."):
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HOUSE / path, source / path)
    for folder in PRIVATE:
        (source / folder / "somebodys-own.labeler").write_bytes(b"private")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(place), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (archive,) = place.glob("*.tar.gz")
    (wheel,) = place.glob("*.whl")
    return archive, wheel


@pytest.fixture(scope="module")
def in_wheel(built: tuple[Path, Path]) -> set[str]:
    with zipfile.ZipFile(built[1]) as wheel:
        return set(wheel.namelist())


def test_every_module_and_manifest_is_in_the_wheel(in_wheel: set[str]) -> None:
    assert {path.as_posix() for path in lying_in("labeler")} - in_wheel == set()


@pytest.mark.parametrize("folder", ["resources", "projects"])
def test_every_shipped_file_is_in_the_wheel(in_wheel: set[str], folder: str) -> None:
    wanted = {f"labeler/_{path.as_posix()}" for path in lying_in(folder)}
    assert wanted
    assert wanted - in_wheel == set()


def test_nobodys_own_work_and_no_test_is_in_the_wheel(in_wheel: set[str]) -> None:
    outside = {name for name in in_wheel if not name.startswith(("labeler/", "labeler-"))}
    assert outside == set()
    assert [name for name in in_wheel if name.endswith((".labeler", ".pyc"))] == []


def test_the_source_archive_has_what_the_house_is_made_and_tested_with(
    built: tuple[Path, Path],
) -> None:
    with tarfile.open(built[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = [path for name in ("packaging", "tests") for path in lying_in(name)]
    wanted += [Path(name) for name in ("Makefile", "README.md", "LICENSE", "pyproject.toml")]
    assert {path.as_posix() for path in wanted} - names == set()
    assert [name for name in names if name.endswith("somebodys-own.labeler")] == []


def test_the_wheel_says_what_it_is(built: tuple[Path, Path]) -> None:
    table = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with zipfile.ZipFile(built[1]) as wheel:
        (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = HeaderParser().parsestr(wheel.read(name).decode())
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert len(metadata.get_all("Requires-Dist", [])) == len(table["dependencies"])


def test_nothing_in_the_wheel_may_not_ship(
    built: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(HOUSE / "packaging")
    from licence_check import wheel_breaches

    assert wheel_breaches(built[1]) == []


def test_an_installation_knows_its_panels_and_files_without_the_checkout(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    place = tmp_path / "an installation"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(place), str(built[1])], check=True, capture_output=True)
    asked = (
        "import json, labeler; from importlib.metadata import distribution; "
        "from labeler import assets; found = distribution('labeler'); "
        "panels = {e.name: e.value for e in found.entry_points if e.group == 'labeler.panels'}; "
        "print(json.dumps([labeler.__file__, str(assets.resources_dir()), panels]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path,
        env={"PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=True,
    )
    module, resources, panels = json.loads(done.stdout)
    assert Path(module).is_relative_to(place)
    assert Path(resources).is_relative_to(place)
    own = {path.parent.name for path in HOUSE.glob("labeler/panels/*/panel.toml")}
    assert "sentiment" in own
    assert panels == {name: f"labeler.panels.{name}:panel.toml" for name in own}
    for value in panels.values():
        package, _, manifest = value.partition(":")
        assert (place / package.replace(".", "/") / manifest).is_file()
