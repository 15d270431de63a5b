"""The top bar: where we are, the palette's entry, whether the work is saved, undo, who I am."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QWidget

from labeler.app import menus
from labeler.app.company import company_lines, company_title
from labeler.app.context import AppContext
from labeler.app.saved import SavedKeeper
from labeler.app.settings import Login
from labeler.app.words import initials
from labeler.kit.controls.button import AvatarButton, Button, IconButton
from labeler.kit.controls.saved import SavedChip
from labeler.kit.controls.section import Plain
from labeler.kit.controls.select import EntryButton
from labeler.kit.controls.text import Badge, Divider, Text
from labeler.store import Person
from labeler.store.handing import Handed

__all__ = ["TopBar"]

_EDGE, _GAP = 12, 8
_ENTRY = 360


class TopBar(Plain):
    """44 px across the window, right of the rail.

    ``queue_chosen`` carries the name of a queue chosen in its menu; ``elsewhere_wanted`` fires when
    the work is to be saved in another place, ``history_wanted`` when the saved chip is pressed.
    """

    queue_chosen = Signal(str)
    elsewhere_wanted = Signal()
    history_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("bg", edges="bottom", parent=parent)
        self._context = context
        self._queue = ""
        commands = context.commands
        self.setAccessibleName(self.tr("Project"))
        self.project = Button("", "quiet", icon="file", compact=True)
        self.slash = Text("/", role="text_2")
        self.queue = Button("", "quiet", compact=True)
        self.none = Text(self.tr("No project open"))
        self.handed = Badge("", "neutral", "users")
        self.handed.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.entry = EntryButton(self.tr("Find a command, task or rule"), "")
        self.chip = SavedChip()
        self.company = Button("", "quiet", icon="users", compact=True)
        self.undo = IconButton("undo-2", self.tr("Undo"))
        self.redo = IconButton("redo-2", self.tr("Redo"))
        self.avatar = AvatarButton("?", "")
        self.keeper = SavedKeeper(context, self.chip, self)
        start = QHBoxLayout()
        start.setSpacing(4)
        for widget in (self.none, self.project, self.handed, self.slash, self.queue):
            start.addWidget(widget)
        start.addStretch(1)
        end = QHBoxLayout()
        end.setSpacing(_GAP)
        end.addStretch(1)
        end.addWidget(self.company)
        end.addWidget(self.chip)
        end.addWidget(Divider(upright=True))
        end.addWidget(self.undo)
        end.addWidget(self.redo)
        end.addWidget(Divider(upright=True))
        end.addWidget(self.avatar)
        grid = QGridLayout(self)
        grid.setContentsMargins(_EDGE, 0, _EDGE, 0)
        grid.setHorizontalSpacing(_GAP)
        grid.addLayout(start, 0, 0)
        grid.addWidget(self.entry, 0, 1)
        grid.addLayout(end, 0, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        self.entry.setMaximumWidth(_ENTRY)
        self.entry.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for button, fill in (
            (self.project, self._fill_project),
            (self.queue, self._fill_queues),
            (self.avatar, self._fill_person),
            (self.company, self._fill_company),
        ):
            menu = QMenu(self)
            menu.aboutToShow.connect(fill)
            button.setMenu(menu)
        for icon, command in (
            (self.undo, "app.undo"),
            (self.redo, "app.redo"),
            (self.entry, "app.palette"),
        ):
            icon.setProperty("command", command)
            icon.clicked.connect(self._pressed)
        self.chip.clicked.connect(self.history_wanted)
        context.project_changed.connect(self.refresh)
        context.queues_changed.connect(self.refresh)
        context.person_changed.connect(self.refresh)
        context.company_changed.connect(self._name_company)
        commands.changed.connect(self.name_keys)
        self.theme_changed()
        self.name_keys()
        self.refresh()

    def set_queue(self, name: str) -> None:
        """Say which queue is worked at, empty for none."""
        self._queue = name
        self.refresh()

    def refresh(self) -> None:
        """Say again what is open and who is at work."""
        session = self._context.session
        self.none.setVisible(session is None)
        self.project.setVisible(session is not None)
        queue = session.queue(self._queue) if session is not None else None
        self.slash.setVisible(queue is not None)
        self.queue.setVisible(queue is not None)
        if session is not None:
            self.project.setText(session.path.name)
            self.project.setToolTip(f"{session.title}\n{session.shared}")
        if queue is not None:
            self.queue.setText(queue.title)
        login: Login | Person = self._context.settings.values.person
        if session is not None:
            login = session.person
        handed = session.handed if session is not None else None
        self.handed.setVisible(handed is not None)
        # A badge has no padding of its own outside, as the button before it has.
        self.slash.setContentsMargins(0 if handed is None else 8, 0, 0, 0)
        if handed is not None:
            self._name_handed(handed)
        self.avatar.set_person(
            initials(login.name, login.handle), login.name or login.handle or self.tr("Who I am")
        )
        self._name_company()
        self.set_undo()

    def _name_handed(self, handed: Handed) -> None:
        whom = handed.name or handed.to
        self.handed.set_badge(self.tr("For {person}").format(person=whom), "neutral", "users")
        words = self.tr("Handed out to {person} by {giver}")
        self.handed.setToolTip(words.format(person=whom, giver=handed.by))

    def _name_company(self) -> None:
        """Say who else has the project open."""
        session = self._context.session
        others = session.company if session is not None else ()
        self.company.setVisible(bool(others))
        if others:
            self.company.setText(company_title(others))
            lines = company_lines(others)
            self.company.setAccessibleName("; ".join(lines))
            self.company.setToolTip("\n".join(lines))

    def set_undo(self) -> None:
        """Look again what can be undone and redone."""
        for button, name in ((self.undo, "app.undo"), (self.redo, "app.redo")):
            can = self._context.commands.can_run(name)
            button.setEnabled(can.ok)

    def name_keys(self) -> None:
        """Show the keys in force."""
        keys = self._context.commands.key_text
        self.undo.set_name(self.tr("Undo"), keys("app.undo"))
        self.redo.set_name(self.tr("Redo"), keys("app.redo"))
        self.entry.set_key(keys("app.palette"))

    def theme_changed(self) -> None:
        self.setFixedHeight(self.theme.height("top_bar"))
        super().theme_changed()

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._context.commands.run(str(sender.property("command")))

    def _fill_project(self) -> None:
        menus.fill_project(self.project.menu(), self._context)

    def _fill_queues(self) -> None:
        menus.fill_queues(self.queue.menu(), self._context, self._queue, self.queue_chosen.emit)

    def _fill_person(self) -> None:
        menus.fill_person(self.avatar.menu(), self._context)

    def _fill_company(self) -> None:
        menus.fill_company(self.company.menu(), self._context)
