"""What becomes of files that were dropped on the app, or chosen to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.assets import brand

__all__ = ["take_files"]


def take_files(context: AppContext, window: QWidget, paths: Sequence[Path]) -> None:
    """Open a project; other files go into the open one, or begin a project."""
    projects = [path for path in paths if path.suffix == brand().extension]
    if projects and len(projects) == len(paths):
        context.take_projects(projects)
    elif paths and context.session is not None:
        from labeler.app.dialogs import import_data

        import_data.show(context, window, sources=paths)
    elif paths:
        from labeler.app.dialogs import new_project

        new_project.show(context, window, sources=paths)
