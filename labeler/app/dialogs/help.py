"""The help pages: a list of them, a search through all, links between them, nothing remote."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from labeler.app.commands import key_text
from labeler.app.context import AppContext
from labeler.app.dialogs.reading import ReadingDialog
from labeler.app.help.pages import FIRST, HelpPage, link_target, read_pages, with_keys
from labeler.kit import Button
from labeler.kit.markdown_page import MarkdownPage

__all__ = ["HelpDialog", "key_of", "show"]


def key_of(context: AppContext, command_id: str) -> str:
    """The key of a command as its cap shows it, also of a panel that is not on the stage.

    A command without a key, or one nobody knows, gives an empty text.
    """
    keys = context.commands.keys(command_id)
    if not keys and command_id not in context.commands.own_keys:
        for found in context.plugins.panels():
            for command in found.manifest.commands:
                if command.id == command_id:
                    keys = command.keys
    return key_text(keys[0]) if keys else ""


class HelpDialog(ReadingDialog):
    """Shows one page at a time; Alt+Left and the button go back to the one a link was followed from."""

    def __init__(
        self, context: AppContext, parent: QWidget | None = None, *, page: str = FIRST
    ) -> None:
        super().__init__("", "", parent)
        self.set_title(self.tr("Help"))
        self.rows.setAccessibleName(self.tr("Pages"))
        self._context = context
        language = context.settings.values.appearance.language or self.locale().name()
        self._pages = {one.name: one for one in read_pages(language)}
        self._texts = {name: self._shown(one) for name, one in self._pages.items()}
        self._came_from: list[tuple[str, int]] = []
        self._matches_in_page: list[QTextCursor] = []
        self._at = -1
        self._on_page = ""
        self.page = MarkdownPage(self.tr("Help page"))
        self.page.link_clicked.connect(self._follow)
        self.page.rendered.connect(self._rendered)
        self.side.addWidget(self.page, 1)
        self.back: Button = self.add_button(
            self.tr("Back"), role="aside", icon="arrow-left", key=key_text("Alt+Left")
        )
        self.back.setObjectName("back")
        self.back.clicked.connect(self.go_back)
        self.back.setEnabled(False)
        self.look()
        self.open_page(page)

    def _shown(self, page: HelpPage) -> str:
        nothing = self.tr("no key")
        return with_keys(page.text, lambda name: key_of(self._context, name) or nothing)

    # pages

    def open_page(self, name: str, anchor: str = "") -> bool:
        """Show a page, at one of its headings where one is named; False where there is none."""
        if name not in self._pages:
            return False
        if not self.choose(name):
            self.search.clear()
            self.look()
            self.choose(name)
        heading = self.page.heading(anchor)
        if heading is not None:
            self.page.go_to(heading)
        return True

    def go_back(self) -> None:
        """Back to where the last link was followed."""
        if self._came_from:
            name, scroll = self._came_from.pop()
            self.open_page(name)
            self.page.verticalScrollBar().setValue(scroll)
        self.back.setEnabled(bool(self._came_from))

    def _follow(self, link: str) -> None:
        target = link_target(link)
        page, anchor = target if target is not None else (self._on_page, link)
        if page not in self._pages:
            return
        self._came_from.append((self._on_page, self.page.verticalScrollBar().value()))
        self.back.setEnabled(True)
        self.open_page(page, anchor)

    # the search

    def found(self, wanted: str) -> Sequence[tuple[str, str, str]]:
        """The pages in which a text occurs."""
        key = wanted.casefold()
        return [
            (name, page.title, "")
            for name, page in self._pages.items()
            if not key or key in self._plain(name)
        ]

    def _plain(self, name: str) -> str:
        """A page's text without the marks of Markdown, which nobody sees."""
        return self._texts[name].replace("`", "").replace("*", "").casefold()

    def opened(self, row: str, wanted: str) -> int:
        """Show a page and mark what was looked for."""
        if row != self._on_page:
            self._on_page = row
            self.page.set_markdown(self._texts[row])
        self._matches_in_page = self.page.find_all(wanted)
        self._at = 0 if self._matches_in_page else -1
        self.page.mark(self._matches_in_page, self._at)
        return len(self._matches_in_page)

    def go_to_match(self, step: int) -> int:
        """Go from match to match in the page."""
        if self._matches_in_page:
            self._at = (self._at + step) % len(self._matches_in_page)
            self.page.mark(self._matches_in_page, self._at)
        return self._at + 1

    def _rendered(self) -> None:
        """Another theme or text size: the places in the page are new ones."""
        self._matches_in_page = self.page.find_all(self.search.text().strip())
        self._at = min(self._at, len(self._matches_in_page) - 1)
        self.page.mark(self._matches_in_page, self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Left and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.go_back()
        else:
            super().keyPressEvent(event)


def show(context: AppContext, parent: QWidget, page: str = FIRST) -> None:
    """Open the help at a page."""
    HelpDialog(context, parent, page=page).open()
