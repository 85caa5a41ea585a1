"""Đọc gói tin: whatever producers do to it, the same document comes out, and what was odd is said."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.core import limits
from app.exchange.cli import command
from app.exchange.labels import PACKAGE_NOTES, PACKAGE_REFUSALS
from app.exchange.service.inspecting import inspect_file
from tests.unit.exchange.edxml import BUSINESS, HEADER, NOTE, PDF, SPACE, attachment, package, status, zipped


def _read(folder: Path, data: bytes | str) -> dict:
    path = folder / "gói.edxml"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return inspect_file(str(path))


def _soap(text: str) -> str:
    inner = text[text.index("<e:MessageHeader") : text.index("</e:edXMLHeader>")]
    body = text[text.index("<e:edXMLManifest") : text.index("</e:edXMLBody>")]
    rest = text[text.index("<AttachmentEncoded") : text.index("</edXML>")]
    return f'<S:Envelope xmlns:S="urn:example:envelope"><S:Header>{inner}</S:Header><S:Body>{body}{rest}</S:Body></S:Envelope>'


def _mime(text: str, *, opening: str = "") -> bytes:
    """Two files as parts of their own, only referred to in the XML."""
    cut = text[: text.index("<AttachmentEncoded")] + "</edXML>"
    parts = [
        b"Content-Type: text/xml; charset=utf-8\r\nContent-ID: <root>\r\n\r\n" + cut.encode(),
        b"Content-Type: application/pdf\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        + PDF,
        b"Content-Type: application/zip\r\nContent-ID: <2>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(zipped(NOTE)),
    ]
    body = b"".join(b"--vien\r\n" + part + b"\r\n" for part in parts) + b"--vien--\r\n"
    return opening.encode() + body


def _archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


TEXT = package()
WRAPPED = TEXT.replace(base64.b64encode(zipped(NOTE)).decode(), base64.encodebytes(zipped(NOTE)).decode())
SHAPES: dict[str, tuple[bytes | str, str]] = {
    "as the order has it": (TEXT, ""),
    "order turned round": (package(dict(reversed(HEADER.items()))), "element_order"),
    "byte order mark": (b"\xef\xbb\xbf" + TEXT.encode(), "bom"),
    "junk before": (b"\x00\x10\xffXYZ\r\n" + TEXT.encode(), "junk_before"),
    "blank lines before": ("\r\n\r\n  " + TEXT, "space_before"),
    "junk after": (TEXT + "\r\n\x00\x00<<EOF", "junk_after"),
    "control characters": (TEXT.replace("rà soát", "rà \x0bsoát"), "control_characters"),
    "no declaration": (package(head=""), ""),
    "says utf-16, is utf-8": (package(head='<?xml version="1.0" encoding="utf-16"?>'), "encoding_declared"),
    "is utf-16 with a mark": (TEXT.replace("UTF-8", "UTF-16").encode("utf-16"), "bom"),
    "is utf-16 without a mark": (TEXT.encode("utf-16-le"), "encoding_declared"),
    "a letter cut": (TEXT.encode().replace("Ủy".encode(), "Ủy".encode()[1:], 1), "broken_characters"),
    "prefix nobody declared": (package(declare=False), "unbound_prefix"),
    "older name space": (package(space="http://example.vn/eDoc/Schema/"), "namespace_other"),
    "another year's name space": (package(space=SPACE.replace("2016", "2022")), "namespace_other"),
    "no prefixes": (TEXT.replace("<e:", "<").replace("</e:", "</"), ""),
    "other case": (TEXT.replace("OrganId", "organid").replace("e:Subject", "e:SUBJECT"), ""),
    "bare ampersand": (TEXT.replace("Ví dụ &amp; Thử", "Ví dụ & Thử"), "bare_ampersand"),
    "letter of HTML": (TEXT.replace("rà soát", "r&agrave; soát"), "bare_ampersand"),
    "text in CDATA": (TEXT.replace("Về việc rà soát dữ liệu", "<![CDATA[Về việc rà soát dữ liệu]]>"), ""),
    "comment inside": (TEXT.replace("Về việc", "Về <!-- x -->việc"), ""),
    "in a SOAP envelope": (_soap(TEXT), "root_named"),
    "escaped in a reply": ("<r><return>" + TEXT.replace("&", "&amp;").replace("<", "&lt;") + "</return></r>", "carrier_embedded"),
    "base64 in a reply": (f"<r><data>{base64.b64encode(TEXT.encode()).decode()}</data></r>", "carrier_embedded"),
    "in JSON": (json.dumps({"status": "OK", "data": base64.b64encode(TEXT.encode()).decode()}), "carrier_json"),
    "in base64": (base64.encodebytes(TEXT.encode()), "carrier_base64"),
    "gzipped": (gzip.compress(TEXT.encode()), "carrier_gzip"),
    "zipped": (zipped(TEXT.encode(), "a.edxml"), "carrier_zip"),
    "MIME": (_mime(TEXT, opening='MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="vien"\r\n\r\n'), "carrier_mime"),
    "MIME without its head": (_mime(TEXT), "carrier_mime"),
    "base64 in lines": (WRAPPED, "base64_lines"),
    "base64 without its end": (TEXT.replace("==<", "<").replace("=<", "<"), "base64_padding"),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_document_from_every_shape(tmp_path: Path, shape: str):
    data, odd = SHAPES[shape]
    found = _read(tmp_path, data)
    assert next(iter(found)) == "file"
    assert found["ok"], found
    assert (found["kind"], found["business_type"]) == ("document", 0)
    assert found["document_id"] == "H29.01,2026/11/20,45/SVD-VP"
    assert found["code"]["reference"] == "45/SVD-VP"
    assert found["promulgation"]["date"] == "2026-11-20"
    assert found["from"]["organ_id"] == "H29.01"
    assert found["from"]["name"] == "Sở Ví dụ & Thử"
    assert found["to"][0]["organ_id"] == "000.00.17.H29"
    assert found["subject"] == "Về việc rà soát dữ liệu"
    assert found["other"]["priority_name"] == "Khẩn"
    assert [(a["name"], a["type"], a["size"], a["sha256"]) for a in found["attachments"]] == [
        ("45-SVD.pdf", "pdf", len(PDF), hashlib.sha256(PDF).hexdigest()),
        ("phu luc.txt", "text", len(NOTE), hashlib.sha256(NOTE).hexdigest()),
    ]
    if odd:
        assert any(
            note.startswith(PACKAGE_NOTES[odd].split("{")[0][:20]) or PACKAGE_NOTES[odd].split("{")[0] in note
            for note in found["tolerated"]
        ), found["tolerated"]
    elif shape == "as the order has it":
        assert found["tolerated"] == []


@pytest.mark.parametrize("kind", [0, 1, 2, 3])
def test_business_types(tmp_path: Path, kind: int):
    assert _read(tmp_path, package(business=BUSINESS.format(kind)))["business_type"] == kind


@pytest.mark.parametrize("code", ["01", "02", "03", "04", "05", "06", "13", "15", "16"])
def test_states(tmp_path: Path, code: str):
    found = _read(tmp_path, status(code))
    assert (found["kind"], found["status_code"]) == ("status", code)
    assert found["status"]["timestamp"] == "2026-11-20T10:00:00+07:00"
    assert found["status"]["staff"]["staff"] == "Trần Thị Thử"
    assert found["response_for"][0]["document_id"] == "H29.01,2026/11/20,45/SVD-VP"


def test_the_state_message_of_older_producers(tmp_path: Path):
    inner = status("1").split("<e:MessageHeader>")[1].split("</e:MessageHeader>")[0]
    found = _read(
        tmp_path, f'<S:Envelope xmlns:S="x"><S:Header><e:Status>{inner}</e:Status></S:Header></S:Envelope>'
    )
    assert found["status_code"] == "01"


def test_names_from_before_2016(tmp_path: Path):
    old = HEADER | {
        "PromulgationInfo": "<e:PromulgationInfo><e:Date>20/11/2014</e:Date></e:PromulgationInfo>",
        "DocumentType": "<e:type><value>18</value><description>Công văn</description></e:type>",
        "SignerInfo": "<e:Author><e:Function>Giám đốc</e:Function><e:FullName>Lê Mẫu</e:FullName></e:Author>",
        "OtherInfo": "<e:OtherInfo><e:Priority>Hỏa tốc</e:Priority><e:Secret>Thường</e:Secret></e:OtherInfo>",
    }
    files = f'<e:document><e:attach><e:attachment Content-Type="application/zip"><name>a.txt</name><value>\n{base64.encodebytes(NOTE).decode()}</value></e:attachment></e:attach></e:document>'
    found = _read(tmp_path, package(old, business="", files=files))
    assert found["promulgation"]["date"] == "2014-11-20"
    assert found["document_type"]["name"] == "Công văn"
    assert found["signer"]["position"] == "Giám đốc"
    assert (found["other"]["priority"], found["secrecy"]) == (3, "Thường")
    assert (found["attachments"][0]["name"], found["attachments"][0]["sha256"]) == (
        "a.txt",
        hashlib.sha256(NOTE).hexdigest(),
    )


def test_header_and_files_in_two_documents_of_one_archive(tmp_path: Path):
    header = TEXT[: TEXT.index("<AttachmentEncoded")] + "</edXML>"
    files = TEXT[TEXT.index("<AttachmentEncoded") : TEXT.index("</edXML>")]
    found = _read(tmp_path, _archive(header_xml=header.encode(), Attachment_xml=files.encode()))
    assert [a["name"] for a in found["attachments"]] == ["45-SVD.pdf", "phu luc.txt"]


def test_what_is_wrapped_and_what_is_an_archive(tmp_path: Path):
    many = _archive(a_txt=b"1", b_txt=b"2")
    files = (
        attachment(zipped(PDF, "x.PDF"), "Thông báo.pdf", "1", "application/pdf")
        + attachment(zipped(NOTE), "hồ sơ.zip", "2")
        + attachment(many, "nhiều.doc", "3")
        + attachment(zipped(NOTE)[:-1], "cụt.txt", "4")
    )
    found = {a["name"]: a for a in _read(tmp_path, package(files=files))["attachments"]}
    assert found["Thông báo.pdf"]["type"] == "pdf"
    assert found["Thông báo.pdf"]["packed"]["size"] == len(zipped(PDF, "x.PDF"))
    assert found["hồ sơ.zip"]["type"] == found["nhiều.doc"]["type"] == "zip"
    assert found["cụt.txt"]["sha256"] == hashlib.sha256(NOTE).hexdigest()


BOMB = zipped(b"\x00" * 30_000_000)
ENTITY = '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "empty": (b"", "empty"),
    "not XML": ("Kính gửi: các đơn vị", "not_xml"),
    "another XML": ("<a><b>1</b></a>", "not_package"),
    "cut": (TEXT[: len(TEXT) // 2], "package_cut"),
    "tags crossed": (TEXT.replace("</e:Subject>", "</e:Subjec>"), "not_xml"),
    "document type": (ENTITY + package(head=""), "doctype"),
    "document type after the declaration": (TEXT.replace("?>", "?>" + ENTITY, 1), "doctype"),
    "document type in a reply": ("<r><data>" + base64.b64encode((ENTITY + package(head="")).encode()).decode() + "</data></r>", "doctype"),
    "laughs": ('<!DOCTYPE l [<!ENTITY a "ha">' + "".join(f'<!ENTITY a{i} "&a{i - 1 or ""};&a{i - 1 or ""};">' for i in range(1, 30)) + "]><edXML>&a29;</edXML>", "doctype"),
    "bomb in an attachment": (package(files=attachment(BOMB, "a.txt", "1")), "bomb"),
    "bomb as the package": (BOMB, "bomb"),
    "bomb in gzip": (gzip.compress(b"<edXML>" + b" " * 60_000_000), "bomb"),
    "path in the archive": (package(files=attachment(zipped(NOTE, "../../a.txt"), "a.txt", "1")), "bad_entry_name"),
    "deep": ("<edXML>" + "<a>" * 5_000 + "</a>" * 5_000 + "</edXML>", "too_complex"),
    "many elements": ("<edXML>" + "<a/>" * 200_000 + "</edXML>", "too_complex"),
    "many files": (package(files=attachment(b"x", "a", "1") * (limits.PACKAGE_FILES + 1)), "too_many_files"),
    "another encoding": (TEXT.encode("utf-8").replace("Về việc rà soát dữ liệu".encode(), "Về việc rà soát dữ liệu".encode("cp1258", "ignore") * 20), "encoding"),
    "not base64": (TEXT.replace("<e:ContentTransferEncoded>", "<e:ContentTransferEncoded>A", 1), "base64"),
    "business of no kind": (package(business=BUSINESS.format(9)), "business_type"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_packages(tmp_path: Path, name: str):
    data, code = HOSTILE[name]
    found = _read(tmp_path, data)
    assert (found["ok"], found.get("error_code")) == (False, code), found
    assert found["error"].startswith(PACKAGE_REFUSALS[code].split("{")[0])


def test_the_command(tmp_path: Path):
    good, bad = tmp_path / "tốt.edxml", tmp_path / "hỏng.edxml"
    good.write_text(TEXT, encoding="utf-8")
    bad.write_text("<a/>", encoding="utf-8")
    done = CliRunner().invoke(command, ["inspect", str(good), str(bad), str(tmp_path / "không có"), "--json"])
    rows = [json.loads(line) for line in done.output.splitlines()]
    assert [(r["file"], r["ok"]) for r in rows] == [
        (str(good), True),
        (str(bad), False),
        (str(tmp_path / "không có"), False),
    ]
    assert done.exit_code == 1
    plain = CliRunner().invoke(command, ["inspect", str(good)])
    assert plain.exit_code == 0
    assert "45/SVD-VP" in plain.output
