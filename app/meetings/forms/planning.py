"""Soạn và sửa cuộc họp."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import request
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from app.core import clock, limits
from app.core.actor import Actor
from app.meetings import labels, queries
from app.meetings.forms.fields import AgendaField, HourField, MeetingDayField, OutsideField, SeatsField
from app.meetings.models import InviteeRole, Meeting
from app.meetings.service import Details, Guests, Schedule
from app.org import queries as org
from app.storage.kinds import ATTACHMENT, accept_list
from app.web.forms import (
    FilesField,
    LineField,
    MomentField,
    OfficeForm,
    ParagraphField,
    PickField,
    PickManyField,
    TickField,
    WordField,
)

DEFAULT_SEATS = 2
_SECURE = "https:" + r"/{2}\S+\Z"


class InvitationForm(OfficeForm):
    """Trình giấy mời."""

    signer = PickField("Người ký giấy mời", required="Hãy chọn người ký.", combobox=False)

    def offer(self, meeting: Meeting) -> None:
        """Đặt danh sách người ký; the chair stands first when he may sign."""
        self.signer.offer(queries.leaders(meeting.agency_id)[0])
        if not self.is_submitted() and str(meeting.chair_post_id) in {o.value for o in self.signer.options}:
            self.signer.data = meeting.chair_post_id


class MeetingForm(OfficeForm):
    """Soạn cuộc họp; sửa thì không đổi giờ, phòng nữa khi đã mời."""

    title = ParagraphField(
        "Nội dung cuộc họp",
        required="Hãy nhập nội dung cuộc họp.",
        most=limits.SUBJECT_CHARS,
        rows=2,
        one_line=True,
    )
    kind = WordField("Loại cuộc họp", list(labels.KINDS.items()))
    chair = PickField("Chủ trì cuộc họp", required="Hãy chọn người chủ trì.")
    secretary = PickField("Thư ký cuộc họp", required="Hãy chọn thư ký.")
    contact = PickField("Đầu mối liên hệ", blank="Là thư ký cuộc họp")
    contact_phone = LineField("Điện thoại liên hệ", most=50)
    day = MeetingDayField("Ngày họp", needed="Hãy nhập ngày họp.")
    starts = HourField("Từ", needed="Hãy nhập giờ bắt đầu.")
    ends = HourField("Đến", needed="Hãy nhập giờ kết thúc.")
    room = PickField("Phòng họp", blank="Nơi khác", combobox=False)
    place = LineField("Địa điểm khác", most=limits.NAME_CHARS)
    groups = PickManyField("Nhóm cơ quan đã lưu")
    agencies = PickManyField("Cơ quan", most=limits.RECIPIENTS)
    default_seats = IntegerField(
        "Số người mỗi cơ quan",
        [
            InputRequired("Hãy nhập số người."),
            NumberRange(1, limits.INVITEES, f"Số người phải từ 1 đến {limits.INVITEES}."),
        ],
        default=DEFAULT_SEATS,
    )
    seats = SeatsField("Số chỗ của từng cơ quan")
    people = PickManyField("Người mời đích danh", most=limits.INVITEES)
    invited_guests = PickManyField("Khách mời", most=limits.INVITEES)
    outside = OutsideField("Người ngoài hệ thống")
    requirements = ParagraphField("Yêu cầu chuẩn bị", most=limits.NOTE_CHARS, rows=3)
    papers_due = MomentField("Hạn gửi tài liệu")
    answer_by = MomentField("Hạn phản hồi")
    answers_close = MomentField("Khóa trả lời lúc")
    online_link = LineField(
        "Đường dẫn họp trực tuyến",
        most=500,
        validators=[Optional(), Regexp(_SECURE, message="Đường dẫn phải bắt đầu bằng https.")],
    )
    is_key_event = TickField("Sự kiện quan trọng (in thiếp mời có tên)")
    agenda = AgendaField("Chương trình")
    papers = FilesField("Tài liệu họp", accept=accept_list(ATTACHMENT))
    signer = PickField("Người ký giấy mời", blank="Là người chủ trì", combobox=False)

    def offer(self, actor: Actor, meeting: Meeting | None = None) -> None:
        """Đặt các danh sách; a called meeting keeps its hours, so their fields are not asked for."""
        agency_id = actor.agency_id or 0
        own = org.post_choices(agency_id)
        for field in (self.chair, self.secretary, self.contact):
            field.offer(own)
        signers, elsewhere = queries.leaders(agency_id)
        self.people.offer([*own, *elsewhere])
        self.invited_guests.offer([*own, *elsewhere])
        self.agencies.offer(org.agency_choices(exclude=agency_id))
        self.saved = queries.groups(agency_id)
        self.groups.offer([org.Choice(str(g.id), g.name, f"{len(g.agency_ids)} cơ quan") for g in self.saved])
        self.rooms = list(queries.rooms(agency_id))
        self.room.offer([org.Choice(str(r.id), r.name, f"{r.capacity} chỗ") for r in self.rooms])
        self._seats(meeting)
        if meeting is not None and meeting.called_at is not None:
            for name in ("day", "starts", "ends", "room", "place"):
                del self[name]
        if meeting is not None:
            del self["papers"], self["signer"]
        else:
            self.signer.offer(signers)

    def _seats(self, meeting: Meeting | None) -> None:
        invited = [i for i in meeting.invitees if i.is_agency] if meeting is not None else []
        self.seats.offer(
            [(i.agency_id, i.agency.short_name, i.seats) for i in invited],
            request.form if self.is_submitted() else None,
        )

    def begin(self, actor: Actor) -> None:
        """Điền sẵn cho cuộc họp mới."""
        options = {c.value for c in self.secretary.options}
        if actor.post_id is not None and str(actor.post_id) in options:
            self.secretary.data = actor.post_id
        self.kind.data = "work"

    def fill(self, meeting: Meeting, *, copy: bool = False) -> None:
        """Điền từ một cuộc họp; ``copy`` takes over everything but the day and the deadlines."""
        self.title.data, self.kind.data = meeting.title, meeting.kind
        self.chair.data, self.secretary.data = meeting.chair_post_id, meeting.secretary_post_id
        self.contact.data = (
            meeting.contact_post_id if meeting.contact_post_id != meeting.secretary_post_id else None
        )
        self.contact_phone.data, self.requirements.data = meeting.contact_phone, meeting.requirements
        self.agencies.data = [i.agency_id for i in meeting.invitees if i.is_agency]
        by_name = [i for i in meeting.invitees if i.post_id is not None]
        self.people.data = [i.post_id for i in by_name if i.role == InviteeRole.MEMBER]
        self.invited_guests.data = [i.post_id for i in by_name if i.role == InviteeRole.GUEST]
        self.outside.process(None, [i for i in meeting.invitees if i.is_outside])
        self.online_link.data, self.is_key_event.data = meeting.online_link, meeting.is_key_event
        self.agenda.process(None, meeting.agenda)
        if "starts" in self:
            self.starts.data, self.ends.data = (
                clock.local(m).time() for m in (meeting.starts_at, meeting.ends_at)
            )
            self.room.data, self.place.data = meeting.room_id, meeting.place
        if copy:
            seats = {i.seats for i in meeting.invitees if i.is_agency}
            self.default_seats.data = max(seats, default=DEFAULT_SEATS)
            return
        if "day" in self:
            self.day.data = clock.local(meeting.starts_at).date()
        self.papers_due.data, self.answer_by.data = meeting.papers_due_at, meeting.answer_by
        self.answers_close.data = meeting.answers_close_at

    @property
    def details(self) -> Details:
        """Nội dung đã nhập."""
        return Details(
            title=self.title.data or "",
            kind=self.kind.data,
            chair_post_id=self.chair.data,
            secretary_post_id=self.secretary.data,
            contact_post_id=self.contact.data,
            contact_phone=self.contact_phone.data or "",
            requirements=self.requirements.data or "",
            answer_by=self.answer_by.data,
            answers_close_at=self.answers_close.data,
            online_link=self.online_link.data or "",
            is_key_event=self.is_key_event.data,
            papers_due_at=self.papers_due.data,
            agenda=self.agenda.data,
        )

    @property
    def signer_post_id(self) -> int:
        """Người ký giấy mời: the one chosen, else the chair."""
        return self.signer.data or self.chair.data

    @property
    def hours(self) -> tuple[datetime, datetime] | None:
        """Giờ họp, nếu đã nhập đủ và hiểu được."""
        if "day" not in self or not (self.day.data and self.starts.data and self.ends.data):
            return None
        return clock.instant(self.day.data, self.starts.data), clock.instant(self.day.data, self.ends.data)

    @property
    def schedule(self) -> Schedule | None:
        """Giờ và chỗ họp."""
        hours = self.hours
        if hours is None:
            return None
        return Schedule(*hours, room_id=self.room.data, place=self.place.data or "")

    def guests(self, actor: Actor) -> Guests:
        """Thành phần mời: groups opened into their agencies, each with its own seats or the common number."""
        chosen = set(self.groups.data or [])
        from_groups = [a for g in self.saved if g.id in chosen for a in g.agency_ids]
        wanted = [
            a for a in dict.fromkeys([*(self.agencies.data or []), *from_groups]) if a != actor.agency_id
        ]
        common = self.default_seats.data or DEFAULT_SEATS
        return Guests(
            tuple((a, self.seats.data.get(a, common)) for a in wanted),
            tuple(self.people.data or []),
            tuple(self.invited_guests.data or []),
            self.outside.data,
        )

    def wish(self, actor: Actor) -> queries.Wish | None:
        """Điều đang định, để cảnh báo trùng lịch khi xem thử."""
        hours = self.hours
        if hours is None:
            return None
        guests = self.guests(actor)
        posts: list[Any] = [self.chair.data, *guests.posts]
        return queries.Wish(
            starts_at=hours[0],
            ends_at=hours[1],
            post_ids=tuple(p for p in posts if p is not None),
            agency_ids=tuple(a for a, _seats in guests.agencies),
            people=1 + sum(s for _a, s in guests.agencies) + len(guests.posts) + len(guests.outside),
            room=next((r for r in self.rooms if r.id == self.room.data), None),
        )
