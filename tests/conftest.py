"""What every test stands on: no window on anybody's desktop, no setting of anybody's machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED_DATA = CHECKOUT.parent / "shared" / "data"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
named = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
if "utf" not in next(filter(None, named), "").lower():
    # Qt warns once where the locale is not UTF-8, and a warning fails the test it falls into.
    os.environ["LC_ALL"] = "C.UTF-8"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Let go of the widgets that a test has closed.

    pytest-qt asks for their deletion, which no event loop is there to do: they would stay, thousands
    of them, and every change of the theme would dress them all.
    """
    yield
    widgets, core = (sys.modules.get(f"PySide6.{name}") for name in ("QtWidgets", "QtCore"))
    if widgets is not None and core is not None and widgets.QApplication.instance() is not None:
        widgets.QApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, caches and data of the test go to a folder of its own; its path."""
    home = tmp_path_factory.mktemp("home")
    for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR"):
        folder = home / name.lower()
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(f"XDG_{name}", str(folder))
    return home


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the checkout under test."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout; the test is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the shared data is not beside this checkout")
    return SHARED_DATA


@pytest.fixture(scope="session")
def kills() -> int:
    """How often a crash test kills: LABELER_KILLS, 20 where nobody asked for more."""
    return int(os.environ.get("LABELER_KILLS", "20"))
