"""Thư mời và lịch: after each act the worker compares what every calendar was told with what is true now.

Told twice is told once: the rows of ``InvitationMail`` and the keys of the mails make a repeated run harmless, and a run
that comes late tells the newest state only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.permissions import Role
from app.core.use_case import use_case
from app.meetings import labels, queries
from app.meetings.models import Answer, Attendee, InvitationMail, Invitee, Meeting, MeetingState
from app.meetings.service.calendar_file import Addressee, Organizer, calendar_file
from app.meetings.service.mailbox import mailbox
from app.notifications.delivery import PostOffice, post_office
from app.notifications.service import mail
from app.org.models import Person, Post

_LOCK = 4_072_104  # one delivery of a meeting at a time
_PARTSTAT = {
    None: "NEEDS-ACTION",
    Answer.ATTEND.value: "ACCEPTED",
    Answer.SUBSTITUTE.value: "DELEGATED",
    Answer.ABSENT.value: "DECLINED",
}


@dataclass(frozen=True)
class _Told:
    """What one address is to be told now."""

    addressee: Addressee
    method: str
    sequence: int
    subject: str


@use_case
def deliver(actor: Actor, meeting_id: int) -> int:
    """Gửi thư mời, thư đổi lịch, thư hủy cho những địa chỉ chưa biết tình hình mới nhất.

    :returns: how many mails were written now.
    """
    meeting = _locked(meeting_id)
    if meeting is None or meeting.called_at is None:
        return 0
    office, told = post_office(), _told(meeting_id)
    letters = list(_due(meeting, told))
    for letter in letters:
        _send(
            meeting,
            letter,
            office,
            key=f"meeting:{meeting.id}:{letter.addressee.address}:{letter.sequence}:{letter.method}",
        )
        _remember(meeting, told, letter)
    return len(letters)


@use_case
def deliver_reminders(actor: Actor, meeting_id: int, invitee_ids: Collection[int], mark: str) -> int:
    """Gửi thư nhắc kèm lại lịch họp cho những nơi vẫn chưa trả lời.

    :param mark: tells this reminder from the next, and is the same however often it is delivered.
    """
    meeting = _locked(meeting_id)
    if meeting is None or meeting.state != MeetingState.CALLED:
        return 0
    office, told, count = post_office(), _told(meeting_id), 0
    chased = [i for i in meeting.invitees if i.id in set(invitee_ids) and i.answer is None]
    for addressee in _addressees_of(chased).values():
        row = told.get(addressee.address)
        letter = _Told(
            addressee, "REQUEST", row.sequence if row else meeting.sequence, "Đề nghị trả lời giấy mời"
        )
        _send(meeting, letter, office, key=f"meeting:{meeting.id}:{addressee.address}:remind:{mark}")
        count += 1
    return count


def _locked(meeting_id: int) -> Meeting | None:
    session.execute(
        text("SELECT pg_advisory_xact_lock(:a, CAST(:b AS int))"), {"a": _LOCK, "b": meeting_id % 2**31}
    )
    return session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .options(
            joinedload(Meeting.agency),
            joinedload(Meeting.room),
            joinedload(Meeting.chair).joinedload(Post.person),
            joinedload(Meeting.secretary).joinedload(Post.person),
            joinedload(Meeting.contact).joinedload(Post.person),
        )
        .execution_options(populate_existing=True)
    )


def _told(meeting_id: int) -> dict[str, InvitationMail]:
    rows = session.scalars(select(InvitationMail).where(InvitationMail.meeting_id == meeting_id))
    return {r.address: r for r in rows}


def _due(meeting: Meeting, told: dict[str, InvitationMail]) -> Iterator[_Told]:
    """Who must hear what: the invited of the newest revision, those no longer invited of their release."""
    wanted = addressees(meeting) if meeting.state == MeetingState.CALLED else {}
    for address, addressee in wanted.items():
        row = told.get(address)
        if row is None or row.method == "CANCEL":
            sequence = max(meeting.sequence, row.sequence + 1 if row else 0)
            yield _Told(addressee, "REQUEST", sequence, "Giấy mời")
        elif row.revision < meeting.sequence:
            yield _Told(addressee, "REQUEST", max(meeting.sequence, row.sequence + 1), "Thay đổi lịch họp")
    if meeting.state == MeetingState.HELD:
        return
    for address, row in told.items():
        if address not in wanted and row.method == "REQUEST":
            gone = meeting.state == MeetingState.CANCELLED
            yield _Told(
                Addressee(address, row.name),
                "CANCEL",
                max(meeting.sequence, row.sequence + 1),
                "Hủy cuộc họp" if gone else "Thôi mời họp",
            )


def _remember(meeting: Meeting, told: dict[str, InvitationMail], letter: _Told) -> None:
    address = letter.addressee.address
    row = told.get(address) or InvitationMail(meeting_id=meeting.id, address=address, times=0)
    row.name, row.method, row.sequence = letter.addressee.name, letter.method, letter.sequence
    row.revision, row.sent_at, row.times = meeting.sequence, clock.now(), row.times + 1
    session.add(row)


def addressees(meeting: Meeting) -> dict[str, Addressee]:
    """Mọi địa chỉ phải có cuộc họp trên lịch, each once: the chair before the invited, people before agencies."""
    found = _addressees_of(queries.invitees(meeting.id))
    for post, role in ((meeting.secretary, "REQ-PARTICIPANT"), (meeting.chair, "CHAIR")):
        if post.person is not None and post.person.email:
            item = Addressee(_key(post.person.email), post.person.full_name, role, "ACCEPTED")
            found[item.address] = item
    return found


def _addressees_of(invitees: Collection[Invitee]) -> dict[str, Addressee]:
    found: dict[str, Addressee] = {}
    for address, item in _of_agencies([i for i in invitees if i.is_agency]):
        found[_key(address)] = Addressee(
            _key(address), item.agency.name, answer=_PARTSTAT[item.answer], is_agency=True, link=_link(item)
        )
    for sent in _of_sent([i.id for i in invitees]):
        found[_key(sent.email)] = Addressee(_key(sent.email), sent.full_name, answer="ACCEPTED")
    for invitee in invitees:
        if invitee.outside_email:
            found[_key(invitee.outside_email)] = Addressee(
                _key(invitee.outside_email),
                invitee.outside_name,
                answer=_PARTSTAT[invitee.answer],
                is_outside=True,
                link=_link(invitee),
            )
        person = invitee.post.person if invitee.post is not None else None
        if person is not None and person.email:
            found[_key(person.email)] = Addressee(
                _key(person.email), person.full_name, answer=_PARTSTAT[invitee.answer], link=_link(invitee)
            )
    return found


def _key(address: str) -> str:
    return address.strip().lower()


def _link(invitee: Invitee) -> str:
    return f"/hop/thu-moi/{invitee.link_token}" if invitee.link_token else ""


def _of_agencies(invitees: Collection[Invitee]) -> Iterator[tuple[str, Invitee]]:
    """The agency's own mailbox; where it has none, its clerks and its head."""
    without = [i.agency_id for i in invitees if not i.agency.email]
    offices: dict[int, list[str]] = {}
    if without:
        rows = session.execute(
            select(Post.agency_id, Person.email)
            .join(Person, Person.id == Post.person_id)
            .where(
                Post.agency_id.in_(without),
                Post.active,
                Person.active,
                Person.email != "",
                Post.roles.contains([Role.CLERK.value])
                | (Post.roles.contains([Role.LEADER.value]) & Post.is_head),
            )
            .order_by(Post.sort, Post.id)
        )
        for agency_id, email in rows:
            offices.setdefault(agency_id, []).append(email)
    for item in invitees:
        for address in [item.agency.email] if item.agency.email else offices.get(item.agency_id, []):
            yield address, item


def _of_sent(invitee_ids: Collection[int]) -> Collection[Person]:
    if not invitee_ids:
        return []
    return session.scalars(
        select(Person)
        .join(Post, Post.person_id == Person.id)
        .join(Attendee, Attendee.post_id == Post.id)
        .where(Attendee.invitee_id.in_(list(invitee_ids)), Person.active, func.length(Person.email) > 0)
    ).all()


def _send(meeting: Meeting, letter: _Told, office: PostOffice, *, key: str) -> None:
    own = letter.addressee.link if letter.addressee.is_outside else ""
    url = f"{office.address}{own or f'/hop/{meeting.id}'}"
    words = description(meeting)
    file = calendar_file(
        meeting,
        method=letter.method,
        sequence=letter.sequence,
        organizer=organizer(meeting, office.sender),
        addressee=letter.addressee,
        url=url,
        description=f"{words}\n\n{url}",
        stamp=clock.now(),
    )
    mail(
        to=letter.addressee.address,
        subject=f"{letter.subject}: {meeting.title}",
        body=_body(meeting, letter, words, url, office),
        key=key,
        calendar=file,
        method=letter.method,
    )


def organizer(meeting: Meeting, fallback: str) -> Organizer:
    """Nơi triệu tập: the mailbox whose replies are read, else the agency's, else its secretary's."""
    box, person = mailbox(), meeting.secretary.person
    if box is not None and box.address:
        return Organizer(box.address, meeting.agency.name)
    return Organizer(
        meeting.agency.email or (person.email if person else "") or fallback, meeting.agency.name
    )


def description(meeting: Meeting) -> str:
    """Nội dung giấy mời bằng lời, cho thư và lịch."""
    starts, ends = clock.local(meeting.starts_at), clock.local(meeting.ends_at)
    lines = [
        f"Thời gian: {starts:%H:%M}–{ends:%H:%M}, ngày {starts:%d/%m/%Y}",
        f"Địa điểm: {meeting.location}",
        f"Chủ trì: {_person(meeting.chair)}",
    ]
    if meeting.online_link:
        lines.append(f"Họp trực tuyến: {meeting.online_link}")
    if meeting.agenda:
        lines.append("Chương trình: " + "; ".join(a.title for a in meeting.agenda))
    if meeting.requirements:
        lines.append(f"Yêu cầu: {meeting.requirements}")
    if meeting.papers_due_at:
        lines.append(f"Hạn gửi tài liệu: {clock.local(meeting.papers_due_at):%H:%M ngày %d/%m/%Y}")
    if meeting.answer_by:
        lines.append(f"Hạn phản hồi: {clock.local(meeting.answer_by):%H:%M ngày %d/%m/%Y}")
    contact = ", ".join(w for w in (_person(meeting.contact), meeting.contact_phone) if w)
    lines.append(f"Đầu mối liên hệ: {contact}")
    return "\n".join(lines)


def _person(post: Post) -> str:
    return f"{post.person.full_name}, {post.title}" if post.person else post.title


def _body(meeting: Meeting, letter: _Told, words: str, url: str, office: PostOffice) -> str:
    if letter.method == "CANCEL":
        reason = f"\nLý do: {meeting.cancel_reason}" if meeting.cancel_reason else ""
        opening = f"{meeting.agency.name} thông báo: {letter.subject.lower()} “{meeting.title}”.{reason}"
        return f"Kính gửi {letter.addressee.name},\n\n{opening}\n\n{words}\n\nXem tại: {url}\n"
    moved = meeting.move_reason if letter.subject == "Thay đổi lịch họp" else ""
    reason = f"\nLý do thay đổi: {moved}" if moved else ""
    ask = f"Trả lời ({', '.join(w.lower() for w in labels.ANSWERS.values())}) tại: {url}"
    if letter.addressee.link:
        personal = f"{office.address}{letter.addressee.link}"
        ask += f"\nTrả lời không cần đăng nhập (đường dẫn riêng, đừng chuyển cho người khác): {personal}"
    return (
        f"Kính gửi {letter.addressee.name},\n\n{meeting.agency.name} trân trọng kính mời dự cuộc họp:\n"
        f"{meeting.title}{reason}\n\n{words}\n\n{ask}\n"
    )
