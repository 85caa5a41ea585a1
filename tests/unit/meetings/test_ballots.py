"""Biểu quyết; tài liệu theo quyền đọc, bản mới, góp ý, tải một lần."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.db import session
from app.core.errors import NotAllowed, NotFound, Violations, WrongState
from app.meetings import jobs, queries, service
from app.meetings.models import Ballot, Meeting, Vote
from app.meetings.service import AgendaLine, PaperPlace
from app.storage.service import store_upload
from tests.paper import pdf, upload
from tests.unit.meetings.making import called, invitee, move_clock
from tests.world import World


def opened(world: World, **changes) -> tuple[Meeting, Ballot]:
    meeting = called(world)
    values = {
        "title": "Thông qua phương án",
        "options": ["Đồng ý", "Không đồng ý"],
        "quorum_percent": 50,
        "closes_at": None,
    }
    service.open_ballot(world.vice_chairman.actor, meeting.id, **values | changes)
    return meeting, queries.ballots(meeting.id)[0]


def cast(world: World, key: str, meeting: Meeting, ballot: Ballot, option: int) -> None:
    actor = world.people[key].actor
    service.cast_vote(
        actor, meeting.id, ballot.id, voter=queries.voters_of(actor, meeting)[0][0], option=option
    )


def test_members_and_the_chair_vote_and_may_change_until_it_closes(world: World) -> None:
    meeting, ballot = opened(world)
    for key, option in (("vice_chairman", 0), ("director2", 1), ("director2", 0), ("city_head", 1)):
        cast(world, key, meeting, ballot, option)
    counted = queries.count(queries.ballot(ballot.id, meeting.id), meeting)
    assert (counted.votes, counted.eligible, counted.is_valid) == ((2, 1), 5, True)
    with pytest.raises(NotAllowed):
        service.cast_vote(world.director.actor, meeting.id, ballot.id, voter="chu-tri", option=0)
    service.close_ballot(world.secretary.actor, meeting.id, ballot.id)
    with pytest.raises(WrongState, match="không đổi được"):
        cast(world, "city_head", meeting, ballot, 0)


def test_the_database_keeps_what_was_counted(world: World) -> None:
    meeting, ballot = opened(world)
    cast(world, "city_head", meeting, ballot, 0)
    service.close_ballot(world.secretary.actor, meeting.id, ballot.id)
    for statement in (
        update(Vote).where(Vote.ballot_id == ballot.id).values(option=1),
        update(Ballot).where(Ballot.id == ballot.id).values(result={}),
        text(f"DELETE FROM meeting_vote WHERE ballot_id = {ballot.id}"),
    ):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(statement)
    assert queries.ballot(ballot.id, meeting.id).result == {"votes": [1, 0], "eligible": 5}


def test_too_few_votes_are_told_and_the_clock_closes(world: World, frozen_monday) -> None:
    meeting, ballot = opened(world, quorum_percent=66, closes_at=clock.now() + timedelta(hours=1))
    cast(world, "city_head", meeting, ballot, 0)
    move_clock(frozen_monday, "10:00", clock.today() + timedelta(days=1))
    with pytest.raises(WrongState):
        cast(world, "director2", meeting, ballot, 0)
    assert jobs.close_ballots(clock.now()) == {"closed": 1}
    assert jobs.close_ballots(clock.now()) == {"closed": 0}
    session.expire_all()
    assert not queries.count(queries.ballot(ballot.id, meeting.id), meeting).is_valid


def test_a_ballot_is_opened_and_answered_on_the_pages(world: World) -> None:
    meeting = called(world)
    url = f"/hop/{meeting.id}/bieu-quyet"
    world.vice_chairman.client.post(
        url,
        {"title": "Thông qua", "options": "Đồng ý\nKhông đồng ý", "quorum_percent": "50", "closes_at": ""},
    )
    (ballot,) = queries.ballots(meeting.id)
    page = world.city_head.client.get(url)
    assert "Đồng ý: " not in page.text
    world.city_head.client.post(f"{url}/{ballot.id}", {"option": "1"})
    world.vice_chairman.client.post(f"{url}/{ballot.id}/dong", form_at=url)
    assert "Không đồng ý: 1" in world.city_head.client.get(url).text
    world.director.client.get(url, expect=403)
    world.ward_specialist.client.get(url, expect=404)


# ── tài liệu ──


def with_paper(world: World, rights: str = "all", readers: tuple[str, ...] = ()) -> Meeting:
    meeting = called(world, agenda=(AgendaLine("Báo cáo", 20), AgendaLine("Thảo luận", 20)))
    place = PaperPlace(meeting.agenda[0].id, rights, tuple(invitee(meeting, world, k).id for k in readers))
    file = store_upload(io.BytesIO(pdf("Báo cáo tuần")), "Báo cáo.pdf")
    service.add_papers(world.secretary.actor, meeting.id, [file], place)
    session.expire_all()
    return meeting


def test_papers_are_read_by_right(world: World) -> None:
    meeting = with_paper(world, "some", ("director2",))
    paper = meeting.papers[0].id
    assert queries.paper(paper, meeting.id, world.director2.actor).rights == "some"
    for key in ("director", "city_head"):
        with pytest.raises(NotFound):
            queries.paper(paper, meeting.id, world.people[key].actor)
        assert "Báo cáo.pdf" not in world.people[key].client.get(f"/hop/{meeting.id}").text
    assert "Báo cáo.pdf" in world.director2.client.get(f"/hop/{meeting.id}").text
    with pytest.raises(Violations, match="ít nhất một thành phần"):
        service.add_papers(
            world.secretary.actor,
            meeting.id,
            [store_upload(io.BytesIO(pdf("x")), "x.pdf")],
            PaperPlace(rights="some"),
        )


def test_what_only_the_chair_reads(world: World) -> None:
    meeting = with_paper(world, "chair")
    paper = meeting.papers[0].id
    assert queries.paper(paper, meeting.id, world.vice_chairman.actor)
    with pytest.raises(NotFound):
        queries.paper(paper, meeting.id, world.director2.actor)


def test_a_new_version_stands_in_place_of_the_former(world: World) -> None:
    meeting = with_paper(world)
    old = meeting.papers[0].id
    url = f"/hop/{meeting.id}/tai-lieu/{old}/ban-moi"
    world.secretary.client.post(url, {"papers": upload(pdf("Bản hai"), "Báo cáo 2.pdf")})
    session.expire_all()
    current = [p for p in meeting.papers if p.is_current]
    assert [(p.name, p.number) for p in current] == [("Báo cáo 2.pdf", 2)]
    page = world.secretary.client.get(f"/hop/{meeting.id}/tai-lieu/{current[0].id}/doc")
    assert "Bản 1: Báo cáo.pdf" in page.text
    with pytest.raises(NotFound):
        service.replace_paper(world.secretary.actor, meeting.id, old, None)


def test_a_comment_reaches_the_convener_and_not_the_others(world: World) -> None:
    meeting = with_paper(world)
    url = f"/hop/{meeting.id}/tai-lieu/{meeting.papers[0].id}/doc"
    world.director2.client.post(url, {"text": "Số liệu trang 2 chưa khớp."})
    assert "Số liệu trang 2" in world.secretary.client.get(url).text
    assert "Số liệu trang 2" not in world.city_head.client.get(url).text


def test_all_papers_come_in_one_file_with_their_index(world: World) -> None:
    meeting = with_paper(world)
    answer = world.director2.client._open("get", f"/hop/{meeting.id}/tai-lieu/tat-ca.zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.get_data()))
    assert archive.namelist() == ["00 Mục lục.txt", "01 Báo cáo.pdf"]
    assert "01. Báo cáo.pdf (bản 1): Báo cáo" in archive.read("00 Mục lục.txt").decode("utf-8-sig")
    world.director2.client.get(f"/hop/{called(world).id}/tai-lieu/tat-ca.zip", expect=404)


def test_late_papers_are_flagged(world: World, frozen_monday) -> None:
    from tests.unit.meetings.making import THURSDAY, at

    meeting = called(world, papers_due_at=at("08:00", THURSDAY - timedelta(days=2)))
    move_clock(frozen_monday, "09:00", THURSDAY - timedelta(days=1))
    service.add_papers(world.secretary.actor, meeting.id, [store_upload(io.BytesIO(pdf("x")), "Muộn.pdf")])
    assert "gửi muộn" in world.secretary.client.get(f"/hop/{meeting.id}").text
