"""The sample project in the app."""

from __future__ import annotations

from labeler.app.home.sample import open_sample
from labeler.app.main import App, run

__all__ = ["show_sample"]


def show_sample() -> int:
    """Run the app on the person's own copy of the sample, made now where there is none."""

    def begin(app: App) -> None:
        app.context.with_person(lambda: open_sample(app.context))

    return run(begin=begin)
