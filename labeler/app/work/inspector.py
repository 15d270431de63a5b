"""The inspector beside the content: questions, regions, guidelines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from labeler.api import Json, Problem, Region, Value
from labeler.app.commands import Commands
from labeler.app.work.grip import Grip
from labeler.app.work.region_page import RegionPage
from labeler.kit.controls.button import IconButton
from labeler.kit.controls.section import Plain
from labeler.kit.controls.tabs import TabBar
from labeler.kit.editor import RegionColumn, TaskView
from labeler.kit.form import QuestionForm, Scope
from labeler.kit.guideline_view import GuidelineView
from labeler.kit.region_rows import RegionHands
from labeler.kit.region_table import RegionTable

__all__ = ["TABS", "Inspector"]

TABS = ("questions", "regions", "guidelines")
_GROWTH = 0.6
"""How much of a larger text size the width follows."""


@dataclass(slots=True)
class _Regions:
    """What the tab of regions is to show once it is looked at."""

    view: TaskView
    columns: Sequence[RegionColumn]
    describe: Callable[[Region], tuple[str, ...]]
    names: Mapping[str, str] | None
    hands: RegionHands
    value: Value = field(init=False)

    def __post_init__(self) -> None:
        self.value = self.view.value


class Inspector(Plain):
    """Three tabs; what the person does in them comes out as signals, values go in.

    ``answered`` carries a GivenAnswer, ``changed`` (value, label) what the table of regions made,
    ``selected`` ids of regions, ``key_ended`` that a field was left, ``width_set`` the width chosen,
    ``tab_changed`` that the person turned to another tab, ``escaped`` that a text was left with
    Escape, or a rule that was read.
    """

    answered = Signal(object)
    changed = Signal(object, str)
    selected = Signal(object)
    label_picked = Signal(str)
    key_ended = Signal()
    width_set = Signal(int)
    tab_changed = Signal(str)
    hide_wanted = Signal()
    escaped = Signal()

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__("surface", edges="start", parent=parent)
        self._commands = commands
        self._width = self.theme.tokens.sizes.inspector
        self.setAccessibleName(self.tr("Inspector"))
        self.tabs = TabBar(self.tr("Inspector"))
        self.questions_at = self.tabs.add(self.tr("Questions"), 0)
        self.regions_at = self.tabs.add(self.tr("Regions"), 0)
        self.guidelines_at = self.tabs.add(self.tr("Guidelines"))
        self.fold = IconButton("panel-right-close", self.tr("Hide the inspector"))
        self.form = QuestionForm()
        about: tuple[Scope, ...] = ("region",)
        self.region_form = QuestionForm(scopes=about)
        self.table = RegionTable()
        self.guideline = GuidelineView()
        regions = RegionPage(self.table, self.region_form)
        self.pages = QStackedWidget()
        for page in (self.form, regions, self.guideline):
            self.pages.addWidget(page)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(self.tabs, 1)
        head.addWidget(self.fold)
        bar = Plain("surface", edges="bottom")
        bar.setLayout(head)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self.pages, 1)
        self._bar = bar
        self.grip = Grip(self)
        self.grip.wished.connect(self._wish)
        self.grip.let_go.connect(self._tell_width)
        self.tabs.currentChanged.connect(self._turned)
        self.fold.clicked.connect(self.hide_wanted)
        for form in (self.form, self.region_form):
            form.answered.connect(self.answered)
            form.key_ended.connect(self.key_ended)
            form.rule_asked.connect(self.show_rule)
            form.escaped.connect(self.escaped)
        self.form.counted.connect(self._counted)
        self.table.changed.connect(self.changed)
        self.table.selected.connect(self._selected)
        self.table.label_picked.connect(self.label_picked)
        self.guideline.left.connect(self._back)
        self._due: _Regions | None = None
        self._selection: tuple[str, ...] = ()
        self._in_hand: str | None = None
        self._read_only = False
        self._guideline = ""
        self._unread = True
        self._came_from = TABS[0]
        self._leading = False
        self.theme_changed()
        self.name_keys()

    def name_keys(self) -> None:
        """Show the keys in force."""
        self.fold.set_name(
            self.tr("Hide the inspector"), self._commands.key_text("work.toggle_inspector")
        )

    # the task

    def show_task(
        self,
        view: TaskView,
        *,
        without: Collection[str],
        columns: Sequence[RegionColumn],
        describe: Callable[[Region], tuple[str, ...]],
        names: Mapping[str, str] | None = None,
        hands: RegionHands | None = None,
        part: str | None = None,
        keep: bool = False,
    ) -> None:
        """Show a task; ``without`` are questions the editor asks itself, ``part`` where it is."""
        form_state = self.form.state() if keep else None
        self.form.show_task(view, without=without, names=names, part=part)
        self._due = _Regions(view, columns, describe, names, hands or RegionHands())
        self._selection = ()
        self._fill_regions()
        self.set_read_only(view.read_only)
        has_region_questions = any(
            one.scope == "region" and not one.retired for one in view.config.questions
        )
        self.region_form.setVisible(has_region_questions)
        if view.config.guideline != self._guideline or self._unread:
            self._guideline = view.config.guideline
            self._unread = True
            self._read_guideline()
        self._count_regions(view.value)
        if keep:
            self.form.restore_state(form_state)

    def set_value(self, value: Value, *, but: object = None) -> None:
        """Show another value of the task everywhere but where it comes from."""
        if self.form is not but:
            self.form.set_value(value)
        if self._due is None:
            if self.region_form is not but:
                self.region_form.set_value(value)
            if but is not self.table:
                self.table.show_value(value, self.table.model.predictions)
        else:
            self._due.value = value
        self._count_regions(value)

    def _fill_regions(self, *, now: bool = False) -> None:
        """Fill the tab of regions where it is looked at; a task passes by faster without it."""
        due = self._due
        if due is None or not (now or self.tabs.currentIndex() == self.regions_at):
            return
        self._due = None
        self.region_form.show_task(due.view, names=due.names)
        self.region_form.set_value(due.value)
        self.table.set_editor(due.view.config, due.columns, due.describe, due.hands)
        self.table.show_label(self._in_hand)
        self.table.show_value(due.value, due.view.predictions)
        self.table.select_regions(self._selection)
        self.region_form.set_regions(self._selection)
        self.region_form.set_read_only(self._read_only)
        self.table.set_read_only(self._read_only)

    def set_read_only(self, read_only: bool) -> None:
        """Only show, or let things be changed again."""
        if self._due is None and read_only != self._read_only:
            self.region_form.set_read_only(read_only)
            self.table.set_read_only(read_only)
        self._read_only = read_only
        self.form.set_read_only(read_only)

    def select_regions(self, region_ids: Sequence[str]) -> None:
        """The editor selected regions."""
        self._selection = tuple(region_ids)
        if self._due is None:
            self.table.select_regions(region_ids)
            self.region_form.set_regions(region_ids)

    def restate_regions(self) -> None:
        """What is so of regions for this person became another."""
        if self._due is None:
            self.table.restate()

    def show_label(self, label_id: str | None) -> None:
        """The label that the next region gets."""
        self._in_hand = label_id
        if self._due is None:
            self.table.show_label(label_id)

    def _selected(self, region_ids: Sequence[str]) -> None:
        self._selection = tuple(region_ids)
        self.region_form.set_regions(region_ids)
        self.selected.emit(tuple(region_ids))

    def show_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Mark what is wrong where it is asked, go to the first; returns what has no place here."""
        rest = self.form.show_problems(problems)
        if len(rest) < len(problems):
            self.lead_to("questions")
            return rest
        self._fill_regions(now=True)
        rest = self.region_form.show_problems(problems)
        if len(rest) < len(problems):
            self.lead_to("regions")
        return rest

    def set_typing(self, typing: bool) -> None:
        """Whether a text is written elsewhere on the page: the caps then show chords."""
        self.form.set_typing(typing)
        self.region_form.set_typing(typing)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Give the answer that has this key."""
        if self.region_form.isVisibleTo(self) and self.table.chosen:
            if self.region_form.handle_key(event):
                return True
        if self.form.handle_key(event):
            return True
        return self.tab == "guidelines" and self.guideline.handle_key(event)

    def finish(self) -> None:
        """End what is being written."""
        self.form.finish()
        self.region_form.finish()

    # tabs

    @property
    def tab(self) -> str:
        """The tab shown: questions, regions or guidelines."""
        return TABS[self.tabs.currentIndex()]

    def turn_to(self, tab: str) -> None:
        """Show a tab, because the person wants it; an unknown one is the first."""
        self.tabs.setCurrentIndex(TABS.index(tab) if tab in TABS else 0)

    def lead_to(self, tab: str) -> None:
        """Show a tab for what is to be seen there now: it is not the one the person chose."""
        self._leading = True
        self.turn_to(tab)
        self._leading = False

    def show_rule(self, ref: str) -> None:
        """Open the guideline at a heading, with the way back."""
        if self.tab != "guidelines":
            self._came_from = self.tab
        origin = self.tabs.tabText(TABS.index(self._came_from))
        self.lead_to("guidelines")
        if self.guideline.show_rule(ref, origin=origin):
            self.guideline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        self.lead_to(self._came_from)
        self.escaped.emit()

    def _read_guideline(self) -> None:
        """Set the guideline where it is looked at: a long one takes its time."""
        if self._unread and self.tabs.currentIndex() == self.guidelines_at:
            self._unread = False
            self.guideline.set_guideline(self._guideline)

    def _turned(self, index: int) -> None:
        self.pages.setCurrentIndex(index)
        self._read_guideline()
        self._fill_regions()
        self.updateGeometry()
        if not self._leading:
            self.tab_changed.emit(TABS[index])

    def _counted(self, asked: int, done: int) -> None:
        self.tabs.set_count(self.questions_at, asked)

    def _count_regions(self, value: Value) -> None:
        self.tabs.set_count(self.regions_at, len(value.regions))

    # width

    def set_width(self, width: int) -> None:
        """Be so wide, within what a window of this size allows."""
        sizes = self.theme.tokens.sizes
        self._width = max(sizes.inspector_min, min(width, sizes.inspector_max))
        self.theme_changed()

    def sizeHint(self) -> QSize:
        # Larger letters need a wider measure, but not at the cost of the content.
        grown = round(self._shown_width() * self._growth)
        parent = self.parentWidget()
        room = parent.width() * 2 // 5 if parent is not None and parent.width() > 0 else grown
        return QSize(max(self._shown_width(), min(grown, room)), 400)

    @property
    def _growth(self) -> float:
        return 1 + (self.theme.text_scale - 1) * _GROWTH

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.tokens.sizes.inspector_min, 200)

    def _shown_width(self) -> int:
        sizes = self.theme.tokens.sizes
        reading = self.tabs.currentIndex() == self.guidelines_at
        return max(self._width, sizes.inspector_reading) if reading else self._width

    def _wish(self, width: int) -> None:
        self.set_width(round(width / self._growth))
        self.updateGeometry()

    def _tell_width(self) -> None:
        self.width_set.emit(self._width)

    def theme_changed(self) -> None:
        self._bar.setFixedHeight(self.theme.height("task_strip"))
        super().theme_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.grip.place()

    def state(self) -> Json:
        """Where the person is in it, as JSON."""
        return {
            "tab": self.tab,
            "form": self.form.state(),
            "guideline": self.guideline.state() if self.tab == "guidelines" else None,
        }

    def restore_state(self, state: Json) -> None:
        """Go back there; what does not fit is left aside."""
        if isinstance(state, Mapping):
            tab = state.get("tab")
            self.lead_to(tab if isinstance(tab, str) else "questions")
            self.form.restore_state(state.get("form"))
            if self.tab == "guidelines":
                self.guideline.restore_state(state.get("guideline"))
