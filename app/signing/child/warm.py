"""Làm nóng: a page is signed with a key made for the moment and verified, so that whatever a library imports late is there."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdfium2
import pypdfium2.raw as c
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from app.signing import cms
from app.signing.child import checking, packing, placing

_AT = datetime(2026, 1, 1, tzinfo=UTC)
_NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "warm")])


def up() -> None:
    """Chạy thử mọi việc."""
    key = ec.generate_private_key(ec.SECP256R1())
    der = _certificate(key)
    certificate = asn1.Certificate.load(der)
    data, stamp = _page(595, 842), _page(80, 40)
    head: dict[str, Any] = {
        "signer": "warm",
        "seal_mm": 36,
        "at": _AT.isoformat(),
        "size": 8192,
        "name": "warm",
    }
    _call(placing.lint, head, [data])
    value, (data,) = _call(placing.begin, head, [stamp, data])
    name = next(n for n in value["fields"] if n.startswith("SoVanBan"))
    data = _signed(data, value, certificate, key)
    value, (data,) = _call(placing.fill, head | {"values": {name: "01"}}, [stamp, stamp, data])
    data = _signed(data, value, certificate, key)
    answer, _ = _call(checking.verify, {"roots": 1, "moment": _AT.isoformat()}, [der, data])
    if any(s["faults"] for s in answer["signatures"]) or answer["faults"] or len(answer["signatures"]) != 2:
        raise RuntimeError(f"the library does not verify what it signed: {answer}")


def _signed(
    data: bytes, value: dict[str, int], certificate: asn1.Certificate, key: ec.EllipticCurvePrivateKey
) -> bytes:
    digest = cms.digest_around(data, value["start"], value["end"])
    content = cms.build(digest, certificate, [], lambda b: key.sign(b, ec.ECDSA(hashes.SHA256())), None)
    return cms.splice(data, value["start"], value["end"], content)


def _certificate(key: ec.EllipticCurvePrivateKey) -> bytes:
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(_NAME)
        .issuer_name(_NAME)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(_AT - timedelta(days=1))
        .not_valid_after(_AT + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, key_cert_sign=True, **usage),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.DER)


def _page(width: float, height: float) -> bytes:
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    page = document.new_page(width, height)
    square = c.FPDFPageObj_CreateNewRect(1, 1, 5, 5)
    c.FPDFPath_SetDrawMode(square, c.FPDF_FILLMODE_ALTERNATE, 0)
    c.FPDFPage_InsertObject(page.raw, square)
    c.FPDFPage_GenerateContent(page.raw)
    page.close()
    document.save(out)
    return out.getvalue()


def _call(task: Any, head: dict[str, Any], parts: list[bytes]) -> tuple[Any, list[bytes]]:
    file = packing.pack(head, parts)
    try:
        value, payloads = task(file)
    finally:
        os.close(file)
    return value, payloads
