"""The languages of the interface: the catalogues that ship, and one that is no language.

Every sentence of the program is English in the code and looked up when it is shown. The core's
problems are looked up by their template in the context ``Problem``. The pseudo-locale makes every
text 40 % longer and puts it in brackets: what is not in brackets never went through translation,
and what is cut has no room for German.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from labeler.assets import AssetMissing, asset, resources_dir
from labeler.kit.problem_words import sentence as problem_text

if TYPE_CHECKING:
    from labeler.api.manifest import FormatEntry, Manifest
    from labeler.exchange.templates import Template

__all__ = [
    "PSEUDO",
    "RIGHT_TO_LEFT",
    "PseudoTranslator",
    "Tongue",
    "format_title",
    "languages",
    "panel_description",
    "panel_name",
    "problem_text",
    "stretched",
    "template_description",
    "template_title",
]

PSEUDO = "pseudo"
RIGHT_TO_LEFT = "pseudo-rtl"
"""The pseudo-locale with the whole window mirrored."""
PSEUDOS = (PSEUDO, RIGHT_TO_LEFT)

_HELD = re.compile(r"(\{[^{}]*\}|%n|%L?\d|<[^<>]+>|&\w+;)")
_LONGER = 0.4
_ACCENTED = str.maketrans("aeiouAEIOUcnsyz", "áéíóúÁÉÍÓÚçñšýž")


def stretched(text: str) -> str:
    """The text with accents, 40 % longer and in brackets; names in braces and marks stay whole."""
    if not text:
        return text
    kept = [part if _HELD.fullmatch(part) else part.translate(_ACCENTED) for part in _split(text)]
    letters = sum(len(part) for part in _split(text) if not _HELD.fullmatch(part))
    return f"[{''.join(kept)}{'~' * max(1, round(letters * _LONGER - 2))}]"


def _split(text: str) -> list[str]:
    return [part for part in _HELD.split(text) if part]


class PseudoTranslator(QTranslator):
    """Translates every text to itself, stretched; plural forms take the number as it is."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: str,
        sourceText: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        # The names of keys are Qt's own and as short in every language.
        return sourceText if context == "QShortcut" else stretched(sourceText)


def languages() -> tuple[str, ...]:
    """The languages that ship, as codes (``de``), English first."""
    try:
        folder = asset("translations")
    except AssetMissing:
        return ("en",)
    found = {path.stem.partition("_")[2] for path in folder.glob("*.qm")}
    return ("en", *sorted(found - {"", "en"}))


class Tongue(QObject):
    """The language the program speaks: put on before any widget is made, and changed between two windows.

    ``code`` is the one in force. Numbers and dates follow it, and the window's direction.
    """

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._on: list[QTranslator] = []
        self.code = "en"

    def use(self, language: str) -> str:
        """Speak a language, "" for the system's; returns the code of the one in force."""
        self.take_off()
        wanted = language or QLocale.system().name()
        if wanted in PSEUDOS:
            self._put_on(PseudoTranslator(self))
            mirrored = wanted == RIGHT_TO_LEFT
            self._app.setLayoutDirection(
                Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
            )
            self.code = wanted
            return wanted
        known = languages()
        code = next((one for one in (wanted, wanted.partition("_")[0]) if one in known), "en")
        locale = QLocale(wanted if wanted.partition("_")[0] == code else code)
        QLocale.setDefault(locale)
        self._app.setLayoutDirection(locale.textDirection())
        # Qt's own words first: a later translator is asked before an earlier one. English needs
        # the catalogue of its plural forms only.
        if code != "en":
            self._load(
                f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            )
        self._load(f"app_{code}", str(resources_dir() / "translations"))
        self.code = code
        return code

    def take_off(self) -> None:
        """Speak as the code does: the run ends, or another language follows."""
        for translator in self._on:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._on.clear()

    def _load(self, name: str, folder: str) -> None:
        found = QTranslator(self)
        if found.load(name, folder):
            self._put_on(found)

    def _put_on(self, translator: QTranslator) -> None:
        self._app.installTranslator(translator)
        self._on.append(translator)


def panel_name(manifest: Manifest) -> str:
    """What a panel is called, in the language of the interface."""
    tr = QCoreApplication.translate
    return tr(manifest.id, manifest.name)


def panel_description(manifest: Manifest) -> str:
    """What a panel is for, in the language of the interface."""
    tr = QCoreApplication.translate
    return tr(manifest.id, manifest.description) if manifest.description else ""


def format_title(entry: FormatEntry) -> str:
    """What a format is called, in the language of the interface; one without code is the house's."""
    tr = QCoreApplication.translate
    return tr(entry.panel if entry.code else "Format", entry.title)


def template_title(template: Template) -> str:
    """What a template is called, in the language of the interface."""
    tr = QCoreApplication.translate
    return tr("Template", template.title)


def template_description(template: Template) -> str:
    """What a template is for, in the language of the interface."""
    tr = QCoreApplication.translate
    return tr("Template", template.description) if template.description else ""
