"""XML của tệp Office: one hardened way to walk it, as a stream, so that size never becomes memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from lxml import etree

from app.storage.child.findings import RefusedError


class Walker:
    """Người đi qua XML: override what you listen to. Names come without their namespace."""

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def shut(self, name: str) -> None:
        """An element ends."""

    def chars(self, text: str) -> None:
        """Text inside an element."""


class _Target:
    """What lxml calls; a document type is refused at once: it only ever serves attacks."""

    def __init__(self, walker: Walker) -> None:
        self._open: Callable[[str, dict[str, str]], None] = walker.open
        self._shut: Callable[[str], None] = walker.shut
        self.data = walker.chars

    def start(self, tag: str, attributes: Any) -> None:
        self._open(tag.rpartition("}")[2], {k.rpartition("}")[2]: v for k, v in attributes.items()})

    def end(self, tag: str) -> None:
        self._shut(tag.rpartition("}")[2])

    def doctype(self, *_: object) -> None:
        raise RefusedError("broken")

    def comment(self, _text: str) -> None:
        """Comments say nothing here."""

    def pi(self, _target: str, _data: str) -> None:
        """Nor do processing instructions."""

    def close(self) -> None:
        """Nothing to hand over."""


def walk(chunks: Iterable[bytes], walker: Walker) -> None:
    """Đi qua một phần XML.

    :raises RefusedError: not well-formed, with a document type, or too deep.
    """
    parser = etree.XMLParser(
        target=cast(Any, _Target(walker)),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except etree.XMLSyntaxError as problem:
        raise RefusedError("broken") from problem
