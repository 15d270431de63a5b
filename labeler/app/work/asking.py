"""What the Work page asks in a popover: why a task is skipped or flagged, which one to go to."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.work.bottom_bar import BottomBar
from labeler.app.work.flow import Flow

__all__ = ["reason", "task"]


def reason(flow: Flow, bar: BottomBar, what: str) -> QWidget | None:
    """Ask why the task is to be skipped (``what`` is ``skip``) or flagged, then do it."""
    from labeler.app.work.reasons import ReasonPopover

    tr = QCoreApplication.translate
    if flow.seat is None:
        return None
    policy = flow.seat.queue.config.policy
    if what == "skip":
        title, act = tr("Work", "Why is it skipped?"), tr("Work", "Skip")
        popover = ReasonPopover(bar.skip, title, act, policy.skip_reasons, icon="skip-forward")
        popover.given.connect(flow.skip)
    else:
        title, act = tr("Work", "What is wrong with it?"), tr("Work", "Flag")
        popover = ReasonPopover(bar.flag, title, act, policy.flag_reasons, icon="flag")
        popover.given.connect(flow.flag)
    return popover


def task(flow: Flow, context: AppContext, anchor: QWidget) -> QWidget | None:
    """Ask which task to go to, then go there."""
    from labeler.app.work.go_to import GoToPopover

    queue = flow.queue
    if queue is None:
        return None
    popover = GoToPopover(anchor, context, queue)
    popover.position_given.connect(flow.go_to)
    popover.task_given.connect(flow.open_row)
    return popover
