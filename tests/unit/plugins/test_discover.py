"""Discovery: what is found, in which order, what is said of the rest, and that no code runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from labeler.plugins import discover

MakePlugin = Callable[..., Path]

CHECKOUT = Path(__file__).resolve().parent.parent.parent.parent
RAISES = "raise RuntimeError('imported at discovery')\n"
MANIFEST = """
    id = "{id}"
    name = "A guest"
    version = "0.9"
    api = ["0.1"]
    task = ".task:Task"
"""


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """In place of our own panels: none."""
    return tmp_path / "no-panels"


def test_a_plugin_in_a_folder_is_found(make_plugin: MakePlugin, nowhere: Path) -> None:
    folder = make_plugin("marks")
    discovery = discover([folder], own=nowhere, search_path=[])
    assert discovery.failed == ()
    (found,) = discovery.found
    assert (found.id, found.origin, found.place) == ("marks", "folder", folder / "marks")
    assert (found.manifest.name, found.manifest.version) == ("A plugin", "1.2.3")
    assert (found.package, found.dist) == ("", "")


def test_an_installed_plugin_is_found_with_its_distribution(
    installed: MakePlugin, nowhere: Path
) -> None:
    site = installed(
        "guest-tags",
        "[console_scripts]\nx = y:z\n\n[labeler.panels]\ntags = guest_tags.panel:panel.toml\n",
        {"guest_tags/__init__.py": "", "guest_tags/panel/panel.toml": MANIFEST.format(id="tags")},
    )
    discovery = discover([], own=nowhere, search_path=[str(site)])
    assert discovery.failed == ()
    (found,) = discovery.found
    assert (found.origin, found.package) == ("installed", "guest_tags.panel")
    assert (found.dist, found.dist_version) == ("guest-tags", "2.0")
    assert found.place == (site / "guest_tags" / "panel").resolve()


def test_discovery_imports_nothing_of_a_plugin(
    make_plugin: MakePlugin, installed: MakePlugin, nowhere: Path
) -> None:
    site = installed(
        "guest-raises",
        "[labeler.panels]\nraises = guest_raises.inner:panel.toml\n",
        {
            "guest_raises/__init__.py": RAISES,
            "guest_raises/inner/__init__.py": RAISES,
            "guest_raises/inner/task.py": RAISES,
            "guest_raises/inner/panel.toml": MANIFEST.format(id="raises"),
        },
    )
    folder = make_plugin("marks", files={"__init__.py": RAISES, "task.py": RAISES})
    before = set(sys.modules)
    discovery = discover([folder], own=nowhere, search_path=[str(site)])
    assert [found.id for found in discovery.found] == ["raises", "marks"]
    assert discovery.failed == ()
    assert not [name for name in set(sys.modules) - before if "guest" in name or "marks" in name]


def test_our_own_panels_are_found_without_metadata(nowhere: Path, tmp_path: Path) -> None:
    own = tmp_path / "panels"
    (own / "ours").mkdir(parents=True)
    (own / "ours" / "panel.toml").write_text(MANIFEST.format(id="ours"), encoding="utf-8")
    (found,) = discover([], own=own, search_path=[]).found
    assert (found.id, found.origin, found.package) == ("ours", "own", "labeler.panels.ours")


def test_a_panel_of_ours_with_an_entry_point_is_found_once(
    installed: MakePlugin, tmp_path: Path
) -> None:
    site = installed(
        "guest-own",
        "[labeler.panels]\nours = guest_own.ours:panel.toml\n",
        {"guest_own/__init__.py": "", "guest_own/ours/panel.toml": MANIFEST.format(id="ours")},
    )
    discovery = discover([], own=site / "guest_own", search_path=[str(site)])
    assert [(found.id, found.origin) for found in discovery.found] == [("ours", "own")]
    assert discovery.failed == ()


def test_sources_come_in_order_and_the_first_of_an_id_wins(
    make_plugin: MakePlugin, installed: MakePlugin, tmp_path: Path
) -> None:
    own = tmp_path / "panels"
    (own / "one").mkdir(parents=True)
    (own / "one" / "panel.toml").write_text(MANIFEST.format(id="one"), encoding="utf-8")
    site = installed(
        "guest-two",
        "[labeler.panels]\none = guest_two.one:panel.toml\ntwo = guest_two.two:panel.toml\n",
        {
            "guest_two/__init__.py": "",
            "guest_two/one/panel.toml": MANIFEST.format(id="one"),
            "guest_two/two/panel.toml": MANIFEST.format(id="two"),
        },
    )
    vendor = make_plugin("two", folder="vendor")
    make_plugin("three", folder="vendor")
    person = make_plugin("three", folder="person")
    make_plugin("four", folder="person")
    discovery = discover([vendor, person], own=own, search_path=[str(site)])
    found = [(one.id, one.origin) for one in discovery.found]
    assert found == [("one", "own"), ("two", "installed"), ("three", "folder"), ("four", "folder")]
    assert discovery.found[2].place == vendor / "three"
    assert [problem.code for problem in discovery.failed] == ["plugin_double"] * 3
    assert [Path(problem.where) for problem in discovery.failed] == [
        (site / "guest_two" / "one" / "panel.toml").resolve(),
        vendor / "two" / "panel.toml",
        person / "three" / "panel.toml",
    ]
    assert str(own / "one") in discovery.failed[0].message


def test_safe_mode_knows_ours_only(
    make_plugin: MakePlugin, installed: MakePlugin, tmp_path: Path
) -> None:
    own = tmp_path / "panels"
    (own / "ours").mkdir(parents=True)
    (own / "ours" / "panel.toml").write_text(MANIFEST.format(id="ours"), encoding="utf-8")
    site = installed(
        "guest-safe",
        "[labeler.panels]\nsafe = guest_safe:panel.toml\n",
        {"guest_safe/__init__.py": "", "guest_safe/panel.toml": MANIFEST.format(id="safe")},
    )
    folder = make_plugin("marks")
    discovery = discover([folder], safe_mode=True, own=own, search_path=[str(site)])
    assert [found.id for found in discovery.found] == ["ours"]


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "not-toml": ('id = "not-toml\n', "not TOML"),
    "not-utf8": (b'id = "caf\xe9"\n', "not UTF-8"),
    "deep": ("x = " + "[" * 5000, "nested too deeply"),
    "empty": ("", "id"),
    "huge": ("#" * (1 << 21), "larger than a megabyte"),
}


def test_broken_manifests_are_reported_and_stop_nothing(
    make_plugin: MakePlugin, nowhere: Path, tmp_path: Path
) -> None:
    folder = make_plugin("good")
    for name, (text, _) in BROKEN.items():
        (folder / name).mkdir()
        raw = text if isinstance(text, bytes) else text.encode()
        (folder / name / "panel.toml").write_bytes(raw)
    (folder / "a-folder" / "panel.toml").mkdir(parents=True)
    if hasattr(os, "mkfifo"):
        (folder / "a-pipe").mkdir()
        os.mkfifo(folder / "a-pipe" / "panel.toml")
    (folder / "no-plugin").mkdir()
    (folder / "a-file.txt").write_text("x", encoding="utf-8")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "panel.toml").write_text("nonsense", encoding="utf-8")
    discovery = discover([folder], own=nowhere, search_path=[])
    assert [found.id for found in discovery.found] == ["good"]
    told = {
        Path(problem.where.split(": ")[0]).parent.name: str(problem) for problem in discovery.failed
    }
    for name, (_, word) in BROKEN.items():
        assert word in told.pop(name)
    assert "it is no file" in told.pop("a-folder")
    if hasattr(os, "mkfifo"):
        assert "it is no file" in told.pop("a-pipe")
    assert told == {}


@pytest.mark.usefixtures("modes_hold")
def test_a_folder_nobody_may_read_is_reported(make_plugin: MakePlugin, nowhere: Path) -> None:
    folder = make_plugin("marks")
    folder.chmod(0)
    try:
        discovery = discover([folder], own=nowhere, search_path=[])
    finally:
        folder.chmod(0o700)
    assert [problem.code for problem in discovery.failed] == ["file_unreadable"]


def test_a_folder_that_is_a_file_is_reported_and_a_missing_one_is_not(
    tmp_path: Path, nowhere: Path
) -> None:
    file = tmp_path / "plugins"
    file.write_text("x", encoding="utf-8")
    discovery = discover([file, tmp_path / "absent"], own=nowhere, search_path=[])
    assert [(problem.code, problem.where) for problem in discovery.failed] == [
        ("file_unreadable", str(file))
    ]


def test_a_plugin_for_another_api_is_refused_in_a_sentence(
    make_plugin: MakePlugin, nowhere: Path
) -> None:
    folder = make_plugin("later", api="0.2")
    (problem,) = discover([folder], own=nowhere, search_path=[]).failed
    assert problem.where == str(folder / "later" / "panel.toml")
    assert problem.message == "made for api 0.2, this program has 0.1"


@pytest.mark.parametrize(
    "value",
    [
        "guest_lost:panel.toml",
        "guest_here:other.toml",
        "guest_here:../guest_here/panel.toml",
        "guest_here",
        "guest here:panel.toml",
        "guest_here.deeper.still:panel.toml",
        "sys:panel.toml",
    ],
)
def test_an_entry_point_that_leads_nowhere_is_reported(
    value: str, installed: MakePlugin, nowhere: Path
) -> None:
    site = installed(
        "guest-here",
        f"[labeler.panels]\nhere = {value}\n",
        {"guest_here/__init__.py": "", "guest_here/panel.toml": MANIFEST.format(id="here")},
    )
    discovery = discover([], own=nowhere, search_path=[str(site)])
    assert discovery.found == ()
    (problem,) = discovery.failed
    assert problem.where == "guest-here 2.0"
    assert repr(value) in problem.message


def test_a_distribution_that_lies_on_the_path_twice_counts_once(
    installed: MakePlugin, nowhere: Path
) -> None:
    text = "[labeler.panels]\ntwice = guest_twice:panel.toml\n"
    files = {"guest_twice/__init__.py": "", "guest_twice/panel.toml": MANIFEST.format(id="twice")}
    first = installed("guest-twice", text, files)
    second = installed("Guest.Twice", text, files, folder="other", version="3.0")
    discovery = discover([], own=nowhere, search_path=[str(first), str(second)])
    assert [(found.id, found.dist_version) for found in discovery.found] == [("twice", "2.0")]
    assert discovery.failed == ()


def test_entry_points_of_other_groups_and_comments_are_left_alone(
    installed: MakePlugin, nowhere: Path
) -> None:
    site = installed(
        "guest-other",
        """
        [labeler.panels.more]
        a = guest_other:panel.toml
        [other]
        # labeler.panels
        b = guest_other:panel.toml
        [labeler.panels]
        # c = guest_other:panel.toml
        ; d = guest_other:panel.toml
        """,
        {"guest_other/__init__.py": "", "guest_other/panel.toml": MANIFEST.format(id="other")},
    )
    discovery = discover([], own=nowhere, search_path=[str(site), str(site / "absent"), ""])
    assert (discovery.found, discovery.failed) == ((), ())


def test_our_reading_of_metadata_agrees_with_the_standard_library(
    installed: MakePlugin,
) -> None:
    from importlib.metadata import entry_points as by_library

    from labeler.plugins.entry_points import entry_points

    installed(
        "guest-agrees",
        "[labeler.panels]\nb = guest_agrees:b.toml\na=guest_agrees:a.toml\n",
        {"guest_agrees/__init__.py": ""},
    )
    ours = {(point.name, point.value) for point in entry_points(sys.path)}
    assert {("a", "guest_agrees:a.toml"), ("b", "guest_agrees:b.toml")} <= ours
    assert ours == {(one.name, one.value) for one in by_library(group="labeler.panels")}


def test_finding_plugins_loads_nothing_that_takes_long() -> None:
    # A command may take 0.2 s to start: importlib.metadata is 25 ms, logging.handlers 13 ms.
    code = (
        "import sys; from labeler.plugins import Plugins; Plugins.load(); "
        "heavy = {'importlib.metadata', 'logging.handlers', 'PySide6', 'sqlite3', 'email',"
        " 'numpy', 'regex', 'rich'}; print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    assert done.stdout.strip() == "[]"
