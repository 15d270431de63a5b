"""The context: answers come back on the UI thread, or not at all; work outside the lane; opening."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import shiboken6
from made_app import Running, make_project
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from labeler.app.context import Told
from labeler.model.problems import Refusal

Start = Callable[..., Running]


def test_an_answer_of_the_lane_arrives_on_the_ui_thread(start: Start, path: Path) -> None:
    run = start().open(path)
    threads: list[tuple[str, bool]] = []

    def done(name: str) -> None:
        threads.append((name, threading.current_thread() is threading.main_thread()))

    run.context.run(lambda project: threading.current_thread().name, done)
    assert threads == [], "not within the call"
    run.qtbot.waitUntil(lambda: bool(threads))
    assert threads == [("lane", True)]


def test_a_receiver_that_is_gone_hears_nothing(start: Start, path: Path) -> None:
    run = start().open(path)
    heard: list[int] = []

    class Page(QObject):
        def take(self, count: int) -> None:
            heard.append(count)

    page = Page()
    run.context.run(lambda project: 1, page.take)
    shiboken6.delete(page)
    run.settle()
    assert heard == []


def test_what_a_closed_project_answers_is_dropped(start: Start, path: Path) -> None:
    run = start().open(path)
    heard: list[int] = []
    run.context.run(lambda project: 1, heard.append)
    run.context.close_project()
    QTest.qWait(20)
    assert heard == []
    assert run.context.session is None


def test_background_work_reports_and_can_be_cancelled(start: Start, path: Path) -> None:
    run = start().open(path)
    told: list[tuple[int, int | None]] = []
    ended: list[str] = []
    go_on = threading.Event()

    def count(tell: Told) -> int:
        tell(1, 3)
        go_on.wait(5)
        for number in range(100_000):
            tell(number, None)
        return 100_000

    errand = run.context.background(
        count,
        lambda _total: ended.append("done"),
        progress=lambda done, total: told.append((done, total)),
        cancelled=lambda: ended.append("cancelled"),
    )
    run.qtbot.waitUntil(lambda: told == [(1, 3)])
    errand.cancel()
    go_on.set()
    run.qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["cancelled"]


def test_who_works_is_asked_before_the_first_project_opens(start: Start, path: Path) -> None:
    run = start(person=False)
    asked: list[int] = []
    run.context.person_needed.disconnect()  # the window would open its dialog and wait in it
    run.context.person_needed.connect(lambda: asked.append(1))
    run.app.start(path)
    # A hand-out would say itself who works in it: the file is looked at first.
    run.qtbot.waitUntil(lambda: asked == [1])
    assert run.context.session is None
    run.context.set_person("ben", "Ben Okafor")
    run.qtbot.waitUntil(lambda: run.context.session is not None)
    assert run.context.session.person.title == "Ben Okafor"
    assert run.window.top_bar.avatar.text() == "BO"


def test_the_last_project_asked_for_is_the_one_that_opens(start: Start, tmp_path: Path) -> None:
    first = make_project(tmp_path / "first.labeler")
    second = make_project(tmp_path / "second.labeler")
    run = start()
    run.app.start()
    run.context.open_project(first)
    run.context.open_project(second)
    run.qtbot.waitUntil(lambda: run.context.session is not None)
    run.settle()
    assert run.context.session.path == second


def test_files_dropped_on_the_window_open_or_are_imported(
    start: Start, path: Path, tmp_path: Path
) -> None:
    run = start()
    run.app.start()
    texts = tmp_path / "texts.csv"
    texts.write_text("text\nGood\n", encoding="utf-8")

    def asked() -> tuple[str, str]:
        [dialog] = [one for one in run.window.findChildren(QDialog) if one.isVisible()]
        name = dialog.windowTitle()
        dialog.reject()
        return type(dialog).__name__, name

    run.window.take_files([texts])
    assert asked() == ("NewProjectDialog", "New project")
    run.window.take_files([path])
    run.qtbot.waitUntil(lambda: run.context.session is not None)
    run.window.take_files([texts])
    assert asked() == ("ImportDialog", "Import into First")


def test_a_crash_of_native_code_is_told_at_the_next_start(start: Start, tmp_path: Path) -> None:
    log = tmp_path / "machine" / "logs" / "native-1.log"
    log.parent.mkdir(parents=True)
    log.write_text("Fatal Python error: Segmentation fault\n")
    run = start()
    run.app.start()
    assert "Segmentation fault" in run.window.notices.bar.report
    run.window.close()
    again = start()
    again.app.start()
    assert again.window.notices.bar.isHidden(), "a run that ended well leaves nothing to tell"


def test_a_second_window_on_the_same_file_sees_a_submit_within_two_seconds(
    start: Start, path: Path
) -> None:
    import time

    from labeler.store import Project

    run = start().open(path)
    other = Project.open(path)
    row = other.query.find("t2")
    other.sign_in("ben")
    other.annotate(row, author="ben", value=b'{"answers":{"feel":"bad"}}')
    written = time.monotonic()
    run.qtbot.waitUntil(lambda: run.work.bottom.done.text() == "1", timeout=5000)
    assert time.monotonic() - written < 2.0
    other.close()


def test_a_file_nobody_opened_here_before_is_looked_at_first(start: Start, path: Path) -> None:
    """Once: what was open on this machine is no stranger's file any more."""
    run = start()
    looked: list[Path] = []

    def look(file: Path) -> None:
        looked.append(file)
        if len(looked) == 1:
            raise Refusal.of("file_hostile", str(file), seconds=5, memory=1024)

    run.context.look_first = look
    run.app.start(path)
    run.qtbot.waitUntil(lambda: bool(run.problems))
    assert run.problems[0].code == "file_hostile"
    assert run.context.session is None
    for _ in range(2):
        run.context.open_project(path)
        run.qtbot.waitUntil(lambda: run.context.session is not None)
        run.window.close_project()
    assert looked == [path, path]
