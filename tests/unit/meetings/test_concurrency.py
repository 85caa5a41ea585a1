"""Dời họp trong lúc mọi người trả lời: no answer is lost, and none is counted for the wrong hours."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db import session
from app.core.errors import StaleVersion
from app.meetings import service
from app.meetings.models import Answer
from tests.unit.meetings.making import called, invitee, schedule
from tests.world import World

_ANSWERERS = {"director2": "director2", "city_head": "city_head", "director": "dept", "ward_chairman": "ward"}


@pytest.mark.commits
@pytest.mark.parametrize("start", ["08:00", "09:00", "10:00"])
def test_a_meeting_moved_while_people_answer(committed: tuple[Flask, World], start: str) -> None:
    app, world = committed
    meeting = called(world)
    meeting_id, version, hours = meeting.id, meeting.version, schedule(start, "11:30")
    drawn = {
        k: (invitee(meeting, world, w).id, invitee(meeting, world, w).version) for k, w in _ANSWERERS.items()
    }
    actors = {k: world.people[k].actor for k in _ANSWERERS}
    mover = world.secretary.actor
    session.commit()
    barrier, outcome, faults = threading.Barrier(len(drawn) + 1), {}, []

    def in_context(act) -> None:
        with app.app_context():
            barrier.wait()
            try:
                act()
            except Exception as problem:  # noqa: BLE001 - told below
                faults.append(repr(problem))
            finally:
                session.remove()

    def answer(key: str) -> None:
        invitee_id, seen = drawn[key]
        try:
            service.answer(actors[key], meeting_id, invitee_id, version=seen, answer=Answer.ATTEND)
            outcome[key] = "answered"
        except StaleVersion:
            outcome[key] = "stale"

    def move() -> None:
        service.move(mover, meeting_id, version=version, schedule=hours, reason="Bận")

    acts = [move, *(lambda k=k: answer(k) for k in drawn)]
    threads = [threading.Thread(target=in_context, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    session.expire_all()
    for key, whose in _ANSWERERS.items():
        item = invitee(meeting, world, whose)
        assert item.answer is None, "whoever answered, answered for the old hours"
        assert item.previous_answer == ("attend" if outcome[key] == "answered" else None)
    told = Counter(
        session.scalars(
            select(AuditEntry.event).where(AuditEntry.record_id == meeting_id, AuditEntry.kind == 4)
        )
    )
    assert told["InvitationAnswered"] == Counter(outcome.values())["answered"]
    assert told["MeetingMoved"] == 1
