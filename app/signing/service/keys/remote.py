"""Ký số từ xa theo giao thức CSC (Cloud Signature Consortium, phiên bản 1): the service holds the key, the PIN authorises a hash."""

from __future__ import annotations

import base64
import hashlib
import json
import urllib.error
import urllib.request
from typing import Any

from asn1crypto import x509

from app.signing.service.keys.port import KeyTrouble, OpenKey, WrongPin

_SECONDS = 20
_MOST_BYTES = 1024 * 1024
_ALGORITHMS = {"ec": "1.2.840.10045.4.3.2", "rsa": "1.2.840.113549.1.1.11"}
_SHA256 = "2.16.840.1.101.3.4.2.1"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A signing service that sends us elsewhere is not the one that was registered."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def unlock(config: dict[str, Any], certificate: bytes, pin: str) -> OpenKey:
    """Mở khóa ở dịch vụ ký từ xa: each signature is authorised by the PIN for exactly its hash.

    :param config: ``url`` (of the service, up to ``csc/v1``), ``credential``, ``secret`` (access token).
    """
    leaf = x509.Certificate.load(certificate)
    info = _ask(config, "credentials/info", {"credentialID": config["credential"], "certificates": "chain"})
    offered = [base64.b64decode(c) for c in info.get("cert", {}).get("certificates", [])]
    if not offered or offered[0] != certificate:
        raise KeyTrouble(
            "Dịch vụ ký từ xa dùng chứng thư khác với chứng thư đã đăng ký. Hãy liên hệ quản trị."
        )
    if info.get("key", {}).get("status") != "enabled":
        raise KeyTrouble("Khóa ở dịch vụ ký từ xa đang bị tạm khóa. Hãy liên hệ nhà cung cấp.")

    def sign(data: bytes) -> bytes:
        hashed = base64.b64encode(hashlib.sha256(data).digest()).decode()
        about = {"credentialID": config["credential"]}
        allowed = _ask(
            config, "credentials/authorize", about | {"numSignatures": 1, "hash": [hashed], "PIN": pin}
        )
        answer = _ask(
            config,
            "signatures/signHash",
            about
            | {
                "SAD": allowed.get("SAD", ""),
                "hash": [hashed],
                "hashAlgo": _SHA256,
                "signAlgo": _ALGORITHMS.get(leaf.public_key.algorithm, _ALGORITHMS["rsa"]),
            },
        )
        try:
            return base64.b64decode(answer["signatures"][0], validate=True)
        except (KeyError, IndexError, ValueError) as problem:
            raise KeyTrouble("Dịch vụ ký từ xa trả lời không đúng khuôn dạng.") from problem

    return OpenKey(leaf, [x509.Certificate.load(c) for c in offered[1:]], sign)


def _ask(config: dict[str, Any], what: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 - the address is the administrator's own setting
        f"{config['url'].rstrip('/')}/{what}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {config['secret']}"},
    )
    try:
        with _OPENER.open(request, timeout=_SECONDS) as answer:
            return dict(json.loads(answer.read(_MOST_BYTES)))
    except urllib.error.HTTPError as problem:
        raise _refusal(problem) from problem
    except (OSError, ValueError) as problem:
        raise KeyTrouble("Không kết nối được dịch vụ ký từ xa. Hãy thử lại sau ít phút.") from problem


def _refusal(problem: urllib.error.HTTPError) -> Exception:
    try:
        said = json.loads(problem.read(_MOST_BYTES))
    except (OSError, ValueError):
        said = {}
    text = str(said.get("error_description", "")).lower() if isinstance(said, dict) else ""
    if problem.code in (400, 401, 403) and "pin" in text:
        return WrongPin()
    return KeyTrouble("Dịch vụ ký từ xa từ chối yêu cầu. Hãy thử lại sau ít phút hoặc liên hệ nhà cung cấp.")
