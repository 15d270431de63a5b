"""The doors to what is built only when it is first used: pages, dialogs, the palette."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from labeler.app.context import AppContext

__all__ = ["Doors"]


class Doors:
    """Opens rooms of the app over one window; nothing of them is imported before."""

    def __init__(self, context: AppContext, window: QWidget) -> None:
        self._context = context
        self._window = window

    def home(self) -> QWidget:
        """The Home page."""
        from labeler.app.home.page import HomePage

        return HomePage(self._context)

    def work(self) -> QWidget:
        """The Work page."""
        from labeler.app.work.page import WorkPage

        return WorkPage(self._context)

    def data(self) -> QWidget:
        """The Data page."""
        from labeler.app.data.page import DataPage

        return DataPage(self._context)

    def review(self) -> QWidget:
        """The Review page."""
        from labeler.app.review.page import ReviewPage

        return ReviewPage(self._context)

    def handouts(self) -> QWidget:
        """The Hand-outs page."""
        from labeler.app.sharing.handouts_page import HandoutsPage

        return HandoutsPage(self._context)

    def merges(self) -> QWidget:
        """The Merges page."""
        from labeler.app.sharing.merges_page import MergesPage

        return MergesPage(self._context)

    def new_project(self) -> None:
        """The dialog for a new project."""
        from labeler.app.dialogs import new_project

        new_project.show(self._context, self._window)

    def open_project(self) -> None:
        """The dialog that opens a project."""
        from labeler.app.dialogs import open_project

        open_project.show(self._context, self._window)

    def shared_folder(self, choice: object) -> None:
        """How a project in a shared folder is to be opened."""
        from labeler.app.dialogs import shared_folder
        from labeler.app.way import Choice

        if isinstance(choice, Choice):
            shared_folder.show(choice, self._window)

    def bringing_up(self, waited: object) -> None:
        """How far an older project is on its way to the present format."""
        from labeler.app.dialogs import bringing_up
        from labeler.app.opening import BringingUp

        if isinstance(waited, BringingUp):
            bringing_up.show(waited, self._window)

    def save_copy(self) -> None:
        """The dialog that saves a copy."""
        from labeler.app.dialogs import save_copy

        save_copy.show(self._context, self._window)

    def labels(self) -> None:
        """The label set of the queue that is worked at, or of the first one."""
        from labeler.app.dialogs import queue_labels

        queue = self._queue()
        if queue:
            queue_labels.show(self._context, self._window, queue)

    def questions(self) -> None:
        """The questions of the queue that is worked at, or of the first one."""
        from labeler.app.dialogs import queue_questions

        queue = self._queue()
        if queue:
            queue_questions.show(self._context, self._window, queue)

    def _queue(self) -> str:
        session = self._context.session
        if session is None or not session.queues:
            return ""
        seat = session.desk.seat
        return seat.queue.name if seat is not None else session.queues[0].name

    def media(self) -> None:
        """Where the media of the project lie on this machine."""
        from labeler.app.dialogs import media_folders

        media_folders.show(self._context, self._window)

    def import_data(self) -> None:
        """The import dialog."""
        from labeler.app.dialogs import import_data

        import_data.show(self._context, self._window)

    def export_data(self) -> None:
        """The export dialog."""
        from labeler.app.dialogs import export_data

        export_data.show(self._context, self._window)

    def settings(self) -> None:
        """The settings dialog."""
        from labeler.app.dialogs import settings

        settings.show(self._context, self._window)

    def licences(self) -> None:
        """The licences of everything that ships."""
        from labeler.app.dialogs import licences

        licences.show(self._context, self._window)

    def about(self) -> None:
        """Versions and folders, to be copied into a report."""
        from labeler.app.dialogs import about

        about.show(self._context, self._window)

    def manual(self) -> None:
        """The help pages."""
        from labeler.app.dialogs import help as help_pages

        help_pages.show(self._context, self._window)

    def person(self) -> None:
        """Who I am."""
        from labeler.app.dialogs import person

        person.show(self._context, self._window)

    def cheat_sheet(self) -> None:
        """Every command with its keys."""
        from labeler.app.cheat_sheet import CheatSheet

        CheatSheet(self._context.commands, self._window).open()
