"""Nhận tệp của biểu mẫu vào kho: what is refused becomes a message beside the field."""

from __future__ import annotations

from typing import Any

from app.core.errors import InputRejected
from app.storage.kinds import ATTACHMENT, Kind
from app.storage.service import Upload, store_upload
from app.web.forms import FilesField, OfficeForm
from app.web.held import hold


def receive(
    form: OfficeForm, field: FilesField, *, kinds: frozenset[Kind] = ATTACHMENT
) -> list[Upload] | None:
    """Lưu các tệp đã chọn.

    :returns: the uploads, whose bytes are durable; or ``None`` when one was refused, the reason then stands at the field.
    """
    chosen_now = bool(field.uploads)
    # A single file chosen anew takes the place of the one held; several are added to.
    stored: list[Upload] = [] if field.single and chosen_now else [h.upload for h in field.held]
    refused = False
    for chosen in field.uploads:
        try:
            stored.append(store_upload(chosen.stream, chosen.filename, kinds=kinds))
        except InputRejected as refusal:
            form.refuse(field.name, _about(chosen, refusal))
            refused = True
    field.held = [hold(upload) for upload in stored]
    return None if refused else stored


def _about(chosen: Any, refusal: InputRejected) -> str:
    name = str(chosen.filename or "").rsplit("/", 1)[-1][:80]
    return f"“{name}”: {refusal.sentence}" if name else refusal.sentence


def first(uploads: list[Upload]) -> Upload | None:
    """Tệp duy nhất của một ô chỉ nhận một tệp."""
    return uploads[0] if uploads else None
