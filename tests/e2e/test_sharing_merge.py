"""Merging in the app: choosing and dropping copies, working on meanwhile, what came of it, the log."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

sys.path.insert(0, str(Path(__file__).parent))

from copied import copy_of, work_in
from made_app import Running, make_project

from labeler.app.sharing.merges_page import MergesPage
from labeler.store import Project
from labeler.store.taking import Taking

Start = Callable[..., Running]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def merges_page(run: Running) -> MergesPage:
    page = run.window.page("merges")
    assert isinstance(page, MergesPage)
    return page


def merged(run: Running) -> None:
    """Wait until a merge is over and everything is read anew."""
    run.qtbot.waitUntil(lambda: run.window.sharing.strip.state in ("result", "refused"))
    run.settle()


def choose(run: Running, *paths: Path) -> None:
    """Merge a copy by key, as the file dialog answers."""
    run.ctrl(Qt.Key.Key_M, shift=True)
    dialog = run.window.findChild(QFileDialog, "merge_copies")
    assert dialog is not None
    dialog.filesSelected.emit([str(path) for path in paths])
    dialog.reject()
    # A window system gives the focus back; the offscreen one does not.
    run.window.activateWindow()
    run.qtbot.waitUntil(lambda: QApplication.activeWindow() is run.window)
    merged(run)


def figures(run: Running) -> list[str]:
    return [button.text() for button in run.window.sharing.strip.figures.values()]


def drop(run: Running, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(400, 300), action, data, button, none)
    QApplication.sendEvent(run.window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(400, 300), action, data, button, none)
    QApplication.sendEvent(run.window, event)


def ask(run: Running) -> QDialog:
    run.qtbot.waitUntil(lambda: _dialog(run) is not None)
    found = _dialog(run)
    assert found is not None
    return found


def _dialog(run: Running) -> QDialog | None:
    return next((one for one in run.window.findChildren(QDialog) if one.isVisible()), None)


def test_a_copy_chosen_by_key_brings_its_work_and_each_figure_opens_what_it_counts(
    start: Start, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "post").mkdir()
    other = work_in(copy_of(path, "post/from sofia.labeler"), "sofia", "t0", "t1", name="Sofia")
    run = start().open(path)
    choose(run, other)
    # Sofia and two annotations came; what the copy had before is known.
    assert figures(run)[0] == "3 changes added"
    assert figures(run)[2:] == ["0 conflicts", "0 set aside"]
    run.window.sharing.strip.figures["added"].click()
    page = merges_page(run)
    run.qtbot.waitUntil(lambda: page.detail.added.rowCount() == 3)
    model = page.detail.added
    rows = [[model.index(row, column).data() for column in (0, 1, 3)] for row in range(3)]
    assert rows == [
        ["Person", "", "sofia"],
        ["Annotation", "t0", "sofia"],
        ["Annotation", "t1", "sofia"],
    ]
    assert [model.index(row, 2).data() for row in range(3)] == ["", "First", "First"]
    # By keys alone: down to the second annotation, into its task.
    run.press(Qt.Key.Key_End)
    run.press(Qt.Key.Key_Return)
    run.settle()
    assert (run.context.commands.place, run.key) == ("work", "t1")


def test_the_last_column_ends_where_the_page_does(start: Start, path: Path) -> None:
    other = work_in(copy_of(path, "other.labeler"), "ben", "t0")
    run = start().open(path)
    choose(run, other)
    run.context.go("merges")
    run.settle()
    table = merges_page(run).table
    for drawn in (table.header.grab().toImage(), table.viewport().grab().toImage()):
        ground = drawn.pixelColor(drawn.width() - 1, 2)
        line = drawn.height() // 2 if drawn.height() < 40 else table.rowHeight(0) // 2
        inked = [
            x
            for x in range(drawn.width())
            for y in range(line - 7, line + 8)
            if drawn.pixelColor(x, y) != ground
        ]
        assert drawn.width() - 1 - max(inked) >= 15, "16 px of padding on pages"


def test_a_copy_that_is_dropped_on_the_window_is_offered_to_be_merged(
    start: Start, path: Path
) -> None:
    other = work_in(copy_of(path, "back.labeler"), "sofia", "t2")
    run = start().open(path)
    drop(run, other)
    dialog = ask(run)
    assert dialog.windowTitle() == "Merge back.labeler?"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    merged(run)
    assert run.context.session is not None
    assert run.context.session.path == path
    people = run.context.session.lane.call(lambda project: project.people())
    assert [one.handle for one in people] == ["anna", "sofia"]


def test_a_copy_that_is_dropped_can_be_opened_instead_and_another_project_is_opened(
    start: Start, path: Path, tmp_path: Path
) -> None:
    other = copy_of(path, "back.labeler")
    stranger = make_project(tmp_path / "birds.labeler")
    run = start().open(path)
    drop(run, other)
    button = ask(run).findChild(QPushButton, "open")
    assert button is not None
    button.click()
    run.qtbot.waitUntil(
        lambda: run.context.session is not None and run.context.session.path == other
    )
    drop(run, stranger)
    run.qtbot.waitUntil(
        lambda: run.context.session is not None and run.context.session.path == stranger
    )
    run.settle()


def test_what_cannot_be_merged_is_refused_in_one_line_and_changes_nothing(
    start: Start, path: Path, tmp_path: Path
) -> None:
    refused = [
        make_project(tmp_path / "birds.labeler"),
        path,
        _written(tmp_path / "letter.labeler", b"Dear all"),
        _written(tmp_path / "empty.labeler", b""),
        tmp_path / "gone.labeler",
    ]
    run = start().open(path)
    before = _ops(run)
    strip = run.window.sharing.strip
    for other in refused:
        choose(run, other)
        assert strip.state == "refused"
        words = strip.words.text()
        assert words.startswith(f"Not merged: {other.name}: ")
        assert "\n" not in words
        strip.dismiss()
    assert _ops(run) == before


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _ops(run: Running) -> int:
    assert run.context.session is not None
    count = run.context.session.lane.call(
        lambda project: project.file.row("SELECT count(*) FROM op")[0]
    )
    return int(count)


def test_a_gesture_made_while_a_merge_is_under_way_is_stored_between_two_batches(
    start: Start, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = work_in(copy_of(path, "back.labeler"), "sofia", "t0", "t1", "t2")
    monkeypatch.setattr("labeler.store.taking_batch.BATCH_S", 0.0)
    monkeypatch.setattr("labeler.store.taking_batch.SLICE", 1)
    reached, goes_on = threading.Event(), threading.Event()
    honest = Taking.write_log
    seen: list[tuple[int, int]] = []

    def halts(self: Taking, *args: object) -> None:
        honest(self, *args)  # type: ignore[arg-type]
        seen.append((self.counts.added, self.file.row("SELECT count(*) FROM step")[0]))
        if self.counts.added == 1 and not reached.is_set():
            reached.set()
            assert goes_on.wait(10)

    monkeypatch.setattr(Taking, "write_log", halts)
    run = start().open(path)
    run.window.sharing.merger.merge([other])
    run.qtbot.waitUntil(reached.is_set)
    assert run.window.sharing.strip.state == "running"
    run.press("1")
    goes_on.set()
    merged(run)
    # The step was in the file when the third batch of four was written.
    assert seen[:4] == [(0, 0), (1, 0), (2, 1), (3, 1)]
    assert run.stored("t0") is None, "a gesture is no submit"


def test_a_merge_that_is_stopped_keeps_what_is_in_and_the_next_one_brings_the_rest(
    start: Start, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = work_in(copy_of(path, "back.labeler"), "sofia", "t0", "t1", "t2")
    monkeypatch.setattr("labeler.store.taking_batch.BATCH_S", 0.0)
    monkeypatch.setattr("labeler.store.taking_batch.SLICE", 1)
    run = start().open(path)
    sharing = run.window.sharing
    honest = Taking.write_log

    def stops(self: Taking, *args: object) -> None:
        honest(self, *args)  # type: ignore[arg-type]
        sharing.merger.stop()

    monkeypatch.setattr(Taking, "write_log", stops)
    sharing.merger.merge([other])
    merged(run)
    assert sharing.strip.words.text() == "Merging was stopped; what came in stays"
    assert figures(run)[0] == "1 change added"
    monkeypatch.setattr(Taking, "write_log", honest)
    run.context.go("merges")
    page = merges_page(run)
    run.qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    choose(run, other)
    # Four came: Sofia and three annotations, one of them before.
    assert figures(run)[0] == "3 changes added"
    run.qtbot.waitUntil(lambda: page.model.rowCount() == 2)


def test_siblings_are_offered_once_and_no_more_after_they_are_merged(
    start: Start, path: Path
) -> None:
    work_in(copy_of(path, "pets (Sofia's conflicted copy).labeler"), "sofia", "t0")
    work_in(copy_of(path, "pets-PC2.labeler"), "ben", "t1")
    run = start().open(path)
    strip = run.window.sharing.strip
    run.qtbot.waitUntil(lambda: strip.state == "offer")
    assert strip.words.text().startswith("2 copies of this project lie beside it: ")
    assert "pets (Sofia's conflicted copy).labeler" in strip.words.text()
    assert run.context.commands.run("project.merge_siblings")
    merged(run)
    assert figures(run)[0] == "4 changes added"
    run.qtbot.waitUntil(lambda: run.window.sharing.siblings.siblings == [])
    assert path.with_name("pets-PC2.labeler").exists()
    before = run.context.session
    run.context.open_project(path)
    run.qtbot.waitUntil(lambda: run.context.session not in (None, before))
    run.window.sharing.siblings.look()
    run.settle()
    assert not run.context.commands.can_run("project.merge_siblings").ok


def test_a_sibling_that_is_put_off_is_not_offered_again_in_this_run(
    start: Start, path: Path
) -> None:
    work_in(copy_of(path, "pets-PC2.labeler"), "ben", "t1")
    run = start().open(path)
    strip = run.window.sharing.strip
    run.qtbot.waitUntil(lambda: strip.state == "offer")
    QTest.mouseClick(strip.later, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert strip.isHidden()
    looked: list[bool] = []
    run.window.sharing.siblings.found.connect(lambda _found: looked.append(True))
    run.window.sharing.siblings.look()
    run.context.background(lambda _told: None, lambda _nothing: looked.append(False))
    run.qtbot.waitUntil(lambda: looked == [False])
    assert strip.isHidden()


def test_what_was_set_aside_says_why_and_whose_and_gives_its_bytes(
    start: Start, path: Path, tmp_path: Path
) -> None:
    other = work_in(copy_of(path, "back.labeler"), "sofia", "t0")
    connection = sqlite3.connect(other)
    forged = connection.execute(
        "SELECT op.id, op.body FROM op JOIN ent ON ent.id=op.ent WHERE ent.kind=7"
    ).fetchone()
    connection.execute(
        "UPDATE op SET body=? WHERE id=?", (forged[1].replace(b"good", b"evil"), forged[0])
    )
    connection.commit()
    connection.close()
    run = start().open(path)
    choose(run, other)
    assert figures(run)[3] == "1 set aside"
    run.window.sharing.strip.figures["aside"].click()
    detail = merges_page(run).detail
    run.qtbot.waitUntil(lambda: detail.aside.rowCount() == 1)
    cells = [detail.aside.index(0, column).data() for column in range(3)]
    assert cells == ["It was changed after it was written", "sofia", "back.labeler"]
    assert QApplication.focusWidget() is detail.aside_table
    run.press(Qt.Key.Key_Return)
    dialog = run.window.findChild(QFileDialog, "save_bytes")
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "bytes.bin"))
    dialog.reject()
    run.qtbot.waitUntil(lambda: "Saved: bytes.bin" in run.said)
    assert b"evil" in (tmp_path / "bytes.bin").read_bytes()


def test_the_log_lists_each_merge_and_escape_leads_back_to_it(start: Start, path: Path) -> None:
    other = work_in(copy_of(path, "back.labeler"), "sofia", "t0")
    project = Project.open(path)
    project.merge(other)
    project.merge(other)
    project.close()
    run = start().open(path)
    run.ctrl(Qt.Key.Key_4)
    page = run.window.page("data")
    QTest.mouseClick(page.switch.part_button("merges"), Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    log = merges_page(run)
    run.qtbot.waitUntil(lambda: log.model.rowCount() == 2)
    rows = [[log.model.index(row, column).data() for column in (1, 3)] for row in range(2)]
    assert rows == [["back.labeler", "0"], ["back.labeler", "2"]]
    digests = {log.model.index(row, 2).data() for row in range(2)}
    assert [len(one) for one in digests] == [8], "the same copy has the same digest"
    run.press(Qt.Key.Key_Down)
    run.press(Qt.Key.Key_Return)
    assert log.stack.currentWidget() is log.detail
    run.qtbot.waitUntil(lambda: log.detail.added.rowCount() == 2)
    run.press(Qt.Key.Key_Escape)
    assert log.stack.currentWidget() is log.table
