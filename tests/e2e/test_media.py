"""Media in the real app: a folder comes in, its files are shown, missing ones are located."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from made_app import Running
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.api import MediaRef, Problem, Refusal
from labeler.app.dialogs.import_data import ImportDialog
from labeler.app.dialogs.media_folders import MediaFoldersDialog
from labeler.app.work.missing import MissingMedium
from labeler.model.queue import read_config
from labeler.store import Project

Start = Callable[..., Running]

CONFIG = b"""{"questions": [{"id": "fine", "kind": "choice", "choices": [{"id": "yes", "key": "1"}]}],
 "policy": {"flag_reasons": ["Cannot be seen"]}}"""


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """A folder of five files."""
    folder = tmp_path / "holiday"
    for number, name in enumerate(["a", "b", "sub/c", "d", "e"]):
        file = folder / f"{name}.pic"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes([number]) * 5000)
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A project without tasks, in another folder than the files."""
    path = tmp_path / "projects" / "album.labeler"
    path.parent.mkdir()
    project = Project.create(path, title="Album", handle="anna", name="Anna Brandt")
    project.put_queue("album", read_config(CONFIG), panel="album", title="Album", by="anna")
    project.close()
    return path


def bring(run: Running, folder: Path, *, embed: bool = False) -> ImportDialog:
    """Import a folder through the dialog, as dropping it does."""
    dialog = ImportDialog(run.context, run.window, sources=[folder])
    dialog.open()
    run.qtbot.waitUntil(dialog.isVisible)
    assert dialog.form.format.chosen == "album"
    if embed:
        dialog.form.media.set_chosen("embed")
    dialog.begin()
    run.qtbot.waitUntil(lambda: dialog.stage is dialog.outcome, timeout=20_000)
    dialog.close()
    run.settle()
    return dialog


def seen(run: Running) -> dict[str, bytes]:
    return run.editor.seen  # type: ignore[attr-defined, no-any-return]


def placeholder(run: Running) -> MissingMedium | None:
    shown = run.work.stage.currentWidget()
    return shown if isinstance(shown, MissingMedium) else None


def arrive(run: Running, key: str) -> None:
    session = run.context.session
    assert session is not None
    row = session.lane.call(lambda project: project.query.find(key))
    run.context.go("work")
    run.work.flow.open_row(row)
    run.qtbot.waitUntil(lambda: run.key == key)
    run.settle()


@pytest.mark.parametrize("embed", [False, True])
def test_a_folder_comes_in_is_seen_and_goes_out(
    start: Start, empty: Path, album: Path, tmp_path: Path, embed: bool
) -> None:
    run = start().open(empty)
    bring(run, album, embed=embed)
    session = run.context.session
    assert session is not None
    assert run.context.media_roots.folder(session.uid, "holiday") == album
    if embed:
        album.rename(tmp_path / "gone")
    run.context.go("work")
    run.qtbot.waitUntil(lambda: run.key == "a.pic")
    run.qtbot.waitUntil(lambda: seen(run).get("a.pic") == bytes(5000))
    run.qtbot.waitUntil(lambda: len(run.editor.prepared) == 2)  # type: ignore[attr-defined]
    assert run.editor.prepared == ["b.pic", "d.pic"]  # type: ignore[attr-defined]
    run.press("1")
    run.ctrl(Qt.Key.Key_Return)
    run.settle()
    run.qtbot.waitUntil(lambda: seen(run).get("b.pic") == b"\1" * 5000)
    assert session.lane.call(lambda project: project.check()) == []


def test_a_missing_file_has_a_placeholder_and_can_be_flagged(
    start: Start, empty: Path, album: Path, tmp_path: Path
) -> None:
    run = start().open(empty)
    bring(run, album)
    moved = album.rename(tmp_path / "moved")
    arrive(run, "a.pic")
    run.qtbot.waitUntil(lambda: placeholder(run) is not None)
    words = placeholder(run).callout.accessibleDescription()  # type: ignore[union-attr]
    assert "holiday/a.pic" in words
    assert "there is no such file" in words
    assert run.window.focusWidget() is placeholder(run).folders  # type: ignore[union-attr]
    allowed = run.work.flow.allowed
    assert (allowed.edit().ok, allowed.submit().ok, allowed.finish().ok) == (False, False, True)
    run.work.flow.flag("Cannot be seen")
    run.settle()
    stored = run.stored("a.pic")
    assert stored is not None
    assert (stored["status"], stored["reason"]) == ("flagged", "Cannot be seen")
    run.qtbot.waitUntil(lambda: run.key == "b.pic" and placeholder(run) is not None)
    # One click leads to the media folders; located, the task is shown without another.
    shown = placeholder(run)
    assert shown is not None
    QTest.mouseClick(shown.folders, Qt.MouseButton.LeftButton)
    run.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MediaFoldersDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MediaFoldersDialog)
    run.qtbot.waitUntil(lambda: len(dialog.folders.rows) == 1)
    dialog.folders.locate("holiday", moved)
    run.qtbot.waitUntil(lambda: placeholder(run) is None)
    run.qtbot.waitUntil(lambda: seen(run).get("b.pic") == b"\1" * 5000)
    assert run.work.flow.allowed.submit().ok
    dialog.accept()


def test_trying_again_shows_what_came_back(
    start: Start, empty: Path, album: Path, tmp_path: Path
) -> None:
    run = start().open(empty)
    bring(run, album)
    (album / "a.pic").rename(tmp_path / "a.pic")
    arrive(run, "a.pic")
    run.qtbot.waitUntil(lambda: placeholder(run) is not None)
    (tmp_path / "a.pic").rename(album / "a.pic")
    shown = placeholder(run)
    assert shown is not None
    QTest.mouseClick(shown.again, Qt.MouseButton.LeftButton)
    run.qtbot.waitUntil(lambda: seen(run).get("a.pic") == bytes(5000))
    assert placeholder(run) is None


def test_what_an_editor_shows_as_missing_itself_is_shown_again_once_folders_are_told(
    start: Start, empty: Path, album: Path
) -> None:
    run = start().open(empty)
    bring(run, album)
    arrive(run, "a.pic")
    run.qtbot.waitUntil(lambda: "a.pic" in seen(run))
    seen(run).clear()
    run.context.media_changed.emit()
    run.settle()
    assert seen(run) == {}, "nothing was missing"
    with pytest.raises(Refusal):
        run.editor.host.open_medium(MediaRef(path="gone.pic", root="holiday"))
    run.context.media_changed.emit()
    run.qtbot.waitUntil(lambda: "a.pic" in seen(run))


def test_an_editor_that_speaks_of_another_task_changes_nothing(
    start: Start, empty: Path, album: Path
) -> None:
    run = start().open(empty)
    bring(run, album)
    arrive(run, "a.pic")
    run.qtbot.waitUntil(lambda: "a.pic" in seen(run))
    run.editor.host.medium_missing(MediaRef(path="d.pic", root="holiday"), Problem("file_missing"))
    run.settle()
    assert placeholder(run) is None


def test_a_failing_prepare_shows_no_card_and_is_logged_once(
    start: Start, empty: Path, album: Path
) -> None:
    (album / "bad1.pic").write_bytes(b"1")
    (album / "bad2.pic").write_bytes(b"2")
    run = start().open(empty)
    bring(run, album)
    arrive(run, "b.pic")
    run.qtbot.waitUntil(lambda: "bad1.pic" in run.editor.prepared)  # type: ignore[attr-defined]
    arrive(run, "sub/c.pic")
    arrive(run, "b.pic")
    run.qtbot.waitUntil(lambda: "b.pic" in seen(run))
    guard = run.context.plugins.guard("album")
    assert [failure.what for failure in guard.failures] == ["load ahead"]
    assert run.editor.prepared[-1] == "bad1.pic"  # type: ignore[attr-defined]
    assert run.work.stage.currentWidget() is run.editor


def test_media_are_asked_about_where_a_panel_has_some(
    start: Start, empty: Path, album: Path, path: Path
) -> None:
    run = start().open(empty)
    dialog = ImportDialog(run.context, run.window, sources=[album])
    dialog.open()
    run.qtbot.waitUntil(dialog.isVisible)
    assert dialog.form.media.isVisible()
    assert not dialog.form.options().embed
    dialog.form.media.set_chosen("embed")
    assert dialog.form.options().embed
    dialog.form.format.set_chosen("native")
    assert not dialog.form.media.isVisible()
    assert not dialog.form.options().embed
    dialog.close()
