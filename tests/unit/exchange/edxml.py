"""Gói tin mẫu cho kiểm thử: one package, bent into the shapes that producers send."""

from __future__ import annotations

import base64
import io
import zipfile

SPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
NOTE = "Nội dung phụ lục số 1\n".encode() * 5

FROM = "<e:From><e:OrganId>H29.01</e:OrganId><e:OrganName>Sở Ví dụ &amp; Thử</e:OrganName></e:From>"
TO = "<e:To><e:OrganId>000.00.17.H29</e:OrganId><e:OrganName>Ủy ban nhân dân phường Mẫu</e:OrganName></e:To>"
HEADER = {
    "From": FROM,
    "To": TO,
    "DocumentId": "<e:DocumentId>H29.01,2026/11/20,45/SVD-VP</e:DocumentId>",
    "Code": "<e:Code><e:CodeNumber>45</e:CodeNumber><e:CodeNotation>SVD-VP</e:CodeNotation></e:Code>",
    "PromulgationInfo": "<e:PromulgationInfo><e:Place>Hà Nội</e:Place><e:PromulgationDate>2026/11/20</e:PromulgationDate></e:PromulgationInfo>",
    "DocumentType": "<e:DocumentType><e:Type>2</e:Type><e:TypeDetail>18</e:TypeDetail><e:TypeName>Công văn</e:TypeName></e:DocumentType>",
    "Subject": "<e:Subject>Về việc rà soát dữ liệu</e:Subject>",
    "SignerInfo": "<e:SignerInfo><e:Competence>KT.</e:Competence><e:Position>Phó Giám đốc</e:Position><e:FullName>Nguyễn Văn Mẫu</e:FullName></e:SignerInfo>",
    "OtherInfo": "<e:OtherInfo><e:Priority>1</e:Priority></e:OtherInfo>",
}
TRACE = "<e:TraceHeader><e:OrganId>H29.01</e:OrganId><e:Timestamp>2026/11/20 09:10:11</e:Timestamp></e:TraceHeader>"
BUSINESS = "<e:Bussiness><e:BussinessDocType>{}</e:BussinessDocType><e:Paper>0</e:Paper></e:Bussiness>"


def zipped(data: bytes, entry: str = "a1b2.txt") -> bytes:
    """Tệp nén một thành phần."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry, data)
    return out.getvalue()


def attachment(content: bytes, name: str, cid: str, declared: str = "application/zip") -> str:
    """Một tệp đính kèm."""
    encoded = base64.b64encode(content).decode()
    return (
        f"<Attachment><ContentId>cid:{cid}</ContentId><AttachmentName>{name}</AttachmentName><ContentType>{declared}</ContentType>"
        f"<e:ContentTransferEncoded>{encoded}</e:ContentTransferEncoded></Attachment>"
    )


FILES = attachment(PDF, "45-SVD.pdf", "1", "application/pdf") + attachment(zipped(NOTE), "phu luc.txt", "2")


def package(
    header: dict[str, str] | None = None, *, business: str = BUSINESS.format(0), files: str = FILES, head: str = '<?xml version="1.0" encoding="UTF-8"?>',
    space: str = SPACE, declare: bool = True,
) -> str:  # fmt: skip
    """Gói tin: order and parts as given."""
    fields = "".join((HEADER if header is None else header).values())
    bound = f' xmlns:e="{space}"' if declare else ""
    references = "".join(
        f"<e:Reference><e:ContentId>cid:{i}</e:ContentId><e:AttachmentName>{n}</e:AttachmentName></e:Reference>"
        for i, n in ((1, "45-SVD.pdf"), (2, "phu luc.txt"))
    )
    return (
        f'{head}<edXML xmlns="{space}"{bound}><e:edXMLEnvelope><e:edXMLHeader><e:MessageHeader>{fields}</e:MessageHeader>'
        f"<e:TraceHeaderList>{TRACE}{business}</e:TraceHeaderList></e:edXMLHeader>"
        f"<e:edXMLBody><e:edXMLManifest>{references}</e:edXMLManifest></e:edXMLBody></e:edXMLEnvelope>"
        f"<AttachmentEncoded>{files}</AttachmentEncoded></edXML>"
    )


def status(code: str = "03") -> str:
    """Gói tin trạng thái."""
    return (
        f'<edXML xmlns="{SPACE}" xmlns:e="{SPACE}"><e:edXMLEnvelope><e:edXMLHeader><e:MessageHeader>{TO.replace("e:To", "e:From")}'
        "<e:ResponseFor><e:OrganId>H29.01</e:OrganId><e:Code>45/SVD-VP</e:Code><e:PromulgationDate>2026/11/20</e:PromulgationDate>"
        "<e:DocumentId>H29.01,2026/11/20,45/SVD-VP</e:DocumentId></e:ResponseFor>"
        "<e:StaffInfo><e:Department>Văn phòng</e:Department><e:Staff>Trần Thị Thử</e:Staff></e:StaffInfo>"
        f"<e:StatusCode>{code}</e:StatusCode><e:Description>Đã vào sổ</e:Description><e:Timestamp>2026/11/20 10:00:00</e:Timestamp>"
        "</e:MessageHeader></e:edXMLHeader></e:edXMLEnvelope></edXML>"
    )
