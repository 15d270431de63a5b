"""New project and the label set: by keyboard alone, and what lies in the file afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from made_context import Run, make_project

from labeler.app.dialogs.label_set import LabelSetEditor
from labeler.app.dialogs.new_project import NewProjectDialog, file_name, keys_in_use
from labeler.app.dialogs.queue_labels import QueueLabelsDialog
from labeler.model.queue import Label, QueueConfig
from labeler.store import Project

ORANGE, SKY = "#E69F00", "#56B4E9"


@pytest.fixture
def dialog(run: Run, window: QWidget, qtbot: QtBot) -> NewProjectDialog:
    made = NewProjectDialog(run.context, window, template="sentiment")
    made.open()
    qtbot.waitUntil(made.isVisible)
    return made


def tab(qtbot: QtBot, dialog: QWidget, until: QWidget) -> None:
    """Press Tab until the focus is there, as a person without a mouse does."""
    for _ in range(60):
        focused = dialog.focusWidget()
        if focused is until:
            return
        qtbot.keyClick(focused or dialog, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {until!r}")


def stored(path: Path) -> QueueConfig:
    """The configuration of the only queue in a file."""
    project = Project.open(path, read_only=True)
    try:
        return project.queues()[0].config
    finally:
        project.close()


def test_a_project_is_made_by_keyboard_alone(
    dialog: NewProjectDialog, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    assert dialog.focusWidget() is dialog.name.edit
    qtbot.keyClicks(dialog.name.edit, "Hotel reviews")
    editor = dialog.labels.editors["sentiment"]
    tab(qtbot, dialog, dialog.folder.edit)
    dialog.folder.edit.selectAll()
    qtbot.keyClicks(dialog.folder.edit, str(tmp_path / "new folder"))
    # The second label: another name, key and colour, and up to the first place.
    tab(qtbot, dialog, editor.list)
    qtbot.keyClick(editor.list, Qt.Key.Key_Down)
    tab(qtbot, dialog, editor.name.edit)
    editor.name.edit.selectAll()
    qtbot.keyClicks(editor.name.edit, "Praise")
    tab(qtbot, dialog, editor.key.edit)
    qtbot.keyClicks(editor.key.edit, "z")
    tab(qtbot, dialog, editor.swatches.swatches[0])
    for _ in range(4):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    editor.list.setFocus()
    qtbot.keyClick(editor.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    # The last one goes, a new one comes.
    qtbot.keyClick(editor.list, Qt.Key.Key_End)
    qtbot.keyClick(editor.list, Qt.Key.Key_Delete)
    qtbot.keyClick(editor.list, Qt.Key.Key_Insert)
    assert dialog.focusWidget() is editor.name.edit
    qtbot.keyClicks(editor.name.edit, "Place")
    with qtbot.waitSignal(run.context.project_changed, timeout=10_000):
        qtbot.keyClick(editor.name.edit, Qt.Key.Key_Return)
    path = tmp_path / "new folder" / "Hotel reviews.labeler"
    session = run.context.session
    assert session is not None
    assert session.path == path
    assert session.title == "Hotel reviews"
    run.context.close_project()
    labels = stored(path).labels
    assert [label.name for label in labels] == ["Praise", "Negative", "Target", "Place"]
    assert labels[0] == Label("Praise", "Praise", "#0072B2", "Z", ("span",))
    assert labels[1].id == "negative", "what nobody renamed keeps the template's id"
    assert labels[3].id == "Place"
    assert labels[3].colour in ("#0072B2", SKY, "#F0E442", "#D55E00", "#CC79A7", "#000000")
    questions = [question.id for question in stored(path).questions]
    assert questions == ["sentiment", "marks"], "what the template asks"


def test_tab_goes_through_the_labels_before_it_comes_to_the_buttons(
    dialog: NewProjectDialog, qtbot: QtBot
) -> None:
    seen: list[QWidget] = []
    for _ in range(60):
        focused = dialog.focusWidget()
        assert focused is not None
        if focused in seen:
            break
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    editor = dialog.labels.editors["sentiment"]
    stops = [
        dialog.name.edit, dialog.template, dialog.folder.edit, editor.list, editor.name.edit,
        editor.key.edit, editor.swatches.swatches[0], editor.add, dialog.source.edit,
        dialog.cancel, dialog.create_,
    ]  # fmt: skip
    places = [seen.index(stop) for stop in stops]
    assert places == sorted(places)


def test_a_file_that_is_there_is_never_overwritten(
    dialog: NewProjectDialog, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    there = tmp_path / "Pets.labeler"
    there.write_bytes(b"somebody's own")
    dialog.name.set_text("Pets")
    dialog.folder.set_path(tmp_path)
    dialog.create_.click()
    qtbot.waitUntil(lambda: "already" in dialog.name.error)
    assert there.read_bytes() == b"somebody's own"
    assert dialog.isVisible()
    dialog.name.set_text("Pets two")
    assert dialog.name.error == ""
    with qtbot.waitSignal(run.context.project_changed, timeout=10_000):
        dialog.create_.click()


def test_a_project_needs_a_name(dialog: NewProjectDialog) -> None:
    dialog.name.set_text("  ... ")
    dialog.create_.click()
    assert dialog.name.error
    assert dialog.isVisible()
    dialog.reject()


def test_a_folder_that_cannot_be_made_is_said_in_the_dialog(
    dialog: NewProjectDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("x")
    dialog.name.set_text("Pets")
    dialog.folder.set_path(tmp_path / "file" / "below")
    dialog.create_.click()
    qtbot.waitUntil(lambda: not dialog._refused.isHidden())
    assert dialog.isVisible()
    dialog.reject()


def test_the_first_file_goes_on_to_the_import(
    dialog: NewProjectDialog, run: Run, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    first = tmp_path / "first.csv"
    first.write_text("text\nGood\n")
    dialog.name.set_text("Pets")
    dialog.folder.set_path(tmp_path)
    dialog.source.set_path(first)
    dialog.create_.click()

    def importing() -> bool:
        return any(type(one).__name__ == "ImportDialog" for one in window.children())

    qtbot.waitUntil(importing, timeout=10_000)
    found = next(one for one in window.children() if type(one).__name__ == "ImportDialog")
    assert found.form.sources.paths == (first,)
    found.reject()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Hotel reviews", "Hotel reviews.labeler"),
        ("a/b:c*?", "a-b-c.labeler"),
        ("  .hidden. ", "hidden.labeler"),
        ("Größe 日本", "Größe 日本.labeler"),
        ("...", ""),
    ],
)
def test_a_title_becomes_a_name_every_system_allows(title: str, name: str) -> None:
    assert file_name(title) == name


# the label set


@pytest.fixture
def editor(qtbot: QtBot, qapp: QApplication, run: Run) -> LabelSetEditor:
    config = QueueConfig(
        labels=(
            Label("cat", "Cat", ORANGE, "C", ("span",)),
            Label("dog", "Dog", SKY, "D", ("span",)),
        ),
        questions=(),
    )
    made = LabelSetEditor(config, {"F": "Flag"}, stored=True)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_renamed_label_keeps_its_id_and_all_else(editor: LabelSetEditor, qtbot: QtBot) -> None:
    editor.name.edit.selectAll()
    qtbot.keyClicks(editor.name.edit, "Kitten")
    assert editor.config.labels[0] == Label("cat", "Kitten", ORANGE, "C", ("span",))


def test_a_key_another_label_has_is_refused_by_name(editor: LabelSetEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor.key.edit, "d")
    assert "Dog" in editor.key.error
    assert editor.show_fault()
    qtbot.keyClicks(editor.key.edit, "f")
    assert "Flag" in editor.key.error
    qtbot.keyClicks(editor.key.edit, "k")
    assert editor.key.error == ""
    assert editor.config.labels[0].key == "K"
    assert not editor.show_fault()


def test_a_stored_label_is_retired_and_frees_its_key(editor: LabelSetEditor, qtbot: QtBot) -> None:
    editor.list.setCurrentIndex(editor.list.model().index(1, 0))
    editor.retire.click()
    assert editor.config.labels[1].retired
    editor.list.setCurrentIndex(editor.list.model().index(0, 0))
    qtbot.keyClicks(editor.key.edit, "d")
    assert editor.key.error == "", "nobody is offered a retired label, so its key is free"


def test_a_stored_label_is_not_deleted_unasked(editor: LabelSetEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.delete_wanted) as asked:
        editor.delete_label()
    assert asked.args == ["cat"]
    assert [label.id for label in editor.config.labels] == ["cat", "dog"]


def test_an_own_colour_is_taken_only_when_it_is_one(editor: LabelSetEditor, qtbot: QtBot) -> None:
    field = editor.swatches.hex.edit
    field.selectAll()
    qtbot.keyClicks(field, "#12345")
    assert editor.swatches.hex.error
    assert editor.config.labels[0].colour == ORANGE
    qtbot.keyClicks(field, "6")
    assert editor.swatches.hex.error == ""
    assert editor.config.labels[0].colour == "#123456"


def test_the_colours_are_told_apart_by_name(editor: LabelSetEditor) -> None:
    names = [swatch.accessibleName() for swatch in editor.swatches.swatches]
    assert names == [
        "Orange", "Sky blue", "Bluish green", "Yellow",
        "Blue", "Vermillion", "Reddish purple", "Black",
    ]  # fmt: skip
    shown = [swatch.colour for swatch in editor.swatches.swatches]
    assert shown == [
        "#E69F00", "#56B4E9", "#009E73", "#F0E442",
        "#0072B2", "#D55E00", "#CC79A7", "#000000",
    ], "Okabe and Ito, https://jfly.uni-koeln.de/color/"  # fmt: skip


def test_keys_of_the_work_page_and_of_the_panel_are_taken(run: Run) -> None:
    taken = keys_in_use(run.context, "sentiment")
    assert taken["A"] == "Accept prediction"
    assert all(len(key) == 1 for key in taken)


# the label set of a queue that is there


def open_pets(run: Run, qtbot: QtBot, path: Path) -> None:
    run.context.open_project(make_project(path, 12))
    qtbot.waitUntil(lambda: run.context.session is not None)


def labels_dialog(run: Run, window: QWidget) -> QueueLabelsDialog:
    session = run.context.session
    assert session is not None
    made = QueueLabelsDialog(run.context, session.queues[0], window)
    made.open()
    return made


def mark_k0(run: Run, label: str) -> None:
    session = run.context.session
    assert session is not None
    value = (
        b'{"regions":[{"id":"r","type":"span","label":"%b","start":0,"end":4}]}' % label.encode()
    )

    def work(project: Project) -> None:
        project.annotate(project.query.find("k0"), author="anna", value=value)

    session.lane.call(work)


def test_a_label_in_use_is_kept_and_its_uses_are_counted(
    run: Run, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    open_pets(run, qtbot, tmp_path / "pets.labeler")
    mark_k0(run, "target")
    dialog = labels_dialog(run, window)
    dialog.editor.delete_label()
    qtbot.waitUntil(lambda: not dialog.callout.isHidden())
    assert "1 regions" in dialog.callout.accessibleDescription()
    assert [label.id for label in dialog.editor.config.labels] == ["target"]
    dialog.reject()


def test_a_label_nobody_uses_goes(run: Run, window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    open_pets(run, qtbot, tmp_path / "pets.labeler")
    mark_k0(run, "targets")
    dialog = labels_dialog(run, window)
    dialog.editor.delete_label()
    qtbot.waitUntil(lambda: not dialog.editor.config.labels)
    dialog.store.click()
    qtbot.waitUntil(lambda: run.said == ["Label set saved"])
    session = run.context.session
    assert session is not None
    assert session.lane.call(lambda project: project.queues()[0].config.labels) == ()


def test_a_renaming_is_stored_and_the_questions_stay(
    run: Run, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    open_pets(run, qtbot, tmp_path / "pets.labeler")
    dialog = labels_dialog(run, window)
    dialog.editor.name.edit.selectAll()
    qtbot.keyClicks(dialog.editor.name.edit, "Goal")
    dialog.store.click()
    qtbot.waitUntil(lambda: bool(run.said))
    session = run.context.session
    assert session is not None
    config = session.lane.call(lambda project: project.queues()[0].config)
    assert config.labels == (Label("target", "Goal", ORANGE, "I", ("span",)),)
    assert [question.id for question in config.questions] == ["sentiment"]


def test_labels_somebody_else_stored_meanwhile_are_not_overwritten(
    run: Run, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    open_pets(run, qtbot, tmp_path / "pets.labeler")
    dialog = labels_dialog(run, window)
    dialog.editor.add_label()
    qtbot.keyClicks(dialog.editor.name.edit, "Mine")
    session = run.context.session
    assert session is not None

    def theirs(project: Project) -> None:
        row = project.queues()[0]
        config = QueueConfig(
            labels=(*row.config.labels, Label("Theirs")), questions=row.config.questions
        )
        project.put_queue(row.name, config, panel=row.panel, title=row.title, by="ben")

    session.lane.call(theirs)
    dialog.store.click()
    qtbot.waitUntil(lambda: not dialog.callout.isHidden())
    labels = session.lane.call(lambda project: project.queues()[0].config.labels)
    assert [label.id for label in labels] == ["target", "Theirs"]
    dialog.reject()
