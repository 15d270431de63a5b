"""Media folders: where each named root of the project lies on this machine, and what is missing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from labeler.api import Refusal
from labeler.app.context import AppContext, Errand
from labeler.app.dialogs.errand_row import lane_asks
from labeler.app.dialogs.frame import fit_height
from labeler.app.media_roots import Checked, MediaRoot, check_root, read_roots, remember
from labeler.app.words import number, of_total
from labeler.kit import Badge, Button, Callout, Dialog, Divider, ElidedText, Progress, Text

__all__ = ["MediaFolders", "MediaFoldersDialog", "show"]


class _RootRow(QWidget):
    """One root: its name, how many media, where it is, a way to say where."""

    locate = Signal(str)

    def __init__(self, root: MediaRoot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.root = root
        name = Text(root.name, "ui_strong")
        if root.count == 1:
            count = self.tr("1 file")
        else:
            count = self.tr("{count} files").format(count=number(root.count))
        where = str(root.folder) if root.folder is not None else self.tr("Nobody said where it is")
        if root.inside:
            where = self.tr("In the project itself")
        self.state = Badge(
            self.tr("Found") if root.there else self.tr("Missing"),
            "ok" if root.there else "warn",
            "check" if root.there else "triangle-alert",
        )
        words = self.tr("Move…") if root.there else self.tr("Locate…")
        self.button = Button(words, compact=True)
        self.button.setAccessibleName(f"{words} {root.name}".replace("…", ""))
        self.button.clicked.connect(self._pressed)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(name)
        head.addWidget(Text(count, role="text_2"))
        head.addWidget(self.state)
        head.addStretch(1)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addLayout(head)
        lines.addWidget(ElidedText(where, "mono", "text_2", elide=Qt.TextElideMode.ElideMiddle))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        row.addLayout(lines, 1)
        row.addWidget(self.button)

    def _pressed(self) -> None:
        self.locate.emit(self.root.name)


class MediaFolders(QWidget):
    """The roots of the open project. ``changed`` fires when one was located, ``measured`` when the
    content became higher or lower."""

    changed = Signal()
    measured = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._chooser: QFileDialog | None = None
        self._root = ""
        self._checking: Errand | None = None
        self.rows: list[_RootRow] = []
        self._none = Text("", "body", "text_2", wrap=True)
        self.callout = Callout("")
        self.callout.hide()
        self.progress = Progress()
        self.progress.cancelled.connect(self._cancel)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._none)
        column.addWidget(self.callout)
        column.addLayout(self._list)
        column.addWidget(self.progress)
        self.read()

    def read(self) -> None:
        """Read the roots anew."""
        session = self._context.session
        if session is None:
            self._none.setText(self.tr("No project is open."))
            return
        ask = lane_asks(self._context)
        told = dict(self._context.media_roots.folders(session.uid))
        self._context.background(
            lambda _told: read_roots(ask, session.media, told), self._show, receiver=self
        )

    def _show(self, roots: tuple[MediaRoot, ...]) -> None:
        while self._list.count():
            entry = self._list.takeAt(0)
            widget = entry.widget() if entry is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for root in roots:
            row = _RootRow(root)
            row.locate.connect(self.ask)
            # Shown at once: what a layout is yet to show has no height where the dialog is measured.
            for widget in (*([Divider()] if self.rows else []), row):
                self._list.addWidget(widget)
                widget.show()
            self.rows.append(row)
        self._none.setText(
            self.tr("Each machine keeps media where it likes; what it says here stays here.")
            if roots
            else self.tr("This project refers to no media files.")
        )
        self.measured.emit()

    def ask(self, root: str) -> None:
        """Ask where a root lies."""
        self._root = root
        dialog = QFileDialog(self, self.tr("Where is “{root}”?").format(root=root))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._chosen)
        self._chooser = dialog
        dialog.open()

    def _chosen(self, folder: str) -> None:
        self.locate(self._root, Path(folder))

    def locate(self, root: str, folder: Path) -> None:
        """Look whether the media of a root are in this folder, and remember it if any is."""
        if self._checking is not None or self._context.session is None:
            return
        ask = lane_asks(self._context)
        self.callout.hide()
        self.progress.start(self.tr("Looking for files"))
        self._checking = self._context.background(
            lambda told: check_root(ask, root, folder, told),
            lambda checked: self._checked(root, checked),
            self._failed,
            progress=self._told,
            cancelled=self._cancelled,
            receiver=self,
        )

    def _told(self, done: int, total: int | None) -> None:
        self.progress.set_progress(done, total)

    def _cancel(self) -> None:
        if self._checking is not None:
            self._checking.cancel()

    def _cancelled(self) -> None:
        self._checking = None
        self.progress.finish()

    def _failed(self, error: BaseException) -> None:
        self._cancelled()
        self._context.fail(error)

    def _checked(self, root: str, checked: Checked) -> None:
        self._cancelled()
        folder = str(checked.folder)
        if not checked.found:
            first = checked.missing[0] if checked.missing else ""
            words = self.tr(
                "{folder} holds none of the files, {file} for one. Choose another folder."
            )
            self.callout.set_words(
                self.tr("“{root}” is not there").format(root=root),
                words.format(folder=folder, file=first),
                "danger",
            )
        else:
            try:
                remember(self._context, root, checked.folder)
            except OSError as error:
                self._context.fail(Refusal.of("disk_error", reason=str(error)))
                return
            self._say_found(root, checked)
            self._context.tasks_changed.emit()
            self.changed.emit()
            self.read()
        self.callout.show()
        self.measured.emit()

    def _say_found(self, root: str, checked: Checked) -> None:
        title = self.tr("“{root}” was found").format(root=root)
        counts = of_total(checked.found, checked.total)
        if checked.found == checked.total:
            self.callout.set_words(title, f"{checked.folder}: {counts}", "ok")
            return
        words = self.tr("{folder}: {counts}. Not there: {files}")
        files = ", ".join(checked.missing)
        self.callout.set_words(
            title, words.format(folder=checked.folder, counts=counts, files=files), "warn"
        )


class MediaFoldersDialog(Dialog):
    """The roots of the open project in a dialog of their own."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("", wide=True, parent=parent)
        self.set_title(self.tr("Media folders"))
        self.folders = MediaFolders(context)
        self.folders.measured.connect(self._fit)
        self.body.addWidget(self.folders)
        self.done_ = self.add_button(self.tr("Done"), "primary", role="accept")
        self.done_.setObjectName("accept")
        self._fit()

    def _fit(self) -> None:
        fit_height(self)


def show(context: AppContext, parent: QWidget) -> None:
    """Say where the media of the open project lie."""
    dialog = MediaFoldersDialog(context, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
