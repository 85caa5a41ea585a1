"""Đối tượng của tổ chức trong ma trận quyền."""

from __future__ import annotations

from datetime import date

from app.core import clock
from app.core.db import session
from app.org import service as org
from app.org.models import HandOver, UserSession
from app.org.service.import_file import RawList
from tests.architecture.matrix_objects import CANARY, Ids, Objects, builder
from tests.world import Who, World, open_session


@builder
def organisation(world: World) -> Objects:
    """Người, vị trí, đơn vị, vắng mặt, ủy quyền, bàn giao, danh sách chờ nhập."""
    away = {"reason": "leave", "starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 2)}
    given = {"scope": "all", "starts_on": date(2026, 11, 23), "ends_on": date(2026, 11, 23)}

    def absence(who: Who) -> int:
        return org.enter_absence(who.actor, person_id=who.person_id, note=_words(world, who), **away).id

    def delegation(who: Who, to: Who) -> int:
        # The day after the matrix runs: a live one would lend rights to its rows.
        later = {**given, "starts_on": date(2026, 11, 24), "ends_on": date(2026, 11, 24)}
        return org.give_delegation(who.actor, to_post_id=to.post_id, reason=_words(world, who), **later).id

    def hand_over(who: Who, to: Who) -> int:
        row = HandOver(
            agency_id=who.agency_id, from_post_id=who.post_id, to_post_id=to.post_id, at=clock.now(),
            by_person_id=to.person_id, reason=_words(world, who), items={"groups": []},
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id

    def session_of(who: Who) -> int:
        open_session(who.person_id, who.post_id)
        return (
            session.query(UserSession.id)
            .filter_by(person_id=who.person_id)
            .order_by(UserSession.id.desc())
            .limit(1)
            .scalar()
        )

    def draft(who: Who) -> int:
        return org.keep_import(who.actor, RawList(f"{_words(world, who)}.xlsx", [], [])).id

    return {
        "org:person_id": Ids(
            world.specialist.person_id, world.specialist2.person_id, world.specialist_b.person_id
        ),
        "org:post_id": Ids(world.specialist.post_id, world.specialist2.post_id, world.specialist_b.post_id),
        "org:unit_id": Ids(world.units["dept_infra"], None, world.units["dept2_office"]),
        "org:agency_id": Ids(world.agencies["dept"], None, world.agencies["city"]),
        "org:absence_id": Ids(
            absence(world.specialist), absence(world.specialist2), absence(world.specialist_b)
        ),
        "org:delegation_id": Ids(
            delegation(world.specialist, world.head),
            delegation(world.specialist2, world.head2),
            delegation(world.specialist_b, world.clerk2),
        ),
        "org:hand_over_id": Ids(
            hand_over(world.specialist, world.head), None, hand_over(world.specialist_b, world.clerk2)
        ),
        "org:session_id": Ids(
            session_of(world.specialist), session_of(world.specialist2), session_of(world.specialist_b)
        ),
        "org:draft_id": Ids(draft(world.admin), None, draft(world.admin2)),
        "org:day": Ids(20270101, None, None),
        "org:year": Ids(2027, None, None),
    }


def _words(world: World, who: Who) -> str:
    return CANARY if who.agency_id == world.agencies["dept2"] else "của ta"
