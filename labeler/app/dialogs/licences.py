"""Licences: whose work ships with the program, under which terms, with every text."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from labeler import __version__
from labeler.app.context import AppContext
from labeler.assets import asset, brand
from labeler.kit import Dialog, RowList, RowRole, SearchField, Text, Themed

__all__ = ["LicencesDialog", "Notice", "notices", "show"]

_TALL = 420
_LIST_WIDTH = 232


class Notice(msgspec.Struct, frozen=True):
    """One work that ships: SPDX expression of its licence, its texts as resources, what it does here.

    An empty name is the program itself.
    """

    name: str
    licence: str
    texts: tuple[str, ...]
    version: str = ""
    home: str = ""
    why: str = ""

    @property
    def title(self) -> str:
        """What it is called in the list."""
        return self.name or brand().name


def notices() -> tuple[Notice, ...]:
    """Every work that ships, the program itself first. Raises AssetMissing where the list is not."""
    return msgspec.json.decode(asset("licences/notices.json").read_bytes(), type=tuple[Notice, ...])


class _Reading(Themed, QPlainTextEdit):
    """A licence text in the mono font."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(name)
        # The texts are English and laid out by hand.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.init_theme()
        self.theme_changed()

    def theme_changed(self) -> None:
        self.setFont(self.theme.font("code"))


class LicencesDialog(Dialog):
    """A list to look through, the text of the chosen one beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", wide=True, parent=parent)
        self.set_title(self.tr("Licences"))
        self.notices = notices()
        self.search = SearchField(self.tr("Search"), name=self.tr("Search licences"))
        self.list = RowList(self.tr("Works"))
        self._rows = QStandardItemModel(self)
        self.list.setModel(self._rows)
        self._head = Text("", "label", wrap=True, selectable=True)
        self._about = Text("", role="text_2", wrap=True, selectable=True)
        self.text = _Reading(self.tr("Text of the licence"))
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self._head)
        right.addWidget(self._about)
        right.addSpacing(4)
        right.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left)
        row.addLayout(right, 1)
        self.body.addLayout(row)
        self.close_ = self.add_button(self.tr("Close"), "primary", role="accept")
        self.close_.setObjectName("accept")
        self.search.textChanged.connect(self._fill)
        self.list.selectionModel().currentChanged.connect(self._show)
        self._fill("")
        self.theme_changed()
        self.search.setFocus()

    def theme_changed(self) -> None:
        super().theme_changed()
        if hasattr(self, "list"):
            self.list.setFixedWidth(round(_LIST_WIDTH * (1 + (self.theme.text_scale - 1) / 2)))
            self.list.setMinimumHeight(_TALL)

    @property
    def chosen(self) -> Notice | None:
        """The work whose text is shown."""
        data = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        return self.notices[data] if isinstance(data, int) else None

    def _fill(self, text: str) -> None:
        wanted = text.strip().casefold()
        self._rows.clear()
        for number, notice in enumerate(self.notices):
            if wanted and wanted not in f"{notice.title} {notice.licence}".casefold():
                continue
            row = QStandardItem(notice.title)
            row.setData(notice.licence, RowRole.SECONDARY)
            row.setData(number, Qt.ItemDataRole.UserRole)
            row.setData(f"{notice.title}, {notice.licence}", Qt.ItemDataRole.AccessibleTextRole)
            self._rows.appendRow(row)
        if self._rows.rowCount():
            self.list.setCurrentIndex(self._rows.index(0, 0))
        self._show()

    def _show(self) -> None:
        notice = self.chosen
        if notice is None:
            self._head.setText(self.tr("Nothing found"))
            self._about.setText("")
            self.text.setPlainText("")
            return
        version = notice.version or ("" if notice.name else __version__)
        self._head.setText(f"{notice.title} {version}".strip())
        lines = [notice.licence, notice.why, notice.home]
        self._about.setText("\n".join(line for line in lines if line))
        texts = [asset(name).read_text(encoding="utf-8") for name in notice.texts]
        self.text.setPlainText("\n\n\n".join(texts))


def show(context: AppContext, parent: QWidget) -> None:
    """Show the licences of everything that ships."""
    dialog = LicencesDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
