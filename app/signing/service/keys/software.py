"""Khóa phần mềm: a PKCS#12 file encrypted by the person's PIN, for small offices and the demo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from cryptography.x509 import Certificate

from app.signing.service.keys.port import KeyTrouble, OpenKey, WrongPin

# A PIN is short: the slow derivation is what stands between a stolen file and its key.
_ROUNDS = 150_000
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def store(
    path: Path,
    key: PrivateKey,
    certificate: Certificate,
    chain: list[Certificate],
    pin: str,
    *,
    rounds: int = _ROUNDS,
) -> None:
    """Cất khóa vào tệp PKCS#12 chỉ chủ tiến trình đọc được."""
    from cryptography.hazmat.primitives.serialization.pkcs12 import PBES

    how = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds)
        .key_cert_algorithm(PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(pin.encode())
    )
    data = pkcs12.serialize_key_and_certificates(b"signing", key, certificate, chain, how)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(data)


def unlock(data: bytes, pin: str) -> OpenKey:
    """Mở khóa phần mềm.

    :raises WrongPin: the file does not open with this PIN.
    """
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(data, pin.encode())
    except ValueError as problem:
        raise WrongPin from problem
    if certificate is None or not isinstance(key, (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey)):
        raise KeyTrouble("Tệp khóa không chứa khóa và chứng thư dùng được. Hãy liên hệ quản trị để cấp lại.")
    return OpenKey(
        x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        [x509.Certificate.load(c.public_bytes(Encoding.DER)) for c in chain],
        signer_of(key),
    )


def signer_of(key: PrivateKey) -> Callable[[bytes], bytes]:
    """Hàm ký của một khóa trong bộ nhớ."""

    def sign(data: bytes) -> bytes:
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(data, ec.ECDSA(hashes.SHA256()))
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    return sign
