"""Khóa trong thiết bị PKCS#11: USB tokens and security modules at the server, tested with SoftHSM2."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from asn1crypto import x509
from asn1crypto.algos import DSASignature

from app.signing.service.keys.port import KeyTrouble, OpenKey, WrongPin

_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


def unlock(config: dict[str, Any], certificate: bytes, pin: str) -> OpenKey:
    """Mở thiết bị.

    :param config: ``module`` (library), ``token`` (label), ``label`` (of the key).
    :raises WrongPin: the token refuses the PIN.
    :raises KeyTrouble: no such library, token or key, or the PIN is locked in the token.
    """
    try:
        import pkcs11
        from pkcs11 import exceptions as errors
    except ImportError as problem:
        raise KeyTrouble("Máy chủ chưa có thư viện PKCS#11. Hãy liên hệ quản trị.") from problem
    if not Path(str(config["module"])).exists():
        raise KeyTrouble("Không tìm thấy thư viện của thiết bị khóa trên máy chủ. Hãy liên hệ quản trị.")
    try:
        token = pkcs11.lib(str(config["module"])).get_token(token_label=str(config["token"]))
        session = token.open(user_pin=pin)
    except errors.PinIncorrect as problem:
        raise WrongPin from problem
    except errors.PinLocked as problem:
        raise KeyTrouble(
            "Thiết bị khóa đã tự khóa vì sai mã PIN nhiều lần. Hãy mở khóa bằng công cụ của thiết bị."
        ) from problem
    except (errors.PinInvalid, errors.PinLenRange) as problem:
        raise WrongPin from problem
    except errors.PKCS11Error as problem:
        raise KeyTrouble(
            "Không mở được thiết bị khóa. Hãy kiểm tra thiết bị đã được cắm và thử lại."
        ) from problem
    try:
        key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=str(config["label"]))
    except errors.PKCS11Error as problem:
        session.close()
        raise KeyTrouble("Thiết bị không chứa khóa đã đăng ký. Hãy liên hệ quản trị.") from problem
    return OpenKey(x509.Certificate.load(certificate), [], _signer(key), session.close)


def _signer(key: Any) -> Any:
    import pkcs11

    def sign(data: bytes) -> bytes:
        digest = hashlib.sha256(data).digest()
        if key.key_type == pkcs11.KeyType.EC:
            raw = key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA)
            return bytes(DSASignature.from_p1363(raw).dump())
        return bytes(key.sign(_SHA256_INFO + digest, mechanism=pkcs11.Mechanism.RSA_PKCS))

    return sign
