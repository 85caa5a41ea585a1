"""Nơi cấp chứng thư của bản cài đặt: a small certification authority for the demo and for offices without one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from app.signing.service.keys.software import PrivateKey

_YEARS_ROOT, _YEARS = 10, 3


@dataclass(frozen=True)
class Authority:
    """Nơi cấp: its key and certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def issue(
        self,
        key: PrivateKey,
        *,
        name: str,
        organization: str,
        title: str,
        now: datetime,
        days: int = 365 * _YEARS,
    ) -> x509.Certificate:
        """Cấp chứng thư ký văn bản cho một người hoặc một cơ quan."""
        subject = _name(name, organization, title)
        return (
            _builder(subject, self.certificate.subject, key, now, days)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_documents=True), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
            .sign(self.key, hashes.SHA256())
        )


def make(name: str, now: datetime) -> Authority:
    """Lập nơi cấp mới, tự ký."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name, name, "")
    certificate = (
        _builder(subject, subject, key, now, 365 * _YEARS_ROOT)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_documents=False), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Authority(key, certificate)


def open_or_make(folder: Path, roots: Path, secret: str, name: str, now: datetime) -> Authority:
    """Nơi cấp của bản cài đặt, made at first need; its certificate goes to the folder of trusted roots."""
    path = folder / "authority.p12"
    if path.exists():
        key, certificate, _chain = pkcs12.load_key_and_certificates(path.read_bytes(), secret.encode())
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        assert certificate is not None
        return Authority(key, certificate)
    made = make(name, now)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"authority", made.key, made.certificate, None, BestAvailableEncryption(secret.encode())
        )
    )
    roots.mkdir(parents=True, exist_ok=True)
    (roots / "office-authority.pem").write_bytes(made.certificate.public_bytes(Encoding.PEM))
    fresh.replace(path)
    return made


def _builder(
    subject: x509.Name, issuer: x509.Name, key: PrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(name: str, organization: str, title: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    parts += [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization[:64])] if organization else []
    parts += [x509.NameAttribute(NameOID.TITLE, title[:64])] if title else []
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _usage(*, signs_documents: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_documents,
        content_commitment=signs_documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_documents,
        crl_sign=not signs_documents,
        encipher_only=False,
        decipher_only=False,
    )
