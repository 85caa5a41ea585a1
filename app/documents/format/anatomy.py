"""Các thành phần thể thức của một văn bản: which line is which component."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.documents.format.layout import Layout, Para, Piece

_ANNEX = re.compile(r"^(?:PHỤ LỤC|Phụ lục|BIỂU|MẪU|DANH SÁCH|ĐỀ CƯƠNG)\b")


@dataclass
class Anatomy:
    """Các thành phần đã nhận ra."""

    layout: Layout
    state: Piece | None = None
    motto: Piece | None = None
    agency: list[Piece] = field(default_factory=list)
    number: Piece | None = None
    place_date: Piece | None = None
    urgency: Piece | None = None
    type_piece: Piece | None = None
    type_name: str = ""
    abstract: list[Piece] = field(default_factory=list)
    addressee: list[Piece] = field(default_factory=list)
    deciders: list[Piece] = field(default_factory=list)
    body: list[Para] = field(default_factory=list)
    authority: list[Piece] = field(default_factory=list)
    positions: list[Piece] = field(default_factory=list)
    signer: Piece | None = None
    recipients_head: Piece | None = None
    recipients: list[Piece] = field(default_factory=list)
    rules: list[tuple[float, int]] = field(default_factory=list)  # (x, order of the line it stands under)
    body_from: int = 0
    signing_from: int = 0
    annex_from: int = 0

    @property
    def is_letter(self) -> bool:
        """Công văn."""
        return self.type_name == "Công văn"

    @property
    def claimed(self) -> set[int]:
        """Thứ tự các dòng đã thuộc một thành phần."""
        single = [
            self.state,
            self.motto,
            self.number,
            self.place_date,
            self.urgency,
            self.type_piece,
            self.signer,
            self.recipients_head,
        ]
        many = [
            *self.agency,
            *self.abstract,
            *self.addressee,
            *self.authority,
            *self.positions,
            *self.recipients,
        ]
        return {p.order for p in [*single, *many] if p is not None}


def is_annex_start(text: str) -> bool:
    """Dòng mở đầu phụ lục."""
    return _ANNEX.match(text.strip()) is not None
