"""Where the person is in a recording: view, playhead, choice, speakers; kept to come back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from labeler.api import Json

if TYPE_CHECKING:
    from labeler.panels.transcription.editor import TranscriptionEditor

__all__ = ["Place", "go_to", "place_of", "read_place"]


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Times are microseconds.

    ``view`` is the time at the left edge and the microseconds a pixel holds, None for all of it;
    ``speakers`` in the order of their keys, ``speaker`` who speaks next; ``typing`` that the caret is
    in the chosen text, at ``caret``; ``rejected`` what was put away of a model's proposals.
    """

    view: tuple[float, float] | None = None
    playhead: int = 0
    chosen: str = ""
    typing: bool = False
    caret: int = 0
    top: int = 0
    speakers: tuple[str, ...] = ()
    speaker: str = ""
    mode: str = "transcribe"
    speed: float = 1.0
    loop: bool = False
    gain: float = 1.0
    pending: int | None = None
    rejected: tuple[str, ...] = ()


def read_place(state: Json) -> Place:
    """The place in a state that may be of another version; what does not fit is as at the beginning."""
    try:
        return msgspec.convert(state, Place)
    except msgspec.ValidationError:
        return Place()


def place_of(editor: TranscriptionEditor) -> Place:
    """Where the person is in the editor."""
    axis, transcript = editor.timeline.axis, editor.transcript
    return Place(
        view=None if axis.whole else (axis.start, axis.per_pixel),
        playhead=editor.sounding.player.position,
        chosen=editor.chosen_id,
        typing=bool(transcript.typed),
        caret=transcript.live.caret if transcript.typed else 0,
        top=transcript.verticalScrollBar().value(),
        speakers=editor.speakers.names,
        speaker=editor.speaker,
        mode=editor.tools.mode.chosen,
        speed=editor.sounding.player.speed,
        loop=editor.sounding.looping,
        gain=editor.timeline.gain,
        pending=editor.timeline.pending,
        rejected=tuple(sorted(editor.rejected)),
    )


def go_to(editor: TranscriptionEditor, place: Place) -> None:
    """Put the editor back where it was, as far as it is still there."""
    editor.rejected = set(place.rejected)
    editor.speakers.reset(place.speakers)
    editor.speaker = place.speaker or editor.speaker
    editor.show_value()
    if place.mode in ("segment", "transcribe"):
        editor.tools.mode.choose(place.mode)
    editor.set_speed(place.speed)
    editor.sounding.set_loop(place.loop, None)
    editor.set_gain(place.gain)
    if editor.may_edit:
        editor.set_pending(place.pending)
    row = editor.entry(place.chosen)
    if row is None:
        editor.choose("")
    else:
        editor.select_regions([place.chosen])
        if place.typing and editor.may_edit and row.proposal is None:
            editor.transcript.start_typing(place.chosen, focus=False)
            editor.transcript.live.put_caret(place.caret)
    editor.stage.restore(place, editor.sounding)
