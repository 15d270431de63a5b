"""The help window: pages at the start, the page that is read, a search over all of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.app.commands import key_text
from labeler.app.context import AppContext
from labeler.app.help.pages import FIRST, HelpPage, Hit, help_pages, page_link, search
from labeler.assets import brand
from labeler.kit import Button, Plain, RowList, RowRole, SearchField, Text
from labeler.kit.markdown_page import MarkdownPage

__all__ = ["HelpWindow", "key_of"]

_SIZE = QSize(880, 660)
_LIST_WIDTH = 240


def key_of(context: AppContext, command: str) -> str:
    """The key of a command as it is shown: the person's own, empty where they took it away."""
    return context.commands.key_text(command)


class HelpWindow(Plain):
    """A window of its own: it stays open beside the work. Escape clears the search, then closes."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self.setWindowFlag(Qt.WindowType.Window)
        self.setObjectName("help_window")
        self.setWindowTitle(self.tr("Help – {program}").format(program=brand().name))
        self.resize(_SIZE)
        self._context = context
        self._behind: list[str] = []
        self._hits: tuple[Hit, ...] = ()
        self.current = ""
        self.search = SearchField(self.tr("Search the help"), key="/", name=self.tr("Search"))
        self.list = RowList(self.tr("Pages"))
        self._rows = QStandardItemModel(self)
        self.list.setModel(self._rows)
        self._none = Text(self.tr("Nothing found"), role="text_2")
        self._none.hide()
        self.back = Button(
            self.tr("Back"), "quiet", icon="arrow-left", key=key_text("Alt+Left"), compact=True
        )
        self.page = MarkdownPage(self.tr("Help page"))
        self._side = Plain("bg", edges="end")
        column = QVBoxLayout(self._side)
        column.setContentsMargins(12, 12, 13, 12)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 0)
        top.addWidget(self.back)
        top.addStretch(1)
        right.addLayout(top)
        right.addWidget(self.page, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(right, 1)
        self.back.clicked.connect(self.go_back)
        self.search.textChanged.connect(self._searched)
        self.search.returnPressed.connect(self._take_first)
        self.list.clicked.connect(self._chosen)
        self.list.activated.connect(self._chosen)
        self.page.link_clicked.connect(self._follow)
        self.page.installEventFilter(self)
        context.commands.changed.connect(self.read)
        self.pages: tuple[HelpPage, ...] = ()
        self.read()
        self.show_page(FIRST)
        self.theme_changed()

    def theme_changed(self) -> None:
        super().theme_changed()
        scale = 1 + (self.theme.text_scale - 1) / 2
        self._side.setFixedWidth(round(_LIST_WIDTH * scale))

    def read(self) -> None:
        """Read the pages anew: keys became others."""
        self.pages = help_pages(QLocale().name(), lambda command: key_of(self._context, command))
        self._fill(self.search.text())
        if self.current:
            self.show_page(self.current, follow=False)

    # pages

    def show_page(self, name: str, *, follow: bool = True) -> bool:
        """Show a page; with ``follow`` Back leads to the one before. False where there is none."""
        found = next((page for page in self.pages if page.name == name), None)
        if found is None:
            return False
        if follow and self.current and self.current != name:
            self._behind.append(self.current)
        self.current = name
        self.page.set_markdown(found.text)
        self.page.mark((), -1)
        self.back.setEnabled(bool(self._behind))
        self._mark_current()
        return True

    def go_back(self) -> None:
        """Show the page before."""
        if self._behind:
            self.show_page(self._behind.pop(), follow=False)

    def _follow(self, target: str) -> None:
        name, anchor = page_link(target)
        if name and not self.show_page(name):
            return
        heading = self.page.heading(anchor)
        if heading is not None:
            self.page.go_to(heading)

    def _mark_current(self) -> None:
        if self.search.text().strip():
            return
        for row, page in enumerate(self.pages):
            if page.name == self.current:
                self.list.setCurrentIndex(self._rows.index(row, 0))

    # search

    def _searched(self, text: str) -> None:
        self._fill(text)

    def _fill(self, text: str) -> None:
        self._rows.clear()
        self._hits = search(self.pages, text)
        searching = bool(text.strip())
        if searching:
            for hit in self._hits:
                row = QStandardItem(hit.title)
                row.setData(hit.words, RowRole.SECONDARY)
                row.setToolTip(hit.words)
                row.setData(f"{hit.title}: {hit.words}", Qt.ItemDataRole.AccessibleTextRole)
                self._rows.appendRow(row)
        else:
            for page in self.pages:
                self._rows.appendRow(QStandardItem(page.title))
            self._mark_current()
        self._none.setVisible(searching and not self._hits)

    def _take_first(self) -> None:
        if self._hits:
            self.list.setCurrentIndex(self._rows.index(0, 0))
            self._take(0)
            self.list.setFocus()

    def _chosen(self) -> None:
        self._take(self.list.currentIndex().row())

    def _take(self, row: int) -> None:
        if self.search.text().strip():
            if 0 <= row < len(self._hits):
                self._show_hit(self._hits[row])
        elif 0 <= row < len(self.pages):
            self.show_page(self.pages[row].name)

    def _show_hit(self, hit: Hit) -> None:
        self.show_page(hit.page)
        places = self.page.find_all(self.search.text().strip())
        if places:
            self.page.mark(places, min(hit.number, len(places) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.text() == "/" and not self.search.hasFocus():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif _is_back(event):
            self.go_back()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A text browser has a history of its own, which knows nothing of our pages.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.page and _is_back(event):
                self.go_back()
                return True
        return super().eventFilter(watched, event)


def _is_back(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Left and event.modifiers() == Qt.KeyboardModifier.AltModifier
