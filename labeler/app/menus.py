"""Menus, filled when they open: of the project, the queues, the person and the saved chip."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidgetAction

from labeler.app.commands import Commands
from labeler.app.company import company_lines
from labeler.app.context import AppContext
from labeler.app.settings import Login
from labeler.app.words import of_total
from labeler.kit.controls.text import Text
from labeler.kit.plain import plain_tip
from labeler.kit.style_sheet import MENU_ROOM
from labeler.store import Person

__all__ = [
    "add_commands",
    "fill_company",
    "fill_person",
    "fill_project",
    "fill_queues",
    "of_copies",
]

_MOST_RECENT = 6


def add_commands(menu: QMenu, commands: Commands, ids: Iterable[str]) -> None:
    """Put commands on a menu, "" for a line; those that cannot be run say why as their tooltip."""
    menu.setToolTipsVisible(True)
    for name in ids:
        if not name:
            menu.addSeparator()
            continue
        entry = commands.get(name)
        if entry is None:
            continue
        key = commands.key_text(name)
        action = menu.addAction(f"{entry.command.title}\t{key}" if key else entry.command.title)
        can = entry.can_run()
        action.setEnabled(can.ok)
        action.setToolTip(plain_tip(can.reason))
        action.triggered.connect(_runs(commands, name))


def _runs(commands: Commands, name: str) -> Callable[[], None]:
    def run() -> None:
        commands.run(name)

    return run


def fill_project(menu: QMenu, context: AppContext) -> None:
    """New, open, recent projects, import and export, copy, close."""
    menu.clear()
    commands = context.commands
    add_commands(menu, commands, ("project.new", "project.open"))
    session = context.session
    here = str(session.shared) if session is not None else ""
    recent = [one for one in context.settings.values.recent if one.path != here]
    if recent:
        menu.addSeparator()
        for one in recent[:_MOST_RECENT]:
            path = Path(one.path)
            action = menu.addAction(_plain(one.title or path.stem))
            action.setToolTip(plain_tip(one.path))
            action.setEnabled(path.exists())
            action.triggered.connect(_opens(context, path))
    add_commands(
        menu,
        commands,
        (
            "",
            "data.import",
            "data.export",
            "",
            "project.save_copy",
            "project.merge_copy",
            "project.hand_out",
            "project.hand_back",
            "project.history",
            *of_copies(context),
            "",
            "project.labels",
            "project.questions",
            "project.media",
            "project.close",
        ),
    )


def _opens(context: AppContext, path: Path) -> Callable[[], None]:
    def open_it() -> None:
        context.open_project(path)

    return open_it


def fill_queues(
    menu: QMenu, context: AppContext, current: str, choose: Callable[[str], None]
) -> None:
    """The queues with how far they are; the current one is ticked."""
    menu.clear()
    session = context.session
    for queue in session.queues if session is not None else ():
        text = f"{_plain(queue.title)}\t{of_total(queue.done, queue.tasks)}"
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(queue.name == current)
        action.triggered.connect(_chooses(choose, queue.name))
    add_commands(
        menu,
        context.commands,
        ("", "project.labels", "project.questions", "", "work.choose_queue", "work.go_to"),
    )


def _chooses(choose: Callable[[str], None], name: str) -> Callable[[], None]:
    def chosen() -> None:
        choose(name)

    return chosen


def fill_person(menu: QMenu, context: AppContext) -> None:
    """Who is at work, and what concerns the person and this machine."""
    menu.clear()
    tr = QCoreApplication.translate
    login: Login | Person = context.settings.values.person
    if context.session is not None:
        login = context.session.person
    if login.handle:
        name = f"{login.name} ({login.handle})" if login.name else login.handle
        _tell(menu, name)
    else:
        _tell(menu, tr("Menus", "Nobody is signed in"))
    names = ("app.person", "app.settings", "", "app.theme", "app.larger", "app.smaller")
    add_commands(menu, context.commands, (*names, "app.full_screen", ""))
    add_commands(
        menu,
        context.commands,
        ("app.help", "app.manual", "app.licences", "app.about", "", "app.quit"),
    )


def of_copies(context: AppContext) -> tuple[str, ...]:
    """The commands about working copies that say something where this project lies."""
    session = context.session
    if session is None or (session.way.copy is None and session.way.place.kind == "local"):
        return ()
    return ("project.work_in_copy",) if session.way.copy is None else ("project.give_back",)


def fill_company(menu: QMenu, context: AppContext) -> None:
    """Who else has the project open, and the way out of sharing a file."""
    menu.clear()
    session = context.session
    for line in company_lines(session.company if session is not None else ()):
        _tell(menu, line)
    menu.addSeparator()
    add_commands(menu, context.commands, ("project.work_in_copy", "project.give_back"))


def _tell(menu: QMenu, line: str) -> None:
    """A line that is read and not chosen: in the colour of words, which what is disabled has not."""
    told = QWidgetAction(menu)
    told.setText(_plain(line))
    words = Text(line, role="text_2")
    words.setContentsMargins(*MENU_ROOM)
    told.setDefaultWidget(words)
    menu.addAction(told)


def _plain(text: str) -> str:
    """A text that is no menu text: an ampersand is an ampersand."""
    return text.replace("&", "&&").replace("\t", " ")
