"""When the project's file cannot be written: saving it elsewhere, and not closing over it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from labeler.api import Problem, Refusal
from labeler.app.context import AppContext
from labeler.app.i18n import problem_text
from labeler.app.saved import SavedKeeper
from labeler.app.work.elsewhere import give_back, what_is_owed
from labeler.app.work.elsewhere import save_elsewhere as save
from labeler.assets import brand

__all__ = ["ask_before_closing", "save_elsewhere", "save_to"]


def save_elsewhere(context: AppContext, parent: QWidget, keeper: SavedKeeper) -> None:
    """Ask where, then save the project there with everything owed to it, and go on in that file."""
    session = context.session
    if session is None:
        return
    tr = QCoreApplication.translate
    extension = brand().extension
    proposed = context.folders.projects / f"{session.path.stem}-2{extension}"
    name, _ = QFileDialog.getSaveFileName(
        parent, tr("Unsaved", "Save elsewhere"), str(proposed), f"{brand().name} (*{extension})"
    )
    if name:
        path = Path(name)
        save_to(context, keeper, path if path.suffix else path.with_suffix(extension))


def save_to(context: AppContext, keeper: SavedKeeper, target: Path) -> None:
    """Save the project as ``target`` with everything owed to it, then open that file."""
    session = context.session
    if session is None:
        return
    owed = what_is_owed(session.desk)
    lane, person = session.lane, session.person

    def done(_nothing: None) -> None:
        session.desk.forget_owed()
        context.open_project(target)

    def failed(error: BaseException) -> None:
        give_back(owed)
        if isinstance(error, Refusal):
            context.notify(error.problem)
        else:
            context.fail(error)
        keeper.retry()

    context.background(lambda _told: save(lane, person, owed, target), done, failed)


def ask_before_closing(
    context: AppContext, parent: QWidget, keeper: SavedKeeper, problem: Problem
) -> bool:
    """Whether the window may close although work is not in the file; waits for the person."""
    from labeler.kit.controls.dialog import Dialog
    from labeler.kit.controls.text import Text

    tr = QCoreApplication.translate
    dialog = Dialog(tr("Unsaved", "Your last work is not saved"), parent=parent)
    words = tr("Unsaved", "{reason}. Closing now loses what was done since.")
    dialog.body.addWidget(Text(words.format(reason=problem_text(problem)), "body", wrap=True))
    lose = dialog.add_button(tr("Unsaved", "Close and lose it"), "quiet", role="aside")
    dialog.add_button(tr("Unsaved", "Stay"), role="reject")
    elsewhere = dialog.add_button(tr("Unsaved", "Save elsewhere…"), "primary")
    chosen: list[str] = []

    def choose(what: str) -> None:
        chosen.append(what)
        dialog.accept()

    lose.clicked.connect(lambda: choose("lose"))
    elsewhere.clicked.connect(lambda: choose("elsewhere"))
    dialog.exec()
    if chosen == ["elsewhere"]:
        save_elsewhere(context, parent, keeper)
    return chosen == ["lose"]
