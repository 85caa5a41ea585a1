"""Các việc ký số."""

from app.signing.service.batches import Wish, attach, carry_out, fail, present, reserve, sweep
from app.signing.service.keyring import (
    count_wrong_pin,
    issue_software_key,
    open_vault,
    register_key,
    release_key,
    unusable,
    vault,
)
from app.signing.service.pdf import Plan, UnfitForSigning, iso_time, plan
from app.signing.service.register import register_signed, verify_copy, verify_stored
from app.signing.service.subjects import Subject, add_subject

__all__ = [
    "Plan",
    "Subject",
    "UnfitForSigning",
    "Wish",
    "add_subject",
    "attach",
    "carry_out",
    "count_wrong_pin",
    "fail",
    "iso_time",
    "issue_software_key",
    "open_vault",
    "plan",
    "present",
    "register_key",
    "register_signed",
    "release_key",
    "reserve",
    "sweep",
    "unusable",
    "vault",
    "verify_copy",
    "verify_stored",
]
