"""The way from a path to an open project: off the UI thread, and past whatever is to be asked first.

Who is at work, how a file that lies where it should not be edited is to be opened, and whether to work
in a hand-out for somebody else: each is asked once, and opening goes on with the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from labeler.app.errands import Cancelled, Told
from labeler.app.session import Doubt, ForAnother, NobodyKnown, Opened, open_in_lane
from labeler.app.way import Choice, How, Undecided, find_way

if TYPE_CHECKING:
    from labeler.app.context import AppContext

__all__ = ["Opening"]

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

    def open(self, path: Path, how: How, done: Done | None, failed: Failed | None) -> None:
        """Open a project: ``AppContext.open_project``."""
        context = self._context
        values = context.settings.values
        login, agreed = values.person, frozenset(values.handed)
        known = any(one.path == str(path.absolute()) for one in values.recent)
        self._ticket += 1
        ticket = self._ticket

        def work(_told: Told) -> Opened:
            if not known:
                context.look_first(path)  # it may be a stranger's
            way = find_way(path, how, context.copies, context.place_of)
            return open_in_lane(way, login.handle, login.name, agreed)

        def opened(found: Opened) -> None:
            if ticket != self._ticket:
                found.lane.close()
                return
            context.take(found)
            if done is not None:
                done()

        def again(way: How) -> None:
            self.open(path, way, done, failed)

        def refused(error: BaseException) -> None:
            tell = failed or context.fail
            if not isinstance(error, (Undecided, NobodyKnown, ForAnother)):
                tell(error)
            elif ticket != self._ticket:
                return  # another project was asked for meanwhile
            else:
                self._ask(error, how, again, lambda: tell(Cancelled()))

        context.background(work, opened, refused, receiver=context)

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
