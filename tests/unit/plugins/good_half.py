"""The Qt-free half of a panel without fault, written into plugin folders by the tests."""

from collections.abc import Iterable, Sequence

from labeler.api import Content, Part, Problem, QueueConfig, Region, Value


class Mark(Region, tag="mark", frozen=True, kw_only=True):
    """A mark."""

    at: int


class Words(Content, frozen=True, kw_only=True):
    """A text."""

    text: str

    def parts(self) -> tuple[Part, ...]:
        return (Part("text", "text", text=self.text),)


class Task:
    region_types: Sequence[type[Region]] = (Mark,)
    content_type = Words

    def summary(self, content: Words) -> str:
        return content.text

    def complete(self, content: Words, value: Value) -> Value:
        return value

    def check(self, content: Words, value: Value, config: QueueConfig) -> Iterable[Problem]:
        return ()

    def distance(self, content: Words, one: Region, other: Region) -> float:
        return 0.0 if one == other else 1.0
