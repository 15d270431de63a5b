"""What the hands do in the sentiment panel: classes by key, spans in every way there is, and back."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from shiboken6 import isValid

from labeler.app.demo.hands import PanelHands
from labeler.app.demo.notes import Book, Wanted
from labeler.app.demo.pages import go_to_task
from labeler.app.demo.pictures import Pictures
from labeler.app.demo.robot import Robot, TourFailed
from labeler.kit.controls.chip import ChoiceChip
from labeler.kit.controls.scale import ScaleBar
from labeler.kit.text import TextSurface
from labeler.model.regions import Span

__all__ = ["SentimentScript"]

_CLASSES = {"1": "positive", "2": "neutral", "3": "negative"}
_LABELS = {"o": "negative", "p": "positive", "i": "target", "u": "holder"}
_ESCAPE, _ENTER = Qt.Key.Key_Escape, Qt.Key.Key_Return


class _Hands(PanelHands):
    """The panel's own gestures: on the text by its words, on the form by its questions."""

    @property
    def surface(self) -> TextSurface:
        """The text on the stage."""
        return self.on_stage(TextSurface)

    # the text

    def place(self, words: str) -> tuple[int, int]:
        """Where words stand in the text, in code points."""
        start = self.surface.document.text.find(words)
        if start < 0:
            raise TourFailed(f"{words!r} is not in the text of {self.key}")
        return start, start + len(words)

    def ends(self, words: str) -> tuple[QPoint, QPoint]:
        """Where a hand begins and ends to draw over words, in the direction they are read."""
        start, end = self.place(words)
        surface = self.surface
        surface.reveal(start, end)
        first, last = surface.range_rect(start, start + 1), surface.range_rect(end - 1, end)
        if surface.document.block_at(start).direction == "rtl":
            return (
                QPoint(first.right() - 1, first.center().y()),
                QPoint(last.left() + 1, last.center().y()),
            )
        return (
            QPoint(first.left() + 1, first.center().y()),
            QPoint(last.right() - 1, last.center().y()),
        )

    def mark_by_drag(self, words: str, key: str) -> None:
        """Draw over words, then press a label's key."""
        self.robot.drag(self.surface.viewport(), *self.ends(words))
        self._label(words, key)

    def mark_by_double_click(self, word: str, key: str) -> None:
        """Click twice on a word, then press a label's key."""
        start, end = self.ends(word)
        self.robot.double_click(self.surface.viewport(), (start + end) / 2)
        self._label(word, key)

    def mark_by_keyboard(self, words: str, key: str) -> None:
        """Put the caret before words, select them with Shift and the arrows, press a label's key."""
        self.robot.key(_ESCAPE)
        self.robot.click(self.surface.viewport(), self.ends(words)[0])
        start, end = self.place(words)
        for _ in range(8):
            if self.surface.caret == start:
                break
            right = self.surface.caret < start
            self.robot.key(Qt.Key.Key_Right if right else Qt.Key.Key_Left)
        for _ in range(3 * len(words)):
            if self.surface.caret == end:
                break
            self.robot.key(Qt.Key.Key_Right, "shift")
        self._label(words, key)

    def _label(self, words: str, key: str) -> None:
        robot = self.robot
        wanted = self.place(words)
        chosen = self.surface.selection
        if chosen != wanted:
            raise TourFailed(f"{words!r} is at {wanted}, selected is {chosen}, {robot.where()}")
        robot.key(key)
        found = [one for one in self.spans() if (one.start, one.end) == wanted]
        robot.check(f"{words!r} is marked", [one.label for one in found] == [_LABELS[key]])

    def spans(self) -> list[Span]:
        """The spans on the desk in the order of the text."""
        found = [one for one in self.robot.value.regions if isinstance(one, Span)]
        return sorted(found, key=lambda one: (one.start, -one.end))

    def choose(self, words: str) -> None:
        """Click on a span that is there, beside where it was clicked on before."""
        self.robot.key(_ESCAPE)
        self.robot.click(self.surface.viewport(), self.ends(words)[0])
        self.robot.check(f"the span {words!r} is chosen", len(self.surface.chosen) == 1)

    # the form

    def question(self, ident: str) -> str:
        """What a question is called."""
        found = self.robot.seat.queue.config.question(ident)
        if found is None:
            raise TourFailed(f"the queue does not ask {ident!r}")
        return found.name

    def chip(self, question: str, choice: str) -> None:
        """Click on the choice of a question."""
        asked = self.robot.seat.queue.config.question(question)
        titles = {one.id: one.name for one in getattr(asked, "choices", ())}
        form = self.robot.work.inspector.form
        for one in form.findChildren(ChoiceChip):
            if one.text() == titles.get(choice) and one.isVisible():
                self.robot.click(one)
                return
        raise TourFailed(f"the form has no choice {choice!r} for {question!r}")

    def scale(self, question: str, point: int) -> None:
        """Click on a point of a scale."""
        form = self.robot.work.inspector.form
        name = self.question(question)

        def bars() -> list[ScaleBar]:
            found = form.findChildren(ScaleBar)
            return [one for one in found if one.accessibleName() == name and one.isVisible()]

        self.robot.wait(f"the form asks {question!r}", lambda: bool(bars()))
        [bar] = bars()
        self.robot.click(bar, bar.cell_rect(point).center())
        self.robot.check(f"{question} is {point}", self.robot.value.answers.get(question) == point)

    def back_to_text(self) -> None:
        """Click beside the words, so that letters are the panel's again."""
        viewport = self.surface.viewport()
        self.robot.click(viewport, QPoint(viewport.width() // 2, viewport.height() - 4))

    # the end of a task

    def answer(self, key: str, *marks: tuple[str, str], **answers: object) -> None:
        """Give the class by its key; the queue submits and goes on by itself.

        ``marks`` and ``answers`` say what else must be stored of the task.
        """
        given = {"sentiment": _CLASSES[key], **answers}
        self.end(lambda: self.robot.key(key), Wanted(answers=given, marks=marks))

    def submit(self, *marks: tuple[str, str], **answers: object) -> None:
        """Submit by its key what was answered already."""
        self.submit_as(Wanted(answers=answers, marks=marks))

    def go_to(self, words: str, key: str) -> None:
        """Go to a task by its number or key."""
        go_to_task(self.robot, words, key)


class SentimentScript:
    """The sentiment panel's part of the tour: texts of the sample, from its first one on."""

    def work(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """Every kind of gesture, task after task."""
        hands = _Hands(robot, book)
        self._spans(hands, pictures)
        self._predictions_and_scripts(hands, pictures)
        self._back_and_forth(hands)
        self._set_aside(hands, pictures)
        self._again(hands)

    def _spans(self, hands: _Hands, pictures: Pictures) -> None:
        robot = hands.robot
        hands.be_at("en-lindenhof")
        hands.mark_by_drag("perfectly pink", "p")
        hands.mark_by_double_click("venison", "u")
        hands.choose("venison")
        robot.key("i")
        robot.check("the label is changed", hands.spans()[0].label == "target")
        hands.mark_by_keyboard("almost an hour", "o")
        hands.mark_by_double_click("dumplings", "i")
        hands.choose("dumplings")
        robot.key(Qt.Key.Key_Delete)
        robot.check("the span is removed", len(hands.spans()) == 3)
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.check("undo brings the span back", len(hands.spans()) == 4)
        robot.key(Qt.Key.Key_Z, "ctrl+shift")
        robot.check("redo removes it again", len(hands.spans()) == 3)
        hands.chip("marks", "mixed")
        hands.scale("valence", 1)
        robot.key(Qt.Key.Key_Right)
        robot.check("an arrow goes on", robot.value.answers.get("valence") == 2)
        hands.scale("arousal", 4)
        hands.back_to_text()
        robot.settle()
        pictures.take("work-sentiment")
        robot.key("2", "ctrl+shift")
        pictures.take("regions-sentiment")
        robot.key("1", "ctrl+shift")
        marks = (
            ("target", "venison"),
            ("positive", "perfectly pink"),
            ("negative", "almost an hour"),
        )
        hands.answer("1", *marks, marks=["mixed"], valence=2, arousal=4)

    def _predictions_and_scripts(self, hands: _Hands, pictures: Pictures) -> None:
        robot = hands.robot
        hands.be_at("en-kettle")
        robot.key("x")
        robot.key("q")
        hands.answer("3", marks=["sarcastic"])
        hands.be_at("ar-restaurant")
        hands.mark_by_drag("لذيذ جدًا", "p")
        hands.mark_by_double_click("بطيئة", "o")
        pictures.take("work-right-to-left")
        hands.answer("1", ("positive", "لذيذ جدًا"), ("negative", "بطيئة"))
        hands.be_at("de-mama")
        pictures.take("work-predictions")
        robot.key("a", "shift")
        robot.check("both proposed spans are taken over", len(hands.spans()) == 2)
        hands.submit(("positive", "gut"), ("positive", "lieb"), sentiment="positive")
        hands.be_at("en-library")
        hands.answer("2")
        hands.be_at("ru-cafe")
        robot.key(Qt.Key.Key_Tab)
        robot.key("a")
        robot.key("x")
        robot.check("one span is accepted, one is not", len(hands.spans()) == 1)
        hands.answer("1", ("positive", "воздушные"))
        hands.be_at("ja-ryokan")
        hands.mark_by_drag("最高", "p")
        hands.mark_by_keyboard("耳栓", "i")
        hands.answer("1", ("positive", "最高"), ("target", "耳栓"))

    def _back_and_forth(self, hands: _Hands) -> None:
        """Undo reaches back across a submit, redo submits again."""
        robot = hands.robot
        hands.be_at("en-headphones")
        hands.answer("1")
        hands.be_at("hi-train")
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.wait("undo leads back", lambda: robot.seat.task.key == "en-headphones")
        robot.settle()
        robot.check("the answer is taken back", not robot.value.answers)
        robot.check("the submit is taken back", robot.seat.draft.status == "open")
        robot.key(Qt.Key.Key_Z, "ctrl+shift")
        robot.settle()
        robot.check("redo submits again", robot.seat.draft.status == "submitted")
        seat = robot.seat
        robot.key(_ENTER, "ctrl")
        robot.wait("the next task is there", lambda: robot.work.flow.seat is not seat)
        robot.settle()

    def _set_aside(self, hands: _Hands, pictures: Pictures) -> None:
        robot = hands.robot
        hands.be_at("hi-train")
        robot.key("s")
        pictures.take("skip")
        robot.key(_ESCAPE)
        robot.check("Escape leaves the reasons", not _popover_shown(robot))
        hands.set_aside("s", "skipped", "Not my language")
        hands.be_at("en-late-train")
        robot.key("f")
        pictures.take("flag")
        robot.key(_ESCAPE)
        hands.set_aside("f", "flagged", "Names a company")

    def _again(self, hands: _Hands) -> None:
        """Previous and next; a submitted task is reopened and submitted again; go to a number."""
        robot = hands.robot
        hands.be_at("he-hotel")
        hands.mark_by_double_click("מקסים", "p")
        hands.answer("2", ("positive", "מקסים"))
        hands.be_at("es-flat")
        hands.answer("1")
        hands.be_at("zh-delivery")
        for key in ("es-flat", "he-hotel"):
            robot.key(Qt.Key.Key_PageUp, "ctrl")
            robot.settle()
            hands.be_at(key)
        robot.key(Qt.Key.Key_PageDown, "ctrl")
        robot.settle()
        hands.be_at("es-flat")
        robot.key("2")
        robot.check(
            "what is submitted is read-only", robot.value.answers == {"sentiment": "positive"}
        )
        robot.key("r", "ctrl")
        hands.chip("sentiment", "neutral")
        hands.back_to_text()
        hands.submit(sentiment="neutral")
        hands.be_at("zh-delivery")
        hands.answer("3")
        hands.go_to("25", "en-shoes")
        robot.key("w")
        hands.answer("2", marks=["advertising"])
        hands.go_to("en-dentist", "en-dentist")

    def leave_half_done(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """A letter with Windows line ends: several gestures, the last of them an undo."""
        hands = _Hands(robot, book)
        hands.go_to("en-letter", "en-letter")
        robot.key("1", "ctrl+shift")  # the tab of regions was open when this task was left
        hands.mark_by_drag("damp", "o")
        hands.mark_by_keyboard("cot", "i")
        hands.choose("damp")
        robot.key("i")
        robot.key("e")
        hands.scale("valence", -3)
        robot.key(Qt.Key.Key_Right)
        hands.scale("arousal", 2)
        hands.back_to_text()
        hands.mark_by_double_click("fourth", "p")
        hands.choose("fourth")
        robot.key(Qt.Key.Key_Delete)
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.check("the letter is half done", len(hands.spans()) == 3)

    def finish(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """The letter is submitted with all that was done to it, and three more after it."""
        hands = _Hands(robot, book)
        marks = (("positive", "fourth"), ("target", "damp"), ("target", "cot"))
        hands.back_to_text()
        hands.answer("3", *marks, marks=["mixed"], valence=-2, arousal=2)
        hands.be_at("ko-teacup")
        hands.answer("1")
        hands.be_at("de-replacement-bus")
        robot.key("q")
        hands.answer("3", marks=["sarcastic"])
        hands.be_at("pt-appointment")
        hands.answer("2")

    def disagree(self, robot: Robot) -> int:
        """In a copy saved before the letter: answer otherwise what ``finish`` answers; of how many."""
        hands = _Hands(robot, Book())
        hands.go_to("en-letter", "en-letter")
        hands.mark_by_drag("damp", "o")
        hands.answer("2", ("negative", "damp"))
        hands.be_at("ko-teacup")
        hands.answer("3")
        return 2


def _popover_shown(robot: Robot) -> bool:
    popover = robot.work.popover
    return popover is not None and isValid(popover) and popover.isVisible()
