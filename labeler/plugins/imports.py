"""Importing what a manifest names, each plugin in a folder under a package name of its own."""

from __future__ import annotations

import sys
from hashlib import blake2b
from importlib import import_module, invalidate_caches
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec, spec_from_file_location

from labeler.plugins.discover import Found

__all__ = ["forget", "load"]

_OWN = __name__.partition(".")[0]


def load(found: Found, text: str) -> object:
    """What the import string names, importing its module where that has not been done.

    Raises ImportError where the module or the name in it is not there, and whatever the module
    itself raises.
    """
    module_name, _, name = text.partition(":")
    if found.origin == "folder":
        module_name = f"{_folder_package(found)}.{module_name.lstrip('.')}"
    elif module_name.startswith("."):
        module_name = found.package + module_name
    module = import_module(module_name)
    try:
        return getattr(module, name)
    except AttributeError:
        raise ImportError(f"the module {module_name!r} has no {name!r}") from None


def forget(found: Found) -> None:
    """Unload a folder plugin's modules, so that a corrected file is read again.

    An installed package stays loaded: other code may hold its classes.
    """
    if found.origin != "folder":
        return
    package = _package_name(found)
    for name in [one for one in sys.modules if one == package or one.startswith(f"{package}.")]:
        del sys.modules[name]
    invalidate_caches()


def _package_name(found: Found) -> str:
    """A name no other plugin's folder has: two may hold modules of the same names."""
    place = blake2b(str(found.place).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return f"{_OWN}_plugin_{found.id.replace('-', '_')}_{place}"


def _folder_package(found: Found) -> str:
    """The folder as a loaded package: its ``__init__.py`` is run if it has one."""
    name = _package_name(found)
    if name in sys.modules:
        return name
    init = found.place / "__init__.py"
    locations = [str(found.place)]
    if init.is_file():
        spec = spec_from_file_location(name, init, submodule_search_locations=locations)
        if spec is None or spec.loader is None:
            raise ImportError(f"{init.name} cannot be imported")
    else:
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = locations
    module = module_from_spec(spec)
    sys.modules[name] = module
    if spec.loader is not None:
        try:
            spec.loader.exec_module(module)
        except BaseException:
            sys.modules.pop(name, None)
            raise
    return name
