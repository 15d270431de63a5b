"""A task of six long Markdown responses with code and formulas, and typing beside it."""

from __future__ import annotations

import statistics

from board import Beside, Board, child


def test_responses_shown(board: Board) -> None:
    told = child("responses", environment={"QT_QPA_PLATFORM": "offscreen"})
    naive = Beside("QTextBrowser.setMarkdown, no formulas", statistics.median(told["naive"]))
    board.add("six responses of 8,000 letters shown", "ms", told["cold"], naive, target=150)
    board.add("  read ahead", "ms", told["ahead"], naive, target=40)
    typed = told["typed"]
    board.add("a letter of the reason beside them", "ms", typed, target=16)
    board.add("  99 in 100", "ms", [sorted(typed)[int(0.99 * len(typed))]], target=16)
