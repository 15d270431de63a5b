"""Claims about an editor: it is a function of its value, says nothing unasked, and can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget

from labeler.api import Opaque, Region, Value
from labeler.api.testing import ContractBroken
from labeler.kit.editor import CanRun, Editor, Prediction
from labeler.kit.testing.host import RecordingHost, task_view
from labeler.kit.theme import ThemeChoice

if TYPE_CHECKING:
    from labeler.kit.testing.contract import Stage

__all__ = ["ALL"]

_ROUNDS = 100
_WARM = 10
_FOREIGN = Opaque(
    id="neighbour", kind="of another panel", raw=b'{"type":"of another panel","id":"neighbour"}'
)
_RUBBISH: tuple[Any, ...] = (None, 7, "text", [], {"scroll": "x"}, {"zoom": None, "caret": -1})
_KEYS = (
    *(chr(code) for code in range(ord("A"), ord("Z") + 1)),
    *"0123456789",
    Qt.Key.Key_Return,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Space,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
)


def its_editor_can_be_made(stage: Stage) -> None:
    """With a host and nothing else, and without a task on screen it answers every question."""
    with stage.editor() as (editor, host):
        editor.set_value(Value())
        editor.set_read_only(True)
        editor.select_regions(("nobody",))
        editor.finish_gesture()
        _nothing_emitted(host, "without a task")


def showing_a_task_emits_nothing(stage: Stage) -> None:
    """Neither opening, drawing nor closing it is a change."""
    with stage.editor() as (editor, host):
        for example in stage.examples:
            stage.show(editor, example)
            _expect(editor.value == example.value, "it holds another value than it was shown")
            editor.finish_gesture()
            editor.close_task()
            _nothing_emitted(host, "showing and closing a task")


def preparing_shows_nothing(stage: Stage) -> None:
    """Loading ahead says nothing, changes nothing, and any task may come afterwards."""
    with stage.editor() as (editor, host):
        for example in stage.examples:
            editor.prepare(example.content)
            _let_happen()
        _nothing_emitted(host, "prepare without a task")
        for example in stage.examples:
            stage.show(editor, example)
            shown, before, heard = editor.view, editor.value, _heard(host)
            for other in stage.examples:
                editor.prepare(other.content)
            _let_happen()
            editor.grab()
            _expect(editor.view is shown, "prepare put another task on screen")
            _expect(editor.value is before, "prepare changed the value on screen")
            _expect(_heard(host) == heard, "prepare told the host something")
            _nothing_emitted(host, "prepare")
            editor.prepare(example.content)
            editor.close_task()


def setting_a_value_emits_nothing(stage: Stage) -> None:
    """Undo, redo and answers given elsewhere come back as no change of the editor's."""
    with stage.editor() as (editor, host):
        for example in stage.examples:
            stage.show(editor, example, value=Value())
            for value in _values(example.value):
                editor.set_value(value)
                editor.grab()
                editor.finish_gesture()
                _expect(editor.value is value, "set_value kept another value than it was given")
                _nothing_emitted(host, "set_value")


def opening_and_closing_leaves_nothing_behind(stage: Stage) -> None:
    """A hundred tasks on one editor, and many editors, leave no widget and no emission."""
    from labeler.kit.testing.contract import widgets_alive

    example = max(stage.examples, key=lambda one: len(one.value.regions))
    with stage.editor() as (editor, host):
        before = 0
        for number in range(_ROUNDS):
            editor.show_task(task_view(example))
            editor.close_task()
            if number == _WARM:
                before = widgets_alive()
        _expect(widgets_alive() <= before, "every task leaves widgets behind")
        _nothing_emitted(host, "opening and closing")
    with stage.editor():
        pass
    before = widgets_alive()
    for _ in range(_WARM):
        with stage.editor() as (editor, _host):
            stage.show(editor, example)
    _expect(widgets_alive() <= before, "every editor leaves widgets behind")


def a_read_only_editor_changes_nothing(stage: Stage) -> None:
    """Whatever key is pressed, wherever it is clicked, whichever command is run."""
    with stage.editor() as (editor, host):
        for example in stage.examples:
            stage.show(editor, example, read_only=True)
            _use_it(stage, editor)
            _nothing_emitted(host, "a read-only editor")
            _expect(editor.value == example.value, "a read-only editor changed its value")
            stage.show(editor, example)
            editor.set_read_only(True)
            _use_it(stage, editor)
            _nothing_emitted(host, "an editor that was made read-only")


def every_command_answers(stage: Stage) -> None:
    """``can_run`` says whether and why not; ``run`` does what it says; unknown ones are neither."""
    commands = [one.id for one in stage.manifest.commands]
    with stage.editor() as (editor, host):
        for example in stage.examples:
            stage.show(editor, example)
            for command in commands:
                can = editor.can_run(command)
                _expect(isinstance(can, CanRun), f"can_run({command!r}) gives no CanRun")
                _expect(
                    can.ok or bool(can.reason), f"{command!r} cannot be run and does not say why"
                )
                before = len(host.emitted)
                done = editor.run(command)
                _expect(isinstance(done, bool), f"run({command!r}) says neither True nor False")
                _expect(done == can.ok, f"can_run({command!r}) says {can.ok}, run says {done}")
                if not done:
                    _expect(len(host.emitted) == before, f"{command!r} was not run and emitted")
                editor.finish_gesture()
        _expect(not editor.run("nobody.knows"), "run takes a command nobody knows")
        _expect(not editor.can_run("nobody.knows").ok, "can_run takes a command nobody knows")


def what_it_emits_is_what_it_shows(stage: Stage) -> None:
    """An emission has a name, is the editor's value, and keeps untouched regions the same objects."""
    for command in [one.id for one in stage.manifest.commands]:
        with stage.editor() as (editor, host):
            for example in stage.examples:
                stage.show(editor, example)
                before = editor.value
                editor.run(command)
                editor.finish_gesture()
                for emission in host.emitted:
                    _expect(bool(emission.label.strip()), f"{command!r} emits without a name")
                    _same_objects(before, emission.value, command)
                    before = emission.value
                if host.emitted:
                    _expect(
                        editor.value == host.emitted[-1].value,
                        f"after {command!r} its value is not what it emitted last",
                    )
                host.emitted.clear()


def regions_nobody_knows_survive(stage: Stage) -> None:
    """An opaque region is shown, selected, edited around, and still the identical object."""
    with stage.editor() as (editor, host):
        for example in stage.examples:
            value = Value((*example.value.regions, _FOREIGN), example.value.answers)
            stage.show(editor, example, value=value)
            editor.set_value(Value((_FOREIGN, *example.value.regions), example.value.answers))
            editor.grab()
            editor.select_regions((_FOREIGN.id,))
            for command in stage.manifest.commands:
                editor.run(command.id)
                editor.finish_gesture()
            for emission in host.emitted:
                kept = any(region is _FOREIGN for region in emission.value.regions)
                _expect(kept, f"{emission.label!r} lost a region nobody here knows")
            host.emitted.clear()


def every_region_is_described(stage: Stage) -> None:
    """As many texts as it names columns, for every region it may be shown."""
    with stage.editor() as (editor, host):
        for example in stage.examples:
            stage.show(editor, example)
            columns = editor.region_columns()
            _expect(
                len({column.key for column in columns}) == len(columns), "two columns share a key"
            )
            for region in _known(example.value.regions):
                cells = editor.describe_region(region)
                fits = len(cells) == len(columns) and all(isinstance(one, str) for one in cells)
                _expect(fits, f"{len(columns)} columns, and a region is described as {cells!r}")
                for column, cell in zip(columns, cells, strict=True):
                    _expect(not column.numeric or _is_number(cell), f"{cell!r} is no plain number")
            _nothing_emitted(host, "describing regions")


def every_figure_says_what_it_takes(stage: Stage) -> None:
    """A figure typed as it stands changes nothing; what is none is refused in words."""
    with stage.editor() as (editor, host):
        for example in stage.examples:
            stage.show(editor, example)
            fields = editor.region_fields()
            _expect(len({one.key for one in fields}) == len(fields), "two fields share a key")
            _expect(all(one.title and one.name for one in fields), "a field has no name")
            for region in _known(example.value.regions):
                texts = editor.field_texts(region)
                _expect(len(texts) == len(fields), f"{len(fields)} fields are told as {texts!r}")
                told = {one.key: text for one, text in zip(fields, texts, strict=True) if text}
                for key, text in told.items():
                    same = editor.edit_field(region, key, text)
                    _expect(same is region, f"{key!r} typed as it is makes another region")
                    refused = editor.edit_field(region, key, "?")
                    _expect(isinstance(refused, str) and bool(refused), f"{key!r} takes '?'")
                marks = editor.region_marks(region)
                _expect(set(marks) <= {"locked", "hidden"}, f"nobody knows the marks {marks!r}")
            _nothing_emitted(host, "asking for figures")


def selecting_from_outside_is_no_echo(stage: Stage) -> None:
    """The table selects, the editor follows, and does not tell the table."""
    with stage.editor() as (editor, host):
        for example in stage.examples:
            stage.show(editor, example)
            host.selections.clear()
            ids = [region.id for region in example.value.regions]
            for chosen in ((), tuple(ids[:1]), tuple(ids), ("nobody",), ()):
                editor.select_regions(chosen)
                editor.grab()
            _expect(not host.selections, "select_regions comes back as a selection of the person's")
            _nothing_emitted(host, "selecting regions")


def predictions_are_shown_and_change_nothing(stage: Stage) -> None:
    """A model's value stands beside the person's until they take it."""
    with stage.editor() as (editor, host):
        for example in stage.examples:
            guess = Prediction("model", example.value, 0.5)
            empty = task_view(example, value=Value(), predictions=(guess,))
            editor.show_task(empty)
            editor.grab()
            _expect(editor.value == Value(), "a prediction became the person's value by itself")
            _nothing_emitted(host, "showing predictions")


def it_stands_without_content(stage: Stage) -> None:
    """A task whose content is missing or damaged is shown as that, and its value survives."""
    with stage.editor() as (editor, host):
        for example in stage.examples:
            stage.show(editor, example, content=False)
            _use_it(stage, editor)
            for emission in host.emitted:
                for region in example.value.regions:
                    kept = any(one == region for one in emission.value.regions)
                    _expect(kept, "without content it threw regions away")
            host.emitted.clear()


def its_place_comes_back(stage: Stage) -> None:
    """``state`` is JSON, ``restore_state`` takes it, and takes rubbish without a word."""
    with stage.editor() as (editor, host):
        for example in stage.examples:
            stage.show(editor, example)
            try:
                state = msgspec.json.decode(msgspec.json.encode(editor.state()))
            except (TypeError, ValueError) as error:
                raise ContractBroken(f"its state is no JSON: {error}") from error
            for one in (state, *_RUBBISH):
                stage.show(editor, example)
                editor.restore_state(one)
                editor.grab()
            _nothing_emitted(host, "restoring its state")


def everything_that_takes_the_focus_has_a_name(stage: Stage) -> None:
    """A screen reader has a word for each thing Tab stops at, the tools included."""
    with stage.editor() as (editor, _host):
        for example in stage.examples:
            stage.show(editor, example)
            for widget in _focusable(editor):
                _expect(
                    bool(widget.accessibleName().strip()),
                    f"{type(widget).__name__} {widget.objectName()!r} takes the focus, has no name",
                )


def another_theme_is_worn_at_once(stage: Stage) -> None:
    """Light, dark and high contrast, twice the text size, right to left: drawn anew, nothing said."""
    example = max(stage.examples, key=lambda one: len(one.value.regions))
    with stage.editor() as (editor, host):
        stage.show(editor, example)
        theme = host.theme
        before = editor.layoutDirection()
        pictures: list[QImage] = []
        try:
            choices: tuple[ThemeChoice, ...] = ("light", "dark", "high_contrast")
            for choice in choices:
                theme.set(choice=choice)
                pictures.append(editor.grab().toImage())
            theme.set(choice="light", text_scale=2.0)
            editor.grab()
            editor.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            editor.grab()
        finally:
            editor.setLayoutDirection(before)
            theme.set(choice="light", text_scale=1.0)
        _nothing_emitted(host, "another theme")
        for number, picture in enumerate(pictures):
            for other in pictures[:number]:
                _expect(picture != other, "it looks the same in two themes")


ALL = (
    its_editor_can_be_made,
    showing_a_task_emits_nothing,
    preparing_shows_nothing,
    setting_a_value_emits_nothing,
    opening_and_closing_leaves_nothing_behind,
    a_read_only_editor_changes_nothing,
    every_command_answers,
    what_it_emits_is_what_it_shows,
    regions_nobody_knows_survive,
    every_region_is_described,
    every_figure_says_what_it_takes,
    selecting_from_outside_is_no_echo,
    predictions_are_shown_and_change_nothing,
    it_stands_without_content,
    its_place_comes_back,
    everything_that_takes_the_focus_has_a_name,
    another_theme_is_worn_at_once,
)


def _expect(condition: bool, otherwise: str) -> None:
    if not condition:
        raise ContractBroken(otherwise)


def _nothing_emitted(host: RecordingHost, after: str) -> None:
    labels = [emission.label for emission in host.emitted]
    _expect(not labels, f"{after} emitted {labels}")


def _let_happen() -> None:
    from labeler.kit.testing.contract import settle

    settle()


def _heard(host: RecordingHost) -> tuple[int, ...]:
    """How much a host was told of everything but emissions."""
    told = (host.problems, host.said, host.selections, host.parts, host.questions, host.missing)
    return tuple(len(one) for one in told)


def _values(value: Value) -> Iterator[Value]:
    """The value, less and less of it, nothing, and all of it again."""
    yield value
    for count in range(len(value.regions) - 1, -1, -1):
        yield Value(value.regions[:count], value.answers)
    yield Value()
    yield Value(value.regions[::-1], value.answers)
    yield Value((*value.regions, _FOREIGN), value.answers)


def _known(regions: tuple[Region, ...]) -> list[Region]:
    return [region for region in regions if not isinstance(region, Opaque)]


def _is_number(cell: str) -> bool:
    if not cell:
        return True
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _same_objects(before: Value, after: Value, command: str) -> None:
    held = {region.id: region for region in before.regions}
    for region in after.regions:
        old = held.get(region.id)
        if old is not None and old == region:
            _expect(old is region, f"{command!r} made a new object of the untouched {region.id!r}")


def _use_it(stage: Stage, editor: Editor) -> None:
    """Do what a person might: keys, clicks, drags, commands."""
    targets = [
        widget
        for widget in [editor, *editor.findChildren(QWidget)]
        if widget.isVisible() and not _opens_something(widget)
    ]
    for widget in targets[:40]:
        middle = widget.rect().center()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        QTest.mouseMove(widget, middle + QPoint(40, 4))
        QTest.mouseRelease(
            widget,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            middle + QPoint(40, 4),
        )
    for key in _KEYS:
        QTest.keyClick(editor, key)
    for command in stage.manifest.commands:
        editor.run(command.id)
    editor.finish_gesture()
    editor.grab()


def _opens_something(widget: QWidget) -> bool:
    """A menu or a drop-down would wait for an answer that nobody gives."""
    menu = getattr(widget, "menu", None)
    return isinstance(widget, QComboBox) or (callable(menu) and menu() is not None)


def _focusable(editor: Editor) -> list[QWidget]:
    tools = editor.tool_widget()
    roots = [editor] if tools is None else [editor, tools]
    return [
        widget
        for root in roots
        for widget in [root, *root.findChildren(QWidget)]
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.isEnabled()
        and widget.isVisibleTo(root)
    ]
