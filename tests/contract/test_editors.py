"""Every editor that is found keeps the contract of editors; so does that of the example."""

from __future__ import annotations

import gc
import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from installing import EXAMPLE
from PIL import Image

from labeler.api.testing import Claim, Example, read_examples
from labeler.kit import KIT_VERSION
from labeler.kit.testing import EditorContract
from labeler.kit.testing.host import RecordingHost
from labeler.plugins import Found, Plugins, discover
from labeler.plugins.imports import load

HERE = Path(__file__).resolve().parent


def found() -> list[Found]:
    return [one for one in discover([EXAMPLE / "src"]).found if one.manifest.editor]


def examples_of(one: Found) -> tuple[Example, ...]:
    path = EXAMPLE / "examples.json" if one.id == "tokens" else HERE / "examples" / f"{one.id}.json"
    task = Plugins(discover([EXAMPLE / "src"]), HERE / "no-logs").task(one.id)
    return read_examples(path.read_bytes(), task)


def media_of(examples: Sequence[Example]) -> dict[str, bytes]:
    """A picture for every image the examples show, of the size they say it has."""
    media = {}
    for example in examples:
        size = (getattr(example.content, "width", 0), getattr(example.content, "height", 0))
        for part in example.content.parts():
            if part.kind == "image" and part.media is not None and all(size):
                file = io.BytesIO()
                Image.new("RGB", size, (90, 120, 60)).save(file, "PNG")
                media[part.media.path] = file.getvalue()
    return media


def claims() -> list[pytest.ParameterSet]:
    listed = []
    for one in found():
        examples = examples_of(one)
        contract = EditorContract(
            one.place / "panel.toml",
            one.package,
            examples=examples,
            load=partial(load, one),
            host=partial(RecordingHost, media=media_of(examples)),
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
