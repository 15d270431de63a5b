"""One question being edited: title, kind, scope, what its kind needs, its condition, its keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from labeler.app.dialogs.question_drafts import QuestionDraft, WhenDraft, is_new
from labeler.app.dialogs.question_faults import Fault
from labeler.app.dialogs.question_kinds import KindFields
from labeler.app.dialogs.question_when import WhenEditor
from labeler.app.dialogs.question_words import fault_words, kind_titles
from labeler.kit import (
    Button,
    CheckBox,
    Choice,
    ChoiceGroup,
    Divider,
    Field,
    Part,
    Segmented,
    Select,
    Text,
)
from labeler.model.queue import Label

__all__ = ["QuestionDetail"]


class QuestionDetail(QWidget):
    """The fields of one question. ``changed`` carries fields as a dict and a key for undo."""

    changed = Signal(dict, str)
    delete_wanted = Signal(str, int)
    retire_wanted = Signal()

    def __init__(self, labels: Sequence[Label], new_ref: Callable[[], str]) -> None:
        super().__init__()
        self._labels = [label for label in labels if not label.retired]
        self.title = Field(self.tr("Title"))
        self.ident = Field(self.tr("Id"), mono=True)
        self.kind = Select(kind_titles(), name=self.tr("Kind"))
        self.help = Field(self.tr("Help, one line below the title"))
        self.required = CheckBox(self.tr("An answer is required"))
        self.place = Segmented(
            [
                Part("task", self.tr("Whole task")),
                Part("part", self.tr("Each part")),
                Part("region", self.tr("Each region")),
            ],
            name=self.tr("Asked of"),
        )
        self.part_kind = Field(self.tr("Kind of part, for example response or turn"), mono=True)
        self.fixed = Text("", role="text_2", wrap=True)
        self.narrowed = ChoiceGroup(
            [
                Choice(label.id, label.title, colour=label.colour or number + 1)
                for number, label in enumerate(self._labels)
            ],
            multiple=True,
            name=self.tr("Only for regions with these labels"),
            column=False,
        )
        self.kinds = KindFields(new_ref)
        self.when = WhenEditor()
        self.rule = Field(self.tr("Rule: the heading in the guidelines that explains it"))
        self.refused = Text("", role="danger", wrap=True)
        self.retire = Button("", "secondary", icon="eye-off", compact=True)
        self.retire_note = Text("", role="text_2", wrap=True)
        self._arrange()
        self._wire()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        column.addWidget(self.refused)
        column.addWidget(self.title)
        pair = QGridLayout()
        pair.setHorizontalSpacing(12)
        pair.setVerticalSpacing(4)
        pair.addWidget(Text(self.tr("Kind"), role="text_2"), 0, 0)
        pair.addWidget(self.kind, 1, 0, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.ident, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        pair.setColumnStretch(0, 1)
        pair.setColumnStretch(1, 1)
        column.addLayout(pair)
        column.addWidget(self.kinds)
        column.addWidget(self.required)
        column.addWidget(Divider())
        column.addWidget(Text(self.tr("Asked of"), "label"))
        column.addWidget(self.place, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.part_kind)
        self._narrowing = QWidget()
        inner = QVBoxLayout(self._narrowing)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        words = self.tr("Only for regions with these labels; none for all")
        inner.addWidget(Text(words, role="text_2", wrap=True))
        inner.addWidget(self.narrowed)
        column.addWidget(self._narrowing)
        column.addWidget(self.fixed)
        column.addWidget(Divider())
        column.addWidget(Text(self.tr("When it is asked"), "label"))
        column.addWidget(self.when)
        column.addWidget(Divider())
        column.addWidget(self.help)
        column.addWidget(self.rule)
        self._retiring = QWidget()
        foot = QHBoxLayout(self._retiring)
        foot.setContentsMargins(0, 4, 0, 0)
        foot.setSpacing(12)
        foot.addWidget(self.retire, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.retire_note, 1)
        column.addWidget(self._retiring)
        column.addStretch(1)

    def _wire(self) -> None:
        for name in ("title", "ident", "help", "rule", "part_kind"):
            field: Field = getattr(self, name)
            field.edit.textEdited.connect(_typed(self, name))
        self.kind.activated.connect(self._rekinded)
        self.required.clicked.connect(self._required)
        self.place.chosen_changed.connect(self._placed)
        self.narrowed.changed.connect(self._narrowed)
        self.kinds.changed.connect(self._of_kind)
        self.kinds.delete_wanted.connect(self.delete_wanted)
        self.when.changed.connect(self._conditioned)
        self.retire.clicked.connect(self.retire_wanted)

    # showing

    def show_draft(
        self,
        draft: QuestionDraft,
        drafts: Sequence[QuestionDraft],
        ident: str,
        inner: dict[str, str],
    ) -> None:
        """Show a draft; ``ident`` is the id it has or will have, ``inner`` those of its choices."""
        new = is_new(draft.ref)
        _put(self.title, draft.title)
        _put(self.ident, draft.ident if new else draft.ref)
        self.ident.edit.setPlaceholderText(ident)
        self.ident.set_read_only(not new)
        _put(self.help, draft.help)
        _put(self.rule, draft.rule)
        _put(self.part_kind, draft.part_kind)
        self.part_kind.setVisible(draft.place == "part")
        self.part_kind.set_read_only(not new)
        self.kind.set_chosen(draft.kind)
        self.required.setChecked(draft.required)
        self.place.set_chosen(draft.place)
        for place in ("task", "part", "region"):
            self.place.set_part_enabled(place, new or place == draft.place)
        self.kind.setEnabled(new)
        self.fixed.setVisible(not new)
        self.fixed.setText(
            self.tr(
                "Id, kind and what it is asked of stay as they are: answers are stored by them. "
                "For another kind, retire this question and add one."
            )
        )
        self._narrowing.setVisible(draft.place == "region" and bool(self._labels))
        known = {label.id for label in self._labels}
        self.narrowed.set_chosen([label for label in draft.labels if label in known])
        self.kinds.show_draft(draft, inner)
        self.when.show_when(draft, drafts)
        self._retiring.setVisible(not new)
        self.retire.setText(self.tr("Ask again") if draft.retired else self.tr("Retire"))
        self.retire_note.setText(
            self.tr("Asked nowhere; the answers it has are kept, and hidden.")
            if draft.retired
            else self.tr("A retired question is asked nowhere; its answers are kept.")
        )

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say beside each field what is wrong with it."""
        at = {fault.field: fault_words(fault) for fault in reversed(faults)}
        self.refused.setText(at.get("", ""))
        self.refused.setVisible("" in at)
        self.title.set_error(at.get("title", ""))
        self.ident.set_error(at.get("ident", ""))
        self.part_kind.set_error(at.get("scope", ""))
        self.kinds.show_faults(faults)
        self.when.show_faults(faults)

    def focus_fault(self, name: str) -> None:
        """Put the caret where a fault is."""
        own = {"title": self.title, "ident": self.ident, "scope": self.part_kind}
        if name in own:
            own[name].edit.setFocus()
        elif not self.kinds.focus_fault(name) and not self.when.focus_fault(name):
            self.title.edit.setFocus()

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [
            *(self.title.edit, self.kind, self.ident.edit, *self.kinds.stops(), self.required),
            *(self.place.part_button(one) for one in ("task", "part", "region")),
            *(self.part_kind.edit, *self.narrowed.chips.values(), *self.when.stops()),
            *(self.help.edit, self.rule.edit, self.retire),
        ]

    # taking

    def take(self, name: str, value: object, step: str = "") -> None:
        """Tell of one changed field."""
        self.changed.emit({name: value}, step)

    def _rekinded(self, _index: int) -> None:
        self.take("kind", self.kind.chosen)

    def _required(self, on: bool) -> None:
        self.take("required", on)

    def _placed(self, place: str) -> None:
        self.take("place", place)

    def _narrowed(self, labels: tuple[str, ...]) -> None:
        self.take("labels", labels)

    def _of_kind(self, name: str, value: object, step: str) -> None:
        self.take(name, value, step and f"{name} {step}")

    def _conditioned(self, when: object, step: str) -> None:
        assert isinstance(when, WhenDraft)
        self.take("when", when, step and f"when {step}")


def _typed(detail: QuestionDetail, name: str) -> Callable[[str], None]:
    def call(text: str) -> None:
        detail.take(name, text, name)

    return call


def _put(field: Field, text: str) -> None:
    if field.text != text:
        field.set_text(text)
