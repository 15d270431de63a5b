"""Thirty real texts and thirty real comparisons, done with the keyboard alone, every key counted.

What is to be marked comes from the data: the aspect terms others marked, with their polarity. The keys
allowed are those a person needs who looks words up by their first letters; before that could be done,
arrows took 25 keys a text with spans and up to 77 a comparison.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from made_app import Running
from PySide6.QtCore import Qt

from labeler.exchange import ImportOptions, here, run_import
from labeler.exchange.templates import new_project
from labeler.kit.text import TextSurface
from labeler.model.regions import Span
from labeler.plugins import Plugins

Start = Callable[..., Running]
KEY = Qt.Key
LABELS = {"positive": "p", "negative": "o", "neutral": "i"}
MODELS = ("gpt4", "claude", "text_davinci_003", "vicuna-7b", "alpaca-7b")
WHY = "The first one answers what was asked, in fewer words."


def made(path: Path, panel: str, format_id: str, rows: list[dict[str, object]]) -> Path:
    source = path.with_suffix(".jsonl")
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    plugins = Plugins.load(safe_mode=True)
    project = new_project(path, panel, handle="anna")
    reader = plugins.reader(plugins.format(format_id, panel))
    run_import(here(project), plugins, reader, [source], panel, ImportOptions(by="anna"))
    project.close()
    return path


class Keyboard:
    """Keys as a person presses them, counted."""

    def __init__(self, run: Running) -> None:
        self.run = run
        self.pressed = 0

    def key(self, key: Qt.Key | str) -> None:
        self.run.press(key)
        self.pressed += 1

    def ctrl(self, key: Qt.Key) -> None:
        self.run.ctrl(key)
        self.pressed += 1

    def find(self, surface: TextSurface, start: int, end: int) -> None:
        """Look words up by as many letters as it takes, and select all of them."""
        text = surface.document.text
        self.ctrl(KEY.Key_F)
        for letter in text[start:end]:
            self.key(letter)
            if surface.selection is not None and surface.selection[0] == start:
                break
        while surface.selection is None or surface.selection[0] != start:
            self.key(KEY.Key_Down)
        self.key(KEY.Key_Return)
        while surface.selection is not None and surface.selection[1] < end:
            self.key(KEY.Key_Space)
        assert surface.selection == (start, end), text[start:end]

    def goes_on(self, last: Callable[[], None]) -> None:
        """Press what ends the task, and see the next one come."""
        flow = self.run.work.flow
        seat = flow.seat
        last()
        self.run.qtbot.waitUntil(lambda: flow.seat is not seat)
        self.run.settle()


def terms_of(shared_data: Path) -> dict[str, tuple[str, list[tuple[int, int, str]]]]:
    """Thirty sentences with what others marked in them: where, and of which polarity."""
    path = shared_data / "text" / "absa" / "MAMS-ATSA_test.xml"
    found: dict[str, tuple[str, list[tuple[int, int, str]]]] = {}
    for sentence in ElementTree.parse(path).getroot():
        text = sentence.findtext("text") or ""
        marks = [
            (int(term.get("from", "0")), int(term.get("to", "0")), term.get("polarity", ""))
            for term in sentence.iter("aspectTerm")
            if text[int(term.get("from", "0")) : int(term.get("to", "0"))] == term.get("term")
        ]
        whole = all(
            text[end - 1].isalnum() and not text[end : end + 1].isalnum() for _, end, _ in marks
        )
        if 2 <= len(marks) <= 4 and whole and text.isascii():
            found[f"s{len(found)}"] = (text, sorted(marks))
        if len(found) == 30:
            break
    return found


def test_thirty_texts_are_marked_and_judged_by_keyboard(
    start: Start, tmp_path: Path, shared_data: Path
) -> None:
    tasks = terms_of(shared_data)
    assert len(tasks) == 30
    rows: list[dict[str, object]] = [{"id": key, "text": one[0]} for key, one in tasks.items()]
    run = start().open(made(tmp_path / "texts.labeler", "sentiment", "text-jsonl", rows))
    keyboard, spans = Keyboard(run), 0
    for key, (_, marks) in tasks.items():
        assert run.key == key
        surface = run.editor.findChild(TextSurface)
        assert surface is not None
        for first, last, polarity in marks:
            keyboard.find(surface, first, last)
            keyboard.key(LABELS.get(polarity, "i"))
        value = run.work.flow.value
        regions = sorted((one.start, one.end) for one in value.regions if isinstance(one, Span))
        assert regions == [mark[:2] for mark in marks]
        spans += len(marks)
        keyboard.goes_on(lambda: keyboard.key("1"))
    per_span = (keyboard.pressed - len(tasks)) / spans
    assert per_span <= 6.0, f"{per_span:.1f} keys a span"


@pytest.mark.parametrize("count", [2, 5])
def test_fifteen_comparisons_are_judged_marked_and_reasoned_by_keyboard(
    start: Start, tmp_path: Path, shared_data: Path, count: int
) -> None:
    folder = shared_data / "responses" / "alpaca_eval"
    outputs = [
        json.loads((folder / model / "model_outputs.json").read_bytes()) for model in MODELS[:count]
    ]
    rows: list[dict[str, object]] = [
        {
            "id": f"c{number}",
            "prompt": outputs[0][number]["instruction"],
            "responses": [
                {"id": model, "text": output[number]["output"], "model": model}
                for model, output in zip(MODELS, outputs, strict=False)
            ],
        }
        for number in range(15)
    ]
    path = made(tmp_path / "pairs.labeler", "comparison", "responses-jsonl", rows)
    run = start().open(path)
    keyboard = Keyboard(run)
    for number in range(15):
        assert run.key == f"c{number}"
        surface = run.editor.board.panes[1].surface  # type: ignore[attr-defined]
        word = re.search(r"(?<![\w*`])[a-z]{6,}(?![\w*`])", surface.document.text)
        if word is not None:
            keyboard.find(surface, *word.span())
            keyboard.key("o")
            [mark] = run.work.flow.value.regions
            assert isinstance(mark, Span)
            assert mark.text == word.group()
            keyboard.key(KEY.Key_Escape)
        if count == 2:
            keyboard.key("5")
        else:
            for rank, letter in enumerate("bacde", start=1):
                keyboard.key(letter)
                keyboard.key(str(min(rank, 4)))
        keyboard.key("x")
        run.press(WHY)
        keyboard.goes_on(lambda: keyboard.ctrl(KEY.Key_Return))
        stored = run.stored(f"c{number}")
        assert stored is not None
        value = stored["value"]
        assert isinstance(value, dict)
        asked = "preference" if count == 2 else "ranking"
        assert {asked, "justification"} <= set(value["answers"])
    assert keyboard.pressed / 15 <= (16 if count == 2 else 25)
