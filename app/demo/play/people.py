"""Người: vắng mặt, ủy quyền, nhóm nơi nhận, phòng họp."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.core import clock
from app.demo.data.agencies import STAFFED_COMMUNES, STAFFED_DEPARTMENTS, agencies
from app.demo.data.documents.meetings import ROOMS
from app.demo.data.people import staff
from app.demo.play.crews import crew
from app.demo.play.stage import Stage, Story
from app.documents.service import save_group
from app.meetings.service import save_room
from app.org.models.access import AbsenceKind, Scope
from app.org.service import enter_absence, give_delegation


@dataclass(frozen=True)
class _Away:
    """Một lần vắng mặt: days counted from today, which is 0."""

    post: str
    kind: AbsenceKind
    first: int
    last: int
    note: str


_AWAY = (
    _Away("city_vice_chairman_3", AbsenceKind.LEAVE, -1, 3, "Nghỉ phép năm"),
    _Away("SXD.deputy_2", AbsenceKind.BUSINESS, 0, 2, "Công tác tại Hà Nội"),
    _Away("STC.specialist", AbsenceKind.SICK, -2, 1, "Nghỉ ốm"),
    _Away("social_specialist", AbsenceKind.TRAINING, 2, 12, "Dự lớp bồi dưỡng"),
    _Away("an-khanh.vice_chairman", AbsenceKind.LEAVE, 6, 9, "Nghỉ phép năm"),
    _Away("SNNMT.director", AbsenceKind.BUSINESS, -12, -9, "Công tác nước ngoài"),
)
_DELEGATIONS = (
    ("city_chairman", "city_vice_chairman_1", Scope.MEETINGS, 20, "Dự các cuộc họp chuyên đề thay Chủ tịch"),
    ("SXD.director", "SXD.deputy", Scope.DOCUMENTS, 30, "Xử lý văn bản lĩnh vực hạ tầng"),
    ("thu-duc.chairman", "thu-duc.vice_chairman", Scope.DIRECTIVES, 10, "Theo dõi nhiệm vụ Thành phố giao"),
)


def prepare(stage: Stage) -> None:
    """Việc nền nếp của các cơ quan, trước mọi việc khác."""
    for turn, away in enumerate(_AWAY):
        deputy = staff().post(away.post).deputy_key
        day = stage.days.today
        first, last = day + timedelta(days=away.first), day + timedelta(days=away.last)
        if deputy is not None:
            stage.away[away.post] = (first, last, deputy)
        stage.tell(_absence(stage, away, deputy, turn))
    for turn, delegation in enumerate(_DELEGATIONS):
        stage.tell(_delegation(stage, *delegation, turn))
    stage.tell(_groups(stage))
    stage.tell(_rooms(stage))


def _absence(stage: Stage, away: _Away, deputy: str | None, turn: int) -> Story:
    days = stage.days
    told = days.ago(max(3, 3 - away.first), 8, 10 + turn)
    yield told
    enter_absence(
        stage.actor(away.post),
        person_id=stage.city.persons[away.post],
        reason=away.kind.value,
        starts_on=days.today + timedelta(days=away.first),
        ends_on=days.today + timedelta(days=away.last),
        deputy_post_id=stage.city.posts[deputy] if deputy else None,
        note=away.note,
    )


def _delegation(
    stage: Stage, giver: str, taker: str, scope: Scope, length: int, reason: str, turn: int
) -> Story:
    yield stage.days.ago(4, 9, 5 + turn)
    give_delegation(
        stage.actor(giver),
        to_post_id=stage.city.posts[taker],
        scope=scope.value,
        starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=length),
        reason=reason,
    )


def _groups(stage: Stage) -> Story:
    """Nhóm nơi nhận của văn thư Thành phố, và của Sở Xây dựng."""
    yield stage.days.ago(18, 8)
    living = [spec for spec in agencies() if spec.valid_to is None]
    departments = [spec.key for spec in living if spec.kind == "department"]
    communes = [spec.key for spec in living if spec.kind in {"ward", "commune", "special_zone"}]
    last_time = [*STAFFED_DEPARTMENTS, *STAFFED_COMMUNES[:4]]
    wanted = {
        "Các sở, ban, ngành Thành phố": departments,
        "Ủy ban nhân dân các phường, xã, đặc khu": communes,
        "Các sở, ngành và Ủy ban nhân dân cấp xã": [*departments, *communes],
        "Như lần trước (giao ban kinh tế - xã hội)": last_time,
    }
    for name, keys in wanted.items():
        save_group(stage.actor("city_clerk"), None, name, [stage.city.agencies[key] for key in keys])
    near = ["city", "SNNMT", "STC", "an-khanh", "thu-duc", "long-binh"]
    save_group(
        stage.actor("SXD.clerk"), None, "Các nơi phối hợp thoát nước", [stage.city.agencies[k] for k in near]
    )


def _rooms(stage: Stage) -> Story:
    yield stage.days.ago(60, 8)
    for room in ROOMS:
        staffed = crew(room.agency_key)
        save_room(
            stage.actor(staffed.secretary or staffed.admin),
            None,
            name=room.name,
            capacity=room.capacity,
            location=room.location,
            equipment=", ".join(room.equipment),
        )
