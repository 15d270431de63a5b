"""What a project calls its things is shown as text on every page: nothing of it is markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from made_app import Running, make_project
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QMenu, QWidget

Start = Callable[..., Running]

EVIL = '<img src="file://host/share/x.png"><b>Evil</b>'
MARK = "file://host"
CONFIG = msgspec.json.encode(
    {
        "labels": [{"id": "evil", "name": EVIL, "colour": "#E69F00", "types": ["span"]}],
        "questions": [
            {
                "id": "q",
                "kind": "choice",
                "title": EVIL,
                "rule": EVIL,
                "choices": [{"id": "a", "title": EVIL}, {"id": "b", "title": "B"}],
            },
            {"id": "s", "kind": "scale", "title": EVIL, "low": EVIL, "high": EVIL},
            {"id": "w", "kind": "text", "title": EVIL},
        ],
        "guideline": f"# 1 {EVIL}\n\n[{EVIL}](file://host/x) ![x](file://host/y.png)",
        "policy": {"skip_reasons": [EVIL], "flag_reasons": [EVIL]},
    }
)


def tips(root: QWidget) -> Iterator[tuple[str, str]]:
    """Everything below a widget that Qt shows as a text it may take for markup: what and where."""
    for widget in (root, *root.findChildren(QWidget)):
        where = type(widget).__name__
        yield where, widget.toolTip()
        for action in widget.actions():
            # Without a tip of its own Qt tells its text, and shows that in no menu.
            own = action.toolTip().replace("&", "") != action.text().replace("&", "")
            yield f"{where} action", action.toolTip() if own else ""
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            yield f"{where} text", widget.text()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _of_model(widget.model(), where)


def _of_model(model: QAbstractItemModel, where: str) -> Iterator[tuple[str, str]]:
    for row in range(min(20, model.rowCount())):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
        for column in range(columns):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            yield f"{where} cell", tip if isinstance(tip, str) else ""


def harmful(text: str) -> bool:
    return f'src="{MARK}' in text and QtGui.Qt.mightBeRichText(text)


def test_names_that_look_like_markup_are_text_everywhere(start: Start, tmp_path: Path) -> None:
    path = make_project(
        tmp_path / "<img src=x>.labeler", [EVIL, EVIL + "2"], config=CONFIG, panel="sentiment"
    )
    run = start().open(path)
    window = run.window
    seen: list[tuple[str, str]] = []
    for place in ("work", "data", "home"):
        run.context.go(place)
        run.settle()
        if place == "work":
            for tab in ("questions", "regions", "guidelines"):
                run.work.turn_to(tab)
        for button in (window.top_bar.project, window.top_bar.queue):
            menu = button.menu()
            assert isinstance(menu, QMenu)
            menu.aboutToShow.emit()
        seen += list(tips(window))
    assert any(EVIL in text or "Evil" in text for _, text in seen), "the names were on no page"
    assert [where for where, text in seen if harmful(text)] == []
