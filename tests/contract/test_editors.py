"""Every editor that is found keeps the contract of editors; so does that of the example."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path

import pytest
from installing import EXAMPLE

from labeler.api.testing import Claim, Example, read_examples
from labeler.kit import KIT_VERSION
from labeler.kit.testing import EditorContract
from labeler.plugins import Found, Plugins, discover
from labeler.plugins.imports import load

HERE = Path(__file__).resolve().parent


def found() -> list[Found]:
    return [one for one in discover([EXAMPLE / "src"]).found if one.manifest.editor]


def examples_of(one: Found) -> tuple[Example, ...]:
    path = EXAMPLE / "examples.json" if one.id == "tokens" else HERE / "examples" / f"{one.id}.json"
    task = Plugins(discover([EXAMPLE / "src"]), HERE / "no-logs").task(one.id)
    return read_examples(path.read_bytes(), task)


def claims() -> list[pytest.ParameterSet]:
    listed = []
    for one in found():
        contract = EditorContract(
            one.place / "panel.toml",
            one.package,
            examples=examples_of(one),
            load=partial(load, one),
        )
        listed += [pytest.param(claim, id=f"{one.id}-{claim}") for claim in contract.claims()]
    return listed


@pytest.mark.parametrize("claim", claims())
def test_an_editor_keeps_its_promise(claim: Claim) -> None:
    claim.check()
    gc.collect()


@pytest.mark.parametrize("one", found(), ids=lambda one: one.id)
def test_an_editor_is_made_for_the_kit_there_is(one: Found, tmp_path: Path) -> None:
    host = Plugins(discover([EXAMPLE / "src"]), tmp_path)
    assert host.editor_class(one.id, KIT_VERSION).__name__ in one.manifest.editor
