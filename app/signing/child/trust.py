"""Niềm tin: chains to the given roots, at a given instant, without any network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from asn1crypto import crl, ocsp, x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import load_der_x509_certificate, load_der_x509_crl
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import DisallowWeakAlgorithmsPolicy

_I, _F = AdESIndeterminate, AdESFailure
_PROBLEMS = {
    _F.REVOKED: "revoked",
    _I.REVOKED_NO_POE: "revoked",
    _I.REVOKED_CA_NO_POE: "revoked_issuer",
    _I.EXPIRED: "expired",
    _I.OUT_OF_BOUNDS_NO_POE: "expired",
    _I.OUT_OF_BOUNDS_NOT_REVOKED: "expired",
    _I.NOT_YET_VALID: "not_yet_valid",
    _F.NOT_YET_VALID: "not_yet_valid",
    _I.CRYPTO_CONSTRAINTS_FAILURE: "weak_algorithm",
    _I.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "weak_algorithm",
    _I.CHAIN_CONSTRAINTS_FAILURE: "wrong_purpose",
    _I.TRY_LATER: "revocation_unknown",
    _I.REVOCATION_OUT_OF_BOUNDS_NO_POE: "revocation_unknown",
}
# purposes a certificate that signs documents may be limited to
_PURPOSES = {
    "email_protection", "client_auth", "any_extended_key_usage", "microsoft_document_signing", "adobe_authentic_documents_trust",
    "1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12", "1.2.840.113583.1.1.5",
}  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """Căn cứ để xét: roots and revocation lists from the folder, certificates and revocation data from the file."""

    roots: list[x509.Certificate]
    others: list[x509.Certificate]
    crls: list[crl.CertificateList]
    ocsps: list[ocsp.OCSPResponse]
    moment: datetime
    needs_revocation: bool

    def context(self, moment: datetime) -> ValidationContext:
        """Khung xét chứng thư ở một thời điểm."""
        return ValidationContext(
            trust_roots=self.roots,
            other_certs=self.others,
            crls=self.crls,
            ocsps=self.ocsps,
            moment=moment,
            best_signature_time=moment,
            allow_fetching=False,
            revocation_mode="require" if self.needs_revocation else "soft-fail",
            time_tolerance=timedelta(seconds=5),
            retroactive_revinfo=True,
            algorithm_usage_policy=DisallowWeakAlgorithmsPolicy(rsa_key_size_threshold=2048),
        )


def gather(head: dict[str, Any], parts: list[bytes], reader: PdfFileReader) -> Evidence:
    """Thu thập căn cứ: ``parts`` are roots first, then revocation lists."""
    count = int(head["roots"])
    roots = [x509.Certificate.load(p) for p in parts[:count]]
    crls = [crl.CertificateList.load(p) for p in parts[count:]]
    others: list[x509.Certificate] = []
    ocsps: list[ocsp.OCSPResponse] = []
    try:
        store = DocumentSecurityStore.read_dss(reader)
        others = list(store.load_certs())
        crls += [crl.CertificateList.load(_stream(r)) for r in store.crls]
        ocsps += [ocsp.OCSPResponse.load(_stream(r)) for r in store.ocsps]
    except NoDSSFoundError:
        pass
    except Exception:  # noqa: BLE001 - what cannot be read of the store is no evidence
        others, ocsps = [], []
    return Evidence(
        roots, others, crls, ocsps, datetime.fromisoformat(head["moment"]), bool(head.get("needs_revocation"))
    )


def _stream(ref: Any) -> bytes:
    found = ref.get_object() if isinstance(ref, generic.IndirectObject) else ref
    return bytes(found.data)


def revocation_fault(path: Any, evidence: Evidence, moment: datetime) -> str | None:
    """Chứng thư bị thu hồi theo danh sách ở thư mục tin cậy hoặc trong tệp; a list counts when its issuer signed it.

    :param moment: what was revoked only after this proven instant was good then.
    """
    chain = list(path or ())
    for issuer, certificate in pairwise(chain):
        for found in evidence.crls:
            if (
                found.issuer == issuer.subject
                and _lists(found, certificate, moment)
                and _signed_by(found, issuer)
            ):
                return "revoked" if certificate is chain[-1] else "revoked_issuer"
    return None


def _lists(found: crl.CertificateList, certificate: x509.Certificate, moment: datetime) -> bool:
    return any(
        entry["user_certificate"].native == certificate.serial_number
        and entry["revocation_date"].native <= moment
        for entry in found["tbs_cert_list"]["revoked_certificates"] or ()
    )


def _signed_by(found: crl.CertificateList, issuer: x509.Certificate) -> bool:
    key = load_der_x509_certificate(issuer.dump()).public_key()
    try:
        return load_der_x509_crl(found.dump()).is_signature_valid(key)  # type: ignore[arg-type]
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False


def problem(indication: Any) -> str:
    """Mã lỗi niềm tin từ kết luận của thư viện."""
    return _PROBLEMS.get(indication, "untrusted")


def purpose_fault(certificate: x509.Certificate) -> str | None:
    """Chứng thư cấp cho việc khác, such as a web server's."""
    value = certificate.extended_key_usage_value
    if value is None or _PURPOSES & set(value.native):
        return None
    return "wrong_purpose"


def describe(certificate: x509.Certificate) -> dict[str, Any]:
    """Ai, của cơ quan nào: what the certificate says, as plain text."""
    subject = certificate.subject.native
    return {
        "name": _words(subject.get("common_name")),
        "organization": _words(subject.get("organization_name")),
        "unit": _words(subject.get("organizational_unit_name")),
        "title": _words(subject.get("title")),
        "issuer": _words(certificate.issuer.native.get("common_name"))
        or certificate.issuer.human_friendly[:200],
        "serial": format(certificate.serial_number, "x")[:64],
        "sha256": certificate.sha256.hex(),
        "not_before": certificate.not_valid_before.isoformat(),
        "not_after": certificate.not_valid_after.isoformat(),
    }


def _words(value: Any) -> str:
    if isinstance(value, list):
        value = ", ".join(str(v) for v in value)
    return str(value or "")[:200]


def chain_of(path: Any) -> list[str]:
    """Chuỗi chứng thư từ gốc đến người ký."""
    if path is None:
        return []
    found = []
    for certificate in path:
        subject = certificate.subject.native
        found.append(_words(subject.get("common_name")) or certificate.subject.human_friendly[:200])
    return found[:12]
