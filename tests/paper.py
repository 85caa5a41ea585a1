"""Tệp thật cho kiểm thử: a one-page PDF and a DOCX made on the spot."""

from __future__ import annotations

import io
from functools import cache

import typst
from docx import Document as Word


@cache
def pdf(text: str = "V/v phòng chống bão") -> bytes:
    """Một trang PDF thật."""
    source = b'#set page(paper: "a4")\n#sys.inputs.body'
    return bytes(typst.compile(source, format="pdf", sys_inputs={"body": text}))


@cache
def docx(text: str = "V/v phòng chống bão") -> bytes:
    """Một tệp DOCX thật."""
    word = Word()
    word.add_paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    word.add_paragraph(text)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def upload(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    """Giá trị của một ô tệp trong biểu mẫu kiểm thử."""
    return io.BytesIO(content), name
