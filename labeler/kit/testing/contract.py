"""The contract of an editor: every claim about one, and the stage it is tried on."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from labeler.api import Value
from labeler.api.manifest import Manifest, read_manifest
from labeler.api.testing import Claim, ContractBroken, Example
from labeler.kit.editor import Editor
from labeler.kit.testing import claims
from labeler.kit.testing.host import RecordingHost, application, defaults_of, task_view

__all__ = ["EditorContract", "Stage"]

_SIZE = (900, 640)


class EditorContract:
    """What an editor promises, told as claims.

    ``manifest`` is the panel's ``panel.toml``, ``package`` the package that relative import strings
    are relative to; ``load`` takes the place of importing by name. ``examples`` are tasks of the
    panel, at least one, best with regions on them. ``host`` makes the host an editor is given, where
    it needs more than ``RecordingHost`` has (media).
    """

    def __init__(
        self,
        manifest: Path,
        package: str = "",
        *,
        examples: Sequence[Example],
        load: Callable[[str], object] | None = None,
        host: Callable[[Manifest], RecordingHost] = RecordingHost,
    ) -> None:
        self._stage = Stage(manifest, package, examples, load, host)

    def claims(self) -> tuple[Claim, ...]:
        """The claims, in the order in which they are best read when they fail."""
        return tuple(
            Claim(check.__name__, partial(_checked, check, self._stage)) for check in claims.ALL
        )

    def run(self) -> None:
        """Check every claim; raises ContractBroken that lists all that do not hold."""
        broken = []
        for claim in self.claims():
            try:
                claim.check()
            except Exception as error:  # noqa: BLE001 - whatever an editor raises breaks its claim
                broken.append(f"{claim}: {type(error).__name__}: {error}")
        if broken:
            raise ContractBroken("\n".join(broken))


class Stage:
    """Where an editor is tried: made, put on a window, shown tasks, and cleared away."""

    def __init__(
        self,
        manifest: Path,
        package: str,
        examples: Sequence[Example],
        load: Callable[[str], object] | None,
        host: Callable[[Manifest], RecordingHost],
    ) -> None:
        if not examples:
            raise ValueError("an editor's contract needs at least one example")
        self._path, self._package = manifest, package
        self._load = load or self._import
        self._host = host
        self.examples = tuple(examples)

    @cached_property
    def manifest(self) -> Manifest:
        """The panel's manifest."""
        return read_manifest(self._path)

    def editor_class(self) -> type[Editor]:
        """The class the manifest names; raises ContractBroken where it names none."""
        text = self.manifest.editor
        if not text:
            raise ContractBroken("the manifest names no editor")
        try:
            cls = self._load(text)
        except (ImportError, AttributeError) as error:
            raise ContractBroken(f"the import string {text!r} leads nowhere: {error}") from error
        if not isinstance(cls, type) or not issubclass(cls, Editor):
            raise ContractBroken(f"{text!r} is no subclass of labeler.kit.editor.Editor")
        return cls

    @contextmanager
    def editor(self) -> Iterator[tuple[Editor, RecordingHost]]:
        """An editor in a window of its own, and its host; both are gone afterwards."""
        application()
        host = self._host(self.manifest)
        editor = self.editor_class()(host)
        tools = editor.tool_widget()
        editor.resize(*_SIZE)
        editor.show()
        settle()
        try:
            yield editor, host
        finally:
            editor.close_task()
            editor.close()
            editor.deleteLater()
            if tools is not None and isValid(tools) and tools.parent() is None:
                tools.deleteLater()
            settle()

    def show(
        self,
        editor: Editor,
        example: Example,
        *,
        value: Value | None = None,
        read_only: bool = False,
        content: bool = True,
    ) -> None:
        """Show an example as the app does, and let it be drawn."""
        editor.show_task(
            task_view(
                example,
                value=value,
                read_only=read_only,
                content=content,
                settings=defaults_of(self.manifest),
            )
        )
        settle()
        editor.grab()

    def _import(self, text: str) -> object:
        module, _, name = text.partition(":")
        if module.startswith("."):
            module = f"{self._package}{module}"
        return getattr(import_module(module), name)


def settle() -> None:
    """Let everything happen that waits for the event loop, deletions too."""
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def widgets_alive() -> int:
    """How many widgets there are, garbage collected first."""
    gc.collect()
    settle()
    return len(QApplication.allWidgets())


def _checked(check: Callable[[Stage], None], stage: Stage) -> None:
    """Check a claim; what an editor raises inside Qt (painting, keys, timers) breaks it too."""
    raised: list[str] = []

    def note(kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        raised.append(f"{kind.__name__}: {error}")

    before = sys.excepthook
    sys.excepthook = note
    try:
        check(stage)
    finally:
        sys.excepthook = before
    if raised:
        raise ContractBroken(f"raised inside Qt: {raised[0]}")
