"""The contract suite: a good panel keeps every claim, and each breach is caught by its claim."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from labeler.api import Box, Refusal, Region
from labeler.api.testing import ContractBroken, NoSpecimen, PanelContract, specimens
from labeler.model.regions import REGION_TYPES

GOOD = (Path(__file__).parent / "good_panel.py").read_text(encoding="utf-8")
MANIFEST = """
id = "good"
name = "Good"
version = "1"
api = ["0.1"]
task = "panel:Task"

[[format]]
id = "lines"
title = "Lines"
extensions = [".lines"]
code = "panel:Lines"
import = true
export = true
"""
EXAMPLES = {
    "config": {
        "labels": [{"id": "a", "name": "Letter A"}],
        "questions": [{"kind": "choice", "id": "q", "choices": [{"id": "yes", "title": "Yes"}]}],
    },
    "examples": [
        {
            "content": {"text": "abc def"},
            "value": {
                "regions": [
                    {"id": "m", "on": "text", "at": 2, "label": "a", "notes": [{"id": "n"}]}
                ],
                "answers": {"q": "yes"},
            },
            "meta": {"source": "here"},
        },
        {"content": {"text": "x"}},
    ],
}


class Panels:
    """Makes contracts of panels whose source is the good one's, changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []

    def contract(
        self,
        source: str = GOOD,
        manifest: str = MANIFEST,
        examples: object = None,
        package: str = "",
    ) -> PanelContract:
        name = f"good_panel_{len(self.made)}"
        module = ModuleType(name)
        sys.modules[name] = module  # msgspec looks annotations up where the class says it is from
        self.made.append(name)
        exec(compile(source, f"{name}.py", "exec"), module.__dict__)
        path = self.folder / "panel.toml"
        path.write_text(manifest, encoding="utf-8")
        raw = json.dumps(EXAMPLES if examples is None else examples).encode()

        def load(text: str) -> object:
            return getattr(module, text.partition(":")[2])

        return PanelContract(path, package, examples=raw, load=load)


@pytest.fixture
def panels(tmp_path: Path) -> Iterator[Panels]:
    made = Panels(tmp_path)
    yield made
    for name in made.made:
        del sys.modules[name]


def broken_claims(contract: PanelContract) -> dict[str, str]:
    broken = {}
    for claim in contract.claims():
        try:
            claim.check()
        except Exception as error:  # noqa: BLE001 - whatever is raised breaks the claim
            broken[str(claim)] = f"{type(error).__name__}: {error}"
    return broken


def test_a_good_panel_keeps_every_claim(panels: Panels) -> None:
    contract = panels.contract()
    assert broken_claims(contract) == {}
    contract.run()
    assert len(contract.claims()) == len({claim.name for claim in contract.claims()}) > 15


# The text of the good panel that is changed, what takes its place, the claim that must break, and
# a few words it must say.
BREACHES = [
    ("class Task:", "class Task_:", "everything_it_names_is_there", "leads nowhere"),
    ("class Lines:", "class Lines_:", "everything_it_names_is_there", "leads nowhere"),
    (
        "    def distance(self, content: Any, one: Any",
        "    def distanc(self, content: Any, one: Any",
        "everything_it_names_is_there",
        "it has no distance",
    ),
    (
        'class Mark(Region, tag="mark", frozen=True, kw_only=True)',
        "class Mark(Region, frozen=True, kw_only=True)",
        "everything_it_names_is_there",
        "has no tag",
    ),
    (
        "class Words(Content, frozen=True, kw_only=True, omit_defaults=True)",
        "class Words(Content, frozen=True, kw_only=True, omit_defaults=False)",
        "its_types_are_values",
        "omit_defaults",
    ),
    (
        '("notes", "id")',
        '("note", "id")',
        "its_types_are_values",
        "names 'note', which is no field",
    ),
    ('("notes", "id")', '("notes", "key")', "its_types_are_values", "has no key"),
    ('("text",)\n\n    at', '("txt",)\n\n    at', "its_types_are_values", "names 'txt'"),
    (
        'msgspec.structs.force_setattr(self, "more", freeze(self.more))',
        'msgspec.structs.force_setattr(self, "at", self.at * 2)',
        "its_regions_go_through_json",
        "was read back as",
    ),
    (
        'msgspec.structs.force_setattr(self, "more", freeze(self.more))',
        "pass",
        "its_values_cannot_be_changed",
        "Mark.more is a dict",
    ),
    (
        "class Note(msgspec.Struct, frozen=True, omit_defaults=True)",
        "class Note(msgspec.Struct, omit_defaults=True)",
        "its_values_cannot_be_changed",
        "is a Note that can be changed",
    ),
    (
        "notes: tuple[Note, ...] = ()",
        "notes: list[Note] = []",
        "its_values_cannot_be_changed",
        "is a list",
    ),
    (
        '    text: str = ""\n    notes',
        '    text: str = ""\n    label: str | None = msgspec.field(default=None, name="tag")\n    notes',
        "it_leaves_alone_what_it_does_not_know",
        "lost a field",
    ),
    (
        'yield "at", "it must',
        'yield "place", "it must',
        "its_regions_say_what_is_wrong_and_never_raise",
        "no field",
    ),
    (
        'yield "at", "it must',
        'raise KeyError("at"); yield "at", "it must',
        "its_regions_say_what_is_wrong_and_never_raise",
        "KeyError",
    ),
    (
        "return ()\n\n\nclass Words",
        "return (5,)\n\n\nclass Words",
        "its_regions_say_what_is_wrong_and_never_raise",
        "no id but 5",
    ),
    (
        "    text: str\n\n    def parts",
        "    text: str\n\n    def __post_init__(self):\n        super().__post_init__()\n"
        "        msgspec.structs.force_setattr(self, 'text', self.text + '!')\n\n    def parts",
        "its_content_goes_through_json",
        "was read back as",
    ),
    (
        'Part("tail", "text", parent="text")',
        'Part("text", "text")',
        "its_parts_can_be_pointed_at",
        "two parts",
    ),
    (
        'Part("tail", "text", parent="text")',
        'Part("tail", "")',
        "its_parts_can_be_pointed_at",
        "no kind",
    ),
    (
        'Part("tail", "text", parent="text")',
        'Part("tail", "text", parent="body")',
        "its_parts_can_be_pointed_at",
        "'body'",
    ),
    (
        'Part("tail", "text", parent="text")',
        'Part(str(id(object())), "text", title=str(__import__("time").perf_counter()))',
        "its_parts_can_be_pointed_at",
        "differ",
    ),
    (
        'return " ".join(content.text.split())',
        "return content.text + '\\nmore'",
        "its_summary_is_one_short_line",
        "more than one line",
    ),
    (
        'return " ".join(content.text.split())',
        "return 'x' * 999",
        "its_summary_is_one_short_line",
        "999 characters",
    ),
    (
        'return " ".join(content.text.split())',
        "return None",
        "its_summary_is_one_short_line",
        "not None",
    ),
    (
        "        if all(new is old for",
        "        if 0 and all(new is old for",
        "it_completes_once_and_changes_nothing",
        "was not returned itself",
    ),
    (
        "return Value(tuple(done), value.answers)",
        "return Value(tuple(done[:-1]), value.answers)",
        "it_completes_once_and_changes_nothing",
        "",
    ),
    (
        "if isinstance(one, Mark) and one.at >= len(content.text):",
        "if content.text[one.at] == 'z':",
        "its_check_never_raises",
        "IndexError",
    ),
    (
        'f"regions[{number}].at"',
        'f"mark {number}"',
        "its_check_never_raises",
        "no place inside a value",
    ),
    (
        'yield Problem("late", f"regions[{number}].at", {}, "the mark is behind the text")',
        'yield "late"',
        "its_check_never_raises",
        "no Problem",
    ),
    (
        "one.at >= len(content.text)",
        "one.at >= 2",
        "its_examples_are_without_fault",
        "behind the text",
    ),
    ("0.0 if one.at == other.at else 1.0", "1.5", "its_distance_is_one", "outside 0 to 1"),
    ("0.0 if one.at == other.at else 1.0", "0.5", "its_distance_is_one", "away from itself"),
    (
        "0.0 if one.at == other.at else 1.0",
        "float(one.at > other.at)",
        "its_distance_is_one",
        "and back",
    ),
    (
        "    text: str\n\n    def parts",
        "    text: str\n    when: complex = 0j\n\n    def parts",
        "its_schemas_can_be_made",
        "no schema of its content",
    ),
    (
        "    holds_one = False",
        "    holds_one = True",
        "a_format_is_what_its_manifest_says",
        "holds_one = False",
    ),
    (
        "    def read(self, source",
        "    def reads(self, source",
        "a_format_is_what_its_manifest_says",
        "has no read",
    ),
    (
        "    def write(self, tasks",
        "    def writes(self, tasks",
        "a_format_is_what_its_manifest_says",
        "has no write",
    ),
    (
        '"key": task.key',
        '"key": task.key.upper()',
        "what_is_written_can_be_read",
        "did not come back",
    ),
    ('"meta": task.meta', '"meta": {}', "what_is_written_can_be_read", "the meta of"),
    ('"by": one.author', '"by": "eve"', "what_is_written_can_be_read", "the annotations of"),
    ('"layer": one.layer', '"layer": "work"', "what_is_written_can_be_read", "the annotations of"),
    (
        '"status": one.status',
        '"status": "submitted"',
        "what_is_written_can_be_read",
        "the annotations of",
    ),
    (
        '"content": task.content',
        '"content": {"text": task.content.text.lower() + " "}',
        "what_is_written_can_be_read",
        "the content of",
    ),
    ("msgspec.Raw(one.raw)", "{}", "what_is_written_can_be_read", "the annotations of"),
    (
        "            lines.append(",
        "            if people: lines.append(",
        "what_is_written_can_be_read",
        "did not come back",
    ),
    (
        "for number, line in enumerate(source",
        "yield Problem('file_missing', str(source))\n        for number, line in enumerate(source",
        "what_is_written_can_be_read",
        "a problem in its own file",
    ),
    (
        'where = f"{source}:{number}"',
        "where = str(__import__('time').perf_counter_ns())",
        "reading_twice_is_reading_once",
        "reads differently",
    ),
    (
        'if task.content is None:\n                options.drop("content")\n                continue',
        "if task.content.text is None:\n                continue",
        "an_export_never_stops_at_what_it_cannot_hold",
        "AttributeError",
    ),
    (
        '{\n                    "value": msgspec.Raw(one.raw)',
        '{\n                    "value": {} if one.id else msgspec.Raw(one.raw)',
        "an_export_never_stops_at_what_it_cannot_hold",
        "did not count it",
    ),
    ("return [target]", "return []", "what_is_written_can_be_read", "wrote no file"),
    (
        "return [target]",
        "return [target, target / 'more']",
        "what_is_written_can_be_read",
        "which is not there",
    ),
    (
        "except (KeyError, ValueError, RecursionError, msgspec.DecodeError)",
        "except (KeyError, RecursionError)",
        "nothing_in_a_file_breaks_a_reader",
        "raises",
    ),
    (
        'yield Problem("row_not_table", where, {"reason": str(error)[:99]})',
        "yield str(error)",
        "nothing_in_a_file_breaks_a_reader",
        "is read as",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "claim", "words"),
    BREACHES,
    ids=[f"{n}-{one[2]}" for n, one in enumerate(BREACHES)],
)
def test_a_breach_is_caught_by_its_claim(
    old: str, new: str, claim: str, words: str, panels: Panels
) -> None:
    assert GOOD.count(old) == 1, "the good panel no longer has this text"
    source = GOOD.replace(old, new)
    contract = panels.contract(source)
    if claim == "an_export_never_stops_at_what_it_cannot_hold" and "count" in words:
        source = source.replace('options.drop("content")', "pass")
        contract = panels.contract(source)
    broken = broken_claims(contract)
    assert claim in broken, broken
    assert words in broken[claim]
    with pytest.raises(ContractBroken, match=claim):
        contract.run()


@pytest.mark.parametrize(
    ("change", "loses"),
    [
        (('"meta": task.meta', '"meta": {}'), ["meta"]),
        (('"key": task.key', '"key": None'), ["keys"]),
        (('"by": one.author', '"by": None'), ["authors"]),
        (('"status": one.status', '"status": "submitted"'), ["status"]),
        (("msgspec.Raw(one.raw)", "{}"), ["regions", "answers"]),
        (("msgspec.Raw(one.raw)", "{}"), ["mark", "choice"]),
        (("msgspec.Raw(one.raw)", '{"answers": one.value.answers}'), ["regions"]),
        (("            lines.append(", "            if people: lines.append("), ["empty"]),
        (('"layer": one.layer', '"layer": "work"'), ["predictions", "gold"]),
        (
            (
                "msgspec.Raw(one.raw)",
                '{"answers": one.value.answers, "regions": [{"at": m.at, "on": m.on, "id": m.id,'
                ' "label": m.label} for m in one.value.regions if isinstance(m, Mark)]}',
            ),
            ["mark.notes"],
        ),
        (
            (
                "msgspec.Raw(one.raw)",
                '{"answers": {k: "Yes" for k in one.value.answers}, "regions": [{"at": m.at,'
                ' "label": "Letter A"} for m in one.value.regions if isinstance(m, Mark)]}',
            ),
            ["mark.notes", "region.id", "region.on"],
        ),
    ],
)
def test_what_a_format_says_it_loses_need_not_come_back(
    change: tuple[str, str], loses: list[str], panels: Panels
) -> None:
    assert GOOD.count(change[0]) == 1
    source = GOOD.replace(*change)
    claim = "what_is_written_can_be_read"
    assert claim in broken_claims(panels.contract(source))
    manifest = f"{MANIFEST}loses = {json.dumps(loses)}\n"
    assert claim not in broken_claims(panels.contract(source, manifest))
    for word in loses:  # and each word was needed
        fewer = [one for one in loses if one != word]
        manifest = f"{MANIFEST}loses = {json.dumps(fewer)}\n"
        assert claim in broken_claims(panels.contract(source, manifest)), word


def test_a_manifest_that_is_none_breaks_its_claim(panels: Panels) -> None:
    for manifest in ("id = 5", MANIFEST.replace("0.1", "9.9")):
        broken = broken_claims(panels.contract(manifest=manifest))
        assert "the_manifest_is_sound" in broken


def test_a_panel_with_formats_needs_examples(panels: Panels) -> None:
    broken = broken_claims(panels.contract(examples={}))
    assert set(broken) == {"what_is_written_can_be_read", "reading_twice_is_reading_once"}
    assert "hand in examples" in broken["what_is_written_can_be_read"]


def test_examples_that_are_none_are_refused(panels: Panels) -> None:
    wrong = [
        {"examples": [{"content": {"txt": "x"}}]},
        {"examples": [{"content": {"text": "x"}, "value": {"regions": [{"type": "pen"}]}}]},
        {"config": {"lables": []}},
        {"example": []},
    ]
    for examples in wrong:
        contract = panels.contract(examples=examples)
        with pytest.raises((Refusal, msgspec.DecodeError)):
            next(one for one in contract.claims() if "examples" in one.name).check()


def test_a_half_that_loads_qt_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A stand-in named like Qt: this test must also hold where there is none, or none can be loaded.
    package = tmp_path / "guest_with_window"
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text("", encoding="utf-8")
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "panel.py").write_text(f"{GOOD}\nimport PySide6\n", encoding="utf-8")
    (package / "panel.toml").write_text(MANIFEST.replace('"panel:', '".panel:'), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    contract = PanelContract(package / "panel.toml", "guest_with_window", examples=b"{}")
    claim = next(one for one in contract.claims() if one.name == "its_qt_free_half_loads_no_qt")
    with pytest.raises(ContractBroken, match=r"loads PySide6|No module named 'PySide6'"):
        claim.check()
    (package / "panel.py").write_text(GOOD, encoding="utf-8")
    claim.check()


# --------------------------------------------------------------------------------------- specimens


@pytest.mark.parametrize("cls", REGION_TYPES.values(), ids=lambda cls: cls.type_name())
def test_specimens_of_a_type_are_many_and_the_same_each_time(cls: type[Region]) -> None:
    made = specimens(cls, 30)
    assert made == specimens(cls, 30)
    assert made != specimens(cls, 30, seed=1)
    assert len({msgspec.json.encode(one) for one in made}) > 20
    for one in made:
        assert msgspec.json.decode(msgspec.json.encode(one), type=cls) == one


def test_a_type_json_cannot_bring_has_no_specimen() -> None:
    class Odd(msgspec.Struct):
        when: complex

    with pytest.raises(NoSpecimen, match="complex"):
        specimens(Odd, 1)


def test_a_type_that_takes_nothing_has_no_specimen() -> None:
    class Never(Box, tag="never", frozen=True, kw_only=True):
        def __post_init__(self) -> None:
            raise ValueError("never")

    with pytest.raises(NoSpecimen, match="takes nothing"):
        specimens(Never, 1)
