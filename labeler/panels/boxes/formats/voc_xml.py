"""XML of Pascal VOC as plain tables and back: what nobody here knows keeps its tags and its order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

__all__ = ["Tree", "document", "tree_of"]

Tree = dict[str, Any]
"""Tags with texts, tables, or lists of either where a tag comes again; attributes as ``@name``."""

_DEEPEST = 32
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


def tree_of(raw: bytes) -> Tree:
    """The document as a table; raises ValueError with what is wrong.

    Entities, external references and nesting beyond reason are refused, not followed.
    """
    try:
        root: Element = fromstring(raw, forbid_dtd=False)
    except DefusedXmlException as error:
        raise ValueError(f"the XML has what is not read here: {error}") from None
    except (ParseError, UnicodeError, LookupError, RecursionError, ValueError) as error:
        raise ValueError(f"not XML: {error}") from None
    if root.tag != "annotation":
        raise ValueError(f"the outermost tag is {str(root.tag)[:40]!r}, not 'annotation'")
    table = _table(root, 0)
    return table if isinstance(table, dict) else {}


def _table(element: Element, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError("the XML is nested too deeply")
    text = (element.text or "").strip()
    if not len(element) and not element.attrib:
        return text
    table: Tree = {f"@{name}": one for name, one in element.attrib.items()}
    for child in element:
        one = _table(child, depth + 1)
        if child.tag not in table:
            table[child.tag] = one
        elif isinstance(table[child.tag], list):
            table[child.tag].append(one)
        else:
            table[child.tag] = [table[child.tag], one]
    if text and not len(element):
        table["#text"] = text
    return table


def document(table: Mapping[str, Any]) -> bytes:
    """The table as a document, one tag a line; tags XML cannot have are left out."""
    root = Element("annotation")
    _fill(root, table)
    indent(root, "\t")
    return tostring(root, encoding="unicode").encode() + b"\n"


def _fill(element: Element, table: Mapping[str, Any]) -> None:
    for name, one in table.items():
        if name == "#text":
            element.text = _text(one)
        elif name.startswith("@"):
            element.set(name[1:], _text(one))
        elif _is_tag(name):
            for each in one if isinstance(one, (list, tuple)) else (one,):
                child = SubElement(element, name)
                if isinstance(each, Mapping):
                    _fill(child, each)
                else:
                    child.text = _text(each)


def _is_tag(name: str) -> bool:
    head, rest = name[:1], name[1:]
    plain = rest.replace("-", "").replace("_", "").replace(".", "")
    return (head.isalpha() or head == "_") and (plain.isalnum() or not plain)


def _text(one: Any) -> str:
    if isinstance(one, bool):
        return "1" if one else "0"
    if isinstance(one, float):
        return str(int(one)) if one.is_integer() else repr(round(one, 6))
    return "" if one is None else str(one).translate(_FORBIDDEN)
