"""The manifest of a plugin: what ``panel.toml`` may say, read as data; no code of it is run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from labeler.api.keys import key_fault
from labeler.model.commands import Command
from labeler.model.problems import Problem, Refusal, nearest
from labeler.model.queue import fault_of

__all__ = [
    "ENTRY_POINT_GROUP",
    "MANIFEST_FILE",
    "FormatEntry",
    "Manifest",
    "SettingEntry",
    "offers",
    "read_manifest",
]

MANIFEST_FILE = "panel.toml"
ENTRY_POINT_GROUP = "labeler.panels"
LARGEST_MANIFEST = 1 << 20
"""Bytes; nobody writes a manifest of a megabyte."""

RESERVED_IDS = frozenset({"app", "data", "home", "project", "quality", "review", "work"})
"""What the ids of the app's own commands begin with."""

_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_COMMAND_TAIL = re.compile(r"[a-z0-9][a-z0-9_.-]{0,127}")
_VERSION_PAIR = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")
_IMPORT = re.compile(r"\.?[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*")
_EXTENSION = re.compile(r"(\.[a-z0-9_+-]+)+")

Faults = Iterator[tuple[str, str]]
"""Pairs (path below the manifest, what is wrong)."""


class SettingEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One setting of a plugin: a row of its settings page. ``key`` begins with the plugin's id.

    ``minimum`` and ``maximum`` bound an ``int`` or ``float``, ``choices`` are for a ``choice``.
    """

    key: str
    kind: Literal["bool", "int", "float", "text", "choice"]
    default: bool | int | float | str
    title: str
    help: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None

    def fault(self, value: object) -> str | None:
        """What is wrong with a value of this setting, or None."""
        kinds: dict[str, tuple[type, ...]] = {
            "bool": (bool,),
            "int": (int,),
            "float": (int, float),
            "text": (str,),
            "choice": (str,),
        }
        if not isinstance(value, kinds[self.kind]) or (
            isinstance(value, bool) and self.kind != "bool"
        ):
            return f"{value!r} is no value of kind {self.kind!r}"
        if self.kind == "choice" and value not in self.choices:
            return f"{value!r} is none of the choices{nearest(str(value), self.choices)}"
        if isinstance(value, (int, float)):
            if self.minimum is not None and value < self.minimum:
                return f"{value:g} is below {self.minimum:g}"
            if self.maximum is not None and value > self.maximum:
                return f"{value:g} is above {self.maximum:g}"
        return None


class FormatEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One format of a panel. ``panel`` is filled in from the manifest's id.

    ``code`` is the import string of its class; ``holds_one`` says that a file has room for one
    annotation a task; ``loses`` names what an export cannot hold (see ``labeler.api.testing``).
    """

    id: str
    title: str
    extensions: tuple[str, ...] = ()
    code: str
    import_: bool = msgspec.field(default=False, name="import")
    export: bool = False
    holds_one: bool = False
    loses: tuple[str, ...] = ()
    panel: str = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a plugin says of itself.

    ``api`` and ``kit`` are the versions of the two doors it works with (``"0.1"``); ``task`` and
    ``editor`` are import strings: ``package.module:Name``, or ``.module:Name`` beside the manifest.
    ``unseen`` names fields of the content that are on no screen, not even where the panel is turned
    off and the content is shown as it is stored.
    """

    id: str
    name: str
    version: str
    api: tuple[str, ...]
    kit: tuple[str, ...] = ()
    description: str = ""
    media: tuple[Literal["text", "image", "audio", "video"], ...] = ()
    unseen: tuple[str, ...] = ()
    icon: str = ""
    task: str
    editor: str = ""
    commands: tuple[Command, ...] = msgspec.field(default=(), name="command")
    settings: tuple[SettingEntry, ...] = msgspec.field(default=(), name="setting")
    formats: tuple[FormatEntry, ...] = msgspec.field(default=(), name="format")


_TABLES: dict[str, type[msgspec.Struct]] = {
    "command": Command,
    "setting": SettingEntry,
    "format": FormatEntry,
}
_NOT_WRITTEN = frozenset({"panel"})


def offers(offered: str, wanted: Iterable[str]) -> bool:
    """Whether a door of version ``offered`` serves a plugin made for one of the ``wanted``.

    While the major is 0 only the same major.minor does; later a door serves every older minor of
    its own major.
    """
    major, minor = (int(part) for part in offered.split("."))
    for one in wanted:
        wanted_major, wanted_minor = (int(part) for part in one.split("."))
        if wanted_major == major and (
            wanted_minor == minor or (major > 0 and wanted_minor < minor)
        ):
            return True
    return False


def read_manifest(source: Path | bytes, where: str = "") -> Manifest:
    """The manifest in a file or in its bytes.

    ``where`` names it in messages (a file's path is taken where it is left out). Raises Refusal
    ``plugin_invalid`` with the path of what is wrong (``panel.toml: command[0].keys[1]``); a key it
    does not know is wrong. Whether its versions suit this program is not looked at.
    """
    place = where or (str(source) if isinstance(source, Path) else MANIFEST_FILE)
    raw = source if isinstance(source, bytes) else _bytes_of(source, place)
    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _refusal(place, f"the file is not UTF-8, see byte {error.start}") from None
    except tomllib.TOMLDecodeError as error:
        raise _refusal(place, f"not TOML: {_lowered(str(error))}") from None
    except RecursionError:
        raise _refusal(place, "not a manifest: the tables are nested too deeply") from None
    for path, reason in _unknown_keys(table):
        raise _refusal(f"{place}: {path}", reason)
    try:
        manifest = msgspec.convert(table, Manifest)
    except msgspec.ValidationError as error:
        path, reason = fault_of(error)
        path = path.lstrip(".")
        raise _refusal(f"{place}: {path}" if path else place, reason) from None
    for path, reason in _faults(manifest):
        raise _refusal(f"{place}: {path}", reason)
    formats = tuple(msgspec.structs.replace(entry, panel=manifest.id) for entry in manifest.formats)
    return msgspec.structs.replace(manifest, formats=formats)


def _refusal(where: str, reason: str) -> Refusal:
    return Refusal(Problem("plugin_invalid", where, {"reason": reason}))


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _bytes_of(path: Path, place: str) -> bytes:
    try:
        if not path.is_file():  # a named pipe would be waited for without end
            raise _refusal(place, "it is no file" if path.exists() else "there is no such file")
        with path.open("rb") as file:
            raw = file.read(LARGEST_MANIFEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _refusal(place, f"the file cannot be read: {_lowered(reason)}") from None
    if len(raw) > LARGEST_MANIFEST:
        raise _refusal(place, "the file is larger than a megabyte")
    return raw


def _written(cls: type[msgspec.Struct]) -> list[str]:
    return [name for name in cls.__struct_encode_fields__ if name not in _NOT_WRITTEN]


def _unknown_keys(table: Mapping[str, Any]) -> Faults:
    known = _written(Manifest)
    for key in table:
        if key not in known:
            yield _path_of(key), _unknown(key, known)
    for name, cls in _TABLES.items():
        rows, known = table.get(name), _written(cls)
        if not isinstance(rows, list):  # msgspec says what it should have been
            continue
        for number, row in enumerate(rows):
            for key in row if isinstance(row, dict) else ():
                if key not in known:
                    yield f"{name}[{number}].{_path_of(key)}", _unknown(key, known)


def _path_of(key: str) -> str:
    return key if re.fullmatch(r"[\w-]+", key) else repr(key)


def _unknown(key: str, known: Iterable[str]) -> str:
    return f"there is no key {key!r}{nearest(key, known)}"


def _faults(manifest: Manifest) -> Faults:
    if not _ID.fullmatch(manifest.id):
        yield "id", f"{manifest.id!r} is no id: small letters, digits, - and _, a letter first"
    if manifest.id in RESERVED_IDS:
        yield "id", f"{manifest.id!r} is what the app's own commands begin with"
    for field in ("name", "version"):
        if not getattr(manifest, field).strip():
            yield field, "it must not be empty"
    for field in ("api", "kit"):
        for number, version in enumerate(getattr(manifest, field)):
            if not _VERSION_PAIR.fullmatch(version):
                yield f"{field}[{number}]", f"{version!r} is no version like '1.0'"
    if not manifest.api:
        yield "api", "name at least one version"
    if manifest.editor and not manifest.kit:
        yield "kit", "a plugin with an editor names the versions of the kit it works with"
    yield from _import_fault("task", manifest.task)
    if manifest.editor:
        yield from _import_fault("editor", manifest.editor)
    yield from _command_faults(manifest)
    yield from _setting_faults(manifest)
    yield from _format_faults(manifest)


def _import_fault(path: str, text: str) -> Faults:
    if not _IMPORT.fullmatch(text):
        yield path, f"{text!r} is no import string like 'package.module:Name' or '.module:Name'"


def _owned(name: str, owner: str) -> bool:
    head, dot, tail = name.partition(".")
    return head == owner and bool(dot) and bool(_COMMAND_TAIL.fullmatch(tail))


def _command_faults(manifest: Manifest) -> Faults:
    keys: dict[str, str] = {}
    ids: set[str] = set()
    for number, command in enumerate(manifest.commands):
        path = f"command[{number}]"
        if not _owned(command.id, manifest.id):
            yield (
                f"{path}.id",
                f"{command.id!r} does not begin with the plugin's id: '{manifest.id}.…'",
            )
        if command.id in ids:
            yield f"{path}.id", f"the command {command.id!r} is there twice"
        ids.add(command.id)
        if not command.title.strip():
            yield f"{path}.title", "it must not be empty"
        for at, sequence in enumerate(command.keys):
            fault = key_fault(sequence)
            if fault is None and sequence in keys:
                fault = f"{sequence!r} is the key of {keys[sequence]!r} already"
            if fault is not None:
                yield f"{path}.keys[{at}]", fault
            keys[sequence] = command.id


def _setting_faults(manifest: Manifest) -> Faults:
    seen: set[str] = set()
    for number, setting in enumerate(manifest.settings):
        path = f"setting[{number}]"
        if not _owned(setting.key, manifest.id):
            yield (
                f"{path}.key",
                f"{setting.key!r} does not begin with the plugin's id: '{manifest.id}.…'",
            )
        if setting.key in seen:
            yield f"{path}.key", f"the setting {setting.key!r} is there twice"
        seen.add(setting.key)
        if not setting.title.strip():
            yield f"{path}.title", "it must not be empty"
        if setting.kind == "choice" and not setting.choices:
            yield f"{path}.choices", "a choice needs something to choose from"
        fault = setting.fault(setting.default)
        if fault is not None:
            yield f"{path}.default", fault


def _format_faults(manifest: Manifest) -> Faults:
    seen: set[str] = set()
    for number, entry in enumerate(manifest.formats):
        path = f"format[{number}]"
        if not _ID.fullmatch(entry.id):
            yield f"{path}.id", f"{entry.id!r} is no id: small letters, digits, - and _"
        if entry.id == "native":
            yield f"{path}.id", "'native' is what every panel has already"
        if entry.id in seen:
            yield f"{path}.id", f"the format {entry.id!r} is there twice"
        seen.add(entry.id)
        if not entry.title.strip():
            yield f"{path}.title", "it must not be empty"
        if not entry.import_ and not entry.export:
            yield path, "a format has import = true or export = true, or both"
        for at, extension in enumerate(entry.extensions):
            if not _EXTENSION.fullmatch(extension):
                yield f"{path}.extensions[{at}]", f"{extension!r} is no extension like '.csv'"
        yield from _import_fault(f"{path}.code", entry.code)
