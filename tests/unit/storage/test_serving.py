"""Giao tệp: headers by which no stored file ever runs, and names that fit a header."""

from __future__ import annotations

import io
import string
from email.message import Message
from pathlib import Path
from urllib.parse import unquote

import pytest

from app.core.errors import NotFound
from app.storage import service, serving
from app.storage.backends import BlobDamaged
from app.storage.kinds import Kind
from app.storage.models import StoredFile
from app.storage.names import clean_filename, ending_of
from tests.unit.storage import files

HOSTILE_NAMES = {
    "x" * 300 + ".pdf": None,
    "CON": "tệp CON",
    "NUL.pdf": "tệp NUL.pdf",
    "com1.txt": "tệp com1.txt",
    "a/b.pdf": "b.pdf",
    "C:\\fakepath\\b.pdf": "b.pdf",
    "../../etc/passwd": "passwd",
    "..": "tệp",
    "": "tệp",
    ".htaccess": "htaccess",
    'a"b.pdf': "a b.pdf",
    "a\r\nSet-Cookie: x=1.pdf": "x=1.pdf",
    "a\nb.pdf": "a b.pdf",
    "a%0d%0ab.pdf": "a b.pdf",
    "a%2f..%2fb.pdf": "a .. b.pdf",
    "gpj.\u202efdp.exe": "gpj.fdp.exe",
    "a\u200b.pdf": "a.pdf",
    "a\x00.pdf": "a.pdf",
    "Công văn hỏa tốc.pdf": "Công văn hỏa tốc.pdf",
    "Co\u0302ng va\u0306n.pdf": "Công văn.pdf",
    "<script>.pdf": "script.pdf",
    "  .pdf  ": "pdf",
}


@pytest.mark.parametrize("raw", HOSTILE_NAMES)
def test_b38_names_are_cleaned_for_display(raw: str):
    clean = clean_filename(raw)
    if HOSTILE_NAMES[raw] is not None:
        assert clean == HOSTILE_NAMES[raw]
    assert 0 < len(clean) <= 200
    assert not set(clean) & set('/\\:*?"<>|\r\n\x00')
    assert clean.isprintable()
    assert clean_filename(clean) == clean


def test_a_long_name_keeps_its_ending():
    assert clean_filename("x" * 300 + ".pdf").endswith("….pdf")


def test_endings():
    assert [ending_of(n) for n in ("a.PDF", "a", "Công văn 12.2026", "a.7z", "a.tar.gz")] == [
        "pdf",
        "",
        "",
        "7z",
        "gz",
    ]


@pytest.mark.parametrize("raw", [*HOSTILE_NAMES, "a;b%41'.pdf", "Đơn \u20ac.pdf", "a,b=c.pdf"])
def test_b38_the_header_is_valid_and_gives_the_name_back(raw: str):
    header = serving.content_disposition("attachment", raw)

    assert set(header) <= set(string.printable) - set("\r\n\t\v\f"), "ASCII, one line"
    message = Message()
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == "attachment"
    assert unquote(header.split("filename*=UTF-8''")[1]) == clean_filename(raw)
    plain = header.split('filename="')[1].split('"')[0]
    assert "%" not in plain
    assert "\\" not in plain


def test_the_plain_name_of_a_vietnamese_one_can_be_read():
    header = serving.content_disposition("attachment", "Đề án đổi mới.pdf")
    assert (
        header
        == "attachment; filename=\"De an doi moi.pdf\"; filename*=UTF-8''%C4%90%E1%BB%81%20%C3%A1n%20%C4%91%E1%BB%95i%20m%E1%BB%9Bi.pdf"
    )


def _row(upload: service.Upload) -> StoredFile:
    kind = Kind(upload.kind)
    return StoredFile(
        sha256=upload.sha256,
        size=upload.size,
        kind=kind.value,
        media_type=kind.media_type,
        page_count=upload.page_count,
        facts={},
    )


@pytest.mark.parametrize(
    ("data", "name", "inline", "way"),
    [(files.letter(), "a.pdf", False, "attachment"), (files.letter(), "a.pdf", True, "inline"), (files.picture(), "a.png", True, "inline"),
     (files.letter_docx(), "a.docx", True, "attachment"), (b"xin chao", "a.txt", True, "attachment"),
     (files.archive({"a.txt": b"a"}), "a.zip", True, "attachment")],
)  # fmt: skip
def test_b5_headers_of_a_download(send, data: bytes, name: str, inline: bool, way: str):
    file = _row(send(data, name))
    spec = serving.download(file, name, inline=inline)

    assert spec.headers["X-Content-Type-Options"] == "nosniff"
    assert spec.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert spec.headers["Content-Disposition"].startswith(f"{way};")
    assert spec.headers["Cache-Control"] == "private, no-store"
    assert spec.headers["Content-Type"] == Kind(file.kind).media_type
    assert spec.etag == f'"{file.sha256}"'
    assert (spec.path.read_bytes(), spec.size) == (data, len(data))


def test_a_damaged_file_is_not_served(send, root: Path):
    file = _row(send(files.letter(), "a.pdf"))
    path = serving.download(file, "a.pdf").path
    path.write_bytes(b"short")
    with pytest.raises(BlobDamaged):
        serving.download(file, "a.pdf")


def test_page_images_are_drawn_on_demand_and_kept(send, root: Path):
    file = _row(send(files.letter(), "a.pdf"))

    spec = serving.page_image(file, 2)

    assert spec.headers["Content-Type"] == "image/webp"
    assert spec.path == root / "previews" / file.sha256[:2] / file.sha256 / "2.webp"
    before = spec.path.stat().st_mtime_ns
    assert serving.page_image(file, 2).path.stat().st_mtime_ns == before, "not drawn twice"


def test_a_torn_page_image_is_drawn_again(send, root: Path):
    file = _row(send(files.letter(), "a.pdf"))
    path = service.page_image(file, 1)
    whole = path.read_bytes()
    path.write_bytes(whole[:1000])
    assert service.page_image(file, 1).read_bytes() == whole


@pytest.mark.parametrize("number", [0, 3, -1, 10**9])
def test_no_page_beyond_the_last(send, number: int):
    with pytest.raises(NotFound):
        service.page_image(_row(send(files.letter(), "a.pdf")), number)


def test_a_word_file_has_no_pages(send):
    with pytest.raises(NotFound):
        service.page_image(_row(send(files.letter_docx(), "a.docx")), 1)


def test_our_own_files_are_kept_without_inspection(root: Path):
    upload = service.store_made(b"%PDF-1.7 ...", "Biên bản", Kind.PDF, page_count=1)
    assert upload.name == "Biên bản.pdf"
    with service.storage().blobs.open(upload.sha256, upload.size) as stream:
        assert stream.read() == io.BytesIO(b"%PDF-1.7 ...").read()
