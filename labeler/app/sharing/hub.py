"""What the window has to do with copies of the project: one object that holds it together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from labeler.app.context import AppContext
from labeler.app.i18n import problem_text
from labeler.app.session import Doubt, ProjectSession
from labeler.app.sharing.backups import BackupKeeper
from labeler.app.sharing.merging import Merger, Outcome
from labeler.app.sharing.siblings import SiblingWatch
from labeler.app.sharing.strip import Strip
from labeler.app.words import number
from labeler.assets import brand
from labeler.kit import Dialog, Text
from labeler.kit.editor import CanRun
from labeler.store.siblings import is_copy

if TYPE_CHECKING:
    from labeler.app.sharing.backups_popover import BackupsPopover
    from labeler.app.sharing.draft_offer import DraftOffer
    from labeler.app.sharing.handouts_page import HandoutsPage
    from labeler.app.sharing.picked import Picked
    from labeler.app.window import MainWindow
    from labeler.app.work.page import WorkPage

__all__ = ["Sharing"]

_BELOW_BANNER = 2
"""The place in the column of the Work page."""


class Sharing(QObject):
    """Merges, siblings and the strip that speaks of them; the window puts ``strip`` below its bar."""

    def __init__(self, context: AppContext, window: MainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._chooser: QFileDialog | None = None
        self._last = Outcome()
        self.strip = Strip()
        self.merger = Merger(context, self)
        self.siblings = SiblingWatch(context, self)
        self.backups = BackupKeeper(context, self)
        self.popover: BackupsPopover | None = None
        self.offer: DraftOffer | None = None
        self.merger.began.connect(self.strip.begin)
        self.merger.told.connect(self.strip.set_progress)
        self.merger.over.connect(self._merged)
        self.siblings.found.connect(self._found)
        self.strip.merge_wanted.connect(self.merge_siblings)
        self.strip.folder_wanted.connect(self._show_folder)
        self.strip.put_off.connect(self.siblings.put_off)
        self.strip.stop_wanted.connect(self.merger.stop)
        self.strip.figure_wanted.connect(self.open_figure)
        context.project_changed.connect(self._project_changed)
        context.copies_dropped.connect(self.take_copies)
        context.whose_doubted.connect(self._ask_whose)

    # choosing copies

    def ask_copies(self) -> None:
        """Ask which copies to merge."""
        session = self._context.session
        if session is None:
            return
        ending = brand().extension
        dialog = QFileDialog(self._window, self.tr("Merge copies of this project"))
        dialog.setObjectName("merge_copies")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [self.tr("Projects") + f" (*{ending})", self.tr("All files") + " (*)"]
        )
        dialog.setDirectory(str(session.shared.parent))
        dialog.filesSelected.connect(self._chosen)
        self._chooser = dialog
        dialog.open()

    def _chosen(self, names: Sequence[str]) -> None:
        self.merger.merge([Path(name) for name in names])

    def take_copies(self, paths: list[Path]) -> None:
        """Projects were dropped: copies of the open one are offered to be merged, another is opened."""
        session = self._context.session
        if session is None:
            if paths:
                self._context.open_project(paths[0])
            return
        own, uid = session.path, bytes.fromhex(session.uid)
        self._context.background(
            lambda _told: [path for path in paths if is_copy(path, own, uid)],
            lambda copies: self._looked(session, paths, copies),
            receiver=self,
        )

    def _looked(self, session: ProjectSession, paths: list[Path], copies: list[Path]) -> None:
        if session is not self._context.session:
            return
        if copies and not session.read_only:
            self._offer(copies, only=len(paths) == 1)
        else:
            self._context.open_project(paths[0])

    def _offer(self, copies: list[Path], *, only: bool) -> None:
        tr = QCoreApplication.translate
        dialog = Dialog("", parent=self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(copies) == 1:
            title = tr("Sharing", "Merge {file}?").format(file=copies[0].name)
            words = tr("Sharing", "It is a copy of the project that is open.")
        else:
            title = tr("Sharing", "Merge {count} copies?").format(count=number(len(copies)))
            words = tr("Sharing", "They are copies of the project that is open.")
        more = tr(
            "Sharing",
            "Merging takes in what is new there and removes nothing. The file itself is not changed.",
        )
        dialog.set_title(title)
        dialog.body.addWidget(Text(f"{words} {more}", "body", "text_2", wrap=True))
        cancel = dialog.add_button(tr("Sharing", "Cancel"), role="reject")
        cancel.setObjectName("cancel")
        if only:
            opens = dialog.add_button(tr("Sharing", "Open it instead"), role="accept")
            opens.setObjectName("open")
            opens.clicked.connect(lambda: self._context.open_project(copies[0]))
        merge = dialog.add_button(tr("Sharing", "Merge"), "primary", role="accept")
        merge.setObjectName("merge")
        merge.clicked.connect(lambda: self.merger.merge(copies))
        merge.setFocus()
        dialog.open()

    # siblings

    def merge_siblings(self) -> None:
        """Merge the copies that lie beside the project."""
        self.merger.merge([one.path for one in self.siblings.siblings])

    def _found(self, siblings: list[object]) -> None:
        if self.strip.state not in ("", "offer"):
            return
        if siblings:
            self.strip.offer(self.siblings.siblings)
        else:
            self.strip.dismiss()

    def _show_folder(self) -> None:
        session = self._context.session
        if session is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(session.shared.parent)))

    # what came of it

    def _merged(self, outcome: Outcome) -> None:
        self._last = outcome
        failures = "; ".join(
            f"{Path(one.where).name}: {problem_text(one)}" for one in outcome.failed
        )
        self.strip.tell(outcome, failures)
        self.siblings.look()

    def open_figure(self, figure: str) -> None:
        """Open what a figure of the last merge counts."""
        if figure == "conflicts" and self._context.commands.run("app.review"):
            return
        part = "aside" if figure == "aside" else "added"
        self.open_merge(self._last.logged, part)

    def open_merge(self, number_: int, part: str = "added") -> None:
        """Go to the Merges page and show what a merge brought."""
        from labeler.app.sharing.merges_page import MergesPage

        self._context.go("merges")
        page = self._window.page("merges")
        assert isinstance(page, MergesPage)
        page.open_merge(number_, part)

    def _project_changed(self) -> None:
        if self.strip.state != "offer":
            self.strip.dismiss()

    # handing out and back

    def hand_out(self) -> None:
        """Ask what to hand out of the project."""
        from labeler.app.sharing import hand_out_dialog

        hand_out_dialog.show(self._context, self._window, self._picked(), self._given_away)

    def _given_away(self, handout: str) -> None:
        # Not the dialog's to ask: it may be closed before the answer comes.
        self._context.run(
            lambda project: frozenset(one.id for one in project.handout_tasks(handout)),
            self._take_from_desk,
            receiver=self,
        )

    def _take_from_desk(self, tasks: frozenset[str]) -> None:
        page = self._window.work_page
        if page is not None:
            page.flow.give_away(tasks)

    def hand_out_picked(self) -> None:
        """The same for the tasks that are selected on the Data page."""
        self.hand_out()

    def _picked(self) -> Picked | None:
        from labeler.app.data.page import DataPage
        from labeler.app.sharing.picked import picked_in

        page = self._window.built("data")
        return picked_in(page) if isinstance(page, DataPage) else None

    def hand_back(self) -> None:
        """Save a copy of the hand-out to be sent back."""
        from labeler.app.sharing import hand_back

        hand_back.show(self._context, self._window)

    def recall(self) -> None:
        """Recall the hand-out that is chosen, or give it again."""
        page = self._handouts()
        if page is not None:
            page.ask_recall()

    def _handouts(self) -> HandoutsPage | None:
        from labeler.app.sharing.handouts_page import HandoutsPage

        page = self._window.built("handouts")
        return page if isinstance(page, HandoutsPage) else None

    def _ask_whose(self, doubt: Doubt) -> None:
        from labeler.app.sharing.whose import ask_whose

        ask_whose(self._context, self._window, doubt)

    # drafts that came along

    def watch_drafts(self, page: WorkPage) -> None:
        """Offer what the person began elsewhere when they sit down at its task."""
        from labeler.app.sharing.draft_offer import DraftOffer

        self.offer = DraftOffer(self._context, page.flow)
        page.content.insertWidget(_BELOW_BANNER, self.offer)

    def take_draft(self) -> None:
        """Go on from what was begun elsewhere."""
        if self.offer is not None:
            self.offer.take()

    def leave_draft(self) -> None:
        """Leave what was begun elsewhere."""
        if self.offer is not None:
            self.offer.leave()

    def can_take_draft(self) -> CanRun:
        """Whether unfinished work is offered."""
        if self.offer is not None and self.offer.draft is not None:
            return self.can_write()
        words = QCoreApplication.translate(
            "Commands", "Nothing unfinished came along for this task"
        )
        return CanRun(False, words)

    # history and backups

    def show_history(self) -> None:
        """Open what the saved chip opens."""
        from labeler.app.sharing.backups_popover import BackupsPopover

        bar = self._window.top_bar
        if self._context.session is None or self.popover is not None:
            return
        popover = BackupsPopover(self._context, bar.chip, bar.keeper, self.backups)
        popover.merge_wanted.connect(self._merge_from)
        popover.elsewhere_wanted.connect(bar.elsewhere_wanted)
        popover.closed.connect(self._history_closed)
        self.popover = popover
        popover.open()

    def _history_closed(self) -> None:
        self.popover = None

    def _merge_from(self, path: object) -> None:
        if isinstance(path, Path):
            self.merger.merge([path])

    # when commands can be run

    def can_write(self) -> CanRun:
        """Whether something can be written to an open project."""
        session = self._context.session
        tr = QCoreApplication.translate
        if session is None:
            return CanRun(False, tr("Commands", "No project is open"))
        if session.read_only:
            return CanRun(False, tr("Commands", "The project is read-only"))
        return CanRun(True)

    def can_merge_siblings(self) -> CanRun:
        """Whether copies lie beside the project that hold something new."""
        if self.siblings.siblings:
            return self.can_write()
        words = QCoreApplication.translate("Commands", "No other copy lies beside the project")
        return CanRun(False, words)

    def can_hand_back(self) -> CanRun:
        """Whether the open file is a hand-out."""
        session = self._context.session
        if session is not None and session.handed is None:
            words = QCoreApplication.translate("Commands", "This project is no hand-out")
            return CanRun(False, words)
        return CanRun(True) if session is not None else self.can_write()

    def can_be_another(self) -> CanRun:
        """Whether the person at work can be changed: a hand-out says itself whose it is."""
        session = self._context.session
        if session is None or session.handed is None:
            return CanRun(True)
        words = QCoreApplication.translate(
            "Commands", "This hand-out is for {person}; close it to be somebody else"
        )
        return CanRun(False, words.format(person=session.handed.name or session.handed.to))

    def can_hand_out_picked(self) -> CanRun:
        """Whether tasks are selected on the Data page."""
        picked = self._picked()
        if picked is None or not picked.checked:
            return CanRun(False, QCoreApplication.translate("Commands", "No task is selected"))
        return self.can_write()

    def can_recall(self) -> CanRun:
        """Whether a hand-out is chosen that can be recalled."""
        page = self._handouts()
        if page is None or not page.isVisible():
            words = QCoreApplication.translate("Commands", "It works on the Hand-outs page")
            return CanRun(False, words)
        return page.can_recall()

    def can_stop(self) -> CanRun:
        """Whether a merge is under way."""
        if self.merger.is_running:
            return CanRun(True)
        return CanRun(False, QCoreApplication.translate("Commands", "Nothing is being merged"))
