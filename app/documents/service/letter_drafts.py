"""Dự thảo do gói khác đặt: an invitation, an urging letter, a notice of conclusions, made by the forms of the Decree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core import clock
from app.core.actor import Actor
from app.core.errors import Violations
from app.core.use_case import use_case
from app.documents.models import Document
from app.documents.service.capacity import signers_of
from app.documents.service.composing import Composition
from app.documents.service.decree import forms
from app.documents.service.drafting import DraftContent, create_draft, submit
from app.org import queries as org
from app.storage.service import Upload


@use_case
def draft_letter(
    actor: Actor,
    *,
    form: str,
    subject: str,
    values: Mapping[str, str],
    recipient_ids: Sequence[int] = (),
    other_recipients: Sequence[str] = (),
    signer_post_id: int | None = None,
    urgency: int = 0,
    attachments: Sequence[Upload] = (),
    in_reply_to_id: int | None = None,
    is_submitted: bool = False,
) -> Document:
    """Soạn một văn bản theo mẫu: ``giay-moi``, ``cong-van``, ``thong-bao`` … (``letters.forms.KINDS``).

    :param values: what stands in the form's fields; ``body`` has one paragraph a line.
    :param signer_post_id: who signs; the head of the agency when nobody is named.
    :param is_submitted: on its way to review at once.
    """
    kind = forms.form_kind(form)
    if kind is None:
        raise ValueError(f"no form {form!r}")
    lacking = [f.label for f in kind.fields if f.required and not values.get(f.key, "").strip()]
    if lacking:
        raise Violations([f"Chưa có nội dung cho: {', '.join(lacking)}."])
    content = DraftContent(
        document_type=kind.type_name,
        subject=subject,
        urgency=urgency,
        recipient_ids=tuple(recipient_ids),
        other_recipients=tuple(other_recipients),
        approver_post_id=signer_post_id or _head(actor),
        in_reply_to_id=in_reply_to_id,
        composition=Composition(form, dict(values)),
    )
    document = create_draft(actor, content, None, attachments)
    return submit(actor, document.id, None) if is_submitted else document


def _head(actor: Actor) -> int:
    signers = signers_of(org.agency(actor.agency_id or 0), clock.today())
    if not signers:
        raise Violations(["Cơ quan chưa có lãnh đạo để ký văn bản. Hãy báo quản trị cơ quan."])
    return signers[0].post.id
