"""Đưa văn bản vào tìm kiếm, in the transaction of the act."""

from __future__ import annotations

from app.documents.models import Document
from app.search import service as search


def index(document: Document) -> None:
    """Cập nhật mục tìm kiếm của văn bản; đơn thư is found by nobody."""
    if document.is_restricted:
        search.remove(document.record_kind, document.id)
        return
    search.index(
        document.record_kind,
        document.id,
        agency_ids=[document.agency_id],
        title=document.subject,
        body=f"{document.issuer_name} {document.document_type} {document.signer_name}",
        reference=document.reference,
        sort_at=document.sort_at,
    )
