"""The sample project: a copy in the person's own folder, made once and opened from then on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from labeler.app.context import AppContext, Told
from labeler.assets import brand
from labeler.exchange.templates import sample, sample_project

__all__ = ["open_sample", "sample_path"]


def sample_path(context: AppContext) -> Path:
    """Where the person's copy of the sample is."""
    return context.folders.projects / f"{sample().title}{brand().extension}"


def open_sample(context: AppContext, over: Callable[[], None] | None = None) -> None:
    """Open the copy, made now where there is none; ``over`` is called when that is done or failed.

    The person must have said who they are.
    """
    path = sample_path(context)
    login = context.settings.values.person

    def make(_told: Told) -> Path:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            sample_project(path, context.plugins, handle=login.handle, name=login.name).close()
        return path

    def made(done: Path) -> None:
        if over is not None:
            over()
        context.settings.note_recent(done, "")  # made here: no stranger's file
        context.open_project(done)

    def failed(error: BaseException) -> None:
        if over is not None:
            over()
        context.fail(error)

    context.background(make, made, failed, receiver=context)
