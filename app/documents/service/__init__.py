"""Các việc văn thư trên văn bản: the only code that changes documents."""

from app.documents.service.arrival import (
    Arrival,
    Registration,
    amend,
    receive,
    register_incoming,
    register_paper,
    return_to_sender,
)
from app.documents.service.books import open_registers, remove_group, save_group
from app.documents.service.complaints import Petition, register_complaint
from app.documents.service.composing import Composition
from app.documents.service.course import (
    Assignment,
    add_handlers,
    agree_with_proposal,
    close,
    give_opinion,
    instruct,
    route,
    settle,
    withdraw,
)
from app.documents.service.drafting import (
    DraftContent,
    approve,
    create_draft,
    discard,
    edit_draft,
    endorse,
    reopen_draft,
    return_draft,
    submit,
)
from app.documents.service.duplicates import Answer, Settlement, discard_arrival, merge, take_paper
from app.documents.service.files import read_files
from app.documents.service.hand_over import hand_over
from app.documents.service.handling import (
    clear_informed,
    complete,
    pass_on,
    report_progress,
    return_handling,
    see,
)
from app.documents.service.intake import register_and_route, register_paper_and_route
from app.documents.service.issuing import add_recipients, issue
from app.documents.service.ledger import expire_numbers, renew_number, reserve_number, void_number
from app.documents.service.letter_drafts import draft_letter
from app.documents.service.marks import link, route_many, star, unlink
from app.documents.service.openings import note_opening
from app.documents.service.paper import keep_paper, queue_scans
from app.documents.service.paper_notes import enter_note, object_to_note
from app.documents.service.reading import ReadFields, read_fields, read_waiting
from app.documents.service.revising import (
    ask_opinions,
    change_lead,
    pull_back,
    set_due,
    take_back,
    withdraw_part,
)
from app.documents.service.signing import ask_seal, ask_signatures, attach_signed, signing_plan
from app.documents.service.transfer import TRANSFER_TYPES, transfer
from app.documents.service.versions import repair_form, restore

__all__ = [
    "TRANSFER_TYPES",
    "Answer",
    "Arrival",
    "Assignment",
    "Composition",
    "DraftContent",
    "Petition",
    "ReadFields",
    "Registration",
    "Settlement",
    "add_handlers",
    "add_recipients",
    "agree_with_proposal",
    "amend",
    "approve",
    "ask_opinions",
    "ask_seal",
    "ask_signatures",
    "attach_signed",
    "change_lead",
    "clear_informed",
    "close",
    "complete",
    "create_draft",
    "discard",
    "discard_arrival",
    "draft_letter",
    "edit_draft",
    "endorse",
    "enter_note",
    "expire_numbers",
    "give_opinion",
    "hand_over",
    "instruct",
    "issue",
    "keep_paper",
    "link",
    "merge",
    "note_opening",
    "object_to_note",
    "open_registers",
    "pass_on",
    "pull_back",
    "queue_scans",
    "read_fields",
    "read_files",
    "read_waiting",
    "receive",
    "register_and_route",
    "register_complaint",
    "register_incoming",
    "register_paper",
    "register_paper_and_route",
    "remove_group",
    "renew_number",
    "reopen_draft",
    "repair_form",
    "report_progress",
    "reserve_number",
    "restore",
    "return_draft",
    "return_handling",
    "return_to_sender",
    "route",
    "route_many",
    "save_group",
    "see",
    "set_due",
    "settle",
    "signing_plan",
    "star",
    "submit",
    "take_back",
    "take_paper",
    "transfer",
    "unlink",
    "void_number",
    "withdraw",
    "withdraw_part",
]
