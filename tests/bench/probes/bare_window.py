"""The least a window can be: an empty QMainWindow, from the start of the process to its painting."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QMainWindow
from shown import Shown

app = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1280, 800)
shown = Shown(app, window)
window.show()
app.exec()
