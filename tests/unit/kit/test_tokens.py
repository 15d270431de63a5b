"""The tokens: complete, as designed, and readable in every theme."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from labeler.assets import resources_dir
from labeler.kit import tokens as tokens_module
from labeler.kit.colour import colour, contrast, css, legible, over
from labeler.kit.tokens import THEMES, ThemeName, Tokens, load_tokens

THEME_FILES = resources_dir() / "themes"

# What is drawn on what. Text needs 4.5:1 (WCAG 1.4.3), everything else that carries meaning 3:1 (1.4.11).
PLAIN = ("surface", "bg", "raised", "sunken", "hover", "pressed", "selection")
TEXT_PAIRS = [
    *(("text", ground) for ground in PLAIN),
    *(("text", f"{kind}_soft") for kind in ("accent", "ok", "warn", "danger")),
    *(("text_2", ground) for ground in ("surface", "bg", "raised", "sunken", "hover", "selection")),
    *(("accent", ground) for ground in ("surface", "bg", "raised", "accent_soft", "selection")),
    *(("on_accent", ground) for ground in ("accent", "accent_hover", "accent_pressed")),
    ("on_danger", "danger"),
    *(
        (kind, ground)
        for kind in ("ok", "warn", "danger", "gold", "review")
        for ground in ("surface", "bg", "raised", "selection", f"{kind}_soft")
    ),
    *(("prediction", ground) for ground in ("surface", "bg", "raised", "selection")),
    ("diff_add", "diff_add_bg"),
    ("diff_del", "diff_del_bg"),
]
SHAPE_PAIRS = [
    *(("border_strong", ground) for ground in ("surface", "bg", "raised", "sunken", "hover")),
    *(("focus", ground) for ground in ("surface", "bg", "raised", "sunken", "hover", "selection")),
    *(("accent", ground) for ground in PLAIN if ground != "pressed"),
    ("on_accent", "accent"),
    ("on_danger", "danger"),
    ("danger", "surface"),
    ("playhead", "surface"),
    ("wave", "surface"),
]


def ratio(tokens: Tokens, pair: tuple[str, str]) -> float:
    return contrast(tokens.role(pair[0]), tokens.role(pair[1]))


@pytest.mark.parametrize("theme_name", THEMES)
def test_every_text_is_readable_on_every_ground_it_is_drawn_on(theme_name: ThemeName) -> None:
    tokens = load_tokens(theme_name)
    too_weak = {p: round(ratio(tokens, p), 2) for p in TEXT_PAIRS if ratio(tokens, p) < 4.5}
    assert not too_weak


@pytest.mark.parametrize("theme_name", THEMES)
def test_every_outline_and_mark_is_seen(theme_name: ThemeName) -> None:
    tokens = load_tokens(theme_name)
    too_weak = {p: round(ratio(tokens, p), 2) for p in SHAPE_PAIRS if ratio(tokens, p) < 3.0}
    assert not too_weak


@pytest.mark.parametrize("theme_name", THEMES)
def test_disabled_text_can_still_be_made_out(theme_name: ThemeName) -> None:
    tokens = load_tokens(theme_name)
    grounds = ("surface", "bg", "raised", "sunken")
    assert min(ratio(tokens, ("text_disabled", ground)) for ground in grounds) >= 3.0


# The lowest figures the design was measured at, computed by other hands.
@pytest.mark.parametrize(
    ("theme_name", "pair", "measured"),
    [
        ("light", ("accent", "selection"), 4.60),
        ("dark", ("accent", "selection"), 4.67),
        ("high_contrast", ("danger", "selection"), 6.15),
        ("light", ("border_strong", "hover"), 3.13),
        ("dark", ("border_strong", "hover"), 3.42),
    ],
)
def test_contrast_is_what_the_design_was_measured_at(
    theme_name: ThemeName, pair: tuple[str, str], measured: float
) -> None:
    assert ratio(load_tokens(theme_name), pair) == pytest.approx(measured, abs=0.006)


# Black on white is 21 by definition; #767676 is the well-known lightest grey that passes on white.
def test_contrast_follows_wcag() -> None:
    white = colour("#FFFFFF")
    assert contrast(white, colour("#000000")) == pytest.approx(21.0)
    assert contrast(colour("#767676"), white) == pytest.approx(4.54, abs=0.005)
    assert contrast(colour("#777777"), white) < 4.5


def test_the_three_themes_have_the_same_keys() -> None:
    keys = [set(tomllib.loads((THEME_FILES / f"{n}.toml").read_text("utf-8"))) for n in THEMES]
    assert keys[0] == keys[1] == keys[2]
    assert len(keys[0]) > 40


def test_the_shipped_tokens_are_the_designed_ones(checkout: Path) -> None:
    designed_file = checkout.parent / "shared" / "look" / "tokens.toml"
    if not designed_file.is_file():
        pytest.skip("the design is not beside this checkout")
    designed = tomllib.loads(designed_file.read_text("utf-8"))
    for name in THEMES:
        assert tomllib.loads((THEME_FILES / f"{name}.toml").read_text("utf-8")) == designed[name]
    shipped = tomllib.loads((THEME_FILES / "measures.toml").read_text("utf-8"))
    for table in ("label_colours", "label_patterns", "media", "space", "radius", "motion", "type"):
        assert shipped[table] == designed[table], table
    assert shipped["size"].items() >= designed["size"].items()


@pytest.fixture
def copied_themes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the theme files that the loader reads instead of the shipped ones."""
    folder = tmp_path / "themes"
    shutil.copytree(THEME_FILES, folder)
    monkeypatch.setattr(tokens_module, "asset", lambda relative: tmp_path / relative)
    return folder


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('accent = "#2F5FD0"\n', "", r"light\.toml: 'accent' is missing"),
        ('accent = "#2F5FD0"', 'accents = "#2F5FD0"\naccent = "#2F5FD0"', r"'accents' is not a"),
        ('accent = "#2F5FD0"', 'accent = "blue"', "'blue' is not a colour"),
        ('accent = "#2F5FD0"', 'accent = "#12345G"', "'#12345G' is not a colour"),
    ],
)
def test_a_broken_theme_file_is_refused_with_its_key(
    copied_themes: Path, old: str, new: str, message: str
) -> None:
    path = copied_themes / "light.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ValueError, match=message):
        load_tokens("light")


def test_a_role_that_is_no_colour_is_refused() -> None:
    tokens = load_tokens("light")
    for wrong in ("sizes", "no_such_thing"):
        with pytest.raises(KeyError, match=wrong):
            tokens.role(wrong)


def test_alpha_comes_last_and_reaches_the_style_sheet() -> None:
    shade = colour("#1B1F2729")
    assert (shade.red(), shade.green(), shade.blue(), shade.alpha()) == (0x1B, 0x1F, 0x27, 0x29)
    assert css(shade) == "rgba(27, 31, 39, 41)"
    assert css(colour("#1B1F27")) == "#1b1f27"
    # Half of black over white is the middle grey.
    assert over(QColor(0, 0, 0, 128), colour("#FFFFFF")).red() == pytest.approx(127, abs=1)


def test_label_places_give_the_hues_in_order_and_a_new_pattern_each_round() -> None:
    tokens = load_tokens("light")
    assert tokens.label_colour(1).media == colour("#E69F00")
    assert tokens.label_colour(1).pattern == "solid"
    assert tokens.label_colour(4).dash == (1.5, 1.0)
    again = tokens.label_colour(9)
    assert (again.media, again.pattern) == (colour("#E69F00"), "double")
    assert tokens.label_colour(17).pattern == "ticked"
    assert tokens.label_colour(25).pattern == "ticked"
    with pytest.raises(ValueError, match="start at 1"):
        tokens.label_colour(0)


def test_a_label_given_by_hex_is_ours_where_it_is_in_the_list() -> None:
    tokens = load_tokens("dark")
    by_hex = tokens.label_colour("#0072b2")
    assert by_hex == tokens.label_colour(5)
    assert by_hex.surface == colour("#3F9BD6")
    assert by_hex.halo == tokens.halo_light
    assert tokens.label_colour("#0072B2", position=13).pattern == "double"


@pytest.mark.parametrize("text", ["red", "#12", "#GGGGGG", "url(x);} *{", "#00+1 2", "\u0663" * 7])
def test_what_is_no_colour_is_as_if_a_label_had_none(text: str) -> None:
    """It comes with a file of anybody's: what cannot be painted would break every list it is in."""
    tokens = load_tokens("light")
    assert tokens.label_colour(text, position=5) == tokens.label_colour(5)
    assert tokens.label_colour(text) == tokens.label_colour(1)
    with pytest.raises(ValueError, match="is not a colour"):
        colour(text)


@pytest.mark.parametrize("theme_name", THEMES)
@pytest.mark.parametrize("given", ["#FFFF00", "#101010", "#FFFFFF", "#8040FF", "#00FF88"])
def test_a_label_colour_of_ones_own_is_seen_on_every_ground(
    theme_name: ThemeName, given: str
) -> None:
    tokens = load_tokens(theme_name)
    label = tokens.label_colour(given)
    assert label.media == colour(given)
    assert min(contrast(label.surface, ground) for ground in tokens.label_grounds) >= 3.0
    assert contrast(label.ink, label.media) >= 4.5


@pytest.mark.parametrize("theme_name", THEMES)
def test_our_label_colours_are_seen_on_every_ground_and_their_tags_readable(
    theme_name: ThemeName,
) -> None:
    tokens = load_tokens(theme_name)
    for place in range(1, 9):
        label = tokens.label_colour(place)
        assert min(contrast(label.surface, ground) for ground in tokens.label_grounds) >= 3.0
        assert contrast(label.ink, label.media) >= 4.5


def test_hues_that_lie_close_never_share_a_pattern() -> None:
    tokens = load_tokens("light")
    for near, far in ((1, 6), (2, 5), (3, 4)):
        assert tokens.label_colour(near).pattern != tokens.label_colour(far).pattern


@pytest.mark.parametrize("theme_name", THEMES)
@pytest.mark.parametrize("accent", ["#E4002B", "#FFD100", "#00843D", "#101820", "#F4F4F4"])
def test_a_vendors_accent_keeps_everything_readable(theme_name: ThemeName, accent: str) -> None:
    tokens = load_tokens(theme_name, accent)
    pairs = [p for p in TEXT_PAIRS if "accent" in p[0] or "accent" in p[1] or "selection" in p[1]]
    weak = {p: round(ratio(tokens, p), 2) for p in pairs if ratio(tokens, p) < 4.5}
    assert not weak
    assert ratio(tokens, ("focus", "surface")) >= 3.0


def test_a_colour_that_is_already_legible_stays_itself() -> None:
    blue, white = colour("#0072B2"), colour("#FFFFFF")
    assert legible(blue, [white], 3.0) == blue
    assert legible(blue, [white], 10.0) != blue
