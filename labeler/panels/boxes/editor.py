"""The panel's editor: one image, its boxes drawn and made, a model's proposals taken or put away.

It assembles the surface, what floats over it and the tools, and shows a value in them. What keys and
clicks do to the value is in ``commands``; how pictures come is in ``showing``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labeler.api import (
    Box,
    Content,
    Json,
    QueueConfig,
    Region,
    Value,
)
from labeler.kit.canvas import (
    CanvasSurface,
    Geometry,
    Look,
    Minimap,
)
from labeler.kit.editor import (
    Editor,
    EditorHost,
    FirstTab,
    RegionColumn,
    RegionField,
    RegionMark,
    TaskView,
)
from labeler.kit.offered_labels import OfferedLabels
from labeler.panels.boxes import edits
from labeler.panels.boxes.commands import BoxCommands
from labeler.panels.boxes.drawing import looks_of
from labeler.panels.boxes.figures import cells_of, figures_of, typed
from labeler.panels.boxes.frame import ImageFrame
from labeler.panels.boxes.hints import hints_for
from labeler.panels.boxes.place import Place, read_place
from labeler.panels.boxes.proposals import Proposal
from labeler.panels.boxes.showing import ImageShow
from labeler.panels.boxes.shown import Shown
from labeler.panels.boxes.toolbar import Tools

__all__ = ["BoxesEditor"]


class BoxesEditor(Editor):
    """Shows an ImageContent; see ``panel.toml`` for its commands and settings.

    A label's key labels what is chosen, and the next boxes get the same label until another key is
    pressed. Two boxes are two drags, or four clicks, and nothing asks in between.
    """

    def __init__(self, host: EditorHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.surface = CanvasSurface(self.tr("Image"))
        self.frame = ImageFrame(self.surface, self)
        self.tools = Tools()
        self._pictures = ImageShow(self.frame, host.open_medium, self)
        self.commands: BoxCommands = BoxCommands(self)
        self._shown = Shown(self.surface, self.show_offered)
        self._labels = OfferedLabels(QueueConfig(), Box)
        self._label: str | None = None
        self._place: Place | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self.setFocusProxy(self.surface)
        surface = self.surface
        surface.drawn.connect(self._drawn)
        surface.edited.connect(self._edited)
        surface.choice_made.connect(self._choice_made)
        surface.pointed.connect(self.frame.readout.set_at)
        surface.view_changed.connect(self._show_tools)
        surface.view_changed.connect(self._show_hints)
        surface.busy_changed.connect(self._show_hints)
        self._pictures.shown.connect(self._picture_shown)
        self._pictures.said.connect(self.host.say)
        self._pictures.missing.connect(self.host.medium_missing)
        self.tools.wanted.connect(self.host.run_command)
        self.frame.wanted.connect(self.host.run_command)

    @property
    def minimap(self) -> Minimap:
        """The overview in the corner."""
        return self.frame.minimap

    # ------------------------------------------------------------------------------------- the task

    def show_task(self, view: TaskView) -> None:
        super().show_task(view)
        self.surface.pointer.begin_anew()
        self._place = None
        self._labels = OfferedLabels(view.config, Box)
        if self._label not in self._labels:
            self._label = next((one.id for one in self._labels.offered), None)
        self.frame.minimap_wanted = bool(view.settings.get("boxes.minimap", True))
        self._shown.begin(view)
        self._pictures.show(view.content, view.key, len(view.value.regions))
        self.set_read_only(view.read_only)
        if view.settings.get("boxes.begin_drawing", True) and not view.read_only:
            self.surface.set_tool("draw")
        self.take_label(self._label)
        # Whoever shows the first task may know the panel's keys only after that.
        QTimer.singleShot(0, self, self._show_keys)

    def prepare(self, content: Content) -> None:
        self._pictures.prepare(content)

    def set_value(self, value: Value) -> None:
        super().set_value(value)
        self._show_value()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.surface.set_read_only(read_only)
        self._show_tools()
        self._show_bar()
        self._show_hints()

    def close_task(self) -> None:
        super().close_task()
        self.surface.pointer.cancel()
        self._shown.let_go()
        self._pictures.let_go()
        self._show_bar()

    def finish_gesture(self) -> None:
        self.surface.pointer.finish()

    def _picture_shown(self) -> None:
        if self._place is not None and not self.surface.view.empty:
            self._go_to(self._place)
        self._show_tools()
        self._show_bar()
        self._show_hints()

    # ------------------------------------------------------------------------------------- what is so

    @property
    def may_edit(self) -> bool:
        """Whether there is an image in sight and its regions may be changed."""
        return self.view is not None and not self.surface.view.empty and not self.read_only

    @property
    def label(self) -> str | None:
        """The label in hand: what the next box gets."""
        return self._label

    @property
    def open(self) -> Sequence[Proposal]:
        """What is proposed and not yet decided."""
        return self._shown.open

    @property
    def rejected(self) -> Collection[str]:
        """Ids of the proposals put away."""
        return self._shown.rejected

    @property
    def least(self) -> float:
        """The score from which proposals are shown."""
        return self._shown.least

    @property
    def locked(self) -> Collection[str]:
        """Ids of the regions locked."""
        return self._shown.locked

    @property
    def hidden(self) -> Collection[str]:
        """Ids of the regions hidden."""
        return self._shown.hidden

    @property
    def all_hidden(self) -> bool:
        """Whether no region is drawn at all."""
        return self._shown.all_hidden

    def label_name(self, label_id: str | None) -> str:
        """What a label is called; "" for one the set does not have."""
        label = self.view.config.label(label_id) if self.view and label_id is not None else None
        return label.title if label is not None else ""

    def fits(self, label_id: str | None, region: Region) -> bool:
        """Whether a label is for regions of this type."""
        label = self.view.config.label(label_id) if self.view and label_id is not None else None
        return label is not None and (not label.types or region.type_name() in label.types)

    def region(self, ident: str) -> Region | None:
        """One of the value's regions."""
        return self._shown.region(ident)

    def regions_named(self) -> Sequence[Region]:
        """The value's regions that are chosen, in the value's order."""
        return self._shown.chosen_regions()

    def chosen_own(self) -> list[str]:
        """Ids of the chosen regions that are the value's, in the order they were chosen."""
        return self._shown.chosen_own()

    def chosen_open(self) -> list[Proposal]:
        """The chosen proposals."""
        return self._shown.chosen_open()

    def in_order(self) -> list[str]:
        """Ids of all shapes that are drawn, those of proposals last."""
        return self._shown.in_order()

    # ------------------------------------------------------------------------------------- showing

    def _show_value(self) -> None:
        if self._shown.show_value(self.value):
            self._show_bar()

    def _show_bar(self) -> None:
        self.frame.show_predictions(self._shown, changeable=self.may_edit)

    def _show_tools(self) -> None:
        surface = self.surface
        self.tools.show_state(
            tool=surface.tool if not self.read_only else "select",
            zoom=None if surface.view.empty else surface.view.zoom,
            tags=surface.all_tags,
            hidden=self.all_hidden,
            changeable=self.may_edit,
        )

    def _show_keys(self) -> None:
        """Print the keys in force wherever one is printed."""
        self.tools.name_keys(self.host.key_text)
        self.frame.name_keys(self.host.key_text)
        self._show_hints()

    def _show_hints(self) -> None:
        """What hands can do now, in the readout and for screen readers."""
        keys = [label.key.upper() for label in self._labels.offered if label.key]
        name = self.label_name(self._label)
        if self.frame.readout.set_hints(hints_for(self.frame, keys, name, self.host.key_text)):
            self.frame.place()
        count = len(self._shown.regions)
        words = self.tr("{count} regions", "", count).format(count=count)
        if self.surface.chosen:
            words += ", " + self.tr("{count} selected").format(count=len(self.surface.chosen))
        if self.surface.accessibleDescription() != words:
            self.surface.setAccessibleDescription(words)

    # ------------------------------------------------------------------------------------- what hands do

    def commit(self, value: Value, label: str, key: str = "") -> None:
        """Show a value of one's own making and emit it."""
        self.change(value, label, key)
        self._show_value()
        self._show_hints()

    def take_label(self, label_id: str | None) -> None:
        """Take a label into the hand: the next boxes get it."""
        self._label = label_id
        looks = looks_of(self.view.config) if self.view is not None else [Look()]
        self.surface.set_pen(looks[self._shown.look_number(label_id)])
        self.host.show_label(label_id)
        self._show_hints()

    def set_tool(self, tool: str) -> None:
        """Take a tool into the hand: ``draw`` or ``select``."""
        self.surface.set_tool("draw" if tool == "draw" else "select")
        self._show_tools()
        self._show_hints()

    def set_all_tags(self, shown: bool) -> None:
        """Show every tag, or those of large regions."""
        self.surface.set_all_tags(shown)
        self._show_tools()

    def set_minimap(self, shown: bool) -> None:
        """Show the overview where part of the image is out of sight, or never."""
        self.frame.minimap_wanted = shown
        self.frame.place()

    def choose_regions(self, ids: Sequence[str]) -> None:
        """Choose shapes, of regions or proposals, as a hand does."""
        self.surface.choose(ids)

    def reject(self, ids: Collection[str]) -> None:
        """Put proposals away until they are called back."""
        self._shown.rejected |= set(ids)
        self._decided()

    def recall(self) -> None:
        """Show the rejected ones again."""
        self._shown.rejected = frozenset()
        self._decided()

    def set_least(self, least: float) -> None:
        """Show proposals from this score on."""
        self._shown.set_least(least)
        self._decided()

    def _decided(self) -> None:
        self._shown.show_open(self.value)
        self._show_bar()

    def set_locked(self, ids: Collection[str], locked: bool) -> None:
        """Lock regions, or unlock them."""
        self._shown.lock(ids, locked)
        self.host.restate_regions()

    def set_hidden(self, ids: Collection[str], hidden: bool) -> None:
        """Hide regions, or show them."""
        self._shown.hide(ids, hidden)
        self.host.restate_regions()

    def set_all_hidden(self, hidden: bool) -> None:
        """Draw no region at all, or all that are not hidden one by one."""
        self._shown.hide_all(self.value, hidden)
        self.host.restate_regions()
        self._show_tools()

    def _drawn(self, geometry: Geometry) -> None:
        value, ids = edits.add(self.value, [geometry], self._label)
        self.commit(value, self.tr("Draw box"))
        self.surface.choose(ids, reveal=False)

    def _edited(self, places: dict[str, Geometry], what: str) -> None:
        rows = self.surface.table.rows
        value = self.value
        for ident, geometry in places.items():
            old = self.surface.table.shapes[rows[ident]].geometry
            if old is None:
                continue
            if what == "move":
                change = edits.moved(geometry.x - old.x, geometry.y - old.y)
            else:
                change = edits.placed(geometry)
            value = edits.edited(value, rows, change, [ident])
        if value is not self.value:
            self.commit(value, self.tr("Move") if what == "move" else self.tr("Resize"))

    def _choice_made(self, ids: Sequence[str]) -> None:
        self.host.select_regions(self.chosen_own())
        if self._shown.open:
            self._show_bar()
        self._show_hints()

    # ------------------------------------------------------------------------------------- the app

    def handle_key(self, event: QKeyEvent) -> bool:
        label = self._labels.by_key(event)
        if label is None:
            return False
        return event.isAutoRepeat() or self.commands.use_label(label.id)

    def select_regions(self, region_ids: Sequence[str]) -> None:
        self.surface.set_chosen(region_ids, reveal=True)
        self._show_hints()
        if self._shown.open:
            self._show_bar()

    def pick_label(self, label_id: str) -> None:
        if label_id in self._labels:
            self.take_label(label_id)

    def show_part(self, part_id: str) -> None:
        self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_tab(self) -> FirstTab:
        return "regions"

    def tool_widget(self) -> QWidget | None:
        return self.tools

    def region_columns(self) -> tuple[RegionColumn, ...]:
        return (
            RegionColumn("width", self.tr("W"), numeric=True),
            RegionColumn("height", self.tr("H"), numeric=True),
        )

    def describe_region(self, region: Region) -> tuple[str, ...]:
        return cells_of(region)

    def region_fields(self) -> tuple[RegionField, ...]:
        return (
            RegionField("x", self.tr("X"), self.tr("Left edge")),
            RegionField("y", self.tr("Y"), self.tr("Top edge")),
            RegionField("width", self.tr("W"), self.tr("Width")),
            RegionField("height", self.tr("H"), self.tr("Height")),
            RegionField("rotation", "°", self.tr("Rotation")),
        )

    def field_texts(self, region: Region) -> tuple[str, ...]:
        return figures_of(region)

    def edit_field(self, region: Region, key: str, text: str) -> Region | str:
        size = (self.surface.view.width, self.surface.view.height)
        return typed(region, key, text, size)

    def region_marks(self, region: Region) -> tuple[RegionMark, ...]:
        return self._shown.marks(region) or super().region_marks(region)

    def state(self) -> Json:
        if self.view is None:
            return None
        view = self.surface.view
        place = Place(
            zoom=None if view.fitted or view.empty else view.zoom,
            middle=view.centre if not view.empty else (0.0, 0.0),
            chosen=tuple(self.chosen_own()),
            locked=tuple(sorted(self.locked)),
            hidden=tuple(sorted(self.hidden)),
            label=self._label,
            rejected=tuple(sorted(self.rejected)),
            least=self._shown.own_least,
        )
        return msgspec.to_builtins(place)

    def restore_state(self, state: Json) -> None:
        place = read_place(state)
        self._place = place
        self._shown.restore(self.value, place.locked, place.hidden, place.rejected, place.least)
        self.host.restate_regions()
        if place.label in self._labels:
            self.take_label(place.label)
        self.surface.set_chosen(place.chosen)
        if not self.surface.view.empty:
            self._go_to(place)
        self._show_hints()

    def _go_to(self, place: Place) -> None:
        if place.zoom is not None:
            self.surface.look_at(*place.middle, place.zoom)
        self._place = None
