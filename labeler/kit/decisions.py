"""Deciding about what models propose: accepted one by one or all, rejected, shown again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication

from labeler.api import Value
from labeler.kit.command_table import CommandEntry
from labeler.kit.editor import CanRun

__all__ = ["Accept", "Decisions", "OpenScene", "Proposal"]

tr = QCoreApplication.translate


class Proposal(Protocol):
    """One thing a model proposes; its ``id`` is that of what is drawn for it."""

    @property
    def id(self) -> str:
        """What it is known by while it is open."""


P = TypeVar("P", bound=Proposal)
P_co = TypeVar("P_co", bound=Proposal, covariant=True)

Accept = Callable[[Sequence[P], str | None], tuple[Value, Sequence[str]]]
"""From proposals and a label that overrules theirs (None: theirs) to the value with them taken over,
the identical one where nothing is new, and the ids of what is new."""


class OpenScene(Protocol[P_co]):
    """What decisions see of an editor."""

    @property
    def value(self) -> Value:
        """The value on screen."""

    @property
    def may_edit(self) -> bool:
        """Whether the value may be changed."""

    @property
    def open(self) -> Sequence[P_co]:
        """What is proposed and not yet decided, in the order it is walked through."""

    @property
    def rejected(self) -> Collection[str]:
        """Ids of what was put away."""

    def chosen_open(self) -> Sequence[P_co]:
        """What is chosen of the proposals."""

    def commit(self, value: Value, label: str, key: str = "") -> None:
        """Show a value of one's own making and emit it."""

    def choose_regions(self, ids: Sequence[str]) -> None:
        """Choose what is drawn for these ids, of regions or proposals, as a hand does."""

    def reject(self, ids: Collection[str]) -> None:
        """Put proposals away until they are called back."""

    def recall(self) -> None:
        """Show again what was put away."""


class Decisions(Generic[P]):
    """The four commands about predictions, and what taking one over means in a panel.

    In every panel a decision is about what is chosen of the proposals, and where nothing is chosen
    about the first of them; the next is chosen then. All are accepted by "accept all" alone.
    """

    def __init__(self, scene: OpenScene[P], accept: Accept[P]) -> None:
        self._scene = scene
        self._accept = accept

    def entries(self, panel: str) -> dict[str, CommandEntry]:
        """The commands ``panel.accept``, ``.accept_all``, ``.reject`` and ``.recall``."""
        return {
            f"{panel}.accept": (self.accept, self.can_decide),
            f"{panel}.accept_all": (self.accept_all, self.can_decide),
            f"{panel}.reject": (self.reject, self.can_decide),
            f"{panel}.recall": (self.recall, self.can_recall),
        }

    def accept(self) -> None:
        """Take over what the decision is about."""
        self.take_over(self._decided())

    def accept_all(self) -> None:
        """Take over all that is open."""
        self.take_over(self._scene.open)

    def take_over(self, taken: Sequence[P], label: str | None = None) -> None:
        """Take proposals over, under another label where one is given, and go on to the next."""
        scene = self._scene
        following = self._after(taken)
        value, new = self._accept(taken, label)
        if value is not scene.value:
            if len(taken) == 1:
                scene.commit(value, tr("Predictions", "Accept prediction"))
            else:
                scene.commit(value, tr("Predictions", "Accept predictions"))
        scene.choose_regions([following] if following else new[-1:])

    def reject(self) -> None:
        """Put away what the decision is about and go on to the next."""
        gone = self._decided()
        following = self._after(gone)
        self._scene.reject([one.id for one in gone])
        self._scene.choose_regions([following] if following else [])

    def recall(self) -> None:
        """Show again what was put away."""
        self._scene.recall()

    def can_decide(self) -> CanRun:
        """Whether there is something to decide about."""
        if not self._scene.may_edit:
            return CanRun(False, tr("Predictions", "The task is read only"))
        if not self._scene.open:
            return CanRun(False, tr("Predictions", "There is no prediction"))
        return CanRun(True)

    def can_recall(self) -> CanRun:
        """Whether anything was put away."""
        if not self._scene.rejected:
            return CanRun(False, tr("Predictions", "No prediction was rejected"))
        return CanRun(True)

    def _decided(self) -> list[P]:
        return list(self._scene.chosen_open()) or list(self._scene.open[:1])

    def _after(self, decided: Sequence[P]) -> str | None:
        """The next open one after these, from the first again after the last; None after all.

        So a row of them goes key by key, wherever it was begun.
        """
        gone = {one.id for one in decided}
        order = [one.id for one in self._scene.open]
        last = max((order.index(one) for one in gone if one in order), default=-1)
        return next((one for one in order[last + 1 :] + order if one not in gone), None)
