"""The answer to a ranking: the list, the same acts as buttons, and the order shown to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.api import Json, Part
from labeler.kit.controls.button import Button, IconButton
from labeler.kit.controls.keycap import shown_key
from labeler.kit.controls.text import Text
from labeler.kit.form import ranks
from labeler.kit.form.control import Compared
from labeler.kit.form.rank_list import RankList, RankRow
from labeler.kit.form.words import letter
from labeler.model.questions import RankingQuestion

__all__ = ["RankingControl"]

_GAP = 8


class RankingControl(Compared):
    """An order of the parts of a kind, best first.

    The order they happen to be shown in is no answer until the person moves one or keeps it
    deliberately. From then on all are ranked; a part an import left unranked stays so until moved.
    """

    def __init__(self, question: RankingQuestion, parent: QWidget | None = None) -> None:
        super().__init__(question.name, parent)
        self._question = question
        self._shown: tuple[str, ...] = ()
        self._names: Mapping[str, str] = {}
        self._answer: Json = None
        self._read_only = False
        self._typed = ranks.Typed()
        self.list = RankList(question.name, ties=question.ties, parent=self)
        self.list.moved.connect(self._move)
        self.list.ranked.connect(self._rank)
        self.list.joined.connect(self._join_or_split)
        self.list.dropped_before.connect(self._drop_before)
        self.list.dropped_on.connect(self._drop_on)
        self.list.confirmed.connect(self._confirm)
        self.list.walked.connect(self._refresh_buttons)
        self.up = IconButton("arrow-up", self.tr("Move up"), key=shown_key("Alt+Up"), parent=self)
        self.down = IconButton(
            "arrow-down", self.tr("Move down"), key=shown_key("Alt+Down"), parent=self
        )
        self.tie = Button(self.tr("Tie with above"), "quiet", key="=", compact=True, parent=self)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.tie.clicked.connect(self._tie_clicked)
        self._hint = Text(self.tr("Not ranked yet: move one, or keep this order"), role="text_2")
        self._hint.setWordWrap(True)
        self.keep = Button(self.tr("Keep this order"), compact=True, key="\u21b5")
        self.keep.clicked.connect(self._confirm)
        row = QHBoxLayout()
        row.setSpacing(_GAP // 2)
        row.addWidget(self.up)
        row.addWidget(self.down)
        row.addStretch(1)
        row.addWidget(self.tie)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP // 2)
        column.addWidget(self.list)
        column.addLayout(row)
        column.addWidget(self._hint)
        keeping = QHBoxLayout()
        keeping.addWidget(self.keep)
        keeping.addStretch(1)
        column.addLayout(keeping)

    def set_parts(
        self, parts: Sequence[Part], shown: Sequence[Part], names: Mapping[str, str]
    ) -> None:
        self._shown = tuple(part.id for part in shown)
        self._names = dict(names)
        self.show_answer(self._answer)

    def show_answer(self, answer: Json) -> None:
        self._answer = answer
        groups, absent = ranks.groups_of(answer, self._shown)
        shown = ranks.shown_ranks(groups)
        rows = [
            self._row(part, shown[part], part == group[0], part == group[-1], group)
            for group in groups
            for part in group
        ]
        rows += [self._row(part, None, True, True, (part,)) for part in absent]
        self.list.set_rows(rows)
        self._refresh_buttons()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.list.set_read_only(read_only)
        self._refresh_buttons()

    def set_keys(self, keys: Sequence[str]) -> None:
        """The keys are the ranks themselves; the list shows no caps for them."""

    def press(self, position: int) -> None:
        part = self.list.current_part
        if part is not None and position < len(self._shown):
            self._rank(part, position + 1)

    def set_current(self, part: str) -> None:
        if part in self._shown:
            self.list.go_to(part)

    def focus(self) -> None:
        self.list.setFocus()

    def _row(
        self, part: str, rank: int | None, first: bool, last: bool, group: Sequence[str]
    ) -> RankRow:
        name = self._names.get(part, part)
        if rank is None:
            spoken = self.tr("{name}, not ranked").format(name=name)
        elif len(group) > 1:
            others = ", ".join(self._names.get(one, one) for one in group if one != part)
            spoken = self.tr("{name}, rank {rank}, tied with {others}").format(
                name=name, rank=rank, others=others
            )
        else:
            spoken = self.tr("{name}, rank {rank}").format(name=name, rank=rank)
        return RankRow(part, name, letter(self._shown.index(part)), rank, first, last, spoken)

    def _ranked(self, part: str) -> ranks.Groups:
        """The groups an act on this part starts from: with it in, at the place it is shown."""
        groups, absent = ranks.groups_of(self._answer, self._shown)
        if not groups:
            return tuple((one,) for one in self._shown)
        return (*groups, (part,)) if part in absent else groups

    def _give(self, groups: ranks.Groups) -> None:
        answer = ranks.answer_of(groups)
        if answer == self._answer:
            return
        self.show_answer(answer)
        self.answered.emit(answer, "")

    def _move(self, part: str, step: int) -> None:
        self._give(ranks.move(self._ranked(part), part, step))

    def _rank(self, part: str, rank: int) -> None:
        groups, ties = self._ranked(part), self._question.ties
        self._give(self._typed.rank(groups, part, rank, ties=ties, shown=self._shown))

    def _join_or_split(self, part: str) -> None:
        groups = self._ranked(part)
        tied = any(part in group and len(group) > 1 for group in groups)
        self._give((ranks.split if tied else ranks.join_above)(groups, part))

    def _drop_before(self, part: str, before: str) -> None:
        groups = self._ranked(part)
        known = any(before in group for group in groups)
        self._give(ranks.drop_between(groups, part, before if known else None))

    def _drop_on(self, part: str, other: str) -> None:
        groups = self._ranked(part)
        if any(other in group for group in groups):
            self._give(ranks.drop_on(groups, part, other))

    def _confirm(self) -> None:
        groups, _ = ranks.groups_of(self._answer, self._shown)
        if not groups and not self._read_only:
            self._give(tuple((one,) for one in self._shown))

    def _move_up(self) -> None:
        if self.list.current_part is not None:
            self._move(self.list.current_part, -1)

    def _move_down(self) -> None:
        if self.list.current_part is not None:
            self._move(self.list.current_part, 1)

    def _tie_clicked(self) -> None:
        if self.list.current_part is not None:
            self._join_or_split(self.list.current_part)

    def _refresh_buttons(self) -> None:
        groups, _ = ranks.groups_of(self._answer, self._shown)
        fresh = not groups and not self._read_only
        self._hint.setVisible(fresh)
        self.keep.setVisible(fresh and bool(self._shown))
        part = self.list.current_part
        order = groups or tuple((one,) for one in self._shown)
        group = next((one for one in order if part in one), ())
        tied = len(group) > 1
        self.tie.setText(self.tr("Split tie") if tied else self.tr("Tie with above"))
        self.tie.setAccessibleName(self.tie.text())
        free = not self._read_only and part is not None
        self.up.setVisible(not self._read_only)
        self.down.setVisible(not self._read_only)
        self.tie.setVisible(self._question.ties and not self._read_only)
        at = order.index(group) if group else len(order)
        self.up.setEnabled(free and (tied or at > 0))
        self.down.setEnabled(free and (tied or at < len(order) - 1))
        self.tie.setEnabled(free and (tied or at > 0))
