"""Đối tượng ký: the package that owns a kind of record tells here what happens to it when its file has been signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.core.actor import Actor
from app.signing.models import SigningRequest
from app.storage.service import Upload


@dataclass(frozen=True)
class Subject:
    """Cách gắn tệp đã ký vào hồ sơ.

    ``attach(actor, request, upload, marked)`` (``marked``: attachments by their id) runs inside the transaction that closes the request; it raises a ``DomainError``
    when the record is no longer the one the request was reserved for, and then nothing is attached.
    """

    attach: Callable[[Actor, SigningRequest, Upload, Mapping[int, Upload]], None]


_subjects: dict[int, Subject] = {}


def add_subject(kind: int, subject: Subject) -> None:
    """Khai báo một loại hồ sơ ký được; called only from ``<package>/wiring.py``."""
    _subjects[int(kind)] = subject


def subject_of(kind: int) -> Subject:
    """Cách gắn của một loại hồ sơ."""
    return _subjects[kind]
