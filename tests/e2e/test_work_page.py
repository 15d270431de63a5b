"""The Work page in its real window: keys and clicks in, what is stored out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from made_app import Running, make_project, predict, with_policy
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from labeler.api import Refusal
from labeler.app.work.go_to import GoToPopover
from labeler.app.work.reasons import ReasonPopover
from labeler.kit.controls.chip import ChoiceChip
from labeler.kit.controls.notice import ErrorCard
from labeler.store import Project

Start = Callable[..., Running]


def answered(run: Running, task: str) -> object:
    stored = run.stored(task)
    return None if stored is None else (stored["status"], stored["value"])


# ------------------------------------------------------------------------------- the first page


@pytest.mark.parametrize("place", ["work", "home"])
def test_what_is_said_is_seen_on_the_page_the_program_begins_with(
    start: Start, path: Path, place: str
) -> None:
    run = start()
    if place == "work":
        run.open(path)
    else:
        run.app.start()
        run.qtbot.waitExposed(run.window)
    assert run.window.stack.currentWidget() is run.window.built(place)
    run.context.toast("A sentence")
    toast = run.window.notices.toast
    assert toast is not None
    assert toast.isVisible()


# ------------------------------------------------------------------------------- keys and submit


def test_a_choice_by_key_is_stored_and_submit_goes_on(start: Start, path: Path) -> None:
    run = start().open(path)
    assert run.key == "t0"
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t1"
    assert answered(run, "t0") == ("submitted", {"answers": {"feel": "good"}})


def test_submit_with_an_answer_missing_stays_and_goes_to_the_question(
    start: Start, path: Path
) -> None:
    run = start().open(path)
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t0"
    assert run.stored("t0") is None
    block = run.work.inspector.form.asked_blocks[0]
    assert "Choose one answer" in block.complaint
    focus = QApplication.focusWidget()
    assert focus is not None
    assert block.isAncestorOf(focus)


def test_one_key_answers_submits_and_goes_on_where_the_queue_says_so(
    start: Start, tmp_path: Path
) -> None:
    path = make_project(tmp_path / "fast.labeler", config=with_policy(auto_advance=True))
    run = start().open(path)
    run.press("2")
    run.settle()
    assert run.key == "t1"
    assert answered(run, "t0") == ("submitted", {"answers": {"feel": "bad"}})


def test_auto_advance_is_taken_back_as_one_gesture_across_tasks(
    start: Start, tmp_path: Path
) -> None:
    path = make_project(tmp_path / "fast.labeler", config=with_policy(auto_advance=True))
    run = start().open(path)
    run.press("2")
    run.settle()
    run.ctrl(Qt.Key.Key_Z)
    run.settle()
    assert run.key == "t0"
    assert run.work.flow.value.answers == {}
    seat = run.work.flow.seat
    assert seat is not None
    assert seat.draft.status == "open"
    assert not seat.read_only
    assert any("t0" in text for text in run.said)


def test_a_click_on_a_choice_does_not_go_on_by_itself(start: Start, tmp_path: Path) -> None:
    path = make_project(tmp_path / "fast.labeler", config=with_policy(auto_advance=True))
    run = start().open(path)
    run.work.inspector.form.asked_blocks[0].build()
    chip = run.work.inspector.findChildren(ChoiceChip)[0]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    run.settle()
    assert run.key == "t0"
    assert run.work.flow.value.answers == {"feel": "good"}


def test_letters_typed_into_a_text_run_no_command(start: Start, path: Path) -> None:
    run = start().open(path)
    run.work.inspector.form.show_question("why")
    run.press("sfg1w")
    run.settle()
    assert run.key == "t0"
    assert run.work.popover is None
    assert run.work.flow.value.answers == {"why": "sfg1w"}
    assert run.work.flow.value.regions == ()


def test_undo_reaches_the_draft_while_a_text_has_the_focus(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("1")
    run.work.inspector.form.show_question("why")
    run.press("because")
    run.ctrl(Qt.Key.Key_Z)
    assert run.work.flow.value.answers == {"feel": "good"}
    run.ctrl(Qt.Key.Key_Z)
    assert run.work.flow.value.answers == {}
    run.ctrl(Qt.Key.Key_Z, shift=True)
    run.ctrl(Qt.Key.Key_Y)
    assert run.work.flow.value.answers == {"feel": "good", "why": "because"}


def test_typing_is_one_step_until_the_field_is_left(start: Start, path: Path) -> None:
    run = start().open(path)
    form = run.work.inspector.form
    form.show_question("why")
    run.press("one")
    run.editor.setFocus()
    form.show_question("why")
    run.press("two")
    assert run.work.flow.value.answers == {"why": "onetwo"}
    run.ctrl(Qt.Key.Key_Z)
    assert run.work.flow.value.answers == {"why": "one"}


def test_every_gesture_is_in_the_file_without_anybody_saving(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("w")
    run.press("1")
    run.settle()
    other = Project.open(path, read_only=True)
    row = other.query.find("t0")
    draft = other.open_draft(row, other.person("anna"), take=False)
    assert [step.label for step in draft.path] == ["Mark", "Answer “How does it feel?”"]
    other.close()


def test_editor_form_and_table_show_one_value(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("w")
    run.press("m")
    inspector = run.work.inspector
    assert [region.id for region in run.editor.value.regions] == ["m1", "m2"]
    run.work.turn_to("regions")
    assert len(inspector.table.model.rows) == 2
    assert inspector.tabs.tabData(inspector.regions_at) == "2"
    inspector.table.select_regions(["m1"])
    inspector.table.delete_selected()
    assert [region.id for region in run.editor.value.regions] == ["m2"]
    run.ctrl(Qt.Key.Key_Z)
    assert [region.id for region in run.editor.value.regions] == ["m1", "m2"]
    assert len(inspector.table.model.rows) == 2


def test_selection_goes_both_ways_between_editor_and_table(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("ww")
    run.editor.host.select_regions(["m2"])
    run.work.turn_to("regions")
    assert run.work.inspector.table.chosen == ("m2",), "selected before the tab was looked at"
    run.editor.host.select_regions(["m1"])
    assert run.work.inspector.table.chosen == ("m1",)
    run.editor.host.select_regions(["m2"])
    assert run.work.inspector.table.chosen == ("m2",)
    run.work.inspector.table.selected.emit(("m1",))
    assert run.editor.selected == ("m1",)


# ------------------------------------------------------------------------------ skip, flag, going


def test_skip_by_keyboard_alone_gives_the_first_reason(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("s")
    assert isinstance(run.work.popover, ReasonPopover)
    run.press(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t1"
    stored = run.stored("t0")
    assert stored is not None
    assert (stored["status"], stored["reason"]) == ("skipped", "Not a text")
    assert run.said == ["Skipped t0"]


def test_a_digit_gives_its_reason_at_once(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("s")
    run.press("2")
    run.settle()
    stored = run.stored("t0")
    assert stored is not None
    assert stored["reason"] == "Unreadable"


def test_flag_with_words_of_ones_own(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("1")
    run.press("f")
    run.press("Names a person")
    run.press(Qt.Key.Key_Return)
    run.settle()
    stored = run.stored("t0")
    assert stored is not None
    assert (stored["status"], stored["reason"]) == ("flagged", "Names a person")
    assert stored["value"] == {"answers": {"feel": "good"}}, "the work so far is kept"


def test_escape_leaves_the_reasons_and_gives_the_focus_back(start: Start, path: Path) -> None:
    run = start().open(path)
    before = QApplication.focusWidget()
    run.press("s")
    run.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    assert run.stored("t0") is None


def test_skip_is_undone_from_the_next_task(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("s")
    run.press(Qt.Key.Key_Return)
    run.settle()
    run.ctrl(Qt.Key.Key_Z)
    run.settle()
    assert run.key == "t0"
    stored = run.stored("t0")
    assert stored is not None
    assert stored["status"] == "open"


def test_previous_and_next_walk_every_task(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    run.ctrl(Qt.Key.Key_PageUp)
    run.settle()
    assert run.key == "t0"
    run.ctrl(Qt.Key.Key_PageUp)
    run.settle()
    assert run.key == "t0", "there is none before the first"
    for _ in range(4):
        run.ctrl(Qt.Key.Key_PageDown)
        run.settle()
    assert run.key == "t2"
    assert run.work.strip.position.text() == "3 of 3"
    assert not run.work.strip.next.isEnabled()


def test_go_to_takes_a_number_or_a_key(start: Start, tmp_path: Path) -> None:
    path = make_project(tmp_path / "many.labeler", [f"text {n}" for n in range(40)])
    run = start().open(path)
    run.press("g")
    assert isinstance(run.work.popover, GoToPopover)
    run.press("12")
    run.press(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t11"
    run.press("g")
    popover = run.work.popover
    assert isinstance(popover, GoToPopover)
    run.press("t37")
    run.qtbot.waitUntil(lambda: popover.rows.model().rowCount() > 0)
    run.press(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t37"


def test_what_was_submitted_is_read_only_until_it_is_reopened(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    run.ctrl(Qt.Key.Key_PageUp)
    run.settle()
    run.press("2")
    assert run.work.flow.value.answers == {"feel": "good"}
    assert run.editor.read_only
    run.ctrl(Qt.Key.Key_R)
    assert not run.editor.read_only
    run.press("2")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    assert answered(run, "t0") == ("submitted", {"answers": {"feel": "bad"}})


def test_submit_leads_on_from_a_finished_task_and_changes_nothing(start: Start, path: Path) -> None:
    run = start().open(path)
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    run.ctrl(Qt.Key.Key_PageUp)
    run.settle()
    assert run.work.bottom.submit.text() == "Next open task"
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t1"


def test_a_queue_that_is_done_says_so_and_how_far_it_is(start: Start, tmp_path: Path) -> None:
    path = make_project(tmp_path / "one.labeler", ["only"])
    run = start().open(path)
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    assert run.key == ""
    assert run.work.pages.currentWidget() is run.work.empty
    run.qtbot.waitUntil(lambda: run.work.bottom.done.text() == "1")
    run.ctrl(Qt.Key.Key_Z)
    run.settle()
    assert run.key == "t0"


def test_several_queues_are_chosen_from_by_key(start: Start, tmp_path: Path) -> None:
    path = make_project(tmp_path / "two.labeler", queues=("first", "second"))
    run = start().open(path)
    assert run.work.pages.currentWidget() is run.work.chooser
    run.press("2")
    run.settle()
    assert run.work.flow.queue_name == "second"
    assert run.key == "t0"
    run.ctrl(Qt.Key.Key_J)
    assert run.work.pages.currentWidget() is run.work.chooser


def test_escape_goes_back_to_the_task_from_which_a_queue_was_to_be_chosen(
    start: Start, tmp_path: Path
) -> None:
    run = start().open(make_project(tmp_path / "two.labeler", queues=("first", "second")))
    assert not run.work.chooser.back.isVisible(), "nothing was put aside yet"
    run.press("2")
    run.settle()
    run.ctrl(Qt.Key.Key_PageDown)
    run.settle()
    run.ctrl(Qt.Key.Key_J)
    assert run.work.chooser.back.text() == "Back to t1"
    assert not run.context.commands.can_run("work.go_to").ok, "there is no queue to go through"
    run.press(Qt.Key.Key_Escape)
    run.settle()
    assert (run.work.flow.queue_name, run.key) == ("second", "t1")
    run.ctrl(Qt.Key.Key_J)
    run.qtbot.mouseClick(run.work.chooser.back, Qt.MouseButton.LeftButton)
    run.settle()
    assert run.key == "t1"


def test_predictions_are_shown_only_where_the_queue_says_so(start: Start, tmp_path: Path) -> None:
    for shown in (True, False):
        path = make_project(
            tmp_path / f"{shown}.labeler", config=with_policy(show_predictions=shown)
        )
        predict(path, "t0", b'{"answers":{"feel":"good"}}')
        run = start(machine=f"machine-{shown}").open(path)
        view = run.editor.view
        assert view is not None
        assert len(view.predictions) == (1 if shown else 0)


# -------------------------------------------------------------------------------- coming back


def test_everything_is_where_it_was_left(start: Start, tmp_path: Path) -> None:
    path = make_project(tmp_path / "many.labeler", [f"text {n}" for n in range(9)])
    run = start().open(path)
    for _ in range(4):
        run.ctrl(Qt.Key.Key_PageDown)
        run.settle()
    run.press("w")
    run.editor.caret = 17
    run.work.turn_to("regions")
    run.window.close()
    run.app.end()
    again = start().open(path)
    assert again.key == "t4"
    assert again.editor.caret == 17
    assert again.work.inspector.tab == "regions"
    assert [region.id for region in again.work.flow.value.regions] == ["m1"]
    again.ctrl(Qt.Key.Key_Z)
    assert again.work.flow.value.regions == ()


def test_a_second_window_sees_the_first_ones_work_and_follows_its_draft(
    start: Start, path: Path
) -> None:
    run = start().open(path)
    run.press("1")
    run.settle()
    # Another process would hold the draft under its own number; ours lends it one that lives.
    other = Project.open(path)
    row = other.query.find("t0")
    other.open_draft(row, other.person("anna"), over=True)
    with run.qtbot.waitSignal(run.context.tasks_changed, timeout=4000):
        pass
    run.qtbot.waitUntil(lambda: run.editor.read_only)
    assert str(os.getpid()) in run.work.banner.accessibleName()
    run.press("2")
    assert run.work.flow.value.answers == {"feel": "good"}
    run.ctrl(Qt.Key.Key_T)
    run.settle()
    assert not run.editor.read_only
    run.press("2")
    run.settle()
    assert run.work.flow.value.answers == {"feel": "bad"}
    other.close()


def test_tasks_imported_by_another_process_appear(start: Start, tmp_path: Path) -> None:
    path = make_project(tmp_path / "empty.labeler", [])
    run = start().open(path)
    assert run.key == ""
    other = Project.open(path)
    bulk = other.bulk("first", by="anna")
    from labeler.store.bulk import NewTask, content_fingerprint

    content = b'{"text":"late"}'
    bulk.tasks([NewTask("late", content, content_fingerprint(content))])
    other.close()
    run.qtbot.waitUntil(lambda: run.key == "late", timeout=5000)


# ----------------------------------------------------------------------------- guests that fail


@pytest.mark.parametrize("where", ["load", "paint", "key", "emit", "mouse"])
def test_a_panel_that_fails_gets_its_card_and_the_draft_is_safe(
    start: Start, tmp_path: Path, where: str
) -> None:
    path = make_project(tmp_path / "bad.labeler", [{"text": "one", "fail": where}, "two"])
    run = start()
    run.app.start(path)
    run.qtbot.waitUntil(lambda: run.key == "t0")
    run.press("1")
    if where == "key":
        run.press("w")
    elif where == "emit":
        run.press("m")
    elif where == "mouse":
        # Posted, as from the window system: a call of QTest would hand the exception to this test.
        kind, middle = QEvent.Type.MouseButtonPress, QPointF(run.editor.rect().center())
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        where_to = run.editor.mapToGlobal(middle)
        QApplication.postEvent(run.editor, QMouseEvent(kind, middle, where_to, left, left, none))
    run.qtbot.waitUntil(lambda: isinstance(run.work.stage.currentWidget(), ErrorCard))
    card = run.work.stage.currentWidget()
    assert isinstance(card, ErrorCard)
    assert f"told to fail in {where}" in card.report
    assert "ValueError" in card.report
    run.settle()
    assert run.work.flow.value.answers == {"feel": "good"}
    run.ctrl(Qt.Key.Key_PageDown)
    run.settle()
    assert run.key == "t1"
    assert run.work.stage.editor is not None, "the next task has its editor again"


def test_a_card_opens_the_panel_again_or_turns_it_off(start: Start, tmp_path: Path) -> None:
    path = make_project(tmp_path / "bad.labeler", [{"text": "one", "fail": "key"}])
    run = start().open(path)
    run.press("w")
    card = run.work.stage.currentWidget()
    assert isinstance(card, ErrorCard)
    card.again.click()
    assert run.work.stage.editor is not None
    run.press("w")
    card = run.work.stage.currentWidget()
    assert isinstance(card, ErrorCard)
    card.off.click()
    assert run.work.stage.editor is None
    assert run.app.settings.values.panels_off == ("probe",)
    assert run.window.isVisible()


def test_a_panel_nobody_brings_shows_the_value_and_lets_one_skip(
    start: Start, tmp_path: Path
) -> None:
    path = make_project(tmp_path / "alien.labeler", panel="alien")
    run = start().open(path)
    assert run.work.stage.editor is None
    assert not run.work.bottom.submit.isEnabled()
    run.press("s")
    run.press(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t1"
    stored = run.stored("t0")
    assert stored is not None
    assert stored["status"] == "skipped"


# ------------------------------------------------------------------------------- a failing disk


class _FullDisk:
    """Makes the store refuse to write, as a full disk does, until it is mended."""

    def __init__(self, run: Running) -> None:
        session = run.context.session
        assert session is not None
        self._lane = session.lane
        self._lane.call(self._break)

    def _break(self, project: Project) -> None:
        # The store's own seam for a limit: SQLite then says SQLITE_FULL.
        pages = project.file.row("PRAGMA page_count")[0]
        project.file.row(f"PRAGMA max_page_count={pages}")
        project.file.connection.execute("PRAGMA max_page_count").fetchone()

    def mend(self) -> None:
        self._lane.call(lambda project: project.file.row("PRAGMA max_page_count=1073741823"))


def _fill_up(run: Running) -> None:
    """Write until the last page is used: the next one has no room."""
    form = run.work.inspector.form
    form.show_question("why")
    for _ in range(40):
        QApplication.clipboard().setText("words " * 200)
        run.ctrl(Qt.Key.Key_V)
        run.editor.setFocus()
        form.show_question("why")
        session = run.context.session
        assert session is not None
        session.desk.settle()
        QTest.qWait(1)
        if run.window.top_bar.chip.state == "failed":
            return
    raise AssertionError("the disk never filled up")


def test_a_full_disk_keeps_the_form_tries_again_and_loses_nothing(start: Start, path: Path) -> None:
    run = start().open(path)
    disk = _FullDisk(run)
    _fill_up(run)
    assert "disk full" in run.window.top_bar.chip.text()
    wanted = run.work.flow.value.answers["why"]
    run.ctrl(Qt.Key.Key_PageDown)
    assert run.key == "t0", "the form stays"
    disk.mend()
    run.window.top_bar.keeper.retry()
    run.qtbot.waitUntil(lambda: run.window.top_bar.chip.state == "saved")
    other = Project.open(path, read_only=True)
    draft = other.open_draft(other.query.find("t0"), other.person("anna"), take=False)
    from labeler.store.drafting import value_at_cursor

    assert msgspec.json.decode(value_at_cursor(draft))["answers"]["why"] == wanted
    other.close()


def test_work_that_cannot_be_saved_is_saved_elsewhere_whole(
    start: Start, path: Path, tmp_path: Path
) -> None:
    from labeler.app.unsaved import save_to

    run = start().open(path)
    _FullDisk(run)
    _fill_up(run)
    wanted = run.work.flow.value.answers["why"]
    steps = run.work.flow.seat.draft.cursor
    target = tmp_path / "elsewhere.labeler"
    save_to(run.context, run.window.top_bar.keeper, target)
    run.qtbot.waitUntil(
        lambda: run.context.session is not None and run.context.session.path == target
    )
    run.settle()
    assert run.key == "t0"
    assert run.work.flow.value.answers["why"] == wanted
    assert run.work.flow.seat.draft.cursor == steps
    run.ctrl(Qt.Key.Key_Z)
    assert run.work.flow.value.answers.get("why") != wanted


def test_a_file_deleted_underneath_is_said_and_the_work_is_kept(
    start: Start, path: Path, tmp_path: Path
) -> None:
    from labeler.app.unsaved import save_to

    run = start().open(path)
    run.press("1")
    run.settle()
    path.unlink()
    run.press("2")
    run.qtbot.waitUntil(lambda: run.window.top_bar.chip.state == "failed")
    assert "moved or deleted" in run.window.top_bar.chip.text()
    target = tmp_path / "rescued.labeler"
    save_to(run.context, run.window.top_bar.keeper, target)
    run.qtbot.waitUntil(
        lambda: run.context.session is not None and run.context.session.path == target
    )
    run.settle()
    assert run.work.flow.value.answers == {"feel": "bad"}


# ------------------------------------------------------------------------------------ the house


def test_an_exception_of_the_house_shows_its_report_and_the_app_lives_on(
    start: Start, path: Path
) -> None:
    run = start().open(path)
    run.press("1")

    def fail() -> None:
        raise LookupError("a bug of ours")

    run.window.help.clicked.connect(fail)
    run.window.help.clicked.disconnect(run.window.doors.cheat_sheet)
    QTest.mouseClick(run.window.help, Qt.MouseButton.LeftButton)
    run.qtbot.waitUntil(lambda: len(run.broken) == 1)
    run.expected = list(run.broken)
    assert "a bug of ours" in run.window.notices.bar.report
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    assert run.key == "t1"


def test_nothing_but_the_window_is_shown_as_a_window(start: Start, path: Path) -> None:
    strays: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
                if watched.isWindow():
                    strays.append(type(watched).__name__)
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    try:
        run = start().open(path)
        run.press("w1")
        for tab in ("regions", "guidelines", "questions"):
            run.work.turn_to(tab)
        run.press("s")
        run.press(Qt.Key.Key_Escape)
        run.press("g")
        run.press(Qt.Key.Key_Escape)
        run.ctrl(Qt.Key.Key_K)
        run.press(Qt.Key.Key_Escape)
        run.ctrl(Qt.Key.Key_Return)
        run.settle()
    finally:
        QApplication.instance().removeEventFilter(watch)
    assert strays == ["MainWindow"]


def test_a_project_that_cannot_be_opened_says_why_and_the_open_one_stays(
    start: Start, path: Path, tmp_path: Path
) -> None:
    run = start().open(path)
    stranger = tmp_path / "notes.labeler"
    stranger.write_text("not a database")
    run.context.open_project(stranger)
    run.qtbot.waitUntil(lambda: len(run.problems) == 1)
    assert run.problems[0].code == "file_not_sqlite"
    assert str(stranger) in run.window.notices.bar.words.text()
    assert run.context.session is not None
    assert run.context.session.path == path
    assert isinstance(Refusal(run.problems[0]), Refusal)
