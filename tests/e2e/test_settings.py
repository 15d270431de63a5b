"""What the program remembers on a machine: written whole, read back, never in the way."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeler.app.settings import Appearance, Day, Seat, SettingsStore, folders, toml_text

_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
_leaf = st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | _text
_tree = st.recursive(
    st.dictionaries(_text, _leaf, max_size=4),
    lambda inner: st.dictionaries(_text, _leaf | inner | st.lists(_leaf, max_size=3), max_size=4),
    max_leaves=12,
)


@given(_tree)
def test_what_is_written_is_the_toml_another_reader_reads(tree: dict[str, object]) -> None:
    assert tomllib.loads(toml_text(tree)) == tree


def test_everything_is_read_back_as_it_was(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "deep" / "settings.toml")
    store.set_person("jörg", 'Jörg "Jo" Weber\\n')
    store.change(
        appearance=Appearance(theme="dark", text_scale=1.5),
        keys={"work.skip": ("Shift+S",), "work.flag": ()},
        day=Day("2026-05-14", 87, 11_520_000),
        windows={"main": "AdnQywADAAA="},
    )
    store.note_recent(tmp_path / "a b.labeler", "A & B")
    store.note_seat("ab" * 16, queue="first", task="cd" * 16)
    store.set_panel("probe", "probe.snap", False)
    assert store.write()
    again = SettingsStore(tmp_path / "deep" / "settings.toml")
    assert again.values == store.values
    assert again.seat("ab" * 16) == Seat(queue="first", task="cd" * 16)
    assert again.panel("probe") == {"probe.snap": False}


def test_the_newest_project_stands_first_and_once(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.toml")
    for name in ("a", "b", "a"):
        store.note_recent(tmp_path / name, name)
    assert [recent.title for recent in store.values.recent] == ["a", "b"]
    store.forget_recent(store.values.recent[0].path)
    assert [recent.title for recent in store.values.recent] == ["b"]


@pytest.mark.parametrize(
    "broken", [b"theme = ", b"\xff\xfe", b"[appearance]\ntext_scale = 9.0\n", b"keys = 3\n"]
)
def test_a_file_that_cannot_be_read_is_set_aside_and_said(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(broken)
    store = SettingsStore(path)
    assert store.problem
    assert store.values.appearance == Appearance()
    assert (tmp_path / "settings.toml.broken").read_bytes() == broken
    store.set_person("anna", "")
    assert store.write()


def test_a_folder_that_cannot_be_written_loses_nothing_and_is_tried_again(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    store = SettingsStore(blocked / "settings.toml")
    store.set_person("anna", "Anna")
    assert not store.write()
    assert store.values.person.handle == "anna"
    blocked.unlink()
    assert store.write()
    assert SettingsStore(blocked / "settings.toml").values.person.handle == "anna"


def test_no_change_writes_nothing(tmp_path: Path) -> None:
    told: list[int] = []
    store = SettingsStore(tmp_path / "settings.toml", lambda: told.append(1))
    store.change(inspector_hidden=False)
    assert told == []
    assert store.write()
    assert not (tmp_path / "settings.toml").exists()


def test_a_root_keeps_every_folder_below_itself(tmp_path: Path) -> None:
    there = folders(tmp_path)
    for path in (there.settings, there.logs, there.data, there.projects):
        assert path.is_relative_to(tmp_path)


def test_two_runs_keep_each_others_changes(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    first = SettingsStore(path)
    first.set_person("anna", "Anna")
    first.note_seat("aa" * 16, queue="old")
    first.set_panel("probe", "probe.snap", True)
    assert first.write()
    second = SettingsStore(path)
    first.note_seat("aa" * 16, queue="first")
    first.note_recent(tmp_path / "a", "A")
    first.set_panel("probe", "probe.snap", None)
    second.note_seat("bb" * 16, queue="second")
    second.note_recent(tmp_path / "b", "B")
    second.change(appearance=Appearance(theme="dark"))
    assert second.write()
    assert first.write()
    third = SettingsStore(path).values
    assert {uid: seat.queue for uid, seat in third.seats.items()} == {
        "aa" * 16: "first",
        "bb" * 16: "second",
    }
    assert {one.title for one in third.recent} == {"A", "B"}
    assert third.appearance.theme == "dark"
    assert third.panels == {"probe": {}}
    assert third.person.handle == "anna"
