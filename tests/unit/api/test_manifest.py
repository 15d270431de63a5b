"""The manifest: what is read of it, and that each fault is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeler.api import Refusal
from labeler.api.manifest import SettingEntry, offers, read_manifest

WHOLE = """
id = "tokens"
name = "Tokens"
version = "2.1"
api = ["0.1", "1.0"]
kit = ["0.1"]
description = "Marks words"
media = ["text"]
icon = "tag"
task = ".task:TokenTask"
editor = "tokens_panel.editor:TokenEditor"

[[command]]
id = "tokens.mark"
title = "Mark"
keys = ["M", "Ctrl+K, Ctrl+M"]
icon = "check"
group = "Marks"
help = "Marks the word"

[[setting]]
key = "tokens.width"
kind = "int"
default = 3
title = "Width"
minimum = 1
maximum = 9

[[format]]
id = "tok"
title = "Tokens"
extensions = [".tok", ".tar.gz"]
code = ".formats:TokFormat"
import = true
export = true
holds_one = true
loses = ["meta"]
"""


def test_a_whole_manifest_is_read() -> None:
    manifest = read_manifest(WHOLE.encode())
    assert (manifest.id, manifest.name, manifest.version) == ("tokens", "Tokens", "2.1")
    assert manifest.api == ("0.1", "1.0")
    assert manifest.kit == ("0.1",)
    assert manifest.media == ("text",)
    (command,) = manifest.commands
    assert (command.id, command.keys) == ("tokens.mark", ("M", "Ctrl+K, Ctrl+M"))
    (setting,) = manifest.settings
    assert (setting.kind, setting.default, setting.maximum) == ("int", 3, 9)
    (entry,) = manifest.formats
    assert (entry.panel, entry.import_, entry.export) == ("tokens", True, True)
    assert entry.extensions == (".tok", ".tar.gz")
    assert entry.loses == ("meta",)


FAULTS = [
    # (what stands in WHOLE, what stands there instead, place, words of the reason)
    ('id = "tokens"', 'id = "Tokens"', "id", "'Tokens' is no id"),
    ('id = "tokens"', 'id = "app"', "id", "the app's own"),
    ('id = "tokens"', "", "panel.toml", "missing required field `id`"),
    ('name = "Tokens"', 'name = " "', "name", "must not be empty"),
    ('name = "Tokens"', 'nam = "Tokens"', "nam", "there is no key 'nam'; did you mean 'name'?"),
    ('icon = "tag"', '"an icon" = 1', "'an icon'", "there is no key 'an icon'"),
    ('version = "2.1"', 'version = ""', "version", "must not be empty"),
    ('api = ["0.1", "1.0"]', "api = []", "api", "at least one"),
    ('api = ["0.1", "1.0"]', 'api = ["0.1", "1"]', "api[1]", "'1' is no version"),
    ('api = ["0.1", "1.0"]', 'api = "0.1"', "api", "expected `array`"),
    ('kit = ["0.1"]', "", "kit", "versions of the kit"),
    ('media = ["text"]', 'media = ["smell"]', "media[0]", "'smell'"),
    ('".task:TokenTask"', '"task.TokenTask"', "task", "no import string"),
    ('".task:TokenTask"', '"..task:TokenTask"', "task", "no import string"),
    ('".task:TokenTask"', '"task:Token.Task"', "task", "no import string"),
    ('"tokens_panel.editor:TokenEditor"', '":X"', "editor", "no import string"),
    ('"tokens.mark"', '"mark"', "command[0].id", "begin with the plugin's id: 'tokens.…'"),
    ('"tokens.mark"', '"token.mark"', "command[0].id", "begin with the plugin's id"),
    ('"tokens.mark"', '"tokens."', "command[0].id", "begin with the plugin's id"),
    ('title = "Mark"', 'title = ""', "command[0].title", "must not be empty"),
    ('title = "Mark"', 'titel = "Mark"', "command[0].titel", "did you mean 'title'?"),
    ('["M", "Ctrl+K, Ctrl+M"]', '["M", "Ctrl+"]', "command[0].keys[1]", "no key"),
    ('["M", "Ctrl+K, Ctrl+M"]', '["m"]', "command[0].keys[0]", "write the key 'm' as 'M'"),
    ('["M", "Ctrl+K, Ctrl+M"]', '["M", "M"]', "command[0].keys[1]", "already"),
    ('["M", "Ctrl+K, Ctrl+M"]', '["M", 1]', "command[0].keys[1]", "expected `str`"),
    ("[[command]]", "[command]", "command", "expected `array`"),
    ('"tokens.width"', '"width"', "setting[0].key", "begin with the plugin's id"),
    ('kind = "int"', 'kind = "number"', "setting[0].kind", "'number'"),
    ("default = 3", "default = 10", "setting[0].default", "10 is above 9"),
    ("default = 3", "default = 0", "setting[0].default", "0 is below 1"),
    ("default = 3", "default = true", "setting[0].default", "no value of kind 'int'"),
    ("default = 3", "default = 3.5", "setting[0].default", "no value of kind 'int'"),
    ('kind = "int"', 'kind = "choice"', "setting[0].choices", "something to choose from"),
    ('id = "tok"', 'id = "native"', "format[0].id", "every panel has already"),
    ('id = "tok"', 'id = "Tok"', "format[0].id", "is no id"),
    ('id = "tok"', 'id = "tok"\npanel = "x"', "format[0].panel", "there is no key 'panel'"),
    ('".tok", ', '"tok", ', "format[0].extensions[0]", "'tok' is no extension"),
    ('".formats:TokFormat"', '"x"', "format[0].code", "no import string"),
    ("import = true\nexport = true", "", "format[0]", "or both"),
    ("import = true", "imports = true", "format[0].imports", "did you mean 'import'?"),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), FAULTS)
def test_a_fault_is_named_with_its_place(old: str, new: str, place: str, words: str) -> None:
    assert WHOLE.count(old) >= 1
    with pytest.raises(Refusal) as caught:
        read_manifest(WHOLE.replace(old, new, 1).encode())
    problem = caught.value.problem
    assert problem.code == "plugin_invalid"
    assert problem.where == (place if place == "panel.toml" else f"panel.toml: {place}")
    assert words in problem.message


def test_two_of_a_kind_are_refused() -> None:
    command = '\n[[command]]\nid = "tokens.mark"\ntitle = "Again"\n'
    with pytest.raises(Refusal, match=r"command\[1\].id: .*'tokens.mark' is there twice"):
        read_manifest((WHOLE + command).encode())
    setting = '\n[[setting]]\nkey = "tokens.width"\nkind = "bool"\ndefault = true\ntitle = "T"\n'
    with pytest.raises(Refusal, match=r"setting\[1\].key: .*'tokens.width' is there twice"):
        read_manifest((WHOLE + setting).encode())
    entry = '\n[[format]]\nid = "tok"\ntitle = "T"\ncode = "a:B"\nexport = true\n'
    with pytest.raises(Refusal, match=r"format\[1\].id: .*'tok' is there twice"):
        read_manifest((WHOLE + entry).encode())
    other = '\n[[command]]\nid = "tokens.other"\ntitle = "Other"\nkeys = ["M"]\n'
    with pytest.raises(Refusal, match=r"keys\[0\]: 'M' is the key of 'tokens.mark' already"):
        read_manifest((WHOLE + other).encode())


def test_a_file_is_named_in_the_refusal(tmp_path: Path) -> None:
    path = tmp_path / "panel.toml"
    with pytest.raises(Refusal, match="there is no such file") as caught:
        read_manifest(path)
    assert caught.value.problem.where == str(path)
    path.write_text('id = "x"\nname = ?\n', encoding="utf-8")
    with pytest.raises(Refusal, match=r"not TOML: .*line 2") as caught:
        read_manifest(path)
    assert caught.value.problem.where == str(path)
    with pytest.raises(Refusal, match=r"^the vendor's: ."):
        read_manifest(path, "the vendor's")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with pytest.raises(Refusal):
        read_manifest(raw)


@given(st.text(max_size=80), st.integers(0, len(WHOLE)))
def test_a_manifest_with_anything_put_into_it_is_read_or_refused(text: str, at: int) -> None:
    raw = (WHOLE[:at] + text + WHOLE[at:]).encode("utf-8", "surrogatepass")
    try:
        manifest = read_manifest(raw)
    except Refusal:
        return
    assert manifest.id == "tokens" or text


@pytest.mark.parametrize(
    ("offered", "wanted", "served"),
    [
        ("0.1", ["0.1"], True),
        ("0.2", ["0.1"], False),  # while the major is 0 every minor may break
        ("0.1", ["0.2"], False),
        ("0.2", ["0.1", "0.2"], True),
        ("1.3", ["1.0"], True),  # a minor only adds
        ("1.3", ["1.3"], True),
        ("1.3", ["1.4"], False),
        ("1.3", ["2.0", "0.3"], False),
        ("2.0", ["1.9"], False),
        ("10.0", ["1.0"], False),
        ("1.3", [], False),
    ],
)
def test_a_door_serves_the_versions_it_can(offered: str, wanted: list[str], served: bool) -> None:
    assert offers(offered, wanted) is served


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("bool", True, True),
        ("bool", 1, False),
        ("int", 4, True),
        ("int", True, False),
        ("int", 4.0, False),
        ("float", 4, True),
        ("float", 4.5, True),
        ("float", "4.5", False),
        ("text", "", True),
        ("text", None, False),
        ("choice", "left", True),
        ("choice", "lefd", False),
    ],
)
def test_a_setting_takes_values_of_its_kind(kind: str, value: object, fits: bool) -> None:
    setting = SettingEntry(
        key="x.y", kind=kind, default="left", title="T", choices=("left", "right")
    )
    assert (setting.fault(value) is None) is fits
    if value == "lefd":
        assert "did you mean 'left'?" in (setting.fault(value) or "")
