"""What every test stands on: no window on anybody's desktop, no setting of anybody's machine."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED_DATA = CHECKOUT.parent / "shared" / "data"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
named = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
if "utf" not in next(filter(None, named), "").lower():
    # Qt warns once where the locale is not UTF-8, and a warning fails the test it falls into.
    os.environ["LC_ALL"] = "C.UTF-8"
# How long an example takes says how busy the machine is; what hangs is ended by each test's bound.
settings.register_profile(
    "untimed", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")


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


class _Capabilities(ctypes.Structure):
    """What ``capget`` and ``capset`` of Linux read and write, twice: of the lower and upper 32."""

    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@pytest.fixture
def modes_hold() -> Iterator[None]:
    """The modes of files hold for the test's thread, though the administrator runs it.

    Root's right to pass over them is laid down for as long as the test runs; that is Linux's.
    """
    if not hasattr(os, "geteuid"):
        pytest.skip("modes forbid nothing on Windows")
    if os.geteuid():
        yield
        return
    if sys.platform != "linux":
        pytest.skip("nothing is forbidden to root")
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, of this thread
    had, fewer = (_Capabilities * 2)(), (_Capabilities * 2)()
    for found in (had, fewer):
        assert libc.capget(header, found) == 0
    fewer[0].effective &= ~(1 << 1 | 1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    assert libc.capset(header, fewer) == 0, os.strerror(ctypes.get_errno())
    try:
        yield
    finally:
        assert libc.capset(header, had) == 0


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
