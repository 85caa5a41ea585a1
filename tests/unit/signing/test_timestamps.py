"""Dấu thời gian: a signature with a token of a trusted service over real HTTP outlives its certificate."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps import DummyTimeStamper

from app.signing.labels import Verdict
from app.signing.service import pdf, timestamps, verifying
from app.signing.service.keys import KeyTrouble
from tests.unit.signing.making import AT, desk, letter


def _authority() -> DummyTimeStamper:
    by, key = desk().authority, rsa.generate_private_key(65537, 2048)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Dịch vụ dấu thời gian")]))
        .issuer_name(by.certificate.subject)
        .public_key(key.public_key())
        .serial_number(77)
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=4000))
        .add_extension(x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(by.key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        tsa_cert=asn1.Certificate.load(made.public_bytes(Encoding.DER)),
        tsa_key=keys.PrivateKeyInfo.load(private),
        fixed_dt=AT,
    )


@pytest.fixture
def service() -> Iterator[str]:
    authority = _authority()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/other":
                asked["nonce"] = 1
            data = authority.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args: Any) -> None:
            """Silence."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def _signed(url: str) -> bytes:
    key = desk().key(days=30)
    made, _plan = pdf.sign_first(
        letter(),
        key,
        name="An",
        signer="Nguyễn Văn An",
        seal_mm=36,
        image=None,
        at=AT,
        stamp=timestamps.stamper(url),
    )
    return made


def test_a_stamped_signature_outlives_its_certificate(service):
    stamped, bare = _signed(service), _signed("")
    report = verifying.verify_bytes(stamped, desk().trust, AT)
    assert (report.verdict, report.signatures[0].time_source) == (Verdict.VALID, "timestamp")
    later = AT + timedelta(days=300)
    assert verifying.verify_bytes(stamped, desk().trust, later).verdict == Verdict.VALID
    assert verifying.verify_bytes(bare, desk().trust, later).verdict == Verdict.UNKNOWN


def test_an_answer_to_another_question_is_refused(service):
    with pytest.raises(KeyTrouble, match="không đúng yêu cầu"):
        timestamps.ask(f"{service}/other", bytes(32))


def test_without_an_answer_nothing_is_signed():
    with pytest.raises(KeyTrouble, match="không trả lời"):
        _signed("http://127.0.0.1:9/")
