"""Six responses of 8,000 characters shown cold and read ahead, and a reason typed beside them."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

import msgspec
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QTextBrowser, QWidget

from labeler.api import Context, QueueConfig, Value
from labeler.kit.editor import TaskView
from labeler.kit.form import GivenAnswer, QuestionForm
from labeler.kit.testing import RecordingHost
from labeler.kit.testing.host import application
from labeler.panels.comparison.content import ComparisonContent, Response, Turn
from labeler.panels.comparison.editor import ComparisonEditor

COUNT, LENGTH, RUNS, LETTERS = 6, 8_000, 5, 200
PIECE = """## Heading {n}

Parse *each* string once and let the sort compare dates, see `sorted` and **bold words** here. The
cost is $n \\log_{{{n}}} n$ comparisons and $O(n^{{{n}}})$ memory in all cases that matter.

- first point with some words in it that wrap over the line
- second point with `code` and $x_{{{n}}}^2 + y$

```python
def f{n}(x: int) -> str:
    return sorted(x, key=lambda d: datetime.strptime(d, "%d.%m.%Y"))  # comment
```

| a | b |
|---|---|
| 1 | **2** |

$$\\sum_{{i={n}}}^n i = \\frac{{n(n+{n})}}{{2}}$$

"""


def response(seed: int) -> str:
    text, number = "", 0
    while len(text) < LENGTH:
        number += 1
        text += PIECE.format(n=seed * 100 + number)
    return text[:LENGTH]


def content(seed: int) -> ComparisonContent:
    return ComparisonContent(
        turns=(Turn(id="t", role="user", text=f"How do I sort dates ({seed})?"),),
        responses=tuple(
            Response(id=f"r{n}", text=response(seed * COUNT + n)) for n in range(COUNT)
        ),
    )


CONFIG = {
    "questions": [
        {"id": "order", "kind": "ranking", "fewest": 3},
        {"id": "why", "kind": "text", "minimum": 80},
    ]
}


def view(task: ComparisonContent) -> TaskView:
    config = msgspec.convert(CONFIG, QueueConfig)
    return TaskView("0" * 32, "k", task, task.parts(), config, Value(), context=Context())


def milliseconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - began)


def idle(editor: ComparisonEditor) -> None:
    while editor.ahead.busy or editor.formulas.waiting:
        QApplication.processEvents()


def main() -> None:
    application()
    host = RecordingHost()
    page = QWidget()
    row = QHBoxLayout(page)
    editor, form = ComparisonEditor(host), QuestionForm()
    form.setFixedWidth(320)
    row.addWidget(editor, 1)
    row.addWidget(form)
    page.resize(1376, 780)
    page.show()
    page.activateWindow()
    editor.show_task(view(content(99)))
    page.grab()
    time.sleep(0.5)
    editor.formulas.find("x", display=False, size=15)
    idle(editor)

    def show(task: ComparisonContent) -> None:
        editor.show_task(view(task))
        page.grab()

    cold = []
    for run in range(RUNS):
        cold.append(milliseconds(lambda run=run: show(content(run))))  # type: ignore[misc]
        idle(editor)
    ahead = []
    for run in range(RUNS):
        task = content(20 + run)
        editor.prepare(task)
        idle(editor)
        ahead.append(milliseconds(lambda task=task: show(task)))  # type: ignore[misc]
    plain = QWidget()
    grid = QGridLayout(plain)
    browsers = [QTextBrowser() for _ in range(COUNT)]
    for number, browser in enumerate(browsers):
        grid.addWidget(browser, number // 3, number % 3)
    plain.resize(1056, 780)
    plain.show()

    def naive(seed: int) -> None:
        for number, browser in enumerate(browsers):
            browser.setMarkdown(response(seed * COUNT + number))
        plain.grab()

    beside = [milliseconds(lambda run=run: naive(40 + run)) for run in range(RUNS)]  # type: ignore[misc]
    plain.close()

    now = view(content(60))
    editor.show_task(now)
    form.show_task(now)

    def answered(given: GivenAnswer) -> None:
        editor.set_value(given.applied_to(editor.value, now.config))

    form.answered.connect(answered)
    idle(editor)
    page.grab()
    page.activateWindow()
    while not page.isActiveWindow():
        QApplication.processEvents()
    form.show_question("why")
    QTest.qWait(300)  # the form builds what is below in idle moments
    typed = []
    for number in range(LETTERS):
        letter = " " if number % 6 == 5 else chr(97 + number % 26)

        def press(letter: str = letter) -> None:
            QTest.keyClicks(QApplication.focusWidget() or form, letter)
            QApplication.processEvents()

        typed.append(milliseconds(press))
    assert len(editor.value.answers["why"]) == LETTERS
    told = {"cold": cold, "ahead": ahead, "naive": beside, "typed": typed}
    print(json.dumps(told))
    sys.stdout.flush()


main()
