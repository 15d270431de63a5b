"""Keymaps: no key runs two commands, a file comes back as written, a bad one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from labeler.app.commands import Commands, Entry
from labeler.app.keymaps import Keymap, fitted, matching, read_keymap, shipped, written
from labeler.kit.editor import CanRun
from labeler.model.commands import Command
from labeler.model.problems import Refusal

ROWS = (
    ("work.next", ("Ctrl+PgDown",), "work"),
    ("work.flag", ("F",), "work"),
    ("app.palette", ("Ctrl+K",), ""),
    ("data.filter", ("F",), "data"),
    ("boxes.accept", ("A",), "work/boxes"),
    ("boxes.next", ("Tab",), "work/boxes"),
    ("sound.accept", ("A",), "work/sound"),
    ("sound.next", ("Tab",), "work/sound"),
)


@pytest.fixture
def commands(qapp: QApplication) -> Commands:
    made = Commands({})
    made.add_all(
        Entry(Command(name, name.title(), keys), print, lambda: CanRun(True), place)
        for name, keys, place in ROWS
    )
    return made


def test_panels_have_keys_of_their_own_and_share_the_pages(commands: Commands) -> None:
    assert commands.clashes() == []
    commands.place, commands.panel = "work", "sound"
    found = commands.for_key("Tab")
    assert found is not None
    assert found.command.id == "sound.next"
    commands.panel = "boxes"
    found = commands.for_key("Tab")
    assert found is not None
    assert found.command.id == "boxes.next"
    commands.place = "data"
    assert commands.for_key("Tab") is None


@pytest.mark.parametrize(
    ("name", "key", "rival"),
    [
        ("boxes.accept", "F", "work.flag"),
        ("work.flag", "A", "boxes.accept"),
        ("boxes.accept", "Ctrl+K", "app.palette"),
        ("app.palette", "F", "work.flag"),
        ("data.filter", "A", ""),
        ("boxes.accept", "B", ""),
    ],
)
def test_a_clash_is_where_both_work(commands: Commands, name: str, key: str, rival: str) -> None:
    found = commands.would_clash(name, key)
    assert (found.command.id if found else "") == rival


def test_a_keymap_takes_its_keys_from_who_had_them(commands: Commands) -> None:
    found = fitted(Keymap(1, "", {"work.next": ("A", "D"), "nobody.knows": ("Q",)}), commands)
    assert found.own == {"work.next": ("A", "D"), "boxes.accept": (), "sound.accept": ()}
    assert set(found.lost) == {("boxes.accept", "A"), ("sound.accept", "A")}
    assert found.unknown == ("nobody.knows",)
    commands.remap_all(found.own)
    assert commands.clashes() == []


def test_a_star_stands_for_the_command_of_every_panel(commands: Commands) -> None:
    found = fitted(Keymap(1, "", {"*.accept": ("Y",), "*.next": ("N",)}), commands)
    assert found.own == {
        "boxes.accept": ("Y",),
        "sound.accept": ("Y",),
        "boxes.next": ("N",),
        "sound.next": ("N",),
    }


def test_keys_like_the_defaults_are_none_of_ones_own(commands: Commands) -> None:
    commands.remap("work.flag", ("Z",))
    assert matching(commands) == "own"
    commands.remap("work.flag", ("F",))
    assert commands.own_keys == {}
    assert matching(commands) == "default"


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    own = {"work.flag": ("Ctrl+Shift+F", "B"), "boxes.accept": (), 'odd"id': ("Ctrl+,",)}
    path = tmp_path / "keys.toml"
    path.write_text(written("Änne's", own), encoding="utf-8")
    found = read_keymap(path)
    assert (found.name, found.keys) == ("Änne's", own)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no toml at all", ""),
        ('schema = 2\nname = ""', "schema 2"),
        ("schema = 1\nnonsense = 3", "nonsense"),
        ('schema = 1\n[keys]\n"work.next" = "A"', "keys"),
        ('schema = 1\n[keys]\n"work.next" = ["a"]', "work.next"),
        ('schema = 1\n[keys]\n"work.next" = ["Ctrl+"]', "work.next"),
    ],
)
def test_a_file_that_is_no_keymap_is_refused_with_the_place(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        read_keymap(path)
    assert said in str(refused.value.problem.params["reason"])


def test_a_keymap_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        read_keymap(tmp_path / "none.toml")
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refusal):
        read_keymap(tmp_path / "x.toml")


@pytest.mark.parametrize("name", ["left_hand", "like_labelme"])
def test_the_keymaps_that_ship_are_sound(name: str) -> None:
    assert shipped()[name].keys
