"""The import law: every breach, planted alone in a copy of the house, is seen; the rest passes.

The floors below are written down from the design, not read from pyproject.toml, which they test.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

FLOORS = [
    ["__main__"],
    ["app", "cli", "panels"],
    ["kit", "plugins"],
    ["team", "exchange"],
    ["work"],
    ["quality"],
    ["store", "media"],
    ["api"],
    ["model", "assets"],
]
FLOOR = {name: number for number, floor in enumerate(FLOORS) for name in floor}
MODULES = {"__main__", "assets"}
PACKAGES = [name for name in FLOOR if name not in MODULES]
WITHOUT_WINDOW = [name for name in FLOOR if name not in {"__main__", "app", "panels", "kit"}]
QT = ["import PySide6.QtCore", "from shiboken6 import isValid", "import pyqtgraph"]
SQLITE = ["import sqlite3", "from sqlite_utils import Database"]

Planting = tuple[str, str]


def importer(name: str) -> str:
    """The file an import is planted in for a floor: in panels an editor, which may import kit."""
    if name in MODULES:
        return f"labeler/{name}.py"
    return f"labeler/{name}/first/editor.py" if name == "panels" else f"labeler/{name}/planted.py"


def statement(name: str) -> str:
    return f"import labeler.{name}.first.editor" if name == "panels" else f"import labeler.{name}"


def may_import(upper: str, lower: str) -> bool:
    """What the design says of two floors."""
    if lower == "panels":
        return False
    if upper == "panels":
        return lower in {"api", "kit"}
    if upper == "kit":
        return lower in {"media", "api", "model", "assets"}
    if lower == "kit":
        return upper in {"__main__", "app"}
    return FLOOR[upper] < FLOOR[lower]


PAIRS = [(upper, lower) for upper in FLOOR for lower in FLOOR if upper != lower]
LEGAL = [(importer(a), statement(b)) for a, b in PAIRS if may_import(a, b)]
ILLEGAL = [(importer(a), statement(b)) for a, b in PAIRS if not may_import(a, b)]

LAYERS = ("floors", "nobody-imports-panels", "kit-floor", "no-kit-without-window")
"""The laws of the floors alone: they are quick, and see nearly every import against them."""

PANEL = "labeler/panels/first"
PANEL_FILES = ("task", "formats", "editor", "distances")
SPECIAL: dict[str, list[Planting]] = {
    "root": [("labeler/__init__.py", f"import labeler.{name}") for name in FLOOR],
    "qt": [
        *[(importer(name), line) for name in [*WITHOUT_WINDOW, "__main__"] for line in QT],
        *[("labeler/__init__.py", line) for line in QT],
        ("labeler/work/planted.py", "def late():\n    import PySide6.QtCore"),
    ],
    "panel-core-half": [
        *[(f"{PANEL}/task.py", line) for line in QT],
        *[(f"{PANEL}/formats.py", line) for line in QT],
        *[(f"{PANEL}/__init__.py", line) for line in QT],
        (f"{PANEL}/formats.py", "import labeler.kit.surface"),
        (f"{PANEL}/task.py", "import labeler.kit"),
        (f"{PANEL}/task.py", "import labeler.panels.first.editor"),
        (f"{PANEL}/distances.py", "import PySide6.QtCore"),
    ],
    "panels-apart": [
        (f"{PANEL}/task.py", "import labeler.panels.second.task"),
        (f"{PANEL}/editor.py", "from labeler.panels.second import editor"),
    ],
    "panel-doors": [
        (f"{PANEL}/task.py", f"from labeler.{name} import planted") for name in ("model", "media")
    ],
    "sqlite": [
        *[(importer(name), line) for name in FLOOR if name != "store" for line in SQLITE],
        *[(f"{PANEL}/formats.py", line) for line in SQLITE],
    ],
}
AT_HOME: list[Planting] = [
    *[(f"labeler/{name}/planted.py", line) for name in ("kit", "app") for line in QT],
    *[(f"{PANEL}/editor.py", line) for line in QT],
    *[(f"{PANEL}/canvas.py", line) for line in QT],
    *[("labeler/store/planted.py", line) for line in SQLITE],
    (f"{PANEL}/editor.py", "import labeler.panels.first.task"),
]


def plant(house: Path, plots: list[list[Planting]], *laws: str) -> list[list[str]]:
    """The ids of the contracts (of these, or of all) that each plot of plantings breaks."""
    done = subprocess.run(
        [sys.executable, str(HERE / "plant.py"), *laws],
        input=json.dumps(plots),
        capture_output=True,
        text=True,
        cwd=house,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[list[str]] = json.loads(done.stdout)
    return found


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The linter's own command, which reads every file."""
    command = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports as l; "
    )
    return subprocess.run(
        [sys.executable, "-c", command + "sys.exit(l(no_cache=True, no_logo=True))"],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )


@pytest.fixture(scope="module")
def house(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, furnished with every floor that has no content yet and two panels."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(checkout / "pyproject.toml", copy)
    only_code = shutil.ignore_patterns("__pycache__", "_resources", "_projects")
    shutil.copytree(checkout / "labeler", copy / "labeler", ignore=only_code)
    rooms = [*PACKAGES, "panels/first", "panels/second"]
    files = [f"{room}/__init__.py" for room in rooms]
    files += [f"{room}/planted.py" for room in PACKAGES]
    files += [f"panels/{name}/{half}.py" for name in ("first", "second") for half in PANEL_FILES]
    files += [f"{name}.py" for name in MODULES]
    for name in files:
        path = copy / "labeler" / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (copy / "labeler/panels/first/editor.py").write_text("import labeler.kit.surface\n")
    (copy / "labeler/kit/surface.py").write_text("import PySide6.QtWidgets\n")
    (copy / "labeler/panels/first/task.py").write_text("import labeler.panels.first.distances\n")
    return copy


def test_the_house_as_it_stands_keeps_the_law(checkout: Path) -> None:
    done = lint(checkout)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_breach_in_a_file_fails_the_command(house: Path) -> None:
    planted = house / "labeler/store/planted.py"
    planted.write_text("import labeler.work\n")
    done = lint(house)
    planted.write_text("")
    assert done.returncode == 1
    assert "labeler.store.planted -> labeler.work (l.1)" in done.stdout


def test_a_fully_furnished_house_keeps_the_law(house: Path) -> None:
    assert plant(house, [[]]) == [[]]


def test_every_import_against_the_floors_breaks_the_law(house: Path) -> None:
    broken = plant(house, [[one] for one in ILLEGAL], *LAYERS)
    unseen = [planting for planting, laws in zip(ILLEGAL, broken, strict=True) if not laws]
    broken = plant(house, [[one] for one in unseen])
    unseen = [planting for planting, laws in zip(unseen, broken, strict=True) if not laws]
    assert unseen == []


def test_every_import_down_the_house_keeps_the_law(house: Path) -> None:
    # An import more never mends a breach: what all of them keep together, each keeps alone.
    assert plant(house, [LEGAL]) == [[]]


@pytest.mark.parametrize("law", SPECIAL)
def test_a_breach_is_seen_by_the_law_it_breaks(house: Path, law: str) -> None:
    broken = plant(house, [[one] for one in SPECIAL[law]], law)
    unseen = [
        planting for planting, laws in zip(SPECIAL[law], broken, strict=True) if law not in laws
    ]
    assert unseen == []


def test_qt_and_sqlite_are_at_home_where_they_live(house: Path) -> None:
    assert plant(house, [AT_HOME]) == [[]]


def test_a_floor_nobody_has_written_down_breaks_the_law(house: Path) -> None:
    assert plant(house, [[("labeler/utensils.py", "import os")]]) == [["floors"]]
