"""Loại tệp: the kinds of file the office takes, each with its media type and extensions. Ours, never the sender's."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Loại tệp nhận biết theo nội dung."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    TEXT = "text"
    CSV = "csv"
    ZIP = "zip"

    @property
    def media_type(self) -> str:
        """The type we serve it under."""
        return _MEDIA_TYPES[self]

    @property
    def label(self) -> str:
        """The word a person knows it by."""
        return _LABELS[self]

    @property
    def extensions(self) -> tuple[str, ...]:
        """File name endings that go with the content, the usual one first."""
        return _EXTENSIONS[self]


_WORD = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{_WORD}.wordprocessingml.document",
    Kind.XLSX: f"{_WORD}.spreadsheetml.sheet",
    Kind.PPTX: f"{_WORD}.presentationml.presentation",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.TIFF: "image/tiff",
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.ZIP: "application/zip",
}
_EXTENSIONS = {
    Kind.PDF: ("pdf",),
    Kind.DOCX: ("docx",),
    Kind.XLSX: ("xlsx",),
    Kind.PPTX: ("pptx",),
    Kind.PNG: ("png",),
    Kind.JPEG: ("jpg", "jpeg", "jfif"),
    Kind.TIFF: ("tif", "tiff"),
    Kind.TEXT: ("txt", "md", "log"),
    Kind.CSV: ("csv",),
    Kind.ZIP: ("zip",),
}
_LABELS = {
    Kind.PDF: "PDF",
    Kind.DOCX: "Word (DOCX)",
    Kind.XLSX: "Excel (XLSX)",
    Kind.PPTX: "PowerPoint (PPTX)",
    Kind.PNG: "ảnh PNG",
    Kind.JPEG: "ảnh JPEG",
    Kind.TIFF: "ảnh TIFF",
    Kind.TEXT: "văn bản thuần (TXT)",
    Kind.CSV: "bảng CSV",
    Kind.ZIP: "tệp nén ZIP",
}

MAIN_FILE = frozenset({Kind.PDF, Kind.DOCX})
SCAN = frozenset({Kind.PDF, Kind.PNG, Kind.JPEG, Kind.TIFF})
ATTACHMENT = frozenset(Kind)

WITH_PAGES = frozenset({Kind.PDF, Kind.PNG, Kind.JPEG, Kind.TIFF})
WITH_TEXT = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.TEXT, Kind.CSV})

_BY_EXTENSION = {ending: kind for kind, endings in _EXTENSIONS.items() for ending in endings}


def kind_of_extension(ending: str) -> Kind | None:
    """Loại tệp theo đuôi tên, lower case without the dot."""
    return _BY_EXTENSION.get(ending)


def names_of(kinds: frozenset[Kind]) -> str:
    """Danh sách loại để nói với người dùng: "PDF, Word (DOCX)"."""
    return ", ".join(kind.label for kind in Kind if kind in kinds)


def accept_list(kinds: frozenset[Kind]) -> str:
    """Giá trị thuộc tính ``accept`` của ô chọn tệp."""
    return ",".join(f".{ending}" for kind in Kind if kind in kinds for ending in kind.extensions)
