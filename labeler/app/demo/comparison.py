"""What the hands do in the comparison panel: read, prefer, rank, mark and give reasons, by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt

from labeler.app.demo.hands import PanelHands
from labeler.app.demo.notes import Book, Wanted
from labeler.app.demo.pages import go_to_task
from labeler.app.demo.pictures import Pictures
from labeler.app.demo.robot import Robot, TourFailed
from labeler.kit.controls.scale import ScaleBar
from labeler.kit.markdown import MarkdownSurface
from labeler.model.regions import Span

__all__ = ["ComparisonScript"]

_LETTERS = "abcdefgh"
_LABELS = {"u": "wrong", "i": "unsupported", "o": "strong", "p": "unsafe"}
_ESCAPE, _ENTER = Qt.Key.Key_Escape, Qt.Key.Key_Return
_STRONGEST = 3


class _Hands(PanelHands):
    """The panel's own gestures: on responses by their ids, wherever this person is shown them."""

    # where things are

    @property
    def order(self) -> Sequence[str]:
        """The ids of the responses in the order this person is shown them."""
        content = self.robot.seat.content
        ids = [part.id for part in self.robot.seat.parts if part.kind == "response"]
        if content is None or not ids:
            raise TourFailed(f"there is nothing to compare, {self.robot.where()}")
        shown = self.robot.seat.context.order
        return [one for one in shown if one in ids] or ids

    def place(self, response: str) -> int:
        """At which place a response is shown, from 0."""
        return list(self.order).index(response)

    def surface(self, response: str) -> MarkdownSurface:
        """The text of a response on screen."""
        name = f"Response {_LETTERS[self.place(response)].upper()}"
        return self.on_stage(MarkdownSurface, name)

    # reading

    def go_to(self, response: str) -> MarkdownSurface:
        """Go to a response by its letter."""
        self.robot.key(_LETTERS[self.place(response)])
        surface = self.surface(response)
        self.robot.check(f"the keyboard is at {response}", surface.hasFocus())
        return surface

    def read(self) -> None:
        """Go through all responses and page down in each."""
        for response in self.order:
            self.go_to(response)
            self.robot.key(Qt.Key.Key_PageDown)

    # marks

    def _words(self, response: str, words: str) -> tuple[MarkdownSurface, int, int]:
        surface = self.go_to(response)
        start = surface.document.text.find(words)
        if start < 0:
            raise TourFailed(f"{words!r} is not in {response} of {self.robot.seat.task.key}")
        surface.reveal(start, start + len(words))
        surface.grab()
        return surface, start, start + len(words)

    def mark_by_drag(self, response: str, words: str, key: str) -> None:
        """Draw over words, then press a label's key."""
        self.robot.key(_ESCAPE)
        surface, start, end = self._words(response, words)
        first, last = surface.range_rect(start, start + 1), surface.range_rect(end - 1, end)
        begin = QPoint(first.left() + 1, first.center().y())
        self.robot.drag(surface.viewport(), begin, QPoint(last.right(), last.center().y()))
        self._label(response, words, key)

    def mark_by_keyboard(self, response: str, words: str, key: str) -> None:
        """Go to the words with the arrows and select them with Shift, then press a label's key."""
        self.robot.key(_ESCAPE)
        surface, start, end = self._words(response, words)
        self.robot.key(Qt.Key.Key_Home, "ctrl")
        for _ in range(len(surface.document.text)):
            if surface.caret >= start:
                break
            self.robot.key(Qt.Key.Key_Right)
        for _ in range(len(words)):
            if surface.caret >= end:
                break
            self.robot.key(Qt.Key.Key_Right, "shift")
        self._label(response, words, key)

    def _label(self, response: str, words: str, key: str) -> None:
        self.robot.key(key)
        found = [
            one.label
            for one in self.robot.value.regions
            if isinstance(one, Span) and (one.on, one.text) == (response, words)
        ]
        self.robot.check(f"{words!r} in {response} is marked", found == [_LABELS[key]])

    def is_severe(self) -> None:
        """Answer what is asked about the mark just made, by the key of the worst choice."""
        question = self.robot.seat.queue.config.question("severity")
        choice = list(getattr(question, "choices", ()))[-1]
        self.robot.key(choice.key.lower())
        given = [one.attributes.get("severity") for one in self.robot.value.regions]
        self.robot.check("the mark is severe", given[-1] == choice.id)

    # answers

    def prefer(self, response: str, strength: int) -> None:
        """Say by key that one of two responses is better, at whichever side it is shown."""
        cell = -strength if self.place(response) == 0 else strength
        self.robot.key(str(cell + _STRONGEST + 1))

    def criterion(self, key: str, response: str) -> None:
        """Say by a criterion's key that one of two responses is better in it."""
        for _ in range(1 if self.place(response) == 0 else 3):
            self.robot.key(key)

    def rank(self, ranks: Mapping[str, int]) -> None:
        """Give ranks by letters and digits, response after response as they are shown."""
        for response in self.order:
            self.go_to(response)
            self.robot.key(str(ranks[response]))

    def because(self, words: str) -> None:
        """Write the reason: the letter on its question leads there, Escape back."""
        form = self.robot.work.inspector.form
        for block in form.asked_blocks:
            if block.question.id == "justification":
                self.robot.key(block.keys[0].lower())
                self.robot.type(words)
                self.robot.key(_ESCAPE)
                self.robot.check(
                    "the reason is written",
                    self.robot.value.answers.get("justification") == words,
                )
                return
        raise TourFailed(f"no reason is asked for, {self.robot.where()}")

    # the end of a task

    def submit(self, *marks: tuple[str, str], **answers: object) -> None:
        """Submit by its key. ``marks`` and ``answers`` say what must be stored of the task."""
        self.submit_as(Wanted(answers=answers, marks=marks))


def _better(strength: int) -> dict[str, object]:
    """What is stored where the first response of the content is better (−) or the second (+)."""
    return {"kind": "prefer", "strength": strength}


class ComparisonScript:
    """The comparison panel's part of the tour: responses of the sample, from its first task on."""

    def work(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """Every kind of gesture, task after task."""
        hands = _Hands(robot, book)
        self._pair(hands, pictures)
        self._ties(hands, pictures)
        self._views(hands, pictures)
        self._order(hands, pictures)
        self._conversation(hands)

    def _pair(self, hands: _Hands, pictures: Pictures) -> None:
        """A preference, criteria, marks with severity, a reason; undo and redo."""
        robot = hands.robot
        hands.be_at("code-duplicates")
        hands.read()
        false = "Sets keep the order in which elements were added"
        hands.mark_by_drag("r2", false, "u")
        hands.is_severe()
        hands.mark_by_keyboard("r1", "Remember", "o")
        robot.key(_ESCAPE)
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.check("undo takes the second mark back", len(robot.value.regions) == 1)
        robot.key(Qt.Key.Key_Z, "ctrl+shift")
        robot.check("redo marks again", len(robot.value.regions) == 2)
        hands.prefer("r1", 3)
        robot.check(
            "the first one is much better", robot.value.answers.get("preference") == _better(-3)
        )
        hands.criterion("q", "r1")
        hands.criterion("e", "r1")
        why = "The second one loses the order, and says that a set keeps it."
        hands.because(why)
        pictures.take("work-comparison")
        robot.key("2", "ctrl+shift")
        pictures.take("regions-comparison")
        robot.key("1", "ctrl+shift")
        hands.submit(
            *sorted([("strong", "Remember"), ("wrong", false)]),
            preference=_better(-3),
            accuracy=_better(-1),
            following=_better(-1),
            justification=why,
        )

    def _ties(self, hands: _Hands, pictures: Pictures) -> None:
        """A tie is an answer of its own; what is missing keeps the task."""
        robot = hands.robot
        hands.be_at("math-two-dice")
        hands.read()
        pictures.take("work-formulas")
        robot.key(_ENTER, "ctrl")
        robot.check("a task without an answer stays", robot.seat.task.key == "math-two-dice")
        robot.key(_letter(hands, 0))
        robot.key("9")
        why = "Neither of the two says what was asked in a way that can be followed."
        hands.because(why)
        hands.submit(preference={"kind": "tie_bad"}, justification=why)

    def _views(self, hands: _Hands, pictures: Pictures) -> None:
        """Stacked, one at a time, side by side; as written and back; the prompt folded."""
        robot = hands.robot
        hands.be_at("table-bread")
        robot.key("v")
        pictures.take("work-comparison-stacked")
        robot.key("v")
        hands.go_to("r2")
        hands.go_to("r1")
        robot.key("v")
        robot.key("m")
        raw = hands.surface("r1")
        robot.check("the text is as it was written", raw.document.blocks[0].shown.startswith("|"))
        pictures.take("work-comparison-raw")
        robot.key("m")
        robot.key("z")
        robot.key("z")
        hands.go_to("r1")
        hands.prefer("r1", 2)
        why = "The table answers the question, the other one praises it first."
        hands.because(why)
        hands.submit(preference=_better(-2), justification=why)

    def _order(self, hands: _Hands, pictures: Pictures) -> None:
        """Four responses ranked by letters and digits, two of them tied; one rated."""
        robot = hands.robot
        hands.be_at("rank-one-sentence")
        hands.read()
        hands.rank({"r1": 1, "r2": 2, "r3": 4, "r4": 2})
        robot.check(
            "the order is the one meant",
            robot.value.answers.get("ranking") == {"r1": 1, "r2": 2, "r4": 2, "r3": 3},
        )
        hands.go_to("r1")
        self._rate(hands, 5)
        why = "The first one is one sentence and says who has to do what, and when."
        hands.because(why)
        pictures.take("work-ranking")
        hands.submit(
            ranking={"r1": 1, "r2": 2, "r4": 2, "r3": 3},
            quality={"per": {"r1": 5}},
            justification=why,
        )

    @staticmethod
    def _rate(hands: _Hands, point: int) -> None:
        """Click on a point of the rating of the response one is at."""
        robot = hands.robot
        question = robot.seat.queue.config.question("quality")
        name = question.name if question is not None else ""

        def bars() -> list[ScaleBar]:
            found = robot.work.inspector.form.findChildren(ScaleBar)
            return [one for one in found if one.accessibleName() == name and one.isVisible()]

        robot.wait("the response is asked about", lambda: bool(bars()))
        bar = bars()[0]
        robot.click(bar, bar.cell_rect(point).center())
        hands.go_to(hands.order[0])

    def _conversation(self, hands: _Hands) -> None:
        """A conversation; the order shown is kept as it is; then one task is skipped."""
        robot = hands.robot
        hands.be_at("talk-bicycle")
        hands.read()
        robot.key("k")
        kept = {response: place for place, response in enumerate(hands.order, start=1)}
        robot.check("the order shown is kept", robot.value.answers.get("ranking") == kept)
        hands.rank({"r1": 1, "r2": 3, "r3": 2})
        why = "Only the first one says that riding on is dangerous, and why."
        hands.because(why)
        hands.submit(ranking={"r1": 1, "r3": 2, "r2": 3}, justification=why)
        hands.be_at("de-kuendigung")
        hands.set_aside("s", "skipped", "Not my language")

    def leave_half_done(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """From right to left: a preference given, changed again and again, the last change undone."""
        hands = _Hands(robot, book)
        go_to_task(robot, "ar-tea", "ar-tea")
        hands.go_to("r1")
        for ident, strength in (("r2", 1), ("r1", 1), ("r2", 2), ("r1", 3)):
            hands.prefer(ident, strength)
        hands.prefer("r2", 1)
        hands.prefer("r1", 2)
        hands.prefer("r2", 3)
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.check("the task is half done", robot.value.answers == {"preference": _better(-2)})

    def finish(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """The task that was left is submitted, and one more with hostile markup in it."""
        hands = _Hands(robot, book)
        hands.be_at("ar-tea")
        pictures.take("resumed-comparison-order")
        hands.go_to("r1")
        why = "The first one tells how it is made, step by step, the other where to buy it."
        hands.because(why)
        hands.submit(preference=_better(-2), justification=why)
        hands.be_at("hostile-report")
        hands.read()
        shown = "".join(block.shown for block in hands.surface("r2").document.blocks)
        robot.check("markup is shown as text", "<script>" in shown)
        pictures.take("work-hostile")
        hands.prefer("r1", 3)
        why = "The second one wants to be judged for its markup and answers nothing."
        hands.because(why)
        hands.submit(preference=_better(-3), justification=why)


def _letter(hands: _Hands, place: int) -> str:
    """The key of the response shown at a place."""
    return _LETTERS[hands.place(hands.order[place])]
