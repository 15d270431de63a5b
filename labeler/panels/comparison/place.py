"""Where the person is in a task, as JSON, to come back there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from labeler.api import Json
from labeler.panels.comparison.board import Layout

if TYPE_CHECKING:
    from labeler.panels.comparison.editor import ComparisonEditor

__all__ = ["Place", "go_to", "place_of", "read_place"]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Positions are code points of the raw texts, so they hold for rendered and raw text alike."""

    current: int = 0
    layout: Layout = "beside"
    linked: bool = True
    raw: bool = False
    folded: bool = False
    prompt: int = 0
    tops: tuple[int, ...] = ()
    carets: tuple[int, ...] = ()
    chosen: tuple[str, ...] = ()

    def as_json(self) -> Json:
        """The place as plain JSON."""
        tree: Json = msgspec.to_builtins(self)
        return tree


def place_of(editor: ComparisonEditor) -> Place:
    """Where the person is in the editor."""
    board, prompt = editor.board, editor.prompt
    return Place(
        current=editor.current,
        layout=board.layout_mode,
        linked=board.linked,
        raw=editor.raw,
        folded=prompt.is_folded,
        prompt=prompt.surface.first_in_sight(),
        tops=tuple(pane.surface.first_in_sight() for pane in board.panes),
        carets=tuple(pane.surface.caret for pane in board.panes),
        chosen=tuple(editor.marking.chosen()),
    )


def go_to(editor: ComparisonEditor, place: Place) -> None:
    """Put the editor back where it was, as far as it is still there."""
    editor.set_linked(place.linked)
    editor.set_raw(place.raw)
    editor.show_layout(place.layout)
    editor.prompt.set_folded(place.folded)
    editor.be_at(place.current)
    editor.prompt.surface.scroll_to(min(place.prompt, len(editor.prompt.surface.document.text)))
    editor.board.restore(place.tops, place.carets, place.chosen)
    if chosen := editor.marking.chosen():
        editor.host.select_regions(chosen)
    if editor.pane is not None:
        editor.setFocusProxy(editor.pane.surface)


def read_place(state: Json, count: int) -> Place | None:
    """The place that ``state`` tells of, fitted to so many responses; None where it is none."""
    try:
        place = msgspec.convert(state, Place)
    except msgspec.ValidationError:
        return None

    def fitted(numbers: tuple[int, ...]) -> tuple[int, ...]:
        kept = tuple(max(0, number) for number in numbers[:count])
        return kept + (0,) * (count - len(kept))

    return msgspec.structs.replace(
        place,
        current=min(max(0, place.current), max(0, count - 1)),
        prompt=max(0, place.prompt),
        tops=fitted(place.tops),
        carets=fitted(place.carets),
    )
