"""Chữ ký CMS theo PAdES: built outside the jail from a digest, so that the key never meets a foreign file.

Only what PAdES baseline asks for is signed: content type, digest, and the signer's certificate (ESS version 2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from asn1crypto import algos, cms, tsp, x509

Sign = Callable[[bytes], bytes]
Stamp = Callable[[bytes], bytes]


def digest_around(data: bytes, start: int, end: int) -> bytes:
    """SHA-256 của mọi byte trừ chỗ trống."""
    whole = hashlib.sha256()
    view = memoryview(data)
    whole.update(view[:start])
    whole.update(view[end:])
    return whole.digest()


def build(
    digest: bytes,
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    sign: Sign,
    stamp: Stamp | None,
) -> bytes:
    """Dựng chữ ký CMS trên một giá trị băm SHA-256.

    :param sign: signs bytes with the key of ``certificate`` (PKCS#1 v1.5 or ECDSA, SHA-256).
    :param stamp: gives a time-stamp token on the SHA-256 of the signature value, when there is a service.
    """
    attributes = _signed_attributes(digest, certificate)
    signature = sign(attributes.dump())
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                    )
                }
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": _algorithm(certificate),
            "signature": signature,
        }
    )
    if stamp is not None:
        token = cms.ContentInfo.load(stamp(hashlib.sha256(signature).digest()))
        signer["unsigned_attrs"] = cms.CMSAttributes(
            [cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [token]})]
        )
    body = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data"},
            "certificates": [cms.CertificateChoices("certificate", c) for c in (certificate, *chain)],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": body}).dump())


def _signed_attributes(digest: bytes, certificate: x509.Certificate) -> cms.CMSAttributes:
    identity = tsp.ESSCertIDv2(
        {
            "hash_algorithm": {"algorithm": "sha256"},
            "cert_hash": hashlib.sha256(certificate.dump()).digest(),
        }
    )
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [digest]}),
            cms.CMSAttribute(
                {
                    "type": "signing_certificate_v2",
                    "values": [tsp.SigningCertificateV2({"certs": [identity]})],
                }
            ),
        ]
    )


def _algorithm(certificate: x509.Certificate) -> algos.SignedDigestAlgorithm:
    name = "sha256_ecdsa" if certificate.public_key.algorithm == "ec" else "sha256_rsa"
    return algos.SignedDigestAlgorithm({"algorithm": name})


def splice(data: bytes, start: int, end: int, content: bytes) -> bytes:
    """Đặt chữ ký vào chỗ trống: upper-case hexadecimal, padded with zeros.

    :raises ValueError: the hole is not empty, or too small.
    """
    hole = data[start:end]
    room = end - start - 2
    if hole[:1] != b"<" or hole[-1:] != b">" or hole[1:-1].strip(b"0") or room % 2:
        raise ValueError("the hole is not an empty hexadecimal string")
    written = content.hex().upper().encode()
    if len(written) > room:
        raise ValueError(f"signature of {len(written)} digits in a hole of {room}")
    return data[: start + 1] + written.ljust(room, b"0") + data[end - 1 :]
