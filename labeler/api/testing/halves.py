"""Claims about the manifest and the Qt-free half: types, values, checks, distances."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any

import msgspec

from labeler.api.manifest import offers
from labeler.api.schema import SCHEMAS, schema_of
from labeler.api.testing.claims import ContractBroken, expect
from labeler.api.testing.subject import Subject
from labeler.model.checks import value_problems
from labeler.model.codec import encode_value_json
from labeler.model.json import FrozenDict, canonical, equal_json, read_json
from labeler.model.problems import Problem
from labeler.model.queue import QueueConfig
from labeler.model.regions import Opaque, Region
from labeler.model.value import Value

__all__ = ["HALF_CLAIMS"]

_LONGEST_SUMMARY = 300
_PAIRS = 2_000
_NEIGHBOUR = b'{"type":"of another panel", "id":"neighbour","b":[1.0e0, {"c":null}], "a":"\\u00e9"}'
_UNKNOWN = {"from a later version": {"deep": [1, None]}}


def the_manifest_is_sound(subject: Subject) -> None:
    """It can be read, and this version of the door serves it."""
    from labeler.api import API_VERSION

    wanted = subject.manifest.api
    expect(offers(API_VERSION, wanted), f"it is made for api {wanted}, this one is {API_VERSION}")


def everything_it_names_is_there(subject: Subject) -> None:
    """The Qt-free half and every format can be imported and made without arguments."""
    subject.task  # noqa: B018 - made when it is asked for
    for entry in subject.manifest.formats:
        subject.format_object(entry)


def its_qt_free_half_loads_no_qt(subject: Subject) -> None:
    """A command line, and a machine without Qt, can load it; so nothing in it imports a window."""
    if not subject.package:
        return  # a plugin in a folder has no name to be imported by in another process
    texts = [subject.manifest.task, *(entry.code for entry in subject.manifest.formats)]
    names = [text.partition(":")[0] for text in texts]
    modules = [f"{subject.package}{name}" if name.startswith(".") else name for name in names]
    code = (
        "import importlib, sys\n"
        f"sys.path[:] = {sys.path!r}\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(*sorted({'PySide6', 'shiboken6', 'labeler.kit'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    expect(done.returncode == 0, f"it cannot be imported by itself: {done.stderr[-800:]}")
    expect(not done.stdout.strip(), f"importing it loads {done.stdout.strip()}")


def its_types_are_values(subject: Subject) -> None:
    """Frozen, defaults left out, child lists and texts named as they are."""
    for cls in (subject.task.content_type, *subject.task.region_types):
        config, name = cls.__struct_config__, cls.__name__
        expect(config.frozen, f"{name} is not frozen")
        expect(config.omit_defaults, f"{name} writes its defaults: omit_defaults=True is missing")
    for region in subject.task.region_types:
        fields = region.__struct_fields__
        for text in region.TEXTS:
            expect(text in fields, f"{region.__name__}.TEXTS names {text!r}, which is no field")
        if region.CHILDREN is not None:
            expect(
                region.CHILDREN[0] in fields,
                f"{region.__name__}.CHILDREN names {region.CHILDREN[0]!r}, which is no field",
            )
    for one in subject.regions:
        if one.CHILDREN is not None:
            for child in getattr(one, one.CHILDREN[0]):
                key = getattr(child, one.CHILDREN[1], None)
                expect(isinstance(key, (str, int)), f"a child of {one.type_name()} has no key")


def it_leaves_defaults_out(subject: Subject) -> None:
    """What has its default is not written: two copies that mean the same write the same."""
    for one in (*subject.regions, *subject.contents):
        for name, default in _defaults_written(one):
            raise ContractBroken(f"{name} is written although it is {default!r}, its default")


def _defaults_written(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, tuple):
        for inner in node:
            yield from _defaults_written(inner)
    if not isinstance(node, msgspec.Struct):
        return
    written = read_json(msgspec.json.encode(node))
    for field in msgspec.structs.fields(node):
        value = getattr(node, field.name)
        yield from _defaults_written(value)
        if field.required or not isinstance(written, dict):
            continue
        made = field.default_factory
        default = field.default if made is msgspec.NODEFAULT else made()
        if value == default and field.encode_name in written:
            yield f"{type(node).__name__}.{field.name}", default


def its_regions_go_through_json(subject: Subject) -> None:
    """Every region its types allow is the same after it was written and read."""
    for region in subject.regions:
        raw = subject.codec.encode_region(region)
        again = subject.codec.decode_region(raw)
        expect(again == region, f"{region!r} was read back as {again!r}")
        expect(subject.codec.encode_region(again) == raw, f"{region!r} is written in two ways")


def its_values_cannot_be_changed(subject: Subject) -> None:
    """No dict or list inside a region or content can be changed once it is made."""
    for one in (*subject.regions, *subject.contents):
        read = msgspec.json.decode(msgspec.json.encode(one), type=type(one))
        for made in (one, read):
            for path, kind in _changeable(made, type(one).__name__):
                raise ContractBroken(f"{path} is a {kind} that can be changed")


def _changeable(node: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, msgspec.Struct):
        if not node.__struct_config__.frozen:
            yield path, type(node).__name__
        for name in node.__struct_fields__:
            yield from _changeable(getattr(node, name), f"{path}.{name}")
    elif isinstance(node, tuple):
        for number, inner in enumerate(node):
            yield from _changeable(inner, f"{path}[{number}]")
    elif isinstance(node, FrozenDict):
        for name, inner in node.items():
            yield from _changeable(inner, f"{path}[{name!r}]")
    elif isinstance(node, (Mapping, list, set, bytearray)):
        yield path, type(node).__name__


def it_leaves_alone_what_it_does_not_know(subject: Subject) -> None:
    """Another panel's region and fields of a later version survive an edit beside and of them."""
    for region in subject.regions:
        tree = read_json(subject.codec.encode_region(region))
        before = msgspec.json.encode({**tree, **_UNKNOWN})
        whole = encode_value_json([msgspec.Raw(_NEIGHBOUR), msgspec.Raw(before)], {})
        value = subject.codec.decode(whole)
        neighbour, read = value.regions
        kept = isinstance(neighbour, Opaque) and neighbour.raw == _NEIGHBOUR
        expect(kept, "a region of another panel did not keep its bytes")
        expect(read == region, f"a field of a later version made {read!r} of {region!r}")
        edited = msgspec.structs.replace(read, label="given now")
        after = read_json(subject.codec.encode_region(edited, before))
        expected = {**tree, **_UNKNOWN, "label": "given now"}
        expect(equal_json(after, expected), f"editing {region!r} lost a field nobody knows")


def its_regions_say_what_is_wrong_and_never_raise(subject: Subject) -> None:
    """``faults`` yields pairs of texts and ``ends`` ids, for every region the types allow."""
    for region in subject.regions:
        for field, reason in region.faults():
            expect(bool(field and reason), f"a fault of {region!r} has no field or no reason")
            named = field.partition("[")[0].partition(".")[0]
            names = (*region.__struct_encode_fields__, *region.__struct_fields__)
            expect(named in names, f"a fault of {region!r} names {field!r}, which is no field")
        for end in region.ends():
            expect(isinstance(end, str), f"an end of {region!r} is no id but {end!r}")


def its_content_goes_through_json(subject: Subject) -> None:
    """A content is the same after it was written and read: copies must agree on a task's uid."""
    for content in subject.contents:
        raw = msgspec.json.encode(content)
        again = msgspec.json.decode(raw, type=type(content))
        expect(again == content, f"{content!r} was read back as {again!r}")
        same = canonical(read_json(msgspec.json.encode(again))) == canonical(read_json(raw))
        expect(same, f"{content!r} is written in two ways")


def its_parts_can_be_pointed_at(subject: Subject) -> None:
    """Each has an id of its own and a kind; a parent comes before; asked twice they are the same."""
    for content in subject.contents:
        parts = content.parts()
        expect(content.parts() == parts, "the parts of a content differ from call to call")
        seen: set[str] = set()
        for part in parts:
            expect(bool(part.id), "a part has no id")
            expect(bool(part.kind), f"the part {part.id!r} has no kind")
            expect(part.id not in seen, f"two parts have the id {part.id!r}")
            known = part.parent is None or part.parent in seen
            expect(known, f"the parent {part.parent!r} of {part.id!r} is no earlier part")
            seen.add(part.id)


def its_summary_is_one_short_line(subject: Subject) -> None:
    """A row of a table shows it; it tells one task from another."""
    for content in subject.contents:
        line = subject.task.summary(content)
        expect(isinstance(line, str), f"a summary is a text, not {line!r}")
        expect(len(line.splitlines()) <= 1, f"the summary {line!r} has more than one line")
        length = len(line)
        expect(length <= _LONGEST_SUMMARY, f"a summary has {length} characters, 200 are enough")


def it_completes_once_and_changes_nothing(subject: Subject) -> None:
    """``complete`` twice is once, and where nothing was missing the value comes back itself."""
    for content, value in subject.pairs:
        before = (msgspec.json.encode(content), subject.codec.encode(value))
        whole = subject.task.complete(content, value)
        expect(isinstance(whole, Value), f"complete returned {whole!r}")
        again = subject.task.complete(content, whole)
        expect(again is whole, "a complete value was not returned itself")
        after = (msgspec.json.encode(content), subject.codec.encode(value))
        expect(before == after, "complete changed what it was handed")
        expect(
            [region.id for region in whole.regions] == [region.id for region in value.regions],
            "complete took regions away, added or moved them",
        )


def its_check_never_raises(subject: Subject) -> None:
    """Whatever the value, it says what is wrong as problems with places inside the value."""
    configs = {id(one.config): one.config for one in subject.examples}
    for content, value in subject.pairs:
        for config in (QueueConfig(), *islice(configs.values(), 3)):
            before = subject.codec.encode(value)
            for problem in subject.task.check(content, value, config):
                expect(isinstance(problem, Problem), f"check yielded {problem!r}, no Problem")
                place = problem.where.startswith(("regions[", "answers"))
                expect(place, f"{problem.where!r} is no place inside a value")
                expect(bool(str(problem)), "a problem says nothing")
            expect(subject.codec.encode(value) == before, "check changed the value")


def its_examples_are_without_fault(subject: Subject) -> None:
    """What is handed in as right is right, for the core and for the panel."""
    for number, one in enumerate(subject.examples):
        parts = one.content.parts()
        problems = [
            *value_problems(one.value, one.config, parts),
            *subject.task.check(one.content, one.value, one.config),
        ]
        expect(not problems, f"example {number}: {'; '.join(map(str, problems))}")


def its_distance_is_one(subject: Subject) -> None:
    """0 on itself, symmetric, from 0 to 1, for regions of all its types."""
    regions: tuple[Region, ...] = subject.sound
    content = subject.contents[0]
    for one, other in islice(product(regions, repeat=2), _PAIRS):
        away = subject.task.distance(content, one, other)
        expect(0.0 <= away <= 1.0, f"{away} from {one!r} to {other!r} is outside 0 to 1")
        back = subject.task.distance(content, other, one)
        expect(abs(away - back) < 1e-9, f"{one!r} to {other!r} is {away}, and back {back}")
    for one in regions:
        itself = subject.task.distance(content, one, one)
        expect(itself == 0.0, f"{one!r} is {itself} away from itself")


def its_schemas_can_be_made(subject: Subject) -> None:
    """``labeler schema`` has something to print."""
    for what in SCHEMAS:
        try:
            schema_of(subject.task, what)
        except TypeError as error:
            raise ContractBroken(f"there is no schema of its {what}: {error}") from error


HALF_CLAIMS = (
    the_manifest_is_sound,
    everything_it_names_is_there,
    its_qt_free_half_loads_no_qt,
    its_types_are_values,
    it_leaves_defaults_out,
    its_regions_go_through_json,
    its_values_cannot_be_changed,
    it_leaves_alone_what_it_does_not_know,
    its_regions_say_what_is_wrong_and_never_raise,
    its_content_goes_through_json,
    its_parts_can_be_pointed_at,
    its_summary_is_one_short_line,
    it_completes_once_and_changes_nothing,
    its_check_never_raises,
    its_examples_are_without_fault,
    its_distance_is_one,
    its_schemas_can_be_made,
)
