"""The settings page of keys: find a command, press its key, settle what stands against it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeler.app.commands import Commands, Entry, key_text
from labeler.app.context import AppContext
from labeler.app.dialogs.key_field import KeyField
from labeler.app.dialogs.settings_keymaps import KeymapSection
from labeler.app.i18n import panel_name
from labeler.app.keys import is_of_controls
from labeler.kit import Button, Callout, RowList, RowRole, SearchField, Section, Text
from labeler.kit.plain import plain_tip

__all__ = ["KeysPage"]

_COMMAND = Qt.ItemDataRole.UserRole
_LEAST_ROWS = 4


class KeysPage(QWidget):
    """Every change acts at once, everywhere; the default is one button away."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._commands: Commands = context.commands
        self._wanted = ""
        self._rival = ""
        self.keymaps = KeymapSection(context)
        self.search = SearchField(self.tr("Find a command or key"), name=self.tr("Find a command"))
        self.rows = RowList(self.tr("Commands"))
        self._model = QStandardItemModel(self)
        self.rows.setModel(self._model)
        self.heading = Text("", "label", wrap=True)
        self.place = Text("", role="text_2", wrap=True)
        self.field = KeyField()
        self.reset = Button(self.tr("Default"), icon="undo-2", compact=True)
        self.clear = Button(self.tr("No key"), icon="x", compact=True)
        self.callout = Callout("", "", "warn")
        self.swap = Button(self.tr("Swap the keys"), "secondary", compact=True)
        self.give = Button(self.tr("Take the key over"), "secondary", compact=True)
        self.leave = Button(self.tr("Leave it"), "quiet", compact=True)
        self._arrange()
        self._hush()
        self.fill()
        self._connect()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.keymaps)
        list_ = Section(self.tr("Keys"), last=True)
        list_.body.addWidget(self.search)
        list_.body.addWidget(self.rows, 1)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self.place, 1)
        list_.body.addLayout(head)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self.clear)
        line.addWidget(self.reset)
        list_.body.addLayout(line)
        list_.body.addWidget(self.callout)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        for button in (self.swap, self.give, self.leave):
            ways.addWidget(button)
        ways.addStretch(1)
        list_.body.addLayout(ways)
        column.addWidget(list_, 1)

    def _connect(self) -> None:
        self.keymaps.taken.connect(self._hush)
        self.keymaps.refused.connect(self._say)
        self.search.textChanged.connect(self.fill)
        self.rows.selectionModel().currentChanged.connect(self._turned)
        self.rows.activated.connect(self._activated)
        self.field.pressed_key.connect(self.take_key)
        self.field.taken_away.connect(self.take_away)
        self.clear.clicked.connect(self.take_away)
        self.reset.clicked.connect(self.give_default)
        self.swap.clicked.connect(self.swap_keys)
        self.give.clicked.connect(self.take_over)
        self.leave.clicked.connect(self._left)
        self._commands.keys_changed.connect(self._follow)
        self._context.theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        # The list takes what room there is, so that the page has no bar of its own around its bar; what
        # stands against a key is said below it.
        self.rows.setMinimumHeight(_LEAST_ROWS * self._context.theme.height("row_compact") + 4)
        self.rows.scrollTo(self.rows.currentIndex())

    # the list

    @property
    def chosen(self) -> str:
        """The id of the command whose key is shown, empty for none."""
        return str(self.rows.currentIndex().data(_COMMAND) or "")

    def choose(self, command_id: str) -> bool:
        """Show a command's key; False where the list has it not."""
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            if index.data(_COMMAND) == command_id:
                self.rows.setCurrentIndex(index)
                return True
        return False

    def fill(self) -> None:
        """List the commands that fit the search, group by group."""
        before = self.chosen
        wanted = self.search.text().strip().casefold()
        self.rows.selectionModel().blockSignals(True)
        self._model.clear()
        for group, entries in self._groups(wanted).items():
            head = QStandardItem(group)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setData(True, RowRole.STRONG)
            self._model.appendRow(head)
            for entry in entries:
                self._model.appendRow(self._item(entry))
        self.rows.selectionModel().blockSignals(False)
        if not self.choose(before):
            self.rows.setCurrentIndex(self._model.index(1, 0))
        self._show()

    def _groups(self, wanted: str) -> dict[str, list[Entry]]:
        groups: dict[str, list[Entry]] = {}
        for entry in self._commands.all():
            command = entry.command
            keys = self._commands.keys(command.id)
            shown = " ".join((command.title, command.group, *keys, *map(key_text, keys)))
            if not wanted or wanted in shown.casefold():
                groups.setdefault(self._group(entry), []).append(entry)
        return groups

    def _group(self, entry: Entry) -> str:
        _, slash, panel = entry.place.partition("/")
        found = self._context.plugins.panel(panel) if slash else None
        if found is None or panel_name(found.manifest) == entry.command.group:
            return entry.command.group
        return f"{panel_name(found.manifest)}: {entry.command.group}"

    def _item(self, entry: Entry) -> QStandardItem:
        name = entry.command.id
        keys = self._commands.keys(name)
        item = QStandardItem(entry.command.title)
        item.setData(name, _COMMAND)
        words = list(dict.fromkeys(key_text(key) for key in keys))
        item.setData(", ".join(words), RowRole.TRAILING)
        if name in self._commands.own_keys:
            item.setData((self.tr("Changed"), "neutral", ""), RowRole.BADGE)
        item.setAccessibleText(", ".join((entry.command.title, *words)))
        item.setToolTip(plain_tip(entry.command.help))
        item.setEditable(False)
        return item

    def _turned(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._hush()
            self._show()

    def _activated(self, _index: QModelIndex) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.listen()

    def _show(self) -> None:
        entry = self._commands.get(self.chosen)
        for widget in (self.heading, self.place, self.field, self.clear, self.reset):
            widget.setVisible(entry is not None)
        if entry is None:
            return
        self.heading.setText(entry.command.title)
        self.place.setText(self.place_words(entry))
        keys = self._commands.keys(entry.command.id)
        self.field.set_keys(keys)
        self.clear.setEnabled(bool(keys))
        self.reset.setEnabled(keys != entry.command.keys)

    def place_words(self, entry: Entry) -> str:
        """Where a command works, in words."""
        place, slash, panel = entry.place.partition("/")
        if slash:
            found = self._context.plugins.panel(panel)
            name = panel_name(found.manifest) if found is not None else panel
            return self.tr("on the Work page, in {panel}").format(panel=name)
        if place == "work":
            return self.tr("on the Work page")
        if place == "data":
            return self.tr("on the Data page")
        return self.tr("everywhere")

    # giving keys

    def take_key(self, key: str) -> None:
        """Give the command this key, or say what stands against it."""
        name = self.chosen
        entry = self._commands.get(name)
        if entry is None:
            return
        shown = key_text(key)
        if is_of_controls(key) and "/" not in entry.place:
            title = self.tr("{key} belongs to the control with the focus").format(key=shown)
            self._say(title, self.tr("Hold Ctrl or Alt with it, or choose another key."))
            return
        rival = self._commands.would_clash(name, key)
        if rival is not None:
            self._wanted, self._rival = key, rival.command.id
            words = self.tr("It runs “{command}” {place}.")
            self._say(
                self.tr("{key} is taken").format(key=shown),
                words.format(command=rival.command.title, place=self.place_words(rival)),
                ways=True,
            )
            self.swap.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        owner = self._label_with(key, entry)
        self._hush()
        self._commands.remap(name, (key,))
        if owner:
            words = self.tr("There it runs this command now; give the label or answer another key.")
            self._say(
                self.tr("{key} is also the key of {owner}").format(key=shown, owner=owner), words
            )

    def _label_with(self, key: str, entry: Entry) -> str:
        """What has this key in a queue of the open project, by its name, empty for nothing."""
        session = self._context.session
        _, slash, panel = entry.place.partition("/")
        if session is None or entry.place == "data" or len(key) != 1:
            return ""
        for queue in session.queues:
            if slash and queue.panel != panel:
                continue
            names = [(label.key, label.title) for label in queue.config.labels]
            for question in queue.config.questions:
                names += [(one.key, one.name) for one in getattr(question, "choices", ())]
            for other, title in names:
                if other.upper() == key:
                    words = self.tr("“{name}” in {queue}")
                    return words.format(name=title, queue=queue.title)
        return ""

    def take_away(self) -> None:
        """Leave the command without a key."""
        self._hush()
        self._commands.remap(self.chosen, ())

    def give_default(self) -> None:
        """Give the command its defaults back, or say what stands against it."""
        entry = self._commands.get(self.chosen)
        if entry is None:
            return
        for key in entry.command.keys:
            rival = self._commands.would_clash(entry.command.id, key)
            if rival is not None:
                self.take_key(key)
                return
        self._hush()
        self._commands.remap(self.chosen, None)

    def swap_keys(self) -> None:
        """Give the wanted key to this command, and the key this one had to the other."""
        mine = self._commands.keys(self.chosen)
        self._settle(mine[:1])

    def take_over(self) -> None:
        """Give the wanted key to this command; the other is left without it."""
        self._settle(())

    def _settle(self, instead: tuple[str, ...]) -> None:
        name, rival, key = self.chosen, self._rival, self._wanted
        rest = tuple(one for one in self._commands.keys(rival) if one != key)
        own = {**self._commands.own_keys, name: (key,), rival: (*instead, *rest)}
        self._hush()
        self._commands.remap_all(_differing(own, self._commands))
        clash = next(iter(self._commands.clashes()), None)
        if clash is not None:
            # The key that was swapped away meets a third command in the other's place.
            third = clash.second if clash.first == rival else clash.first
            left = tuple(one for one in self._commands.keys(rival) if one != clash.key)
            self._commands.remap(rival, left)
            other = self._commands.get(third)
            title = self.tr("{key} is taken").format(key=key_text(clash.key))
            words = self.tr("“{command}” has it; “{loser}” is without it.")
            loser = self._commands.get(rival)
            if other is not None and loser is not None:
                names = {"command": other.command.title, "loser": loser.command.title}
                self._say(title, words.format(**names))
        self.field.setFocus()

    def _left(self) -> None:
        self._hush()
        self._show()
        self.field.setFocus()

    def _say(self, title: str, words: str, *, ways: bool = False) -> None:
        self.callout.set_words(title, words, "warn")
        self.callout.show()
        for button in (self.swap, self.give, self.leave):
            button.setVisible(ways)
        self.swap.setVisible(ways and bool(self._commands.keys(self.chosen)))
        self._measure()

    def _hush(self) -> None:
        self._wanted = self._rival = ""
        for widget in (self.callout, self.swap, self.give, self.leave):
            widget.hide()
        self._measure()

    def _follow(self) -> None:
        """Keys became others, here or elsewhere: show them, and remember them."""
        self._context.settings.change(keys=self._commands.own_keys)
        self.keymaps.fill()
        self.fill()


def _differing(own: dict[str, tuple[str, ...]], commands: Commands) -> dict[str, tuple[str, ...]]:
    """The keys that are other than the defaults."""
    return {
        name: keys
        for name, keys in own.items()
        if (entry := commands.get(name)) is None or keys != entry.command.keys
    }
