"""Quy trình cuộc họp: one table draws the buttons and guards the server."""

from __future__ import annotations

from datetime import timedelta

from app.core import clock
from app.core.permissions import Role
from app.core.workflow import Workflow, row
from app.documents.models import OutgoingState
from app.meetings import events, labels, policy
from app.meetings.models import Meeting, MeetingState

S = MeetingState


def has_invitees(meeting: Meeting) -> str | None:
    """Có thành phần mời."""
    return (
        None if meeting.invitees else "Chưa có thành phần mời. Hãy mở “Sửa” và chọn cơ quan, người được mời."
    )


def has_location(meeting: Meeting) -> str | None:
    """Có phòng họp hoặc địa điểm."""
    return None if meeting.location else "Chưa có phòng họp hoặc địa điểm. Hãy mở “Sửa” và chọn phòng."


def is_ahead(meeting: Meeting) -> str | None:
    """Giờ họp chưa qua."""
    if clock.now() < meeting.starts_at:
        return None
    at = clock.local(meeting.starts_at)
    return f"Giờ họp {at:%H:%M} ngày {at:%d/%m/%Y} đã qua. Hãy chọn giờ khác."


def no_invitation_under_way(meeting: Meeting) -> str | None:
    """Giấy mời chưa trình, hoặc đã bị trả lại, đã hủy."""
    document = meeting.invitation
    if document is None or document.state in (OutgoingState.DRAFT, OutgoingState.DISCARDED):
        return None
    if document.state == OutgoingState.ISSUED:
        return f"Giấy mời {document.reference} đã phát hành."
    return "Giấy mời đang trình duyệt. Muốn trình lại, hãy đề nghị người đang duyệt trả lại dự thảo."


def not_begun(meeting: Meeting) -> str | None:
    """Chưa đến giờ họp."""
    if clock.now() < meeting.starts_at:
        return None
    at = clock.local(meeting.starts_at)
    return (
        f"Cuộc họp đã bắt đầu lúc {at:%H:%M} ngày {at:%d/%m/%Y}. Hãy liên hệ trực tiếp đầu mối của cuộc họp."
    )


def answers_open(meeting: Meeting) -> str | None:
    """Còn trong thời gian trả lời."""
    closes = meeting.answers_close_at
    if closes is not None and closes <= clock.now() < meeting.starts_at:
        at = clock.local(closes)
        return (
            f"Đã khóa trả lời từ {at:%H:%M} ngày {at:%d/%m/%Y}. Hãy liên hệ trực tiếp đầu mối của cuộc họp."
        )
    return not_begun(meeting)


def has_begun(meeting: Meeting) -> str | None:
    """Đã đến giờ họp."""
    if clock.now() >= meeting.starts_at:
        return None
    at = clock.local(meeting.starts_at)
    return f"Chưa đến giờ họp ({at:%H:%M} ngày {at:%d/%m/%Y})."


def someone_is_silent(meeting: Meeting) -> str | None:
    """Còn nơi chưa phản hồi."""
    return None if any(i.answer is None for i in meeting.invitees) else "Mọi thành phần mời đã phản hồi."


def owes_conclusion(meeting: Meeting) -> str | None:
    """Còn phải ban hành thông báo kết luận."""
    if meeting.conclusion_document_id is not None:
        return "Thông báo kết luận đã được ghi nhận."
    return None if meeting.conclusion_due_on else "Cuộc họp này không phải ban hành thông báo kết luận."


_DOOR_OPENS = timedelta(hours=1)


def door_is_open(meeting: Meeting) -> str | None:
    """Đã đến giờ điểm danh."""
    opens = meeting.starts_at - _DOOR_OPENS
    if clock.now() >= opens:
        return None
    at = clock.local(opens)
    return f"Điểm danh mở từ {at:%H:%M} ngày {at:%d/%m/%Y}."


def chaired_by_leader(meeting: Meeting) -> str | None:
    """Do lãnh đạo cơ quan chủ trì."""
    return (
        None
        if Role.LEADER in meeting.chair.roles
        else "Chỉ cuộc họp do lãnh đạo chủ trì được lấy phòng đã có lịch."
    )


def no_conclusion_under_way(meeting: Meeting) -> str | None:
    """Thông báo kết luận chưa trình, hoặc đã bị trả lại, đã hủy."""
    if meeting.conclusion_document_id is not None:
        return "Thông báo kết luận đã ban hành."
    draft = meeting.conclusion_draft
    if draft is None or draft.state in (OutgoingState.DRAFT, OutgoingState.DISCARDED):
        return None
    return "Thông báo kết luận đang trình duyệt."


# The order of the rows is that of the buttons.
# fmt: off
MEETING = Workflow(
    "MEETING",
    MeetingState,
    (
        #   action               from                           to           who                            must hold                             event
        row("draft_invitation",  {S.DRAFT, S.CALLED},           None,        policy.is_organizer,           [has_invitees, has_location, is_ahead, no_invitation_under_way], events.InvitationDrafted),
        row("call",              {S.DRAFT},                     S.CALLED,    policy.is_organizer,           [has_invitees, has_location, is_ahead], events.MeetingCalled),
        row("answer",            {S.CALLED},                    None,        policy.may_answer_some,        [answers_open],                          events.InvitationAnswered),
        row("remind",            {S.CALLED},                    None,        policy.is_organizer_or_chair,  [not_begun, someone_is_silent],       events.InviteesReminded),
        row("decide_substitute", {S.CALLED},                    None,        policy.is_chair,               [not_begun],                          events.SubstituteDecided),
        row("renew_link",        {S.CALLED},                    None,        policy.is_organizer,           [],                                   events.LinkRenewed),
        row("revoke_link",       {S.CALLED},                    None,        policy.is_organizer,           [],                                   events.LinkRevoked),
        row("mark_unplanned",    {S.DRAFT, S.CALLED},           None,        policy.is_organizer,           [],                                   events.MeetingMarkedUnplanned),
        row("hold",              {S.CALLED},                    S.HELD,      policy.is_organizer_or_chair,  [has_begun],                          events.MeetingHeld),
        row("take_attendance",   {S.CALLED, S.HELD},            None,        policy.is_organizer,           [door_is_open],                       events.AttendanceTaken),
        row("begin_item",        {S.CALLED},                    None,        policy.is_organizer_or_chair,  [has_begun],                          events.AgendaItemBegun),
        row("open_ballot",       {S.CALLED, S.HELD},            None,        policy.is_organizer_or_chair,  [],                                   events.BallotOpened),
        row("close_ballot",      {S.CALLED, S.HELD},            None,        policy.is_organizer_or_chair,  [],                                   events.BallotClosed),
        row("write_minutes",     {S.CALLED, S.HELD},            None,        policy.is_organizer,           [has_begun],                          events.MinutesWritten),
        row("draft_conclusion",  {S.HELD},                      None,        policy.is_organizer,           [no_conclusion_under_way],            events.ConclusionDrafted),
        row("assign_conclusions", {S.CALLED, S.HELD},           None,        policy.may_assign_conclusions, [has_begun],                          events.ConclusionsAssigned),
        row("record_conclusion", {S.HELD},                      None,        policy.is_organizer,           [owes_conclusion],                    events.ConclusionRecorded),
        row("waive_conclusion",  {S.HELD},                      None,        policy.is_organizer_or_chair,  [owes_conclusion],                    events.ConclusionWaived),
        row("edit",              {S.DRAFT, S.CALLED},           None,        policy.is_organizer,           [],                                   events.MeetingChanged),
        row("move",              {S.CALLED},                    None,        policy.is_organizer,           [],                                   events.MeetingMoved),
        row("save_site",         {S.DRAFT, S.CALLED},           None,        policy.is_organizer,           [],                                   events.SiteSaved),
        row("repeat_meeting",    {S.DRAFT, S.CALLED, S.HELD},   None,        policy.is_organizer,           [],                                   events.MeetingRepeated),
        row("displace",          {S.DRAFT, S.CALLED},           None,        policy.is_organizer,           [is_ahead, chaired_by_leader],        events.RoomTakenOver),
        row("add_papers",        {S.DRAFT, S.CALLED, S.HELD},   None,        policy.is_organizer,           [],                                   events.PapersAdded),
        row("replace_paper",     {S.DRAFT, S.CALLED},           None,        policy.is_organizer,           [],                                   events.PaperReplaced),
        row("remove_paper",      {S.DRAFT, S.CALLED},           None,        policy.is_organizer,           [],                                   events.PaperRemoved),
        row("cancel",            {S.DRAFT, S.CALLED},           S.CANCELLED, policy.is_organizer_or_chair,  [],                                   events.MeetingCancelled),
    ),
    labels.MEETING,
)
# fmt: on
