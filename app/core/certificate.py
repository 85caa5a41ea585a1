"""Chứng thư tự ký: so that passwords do not cross the office network in the clear before a real certificate is bought."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.core import clock

_LIFE = timedelta(days=397)  # browsers refuse longer ones
_RENEW = timedelta(days=30)


def _names(host: str) -> list[x509.GeneralName]:
    """Every name and number under which colleagues may reach this machine."""
    found = {host, "localhost", "127.0.0.1", socket.gethostname(), socket.getfqdn()} - {"0.0.0.0", "::", ""}  # noqa: S104 - taken out, not bound
    names: list[x509.GeneralName] = []
    for name in sorted(found):
        try:
            names.append(x509.IPAddress(ip_address(name)))
        except ValueError:
            names.append(x509.DNSName(name.encode("idna").decode("ascii")))
    return names


def _still_good(path: Path, names: list[x509.GeneralName]) -> bool:
    try:
        found = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return False
    listed = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(names) <= set(listed) and found.not_valid_after_utc - clock.now() > _RENEW


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(path.suffix + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)


def self_signed(folder: Path, host: str) -> tuple[Path, Path]:
    """Chứng thư và khóa cho một địa chỉ: made once, and again when it nears its end or the address is new."""
    certificate, key = folder / "tls.crt", folder / "tls.key"
    names = _names(host)
    if key.exists() and _still_good(certificate, names):
        return certificate, key
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Van phong dien tu")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(hours=1))
        .not_valid_after(clock.now() + _LIFE)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    _write(key, private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    _write(certificate, built.public_bytes(serialization.Encoding.PEM))
    return certificate, key


def fingerprint(certificate: Path) -> str:
    """Dấu vân tay SHA-256, to be compared with what the browser shows."""
    return (
        x509.load_pem_x509_certificate(certificate.read_bytes()).fingerprint(hashes.SHA256()).hex(":").upper()
    )
