"""The commands of the house as data: their names, keys and places; what runs them is added later."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from labeler.api.manifest import Manifest
from labeler.app.i18n import panel_name
from labeler.model.commands import Command

__all__ = ["panel_commands", "panel_place", "place_of", "roof_commands"]

_OF_DATA = (
    "data.search",
    "data.filter",
    "data.views",
    "data.go_to_row",
    "data.copy_keys",
    "data.select_all",
    "data.hand_out",
)

Row = tuple[str, str, str, str]
"""Id, title, keys separated by spaces, icon."""


def roof_commands() -> tuple[Command, ...]:
    """Every command of the program itself, in the language of the interface."""
    tr = QCoreApplication.translate
    groups = (
        (tr("Commands", "Everywhere"), _everywhere()),
        (tr("Commands", "Project"), _project()),
        (tr("Commands", "Data"), _data()),
        (tr("Commands", "Work"), _work()),
        (tr("Commands", "Review"), _review()),
    )
    return tuple(
        Command(name, title, tuple(keys.split()), icon, group)
        for group, rows in groups
        for name, title, keys, icon in rows
    )


def _everywhere() -> tuple[Row, ...]:
    tr = QCoreApplication.translate
    return (
        ("app.palette", tr("Commands", "Find a command, task or rule"), "Ctrl+K", "search"),
        ("app.help", tr("Commands", "Show all keys"), "F1", "keyboard"),
        ("app.manual", tr("Commands", "Help pages"), "Shift+F1", "life-buoy"),
        ("app.undo", tr("Commands", "Undo"), "Ctrl+Z", "undo-2"),
        ("app.redo", tr("Commands", "Redo"), "Ctrl+Shift+Z Ctrl+Y", "redo-2"),
        ("app.home", tr("Commands", "Go to Home"), "Ctrl+1", "home"),
        ("app.work", tr("Commands", "Go to Work"), "Ctrl+2", "square-pen"),
        ("app.review", tr("Commands", "Go to Review"), "Ctrl+3", "list-checks"),
        ("app.data", tr("Commands", "Go to Data"), "Ctrl+4", "table-2"),
        ("app.show_conflict", tr("Commands", "Show the conflict"), "Ctrl+Shift+K", "git-compare"),
        ("app.handouts", tr("Commands", "Go to hand-outs"), "", "users"),
        ("app.merges", tr("Commands", "Go to merges"), "", "git-branch"),
        ("app.settings", tr("Commands", "Settings…"), "Ctrl+,", "settings"),
        ("app.person", tr("Commands", "Who I am…"), "", "user"),
        ("app.theme", tr("Commands", "Next theme"), "Ctrl+Shift+L", "contrast"),
        ("app.larger", tr("Commands", "Larger text"), "Ctrl++ Ctrl+=", "plus"),
        ("app.smaller", tr("Commands", "Smaller text"), "Ctrl+-", "minus"),
        ("app.full_screen", tr("Commands", "Full screen"), "F11", "square"),
        ("app.licences", tr("Commands", "Licences"), "", "scroll-text"),
        ("app.about", tr("Commands", "About this program"), "", "info"),
        ("app.quit", tr("Commands", "Quit"), "Ctrl+Q", "x"),
    )


def _project() -> tuple[Row, ...]:
    tr = QCoreApplication.translate
    return (
        ("project.new", tr("Commands", "New project…"), "Ctrl+N", "folder-plus"),
        ("project.open", tr("Commands", "Open project…"), "Ctrl+O", "folder-open"),
        ("project.save_copy", tr("Commands", "Save a copy…"), "Ctrl+Shift+S", "save"),
        ("project.hand_out", tr("Commands", "Hand out…"), "Ctrl+Shift+H", "upload"),
        ("project.hand_back", tr("Commands", "Hand back…"), "", "corner-up-left"),
        ("project.merge_copy", tr("Commands", "Merge a copy…"), "Ctrl+Shift+M", "git-branch"),
        (
            "project.merge_siblings",
            tr("Commands", "Merge the copies beside this project"),
            "",
            "git-branch",
        ),
        ("project.stop_merge", tr("Commands", "Stop merging"), "", "x"),
        ("project.history", tr("Commands", "History and backups…"), "", "history"),
        ("project.back_up", tr("Commands", "Back up now"), "", "hard-drive"),
        ("project.work_in_copy", tr("Commands", "Work in a copy"), "", "copy"),
        ("project.give_back", tr("Commands", "Merge back into the shared file"), "", "upload"),
        ("project.labels", tr("Commands", "Label set…"), "", "tag"),
        ("project.questions", tr("Commands", "Questions of the queue…"), "", "list-checks"),
        ("project.media", tr("Commands", "Media folders…"), "", "folder-open"),
        ("project.close", tr("Commands", "Close project"), "Ctrl+W", "x"),
    )


def _data() -> tuple[Row, ...]:
    tr = QCoreApplication.translate
    return (
        ("data.import", tr("Commands", "Import…"), "Ctrl+I", "download"),
        ("data.export", tr("Commands", "Export…"), "Ctrl+E", "upload"),
        ("data.search", tr("Commands", "Search tasks"), "/", "search"),
        ("data.filter", tr("Commands", "Add filter"), "F", "filter"),
        ("data.views", tr("Commands", "Saved views…"), "V", "bookmark"),
        ("data.go_to_row", tr("Commands", "Go to row"), "G", "list-ordered"),
        ("data.copy_keys", tr("Commands", "Copy keys of tasks"), "C", "copy"),
        ("data.hand_out", tr("Commands", "Hand out the selected tasks…"), "H", "upload"),
        ("handouts.recall", tr("Commands", "Recall a hand-out, or give it again…"), "R", "undo-2"),
        ("data.select_all", tr("Commands", "Select all tasks"), "Ctrl+A", ""),
    )


def _work() -> tuple[Row, ...]:
    tr = QCoreApplication.translate
    return (
        ("work.submit", tr("Commands", "Submit and next"), "Ctrl+Return Ctrl+Enter", "check"),
        ("work.next", tr("Commands", "Next task"), "Ctrl+PgDown", "chevron-right"),
        ("work.previous", tr("Commands", "Previous task"), "Ctrl+PgUp", "chevron-left"),
        ("work.go_to", tr("Commands", "Go to task…"), "G", "list-ordered"),
        ("work.flag", tr("Commands", "Flag…"), "F", "flag"),
        ("work.skip", tr("Commands", "Skip…"), "S", "skip-forward"),
        ("work.reopen", tr("Commands", "Reopen to change"), "Ctrl+R", "pencil"),
        ("work.take_over", tr("Commands", "Take this draft over"), "Ctrl+T", "lock-open"),
        (
            "work.take_draft",
            tr("Commands", "Take over what I began elsewhere"),
            "Ctrl+Shift+T",
            "git-branch",
        ),
        ("work.leave_draft", tr("Commands", "Leave what I began elsewhere"), "", "x"),
        (
            "work.toggle_inspector",
            tr("Commands", "Show or hide the inspector"),
            "F9",
            "panel-right",
        ),
        ("work.questions", tr("Commands", "Questions"), "Ctrl+Shift+1", "list-checks"),
        ("work.regions", tr("Commands", "Regions"), "Ctrl+Shift+2", "list"),
        ("work.guidelines", tr("Commands", "Guidelines"), "Ctrl+Shift+3", "book-open"),
        ("work.pause", tr("Commands", "Pause or go on"), "Ctrl+F8 Pause", "pause"),
        ("work.choose_queue", tr("Commands", "Choose a queue"), "Ctrl+J", "layout-grid"),
    )


def _review() -> tuple[Row, ...]:
    tr = QCoreApplication.translate
    keep = tr("Commands", "Keep version {number}")
    return (
        ("review.decide", tr("Commands", "Decide and next"), "Ctrl+Return Ctrl+Enter", "check"),
        ("review.leave_open", tr("Commands", "Leave open"), "S", "skip-forward"),
        ("review.next", tr("Commands", "Next conflict"), "Ctrl+PgDown", "chevron-right"),
        ("review.previous", tr("Commands", "Previous conflict"), "Ctrl+PgUp", "chevron-left"),
        *(
            (f"review.keep_{number}", keep.format(number=number), str(number), "check")
            for number in range(1, 10)
        ),
        ("review.keep_both", tr("Commands", "Keep both"), "B", "copy"),
        ("review.write", tr("Commands", "Write it anew"), "E", "pencil"),
        ("review.letters", tr("Commands", "Compare by words or letters"), "L", "text-cursor"),
        ("review.decision", tr("Commands", "Decision"), "Ctrl+Shift+1", "list-checks"),
        ("review.history", tr("Commands", "History"), "Ctrl+Shift+2", "history"),
        ("review.guidelines", tr("Commands", "Guidelines"), "Ctrl+Shift+3", "book-open"),
    )


def place_of(command_id: str) -> str:
    """The place a command works at: those of Work, Review and the hand-outs only there."""
    for place in ("work", "review", "handouts"):
        if command_id.startswith(f"{place}."):
            return place
    return "data" if command_id in _OF_DATA else ""


def panel_place(panel: str) -> str:
    """The place the commands of a panel work at: the Work page while its editor is on the stage."""
    return f"work/{panel}"


def panel_commands(manifest: Manifest) -> tuple[Command, ...]:
    """A panel's own commands; those without a heading stand under the panel's name."""
    tr = QCoreApplication.translate
    return tuple(
        Command(
            one.id,
            tr(manifest.id, one.title),
            one.keys,
            one.icon,
            tr(manifest.id, one.group) if one.group else panel_name(manifest),
            tr(manifest.id, one.help) if one.help else "",
        )
        for one in manifest.commands
    )
