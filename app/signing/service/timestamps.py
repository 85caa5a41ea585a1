"""Dấu thời gian (RFC 3161): a service, when one is set, says when a signature existed; without its answer nothing is signed."""

from __future__ import annotations

import secrets
import urllib.request
from functools import partial

from asn1crypto import tsp

from app.signing.cms import Stamp
from app.signing.service.keys.port import KeyTrouble

_SECONDS = 15
_MOST_BYTES = 256 * 1024
_SILENT = (
    "Dịch vụ dấu thời gian không trả lời nên chưa ký. Hãy thử lại sau ít phút hoặc báo quản trị hệ thống."
)
_ODD = "Dịch vụ dấu thời gian trả lời không đúng yêu cầu nên chưa ký. Hãy báo quản trị hệ thống."


def stamper(url: str) -> Stamp | None:
    """Hàm xin dấu thời gian, hoặc ``None`` khi không đặt dịch vụ."""
    return partial(ask, url) if url else None


def ask(url: str, digest: bytes) -> bytes:
    """Xin dấu thời gian cho một giá trị băm SHA-256; the token must be for exactly this value and this question.

    :raises KeyTrouble: no answer, or not the one that was asked for.
    """
    nonce = secrets.randbits(63)
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    question = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    request = urllib.request.Request(  # noqa: S310 - the address is the administrator's own setting
        url, data=question.dump(), headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - as above
            said = answer.read(_MOST_BYTES)
    except OSError as problem:
        raise KeyTrouble(_SILENT) from problem
    try:
        reply = tsp.TimeStampResp.load(said)
        token = reply["time_stamp_token"]
        info = token["content"]["encap_content_info"]["content"].parsed
        fits = (
            reply["status"]["status"].native in ("granted", "granted_with_mods")
            and info["message_imprint"]["hashed_message"].native == digest
            and info["nonce"].native == nonce
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise KeyTrouble(_ODD) from problem
    if not fits:
        raise KeyTrouble(_ODD)
    return bytes(token.dump())
