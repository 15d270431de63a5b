"""The app's window, from the start of the process to its first painting. ``app_window.py FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from shown import Shown
from told import words

from labeler.app.main import App


def main() -> None:
    folder = Path(words()[0])
    app = QApplication(sys.argv[:1])
    whole = App(app, root=folder)
    shown = Shown(app, whole.window)
    whole.start()
    app.exec()
    whole.end()
    del shown


main()
