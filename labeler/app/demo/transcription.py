"""What the hands do in the transcription panel: predictions, segments while it plays, drags, texts."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

from labeler.app.demo.hands import PanelHands
from labeler.app.demo.notes import Book, Wanted
from labeler.app.demo.pictures import Pictures
from labeler.app.demo.robot import Robot, TourFailed
from labeler.kit.timeline import Timeline, TimeMark
from labeler.model.regions import Segment

__all__ = ["TranscriptionScript"]

_ESCAPE, _ENTER = Qt.Key.Key_Escape, Qt.Key.Key_Return
_F4, _F5, _F6, _F7, _F8 = (Qt.Key(Qt.Key.Key_F1 + number) for number in (3, 4, 5, 6, 7))
_SECOND = 1_000_000


class _Hands(PanelHands):
    """The panel's own gestures: on the wave by its times, on texts by typing."""

    @property
    def timeline(self) -> Timeline:
        """The wave on the stage."""
        return self.on_stage(Timeline)

    @property
    def segments(self) -> list[Segment]:
        """The segments on the desk in order of time."""
        found = [one for one in self.robot.value.regions if isinstance(one, Segment)]
        return sorted(found, key=lambda one: (one.start, one.end))

    @property
    def chosen(self) -> TimeMark:
        """The chosen segment as it is drawn."""
        mark = self.timeline.chosen
        if mark is None:
            raise TourFailed(f"no segment is chosen, {self.robot.where()}")
        return mark

    def be_at(self, key: str) -> None:
        """The queue led to this recording, and it can be heard."""
        super().be_at(key)
        robot = self.robot
        can_run = robot.context.commands.can_run
        robot.wait(f"{key} is open", lambda: can_run("transcription.play_pause").ok)
        robot.settle()

    def listen_to(self, seconds: float) -> None:
        """Wait until the playhead has come there."""
        wanted = round(seconds * _SECOND)
        self.robot.wait(f"{seconds} s were heard", lambda: self.timeline.playhead >= wanted)

    def in_wave(self, seconds: float) -> QPoint:
        """Where a time is in the wave."""
        timeline = self.timeline
        middle = timeline.rows.wave.center().y()
        return QPoint(timeline.x_of(round(seconds * _SECOND)), middle - 12)

    def click(self, seconds: float) -> None:
        """Click into the wave."""
        self.robot.click(self.timeline, self.in_wave(seconds))

    def say(self, text: str) -> None:
        """Type into the text where the caret is."""
        self.robot.type(text)

    def submit(self, **answers: object) -> None:
        """Judge the recording by its key and submit."""
        robot = self.robot
        robot.key("q")
        answers = {"quality": "clear", **answers}
        robot.check("the recording is judged", robot.value.answers == answers)
        marks = tuple((one.speaker, one.text) for one in self.segments)
        self.submit_as(Wanted(answers=answers, marks=marks))


class TranscriptionScript:
    """Through the sample's recordings: what a model proposes, what is heard, drawn and typed."""

    def work(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """Every kind of gesture, recording after recording."""
        hands = _Hands(robot, book)
        self._predictions(hands, pictures)
        self._while_it_plays(hands, pictures)
        self._all_at_once(hands)
        self._by_drag(hands)

    def _predictions(self, hands: _Hands, pictures: Pictures) -> None:
        robot = hands.robot
        hands.be_at("cat-and-mice.ogg")
        robot.check("four segments are proposed", len(hands.timeline.marks) == 4)
        robot.check("the first proposal is chosen", hands.chosen.dashed)
        pictures.take("work-transcription-predictions")
        for key in ("a", "x", "a", "a"):
            robot.key(key)
        robot.check("three are accepted, one is not", len(hands.segments) == 3)
        while hands.chosen.start != hands.segments[0].start:
            robot.key(Qt.Key.Key_Up)
        robot.key(_ENTER)
        for _ in range(len("mine.")):
            robot.key(Qt.Key.Key_Backspace)
        hands.say("mice.")
        robot.check("the text is put right", hands.segments[0].text.endswith("with mice."))
        robot.key(Qt.Key.Key_Left, "alt")
        robot.check("the end is 10 ms earlier", hands.segments[0].end == 4_050_000)
        robot.key(_F8)
        hands.listen_to(hands.segments[0].start / _SECOND + 0.3)
        robot.key(_F8)
        robot.settle()
        pictures.take("work-transcription")
        robot.key(_ESCAPE)
        robot.key("n", "shift")
        robot.key("a", "ctrl")
        hands.say("Narrator")
        robot.key(_ENTER)
        names = {one.speaker for one in hands.segments}
        robot.check("the speaker has another name everywhere", names == {"Narrator"})
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.check("undo gives the old name back", hands.segments[0].speaker == "Reader")
        robot.key(Qt.Key.Key_Z, "ctrl+shift")
        robot.check("redo takes it again", hands.segments[0].speaker == "Narrator")
        robot.key("2", "ctrl+shift")
        pictures.take("regions-transcription")
        robot.key("1", "ctrl+shift")
        hands.click(12.0)
        hands.submit()

    def _while_it_plays(self, hands: _Hands, pictures: Pictures) -> None:
        robot = hands.robot
        hands.be_at("firefox-en.mp3")
        robot.key(_F8)
        hands.listen_to(0.3)
        robot.key(_F5)
        hands.listen_to(0.6)
        pictures.take("transcription-playing")
        hands.listen_to(1.0)
        robot.key(_F6)
        robot.check("a segment was made while it played", len(hands.segments) == 1)
        hands.say("Fire fox")
        robot.key("1", "alt")
        robot.check("somebody new speaks", hands.segments[0].speaker != "")
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.check("undo takes the speaker", hands.segments[0].speaker == "")
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.check("undo takes a word", hands.segments[0].text == "Fire ")
        robot.key(Qt.Key.Key_Backspace)
        hands.say("fox")
        robot.key(_ESCAPE)
        robot.check("the text is typed", hands.segments[0].text == "Firefox")
        hands.submit()

    def _all_at_once(self, hands: _Hands) -> None:
        robot = hands.robot
        hands.be_at("lamp-ja.mp3")
        robot.key("a", "shift")
        robot.check("what was proposed is accepted", len(hands.segments) == 1)
        hands.submit()

    def _by_drag(self, hands: _Hands) -> None:
        robot = hands.robot
        hands.be_at("no-en.mp3")
        robot.drag(hands.timeline, hands.in_wave(1.0), hands.in_wave(2.5))
        robot.check("a segment was drawn", len(hands.segments) == 1)
        hands.say("No.")
        robot.key(_ESCAPE)
        robot.drag(hands.timeline, hands.in_wave(2.5), hands.in_wave(2.8))
        robot.check("its end was dragged", hands.segments[0].end > 2.7 * _SECOND)
        robot.key("3")
        robot.key("1")
        hands.submit()

    def leave_half_done(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """Segments cut, joined, moved and typed into; the last gesture is an undo."""
        hands = _Hands(robot, book)
        hands.be_at("persuasion-es.opus")
        robot.key("a", "shift")
        hands.click(2.5)
        robot.key(_F7)
        robot.check("the first is cut in two", len(hands.segments) == 5)
        while hands.chosen.start != hands.segments[0].start:
            robot.key(Qt.Key.Key_Up)
        robot.key(Qt.Key.Key_F7, "shift")
        robot.check("they are joined again", len(hands.segments) == 4)
        robot.key(Qt.Key.Key_Right, "alt")
        robot.key(Qt.Key.Key_Right, "alt")
        robot.key(_ENTER)
        hands.say(" Señor Müller")
        robot.key(_ESCAPE)
        robot.key("l")
        robot.key(_F4)
        robot.wait("the loop is played", lambda: hands.timeline.playhead > hands.chosen.start)
        robot.key("l")
        robot.key(_F8)
        robot.key(Qt.Key.Key_Delete)
        robot.check("one is removed", len(hands.segments) == 3)
        robot.key(Qt.Key.Key_Z, "ctrl")
        robot.check("it is half done", len(hands.segments) == 4)

    def finish(self, robot: Robot, pictures: Pictures, book: Book) -> None:
        """What was left is submitted, and two more: one by two clicks."""
        hands = _Hands(robot, book)
        hands.be_at("persuasion-es.opus")
        hands.submit()
        hands.be_at("six-en.mp3")
        robot.key("m")
        hands.click(0.3)
        hands.click(1.2)
        robot.check("two clicks made a segment", len(hands.segments) == 1)
        robot.key(_ENTER)
        hands.say("Six")
        robot.key(_ESCAPE)
        robot.key("m")
        hands.submit()
        hands.be_at("wizard.flac")
        robot.key("p")
        robot.key(Qt.Key.Key_Delete)
        hands.submit()
