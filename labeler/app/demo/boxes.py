"""What the hands do in the boxes panel: boxes by drag, by clicks and by keys, a model's taken or not."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labeler.app.demo.hands import PanelHands
from labeler.app.demo.notes import Book, Wanted
from labeler.app.demo.pages import go_to_task
from labeler.app.demo.pictures import Pictures
from labeler.app.demo.robot import Robot
from labeler.kit.canvas import CanvasSurface
from labeler.model.regions import Box

__all__ = ["BoxesScript"]

Point = tuple[float, float]
_ENTER, _ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
_RIGHT, _DOWN, _UP = Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up
_LABELS = {"1": "person", "2": "animal", "3": "vehicle", "4": "gear"}
_NEAR = 6.0
"""Pixels of the image a hand may be off, on a photograph shown smaller than it is."""


class _Hands(PanelHands):
    """The panel's own gestures, by places in the image."""

    @property
    def surface(self) -> CanvasSurface:
        """The image on the stage."""
        return self.on_stage(CanvasSurface)

    def be_at(self, key: str) -> None:
        """The queue led to this image, and it is there, all of it."""
        super().be_at(key)
        self.robot.wait("the image is there", lambda: self.surface.picture is not None)

    def at(self, place: Point) -> QPoint:
        """Where a place of the image lies on the surface."""
        return QPoint(*(round(one) for one in self.surface.view.to_screen(*place)))

    # boxes

    def boxes(self) -> list[Box]:
        """The boxes on the desk."""
        return [one for one in self.robot.value.regions if isinstance(one, Box)]

    def by_drag(self, start: Point, end: Point, key: str) -> None:
        """Draw a box by a drag, then press a label's key."""
        self.robot.drag(self.surface, self.at(start), self.at(end))
        self._drawn(start, end, key)

    def by_clicks(self, start: Point, end: Point, key: str) -> None:
        """Draw a box by a click on each of two corners, then press a label's key."""
        for corner in (start, end):
            self.move_to(corner)
            self.robot.click(self.surface, self.at(corner))
        self._drawn(start, end, key)

    def by_keys(self, right: int, down: int, key: str) -> None:
        """Draw a box from the middle of the image with so many arrow keys, then label it."""
        robot, surface = self.robot, self.surface
        robot.key(_ESCAPE)
        robot.key(_ENTER)
        robot.check("the crosshair is there", surface.crosshair is not None)
        robot.key(_ENTER)
        for _ in range(right):
            robot.key(_RIGHT)
        for _ in range(down):
            robot.key(_DOWN)
        before = len(self.boxes())
        robot.key(_ENTER)
        robot.check("a box is drawn by keys", len(self.boxes()) == before + 1)
        robot.key(key)
        robot.check("it has its label", self.boxes()[-1].label == _LABELS[key])

    def _drawn(self, start: Point, end: Point, key: str) -> None:
        robot = self.robot
        robot.check("a box is drawn", bool(self.boxes()))
        box = self.boxes()[-1]
        wanted = (start[0], start[1], end[0] - start[0], end[1] - start[1])
        near = max(
            abs(one - other)
            for one, other in zip((box.x, box.y, box.width, box.height), wanted, strict=True)
        )
        robot.check(f"it lies where it was drawn, {near:.1f} pixels off", near <= _NEAR)
        robot.key(key)
        robot.check("it has its label", self.boxes()[-1].label == _LABELS[key])

    def move_to(self, place: Point) -> None:
        """Bring the pointer over a place."""
        QTest.mouseMove(self.surface, self.at(place))

    def click_on(self, place: Point) -> None:
        """Click on what is there."""
        self.move_to(place)
        self.robot.click(self.surface, self.at(place))

    def wheel(self, place: Point, turns: int) -> None:
        """Turn the wheel over a place."""
        surface, at = self.surface, self.at(place)
        event = QWheelEvent(
            QPointF(at),
            QPointF(surface.mapToGlobal(at)),
            QPoint(),
            QPoint(0, 120 * turns),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(surface, event)
        self.robot.gestures += 1

    # the end of a task

    def submit(self, *labels: str, **answers: object) -> None:
        """Submit by its key; ``labels`` are those of the boxes, in their order."""
        self.submit_as(Wanted(answers=answers, labels=labels))

    def go_to(self, words: str) -> None:
        """Go to a task by its key."""
        if self.key != words:
            go_to_task(self.robot, words, words)


class BoxesScript:
    """The boxes panel's part of the tour: the sample's photographs, from the first one on."""

    def work(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """Every kind of gesture, image after image."""
        hands = _Hands(robot, book)
        self._by_mouse(hands, pictures)
        self._predictions(hands, pictures)
        self._by_keys(hands, pictures)
        self._many(hands, pictures)

    def _by_mouse(self, hands: _Hands, pictures: Pictures) -> None:
        robot = hands.robot
        hands.go_to("portrait.jpg")
        hands.be_at("portrait.jpg")
        hands.by_drag((4, 4), (120, 120), "2")
        robot.key("1")
        robot.check("another key is another label", hands.boxes()[0].label == "person")
        robot.key("2", "ctrl+shift")
        robot.key("c")
        robot.check("it is cut off", list(hands.boxes()[0].attributes["marks"]) == ["cut"])
        hands.by_clicks((30, 2), (90, 20), "4")
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.check("undo takes label and box back", len(hands.boxes()) == 1)
        robot.key(Qt.Key.Key_Z, "ctrl+shift")
        robot.key(Qt.Key.Key_Z, "ctrl+shift")
        robot.check(
            "redo brings them again", [one.label for one in hands.boxes()] == ["person", "gear"]
        )
        robot.settle()
        pictures.take("work-boxes")
        robot.key("1", "ctrl+shift")
        robot.key("q")
        hands.submit("person", "gear", picture="clear")

    def _predictions(self, hands: _Hands, pictures: Pictures) -> None:
        robot = hands.robot
        hands.go_to("beach.jpg")
        hands.be_at("beach.jpg")
        pictures.take("boxes-predictions")
        robot.key(",")
        robot.key(",")
        robot.key(Qt.Key.Key_Tab)
        robot.key("a")
        robot.check("one is taken", len(hands.boxes()) == 1)
        robot.key("x")
        robot.key(_ESCAPE)
        hands.by_clicks((404, 118), (574, 250), "4")
        place = hands.boxes()[1]
        for key in (_RIGHT, _RIGHT, _UP):
            robot.key(key)
        robot.key(_DOWN, "shift")
        robot.key(_RIGHT, "alt")
        moved = hands.boxes()[1]
        robot.check(
            "arrows move it and Alt makes it wider",
            (moved.x - place.x, moved.y - place.y, moved.width - place.width) == (2, 9, 1),
        )
        robot.key("d", "ctrl")
        robot.check("a duplicate is there", len(hands.boxes()) == 3)
        robot.key(Qt.Key.Key_Delete)
        robot.key("w")
        hands.submit("person", "gear", picture="dim")

    def _by_keys(self, hands: _Hands, pictures: Pictures) -> None:
        robot = hands.robot
        hands.go_to("forest.jpg")
        hands.be_at("forest.jpg")
        hands.by_keys(9, 12, "4")
        hands.by_keys(14, 7, "2")
        robot.key("z")
        robot.settle()
        pictures.take("boxes-zoomed")
        robot.key("0")
        hands.wheel((270, 330), 3)
        robot.check("the wheel zooms in", not hands.surface.view.shows_all)
        robot.key("-")
        robot.key("+")
        robot.key("0")
        robot.check("all of it is shown again", hands.surface.view.shows_all)
        robot.key("a", "ctrl")
        robot.check("both are chosen", len(hands.surface.chosen) == 2)
        robot.key("3")
        robot.key(Qt.Key.Key_Delete)
        robot.check("both are gone", not hands.boxes())
        hands.set_aside("f", "flagged", "Nothing to mark")

    def _many(self, hands: _Hands, pictures: Pictures) -> None:
        robot = hands.robot
        hands.go_to("skier-upright.jpg")
        hands.be_at("skier-upright.jpg")
        robot.key("a", "shift")
        robot.check("all that is sure is taken", len(hands.boxes()) == 2)
        robot.key(_ESCAPE)
        robot.key("v")
        robot.drag(hands.surface, hands.at((100, 130)), hands.at((370, 590)))
        robot.check("the band chooses both", len(hands.surface.chosen) == 2)
        robot.key("t")
        robot.key("l")
        robot.key(_RIGHT)
        robot.check("locked ones stay", hands.boxes()[0].x == 133)
        robot.settle()
        pictures.take("boxes-locked")
        robot.key("l")
        robot.key("t")
        robot.key("h", "shift")
        robot.key("h", "shift")
        robot.key("b")
        hands.submit("person", "gear")
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.wait("undo leads back", lambda: robot.seat.task.key == "skier-upright.jpg")
        robot.settle()
        robot.key(Qt.Key.Key_Z, "ctrl+shift")
        robot.settle()
        robot.check("redo submits again", robot.seat.draft.status == "submitted")
        seat = robot.seat
        robot.key(_ENTER, "ctrl")
        robot.wait("the next task is there", lambda: robot.work.flow.seat is not seat)
        robot.settle()

    def leave_half_done(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """The skier: several gestures, the last of them an undo."""
        hands = _Hands(robot, book)
        hands.go_to("skier.jpg")
        hands.be_at("skier.jpg")
        hands.by_drag((335, 247), (378, 415), "1")
        robot.key(_ESCAPE)
        hands.by_clicks((290, 404), (461, 420), "4")
        robot.key(_RIGHT, "shift")
        robot.key(_DOWN, "alt")
        hands.by_clicks((20, 20), (80, 90), "2")
        box = hands.boxes()[-1]
        corner = (box.x + box.width, box.y + box.height)
        robot.drag(hands.surface, hands.at(corner), hands.at((corner[0] + 30, corner[1] + 20)))
        robot.check("a handle makes it larger", hands.boxes()[-1].width > box.width + 20)
        robot.key("c", "ctrl")
        robot.key("v", "ctrl")
        robot.key("3")
        robot.key(Qt.Key.Key_Delete)
        robot.check("the copy is gone", len(hands.boxes()) == 3)
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.check("undo brings it back", len(hands.boxes()) == 4)

    def finish(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """The skier is submitted with all that was done, and one more after it."""
        hands = _Hands(robot, book)
        hands.be_at("skier.jpg")
        robot.key("q")
        hands.submit("person", "gear", "animal", "vehicle", picture="clear")
        hands.go_to("umbrella.jpg")
        hands.be_at("umbrella.jpg")
        robot.key("a", "shift")
        hands.submit("person", "person", "gear")
