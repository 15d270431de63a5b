"""Every panel that is found keeps the contract; so does the example from outside."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import BinaryIO

import pytest

from labeler.api import MediaRef
from labeler.api.testing import Claim, PanelContract
from labeler.plugins import Found, discover
from labeler.plugins.imports import load

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "example_panel"


@cache
def found() -> tuple[Found, ...]:
    """Ours, whatever is installed beside them, and the example as a plugin in a folder."""
    return discover([EXAMPLE / "src"]).found


def examples_of(one: Found) -> bytes:
    path = EXAMPLE / "examples.json" if one.id == "tokens" else HERE / "examples" / f"{one.id}.json"
    return path.read_bytes() if path.exists() else b"{}"


def open_medium(ref: MediaRef) -> BinaryIO:
    """What the examples' media are: files beside them."""
    return (HERE / "examples" / "media" / ref.path).open("rb")


def claims() -> list[pytest.ParameterSet]:
    return [
        pytest.param(claim, id=f"{one.id}-{claim}")
        for one in found()
        for claim in PanelContract(
            one.place / "panel.toml",
            one.package,
            examples=examples_of(one),
            load=partial(load, one),
            open_medium=open_medium,
        ).claims()
    ]


@pytest.mark.parametrize("claim", claims())
def test_a_panel_keeps_its_promise(claim: Claim) -> None:
    claim.check()


def test_our_panels_and_the_example_are_among_those_found() -> None:
    own = {path.parent.name for path in HERE.parent.parent.glob("labeler/panels/*/panel.toml")}
    assert own | {"tokens"} <= {one.id for one in found()}


@pytest.mark.parametrize("one", found(), ids=lambda one: one.id)
def test_there_are_examples_of_every_panel(one: Found) -> None:
    assert examples_of(one) != b"{}"
