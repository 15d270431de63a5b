"""Claims about formats: what is written can be read, and nothing in a file breaks a reader."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from labeler.api.formats import (
    AnnotationOut,
    ExportFormat,
    ImportFormat,
    LabelsIn,
    ReadOptions,
    TaskIn,
    TaskOut,
    WriteOptions,
)
from labeler.api.manifest import FormatEntry
from labeler.api.testing.claims import ContractBroken, expect
from labeler.api.testing.examples import Example
from labeler.api.testing.likeness import Likeness
from labeler.api.testing.subject import Subject
from labeler.model.ids import digest
from labeler.model.problems import Problem, Refusal
from labeler.model.queue import QueueConfig
from labeler.model.regions import Opaque
from labeler.model.value import Context, Value

__all__ = ["FORMAT_CLAIMS"]

_FOREIGN = Opaque(
    id="neighbour", kind="of another panel", raw=b'{"type":"of another panel","id":"neighbour"}'
)

_RUBBISH = {
    "nothing": b"",
    "an empty line": b"\n",
    "NUL bytes": b"\0" * 64,
    "half a byte order mark": b"\xff\xfe",
    "no UTF-8": b"caf\xe9 \x80\n" * 9,
    "a brace": b"{",
    "a list": b"[1, 2]\n",
    "null": b"null",
    "deep nesting": b"[" * 20_000,
    "a long line": b"x" * 300_000 + b"\n",
    "quotes that do not end": b'a,b\n"c,d\ne,f\n',
    "numbers": b"1\n2\n3\n",
    "a table of another kind": b"<html><body>no</body></html>",
}


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _both_ways(subject: Subject) -> Iterator[tuple[FormatEntry, QueueConfig, list[Example]]]:
    for entry in subject.manifest.formats:
        if entry.import_ and entry.export:
            expect(bool(subject.examples), f"hand in examples: {entry.id} is to be tried with them")
            for config, examples in _by_config(subject.examples):
                yield entry, config, examples


def a_format_is_what_its_manifest_says(subject: Subject) -> None:
    """It reads and writes as the manifest has it, and has room for as many annotations."""
    for entry in subject.manifest.formats:
        made = subject.format_object(entry)
        if entry.import_:
            expect(isinstance(made, ImportFormat), f"{entry.id} is to import and has no read")
        if entry.export:
            if not isinstance(made, ExportFormat):
                raise ContractBroken(f"{entry.id} is to export and has no write or no holds_one")
            expect(
                bool(made.holds_one) == entry.holds_one,
                f"{entry.id}: the manifest says holds_one = {entry.holds_one}, the class does not",
            )


def what_is_written_can_be_read(subject: Subject) -> None:
    """Examples come back from a file as they were, but for what the format says it loses."""
    for entry, config, examples in _both_ways(subject):
        told = list(_tasks(subject, entry, examples))
        with _folder() as folder:
            target, _, _ = _written(subject, entry, told, config, folder)
            rows = _read(subject, entry, target, config)
        Likeness(entry, config, subject.codec, subject.task).compare(told, rows)


def reading_twice_is_reading_once(subject: Subject) -> None:
    """The same file gives the same tasks and problems each time."""
    for entry, config, examples in _both_ways(subject):
        with _folder() as folder:
            told = list(_tasks(subject, entry, examples))
            target, _, _ = _written(subject, entry, told, config, folder)
            first = _read(subject, entry, target, config)
            expect(_read(subject, entry, target, config) == first, f"{entry.id} reads differently")


def an_export_never_stops_at_what_it_cannot_hold(subject: Subject) -> None:
    """Another panel's region and a task without its content are written, or counted as dropped."""
    for entry in subject.manifest.formats:
        for config, examples in _by_config(subject.examples) if entry.export else ():
            first = next(_tasks(subject, entry, examples[:1]))
            value = Value((*examples[0].value.regions, _FOREIGN), examples[0].value.answers)
            odd = _annotation(value, subject.codec.encode(value), "work", "ada", "submitted")
            bare = msgspec.structs.replace(first, content=None, raw=b"", key="bare", id="f" * 32)
            tasks = [msgspec.structs.replace(first, annotations=(odd,)), bare]
            with _folder() as folder:
                _, paths, dropped = _written(subject, entry, tasks, config, folder)
                held = any(b"neighbour" in path.read_bytes() for path in paths)
            expect(
                held or bool(dropped),
                f"{entry.id} lost a region of another panel and did not count it",
            )


def nothing_in_a_file_breaks_a_reader(subject: Subject) -> None:
    """Rubbish is a problem, a refusal or a task; never anything else."""
    for entry in subject.manifest.formats:
        if not entry.import_:
            continue
        config = subject.examples[0].config if subject.examples else QueueConfig()
        with _folder() as folder:
            for number, (what, raw) in enumerate(_RUBBISH.items()):
                source = folder / f"rubbish-{number}{_extension(entry)}"
                source.write_bytes(raw)
                _try_to_read(subject, entry, source, what, config)
            empty = folder / "empty"
            empty.mkdir()
            _try_to_read(subject, entry, empty, "an empty folder", config)
            _try_to_read(subject, entry, folder / "absent", "no file at all", config)


def _try_to_read(
    subject: Subject, entry: FormatEntry, source: Path, what: str, config: QueueConfig
) -> None:
    reader = subject.format_object(entry)
    if not isinstance(reader, ImportFormat):
        raise ContractBroken(f"{entry.id} has no read")
    try:
        for row in reader.read(source, ReadOptions(config, settings=_settings(subject))):
            expect(
                isinstance(row, (TaskIn, LabelsIn, Problem)),
                f"{entry.id}: {what} is read as {row!r}",
            )
            expect(not isinstance(row, Problem) or bool(str(row)), "a problem says nothing")
    except (Refusal, OSError):
        return  # the source as a whole is none, said so
    except ContractBroken:
        raise
    except Exception as error:
        raise ContractBroken(
            f"{entry.id}: {what} raises {type(error).__name__}: {error}"
        ) from error


def _by_config(examples: Sequence[Example]) -> list[tuple[QueueConfig, list[Example]]]:
    groups: list[tuple[QueueConfig, list[Example]]] = []
    for example in examples:
        for config, group in groups:
            if config == example.config:
                group.append(example)
                break
        else:
            groups.append((example.config, [example]))
    return groups


def _settings(subject: Subject) -> dict[str, Any]:
    return {setting.key: setting.default for setting in subject.manifest.settings}


def _extension(entry: FormatEntry) -> str:
    return entry.extensions[0] if entry.extensions else ""


def _tasks(subject: Subject, entry: FormatEntry, examples: Sequence[Example]) -> Iterator[TaskOut]:
    """Each example as the tasks the format can hold: of each layer and status, and of nobody."""
    kinds = [[("work", "ada", "submitted")]]
    if not {"status", "authors"} & set(entry.loses):
        kinds.append([("work", "bob", "skipped")])
    kinds += [
        [(layer, "model-1", "submitted")]
        for layer, word in (("prediction", "predictions"), ("gold", "gold"))
        if word not in entry.loses and "authors" not in entry.loses
    ]
    if "empty" not in entry.loses:
        kinds.append([])
    if not entry.holds_one and not {"authors", "keys"} & set(entry.loses):
        kinds.append([("work", "ada", "submitted"), ("work", "bob", "submitted")])
    for number, example in enumerate(examples):
        raw = subject.codec.encode(example.value)
        for kind, people in enumerate(kinds):
            key = f"example {number}.{kind}"
            yield TaskOut(
                id=digest("task", key).hex(),
                key=key,
                queue=entry.panel,
                content=example.content,
                raw=msgspec.json.encode(example.content),
                meta=example.meta,
                status=people[0][2] if people else "open",
                annotations=tuple(_annotation(example.value, raw, *one) for one in people),
                source="examples",
                order=number * len(kinds) + kind,
            )


def _annotation(value: Value, raw: bytes, layer: str, author: str, status: str) -> AnnotationOut:
    return AnnotationOut(
        id=digest("annotation", layer, author, raw).hex(),
        layer=layer,
        author=author,
        status=status,
        value=value,
        raw=raw,
        context=Context(),
    )


def _written(
    subject: Subject, entry: FormatEntry, tasks: list[TaskOut], config: QueueConfig, folder: Path
) -> tuple[Path, list[Path], dict[str, int]]:
    """The target, the files written, and what was dropped."""
    writer = subject.format_object(entry)
    if not isinstance(writer, ExportFormat):
        raise ContractBroken(f"{entry.id} has no write or no holds_one")
    options = WriteOptions(config, settings=_settings(subject), open_medium=subject.open_medium)
    target = folder / f"out{_extension(entry)}"
    try:
        paths = list(writer.write(iter(tasks), target, options))
    except Refusal as refusal:
        if refusal.problem.code != "export_one_file":
            raise
        # A file of this format is of one task; several are written into a folder.
        options = WriteOptions(config, settings=_settings(subject))
        target = folder / "out"
        paths = list(writer.write(iter(tasks), target, options))
    expect(bool(paths), f"{entry.id} wrote no file")
    for path in paths:
        expect(path.is_file(), f"{entry.id} says it wrote {path.name}, which is not there")
    return target, paths, options.dropped


def _read(
    subject: Subject, entry: FormatEntry, source: Path, config: QueueConfig
) -> list[TaskIn | LabelsIn | Problem]:
    reader = subject.format_object(entry)
    if not isinstance(reader, ImportFormat):
        raise ContractBroken(f"{entry.id} has no read")
    return list(reader.read(source, ReadOptions(config, settings=_settings(subject))))


FORMAT_CLAIMS = (
    a_format_is_what_its_manifest_says,
    what_is_written_can_be_read,
    reading_twice_is_reading_once,
    an_export_never_stops_at_what_it_cannot_hold,
    nothing_in_a_file_breaks_a_reader,
)
