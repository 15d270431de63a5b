"""Import and export through their dialogs: bad rows, cancelling, refusals, what others then read."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run, make_project

from labeler.app.dialogs.export_data import ExportDialog
from labeler.app.dialogs.import_data import ImportDialog
from labeler.app.dialogs.report_view import excerpt
from labeler.app.dialogs.save_copy import SaveCopyDialog, dated
from labeler.model.problems import Refusal
from labeler.store import Project
from labeler.store.bulk import AddedTasks, Bulk, NewTask
from labeler.store.media_rows import NewMedium

GOOD = 30
BAD_ROWS = "\n".join(
    [
        "id,text,sentiment",
        *(f"r{n},The food was good {n},positive" for n in range(3)),
        "r3",
        "r4,,positive",
        "r5,A text,grumpy",
        "r6,too,many,cells,here",
        *(f"r{n},The food was bad {n},negative" for n in range(7, 10)),
        "",
    ]
)


@pytest.fixture
def project(run: Run, tmp_path: Path, qtbot: QtBot) -> Path:
    """An open project of 12 texts; k0 and k10 are submitted by ben."""
    path = make_project(tmp_path / "pets.labeler", 12)
    run.context.open_project(path)
    qtbot.waitUntil(lambda: run.context.session is not None)
    return path


def importing(run: Run, window: QWidget, qtbot: QtBot, *sources: Path) -> ImportDialog:
    dialog = ImportDialog(run.context, window, sources=sources)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def finish(dialog: ImportDialog | ExportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.stage is dialog.outcome, timeout=20_000)


def in_file(run: Run, key: str) -> object:
    """What the open project holds of a task: its text and the answers by author."""
    session = run.context.session
    assert session is not None

    def read(project: Project) -> object:
        full = project.task(project.query.find(key))
        answers = {one.author: json.loads(one.value).get("answers") for one in full.annotations}
        return json.loads(full.content)["text"], answers

    return session.lane.call(read)


# import


def test_a_file_with_bad_rows_comes_in_and_each_bad_row_is_named(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "reviews.csv"
    source.write_text(BAD_ROWS, encoding="utf-8")
    dialog = importing(run, window, qtbot, source)
    assert dialog.form.format.chosen == "text-csv", "guessed from the name"
    qtbot.waitUntil(lambda: len(dialog.form.preview.rows) > 0)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    finish(dialog, qtbot)
    assert dialog.report is not None
    # Six rows are whole; the one with the unknown answer comes in as a task without it.
    assert (dialog.report.tasks, dialog.report.annotations) == (7, 6)
    told = {problem.where.partition(": ")[0] for problem in dialog.outcome.table.problems}
    assert told == {f"reviews.csv:{line}" for line in (5, 6, 7, 8)}
    assert in_file(run, "r8") == ("The food was bad 8", {"anna": {"sentiment": "negative"}})
    assert in_file(run, "r5") == ("A text", {})
    qtbot.keyClick(dialog, Qt.Key.Key_C)
    copied = QGuiApplication.clipboard().text()
    assert "reviews.csv:5" in copied
    assert "7 tasks and 6 values imported" in copied
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_the_same_file_again_brings_nothing_and_says_so(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "good.csv"
    source.write_text("id,text\na,One\nb,Two\n", encoding="utf-8")
    for expected in (2, 0):
        dialog = importing(run, window, qtbot, source)
        dialog.begin()
        finish(dialog, qtbot)
        assert dialog.report is not None
        assert dialog.report.tasks == expected
        dialog.accept()
    session = run.context.session
    assert session is not None
    qtbot.waitUntil(lambda: session.queues[0].tasks == 14)


def test_predictions_do_not_come_in_under_ones_own_name(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "lexicon-2.csv"
    source.write_text("id,text,sentiment\nx,Fine,positive\n", encoding="utf-8")
    dialog = importing(run, window, qtbot, source)
    dialog.form.taken.set_chosen("predictions")
    assert dialog.form.by.text == "lexicon-2"
    dialog.begin()
    finish(dialog, qtbot)
    assert in_file(run, "x") == ("Fine", {"lexicon-2": {"sentiment": "positive"}})
    session = run.context.session
    assert session is not None
    people = session.lane.call(lambda project: project.people())
    assert next(one.kind for one in people if one.handle == "lexicon-2") == "model"
    dialog.accept()


def test_a_file_that_cannot_be_read_is_refused_in_place_and_nothing_changes(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "broken.csv"
    source.write_text("title,body\nx,y\n", encoding="utf-8")
    dialog = importing(run, window, qtbot, source)
    dialog.begin()
    finish(dialog, qtbot)
    assert dialog.report is None
    assert dialog.outcome.callout.accessibleName() == "Nothing was imported"
    assert "text" in dialog.outcome.callout.accessibleDescription()
    qtbot.waitUntil(lambda: not dialog.outcome.code.isHidden())
    assert "title,body" in dialog.outcome.code.toPlainText()
    session = run.context.session
    assert session is not None
    assert session.lane.call(lambda project: project.query.counts()["tasks"]) == 12
    # The person repairs the file and tries again from the same dialog.
    source.write_text("title,text\nx,y\n", encoding="utf-8")
    dialog.primary.click()
    finish(dialog, qtbot)
    qtbot.waitUntil(lambda: dialog.report is not None)
    assert dialog.report is not None
    assert dialog.report.tasks == 1
    dialog.accept()


def test_escape_stops_a_long_import_and_what_came_in_stays(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "many.csv"
    rows = "".join(f"m{n},Text number {n}\n" for n in range(200_000))
    source.write_text("id,text\n" + rows, encoding="utf-8")
    dialog = importing(run, window, qtbot, source)
    dialog.begin()
    session = run.context.session
    assert session is not None

    def stored() -> int:
        return session.lane.call(lambda project: project.query.counts()["tasks"])

    qtbot.waitUntil(lambda: stored() > 12, timeout=20_000)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "Escape stops the import, not the dialog"
    finish(dialog, qtbot)
    assert dialog.report is not None
    assert dialog.report.stopped
    assert 0 < dialog.report.tasks < 200_000
    assert stored() == 12 + dialog.report.tasks
    dialog.accept()


def test_the_window_stays_alive_while_an_import_runs(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "many.csv"
    rows = "".join(f"m{n},Text number {n}\n" for n in range(30_000))
    source.write_text("id,text\n" + rows, encoding="utf-8")
    dialog = importing(run, window, qtbot, source)
    dialog.begin()
    seen: list[str] = []
    # A question a person's gesture asks of the file is answered while the import is under way.
    run.context.run(lambda project: project.title, seen.append, receiver=window)
    qtbot.waitUntil(lambda: bool(seen), timeout=5_000)
    assert dialog.report is None
    finish(dialog, qtbot)
    dialog.accept()


def test_a_disk_that_fills_up_is_said_with_what_came_in_before(
    run: Run,
    window: QWidget,
    project: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = tmp_path / "many.csv"
    rows = "".join(f"m{n},Text number {n}\n" for n in range(3000))
    source.write_text("id,text\n" + rows, encoding="utf-8")
    written: list[int] = []
    whole = Bulk.add

    def fills_up(
        self: Bulk, batch: Sequence[NewTask], media: Sequence[NewMedium] = ()
    ) -> AddedTasks:
        if written:
            raise Refusal.of("disk_full", str(project))
        written.append(len(batch))
        return whole(self, batch, media)

    monkeypatch.setattr(Bulk, "add", fills_up)
    dialog = importing(run, window, qtbot, source)
    dialog.begin()
    finish(dialog, qtbot)
    assert dialog.report is None
    title = dialog.outcome.callout.accessibleName()
    count = QLocale().toString(written[0])
    assert title == f"The import stopped; {count} tasks came in before"
    assert "disk is full" in dialog.outcome.callout.accessibleDescription()
    monkeypatch.undo()
    # With room again the same import brings the rest, and nothing twice.
    dialog.primary.click()
    qtbot.waitUntil(lambda: dialog.report is not None, timeout=20_000)
    assert dialog.report is not None
    assert dialog.report.tasks == 3000 - written[0]
    dialog.accept()


def test_the_first_rows_are_shown_and_nothing_is_stored_by_looking(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "reviews.csv"
    source.write_text(BAD_ROWS, encoding="utf-8")
    dialog = importing(run, window, qtbot, source)
    qtbot.waitUntil(lambda: len(dialog.form.preview.rows) > 0)
    first = dialog.form.preview.rows[0]
    assert (first.key, first.text, first.values) == ("r0", "The food was good 0", 1)
    assert any(row.problem is not None for row in dialog.form.preview.rows)
    dialog.reject()
    session = run.context.session
    assert session is not None
    assert session.lane.call(lambda project: project.query.counts()["tasks"]) == 12


def test_a_folder_is_read_as_what_most_of_its_files_are(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"Text {n}", encoding="utf-8")
    (folder / "notes.csv").write_text("text\nx\n", encoding="utf-8")
    dialog = importing(run, window, qtbot, folder)
    assert dialog.form.format.chosen == "text-files"
    dialog.begin()
    finish(dialog, qtbot)
    assert in_file(run, "1.txt") == ("Text 1", {})
    dialog.accept()


def test_nothing_can_be_imported_before_something_is_chosen(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = importing(run, window, qtbot)
    assert not dialog.primary.isEnabled()
    source = tmp_path / "good.csv"
    source.write_text("id,text\na,One\n", encoding="utf-8")
    dialog.form.sources.set_paths([source])
    assert dialog.primary.isEnabled()
    dialog.form.by.set_text("")
    assert not dialog.primary.isEnabled()
    dialog.reject()


def test_an_excerpt_shows_the_line_between_its_neighbours(tmp_path: Path) -> None:
    source = tmp_path / "a.json"
    source.write_text("one\ntwo\nthree\nfour\n", encoding="utf-8")
    assert excerpt("a.json:3", [source]) == "2  two\n3  three\n4  four"
    assert excerpt("a.json:1: text", [source]) == "1  one\n2  two"
    assert excerpt("elsewhere.json:3", [source]) == ""
    assert excerpt("no place", [source]) == ""


# export


def exporting(run: Run, window: QWidget, qtbot: QtBot) -> ExportDialog:
    dialog = ExportDialog(run.context, window)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_an_export_holds_what_was_submitted(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "out.csv"
    dialog = exporting(run, window, qtbot)
    dialog.format.set_chosen("text-csv")
    dialog.target.edit.selectAll()
    qtbot.keyClicks(dialog.target.edit, str(target))
    qtbot.keyClick(dialog.target.edit, Qt.Key.Key_Return)
    finish(dialog, qtbot)
    assert dialog.report is not None
    assert (dialog.report.tasks, dialog.report.annotations) == (2, 2)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["text"], row["sentiment"]) for row in rows] == [
        ("k0", "Text 0 about food", "positive"),
        ("k10", "Text 10 about food", "positive"),
    ]
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_native_proposes_everything_and_loses_nothing(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = exporting(run, window, qtbot)
    dialog.format.set_chosen("native")
    assert dialog.source.chosen == "all"
    dialog.target.set_path(tmp_path / "whole.jsonl")
    dialog.begin()
    finish(dialog, qtbot)
    lines = [json.loads(line) for line in (tmp_path / "whole.jsonl").read_text().splitlines()]
    assert sum("task" in line for line in lines) == 12
    dialog.accept()


def test_what_is_there_already_is_not_written_over(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "out.csv"
    target.write_text("mine", encoding="utf-8")
    dialog = exporting(run, window, qtbot)
    dialog.format.set_chosen("text-csv")
    dialog.target.set_path(target)
    dialog.begin()
    assert dialog.target.field.error
    assert dialog.stage is dialog.form
    assert target.read_text(encoding="utf-8") == "mine"
    dialog.reject()


def test_work_of_two_people_is_refused_with_the_way_out(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    session = run.context.session
    assert session is not None

    def work(project: Project) -> None:
        row = project.query.find("k0")
        project.annotate(row, author="anna", value=b'{"answers":{"sentiment":"negative"}}')

    session.lane.call(work)
    dialog = exporting(run, window, qtbot)
    dialog.format.set_chosen("text-csv")
    dialog.target.set_path(tmp_path / "out.csv")
    dialog.begin()
    finish(dialog, qtbot)
    assert dialog.report is None
    assert "By" in dialog.outcome.callout.accessibleDescription()
    assert not (tmp_path / "out.csv").exists()
    dialog.choose_again()
    dialog.by.set_chosen("anna")
    dialog.target.set_path(tmp_path / "out.csv")
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.report is not None)
    assert dialog.report is not None
    assert dialog.report.tasks == 1
    dialog.accept()


def test_the_proposed_file_is_never_one_that_is_there(
    run: Run, window: QWidget, project: Path, qtbot: QtBot
) -> None:
    project.with_suffix(".csv").write_text("mine", encoding="utf-8")
    dialog = exporting(run, window, qtbot)
    dialog.format.set_chosen("text-csv")
    assert dialog.target.path == project.with_name("pets 2.csv")
    dialog.reject()


# copies


def test_a_copy_is_whole_and_opens_by_itself(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = SaveCopyDialog(run.context, window)
    dialog.open()
    assert dialog.target.path is not None
    assert dialog.target.path.parent == project.parent
    dialog.target.set_path(tmp_path / "copies")
    dialog.save.click()
    qtbot.waitUntil(lambda: dialog.saved is not None, timeout=20_000)
    assert dialog.saved == tmp_path / "copies.labeler", "it gets the ending of projects"
    copy = Project.open(dialog.saved)
    assert copy.query.counts()["tasks"] == 12
    assert copy.check() == []
    copy.close()
    dialog.accept()


def test_a_copy_never_overwrites(
    run: Run, window: QWidget, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    there = tmp_path / "there.labeler"
    there.write_bytes(b"mine")
    dialog = SaveCopyDialog(run.context, window)
    dialog.open()
    dialog.target.set_path(there)
    dialog.save.click()
    assert dialog.target.field.error
    assert there.read_bytes() == b"mine"
    dialog.reject()


def test_a_backup_is_named_by_day_and_minute() -> None:
    from datetime import datetime

    moment = datetime(2026, 5, 14, 9, 3).astimezone()
    assert dated(Path("/x/pets.labeler"), moment) == Path("/x/pets 2026-05-14 09.03.labeler")
