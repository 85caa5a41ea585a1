"""Xác minh chữ ký số bằng lời: the jail finds, here it is decided and said. No database, no network."""

from __future__ import annotations

import os
import stat
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from app.core.text import clean_line
from app.signing.labels import CERTIFICATION, FINDINGS, GRAVITY, HARMLESS, KINDS, PROBLEMS, VERDICTS, Verdict
from app.signing.service import sandbox
from app.signing.service.trusting import Trust
from app.storage.jail import JailError

_CHARS = 300


@dataclass(frozen=True)
class Signature:
    """Một chữ ký đã xác minh."""

    field: str
    kind: str
    verdict: str
    words: str
    reasons: list[str]
    codes: list[str]
    signer: str
    organization: str
    title: str
    issuer: str
    serial: str
    certificate_sha256: str
    valid_from: str
    valid_to: str
    signed_at: str | None
    time_source: str
    chain: list[str]
    algorithm: str
    certification: str
    covers_whole_file: bool
    changes_after: str


@dataclass(frozen=True)
class Report:
    """Kết quả xác minh một tệp."""

    verdict: str
    words: str
    summary: str
    reasons: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    sha256: str = ""
    size: int = 0

    @property
    def is_valid(self) -> bool:
        """Hợp lệ."""
        return self.verdict == Verdict.VALID

    def as_value(self) -> dict[str, Any]:
        """Giá trị JSON."""
        return asdict(self)


def verify_bytes(data: bytes, trust: Trust, moment: datetime, *, needs_revocation: bool = False) -> Report:
    """Xác minh các byte của một tệp PDF ở một thời điểm."""
    if len(data) > sandbox.FILE_BYTES:
        return _unreadable("too_large", size=len(data))
    head = {
        "roots": len(trust.roots),
        "moment": moment.isoformat(),
        "needs_revocation": needs_revocation,
    }
    try:
        answer = sandbox.call("verify", head, [*trust.roots, *trust.crls, data])
        return _report(answer.value)
    except JailError as problem:
        return _unreadable(problem.reason, size=len(data))
    except (KeyError, TypeError, ValueError, AttributeError):
        return _unreadable("crash", size=len(data))


def verify_file(path: Path, trust: Trust, moment: datetime, *, needs_revocation: bool = False) -> Report:
    """Xác minh một tệp trên đĩa."""
    try:
        with open(path, "rb", opener=_unblocked) as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                return _unreadable("missing")
            if about.st_size > sandbox.FILE_BYTES:
                return _unreadable("too_large", size=about.st_size)
            data = stream.read(sandbox.FILE_BYTES + 1)
    except (OSError, ValueError):
        return _unreadable("missing")
    return verify_bytes(data, trust, moment, needs_revocation=needs_revocation)


def _unblocked(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def _unreadable(code: str, *, size: int = 0, sha256: str = "") -> Report:
    reason = PROBLEMS.get(code, PROBLEMS["crash"])
    words = VERDICTS[Verdict.UNREADABLE]
    return Report(Verdict.UNREADABLE, words, f"{words}: {reason}", [reason], [code], sha256=sha256, size=size)


def _report(value: dict[str, Any]) -> Report:
    sha256, size = str(value["sha256"]), int(value["size"])
    if value["problem"] is not None:
        return _unreadable(str(value["problem"]), size=size, sha256=sha256)
    signatures = [_signature(s) for s in value["signatures"]]
    codes = [str(c) for c in value["faults"]]
    active = [str(c) for c in value["active"]]
    if not signatures and not codes:
        words = VERDICTS[Verdict.UNSIGNED]
        return Report(Verdict.UNSIGNED, words, f"{words}.", sha256=sha256, size=size)
    codes += [c for c in active if c not in HARMLESS]
    real = [s for s in signatures if s.kind == "signature"]
    verdict = _worst([_verdict_of(codes), *(Verdict(s.verdict) for s in signatures)])
    if verdict == Verdict.VALID and not real:
        verdict, codes = Verdict.UNKNOWN, [*codes, "untrusted"]
    reasons = _reasons(codes)
    return Report(
        verdict,
        VERDICTS[verdict],
        _summary(verdict, real, reasons),
        reasons,
        codes,
        [HARMLESS[c] for c in active if c in HARMLESS],
        signatures,
        sha256,
        size,
    )


def _verdict_of(codes: list[str]) -> Verdict:
    return _worst([FINDINGS[c][0] if c in FINDINGS else Verdict.INVALID for c in codes])


def _worst(verdicts: list[Verdict]) -> Verdict:
    return max(verdicts, key=GRAVITY.index, default=Verdict.VALID)


def _reasons(codes: list[str]) -> list[str]:
    return list(dict.fromkeys(FINDINGS.get(c, (None, "Chữ ký có điểm bất thường."))[1] for c in codes))


def _signature(found: dict[str, Any]) -> Signature:
    codes = [str(c) for c in found["faults"]]
    verdict = _verdict_of(codes)
    signer = {str(k): _line(v) for k, v in dict(found["signer"]).items()}
    stamped, claimed = found["stamped_at"], found["claimed_at"]
    if not signer and verdict == Verdict.VALID:
        verdict, codes = Verdict.INVALID, ["bad_signature"]
    return Signature(
        field=_line(found["name"]),
        kind=str(found["kind"]) if found["kind"] in KINDS else "signature",
        verdict=verdict,
        words=VERDICTS[verdict],
        reasons=_reasons(codes),
        codes=codes,
        signer=signer.get("name", ""),
        organization=signer.get("organization", "") or signer.get("unit", ""),
        title=signer.get("title", ""),
        issuer=signer.get("issuer", ""),
        serial=signer.get("serial", ""),
        certificate_sha256=signer.get("sha256", ""),
        valid_from=signer.get("not_before", ""),
        valid_to=signer.get("not_after", ""),
        signed_at=_instant(stamped) or _instant(claimed),
        time_source="timestamp" if stamped else "claimed" if claimed else "none",
        chain=[_line(c) for c in found["chain"]][:12],
        algorithm=_line(found["algorithm"]),
        certification=CERTIFICATION.get(found["certification"], "") if found["certification"] else "",
        covers_whole_file=bool(found["covers_file"]),
        changes_after=_line(found["changes_after"]),
    )


def _line(value: Any) -> str:
    return clean_line(str(value or ""))[:_CHARS]


def _instant(value: Any) -> str | None:
    return datetime.fromisoformat(str(value)).isoformat() if value else None


def _summary(verdict: Verdict, signatures: list[Signature], reasons: list[str]) -> str:
    words = VERDICTS[verdict]
    if verdict == Verdict.VALID:
        who = "; ".join(_who(s) for s in signatures)
        return f"{words}: {who}. Nội dung không thay đổi từ khi ký."
    why = reasons or list(dict.fromkeys(r for s in signatures for r in s.reasons))
    return f"{words}: {' '.join(why)}" if why else f"{words}."


def _who(signature: Signature) -> str:
    agency = signature.organization
    return f"{signature.signer} ({agency})" if agency and agency != signature.signer else signature.signer
