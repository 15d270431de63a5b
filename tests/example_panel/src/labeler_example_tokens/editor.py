"""The half with a window: each token is a chip; pressing one marks it or takes the mark off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.api import Json, Region, Value, fresh_region_id
from labeler.kit import ChoiceChip, FlowLayout, Text
from labeler.kit.editor import CanRun, Editor, EditorHost, RegionColumn, TaskView

from .marks import TokenMark, TokenPair

Place = tuple[str, int]
"""A token: the id of its sentence and its number from 0."""


class TokenEditor(Editor):
    """Shows a TokenPair. The current token is the one that has, or last had, the focus."""

    def __init__(self, host: EditorHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self._chips: dict[Place, ChoiceChip] = {}
        self._at: Place | None = None
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.setSpacing(12)
        self._column.addStretch(1)

    # ------------------------------------------------------------------------------------ the task

    def show_task(self, view: TaskView) -> None:
        self._clear()
        super().show_task(view)
        if isinstance(view.content, TokenPair):
            for sentence in view.content.sentences:
                self._add_sentence(sentence.id, sentence.language, sentence.tokens)
        self._at = next(iter(self._chips), None)
        self._render()

    def set_value(self, value: Value) -> None:
        super().set_value(value)
        self._render()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self._render()

    def close_task(self) -> None:
        super().close_task()
        self._clear()

    def _clear(self) -> None:
        self._chips.clear()
        self._at = None
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()

    def _add_sentence(self, part: str, language: str, tokens: Sequence[str]) -> None:
        title = Text(language or part, style="label", role="text_2", parent=self)
        row = QWidget(self)
        flow = FlowLayout(row, gap=6)
        for number, _ in enumerate(tokens):
            chip = ChoiceChip("", parent=row)
            chip.setProperty("place", [part, number])
            chip.clicked.connect(self._chip_clicked)
            flow.addWidget(chip)
            self._chips[part, number] = chip
        for widget in (title, row):
            self._column.insertWidget(self._column.count() - 1, widget)
            self._rows.append(widget)

    def _render(self) -> None:
        view = self.view
        if view is None or not isinstance(view.content, TokenPair):
            return
        marks = {self._place_of(one): one for one in self._marks()}
        for (part, number), chip in self._chips.items():
            token = (view.content.tokens_of(part) or ())[number]
            mark = marks.get((part, number))
            chip.setChecked(mark is not None)
            chip.setText(f"{token} !" if mark is not None and mark.severity == "major" else token)
            chip.setAccessibleName(self._spoken(token, number, mark))
            if chip.read_only != self.read_only:
                chip.set_read_only(self.read_only)

    def _spoken(self, token: str, number: int, mark: TokenMark | None) -> str:
        if mark is None:
            return self.tr("{number}, {token}").format(number=number + 1, token=token)
        named = {"number": number + 1, "token": token, "severity": mark.severity}
        return self.tr("{number}, {token}, marked {severity}").format(**named)

    # ------------------------------------------------------------------------------------ the marks

    def _marks(self) -> list[TokenMark]:
        return [region for region in self.value.regions if isinstance(region, TokenMark)]

    def _place_of(self, mark: TokenMark) -> Place | None:
        part = mark.on
        if part is None and self.view is not None and len(self.view.parts) == 1:
            part = self.view.parts[0].id
        return None if part is None else (part, mark.token)

    def _mark_at(self, place: Place | None) -> TokenMark | None:
        return next((one for one in self._marks() if self._place_of(one) == place), None)

    def _toggle(self, place: Place) -> None:
        mark = self._mark_at(place)
        if mark is not None:
            self.change(self.value.without({mark.id}), self.tr("Unmark token"))
            self.host.select_regions(())
        else:
            content = self.view.content if self.view is not None else None
            tokens = content.tokens_of(place[0]) if isinstance(content, TokenPair) else None
            mark = TokenMark(
                id=fresh_region_id(), on=place[0], token=place[1], text=(tokens or ())[place[1]]
            )
            self.change(self.value.with_region(mark), self.tr("Mark token"))
            self.host.select_regions((mark.id,))
        self._render()

    def _chip_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, ChoiceChip):
            part, number = chip.property("place")
            self._at = (str(part), int(number))
            self._toggle(self._at)

    # --------------------------------------------------------------------------------- the commands

    def can_run(self, command_id: str) -> CanRun:
        if command_id not in self._commands():
            return CanRun(False, self.tr("There is no such command"))
        if self._at is None:
            return CanRun(False, self.tr("There is no token"))
        if command_id in ("tokens.mark", "tokens.severity"):
            if self.read_only:
                return CanRun(False, self.tr("Nothing can be changed here"))
            if command_id == "tokens.severity" and self._mark_at(self._at) is None:
                return CanRun(False, self.tr("The token is not marked"))
        return CanRun(True)

    def run(self, command_id: str) -> bool:
        if not self.can_run(command_id).ok:
            return False
        self._commands()[command_id]()
        return True

    def _commands(self) -> dict[str, Callable[[], None]]:
        return {
            "tokens.next": self._next,
            "tokens.previous": self._previous,
            "tokens.other_sentence": self._other_sentence,
            "tokens.mark": self._mark,
            "tokens.severity": self._change_severity,
        }

    def _next(self) -> None:
        self._step(1)

    def _previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._at is not None:
            part = [place for place in self._chips if place[0] == self._at[0]]
            self._go(part[(part.index(self._at) + by) % len(part)])

    def _other_sentence(self) -> None:
        if self._at is None:
            return
        parts = list(dict.fromkeys(part for part, _ in self._chips))
        part = parts[(parts.index(self._at[0]) + 1) % len(parts)]
        tokens = [place for place in self._chips if place[0] == part]
        self._go(tokens[min(self._at[1], len(tokens) - 1)])
        self.host.show_part(part)

    def _go(self, place: Place) -> None:
        self._at = place
        self._chips[place].setFocus()

    def _mark(self) -> None:
        if self._at is not None:
            self._toggle(self._at)

    def _change_severity(self) -> None:
        mark = self._mark_at(self._at)
        if mark is not None:
            other = "minor" if mark.severity == "major" else "major"
            changed = msgspec.structs.replace(mark, severity=other)
            self.change(self.value.with_region(changed), self.tr("Change severity"))
            self._render()

    # ------------------------------------------------------------------------- table, place and focus

    def select_regions(self, region_ids: Sequence[str]) -> None:
        for mark in self._marks():
            place = self._place_of(mark)
            if mark.id in region_ids and place in self._chips:
                self._at = place
                self._chips[place].setFocus()
                return

    def show_part(self, part_id: str) -> None:
        for place in self._chips:
            if place[0] == part_id:
                self._go(place)
                return

    def region_columns(self) -> tuple[RegionColumn, ...]:
        return (
            RegionColumn("token", self.tr("Token"), grows=True),
            RegionColumn("severity", self.tr("Severity")),
            RegionColumn("fixes", self.tr("Fixes"), numeric=True),
        )

    def describe_region(self, region: Region) -> tuple[str, ...]:
        if not isinstance(region, TokenMark):
            return ("", "", "")
        return (region.text, region.severity, str(len(region.fixes)))

    def state(self) -> Json:
        return None if self._at is None else {"part": self._at[0], "token": self._at[1]}

    def restore_state(self, state: Json) -> None:
        if isinstance(state, dict):
            place = (state.get("part"), state.get("token"))
            if place in self._chips:
                self._at = place
