"""The host: the plugins of one run of the program, imported when needed, each behind its guard."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from labeler.api import (
    Codec,
    Content,
    ExportFormat,
    ImportFormat,
    PanelTask,
    Part,
    Problem,
    QueueConfig,
    Refusal,
    Value,
    nearest,
)
from labeler.api.manifest import FormatEntry, offers
from labeler.api.panel import checked_half
from labeler.assets import brand
from labeler.model.checks import value_problems
from labeler.model.json import UNREADABLE
from labeler.model.queue import fault_of
from labeler.plugins.discover import Discovery, Found, discover
from labeler.plugins.guard import Guard, Outcome
from labeler.plugins.guests import (
    GuardedCodec,
    GuardedReader,
    GuardedTask,
    GuardedWriter,
)
from labeler.plugins.imports import forget, load

__all__ = ["FOLDERS_VARIABLE", "Plugins", "State", "plugin_folders"]

FOLDERS_VARIABLE = f"{__name__.partition('.')[0].upper()}_PLUGINS"
"""Folders of plugins in place of the person's own, separated as in ``PATH``."""

State = Literal["found", "loaded", "failed", "disabled"]
"""Found: nothing of it has been imported yet. Failed: its Qt-free half cannot be imported."""


def plugin_folders(environ: Mapping[str, str] = os.environ) -> list[Path]:
    """Where plugins of the vendor and of the person lie, in this order."""
    from platformdirs import user_data_path  # 12 ms to load

    told = environ.get(FOLDERS_VARIABLE, "")
    persons = [Path(one) for one in told.split(os.pathsep) if one]
    vendors = brand().vendor_plugins
    return [
        *([vendors] if vendors is not None else []),
        *(persons or [user_data_path(brand().id, appauthor=False) / "plugins"]),
    ]


class Plugins:
    """What the program asks plugins through; safe to use from any thread.

    ``log_dir`` is where each plugin's own log goes; ``disabled`` are the ids of plugins a person has
    switched off: they are known by their manifests, and none of their code is run.
    """

    def __init__(
        self, discovery: Discovery, log_dir: Path, *, disabled: Collection[str] = ()
    ) -> None:
        self.discovery = discovery
        self._found = {found.id: found for found in discovery.found}
        self._lock = threading.RLock()
        self._tasks: dict[str, Outcome[GuardedTask]] = {}
        self._codecs: dict[str, Codec] = {}
        self._guards = {
            found.id: Guard(found.id, log_dir, place=found.place, versions=found.manifest.version)
            for found in discovery.found
        }
        for plugin in disabled:
            if plugin in self._guards:
                self._guards[plugin].disable()

    @classmethod
    def load(cls, *, safe_mode: bool = False, disabled: Collection[str] = ()) -> Plugins:
        """Those of this installation: ours, installed ones, the vendor's folder, the person's.

        ``safe_mode`` knows ours only. Nothing is imported.
        """
        from platformdirs import user_log_path  # 12 ms to load

        discovery = discover([] if safe_mode else plugin_folders(), safe_mode=safe_mode)
        logs = user_log_path(brand().id, appauthor=False) / "plugins"
        return cls(discovery, logs, disabled=disabled)

    def panels(self) -> tuple[Found, ...]:
        """Every plugin that was found, in the order of its source."""
        return self.discovery.found

    def panel(self, panel_id: str) -> Found | None:
        """The plugin with this id, or None."""
        return self._found.get(panel_id)

    def state(self, panel_id: str) -> State:
        """How far the plugin has got; raises Refusal ``plugin_missing``."""
        if self.guard(panel_id).disabled:
            return "disabled"
        outcome = self._tasks.get(panel_id)
        if outcome is None:
            return "found"
        return "loaded" if outcome.ok else "failed"

    def guard(self, panel_id: str) -> Guard:
        """The guard of this plugin; raises Refusal ``plugin_missing``."""
        guard = self._guards.get(panel_id)
        if guard is None:
            raise Refusal.of("plugin_missing", panel=panel_id)
        return guard

    def retry(self, panel_id: str) -> None:
        """Give a plugin another chance: enable it and import it anew when it is next needed."""
        guard = self.guard(panel_id)
        with self._lock:
            guard.enable()
            self._tasks.pop(panel_id, None)
            self._codecs.pop(panel_id, None)
            forget(self._found[panel_id])

    def task(self, panel_id: str) -> PanelTask:
        """The plugin's Qt-free half, imported at first use, behind its guard.

        Raises Refusal ``plugin_missing`` where no plugin has this id, ``plugin_failed`` where its
        half cannot be imported or is none.
        """
        guard = self.guard(panel_id)
        outcome = self._tasks.get(panel_id)
        if outcome is not None and not guard.disabled:
            return outcome.get()
        with self._lock:
            outcome = self._tasks.get(panel_id)
            if outcome is None or guard.disabled:
                outcome = guard.call("load", self._load_task, self._found[panel_id], guard)
                if not guard.disabled:
                    self._tasks[panel_id] = outcome
        return outcome.get()

    def _load_task(self, found: Found, guard: Guard) -> GuardedTask:
        cls = load(found, found.manifest.task)
        if not callable(cls):
            raise TypeError(f"{found.manifest.task!r} is no class")
        return GuardedTask(checked_half(cls()), guard)

    def codec(self, panel_id: str) -> Codec:
        """What reads and writes the panel's regions.

        Where no plugin brings the panel, or it cannot be loaded, every region is opaque: kept byte
        for byte and shown as a locked row. Raises nothing.
        """
        codec = self._codecs.get(panel_id)
        if codec is not None:
            return codec
        with self._lock:
            codec = self._codecs.get(panel_id)
            if codec is None:
                try:
                    types = self.task(panel_id).region_types
                except Refusal:  # said by the guard already, or nobody brings the panel
                    return Codec({})
                named = {one.type_name(): one for one in types}
                codec = GuardedCodec(named, self._guards[panel_id])
                self._codecs[panel_id] = codec
        return codec

    def content_decoder(self, panel_id: str) -> Callable[[bytes], Content | None]:
        """What reads the panel's content; where no plugin brings the panel it gives None.

        The decoder raises Refusal ``content_invalid`` with the path of what is wrong, or
        ``plugin_failed``; this method does where the plugin cannot be loaded.
        """
        if panel_id not in self._found:
            return lambda _raw: None
        guard = self.guard(panel_id)
        decoder = msgspec.json.Decoder(self.task(panel_id).content_type)

        def decode(raw: bytes) -> Content:
            try:
                return guard.call("read content", decoder.decode, raw, passes=UNREADABLE).get()
            except UNREADABLE as error:
                place, reason = fault_of(error)
                where = f"content{place}"
                raise Refusal(Problem("content_invalid", where, {"reason": reason})) from None

        return decode

    def parts(self, panel_id: str, content: Content | None) -> tuple[Part, ...]:
        """The content's parts, none where there is no content; raises Refusal ``plugin_failed``."""
        if content is None:
            return ()
        return self.guard(panel_id).call("parts", lambda: tuple(content.parts())).get()

    def read_value(
        self,
        panel_id: str,
        raw: bytes,
        *,
        key: str,
        content: Content | None,
        where: str = "",
        kept: Mapping[str, bytes] | None = None,
    ) -> Value:
        """A value from outside, with what follows from the content filled in.

        ``key`` is the task's, ``kept`` the JSON of regions the annotation has already, by id: those
        of an unknown type may be among the new ones unchanged. Raises Refusal with the path of what
        is wrong.
        """
        codec = self.codec(panel_id)
        if panel_id not in self._found:
            return codec.read(raw, key, where, kept)
        guard = self.guard(panel_id)
        outcome = guard.call("read a value", codec.read, raw, key, where, kept, passes=(Refusal,))
        value = outcome.get()
        return value if content is None else self.task(panel_id).complete(content, value)

    def problems(
        self, panel_id: str, content: Content | None, value: Value, config: QueueConfig
    ) -> tuple[Problem, ...]:
        """Everything wrong with the value: what the core finds and what the panel finds.

        Never raises: a guest that fails is one more problem. Without content, or where no plugin
        brings the panel, only the core looks, and it says nothing about parts.
        """
        if panel_id not in self._found:
            return tuple(value_problems(value, config, None))
        try:
            parts = None if content is None else self.parts(panel_id, content)
            guard = self.guard(panel_id)
            found = guard.call("check", lambda: tuple(value_problems(value, config, parts))).get()
            if content is None:
                return found
            return (*found, *self.task(panel_id).check(content, value, config))
        except Refusal as refusal:
            return (refusal.problem,)

    def formats(self, panel: str | None = None) -> tuple[FormatEntry, ...]:
        """The formats of one panel, or of all; ``native`` is not among them, it is the house's."""
        return tuple(
            entry
            for found in self.discovery.found
            if panel is None or found.id == panel
            for entry in found.manifest.formats
        )

    def format(self, format_id: str, panel: str | None = None) -> FormatEntry:
        """The format with this id.

        Raises Refusal ``format_unknown``; ``format_double`` where several panels have one and
        ``panel`` does not say which is meant.
        """
        known = self.formats(panel)
        entries = [entry for entry in known if entry.id == format_id]
        if not entries:
            hint = nearest(format_id, [entry.id for entry in known])
            raise Refusal.of("format_unknown", format=format_id, hint=hint)
        if len(entries) > 1:
            panels = ", ".join(entry.panel for entry in entries)
            raise Refusal.of("format_double", format=format_id, panels=panels)
        return entries[0]

    def reader(self, entry: FormatEntry) -> ImportFormat:
        """The format's reader; raises Refusal ``format_direction`` or ``plugin_failed``."""
        if not entry.import_:
            raise Refusal.of("format_direction", format=entry.id, direction="import")
        guard = self.guard(entry.panel)
        return guard.call("load a format", self._load_reader, entry, guard).get()

    def writer(self, entry: FormatEntry) -> ExportFormat:
        """The format's writer; raises Refusal ``format_direction`` or ``plugin_failed``."""
        if not entry.export:
            raise Refusal.of("format_direction", format=entry.id, direction="export")
        guard = self.guard(entry.panel)
        return guard.call("load a format", self._load_writer, entry, guard).get()

    def _load_reader(self, entry: FormatEntry, guard: Guard) -> GuardedReader:
        reader = self._format_object(entry)
        if not isinstance(reader, ImportFormat):
            raise TypeError(f"{entry.code!r} is no ImportFormat: it has no read")
        return GuardedReader(reader, guard, entry.id)

    def _load_writer(self, entry: FormatEntry, guard: Guard) -> GuardedWriter:
        writer = self._format_object(entry)
        if not isinstance(writer, ExportFormat):
            raise TypeError(f"{entry.code!r} is no ExportFormat: it has no write or no holds_one")
        return GuardedWriter(writer, guard, entry.id)

    def _format_object(self, entry: FormatEntry) -> object:
        cls = load(self._found[entry.panel], entry.code)
        if not callable(cls):
            raise TypeError(f"{entry.code!r} is no class")
        return cls()

    def editor_class(self, panel_id: str, kit_version: str) -> type:
        """The class of the plugin's editor, imported now; only a program with windows may ask.

        ``kit_version`` is that of the kit at hand. Raises Refusal ``plugin_missing``,
        ``plugin_no_editor``, ``plugin_kit`` or ``plugin_failed``. What is made of the class is the
        caller's to guard.
        """
        guard = self.guard(panel_id)
        manifest = self._found[panel_id].manifest
        if not manifest.editor:
            raise Refusal.of("plugin_no_editor", panel=panel_id)
        if not offers(kit_version, manifest.kit):
            wanted = ", ".join(manifest.kit)
            raise Refusal.of("plugin_kit", panel_id, wanted=wanted, offered=kit_version)

        def load_class() -> type:
            cls = load(self._found[panel_id], manifest.editor)
            if not isinstance(cls, type):
                raise TypeError(f"{manifest.editor!r} is no class")
            return cls

        return guard.call("load the editor", load_class).get()
