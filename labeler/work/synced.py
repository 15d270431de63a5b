"""Which folders a sync client keeps in step with other machines, by what the clients say themselves.

Everything is read from what is handed in: a home, an environment, the name of a system. The clients'
own notes are small files of the person's; one that is not there or cannot be read says nothing.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

__all__ = ["SyncedFolder", "synced_folders", "synced_marker"]

_LONGEST = 1 << 20
_MOST_ABOVE = 64
_MARKERS = {
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".shortcut-targets-by-id": "Google Drive",
    ".sync_journal.db": "Nextcloud",
    ".seafile-data": "Seafile",
}
"""What clients put into the folder they keep in step."""
_CLOUD_STORAGE = re.compile(r"(GoogleDrive|OneDrive|Dropbox|Box|ProtonDrive)")
_NAMES = {"GoogleDrive": "Google Drive", "Box": "Box", "ProtonDrive": "Proton Drive"}
_SYNCTHING = re.compile(r"<folder\b[^>]*?\bpath=\"([^\"]*)\"")


class SyncedFolder(msgspec.Struct, frozen=True):
    """A folder a client keeps in step, and the client's name."""

    client: str
    folder: Path


class _Account(msgspec.Struct):
    path: str = ""
    root_path: str = ""


def synced_folders(home: Path, environ: Mapping[str, str], system: str) -> list[SyncedFolder]:
    """The folders on this machine, as the clients' notes name them.

    ``system`` is ``linux``, ``darwin`` or ``win32``.
    """
    found: dict[tuple[str, Path], None] = {}
    for client, folder in _all(home, environ, system):
        if folder.is_absolute() and folder != Path(folder.anchor):
            found[client, folder] = None
    return [SyncedFolder(client, folder) for client, folder in found]


def _all(home: Path, environ: Mapping[str, str], system: str) -> Iterator[tuple[str, Path]]:
    roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
    local = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    windows, macos = system == "win32", system == "darwin"
    notes = [roaming / "Dropbox", local / "Dropbox"] if windows else [home / ".dropbox"]
    for note in notes:
        yield from (("Dropbox", one) for one in _dropbox(note / "info.json"))
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        if environ.get(name):
            yield "OneDrive", Path(environ[name])
    if windows:
        for name in ("iCloudDrive", "iCloud Drive"):
            yield "iCloud", home / name
        clouds = {"Nextcloud": roaming / "Nextcloud", "ownCloud": roaming / "ownCloud"}
        syncthing = [local / "Syncthing"]
    elif macos:
        yield from _of_macos(home)
        told = home / "Library" / "Preferences"
        clouds = {"Nextcloud": told / "Nextcloud", "ownCloud": told / "ownCloud"}
        syncthing = [home / "Library" / "Application Support" / "Syncthing"]
    else:
        config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
        state = Path(environ.get("XDG_STATE_HOME") or home / ".local" / "state")
        yield from (("OneDrive", one) for one in _onedrive(config / "onedrive" / "config", home))
        clouds = {"Nextcloud": config / "Nextcloud", "ownCloud": config / "ownCloud"}
        syncthing = [state / "syncthing", config / "syncthing"]
    for client, folder in clouds.items():
        note = folder / f"{client.lower()}.cfg"
        yield from ((client, one) for one in _owncloud(note))
    for folder in syncthing:
        yield from (("Syncthing", one) for one in _syncthing(folder / "config.xml", home))


def _of_macos(home: Path) -> Iterator[tuple[str, Path]]:
    """iCloud and the clients that hang their folders below ``CloudStorage``."""
    cloud = home / "Library" / "Mobile Documents"
    yield "iCloud", cloud
    for name in ("Desktop", "Documents"):
        # They lie there as well where the person keeps them in iCloud.
        if (cloud / "com~apple~CloudDocs" / name).exists():
            yield "iCloud", home / name
    storage = home / "Library" / "CloudStorage"
    try:
        entries = sorted(storage.iterdir())
    except OSError:
        return
    for entry in entries:
        told = _CLOUD_STORAGE.match(entry.name)
        name = told[1] if told else entry.name.partition("-")[0]
        yield _NAMES.get(name, name), entry


def _text(path: Path) -> str:
    """What a note says, nothing where it is not there, is no text or far too long."""
    try:
        if not path.is_file() or path.stat().st_size > _LONGEST:
            return ""
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _dropbox(note: Path) -> list[Path]:
    try:
        told = msgspec.json.decode(_text(note), type=dict[str, _Account])
    except msgspec.DecodeError:
        return []
    paths = [path for one in told.values() for path in (one.path, one.root_path) if path]
    return [Path(path) for path in paths]


def _owncloud(note: Path) -> list[Path]:
    r"""``0\Folders\1\localPath=/home/anna/Nextcloud/`` in the section ``[Accounts]``."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(_text(note))
    except configparser.Error:
        return []
    return [
        Path(value.strip().strip('"'))
        for section in parser.sections()
        for name, value in parser.items(section)
        if name.endswith("localpath") and value.strip()
    ]


def _onedrive(note: Path, home: Path) -> list[Path]:
    told = re.search(r"^\s*sync_dir\s*=\s*\"([^\"]+)\"", _text(note), re.MULTILINE)
    return [_at_home(told[1], home)] if told else []


def _syncthing(note: Path, home: Path) -> list[Path]:
    """Its attributes are read as text: an XML parser would be one more thing to be careful with."""
    return [_at_home(path.replace("&amp;", "&"), home) for path in _SYNCTHING.findall(_text(note))]


def _at_home(path: str, home: Path) -> Path:
    return home / path[2:] if path.startswith("~/") else Path(path)


def synced_marker(path: Path) -> SyncedFolder | None:
    """The folder above a path in which a client left its mark, where one did."""
    for folder in path.parents[:_MOST_ABOVE]:
        for name, client in _MARKERS.items():
            try:
                if (folder / name).exists():
                    return SyncedFolder(client, folder)
            except OSError:
                continue
    return None
