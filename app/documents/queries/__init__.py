"""Truy vấn văn bản: what pages show, scoped to what the reader may see."""

from app.documents.queries.books import Book, book, book_rows, books, group_members, groups
from app.documents.queries.details import file_of, incoming, outgoing, proposal_of
from app.documents.queries.lists import (
    HandlingRow,
    IncomingRow,
    OutgoingRow,
    WaitingRow,
    approvals,
    approved_page,
    incoming_page,
    instructions_wanted,
    my_drafts,
    my_handlings,
    outgoing_page,
    overdue_page,
    registered_page,
    waiting_page,
)

__all__ = [
    "Book",
    "HandlingRow",
    "IncomingRow",
    "OutgoingRow",
    "WaitingRow",
    "approvals",
    "approved_page",
    "book",
    "book_rows",
    "books",
    "file_of",
    "group_members",
    "groups",
    "incoming",
    "incoming_page",
    "instructions_wanted",
    "my_drafts",
    "my_handlings",
    "outgoing",
    "outgoing_page",
    "overdue_page",
    "proposal_of",
    "registered_page",
    "waiting_page",
]
