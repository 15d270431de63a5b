"""Random gestures in each panel, as a person makes them: keys, clicks, drags and letters."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from labeler.app.demo.robot import Robot
from labeler.kit.canvas import CanvasSurface
from labeler.kit.markdown import MarkdownSurface
from labeler.kit.text import TextSurface
from labeler.kit.timeline import Timeline
from labeler.work.desk import Seat
from labeler.work.draft import Draft

__all__ = ["HANDS", "Hands"]

LETTERS = "abc de fghi äö"

W = TypeVar("W", bound=QWidget)
Gesture = Callable[[], None]


class Hands:
    """One random gesture after another on the Work page; each panel adds its own."""

    def __init__(self, robot: Robot, seed: int) -> None:
        self.robot = robot
        self.chance = random.Random(seed)
        self.drafts: dict[str, Draft] = {}
        robot.work.flow.seated.connect(self._seated)
        self._seated(robot.seat, False)

    def _seated(self, seat: Seat, _same: bool) -> None:
        self.drafts[seat.task.id] = seat.draft

    def gesture(self) -> None:
        """Do something a person does; nothing where there is no task any more."""
        if self.robot.work.flow.seat is None:
            self.robot.key(Qt.Key.Key_Z, "ctrl")
            return
        moves: list[Gesture] = [self.undo] * 3 + [self.redo] * 2 + [self.step]
        if self.robot.seat.read_only:
            moves += [self.reopen] * 3
        else:
            moves += [self.submit, *self.own()]
        self.chance.choice(moves)()

    def own(self) -> Sequence[Gesture]:
        """The panel's gestures, the frequent ones several times."""
        raise NotImplementedError

    def on_stage(self, kind: type[W]) -> W:
        """A surface of the editor, waited for."""

        def found() -> W | None:
            editor = self.robot.work.stage.editor
            return editor.findChild(kind) if editor is not None else None

        self.robot.wait(f"a {kind.__name__} is on the stage", lambda: found() is not None)
        surface = found()
        assert surface is not None
        return surface

    def type(self, most: int = 9) -> None:
        """Some letters where the caret is, now and then with a pause."""
        for _ in range(self.chance.randrange(1, most)):
            self.robot.type(self.chance.choice(LETTERS))
            QTest.qWait(self.chance.randrange(30))

    def undo(self) -> None:
        self.robot.key(Qt.Key.Key_Z, "ctrl")

    def redo(self) -> None:
        self.robot.key(Qt.Key.Key_Z, "ctrl+shift")

    def submit(self) -> None:
        self.robot.key(Qt.Key.Key_Return, "ctrl")

    def reopen(self) -> None:
        self.robot.key(Qt.Key.Key_R, "ctrl")

    def step(self) -> None:
        key = self.chance.choice((Qt.Key.Key_PageDown, Qt.Key.Key_PageUp))
        self.robot.key(key, "ctrl")


class TextHands(Hands):
    """Classes, marks, spans made, moved and removed, a note."""

    def own(self) -> Sequence[Gesture]:
        moves: list[Gesture] = [self.answer] + [self.mark, self.tick] * 3
        return moves + [self.change, self.remove] * 2 + [self.write] * 4

    def to_text(self) -> None:
        """Click beside the words, so that letters are commands again."""
        port = self.on_stage(TextSurface).viewport()
        self.robot.click(port, QPoint(port.width() // 2, port.height() - 4))

    def answer(self) -> None:
        self.to_text()
        self.robot.key(self.chance.choice("123"))

    def tick(self) -> None:
        self.to_text()
        self.robot.key(self.chance.choice("qwer"))

    def mark(self) -> None:
        """Select a word with the keyboard, press a label's key."""
        self.to_text()
        self.robot.key(Qt.Key.Key_Home, "ctrl")
        for _ in range(self.chance.randrange(12)):
            self.robot.key(Qt.Key.Key_Right)
        self.robot.key(Qt.Key.Key_Space)
        self.robot.key(self.chance.choice("po"))

    def _choose(self) -> None:
        self.to_text()
        self.robot.key(Qt.Key.Key_Home, "ctrl")
        spans = len(self.robot.value.regions)
        for _ in range(self.chance.randrange(1, spans + 1) if spans else 0):
            self.robot.key(Qt.Key.Key_Tab)

    def change(self) -> None:
        self._choose()
        if self.chance.random() < 0.5:
            self.robot.key(self.chance.choice("po"))
        else:
            for _ in range(self.chance.randrange(1, 4)):
                self.robot.key(Qt.Key.Key_Right, "alt+shift")

    def remove(self) -> None:
        self._choose()
        self.robot.key(Qt.Key.Key_Delete)

    def write(self) -> None:
        """Some letters into the note; sometimes the field is left then."""
        self.robot.work.inspector.form.show_question("note")
        self.type()
        if self.chance.random() < 0.4:
            self.to_text()


class BoxHands(Hands):
    """Boxes drawn by drags and keys, labelled, nudged, copied, removed; predictions taken or not."""

    def own(self) -> Sequence[Gesture]:
        moves: list[Gesture] = [self.draw] * 4 + [self.draw_by_keys, self.copy, self.remove]
        return (
            moves + [self.label] * 3 + [self.move] * 4 + [self.judge, self.attribute, self.answer]
        )

    def to_image(self) -> CanvasSurface:
        """The image, waited for, with the keyboard in it."""
        surface = self.on_stage(CanvasSurface)
        self.robot.wait("the image is there", lambda: surface.picture is not None)
        surface.setFocus()
        return surface

    def _somewhere(self, surface: CanvasSurface) -> QPoint:
        picture = surface.picture
        assert picture is not None
        x, y = self.chance.random() * picture.width, self.chance.random() * picture.height
        return QPoint(*(round(one) for one in surface.view.to_screen(x, y)))

    def draw(self) -> None:
        surface = self.to_image()
        self.robot.key("b")
        self.robot.drag(surface, self._somewhere(surface), self._somewhere(surface))
        if self.chance.random() < 0.7:
            self.robot.key(self.chance.choice("1234"))

    def draw_by_keys(self) -> None:
        self.to_image()
        self.robot.key(Qt.Key.Key_Escape)
        self.robot.key(Qt.Key.Key_Return)
        self.robot.key(Qt.Key.Key_Return)
        for _ in range(self.chance.randrange(1, 5)):
            self.robot.key(Qt.Key.Key_Right, "shift")
            self.robot.key(Qt.Key.Key_Down, "shift")
        self.robot.key(Qt.Key.Key_Return)

    def _choose(self) -> None:
        self.to_image()
        for _ in range(self.chance.randrange(1, 4)):
            self.robot.key(Qt.Key.Key_Tab)

    def label(self) -> None:
        self._choose()
        self.robot.key(self.chance.choice("1234"))

    def move(self) -> None:
        """A run of arrow keys: one step of undo, written while it goes on."""
        self._choose()
        held = self.chance.choice(("", "shift", "alt"))
        key = self.chance.choice((Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up))
        for _ in range(self.chance.randrange(1, 9)):
            self.robot.key(key, held)
            QTest.qWait(self.chance.randrange(40))

    def copy(self) -> None:
        self._choose()
        self.robot.key("d", "ctrl")

    def remove(self) -> None:
        self._choose()
        self.robot.key(Qt.Key.Key_Delete)

    def judge(self) -> None:
        self._choose()
        self.robot.key(self.chance.choice("ax"))

    def attribute(self) -> None:
        self._choose()
        self.robot.key("2", "ctrl+shift")
        self.robot.key(self.chance.choice("ce"))
        self.robot.key("1", "ctrl+shift")

    def answer(self) -> None:
        self.to_image()
        self.robot.key(Qt.Key.Key_Escape)
        self.robot.key(self.chance.choice("qwer"))


class SoundHands(Hands):
    """Segments drawn, cut, joined, moved, removed, and typed into; predictions taken or not."""

    def own(self) -> Sequence[Gesture]:
        moves: list[Gesture] = [self.draw] * 3 + [self.write] * 5 + [self.split, self.merge]
        return (
            moves
            + [self.edge, self.speaker] * 2
            + [self.judge, self.remove, self.note, self.answer]
        )

    def to_wave(self) -> Timeline:
        """The wave, waited for, with the caret in no text."""
        timeline = self.on_stage(Timeline)
        can_run = self.robot.context.commands.can_run
        self.robot.wait("it can be heard", lambda: can_run("transcription.play_pause").ok)
        self.robot.key(Qt.Key.Key_Escape)
        timeline.setFocus()
        return timeline

    def _in_wave(self, timeline: Timeline) -> QPoint:
        wave = timeline.rows.wave
        x = self.chance.randrange(wave.left() + 2, max(wave.left() + 3, wave.right() - 2))
        return QPoint(x, wave.center().y() - 12)

    def draw(self) -> None:
        timeline = self.to_wave()
        self.robot.drag(timeline, self._in_wave(timeline), self._in_wave(timeline))
        self.type()

    def _choose(self) -> None:
        self.to_wave()
        for _ in range(self.chance.randrange(1, 4)):
            self.robot.key(Qt.Key.Key_Down)

    def write(self) -> None:
        """Letters at the end of a segment's text, some of them taken away again."""
        self._choose()
        self.robot.key(Qt.Key.Key_Return)
        self.type()
        for _ in range(self.chance.randrange(3)):
            self.robot.key(Qt.Key.Key_Backspace)
        if self.chance.random() < 0.4:
            self.robot.key(Qt.Key.Key_Escape)

    def split(self) -> None:
        timeline = self.to_wave()
        self.robot.click(timeline, self._in_wave(timeline))
        self.robot.key(Qt.Key.Key_F7)

    def merge(self) -> None:
        self._choose()
        self.robot.key(Qt.Key.Key_F7, "shift")

    def edge(self) -> None:
        self._choose()
        if self.chance.random() < 0.3:
            self.robot.key("e")
        for _ in range(self.chance.randrange(1, 6)):
            self.robot.key(self.chance.choice((Qt.Key.Key_Left, Qt.Key.Key_Right)), "alt")
            QTest.qWait(self.chance.randrange(40))

    def speaker(self) -> None:
        self._choose()
        self.robot.key(self.chance.choice("123"))

    def judge(self) -> None:
        self._choose()
        self.robot.key(self.chance.choice("ax"))

    def remove(self) -> None:
        self._choose()
        self.robot.key(Qt.Key.Key_Delete)

    def note(self) -> None:
        self.robot.work.inspector.form.show_question("note")
        self.type()

    def answer(self) -> None:
        self.to_wave()
        self.robot.key(self.chance.choice("qwe"))


class ResponseHands(Hands):
    """Preferences, ranks, marked passages, a reason that grows."""

    def own(self) -> Sequence[Gesture]:
        moves: list[Gesture] = [self.prefer, self.rank] * 2 + [self.mark] * 3 + [self.write] * 4
        return [*moves, self.criterion, self.order, self.change, self.remove, self.view]

    def to_response(self) -> MarkdownSurface | None:
        """One of the responses, by its letter; None where this task shows none."""
        self.robot.key(Qt.Key.Key_Escape)
        self.robot.key(Qt.Key.Key_Escape)
        self.robot.key(self.chance.choice("ab"))
        focus = self.robot.window.focusWidget()
        return focus if isinstance(focus, MarkdownSurface) else None

    def prefer(self) -> None:
        self.to_response()
        self.robot.key(self.chance.choice("123456789"))

    def rank(self) -> None:
        for _ in range(self.chance.randrange(1, 4)):
            self.to_response()
            self.robot.key(self.chance.choice("1234"))

    def order(self) -> None:
        self.to_response()
        self.robot.key(self.chance.choice((Qt.Key.Key_Up, Qt.Key.Key_Down)), "alt")

    def criterion(self) -> None:
        self.to_response()
        self.robot.key(self.chance.choice("qwer"))

    def mark(self) -> None:
        if self.to_response() is None:
            return
        for _ in range(self.chance.randrange(8)):
            self.robot.key(Qt.Key.Key_Right)
        self.robot.key(Qt.Key.Key_Space)
        self.robot.key(self.chance.choice("uiop"))
        self.robot.key(self.chance.choice("123"))

    def change(self) -> None:
        self.to_response()
        self.robot.key(".")
        for _ in range(self.chance.randrange(1, 5)):
            self.robot.key(Qt.Key.Key_Right, "alt+shift")
            QTest.qWait(self.chance.randrange(40))

    def remove(self) -> None:
        self.to_response()
        self.robot.key(".")
        self.robot.key(Qt.Key.Key_Delete)

    def view(self) -> None:
        """Another look at the same texts changes nothing that is stored."""
        self.to_response()
        self.robot.key(self.chance.choice("vmn"))

    def write(self) -> None:
        self.robot.work.inspector.form.show_question("justification")
        self.type()
        if self.chance.random() < 0.4:
            self.robot.key(Qt.Key.Key_Escape)


HANDS: Mapping[str, type[Hands]] = {
    "sentiment": TextHands,
    "boxes": BoxHands,
    "transcription": SoundHands,
    "comparison": ResponseHands,
}
