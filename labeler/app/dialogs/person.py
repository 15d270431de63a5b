"""Who I am: asked once, kept on this machine; the handle signs every piece of work."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext
from labeler.app.dialogs.frame import fit_height
from labeler.kit import Dialog, Field, Text
from labeler.model.ids import normal_handle

__all__ = ["PersonDialog", "ask_first", "proposed_handle", "show"]

_HANDLE = re.compile(r"[^\W_][\w.@+-]*", re.UNICODE)


def proposed_handle() -> str:
    """The handle to begin with: the login of this machine, empty where nobody can tell."""
    try:
        login = getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
    return normal_handle(login)


class PersonDialog(Dialog):
    """Asks for a handle and a name, and tells the context."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.set_title(self.tr("Who I am"))
        self._context = context
        login = context.settings.values.person
        first = not login.handle
        note = Text(
            self.tr(
                "Your handle signs your work: keep the same one in every project. Your name"
                " may change."
            ),
            "body",
            "text_2",
            wrap=True,
        )
        self.handle = Field(self.tr("Handle"), login.handle or proposed_handle())
        self.name = Field(self.tr("Name"), login.name, placeholder=self.tr("As others know you"))
        self.handle.edit.setObjectName("handle")
        self.name.edit.setObjectName("name")
        self._warning = Text("", role="warn", wrap=True)
        self._warning.hide()
        self.body.addWidget(note)
        self.body.addWidget(self.handle)
        self.body.addWidget(self._warning)
        self.body.addWidget(self.name)
        self.cancel = self.add_button(self.tr("Cancel"), role="reject")
        words = self.tr("Begin") if first else self.tr("Save")
        self.accept_button = self.add_button(words, "primary")
        self.cancel.setObjectName("cancel")
        self.accept_button.setObjectName("accept")
        self.accept_button.clicked.connect(self.take)
        self.handle.edit.textChanged.connect(self._changed)
        (self.name if first and self.handle.text else self.handle).edit.setFocus()
        fit_height(self)

    def theme_changed(self) -> None:
        super().theme_changed()
        fit_height(self)

    def _changed(self, _text: str) -> None:
        self.handle.set_error("")
        before = self._context.settings.values.person.handle
        other = bool(before) and normal_handle(self.handle.text) != before
        self._warning.setVisible(other)
        if other:
            words = self.tr("Another handle is another person: what {handle} did stays theirs.")
            self._warning.setText(words.format(handle=before))
        fit_height(self)

    def take(self) -> None:
        """Keep what was typed, or say what is wrong with it."""
        handle = normal_handle(self.handle.text)
        if not handle:
            self.handle.set_error(self.tr("Type a handle, like anna"))
        elif not _HANDLE.fullmatch(handle):
            self.handle.set_error(
                self.tr("Only letters, digits and . @ + - _, beginning with a letter or digit")
            )
        else:
            self.accept()
            self._context.set_person(handle, self.name.text.strip())
            return
        fit_height(self)
        self.handle.edit.setFocus()


def show(context: AppContext, parent: QWidget) -> None:
    """Ask who is at work."""
    dialog = PersonDialog(context, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask_first(context: AppContext, parent: QWidget, then: Callable[[], None]) -> None:
    """Run ``then`` once somebody has said who they are: at once where they did before."""
    if context.settings.values.person.handle:
        then()
        return
    dialog = PersonDialog(context, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # After take(): the person is known when the dialog is gone.
    dialog.finished.connect(lambda done: context.soon(then, context) if done else None)
    dialog.open()
