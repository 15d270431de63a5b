"""Images that no one could stop decoding are decoded in a process of their own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from labeler.media import apart as module
from labeler.media.apart import Apart
from labeler.media.image import read_image
from labeler.model.problems import Refusal


@pytest.fixture
def apart() -> Iterator[Apart]:
    made = Apart()
    yield made
    made.close()


def image(kind: str, **more: object) -> io.BytesIO:
    pixels = np.random.default_rng(1).integers(0, 256, (60, 40, 3), dtype=np.uint8)
    raw = io.BytesIO()
    Image.fromarray(pixels).save(raw, kind, **more)
    raw.seek(0)
    return raw


def instead(monkeypatch: pytest.MonkeyPatch, words: str) -> list[subprocess.Popen[bytes]]:
    """A process that does this in place of decoding."""
    begun: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", words]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        begun.append(subprocess.Popen(command, **pipes))  # type: ignore[call-overload]
        return begun[-1]

    monkeypatch.setattr(module, "_started", start)
    return begun


def test_what_comes_back_is_what_would_be_read_here(apart: Apart) -> None:
    for kind, more in (("WEBP", {"lossless": True}), ("TIFF", {"compression": "tiff_lzw"})):
        raw = image(kind, **more)
        there = apart.read(raw, where="a")
        raw.seek(0)
        here = read_image(raw, where="a")
        assert np.array_equal(there.pixels, here.pixels)
        assert there._replace(pixels=here.pixels) == here
    assert len(apart._idle) == 1, "one process did both"
    if sys.platform == "linux":
        limits = Path(f"/proc/{apart._idle[0].pid}/limits").read_text()
        (line,) = (one for one in limits.splitlines() if one.startswith("Max address space"))
        # A gibibyte for the image, 768 MiB for the house, and the file itself.
        assert int(line.split()[3]) < 2 << 30


def test_what_is_read_in_blocks_starts_no_process(apart: Apart) -> None:
    for kind in ("JPEG", "PNG", "GIF", "BMP"):
        apart.read(image(kind))
    assert apart._idle == []


def test_a_broken_image_is_refused_and_the_process_goes_on(apart: Apart) -> None:
    broken = image("WEBP").getvalue()[:200]
    with pytest.raises(Refusal, match="damaged"):
        apart.read(io.BytesIO(broken), where="a")
    with pytest.raises(Refusal, match="MB of memory"):
        apart.read(image("WEBP"), budget_bytes=1000, where="a")
    (process,) = apart._idle
    assert apart.read(image("WEBP")).pixels.shape == (60, 40, 3)
    assert apart._idle == [process]


def test_a_decoder_that_never_ends_is_ended(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_GRACE_S", 0.0)
    begun = instead(monkeypatch, "import time; time.sleep(600)")
    start = time.monotonic()
    with pytest.raises(Refusal, match=r"longer than 0\.2 s"):
        apart.read(image("WEBP"), seconds=0.2)
    assert time.monotonic() - start < 60
    assert begun[0].poll() is not None


def test_what_nobody_wants_any_more_is_ended(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = instead(monkeypatch, "import time; time.sleep(600)")
    with pytest.raises(Refusal, match="called off"):
        apart.read(image("WEBP"), cancelled=lambda: True)
    assert begun[0].poll() is not None


def test_a_decoder_that_dies_takes_nobody_along(
    apart: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead(monkeypatch, "import os; os.abort()")
    with pytest.raises(Refusal, match="ended the process"):
        apart.read(image("WEBP"))
    monkeypatch.undo()
    assert apart.read(image("WEBP")).pixels.shape == (60, 40, 3)


def test_closing_leaves_no_process(apart: Apart) -> None:
    apart.read(image("WEBP"))
    (process,) = apart._idle
    apart.close()
    assert process.poll() is not None
    if hasattr(os, "waitpid"):
        with pytest.raises(ChildProcessError):
            os.waitpid(process.pid, os.WNOHANG)
