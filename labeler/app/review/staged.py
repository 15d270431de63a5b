"""A conflict on a stage: the task's own editor shows what the decision comes to, and may write it anew.

Nothing of it is a draft of anybody: what is written lies in memory until it is decided.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QObject, Signal

from labeler.api import Problem, Value
from labeler.app.context import AppContext
from labeler.app.session import ProjectSession
from labeler.app.work.telling import tell_problems
from labeler.store import DraftRow
from labeler.work.conflict_case import Case
from labeler.work.desk import Seat
from labeler.work.draft import Draft

__all__ = ["Writing", "content_of", "seat_of"]


def content_of(case: Case, side: int | None) -> bytes:
    """The content that is shown: of the task, or of the side that is chosen where they have one each."""
    if case.kind in ("task", "double"):
        chosen = case.sides[side or 0].value if case.sides else None
        content = chosen.get("content") if isinstance(chosen, dict) else None
        return b"" if content is None else msgspec.json.encode(content)
    return case.read.full.content if case.read.full is not None else b""


def seat_of(session: ProjectSession, case: Case, value: bytes, side: int | None) -> Seat | None:
    """A task as an editor is shown it, with this value; None where the conflict is about no task."""
    read = case.read
    if read.full is None or read.queue is None or case.kind not in ("annotation", "task", "double"):
        return None
    raw = content_of(case, side)
    content = session.panels.content(read.queue.panel, raw) if raw else None
    draft = Draft(
        _row(read.full.row.id, b"{}" if value == b"null" else value),
        session.panels.codec(read.queue.panel),
    )
    return Seat(
        queue=read.queue,
        full=msgspec.structs.replace(read.full, content=raw),
        content=content,
        parts=content.parts() if content is not None else (),
        draft=draft,
        predictions=(),
        position=0,
    )


def _row(task: str, value: bytes) -> DraftRow:
    """A draft of nobody: a value from which one begins."""
    return DraftRow(
        task=task,
        person="",
        round=0,
        base="",
        base_status="submitted",
        cursor=0,
        saved=0,
        last=0,
        tree=value,
        tree_status="submitted",
        tree_reason="",
        tree_at=0,
        path=(),
        ahead=(),
        state={},
        holder="",
        head="",
        head_value=b"{}",
        head_status="submitted",
        head_reason="",
    )


class Writing(QObject):
    """A value that is written anew: takes what editor, form and table make, and undoes it.

    ``value_changed`` fires where it became another without the editor's doing; ``written`` after each
    gesture.
    """

    value_changed = Signal()
    written = Signal()
    refused = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.seat: Seat | None = None

    @property
    def value(self) -> Value:
        """The value as it is written so far."""
        return self.seat.draft.value if self.seat is not None else Value()

    def take(self, value: Value, label: str, key: str = "") -> bool:
        """Take a new value; False where nothing is written or nothing changed."""
        if self.seat is None or not self.seat.draft.emit(value, label, key):
            return False
        self.written.emit()
        return True

    def end_key(self) -> None:
        """The next gesture is a step of its own."""
        if self.seat is not None:
            self.seat.draft.end_key()

    def undo(self) -> bool:
        """Take the newest gesture back; False where there is none."""
        if self.seat is None or self.seat.draft.undo() is None:
            return False
        self.value_changed.emit()
        self.written.emit()
        return True

    def redo(self) -> bool:
        """Do again what was taken back; False where nothing was."""
        if self.seat is None or self.seat.draft.redo() is None:
            return False
        self.value_changed.emit()
        self.written.emit()
        return True

    def nothing_missing(self) -> bool:
        """Never: one key that answers does not decide a conflict."""
        return False

    def submit(self, key: str = "") -> bool:
        """What is written is decided by hand, not by an answer."""
        return False

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say problems that have no place on the page: the first, and how many others there are."""
        if self.seat is not None:
            tell_problems(self._context, problems, self.value, self.seat.queue.config)
