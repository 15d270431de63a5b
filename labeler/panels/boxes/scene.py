"""What the commands see of the editor: the surface, the value, what is chosen and proposed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from labeler.api import Region, Value
from labeler.kit.canvas import CanvasSurface, Minimap
from labeler.kit.editor import EditorHost
from labeler.panels.boxes.proposals import Proposal

__all__ = ["Scene"]


class Scene(Protocol):
    """The editor, as far as commands need it."""

    surface: CanvasSurface
    host: EditorHost

    @property
    def minimap(self) -> Minimap:
        """The overview in the corner."""

    @property
    def value(self) -> Value:
        """The value on screen."""

    @property
    def may_edit(self) -> bool:
        """Whether there is a picture and its regions may be changed."""

    @property
    def label(self) -> str | None:
        """The label in hand: what the next box gets."""

    @property
    def open(self) -> Sequence[Proposal]:
        """What is proposed and not yet decided."""

    @property
    def rejected(self) -> Collection[str]:
        """Ids of the proposals put away."""

    @property
    def least(self) -> float:
        """The score from which proposals are shown."""

    @property
    def locked(self) -> Collection[str]:
        """Ids of the regions locked."""

    @property
    def hidden(self) -> Collection[str]:
        """Ids of the regions hidden."""

    @property
    def all_hidden(self) -> bool:
        """Whether no region is drawn at all."""

    def label_name(self, label_id: str | None) -> str:
        """What a label is called."""

    def fits(self, label_id: str | None, region: Region) -> bool:
        """Whether a label is for regions of this type."""

    def take_label(self, label_id: str | None) -> None:
        """Take a label into the hand."""

    def commit(self, value: Value, label: str, key: str = "") -> None:
        """Show a value of one's own making and emit it."""

    def choose_regions(self, ids: Sequence[str]) -> None:
        """Choose shapes, of regions or proposals, as a hand does."""

    def reject(self, ids: Collection[str]) -> None:
        """Put proposals away."""

    def recall(self) -> None:
        """Show the rejected ones again."""

    def set_least(self, least: float) -> None:
        """Show proposals from this score on."""

    def set_locked(self, ids: Collection[str], locked: bool) -> None:
        """Lock regions, or unlock them."""

    def set_hidden(self, ids: Collection[str], hidden: bool) -> None:
        """Hide regions, or show them."""

    def set_all_hidden(self, hidden: bool) -> None:
        """Draw no region at all, or all that are not hidden one by one."""

    def set_tool(self, tool: str) -> None:
        """Take a tool into the hand: ``draw`` or ``select``."""

    def set_all_tags(self, shown: bool) -> None:
        """Show every tag, or those of large regions."""

    def set_minimap(self, shown: bool) -> None:
        """Show the overview where part of the image is out of sight, or never."""

    def chosen_own(self) -> list[str]:
        """Ids of the chosen regions that are the value's, in the order they were chosen."""

    def chosen_open(self) -> list[Proposal]:
        """The chosen proposals."""

    def region(self, ident: str) -> Region | None:
        """One of the value's regions."""

    def in_order(self) -> list[str]:
        """Ids of all shapes that have a place, those of proposals last."""

    def regions_named(self) -> Sequence[Region]:
        """The value's regions that are chosen, in the value's order."""
