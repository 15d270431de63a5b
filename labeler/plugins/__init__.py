"""Guests of the house: found by their manifests, run behind a guard, imported only when needed."""

from labeler.api.manifest import FormatEntry, Manifest, SettingEntry, read_manifest
from labeler.plugins.discover import Discovery, Found, discover
from labeler.plugins.failure import Failure
from labeler.plugins.guard import Guard, Outcome
from labeler.plugins.host import Plugins

__all__ = [
    "Discovery",
    "Failure",
    "FormatEntry",
    "Found",
    "Guard",
    "Manifest",
    "Outcome",
    "Plugins",
    "SettingEntry",
    "discover",
    "read_manifest",
]
