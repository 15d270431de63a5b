"""Whisper's JSON, in: what openai-whisper, faster-whisper, WhisperX and whisper.cpp write."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from labeler.api import Json, Problem, ReadOptions, TaskIn
from labeler.panels.transcription.formats.incoming import (
    Regions,
    Transcript,
    invalid,
    line_problem,
    transcripts,
)
from labeler.panels.transcription.formats.times import to_whole_milliseconds
from labeler.panels.transcription.formats.whisper_words import Timed, words_of

__all__ = ["WhisperFormat"]

_EXTENSIONS = (".json",)
_DEEPEST = 100


class WhisperFormat:
    """Segments as predictions, with their words' times where the file has them.

    Times are rounded to milliseconds, half to even: Whisper's own grid is 20 ms, and what its floats
    have beyond is noise that makes neighbours overlap. A segment's score is exp(``avg_logprob``), the
    mean probability of a token; where that is missing, the mean of its words' (``probability``, or
    ``score`` in WhisperX), in whisper.cpp that of its tokens' ``p``. The score of the whole is the mean
    of its segments', by length. Segments without text are left out silently: they are what Whisper
    makes of silence.
    """

    id: ClassVar[str] = "whisper-json"

    def read(self, source: Path, options: ReadOptions) -> Iterator[TaskIn | Problem]:
        """A task per file, of the recording beside it."""
        return transcripts(source, _EXTENSIONS, options, _read)


def _read(raw: bytes, name: str, found: list[Problem]) -> Transcript:
    try:
        # Not msgspec: openai-whisper writes NaN where a probability is none.
        tree = json.loads(raw)
    except RecursionError:
        raise invalid(name, "not JSON: nested too deep") from None
    except ValueError as error:
        raise invalid(name, f"not JSON: {error}") from None
    if isinstance(tree, dict) and isinstance(tree.get("transcription"), list):
        rows, field, author = tree["transcription"], "transcription", _model(tree)
        segments = [_of_cpp(one) for one in rows]
    else:
        rows = tree.get("segments") if isinstance(tree, dict) else tree
        field = "segments" if isinstance(tree, dict) else ""
        if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
            raise invalid(name, "there are no segments in it")
        if rows and not any({"start", "end", "text"} <= set(one) for one in rows):
            raise invalid(name, "there are no segments with start, end and text in it")
        author = None
        segments = [_of_python(one) for one in rows]
    regions: Regions = []
    scores: list[tuple[int, float]] = []
    for number, segment in enumerate(segments):
        where = f"{name}: {field}[{number}]"
        region = _region(segment, where, found)
        if region is not None:
            regions.append((region, where))
            if "score" in region:
                scores.append((max(1, region["end"] - region["start"]), region["score"]))
    total = sum(length for length, _ in scores)
    score = sum(length * one for length, one in scores) / total if scores else None
    return Transcript(regions, "prediction", author, score)


Segment = dict[str, Any]
"""What all layouts come to: start, end (seconds or ValueError), text, speaker, score, words."""


def _of_python(row: dict[str, Any]) -> Segment:
    words = row.get("words")
    timed = [
        Timed(one.get("word", one.get("text")), one.get("start"), one.get("end"),
              _share(one.get("probability", one.get("score"))))
        for one in (words if isinstance(words, list) else ())
        if isinstance(one, dict)
    ]  # fmt: skip
    mean = row.get("avg_logprob")
    score = None
    if isinstance(mean, (int, float)) and not isinstance(mean, bool) and math.isfinite(mean):
        score = min(1.0, math.exp(min(mean, 0.0)))
    return {
        "start": row.get("start"),
        "end": row.get("end"),
        "text": row.get("text"),
        "speaker": row.get("speaker"),
        "score": score if score is not None else _mean([one.score for one in timed]),
        "words": timed,
    }


def _of_cpp(row: Json) -> Segment:
    """whisper.cpp: ``offsets`` in milliseconds; ``-ojf`` adds tokens, those in ``[_`` are no words."""
    if not isinstance(row, dict):
        return {"start": None, "end": None, "text": None}
    tokens = [
        one
        for one in (row["tokens"] if isinstance(row.get("tokens"), list) else ())
        if isinstance(one, dict) and not str(one.get("text", "")).startswith("[_")
    ]
    timed: list[Timed] = []
    for token in tokens:
        text = token.get("text")
        if not isinstance(text, str) or not text:
            continue
        start, end = _offsets(token)
        score = _share(token.get("p"))
        if timed and not text.startswith(" "):  # a token is a piece of a word
            before = timed[-1]
            scores = [one for one in (before.score, score) if one is not None]
            lower = min(scores) if scores else None
            timed[-1] = Timed(f"{before.text}{text}", before.start, end, lower)
        else:
            timed.append(Timed(text, start, end, score))
    start, end = _offsets(row)
    return {
        "start": start,
        "end": end,
        "text": row.get("text"),
        "speaker": row.get("speaker"),
        "score": _mean([_share(token.get("p")) for token in tokens]),
        "words": timed,
    }


def _offsets(row: dict[str, Any]) -> tuple[Json, Json]:
    """Start and end in seconds, from milliseconds."""
    offsets = row.get("offsets")
    if not isinstance(offsets, dict):
        return None, None
    return _thousandth(offsets.get("from")), _thousandth(offsets.get("to"))


def _thousandth(time: Json) -> Json:
    if isinstance(time, bool) or not isinstance(time, int) or abs(time) > 10**13:
        return None
    return f"{time}e-3"


def _model(tree: dict[str, Any]) -> str | None:
    model = tree.get("model")
    kind = model.get("type") if isinstance(model, dict) else None
    return f"whisper-{kind}" if isinstance(kind, str) and kind.strip() else None


def _share(score: Json) -> float | None:
    if isinstance(score, bool) or not isinstance(score, (int, float)) or not math.isfinite(score):
        return None
    return min(1.0, max(0.0, float(score)))


def _mean(scores: list[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else None


def _region(segment: Segment, where: str, found: list[Problem]) -> dict[str, Any] | None:
    text = segment["text"]
    if not isinstance(text, str):
        found.append(line_problem("segment_text", where, "the segment's text is no text"))
        return None
    if not text.strip():
        return None
    try:
        start, end = (_time(segment[name]) for name in ("start", "end"))
    except ValueError as error:
        found.append(line_problem("segment_time", where, f"{error}; the segment was left out"))
        return None
    region: dict[str, Any] = {"type": "segment", "start": start, "end": end, "text": text.strip()}
    speaker = segment.get("speaker")
    if isinstance(speaker, str) and speaker.strip():
        region["speaker"] = speaker.strip()
    if segment.get("score") is not None:
        region["score"] = round(segment["score"], 6)
    words = words_of(segment.get("words", ()), region["text"], start, end)
    if words:
        region["words"] = words
    return region


def _time(seconds: Json) -> int:
    if not isinstance(seconds, (int, float, str)):
        raise ValueError("a time is missing")
    return to_whole_milliseconds(seconds)
