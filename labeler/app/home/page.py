"""The Home page assembled: continue, recent projects, open queues; at the end, ways to begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from labeler.app.context import AppContext
from labeler.app.dropped import take_files
from labeler.app.home.begin import BeginColumn
from labeler.app.home.cards import ContinueCard
from labeler.app.home.day import MyDay
from labeler.app.home.notes import Note
from labeler.app.home.project_list import ProjectList, RecentProject
from labeler.app.home.queue_grid import QueueGrid
from labeler.app.home.reach import Reach
from labeler.app.home.watch import HomeWatch
from labeler.app.sharing.home_card import HandoutCard
from labeler.app.words import number
from labeler.assets import brand
from labeler.kit import Button, Divider, EmptyState, Plain, Text
from labeler.store import Project

__all__ = ["HomePage"]

_PAD = 32
_BEGIN, _BEGIN_LEAST = 376, 320
_MIDDLE_LEAST = 540


class HomePage(Plain):
    """What one sees first, and comes back to."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._context = context
        self.setAccessibleName(self.tr("Home"))
        self.watch = HomeWatch(context, self)
        self.reach = Reach(context, self)
        self._narrow = False
        self._chooser: QFileDialog | None = None
        self.card = ContinueCard()
        self.handout = HandoutCard(context)
        self.open = Button(self.tr("Open project…"), "quiet", compact=True)
        context.commands.follow(self.open, "project.open")
        self.projects = ProjectList(self.tr("Recent projects"))
        self.begin = BeginColumn()
        context.commands.follow(self.begin.new, "project.new")
        self._build_middle()
        self._build_nothing()
        self.main = QScrollArea()
        self.main.setWidgetResizable(True)
        self.main.setWidget(self._middle)
        self.main.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side = QScrollArea()
        self.side.setWidgetResizable(True)
        self.side.setWidget(self.begin)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.main, 1)
        row.addWidget(self.side)
        self._connect()
        self.begin.drop.set_words(self._what_can_be_dropped())
        self.refresh()
        # The window is on screen first: the templates bring the import of files along.
        QTimer.singleShot(0, self._show_templates)

    # building

    def _build_middle(self) -> None:
        self._middle = Plain("surface")
        self._recent = QWidget()
        head = QHBoxLayout()
        head.addWidget(Text(self.tr("Recent projects"), "heading"))
        head.addStretch(1)
        head.addWidget(self.open)
        column = QVBoxLayout(self._recent)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(4)
        column.addWidget(Divider())
        column.addWidget(self.projects)
        self.queues = QueueGrid(self._icon)
        self.day = MyDay()
        self._column = QVBoxLayout(self._middle)
        self._column.setContentsMargins(_PAD, 28, _PAD, _PAD)
        self._column.setSpacing(_PAD)
        top = QVBoxLayout()
        top.setSpacing(16)
        top.addWidget(Text(self.tr("Home"), "title"))
        top.addWidget(self.handout)
        top.addWidget(self.card)
        self._column.addLayout(top)
        self._column.addWidget(self._recent)
        self._column.addWidget(self.queues)
        self._column.addWidget(self.day)

    def _build_nothing(self) -> None:
        self.nothing = EmptyState(
            self.tr("No project so far"),
            self.tr(
                "A project is one file that holds tasks, guidelines and work. The sample is one to"
                " try things on: what opens is a copy of your own."
            ),
            icon="folder-open",
        )
        sample = self.nothing.add_button(self.tr("Try the sample"), "primary")
        opens = self.nothing.add_button(self.tr("Open project…"))
        self._context.commands.follow(opens, "project.open")
        sample.clicked.connect(self.try_sample)
        opens.clicked.connect(self._open)
        self._column.addWidget(self.nothing, 1)
        # Without weight: it takes what is left only where the empty state is not there.
        self._column.addStretch(0)

    def _connect(self) -> None:
        context = self._context
        context.project_changed.connect(self.refresh)
        context.queues_changed.connect(self._show_queues)
        self.reach.looked.connect(self._looked)
        self.watch.changed.connect(self._show)
        self.card.go.clicked.connect(self.go_on)
        self.queues.chosen.connect(self.open_queue)
        self.open.clicked.connect(self._open)
        self.projects.opened.connect(self.open_recent)
        self.projects.find_wanted.connect(self.find_project)
        self.projects.forgotten.connect(self.forget)
        self.begin.drop.dropped.connect(self._take_files)
        self.begin.drop.clicked.connect(self._choose_files)
        self.begin.new.clicked.connect(self._new)
        self.begin.sample.clicked.connect(self.try_sample)
        self.begin.template_chosen.connect(self._from_template)

    def _what_can_be_dropped(self) -> str:
        """The kinds of media the panels take, and how many formats; there are too many to name."""
        tr = QCoreApplication.translate
        kinds = {
            "image": tr("HomePage", "images"),
            "video": tr("HomePage", "video"),
            "audio": tr("HomePage", "audio"),
            "text": tr("HomePage", "texts"),
        }
        found = self._context.plugins.panels()
        media = {kind for panel in found for kind in panel.manifest.media}
        words = [word for kind, word in kinds.items() if kind in media]
        formats = {entry.id for entry in self._context.plugins.formats() if entry.import_}
        listed = ", ".join(words)
        return tr("HomePage", "{kinds}; {count} file formats").format(
            kinds=listed[:1].upper() + listed[1:], count=number(len(formats))
        )

    def _show_templates(self) -> None:
        from labeler.exchange.templates import templates

        self.begin.show_templates(templates())

    # what the window calls

    def arrive(self) -> None:
        """The person comes to the page."""
        self.refresh()
        first = self.card.go if self.card.isVisibleTo(self) else self.projects
        if self.nothing.isVisibleTo(self):
            first = self.begin.new
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The primary button's key works wherever the page has the focus and nothing else takes it.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.card.isVisibleTo(self):
            self.go_on()
            return
        super().keyPressEvent(event)

    # what is shown

    def refresh(self) -> None:
        """Look anew which projects are in reach and how far they are."""
        self._show()
        self._show_queues()
        self.handout.refresh()
        self.day.show_day(self._context.settings.values.day)
        self.reach.look()

    def _looked(self) -> None:
        self.watch.look_at(self.reach.stamps)
        self._show()

    def _show(self) -> None:
        recent = self._context.settings.values.recent
        rows = [
            RecentProject(
                path=one.path,
                title=self._title(one.path, one.title),
                opened=one.opened,
                there=not self.reach.is_lost(one.path),
                note=self.watch.book.get(one.path),
            )
            for one in recent
        ]
        if tuple(rows) != self.projects.projects:
            self.projects.show_projects(rows)
        self._recent.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._show_card(rows)

    def _title(self, path: str, title: str) -> str:
        note = self.watch.book.get(path)
        return (note.title if note is not None else "") or title or Path(path).stem

    def _show_card(self, rows: Sequence[RecentProject]) -> None:
        session = self._context.session
        last = next((row for row in rows if row.there), None)
        if session is not None:
            here = str(session.path.absolute())
            last = next((row for row in rows if row.path == here), last)
        self.card.setVisible(last is not None)
        if last is None:
            return
        note = last.note
        if note is not None and note.place is not None:
            seat = self._context.settings.seat(note.uid)
            if seat.task and seat.task != note.place.task:
                # The note is older than where the person is: say no place rather than a wrong one.
                note = _without_place(note)
        panel = note.place.panel if note is not None and note.place is not None else ""
        file = Path(last.path).name
        self.card.show_project(last.path, file, last.title, note, self._icon(panel))

    def _icon(self, panel: str) -> str:
        found = self._context.plugins.panel(panel)
        return (found.manifest.icon if found is not None else "") or "file"

    def _show_queues(self) -> None:
        session = self._context.session
        if session is None:
            self.queues.show_queues("", ())
        else:
            self.queues.show_queues(session.title, session.queues)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def theme_changed(self) -> None:
        super().theme_changed()
        if hasattr(self, "side"):
            self._fit()

    def _fit(self) -> None:
        scale = 1 + (self.theme.text_scale - 1) / 2
        share = max(_BEGIN_LEAST, round(self.width() * 0.28 * scale))
        wanted = max(min(round(_BEGIN * scale), share), self.begin.minimumSizeHint().width())
        self._stack(self.width() - wanted < round(_MIDDLE_LEAST * scale))
        self.side.setFixedWidth(wanted)
        self.queues.lay_out(self.main.viewport().width() - 2 * _PAD)

    def _stack(self, narrow: bool) -> None:
        """In a narrow window the ways to begin stand below the rest instead of beside it."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self.side.takeWidget()
            self._column.addWidget(self.begin)
            self.begin.show()
        else:
            self._column.removeWidget(self.begin)
            self.side.setWidget(self.begin)
        self.side.setVisible(not narrow)

    # what is done

    def go_on(self) -> None:
        """Go back to where the person left off."""
        session = self._context.session
        if session is not None and str(session.path.absolute()) == self.card.path:
            self._context.go("work")
        else:
            self._context.open_project(Path(self.card.path))

    def open_recent(self, path: str) -> None:
        """Open a project of the list, or go to it where it is open."""
        session = self._context.session
        if session is not None and str(session.path.absolute()) == path:
            self._context.go("work")
        else:
            self._context.open_project(Path(path))

    def find_project(self, path: str) -> None:
        """Ask where a project went that is not where it was."""
        ending = brand().extension
        dialog = QFileDialog(self, self.tr("Find {file}").format(file=Path(path).name))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Projects") + f" (*{ending})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setProperty("lost", path)
        dialog.fileSelected.connect(self._found)
        self._chooser = dialog
        dialog.open()

    def _found(self, chosen: str) -> None:
        lost = str(self._chooser.property("lost")) if self._chooser is not None else ""
        self._context.open_project(Path(chosen), lambda: self._was_found(lost))

    def _was_found(self, lost: str) -> None:
        """The project is open: where it is the one that was lost, its old place is forgotten."""
        session = self._context.session
        note = self.watch.book.get(lost)
        same = session is not None and (note is None or note.uid in ("", session.uid))
        if same and session is not None and str(session.path.absolute()) != lost:
            self._context.settings.forget_recent(lost)
            self._show()

    def forget(self, path: str) -> None:
        """Take a project off the list; its file stays where it is."""
        self._context.settings.forget_recent(path)
        self._show()
        self._context.toast(self.tr("Taken off the list; the file stays where it is"))

    def open_queue(self, queue: str) -> None:
        """Open a queue at its first task that is open to the person, else at its first."""
        session = self._context.session
        if session is None:
            return
        person = bytes.fromhex(session.person.uid)

        def first(project: Project) -> str:
            task = project.query.next_open(queue, person) or project.query.at(queue, 0)
            return task.id if task is not None else ""

        self._context.run(first, lambda task: self._show_task(queue, task), receiver=self)

    def _show_task(self, queue: str, task: str) -> None:
        if task:
            self._context.show_task(queue, task)
        else:
            self._context.commands.run("data.import")

    def _take_files(self, paths: list[Path]) -> None:
        take_files(self._context, self.window(), paths)

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Begin with files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._files_chosen)
        self._chooser = dialog
        dialog.open()

    def _files_chosen(self, names: Sequence[str]) -> None:
        self._take_files([Path(name) for name in names])

    def try_sample(self) -> None:
        """Open the person's own copy of the sample, made now where there is none."""
        self._context.with_person(self._make_sample)

    def _make_sample(self) -> None:
        from labeler.app.home.sample import open_sample

        self.begin.sample.setEnabled(False)
        open_sample(self._context, self._sample_over)

    def _sample_over(self) -> None:
        self.begin.sample.setEnabled(True)

    def _open(self) -> None:
        self._context.commands.run("project.open")

    def _new(self) -> None:
        self._context.commands.run("project.new")

    def _from_template(self, name: str) -> None:
        from labeler.app.dialogs.new_project import show as show_new

        show_new(self._context, self.window(), template=name)


def _without_place(note: Note) -> Note:
    return msgspec.structs.replace(note, place=None)
