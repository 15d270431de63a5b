"""The first page of the settings: theme, text size, motion, density, language, and who I am."""

from __future__ import annotations

from typing import cast

import msgspec
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from labeler.app.context import AppContext
from labeler.app.i18n import languages
from labeler.app.settings import ThemeWord
from labeler.app.sharing.backup_settings import BackupSection
from labeler.kit import (
    Button,
    CheckBox,
    Choice,
    ChoiceGroup,
    Part,
    Section,
    Segmented,
    Select,
    Text,
)

__all__ = ["GeneralPage"]

_SCALES = tuple(1 + step / 8 for step in range(9))
_SYSTEM = "system"


class GeneralPage(QWidget):
    """Each control changes the settings and the theme at once, and follows both when keys change them."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        look = context.settings.values.appearance
        self.themes = ChoiceGroup(
            [
                Choice("system", self.tr("System")),
                Choice("light", self.tr("Light")),
                Choice("dark", self.tr("Dark")),
                Choice("high_contrast", self.tr("High contrast")),
            ],
            name=self.tr("Theme"),
            column=False,
        )
        self.themes.set_chosen((look.theme,))
        self.text_size = Select(self._sizes(), name=self.tr("Text size"))
        self.density = Segmented(
            [Part("normal", self.tr("Normal")), Part("compact", self.tr("Compact"))],
            name=self.tr("Density"),
            chosen="compact" if look.compact else "normal",
        )
        self.motion = CheckBox(self.tr("Nothing fades"))
        self.motion.setChecked(look.reduced_motion)
        self.language = Select(self._languages(), name=self.tr("Language"))
        self.language.set_chosen(look.language if look.language in languages() else _SYSTEM)
        self.language_note = Text("", role="text_2", wrap=True)
        self.language_note.hide()
        self.person = Text("", wrap=True, selectable=True)
        self.edit_person = Button(self.tr("Change…"))
        self.edit_person.setObjectName("person")
        self._arrange()
        self._show_size()
        self._show_person()
        self.themes.changed.connect(self._take_theme)
        self.text_size.activated.connect(self._take_size)
        self.density.chosen_changed.connect(self._take_density)
        self.motion.toggled.connect(self._take_motion)
        self.language.activated.connect(self._take_language)
        self.edit_person.clicked.connect(self._open_person)
        context.person_changed.connect(self._show_person)
        context.theme.changed.connect(self._follow)

    def _sizes(self) -> list[tuple[str, str]]:
        locale = QLocale()
        scales = sorted({*_SCALES, self._context.theme.text_scale})
        return [(str(one), _percent(locale, one)) for one in scales]

    def _languages(self) -> list[tuple[str, str]]:
        known = [(_SYSTEM, self.tr("As the system"))]
        for code in languages():
            name = QLocale(code).nativeLanguageName() if code != "en" else "English"
            known.append((code, name or code))
        return known

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        looks = Section(self.tr("Appearance"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Theme"), self.themes),
            (self.tr("Text size"), self.text_size),
            (self.tr("Density"), self.density),
            (self.tr("Motion"), self.motion),
        )
        for row, (title, control) in enumerate(rows):
            label = Text(title, role="text_2")
            label.setBuddy(control)
            grid.addWidget(label, row, 0)
            start = Qt.AlignmentFlag.AlignLeft  # of the reading direction, as everywhere in Qt
            # Chips take more than one line where letters are large: they need the whole width.
            grid.addWidget(control, row, 1, Qt.AlignmentFlag(0) if row == 0 else start)
        looks.body.addLayout(grid)
        keys = self._context.commands.key_text
        note = self.tr("{larger} and {smaller} change the text size on every page.")
        words = note.format(larger=keys("app.larger"), smaller=keys("app.smaller"))
        if keys("app.larger") and keys("app.smaller"):
            looks.body.addWidget(Text(words, role="text_2", wrap=True))
        column.addWidget(looks)
        tongue = Section(self.tr("Language"))
        tongue.body.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        tongue.body.addWidget(self.language_note)
        column.addWidget(tongue)
        column.addWidget(BackupSection(self._context))
        me = Section(self.tr("Who I am"), last=True)
        row_ = QHBoxLayout()
        row_.setSpacing(12)
        row_.addWidget(self.person, 1)
        row_.addWidget(self.edit_person, 0, Qt.AlignmentFlag.AlignTop)
        me.body.addLayout(row_)
        column.addWidget(me)
        column.addStretch(1)

    # taking

    def _change(self, **fields: object) -> None:
        look = self._context.settings.values.appearance
        self._context.settings.change(appearance=msgspec.structs.replace(look, **fields))

    def _take_theme(self, chosen: tuple[str, ...]) -> None:
        if not chosen:
            # A second click on the chosen one: one theme there must be.
            self.themes.set_chosen((self._context.settings.values.appearance.theme,))
            return
        choice = cast("ThemeWord", chosen[0])  # the chips have these ids
        self._change(theme=choice)
        self._context.theme.set(choice=choice)

    def _take_size(self, _index: int) -> None:
        scale = float(self.text_size.chosen)
        self._change(text_scale=scale)
        self._context.theme.set(text_scale=scale)

    def _take_density(self, word: str) -> None:
        self._change(compact=word == "compact")
        self._context.theme.set(compact=word == "compact")

    def _take_motion(self, on: bool) -> None:
        self._change(reduced_motion=on)
        self._context.theme.set(reduced_motion=on)

    def _take_language(self, _index: int) -> None:
        chosen = self.language.chosen
        wanted = "" if chosen == _SYSTEM else chosen
        if wanted == self._context.settings.values.appearance.language:
            return
        self._change(language=wanted)
        # Where work cannot be saved now, the window stays as it is, and this is so at the next start.
        self.language_note.setText(self.tr("The language changes when the program starts again."))
        self.language_note.show()
        self._context.soon(lambda: self._context.language_wanted.emit(wanted))

    def _open_person(self) -> None:
        from labeler.app.dialogs import person

        person.show(self._context, self.window())

    # showing

    def _follow(self) -> None:
        look = self._context.settings.values.appearance
        self.themes.set_chosen((look.theme,))
        self.density.set_chosen("compact" if look.compact else "normal")
        self._show_size()

    def _show_size(self) -> None:
        scale = str(self._context.theme.text_scale)
        if self.text_size.findData(scale) < 0:
            self.text_size.clear()
            for ident, title in self._sizes():
                self.text_size.addItem(title, ident)
        self.text_size.set_chosen(scale)

    def _show_person(self) -> None:
        login = self._context.settings.values.person
        if not login.handle:
            self.person.setText(self.tr("Nobody has said so yet."))
        elif login.name:
            words = self.tr("{name}, whose work is signed {handle}")
            self.person.setText(words.format(name=login.name, handle=login.handle))
        else:
            self.person.setText(self.tr("Work is signed {handle}").format(handle=login.handle))


def _percent(locale: QLocale, scale: float) -> str:
    """``112.5 %`` in the figures and with the sign of the language."""
    number = round(scale * 100, 1)
    figures = (
        locale.toString(int(number)) if number == int(number) else locale.toString(number, "f", 1)
    )
    return f"{figures}\u00a0{locale.percent()}"
