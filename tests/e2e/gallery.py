"""Every control of the kit in every state, drawn offscreen to be looked at beside the pictures.

``python tests/e2e/gallery.py FOLDER`` writes a PNG of each board in each theme at scale 1 and 2, from
right to left, with long texts and at 200 % text.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from labeler.kit import (
    AvatarButton,
    Badge,
    Button,
    Callout,
    Card,
    CheckBox,
    Choice,
    ChoiceChip,
    ChoiceGroup,
    CodeBlock,
    Dialog,
    Divider,
    ElidedText,
    EmptyState,
    EntryButton,
    ErrorCard,
    Field,
    FilterChip,
    FlowLayout,
    IconButton,
    KeyCap,
    LabelLine,
    Part,
    Place,
    Plain,
    Progress,
    ProgressBar,
    RadioButton,
    Rail,
    RowList,
    RowRole,
    SavedChip,
    ScaleBar,
    SearchField,
    Section,
    Segmented,
    Select,
    TabBar,
    Table,
    Text,
    TextArea,
    Theme,
    Toast,
    current_theme,
    install_theme,
)
from labeler.kit.focus import FocusRing

LONG = False


def words(text: str) -> str:
    """The text, 40 % longer when the board is drawn for a longer language."""
    return text + " " + "ä" * max(2, round(len(text) * 0.4)) if LONG else text


def hover(widget: QWidget) -> QWidget:
    """The widget as it looks under the pointer."""
    middle = QPointF(widget.rect().center())
    QApplication.sendEvent(widget, QEnterEvent(middle, middle, middle))
    return widget


def card(title: str, width: int, height: int) -> tuple[Card, QVBoxLayout]:
    frame = Card()
    frame.setFixedSize(QSize(width, height) * current_theme().text_scale)
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 14, 16, 14)
    column.setSpacing(8)
    column.addWidget(Text(title, "label"))
    return frame, column


def row_of(column: QLayout, *widgets: QWidget, gap: int = 8) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    if isinstance(column, QVBoxLayout):
        column.addLayout(row)
    return row


class Board(Plain):
    """A page of controls; ``rings`` are drawn as if each had the focus after keyboard use."""

    def __init__(self, size: QSize) -> None:
        super().__init__("bg")
        self.resize(size * current_theme().text_scale)
        self.rings: list[QWidget] = []
        self.hovers: list[QWidget] = []
        self.kept: list[object] = []


def components() -> Board:
    """The board of components-*.png."""
    board = Board(QSize(1440, 900))
    page = QVBoxLayout(board)
    page.setContentsMargins(32, 16, 32, 16)
    page.setSpacing(12)
    page.addWidget(Text("Controls and states", "title"))
    lines = []
    for _ in range(3):
        line = QHBoxLayout()
        line.setSpacing(12)
        page.addLayout(line)
        lines.append(line)
    page.addStretch(1)
    lines[0].addWidget(_buttons(board))
    lines[0].addWidget(_fields(board))
    lines[1].addWidget(_chips(board))
    lines[1].addWidget(_scale(board))
    lines[1].addWidget(_rows(board))
    lines[2].addWidget(_badges(board))
    lines[2].addWidget(_labels())
    for line in lines:
        line.addStretch(1)
    return board


def _buttons(board: Board) -> QWidget:
    frame, column = card("Buttons, 32 px", 704, 236)
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    for at, title in enumerate(("Rest", "Hover", "Pressed", "Focus", "Disabled")):
        grid.addWidget(Text(title, role="text_2"), 0, at + 1)
    kinds = ("primary", "secondary", "quiet", "danger")
    for line, kind in enumerate(kinds, 1):
        grid.addWidget(Text(kind.capitalize(), role="text_2"), line, 0)
        for at in range(5):
            button = Button(words("Submit"), kind, key="↵")
            grid.addWidget(button, line, at + 1)
            if at == 1:
                board.hovers.append(button)
            elif at == 2:
                button.setDown(True)
            elif at == 3:
                board.rings.append(button)
            elif at == 4:
                button.setEnabled(False)
    grid.setColumnStretch(7, 1)
    column.addLayout(grid)
    column.addStretch(1)
    return frame


def _fields(board: Board) -> QWidget:
    frame, column = card("Fields", 660, 236)
    grid = QGridLayout()
    grid.setSpacing(16)
    rest, focus = Field("Rest", "cam2"), Field("Focus", "cam2")
    empty = Field("Placeholder", placeholder=words("Label name"))
    wrong, fixed, off = Field("Error", "cta"), Field("Read only", "cam2"), Field("Disabled", "cam2")
    wrong.set_error(words("Not in the set. Car?"))
    fixed.set_read_only(True)
    off.edit.setEnabled(False)
    for at, field in enumerate((rest, focus, empty, wrong, fixed, off)):
        grid.addWidget(field, at // 3, at % 3, Qt.AlignmentFlag.AlignTop)
    board.kept.append(focus)
    column.addLayout(grid)
    column.addStretch(1)
    return frame


def _chips(board: Board) -> QWidget:
    frame, column = card("Choice chips, 28 px; check and radio", 452, 198)
    chips = QWidget()
    flow = FlowLayout(chips, gap=12)
    for at, title in enumerate(("Rest", "Hover", "Focus", "Selected", "Disabled")):
        chip = ChoiceChip(words(title), key=str(at + 1))
        flow.addWidget(chip)
        if at == 1:
            board.hovers.append(chip)
        elif at == 2:
            board.rings.append(chip)
        elif at == 3:
            chip.setChecked(True)
        elif at == 4:
            chip.setEnabled(False)
    flow.addWidget(ChoiceChip(words("Car"), key="1", colour=1))
    fixed = ChoiceChip(words("Read only"))
    fixed.setChecked(True)
    fixed.set_read_only(True)
    flow.addWidget(fixed)
    column.addWidget(chips)
    off, on, some = CheckBox("Off"), CheckBox("On"), CheckBox("Some")
    on.setChecked(True)
    some.setTristate(True)
    some.setCheckState(Qt.CheckState.PartiallyChecked)
    one, two = RadioButton("One"), RadioButton("Two")
    two.setChecked(True)
    row_of(column, off, on, some, one, two, gap=12)
    column.addStretch(1)
    return frame


def _scale(board: Board) -> QWidget:
    frame, column = card("Scale and segmented control", 400, 198)
    scale = ScaleBar(keys=tuple("1234567"), name="Preference")
    scale.set_chosen(2)
    row_of(column, scale)
    scale.setFixedWidth(scale.sizeHint().width())
    board.rings.append(scale)
    row_of(
        column,
        Segmented([Part("a", "A"), Part("=", "="), Part("b", "B")]),
        Segmented([Part("l", "Linear"), Part("h", "Hold")], chosen="h", compact=True),
        Segmented(
            [
                Part("p", "Point", "mouse-pointer-2", icon_only=True),
                Part("b", "Box", "square-dashed", icon_only=True),
                Part("y", "Polygon", "pentagon", icon_only=True),
            ],
            chosen="b",
            compact=True,
        ),
        gap=12,
    )
    column.addStretch(1)
    return frame


def region_rows() -> QStandardItemModel:
    """Five rows as in the picture: rest, hover, selected, focus, disabled."""
    model = QStandardItemModel()
    for title in ("Rest", "Hover", "Selected", "Focus", "Disabled"):
        row = QStandardItem(words(title))
        row.setData("7", RowRole.LEADING)
        row.setData(1, RowRole.SWATCH)
        row.setData("60 × 41", RowRole.TRAILING)
        row.setEnabled(title != "Disabled")
        model.appendRow(row)
    return model


def _rows(board: Board) -> QWidget:
    frame, column = card("Region rows, 28 px", 500, 198)
    rows = RowList("Regions")
    model = region_rows()
    board.kept.append(model)
    rows.setModel(model)
    rows.setCurrentIndex(model.index(2, 0))
    column.addWidget(rows)
    return frame


def _badges(board: Board) -> QWidget:
    frame, column = card("Badges, key caps, saved chip", 408, 146)
    row_of(
        column,
        Badge("Draft"),
        Badge("Submitted", "accent"),
        Badge("Accepted", "ok", "check"),
        Badge("Returned", "warn", "triangle-alert"),
    )
    row_of(
        column,
        Badge("In conflict", "danger", "git-compare"),
        Badge("Gold", "gold", "star"),
        Badge("Review", "review", "list-checks"),
        Badge("Model 0.71", "prediction", "sparkles"),
    )
    saved = SavedChip()
    saved.set_saved("14:32:08")
    row_of(column, KeyCap("1"), KeyCap("Esc"), KeyCap("Ctrl+Enter"), Divider(upright=True), saved)
    column.addStretch(1)
    return frame


def _labels() -> QWidget:
    frame, column = card("Label colours, Okabe–Ito", 596, 146)
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    names = ("Orange", "Sky blue", "Bluish green", "Yellow", "Blue", "Vermillion")
    for at, name in enumerate((*names, "Reddish purple", "Black")):
        where = (at // 4, at % 4 * 3)
        grid.addWidget(KeyCap(str(at + 1)), where[0], where[1])
        grid.addWidget(LabelLine(at + 1, name, 32), where[0], where[1] + 1)
        grid.addWidget(Text(name), where[0], where[1] + 2)
    column.addLayout(grid)
    row_of(column, LabelLine(9, "9", 48), LabelLine(17, "17", 48), LabelLine("#8040ff", "own", 48))
    column.addStretch(1)
    return frame


def shell() -> Board:
    """The window's furniture round a table and the inspector of work-sentiment-*.png."""
    board = Board(QSize(1440, 900))
    whole = QHBoxLayout(board)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(_rail())
    right = QVBoxLayout()
    right.setSpacing(0)
    whole.addLayout(right, 1)
    right.addWidget(_top_bar())
    middle = QHBoxLayout()
    middle.setSpacing(0)
    right.addLayout(middle, 1)
    middle.addWidget(_table_page(board), 1)
    scroller = QScrollArea()
    scroller.setWidgetResizable(True)
    scroller.setFixedWidth(320)
    scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroller.setWidget(_inspector(board))
    middle.addWidget(scroller)
    right.addWidget(_bottom_bar())
    return board


def _rail() -> Rail:
    rail = Rail("Places")
    for at, (place, icon) in enumerate(
        (
            ("Home", "home"),
            ("Work", "square-pen"),
            ("Review", "list-checks"),
            ("Data", "table-2"),
            ("Quality", "chart-line"),
        )
    ):
        rail.add_place(Place(place.lower(), words(place), icon, f"Ctrl+{at + 1}"))
    rail.add_foot("circle-help", "Help", "F1")
    rail.add_foot("settings", "Settings", "Ctrl+,")
    rail.set_current("data")
    return rail


def bar(height: int, role: str = "bg", edges: str = "bottom") -> tuple[Plain, QHBoxLayout]:
    frame = Plain(role, edges=edges)
    frame.setMinimumHeight(height)
    row = QHBoxLayout(frame)
    row.setContentsMargins(12, 0, 12, 0)
    row.setSpacing(12)
    return frame, row


def _top_bar() -> QWidget:
    frame, row = bar(44)
    queue = Button("Reviews de/en", "quiet", compact=True)
    row.addWidget(Button("nordstadt.labeler", "quiet", icon="file", compact=True))
    row.addWidget(Text("/", role="text_2"))
    row.addWidget(queue)
    row.addStretch(1)
    row.addWidget(EntryButton(words("Find a command, task or rule"), "Ctrl+K"), 2)
    row.addStretch(1)
    saved = SavedChip()
    saved.set_saved("14:32:08")
    redo = IconButton("redo-2", "Redo", key="Ctrl+Y")
    redo.setEnabled(False)
    for widget in (saved, Divider(upright=True), IconButton("undo-2", "Undo", key="Ctrl+Z"), redo):
        row.addWidget(widget)
    row.addWidget(Divider(upright=True))
    row.addWidget(AvatarButton("JW", "Jonas Weber"))
    return frame


def _bottom_bar() -> QWidget:
    frame, row = bar(48, edges="top")
    progress = ProgressBar(name="Tasks done")
    progress.set_progress(18_372, 1_000_000)
    row.addWidget(progress)
    row.addWidget(Text("18,372", "ui_strong"))
    row.addWidget(Text(words("of 1,000,000"), role="text_2"))
    row.addWidget(Divider(upright=True))
    row.addWidget(Text("00:41", "mono"))
    row.addStretch(1)
    row.addWidget(Button(words("Flag"), "quiet", key="F", icon="flag"))
    row.addWidget(Button(words("Skip"), "quiet", key="S", icon="skip-forward"))
    row.addWidget(Button(words("Submit and next"), "primary", key="Ctrl+Enter"))
    return frame


def task_rows() -> QStandardItemModel:
    """Rows of the Data page with every kind of cell."""
    model = QStandardItemModel()
    titles = ("", "Task", "Text", "Status", "Class", "Agreement", "Changed")
    model.setHorizontalHeaderLabels([words(t) if t else "" for t in titles])
    end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    model.setHeaderData(
        0, Qt.Orientation.Horizontal, Qt.CheckState.PartiallyChecked, Qt.ItemDataRole.CheckStateRole
    )
    for column in (1, 5, 6):
        model.setHeaderData(
            column, Qt.Orientation.Horizontal, end, Qt.ItemDataRole.TextAlignmentRole
        )
    states = ("Returned", "Submitted", "Submitted", "Accepted", "Flagged", "Submitted")
    texts = (
        "The food was served promptly but the meal was not rushed, we had plenty of time for it all",
        "Wartezeit am Freitag fast eine Stunde, dafür war das Schnitzel wie bei Oma",
        "The waitress forgot our coffee",
        "الطعام لذيذ والخدمة بطيئة جدًا",
        "Nie wieder. Suppe kalt, Bedienung genervt, Rechnung falsch",
        "Parken unmöglich, Essen hervorragend",
    )
    for at, (state, text) in enumerate(zip(states * 3, texts * 3, strict=True)):
        check, task, body, status, label, agreement, changed = (QStandardItem() for _ in range(7))
        check.setData(
            Qt.CheckState.Checked if at in (1, 2) else Qt.CheckState.Unchecked,
            Qt.ItemDataRole.CheckStateRole,
        )
        task.setText(f"901,{391 + 16 * at}")
        task.setData(True, RowRole.MONO)
        task.setData("text_2", RowRole.INK)
        body.setText(text)
        if at == 2:
            body.setData(("Gold", "gold", ""), RowRole.BADGE)
        if state == "Returned":
            status.setData((state, "warn", "corner-up-left"), RowRole.BADGE)
        elif state == "Flagged":
            status.setData((state, "danger", "flag"), RowRole.BADGE)
        else:
            status.setText(state)
            if state == "Accepted":
                status.setData("check", RowRole.ICON)
                status.setData("ok", RowRole.ICON_ROLE)
        label.setText("Positive" if at % 2 else "Negative")
        label.setData(2 if at % 2 else 6, RowRole.SWATCH)
        agreement.setText("0.44")
        agreement.setData(True, RowRole.MONO)
        changed.setText("Wed 10:48")
        changed.setData("text_2", RowRole.INK)
        for cell in (task, agreement, changed):
            cell.setTextAlignment(end)
        model.appendRow([check, task, body, status, label, agreement, changed])
    return model


def _table_page(board: Board) -> QWidget:
    page = Plain("surface")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    head, row = bar(52, "surface")
    row.setContentsMargins(16, 8, 16, 8)
    row.addWidget(Text("Tasks", "heading"))
    row.addWidget(SearchField(words("Search texts, notes and answers"), key="/"), 1)
    row.addWidget(Segmented([Part("t", "Table"), Part("i", "Tiles")]))
    row.addStretch(1)
    row.addWidget(Button(words("Import…"), icon="download", key="Ctrl+I"))
    row.addWidget(Button(words("Export…"), icon="upload", key="Ctrl+E"))
    column.addWidget(head)
    filters, row = bar(44)
    row.addWidget(FilterChip(words("Queue"), "Reviews de/en"))
    row.addWidget(FilterChip("Agreement", "below 0.60"))
    row.addWidget(Button(words("Add filter"), "quiet", icon="plus", key="F", compact=True))
    row.addStretch(1)
    row.addWidget(ElidedText("18,214 of 1,000,000 tasks, in 38 ms", role="text_2"))
    column.addWidget(filters)
    table = Table("Tasks")
    model = task_rows()
    board.kept.append(model)
    table.setModel(model)
    table.setSelectionMode(Table.SelectionMode.MultiSelection)
    table.selectRow(1)
    table.selectRow(2)
    table.horizontalHeader().setSortIndicatorShown(True)
    table.horizontalHeader().setSortIndicator(5, Qt.SortOrder.AscendingOrder)
    for at, width in enumerate((36, 90, 330, 120, 120, 110, 90)):
        table.setColumnWidth(at, width)
    column.addWidget(table, 1)
    return page


def _inspector(board: Board) -> QWidget:
    side = Plain("surface", edges="start")
    column = QVBoxLayout(side)
    column.setContentsMargins(1, 0, 0, 0)
    column.setSpacing(0)
    head, row = bar(40, "surface")
    row.setContentsMargins(8, 0, 8, 0)
    tabs = TabBar("Inspector")
    tabs.add("Questions", 4)
    tabs.add("Regions", 11)
    tabs.add("Guidelines")
    row.setSpacing(0)
    row.addWidget(tabs, 1)
    row.addWidget(IconButton("panel-right-close", "Hide", key="F9"))
    column.addWidget(head)
    whole = Section(words("Sentiment of the whole text"), required=True, rule="Open the rule")
    group = ChoiceGroup(
        [
            Choice(name.lower(), words(name), str(at + 1))
            for at, name in enumerate(("Positive", "Neutral", "Negative", "Mixed", "Not judgeable"))
        ],
        name="Sentiment",
    )
    group.set_chosen(["mixed"])
    whole.body.addWidget(group)
    column.addWidget(whole)
    valence = Section("Valence", required=True, rule="Open the rule")
    scale = ScaleBar(ends=(words("Very negative"), words("Very positive")), name="Valence")
    scale.set_chosen(1)
    valence.body.addWidget(scale)
    column.addWidget(valence)
    marks = Section()
    marks.body.addWidget(
        ChoiceGroup(
            [
                Choice("s", words("Sarcastic"), "Q"),
                Choice("a", words("Advertising"), "W"),
                Choice("l", "Second language", "E"),
            ],
            multiple=True,
            column=False,
        )
    )
    column.addWidget(marks)
    reason = Section("Reason", note="optional")
    area = TextArea(text="The waiter apologised twice.", name="Reason", least=2)
    area.set_counter(135, 80)
    reason.body.addWidget(area)
    select = Select([("none", words("Not occluded")), ("some", "Partly")], name="Occluded")
    reason.body.addWidget(select)
    reason.body.addWidget(
        Segmented(
            [Part("q", "No", key="Q"), Part("w", "Partly", key="W"), Part("e", "Mostly", key="E")],
            stretch=True,
            compact=True,
        )
    )
    column.addWidget(reason)
    column.addStretch(1)
    return side


def moments() -> Board:
    """Empty, stopped, refused, undone: empty-and-error-*.png."""
    board = Board(QSize(1440, 900))
    whole = QHBoxLayout(board)
    whole.setContentsMargins(24, 24, 24, 24)
    whole.setSpacing(24)
    left, right = QVBoxLayout(), QVBoxLayout()
    whole.addLayout(left, 1)
    whole.addLayout(right, 1)
    empty = EmptyState(
        words("No tasks open to you in Vehicles"),
        words(
            "You have done 1,184 tasks. 16 wait for two other people, and 2 came back from review."
        ),
        role="ok",
        note="Call transcripts has 209 tasks open to you",
    )
    empty.add_button(words("Open the 2 returned"), "primary", key="Enter")
    empty.add_button(words("Choose another queue"), key="Q")
    report = (
        "ValueError: segment 8 ends before it starts\n"
        "  transcription/editor.py, line 214, in move_edge\n"
        "  transcription/tiers.py, line 88, in clamp\n  more"
    )
    error = ErrorCard(
        words("The transcription panel stopped"),
        words("Your draft is safe: 9 segments, saved 14:32:08. Other panels go on working."),
        report,
    )
    for part in (empty, error):
        frame = Card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(20, 20, 20, 20)
        inner.addWidget(part)
        left.addWidget(frame, 1)
    dialog = Dialog(words("Import into Vehicles"), wide=True)
    dialog.setWindowFlags(Qt.WindowType.Widget)
    dialog.body.addWidget(
        Callout(
            words("Nothing was imported: may.json is not valid JSON"),
            words(
                "Line 18,204, column 31: a comma is missing after “bbox”. The project is unchanged."
            ),
        )
    )
    dialog.body.addWidget(
        CodeBlock('18203   "image_id": 412,\n18204   "bbox": [322, 322, 60, 41]\n18205 },')
    )
    dialog.add_button(words("Copy report"), "quiet", role="aside", key="C", icon="copy")
    dialog.add_button(words("Choose another file…"))
    dialog.add_button(words("Try again"), "primary")
    right.addWidget(dialog)
    right.addStretch(1)
    host = Plain("bg")
    host.setMinimumHeight(110)
    toast = Toast(host)
    board.kept.append(toast)
    host.resize(660, 110)
    toast.say(words("3 regions deleted"), action="Undo", key="Ctrl+Z", icon="trash-2")
    right.addWidget(host)
    progress = Progress(framed=True)
    progress.start(icon="download")
    progress.set_progress(41_200, 118_000)
    progress.show()
    row_of(right, progress)
    saved, saving, fixed, failed = (SavedChip(framed=True) for _ in range(4))
    saved.set_saved("14:32:08")
    saving.set_saving()
    fixed.set_read_only("desk-sofia")
    failed.set_failed("disk full")
    row_of(right, saved, saving, fixed, failed)
    return board


BOARDS: dict[str, Callable[[], Board]] = {
    "components": components,
    "shell": shell,
    "moments": moments,
}


def picture(board: Board, theme: Theme, dpr: float = 1.0) -> QImage:
    """The board as it looks when shown, with every ring and hover it asks for."""
    board.show()
    for widget in board.hovers:
        hover(widget)
    QApplication.processEvents()
    rings = [FocusRing(widget, theme) for widget in board.rings]
    QApplication.processEvents()
    size = board.size()
    image = QImage(size * dpr, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    painter = QPainter(image)
    board.render(painter, QPoint(0, 0))
    painter.end()
    for ring in rings:
        ring.leave()
    board.hide()
    return image


def draw_all(folder: Path) -> None:
    """Write every board in every theme and in the hard cases."""
    global LONG
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = install_theme(app, choice="light", reduced_motion=True)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    folder.mkdir(parents=True, exist_ok=True)

    def write(suffix: str, dpr: float = 1.0) -> None:
        for name, build in BOARDS.items():
            picture(build(), theme, dpr).save(str(folder / f"{name}-{suffix}.png"))

    for choice in ("light", "dark", "high_contrast"):
        theme.set(choice=choice)
        write(choice)
    theme.set(choice="light")
    write("light@2x", 2.0)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    write("rtl")
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    LONG = True
    write("long")
    LONG = False
    theme.set(text_scale=2.0)
    write("text200")


if __name__ == "__main__":
    draw_all(Path(sys.argv[1]))
