"""The release of Qt's bindings that is locked keeps its references of None.

PySide6 6.12.0 dropped one at every call that returns nothing; before CPython 3.12, where None has
a count like any object, a process died of it after some thousand calls ("deallocating None").
"""

from __future__ import annotations

import re
import sys

import pytest
from PySide6.QtGui import QColor, QImage, QPainter, QPen

CALLS = 1000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal here")
def test_calls_into_qt_do_not_use_up_none(qapp: object) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    pen = QPen(QColor("black"))
    try:
        before = sys.getrefcount(None)
        for _ in range(CALLS):
            painter.setPen(pen)
            painter.drawRect(1, 1, 4, 4)
        lost = before - sys.getrefcount(None)
    finally:
        painter.end()
    # Other threads may hold None for a moment, so a few may come or go; a bad release loses 2,000.
    assert lost < CALLS // 10


def test_the_wheel_of_opencv_brings_no_second_qt() -> None:
    import cv2

    assert re.search(r"^ *GUI: +NONE$", cv2.getBuildInformation(), re.MULTILINE)
