"""Trả lời từ chương trình lịch (iTIP REPLY, RFC 5546), read line by line: bounded text, no parser of a library."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parseaddr
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.core import clock
from app.core.text import clean_line
from app.meetings.models import Answer

MOST_BYTES = 1_000_000
_MOST_LINES = 5_000
_ANSWERS = {"ACCEPTED": Answer.ATTEND, "DECLINED": Answer.ABSENT, "DELEGATED": Answer.SUBSTITUTE}
_LINE = re.compile(
    r"(?P<name>[A-Za-z-]+)(?P<parameters>(?:;[^:\"]*(?:\"[^\"]*\")?[^:\"]*)*):(?P<value>.*)", re.DOTALL
)


@dataclass(frozen=True)
class Reply:
    """Một trả lời đọc được: which meeting, who, what, for which revision and hour."""

    message_id: str
    sender: str
    uid: str
    attendee: str
    answer: Answer | None
    sequence: int
    starts_at: datetime | None
    delegate: str
    comment: str


def read_reply(raw: bytes) -> Reply | None:
    """Đọc thư; ``None`` when it carries no calendar reply."""
    if len(raw) > MOST_BYTES:
        return None
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() != "text/calendar" or not isinstance(part, EmailMessage):
            continue
        body = part.get_payload(decode=True)
        found = _read(body.decode("utf-8", "replace") if isinstance(body, bytes) else "", message)
        if found is not None:
            return found
    return None


def _read(text: str, message: EmailMessage) -> Reply | None:
    fields: dict[str, tuple[str, str]] = {}
    for name, parameters, value in _properties(text):
        fields.setdefault(name, (parameters, value))
    if (
        fields.get("METHOD", ("", ""))[1].upper() != "REPLY"
        or "UID" not in fields
        or "ATTENDEE" not in fields
    ):
        return None
    parameters, address = fields["ATTENDEE"]
    status = _parameter(parameters, "PARTSTAT").upper()
    sequence = fields.get("SEQUENCE", ("", "0"))[1]
    return Reply(
        message_id=clean_line(str(message.get("Message-ID", "")))[:500],
        sender=parseaddr(str(message.get("From", "")))[1].lower(),
        uid=fields["UID"][1][:200],
        attendee=_mailto(address),
        answer=_ANSWERS.get(status),
        sequence=int(sequence) if re.fullmatch(r"\d{1,9}", sequence) else 0,
        starts_at=_moment(*fields.get("DTSTART", ("", ""))),
        delegate=_mailto(_parameter(parameters, "DELEGATED-TO")),
        comment=_unescaped(fields.get("COMMENT", ("", ""))[1])[:1000],
    )


def _properties(text: str) -> Iterator[tuple[str, str, str]]:
    """Unfolded lines of the first event, and of the calendar around it."""
    lines: list[str] = []
    for line in text.splitlines()[:_MOST_LINES]:
        if line[:1] in (" ", "\t") and lines:
            lines[-1] += line[1:]
        else:
            lines.append(line)
    depth: list[str] = []
    for line in lines:
        match = _LINE.match(line[:10_000])
        if match is None:
            continue
        name, value = match["name"].upper(), match["value"].strip()
        if name == "BEGIN":
            depth.append(value.upper())
        elif name == "END" and depth:
            if depth.pop() == "VEVENT":
                return
        elif depth in (["VCALENDAR"], ["VCALENDAR", "VEVENT"]):
            yield name, match["parameters"], value


def _parameter(parameters: str, name: str) -> str:
    found = re.search(rf';{name}=("([^"]*)"|[^;:"]*)', parameters, re.IGNORECASE)
    return (found[2] or found[1]).strip('"') if found else ""


def _mailto(value: str) -> str:
    return re.sub(r"(?i)\Amailto:", "", value.strip()).lower()[:200]


def _unescaped(value: str) -> str:
    return clean_line(
        value.replace("\\n", " ")
        .replace("\\N", " ")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\\\", "\\")
    )


def _moment(parameters: str, value: str) -> datetime | None:
    match = re.fullmatch(r"(\d{8}T\d{6})(Z?)", value)
    if match is None:
        return None
    try:
        naive = datetime.strptime(match[1], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - the zone is put on below
        zone = UTC if match[2] else ZoneInfo(_parameter(parameters, "TZID") or clock.LOCAL.key)
    except (ValueError, ZoneInfoNotFoundError):
        return None
    return naive.replace(tzinfo=zone).astimezone(UTC)
