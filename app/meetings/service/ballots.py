"""Biểu quyết, lấy ý kiến: also of those who are not in the room, until a set hour; closed is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.actor import Actor
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violation, Violations, WrongState
from app.core.events import emit
from app.core.use_case import load_for_change, touch, use_case
from app.meetings import events, queries
from app.meetings.models import Ballot, Meeting, Vote
from app.meetings.service.invitees import principals_of
from app.meetings.service.loading import for_change, shared
from app.meetings.workflow import MEETING
from app.notifications.service import notice


@use_case
def open_ballot(
    actor: Actor,
    meeting_id: int,
    *,
    title: str,
    options: Sequence[str],
    quorum_percent: int,
    closes_at: datetime | None,
) -> Meeting:
    """Mở biểu quyết, lấy ý kiến của các thành viên; every member is asked, whether in the room or not."""
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "open_ballot")
    if not 2 <= len(set(options)) == len(options) <= 10:
        raise Violations(
            [Violation("options", "Ghi từ 2 đến 10 phương án khác nhau, mỗi dòng một phương án.")]
        )
    if closes_at is not None and closes_at <= clock.now():
        raise Violations([Violation("closes_at", "Giờ đóng phải ở phía trước.")])
    ballot = Ballot(
        meeting_id=meeting.id, title=title, options=list(options), quorum_percent=quorum_percent,
        opened_at=clock.now(), opened_by_post_id=actor.post_id, closes_at=closes_at,
    )  # fmt: skip
    session.add(ballot)
    session.flush()
    members = [i for i in meeting.invitees if i.role == "member"]
    notice(
        kind=int(meeting.record_kind),
        record_id=meeting.id,
        words=f"Đề nghị cho ý kiến: {title}",
        principals=principals_of(members),
    )
    return MEETING.move(actor, meeting, "open_ballot", ballot_id=ballot.id, note=title)


@use_case
def cast_vote(
    actor: Actor, meeting_id: int, ballot_id: int, *, voter: str, option: int, note: str = ""
) -> Meeting:
    """Biểu quyết, cho ý kiến; may be changed until the ballot closes.

    :raises NotAllowed: not a member of this meeting.
    :raises WrongState: the ballot is closed.
    """
    meeting = shared(actor, meeting_id)
    ballot = _open(meeting, ballot_id)
    names = dict(queries.voters_of(actor, meeting))
    if voter not in names:
        raise NotAllowed("Chỉ thành viên cuộc họp, hoặc người được cử dự thay, được biểu quyết.")
    if not 0 <= option < len(ballot.options):
        raise Violations([Violation("option", "Hãy chọn một phương án.")])
    name = actor.person_name if voter == queries.CHAIR else names[voter]
    values = {
        "name": name,
        "option": option,
        "note": note,
        "at": clock.now(),
        "by_person_id": actor.person_id,
    }
    session.execute(
        insert(Vote)
        .values(ballot_id=ballot.id, voter=voter, **values)
        .on_conflict_do_update(index_elements=["ballot_id", "voter"], set_=values)
    )
    session.expire(ballot, ["votes"])
    emit(
        actor,
        events.VoteCast(
            kind=int(meeting.record_kind), record_id=meeting.id, agency_id=meeting.agency_id, ballot_id=ballot.id,
            note=f"{name}: {ballot.title}",
        ),
    )  # fmt: skip
    return meeting


def _open(meeting: Meeting, ballot_id: int) -> Ballot:
    # a vote holds the ballot as it is; closing it waits for the votes on their way
    ballot = session.get(Ballot, ballot_id, with_for_update={"read": True}, populate_existing=True)
    if ballot is None or ballot.meeting_id != meeting.id:
        raise NotFound
    if ballot.closed_at is not None or (ballot.closes_at is not None and ballot.closes_at <= clock.now()):
        raise WrongState("Phiếu này đã đóng; kết quả không đổi được nữa.")
    return ballot


@use_case
def close_ballot(actor: Actor, meeting_id: int, ballot_id: int) -> Meeting:
    """Đóng biểu quyết, chốt kết quả; nothing changes it afterwards."""
    meeting = for_change(actor, meeting_id, None)
    MEETING.check(actor, meeting, "close_ballot")
    return _close(actor, meeting, ballot_id)


@use_case
def close_ballot_by_clock(actor: Actor, meeting_id: int, ballot_id: int) -> None:
    """Đóng biểu quyết khi đến giờ đã định."""
    meeting = load_for_change(Meeting, meeting_id, None)
    _close(actor, meeting, ballot_id)


def _close(actor: Actor, meeting: Meeting, ballot_id: int) -> Meeting:
    ballot = load_for_change(Ballot, ballot_id, None)
    if ballot.meeting_id != meeting.id:
        raise NotFound
    if ballot.closed_at is not None:
        raise WrongState("Phiếu này đã đóng; kết quả không đổi được nữa.")
    session.expire(ballot, ["votes"])
    counted = queries.count(ballot, meeting)
    ballot.result = {"votes": list(counted.votes), "eligible": counted.eligible}
    ballot.closed_at = clock.now()
    touch(ballot)
    words = ", ".join(f"{o}: {n}" for o, n in zip(ballot.options, counted.votes, strict=True))
    valid = "" if counted.is_valid else "; chưa đủ số người cho ý kiến"
    emit(
        actor,
        events.BallotClosed(
            kind=int(meeting.record_kind), record_id=meeting.id, agency_id=meeting.agency_id, ballot_id=ballot.id,
            note=f"{ballot.title} ({words}{valid})",
        ),
    )  # fmt: skip
    session.flush()
    return meeting
