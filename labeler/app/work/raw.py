"""What stands on the stage where no editor can show the task: why, and the value as it is stored."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.kit.controls.notice import Callout, CodeBlock
from labeler.kit.controls.text import Text
from labeler.work.desk import Seat

__all__ = ["RawView"]

_SIDE, _TOP, _GAP = 32, 24, 12
_LINES = 24


class RawView(QWidget):
    """The task and the value as text, read-only. Skipping, flagging and going on still work.

    ``known`` says whether a plugin brings the panel, ``off`` whether it was turned off, ``reason``
    why the content could not be read, ``unseen`` which fields of the content are not to be shown.
    ``turned_on`` asks for the panel to be turned on again.
    """

    turned_on = Signal()

    def __init__(
        self,
        seat: Seat,
        *,
        known: bool,
        off: bool,
        reason: str,
        unseen: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        panel = seat.queue.panel
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _TOP, _SIDE, _TOP)
        column.setSpacing(_GAP)
        if off:
            callout = Callout(
                self.tr("The panel “{panel}” is turned off").format(panel=panel),
                self.tr("Turn it on to go on with this task. What was done is kept."),
                "info",
            )
        elif not known:
            callout = Callout(
                self.tr("The panel “{panel}” is not installed").format(panel=panel),
                self.tr(
                    "Install the plugin that brings it to work on this task. Until then it can be"
                    " read, flagged and skipped, and what was done stays as it is."
                ),
                "warn",
            )
        elif not seat.full.content:
            callout = Callout(
                self.tr("The content of this task is not here yet"),
                self.tr("Import it to work on the task. It can be flagged and skipped."),
                "warn",
            )
        else:
            callout = Callout(self.tr("The content cannot be shown"), reason, "danger")
        column.addWidget(callout)
        if off:
            from labeler.kit.controls.button import Button

            button = Button(self.tr("Turn the panel on"))
            button.setSizePolicy(button.sizePolicy().Policy.Fixed, button.sizePolicy().Policy.Fixed)
            button.clicked.connect(self.turned_on)
            column.addWidget(button)
        for title, raw in (
            (self.tr("Content"), _seen(seat.full.content, unseen)),
            (self.tr("Annotation"), seat.draft.value_json()),
        ):
            column.addWidget(Text(title, "label", "text_2"))
            block = CodeBlock(_pretty(raw), name=title, most=_LINES)
            column.addWidget(block)
        column.addStretch(1)


def _seen(raw: bytes, unseen: Sequence[str]) -> bytes:
    """The content without the fields that are on no screen."""
    if not raw or not unseen:
        return raw
    fields = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    return msgspec.json.encode({name: one for name, one in fields.items() if name not in unseen})


def _pretty(raw: bytes) -> str:
    if not raw:
        return "–"
    return msgspec.json.format(raw, indent=2).decode("utf-8", "replace")
