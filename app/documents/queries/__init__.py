"""Truy vấn văn bản: what pages show, scoped to what the reader may see."""

from app.documents.queries.books import (
    Book,
    book,
    books,
    first_book,
    group,
    group_members,
    groups,
    next_number,
)
from app.documents.queries.desk import (
    HandlingRow,
    approvals,
    informed,
    informed_count,
    instructions_wanted,
    my_drafts,
    my_handlings,
    proposals_wanted,
    submissions,
)
from app.documents.queries.details import file_of, handling, incoming, outgoing, proposal_of, waiting
from app.documents.queries.duplicates import Likeness, Twin, twins
from app.documents.queries.holdings import held_count, held_items
from app.documents.queries.lists import (
    IncomingRow,
    OutgoingRow,
    WaitingRow,
    approved_page,
    incoming_page,
    outgoing_page,
    overdue_page,
    registered_page,
    waiting_page,
)
from app.documents.queries.naming import Named, agencies_named_in, names_of_principals
from app.documents.queries.registers import Narrowed

__all__ = [
    "Book",
    "HandlingRow",
    "IncomingRow",
    "Likeness",
    "Named",
    "Narrowed",
    "OutgoingRow",
    "Twin",
    "WaitingRow",
    "agencies_named_in",
    "approvals",
    "approved_page",
    "book",
    "books",
    "file_of",
    "first_book",
    "group",
    "group_members",
    "groups",
    "handling",
    "held_count",
    "held_items",
    "incoming",
    "incoming_page",
    "informed",
    "informed_count",
    "instructions_wanted",
    "my_drafts",
    "my_handlings",
    "names_of_principals",
    "next_number",
    "outgoing",
    "outgoing_page",
    "overdue_page",
    "proposal_of",
    "proposals_wanted",
    "registered_page",
    "submissions",
    "twins",
    "waiting",
    "waiting_page",
]
