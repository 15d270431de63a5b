"""The languages of the interface: the catalogues that ship, and one that is no language.

Every sentence of the program is English in the code and looked up when it is shown. The core's
problems are looked up by their template in the context ``Problem``. The pseudo-locale makes every
text 40 % longer and puts it in brackets: what is not in brackets never went through translation,
and what is cut has no room for German.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from labeler.assets import AssetMissing, asset, resources_dir
from labeler.model.problems import Problem

__all__ = ["PSEUDO", "PseudoTranslator", "install", "languages", "problem_text", "stretched"]

PSEUDO = "pseudo"
RIGHT_TO_LEFT = "pseudo-rtl"
"""The pseudo-locale with the whole window mirrored."""

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


def install(app: QApplication, language: str, parent: QObject) -> str:
    """Put a language on the program, "" for the system's; returns the code of the one in force.

    Numbers and dates follow the language, the window's direction too. Call it before any widget.
    """
    wanted = language or QLocale.system().name()
    if wanted in (PSEUDO, RIGHT_TO_LEFT):
        app.installTranslator(PseudoTranslator(parent))
        if wanted == RIGHT_TO_LEFT:
            app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        return wanted
    known = languages()
    code = next((one for one in (wanted, wanted.partition("_")[0]) if one in known), "en")
    locale = QLocale(wanted if wanted.partition("_")[0] == code else code)
    QLocale.setDefault(locale)
    app.setLayoutDirection(locale.textDirection())
    if code == "en":
        # English needs the catalogue of its plural forms only.
        _load(app, "en", parent)
        return code
    shipped = QTranslator(parent)
    if shipped.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(shipped)
    _load(app, code, parent)
    return code


def _load(app: QApplication, code: str, parent: QObject) -> None:
    found = QTranslator(parent)
    if found.load(f"app_{code}", str(resources_dir() / "translations")):
        app.installTranslator(found)


def problem_text(problem: Problem) -> str:
    """The problem's sentence in the language of the interface, without its place."""
    translated = QCoreApplication.translate("Problem", problem.template)
    try:
        return translated.format(**problem.params)
    except (LookupError, ValueError, AttributeError):
        # A translation, or a plugin's own sentence, whose names do not fit: say it in English.
        return problem.message
