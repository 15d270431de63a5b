"""The Qt-free half of a panel: its types, its checks and its words for a task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, runtime_checkable

from labeler.model.content import Content
from labeler.model.problems import Problem
from labeler.model.queue import QueueConfig
from labeler.model.regions import Region
from labeler.model.value import Value

__all__ = ["PanelTask", "checked_half", "shuffled_kinds"]


@runtime_checkable
class PanelTask(Protocol):
    """What the core and the command line need of a panel; made with no arguments, keeps no state.

    Loaded by the manifest's ``task`` import string. None of its methods may change its arguments.

    A half may have an attribute ``shuffled``: the kinds of part (``("response",)``) that each person
    is shown in an order of their own, where the queue's policy does not turn that off. The order is
    in the annotation's context; values never depend on it.
    """

    @property
    def region_types(self) -> Sequence[type[Region]]:
        """The region types the panel makes; the first is meant where JSON names none."""

    @property
    def content_type(self) -> type[Content]:
        """The type of the content its tasks show."""

    def summary(self, content: Content) -> str:
        """One line that tells this task from others in a table; at most about 200 characters."""

    def complete(self, content: Content, value: Value) -> Value:
        """The value with the fields that follow from the content filled in (a span's text).

        Called on values from outside and before a submit. Returns ``value`` itself where nothing
        was missing.
        """

    def check(self, content: Content, value: Value, config: QueueConfig) -> Iterable[Problem]:
        """What is wrong between value and content that the core cannot know (a span past the end).

        ``where`` is the path inside the value (``regions[3].end``). Never raises.
        """

    def distance(self, content: Content, one: Region, other: Region) -> float:
        """How unlike two regions are: 0 equal, 1 nothing in common; symmetric."""


def shuffled_kinds(task: object) -> tuple[str, ...]:
    """The kinds of part that the half wants shuffled; raises TypeError where they are no kinds."""
    kinds: Any = getattr(task, "shuffled", ())
    if isinstance(kinds, str) or not isinstance(kinds, Sequence):
        raise TypeError(f"shuffled is a sequence of kinds of part, not {kinds!r}")
    if not all(isinstance(kind, str) and kind for kind in kinds):
        raise TypeError(f"{kinds!r} in shuffled names no kinds of part")
    return tuple(kinds)


def checked_half(task: object) -> PanelTask:
    """The object as the Qt-free half of a panel; raises TypeError with what it lacks."""
    if not isinstance(task, PanelTask):
        missing = [name for name in _METHODS if not hasattr(task, name)]
        raise TypeError(f"{type(task).__name__} is no PanelTask: it has no {', '.join(missing)}")
    content: object = task.content_type
    if not (isinstance(content, type) and issubclass(content, Content)):
        raise TypeError("content_type is no subclass of Content")
    types: Sequence[object] = task.region_types
    names: set[str] = set()
    for one in types:
        if not (isinstance(one, type) and issubclass(one, Region)):
            raise TypeError(f"{one!r} in region_types is no subclass of Region")
        name = one.type_name()
        if name == one.__name__:
            raise TypeError(f"the region type {name} has no tag: class {name}(Region, tag='…')")
        if name in names:
            raise TypeError(f"two region types have the tag {name!r}")
        names.add(name)
    shuffled_kinds(task)
    return task


_METHODS = ("region_types", "content_type", "summary", "complete", "check", "distance")
