"""Đọc gói tin edXML: carriers off, encoding settled, tree read, files decoded; plain values come out."""

from __future__ import annotations

from typing import Any

from app.core import limits
from app.storage.child.archive import Budget
from app.storage.child.edxml import fields
from app.storage.child.edxml.attachments import Attachment, decoded, unwrap
from app.storage.child.edxml.carriers import Part, embedded, peel
from app.storage.child.edxml.encoding import to_utf8
from app.storage.child.edxml.notes import Notes
from app.storage.child.edxml.tree import Node, parse
from app.storage.child.findings import RefusedError
from app.storage.child.source import Source

_DEPTH = 3
_QCVN = "TBT/QCVN_102_2016"


def read(file: int) -> tuple[Any, list[bytes]]:
    """Đọc một gói tin: metadata, attachments without their content, and what was tolerated."""
    reader = _Reader()
    value = reader.read(_bytes(file))
    value["attachments"] = [item.as_value() for item in reader.attachments]
    value["notes"] = reader.notes.items
    return value, []


def part(file: int, *, index: int) -> tuple[Any, list[bytes]]:
    """Nội dung một tệp đính kèm của gói tin."""
    reader = _Reader()
    reader.read(_bytes(file))
    if not 0 <= index < len(reader.attachments):
        raise RefusedError("not_package")
    item = reader.attachments[index]
    return {"name": item.name, "size": len(item.data)}, [item.data]


def _bytes(file: int) -> bytes:
    source = Source.of_file(file)
    if source.size == 0:
        raise RefusedError("empty")
    if source.size > limits.PACKAGE_BYTES:
        raise RefusedError("too_large")
    with source.stream() as stream:
        return stream.read(limits.PACKAGE_BYTES + 1)


class _Reader:
    """One package and what was found in it."""

    def __init__(self) -> None:
        self.notes = Notes()
        self.attachments: list[Attachment] = []
        self._budget = Budget()
        self._contents: list[tuple[Node, bytes]] = []
        self._size = 0

    def read(self, data: bytes, depth: int = 0) -> dict[str, Any]:
        """Đọc, going into what is embedded when the header is not on the surface."""
        peeled = peel(data, self.notes, self._budget)
        del data
        root = parse(to_utf8(peeled.xml, self.notes), self._content, self.notes)
        header = fields.header_of(root)
        if header is None:
            if depth >= _DEPTH:
                raise RefusedError("not_package")
            self._contents.clear()
            return self.read(self._inside(root), depth + 1)
        value = fields.message(root, header, self.notes)
        value |= _standard(root, self.notes)
        self._take_attachments(root, peeled.parts)
        value["signature"] = _signature(root)
        value["errors"] = _errors(root)
        return value

    def _content(self, node: Node, text: bytearray) -> None:
        if len(self._contents) >= limits.PACKAGE_FILES:
            raise RefusedError("too_many_files", str(limits.PACKAGE_FILES))
        holder = node.parent or node
        name = holder.value("attachmentname", "name", "filename")
        try:
            data = decoded(text, name, self.notes)
        except RefusedError as problem:
            raise RefusedError(problem.code, name or node.tag) from problem
        self._contents.append((node, data))

    def _inside(self, root: Node) -> bytes:
        for node in _by_length(root):
            inner = embedded(node.text)
            if inner is not None:
                self.notes.add("carrier_embedded", node.tag)
                return inner
        for _node, data in self._contents:
            if b"essageHeader" in data[:1_000_000] or data.startswith(b"PK\x03\x04"):
                self.notes.add("carrier_embedded", _node.tag)
                return data
        raise RefusedError("not_package")

    def _take_attachments(self, root: Node, parts: list[Part]) -> None:
        references = _references(root)
        for node, data in self._contents:
            self._add(_described(node, references, data))
        if parts:
            self._take_parts(references, parts)
        unnamed = [r for r in references if r["content_id"] not in {a.content_id for a in self.attachments}]
        for reference in unnamed:
            self.notes.add("reference_without_file", reference["name"] or reference["content_id"])

    def _take_parts(self, references: list[dict[str, str]], parts: list[Part]) -> None:
        """Files beside the XML: MIME parts, entries of an archive."""
        known = {a.content_id for a in self.attachments}
        for item in parts:
            wanted = next((r for r in references if _is_same(r, item)), {})
            content_id = wanted.get("content_id") or (f"cid:{item.content_id}" if item.content_id else "")
            if content_id and content_id in known:
                continue
            if self._is_xml_of_attachments(item):
                continue
            name = wanted.get("name") or item.name
            self._add(
                Attachment(content_id, name, wanted.get("description", ""), item.content_type, item.data)
            )

    def _is_xml_of_attachments(self, item: Part) -> bool:
        """Older producers keep the files in a second XML beside the header."""
        head = item.data[:4_000].lower()
        if item.data.lstrip()[:1] != b"<" or b"attach" not in head:
            return False
        before = len(self._contents)
        parse(to_utf8(item.data, self.notes), self._content, self.notes)
        for node, data in self._contents[before:]:
            self._add(_described(node, [], data))
        return len(self._contents) > before

    def _add(self, item: Attachment) -> None:
        if len(self.attachments) >= limits.PACKAGE_FILES:
            raise RefusedError("too_many_files", str(limits.PACKAGE_FILES))
        unwrap(item, self.notes, self._budget)
        self._size += len(item.data)
        if self._size > limits.PACKAGE_UNPACKED_BYTES:
            raise RefusedError("bomb")
        self.attachments.append(item)


def _by_length(root: Node) -> list[Node]:
    nodes, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        if len(node.text) > 40:
            nodes.append(node)
        waiting.extend(node.children)
    return sorted(nodes, key=lambda n: len(n.text), reverse=True)[:50]


def _references(root: Node) -> list[dict[str, str]]:
    return [
        {
            "content_id": node.value("contentid") or node.attributes.get("href", ""),
            "name": node.value("attachmentname", "name")[:400],
            "description": node.value("description")[:1_000],
            "content_type": node.value("contenttype")[:200],
        }
        for manifest in root.find_all("edxmlmanifest", "manifest")
        for node in manifest.all("reference")[: limits.PACKAGE_FILES]
    ]


def _described(node: Node, references: list[dict[str, str]], data: bytes) -> Attachment:
    holder = node.parent if node.parent is not None else node
    content_id = (
        holder.value("contentid")
        or holder.attributes.get("contentid", "")
        or holder.attributes.get("content-id", "")
    )
    reference = (
        next((r for r in references if _cid(r["content_id"]) == _cid(content_id)), {}) if content_id else {}
    )
    return Attachment(
        content_id or reference.get("content_id", ""),
        (holder.value("attachmentname", "name", "filename") or reference.get("name", ""))[:400],
        (holder.value("description") or reference.get("description", ""))[:1_000],
        (
            holder.value("contenttype", "attachmenttype", "mimetype")
            or holder.attributes.get("content-type", "")
            or reference.get("content_type", "")
        )[:200],
        data,
    )


def _cid(value: str) -> str:
    return value.strip().removeprefix("cid:").strip("<>").lower()


def _is_same(reference: dict[str, str], item: Part) -> bool:
    if item.content_id and _cid(item.content_id) == _cid(reference["content_id"]):
        return True
    return bool(item.name) and item.name in (reference["name"], _cid(reference["content_id"]))


def _standard(root: Node, notes: Notes) -> dict[str, Any]:
    spaces: list[str] = []
    for node in [root, *root.children, *(inner for n in root.children for inner in n.children)]:
        for name, value in node.attributes.items():
            if name == "xmlns" or name.startswith("xmlns:"):
                low = value.lower()
                if (
                    "qcvn" in low or "edxml" in low or "edoc" in low or "e-doc" in low
                ) and value not in spaces:
                    spaces.append(value[:200])
    space = spaces[0] if spaces else ""
    if not space:
        notes.add("namespace_missing")
    elif _QCVN not in space:
        notes.add("namespace_other", space)
    if root.name != "edxml":
        notes.add("root_named", root.tag)
    return {"namespace": space}


def _signature(root: Node) -> dict[str, Any] | None:
    node = root.find("signature", "digitalsignature")
    if node is None:
        return None
    method = node.find("signaturemethod")
    subject, value = node.find("x509subjectname"), node.find("signaturevalue")
    return {
        "algorithm": method.attributes.get("algorithm", "")[:200] if method else "",
        "subject": subject.text[:300] if subject else "",
        "is_empty": value is None or not value.text,
    }


def _errors(root: Node) -> list[dict[str, str]]:
    holder = root.find("errorlist")
    found = holder.find_all("error") if holder else []
    return [
        {"code": e.value("code")[:100], "description": e.value("description")[:1_000]} for e in found[:100]
    ]
