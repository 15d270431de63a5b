"""Values that a person hands to a command: read, named by ids and checked as in the app."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from labeler import __version__
from labeler.exchange.names import Names
from labeler.model.checks import missing_answers
from labeler.model.json import UNREADABLE
from labeler.model.problems import Problem, Refusal, nearest
from labeler.model.queue import fault_of
from labeler.model.value import Context, Value
from labeler.plugins import Plugins
from labeler.store import QueueRow, TaskFull

__all__ = ["checked_value", "context_of"]

_FIELDS = ("regions", "answers")


def checked_value(
    plugins: Plugins,
    queue: QueueRow,
    full: TaskFull,
    raw: bytes,
    where: str,
    kept: Mapping[str, bytes],
    *,
    whole: bool,
) -> Value:
    """The value, with nothing wrong with it; raises Refusal with the path of the first thing that is.

    ``whole`` asks for an answer to every required question.
    """
    _refuse_other_fields(raw, where)
    if not full.content:
        raise Refusal.of("content_missing", full.row.key)
    content = plugins.content_decoder(queue.panel)(full.content)
    names = Names(queue.config, ids_first=True)
    value = plugins.read_value(
        queue.panel, names.to_ids(raw), key=full.row.key, content=content, where=where, kept=kept
    )
    found = list(plugins.problems(queue.panel, content, value, queue.config))
    if whole and not found:
        found += missing_answers(value, queue.config, plugins.parts(queue.panel, content))
    if found:
        place = f"{where}: {found[0].where}" if found[0].where else where
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        text = f"{found[0].template}{more}"
        raise Refusal(Problem(found[0].code, place, found[0].params, text))
    return value


def _refuse_other_fields(raw: bytes, where: str) -> None:
    try:
        fields = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except UNREADABLE as error:
        place, reason = fault_of(error)
        raise Refusal(Problem("json_syntax", f"{where}{place}", {"reason": reason})) from None
    for name in fields:
        if name not in _FIELDS:
            reason = f"a value has regions and answers, not {name!r}{nearest(name, _FIELDS)}"
            raise Refusal(Problem("value_invalid", f"{where}: {name}", {"reason": reason}))


def context_of(queue: QueueRow) -> bytes:
    """What a command notes beside a value: the versions it was made under."""
    versions = queue.versions
    return msgspec.json.encode(
        Context(
            guideline=versions.get("guideline", ""),
            labels=versions.get("labels", ""),
            queue=versions.get("queue", ""),
            app=__version__,
        )
    )
