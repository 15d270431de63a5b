"""What a bundle carries and what it must not: unused parts of Qt, parts under the GPL, our tools."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import PurePath

Entry = tuple[str, str, str]
"""Path in the bundle, path on this machine, kind: a row of PyInstaller's tables."""

# Python's own modules that a desktop application has no use for, or that link to GPL libraries
# (readline, gdbm). Everything else of the standard library goes in: a guest's panel may import it.
_NOT_FOR_GUESTS = {
    *("antigravity", "ensurepip", "idlelib", "lib2to3", "this", "tkinter", "turtle", "turtledemo"),
    *("curses", "_curses", "_curses_panel", "readline", "rlcompleter", "_gdbm", "_dbm", "_tkinter"),
    *("venv", "nis", "ossaudiodev", "spwd", "pty", "tty", "msilib"),
}
STANDARD_LIBRARY = sorted(
    name
    for name in sys.stdlib_module_names
    if not name.startswith("_") and name not in _NOT_FOR_GUESTS
)

# Parts of Qt that nothing of ours imports. Charts, Graphs, DataVisualization and VirtualKeyboard are
# under the GPL; WebEngine alone would double the size.
_UNUSED_QT = [
    *("3DAnimation", "3DCore", "3DExtras", "3DInput", "3DLogic", "3DRender", "Bluetooth", "Charts"),
    *("DataVisualization", "Designer", "Graphs", "GraphsWidgets", "Help", "HttpServer", "Location"),
    *("NetworkAuth", "Nfc", "Pdf", "PdfWidgets", "Positioning", "Qml", "Quick", "Quick3D"),
    *("QuickControls2", "QuickTest", "QuickWidgets", "RemoteObjects", "Scxml", "Sensors"),
    *("SerialBus", "SerialPort", "SpatialAudio", "Sql", "StateMachine", "TextToSpeech"),
    *("UiTools", "WebChannel", "WebEngineCore", "WebEngineQuick", "WebEngineWidgets", "WebSockets"),
    *("WebView", "Xml", "AxContainer"),
]
_TOOLS = [
    *("PyInstaller", "_distutils_hack", "_pytest", "hatchling", "hypothesis", "mypy", "pip"),
    *("pkg_resources", "pytest", "pytestqt", "setuptools"),
]

FORMULAS = ("latex2mathml", "ziafont", "ziamath")
"""Packages that read a file of their own, which no hook of PyInstaller's brings along."""

EXCLUDED_MODULES = sorted(
    [*_NOT_FOR_GUESTS, *_TOOLS, *(f"PySide6.Qt{name}" for name in _UNUSED_QT)]
)

# Files that hooks collect whole folders of, matched against the path in the bundle.
UNWANTED = re.compile(
    r"""
      Qt6?(VirtualKeyboard|Charts|Graphs|DataVisualization)      # under the GPL
    | qtvirtualkeyboard                                          # the plugin that loads the first
    | platformthemes/libqgtk3                                    # would bring GTK along
    | libreadline | libhistory | libgdbm                         # under the GPL
    | (^|/)PySide6/(Qt/)?qml/                                    # nothing of ours is QML
    | plugins/(egldeviceintegrations|generic|networkinformation|tls)/
    | plugins/platforms/libq(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc)\b
    | plugins/imageformats/(lib)?qpdf\b                          # a PDF is no image here
    | ^(attrs|pip)-\d[^/]*\.dist-info/                            # metadata without its program
    | \.labeler$                                                 # a person's own work
    """,
    re.VERBOSE,
)
# Qt's own words, in the languages our own may be in.
LANGUAGES = {"en", "de"}
_QT_WORDS = re.compile(r"PySide6/(?:Qt/)?translations/\w+?_(\w\w)(?:_\w+)?\.qm$")


def unwanted(name: str) -> bool:
    """Whether a file, by its path in the bundle, must not or need not be there."""
    path = PurePath(name).as_posix()
    words = _QT_WORDS.search(path)
    return bool(UNWANTED.search(path)) or (words is not None and words[1] not in LANGUAGES)


def needed_by(path: str) -> set[str]:
    """The file names of the libraries that a binary on this machine is linked to."""
    from PyInstaller.depend.bindepend import get_imports

    return {PurePath(name).name for name, _ in get_imports(path)}


def kept(
    binaries: Iterable[Entry],
    datas: Iterable[Entry],
    linked: Callable[[str], set[str]] = needed_by,
) -> tuple[list[Entry], list[Entry]]:
    """The entries that go into the bundle.

    A library that was collected only because something unwanted is linked to it goes with it:
    taking libqgtk3 away takes GTK and what GTK brought. ``linked`` answers for a binary's path.
    """
    before = list(binaries)
    wanted = [entry for entry in before if not unwanted(entry[0])]
    asked = {source: linked(source) for _, source, kind in before if kind != "SYMLINK"}
    # What nothing asked for even before was wanted for itself: extension modules, plugins.
    roots = {name for names in asked.values() for name in names}
    reached = {PurePath(entry[0]).name for entry in wanted if PurePath(entry[0]).name not in roots}
    reached |= {PurePath(entry[0]).name for entry in wanted if entry[2] == "EXTENSION"}
    grown = True
    while grown:
        sources = [entry[1] for entry in wanted if PurePath(entry[0]).name in reached]
        more = {name for source in sources for name in asked.get(source, set())} - reached
        grown = bool(more)
        reached |= more
    libraries = [entry for entry in wanted if PurePath(entry[0]).name in reached]
    others = [entry for entry in datas if not unwanted(entry[0])]
    there = {PurePath(name).as_posix() for name, _, kind in libraries + others if kind != "SYMLINK"}
    return (
        [entry for entry in libraries if leads_somewhere(entry, there)],
        [entry for entry in others if leads_somewhere(entry, there)],
    )


def leads_somewhere(entry: Entry, there: set[str]) -> bool:
    """Whether an entry is no link, or one to a path that is in the bundle."""
    name, target, kind = entry
    if kind != "SYMLINK":
        return True
    return posixpath.normpath((PurePath(name).parent / target).as_posix()) in there
