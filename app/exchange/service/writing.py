"""Viết gói tin edXML: the order of the reference producer, UTF-8, the same bytes for the same document every time."""

from __future__ import annotations

import base64
import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape

from app.core import clock
from app.exchange import labels

SPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIXED_TIME = (2016, 4, 1, 0, 0, 0)  # of entries in archives: equal content gives equal bytes


@dataclass(frozen=True)
class Organ:
    """Một cơ quan trên gói tin."""

    code: str
    name: str
    in_charge: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Enclosure:
    """Một tệp: its bytes, or only its name, size and hash with the place where the party can fetch it."""

    name: str
    sha256: str
    size: int
    is_pdf: bool
    data: bytes | None = None
    link: str = ""


@dataclass(frozen=True)
class Letter:
    """Văn bản cần viết thành gói tin."""

    id: str
    sender: Organ
    recipients: Sequence[Organ]
    number: str
    notation: str
    place: str
    issued_on: date
    type_name: str
    subject: str
    signer_name: str
    signer_position: str
    reply_by: date | None
    urgency: int
    pages: int
    sent_at: datetime
    sent_by: str
    business_type: int = 0
    reason: str = ""
    about: About | None = None
    enclosures: Sequence[Enclosure] = ()


@dataclass(frozen=True)
class About:
    """Văn bản được nhắc đến: answered, recalled, updated or replaced."""

    organ_code: str
    reference: str
    issued_on: date | None
    document_id: str


@dataclass(frozen=True)
class State:
    """Trạng thái cần báo."""

    reporter: Organ
    about: About
    code: str
    reason: str
    at: datetime
    by: str
    department: str = ""


def document_id(organ_code: str, issued_on: date, reference: str) -> str:
    """Mã văn bản trên trục: cơ quan, ngày, số ký hiệu."""
    return f"{organ_code},{issued_on:%Y/%m/%d},{reference}"


def write_letter(letter: Letter) -> bytes:
    """Gói tin văn bản."""
    header = [
        _organ("From", letter.sender),
        *(_organ("To", organ) for organ in letter.recipients),
        _leaf("DocumentId", letter.id),
        _tree("Code", _leaf("CodeNumber", letter.number), _leaf("CodeNotation", letter.notation)),
        _tree(
            "PromulgationInfo",
            _leaf("Place", letter.place),
            _leaf("PromulgationDate", _day(letter.issued_on)),
        ),
        _tree(
            "DocumentType", _leaf("Type", "2"), _leaf("TypeDetail", "0"), _leaf("TypeName", letter.type_name)
        ),
        _leaf("Subject", letter.subject),
        _leaf("Content", letter.subject),
        _tree(
            "SignerInfo",
            _leaf("Competence", ""),
            _leaf("Position", letter.signer_position),
            _leaf("FullName", letter.signer_name),
        ),
        _leaf("DueDate", _day(letter.reply_by)),
        _tree(
            "OtherInfo",
            _leaf("Priority", str(letter.urgency)),
            _leaf("PromulgationAmount", str(len(letter.recipients))),
            _leaf("PageAmount", str(letter.pages)),
            _leaf("Direction", "false"),
        ),
        _about(letter.about),
        _leaf("SteeringType", "0"),
    ]
    trace = _tree(
        "TraceHeaderList",
        _tree(
            "TraceHeader", _leaf("OrganId", letter.sender.code), _leaf("Timestamp", _moment(letter.sent_at))
        ),
        _business(letter),
    )
    manifest = "".join(
        _tree(
            "Reference",
            _leaf("ContentId", _cid(item)),
            _leaf("ContentType", _content_type(item)),
            _leaf("Description", _description(item)),
            _leaf("AttachmentName", item.name),
        )
        for item in letter.enclosures
    )
    body = f'<edXML:edXMLBody><edXML:edXMLManifest version="1.0">{manifest}</edXML:edXMLManifest></edXML:edXMLBody>'
    return b"".join([_envelope(header, trace, body), *_attachments(letter.enclosures), b"</edXML>\n"])


def write_state(state: State) -> bytes:
    """Gói tin trạng thái: no body, no attachment."""
    header = [
        _organ("From", state.reporter),
        _about(state.about),
        _tree("StaffInfo", _leaf("Department", state.department), _leaf("Staff", state.by)),
        _leaf("StatusCode", state.code),
        _leaf("Description", state.reason or labels.STATUS_NAMES[state.code]),
        _leaf("Timestamp", _moment(state.at)),
    ]
    return _envelope(header, "", "") + b"</edXML>\n"


def _envelope(header: Iterable[str], trace: str, body: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="{SPACE}"><edXML:edXMLEnvelope xmlns:edXML="{SPACE}">'
        f"<edXML:edXMLHeader><edXML:MessageHeader>{''.join(header)}</edXML:MessageHeader>{trace}</edXML:edXMLHeader>"
        f"{body}</edXML:edXMLEnvelope>"
    ).encode()


def _leaf(name: str, value: str) -> str:
    """An element with text; left out when there is none, as the reference producer does."""
    text = escape(_NOT_XML.sub(" ", value.encode("utf-8", "replace").decode())).strip()
    return f"<edXML:{name}>{text}</edXML:{name}>" if text else ""


def _tree(name: str, *inner: str) -> str:
    content = "".join(inner)
    return f"<edXML:{name}>{content}</edXML:{name}>" if content else ""


def _organ(name: str, organ: Organ) -> str:
    return _tree(
        name,
        _leaf("OrganId", organ.code),
        _leaf("OrganizationInCharge", organ.in_charge),
        _leaf("OrganName", organ.name),
        _leaf("OrganAdd", organ.address),
        _leaf("Email", organ.email),
        _leaf("Telephone", organ.phone),
    )


def _about(about: About | None) -> str:
    if about is None:
        return ""
    return _tree(
        "ResponseFor",
        _leaf("OrganId", about.organ_code),
        _leaf("Code", about.reference),
        _leaf("PromulgationDate", _day(about.issued_on)),
        _leaf("DocumentId", about.document_id),
    )


def _business(letter: Letter) -> str:
    replaced = ""
    if letter.business_type == 3 and letter.about is not None:
        organs = _tree("OrganIdList", *(_leaf("OrganId", organ.code) for organ in letter.recipients))
        replaced = _tree(
            "ReplacementInfoList",
            _tree("ReplacementInfo", _leaf("DocumentId", letter.about.document_id), organs),
        )
    return _tree(
        "Bussiness",
        _leaf("BussinessDocType", str(letter.business_type)),
        _leaf("BussinessDocReason", letter.reason or labels.BUSINESS[letter.business_type]),
        _leaf("Paper", "0"),
        _tree("BussinessDocumentInfo", _leaf("DocumentInfo", "1"), _leaf("DocumentReceiver", "0"))
        if letter.business_type == 2
        else "",
        replaced,
        _tree("StaffInfo", _leaf("Staff", letter.sent_by)),
    )


def _attachments(enclosures: Sequence[Enclosure]) -> Iterable[bytes]:
    held = [item for item in enclosures if item.data is not None]
    if not held:
        return
    yield b"<AttachmentEncoded>"
    for item in held:
        head = "".join(
            f"<{name}>{escape(_NOT_XML.sub(' ', value))}</{name}>"
            for name, value in (
                ("ContentId", _cid(item)),
                ("AttachmentName", item.name),
                ("Description", _description(item)),
                ("ContentType", _content_type(item)),
            )
        )
        yield f'<Attachment>{head}<edXML:ContentTransferEncoded xmlns:edXML="{SPACE}">'.encode()
        yield base64.b64encode(_packed(item))
        yield b"</edXML:ContentTransferEncoded></Attachment>"
    yield b"</AttachmentEncoded>"


def _packed(item: Enclosure) -> bytes:
    """PDF as it is; everything else in an archive of one, as receivers on the axis expect."""
    data = item.data or b""
    if item.is_pdf:
        return data
    out = io.BytesIO()
    ending = item.name.rpartition(".")[2] if "." in item.name else "bin"
    entry = zipfile.ZipInfo(f"{uuid.UUID(item.sha256[:32])}.{ending}", _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, data)
    return out.getvalue()


def _cid(item: Enclosure) -> str:
    return f"cid:{uuid.UUID(item.sha256[:32])}"


def _content_type(item: Enclosure) -> str:
    return "application/pdf" if item.is_pdf else "application/zip"


def _description(item: Enclosure) -> str:
    if not item.link:
        return item.name
    return f"Tệp lớn, tải riêng: {item.size} byte, SHA-256 {item.sha256}, {item.link}"


def _day(value: date | None) -> str:
    return f"{value:%Y/%m/%d}" if value else ""


def _moment(value: datetime) -> str:
    return f"{clock.local(value):%Y/%m/%d %H:%M:%S}"
