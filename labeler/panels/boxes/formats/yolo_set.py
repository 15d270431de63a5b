"""A YOLO dataset's own description: ``data.yaml`` or ``classes.txt``, and which images are in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from labeler.api import IMAGE_EXTENSIONS, Problem, Refusal
from labeler.panels.boxes.formats.places import safe_name
from labeler.panels.boxes.formats.sources import Found, unreadable, walk

__all__ = ["YoloSet", "described", "listed"]

SPLITS = ("train", "val", "valid", "test")
_CLASS_FILES = ("classes.txt", "obj.names", "labels.txt", "labels/classes.txt")
_YAML = (".yaml", ".yml")
_LARGEST = 1 << 22
_LARGEST_YAML = 1 << 20
_MOST_ALIASES = 10
_DEEPEST = 32
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, written in C where there is that one: the other reads 100 kB a second."""
_OURS = frozenset({"path", "names", "nc", *SPLITS})
_OUTSIDE = "the images of {split} ({path}) lie outside the folder; import the folder that holds all"
_NOWHERE = "the images of {split} ({path}) are not there"
_NO_NAMES = "there is no data.yaml and no classes.txt; classes are called by their numbers"


class YoloSet(NamedTuple):
    """``names`` by class number, ``splits`` as the file has them, ``about`` what else it says."""

    names: dict[int, str]
    splits: dict[str, list[str]]
    root: Path
    where: str = ""
    about: Mapping[str, Any] = {}


def described(source: Path, folder: Path) -> tuple[YoloSet, list[Problem]]:
    """What the source says of itself; raises Refusal where a file of it is none."""
    if source.is_file() and source.suffix.casefold() in _YAML:
        return _of_yaml(source, folder)
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.y*ml"), key=lambda one: (one.stem != "data", one.name)):
        if path.suffix.casefold() in _YAML:
            try:
                return _of_yaml(path, folder)
            except Refusal as refusal:
                problems.append(refusal.problem)
    for name in _CLASS_FILES:
        path = folder / name
        if path.is_file():
            lines = _text(path, name).splitlines()
            names = {number: line.strip() for number, line in enumerate(lines) if line.strip()}
            return YoloSet(names, {}, folder, name), problems
    return YoloSet({}, {}, folder), [*problems, Problem("yolo_no_names", "", text=_NO_NAMES)]


def _text(path: Path, where: str, largest: int = _LARGEST) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except OSError as error:
        raise Refusal(unreadable(error, where)) from None
    if len(raw) > largest:
        raise Refusal(Problem("row_too_long", where, {"limit": largest >> 20}))
    return raw.decode("utf-8-sig", "replace")


def _tree(text: str) -> Any:
    """What a YAML document says. Raises ValueError or YAMLError.

    Aliases of aliases make gigabytes of a few lines, so there may be as many as a person would write;
    events are counted before anything is made of them.
    """
    aliases = depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        if aliases > _MOST_ALIASES or depth > _DEEPEST:
            raise ValueError("it is nested or repeats itself beyond reason")
    return yaml.load(text, Loader=_Loader)


def _of_yaml(path: Path, folder: Path) -> tuple[YoloSet, list[Problem]]:
    where = path.name
    try:
        tree = _tree(_text(path, where, _LARGEST_YAML))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = "not YAML: " + " ".join(str(error).split())[:200]
        raise Refusal(Problem("yolo_yaml", where, {"reason": reason}, "{reason}")) from None
    names = tree.get("names") if isinstance(tree, dict) else None
    if not isinstance(names, (list, dict)):
        raise Refusal(
            Problem("yolo_yaml", where, {"reason": "it has no list of names"}, "{reason}")
        )
    problems: list[Problem] = []
    numbered: dict[int, str] = {}
    for number, name in names.items() if isinstance(names, dict) else enumerate(names):
        if isinstance(number, bool) or not str(number).isdecimal():
            reason = f"{number!r} is no number of a class"
            problems.append(Problem("yolo_yaml", f"{where}: names", {"reason": reason}, "{reason}"))
            continue
        # YAML reads the names yes, no, 7 and null as what they look like.
        numbered[int(number)] = (
            {True: "yes", False: "no"}.get(name, str(name))
            if isinstance(name, bool)
            else str(name).strip()
        )
    splits = {}
    for split in SPLITS:
        told = tree.get(split)
        entries = [told] if isinstance(told, str) else told
        if isinstance(entries, list):
            splits[split] = [one for one in entries if isinstance(one, str) and one.strip()]
    about = {str(key): _plain(one) for key, one in tree.items() if key not in _OURS}
    root = path.parent
    told_root = tree.get("path")
    if isinstance(told_root, str) and not Path(told_root).is_absolute():
        root = root / told_root if (root / told_root).is_dir() else root
    return YoloSet(numbered, splits, root, where, about), problems


def _plain(value: Any, depth: int = 0) -> Any:
    """The value as JSON can hold it."""
    if depth > 8:
        return str(value)[:200]
    if isinstance(value, dict):
        return {str(key): _plain(one, depth + 1) for key, one in list(value.items())[:1000]}
    if isinstance(value, (list, tuple, set)):
        return [_plain(one, depth + 1) for one in list(value)[:1000]]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, float) and value - value != 0:
        return str(value)
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)[:200]


def listed(told: YoloSet, folder: Path) -> Iterator[tuple[str, Found] | Problem]:
    """The images with their split (empty where there is none), below the folder, each once."""
    seen: set[str] = set()
    for split, entries in told.splits.items():
        for entry in entries:
            for one in _entry(split, entry, told, folder):
                if isinstance(one, Problem):
                    yield one
                elif one.name not in seen:
                    seen.add(one.name)
                    yield split, one
    if not told.splits:
        for found in walk(folder, IMAGE_EXTENSIONS):
            yield found if isinstance(found, Problem) else ("", found)


def _entry(split: str, entry: str, told: YoloSet, folder: Path) -> Iterator[Found | Problem]:
    params = {"split": split, "path": entry}
    place = _place(entry, told, folder)
    if place is None:
        yield Problem("yolo_split", told.where, params, _NOWHERE)
        return
    prefix = _below(place, folder)
    if prefix is None:
        yield Problem("yolo_split", told.where, params, _OUTSIDE)
        return
    if place.is_dir():
        for found in walk(place, IMAGE_EXTENSIONS):
            if isinstance(found, Problem):
                yield found
            else:
                yield Found(found.path, f"{prefix}/{found.name}" if prefix else found.name)
        return
    for number, line in enumerate(_text(place, place.name).splitlines(), start=1):
        name = line.strip()
        if not name:
            continue
        base = place.parent if name.startswith("./") else told.root
        path = base / name
        if not path.is_file():
            path = folder / safe_name(name)
        key = _below(path, folder)
        if key is None or not path.is_file():
            yield Problem("file_missing", f"{place.name}:{number}: {name}")
        else:
            yield Found(path, key)


def _place(entry: str, told: YoloSet, folder: Path) -> Path | None:
    """Where a split's images are: as told, or as told from a folder above (``../train/images``)."""
    plain = entry.replace("\\", "/")
    stripped = plain
    while stripped.startswith("../"):
        stripped = stripped[3:]
    for base, name in (
        (told.root, plain),
        (folder, plain),
        (told.root, stripped),
        (folder, stripped),
    ):
        path = base / name
        if path.exists() and _below(path, folder) is not None:
            return path
    path = told.root / plain
    return path if path.exists() else None


def _below(path: Path, folder: Path) -> str | None:
    """The path below the folder with ``/`` between, or None where it is not below it."""
    try:
        name = path.absolute().relative_to(folder.absolute()).as_posix()
    except ValueError:
        try:
            name = path.resolve().relative_to(folder.resolve()).as_posix()
        except ValueError:
            return None
    if ".." in name.split("/"):
        try:
            name = path.resolve().relative_to(folder.resolve()).as_posix()
        except ValueError:
            return None
    return "" if name == "." else name
