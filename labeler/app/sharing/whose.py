"""The question that is asked before somebody works in a hand-out for somebody else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.session import Doubt
from labeler.kit import Dialog, Text

__all__ = ["ask_whose"]


def ask_whose(context: AppContext, parent: QWidget, doubt: Doubt) -> None:
    """Let the person choose: work as the one it is for, only look, or leave it."""
    tr = QCoreApplication.translate
    handed, me = doubt.handed, context.settings.values.person
    whom = handed.name or handed.to
    dialog = Dialog(tr("Whose", "This hand-out is for {person}").format(person=whom), parent=parent)
    dialog.setObjectName("whose")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    words = tr(
        "Whose",
        "{giver} handed these tasks out to {person}, and on this machine {me} is at work. What is done"
        " in this file is signed {handle}.",
    )
    told = words.format(
        giver=handed.by or tr("Whose", "Somebody"),
        person=whom,
        me=me.name or me.handle,
        handle=handed.to,
    )
    dialog.body.addWidget(Text(told, "body", "text_2", wrap=True))
    cancel = dialog.add_button(tr("Whose", "Cancel"), role="reject")
    cancel.setObjectName("cancel")
    work = dialog.add_button(tr("Whose", "Work as {person}").format(person=whom), role="accept")
    work.setObjectName("work")
    look = dialog.add_button(tr("Whose", "Only look"), "primary", role="accept")
    look.setObjectName("look")
    look.clicked.connect(lambda: doubt.go(True))
    work.clicked.connect(lambda: _agree(context, doubt))
    dialog.rejected.connect(lambda: _leave(context, doubt))
    look.setFocus()
    dialog.open()


def _agree(context: AppContext, doubt: Doubt) -> None:
    known = context.settings.values.handed
    context.settings.change(handed=tuple(dict.fromkeys((*known, doubt.handed.id))))
    doubt.go(False)


def _leave(context: AppContext, doubt: Doubt) -> None:
    doubt.leave()
    if context.session is None:
        context.go("home")
