"""The project that is open: its lane, the person at work, the queues as last read, the desk."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from labeler.app.panels import DeskPanels
from labeler.app.way import Way
from labeler.model.problems import Problem
from labeler.plugins import Plugins
from labeler.store import Person, Project, QueueRow
from labeler.store.handing import Handed
from labeler.work.desk import Desk
from labeler.work.lane import Lane
from labeler.work.media import MediaOpener
from labeler.work.media_roots import MediaRoots
from labeler.work.presence import Here

__all__ = ["Doubt", "ForAnother", "NobodyKnown", "Opened", "ProjectSession", "open_in_lane"]


class NobodyKnown(Exception):
    """The project cannot be opened before somebody says who they are."""


class ForAnother(Exception):
    """The file is a hand-out for another person than the one at work; ``handed`` says whose."""

    def __init__(self, handed: Handed) -> None:
        super().__init__(handed.to)
        self.handed = handed


class Doubt(NamedTuple):
    """A hand-out that is for another person than the one at work: whose it is, what opens it (True: only
    to be read), and what is called where it stays closed."""

    handed: Handed
    go: Callable[[bool], None]
    leave: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a project brings: read in the lane, before anything is shown."""

    lane: Lane
    uid: str
    title: str
    person: Person
    queues: tuple[QueueRow, ...]
    way: Way
    handed: Handed | None = None


def open_in_lane(
    way: Way, handle: str, name: str, agreed: AbstractSet[str] = frozenset()
) -> Opened:
    """Open a project in a lane of its own and sign the person in; waits. Raises Refusal.

    A hand-out says itself whose it is. Where that is another one than ``handle``, ForAnother is raised
    unless its id is one of ``agreed``, then work is signed as theirs, or the person chose only to
    read. Raises NobodyKnown where ``handle`` is empty and the file names nobody.
    """
    lane = Lane(way.open)
    try:
        return lane.call(lambda project: _opened(project, lane, way, handle, name, agreed))
    except BaseException:
        lane.close()
        raise


def _opened(
    project: Project, lane: Lane, way: Way, handle: str, name: str, agreed: AbstractSet[str]
) -> Opened:
    handed = project.handed
    if handed is not None and handed.to and way.how != "read":
        if handle and handle != handed.to and handed.id not in agreed:
            raise ForAnother(handed)
        handle, name = handed.to, name if handle == handed.to else ""
    if not handle:
        raise NobodyKnown
    return Opened(
        lane,
        project.uid.hex(),
        project.title,
        project.sign_in(handle, name),
        tuple(project.queues()),
        way,
        handed,
    )


class ProjectSession:
    """One open project, from open to close. Everything here belongs to the UI thread.

    ``company`` is who else has it open, as last seen. ``told`` is called in the lane's thread, see
    ``Desk``. ``media`` opens its media, in any thread.
    """

    def __init__(
        self,
        opened: Opened,
        plugins: Plugins,
        told: Callable[[float | Problem], None],
        roots: MediaRoots,
    ) -> None:
        self.lane = opened.lane
        self.uid = opened.uid
        self.title = opened.title
        self.person = opened.person
        self.queues = opened.queues
        self.handed = opened.handed
        self.way = opened.way
        self.company: tuple[Here, ...] = ()
        self.panels = DeskPanels(plugins)
        self.media = MediaOpener(self.lane.call, self.uid, self.lane.path, roots)
        self.desk = Desk(self.lane, self.person, self.panels, told)

    @property
    def path(self) -> Path:
        """The project file."""
        return self.lane.path

    @property
    def shared(self) -> Path:
        """The file the person opened: that which a working copy is of, else the one that is open."""
        return self.way.copy.origin if self.way.copy is not None else self.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written to the file."""
        return self.lane.read_only

    def queue(self, name: str) -> QueueRow | None:
        """The queue with this name as last read, or None."""
        return next((one for one in self.queues if one.name == name), None)
