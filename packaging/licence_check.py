"""Refuses what may not ship: parts under the GPL alone, parts without a notice or licence text.

    python packaging/licence_check.py bundle FOLDER    the frozen application
    python packaging/licence_check.py wheel FILE       the wheel, and what its lock installs with it

Exit code 1 with a line for each breach. File names tell Qt's parts and the known codecs, the text
inside a library tells how its FFmpeg was configured, metadata tells what a distribution is under.
What no table knows is a breach too: a person has to look at its licence once.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from native_parts import is_library, known_part, stem
from notices import Unknown, chosen, stated

NOTICES = "licences/notices.json"
SYSTEM_NOTICES = "licences/system.json"

# Qt's modules that are offered under the LGPL and of which the application may be made. A module
# that is not here may not ship: Charts, DataVisualization, Graphs, HttpServer, Quick3D, Lottie,
# NetworkAuth, VirtualKeyboard and the Wayland compositor are under the GPL or a commercial licence.
QT_MODULES = {
    *("Concurrent", "Core", "DBus", "Gui", "Network", "OpenGL", "OpenGLWidgets", "PrintSupport"),
    *("Svg", "SvgWidgets", "Test", "TextToSpeech", "Widgets", "Xml"),
    *("Multimedia", "MultimediaQuick", "MultimediaWidgets", "SpatialAudio"),
    # What the multimedia plugin is linked to; nothing of ours is QML.
    *("Qml", "QmlMeta", "QmlModels", "QmlWorkerScript", "Quick", "QuickWidgets"),
    *("EglFSDeviceIntegration", "EglFsKmsSupport", "WaylandClient", "WlShellIntegration"),
    *("WaylandEglClientHwIntegration", "XcbQpa"),
    *("FFmpegStub-crypto", "FFmpegStub-ssl", "FFmpegStub-va", "FFmpegStub-va-drm"),
    "FFmpegStub-va-x11",
}
_QT_FILE = re.compile(
    r"(?:^|/)(?:lib)?Qt6?(?P<module>[A-Z][\w-]*?)(?:\.abi3)?(?:\.(?:so|dll|dylib|pyd|framework)\b|$)"
)
# Plugins and whole folders of Qt's parts outside the LGPL, whatever their library is called.
_GPL_QT = re.compile(
    r"VirtualKeyboard|DataVisualization|Qt6?Charts|Qt6?Graphs|Quick3D|Lottie|HttpServer|NetworkAuth"
    r"|WaylandCompositor|/qml/QtWayland/Compositor",
    re.IGNORECASE,
)
# Libraries and distributions that are under the GPL, or bring what is.
_GPL_PARTS = re.compile(
    r"""
      (^|/)(lib)?(x264|x265|xvidcore|xvid|postproc|rubberband|vidstab|fftw3f?|mad|a52|dvdcss)
        (?![a-z])[^/]*\.(so|dll|dylib)
    | (^|/)(lib)?(readline|history|gdbm|gmp_gpl|gsl|gslcblas)(?![a-z])[^/]*\.(so|dll|dylib)
    | (^|/)(av|PyAV|pyav)(\.libs|-\d[^/]*\.dist-info)?/            # PyAV's wheels carry x264, x265
    | (^|/)(krippendorff|PyQt[56]|pyqt[56])(-\d[^/]*\.dist-info)?/
    """,
    re.VERBOSE,
)
# What FFmpeg writes into its libraries of how it was configured.
_GPL_CONFIGURED = (b"--enable-gpl", b"license: GPL version")
_NOT_TO_BE_SHARED = (b"--enable-nonfree", b"nonfree and unredistributable")

# Licences under which something may ship: permissive ones, the LGPL, fonts under the OFL or, as
# DejaVu, under Bitstream's terms (any use, no sale of the font alone, another name if changed).
ALLOWED = {
    "Bitstream-Vera",
    *("0BSD", "AFL-2.1", "Apache-2.0", "BSD-1-Clause", "BSD-2-Clause", "BSD-3-Clause"),
    *("BSL-1.0", "CC0-1.0", "CNRI-Python", "FTL", "HPND", "ICU", "ISC", "IJG", "LGPL-2.0-only"),
    *("LGPL-2.0-or-later", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only"),
    *("LGPL-3.0-or-later", "libpng-2.0", "libtiff", "MIT", "MIT-0", "MIT-CMU", "OFL-1.1"),
    *("OpenSSL", "PSF-2.0", "Python-2.0", "Unicode-3.0", "Unlicense", "X11", "Zlib", "blessing"),
    *("bzip2-1.0.6", "curl", "public-domain"),
    # The runtime of the compiler: its exception lets any program carry it.
    "GPL-3.0-or-later WITH GCC-exception-3.1",
}
# They install a checkout and are in no bundle: they may be under a licence that asks for more.
ONLY_INSTALLING = {"hatchling", "packaging", "pathspec", "pip", "tomlkit", "trove-classifiers"}


class Breach(NamedTuple):
    """Something that may not ship: the path or name of it, and why."""

    where: str
    why: str


def licence_breach(expression: str) -> str:
    """Why a thing under this SPDX expression may not ship, empty where it may."""
    try:
        parts = chosen(expression.replace("(", "").replace(")", "")).split(" AND ")
    except Unknown as reason:
        return str(reason)
    refused = [part.strip() for part in parts if part.strip() not in ALLOWED]
    return f"{', '.join(refused)} is not among the licences that may ship" if refused else ""


def name_breach(name: str) -> str:
    """Why a file, by its path, may not ship, empty where its name tells nothing against it."""
    if _GPL_QT.search(name) and "/translations/" not in name:
        return "this part of Qt is under the GPL or a commercial licence"
    if _GPL_PARTS.search(name):
        return "it is under the GPL or brings what is"
    qt = _QT_FILE.search(name)
    if qt and qt["module"] not in QT_MODULES:
        return f"Qt{qt['module']} is not among the modules of Qt that may ship"
    return ""


def content_breach(data: bytes) -> str:
    """Why a library with this content may not ship: how the FFmpeg in it was configured."""
    if any(mark in data for mark in _NOT_TO_BE_SHARED):
        return "the FFmpeg in it was configured with parts nobody may pass on"
    if any(mark in data for mark in _GPL_CONFIGURED):
        return "the FFmpeg in it was configured under the GPL"
    return ""


def file_breaches(folder: Path) -> Iterator[Breach]:
    """The files of a folder that may not ship, by name or by what a library says of itself."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        why = name_breach(name)
        if not why and path.is_file() and not path.is_symlink() and is_library(path):
            why = content_breach(path.read_bytes())
        if why and not path.is_dir():
            yield Breach(name, why)


def notice_breaches(resources: Path) -> Iterator[Breach]:
    """The notices without an allowed licence, or whose text is not there."""
    for row in rows_in(resources):
        name = str(row["name"] or "the program")
        why = licence_breach(str(row["licence"]))
        if why and row.get("distribution") not in ONLY_INSTALLING:
            yield Breach(name, why)
        texts = [str(text) for text in row["texts"]]
        if not texts:
            yield Breach(name, "its notice names no licence text")
        for text in texts:
            path = resources / text
            if not path.is_file() or not path.read_text(encoding="utf-8").strip():
                yield Breach(name, f"its licence text {text} is missing")
    for font in sorted((resources / "fonts").glob("*.[ot]tf")):
        family = font.name.partition("-")[0]
        if not (resources / "fonts" / f"{family}-OFL.txt").is_file():
            yield Breach(f"fonts/{font.name}", f"{family}-OFL.txt is missing")


def rows_in(resources: Path) -> list[dict[str, Any]]:
    """The rows of the notices, and in a bundle those of the system's libraries in it."""
    rows: list[dict[str, Any]] = []
    for name in (NOTICES, SYSTEM_NOTICES):
        path = resources / name
        if path.is_file():
            rows += json.loads(path.read_text(encoding="utf-8"))
    return rows


def distribution_breaches(
    found: Iterable[Distribution], own: str, resources: Path
) -> Iterator[Breach]:
    """The distributions under no allowed licence, or without a notice; ``own`` is the program's."""
    noticed = {str(row.get("distribution", "")) for row in rows_in(resources)} | {own}
    for one in found:
        name = re.sub(r"[-_.]+", "-", str(one.metadata["Name"])).lower()
        try:
            why = licence_breach(stated(one))
        except Unknown as reason:
            why = str(reason)
        if name in ONLY_INSTALLING:
            why = "it is only for installing and has no business here"
        if why:
            yield Breach(name, why)
        if name not in noticed:
            yield Breach(name, "it has no notice: run packaging/notices.py")


def library_breaches(folder: Path, resources: Path) -> Iterator[Breach]:
    """The native libraries of a bundle that belong to nothing of which there is a notice."""
    noticed = {str(row["name"]) for row in rows_in(resources)}
    files = {str(name) for row in rows_in(resources) for name in row.get("files", ())}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or not is_library(path):
            continue
        name = path.relative_to(folder).as_posix()
        if stem(path.name) in files or path.name in files:
            continue
        part = known_part(name)
        if part is None:
            yield Breach(name, "no table says whose work it is: see packaging/native_parts.py")
        elif part not in noticed:
            yield Breach(name, f"it is a part of {part}, of which there is no notice")


def bundle_breaches(bundle: Path) -> list[Breach]:
    """Everything in a frozen application that may not ship, or has no notice or text there."""
    inside = bundle / "_internal"
    resources = inside / "resources"
    if not (resources / NOTICES).is_file():
        return [Breach(NOTICES, "the bundle has no notices")]
    found = [PathDistribution(path) for path in sorted(inside.glob("*.dist-info"))]
    return [
        *file_breaches(inside),
        *notice_breaches(resources),
        *distribution_breaches(found, "labeler", resources),
        *library_breaches(inside, resources),
    ]


def wheel_breaches(wheel: Path) -> list[Breach]:
    """Everything in the wheel that may not ship, and what it asks for that has no notice."""
    with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
        folder = Path(place)
        resources = folder / "labeler" / "_resources"
        if not (resources / NOTICES).is_file():
            return [Breach(NOTICES, "the wheel has no notices")]
        found = [PathDistribution(path) for path in sorted(folder.glob("*.dist-info"))]
        noticed = {str(row.get("distribution", "")) for row in rows_in(resources)}
        asked = [
            re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[(]", line, maxsplit=1)[0]).lower()
            for one in found
            for line in one.metadata.get_all("Requires-Dist") or ()
            if "extra ==" not in line
        ]
        return [
            *file_breaches(folder),
            *notice_breaches(resources),
            *distribution_breaches(found, "labeler", resources),
            *(Breach(name, "it has no notice") for name in asked if name not in noticed),
        ]


def main(words: list[str]) -> int:
    """Look through a bundle or a wheel; 1 with a line for each breach."""
    looks = {"bundle": bundle_breaches, "wheel": wheel_breaches}
    if len(words) != 2 or words[0] not in looks:
        print(__doc__)
        return 2
    found = looks[words[0]](Path(words[1]))
    for breach in found:
        print(f"{breach.where}: {breach.why}", file=sys.stderr)
    if not found:
        print(f"Licences in {PurePosixPath(Path(words[1]).as_posix()).name}: nothing against it")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
