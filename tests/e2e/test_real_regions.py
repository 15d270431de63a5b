"""Real photographs boxed and real recordings transcribed with the keyboard alone, every key counted.

Where the boxes are comes from the data: what others drew. Before steps could be seen at every zoom a box
took 29 keys; before the caret went along with the segments each further one took a key more.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from made_app import Running
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from labeler.exchange import ImportOptions, here, run_import
from labeler.exchange.templates import new_project
from labeler.model.regions import Box, Segment
from labeler.panels.boxes.editor import BoxesEditor
from labeler.panels.transcription.editor import TranscriptionEditor
from labeler.plugins import Plugins

Start = Callable[..., Running]
KEY = Qt.Key
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
SIDES = ((KEY.Key_Left, KEY.Key_Right), (KEY.Key_Up, KEY.Key_Down))
Corners = tuple[float, float, float, float]


def made(path: Path, panel: str, format_id: str, sources: list[Path]) -> Path:
    plugins = Plugins.load(safe_mode=True)
    project = new_project(path, panel, handle="anna")
    reader = plugins.reader(plugins.format(format_id, panel))
    options = ImportOptions(by="anna", embed=True)
    run_import(here(project), plugins, reader, sources, panel, options)
    project.close()
    return path


def drawn_by_others(folder: Path) -> dict[str, list[Corners]]:
    """The corners of every box of the photographs that are here."""
    found = {}
    for path in folder.glob("Annotations/*.xml"):
        tree = ElementTree.parse(path).getroot()
        name = tree.findtext("filename") or ""
        if (folder / "JPEGImages" / name).is_file():
            found[name] = [
                tuple(float(box.findtext(side) or 0) for side in ("xmin", "ymin", "xmax", "ymax"))
                for box in tree.iter("bndbox")
            ]
    return found  # type: ignore[return-value]


def presses(way: float, steps: tuple[int, int, int], near: float) -> tuple[int, int, int]:
    """So many far, plain and fine steps as few as lead there, with a sign each."""
    best: tuple[int, int, int] | None = None
    for far in range(-8, 9):
        rest = way - far * steps[0]
        for plain in (int(rest / steps[1]) - 1, int(rest / steps[1]), int(rest / steps[1]) + 1):
            left = rest - plain * steps[1]
            fine = 0 if abs(left) <= near else round(left / steps[2])
            if abs(left - fine * steps[2]) <= max(near, steps[2] / 2):
                all_of_it = (far, plain, fine)
                if best is None or sum(map(abs, all_of_it)) < sum(map(abs, best)):
                    best = all_of_it
    assert best is not None
    return best


class Hands:
    """Keys on a picture, counted."""

    def __init__(self, run: Running) -> None:
        self.run = run
        self.pressed = 0

    def key(self, key: Qt.Key | str, held: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            self.run.press(key, held)
            self.pressed += 1

    def go_to(self, editor: BoxesEditor, place: tuple[float, float], near: float) -> None:
        """Move the crosshair within ``near`` pixels of a place."""
        surface = editor.surface
        reach = surface.view.room[0] / surface.view.zoom
        steps = tuple(max(1, round(reach / parts)) for parts in (8, 50, 300))
        for axis in (0, 1):
            at = surface.crosshair
            assert at is not None
            counts = presses(place[axis] - at[axis], steps, near)  # type: ignore[arg-type]
            for count, held in zip(counts, (SHIFT, NONE, ALT), strict=True):
                self.key(SIDES[axis][count > 0], held, abs(count))

    def draw(self, editor: BoxesEditor, corners: Corners) -> None:
        """One box from corner to corner, as near as eyes would have it."""
        left, top, right, bottom = corners
        near = max(2 / editor.surface.view.zoom, 0.02 * min(right - left, bottom - top))
        self.key(KEY.Key_Return)
        self.go_to(editor, (left, top), near)
        self.key(KEY.Key_Return)
        self.go_to(editor, (right, bottom), near)
        self.key(KEY.Key_Return)


def shared(one: Box, corners: Corners) -> float:
    """Overlap ÷ union of a box and what others drew."""
    left, top, right, bottom = corners
    across = min(one.x + one.width, right) - max(one.x, left)
    down = min(one.y + one.height, bottom) - max(one.y, top)
    both = max(0.0, across) * max(0.0, down)
    return both / (one.width * one.height + (right - left) * (bottom - top) - both)


def test_twenty_photographs_are_boxed_by_keyboard(
    start: Start, tmp_path: Path, shared_data: Path
) -> None:
    folder = shared_data / "images" / "voc_raccoon"
    wanted = drawn_by_others(folder)
    assert len(wanted) == 20
    run = start()
    run.window.resize(1280, 800)
    run.open(made(tmp_path / "p.labeler", "boxes", "images", [folder / "JPEGImages"]))
    run.window.go("work")
    hands, boxes = Hands(run), 0
    for _ in wanted:
        run.qtbot.waitUntil(lambda: run.key != "")
        editor = run.editor
        assert isinstance(editor, BoxesEditor)
        surface = editor.surface
        run.qtbot.waitUntil(lambda surface=surface: surface.picture is not None)
        assert QApplication.focusWidget() is surface, "the keys go to the picture"
        asked = wanted[Path(run.key).name]
        for corners in asked:
            hands.draw(editor, corners)
        made_now = [one for one in run.work.flow.value.regions if isinstance(one, Box)]
        for one, corners in zip(made_now, asked, strict=True):
            assert shared(one, corners) > 0.8, run.key
        boxes += len(asked)
        hands.key("q")
        flow, seat = run.work.flow, run.work.flow.seat
        hands.key(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        run.qtbot.waitUntil(lambda flow=flow, seat=seat: flow.seat is not seat)
        run.settle()
    assert hands.pressed / boxes <= 27, f"{hands.pressed / boxes:.1f} keys a box"


def test_recordings_are_transcribed_by_keyboard_while_they_play(
    start: Start, tmp_path: Path, shared_data: Path
) -> None:
    folder = shared_data / "audio" / "mfa"
    sources = sorted(folder.glob("common_voice_en_*.mp3"))
    assert len(sources) == 3
    run = start().open(made(tmp_path / "t.labeler", "transcription", "audio", sources))
    run.window.go("work")
    hands = Hands(run)
    for _ in sources:
        run.qtbot.waitUntil(lambda: run.key != "")
        editor = run.editor
        assert isinstance(editor, TranscriptionEditor)
        run.qtbot.waitUntil(lambda editor=editor: editor.sounding.is_open)
        assert QApplication.focusWidget() is editor.timeline, "the keys go to the wave"

        def hear(until: float, editor: TranscriptionEditor = editor) -> None:
            wanted = round(until * 1_000_000)
            run.qtbot.waitUntil(lambda: editor.timeline.playhead >= wanted)

        hands.key(KEY.Key_F8)
        for number, word in enumerate(("one", "two"), start=1):
            hear(0.2 * number)
            hands.key(KEY.Key_F5)
            hear(0.2 * number + 0.1)
            hands.key(KEY.Key_F6)
            run.press(word)
        hands.key(KEY.Key_F8)
        said = [one.text for one in run.work.flow.value.regions if isinstance(one, Segment)]
        assert said == ["one", "two"]
        hands.key("q", ALT)
        flow, seat = run.work.flow, run.work.flow.seat
        hands.key(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        run.qtbot.waitUntil(lambda flow=flow, seat=seat: flow.seat is not seat)
        run.settle()
    # Play and stop, begin and end of each of two, the answer, on: no key leads from text to text.
    assert hands.pressed == 3 * (2 + 2 * 2 + 2)
