"""What the tests of formats share: builds of another format than this one's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from labeler.store import schema

Build = Callable[[int], None]


@pytest.fixture
def build_of(monkeypatch: pytest.MonkeyPatch) -> Build:
    """Makes this build one that knows formats up to a number and no further."""

    def knows(number: int) -> None:
        monkeypatch.setattr(schema, "FORMAT", number)

    return knows
