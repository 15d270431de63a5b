"""What another reader of Markdown makes of a text, told as blocks with what a person sees of them."""

from __future__ import annotations

from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from labeler.kit.markdown.document import MarkdownBlock, MarkdownDocument, Section
from labeler.kit.markdown.shown import Style

_READER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_READER.disable(["reference", "html_block", "html_inline"])


class Seen(NamedTuple):
    """A block: its kind, the quotes and lists around it, what is read in it."""

    kind: str
    nest: str
    text: str


def theirs(text: str) -> list[Seen]:
    """The blocks as markdown-it reads them."""
    found: list[Seen] = []
    nest: list[str] = []
    kind = ""
    for token in _READER.parse(text):
        match token.type:
            case "blockquote_open":
                nest.append("q")
            case "list_item_open":
                nest.append("l")
                begun = len(found)
            case "blockquote_close":
                nest.pop()
            case "list_item_close":
                if len(found) == begun and begun is not None:
                    found.append(Seen("paragraph", "".join(nest), ""))
                nest.pop()
            case "paragraph_open" | "heading_open" | "td_open" | "th_open":
                kind = token.type.removesuffix("_open")
            case "inline":
                name = "cell" if kind in ("td", "th") else kind
                found.append(Seen(name, "".join(nest), _plain(token)))
            case "fence" | "code_block":
                found.append(Seen("code", "".join(nest), token.content.rstrip("\n")))
            case "hr":
                found.append(Seen("rule", "".join(nest), ""))
    return found


def _plain(token: Token) -> str:
    words = ""
    for child in token.children or ():
        if child.type in ("text", "code_inline", "text_special"):
            words += child.content
        elif child.type == "softbreak":
            words += " "
        elif child.type == "hardbreak":
            words += "\n"
        elif child.type == "image":
            words += f"[{child.content}]"
    return words


def ours(text: str) -> list[Seen]:
    """The blocks as they are shown here, without the addresses shown beside links."""
    found: list[Seen] = []
    for block in MarkdownDocument([Section("r", text)]).blocks:
        assert isinstance(block, MarkdownBlock)
        leaf = block.leaf
        shown = list(block.shown.replace("\u2028", "\n"))
        for run in block.runs:
            if run.style & Style.ADDRESS:
                shown[run.start : run.end] = [""] * (run.end - run.start)
        if leaf.kind == "table":
            found += [
                Seen("cell", leaf.nest, "".join(shown[start:end])) for start, end in block.cells
            ]
        elif leaf.kind == "code" and not leaf.first:
            before = found.pop()
            found.append(before._replace(text=before.text + "\n" + "".join(shown)))
        else:
            found.append(Seen(leaf.kind, leaf.nest, "".join(shown).rstrip("\n")))
    return found
