"""The door to the help pages: one window of them, however often it is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.help.window import HelpWindow

__all__ = ["show"]


def show(context: AppContext, parent: QWidget, page: str = "") -> None:
    """Show the help, at a page where one is named; the window that is open comes to the front."""
    window = parent.findChild(HelpWindow)
    if window is None:
        window = HelpWindow(context, parent)
    if page:
        window.show_page(page)
    window.show()
    window.raise_()
    window.activateWindow()
