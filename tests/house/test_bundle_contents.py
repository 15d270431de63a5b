"""What a bundle carries: nothing under the GPL, nothing that only an unwanted part brought along."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from types import ModuleType

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def contents(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(HOUSE / "packaging")
    import bundle_contents

    return bundle_contents


PLUGINS = "PySide6/Qt/plugins"


@pytest.mark.parametrize(
    "name",
    [
        "libQt6VirtualKeyboard.so.6",
        "PySide6/Qt/lib/libQt6VirtualKeyboardSettings.so.6",
        "PySide6/Qt6VirtualKeyboard.dll",
        "PySide6/QtCharts.abi3.so",
        "PySide6/QtDataVisualization.abi3.so",
        f"{PLUGINS}/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        f"{PLUGINS}/platformthemes/libqgtk3.so",
        "libreadline.so.8",
        "libgdbm.so.6",
        "projects/sample/mine.labeler",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/Qt/translations/qtbase_pt_BR.qm",
    ],
)
def test_what_must_not_ship_is_unwanted(contents: ModuleType, name: str) -> None:
    assert contents.unwanted(name)


@pytest.mark.parametrize(
    "name",
    [
        "libQt6Core.so.6",
        f"{PLUGINS}/platforms/libqxcb.so",
        f"{PLUGINS}/platforms/libqoffscreen.so",
        f"{PLUGINS}/platforms/libqminimal.so",
        f"{PLUGINS}/imageformats/libqsvg.so",
        f"{PLUGINS}/multimedia/libffmpegmediaplugin.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "resources/themes/dark.toml",
        "labeler/panels/sentiment/panel.toml",
    ],
)
def test_what_the_app_needs_is_wanted(contents: ModuleType, name: str) -> None:
    assert not contents.unwanted(name)


def names(entries: list[tuple[str, str, str]]) -> set[str]:
    return {PurePosixPath(entry[0]).name for entry in entries}


def test_what_only_an_unwanted_part_brought_goes_with_it(contents: ModuleType) -> None:
    linked = {
        f"{PLUGINS}/platformthemes/libqgtk3.so": {"libgtk-3.so.0", "libQt6Gui.so.6"},
        f"{PLUGINS}/platforms/libqxcb.so": {"libQt6Gui.so.6", "libxcb.so.1"},
        "libgtk-3.so.0": {"libgdk-3.so.0", "libglib-2.0.so.0"},
        "libgdk-3.so.0": {"libgtk-3.so.0", "libcairo.so.2"},  # the two need each other
        "libQt6Gui.so.6": {"libQt6Core.so.6"},
        "libQt6Core.so.6": {"libglib-2.0.so.0"},
        "cv2/cv2.abi3.so": {"libavcodec.so.61"},
    }
    collected = {*linked, *(needed for brought in linked.values() for needed in brought)}
    paths = {PurePosixPath(path).name: path for path in [*collected, *linked]}
    binaries = [(path, path, "BINARY") for path in paths.values()]
    kept, _ = contents.kept(binaries, [], lambda path: linked.get(path, set()))
    assert names(binaries) - names(kept) == {
        *("libqgtk3.so", "libgtk-3.so.0", "libgdk-3.so.0", "libcairo.so.2")
    }


def test_a_link_to_a_kept_library_is_kept(contents: ModuleType) -> None:
    binaries = [
        ("PySide6/QtCore.abi3.so", "/there/QtCore.abi3.so", "EXTENSION"),
        ("PySide6/Qt/lib/libQt6Core.so.6", "/there/libQt6Core.so.6", "BINARY"),
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
    ]
    linked = {"/there/QtCore.abi3.so": {"libQt6Core.so.6"}, "/there/libQt6Core.so.6": set[str]()}
    kept, _ = contents.kept(binaries, [], linked.__getitem__)
    assert kept == binaries


def test_a_link_to_a_library_that_went_goes_too(contents: ModuleType) -> None:
    link = ("libQt6Charts.so.6", "PySide6/Qt/lib/libQt6Charts.so.6", "SYMLINK")
    other = ("libgtk-3.so.0", "gtk/libgtk-3.so.0", "SYMLINK")
    assert contents.kept([], [link, other]) == ([], [])


def test_a_file_beside_the_code_is_looked_at_too(contents: ModuleType) -> None:
    good = ("resources/icons/home.svg", "/there/home.svg", "DATA")
    bad = ("projects/mine.labeler", "/there/mine.labeler", "DATA")
    assert contents.kept([], [good, bad]) == ([], [good])


def test_a_guests_panel_finds_the_standard_library(contents: ModuleType) -> None:
    assert {"csv", "json", "statistics", "sqlite3", "zoneinfo"} <= set(contents.STANDARD_LIBRARY)
    assert set(contents.STANDARD_LIBRARY) <= sys.stdlib_module_names
    assert {"readline", "tkinter"} <= set(contents.EXCLUDED_MODULES)


def test_no_part_of_qt_that_the_house_imports_is_left_out(contents: ModuleType) -> None:
    sources = [path.read_text("utf-8") for path in (HOUSE / "labeler").rglob("*.py")]
    needed = [
        module
        for module in contents.EXCLUDED_MODULES
        if module.startswith("PySide6.")
        and any(f"from {module} import" in text or f"import {module}" in text for text in sources)
    ]
    assert needed == []


# Distributions with files beside their code that the bundle may do without: none is read at run time,
# or PyInstaller has a hook that brings what is.
_DATA_LEFT_TO_HOOKS = {
    *("numpy", "shiboken6", "pyside6-essentials", "pyside6-addons"),  # for compilers; hooks
    *("opencv-python-headless", "soundfile"),  # licences, which lie in the notices; hooks
    *("markdown-it-py", "pycparser", "pip"),  # notes of their makers; their tables are Python
    "tzdata",  # no time is shown in a zone that is not the machine's
}
_CODE = {
    ".py",
    ".pyc",
    ".pyi",
    ".so",
    ".pyd",
    ".dll",
    ".pxd",
    ".pyx",
    ".h",
    ".c",
    ".typed",
    ".md",
    "",
}


def _has_data(name: str) -> bool:
    """Whether an installed distribution has files in its packages that are no code."""
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:  # for another system
        return False
    return any(
        file.suffix not in _CODE and not re.search(r"\.dist-info/|\.libs/|\.so\.|^\.\./", str(file))
        for file in files
    )


def test_no_package_is_bundled_without_the_files_it_reads(contents: ModuleType) -> None:
    lock = (HOUSE / "packaging" / "run.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
    with_data = {name for name in locked if _has_data(name)}
    assert with_data - _DATA_LEFT_TO_HOOKS == set(contents.FORMULAS)
