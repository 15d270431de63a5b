"""What the saved chip opens: since when the work is in the file, its backups, and what to do with one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFileDialog, QWidget

from labeler.app.company import company_lines
from labeler.app.context import AppContext
from labeler.app.data.direction import path_text
from labeler.app.data.when import day_words
from labeler.app.menus import of_copies
from labeler.app.popover import Popover
from labeler.app.saved import SavedKeeper
from labeler.app.sharing.backups import (
    Backup,
    BackupKeeper,
    backup_folder,
    backups_off,
    read_backups,
)
from labeler.app.sharing.words import size_words
from labeler.app.words import clock
from labeler.assets import brand
from labeler.kit import Button, Divider, ElidedText, FlowLayout, RowList, RowRole, Text
from labeler.store import Project

__all__ = ["BackupsPopover"]

_WIDTH = 472
_ROWS = 5


class BackupsPopover(Popover):
    """``merge_wanted`` carries the path of a backup to be merged from."""

    merge_wanted = Signal(object)
    elsewhere_wanted = Signal()

    def __init__(
        self, context: AppContext, anchor: QWidget, saved: SavedKeeper, keeper: BackupKeeper
    ) -> None:
        title = QCoreApplication.translate("BackupsPopover", "History and backups")
        super().__init__(anchor, title, width=_WIDTH)
        self._context = context
        self._saved = saved
        self._keeper = keeper
        self._chooser: QFileDialog | None = None
        self.backups: list[Backup] = []
        self._words = Text("", wrap=True)
        self._path = ElidedText("", "ui", "text_2", elide=Qt.TextElideMode.ElideMiddle)
        self.body.addWidget(self._words)
        self.body.addWidget(self._path)
        session = context.session
        for line in company_lines(session.company) if session is not None else ():
            self.body.addWidget(Text(line, role="text_2", wrap=True))
        if session is not None and session.way.copy is not None:
            words = self.tr("Worked on in a copy on this machine")
            self.body.addWidget(Text(words, role="text_2", wrap=True))
        self._build_ways()
        self.body.addWidget(Divider())
        self._build_backups()
        context.project_changed.connect(self.dismiss)
        keeper.changed.connect(self.read)
        self._say()
        self.read()

    def _build_ways(self) -> None:
        row = FlowLayout(gap=8)
        failed = self._saved.problem is not None
        self.retry = Button(self.tr("Try again"), compact=True)
        self.elsewhere = Button(self.tr("Save elsewhere…"), compact=True)
        self.retry.setVisible(failed)
        self.elsewhere.setVisible(failed)
        self.retry.clicked.connect(self._saved.retry)
        self.elsewhere.clicked.connect(self._elsewhere)
        row.addWidget(self.retry)
        row.addWidget(self.elsewhere)
        commands = self._context.commands
        for name in ("project.save_copy", *of_copies(self._context), "app.merges"):
            entry = commands.get(name)
            if entry is None:
                continue
            button = Button(entry.command.title, "quiet", compact=True)
            button.setProperty("command", name)
            button.setEnabled(entry.can_run().ok)
            button.clicked.connect(self._run)
            row.addWidget(button)
        self.body.addLayout(row)

    def _build_backups(self) -> None:
        self.body.addWidget(Text(self.tr("Backups"), "label"))
        self._none = Text("", role="text_2", wrap=True)
        self.list = RowList(self.tr("Backups"))
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self.now = Button(self.tr("Back up now"), compact=True)
        self.open_copy = Button(self.tr("Open as a copy…"), "quiet", compact=True)
        self.merge = Button(self.tr("Merge from it"), "quiet", compact=True)
        self.folder = Button(self.tr("Folder"), "quiet", compact=True)
        row = FlowLayout(gap=8)
        for button in (self.now, self.open_copy, self.merge, self.folder):
            row.addWidget(button)
        self.body.addWidget(self._none)
        self.body.addWidget(self.list)
        self.body.addLayout(row)
        self.now.clicked.connect(self._back_up)
        self.open_copy.clicked.connect(self._ask_copy)
        self.list.activated.connect(self._ask_copy)
        self.merge.clicked.connect(self._merge)
        self.folder.clicked.connect(self._show_folder)
        self.list.selectionModel().currentChanged.connect(self._choose)

    def open(self) -> None:
        super().open()
        self.now.setFocus(Qt.FocusReason.PopupFocusReason)

    # what is shown

    def _say(self) -> None:
        session = self._context.session
        if session is None:
            return
        self._path.set_text(path_text(str(session.shared)))
        if session.read_only:
            self._words.setText(self.tr("The project is read-only: nothing is written to it."))
        elif self._saved.problem is not None:
            self._words.setText(self._saved.words())
        else:
            self._words.setText(
                self.tr("Every gesture is in the file as it is made, last at {time}.").format(
                    time=clock(self._saved.saved_at)
                )
            )

    def read(self) -> None:
        """Look which backups there are."""
        session = self._context.session
        if session is None:
            return
        folder = backup_folder(self._context)
        self._context.background(
            lambda _told: read_backups(folder, session), self._show, receiver=self
        )

    def _show(self, backups: list[Backup]) -> None:
        self.backups = backups
        self._model.clear()
        for one in backups:
            self._model.appendRow(_row(one))
        self.list.setVisible(bool(backups))
        rows = min(_ROWS, len(backups))
        self.list.setFixedHeight(rows * self.theme.height("row_compact") + 2)
        words = self.tr(
            "None so far. They are made when the project is closed, or while nobody works."
        )
        if backups_off(self._context):
            words = self.tr("None are made by themselves: that is turned off in the settings.")
        self._none.setText(words)
        self._none.setVisible(not backups or backups_off(self._context))
        if backups:
            self.list.setCurrentIndex(self._model.index(0, 0))
        self._choose()
        self.place()

    def _choose(self) -> None:
        here = self.chosen is not None
        session = self._context.session
        writes = session is not None and not session.read_only
        self.open_copy.setEnabled(here)
        self.merge.setEnabled(here and writes)
        self.now.setEnabled(session is not None and not self._keeper.is_busy)

    @property
    def chosen(self) -> Backup | None:
        """The backup that is chosen, or None."""
        row = self.list.currentIndex().row()
        return self.backups[row] if 0 <= row < len(self.backups) else None

    # what is done

    def _back_up(self) -> None:
        self._keeper.back_up_now()
        self._choose()

    def _merge(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.merge_wanted.emit(chosen.path)
            self.dismiss()

    def _ask_copy(self) -> None:
        chosen, session = self.chosen, self._context.session
        if chosen is None or session is None:
            return
        ending = brand().extension
        made = QDateTime.fromSecsSinceEpoch(int(chosen.made.timestamp()))
        stem = self.tr("{project} as of {day}").format(
            project=session.shared.stem, day=made.toString("yyyy-MM-dd HH.mm")
        )
        dialog = QFileDialog(self._anchor.window(), self.tr("Open a backup as a copy"))
        dialog.setObjectName("open_backup")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilter(self.tr("Projects") + f" (*{ending})")
        dialog.setDirectory(str(session.shared.parent))
        dialog.selectFile(f"{stem}{ending}")
        context = self._context
        dialog.fileSelected.connect(lambda name: _open_copy(context, chosen.path, Path(name)))
        self._chooser = dialog
        self.dismiss()
        dialog.open()

    def _show_folder(self) -> None:
        folder = str(backup_folder(self._context))
        QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

    def _elsewhere(self) -> None:
        self.dismiss()
        self.elsewhere_wanted.emit()

    def _run(self) -> None:
        sender = self.sender()
        name = str(sender.property("command"))
        self.dismiss()
        self._context.commands.run(name)


def _row(backup: Backup) -> QStandardItem:
    moment = QDateTime.fromSecsSinceEpoch(int(backup.made.timestamp()))
    time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    item = QStandardItem(f"{day_words(backup.made.timestamp())}, {time}")
    item.setData(size_words(backup.size), int(RowRole.TRAILING))
    item.setEditable(False)
    return item


def _open_copy(context: AppContext, backup: Path, target: Path) -> None:
    """Copy a backup, which stays as it is, and open the copy."""
    path = target if target.suffix else target.with_suffix(brand().extension)

    def copy(_told: object) -> Path:
        project = Project.open(backup, read_only=True)
        try:
            project.copy_to(path)
        finally:
            project.file.close()
        return path

    context.background(copy, context.open_project)
