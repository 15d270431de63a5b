"""The dialog that hands tasks out: which, to whom, until when, where to; then what was written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec
from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from labeler.app.context import AppContext
from labeler.app.dialogs.errand_row import lane_asks
from labeler.app.dialogs.figures import tasks_words
from labeler.app.dialogs.frame import fit_height, walk
from labeler.app.dialogs.labelled import labelled
from labeler.app.dialogs.writing_dialog import WritingDialog
from labeler.app.sharing.picked import Picked, tasks_of
from labeler.app.sharing.words import size_words
from labeler.app.words import number
from labeler.assets import brand
from labeler.exchange.needs import Cancelled, Progress
from labeler.kit import Callout, Field, Select
from labeler.model.ids import normal_handle
from labeler.store import Person
from labeler.team.due import is_overdue
from labeler.team.handout import Estimate, Handout, HandoutWish, estimate, hand_out_through
from labeler.work.asks import Asks

__all__ = ["HandOutDialog", "show"]

_NEW = "\u0000new"
_FIRST, _CHECKED, _MATCHING = "first", "checked", "matching"
_COUNT = 50
_COUNT_WIDTH = 104
_PAUSE_MS = 200


class _GivenUp(Exception):
    """The person stopped it."""


class HandOutDialog(WritingDialog[Handout]):
    """Writes a file with tasks for one person; ``picked`` is what is picked on the Data page."""

    given_away = Signal(str)
    """The ids of tasks that were handed out just now, a frozenset."""

    def __init__(
        self, context: AppContext, parent: QWidget | None = None, *, picked: Picked | None = None
    ) -> None:
        title = QCoreApplication.translate("HandOutDialog", "Hand out to")
        super().__init__(context, parent, title=title)
        self.set_title(self.tr("Hand out"))
        self.stopped = self.tr("Stopped; nothing was handed out")
        self.nothing = self.tr("Nothing was handed out")
        self._picked = picked
        self._turn = 0
        self.estimate: Estimate | None = None
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._connect()
        self._changed()
        self.turn_to(self.form)
        if context.session is not None:
            context.run(lambda project: project.people(), self._people_read, receiver=self)

    # building

    def _build(self) -> None:
        self.which = Select(self._ways(), name=self.tr("Which tasks"))
        self.count = Field(self.tr("How many"), str(_COUNT))
        self.person = Select([(_NEW, self.tr("Somebody new…"))], name=self.tr("For"))
        self.handle = Field(self.tr("Handle"), placeholder=self.tr("What signs their work"))
        self.name = Field(self.tr("Name"), placeholder=self.tr("As others know them"))
        self.due = Field(self.tr("Due (left empty: none)"), placeholder="2027-01-31")
        self.target.set_filter(self.tr("Projects") + f" (*{brand().extension})")
        self.along = Callout("", "", "info")
        self.form = QWidget()
        top = Qt.AlignmentFlag.AlignTop
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        which = QHBoxLayout()
        which.setSpacing(8)
        which.addWidget(labelled(self.tr("Which tasks"), self.which), 1)
        which.addWidget(self.count, 0, top)
        self.count.setMaximumWidth(_COUNT_WIDTH)
        grid.addWidget(labelled(self.tr("For"), self.person), 0, 0, top)
        grid.addWidget(self.due, 0, 1, top)
        grid.addWidget(self.handle, 1, 0, top)
        grid.addWidget(self.name, 1, 1, top)
        grid.addWidget(labelled(self.tr("Queue"), self.queue), 2, 0, top)
        grid.addLayout(which, 2, 1, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addLayout(grid)
        inner.addWidget(self.target)
        inner.addWidget(self.along)
        self.arrange_writing(self.tr("Hand out"), self.tr("Hand out more…"))
        named = {
            "person": self.person,
            "due": self.due.edit,
            "handle": self.handle.edit,
            "name": self.name.edit,
            "queue": self.queue,
            "which": self.which,
            "count": self.count.edit,
            "target": self.target.edit,
        }
        for name, one in named.items():
            one.setObjectName(name)
        walk(list(named.values()))

    def _ways(self) -> list[tuple[str, str]]:
        ways = [(_FIRST, self.tr("The next free ones"))]
        picked = self._picked
        if picked is not None and picked.checked:
            words = self.tr("Those selected in Data: {count}")
            ways.insert(0, (_CHECKED, words.format(count=number(picked.checked))))
        if picked is not None and picked.filtered:
            words = self.tr("Those the filter in Data shows: {count}")
            ways.append((_MATCHING, words.format(count=number(picked.matches))))
        return ways

    def _connect(self) -> None:
        for one in (self.queue, self.which, self.person):
            one.currentIndexChanged.connect(self._changed)
        for field in (self.count, self.handle, self.due):
            field.edit.textChanged.connect(self._changed)

    def _people_read(self, people: list[Person]) -> None:
        session = self._context.session
        me = session.person.handle if session is not None else ""
        self.person.blockSignals(True)
        self.person.clear()
        for person in people:
            if person.kind == "person" and person.handle != me:
                self.person.addItem(person.title, person.handle)
        self.person.addItem(self.tr("Somebody new…"), _NEW)
        self.person.setCurrentIndex(0)
        self.person.blockSignals(False)
        self._changed()
        (self.handle.edit if self.is_new else self.person).setFocus()

    # what changes what

    @property
    def is_new(self) -> bool:
        """Whether the tasks are for somebody the project does not know."""
        return self.person.chosen == _NEW

    @property
    def handle_wanted(self) -> str:
        """The handle of whom the tasks are for, empty where nobody is named yet."""
        return normal_handle(self.handle.text) if self.is_new else self.person.chosen

    def _changed(self) -> None:
        self.count.setVisible(self.which.chosen == _FIRST)
        self.handle.setVisible(self.is_new)
        self.name.setVisible(self.is_new)
        for field in (self.count, self.handle, self.due):
            field.set_error("")
        self._propose()
        self._turn += 1
        self.estimate = None
        self.primary.setEnabled(True)
        self._pause.start()
        if self.stage is self.form:
            fit_height(self)

    def _propose(self) -> None:
        """Propose a file that is not there yet, unless the person named one."""
        session = self._context.session
        whom, stem = self.handle_wanted, None
        if session is None:
            return
        if whom:
            words = self.tr("{project} for {person}")
            name = words.format(project=session.shared.stem, person=whom)
            stem = session.shared.with_name(name.replace("/", "-"))
        self.target.propose(stem, brand().extension)

    # what goes along

    def _wish(self, tasks: tuple[str, ...] | None = None) -> HandoutWish:
        session = self._context.session
        count = self.count.text.strip().replace(",", "").replace(".", "")
        return HandoutWish(
            to=self.handle_wanted,
            by=session.person.handle if session is not None else "",
            queue=self.queue.chosen,
            count=int(count) if count.isdigit() else 0,
            tasks=tasks,
            due=self.due.text.strip(),
            name=self.name.text.strip() if self.is_new else "",
        )

    def _look(self) -> None:
        """Count in the background what would go out."""
        session = self._context.session
        if session is None or not self._queues or self.stage is not self.form:
            return
        turn, wish = self._turn, self._wish()
        ask, picked, which = lane_asks(self._context), self._picked, self.which.chosen

        def count(_told: object) -> Estimate:
            return estimate(ask, _exact(ask, wish, picked, which))

        self._context.background(count, lambda found: self._looked(turn, found), receiver=self)

    def _looked(self, turn: int, found: Estimate) -> None:
        if turn != self._turn or self.stage is not self.form:
            return
        self.estimate = found
        self.primary.setEnabled(bool(found.tasks))
        if not found.tasks:
            title = self.tr("No task can go out")
            words = self.tr("They are with others, or the person has done them.")
            self.along.set_words(title, words, "warn")
        else:
            words = self.tr("{tasks} with guideline and labels")
            title = words.format(tasks=tasks_words(found.tasks))
            self.along.set_words(title, "\n".join(self._along(found)), "info")
        fit_height(self)

    def _along(self, found: Estimate) -> list[str]:
        lines = []
        if found.left:
            words = self.tr("{count} of those chosen stay: others have them, or they are done.")
            lines.append(words.format(count=number(found.left)))
        if found.media:
            words = self.tr("{count} media go along in the file, about {size}.")
            lines.append(words.format(count=number(found.media), size=size_words(found.size)))
        lines.append(
            self.tr("No gold, no reviews and nothing others did: in no corner of the file.")
        )
        return lines

    # running

    def choose_again(self) -> None:
        super().choose_again()
        self._changed()

    def begin(self) -> None:
        """Hand out what was chosen."""
        session = self._context.session
        if self.is_running or session is None or not self._is_right():
            return
        target = self.target.new_path(brand().extension)
        if target is None:
            fit_height(self)
            return
        wish, ask = self._wish(), lane_asks(self._context)
        picked, which, opens = self._picked, self.which.chosen, session.media.open
        self.written = target

        def work(progress: Progress, cancelled: Cancelled) -> Handout:
            def told(done: int, total: int) -> None:
                if cancelled():
                    raise _GivenUp
                progress(done, total)

            exact = _exact(ask, wish, picked, which)
            return hand_out_through(ask, target, exact, opens, told)

        words = self.tr("Handing out to {person}").format(person=self._whom())
        self.run(words, work, self._done, self.failed)

    def _is_right(self) -> bool:
        """Say what is wrong with the form; whether nothing is."""
        if self.is_new and not self.handle_wanted:
            self.handle.set_error(self.tr("Type a handle, like anna"))
            self.handle.edit.setFocus()
        elif self.which.chosen == _FIRST and self._wish().count < 1:
            self.count.set_error(self.tr("Type how many, like 50"))
            self.count.edit.setFocus()
        elif not _is_date(self.due.text.strip()):
            self.due.set_error(self.tr("Type a day as year-month-day, like 2027-01-31"))
            self.due.edit.setFocus()
        elif is_overdue(self.due.text.strip()):
            self.due.set_error(self.tr("This day is over; type a later one"))
            self.due.edit.setFocus()
        else:
            return True
        fit_height(self)
        return False

    def _whom(self) -> str:
        if self.is_new:
            return self.name.text.strip() or self.handle_wanted
        return self.person.currentText()

    def _done(self, made: Handout) -> None:
        self.over()
        self.report = made
        words = self.tr("{tasks} handed out to {person}")
        title = words.format(tasks=tasks_words(made.tasks), person=self._whom())
        lines = [
            str(self.written),
            self.tr("Send this file. What comes back is merged, as often as it comes."),
        ]
        self.outcome.show_problems("", (), 0, 0)
        self.tell(title, lines, "ok")
        self._context.tasks_were_changed()
        self.given_away.emit(made.id)

    def failed(self, error: BaseException) -> None:
        super().failed(error)
        self._context.tasks_were_changed()


def _exact(ask: Asks, wish: HandoutWish, picked: Picked | None, which: str) -> HandoutWish:
    """The wish with the tasks it means, where they were picked on the Data page."""
    if picked is None or which == _FIRST:
        return wish
    tasks = tasks_of(ask, picked, wish.queue, checked=which == _CHECKED)
    return msgspec.structs.replace(wish, tasks=tasks)


def _is_date(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False


def show(
    context: AppContext,
    parent: QWidget,
    picked: Picked | None = None,
    given_away: Callable[[str], None] | None = None,
) -> None:
    """Ask what to hand out of the open project; ``given_away`` gets its id once it is made."""
    session = context.session
    if session is None:
        return
    if not session.queues:
        words = QCoreApplication.translate("HandOut", "There is no task to hand out so far")
        context.toast(words)
        return
    dialog = HandOutDialog(context, parent, picked=picked)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if given_away is not None:
        dialog.given_away.connect(given_away)
    dialog.open()
