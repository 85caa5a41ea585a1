"""Tệp đã nhận của một biểu mẫu phải gửi lại: the form brings a signed claim back, so that nobody uploads twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from app.core import limits
from app.storage.service import Upload
from app.web.actor import actor

_SECONDS = 12 * 3600  # bytes that no row names are swept after a day


@dataclass(frozen=True)
class HeldFile:
    """Một tệp đã nhận: what it is, and the claim the form carries."""

    upload: Upload
    claim: str


def _signer() -> URLSafeTimedSerializer:
    # A claim belongs to the person whose form it was: another one cannot attach the file by repeating it.
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"held-file:{actor().person_id}")


def hold(upload: Upload) -> HeldFile:
    """Giữ một tệp vừa nhận cho lần gửi sau của biểu mẫu."""
    return HeldFile(upload, _signer().dumps(upload.to_claim()))


def read_held(claims: Iterable[str]) -> list[HeldFile]:
    """Các tệp mà biểu mẫu mang về; a claim that is too old, foreign or changed is no file."""
    found = []
    for claim in list(claims)[: limits.FILES_PER_RECORD]:
        try:
            found.append(HeldFile(Upload.from_claim(_signer().loads(claim, max_age=_SECONDS)), claim))
        except (BadData, TypeError):
            continue
    return found
