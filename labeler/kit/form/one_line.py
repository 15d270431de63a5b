"""A criterion in one line: key, title and answers; or a section of its own where that has no room.

Criteria come in rows of four and five. A line each lets all of them be seen at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from labeler.kit.controls.keycap import KeyCap
from labeler.kit.controls.section import Section
from labeler.kit.controls.text import Text
from labeler.kit.form.scales import PreferenceControl
from labeler.kit.paint import cap_size
from labeler.kit.plain import plain_tip

__all__ = ["OneLine"]

_MOST_LINES = 2
"""Of a title; a longer one has its section."""
_ABOUT, _CONTROL = 0, 2
_CAP = 3
_UNBOUNDED = (1 << 24) - 1


class OneLine:
    """Moves a criterion's widgets between the heading's line and the body of its section.

    In the line, the help is the title's tooltip, and with the way to the guideline it stands in the
    menu of what is neither.
    """

    def __init__(
        self, section: Section, cap: KeyCap, help_text: Text, control: PreferenceControl
    ) -> None:
        self._section = section
        self._cap = cap
        self._help = help_text
        self._control = control
        self.is_line = False

    def arrange(self, width: int, keys: Sequence[str], note: str) -> bool:
        """Be a line where ``width`` pixels are enough for it; whether it became another form.

        ``keys`` are those that answer it. The key is given room for its chord at all times: what is
        a line stays one while a text is written. A ``note`` wants a heading.
        """
        room = self._room_for_title(width, keys)
        title = self._section.title
        line = (
            not note
            and not self._control.warning
            and title.minimumSizeHint().width() <= room
            and title.heightForWidth(room) <= _MOST_LINES * title.theme.line("label")
        )
        title.setMaximumWidth(room if line else _UNBOUNDED)
        if line == self.is_line:
            return False
        self.is_line = line
        head, body = self._section.head, self._section.body
        for widget in (self._cap, self._control):
            head.removeWidget(widget)
            body.removeWidget(widget)
        if line:
            head.insertWidget(_ABOUT, self._cap)
            head.addWidget(self._control)
        else:
            head.insertWidget(_CAP, self._cap)
            body.insertWidget(_CONTROL, self._control)
        words = self._help.text()
        self._help.setVisible(bool(words) and not line)
        title.setToolTip(plain_tip(words) if line else "")
        self._section.setAccessibleDescription(words if line else "")
        self._section.set_line(line)
        self._control.set_line(line)
        return True

    def _room_for_title(self, width: int, keys: Sequence[str]) -> int:
        head, theme = self._section.head, self._section.theme
        gap = head.spacing()
        room = width - 2 * self._section.side - self._control.line_width() - 2 * gap
        room -= max((cap_size(theme, f"Alt+{key}").width() + gap for key in keys if key), default=0)
        if not self._section.star.isHidden():
            room -= self._section.star.sizeHint().width() + gap
        return max(0, room)
