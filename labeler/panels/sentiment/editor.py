"""The panel's editor: one text, its spans drawn and made, a model's proposals taken over or put away.

It assembles the text surface, the header, the legend and the prediction bar and shows a value in
them. What keys and clicks do to the value is in ``commands``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.api import Json, QueueConfig, Region, Span, Value, graphemes
from labeler.kit.editor import Editor, EditorHost, RegionColumn, TaskView
from labeler.kit.label_legend import Legend
from labeler.kit.offered_labels import OfferedLabels
from labeler.kit.prediction_bar import PredictionBar
from labeler.kit.text import Mark, TextSurface
from labeler.kit.text.find_bar import FindBar
from labeler.panels.sentiment import edits, proposals
from labeler.panels.sentiment.commands import SpanCommands
from labeler.panels.sentiment.header import Header
from labeler.panels.sentiment.place import Place, read_place
from labeler.panels.sentiment.proposals import Proposal
from labeler.panels.sentiment.task import TextContent

__all__ = ["SentimentEditor"]

_EDGE = 12
_BAR_SHARE = 0.66
_NARROW = 720
_COUNTED = 20_000
"""Up to this length a text's characters are counted as a reader does; it takes a while beyond."""


class SentimentEditor(Editor):
    """Shows a TextContent; see ``panel.toml`` for its commands and settings.

    A label's key, pressed or clicked: with words selected it labels them, with spans chosen it
    gives them this label, with neither it paints: every range drawn from then on gets the label,
    until the key is pressed again or Esc.
    """

    def __init__(self, host: EditorHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.surface = TextSurface(self.tr("Text"), self)
        self.header = Header(self)
        self.legend = Legend()
        self.bar = PredictionBar("sentiment", self)
        self.finder = FindBar(self)
        self._labels = OfferedLabels(QueueConfig(), Span)
        self._armed: str | None = None
        self._rejected: set[str] = set()
        self._open: list[Proposal] = []
        self._drawn: dict[str, tuple[Span, Mark]] = {}
        self.commands: SpanCommands = SpanCommands(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.surface, 1)
        self.setFocusProxy(self.surface)
        self.surface.range_drawn.connect(self._range_drawn)
        self.surface.choice_made.connect(self._choice_made)
        self.surface.viewport().installEventFilter(self)
        self.legend.picked.connect(self._label_picked)
        self.bar.wanted.connect(self.host.run_command)

    # ------------------------------------------------------------------------------------- the task

    def show_task(self, view: TaskView) -> None:
        super().show_task(view)
        content = view.content if isinstance(view.content, TextContent) else TextContent(text="")
        self.finder.give_up()
        self._labels = OfferedLabels(view.config, Span)
        self._rejected = set()
        self._drawn = {}
        self._armed = self._armed if self._armed in self._labels else None
        if self.commands.last not in self._labels:
            self.commands.last = None
        text = content.text
        if content is view.content:
            length = graphemes(text) if len(text) <= _COUNTED else len(text)
            self.header.set_facts(view.meta, content.language, content.title, length)
        else:
            self.header.set_missing()
        self.surface.snap_to_words = bool(view.settings.get("sentiment.snap_to_words", True))
        self.surface.show_text(text, content.direction)
        self._show_labels()
        self.set_read_only(view.read_only)
        self._show_value()
        # Whoever shows the first task may know the panel's keys only after that.
        QTimer.singleShot(0, self, self._show_bar)

    def set_value(self, value: Value) -> None:
        super().set_value(value)
        self._show_value()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.surface.set_read_only(read_only)
        self.legend.set_enabled(not read_only)
        if read_only:
            self.arm(None)
        self._show_bar()

    def close_task(self) -> None:
        super().close_task()
        self.finder.give_up()
        self._open = []
        self._rejected = set()
        self.surface.show_text("")
        self._show_bar()

    def finish_gesture(self) -> None:
        self.surface.let_go()

    # ------------------------------------------------------------------------------------- what is so

    @property
    def text(self) -> str:
        """The text on screen."""
        return self.surface.document.text

    @property
    def may_edit(self) -> bool:
        """Whether there is a task with its text, and it may be changed."""
        here = self.view is not None and isinstance(self.view.content, TextContent)
        return here and not self.read_only

    @property
    def armed(self) -> str | None:
        """The label that every range drawn gets, or None."""
        return self._armed

    @property
    def open(self) -> Sequence[Proposal]:
        """What is proposed and not yet decided."""
        return self._open

    @property
    def rejected(self) -> Collection[str]:
        """Ids of the proposals put away."""
        return self._rejected

    def label_name(self, label_id: str | None) -> str:
        """What a label is called: its name, its id where the set has it no more."""
        return self._labels.title(label_id)

    def chosen_own(self) -> list[str]:
        """Ids of the chosen spans that are the value's, in the order they were chosen."""
        own = {region.id for region in self.value.regions}
        return [ident for ident in self.surface.chosen if ident in own]

    def chosen_open(self) -> list[Proposal]:
        """The chosen proposals."""
        chosen = set(self.surface.chosen)
        return [one for one in self._open if one.id in chosen]

    def in_order(self) -> list[str]:
        """Ids of all marks, those of proposals included, in the order of the text."""
        marks = sorted(self.surface.marks, key=lambda mark: (mark.start, -mark.end, mark.id))
        return [mark.id for mark in marks]

    # ------------------------------------------------------------------------------------- showing

    def _show_value(self) -> None:
        self._open = []
        if self.view is not None:
            self._open = proposals.open_proposals(
                self.view.predictions, self.value, self.view.config, len(self.text), self._rejected
            )
        self.show_offered(one.span for one in self._open if one.span)
        # Spans nobody touched are the identical objects, and so are their marks.
        drawn, self._drawn = self._drawn, {}
        marks: list[Mark] = []
        for span in edits.spans_of(self.value):
            known = drawn.get(span.id)
            mark = known[1] if known is not None and known[0] is span else self._mark(span)
            self._drawn[span.id] = (span, mark)
            marks.append(mark)
        marks += [self._proposed(one.span, one) for one in self._open if one.span]
        self.surface.set_marks(marks)
        self._show_bar()

    def _mark(self, span: Span) -> Mark:
        colour, place = self._labels.look(span.label)
        return Mark(span.id, span.start, span.end, self.label_name(span.label), colour, place)

    def _proposed(self, span: Span, proposal: Proposal) -> Mark:
        colour, place = self._labels.look(span.label)
        tag = self.label_name(span.label)
        if span.score is not None:
            tag = f"{tag} {self._score(span.score)}"
        return Mark(proposal.id, span.start, span.end, tag, colour, place, dashed=True)

    def _score(self, score: float) -> str:
        return self.locale().toString(score, "f", 2)

    def _show_labels(self) -> None:
        self.legend.set_entries(self._labels.entries())
        self.arm(self._armed)

    def _show_bar(self) -> None:
        if self.view is None or not (self._open or self._rejected):
            self.bar.hide()
            self._place_bar()
            return
        self.bar.name_keys(self.host.key_text)
        chosen = self.chosen_open()
        counts = (len(self._open), len(chosen), len(self._rejected))
        words = self._words_of(chosen or self._open)
        self.bar.show_open(*counts, words, changeable=self.may_edit)
        self._place_bar()
        self.bar.show()
        self.bar.raise_()

    def _words_of(self, shown: Sequence[Proposal]) -> list[str]:
        """The answers that are proposed, then the models' names with their confidence."""
        answers = [one for one in shown if one.question]
        words = [self._answer_words(one, named=len(answers) > 1) for one in answers]
        for author, score in {one.author: one.score for one in shown}.items():
            words.append(author if score is None else f"{author} {self._score(score)}")
        return words

    def _answer_words(self, proposal: Proposal, *, named: bool) -> str:
        """An answer as its choices are called; with several answers the question's name before it."""
        question = self.view.config.question(proposal.question) if self.view is not None else None
        answer = proposal.answer
        if isinstance(answer, Mapping) and set(answer) == {"per"}:
            answer = next(iter(answer["per"].values()), "")
        titles = {choice.id: choice.name for choice in getattr(question, "choices", ())}
        given = answer if isinstance(answer, (list, tuple)) else [answer]
        shown = ", ".join(str(titles.get(one, one)) for one in given)
        if not named:
            return shown
        name = question.name if question is not None else proposal.question
        return self.tr("{question}: {answer}").format(question=name, answer=shown)

    def _place_bar(self) -> None:
        wanted = self.bar.sizeHint()
        most = round(self.width() * _BAR_SHARE) if self.width() > _NARROW else self.width()
        width = min(wanted.width(), most - 2 * _EDGE)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = _EDGE if mirrored else self.width() - width - _EDGE
        self.bar.setGeometry(x, _EDGE, width, wanted.height())
        shown = bool(self._open or self._rejected)
        self.header.set_sides(self.surface.padding, width + _EDGE if shown else 0)

    # ------------------------------------------------------------------------------------- what hands do

    def find_words(self) -> None:
        """Look for words in the text."""
        self.finder.look_in([self.surface], self._low_corner())

    def _low_corner(self) -> QPoint:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return QPoint(self.width() if mirrored else 0, self.height())

    def arm(self, label: str | None) -> None:
        """Let every range drawn get this label, or none."""
        self._armed = label
        self.legend.choose(label)
        pen = None
        if label is not None:
            colour, place = self._labels.look(label)
            pen = Mark("", 0, 1, "", colour, place)
        self.surface.set_pen(pen)

    def commit(self, value: Value, label: str, key: str = "") -> None:
        """Show a value of one's own making and emit it."""
        self.change(value, label, key)
        self._show_value()

    def choose_regions(self, ids: Sequence[str]) -> None:
        """Choose spans, of the value or proposed, as a hand does."""
        self.surface.choose(ids)

    def reject(self, ids: Collection[str]) -> None:
        """Put proposals away until they are called back."""
        self._rejected |= set(ids)
        self._show_value()

    def recall(self) -> None:
        """Show the rejected ones again."""
        self._rejected.clear()
        self._show_value()

    def _range_drawn(self, start: int, end: int) -> None:
        if self._armed is not None and self.may_edit:
            self.commands.paint(start, end, self._armed, self.surface.clicks)

    def _choice_made(self, ids: Sequence[str]) -> None:
        self.host.select_regions(self.chosen_own())
        self._show_bar()

    def _label_picked(self, label: str) -> None:
        self.commands.use_label(label)
        self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------------- the app

    def handle_key(self, event: QKeyEvent) -> bool:
        label = self._labels.by_key(event)
        if label is None:
            return False
        return event.isAutoRepeat() or self.commands.use_label(label.id)

    def select_regions(self, region_ids: Sequence[str]) -> None:
        self.surface.set_chosen(region_ids, reveal=True)
        self._show_bar()

    def show_part(self, part_id: str) -> None:
        self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def tool_widget(self) -> QWidget | None:
        return self.legend

    def region_columns(self) -> tuple[RegionColumn, ...]:
        return (
            RegionColumn("words", self.tr("Words"), grows=True),
            RegionColumn("from", self.tr("From"), numeric=True),
        )

    def describe_region(self, region: Region) -> tuple[str, ...]:
        if not isinstance(region, Span):
            return "", ""
        words = region.text or self.text[region.start : region.end]
        return " ".join(words[:400].split()), str(region.start)

    def state(self) -> Json:
        if self.view is None:
            return None
        place = Place(
            top=self.surface.first_in_sight(),
            caret=self.surface.caret,
            selection=self.surface.selection,
            chosen=self.surface.chosen,
            armed=self._armed,
            last=self.commands.last,
            rejected=tuple(sorted(self._rejected)),
        )
        return msgspec.to_builtins(place)

    def restore_state(self, state: Json) -> None:
        place = read_place(state, len(self.text))
        self._rejected = set(place.rejected)
        self._show_value()
        if place.last in self._labels:
            self.commands.last = place.last
        if place.armed in self._labels and not self.read_only:
            self.arm(place.armed)
        self.surface.select(*(place.selection or (place.caret, place.caret)), reveal=False)
        self.surface.set_chosen(place.chosen)
        self.surface.scroll_to(place.top)
        self._show_bar()

    # ------------------------------------------------------------------------------------- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place_bar()
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease):
            # It moves aside for the hand that draws, and comes back afterwards.
            wanted = self.view is not None and bool(self._open or self._rejected)
            self.bar.setVisible(wanted and not self.surface.is_drawing)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_bar()
        self.finder.place(self._low_corner())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.host.theme.tokens.surface)
        painter.end()
