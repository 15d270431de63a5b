"""The door itself: every name is there, and nothing is loaded before it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import labeler.kit


def test_every_name_of_the_door_leads_somewhere() -> None:
    for name in labeler.kit.__all__:
        assert getattr(labeler.kit, name) is not None
    assert set(dir(labeler.kit)) == set(labeler.kit.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Buttom"):
        labeler.kit.Buttom  # noqa: B018


def test_importing_the_door_loads_no_qt(checkout: Path) -> None:
    code = (
        "import sys, labeler.kit; "
        "print(labeler.kit.KIT_VERSION, any(m.startswith('PySide6') for m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [labeler.kit.KIT_VERSION, "False"]
