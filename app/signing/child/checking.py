"""Xác minh một tệp PDF: every signature by itself, then what lies between them, then the file as a whole.

The answer is codes and plain values. What they mean, and the verdict, is decided outside (``signing.labels``).
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel

from app.signing.child import changes, contents, packing, structure, trust

_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
# A certificate that does not limit its use may be used for everything.
_ANY_USAGE = KeyUsageConstraints(key_usage=set())
_MOST_SIGNATURES = 50
_HEAD = 1024
_LEVELS = {
    ModificationLevel.NONE: "none",
    ModificationLevel.LTA_UPDATES: "evidence",
    ModificationLevel.FORM_FILLING: "form",
    ModificationLevel.ANNOTATIONS: "annotations",
    ModificationLevel.OTHER: "other",
}


@dataclass
class Found:
    """Một chữ ký trong tệp."""

    name: str
    kind: str = "signature"
    faults: list[str] = field(default_factory=list)
    signer: dict[str, Any] = field(default_factory=dict)
    chain: list[str] = field(default_factory=list)
    claimed_at: str | None = None
    stamped_at: str | None = None
    algorithm: str = ""
    certification: int | None = None
    changes_after: str = "other"
    covers_file: bool = False
    revision: int = -1
    embedded: EmbeddedPdfSignature | None = None

    def as_value(self) -> dict[str, Any]:
        """Giá trị gửi đi."""
        return {k: v for k, v in self.__dict__.items() if k not in ("embedded", "revision")} | {
            "faults": sorted(set(self.faults)),
        }


def verify(file: int) -> tuple[Any, list[bytes]]:
    """Xác minh: value ``{"problem", "faults", "active", "signatures", "sha256", "size"}``."""
    head, parts = packing.unpack(file)
    data = parts.pop()
    answer: dict[str, Any] = {
        "problem": None,
        "faults": [],
        "active": [],
        "signatures": [],
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "revisions": 0,
    }
    try:
        _verify(data, head, parts, answer)
    except (
        PdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        AssertionError,
    ):
        answer["problem"] = "broken"
    return answer, []


def _verify(data: bytes, head: dict[str, Any], parts: list[bytes], answer: dict[str, Any]) -> None:
    if not data:
        answer["problem"] = "empty"
        return
    place = data[:_HEAD].find(b"%PDF-")
    if place < 0:
        answer["problem"] = "not_pdf"
        return
    faults: list[str] = answer["faults"]
    if place:
        faults.append("before_header")
    answer["marks"] = structure.byte_range_marks(data)
    reader = PdfFileReader(io.BytesIO(data), strict=True)
    if reader.security_handler is not None:
        answer["problem"] = "encrypted"
        return
    answer["revisions"] = reader.xrefs.total_revisions
    found = _signatures(data, reader, faults)
    if not found:
        if answer["marks"]:
            faults.append("signature_removed")
        return
    if reader.xrefs.hybrid_xrefs_present:
        faults.append("hybrid")
    if answer["marks"] != len({id(f) for f in found}):
        faults.append("signature_outside_form")
    evidence = trust.gather(head, parts, reader)
    found.sort(key=lambda f: f.revision)
    for item in found:
        _judge(item, evidence)
    _judge_together(reader, found, data, faults)
    try:
        answer["active"] = contents.active(reader, seconds=float(head.get("seconds", 8)))
    except contents.TooComplexError:
        faults.append("too_complex")
    if structure.hidden_objects(data, reader):
        faults.append("hidden_objects")
    answer["signatures"] = [f.as_value() for f in found]


# ── finding ──────────────────────────────────────────────────────────────────


def _signatures(data: bytes, reader: PdfFileReader, faults: list[str]) -> list[Found]:
    found: list[Found] = []
    values: set[tuple[int, int]] = set()
    for name, value, ref in enumerate_sig_fields(reader, filled_status=True):
        if len(found) >= _MOST_SIGNATURES:
            faults.append("too_many")
            break
        item = Found(str(name)[:200])
        found.append(item)
        signature = structure.plain(value)
        if not hasattr(signature, "raw_get"):
            item.faults.append("bad_signature")
            continue
        item.kind = "timestamp" if structure.plain(signature.get("/Type")) == "/DocTimeStamp" else "signature"
        item.faults += structure.signature_faults(data, signature)
        holder = getattr(signature, "container_ref", None)
        if holder is not None:
            key = (holder.idnum, holder.generation)
            if key in values:
                item.faults.append("shared_value")
            values.add(key)
        try:
            item.embedded = EmbeddedPdfSignature(reader, structure.plain(ref), item.name)
            item.revision = item.embedded.signed_revision
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it is no signature
            item.faults.append("bad_signature")
    return found


# ── one signature ────────────────────────────────────────────────────────────


def _judge(item: Found, evidence: trust.Evidence) -> None:
    signature = item.embedded
    if signature is None:
        return
    try:
        item.signer = trust.describe(signature.signer_cert)
        item.algorithm = (
            f"{signature.signer_info['signature_algorithm'].signature_algo} {signature.md_algorithm}"[:60]
        )
        claimed = signature.self_reported_timestamp
        item.claimed_at = claimed.isoformat() if claimed else None
        level = signature.docmdp_level
        item.certification = level.value if level is not None else None
        if (
            signature.signed_data["encap_content_info"]["content"].native is not None
            and item.kind == "signature"
        ):
            item.faults.append("content_inside")
        if item.kind == "timestamp":
            _judge_timestamp(item, signature, evidence)
        else:
            _judge_signature(item, signature, evidence, claimed)
    except Exception:  # noqa: BLE001 - a signature that cannot be judged is not valid
        item.faults.append("bad_signature")


def _judge_timestamp(item: Found, signature: EmbeddedPdfSignature, evidence: trust.Evidence) -> None:
    status = asyncio.run(
        async_validate_pdf_timestamp(
            signature, evidence.context(evidence.moment), diff_policy=DEFAULT_DIFF_POLICY
        )
    )
    item.stamped_at = status.timestamp.isoformat()
    _note(item, status)


def _judge_signature(
    item: Found, signature: EmbeddedPdfSignature, evidence: trust.Evidence, claimed: datetime | None
) -> None:
    status = _status(signature, evidence, evidence.moment)
    stamp = status.timestamp_validity
    if stamp is not None:
        if not (stamp.intact and stamp.valid):
            item.faults.append("bad_timestamp")
        elif stamp.trusted:
            item.stamped_at = stamp.timestamp.isoformat()
            if not status.trusted:  # what has expired since was good at a proven instant
                status = _status(signature, evidence, stamp.timestamp)
        else:
            item.faults.append("untrusted_timestamp")
    _note(item, status)
    proven = stamp.timestamp if item.stamped_at and stamp is not None else None
    for fault in (
        trust.purpose_fault(signature.signer_cert),
        trust.revocation_fault(status.validation_path, evidence, proven or evidence.moment),
    ):
        item.faults += [fault] if fault else []
    if claimed is None and proven is None:
        item.faults.append("no_time")
    at = claimed or proven
    if at is not None:
        if at.tzinfo is None:
            item.faults.append("no_time")
        elif at > evidence.moment + timedelta(minutes=10):
            item.faults.append("future")
        elif not signature.signer_cert.not_valid_before <= at <= signature.signer_cert.not_valid_after:
            item.faults.append("outside_validity")
    if status.seed_value_constraint_error is not None:
        item.faults.append("seed_values")


def _status(signature: EmbeddedPdfSignature, evidence: trust.Evidence, moment: datetime) -> Any:
    return asyncio.run(
        async_validate_pdf_signature(
            signature,
            evidence.context(moment),
            evidence.context(evidence.moment),
            diff_policy=DEFAULT_DIFF_POLICY,
            key_usage_settings=_ANY_USAGE if signature.signer_cert.key_usage_value is None else _USAGE,
        )
    )


def _note(item: Found, status: Any) -> None:
    if not status.intact:
        item.faults.append("digest")
    elif not status.valid:
        item.faults.append("signature_value")
    if status.intact and status.valid and not status.trusted:
        code = trust.problem(status.trust_problem_indic)
        # One's own signature under one's own name is nobody's word for it, whatever else is wrong.
        item.faults.append(
            "untrusted" if code == "wrong_purpose" and status.signing_cert.self_issued else code
        )
    item.chain = trust.chain_of(status.validation_path)
    item.covers_file = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        item.faults.append("not_covered")
    found = status.diff_result
    if item.covers_file:
        item.changes_after = "none"
    elif isinstance(found, DiffResult):
        item.changes_after = _LEVELS[found.modification_level]
    if item.changes_after in ("other", "annotations"):
        item.faults.append("changed")
    elif status.docmdp_ok is False:
        item.faults.append("not_permitted")


# ── all of them ──────────────────────────────────────────────────────────────


def _judge_together(reader: PdfFileReader, found: list[Found], data: bytes, faults: list[str]) -> None:
    good = [f for f in found if f.embedded is not None]
    if not good:
        return
    _judge_certification(reader, good, faults)
    names = {f.name for f in found}
    real = [f for f in good if f.kind == "signature"]
    for item in real:
        if item is real[-1]:
            if item.changes_after == "form":
                item.faults.append("form_after_last")
        elif item.revision >= 0:
            item.faults += changes.form_faults(reader, item.revision, real[-1].revision, names)
    last = good[-1]
    if last.embedded is not None:
        covered = _covered(last.embedded)
        faults += changes.tail_faults(reader, last.embedded, covered, len(data))


def _covered(signature: EmbeddedPdfSignature) -> int:
    try:
        return int(signature.byte_range[2]) + int(signature.byte_range[3])
    except (IndexError, TypeError, ValueError):
        return 0


def _judge_certification(reader: PdfFileReader, good: list[Found], faults: list[str]) -> None:
    """Certification belongs to the first signature, and the catalogue names that very one."""
    certifying = [f for f in good if _certifies(f)]
    if len(certifying) > 1 or (certifying and certifying[0] is not good[0]):
        faults.append("certified_late")
    permissions = structure.plain(reader.root.get("/Perms"))
    named = permissions.get("/DocMDP") if hasattr(permissions, "get") else None
    if named is None:
        if certifying:
            faults.append("certification_unnamed")
        return
    holder = getattr(structure.plain(named), "container_ref", None)
    mine = (
        getattr(certifying[0].embedded.sig_object, "container_ref", None)
        if certifying and certifying[0].embedded
        else None
    )
    if holder is None or mine is None or (holder.idnum, holder.generation) != (mine.idnum, mine.generation):
        faults.append("certification_unnamed")


def _certifies(item: Found) -> bool:
    references = structure.plain(item.embedded.sig_object.get("/Reference")) if item.embedded else None
    if references is None:
        return False
    try:
        return any(
            structure.plain(structure.plain(r).get("/TransformMethod")) == "/DocMDP" for r in references
        )
    except (AttributeError, TypeError):
        return True
