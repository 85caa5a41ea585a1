"""Các bảng được chép và thứ tự cột của chúng."""

from __future__ import annotations

from typing import Final

from app.demo.bulk.copying import Table

DOCUMENT: Final = Table(
    "document",
    (
        "id", "agency_id", "direction", "state", "register_id", "number", "number_year", "registered_at",
        "document_type", "reference", "reference_key", "issued_on", "subject", "urgency", "issuer_name",
        "issuer_agency_id", "signer_name", "signer_position", "source", "package_token", "arrived_at", "unit_id",
        "drafter_post_id", "endorser_post_id", "approver_post_id", "presented_to_post_id", "recipients_text",
        "due_at", "soon_at", "state_since", "closed_at", "result", "return_reason", "created_at", "sort_at", "version",
    ),
)  # fmt: skip
RECIPIENT: Final = Table("document_recipient", ("document_id", "agency_id", "name", "position"))
HANDLING: Final = Table(
    "handling",
    (
        "id", "agency_id", "document_id", "parent_id", "post_id", "unit_id", "role", "content", "state", "due_at",
        "soon_at", "assigned_by_post_id", "assigned_at", "opened_at", "updated_at", "progress", "result", "done_at",
        "version",
    ),
)  # fmt: skip
NOTE: Final = Table(
    "document_note", ("document_id", "kind", "text", "post_id", "person_id", "at", "assignment")
)
ACCESS: Final = Table("record_access", ("principal_id", "kind", "record_id", "sort_at", "open", "reason"))
SEARCH: Final = Table(
    "search_entry",
    ("agency_id", "kind", "record_id", "title", "reference", "reference_key", "sort_at", "tsv"),
)
AUDIT: Final = Table(
    "audit_entry",
    (
        "at", "person_id", "post_id", "agency_id", "event", "kind", "record_id", "record_agency_id", "data", "changes",
    ),
)  # fmt: skip
DOCUMENT_TABLES: Final = (DOCUMENT, RECIPIENT, HANDLING, NOTE, ACCESS, SEARCH, AUDIT)
