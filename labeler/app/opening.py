"""What happens on the way into a project: a person is asked something, or waits for an older one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from labeler.app.errands import Cancelled, Errand
from labeler.app.session import Doubt, ForAnother, NobodyKnown
from labeler.app.way import Choice, How, Undecided

if TYPE_CHECKING:
    from labeler.app.context import AppContext

__all__ = ["QUESTIONS", "BringingUp", "ask"]

T = TypeVar("T")

QUESTIONS = (Undecided, NobodyKnown, ForAnother)
"""What opening a project raises where the person is to be asked first."""


def ask(
    context: AppContext,
    error: BaseException,
    again: Callable[[How | None], None],
    tell: Callable[[BaseException], None],
) -> None:
    """Put one of QUESTIONS to the person; ``again`` opens anew, as was chosen or as before.

    ``tell`` gets Cancelled where they leave it.
    """
    if isinstance(error, NobodyKnown):
        context.with_person(lambda: again(None))
    elif isinstance(error, ForAnother):
        doubt = Doubt(
            error.handed,
            lambda look: again("read" if look else None),
            lambda: tell(Cancelled()),
        )
        context.whose_doubted.emit(doubt)
    elif isinstance(error, Undecided):
        choice = Choice(error.approach, error.company, again, lambda: tell(Cancelled()))
        context.choice_wanted.emit(choice)


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
