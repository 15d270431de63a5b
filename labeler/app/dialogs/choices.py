"""What an import or export dialog proposes: the format from the files' names, the queue from that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from labeler.api.manifest import FormatEntry
from labeler.app.context import AppContext
from labeler.exchange.native import NATIVE, native_entry
from labeler.plugins import Plugins
from labeler.store import QueueRow

__all__ = [
    "formats_of",
    "guess_format",
    "guess_queue",
    "has_media",
    "queue_settings",
    "with_ending",
]

_LOOKED_AT = 500
"""So many files of a folder are looked at to guess what is in it."""
_HEAD = 256


def formats_of(plugins: Plugins, panel: str, *, exports: bool) -> tuple[FormatEntry, ...]:
    """The formats of a panel in this direction, native last: every panel has it."""
    own = [one for one in plugins.formats(panel) if (one.export if exports else one.import_)]
    return (*own, native_entry(panel))


def queue_settings(context: AppContext, queue: QueueRow) -> Mapping[str, Any]:
    """The settings of a queue's panel in force: the manifest's defaults, the queue's, the person's."""
    found = context.plugins.panel(queue.panel)
    entries = found.manifest.settings if found is not None else ()
    told = {**queue.config.settings, **context.settings.panel(queue.panel)}
    return {one.key: told.get(one.key, one.default) for one in entries}


def has_media(plugins: Plugins, panel: str) -> bool:
    """Whether tasks of a panel refer to files of their own: pictures, sound."""
    found = plugins.panel(panel)
    return found is not None and any(kind != "text" for kind in found.manifest.media)


def _files(sources: Iterable[Path]) -> Iterator[Path]:
    for source in sources:
        if source.is_dir():
            yield from (one for one in source.rglob("*") if one.is_file())
        else:
            yield source


def guess_format(entries: Sequence[FormatEntry], sources: Sequence[Path]) -> str:
    """The format most of the files look like, empty where none does.

    Among formats with the same ending the first is meant, native only where a file says so.
    """
    files = list(islice(_files(sources), _LOOKED_AT))
    if any(_is_native(path) for path in files[:3]):
        return NATIVE
    endings = Counter(path.suffix.casefold() for path in files)
    best, most = "", 0
    for entry in entries:
        if entry.id == NATIVE:
            continue
        count = sum(endings[ending] for ending in set(entry.extensions))
        if count > most:
            best, most = entry.id, count
    return best


def _is_native(path: Path) -> bool:
    try:
        if not path.is_file():  # a named pipe would be waited for without end
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return head.startswith(b'{"format":"native"')


def guess_queue(
    plugins: Plugins, queues: Sequence[QueueRow], sources: Sequence[Path], current: str
) -> str:
    """The queue the files are for: the current one where its panel reads them, else the first."""
    ordered = sorted(queues, key=lambda queue: queue.name != current)
    for queue in ordered:
        if guess_format(formats_of(plugins, queue.panel, exports=False), sources):
            return queue.name
    return ordered[0].name if ordered else ""


def with_ending(path: Path, entry: FormatEntry) -> Path:
    """The path with the format's own ending where it has none of them."""
    if not entry.extensions or path.suffix.casefold() in entry.extensions:
        return path
    return path.with_name(path.name + entry.extensions[0])
