"""Đo ký số: processor time of signing, sealing and verifying, in the jail and outside it, and where it goes."""

from __future__ import annotations

import io
import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from app.core import clock
from app.signing.service import authority, pdf, sandbox, verifying
from app.signing.service.keys import OpenKey
from app.signing.service.keys.software import signer_of
from app.signing.service.trusting import Trust

_SIGNER: Final = "Nguyễn Văn An"
_LETTER: Final = """
#set page(paper: "a4", margin: 25mm)
#set text(size: 13pt, lang: "vi")
Số: #h(20mm) /QĐ-UBND #h(1fr) Huế, ngày #h(12mm) tháng #h(12mm) năm 2026
#for n in range(12) { par[Điều #(n + 1). Các cơ quan tổ chức thực hiện nghiêm túc nội dung được giao.] }
#image("noise.png", width: 40mm)
#align(right)[*CHỦ TỊCH* #v(24mm) *Nguyễn Văn An*]
"""


@dataclass(frozen=True)
class Measure:
    """Một phép đo: milliseconds of processor time, and what it may be at most."""

    title: str
    cpu_ms: float
    most_ms: float | None = None

    @property
    def line(self) -> str:
        """Dòng kết quả."""
        if self.most_ms is None:
            return f"          {self.title}: {self.cpu_ms:.1f} ms cpu"
        fits = self.cpu_ms <= self.most_ms
        return f"{'đạt' if fits else 'chưa đạt':9} {self.title}: {self.cpu_ms:.1f} ms cpu (nhiều nhất {self.most_ms:.0f})"


def measure(times: int = 30) -> list[Measure]:
    """Đo ký và xác minh, ``times`` lần mỗi việc."""
    now = clock.now()
    by = authority.make("Nơi cấp chứng thư đo tốc độ", now)
    leader, seal = (_key(by, name) for name in (_SIGNER, "UBND thành phố"))
    small, large = _letter(20), _letter(1_000)

    def begin(data: bytes) -> tuple[bytes, pdf.Plan]:
        return pdf.sign_first(data, leader, name=_SIGNER, signer=_SIGNER, seal_mm=36, image=None, at=now)

    first, where = begin(large)
    values = {"SoVanBan": "05", "Ngay": "23", "Thang": "11"}
    both = pdf.seal(first, where, seal, agency="UBND thành phố", image=None, values=values, at=now)
    trust = Trust([by.certificate.public_bytes(Encoding.DER)])

    def stamped() -> Any:
        return pdf.seal(first, where, seal, agency="UBND thành phố", image=None, values=values, at=now)

    found = [
        Measure("ký RSA-2048, không kể PDF", _cpu(lambda: leader.sign(b"0" * 200), times)),
        Measure(f"soi tệp {len(large) // 1024} KB và tìm chỗ ký", _cpu(lambda: pdf.plan(large, signer=_SIGNER, seal_mm=36), times)),
        Measure(f"chữ ký hiện hình trên tệp {len(large) // 1024} KB", _cpu(lambda: begin(large), times), 60),
        Measure(f"ký trong lượt, cả soi tệp {len(small) // 1024} KB (20 chữ ký mỗi giây mỗi lõi)", _cpu(lambda: begin(small), times), 50),
        Measure(f"điền số, ngày và đóng dấu tệp {len(first) // 1024} KB", _cpu(stamped, times)),
        Measure(f"xác minh hai chữ ký, tệp {len(both) // 1024} KB", _cpu(lambda: verifying.verify_bytes(both, trust, now), times), 100),
    ]  # fmt: skip
    sandbox.close()
    return found


def _cpu(work: Callable[[], Any], times: int) -> float:
    work()  # fonts, caches and the jail are warm, as in a running worker
    before = _spent()
    for _ in range(times):
        work()
    return (_spent() - before) * 1000 / times


def _spent() -> float:
    """Processor seconds of this process, of the jail's parent and of its children that have ended."""
    ticks = Path(f"/proc/{sandbox.pid()}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:15]
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _key(by: authority.Authority, name: str) -> OpenKey:
    key = rsa.generate_private_key(65537, 2048)
    made = by.issue(key, name=name, organization="UBND thành phố", title="", now=clock.now())
    root = x509.Certificate.load(by.certificate.public_bytes(Encoding.DER))
    return OpenKey(x509.Certificate.load(made.public_bytes(Encoding.DER)), [root], signer_of(key))


def _letter(kilobytes: int) -> bytes:
    """A letter of about this size: noise does not shrink."""
    import typst
    from PIL import Image

    side = max(8, int((kilobytes * 1024 / 3) ** 0.5))
    noise = Image.frombytes("RGB", (side, side), random.Random(side).randbytes(side * side * 3))  # noqa: S311 - filler
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        out = io.BytesIO()
        noise.save(out, "PNG")
        Path(folder, "noise.png").write_bytes(out.getvalue())
        source = Path(folder, "letter.typ")
        source.write_text(_LETTER, encoding="utf-8")
        return bytes(typst.compile(source, root=Path(folder), format="pdf"))
