"""Tệp ký thử: an authority, keys and letters made on the spot, signed by our own desk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst
from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from app.signing.service import authority, pdf
from app.signing.service.keys.port import OpenKey
from app.signing.service.keys.software import signer_of
from app.signing.service.trusting import Trust

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LETTER = """
#let d = json(bytes(sys.inputs.d))
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm))
#set text(size: 13pt, lang: "vi", font: "Libertinus Serif")
#grid(columns: (1fr, 95mm), align: center,
  [*ỦY BAN NHÂN DÂN* \\ *THÀNH PHỐ* \\ #v(2mm) #d.number],
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc* \\ #v(2mm) #emph(d.date)])
#v(8mm)
#align(center)[*QUYẾT ĐỊNH* \\ *Về việc phân công trực bão*]
#for n in range(d.paragraphs) { par[Điều #(n + 1). Giao các cơ quan tổ chức thực hiện nghiêm túc nội dung số #(n + 1).] }
#v(5mm)
#grid(columns: (1fr, 85mm), align: (left, center),
  [_Nơi nhận:_ \\ - Như trên; \\ - Lưu: VT.],
  [*CHỦ TỊCH* #v(24mm) *#d.signer*])
"""


@cache
def letter(
    number: str = "Số:           /QĐ-UBND", date: str = "Huế, ngày       tháng       năm 2026",
    signer: str = "Nguyễn Văn An", paragraphs: int = 5,
) -> bytes:  # fmt: skip
    """Một quyết định chưa có số, ngày."""
    data = {"number": number, "date": date, "signer": signer, "paragraphs": paragraphs}
    return bytes(typst.compile(LETTER.encode(), format="pdf", sys_inputs={"d": json.dumps(data)}))


@dataclass(frozen=True)
class Desk:
    """Nơi cấp và khóa của một lãnh đạo, một cơ quan."""

    trust: Trust
    root_pem: bytes
    leader: OpenKey
    agency: OpenKey
    authority: authority.Authority

    def key(
        self, name: str = "Người khác", *, kind: str = "ec", now: datetime = AT, days: int = 900
    ) -> OpenKey:
        """Thêm một khóa của cùng nơi cấp."""
        return make_key(self.authority, name, kind=kind, now=now, days=days)


def make_key(
    by: authority.Authority, name: str, *, kind: str = "ec", now: datetime = AT, days: int = 900
) -> OpenKey:
    """Khóa và chứng thư trong bộ nhớ."""
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    made = by.issue(key, name=name, organization="UBND thành phố", title="Chủ tịch", now=now, days=days)
    return OpenKey(x509.Certificate.load(made.public_bytes(Encoding.DER)), [_asn(by)], signer_of(key))


def _asn(by: authority.Authority) -> x509.Certificate:
    return x509.Certificate.load(by.certificate.public_bytes(Encoding.DER))


@cache
def desk() -> Desk:
    """Bàn ký dùng chung của các phép thử."""
    made = authority.make("Nơi cấp chứng thư kiểm thử", AT)
    return Desk(
        Trust([made.certificate.public_bytes(Encoding.DER)]),
        made.certificate.public_bytes(Encoding.PEM),
        make_key(made, "Nguyễn Văn An"),
        make_key(made, "UBND thành phố"),
        made,
    )


@cache
def begun() -> tuple[bytes, pdf.Plan]:
    """Văn bản đã có chữ ký của người có thẩm quyền, và chỗ của số, ngày, con dấu."""
    return pdf.sign_first(
        letter(), desk().leader, name="Nguyễn Văn An", signer="Nguyễn Văn An", seal_mm=36, image=None, at=AT
    )


def signed_by_leader() -> bytes:
    """Văn bản đã có chữ ký của người có thẩm quyền."""
    return begun()[0]


@cache
def sealed() -> bytes:
    """Văn bản đã có số, ngày và cả hai chữ ký."""
    data, plan = begun()
    values = {"SoVanBan": "05", "Ngay": "23", "Thang": "11"}
    return pdf.seal(data, plan, desk().agency, agency="UBND thành phố", image=None, values=values, at=AT)


def write(folder: Path, name: str, data: bytes) -> Path:
    """Ghi ra tệp."""
    path = folder / name
    path.write_bytes(data)
    return path
