"""The panel under test: its manifest, its half and what it is tried with, loaded when first needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from labeler.api.manifest import FormatEntry, Manifest, read_manifest
from labeler.api.panel import PanelTask, checked_half
from labeler.api.testing.claims import ContractBroken
from labeler.api.testing.examples import Example, read_examples
from labeler.api.testing.specimens import NoSpecimen, sound_regions, specimens
from labeler.model.codec import Codec
from labeler.model.content import Content, MediaRef
from labeler.model.regions import Region
from labeler.model.value import Value

__all__ = ["Examples", "Load", "OpenMedium", "Subject"]

_SPECIMENS = 40
_SOUND = 12

Load = Callable[[str], object]
Examples = Sequence[Example] | bytes
OpenMedium = Callable[[MediaRef], BinaryIO]
S = TypeVar("S", bound=msgspec.Struct)


class Subject:
    """What claims are made about; every property raises ContractBroken where it cannot be had."""

    def __init__(
        self,
        manifest: Path,
        package: str,
        examples: Examples,
        load: Load | None,
        open_medium: OpenMedium | None = None,
    ) -> None:
        self.open_medium = open_medium
        self.path = manifest
        self.package = package
        self._examples = examples
        self._load = load or self._import

    def _import(self, text: str) -> object:
        module, _, name = text.partition(":")
        if module.startswith("."):
            module = f"{self.package}{module}"
        return getattr(import_module(module), name)

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest; raises Refusal with what is wrong in it."""
        return read_manifest(self.path)

    def make(self, text: str) -> object:
        """An instance of the class an import string names."""
        try:
            cls = self._load(text)
        except (ImportError, AttributeError) as error:
            raise ContractBroken(f"the import string {text!r} leads nowhere: {error}") from error
        if not isinstance(cls, type):
            raise ContractBroken(f"the import string {text!r} names no class")
        return cls()

    @cached_property
    def task(self) -> PanelTask:
        """The Qt-free half."""
        try:
            return checked_half(self.make(self.manifest.task))
        except TypeError as error:
            raise ContractBroken(str(error)) from error

    @cached_property
    def codec(self) -> Codec:
        """What reads and writes its regions."""
        return Codec({cls.type_name(): cls for cls in self.task.region_types})

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """Regions of each of its types as the types allow them, sound or not, and those of examples."""
        made: list[Region] = []
        for cls in self.task.region_types:
            made += _or_broken(cls, _SPECIMENS)
        numbered = [
            msgspec.structs.replace(one, id=f"made-{number}") for number, one in enumerate(made)
        ]
        return (*numbered, *(region for one in self.examples for region in one.value.regions))

    @cached_property
    def sound(self) -> tuple[Region, ...]:
        """Regions without a fault of their own, of each type that any were found of."""
        made: list[Region] = []
        for cls in self.task.region_types:
            made += sound_regions(cls, _SOUND)
        return (*made, *(region for one in self.examples for region in one.value.regions))

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """The examples handed in, or none; raises Refusal or DecodeError where they are none."""
        if isinstance(self._examples, bytes):
            return read_examples(self._examples, self.task)
        return tuple(self._examples)

    @cached_property
    def contents(self) -> tuple[Content, ...]:
        """Contents: those of the examples and some made from the type alone."""
        made = _or_broken(self.task.content_type, _SOUND)
        return (*(example.content for example in self.examples), *made)

    @cached_property
    def pairs(self) -> tuple[tuple[Content, Value], ...]:
        """Contents with values on them: the examples, and others that need not fit at all."""
        wild = [
            (content, Value(self.regions[number :: len(self.contents)][:9]))
            for number, content in enumerate(self.contents)
        ]
        return (*((one.content, one.value) for one in self.examples), *wild)

    def format_object(self, entry: FormatEntry) -> object:
        """The object behind a format of the manifest."""
        return self.make(entry.code)


def _or_broken(cls: type[S], count: int) -> list[S]:
    try:
        return specimens(cls, count)
    except NoSpecimen as error:
        raise ContractBroken(str(error)) from error
