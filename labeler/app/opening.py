"""The way from a path to an open project: what is asked first, and what is waited for.

Who is at work, how a file that lies where it should not be edited is to be opened, and whether to work
in a hand-out for somebody else: each is asked once, and opening goes on with the answer. An older
project is brought up to the present format on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from labeler.app.errands import Cancelled, Errand, Told
from labeler.app.session import Doubt, ForAnother, NobodyKnown, Opened, open_in_lane
from labeler.app.way import Choice, How, Undecided, find_way

if TYPE_CHECKING:
    from labeler.app.context import AppContext

__all__ = ["BringingUp", "Opening"]

T = TypeVar("T")
Done = Callable[[], None]
Failed = Callable[[BaseException], None]


class Opening:
    """Opens projects, one at a time: whoever asks for another one no longer wants the one before."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._waiting: Done | None = None
        self._ticket = 0

    def with_person(self, call: Done) -> None:
        """Run ``call`` now, or from ``go_on`` once the person has said who they are."""
        if self._context.settings.values.person.handle:
            call()
        else:
            self._waiting = call
            self._context.person_needed.emit()

    def go_on(self) -> bool:
        """Go on with what waited for the person; whether something did."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()
        return waiting is not None

    def open(self, path: Path, done: Done | None, failed: Failed | None, how: How) -> None:
        """Open a project: ``AppContext.open_project``."""
        context, values = self._context, self._context.settings.values
        login, agreed = values.person, frozenset(values.handed)
        known = any(one.path == str(path.absolute()) for one in values.recent)
        tell = failed or context.fail
        self._ticket += 1
        ticket = self._ticket

        def work(told: Told) -> Opened:
            if not known:
                context.look_first(path)  # it may be a stranger's
            way = find_way(path, how, context.copies, context.place_of)
            return open_in_lane(replace(way, told=told), login.handle, login.name, agreed)

        def opened(found: Opened) -> None:
            if ticket != self._ticket:
                found.lane.close()
                return
            context.take(found)
            if done is not None:
                done()

        def refused(error: BaseException) -> None:
            if not isinstance(error, (Undecided, NobodyKnown, ForAnother)):
                tell(error)
            elif ticket == self._ticket:  # no other project was asked for meanwhile
                again = partial(self.open, path, done, failed)
                self._ask(error, how, again, lambda: tell(Cancelled()))

        waited = BringingUp(context.bringing_up.emit)
        left = waited.before(tell)
        waited.errand = context.background(
            work,
            waited.before(opened),
            waited.before(refused),
            progress=waited.tell,
            cancelled=lambda: left(Cancelled()),
            receiver=context,
        )

    def _ask(
        self,
        why: Undecided | NobodyKnown | ForAnother,
        how: How,
        again: Callable[[How], None],
        leave: Done,
    ) -> None:
        """Ask what is to be known first; the answer opens it again, or leaves it."""
        if isinstance(why, NobodyKnown):
            self.with_person(lambda: again(how))
        elif isinstance(why, ForAnother):
            doubt = Doubt(why.handed, lambda look: again("read" if look else how), leave)
            self._context.whose_doubted.emit(doubt)
        else:
            self._context.choice_wanted.emit(Choice(why.approach, why.company, again, leave))


class BringingUp(QObject):
    """An older project on its way to the present format, while somebody waits for it to open.

    ``begun`` is called with this when there is anything to wait for; ``told`` carries how far it is,
    ``ended`` fires however it ended.
    """

    told = Signal(int, int)
    ended = Signal()

    def __init__(self, begun: Callable[[BringingUp], None]) -> None:
        super().__init__()
        self._begun: Callable[[BringingUp], None] | None = begun
        self.errand: Errand | None = None

    def cancel(self) -> None:
        """Leave the older file as it is, and the project closed."""
        if self.errand is not None:
            self.errand.cancel()

    def tell(self, done: int, total: int | None) -> None:
        """It is so far."""
        begun, self._begun = self._begun, None
        if begun is not None:
            begun(self)
        self.told.emit(done, total or 0)

    def before(self, call: Callable[[T], None]) -> Callable[[T], None]:
        """That it ended, and then ``call``."""

        def ended(outcome: T) -> None:
            self.ended.emit()
            call(outcome)

        return ended
