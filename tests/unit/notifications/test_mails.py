"""Thư: queued with the act, sent by the worker at least once, seen by the administrator when it could not be."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core import clock, limits
from app.core.actor import SYSTEM
from app.core.db import session
from app.core.errors import NotFound, WrongState
from app.core.outbox import Outbox
from app.core.use_case import use_case
from app.notifications import queries, service
from app.notifications.models import Mail, MailState
from tests.unit.notifications.conftest import CatchingCarrier, deliver_all
from tests.world import World

ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


@use_case
def send(_actor, *, to="clerk@example.gov.vn", subject="Giấy mời họp", key="moi:1", **more) -> None:
    service.mail(
        to=to,
        subject=subject,
        body="Kính gửi anh/chị.\nMở tại: https://vanphong.hue.gov.vn/hop/1",
        key=key,
        **more,
    )


def the_mail() -> Mail:
    return session.scalars(select(Mail).execution_options(populate_existing=True)).one()


def test_a_mail_goes_at_once_and_once(world: World, carrier: CatchingCarrier) -> None:
    send(SYSTEM, calendar=ICS, method="REQUEST")
    send(SYSTEM, subject="Lần nữa cùng khóa")

    deliver_all()
    deliver_all()

    assert carrier.subjects == ["Giấy mời họp"]
    assert the_mail().state == MailState.SENT
    assert the_mail().sent_at == clock.now()
    assert the_mail().agency_id == world.agencies["dept"], "its administrators see it"


def test_a_failed_mail_waits_longer_each_time_and_is_parked_at_last(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    carrier.down = "mail server unreachable"
    send(SYSTEM)
    waits = []
    for _ in range(limits.OUTBOX_ATTEMPTS):
        deliver_all()
        row = session.scalars(select(Outbox).execution_options(populate_existing=True)).one()
        waits.append((row.not_before - clock.now()).total_seconds())
        frozen_monday.move_to(row.not_before + timedelta(seconds=1))
    assert waits[0] < 20 < waits[2] < waits[4]

    assert the_mail().state == MailState.PARKED
    assert the_mail().attempts == limits.OUTBOX_ATTEMPTS
    assert "unreachable" in (the_mail().error or "")
    assert carrier.caught == []
    deliver_all()
    assert the_mail().attempts == limits.OUTBOX_ATTEMPTS, "parked: nobody tries any more"


def test_the_administrator_sends_a_parked_mail_again(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    carrier.down = "refused"
    send(SYSTEM)
    for _ in range(limits.OUTBOX_ATTEMPTS):
        deliver_all()
        frozen_monday.shift(timedelta(minutes=30))
    assert the_mail().state == MailState.PARKED
    carrier.down = ""

    service.resend_mail(world.admin.actor, the_mail().id)
    deliver_all()

    assert the_mail().state == MailState.SENT
    assert len(carrier.caught) == 1
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "MailResent")).one()
    assert entry.person_id == world.admin.person_id
    with pytest.raises(WrongState, match="đã gửi xong"):
        service.resend_mail(world.admin.actor, the_mail().id)


def test_sending_again_wakes_a_waiting_mail_instead_of_doubling_it(
    world: World, carrier: CatchingCarrier
) -> None:
    carrier.down = "later"
    send(SYSTEM)
    deliver_all()
    assert the_mail().state == MailState.FAILED
    carrier.down = ""

    service.resend_mail(world.admin.actor, the_mail().id)
    deliver_all()

    assert len(carrier.caught) == 1
    assert len(session.scalars(select(Outbox)).all()) == 1


def test_a_mail_of_another_agency_does_not_exist(world: World, carrier: CatchingCarrier) -> None:
    send(SYSTEM)
    with pytest.raises(NotFound):
        service.resend_mail(world.admin2.actor, the_mail().id)
    assert queries.mails(world.admin2.actor, unsent=True) == []
    assert [m.subject for m in queries.mails(world.admin.actor, unsent=True)] == ["Giấy mời họp"]


@pytest.mark.parametrize(
    "address",
    ["", "không-có", "a@b, c@d.vn", "a b@c.vn", "x@y.vn\r\nBcc: z@t.vn", "Đ@hue.gov.vn", "a" * 300 + "@b.vn"],
)
def test_an_impossible_address_is_parked_where_somebody_sees_it(
    world: World, carrier: CatchingCarrier, address: str
) -> None:
    send(world.clerk.actor, to=address)

    deliver_all()

    assert the_mail().state == MailState.PARKED
    assert "không hợp lệ" in (the_mail().error or "")
    assert the_mail().agency_id == world.agencies["dept"], (
        "an unknown recipient belongs to the sender's agency"
    )
    assert carrier.caught == []
    with pytest.raises(WrongState, match="không hợp lệ"):
        service.resend_mail(world.admin.actor, the_mail().id)


def test_nothing_is_sent_when_the_act_is_undone(world: World, carrier: CatchingCarrier) -> None:
    @use_case
    def failing(_actor) -> None:
        service.mail(to="clerk@example.gov.vn", subject="x", body="x", key="x")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        failing(SYSTEM)
    deliver_all()
    assert carrier.caught == []
    assert session.scalars(select(Mail)).all() == []


def test_no_more_than_a_hundred_mails_leave_in_any_minute(
    world: World, carrier: CatchingCarrier, frozen_monday: time_machine.Traveller
) -> None:
    for i in range(150):
        send(SYSTEM, key=f"moi:{i}", subject=f"Giấy mời {i}")
    for i in range(40):
        send(SYSTEM, key=f"khan:{i}", subject=f"Hỏa tốc {i}", urgent=True)
    sent: list[float] = []
    begun = clock.now()
    for _ in range(100_000):
        before = len(carrier.caught)
        deliver_all()
        sent += [(clock.now() - begun).total_seconds()] * (len(carrier.caught) - before)
        if len(sent) == 190:
            break
        frozen_monday.shift(timedelta(seconds=2))
    assert len(sent) == 190
    assert max(sum(1 for s in sent if t <= s < t + 60) for t in sent) <= 100
    assert sum(1 for s in sent if s == 0) >= 10, "a few invitations go at once"
    assert max(sent) < 300
    tries = session.scalars(select(Outbox.attempts)).all()
    assert set(tries) == {1}, "waiting for one's turn is no failure"


def test_a_mail_whose_answer_was_lost_is_sent_again_under_the_same_id(
    world: World,
    carrier: CatchingCarrier,
    frozen_monday: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = CatchingCarrier.carry

    def accepted_but_cut(self: CatchingCarrier, message, name: str) -> None:
        real(self, message, name)
        raise ConnectionResetError("the line was cut after the last dot")

    monkeypatch.setattr(CatchingCarrier, "carry", accepted_but_cut)
    send(SYSTEM)
    deliver_all()
    assert the_mail().state == MailState.FAILED
    monkeypatch.setattr(CatchingCarrier, "carry", real)
    frozen_monday.shift(timedelta(minutes=5))
    deliver_all()
    assert [m["Message-ID"] for m in carrier.caught] == [carrier.caught[0]["Message-ID"]] * 2
    assert [m["Date"] for m in carrier.caught] == [carrier.caught[0]["Date"]] * 2
    assert the_mail().state == MailState.SENT
