"""The Decision tab: whose counts at each place, what that comes to, and why it is decided so."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from labeler.app.data.direction import enclosed
from labeler.app.review.words import Words
from labeler.kit import Badge, Button, FlowLayout, Plain, RadioButton, Section, Text, TextArea
from labeler.kit.controls.text import ElidedText
from labeler.model.three_way import ABSENT, Absent, Difference, Place
from labeler.work.conflict_case import Tree, names_of
from labeler.work.settlement import Decision

__all__ = ["DecisionTab", "PlaceRow"]

_PAD = 12
_MOST = 20
_MOST_LINES = 30


class PlaceRow(QWidget):
    """A place with a radio button for each side. ``chosen`` carries the place and the side."""

    chosen = Signal(object, int)

    def __init__(self, one: Difference, name: str, sides: tuple[str, ...], said: list[str]) -> None:
        super().__init__()
        self.place = one.place
        self.group = QButtonGroup(self)
        self.buttons: list[RadioButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        label = Text(name, role="text_2", wrap=True)
        column.addWidget(label)
        held = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        held.setSizePolicy(policy)
        flow = FlowLayout(held, gap=12)
        for number, side in enumerate(sides):
            spoken = self.tr("{place}: {version}").format(place=name, version=side)
            button = RadioButton(side, name=spoken)
            button.setToolTip(said[number])
            self.group.addButton(button, number)
            self.buttons.append(button)
            flow.addWidget(button)
        column.addWidget(held)
        self.group.idClicked.connect(self._clicked)
        self.setAccessibleName(name)

    def show_chosen(self, side: int | None) -> None:
        """Show which side counts, or that none was chosen yet."""
        self.group.setExclusive(False)
        for number, button in enumerate(self.buttons):
            button.setChecked(number == side)
        self.group.setExclusive(True)

    def _clicked(self, side: int) -> None:
        self.chosen.emit(self.place, side)


class DecisionTab(QScrollArea):
    """``chosen`` (place, side) on a radio button, ``commented`` while the reason is typed."""

    chosen = Signal(object, int)
    commented = Signal(str)
    rule_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows: list[PlaceRow] = []
        self._words: Words | None = None
        self._decision: Decision | None = None
        whole = Plain("surface")
        self.fields = Section(self.tr("Field by field"))
        self.result = Section(self.tr("Result"))
        self.why = Section(self.tr("Why?"))
        self.kept_as = Section(self.tr("Kept as"), last=True)
        self.list = QVBoxLayout()
        self.list.setSpacing(10)
        self.fields.body.addLayout(self.list)
        well = Plain("sunken")
        inside = QVBoxLayout(well)
        inside.setContentsMargins(_PAD, 10, _PAD, 10)
        inside.setSpacing(4)
        self.preview = Text("", wrap=True, selectable=True)
        inside.addWidget(self.preview)
        self.result.body.addWidget(well)
        self.rules = QVBoxLayout()
        self.rules.setSpacing(4)
        self.why.body.addLayout(self.rules)
        self.comment = TextArea(name=self.tr("Why?"), least=2, most=8)
        self.comment.edit.textChanged.connect(self._typed)
        self.why.body.addWidget(self.comment)
        self.badge = Badge("", "ok", "check")
        self.by = ElidedText("", role="text_2")
        self.kept_as.body.addWidget(self.badge)
        self.kept_as.body.addWidget(self.by)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in (self.fields, self.result, self.why, self.kept_as):
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(whole)

    def show_decision(self, decision: Decision | None, words: Words | None) -> None:
        """Show another conflict."""
        self._decision, self._words = decision, words
        _empty(self.list)
        _empty(self.rules)
        self.rows.clear()
        if decision is None or words is None:
            return
        case = decision.case
        sides = names_of(case.sides)
        if case.kind == "double":
            sides = tuple(
                self.tr("Task {number}").format(number=number + 1) for number in range(len(sides))
            )
        ordered = sorted(case.found, key=lambda one: one.verdict != "contested")
        many = len({one.place.region for one in case.found}) > 1
        for one in ordered[:_MOST]:
            name = words.place_name(one.place)
            region = words.region_name(one.place.region) if one.place.region else ""
            if many and region and region != name:
                name = f"{region}, {name}"
            said = [self._said(words, one, value) for value in one.versions]
            row = PlaceRow(one, name, sides, said)
            row.chosen.connect(self.chosen)
            self.rows.append(row)
            self.list.addWidget(row)
        rest = len(ordered) - _MOST
        if rest > 0:
            more = self.tr("And %n more places, as a version that is kept has them", "", rest)
            self.list.addWidget(Text(more, role="text_2", wrap=True))
        for name, value in words.alike():
            same = self.tr("{name}: {value} (same)").format(name=name, value=value)
            self.list.addWidget(Text(same, role="text_2", wrap=True))
        for rule in words.rules():
            book = Button(rule, "quiet", icon="book-open", compact=True)
            book.setProperty("rule", rule)
            book.clicked.connect(self._rule)
            self.rules.addWidget(book, 0, Qt.AlignmentFlag.AlignLeft)
        self.comment.edit.blockSignals(True)
        self.comment.set_text(decision.comment)
        self.comment.edit.blockSignals(False)

    def _said(self, words: Words, one: Difference, value: object | Absent) -> str:
        return self.tr("not there") if value is ABSENT else words.said(one, value)

    def show_result(self, tree: Tree | None, by: str, *, decided: bool) -> None:
        """Show what is decided so far, and who decides."""
        decision, words = self._decision, self._words
        if decision is None or words is None or tree is None:
            return
        found = {one.place: one for one in decision.case.found}
        for row in self.rows:
            row.show_chosen(decision.chosen(found[row.place]))
        if decision.comment != self.comment.text.strip():
            self.comment.edit.blockSignals(True)
            self.comment.set_text(decision.comment)
            self.comment.edit.blockSignals(False)
        self.preview.setText("\n".join(self._lines(decision, words)))
        open_ = len(decision.undecided)
        if decided:
            self.badge.set_badge(self.tr("Decided"), "ok", "check")
        elif open_:
            self.badge.set_badge(self.tr("Still open: %n", "", open_), "warn", "circle-dot")
        else:
            self.badge.set_badge(self.tr("Decision"), "ok", "check")
        self.by.set_text(self.tr("by {name}").format(name=by))

    def _lines(self, decision: Decision, words: Words) -> list[str]:
        if decision.written:
            return [self.tr("Written anew")]
        told = []
        for one in decision.case.found[:_MOST_LINES]:
            side = decision.chosen(one)
            name = words.full_name(one.place)
            if side is None:
                told.append(self.tr("{name}: not chosen yet").format(name=name))
            else:
                value = self._said(words, one, one.versions[side])
                told.append(self.tr("{name}: {value}").format(name=name, value=enclosed(value)))
        if decision.both:
            told.append(self.tr("Regions in conflict stay once for each version"))
        return told

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be chosen, or allow it again."""
        for row in self.rows:
            row.setEnabled(not read_only)
        self.comment.setEnabled(not read_only)

    def focus_place(self, place: Place) -> None:
        """Put the keyboard where a place is chosen."""
        for row in self.rows:
            if row.place == place and row.buttons:
                row.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(row)
                return

    def _typed(self) -> None:
        self.commented.emit(self.comment.text)

    def _rule(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.rule_wanted.emit(str(sender.property("rule")))


def _empty(layout: QVBoxLayout) -> None:
    while (entry := layout.takeAt(0)) is not None:
        widget = entry.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
