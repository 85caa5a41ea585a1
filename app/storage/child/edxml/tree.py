"""Cây phần tử của gói tin: expat without namespaces, so that prefixes nobody declared do no harm; bounded everywhere.

No document type is taken, so there are no entities, no expansion, nothing fetched. Long base64 goes to a sink as it
closes and never becomes part of the tree.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from app.storage.child.edxml.notes import Notes
from app.storage.child.findings import RefusedError

DEPTH, NODES, ATTRIBUTES = 50, 100_000, 60
TEXT_BYTES = 2 * 1024 * 1024  # of one ordinary element
ALL_TEXT_BYTES = 24 * 1024 * 1024
_SHORT = 200

# elements whose text is the content of a file
_CONTENT = frozenset(
    {
        "contenttransferencoded",
        "attachmentdata",
        "attachmentcontent",
        "filecontent",
        "filedata",
        "contentencoded",
        "base64",
    }
)
_CONTENT_IN_ATTACHMENT = frozenset(
    {"value", "data", "content", "encoded", "contenttransferencoding", "body", "file"}
)
_LEADING = re.compile(rb"^\s*(?:<\?xml\b[^<>]*>)?\s*", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,30});)?"
)
_BARE_LESS = re.compile(rb"<(?![A-Za-z_/!?:])")


@dataclass(slots=True)
class Node:
    """Một phần tử: name in lower case without its prefix, as every producer writes it in a different way."""

    name: str
    tag: str
    attributes: dict[str, str]
    parent: Node | None = None
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def child(self, *names: str) -> Node | None:
        """Phần tử con đầu tiên mang một trong các tên."""
        for name in names:
            for node in self.children:
                if node.name == name:
                    return node
        return None

    def all(self, *names: str) -> list[Node]:
        """Mọi phần tử con mang một trong các tên."""
        return [node for node in self.children if node.name in names]

    def find(self, *names: str) -> Node | None:
        """Phần tử đầu tiên ở mọi độ sâu, the nearest first."""
        level = self.children
        while level:
            for node in level:
                if node.name in names:
                    return node
            level = [inner for node in level for inner in node.children]
        return None

    def find_all(self, *names: str) -> list[Node]:
        """Mọi phần tử mang tên này, ở mọi độ sâu."""
        found: list[Node] = []
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.name in names:
                found.append(node)
            waiting.extend(reversed(node.children))
        return found

    def value(self, *names: str) -> str:
        """Chữ của phần tử con, white space folded; empty when there is none."""
        node = self.child(*names)
        return " ".join(node.text.split()) if node else ""


Sink = Callable[[Node, bytearray], None]


def parse(data: bytes, sink: Sink, notes: Notes) -> Node:
    """Đọc XML thành cây.

    :param sink: gets the attachment element and the encoded content; called as each closes.
    :raises RefusedError: a document type, not XML, or beyond the limits.
    """
    lead = _LEADING.match(data)
    body = data[lead.end() :] if lead else data
    try:
        return _Builder(sink, notes).read(body)
    except expat.ExpatError as problem:
        mended = _mended(body, problem, notes)
        try:
            return _Builder(sink, notes).read(mended)
        except expat.ExpatError as again:
            raise _refused(again) from again


def _mended(body: bytes, problem: expat.ExpatError, notes: Notes) -> bytes:
    """Once: ampersands and less-than signs that somebody pasted into text by hand."""
    if problem.code not in (
        expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY],
    ):
        raise _refused(problem) from problem
    mended = _BARE_LESS.sub(b"&lt;", _BARE_AMPERSAND.sub(_entity, body))
    if mended == body:
        raise _refused(problem) from problem
    notes.add("bare_ampersand")
    return mended


def _entity(found: re.Match[bytes]) -> bytes:
    name = (found.group(1) or b"").decode("ascii")
    letter = html.entities.html5.get(f"{name};") if name else None
    return letter.encode("utf-8") if letter else b"&amp;" + found.group()[1:]


def _refused(problem: expat.ExpatError) -> RefusedError:
    cut = {
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    }
    words = expat.errors.messages.get(problem.code, "")
    if problem.code == expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS] or words in cut:
        return RefusedError("package_cut", f"dòng {problem.lineno}")
    return RefusedError("not_xml", f"dòng {problem.lineno}, cột {problem.offset}")


class _Builder:
    """What expat calls."""

    def __init__(self, sink: Sink, notes: Notes) -> None:
        self._sink, self._notes = sink, notes
        self._root: Node | None = None
        self._here: Node | None = None
        self._texts: list[bytearray] = []
        self._prefixes: dict[str, int] = {"xml": 1}
        self._declared: list[list[str]] = []
        self._nodes = self._text = 0

    def read(self, body: bytes) -> Node:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text, parser.buffer_size = True, 256 * 1024
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._shut
        parser.CharacterDataHandler = self._chars
        try:
            parser.Parse(body, True)
        except expat.ExpatError as problem:
            if self._root is None or self._here is not None or not self._texts == []:
                raise
            if (
                problem.code != expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
                and problem.code != expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
            ):
                raise
            self._notes.add("junk_after")
        if self._root is None:
            raise RefusedError("package_cut")
        return self._root

    def _doctype(self, *_: object) -> None:
        raise RefusedError("doctype")

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        self._nodes += 1
        if len(self._texts) >= DEPTH or self._nodes > NODES or len(attributes) > ATTRIBUTES:
            raise RefusedError("too_complex")
        prefix, _, local = tag.rpartition(":")
        node = Node(local.lower()[:_SHORT], tag[:_SHORT], _plain(attributes), self._here)
        self._declare(attributes)
        if prefix and not self._prefixes.get(prefix):
            self._notes.add("unbound_prefix", prefix[:40])
        if self._here is None:
            if self._root is not None:
                raise RefusedError("not_xml")
            self._root = node
        else:
            self._here.children.append(node)
        self._here = node
        self._texts.append(bytearray())

    def _declare(self, attributes: dict[str, str]) -> None:
        names = [name[6:] for name in attributes if name.startswith("xmlns:")]
        self._declared.append(names)
        for name in names:
            self._prefixes[name] = self._prefixes.get(name, 0) + 1

    def _shut(self, tag: str) -> None:
        node, text = self._here, self._texts.pop()
        for name in self._declared.pop():
            self._prefixes[name] -= 1
        if node is None:
            raise RefusedError("not_xml")
        self._here = node.parent
        if _is_content(node):
            self._sink(node, text)
            return
        self._text += len(text)
        if len(text) > TEXT_BYTES or self._text > ALL_TEXT_BYTES:
            raise RefusedError("too_complex")
        node.text = text.decode("utf-8", "replace").strip()

    def _chars(self, data: str) -> None:
        if self._texts:
            self._texts[-1] += data.encode("utf-8", "replace")


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    return {
        name.rpartition(":")[2].lower() if not name.startswith("xmlns") else name: value[:2_000]
        for name, value in attributes.items()
    }


def _is_content(node: Node) -> bool:
    if node.name in _CONTENT:
        return True
    return (
        node.name in _CONTENT_IN_ATTACHMENT
        and node.parent is not None
        and node.parent.name.startswith("attach")
        and node.parent.name != "attachmentencoded"
    )
