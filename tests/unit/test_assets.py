"""Where the shipped files are found, and whose product it is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from labeler import assets
from labeler.assets import AssetMissing, Brand, read_brand


def vendor_file(folder: Path, text: str) -> Path:
    path = folder / "brand.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_vendors_file_replaces_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    path = vendor_file(tmp_path, 'name = "Etiketten & Söhne"\naccent = "#A1b2C3"\n')
    assert read_brand(path) == Brand(name="Etiketten & Söhne", accent="#A1b2C3")


def test_a_vendors_plugin_folder_lies_beside_its_file(tmp_path: Path) -> None:
    path = vendor_file(tmp_path, 'plugin_folder = "panels"\n')
    assert read_brand(path).vendor_plugins == tmp_path / "panels"


def test_a_vendors_plugin_folder_may_be_absolute(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    path = vendor_file(tmp_path, f"plugin_folder = '{elsewhere}'\n")
    assert read_brand(path).vendor_plugins == elsewhere


def test_without_a_plugin_folder_there_is_none() -> None:
    assert Brand().vendor_plugins is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('nmae = "X"', "brand.toml: 'nmae' is not a key of a brand"),
        ('source = "X"', "brand.toml: 'source' is not a key of a brand"),
        ("name = 3", "brand.toml: 'name' must be a text"),
        ('name = " "', "brand.toml: 'name' must be a name, not ' '"),
        ('id = "../up"', "brand.toml: 'id' must be lower-case letters, digits, - and _"),
        ('extension = "labels"', "brand.toml: 'extension' must be a dot with lower-case"),
        ('accent = "blue"', "brand.toml: 'accent' must be #RRGGBB or empty, not 'blue'"),
        ("name =", "brand.toml: Invalid value"),
    ],
)
def test_a_wrong_brand_is_refused_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_brand(vendor_file(tmp_path, text))
    assert str(refused.value).startswith(said)


def test_our_own_brand_keeps_the_rules_of_a_vendors(tmp_path: Path) -> None:
    ours = Brand()
    text = "".join(
        f'{key} = "{getattr(ours, key)}"\n'
        for key in ("name", "id", "command", "extension", "accent", "icon", "plugin_folder")
    )
    assert read_brand(vendor_file(tmp_path, text)) == ours


def test_a_checkout_finds_its_resources_and_projects(checkout: Path) -> None:
    assert assets.resources_dir() == checkout / "resources"
    assert assets.projects_dir() == checkout / "projects"


def test_the_brands_icon_is_shipped() -> None:
    assert assets.asset(Brand().icon).is_file()


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(AssetMissing, match=r"'icons/no-such-icon\.svg'"):
        assets.asset("icons/no-such-icon.svg")


@pytest.fixture
def installed(checkout: Path, tmp_path: Path) -> Path:
    """A folder that holds the package as an installed wheel does."""
    package = tmp_path / "place" / "labeler"
    package.mkdir(parents=True)
    for name in ("__init__.py", "assets.py"):
        shutil.copy(checkout / "labeler" / name, package)
    for folder in ("_resources/icons", "_projects"):
        (package / folder).mkdir(parents=True)
    return package.parent


def asked(place: Path, expression: str) -> str:
    """What a fresh interpreter that sees the package at this place answers."""
    done = subprocess.run(
        [sys.executable, "-c", f"from labeler import assets; print({expression})"],
        capture_output=True,
        text=True,
        cwd=place,
        check=True,
    )
    return done.stdout.strip()


def test_an_installed_wheel_finds_what_it_carries(installed: Path) -> None:
    found = asked(installed, "assets.resources_dir(), assets.projects_dir(), sep='|'")
    package = installed / "labeler"
    assert found == f"{package / '_resources'}|{package / '_projects'}"


def test_an_installation_without_resources_says_so(installed: Path) -> None:
    (installed / "labeler" / "_projects").rmdir()
    with pytest.raises(subprocess.CalledProcessError) as failed:
        asked(installed, "assets.projects_dir()")
    assert "the folder 'projects' of this installation is missing" in failed.value.stderr


def test_the_brand_is_read_from_beside_the_application(installed: Path) -> None:
    vendor_file(installed, 'name = "Etiketten"\n')
    assert asked(installed, "assets.brand().name") == "Etiketten"


def test_a_bundle_finds_what_lies_in_it_and_the_brand_beside_its_executable(
    installed: Path, tmp_path: Path
) -> None:
    inside = tmp_path / "dist" / "_internal"
    (inside / "resources").mkdir(parents=True)
    vendor_file(inside.parent, 'name = "Gebündelt"\n')
    frozen = (
        f"[setattr(assets.sys, 'frozen', True), setattr(assets.sys, '_MEIPASS', r'{inside}'),"
        f" setattr(assets.sys, 'executable', r'{inside.parent / 'labeler'}')] and "
        "(assets.resources_dir(), assets.brand().name)"
    )
    assert asked(installed, frozen) == str((inside / "resources", "Gebündelt"))
