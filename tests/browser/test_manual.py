"""Ảnh của sách hướng dẫn: every page the manual shows is opened, read and photographed; ``UPDATE_MANUAL=1`` keeps the pictures."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.core.db import session
from app.directives.models import DirectivePart
from app.documents.models import Direction, Document
from app.meetings.models import Meeting
from tests.browser.office import DESK, PHONE, Office
from tests.browser.work import ASSIGNED, LATE, WAITING
from tests.unit.meetings.making import TITLE


@dataclass(frozen=True)
class Shot:
    """Một ảnh: whose page, where, and the words that must stand on it."""

    name: str
    who: str
    path: str
    words: str
    size: tuple[int, int] = DESK


SHOTS = (
    Shot("desk-leader", "chairman", "/", "Nhiệm vụ quá hạn"),
    Shot("desk-leader-phone", "chairman", "/", "Nhiệm vụ quá hạn", PHONE),
    Shot("desk-clerk", "clerk", "/", "Chờ vào sổ"),
    Shot("clerk-desk", "clerk", "/van-ban/den/cho-vao-so", WAITING[0][0]),
    Shot("incoming-document", "director", "/van-ban/den/{document}", ASSIGNED),
    Shot("draft", "specialist", "/van-ban/di/moi", "Trích yếu"),
    Shot("directives-late", "chairman", "/chi-dao?tinh-trang=qua-han", LATE),
    Shot("directive", "chairman", "/chi-dao/{part}", LATE),
    Shot("directives-by-agency", "chairman", "/chi-dao/theo-co-quan", "Sở Xây dựng"),
    Shot("meeting-plan", "secretary", "/hop/moi", "Nội dung cuộc họp"),
    Shot("meeting-answers", "secretary", "/hop/{meeting}/ket-qua-moi", TITLE),
    Shot("week", "secretary", "/hop", "Sáng"),
)


def _places() -> dict[str, int]:
    session.rollback()
    document = select(Document.id).where(
        Document.subject == ASSIGNED, Document.direction == Direction.INCOMING.value
    )
    return {
        "document": session.scalars(document).first() or 0,
        "part": session.scalars(select(DirectivePart.id).where(DirectivePart.content == LATE)).one(),
        "meeting": session.scalars(select(Meeting.id).where(Meeting.title == TITLE)).one(),
    }


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_the_page_of_the_manual_shows_what_the_manual_says(office: Office, shot: Shot) -> None:
    seat = office.seat(office.world.people[shot.who], shot.size)
    page = seat.open(shot.path.format(**_places()))
    expect(page.get_by_text(shot.words).first).to_be_attached()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not seat.is_sideways()
    seat.picture(shot.name)
