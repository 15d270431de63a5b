"""What others need for the same, with where the figure is from; in the unit of the figure.

Measured once on a machine of this kind (2 cores, offscreen, median of 3); the research notes name
versions and circumstances. They are for the order of magnitude: compare inside one run where you can.
"""

from __future__ import annotations

from board import Beside

_SECTION = "feasibility.md §6"

WINDOW_S = (
    Beside("labelme 6.3.1", 0.82, _SECTION),
    Beside("AnyLabeling 0.4.43", 0.62, _SECTION),
    Beside("X-AnyLabeling 4.2.1", 2.4, _SECTION),
)
WINDOW_MB = (
    Beside("labelme 6.3.1", 173, _SECTION),
    Beside("AnyLabeling 0.4.43", 146, _SECTION),
    Beside("X-AnyLabeling 4.2.1", 249, _SECTION),
)
NEXT_MS = (
    Beside("labelme, next image of 10k", 14, _SECTION),
    Beside("AnyLabeling, next image of 10k", 177, _SECTION),
)
# 14.6 s for 100k: ten times that.
IMPORT_MILLION_S = (Beside("Label Studio 1.23.2, 10 × its 100k", 146, _SECTION),)
IMPORT_HUNDRED_THOUSAND_S = (Beside("Label Studio 1.23.2", 14.6, _SECTION),)
IMPORT_MB = (Beside("doccano, 6M short texts", 3000, "audio_text.md §3, doccano #67"),)
# Without a single annotation on them.
EXPORT_S = (Beside("Label Studio 1.23.2, unlabelled", 106.7, _SECTION),)
# Seconds at work until the list of a folder of 100k images is there; nothing is kept of it.
FOLDER_S = (
    Beside("X-AnyLabeling 4.2.1, opens the folder", 6.7, "image.md §3b"),
    Beside("labelme 7.9.1, opens the folder", 11.2, "image.md §3b"),
)
PAGE_MS = (Beside("sqlite3, page by OFFSET", 36, "audio_text.md §4"),)
REPAINT_10K_MS = (
    Beside("labelme 6.3.1", 554, "feasibility.md §3"),
    Beside("AnyLabeling 0.4.43", 258, "feasibility.md §3"),
    Beside("X-AnyLabeling 4.2.1", 810, "feasibility.md §3"),
)
NEXT_100K_MS = (
    Beside("labelme 7.9.1, next of 100k", 184, "image.md §3b"),
    Beside("X-AnyLabeling 4.2.1, next of 100k", 316, "image.md §3b"),
)
