"""One question on the page: its heading, its help, its control, and what is wrong below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from labeler.api import Json, Part, Question, equal_json
from labeler.kit.controls.keycap import KeyCap
from labeler.kit.controls.section import Section
from labeler.kit.controls.text import Text
from labeler.kit.form.choices import ChoicesControl
from labeler.kit.form.control import Compared, Control
from labeler.kit.form.fields import NumberControl, TextControl
from labeler.kit.form.neither import NeitherButton
from labeler.kit.form.one_line import OneLine
from labeler.kit.form.places import Slot
from labeler.kit.form.ranking import RankingControl
from labeler.kit.form.records import RecordsControl
from labeler.kit.form.scales import PreferenceControl, ScaleControl
from labeler.kit.form.turns import TurnsControl
from labeler.kit.form.words import fault_text
from labeler.model.questions import (
    ChoiceQuestion,
    ChoicesQuestion,
    NumberQuestion,
    PreferenceQuestion,
    RankingQuestion,
    RecordsQuestion,
    ScaleQuestion,
    TextQuestion,
    TurnsQuestion,
)

__all__ = ["QuestionBlock", "control_for"]

_SHORT = 24
_SIDE, _ABOVE = 16, 12
_ALT = "Alt"


def control_for(question: Question) -> Control:
    """The control that takes answers to a question of this kind."""
    match question:
        case ChoiceQuestion() | ChoicesQuestion():
            return ChoicesControl(question)
        case ScaleQuestion() if len(question.points()) <= ScaleControl.MOST:
            return ScaleControl(question)
        case ScaleQuestion() | NumberQuestion():
            return NumberControl(question)
        case TextQuestion():
            return TextControl(question)
        case PreferenceQuestion():
            return PreferenceControl(question)
        case RankingQuestion():
            return RankingControl(question)
        case RecordsQuestion():
            return RecordsControl(question)
        case TurnsQuestion():
            return TurnsControl(question)


class QuestionBlock(QWidget):
    """A question at a place; empty and only as high as it will be until ``build`` makes its widgets.

    ``given`` carries the answer and the field being written in, as ``Control.answered`` does.
    """

    given = Signal(object, str)
    left = Signal()
    rebuilt = Signal()
    rule_asked = Signal(str)

    def __init__(self, slot: Slot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slot = slot
        self.control: Control | None = None
        self.asked: tuple[str, ...] = slot.places
        self.strict = False
        self._answer: Json = None
        self._mixed = False
        self._note = ""
        self._heading_text = ""
        self._complaint = ""
        self._read_only = False
        self._chord = False
        self._keys: tuple[str, ...] = ()
        self._current: str | None = None
        self._line: OneLine | None = None
        self._compared: tuple[Sequence[Part], Sequence[Part], Mapping[str, str]] = ((), (), {})
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(self.expected_height)

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.slot.question

    @property
    def expected_height(self) -> int:
        """About how high it will be, in pixels, for as long as it is not built."""
        return _height_to_come(self.question)

    @property
    def answer(self) -> Json:
        """The answer shown."""
        return self._answer

    @property
    def complaint(self) -> str:
        """What is said to be wrong, empty for nothing."""
        return self._complaint

    @property
    def heading(self) -> str:
        """The name of the part above it, empty where none stands there."""
        return self._heading_text

    @property
    def note(self) -> str:
        """What stands beside the title: the part asked about, or that answers differ."""
        if not self._mixed:
            return self._note
        place = self._note or self.tr("Selected")
        return self.tr("{place}: different answers").format(place=place)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that answer it, one per answer in the order shown, "" for none."""
        return self._keys

    @property
    def shows_alt(self) -> bool:
        """Whether the heading says that its keys are held together with Alt."""
        return (
            self.control is not None and not self._alt.isHidden() and self._alt.key.startswith(_ALT)
        )

    @property
    def book(self) -> QWidget | None:
        """The button that leads to the guideline, where the question names a rule."""
        return self._section.book if self.control is not None else None

    def build(self) -> bool:
        """Make its widgets; False where they are there already."""
        if self.control is not None:
            return False
        question = self.question
        self.setMinimumHeight(0)
        self._heading = Text(self._heading_text, "heading", wrap=True, parent=self)
        self._heading.setContentsMargins(_SIDE, _ABOVE, _SIDE, 0)
        self._heading.setVisible(bool(self._heading_text))
        rule = self.tr("Open the guideline: {rule}").format(rule=question.rule)
        self._section = Section(
            question.name, required=question.required, rule=rule if question.rule else ""
        )
        self._section.rule_opened.connect(self._ask_rule)
        self._alt = KeyCap(_ALT, self)
        self._alt.hide()
        self._section.head.insertWidget(3, self._alt)
        self._about = Text("", role="text_2", wrap=True, parent=self)
        self._help = Text(question.help, role="text_2", wrap=True, parent=self)
        self._help.setVisible(bool(question.help))
        self._wrong = Text("", role="danger", wrap=True, parent=self)
        control = self.control = control_for(question)
        control.answered.connect(self._given)
        control.left.connect(self._left)
        control.rebuilt.connect(self.rebuilt)
        for widget in (self._about, self._help, control, self._wrong):
            self._section.body.addWidget(widget)
        self._layout.addWidget(self._heading)
        self._layout.addWidget(self._section)
        if isinstance(control, Compared):
            control.set_parts(*self._compared)
        if isinstance(control, PreferenceControl) and isinstance(control.ties, NeitherButton):
            self._line = OneLine(self._section, self._alt, self._help, control)
            way = None
            if question.rule:
                way = QAction(rule.replace("&", "&&"), self)
                way.triggered.connect(self._ask_rule)
            control.ties.add_besides(question.help, way)
        self._fill(control)
        if isinstance(control, Compared) and self._current is not None:
            control.set_current(self._current)
        return True

    def take_slot(self, slot: Slot, note: str, heading: str) -> None:
        """Ask the same question elsewhere. ``note`` names the place beside the title."""
        self.slot = slot
        self.asked = slot.places
        self.strict = False
        self._note, self._heading_text = note, heading
        if self.control is not None:
            self._heading.setText(heading)
            self._heading.setVisible(bool(heading))
            if isinstance(self.control, TextControl):
                self.control.set_prefill(self._prefill())
            self._say()

    def set_heading(self, heading: str) -> None:
        """The name of the part above, for the first question about it."""
        if heading == self._heading_text:
            return
        self._heading_text = heading
        if self.control is not None:
            self._heading.setText(heading)
            self._heading.setVisible(bool(heading))

    def set_compared(
        self, parts: Sequence[Part], shown: Sequence[Part], names: Mapping[str, str]
    ) -> None:
        """The parts a preference or a ranking is about, as ``Compared.set_parts`` takes them."""
        if self._compared == (parts, shown, names):
            return
        self._compared = (parts, shown, names)
        if isinstance(self.control, Compared):
            self.control.set_parts(parts, shown, names)
            self._arrange()

    def set_current(self, part: str | None) -> None:
        """The part the person is at: what keys act on where an answer is about several parts."""
        if part != self._current:
            self._current = part
            if isinstance(self.control, Compared) and part is not None:
                self.control.set_current(part)

    def show_answer(self, answer: Json, mixed: bool = False) -> None:
        """Show an answer; ``mixed`` where the regions it is about have different ones."""
        same = equal_json(answer, self._answer) and mixed == self._mixed
        self._answer, self._mixed = answer, mixed
        if self.control is not None and not same:
            self.control.show_answer(answer)
            self._say()

    def set_read_only(self, read_only: bool) -> None:
        """Only show the answer, or take one again."""
        if read_only != self._read_only:
            self._read_only = read_only
            if self.control is not None:
                self.control.set_read_only(read_only)
                self._show_keys(self.control)

    def set_keys(self, keys: Sequence[str], chord: bool) -> None:
        """The keys that answer it; with ``chord`` held together with Alt, because a text is written."""
        if (tuple(keys), chord) != (self._keys, self._chord):
            self._keys, self._chord = tuple(keys), chord
            if self.control is not None:
                self._show_keys(self.control)

    def press(self, position: int) -> None:
        """What its key at this position does."""
        self.build()
        if self.control is not None and not self._read_only:
            self.control.press(position)

    def be_strict(self, problem: str = "") -> None:
        """Say from now on what is wrong; ``problem`` where the form knows no words for it."""
        self.strict = True
        self.build()
        self._say()
        if problem and not self._complaint:
            self._complain(problem)

    def _fill(self, control: Control) -> None:
        control.show_answer(self._answer)
        if isinstance(control, TextControl):
            control.set_prefill(self._prefill())
        control.set_read_only(self._read_only)
        self._show_keys(control)
        self._say()

    def _show_keys(self, control: Control) -> None:
        scale = isinstance(control, ScaleControl | PreferenceControl)
        keys = () if self._read_only else self._keys
        held = self._chord and any(keys)
        criterion = isinstance(control, PreferenceControl) and control.compact
        if criterion or isinstance(control, TextControl):
            key = next(iter(keys), "")
            self._alt.set_key(f"{_ALT}+{key}" if held else key)
            self._alt.setVisible(bool(key))
            self._arrange()
            return
        # The cells of a scale are too narrow for whole chords: Alt stands once in the heading.
        self._alt.setVisible(held and scale)
        with_alt = held and not scale
        control.set_keys([f"{_ALT}+{key}" if key and with_alt else key for key in keys])

    def _prefill(self) -> str:
        question, part = self.question, self.slot.part
        wanted = isinstance(question, TextQuestion) and question.prefill == "part"
        return (part.text or "") if wanted and part is not None else ""

    def _given(self, answer: Json, field: str) -> None:
        if self._read_only and self.control is not None:
            self.control.show_answer(self._answer)
            return
        self._answer, self._mixed = answer, False
        self._say()
        self.given.emit(answer, field)

    def _left(self) -> None:
        # What was written and does not fit is said when the hand has left it, not while it writes.
        if self._answer is not None and fault_text(self.question, self._answer):
            self.strict = True
        self._say()
        self.left.emit()

    def _say(self) -> None:
        if self.control is None:
            return
        note = self.control.progress
        about = self.note
        short = len(about) <= _SHORT and not note
        self._section.set_note(about if short else note)
        self._about.setText("" if short else about)
        self._about.setVisible(bool(about) and not short)
        self._arrange()
        fault = fault_text(self.question, self._answer) if self._checks() else ""
        self._complain(fault)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._line is not None:
            # Qt is laying out: what is moved now would be laid out as it was.
            QTimer.singleShot(0, self, self._arrange)

    def _arrange(self) -> None:
        """Be one line where there is room for it."""
        page = self.parentWidget()
        if self._line is None or page is None:
            return
        if self._line.arrange(page.width(), self._keys, self.note):
            self.rebuilt.emit()

    def _checks(self) -> bool:
        return self.strict or not _shown_whole(self.question, self._answer)

    def _complain(self, message: str) -> None:
        self._complaint = message
        self._wrong.setText(message)
        self._wrong.setVisible(bool(message))
        if self.control is not None:
            self.control.set_wrong(message)

    def _ask_rule(self) -> None:
        self.rule_asked.emit(self.question.rule)


def _shown_whole(question: Question, answer: Json) -> bool:
    """Whether the control can show the answer at all; one of another type came from elsewhere."""
    if answer is None:
        return True
    match question:
        case ChoiceQuestion():
            return answer in [choice.id for choice in question.choices]
        case ChoicesQuestion():
            known = [choice.id for choice in question.choices]
            return isinstance(answer, list | tuple) and all(one in known for one in answer)
        case ScaleQuestion():
            return isinstance(answer, int | float) and answer in question.points()
        case NumberQuestion():
            return isinstance(answer, int | float) and not isinstance(answer, bool)
        case TextQuestion():
            return isinstance(answer, str)
        case PreferenceQuestion() | RankingQuestion():
            return isinstance(answer, Mapping)
        case RecordsQuestion() | TurnsQuestion():
            return isinstance(answer, list | tuple)


def _height_to_come(question: Question) -> int:
    """About how high the block will be, so that the page hardly moves when it is built."""
    match question:
        case ChoiceQuestion() | ChoicesQuestion():
            count = len(question.choices)
            long = count > 4 or any(len(choice.name) > 18 for choice in question.choices)
            return 56 + 34 * (count if long else (count + 1) // 2)
        case TextQuestion():
            return 150 if question.multiline else 90
        case PreferenceQuestion():
            return 190 if question.strongest > 1 else 44
        case RankingQuestion():
            return 220
        case _:
            return 110
