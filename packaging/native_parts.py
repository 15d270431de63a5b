"""Whose work the native libraries of a bundle are, and the notices of those the system gave.

Wheels bring libraries in folders of their own, under the notice of their distribution. What was
collected from the system of the machine that builds is named here, by the stem of the file, with
the licence it is under; its copyright file goes into the bundle.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath, PurePosixPath

Entry = tuple[str, str, str]
"""Path in the bundle, path on this machine, kind: a row of PyInstaller's tables."""

_SUFFIX = re.compile(r"\.(so|dll|dylib|pyd)($|\.)", re.IGNORECASE)
_MAGIC = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")

# Folders of wheels, and the row of the notices that answers for what lies in them.
_OF_WHEELS: tuple[tuple[str, str], ...] = (
    (r"^PySide6/(Qt/lib/|)lib(avcodec|avformat|avutil|swresample|swscale)", "FFmpeg"),
    (r"^PySide6/(avcodec|avformat|avutil|swresample|swscale)", "FFmpeg"),
    (r"^PySide6/(Qt/lib/)?lib(icu)", "ICU"),
    (r"^PySide6/(Qt/)?(lib|plugins|libexec)/", "Qt"),
    (r"^PySide6/", "PySide6_Essentials"),
    (r"^shiboken6/|^lib(shiboken6|pyside6)", "shiboken6"),
    (r"^(PIL|pillow\.libs)/", "pillow"),
    (r"^(numpy|numpy\.libs)/", "numpy"),
    (r"^(cv2|opencv_python_headless\.libs)/", "opencv-python-headless"),
    (r"^_soundfile_data/", "libsndfile"),
    (r"^_cffi_backend", "cffi"),
    (r"^charset_normalizer/|^[0-9a-f]{20}__mypyc", "charset-normalizer"),
    (r"^msgspec/", "msgspec"),
    (r"^psutil/", "psutil"),
    (r"^regex/", "regex"),
    (r"^yaml/", "PyYAML"),
    (r"^tabulate/", "tabulate"),
    # Python, with what its own installation carries on Windows and macOS.
    (
        r"^(python3[\d.]*|lib-dynload)/|^(lib)?python3[\d.]*\.|^Python$|^Python\.framework/",
        "Python",
    ),
    (r"^(_\w+|pyexpat|select|unicodedata|winsound)\.(pyd|cp\w+\.pyd)$", "Python"),
    (r"^(libcrypto|libssl|libffi|sqlite3)[-\w]*\.dll$", "Python"),
    (r"^(vcruntime|msvcp|ucrtbase|api-ms-win-)[\w-]*\.dll$", "Python"),
)

_GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
# Libraries of the system that a bundle made on Linux carries: stem of the file, whose, licence.
_SYSTEM: tuple[tuple[str, str, str], ...] = (
    (r"libX\w*(-xcb)?|libxcb(-[\w-]+)?|libICE|libSM", "X11", "MIT"),
    (r"libxkbcommon(-x11)?", "xkbcommon", "MIT"),
    (r"libwayland-\w+", "Wayland", "MIT"),
    (r"libdrm(_\w+)?|libva(-\w+)?|libvdpau|libgbm", "Mesa and its drivers", "MIT"),
    (r"libGL\w*|libEGL|libOpenGL|libglapi", "GLVND", "MIT"),
    (r"libbrotli\w+", "Brotli", "MIT"),
    (r"libbsd|libmd", "libbsd", "BSD-3-Clause"),
    (r"libbz2", "bzip2", "bzip2-1.0.6"),
    (r"libcap", "libcap", "BSD-3-Clause"),
    (r"libcrypto|libssl", "OpenSSL", "Apache-2.0"),
    (r"libdbus-1", "D-Bus", "AFL-2.1"),
    (r"libexpat", "Expat", "MIT"),
    (r"libffi", "libffi", "MIT"),
    (r"libfontconfig", "Fontconfig", "HPND"),
    (r"libfreetype", "FreeType", "FTL"),
    (r"libharfbuzz", "HarfBuzz", "MIT"),
    (r"libmvec|libm|libc|libdl|libresolv", "GNU C library", "LGPL-2.1-or-later"),
    (r"libgraphite2", "Graphite", "LGPL-2.1-or-later"),
    (r"libpng16", "libpng", "libpng-2.0"),
    (r"libjpeg", "libjpeg-turbo", "IJG"),
    (r"libtiff", "libtiff", "libtiff"),
    (r"libwebp\w*|libsharpyuv", "WebP", "BSD-3-Clause"),
    (r"libgcc_s|libstdc\+\+|libgomp|libatomic|libgfortran|libquadmath", "GCC's runtime", _GCC),
    (r"libgcrypt|libgpg-error", "Libgcrypt", "LGPL-2.1-or-later"),
    (r"libg(lib|object|module|thread|io)-2\.0", "GLib", "LGPL-2.1-or-later"),
    (r"libgssapi_krb5|libk5crypto|libkrb5\w*|libcom_err", "Kerberos", "MIT"),
    (r"libkeyutils", "keyutils", "LGPL-2.1-or-later"),
    (r"liblz4", "LZ4", "BSD-2-Clause"),
    (r"liblzma", "XZ", "public-domain"),
    (r"libpcre2-\w+", "PCRE2", "BSD-3-Clause"),
    (r"libpython3[\d.]*", "Python of the system", "PSF-2.0"),
    (r"libsqlite3", "SQLite of the system", "blessing"),
    (r"libsystemd", "libsystemd", "LGPL-2.1-or-later"),
    (r"libapparmor", "AppArmor's library", "LGPL-2.1-only"),
    (r"libuuid|libblkid|libmount", "util-linux' libraries", "BSD-3-Clause"),
    (r"libselinux", "libselinux", "public-domain"),
    (r"libz", "zlib", "Zlib"),
    (r"libzstd", "Zstandard", "BSD-3-Clause"),
    (r"libpulse(common-[\d.]+|-\w+)?", "PulseAudio's library", "LGPL-2.1-or-later"),
    (r"libpipewire-[\d.]+", "PipeWire's library", "MIT"),
    (r"libasound", "ALSA's library", "LGPL-2.1-or-later"),
    (r"libasyncns", "libasyncns", "LGPL-2.1-or-later"),
    (r"libsndfile", "libsndfile of the system", "LGPL-2.1-or-later"),
    (r"libFLAC|libogg|libvorbis\w*|libopus", "Xiph's codecs", "BSD-3-Clause"),
    (r"libmp3lame", "LAME", "LGPL-2.0-or-later"),
    (r"libmpg123", "mpg123", "LGPL-2.1-only"),
)


class NoText(Exception):
    """The licence text of a library of the system is not to be found; the text says of which."""


def is_library(path: Path) -> bool:
    """Whether a file is native code, by its name or by its first bytes."""
    if _SUFFIX.search(path.name):
        return True
    with path.open("rb") as file:
        return file.read(4).startswith(_MAGIC)


def stem(name: str) -> str:
    """The name of a library without versions and suffix: ``libssl.so.3`` is ``libssl``."""
    return _SUFFIX.split(PurePath(name).name, maxsplit=1)[0]


def known_part(name: str) -> str | None:
    """The notice that answers for a library, by its path in the bundle; None where none does."""
    for pattern, part in _OF_WHEELS:
        if re.search(pattern, name, re.IGNORECASE if name.endswith(".dll") else 0):
            return part
    return None


def of_system(name: str) -> tuple[str, str] | None:
    """Whose work a library of the system is and its licence; None where the table has it not."""
    for pattern, part, licence in _SYSTEM:
        if re.fullmatch(pattern, stem(name)):
            return part, licence
    return None


def _asked(*words: str) -> str:
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def package_text(source: str) -> tuple[str, str]:
    """Version and copyright text of the system's package that a file belongs to; raises NoText."""
    path = Path(source).resolve()
    # Packages made before the folders were joined still name the file without its /usr.
    names = [str(path), str(path).removeprefix("/usr"), f"/usr{path}"]
    owner = next((told for name in names if (told := _asked("dpkg", "-S", name))), "")
    package = owner.partition(":")[0]
    text = Path("/usr/share/doc", package, "copyright")
    if not package or not text.is_file():
        raise NoText(f"{source}: no package of this system says under which licence it is")
    version = _asked("dpkg-query", "-W", "-f=${Version}", package)
    return version, text.read_text(encoding="utf-8", errors="replace")


def system_notices(
    binaries: Iterable[Entry],
    folder: Path,
    text_of: Callable[[str], tuple[str, str]] = package_text,
) -> list[Entry]:
    """The data files that give notice of the system's libraries among these; raises NoText.

    They are written below ``folder``: one text for each library and ``system.json`` with the rows.
    A library that no table knows gets no row, and the licence check refuses the bundle.
    """
    rows: dict[str, dict[str, object]] = {}
    texts: dict[str, dict[str, str]] = {}
    for name, source, kind in sorted(binaries):
        place = PurePath(name).as_posix()
        if kind == "SYMLINK" or known_part(place) or Path(source).is_relative_to(sys.prefix):
            continue
        found = of_system(PurePosixPath(place).name)
        if found is None:
            continue
        part, licence = found
        version, text = text_of(source)
        if part not in rows:
            rows[part] = {"name": part, "version": version, "licence": licence, "home": ""}
            rows[part] |= {"why": "a library of the system that the bundle carries"}
            rows[part] |= {"texts": [], "files": []}
        row = rows[part]
        files, places = row["files"], row["texts"]
        assert isinstance(files, list)
        assert isinstance(places, list)
        files.append(stem(place))
        known = texts.setdefault(part, {})
        if text not in known:
            known[text] = f"{stem(place)}.txt"
            places.append(f"licences/system/{known[text]}")
    made: list[Entry] = []
    (folder / "system").mkdir(parents=True, exist_ok=True)
    for known in texts.values():
        for text, file in known.items():
            path = folder / "system" / file
            path.write_text(text, encoding="utf-8", newline="\n")
            made.append((f"resources/licences/system/{file}", str(path), "DATA"))
    path = folder / "system.json"
    listed = json.dumps(list(rows.values()), indent=1, ensure_ascii=False)
    path.write_text(f"{listed}\n", encoding="utf-8", newline="\n")
    made.append(("resources/licences/system.json", str(path), "DATA"))
    return made
