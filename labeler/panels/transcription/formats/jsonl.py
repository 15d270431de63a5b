"""JSON Lines, in and out: a transcript per line, with everything it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, ClassVar

import msgspec

from labeler.api import (
    AnnotationIn,
    AnnotationOut,
    Json,
    MediumIn,
    Opaque,
    Problem,
    ReadOptions,
    Refusal,
    Region,
    TaskIn,
    TaskOut,
    WriteOptions,
    thaw,
)
from labeler.panels.transcription.formats.incoming import fitted, line_problem
from labeler.panels.transcription.formats.sources import (
    Recording,
    SourceFile,
    files_of,
    recording,
    unreadable,
)
from labeler.panels.transcription.task import AudioContent

__all__ = ["JsonlFormat"]

_EXTENSIONS = (".jsonl", ".ndjson")
_LONGEST_LINE = 16 << 20
_OURS = frozenset({"id", "audio", "duration", "rate", "segments", "answers", "by", "layer"})
_OURS_TOO = frozenset({"status", "reason", "score", "meta", "content"})
_LAYERS = frozenset({"work", "prediction", "gold", "review", "adjudication", "consensus"})
_STATUSES = frozenset({"submitted", "skipped", "flagged", "drafted"})
_DECIDED = frozenset({"accepted", "returned"})
_DEEPEST = 64
_TOLD_EVERY = 100

_decode = msgspec.json.Decoder(dict[str, Any]).decode
_TYPES = {"segment": ("start", "end"), "point": ("at",)}


class JsonlFormat:
    """One row, one transcript::

        {"id": "calls/a.wav", "audio": "calls/a.wav", "duration": 30000000, "rate": 16000,
         "segments": [{"start": 6690000, "end": 7120000, "speaker": "Ann", "text": "Hello?",
                       "label": "Laughter", "words": [{"id": "1", "start": 6690000, ...}]},
                      {"type": "point", "at": 7000000, "text": "beep"}],
         "answers": {"quality": "clear"}, "by": "ada", "layer": "gold", "status": "submitted"}

    Times are whole microseconds. ``audio`` is a path relative to the row's file; where ``id`` is left
    out it is the key. ``segments`` are in any order, points among them have a ``type``; labels and
    choices go by name. ``meta`` is what else is known of the task, and so is every other name. Without
    ``segments`` and ``answers`` the row is a task without work.
    """

    id: ClassVar[str] = "transcript-jsonl"
    holds_one: ClassVar[bool] = False

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task per line; problems name file, line and place."""
        for file in files_of(source, _EXTENSIONS, options):
            if isinstance(file, Problem):
                yield file
                continue
            try:
                with file.path.open("rb") as stream:
                    told = options.told if file.path == source else None
                    size = file.path.stat().st_size
                    for number, one in enumerate(_rows(stream, source, file, options)):
                        yield one
                        if told is not None and number % _TOLD_EVERY == 0:
                            told(stream.tell(), size)
            except OSError as error:
                if file.path == source:
                    raise Refusal(unreadable(error, str(source))) from None
                yield unreadable(error, file.name)

    def write(
        self, tasks: Iterable[TaskOut], target: Path, options: WriteOptions
    ) -> Iterable[Path]:
        """A line for each annotation, and one for each task that has none."""
        path = target
        if target.suffix.casefold() not in _EXTENSIONS:
            target.mkdir(parents=True, exist_ok=True)
            path = target / "transcripts.jsonl"
        if path.exists():
            raise Refusal.of("file_exists", str(path))
        encode = msgspec.json.Encoder().encode
        writer = _RowWriter(options)
        with path.open("xb") as stream:
            for task in tasks:
                for row in writer.rows(task):
                    stream.write(encode(row) + b"\n")
        return [path]


# ----------------------------------------------------------------------------------------------- in


def _rows(
    stream: BinaryIO, source: Path, file: SourceFile, options: ReadOptions
) -> Iterator[TaskIn | Problem]:
    number = 0
    while line := stream.readline(_LONGEST_LINE + 1):
        number += 1
        where = f"{file.name}:{number}"
        if len(line) > _LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_LONGEST_LINE)
            yield Problem("row_too_long", where, {"limit": _LONGEST_LINE >> 20})
            continue
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not line.strip():
            continue
        row = _row_of(line, where)
        if isinstance(row, Problem):
            yield row
            continue
        found: list[Problem] = []
        task = _task(row, source, file, where, options, found)
        yield from found
        if task is not None:
            yield task


def _row_of(line: bytes, where: str) -> dict[str, Any] | Problem:
    if b"\0" in line:
        return Problem("row_nul", where)
    try:
        row = _decode(line)
    except msgspec.ValidationError:
        return Problem("row_not_table", where)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Problem("json_syntax", where, {"reason": str(error)})
    except RecursionError:
        return Problem("json_syntax", where, {"reason": "nested too deep"})
    if _too_deep(row):
        return Problem("json_syntax", where, {"reason": f"nested deeper than {_DEEPEST} levels"})
    return row


def _task(
    row: dict[str, Any],
    source: Path,
    file: SourceFile,
    where: str,
    options: ReadOptions,
    found: list[Problem],
) -> TaskIn | None:
    key = _key(row.get("id"), where, found)
    recorded = None
    named = row.get("audio")
    if named is not None:
        path = _path(named, file, where, found)
        key = key or path
        recorded = _recording(path, source, key, options, found) if path else None
    if not key:
        sentence = "the row has neither an id nor audio"
        found.append(line_problem("row_unnamed", where, sentence))
        return None
    content = recorded.content if recorded is not None else None
    told = row.get("duration")
    length = content.duration if content is not None else 0
    if not length and isinstance(told, int) and not isinstance(told, bool) and told > 0:
        length = told
    annotation = _annotation(row, length, where, found)
    media: tuple[MediumIn, ...] = recorded.media if recorded is not None else ()
    annotations = () if annotation is None else (annotation,)
    return TaskIn(key, content, where, _meta(row), annotations, file.name, media)


def _key(raw: Json, where: str, found: list[Problem]) -> str | None:
    if isinstance(raw, str) and raw:
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    if raw not in (None, ""):
        sentence = "the id is no text and no whole number"
        found.append(line_problem("id_invalid", f"{where}: id", sentence))
    return None


def _path(raw: Json, file: SourceFile, where: str, found: list[Problem]) -> str | None:
    """The recording's path below the source; None where it is none or leads out of it."""
    if not isinstance(raw, str) or not raw.strip() or "\0" in raw:
        found.append(line_problem("audio_path", f"{where}: audio", "the audio is no path"))
        return None
    path = PurePosixPath(raw.replace("\\", "/"))
    folder = PurePosixPath(file.name).parent
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        sentence = "the path leads out of the folder; write it relative to this file"
        found.append(line_problem("audio_path", f"{where}: audio", sentence))
        return None
    return (folder / path).as_posix()


def _recording(
    path: str, source: Path, key: str | None, options: ReadOptions, found: list[Problem]
) -> Recording | None:
    place = (source if source.is_dir() else source.parent) / path
    try:
        if not place.is_file():
            return None
    except (OSError, ValueError):
        return None
    recorded, problems = recording(SourceFile(place, path), options, key)
    found += problems
    return recorded


def _meta(row: dict[str, Any]) -> dict[str, Any]:
    meta = row.get("meta")
    more = {name: one for name, one in row.items() if name not in _OURS and name not in _OURS_TOO}
    if isinstance(meta, dict):
        return {**more, **meta}
    return more if meta is None else {**more, "meta": meta}


def _annotation(
    row: dict[str, Any], length: int, where: str, found: list[Problem]
) -> AnnotationIn | None:
    segments, answers = row.get("segments"), row.get("answers")
    if segments is None and answers is None:
        return None
    regions: list[dict[str, Any]] = []
    if segments is not None:
        if not isinstance(segments, list):
            sentence = "the segments are a list of tables with start, end and text"
            found.append(line_problem("value_invalid", f"{where}: segments", sentence))
            return None
        sound = []
        for number, one in enumerate(segments):
            place = f"{where}: segments[{number}]"
            problem = _fault(one, place)
            if problem is None:
                sound.append((one, place))
            else:
                found.append(problem)
        regions = fitted(sound, length, found)
    if answers is not None and not isinstance(answers, dict):
        sentence = "the answers are a table of questions and answers"
        found.append(line_problem("value_invalid", f"{where}: answers", sentence))
        answers = None
    status, layer, author, score = (row.get(name) for name in ("status", "layer", "by", "score"))
    return AnnotationIn(
        msgspec.json.encode({"regions": regions, "answers": answers or {}}),
        where,
        layer=layer if layer in _LAYERS else None,
        author=author if isinstance(author, str) and author else None,
        # What a reviewer decided is a review of its own; the work itself was submitted.
        status=status if status in _STATUSES else "submitted",
        reason=row["reason"] if isinstance(row.get("reason"), str) else "",
        score=_share(score),
    )


def _share(score: Json) -> float | None:
    if isinstance(score, bool) or not isinstance(score, (int, float)) or not 0 <= score <= 1:
        return None
    return float(score)


def _fault(one: Json, place: str) -> Problem | None:
    """What is wrong with a segment before its times are looked at."""
    if not isinstance(one, dict):
        return line_problem(
            "region_invalid", place, "a segment is a table with start, end and text"
        )
    kind = one.get("type", "segment")
    if kind not in _TYPES:
        return Problem("region_type", f"{place}.type", {"type": str(kind), "hint": ""})
    for name in _TYPES[kind]:
        time = one.get(name)
        if not isinstance(time, int) or isinstance(time, bool):
            sentence = "a time is a whole number of microseconds"
            return line_problem("region_invalid", f"{place}.{name}", sentence)
    words = one.get("words", [])
    if not isinstance(words, list) or not all(_is_word(word) for word in words):
        sentence = "words are tables with id, start, end and text"
        return line_problem("region_invalid", f"{place}.words", sentence)
    return None


def _is_word(word: Json) -> bool:
    return isinstance(word, dict) and all(
        isinstance(word.get(name), int) and not isinstance(word.get(name), bool)
        for name in ("start", "end")
    )


def _too_deep(tree: Json) -> bool:
    level, depth = [tree], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            return True
        below: list[Json] = []
        for one in level:
            if isinstance(one, dict):
                below += one.values()
            elif isinstance(one, list):
                below += one
        level = [one for one in below if isinstance(one, (dict, list))]
    return False


# ---------------------------------------------------------------------------------------------- out


class _RowWriter:
    """Makes rows of tasks: labels by name, everything else as it is stored."""

    def __init__(self, options: WriteOptions) -> None:
        self._options = options
        self._names = {label.id: label.title for label in options.config.labels}

    def rows(self, task: TaskOut) -> Iterator[dict[str, Json]]:
        """A row for each annotation of the task, or one where it has none."""
        start: dict[str, Json] = {"id": task.key}
        if isinstance(task.content, AudioContent):
            content = task.content
            start["audio"] = content.audio.path
            if content.duration:
                start["duration"] = content.duration
            if content.rate:
                start["rate"] = content.rate
            if content.extra:
                self._options.drop("extra")
        meta = {"meta": task.meta} if task.meta else {}
        for annotation in task.annotations:
            yield {**start, **self._work(annotation), **meta}
        if not task.annotations:
            yield {**start, **meta}

    def _work(self, annotation: AnnotationOut) -> dict[str, Json]:
        value = annotation.value
        segments = []
        for region in value.regions:
            if isinstance(region, Opaque) or region.type_name() not in _TYPES:
                self._options.drop("region_type")
            else:
                segments.append(self._segment(region))
        work: dict[str, Json] = {"segments": segments}
        if value.answers:
            work["answers"] = thaw(value.answers)
        work["by"] = annotation.author
        if annotation.layer != "work":
            work["layer"] = annotation.layer
        if annotation.status not in _DECIDED and annotation.status != "submitted":
            work["status"] = annotation.status
        if annotation.reason:
            work["reason"] = annotation.reason
        return work

    def _segment(self, region: Region) -> Mapping[str, Json]:
        tree: dict[str, Json] = msgspec.to_builtins(region)
        if region.label is not None:
            tree["label"] = self._names.get(region.label, region.label)
        if tree["type"] == "segment":
            del tree["type"]
        return tree
