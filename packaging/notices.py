"""Writes resources/licences: whose work ships with the app, under which licence, and every text.

Run by ``python packaging/notices.py`` in the environment that run.lock fills, after the lock changed.
What a distribution says of itself is taken from its installed metadata; what no metadata tells (why
it is there, what its wheels carry along) is in the tables below. Something new that is in no table
stops the run: a person has to look at its licence once.
"""

import json
import re
import shutil
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from environment import LOCKS, ROOT

RESOURCES = ROOT / "resources"
TARGET = RESOURCES / "licences"
ROWS = TARGET / "notices.json"

_LOCKED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)
_TEXT_NAMES = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)

WHY = {
    "cffi": "calls the library that reads sound files",
    "charset-normalizer": "finds out how a text file is encoded",
    "click": "the command line",
    "click-default-group": "part of sqlite-utils",
    "defusedxml": "reads XML that may be hostile",
    "hatchling": "installs a checkout; in no bundle",
    "latex2mathml": "part of ziamath: reads LaTeX",
    "markdown-it-py": "part of rich: reads Markdown",
    "mdurl": "part of rich: reads addresses in Markdown",
    "msgspec": "reads and writes JSON and checks it",
    "numpy": "numbers: waveforms, pictures, statistics",
    "opencv-python-headless": "video frames and pictures",
    "packaging": "compares versions when a checkout is installed; in no bundle",
    "pathspec": "installs a checkout; in no bundle",
    "pillow": "reads pictures and their orientation",
    "pip": "part of sqlite-utils; in no bundle",
    "platformdirs": "knows where settings, logs and data belong on each system",
    "pluggy": "part of sqlite-utils",
    "psutil": "measures memory and finds other running windows",
    "pycparser": "part of cffi",
    "pygments": "colours listings, and the command line as part of rich",
    "pyside6-addons": "Qt for Python: sound and video",
    "pyside6-essentials": "Qt for Python: windows",
    "python-dateutil": "part of sqlite-utils: dates",
    "pyyaml": "reads the data.yaml of YOLO datasets",
    "regex": "letters, words and sentences of every script",
    "rich": "tables and progress on the command line",
    "shiboken6": "Qt for Python: the bridge to Qt",
    "soundfile": "reads and writes sound files",
    "sqlite-fts4": "part of sqlite-utils: ranks what a search finds",
    "sqlite-utils": "reads and writes the project file",
    "tabulate": "part of sqlite-utils: tables",
    "tomlkit": "installs a checkout; in no bundle",
    "trove-classifiers": "installs a checkout; in no bundle",
    "typing-extensions": "newer types for older Pythons",
    "tzdata": "time zones where the system has none",
    "ziafont": "part of ziamath: the outlines of letters",
    "ziamath": "draws formulas",
}

# The words some metadata uses, as SPDX identifiers.
SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause",
    "PSFL": "PSF-2.0",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# Where the metadata says something else than the text that comes with it.
BY_ITS_TEXT = {"click-default-group": "BSD-3-Clause"}
_WORD = r"[A-Za-z0-9.+-]+"
_EXPRESSION = re.compile(rf"{_WORD}( (AND|OR|WITH) {_WORD})*")

# Wheels without a licence text of their own, and the text their licence stands for.
QT_TEXTS = ("licences/LGPL-3.0.txt", "licences/GPL-3.0.txt")
NO_TEXT = {
    **dict.fromkeys(("pyside6-addons", "pyside6-essentials", "shiboken6"), QT_TEXTS),
    "latex2mathml": ("licences/latex2mathml-MIT.txt",),
}

# Texts that several rows share or no wheel brings; they lie in TARGET and are not written here.
KEPT = (
    *("Apache-2.0", "DejaVu", "FFmpeg", "GPL-3.0", "ICU", "LGPL-2.1", "LGPL-3.0", "Python"),
    *("SQLite", "STIXTwoMath-OFL", "latex2mathml-MIT"),
)

# What ships beside the distributions: name, version, licence, texts, home page, why.
# The product itself has no name here: its brand may be a vendor's.
PARTS: tuple[tuple[str, str, str, tuple[str, ...], str, str], ...] = (
    ("", "", "Apache-2.0", ("licences/Apache-2.0.txt",), "", "this program"),
    (
        "Qt",
        "pyside6-essentials",
        "LGPL-3.0-only",
        QT_TEXTS,
        "https://www.qt.io/",
        "windows, sound and video; its libraries are files of their own and may be replaced",
    ),
    (
        "FFmpeg",
        "",
        "LGPL-2.1-or-later",
        ("licences/FFmpeg.txt", "licences/LGPL-2.1.txt"),
        "https://ffmpeg.org/",
        "plays and decodes sound and video: in Qt's multimedia part and in OpenCV",
    ),
    (
        "libsndfile",
        "",
        "LGPL-2.1-or-later",
        ("licences/LGPL-2.1.txt",),
        "https://libsndfile.github.io/libsndfile/",
        "reads and writes sound files: in soundfile",
    ),
    (
        "ICU",
        "",
        "Unicode-3.0",
        ("licences/ICU.txt",),
        "https://icu.unicode.org/",
        "letters and languages: in Qt",
    ),
    (
        "Python",
        "",
        "PSF-2.0",
        ("licences/Python.txt",),
        "https://www.python.org/",
        "what the app is written in; part of the bundle",
    ),
    (
        "SQLite",
        "",
        "blessing",
        ("licences/SQLite.txt",),
        "https://sqlite.org/",
        "the project file; comes with Python",
    ),
    (
        "Inter",
        "",
        "OFL-1.1",
        ("fonts/Inter-OFL.txt",),
        "https://rsms.me/inter/",
        "the font of the interface",
    ),
    (
        "JetBrains Mono",
        "",
        "OFL-1.1",
        ("fonts/JetBrainsMono-OFL.txt",),
        "https://www.jetbrains.com/lp/mono/",
        "the font of times, coordinates and keys",
    ),
    (
        "STIX Two Math",
        "",
        "OFL-1.1",
        ("licences/STIXTwoMath-OFL.txt",),
        "https://www.stixfonts.org/",
        "the font of formulas: in ziamath",
    ),
    (
        "DejaVu Sans",
        "",
        "Bitstream-Vera",
        ("licences/DejaVu.txt",),
        "https://dejavu-fonts.github.io/",
        "words in formulas: in ziafont",
    ),
    (
        "Lucide",
        "",
        "ISC",
        ("icons/LUCIDE-LICENSE.txt",),
        "https://lucide.dev/",
        "the icons",
    ),
)


class Unknown(Exception):
    """Something ships of which the tables know nothing; the text says what to look up."""


def locked(text: str) -> dict[str, tuple[str, ...]]:
    """The distributions of a lock with their versions, of which there may be several for Pythons."""
    found: dict[str, tuple[str, ...]] = {}
    for match in _LOCKED.finditer(text):
        found[match["name"]] = (*found.get(match["name"], ()), match["version"])
    return found


def chosen(expression: str) -> str:
    """The licence we use a thing under: of several offered by OR the first outside the GPL.

    Raises Unknown where only the GPL is offered.
    """
    for offer in re.split(r"\s+OR\s+", expression):
        if not re.search(r"(?<![A-Z])A?GPL(?!.*-exception)", offer):
            return offer.strip()
    raise Unknown(f"it is offered under {expression!r} only")


def stated(found: Distribution) -> str:
    """The licence a distribution states, as an SPDX expression; raises Unknown."""
    name = str(found.metadata["Name"]).lower()
    if name in BY_ITS_TEXT:
        return BY_ITS_TEXT[name]
    for word in (*_all(found, "License-Expression"), *_all(found, "License")):
        if word in SPDX:
            return SPDX[word]
        if _EXPRESSION.fullmatch(word):
            return word
    for word in _all(found, "Classifier"):
        if word in SPDX:
            return SPDX[word]
    raise Unknown(f"{name} does not say its licence in a word the table SPDX knows")


def _all(found: Distribution, field: str) -> list[str]:
    return [str(value) for value in found.metadata.get_all(field) or ()]


def home_page(found: Distribution) -> str:
    """The home page a distribution names, else its repository."""
    addresses = {}
    for line in _all(found, "Project-URL"):
        label, _, address = line.partition(",")
        addresses[label.strip().lower()] = address.strip()
    first = addresses.get("homepage") or "".join(_all(found, "Home-page")[:1])
    wanted = ("source", "source code", "code", "repository", "documentation")
    return first or next((addresses[one] for one in wanted if one in addresses), "")


def own_texts(found: Distribution) -> list[tuple[str, str]]:
    """The licence texts in a distribution's metadata: (path, text), the main one first."""
    texts = []
    for file in found.files or ():
        parts = file.parts
        if ".dist-info" in parts[0] and _TEXT_NAMES.search(parts[-1]):
            text = Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
            texts.append(("/".join(parts[1:]).removeprefix("licenses/"), text))
    return sorted(texts, key=lambda one: (one[0].count("/"), one[0].lower()))


def joined(texts: Iterable[tuple[str, str]]) -> str:
    """Several licence texts as one, each under its path where there is more than one."""
    cleaned = [
        (path, "\n".join(line.rstrip() for line in text.split("\n"))) for path, text in texts
    ]
    if len(cleaned) == 1:
        return cleaned[0][1].strip("\n") + "\n"
    rule = "=" * 78
    return "\n".join(f"{rule}\n{path}\n{rule}\n\n{text.strip()}\n" for path, text in cleaned)


def row_of(name: str, versions: tuple[str, ...]) -> tuple[dict[str, Any], str]:
    """The row of a distribution and its text, empty where it has one of the kept texts."""
    if name not in WHY:
        raise Unknown(f"{name} is new: say in WHY what it is for, after a look at its licence")
    try:
        found = distribution(name)
    except PackageNotFoundError:
        raise Unknown(f"{name} is not installed here: run `dev.py setup` first") from None
    if found.version not in versions:
        raise Unknown(f"{name} {found.version} is installed, the lock has {', '.join(versions)}")
    try:
        licence = chosen(stated(found))
    except Unknown as reason:
        raise Unknown(f"{name}: {reason}") from None
    texts = own_texts(found)
    if not texts and name not in NO_TEXT:
        raise Unknown(f"{name} brings no licence text: name one in NO_TEXT")
    row = {
        "name": found.metadata["Name"],
        "version": ", ".join(versions),
        "licence": licence,
        "texts": [f"licences/{name}.txt"] if texts else list(NO_TEXT[name]),
        "home": home_page(found),
        "why": WHY[name],
        "distribution": name,
    }
    return row, joined(texts) if texts else ""


def notices() -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Every row, by name, and the texts to write, by file name; raises Unknown."""
    versions = locked(LOCKS["run"].read_text(encoding="utf-8"))
    rows, texts = [], {}
    for name in versions:
        row, text = row_of(name, versions[name])
        rows.append(row)
        if text:
            texts[f"{name}.txt"] = text
    for name, of, licence, places, home, why in PARTS:
        row = {
            "name": name,
            "version": versions[of][0] if of else "",
            "licence": licence,
            "texts": list(places),
            "home": home,
            "why": why,
            "distribution": "",
        }
        rows.append(row)
    gone = sorted(set(WHY) - set(versions))
    if gone:
        raise Unknown(f"not in the lock any more, take it out of WHY: {', '.join(gone)}")
    missing = [f"{name}.txt" for name in KEPT if not (TARGET / f"{name}.txt").is_file()]
    if missing:
        raise Unknown(f"these texts are kept by hand and are missing: {', '.join(missing)}")
    return sorted(rows, key=lambda row: str(row["name"]).casefold()), texts


def main() -> int:
    """Write rows and texts and take out texts of what is gone; 1 with the reason where it cannot."""
    try:
        rows, texts = notices()
    except Unknown as reason:
        print(reason, file=sys.stderr)
        return 1
    kept = {f"{name}.txt" for name in KEPT}
    for old in TARGET.glob("*.txt"):
        if old.name not in kept and old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
    shutil.copyfile(ROOT / "LICENSE", TARGET / "Apache-2.0.txt")
    lines = json.dumps(rows, indent=1, ensure_ascii=False)
    ROWS.write_text(f"{lines}\n", encoding="utf-8", newline="\n")
    print(f"Wrote {ROWS.relative_to(ROOT)}: {len(rows)} rows, {len(texts)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
