"""Khóa ký: software files, a PKCS#11 token in SoftHSM2, a remote service over real HTTP; each signs a PDF that verifies."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.signing.service import pdf, sealing, verifying
from app.signing.service.keys import KeyTrouble, OpenKey, WrongPin, remote, software, token
from tests.unit.signing.making import AT, desk, letter

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
MODULE = next((m for m in MODULES if Path(m).exists()), None)
PIN = "135790"


def certificate(key: Any) -> x509.Certificate:
    return desk().authority.issue(key, name="Nguyễn Văn An", organization="UBND thành phố", title="", now=AT)


def signs(key: OpenKey) -> None:
    made, _plan = pdf.sign_first(
        letter(), key, name="An", signer="Nguyễn Văn An", seal_mm=36, image=None, at=AT
    )
    report = verifying.verify_bytes(made, desk().trust, AT)
    assert report.is_valid, report.summary


# ── software ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_software_key_opens_with_its_pin_alone(tmp_path, kind):
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    path = tmp_path / "k.p12"
    software.store(path, key, certificate(key), [], PIN, rounds=1000)
    assert path.stat().st_mode & 0o077 == 0
    assert PIN.encode() not in path.read_bytes()
    with pytest.raises(WrongPin):
        software.unlock(path.read_bytes(), "000000")
    signs(software.unlock(path.read_bytes(), PIN))


def test_a_sealed_pin_opens_for_its_worker_and_its_use_alone(monkeypatch):
    sealed = sealing.seal(PIN, sealing.own_public_key(), "1:2")
    assert PIN.encode() not in sealed
    assert sealing.unseal(sealed, "1:2") == PIN
    with pytest.raises(sealing.NotMine):
        sealing.unseal(sealed, "1:3")
    monkeypatch.setattr(sealing, "_mine", None)  # the worker was restarted
    with pytest.raises(sealing.NotMine):
        sealing.unseal(sealed, "1:2")


# ── PKCS#11 ──────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], bytes]]:
    """Một thiết bị SoftHSM2 có một khóa RSA."""
    if MODULE is None or not shutil.which("softhsm2-util"):
        pytest.fail("softhsm2 is missing: python3 manage.py setup --dev installs it")
    folder = tmp_path_factory.mktemp("hsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n"
    )
    key = rsa.generate_private_key(65537, 2048)
    (folder / "k.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        for arguments in (
            ["--init-token", "--free", "--label", "van-thu", "--so-pin", "11111111", "--pin", PIN],
            [
                "--import",
                str(folder / "k.pem"),
                "--token",
                "van-thu",
                "--label",
                "dau",
                "--id",
                "A1",
                "--pin",
                PIN,
            ],
        ):
            subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)
        yield (
            {"module": MODULE, "token": "van-thu", "label": "dau"},
            certificate(key).public_bytes(Encoding.DER),
        )


def test_a_token_signs_and_refuses(device):
    config, der = device
    with pytest.raises(WrongPin):
        token.unlock(config, der, "000000")
    with pytest.raises(KeyTrouble, match="không chứa khóa"):
        token.unlock(config | {"label": "khac"}, der, PIN)
    with pytest.raises(KeyTrouble, match="Không tìm thấy thư viện"):
        token.unlock(config | {"module": "/nowhere.so"}, der, PIN)
    opened = token.unlock(config, der, PIN)
    signs(opened)
    opened.close()


# ── remote ───────────────────────────────────────────────────────────────────


class Service(BaseHTTPRequestHandler):
    """Dịch vụ ký từ xa: authorises a hash by the PIN, then signs just that hash."""

    key: rsa.RSAPrivateKey
    certificate: bytes
    asked: list[tuple[str, dict[str, Any]]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        what = self.path.removeprefix("/csc/v1/")
        self.asked.append((what, body))
        status, answer = self.answer(what, body)
        if self.headers["Authorization"] != "Bearer bi-mat":
            status, answer = 401, {"error_description": "no token"}
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def answer(self, what: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if what == "credentials/info":
            shown = base64.b64encode(self.certificate).decode()
            return 200, {"key": {"status": "enabled"}, "cert": {"certificates": [shown]}}
        if what == "credentials/authorize":
            if body["PIN"] != PIN:
                return 400, {"error": "invalid_pin", "error_description": "The PIN is invalid"}
            return 200, {"SAD": body["hash"][0]}
        if body["SAD"] != body["hash"][0]:
            return 400, {"error_description": "not authorised"}
        digest = base64.b64decode(body["hash"][0])
        made = self.key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
        return 200, {"signatures": [base64.b64encode(made).decode()]}

    def log_message(self, *_args: Any) -> None:
        """Silence."""


@pytest.fixture
def service() -> Iterator[tuple[dict[str, str], bytes]]:
    key = rsa.generate_private_key(65537, 2048)
    der = certificate(key).public_bytes(Encoding.DER)
    handler = type("Here", (Service,), {"key": key, "certificate": der, "asked": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield (
        {"url": f"http://127.0.0.1:{server.server_port}/csc/v1", "credential": "c1", "secret": "bi-mat"},
        der,
    )
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_remote_service_signs_the_hash_the_pin_allowed(service):
    config, der = service
    signs(remote.unlock(config, der, PIN))
    with pytest.raises(WrongPin):
        remote.unlock(config, der, "000000").sign(b"x")
    with pytest.raises(KeyTrouble, match="chứng thư khác"):
        remote.unlock(config, desk().leader.certificate.dump(), PIN)
    with pytest.raises(KeyTrouble, match="từ chối"):
        remote.unlock(config | {"secret": "sai"}, der, PIN)
    with pytest.raises(KeyTrouble, match="Không kết nối được"):
        remote.unlock(config | {"url": "http://127.0.0.1:9/csc/v1"}, der, PIN)
